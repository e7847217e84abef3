//! Random plans: what was added later changes no old paper, and the headline counts what the tables show.

use std::collections::BTreeMap;
use std::fmt::Write;

use annexe::assemble::{Options, assemble};
use annexe::document::{BlockKind, Cell, Document, Inline, ParagraphRole, Table, line, walk};
use annexe::write::text::text;
use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use crate::load::TestProject;

/// Days are counted from 1 January 2022.
type Day = u64;

const AS_AT: Day = 180;
const LAST: Day = 300;

fn day(count: Day) -> NaiveDate {
    NaiveDate::from_ymd_opt(2022, 1, 1).unwrap().checked_add_days(Days::new(count)).unwrap()
}

#[derive(Debug, Clone)]
struct Step {
    added: Option<Day>,
    due: Option<Day>,
    moves: Vec<(Day, Day)>,
    /// When it was done, and how many days later that was known.
    done: Option<(Day, Day)>,
    progress: Vec<Day>,
    rated: Vec<(Day, usize)>,
}

#[derive(Debug, Clone)]
struct Measure {
    better: usize,
    baseline: Option<i32>,
    targets: Vec<i32>,
    /// The month, the value, and how many days later it was known.
    actuals: Vec<(u32, i32, Day)>,
}

#[derive(Debug, Clone)]
struct Threat {
    raised: Day,
    rated: Vec<(Day, usize)>,
    closed: Option<(Day, Day)>,
}

#[derive(Debug, Clone)]
struct Model {
    actions: Vec<(Step, Vec<Step>)>,
    measures: Vec<Measure>,
    threats: Vec<Threat>,
}

fn step() -> impl Strategy<Value = Step> {
    let any = || 0..LAST;
    let few = |most| 0..=most;
    (
        proptest::option::weighted(0.2, any()),
        proptest::option::weighted(0.8, any()),
        proptest::collection::vec((any(), any()), few(3)),
        proptest::option::of((any(), 0..60u64)),
        proptest::collection::vec(any(), few(2)),
        proptest::collection::vec((any(), 0..3usize), few(2)),
    )
        .prop_map(|(added, due, moves, done, progress, rated)| Step {
            added,
            due,
            moves,
            done,
            progress,
            rated,
        })
}

fn model() -> impl Strategy<Value = Model> {
    let action = (step(), proptest::collection::vec(step(), 0..4));
    let measure = (
        0..3usize,
        proptest::option::of(0..100),
        proptest::collection::vec(0..100, 0..3),
        proptest::collection::vec((1..10u32, 0..100, 0..60u64), 0..4),
    )
        .prop_map(|(better, baseline, targets, actuals)| Measure {
            better,
            baseline,
            targets,
            actuals,
        });
    let threat = (
        0..LAST,
        proptest::collection::vec((0..LAST, 0..2usize), 0..3),
        proptest::option::of((0..LAST, 0..60u64)),
    )
        .prop_map(|(raised, rated, closed)| Threat { raised, rated, closed });
    (
        proptest::collection::vec(action, 1..4),
        proptest::collection::vec(measure, 0..4),
        proptest::collection::vec(threat, 0..4),
    )
        .prop_map(|(actions, measures, threats)| Model { actions, measures, threats })
}

const RATINGS: [&str; 3] = ["green", "red", "amber"];
const SEVERITIES: [&str; 2] = ["high", "low"];

/// Writes what was known on day `until`: what a plan file held then.
struct Written {
    toml: String,
    until: Day,
}

impl Written {
    fn list(&mut self, key: &str, entries: Vec<(Day, String)>) {
        let known: Vec<String> = entries
            .into_iter()
            .filter(|(on, _)| *on <= self.until)
            .map(|(on, rest)| format!("{{ on = {}, {rest} }}", day(on)))
            .collect();
        if !known.is_empty() {
            writeln!(self.toml, "{key} = [{}]", known.join(", ")).unwrap();
        }
    }

    fn dated(&mut self, key: &str, date: Option<(Day, Day)>) {
        let Some((on, later)) = date.filter(|(on, later)| on + later <= self.until) else { return };
        writeln!(self.toml, "{key} = {{ on = {}, known = {} }}", day(on), day(on + later)).unwrap();
    }

    fn step(&mut self, step: &Step) {
        if let Some(added) = step.added {
            writeln!(self.toml, "added = {}", day(added)).unwrap();
        }
        if let Some(due) = step.due {
            writeln!(self.toml, "due = {}", day(due)).unwrap();
        }
        let to = |(on, to): &(Day, Day)| (*on, format!("to = {}", day(*to)));
        self.list("revised", step.moves.iter().map(to).collect());
        self.dated("done", step.done);
        let said = |on: &Day| (*on, format!("is = \"said on day {on}\""));
        self.list("progress", step.progress.iter().map(said).collect());
        let rated = |(on, which): &(Day, usize)| (*on, format!("is = \"{}\"", RATINGS[*which]));
        self.list("rag", step.rated.iter().map(rated).collect());
    }

    fn is_there(&self, added: Option<Day>) -> bool {
        added.is_none_or(|added| added <= self.until)
    }

    fn plan(mut self, model: &Model) -> String {
        self.toml +=
            "[[objective]]\nid = \"O\"\nname = \"All\"\n[[role]]\nid = \"r\"\nname = \"Lead\"\n";
        for (index, (action, steps)) in model.actions.iter().enumerate() {
            if !self.is_there(action.added) {
                continue;
            }
            writeln!(self.toml, "[[action]]\nid = \"A{index}\"\nobjective = \"O\"\ntitle = \"Action {index}\"\nofficers = [\"r\"]").unwrap();
            self.step(action);
            for (place, step) in steps.iter().enumerate() {
                if self.is_there(step.added) {
                    writeln!(self.toml, "[[action.milestone]]\ntitle = \"Step {place}\"").unwrap();
                    self.step(step);
                }
            }
        }
        for (index, measure) in model.measures.iter().enumerate() {
            writeln!(self.toml, "[[kpi]]\nid = \"K{index}\"\nname = \"Measure {index}\"\nobjective = \"O\"\nunit = \"percent\"").unwrap();
            if let Some(better) = [None, Some("higher"), Some("lower")][measure.better] {
                writeln!(self.toml, "better = \"{better}\"").unwrap();
            }
            if let Some(value) = measure.baseline {
                writeln!(self.toml, "baseline = {{ at = \"2021-06\", value = {value} }}").unwrap();
            }
            let target = |(i, value): (usize, &i32)| {
                format!("{{ by = \"2022-{:02}\", at-least = {value} }}", 3 * (i + 1))
            };
            let targets: Vec<String> = measure.targets.iter().enumerate().map(target).collect();
            writeln!(self.toml, "target = [{}]", targets.join(", ")).unwrap();
            let mut actuals = Vec::new();
            for (month, value, later) in &measure.actuals {
                let end = NaiveDate::from_ymd_opt(2022, month + 1, 1).unwrap().pred_opt().unwrap();
                let known = end.checked_add_days(Days::new(*later)).unwrap();
                if known <= day(self.until) {
                    actuals.push(format!(
                        "{{ at = \"2022-{month:02}\", value = {value}, known = {known} }}"
                    ));
                }
            }
            writeln!(self.toml, "actual = [{}]", actuals.join(", ")).unwrap();
        }
        for (index, threat) in model.threats.iter().enumerate() {
            if threat.raised > self.until {
                continue;
            }
            writeln!(self.toml, "[[risk]]\nid = \"R{index}\"\nraised = {}\ntitle = \"Risk {index}\"\nmitigation = \"m\"", day(threat.raised)).unwrap();
            let first = (threat.raised, "is = \"low\"".to_owned());
            let rated = threat.rated.iter().map(|(on, which)| {
                (threat.raised.max(*on), format!("is = \"{}\"", SEVERITIES[*which]))
            });
            self.list("severity", std::iter::once(first).chain(rated).collect());
            self.dated("closed", threat.closed.map(|(on, later)| (on.max(threat.raised), later)));
        }
        self.toml + SCHEMES
    }
}

const SCHEMES: &str = r#"
[[scheme]]
id = "work"
name = "Work"
of = "action"
rating = [
    { id = "green", letter = "G", word = "Done", meaning = "m", colour = "green", when = "done" },
    { id = "red", letter = "R", word = "Late", meaning = "m", colour = "red", exception = true, when = "overdue" },
    { id = "amber", letter = "A", word = "On track", meaning = "m", colour = "amber" },
]
[[scheme]]
id = "figures"
name = "Figures"
of = "kpi"
rating = [
    { id = "met", letter = "G", word = "Met", meaning = "m", colour = "green", when = "met" },
    { id = "not", letter = "R", word = "Missed", meaning = "m", colour = "red" },
]
[[scheme]]
id = "threats"
name = "Threats"
of = "risk"
rating = [
    { id = "high", letter = "H", word = "High", meaning = "m", colour = "red", exception = true },
    { id = "low", letter = "L", word = "Low", meaning = "m", colour = "green" },
]
"#;

const TEMPLATE: &str = r#"+++
title = "Paper"
cover = false
rag = { action = "work", kpi = "figures", risk = "threats" }
[param.since]
type = "date"
default = "90 days before"
+++
# Paper
::: headline
:::
::: changes-by-objective within=60
:::
::: exceptions
:::
::: off-target
:::
::: done-since
:::
::: dates-moved
:::
::: due-next within=60
:::
::: figures-moved
:::
::: risks-moved
:::
::: if plan.actions
::: actions
:::
:::
"#;

/// The paper of day [`AS_AT`], made of what was written by day `until`.
fn paper(model: &Model, until: Day) -> Document {
    let plan = Written { toml: String::new(), until }.plan(model);
    let template = TEMPLATE.replace("::: if plan.actions\n", ":::: if plan.actions\n");
    let template = template.trim_end().strip_suffix(":::").unwrap().to_owned() + "::::\n";
    let project = TestProject::new()
        .file("content/plan/plan.toml", &plan)
        .file("templates/paper.md", template);
    let (loaded, lines) = project.lines();
    assert_eq!(lines, [""; 0], "{plan}");
    let loaded = loaded.unwrap();
    let options =
        Options { edition: "full".to_owned(), as_at: day(AS_AT), parameters: BTreeMap::new() };
    let made = assemble(&loaded, &loaded.templates["paper"], &options);
    let faults: Vec<_> = made
        .findings
        .iter()
        .filter(|finding| finding.severity > annexe::diag::Severity::Info)
        .map(|finding| &finding.message)
        .collect();
    assert!(faults.is_empty(), "{faults:?}\n{plan}");
    made.document
}

/// The counts of the headline, by what they count.
fn counts(document: &Document) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    walk(&document.blocks, &mut |block| {
        let BlockKind::Paragraph(paragraph) = &block.kind else { return };
        for inline in &paragraph.content {
            let Inline::Figure(figure) = inline else { continue };
            let Some(what) = figure.path.strip_prefix("changes.") else { continue };
            let count = match figure.text.to_lowercase().as_str() {
                "no" | "none" => 0,
                "one" => 1,
                number => number.parse().unwrap(),
            };
            counts.insert(what.to_owned(), count);
        }
    });
    counts
}

/// The rows of the table that a directive makes; none when it has no rows.
fn rows(document: &Document, role: &str) -> Vec<Vec<String>> {
    let mut found: Option<&Table> = None;
    walk(&document.blocks, &mut |block| {
        if let BlockKind::Table(table) = &block.kind
            && table.role == role
        {
            found = Some(table);
        }
    });
    let words = |cell: &Cell| {
        let mut words = String::new();
        walk(&cell.blocks, &mut |block| {
            if let BlockKind::Paragraph(paragraph) = &block.kind {
                words += &line(&paragraph.content);
            }
        });
        words
    };
    let body = found.map_or(&[][..], |table| &table.body);
    body.iter().map(|row| row.cells.iter().map(words).collect()).collect()
}

/// How many actions and milestones a table names: several may share a row.
fn named(document: &Document, role: &str) -> usize {
    let mut count = 0;
    walk(&document.blocks, &mut |block| {
        let BlockKind::Table(table) = &block.kind else { return };
        for block in
            table.body.iter().filter(|_| table.role == role).flat_map(|row| &row.cells[1].blocks)
        {
            count += match &block.kind {
                BlockKind::List(list) => list.items.len(),
                BlockKind::Paragraph(paragraph) => {
                    usize::from(paragraph.role == ParagraphRole::Body)
                }
                _ => 0,
            };
        }
    });
    count
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn what_was_added_later_changes_no_old_paper(model in model()) {
        prop_assert_eq!(text(&paper(&model, AS_AT)), text(&paper(&model, 2 * LAST)));
    }

    #[test]
    fn the_headline_counts_what_the_tables_show(model in model()) {
        let document = paper(&model, AS_AT);
        let counts = counts(&document);
        let count = |what: &[&str]| what.iter().filter_map(|w| counts.get(*w)).sum::<usize>();
        let table = |role: &str| rows(&document, role);
        let with = |role: &str, column: usize, words: &str| {
            table(role).iter().filter(|row| row[column].contains(words)).count()
        };
        prop_assert_eq!(
            count(&["completed.milestones", "completed.actions"]), named(&document, "done-since"));
        prop_assert_eq!(count(&["slipped", "brought_forward"]), named(&document, "dates-moved"));
        prop_assert_eq!(
            count(&["overdue.milestones", "overdue.actions"]), with("exceptions", 2, "overdue"));
        prop_assert_eq!(count(&["new_figures"]), table("figures-moved").len());
        for (what, words) in [
            ("improved", "Improved"),
            ("worsened", "Worsened"),
            ("unchanged", "Unchanged"),
            ("undirected", "No better direction"),
            ("first", "First figure"),
            ("reached", "target reached"),
            ("lost", "target missed now"),
        ] {
            prop_assert_eq!(count(&[what]), with("figures-moved", 4, words), "{}", what);
        }
        prop_assert_eq!(count(&["off_target"]), table("off-target").len());
        // One objective holds all there is: its row and the total say what the tables show.
        let shown = [
            named(&document, "done-since"),
            named(&document, "dates-moved"),
            count(&["overdue.milestones", "overdue.actions"]),
            named(&document, "due-next"),
            count(&["improved"]),
            count(&["worsened"]),
            table("off-target").len(),
        ];
        for row in table("changes-by-objective") {
            let counts: Vec<usize> = row[1..].iter().map(|cell| cell.parse().unwrap()).collect();
            prop_assert_eq!(&counts[..], &shown[..]);
        }
        for (what, words) in [
            ("risks_raised", "New"),
            ("risks_closed", "Closed"),
            ("risks_risen", "Rose"),
            ("risks_fallen", "Fell"),
        ] {
            prop_assert_eq!(count(&[what]), with("risks-moved", 3, words), "{}", what);
        }
    }
}

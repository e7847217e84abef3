//! The directives of a statement of action, and the rows that each of them is about.

mod plan;
mod review;
mod summary;

use chrono::NaiveDate;

use crate::assemble::Assembler;
use crate::assemble::finish::slug;
use crate::diag::{Finding, nearest, rules};
use crate::document::{Inline, Target};
use crate::narrative::tree::Directive;
use crate::plan::roll_up::Counting;
use crate::plan::statement::{AreaBranch, FindingBranch, MainFinding, ResponseBranch, Stage};
use crate::plan::{Commitment, DateFault, PlanDate, Rating, SchemeOf};
use crate::source::Span;

/// Whose word counts for a rating.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// What the plan declares; what the scheme says where it declares nothing.
    Declared,
    /// What the scheme says.
    Computed,
}

/// Which rows a directive is about.
#[derive(Debug, Clone)]
struct Filter {
    workstream: Option<String>,
    rating: Option<String>,
    area: Option<String>,
    due_from: Option<NaiveDate>,
    due_to: Option<NaiveDate>,
    shown: Shown,
}

/// What an attribute may name: its id, and the words that stand for it.
struct Choice<'a> {
    id: &'a str,
    words: [&'a str; 2],
}

impl<'a> Assembler<'a> {
    /// The rows that the directive's attributes leave; `Err` when one of them is wrong, which was reported.
    fn filter(&mut self, directive: &Directive) -> Result<Filter, ()> {
        let statement = &self.project.plan.statement;
        let workstreams: Vec<Choice<'_>> = statement
            .workstreams
            .iter()
            .map(|w| Choice { id: &w.id, words: [&w.name, &w.mark] })
            .collect();
        let areas: Vec<Choice<'_>> =
            statement.areas.iter().map(|a| Choice { id: &a.id, words: [&a.name, &a.id] }).collect();
        let ratings: Vec<Choice<'_>> = self
            .ratings
            .scheme(SchemeOf::Response)
            .map(|scheme| scheme.in_key_order())
            .unwrap_or_default()
            .into_iter()
            .map(|r| Choice { id: &r.id, words: [&r.word, &r.letter] })
            .collect();
        let shown = [
            Choice { id: "declared", words: ["declared"; 2] },
            Choice { id: "computed", words: ["computed"; 2] },
        ];
        let workstream = self.chosen(directive, "workstream", "workstream", &workstreams);
        let rating = self.chosen(directive, "rag", "rating", &ratings);
        let area = self.chosen(directive, "area", "area", &areas);
        let shown = self.chosen(directive, "ratings", "kind of ratings", &shown);
        let due_from =
            self.due_bound(directive, "due-from").map(|date| date.and_then(window_start));
        let due_to = self.due_bound(directive, "due-to").map(|date| date.and_then(window_end));
        Ok(Filter {
            workstream: workstream?,
            rating: rating?,
            area: area?,
            due_from: due_from?,
            due_to: due_to?,
            shown: match shown?.as_deref() {
                Some("computed") => Shown::Computed,
                _ => Shown::Declared,
            },
        })
    }

    /// The id of what an attribute names, by its id or by other words for it; `Ok(None)` when it is
    /// absent or says nothing.
    fn chosen(
        &mut self,
        directive: &Directive,
        name: &str,
        kind: &str,
        known: &[Choice<'_>],
    ) -> Result<Option<String>, ()> {
        let Some((words, span)) = self.said(directive, name)? else { return Ok(None) };
        let same = |word: &str| word.to_lowercase() == words.to_lowercase();
        let exact = known.iter().find(|choice| choice.id == words);
        let choice = exact.or_else(|| {
            known.iter().find(|choice| same(choice.id) || choice.words.into_iter().any(same))
        });
        if let Some(choice) = choice {
            return Ok(Some(choice.id.to_owned()));
        }
        let names = || known.iter().flat_map(|choice| [choice.words[0], choice.id]);
        let mut all: Vec<&str> = known.iter().map(|choice| choice.words[0]).collect();
        all.dedup();
        let finding =
            Finding::new(&rules::REFERENCE_UNKNOWN, format!("there is no {kind} \"{words}\""));
        let finding = match nearest(&words, names()) {
            Some(near) => finding.help(format!("did you mean \"{near}\"?")),
            None if all.is_empty() => finding.help(format!("the plan has no {kind}s")),
            None => finding.help(format!("there are: {}", all.join("; "))),
        };
        self.findings.push(finding.at(span));
        Err(())
    }

    /// The date that an attribute names.
    fn due_bound(&mut self, directive: &Directive, name: &str) -> Result<Option<PlanDate>, ()> {
        let Some((words, span)) = self.said(directive, name)? else { return Ok(None) };
        let fault = match PlanDate::parse(&words) {
            Ok(date) if !date.is_open() => return Ok(Some(date)),
            Err(DateFault::Impossible { named, why }) => format!("{named} is not a date: {why}"),
            Ok(_) | Err(DateFault::Unreadable) => {
                format!("`{name}` takes a month or a day, not \"{words}\"")
            }
        };
        let finding = Finding::new(&rules::DATE_UNREADABLE, fault).at(span);
        self.findings.push(finding.help("write it as 2020-04 or 2020-04-30"));
        Err(())
    }

    /// The words of an attribute that may be an expression; `Ok(None)` when there are none.
    fn said(&mut self, directive: &Directive, name: &str) -> Result<Option<(String, Span)>, ()> {
        let Some(attribute) = directive.attribute(name) else { return Ok(None) };
        let span = attribute.value.span;
        let Some(value) = self.attribute_value(directive, name) else { return Err(()) };
        // A record is shown as its name; its id is surer.
        let words = match value.downcast_object_ref::<crate::assemble::value::Record>() {
            Some(record) => record.id.clone(),
            None => value.to_string(),
        };
        let says_nothing = value.is_none() || words.trim().is_empty();
        Ok((!says_nothing).then(|| (words.trim().to_owned(), span)))
    }

    /// Whether an attribute says yes.
    fn is_set(&mut self, directive: &Directive, name: &str) -> bool {
        self.attribute_value(directive, name).is_some_and(|value| value.is_true())
    }

    /// The rows that `filter` leaves, as they belong together. Where `context` is asked for, a response stays
    /// when only a step of it is left. What has no row left is left out.
    fn selection(&self, filter: &Filter, context: bool) -> Vec<AreaBranch<'a>> {
        let mut areas = self.project.plan.statement.tree();
        areas.retain(|area| filter.area.as_ref().is_none_or(|id| *area.area.id == *id));
        for area in &mut areas {
            for finding in &mut area.findings {
                finding.responses.retain_mut(|branch| self.keep(branch, filter, context));
            }
            area.findings.retain(|finding| !finding.responses.is_empty());
        }
        areas.retain(|area| !area.findings.is_empty());
        areas
    }

    fn keep(&self, branch: &mut ResponseBranch<'_>, filter: &Filter, context: bool) -> bool {
        let response = &branch.response.row;
        branch.steps.retain(|step| self.is_left(&step.row, &[&step.row, response], filter));
        let own = self.is_left(response, &[response], filter);
        own || (context && !branch.steps.is_empty())
    }

    /// Whether `filter` leaves `row`, which belongs to the workstreams of all of `members`: a step
    /// shares those of its response.
    fn is_left(&self, row: &Commitment, members: &[&Commitment], filter: &Filter) -> bool {
        let due = row.due.as_ref().map(|due| due.value);
        let within = |bound: Option<NaiveDate>, holds: &dyn Fn(PlanDate, NaiveDate) -> bool| {
            bound.is_none_or(|bound| due.is_some_and(|due| holds(due, bound)))
        };
        filter
            .workstream
            .as_ref()
            .is_none_or(|id| members.iter().any(|m| m.workstreams.iter().any(|w| w.value == *id)))
            && filter.rating.as_ref().is_none_or(|id| {
                self.row_rating(row, filter.shown).is_some_and(|rating| *rating.id == *id)
            })
            && within(filter.due_from, &|due, from| window_end(due).is_some_and(|day| day >= from))
            && within(filter.due_to, &|due, to| window_start(due).is_some_and(|day| day <= to))
    }

    /// The rating of a row as the document shows it.
    fn row_rating(&self, row: &Commitment, shown: Shown) -> Option<&'a Rating> {
        let judgement = self.ratings.row(row)?;
        match shown {
            Shown::Computed => judgement.by_scheme(),
            // Nobody rates what is archived; a rating would seem to have been given.
            Shown::Declared if self.stage(row) == Some(Stage::Archived) => judgement.declared,
            Shown::Declared => judgement.shown(),
        }
    }

    fn stage(&self, row: &Commitment) -> Option<Stage> {
        self.ratings.delivery(row).map(|status| status.stage.value)
    }

    /// Calls `with` with the scheme's way of counting; a finding when there is no scheme to go by.
    fn counting<T>(&self, shown: Shown, with: impl FnOnce(&Counting<'_, 'a>) -> T) -> Option<T> {
        let scheme = self.ratings.scheme(SchemeOf::Response)?;
        let counting = Counting {
            scheme,
            stage: &|row| self.stage(row),
            rating: &|row| self.row_rating(row, shown),
        };
        Some(with(&counting))
    }

    /// Reports that the attributes leave no row, and says which there are.
    fn nothing_left(&mut self, directive: &Directive, filter: &Filter) {
        let asked: Vec<String> = [
            filter.workstream.as_ref().map(|id| format!("workstream {id}")),
            filter.rating.as_ref().map(|id| format!("rating {id}")),
            filter.area.as_ref().map(|id| format!("area {id}")),
            filter.due_from.map(|day| format!("due from {day}")),
            filter.due_to.map(|day| format!("due to {day}")),
        ]
        .into_iter()
        .flatten()
        .collect();
        if asked.is_empty() {
            return self.no_rows(directive, "responses");
        }
        let finding = Finding::new(
            &rules::TABLE_EMPTY,
            format!("no row of the plan fits this `{}`: {}", *directive.name, asked.join(", ")),
        );
        self.findings.push(finding.at(directive.name.span).help("ask for less at once"));
    }
}

/// The first day of a date, an open one's first month included; none for one that names no month.
fn window_start(date: PlanDate) -> Option<NaiveDate> {
    date.first_day()
}

/// The last day of the month or day that a date names.
fn window_end(date: PlanDate) -> Option<NaiveDate> {
    date.last_day().or_else(|| {
        let (year, month) = date.month()?;
        PlanDate::Month { year, month }.last_day()
    })
}

/// Where the heading of a finding is found.
fn anchor(finding: &MainFinding) -> String {
    format!("finding-{}", slug(&finding.id))
}

/// Words that lead to a finding's heading, if asked to.
fn reference(words: &str, finding: &MainFinding, linked: bool) -> Inline {
    let content = vec![Inline::text(words)];
    if linked {
        Inline::Link { to: Target::Anchor(anchor(finding)), content }
    } else {
        Inline::text(words)
    }
}

/// How many responses and steps there are in some findings.
fn rows_in(findings: &[FindingBranch<'_>]) -> (usize, usize) {
    let responses = findings.iter().map(|finding| finding.responses.len()).sum();
    let steps = findings.iter().flat_map(|f| &f.responses).map(|r| r.steps.len()).sum();
    (responses, steps)
}

/// "1 step", "12 steps".
fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

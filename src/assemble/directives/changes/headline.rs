//! `headline`: one paragraph of what changed. Every number in it is the length of a list that a table
//! shows, and no word says more than the numbers do.

use super::counted;
use crate::assemble::Assembler;
use crate::document::*;
use crate::narrative::tree::Directive;
use crate::plan::SchemeOf;
use crate::plan::changes::{
    self, Between, Crossing, Movement, RiskChanges, Way, Work, WorkChanges,
};
use crate::plan::date::day_in_words;
use crate::source::Span;

impl Assembler<'_> {
    pub(in crate::assemble) fn headline(
        &mut self,
        directive: &Directive,
        span: Span,
    ) -> Vec<Block> {
        let Some(between) = self.between(directive) else { return Vec::new() };
        let mut prose = Prose::default();
        work(&mut prose, &changes::work(&between), &between);
        figures(&mut prose, &changes::figures(&between));
        risks(&mut prose, &changes::risks(&between, self.ratings.scheme(SchemeOf::Risk)));
        let content = prose.content;
        vec![Block::at(BlockKind::Paragraph(Paragraph::body(content)), span)]
    }
}

/// Sentences being put together. Counts are figures, so that a reader of the document can be told
/// where each of them came from.
#[derive(Default)]
struct Prose {
    content: Vec<Inline>,
    /// Whether a sentence begins here.
    starts: bool,
}

impl Prose {
    /// Starts a sentence.
    fn say(&mut self, words: &str) {
        if !self.content.is_empty() {
            self.add(" ");
        }
        self.starts = words.is_empty();
        self.add(words);
    }

    fn add(&mut self, words: &str) {
        if !words.is_empty() {
            self.content.push(Inline::text(words));
        }
    }

    /// A count of something: "one milestone", "3 milestones".
    fn count(&mut self, path: &str, count: usize, one: &str, many: &str) {
        let words = counted(count, one, many);
        let (number, rest) = words.split_once(' ').unwrap_or((&words, ""));
        self.number(path, number);
        self.add(&format!(" {rest}"));
    }

    /// A bare count: "one", "3".
    fn bare(&mut self, path: &str, count: usize) {
        let number = match count {
            0 => "none".to_owned(),
            1 => "one".to_owned(),
            _ => count.to_string(),
        };
        self.number(path, &number);
    }

    fn number(&mut self, path: &str, number: &str) {
        let mut text = number.to_owned();
        // At the start of a sentence a word has a capital.
        if std::mem::take(&mut self.starts)
            && let Some(first) = text.get_mut(..1)
        {
            first.make_ascii_uppercase();
        }
        self.content.push(Inline::Figure(Box::new(Figure {
            text,
            path: format!("changes.{path}"),
            ..Figure::default()
        })));
    }

    /// Parts as a list: "a, b and c".
    fn list(&mut self, parts: Vec<(&str, usize, &str)>) {
        let count = parts.len();
        for (index, (path, number, words)) in parts.into_iter().enumerate() {
            match index {
                0 => {}
                _ if index + 1 == count => self.add(" and "),
                _ => self.add(", "),
            }
            self.bare(path, number);
            self.add(&format!(" {words}"));
        }
    }

    /// Counts of actions and of milestones together: "2 milestones and one action".
    fn works<'p>(&mut self, path: &str, works: impl Iterator<Item = Work<'p>>) -> usize {
        let (milestones, actions): (Vec<_>, Vec<_>) = works.partition(|w| w.milestone.is_some());
        let kinds =
            [(milestones.len(), "milestone", "milestones"), (actions.len(), "action", "actions")];
        let mut first = true;
        for (count, one, many) in kinds.into_iter().filter(|(count, ..)| *count > 0) {
            if !first {
                self.add(" and ");
            }
            first = false;
            self.count(&format!("{path}.{many}"), count, one, many);
        }
        milestones.len() + actions.len()
    }
}

fn was(count: usize) -> &'static str {
    if count == 1 { "was" } else { "were" }
}

fn is(count: usize) -> &'static str {
    if count == 1 { "is" } else { "are" }
}

fn work(prose: &mut Prose, work: &WorkChanges<'_>, between: &Between<'_>) {
    let (since, as_at) = (day_in_words(between.since), day_in_words(between.as_at));
    prose.say(&format!("Between {since} and {as_at}, "));
    match work.completed.len() {
        0 => prose.add("no action or milestone was completed."),
        count => {
            prose.works("completed", work.completed.iter().map(|done| done.work));
            prose.add(&format!(" {} completed.", was(count)));
        }
    }
    fell_due(prose, work);
    match (work.slipped.len(), work.brought_forward.len()) {
        (0, 0) => prose.say("No due date was moved."),
        (later, earlier) => {
            prose.say("");
            if later > 0 {
                prose.count("slipped", later, "due date", "due dates");
                prose.add(&format!(" {} moved to a later date", was(later)));
            }
            if earlier > 0 {
                prose.add(if later > 0 { " and " } else { "" });
                prose.count("brought_forward", earlier, "due date", "due dates");
                prose.add(&format!(" {} brought forward", was(earlier)));
            }
            prose.add(".");
        }
    }
    match work.overdue.len() {
        0 => prose.say(&format!("On {as_at} nothing is overdue.")),
        count => {
            prose.say(&format!("On {as_at}, "));
            prose.works("overdue", work.overdue.iter().map(|overdue| overdue.work));
            prose.add(&format!(" {} overdue", is(count)));
            let newly = work.overdue.iter().filter(|overdue| overdue.newly).count();
            match newly {
                0 => prose.add(&format!(", as on {since}.")),
                _ if newly == count => prose.add(&format!(" that {} not on {since}.", was(count))),
                _ => {
                    prose.add(", ");
                    prose.bare("newly_overdue", newly);
                    prose.add(&format!(" of them not yet on {since}."));
                }
            }
        }
    }
}

/// How much of what was due is done.
fn fell_due(prose: &mut Prose, work: &WorkChanges<'_>) {
    let due = work.fell_due.len();
    let done = work.fell_due.iter().filter(|fell| fell.done).count();
    match (due, done) {
        (0, _) => {}
        (1, done) => {
            let state = if done == 1 { "is done" } else { "is not done" };
            prose.say("The ");
            prose.bare("fell_due", due);
            prose.add(&format!(" that fell due {state}."));
        }
        (_, 0) => {
            prose.say("None of the ");
            prose.bare("fell_due", due);
            prose.add(" that fell due is done.");
        }
        (due, done) if due == done => {
            prose.say("The ");
            prose.bare("fell_due", due);
            prose.add(" that fell due are done.");
        }
        (due, done) => {
            prose.say("Of the ");
            prose.bare("fell_due", due);
            prose.add(" that fell due, ");
            prose.bare("fell_due_done", done);
            prose.add(&format!(" {} done.", is(done)));
        }
    }
}

fn figures(prose: &mut Prose, movements: &[Movement<'_>]) {
    if movements.is_empty() {
        return;
    }
    let went = |ways: &[Way]| movements.iter().filter(|m| ways.contains(&m.way)).count();
    let new = movements.iter().filter(|movement| movement.is_new()).count();
    match new {
        0 => prose.say("No measure has a new figure."),
        _ => {
            prose.say("");
            prose.count(
                "new_figures",
                new,
                "measure has a new figure",
                "measures have a new figure",
            );
            let parts = [
                ("improved", went(&[Way::Improved]), "improved"),
                ("worsened", went(&[Way::Worsened]), "worsened"),
                ("unchanged", went(&[Way::Unchanged]), "stayed the same"),
                ("undirected", went(&[Way::Rose, Way::Fell]), "moved with no better direction"),
                ("first", went(&[Way::First]), "measured for the first time"),
            ];
            prose.add(": ");
            prose.list(parts.into_iter().filter(|(_, count, _)| *count > 0).collect());
            prose.add(".");
        }
    }
    let on = movements.iter().filter(|movement| movement.is_on_target()).count();
    let off = movements.iter().filter(|movement| movement.is_off_target()).count();
    let old: Vec<_> = movements.iter().filter(|movement| movement.is_doubtful()).collect();
    if let Some(last) = old.iter().filter_map(|m| m.now).max_by(|a, b| a.at.compare(b.at)) {
        prose.say("");
        prose.count("out_of_date", old.len(), "measure has", "measures have");
        prose.add(" a target, and a figure too old to hold against it");
        prose.add(&format!("; the latest of these is of {}.", last.at.prose()));
    }
    if on + off == 0 {
        return;
    }
    prose.say(match old.len() {
        0 => "Of the measures with a target and a figure, ",
        _ => "Of the other measures with a target and a figure, ",
    });
    prose.bare("on_target", on);
    prose.add(if on == 1 { " meets it and " } else { " meet it and " });
    prose.bare("off_target", off);
    prose.add(if off == 1 { " misses it" } else { " miss it" });
    let crossed = |way: Crossing| movements.iter().filter(|m| m.crossing == way).count();
    let lost = crossed(Crossing::Lost);
    let parts = [
        ("reached", crossed(Crossing::Reached), "reached it since"),
        ("lost", lost, if lost == 1 { "no longer meets it" } else { "no longer meet it" }),
    ];
    let parts: Vec<_> = parts.into_iter().filter(|(_, count, _)| *count > 0).collect();
    if !parts.is_empty() {
        prose.add("; ");
        prose.list(parts);
    }
    prose.add(".");
}

fn risks(prose: &mut Prose, risks: &RiskChanges<'_, '_>) {
    if risks.risks.is_empty() {
        return;
    }
    let (new, closed) = (risks.count(|risk| risk.new), risks.count(|risk| risk.closed));
    match (new, closed) {
        (0, 0) => prose.say("No risk was raised or closed"),
        (new, closed) => {
            prose.say("");
            prose.count("risks_raised", new, "risk", "risks");
            prose.add(&format!(" {} raised and ", was(new)));
            prose.bare("risks_closed", closed);
            prose.add(&format!(" {} closed", was(closed)));
        }
    }
    let rose = risks.count(|risk| risk.moved.is_some_and(|moved| moved.rose));
    let fell = risks.count(|risk| risk.moved.is_some_and(|moved| !moved.rose));
    match (rose, fell) {
        (0, 0) => prose.add(", and no severity changed."),
        (rose, fell) => {
            prose.add("; severity rose for ");
            prose.bare("risks_risen", rose);
            prose.add(" and fell for ");
            prose.bare("risks_fallen", fell);
            prose.add(".");
        }
    }
}

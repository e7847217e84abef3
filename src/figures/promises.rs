//! Sentences that promise something by a day that has passed: "will open by May 2024" in a document of 2025.
//!
//! Only where a sentence leaves no doubt that its time is the promise's: the time follows the verb, or opens
//! the sentence. A sentence that goes on to say what came of it is settled, and so is one whose next sentence
//! does.

use chrono::NaiveDate;

use crate::diag::{Finding, Findings, rules};
use crate::figures::place::times;
use crate::figures::sentence::{Sentence, TokenKind, sentences};
use crate::figures::typed::{PROSE, Read};
use crate::narrative;
use crate::narrative::tree::{Directive, Node, NodeKind};
use crate::plan::dataset::ColumnKind;
use crate::plan::{DataValue, PlanDate};
use crate::project::Project;
use crate::source::Span;

/// Words that promise by themselves.
const WILL: &[&str] = &["will", "shall", "we\u{2019}ll", "they\u{2019}ll", "it\u{2019}ll"];
/// Words that promise before "to".
const MEANS_TO: &[&str] = &[
    "plan",
    "plans",
    "intend",
    "intends",
    "aim",
    "aims",
    "expect",
    "expects",
    "propose",
    "proposes",
    "hope",
    "hopes",
    "is",
    "are",
    "going",
    "scheduled",
    "set",
    "committed",
];
/// Words that promise before a time.
const FORESEEN: &[&str] = &["due", "planned", "expected", "scheduled", "promised", "anticipated"];
/// Words that put a time after what is promised.
const BY: &[&str] =
    &["by", "before", "until", "in", "during", "on", "at", "within", "through", "for", "between"];
/// Words of which a time begins something.
const FROM: &[&str] = &["from", "starting", "beginning", "after"];
/// Words that may stand between those and the time.
const PART: &[&str] = &[
    "the",
    "end",
    "start",
    "beginning",
    "of",
    "early",
    "late",
    "mid",
    "academic",
    "financial",
    "year",
    "school",
    "summer",
    "autumn",
    "spring",
    "winter",
    "term",
    "and",
    "to",
    "middle",
    "half",
];
/// Words that say what came of something.
const CAME: &[&str] = &[
    "did",
    "was",
    "were",
    "has",
    "have",
    "had",
    "didn\u{2019}t",
    "wasn\u{2019}t",
    "hasn\u{2019}t",
    "opened",
    "began",
    "started",
    "happened",
    "finished",
    "ended",
    "came",
    "took",
];
/// Words by which the next sentence goes on about the same.
const GOES_ON: &[&str] = &["it", "this", "that", "they", "these", "both", "all", "we", "neither"];

/// The promises in `files`, and in the words of datasets, whose day has passed.
pub fn promises(project: &Project, files: &[Read]) -> Findings {
    let mut findings = Findings::default();
    for read in files {
        let text = &project.sources.file(read.file).text;
        let body = text.get(read.base..).unwrap_or("");
        // What is wrong with the file was found when the document was made.
        let tree = narrative::parse(body, read.file, read.base, &mut Vec::new());
        let mut found = Vec::new();
        nodes(project, &tree, read.as_at, &mut found);
        for finding in found {
            let documents = read.documents.iter();
            findings.push(documents.fold(finding, |finding, name| finding.of_document(name)));
        }
    }
    let mut found = Vec::new();
    for dataset in project.datasets.values() {
        let worded = dataset.columns.iter().enumerate().filter(|(column, about)| {
            about.kind == ColumnKind::Text && !about.is_number() && !dataset.key.contains(column)
        });
        for (column, _) in worded {
            for cell in dataset.rows.iter().filter_map(|row| row.cells.get(column)) {
                if let DataValue::Text(words) = &cell.value {
                    prose(words, cell.span, false, project.settings.as_at, &mut found);
                }
            }
        }
    }
    findings.extend(found);
    findings
}

fn nodes(project: &Project, tree: &[Node], as_at: NaiveDate, found: &mut Vec<Finding>) {
    for node in tree {
        match &node.kind {
            NodeKind::Heading { .. } | NodeKind::Paragraph(_) => {
                words_at(project, node.span, as_at, found);
            }
            NodeKind::Table(table) => {
                for cell in table.head.iter().chain(table.rows.iter().flatten()) {
                    words_at(project, cell.span, as_at, found);
                }
            }
            NodeKind::List { items, .. } => {
                items.iter().for_each(|item| nodes(project, item, as_at, found));
            }
            // What somebody said is theirs.
            NodeKind::Quote(_) => {}
            NodeKind::Directive(directive) if *directive.name == "quote" => {}
            NodeKind::Directive(directive) => within(project, directive, as_at, found),
        }
    }
}

fn within(project: &Project, directive: &Directive, as_at: NaiveDate, found: &mut Vec<Finding>) {
    for attribute in &directive.attributes {
        if PROSE.contains(&attribute.name.as_str()) {
            words_at(project, attribute.value.span, as_at, found);
        }
    }
    nodes(project, &directive.body, as_at, found);
}

fn words_at(project: &Project, span: Span, as_at: NaiveDate, found: &mut Vec<Finding>) {
    prose(project.sources.text(span), span, true, as_at, found);
}

/// Looks at some prose, which stands at `span`: byte for byte where `is_verbatim`.
fn prose(text: &str, span: Span, is_verbatim: bool, as_at: NaiveDate, found: &mut Vec<Finding>) {
    let all = sentences(text);
    for (n, sentence) in all.iter().enumerate() {
        let Some(promise) = passed(sentence, as_at) else { continue };
        if all.get(n + 1).is_some_and(tells_what_came) {
            continue;
        }
        let range = promise.tokens;
        let bytes = sentence.tokens.get(range.start).map_or(0, |token| token.range.start)
            ..sentence.tokens.get(range.end - 1).map_or(0, |token| token.range.end);
        let said = text.get(bytes.clone()).unwrap_or("").to_owned();
        let at = match is_verbatim {
            true => Span::new(
                span.file,
                span.start as usize + bytes.start..span.start as usize + bytes.end,
            ),
            false => span,
        };
        let day = PlanDate::Day(promise.day).prose();
        let message = match promise.begins {
            true => format!("something is promised here {said}, and {day} has passed"),
            false => format!("something is promised here {said}, which ended on {day}"),
        };
        found.push(
            Finding::new(&rules::PROMISE_PASSED, message)
                .at(at)
                .help("say what came of it, or by when it is promised now"),
        );
    }
}

/// A promise whose time is over.
struct Promise {
    /// The time with the word before it, as tokens.
    tokens: std::ops::Range<usize>,
    /// The day on which it passed.
    day: NaiveDate,
    /// Whether that was to be a beginning.
    begins: bool,
}

/// The first promise of a sentence whose time had passed by `as_at`.
fn passed(sentence: &Sentence, as_at: NaiveDate) -> Option<Promise> {
    let tokens = &sentence.tokens;
    let word = |at: usize| tokens.get(at).map_or(String::new(), |t| t.text.to_lowercase());
    let is_word = |at: usize| tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word);
    let promises = |at: usize| {
        let (before, here, next) =
            (at.checked_sub(1).map_or(String::new(), word), word(at), word(at + 1));
        let is_past = matches!(before.as_str(), "was" | "were" | "had" | "been" | "not");
        WILL.contains(&here.as_str())
            || MEANS_TO.contains(&here.as_str()) && next == "to" && !is_past
            || FORESEEN.contains(&here.as_str()) && next != "to" && !is_past
    };
    let verbs: Vec<usize> = (0..tokens.len()).filter(|at| is_word(*at) && promises(*at)).collect();
    let first = *verbs.first()?;
    let mut all = seasons(&word, tokens.len());
    // The 2024 of "autumn 2024" is no time of its own.
    let plain = times(sentence).into_iter().filter(|(range, _)| {
        !all.iter().any(|(season, _)| season.start <= range.start && range.end <= season.end)
    });
    let plain: Vec<_> = plain.collect();
    all.extend(plain);
    all.sort_by_key(|(range, _)| range.start);
    for (range, period) in all {
        // The word that says how the time belongs: "by the end of March 2024".
        let is_part = |at: &usize| PART.contains(&word(*at).as_str()) || is_day(&word(*at));
        let lead = (0..range.start).rev().find(|at| !is_part(at))?;
        let (by, from) = (BY.contains(&word(lead).as_str()), FROM.contains(&word(lead).as_str()));
        if !by && !from {
            continue;
        }
        let verb = verbs.iter().copied().filter(|at| *at <= lead).max();
        let is_promised = match verb {
            Some(verb) => !tells_of_before(&word, verb + 1..lead),
            // "From autumn 2024 a pilot will run".
            None => lead == 0 && first > range.end - 1,
        };
        let after = range.end.max(first + 1)..tokens.len();
        // "Will have a link worker" says nothing of what came.
        let came = |at: usize| {
            let before = at.checked_sub(1).map_or(String::new(), word);
            CAME.contains(&word(at).as_str()) && before != "to" && !WILL.contains(&before.as_str())
        };
        if !is_promised || after.into_iter().any(came) {
            continue;
        }
        let day_before = range.start.checked_sub(1).map(word).filter(|word| is_day(word));
        let last = match day_before.and_then(|day| on_day(&day, period.first)) {
            Some(day) => day,
            None => period.last,
        };
        let day = if from { period.first } else { last };
        let is_over = if from { day <= as_at } else { day < as_at };
        if is_over {
            return Some(Promise { tokens: lead..range.end, day, begins: from });
        }
    }
    None
}

/// Whether the words between a promise and a time are about something before it: "will use the money
/// agreed in 2023".
fn tells_of_before(word: &dyn Fn(usize) -> String, range: std::ops::Range<usize>) -> bool {
    let start = range.start;
    range.into_iter().any(|at| {
        let here = word(at);
        let is_passive = (start.saturating_sub(1)..at)
            .rev()
            .take(3)
            .any(|before| matches!(word(before).as_str(), "be" | "been" | "get" | "due" | "have"));
        matches!(here.as_str(), "was" | "were" | "had" | "did" | "since")
            || here.len() > 4 && here.ends_with("ed") && !is_passive
            || matches!(here.as_str(), "learnt" | "made" | "begun" | "set" | "found" | "seen")
                && !is_passive
    })
}

fn is_day(word: &str) -> bool {
    word.parse::<u32>().is_ok_and(|day| (1..=31).contains(&day)) && word.len() <= 2
}

fn on_day(day: &str, month: NaiveDate) -> Option<NaiveDate> {
    chrono::Datelike::with_day(&month, day.parse().ok()?)
}

/// Terms and seasons with a year: "autumn 2024", "summer term 2024".
fn seasons(
    word: &dyn Fn(usize) -> String,
    count: usize,
) -> Vec<(std::ops::Range<usize>, crate::figures::holdings::Period)> {
    let mut out = Vec::new();
    for at in 0..count {
        let (first, last) = match word(at).as_str() {
            "spring" => ((1, 1), (4, 30)),
            "summer" => ((4, 1), (8, 31)),
            "autumn" => ((9, 1), (12, 31)),
            "winter" => ((11, 1), (12, 31)),
            _ => continue,
        };
        let year_at = if word(at + 1) == "term" { at + 2 } else { at + 1 };
        let Some(year) = Some(word(year_at)).filter(|w| w.len() == 4).and_then(|w| w.parse().ok())
        else {
            continue;
        };
        let day = |(month, day)| NaiveDate::from_ymd_opt(year, month, day);
        if let (Some(first), Some(last)) = (day(first), day(last)) {
            out.push((at..year_at + 1, crate::figures::holdings::Period { first, last }));
        }
    }
    out
}

/// Whether a sentence says what came of what the one before it promised.
fn tells_what_came(sentence: &Sentence) -> bool {
    let word = |at: usize| sentence.tokens.get(at).map_or(String::new(), |t| t.text.to_lowercase());
    GOES_ON.contains(&word(0).as_str()) && (1..6).any(|at| CAME.contains(&word(at).as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        let span = Span::new(crate::source::Sources::default().add("a.md", text), 0..text.len());
        let day = NaiveDate::from_ymd_opt(2025, 3, 31).unwrap_or_default();
        prose(text, span, true, day, &mut found);
        found.into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn a_promise_is_found_when_its_time_has_passed() {
        for text in [
            "From autumn 2024 a pilot will test this.",
            "A new school will open by September 2024.",
            "The review is due in March 2024.",
            "We plan to publish a strategy by the end of June 2024.",
            "The plan will be reviewed before 15 March 2025.",
            "By December 2024 every school will have a link worker.",
            "It is expected in the summer term 2024.",
            "Plans will be renewed during 2023/24.",
        ] {
            assert_eq!(found(text).len(), 1, "{text}: {:?}", found(text));
        }
    }

    #[test]
    fn what_is_still_to_come_or_was_settled_is_left_alone() {
        for text in [
            "A new school will open by September 2025.",
            "A new school will open from May 2025.",
            "From autumn 2025 a pilot will test this.",
            "The strategy agreed in March 2023 will guide us.",
            "We will use the money agreed in March 2023.",
            "We will build on what was learnt in 2023.",
            "A school was to open by September 2024.",
            "A school opened in September 2024.",
            "It was due in March 2024.",
            "The delay was due to changes in 2023.",
            "A school will open by September 2024. It did, with 40 places.",
            "By 2024 a school will open; it did so in May.",
            "Since May 2021 we publish what we will do.",
            "In 2026 the plan will end.",
            "The plan will be reviewed before 15 April 2025.",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}

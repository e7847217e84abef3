//! Holds a document's words against the limits of its edition.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::diag::{Finding, Rule, Severity, rules};
use crate::document::Document;
use crate::project::{Bounds, Limits, Wording};
use crate::source::{Sources, Span};

use super::place::Lines;
use super::plain::HardWords;
use super::prose::{Part, Passage};
use super::sentences::{sentences, words};
use super::style::{self, Sentence};
use super::{Counts, parts};

/// Fewest words for which a section's reading age says something.
const FEWEST_WORDS: usize = 60;
/// Most sentences of one document that are reported one by one.
const MOST: usize = 1_000;

/// What came of it.
#[derive(Debug)]
pub struct Judgement {
    /// Everything found, sentence by sentence.
    pub sentences: Vec<Finding>,
    /// The same as the edition wants it told: one by one, or summed up.
    pub findings: Vec<Finding>,
}

/// Judges `document` by `limits`; `title` is the place of its title.
pub fn judge(
    document: &Document,
    limits: &Limits,
    hard: &HardWords<'_>,
    sources: &Sources,
    title: Span,
) -> Judgement {
    let parts = parts(document);
    let allowed = limits.allow.union(hard.known()).cloned().collect();
    let mut judge =
        Judge { limits, allowed, hard, sources, title, found: Vec::new(), tally: Tally::default() };
    for part in &parts {
        part.passages.iter().for_each(|passage| judge.passage(passage));
    }
    let ages = judge.ages(&parts);
    let Judge { mut found, tally, .. } = judge;
    let mut told: Vec<Finding> = if limits.summary {
        // What stops the document is told in any case.
        let grave = found.iter().filter(|finding| finding.severity == Severity::Error);
        grave.cloned().chain(tally.summary(document, limits, title)).collect()
    } else {
        found.clone()
    };
    if tally.untold > 0 {
        let message = format!("{} more sentences are hard to read", tally.untold);
        told.push(Finding::new(&rules::READABILITY_SUMMARY, message).at(title));
    }
    told.extend(ages.iter().cloned());
    found.extend(ages);
    Judgement { sentences: found, findings: told }
}

struct Judge<'a> {
    limits: &'a Limits,
    /// Acronyms and words that may stand.
    allowed: BTreeSet<String>,
    hard: &'a HardWords<'a>,
    sources: &'a Sources,
    title: Span,
    found: Vec<Finding>,
    tally: Tally,
}

/// How often each fault was found.
#[derive(Debug, Default)]
struct Tally {
    sentences: usize,
    long: usize,
    longest: Option<(usize, Span)>,
    faults: BTreeMap<Wording, usize>,
    /// Faults past the most that are told one by one.
    untold: usize,
}

/// A fault of a passage, at bytes of it.
struct Fault {
    range: Range<usize>,
    rule: &'static Rule,
    severity: Severity,
    message: String,
    help: String,
    wording: Option<Wording>,
    words: usize,
}

impl Judge<'_> {
    fn passage(&mut self, passage: &Passage) {
        let mut faults = Vec::new();
        for range in sentences(&passage.text) {
            let text = passage.text.get(range.clone()).unwrap_or("");
            self.tally.sentences += usize::from(passage.prose);
            let start = faults.len();
            if passage.prose {
                faults.extend(self.length(text));
            }
            if !self.limits.wording.is_empty() {
                faults.extend(self.wording(passage, &range, text));
            }
            for fault in &mut faults[start..] {
                fault.range = range.start + fault.range.start..range.start + fault.range.end;
            }
        }
        if let Some(severity) = self.limits.wording.get(&Wording::Italics) {
            faults.extend(passage.italics.iter().map(|range| {
                let words = clip(passage.text.get(range.clone()).unwrap_or(""));
                Fault {
                    range: range.clone(),
                    rule: &rules::READABILITY_ITALICS,
                    severity: *severity,
                    message: format!("\"{words}\" is in italics"),
                    help: "set it in bold, or say it without".to_owned(),
                    wording: Some(Wording::Italics),
                    words: 0,
                }
            }));
        }
        if faults.is_empty() {
            return;
        }
        let lines = passage.span.map(|span| Lines::of(&passage.text, span, self.sources));
        for fault in faults {
            let place = lines.as_ref().map_or(self.title, |lines| lines.place(&fault.range));
            self.tally.count(&fault, place);
            if self.found.len() >= MOST {
                self.tally.untold += 1;
                continue;
            }
            let mut finding = Finding::new(fault.rule, fault.message).at(place).help(fault.help);
            finding.severity = fault.severity;
            self.found.push(finding);
        }
    }

    fn length(&self, sentence: &str) -> Option<Fault> {
        let length = words(sentence).count();
        let (severity, most) = self.limits.sentence_words.broken_by(length as f64)?;
        Some(Fault {
            range: 0..sentence.len(),
            rule: &rules::READABILITY_LONG_SENTENCE,
            severity,
            message: format!("this sentence has {length} words, and {most} are the most"),
            help: "make two sentences of it, or say less".to_owned(),
            wording: None,
            words: length,
        })
    }

    /// The faults of one sentence, which stands at `range` of `passage`.
    fn wording(&self, passage: &Passage, range: &Range<usize>, text: &str) -> Vec<Fault> {
        let sentence = Sentence::of(text);
        let mut faults = Vec::new();
        let mut fault = |wording: Wording, range: Range<usize>, message: String, help: &str| {
            let Some(severity) = self.limits.wording.get(&wording) else { return };
            let (rule, severity, help) = (rule_of(wording), *severity, help.to_owned());
            let wording = Some(wording);
            faults.push(Fault { range, rule, severity, message, help, wording, words: 0 });
        };
        let quoted = |range: &Range<usize>| clip(text.get(range.clone()).unwrap_or(""));
        if passage.prose {
            if let Some(at) = style::two_ideas(&sentence) {
                let message = format!("a second idea begins here: \"{}\"", quoted(&at));
                fault(Wording::TwoIdeas, at, message, "make a sentence of its own of it");
            }
            if let Some(at) = style::passive(&sentence) {
                let message = format!("\"{}\" does not say who does it", quoted(&at));
                fault(
                    Wording::Passive,
                    at,
                    message,
                    "begin with who does it: \"The school tells you\"",
                );
            }
            if let Some(at) = style::double_negative(&sentence) {
                let message = format!("two negatives: \"{}\"", quoted(&at));
                fault(Wording::DoubleNegative, at, message, "say what is, not what is not");
            }
        }
        let is_bold = |at: &Range<usize>| {
            let at = range.start + at.start..range.start + at.end;
            passage.bold.iter().any(|bold| bold.start <= at.start && at.end <= bold.end)
        };
        for hard in self.hard.find(&sentence) {
            let allowed = self.allowed.contains(&quoted(&hard.range));
            // A hard word in bold is explained where it stands.
            if !allowed && !is_bold(&hard.range) {
                let message = format!("\"{}\" is a hard word", quoted(&hard.range));
                let help = format!("write: {}", hard.plain);
                fault(Wording::Jargon, hard.range, message, &help);
            }
        }
        for at in style::acronyms(&sentence, &self.allowed) {
            let message = format!("\"{}\" is letters that stand for words", quoted(&at));
            let help = "write the words; what everybody knows goes into `allow` of the profile";
            fault(Wording::Acronym, at, message, help);
        }
        for at in style::percentages(&sentence) {
            let message = format!("\"{}\" is a percentage", quoted(&at));
            fault(
                Wording::Percentage,
                at,
                message,
                "say it with people: \"6 out of 10\", {{ … | out_of(10) }}",
            );
        }
        for at in style::capitals(&sentence) {
            let message = format!("\"{}\" is in capitals", quoted(&at));
            fault(Wording::Capitals, at, message, "use small letters; bold makes words stand out");
        }
        faults
    }

    /// Reading ages over the limits: of the document, and of each section for its own words.
    fn ages(&self, parts: &[Part]) -> Vec<Finding> {
        let mut found = Vec::new();
        let limits = [self.limits.reading_age, self.limits.section_reading_age];
        // Syllables are not counted for nothing.
        if limits == [Bounds::default(); 2] {
            return found;
        }
        let counted: Vec<Counts> = parts.iter().map(Part::counts).collect();
        let mut age = |what: &str, counts: &Counts, limit: Bounds, at: Span| {
            let age = counts.reading_age().filter(|_| counts.words >= FEWEST_WORDS);
            let Some((age, (severity, most))) =
                age.and_then(|age| Some((age, limit.broken_by(age)?)))
            else {
                return;
            };
            let message = format!("{what} reads at age {age:.1}, and {most} is the most");
            let mut finding = Finding::new(&rules::READABILITY_AGE, message).at(at);
            finding.severity = severity;
            found.push(finding.help("shorter words and shorter sentences bring it down"));
        };
        let total = counted.iter().copied().sum();
        age("the document", &total, self.limits.reading_age, self.title);
        for (part, counts) in parts.iter().zip(&counted) {
            let what = match part.title.as_str() {
                "" => "what stands before the first heading".to_owned(),
                title => format!("\"{}\"", clip(title)),
            };
            let at = part.span.unwrap_or(self.title);
            age(&what, counts, self.limits.section_reading_age, at);
        }
        found
    }
}

impl Tally {
    fn count(&mut self, fault: &Fault, place: Span) {
        match fault.wording {
            Some(wording) => *self.faults.entry(wording).or_default() += 1,
            None => self.long += 1,
        }
        if fault.words > self.longest.map_or(0, |(words, _)| words) {
            self.longest = Some((fault.words, place));
        }
    }

    /// One finding for the whole document.
    fn summary(&self, document: &Document, limits: &Limits, title: Span) -> Option<Finding> {
        let mut facts = Vec::new();
        let limit = limits.sentence_words.warn.or(limits.sentence_words.fail);
        if let (Some(most), true) = (limit, self.long > 0) {
            let (long, all) = (self.long, self.sentences);
            facts.push(format!("{long} of {all} sentences have more than {most} words"));
        }
        for (wording, times) in &self.faults {
            facts.push(format!("{} {times}", told(*wording)));
        }
        if facts.is_empty() {
            return None;
        }
        let (name, edition) = (&document.meta.name, &document.meta.edition);
        let mut finding =
            Finding::new(&rules::READABILITY_SUMMARY, facts.join("; ")).at(title).help(format!(
                "`annexe readability {name} --edition {edition} --sentences` lists them"
            ));
        if let Some((words, place)) = self.longest {
            finding = finding.related(place, format!("the longest sentence: {words} words"));
        }
        Some(finding)
    }
}

fn rule_of(wording: Wording) -> &'static Rule {
    match wording {
        Wording::TwoIdeas => &rules::READABILITY_TWO_IDEAS,
        Wording::Passive => &rules::READABILITY_PASSIVE,
        Wording::Jargon => &rules::READABILITY_JARGON,
        Wording::Acronym => &rules::READABILITY_ACRONYM,
        Wording::Percentage => &rules::READABILITY_PERCENTAGE,
        Wording::DoubleNegative => &rules::READABILITY_DOUBLE_NEGATIVE,
        Wording::Capitals => &rules::READABILITY_CAPITALS,
        Wording::Italics => &rules::READABILITY_ITALICS,
    }
}

/// What is counted in a summary.
fn told(wording: Wording) -> &'static str {
    match wording {
        Wording::TwoIdeas => "sentences of two ideas:",
        Wording::Passive => "sentences that do not say who does it:",
        Wording::Jargon => "hard words:",
        Wording::Acronym => "acronyms:",
        Wording::Percentage => "percentages:",
        Wording::DoubleNegative => "double negatives:",
        Wording::Capitals => "words in capitals:",
        Wording::Italics => "words in italics:",
    }
}

/// Words of a sentence as a message quotes them.
fn clip(words: &str) -> String {
    match words.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", words.get(..end).unwrap_or("")),
        None => words.to_owned(),
    }
}

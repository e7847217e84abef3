//! Comparative sentences that no condition holds, though the data name what they are about; each with the
//! condition that would.
//!
//! What a sentence is about is told by its own expressions or, where it has none, by its words: nearly all of
//! a series' name must stand in it. What cannot be told apart is left alone.

mod path;
mod said;
mod subject;

use chrono::NaiveDate;

use crate::diag::{Finding, Findings, rules};
use crate::figures::holdings::{Holdings, known};
use crate::figures::names::Stem;
use crate::figures::place::Place;
use crate::figures::sentence::{Sentence, TokenKind, sentences};
use crate::figures::typed::{PROSE, Read};
use crate::narrative;
use crate::narrative::tree::{Directive, Node, NodeKind, TableNode};
use crate::project::Project;
use crate::source::Span;
use said::Claim;
use subject::Subject;

/// A sentence and the condition that would hold it.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// The sentence, with the marks around it.
    pub sentence: Span,
    /// The word that compares.
    pub word: String,
    /// The condition.
    pub condition: String,
    /// What the condition is about, for people.
    pub about: String,
    /// Why the condition is not true today; none where it is.
    pub denied: Option<String>,
    /// The documents.
    pub documents: Vec<String>,
}

/// The proposals for `files`.
pub fn proposals(project: &Project, files: &[Read]) -> Vec<Proposal> {
    let mut out: Vec<Proposal> = Vec::new();
    let mut days: Vec<NaiveDate> = files.iter().map(|read| read.as_at).collect();
    days.sort();
    days.dedup();
    for day in days {
        let project = &project.as_known(day);
        let holdings = Holdings::of(project, day);
        for read in files.iter().filter(|read| read.as_at == day) {
            let text = &project.sources.file(read.file).text;
            let body = text.get(read.base..).unwrap_or("");
            // What is wrong with the file was found when the document was made.
            let tree = narrative::parse(body, read.file, read.base, &mut Vec::new());
            let mut walker =
                Walker { project, holdings: &holdings, read, headings: Vec::new(), out: &mut out };
            walker.nodes(&tree, &[]);
        }
    }
    // A file that documents of several days read is told once.
    out.sort_by_key(|proposal| (proposal.sentence.file, proposal.sentence.start));
    out.dedup_by(|next, first| {
        let same = next.sentence == first.sentence;
        if same {
            first.documents.extend(std::mem::take(&mut next.documents));
        }
        same
    });
    out
}

/// The comparative sentences of `files` that have no condition.
pub fn unbound(project: &Project, files: &[Read]) -> Findings {
    let mut findings = Findings::default();
    for proposal in proposals(project, files) {
        let Proposal { sentence, word, condition, about, denied, documents } = proposal;
        let message = match denied {
            None => format!("\"{word}\" is said of {about}, and no condition holds it"),
            Some(why) => {
                format!("\"{word}\" is said of {about}, no condition holds it, and {why}")
            }
        };
        let finding = Finding::new(&rules::CLAIM_UNBOUND, message)
            .at(sentence)
            .help(format!("if this is meant, write [\u{2026}]{{holds=\"{condition}\"}}"));
        findings.push(documents.iter().fold(finding, |finding, name| finding.of_document(name)));
    }
    findings
}

struct Walker<'w> {
    project: &'w Project,
    holdings: &'w Holdings,
    read: &'w Read,
    /// The headings above, each with its level and its stems.
    headings: Vec<(u8, Vec<Stem>)>,
    out: &'w mut Vec<Proposal>,
}

impl Walker<'_> {
    fn nodes(&mut self, nodes: &[Node], around: &[Stem]) {
        for node in nodes {
            match &node.kind {
                NodeKind::Heading { level, .. } => {
                    self.headings.retain(|(above, _)| above < level);
                    self.prose(node.span, &[]);
                    let words = self.stems(node.span);
                    self.headings.push((*level, words));
                }
                NodeKind::Paragraph(_) => self.prose(node.span, around),
                NodeKind::List { items, .. } => {
                    items.iter().for_each(|item| self.nodes(item, around));
                }
                NodeKind::Table(table) => self.table(table, around),
                // What somebody said is theirs.
                NodeKind::Quote(_) => {}
                NodeKind::Directive(directive) if *directive.name == "quote" => {}
                NodeKind::Directive(directive) => self.directive(directive, around),
            }
        }
    }

    fn stems(&self, span: Span) -> Vec<Stem> {
        known(&self.holdings.vocabulary, self.project.sources.text(span))
    }

    fn directive(&mut self, directive: &Directive, around: &[Stem]) {
        // A chart's title is about the chart's own dataset.
        let dataset = directive.head.as_ref().and_then(|head| self.project.datasets.get(&**head));
        let mut about = around.to_vec();
        if let Some(dataset) = dataset {
            about.extend(known(&self.holdings.vocabulary, &dataset.title));
        }
        for attribute in &directive.attributes {
            if PROSE.contains(&attribute.name.as_str()) {
                self.prose(attribute.value.span, &about);
            }
        }
        self.nodes(&directive.body, around);
    }

    fn table(&mut self, table: &TableNode, around: &[Stem]) {
        for row in &table.rows {
            let first = row.first().map(|cell| self.stems(cell.span)).unwrap_or_default();
            for cell in row {
                self.prose(cell.span, &[around, &first].concat());
            }
        }
    }

    fn prose(&mut self, span: Span, around: &[Stem]) {
        let text = self.project.sources.text(span).to_owned();
        let all = sentences(&text);
        // What a sentence is about costs more to tell than whether any of them compares.
        if all.iter().all(|sentence| Claim::all(sentence).is_empty()) {
            return;
        }
        let mut around = around.to_vec();
        around.extend(self.headings.iter().flat_map(|(_, words)| words));
        let mut before: Option<Place> = None;
        for (n, sentence) in all.iter().enumerate() {
            let place = Place::of(self.holdings, sentence, &around, before.as_ref());
            let end = all.get(n + 1).and_then(|next| next.tokens.first());
            let end = end.map_or(text.len(), |token| token.range.start);
            if let Some(proposal) = self.sentence(&text, span, sentence, end, &place) {
                self.out.push(proposal);
            }
            before = Some(place);
        }
    }

    fn sentence(
        &self,
        text: &str,
        span: Span,
        sentence: &Sentence,
        end: usize,
        place: &Place,
    ) -> Option<Proposal> {
        let first = sentence.tokens.first()?;
        // An expression's token is its end.
        let start = match first.kind {
            TokenKind::Expression => text.get(..first.range.end)?.rfind("{{")?,
            _ => first.range.start,
        };
        let whole = text.get(start..end)?;
        if whole.contains("]{holds=") || says_itself(whole) {
            return None;
        }
        let claims = Claim::all(sentence);
        if claims.is_empty() {
            return None;
        }
        let subject = Subject::of(
            self.project,
            self.holdings,
            (whole, start),
            sentence,
            place,
            self.read.as_at,
        )?;
        // "Sooner: the mean wait fell" says the same twice; what says two things wants two
        // conditions of the author's own.
        let mut found: Vec<(Claim, String, Option<String>)> = Vec::new();
        for claim in claims.into_iter().filter(|claim| !subject.is_called(&claim.word)) {
            let (condition, denied) = said::condition(&claim, &subject, sentence)?;
            if !found.iter().any(|(_, known, _)| *known == condition) {
                found.push((claim, condition, denied));
            }
        }
        let (claim, condition, denied) = found.pop().filter(|_| found.is_empty())?;
        let about = subject.name();
        let range = surrounded(text, start, sentence.tokens.last()?.range.end);
        let at = |offset: usize| span.start as usize + offset;
        Some(Proposal {
            sentence: Span::new(span.file, at(range.start)..at(range.end)),
            word: claim.word,
            condition,
            about,
            denied,
            documents: self.read.documents.clone(),
        })
    }
}

/// Whether a sentence's words follow the data by themselves: `{{ change(a, b) }}`.
fn says_itself(text: &str) -> bool {
    let functions = ["change(", "compare(", "direction(", "growth("];
    text.contains("{{") && functions.iter().any(|function| text.contains(function))
}

/// A sentence with the marks that stand around it: `**More** came.` and not `More** came`.
fn surrounded(text: &str, start: usize, end: usize) -> std::ops::Range<usize> {
    let opens = |c: char| matches!(c, '*' | '_' | '(' | '"' | '\u{201c}' | '\u{2018}' | '[' | '`');
    let closes = |c: char| !c.is_whitespace() && !matches!(c, '|' | '[' | '{');
    let before = text.get(..start).unwrap_or("");
    let start = start - (before.len() - before.trim_end_matches(opens).len());
    let after = text.get(end..).unwrap_or("");
    let rest = after.trim_start_matches(closes);
    let end = end + (after.len() - rest.len());
    // A sentence of an attribute ends before the quotes that close it.
    let quoted = text.get(start..end).unwrap_or("");
    let spare = quoted.len() - quoted.trim_end_matches('"').len();
    let opened = quoted.matches('"').count() % 2 == 1;
    start..if opened { end - spare.min(1) } else { end }
}

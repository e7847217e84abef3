//! Findings: what `check` and `build` have to say about a project.
//!
//! A finding is data (a rule, a message, places, help); how it prints is in
//! [`render`]. Every rule has a stable code and a text for `annexe explain`; they
//! stand together in [`rules`].

pub mod render;
pub mod rules;

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

pub use rules::Rule;

use crate::source::{Sources, Span};

/// How much a finding weighs. Errors stop the document they belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; also what a settled finding becomes.
    Info,
    /// Should be put right; `--strict` makes it stop the build.
    Warning,
    /// Stops the document.
    Error,
}

impl Severity {
    /// The word that is printed.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// Where a finding points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A range in a file that was read.
    Span(Span),
    /// A whole file or folder (it could not be read as text, say), relative to the project.
    Path(PathBuf),
    /// The project or the command line as a whole.
    Project,
}

/// One diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule it comes from: code and explanation.
    pub rule: &'static Rule,
    /// Its weight; the rule's own unless it was settled.
    pub severity: Severity,
    /// What is wrong, in one sentence.
    pub message: String,
    /// Where.
    pub place: Place,
    /// A few words under the marked text.
    pub label: Option<String>,
    /// Facts that led to it.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Option<String>,
    /// Other places that matter ("first used here").
    pub related: Vec<(Span, String)>,
    /// The documents it stops or concerns; empty means every document.
    pub documents: Vec<String>,
    /// The editions of these that it stops or concerns; empty means every edition.
    pub editions: Vec<String>,
}

impl Finding {
    /// A finding of `rule` about the project as a whole.
    pub fn new(rule: &'static Rule, message: impl Into<String>) -> Self {
        Finding {
            rule,
            severity: rule.severity,
            message: message.into(),
            place: Place::Project,
            label: None,
            notes: Vec::new(),
            help: None,
            related: Vec::new(),
            documents: Vec::new(),
            editions: Vec::new(),
        }
    }

    /// Points it at `span`.
    pub fn at(mut self, span: Span) -> Self {
        self.place = Place::Span(span);
        self
    }

    /// Points it at a whole file, relative to the project folder.
    pub fn in_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.place = Place::Path(path.into());
        self
    }

    /// Puts a few words under the marked text.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Adds a fact that led to it.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Says what to do.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Points at another place that matters.
    pub fn related(mut self, span: Span, what: impl Into<String>) -> Self {
        self.related.push((span, what.into()));
        self
    }

    /// Limits it to one document.
    pub fn of_document(mut self, document: impl Into<String>) -> Self {
        self.documents.push(document.into());
        self
    }

    /// Limits it to one edition.
    pub fn of_edition(mut self, edition: impl Into<String>) -> Self {
        self.editions.push(edition.into());
        self
    }

    /// Whether it is about `document` in `edition`.
    pub fn concerns(&self, document: &str, edition: &str) -> bool {
        let among = |list: &[String], name: &str| list.is_empty() || list.iter().any(|n| n == name);
        among(&self.documents, document) && among(&self.editions, edition)
    }

    /// Its file and start, for sorting and for machine formats. Line and column are 0 for a whole file.
    pub fn location(&self, sources: &Sources) -> (String, usize, usize) {
        match &self.place {
            Place::Span(span) => {
                let position = sources.position(*span);
                let path = crate::diag::slashed(&sources.file(span.file).path);
                (path, position.line, position.column)
            }
            Place::Path(path) => (slashed(path), 0, 0),
            Place::Project => (String::new(), 0, 0),
        }
    }
}

/// A path with forward slashes on every system, so that output is the same everywhere.
pub fn slashed(path: &std::path::Path) -> String {
    path.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Findings as they come in, in any order.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    list: Vec<Finding>,
}

impl Findings {
    /// Adds one.
    pub fn push(&mut self, finding: Finding) {
        self.list.push(finding);
    }

    /// Adds many.
    pub fn extend(&mut self, findings: impl IntoIterator<Item = Finding>) {
        self.list.extend(findings);
    }

    /// All of them, in the order they stand now.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.list.iter()
    }

    /// Mutable access, for settling.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, Finding> {
        self.list.iter_mut()
    }

    /// How many there are of `severity`.
    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|f| f.severity == severity).count()
    }

    /// Whether there are none at all.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether an error stops `document`.
    pub fn stops(&self, document: &str) -> bool {
        self.list.iter().any(|f| {
            f.severity == Severity::Error
                && (f.documents.is_empty() || f.documents.iter().any(|d| d == document))
        })
    }

    /// Sorts by file, line, column and code, and drops exact repeats, so that output is stable.
    pub fn sort(&mut self, sources: &Sources) {
        self.list.sort_by_cached_key(|f| {
            let (file, line, column) = f.location(sources);
            (file, line, column, f.rule.code, f.message.clone())
        });
        self.list.dedup_by(|later, first| {
            let same = later.rule.code == first.rule.code
                && later.place == first.place
                && later.message == first.message;
            if same {
                // The same fault met while assembling two documents concerns both.
                join(&mut first.documents, std::mem::take(&mut later.documents));
                join(&mut first.editions, std::mem::take(&mut later.editions));
            }
            same
        });
    }
}

/// Adds the names that are not there yet; an empty list is all names.
fn join(names: &mut Vec<String>, more: Vec<String>) {
    if names.is_empty() || more.is_empty() {
        names.clear();
        return;
    }
    for name in more {
        if !names.contains(&name) {
            names.push(name);
        }
    }
}

impl IntoIterator for Findings {
    type Item = Finding;
    type IntoIter = std::vec::IntoIter<Finding>;
    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

/// The known word nearest to `word`, when it is near enough to be a slip.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let (length, letters) = (lower.chars().count(), letters(&lower));
    if length > LONGEST_NAME {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    let mut measured = 0;
    for name in known {
        let count = name.chars().count();
        // What cannot be near, or nearer than the best so far, is not measured: there may be
        // thousands of names, and thousands of slips.
        let most = 1.max(count.max(length) / 3).min(best.map_or(usize::MAX, |(least, _)| least));
        let name_lower = name.to_lowercase();
        let apart = (letters ^ self::letters(&name_lower)).count_ones() as usize;
        if count.abs_diff(length) > most || apart > 2 * most {
            continue;
        }
        measured += 1;
        if measured > MOST_MEASURED {
            break;
        }
        let distance = strsim::osa_distance(&lower, &name_lower);
        // Of two as near, the one that begins alike for longer: slips come late in a word.
        let nearer = best.is_none_or(|(least, other)| {
            distance < least || alike(&lower, &name_lower) > alike(&lower, &other.to_lowercase())
        });
        if distance <= most && nearer {
            best = Some((distance, name));
            if distance == 0 {
                break;
            }
        }
    }
    best.map(|(_, name)| name)
}

/// How many letters two words share at their beginnings.
fn alike(one: &str, other: &str) -> usize {
    one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count()
}

/// Most names that are measured for one word.
const MOST_MEASURED: usize = 1_000;
/// Most characters of a word that may be a slip for a name.
const LONGEST_NAME: usize = 60;

/// Which letters a word has, as bits: two words with many different ones are far apart.
fn letters(word: &str) -> u64 {
    word.chars().fold(0, |bits, c| bits | 1 << (u32::from(c) % 64))
}

#[cfg(test)]
mod nearest_tests {
    use super::nearest;

    #[test]
    fn of_two_names_as_near_the_one_that_begins_alike_is_meant() {
        assert_eq!(nearest("K1b1", ["K11", "K1b"]), Some("K1b"));
        assert_eq!(nearest("K1b1", ["K1b", "K11"]), Some("K1b"));
    }
}

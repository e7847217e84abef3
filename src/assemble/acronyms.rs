//! Short forms: written out where a document first uses them, and reported where the glossary lacks them.
//!
//! Only running text is written out. A heading, a link, a quote or a cell stays as its author
//! wrote it, and so does a short form that the author explains in the same paragraph.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::diag::{Finding, rules};
use crate::document::{Block, BlockKind, Inline, ParagraphRole, line};
use crate::plan::Term;
use crate::project::{Acronyms, Project};
use crate::prose::{ShortForm, ShortForms, acronyms};
use crate::source::{Sources, Span};

/// Writes short forms out in the blocks of a document and reports unknown ones. `ids` are the plan's.
pub fn write_out(
    blocks: &mut [Block],
    mode: Acronyms,
    project: &Project,
    findings: &mut Vec<Finding>,
) {
    let terms = &project.plan.terms;
    let forms = terms.iter().enumerate().flat_map(|(index, term)| {
        let shorts = term.short.iter().map(move |short| ShortForm {
            short: short.value.clone(),
            term: (!term.known).then_some(index),
        });
        let names = std::iter::once(&term.name)
            .chain(&term.also)
            .map(|name| ShortForm { short: name.value.clone(), term: None });
        // Full names hide the short forms that are parts of them: "NHS England".
        shorts.chain(names.filter(|name| acronyms(&name.short).next().is_some()))
    });
    let mut pass = Pass {
        forms: ShortForms::of(forms),
        terms,
        mode,
        explained: vec![false; terms.len()],
        ids: crate::check::ids(&project.plan),
        unknown: BTreeMap::new(),
        span: None,
    };
    pass.blocks(blocks, true);
    for (word, (span, count)) in pass.unknown {
        let mut finding =
            Finding::new(&rules::ACRONYM_UNKNOWN, format!("\"{word}\" is not in the glossary"));
        if let Some(span) = place(&project.sources, span, &word) {
            finding = finding.at(span);
        }
        if count > 1 {
            finding = finding.note(format!("it stands in the document {count} times"));
        }
        findings.push(finding);
    }
}

struct Pass<'p> {
    forms: ShortForms,
    terms: &'p [Term],
    mode: Acronyms,
    /// Whether each term has been written out, by us or by the author.
    explained: Vec<bool>,
    ids: BTreeSet<&'p str>,
    /// Each unknown short form: where it first stands, and how often.
    unknown: BTreeMap<String, (Option<Span>, usize)>,
    /// The place of the nearest block that was written.
    span: Option<Span>,
}

impl Pass<'_> {
    /// `running` says that these blocks are running text.
    fn blocks(&mut self, blocks: &mut [Block], running: bool) {
        for block in blocks {
            self.span = block.span.or(self.span);
            self.block(&mut block.kind, running);
        }
    }

    fn block(&mut self, kind: &mut BlockKind, running: bool) {
        match kind {
            BlockKind::Heading(heading) => self.line(&mut heading.content, false),
            BlockKind::Paragraph(paragraph) => {
                self.line(&mut paragraph.content, running && paragraph.role != ParagraphRole::Note);
            }
            BlockKind::List(list) => {
                list.items.iter_mut().for_each(|item| self.blocks(item, running));
            }
            BlockKind::Table(table) => {
                self.lines(&mut table.caption);
                let rows = table.head.iter_mut().chain(&mut table.body);
                for cell in rows.flat_map(|row| &mut row.cells) {
                    self.blocks(&mut cell.blocks, false);
                }
            }
            BlockKind::Drawing(drawing) => self.lines(&mut drawing.caption),
            BlockKind::Image(image) => self.lines(&mut image.caption),
            BlockKind::PictureRow(row) => self.blocks(&mut row.blocks, running),
            BlockKind::Callout(callout) => {
                self.lines(&mut callout.title);
                self.blocks(&mut callout.blocks, running);
            }
            BlockKind::Opener(opener) => self.blocks(&mut opener.blocks, running),
            BlockKind::Section(section) => self.blocks(&mut section.blocks, running),
            BlockKind::KeyFigures(figures) => {
                for item in &mut figures.items {
                    self.line(&mut item.label, false);
                    self.lines(&mut item.note);
                }
            }
            BlockKind::Tiles(tiles) => {
                tiles.tiles.iter_mut().for_each(|tile| self.line(&mut tile.name, false));
            }
            BlockKind::Quote(quote) => self.blocks(&mut quote.blocks, false),
            BlockKind::Steps(steps) => {
                let items = steps.steps.iter_mut().flat_map(|step| &mut step.items);
                items.for_each(|item| self.line(item, false));
            }
            BlockKind::Cover(_) | BlockKind::Contents(_) | BlockKind::PageBreak => {}
        }
    }

    fn lines(&mut self, content: &mut Option<Vec<Inline>>) {
        content.iter_mut().for_each(|content| self.line(content, false));
    }

    fn line(&mut self, content: &mut [Inline], running: bool) {
        let whole = line(content).to_lowercase();
        let mut before = String::new();
        self.inlines(content, running, &whole, &mut before);
    }

    /// `whole` is the line in small letters, `before` what of it has been gone over.
    fn inlines(&mut self, content: &mut [Inline], running: bool, whole: &str, before: &mut String) {
        for inline in content {
            match inline {
                Inline::Text { text } => {
                    self.unknown_in(text);
                    if running || self.mode == Acronyms::Always {
                        *text = self.written_out(text, whole, before);
                    }
                    before.push_str(text);
                }
                Inline::Emphasis { content }
                | Inline::Strong { content }
                | Inline::Held { content, .. } => {
                    self.inlines(content, running, whole, before);
                }
                Inline::Link { content, .. } => self.inlines(content, false, whole, before),
                Inline::Footnote { content } => self.line(content, false),
                Inline::Figure(figure) => before.push_str(&figure.text),
                Inline::Status(_) => {}
                Inline::Break => before.push(' '),
            }
        }
    }

    fn written_out(&mut self, text: &str, whole: &str, before: &str) -> String {
        let mut out = String::new();
        let mut at = 0;
        for (range, form) in self.forms.in_text(text) {
            let Some(term) = form.term else { continue };
            let first = !std::mem::replace(&mut self.explained[term], true);
            let full = &self.terms[term].name.value;
            let by_author = whole.contains(&full.to_lowercase())
                || text[..range.start].ends_with('(')
                || text[range.end..].starts_with(" (");
            let due = match self.mode {
                Acronyms::FirstUse => first && !by_author,
                Acronyms::Always => !by_author,
            };
            if !due {
                continue;
            }
            out.push_str(&text[at..range.start]);
            let short = &text[range.clone()];
            let starts = starts_sentence(before, &out);
            fit_article(&mut out, full);
            let plural = if short.len() > form.short.len() { "s" } else { "" };
            let name = if starts { upper_first(full) } else { full.clone() };
            out.push_str(&name);
            out.push_str(plural);
            if self.mode == Acronyms::FirstUse {
                out.push_str(&format!(" ({short})"));
            }
            at = range.end;
        }
        out.push_str(&text[at..]);
        out
    }

    fn unknown_in(&mut self, text: &str) {
        let mut known = None;
        for range in acronyms(text) {
            let known = known.get_or_insert_with(|| self.forms.in_text(text));
            let word = &text[range.clone()];
            let is_known = known.iter().any(|(k, _)| k.start <= range.start && range.end <= k.end)
                || self.ids.iter().any(|id| id.starts_with(word));
            if !is_known {
                let entry = self.unknown.entry(word.to_string()).or_insert((self.span, 0));
                entry.1 += 1;
            }
        }
    }
}

/// Whether what comes next starts a sentence.
fn starts_sentence(before: &str, out: &str) -> bool {
    let end = [out, before].into_iter().map(str::trim_end).find(|text| !text.is_empty());
    end.is_none_or(|text| text.ends_with(['.', '?', '!']))
}

/// Makes an article at the end of `out` fit the word that follows it: "an SEN" but "a special".
fn fit_article(out: &mut String, next: &str) {
    let vowel = next.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']);
    let word = out.trim_end().rsplit(char::is_whitespace).next().unwrap_or("");
    let fitting = match word {
        "a" | "an" if vowel => "an",
        "a" | "an" => "a",
        "A" | "An" if vowel => "An",
        "A" | "An" => "A",
        _ => return,
    };
    let start = out.trim_end().len() - word.len();
    out.replace_range(start..start + word.len(), fitting);
}

/// The text with its first letter as a capital.
pub(super) fn upper_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Where an unknown short form stands: in the block's own words, or in the plan's data that it shows.
fn place(sources: &Sources, span: Option<Span>, word: &str) -> Option<Span> {
    let within = |file, start: usize, text: &str| {
        let range = acronyms(text).find(|range| &text[range.clone()] == word)?;
        Some(Span::new(file, start + range.start..start + range.end))
    };
    let here = span.and_then(|span| within(span.file, span.range().start, sources.text(span)));
    let data = || {
        let is_data = |path: &Path| path.extension().is_some_and(|ending| ending == "toml");
        let plan = sources.iter().filter(|(_, file)| is_data(&file.path));
        plan.into_iter().find_map(|(id, file)| within(id, 0, &file.text))
    };
    here.or_else(data).or(span)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_fits_what_is_written_out() {
        for (before, next, after) in [
            ("with an ", "special need", "with a "),
            ("A ", "education plan", "An "),
            ("a", "other", "an"),
            ("than ", "special", "than "),
        ] {
            let mut out = before.to_string();
            fit_article(&mut out, next);
            assert_eq!(out, after);
        }
    }

    #[test]
    fn a_sentence_starts_after_a_full_stop_or_at_the_start() {
        assert!(starts_sentence("", " "));
        assert!(starts_sentence("One. ", ""));
        assert!(!starts_sentence("One. ", "The "));
    }
}

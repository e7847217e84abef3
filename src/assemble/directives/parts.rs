//! `opener` and `glossary`: the start of a part, and the words that need explaining.

use crate::assemble::Assembler;
use crate::assemble::acronyms::upper_first;
use crate::assemble::filters::and_list;
use crate::assemble::hard_words;
use crate::assemble::proof::Expected;
use crate::assemble::value::Record;
use crate::diag::{Finding, rules};
use crate::document::*;
use crate::narrative::tree::Directive;
use crate::plan::Term;
use crate::source::{At, Span};

impl Assembler<'_> {
    pub(in crate::assemble) fn opener(&mut self, directive: &Directive, span: Span) -> Vec<Block> {
        let label = self.attribute_inlines(directive, "label");
        let number = self.attribute_words(directive, "number");
        let id = self.attribute_words(directive, "id");
        let expected = self.expected(directive);
        let mut blocks = self.blocks(&directive.body);
        let Some(BlockKind::Heading(heading)) = blocks.first_mut().map(|block| &mut block.kind)
        else {
            self.malformed(
                directive.name.span,
                "`opener` starts with a heading",
                "# {{ criterion.name }}",
            );
            return blocks;
        };
        let said = |words: Option<String>| words.filter(|words| !words.trim().is_empty());
        heading.number = said(number);
        if let Some(id) = said(id) {
            heading.anchor = crate::assemble::slug(&id);
        }
        let label = label.filter(|label| !line(label).trim().is_empty());
        self.expected.push(expected);
        vec![Block::at(BlockKind::Opener(Opener { label, blocks }), span)]
    }

    /// The parts that `parts` asks for, and what for.
    fn expected(&mut self, directive: &Directive) -> Option<Expected> {
        let parts = self.attribute_value(directive, "parts")?;
        let about = self.attribute_value(directive, "about");
        let about = about.as_ref().and_then(|value| value.downcast_object_ref::<Record>());
        let criteria = &self.project.plan.criteria;
        let span = about.and_then(|record| criteria.iter().find(|c| *c.id == record.id));
        let parts = parts.try_iter().ok().filter(|_| parts.as_str().is_none());
        let Some(parts) = parts else {
            let at = directive.attribute("parts").map_or(directive.name.span, |a| a.value.span);
            self.findings.push(
                Finding::new(&rules::EXPRESSION_FAILED, "`parts` is no list")
                    .at(at)
                    .help("for example: parts=plan.parts"),
            );
            return None;
        };
        let part = |value: minijinja::Value| match value.downcast_object_ref::<Record>() {
            Some(record) => (record.id.clone(), record.name.clone()),
            None => (value.to_string(), value.to_string()),
        };
        Some(Expected {
            what: about.map_or_else(|| "this part".to_owned(), |r| format!("{} {}", r.kind, r.id)),
            span: span.map_or(directive.name.span, |criterion| criterion.id.span),
            parts: parts.map(part).collect(),
        })
    }

    pub(super) fn glossary(&mut self, directive: &Directive, span: Span) -> Vec<Block> {
        let show = self.choice(directive, "show", &["all", "terms", "short"]);
        let easy = self.choice(directive, "meaning", &["full", "easy"]) == "easy";
        let ways: &[&str] = if easy { &["only", "all"] } else { &["all", "only"] };
        let used_only = self.choice(directive, "used", ways) == "only";
        let terms = self.project.plan.terms.iter().filter(|term| !term.known);
        let mut rows: Vec<Listed<'_>> = terms.flat_map(|term| listed(term, &show, easy)).collect();
        if rows.is_empty() {
            self.no_rows(directive, "terms");
            return Vec::new();
        }
        rows.sort_by_cached_key(|listed| (listed.name.to_lowercase(), listed.name.clone()));
        if used_only {
            let forms =
                |listed: &Listed<'_>| listed.term.forms().map(|form| form.value.clone()).collect();
            self.word_lists.push((span, rows.iter().map(forms).collect()));
        }
        let usual = match show.as_str() {
            "short" => ["Short form", "In full"],
            _ => ["Term", "What it means"],
        };
        let labels = self.labels(directive, usual);
        let summary = self.summary(directive, || {
            let [one, other] = labels.each_ref().map(|label| label.to_lowercase());
            format!("The {one} at the left, from A to Z, and at its right: {other}.")
        });
        let column = |share| Column { share, align: Align::Start };
        let narrow = show == "short";
        // Hard words of easy read lead here.
        let anchor = (easy && !narrow).then(|| hard_words::ANCHOR.to_owned());
        if anchor.is_some() {
            let forms = rows.iter().flat_map(|listed| listed.term.forms());
            self.easy_words.extend(forms.map(|form| form.to_lowercase()));
        }
        let table = Table {
            role: if narrow { "short-forms" } else { hard_words::LIST }.into(),
            columns: if narrow {
                vec![column(1.0), column(3.0)]
            } else {
                vec![column(if easy { 3.0 } else { 2.0 }), column(5.0)]
            },
            head: vec![super::head_row(&labels)],
            body: rows.into_iter().map(|listed| listed.row).collect(),
            caption: None,
            summary,
            anchor,
        };
        vec![Block::at(BlockKind::Table(table), span)]
    }

    /// The word of an attribute that takes one of these; the first when it is absent.
    pub(super) fn choice(&mut self, directive: &Directive, name: &str, words: &[&str]) -> String {
        let usual = words.first().copied().unwrap_or_default().to_owned();
        let Some(given) = self.attribute_words(directive, name) else { return usual };
        if words.contains(&given.as_str()) {
            return given;
        }
        let at = directive.attribute(name).map_or(directive.name.span, |a| a.value.span);
        self.findings.push(
            Finding::new(&rules::DIRECTIVE_MALFORMED, format!("`{name}` cannot be `{given}`"))
                .at(at)
                .help(format!("it takes one of: {}", words.join(", "))),
        );
        usual
    }
}

/// A row of the glossary.
struct Listed<'p> {
    /// What it is sorted by.
    name: String,
    row: Row,
    term: &'p Term,
}

/// The rows that a term makes: one of its meaning, or one for each short form.
fn listed<'p>(term: &'p Term, show: &str, easy: bool) -> Vec<Listed<'p>> {
    let means = if easy { &term.easy } else { &term.means };
    let shown = |means: &At<String>| if easy { plain(term, means) } else { explained(term, means) };
    let meaning = || means.iter().map(shown).collect();
    let shorts = || {
        let row = |short: &String| entry(short, &upper_first(&term.name));
        let listed =
            |short: &At<String>| Listed { name: short.value.clone(), row: row(short), term };
        term.short.iter().map(listed).collect()
    };
    match show {
        "terms" => meaning(),
        "short" => shorts(),
        _ if means.is_some() || easy => meaning(),
        _ => shorts(),
    }
}

/// A term with its short forms, its meaning and its other names.
fn explained<'p>(term: &'p Term, means: &str) -> Listed<'p> {
    let name = upper_first(&term.name);
    let short: Vec<String> = term.short.iter().map(|short| short.value.clone()).collect();
    let shown = match short.as_slice() {
        [] => name.clone(),
        short => format!("{name} ({})", short.join(", ")),
    };
    let also: Vec<String> = term.also.iter().map(|also| also.value.clone()).collect();
    let means = match also.as_slice() {
        [] => means.to_owned(),
        also => format!("{means} Also called {}.", and_list(also)),
    };
    Listed { name, row: entry(&shown, &means), term }
}

/// A term with its meaning for readers of easy words, whom short forms do not help.
fn plain<'p>(term: &'p Term, means: &str) -> Listed<'p> {
    let name = upper_first(&term.name);
    let row = entry(&name, means);
    Listed { name, row, term }
}

fn entry(name: &str, means: &str) -> Row {
    Row::body(vec![Cell::text(name).row_head(), Cell::text(means)])
}

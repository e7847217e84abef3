//! Attributes of words: `[58%]{source="School census"}`, `[More come on time]{holds="a > b"}`.
//!
//! Where an attribute was covered stands a mark without content; here it is given the words in brackets
//! before it.

use crate::diag::{Finding, rules};
use crate::narrative::mask::WordsAttribute;
use crate::narrative::tree::{Expression, Words};
use crate::source::Span;

/// The attributes there are.
const HELP: &str =
    "words take [58%]{source=\"School census\"} and [more than before]{holds=\"a > b\"}";

/// The mark of an attribute: what it says, and no words yet.
pub fn mark(attribute: &WordsAttribute) -> Words {
    if *attribute.name == "holds" {
        let source = attribute.value.trim();
        let lead = attribute.value.len() - attribute.value.trim_start().len();
        let start = attribute.value.span.start as usize + lead;
        let span = Span::new(attribute.value.span.file, start..start + source.len());
        let holds = Expression { source: source.to_owned(), span };
        return Words::Held { content: Vec::new(), holds };
    }
    Words::Sourced { content: Vec::new(), source: attribute.value.clone() }
}

/// Reports an attribute of words that there is not, and one that says nothing.
pub fn faults(attribute: &WordsAttribute, findings: &mut Vec<Finding>) {
    let is_empty = attribute.value.trim().is_empty();
    let finding = match attribute.name.as_str() {
        "source" if is_empty => {
            Finding::new(&rules::MARKDOWN_UNSUPPORTED, "this source says nothing")
                .at(attribute.value.span)
                .help("say where the words come from")
        }
        "holds" if is_empty => {
            Finding::new(&rules::EXPRESSION_SYNTAX, "this condition says nothing")
                .at(attribute.name.span)
                .help("write what must hold: {holds=\"a > b\"}")
        }
        "source" | "holds" => return,
        name => {
            let message = format!("words have no attribute `{name}`");
            Finding::new(&rules::DIRECTIVE_ATTRIBUTE_UNKNOWN, message)
                .at(attribute.name.span)
                .help(HELP)
        }
    };
    findings.push(finding);
}

/// Gives each mark the words in brackets before it.
pub fn given(words: Vec<Words>, findings: &mut Vec<Finding>) -> Vec<Words> {
    if !words.iter().any(is_mark) {
        return words;
    }
    let mut out: Vec<Words> = Vec::new();
    for word in words {
        if !is_mark(&word) {
            out.push(word);
            continue;
        }
        let (span, what, example) = match &word {
            Words::Held { holds, .. } => (holds.span, "condition", "[more]{holds=\"a > b\"}"),
            Words::Sourced { source, .. } => {
                (source.span, "source", "[58%]{source=\"School census\"}")
            }
            _ => continue,
        };
        match (in_brackets(&mut out), word) {
            (Some(content), Words::Held { holds, .. }) => out.push(Words::Held { content, holds }),
            (Some(content), Words::Sourced { source, .. }) => {
                out.push(Words::Sourced { content, source });
            }
            _ => {
                let message = format!("there are no words in brackets before this {what}");
                let help = format!("write it right after them: {example}");
                findings
                    .push(Finding::new(&rules::MARKDOWN_UNSUPPORTED, message).at(span).help(help));
            }
        }
    }
    out
}

fn is_mark(word: &Words) -> bool {
    matches!(word, Words::Sourced { content, .. } | Words::Held { content, .. } if content.is_empty())
}

/// Takes the words of the last brackets off the end of `out`: "… [58%]" leaves "… ", and gives "58%".
fn in_brackets(out: &mut Vec<Words>) -> Option<Vec<Words>> {
    let Some(Words::Text(last)) = out.last() else { return None };
    if !last.ends_with(']') {
        return None;
    }
    let opens = |word: &Words| matches!(word, Words::Text(text) if text.contains('['));
    let place = out.iter().rposition(opens)?;
    let mut content = out.split_off(place);
    let Some(Words::Text(first)) = content.first_mut() else { return None };
    let at = first.rfind('[')?;
    let inside = first.split_off(at).split_off(1);
    let before = std::mem::replace(first, inside);
    if !before.is_empty() {
        out.push(Words::Text(before));
    }
    if let Some(Words::Text(last)) = content.last_mut() {
        last.pop();
    }
    content.retain(|word| !matches!(word, Words::Text(text) if text.is_empty()));
    (!content.is_empty()).then_some(content)
}

//! What was left in: placeholders for words still to come, and a word that stands twice.

use crate::diag::Finding;
use crate::diag::rules::{TEXT_DOUBLED, TEXT_PLACEHOLDER};
use crate::slips::Passage;
use crate::slips::words::Word;

/// Short forms that say something is still to come.
const TO_COME: &[&str] = &["TBC", "TBA", "TBD", "TBCd", "XX", "XXX", "XXXX", "TODO", "FIXME"];
/// First words inside square brackets that ask somebody to write something.
const ASKING: &[&str] = &["insert", "add", "enter", "complete", "confirm", "check", "update", "to"];
/// What stands alone inside square brackets where a value is to come.
const BLANKS: &[&str] = &[
    "date",
    "day",
    "month",
    "year",
    "name",
    "number",
    "figure",
    "figures",
    "percentage",
    "amount",
    "title",
    "post",
    "role",
    "link",
    "source",
    "quote",
    "x",
    "xx",
    "tbc",
    "text",
    "details",
];
/// Words that may stand twice in good English.
const TWICE: &[&str] = &["had", "that", "is", "very", "so", "bye", "no", "ha"];

/// "TBC", "[insert date]", "[x]", "???", "lorem ipsum".
pub(super) fn placeholders(passage: &Passage<'_>, words: &[Word<'_>], found: &mut Vec<Finding>) {
    let mut report = |range: std::ops::Range<usize>| {
        let typed = passage.text.get(range.clone()).unwrap_or("");
        let message = format!("\"{typed}\" stands for words that are still to come");
        found.push(Finding::new(&TEXT_PLACEHOLDER, message).at(passage.part(range)));
    };
    for (word, next) in words.iter().zip(words.iter().skip(1).map(Some).chain([None])) {
        let is_lorem = word.text.eq_ignore_ascii_case("lorem")
            && next.is_some_and(|next| next.text.eq_ignore_ascii_case("ipsum"));
        if TO_COME.contains(&word.text) || is_lorem {
            report(word.range.clone());
        }
    }
    for (open, _) in passage.text.match_indices('[') {
        let Some(inner) = passage.text[open + 1..].split(']').next() else { continue };
        let close = open + 1 + inner.len();
        let is_closed = passage.text[close..].starts_with(']');
        // Words of a link, and words with their source, are followed by what was masked.
        let is_marked = passage.text[close..].starts_with("]\u{1}");
        let lower = inner.trim().to_lowercase();
        let first = lower.split_whitespace().next().unwrap_or("");
        let asks = ASKING.contains(&first) && lower.split_whitespace().count() > 1;
        let has_to_come = inner.split_whitespace().any(|word| TO_COME.contains(&word));
        if is_closed && !is_marked && !has_to_come && (asks || BLANKS.contains(&lower.as_str())) {
            report(open..close + 1);
        }
    }
    if let Some(at) = passage.text.find("???") {
        report(at..at + 3);
    }
}

/// "the the".
pub(super) fn doubled(passage: &Passage<'_>, words: &[Word<'_>], found: &mut Vec<Finding>) {
    for pair in words.windows(2) {
        let [one, other] = pair else { continue };
        let same = one.text.eq_ignore_ascii_case(other.text);
        let is_word = one.text.chars().all(char::is_alphabetic);
        // A name may be doubled, "Baden Baden"; both words then begin with a capital.
        let is_name = [one, other].iter().all(|w| w.text.starts_with(char::is_uppercase));
        let lower = one.text.to_lowercase();
        if same && is_word && one.joins() && !is_name && !TWICE.contains(&lower.as_str()) {
            let message = format!("\"{}\" stands twice", one.text);
            let at = passage.part(other.range.clone());
            found.push(Finding::new(&TEXT_DOUBLED, message).at(at));
        }
    }
}

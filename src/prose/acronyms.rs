//! Short forms: which of the known ones stand in a text, and which capitals are none of them.

use std::collections::HashMap;
use std::ops::Range;

use super::{stands_alone, words};

/// A short form that a glossary knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShortForm {
    /// As it is written.
    pub short: String,
    /// The number of the term it stands for; none for a name that is only known.
    pub term: Option<usize>,
}

/// All short forms and names that are known, by their first character, the longest first: most
/// characters of a text begin none.
#[derive(Debug, Clone, Default)]
pub struct ShortForms(HashMap<char, Vec<ShortForm>>);

impl ShortForms {
    /// Of these.
    pub fn of(forms: impl IntoIterator<Item = ShortForm>) -> Self {
        let mut forms: Vec<ShortForm> =
            forms.into_iter().filter(|form| !form.short.trim().is_empty()).collect();
        forms.sort_by(|a, b| b.short.len().cmp(&a.short.len()).then_with(|| a.short.cmp(&b.short)));
        let mut by_first: HashMap<char, Vec<ShortForm>> = HashMap::new();
        for form in forms {
            if let Some(first) = form.short.chars().next() {
                by_first.entry(first).or_default().push(form);
            }
        }
        ShortForms(by_first)
    }

    /// Where they stand in `text`, in order, none inside another; with an "s" after it when it
    /// stands for several.
    pub fn in_text(&self, text: &str) -> Vec<(Range<usize>, &ShortForm)> {
        let mut found = Vec::new();
        let mut at = 0;
        let mut before = None;
        while let Some(first) = text[at..].chars().next() {
            let starts = !before.is_some_and(char::is_alphanumeric);
            let forms = self.0.get(&first).filter(|_| starts);
            let here = forms.into_iter().flatten().find_map(|form| {
                let end = at + form.short.len();
                if text.get(at..end)? != form.short {
                    return None;
                }
                let plural = text[end..].starts_with('s');
                let ends = [at..end, at..end + usize::from(plural)];
                let range = ends.into_iter().find(|range| stands_alone(text, range))?;
                Some((range, form))
            });
            at = match here {
                Some((range, form)) => {
                    let end = range.end;
                    before = text[range.clone()].chars().next_back();
                    found.push((range, form));
                    end
                }
                None => {
                    before = Some(first);
                    at + first.len_utf8()
                }
            };
        }
        found
    }
}

/// The words of `text` that look like short forms: two capitals or more and no small letter but a
/// last "s". Roman numbers to 39 are none.
pub fn acronyms(text: &str) -> impl Iterator<Item = Range<usize>> {
    words(text).filter(|range| {
        let word = &text[range.clone()];
        let stem = word.strip_suffix('s').unwrap_or(word);
        let capitals = stem.chars().filter(char::is_ascii_uppercase).count();
        capitals >= 2
            && stem.starts_with(|c: char| c.is_ascii_uppercase())
            && stem.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
            && !is_roman(stem)
    })
}

/// Whether `word` is a Roman number from 1 to 39.
fn is_roman(word: &str) -> bool {
    let units = word.trim_start_matches('X');
    word.len() - units.len() <= 3
        && matches!(units, "" | "I" | "II" | "III" | "IV" | "V" | "VI" | "VII" | "VIII" | "IX")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms() -> ShortForms {
        let form = |short: &str, term| ShortForm { short: short.into(), term };
        ShortForms::of([
            form("SEN", Some(0)),
            form("EHC plan", Some(1)),
            form("EHC", Some(1)),
            form("CP-IS", Some(2)),
            form("NHS England", None),
            form("NHS", Some(3)),
        ])
    }

    fn found(text: &str) -> Vec<(&str, Option<usize>)> {
        let forms = forms();
        let found = forms.in_text(text).into_iter();
        found.map(|(range, form)| (&text[range], form.term)).collect()
    }

    #[test]
    fn the_longest_form_counts_and_only_whole_words() {
        assert_eq!(
            found("EHC plans, CP-IS and SENCOs; the NHS and NHS England. SENs é"),
            [
                ("EHC plans", Some(1)),
                ("CP-IS", Some(2)),
                ("NHS", Some(3)),
                ("NHS England", None),
                ("SENs", Some(0)),
            ]
        );
    }

    #[test]
    fn capitals_are_told_from_words_and_roman_numbers() {
        let text = "GPs and SEN2, ASQ-3; phase II, XIV. A DfE paper for A I NHS";
        let found: Vec<&str> = acronyms(text).map(|range| &text[range]).collect();
        assert_eq!(found, ["GPs", "SEN2", "ASQ", "NHS"]);
    }
}

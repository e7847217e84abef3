//! Words made comparable: the stems of what a sentence says and of what data are called.

use std::collections::HashMap;

/// Words that tell one thing from another in no name.
const EMPTY: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "had", "has",
    "have", "he", "her", "his", "in", "into", "is", "it", "its", "no", "nor", "not", "of", "on",
    "one", "only", "or", "our", "out", "over", "per", "she", "so", "some", "such", "than", "that",
    "the", "their", "them", "then", "there", "these", "they", "this", "those", "to", "too", "up",
    "was", "we", "were", "what", "when", "where", "which", "while", "who", "whose", "will", "with",
    "within", "without", "would", "you", "your", "all", "any", "both", "each", "every", "more",
    "most", "much", "many", "also", "about", "after", "again", "against", "among", "before",
    "between", "can", "could", "did", "do", "does", "during", "how", "if", "may", "must", "now",
    "other", "same", "should", "since", "still", "through", "under", "until", "very",
];

/// Words that measures have in common: alone they name none.
const GENERAL: &[&str] = &[
    "number",
    "rat",
    "shar",
    "percentag",
    "proportion",
    "total",
    "figur",
    "valu",
    "count",
    "averag",
    "mean",
    "cent",
    "percent",
    "year",
    "month",
    "week",
    "day",
    "latest",
    "current",
    "level",
    "measur",
    "said",
    "say",
    "new",
    "who",
    "overall",
    "rolling",
    "publish",
    "statement",
];

/// A word without its endings, in small letters: "issued", "issues" and "issue" are one.
pub fn stem(word: &str) -> String {
    let lower: String =
        word.chars().flat_map(char::to_lowercase).filter(|c| *c != '\u{ad}').collect();
    let lower = lower.replace('\u{2019}', "'");
    let bare = lower.strip_suffix("'s").unwrap_or(&lower).trim_matches('\'');
    let length = bare.chars().count();
    let cut = |ending: &str, least: usize| {
        (length >= least).then(|| bare.strip_suffix(ending)).flatten().map(str::to_owned)
    };
    let mut out = if let Some(word) = cut("ies", 5) {
        word + "y"
    } else if let Some(word) = cut("sses", 6) {
        word + "ss"
    } else if let Some(word) = cut("ing", 6) {
        undoubled(word)
    } else if let Some(word) = cut("ed", 5) {
        undoubled(word)
    } else if bare.ends_with("ss") || bare.ends_with("us") || bare.ends_with("is") {
        bare.to_owned()
    } else {
        cut("s", 4).unwrap_or_else(|| bare.to_owned())
    };
    if out.chars().count() > 3 && out.ends_with('e') {
        out.pop();
    }
    out
}

/// "stopp" as "stop": a letter doubled before an ending.
fn undoubled(mut word: String) -> String {
    let mut back = word.chars().rev();
    let (last, before) = (back.next(), back.next());
    if last == before && last.is_some_and(|c| !matches!(c, 'l' | 's' | 'z' | 'e' | 'o')) {
        word.pop();
    }
    word
}

/// Whether a stem is of a word that names nothing.
pub fn is_empty(stem: &str) -> bool {
    EMPTY.contains(&stem)
}

/// Whether a stem is of a word that many measures have.
pub fn is_general(stem: &str) -> bool {
    GENERAL.contains(&stem)
}

/// The words of a text, as [`stem`]s, without those that name nothing.
pub fn stems(text: &str) -> Vec<String> {
    let belongs = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '\u{2019}');
    let mut out: Vec<String> = text
        .split(|c: char| !belongs(c))
        .filter(|word| !word.is_empty())
        .map(stem)
        .filter(|word| !word.is_empty() && !is_empty(word))
        .collect();
    let mut seen = std::collections::HashSet::new();
    out.retain(|word| seen.insert(word.clone()));
    out
}

/// A stem by number: comparing numbers is quick.
pub type Stem = u32;

/// Every stem that any name of the data has.
#[derive(Debug, Default)]
pub struct Vocabulary {
    numbers: HashMap<String, Stem>,
    /// In how many names each stands.
    names: Vec<u32>,
}

impl Vocabulary {
    /// The stems of a name, which count as one more name.
    pub fn learn(&mut self, text: &str) -> Vec<Stem> {
        let mut out = Vec::new();
        for word in stems(text) {
            let next = Stem::try_from(self.numbers.len()).unwrap_or(Stem::MAX);
            let number = *self.numbers.entry(word).or_insert(next);
            if self.names.len() <= number as usize {
                self.names.resize(number as usize + 1, 0);
            }
            self.names[number as usize] += 1;
            out.push(number);
        }
        out
    }

    /// The number of a stem that some name has.
    pub fn find(&self, stem: &str) -> Option<Stem> {
        self.numbers.get(stem).copied()
    }

    /// All stems, each with its number.
    pub fn all(&self) -> impl Iterator<Item = (&str, Stem)> {
        self.numbers.iter().map(|(word, number)| (word.as_str(), *number))
    }

    /// How much a stem tells: the less, the more names have it.
    pub fn weight(&self, stem: Stem) -> f64 {
        let names = self.names.get(stem as usize).copied().unwrap_or(1).max(1);
        1.0 / (1.0 + f64::from(names).ln())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_do_not_tell_words_apart() {
        for (one, other) in [
            ("issued", "issues"),
            ("schools", "school"),
            ("pupils\u{2019}", "pupil"),
            ("studies", "study"),
            ("achieving", "achieve"),
            ("planned", "plan"),
            ("assessed", "assesses"),
        ] {
            assert_eq!(stem(one), stem(other), "{one}, {other}");
        }
        assert_ne!(stem("plans"), stem("place"));
        assert_eq!(stem("focus"), "focus");
    }

    #[test]
    fn words_that_name_nothing_are_left_out() {
        assert_eq!(stems("The share of pupils with an EHC plan"), ["shar", "pupil", "ehc", "plan"]);
    }
}

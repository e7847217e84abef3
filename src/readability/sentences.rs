//! Where the sentences and the words of a text are.
//!
//! Sentences end where Unicode's rules (UAX 29) see an end, but not after "e.g.", "Dr." or an
//! initial, nor before what goes on in small letters.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// Words with a dot that end no sentence, in small letters and without the dot.
const ABBREVIATIONS: &[&str] = &[
    "al", "approx", "apr", "art", "aug", "cf", "ch", "co", "dec", "dept", "dr", "e.g", "ed", "eg",
    "est", "etc", "feb", "fig", "figs", "hon", "i.e", "ie", "inc", "jan", "jr", "jul", "jun",
    "ltd", "mar", "max", "min", "mr", "mrs", "ms", "nb", "no", "nos", "nov", "oct", "p", "para",
    "paras", "pp", "prof", "ref", "rev", "sec", "sep", "sept", "sr", "st", "viz", "vol", "vs",
];

/// Abbreviations that may well end a sentence: they do so before a capital.
const MAY_END: &[&str] = &["etc", "co", "ltd", "inc", "no", "al", "ed", "art", "max", "min", "mar"];

/// The sentences of `text`, as ranges of bytes without the blanks around them. What has no letter or
/// figure in it is none.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    let bounds = text.split_sentence_bound_indices();
    let pieces = bounds.flat_map(|(start, piece)| before_figures(piece, start));
    for piece in pieces {
        let range = trimmed(text, piece.clone());
        if range.is_empty() {
            continue;
        }
        match found.last_mut() {
            Some(last) if open => last.end = range.end,
            _ => found.push(range.clone()),
        }
        let rest = text.get(piece.end..).unwrap_or("");
        open = goes_on(text.get(range).unwrap_or(""), rest);
    }
    found.retain(|range| text[range.clone()].contains(char::is_alphanumeric));
    found
}

/// `piece`, which starts at byte `start`, cut before each figure that stands after a full stop:
/// Unicode does not see that "It fell in 2021. 9 schools closed." is two sentences.
fn before_figures(piece: &str, start: usize) -> Vec<Range<usize>> {
    let mut cuts = vec![0];
    for (at, _) in piece.match_indices(['.', '!', '?']) {
        let rest = &piece[at + 1..];
        let blank = rest.len() - rest.trim_start().len();
        if blank > 0 && rest.trim_start().starts_with(|c: char| c.is_numeric()) {
            cuts.push(at + 1 + blank);
        }
    }
    cuts.push(piece.len());
    cuts.windows(2).map(|pair| start + pair[0]..start + pair[1]).collect()
}

/// Whether a sentence goes on after `piece`, which Unicode takes for its end, into `rest`.
fn goes_on(piece: &str, rest: &str) -> bool {
    let next = rest.trim_start().chars().next();
    let Some(next) = next else { return false };
    let Some(stem) = piece.strip_suffix('.') else {
        // "Really?" she asked.
        return next.is_lowercase() && !piece.ends_with([':', '\n']);
    };
    if next.is_lowercase() {
        return true;
    }
    let last = stem.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '“' | '‘'));
    let last = last.into_iter().next().unwrap_or("");
    let is_initial = last.chars().count() == 1 && last.chars().all(char::is_uppercase);
    // "Annex A. Then": a letter that ends a name is no initial; one that begins a name is.
    let is_first = stem.trim_end_matches(last).trim_end();
    if is_initial && (is_first.is_empty() || is_first.ends_with('.') || is_first.ends_with(',')) {
        return true;
    }
    let lower = last.to_lowercase();
    if !ABBREVIATIONS.contains(&lower.as_str()) {
        return false;
    }
    // "No. 7" goes on, "We said no. Then" does not.
    !MAY_END.contains(&lower.as_str()) || next.is_numeric()
}

/// The words of `sentence`: what stands between blanks and holds a letter or a figure, without the
/// marks around it. Each with the byte it starts at. A hyphenated word is one word.
pub fn words(sentence: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '%' | '£' | '$' | '€');
    sentence.split_whitespace().filter_map(move |token| {
        let at = token.as_ptr() as usize - sentence.as_ptr() as usize;
        let first = token.find(is_part)?;
        let (last, c) = token.char_indices().rev().find(|(_, c)| is_part(*c))?;
        let word = &token[first..last + c.len_utf8()];
        word.contains(char::is_alphanumeric).then_some((at + first, word))
    })
}

/// `range` without the blanks at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let piece = text.get(range.clone()).unwrap_or("");
    let start = range.start + (piece.len() - piece.trim_start().len());
    start..start + piece.trim().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn a_sentence_ends_at_its_mark_and_not_at_an_abbreviation() {
        assert_eq!(split("One. Two! Three?  Four"), ["One.", "Two!", "Three?", "Four"]);
        for whole in [
            "Dr. Smith met e.g. Mr. Jones in Sept. 2021.",
            "See No. 7 and figs. 2 to 4.",
            "It rose by 3.5% to £1.2 million.",
            "J. Smith chairs it.",
            "They met officers, therapists, etc. and agreed.",
            "“Will it help?” she asked.",
        ] {
            assert_eq!(split(whole), [whole]);
        }
        assert_eq!(split("We said no. Then we left."), ["We said no.", "Then we left."]);
        assert_eq!(
            split("It is in Annex A. Then it ends."),
            ["It is in Annex A.", "Then it ends."]
        );
        assert_eq!(split("Toys, books, etc. We like them.").len(), 2);
        assert_eq!(split("It fell in 2021. 9 schools closed.").len(), 2);
        assert_eq!(split("… – 5. A"), ["… – 5.", "A"]);
        assert_eq!(split("…"), [""; 0]);
    }

    #[test]
    fn words_are_what_people_count_as_words() {
        let text = "“Well-being”, 58% – £1.2m (and/or) 2021/22 … don’t!";
        let found: Vec<&str> = words(text).map(|(_, word)| word).collect();
        assert_eq!(found, ["Well-being", "58%", "£1.2m", "and/or", "2021/22", "don’t"]);
        assert!(words(text).all(|(at, word)| text[at..].starts_with(word)));
    }
}

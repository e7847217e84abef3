//! Words before and after a change, as a review shows them: whole words, with a little around them.

use super::compare::{Hunk, PARAGRAPH};

/// The most characters shown of either.
const MOST: usize = 160;

/// What stood and what stands now, each with the words at its edges whole.
pub fn around(words: &str, hunk: &Hunk) -> (String, String) {
    let chars: Vec<char> = words.chars().collect();
    let edge = |c: &char| c.is_whitespace();
    let mut start = hunk.start.min(chars.len());
    let mut end = hunk.end.min(chars.len()).max(start);
    while start > 0 && !edge(&chars[start - 1]) {
        start -= 1;
    }
    while end < chars.len() && !edge(&chars[end]) {
        end += 1;
    }
    // What is put in or taken out alone is shown with the word before it.
    if hunk.start == hunk.end || hunk.text.is_empty() {
        while start > 0 && edge(&chars[start - 1]) {
            start -= 1;
        }
        while start > 0 && !edge(&chars[start - 1]) {
            start -= 1;
        }
    }
    let text = |from: usize, to: usize| chars[from..to].iter().collect::<String>();
    let before = text(start, end);
    let after = text(start, hunk.start.min(chars.len()))
        + &hunk.text
        + &text(hunk.end.min(chars.len()).min(end), end);
    (shown(&before), shown(&after))
}

/// `text` on one line, cut where it is long.
pub fn shown(text: &str) -> String {
    let line: String = text
        .chars()
        .map(|c| match c {
            PARAGRAPH => '¶',
            '\n' | '\t' => ' ',
            c => c,
        })
        .collect();
    let line = line.trim();
    if line.chars().count() <= MOST {
        return line.to_owned();
    }
    let cut: String = line.chars().take(MOST).collect();
    format!("{} …", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_shown_whole() {
        let hunk = Hunk { start: 5, end: 7, text: "lo".to_owned(), track: None };
        assert_eq!(around("The place here", &hunk), ("place".into(), "ploce".into()));
        let hunk = Hunk { start: 3, end: 3, text: " new".to_owned(), track: None };
        assert_eq!(around("The place", &hunk), ("The".into(), "The new".into()));
    }
}

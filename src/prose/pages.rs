//! Words that count on a page: "page 32", "overleaf". Pages move with every edit, and Word has others than the PDF.

use std::ops::Range;

use super::words;

/// Words before "page" that speak of this document's own pages, whatever number follows.
const ON: &[&str] = &["see", "on"];
/// Words before "page" that say which one is meant.
const WHICH: &[&str] = &["next", "previous", "following", "facing", "opposite", "last"];

/// Where `text` counts on a page.
pub fn page_references(text: &str) -> Vec<Range<usize>> {
    let all: Vec<Range<usize>> = words(text).collect();
    let word = |n: usize| all.get(n).map_or("", |range| &text[range.clone()]);
    let lower = |n: usize| word(n).to_lowercase();
    let before = |n: usize| n.checked_sub(1).map_or_else(String::new, lower);
    // Words of one phrase have nothing but space or a full stop between them.
    let joined = |n: usize| match (all.get(n), all.get(n + 1)) {
        (Some(one), Some(next)) => {
            text[one.end..next.start].chars().all(|c| c.is_whitespace() || c == '.')
        }
        _ => false,
    };
    let mut found: Vec<Range<usize>> = Vec::new();
    for (n, range) in all.iter().enumerate() {
        let numbered = joined(n) && word(n + 1).chars().all(|c| c.is_ascii_digit());
        let follows = n > 0 && joined(n - 1);
        let hit = match lower(n).as_str() {
            "overleaf" => Some(range.clone()),
            "page" | "pages" | "p" | "pp" if numbered && !hyphened(text, range) => {
                let end = all[n + 1].end;
                Some(range.start..end)
            }
            "page" if follows && WHICH.contains(&before(n).as_str()) => {
                (n > 1).then(|| all[n - 1].start..range.end)
            }
            "page" if follows && before(n) == "the" && n > 1 && lower(n - 2) == "over" => {
                Some(all[n - 2].start..range.end)
            }
            "page" if follows && ON.contains(&before(n).as_str()) && is_last(text, range) => {
                Some(all[n - 1].start..range.end)
            }
            _ => None,
        };
        found.extend(hit);
    }
    found
}

/// Whether a hyphen stands before it: "one-page 2".
fn hyphened(text: &str, range: &Range<usize>) -> bool {
    text[..range.start].ends_with('-')
}

/// Whether a sentence, a clause or the text ends after it: "the table on page".
fn is_last(text: &str, range: &Range<usize>) -> bool {
    let rest = text[range.end..].trim_start();
    rest.is_empty() || rest.starts_with(['.', ',', ';', ':', ')', '…'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        page_references(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn words_that_count_on_a_page_are_found() {
        assert_eq!(found("Greater insight is given from page 32."), ["page 32"]);
        assert_eq!(found("See pages 4 to 9 and p. 12"), ["pages 4", "p. 12"]);
        assert_eq!(
            found("the diagram overleaf; the table on the next page"),
            ["overleaf", "next page"]
        );
        assert_eq!(found("see page … for the table below on page."), ["see page", "on page"]);
        assert_eq!(found("It goes on over the page"), ["over the page"]);
    }

    #[test]
    fn other_pages_are_left_alone() {
        for text in [
            "16,000 page views a month",
            "a one-page profile",
            "The webpage is updated monthly.",
            "Pages differ",
            "on page design and layout",
            "The last 2 pages were lost",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}

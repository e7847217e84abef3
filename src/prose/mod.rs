//! What running text gives away by its words alone: short forms, and pages it counts on.
//!
//! Used on narrative and on the plan's data alike; knows nothing of either.

mod acronyms;
mod pages;

pub use acronyms::{ShortForm, ShortForms, acronyms};
pub use pages::page_references;

use std::ops::Range;

/// The words of `text` by their bytes: runs of letters and digits.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text[rest..].find(char::is_alphanumeric)?;
        let end =
            text[start..].find(|c: char| !c.is_alphanumeric()).map_or(text.len(), |n| start + n);
        rest = end;
        Some(start..end)
    })
}

/// Whether `range` of `text` has no letter or digit directly before or after it.
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

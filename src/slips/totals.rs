//! Typed tables whose total is not the sum of what stands above it.

use crate::diag::Finding;
use crate::diag::rules::TABLE_TOTAL;
use crate::narrative::tree::{TableCellNode, TableNode};
use crate::plan::figure::number;
use crate::source::Sources;

/// Words that head the row of a total.
const TOTAL: &[&str] = &["total", "totals", "in all", "sum", "grand total", "overall total"];

/// The columns of `table` whose last row says "Total" and does not hold the sum.
pub(super) fn totals(table: &TableNode, sources: &Sources) -> Vec<Finding> {
    let words = |cell: &TableCellNode| plain(sources.text(cell.span));
    let Some((last, parts)) = table.rows.split_last() else { return Vec::new() };
    let is_total =
        last.first().is_some_and(|cell| TOTAL.contains(&words(cell).to_lowercase().as_str()));
    if !is_total || parts.len() < 2 {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (column, cell) in last.iter().enumerate().skip(1) {
        let typed = words(cell);
        let Some(total) = typed_number(&typed) else { continue };
        let above: Option<Vec<Number>> =
            parts.iter().map(|row| typed_number(&words(row.get(column)?))).collect();
        let Some(above) = above else { continue };
        let sum: f64 = above.iter().map(|n| n.value).sum();
        let decimals = above.iter().map(|n| n.decimals).max().unwrap_or(0);
        // Each part, and the total, may have been rounded.
        let slack = match decimals.max(total.decimals) {
            0 => 0.0,
            n => 0.5 * 0.1_f64.powi(i32::try_from(n).unwrap_or(9)) * (above.len() + 1) as f64,
        };
        if (sum - total.value).abs() > slack + 1e-9 {
            let head = table.head.get(column).map(words).unwrap_or_default();
            let sum = number(sum, Some(u8::try_from(decimals).unwrap_or(0)));
            let message =
                format!("the total of \"{head}\" is {typed}, and its rows add up to {sum}");
            found.push(Finding::new(&TABLE_TOTAL, message).at(cell.span));
        }
    }
    found
}

/// The words of a cell without the marks of Markdown.
fn plain(text: &str) -> String {
    text.trim().trim_matches('|').trim().trim_matches(['*', '_']).trim().to_owned()
}

/// A number as it was typed.
struct Number {
    value: f64,
    decimals: usize,
}

/// A count or an amount of money. Shares in per cent have no sum.
fn typed_number(text: &str) -> Option<Number> {
    let bare = text.strip_prefix('£').unwrap_or(text).replace(',', "");
    let is_number = !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit() || c == '.');
    let value: f64 = bare.parse().ok().filter(|_| is_number)?;
    let decimals = bare.split_once('.').map_or(0, |(_, after)| after.len());
    Some(Number { value, decimals })
}

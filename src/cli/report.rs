//! Prints findings and tables of words the same way for every command.

use std::io::{self, Write};

use crate::cli::{Console, DONE, FOUND, Outcome};
use crate::diag::{Finding, Findings, Severity, render};
use crate::source::Sources;

/// Prints findings in full, with a blank line after each.
pub fn human<'f>(
    stream: &mut dyn Write,
    findings: impl IntoIterator<Item = &'f Finding>,
    sources: &Sources,
    colour: bool,
) -> io::Result<()> {
    for finding in findings {
        writeln!(stream, "{}\n", render::human(finding, sources, colour))?;
    }
    Ok(())
}

/// Prints the findings of at least `from` in full on `err`.
pub fn findings(
    console: &mut Console<'_>,
    findings: &Findings,
    sources: &Sources,
    from: Severity,
) -> io::Result<()> {
    let shown = findings.iter().filter(|finding| finding.severity >= from);
    human(console.err, shown, sources, console.screen.colour_err)
}

/// Prints what kept a project from being read.
pub fn failed(console: &mut Console<'_>, found: &Findings, sources: &Sources) -> Outcome {
    findings(console, found, sources, Severity::Info)?;
    Ok(FOUND)
}

/// The exit code for `findings`, of which those of `limit` or more count.
pub fn code(findings: &Findings, limit: Severity) -> i32 {
    if findings.iter().any(|finding| finding.severity >= limit) { FOUND } else { DONE }
}

/// "1 file", "2 files".
pub fn counted(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}

/// Prints rows with their columns aligned; `right` names the columns that align to the right.
pub fn rows(out: &mut dyn Write, rows: &[Vec<String>], right: &[usize]) -> io::Result<()> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|c| c.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    for row in rows {
        let mut line = String::new();
        for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
            // A column that is empty throughout takes no room.
            if *width == 0 {
                continue;
            }
            if right.contains(&column) {
                line.push_str(&format!("{cell:>width$}"));
            } else {
                line.push_str(&format!("{cell:width$}"));
            }
            line.push_str("   ");
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_align_and_lines_have_no_blanks_at_their_end() {
        let cells = |row: &[&str]| row.iter().map(|&c| c.to_owned()).collect::<Vec<_>>();
        let table = [cells(&["a", "9 pages", "", "x"]), cells(&["plan", "", "", "y"])];
        let mut out = Vec::new();
        rows(&mut out, &table, &[1]).unwrap();
        let printed = String::from_utf8(out).unwrap();
        assert_eq!(printed, "a      9 pages   x\nplan             y\n");
    }
}

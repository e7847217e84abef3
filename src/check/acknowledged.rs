//! Settles findings that are to stand, by `content/acknowledged.toml`.
//!
//! No clock is read: an entry's last day is held against the day the caller gives, which
//! is the day the documents speak for unless somebody says otherwise.

use chrono::NaiveDate;

use crate::diag::rules::{ACKNOWLEDGED_EXPIRED, ACKNOWLEDGED_UNUSED, LENGTH_WARN, THEME_WARNING};
use crate::diag::{Finding, Findings, Rule, Severity, nearest, rules};
use crate::plan::date::day_in_words;
use crate::project::{Acknowledged, Project};
use crate::source::Sources;

/// What only drawing finds. Without it nobody knows whether an entry about one of these fits.
const DRAWN: &[&Rule] = &[&LENGTH_WARN, &THEME_WARNING];

/// Settles what is acknowledged, and reports entries that fit no finding. For the findings of a
/// whole project: an entry about a document that was not looked at would seem to fit nothing.
pub fn acknowledge(findings: &mut Findings, project: &Project, as_at: NaiveDate) {
    let fitting = settle(findings, project, as_at);
    // A fault of the data hides what rests on them: whether an entry still fits is seen once it is put right.
    if findings.count(Severity::Error) > 0 {
        return findings.sort(&project.sources);
    }
    for (entry, fits) in project.acknowledged.iter().zip(fitting) {
        if !fits && !DRAWN.iter().any(|rule| rule.code == *entry.code) {
            findings.push(unused(entry));
        }
    }
    findings.sort(&project.sources);
}

/// Settles what is acknowledged: a fitting finding becomes info and says who decided. Past its
/// date an entry settles nothing any more, and is reported. Says of each entry whether it fits.
pub fn settle(findings: &mut Findings, project: &Project, as_at: NaiveDate) -> Vec<bool> {
    let mut fitting = Vec::new();
    let mut expired = Vec::new();
    for entry in &project.acknowledged {
        let is_past = *entry.until < as_at;
        let mut fits = false;
        for finding in findings.iter_mut().filter(|f| is_about(entry, f, &project.sources)) {
            fits = true;
            if is_past {
                continue;
            }
            finding.severity = Severity::Info;
            finding.notes.push(format!(
                "acknowledged by {} until {}: {}",
                entry.who.value,
                day_in_words(*entry.until),
                entry.why.value
            ));
        }
        if fits && is_past {
            let message = format!(
                "this was acknowledged until {}, and the finding still stands",
                day_in_words(*entry.until)
            );
            expired.push(Finding::new(&ACKNOWLEDGED_EXPIRED, message).at(entry.until.span));
        }
        fitting.push(fits);
    }
    findings.extend(expired);
    fitting
}

fn is_about(entry: &Acknowledged, finding: &Finding, sources: &Sources) -> bool {
    let about = entry.about.as_ref();
    finding.rule.code == *entry.code
        && about.is_none_or(|about| finding.message.contains(about.as_str()))
        && finding.location(sources).0 == *entry.file
}

fn unused(entry: &Acknowledged) -> Finding {
    if rules::find(&entry.code).is_none() {
        let message = format!("there is no rule \"{}\"", entry.code.value);
        let finding = Finding::new(&ACKNOWLEDGED_UNUSED, message).at(entry.code.span);
        let codes = rules::ALL.iter().map(|rule| rule.code);
        return match nearest(&entry.code, codes) {
            Some(near) => finding.help(format!("did you mean \"{near}\"?")),
            None => finding,
        };
    }
    let message = format!("no finding of {} in {} fits this", entry.code.value, entry.file.value);
    Finding::new(&ACKNOWLEDGED_UNUSED, message).at(entry.span)
}

//! `annexe return`: what colleagues changed in Word files, and taking it into the source.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::Args;

use crate::build::{Folder, Misnamed};
use crate::cli::project::{day, with_project};
use crate::cli::{Console, DONE, FOUND, Outcome, report};
use crate::diag::{Finding, Findings, Severity, rules};
use crate::project::Project;
use crate::returned::{
    self, Asked, Change, Copy, Meaning, PACKED_BYTES, Remark, Review, comments_file, verify,
};
use crate::source::Sources;

/// What the command takes.
#[derive(Debug, Args)]
pub struct Return {
    /// Word files that came back; several copies of one document are merged
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,

    /// Take changes into the source: all that can be, or those of these numbers ("3,5-8")
    #[arg(long, value_name = "all|NUMBERS", requires = "by")]
    accept: Option<String>,

    /// Who takes them
    #[arg(long, value_name = "NAME", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    by: Option<String>,

    /// Which document a file is of that no longer says so
    #[arg(long, value_name = "DOCUMENT")]
    document: Option<String>,

    /// Which edition such a file is of
    #[arg(long, value_name = "EDITION")]
    edition: Option<String>,

    /// The day such a file speaks for; the project's own when absent
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    as_at: Option<NaiveDate>,
}

impl Return {
    /// Prints the review; with `--accept`, takes what it names, whole or not at all.
    pub fn run(self, console: &mut Console<'_>) -> Outcome {
        with_project(console, |console, project, _| {
            let mut copies = Vec::new();
            let mut findings = Findings::default();
            for path in &self.files {
                match read(path) {
                    Ok(bytes) => copies.push(Copy { path: path.clone(), bytes }),
                    Err(finding) => findings.push(*finding),
                }
            }
            let asked = Asked {
                document: self.document.clone(),
                edition: self.edition.clone(),
                as_at: self.as_at,
                parameters: BTreeMap::new(),
            };
            let review = returned::review(project, &copies, &asked);
            findings.extend(review.findings.iter().cloned());
            print(console, &review, &copies)?;
            report::findings(console, &findings, &project.sources, Severity::Warning)?;
            let unreadable = findings.iter().any(|finding| finding.severity == Severity::Error);
            let Some(accept) = &self.accept else {
                return Ok(if unreadable { FOUND } else { DONE });
            };
            if unreadable {
                writeln!(console.err, "nothing was taken: a file could not be read")?;
                return Ok(FOUND);
            }
            let chosen = chosen(accept, &review)?;
            let by = self.by.as_deref().unwrap_or_default();
            take(console, project, &review, &chosen, by)
        })
    }
}

/// The bytes of a file that was named on the command line.
fn read(path: &Path) -> Result<Vec<u8>, Box<Finding>> {
    let failed = |why: String| {
        let message = format!("{} cannot be read: {why}", path.display());
        Box::new(Finding::new(&rules::FILE_UNREADABLE, message).in_file(path))
    };
    // Opening a pipe would wait for its other end, for ever.
    if !path.is_file() {
        return Err(failed("there is no such file".to_owned()));
    }
    let file = fs::File::open(path).map_err(|error| failed(error.kind().to_string()))?;
    let mut bytes = Vec::new();
    // One byte more than allowed tells a full file from one that is too large.
    let read = file.take(PACKED_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|error| failed(error.kind().to_string()))?;
    Ok(bytes)
}

/// The numbers that `--accept` names.
fn chosen(accept: &str, review: &Review) -> Result<Vec<usize>, Misnamed> {
    let can = returned::takeable(&review.changes);
    if accept == "all" {
        return Ok(can);
    }
    let mut out = Vec::new();
    for part in accept.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let ends = part.split_once('-').unwrap_or((part, part));
        let (Ok(first), Ok(last)) = (ends.0.trim().parse::<usize>(), ends.1.trim().parse()) else {
            return Err(Misnamed {
                message: format!("{part:?} is no number of a change"),
                help: "write --accept all, or numbers as the review has them: 3,5-8".to_owned(),
            });
        };
        for id in first..=usize::min(last, review.changes.len().max(first)) {
            let Some(change) = review.changes.iter().find(|change| change.id == id) else {
                return Err(Misnamed {
                    message: format!("there is no change {id}"),
                    help: format!("they go from 1 to {}", review.changes.len()),
                });
            };
            match &change.meaning {
                Meaning::Refused(why) | Meaning::Unplaced(why) => {
                    return Err(Misnamed {
                        message: format!("change {id} cannot be taken"),
                        help: why.clone(),
                    });
                }
                Meaning::Prose(_) | Meaning::Field(..) => out.push(id),
            }
        }
    }
    out.sort_unstable();
    out.dedup();
    Ok(out)
}

/// Takes changes and comments, when the project then says what the files say.
fn take(
    console: &mut Console<'_>,
    project: &Project,
    review: &Review,
    chosen: &[usize],
    by: &str,
) -> Outcome {
    let trial = verify::verify(project, review, chosen);
    report::findings(console, &trial.findings, &trial.sources, Severity::Warning)?;
    if !trial.misplaced.is_empty() || verify::stops(&trial) {
        let mut finding = Finding::new(&rules::RETURN_MISPLACED, "nothing was taken");
        for (id, why) in &trial.misplaced {
            finding = finding.note(format!("change {id}: {why}"));
        }
        let mut findings = Findings::default();
        findings.push(finding.help("take others by their numbers: --accept 3,5-8"));
        report::findings(console, &findings, &project.sources, Severity::Error)?;
        return Ok(FOUND);
    }
    let mut files: BTreeMap<String, String> = trial.texts.clone();
    let mut kept = 0;
    for (index, name) in review.documents.iter().enumerate() {
        let path = comments_file(&name.document, &name.edition);
        let remarks: Vec<&Remark> =
            review.remarks.iter().filter(|remark| remark.document == index).collect();
        if remarks.is_empty() {
            continue;
        }
        let old = fs::read_to_string(project.root.join(&path)).ok();
        let made = match (&old, project.root.join(&path).exists()) {
            (None, true) => Err("it is not text".to_owned()),
            _ => returned::record_comments(old.as_deref(), &remarks, by),
        };
        match made {
            Ok((text, new)) => {
                kept += new;
                files.insert(path, text);
            }
            Err(why) => {
                let message = format!("{path} cannot be read: {why}");
                let mut findings = Findings::default();
                findings.push(Finding::new(&rules::RETURN_COMMENTS, message).in_file(path));
                report::findings(console, &findings, &Sources::default(), Severity::Error)?;
                return Ok(FOUND);
            }
        }
    }
    if let Err(finding) = put_down(project, &files) {
        let mut findings = Findings::default();
        findings.push(*finding);
        report::findings(console, &findings, &project.sources, Severity::Error)?;
        return Ok(FOUND);
    }
    writeln!(
        console.out,
        "{} taken by {by}, {} kept; written: {}",
        report::counted(chosen.len(), "change"),
        report::counted(kept, "comment"),
        match files.is_empty() {
            true => "nothing".to_owned(),
            false => files.keys().cloned().collect::<Vec<_>>().join(", "),
        }
    )?;
    Ok(DONE)
}

/// Writes files of the project: all are staged before the first is replaced, and each is replaced whole.
pub fn put_down(project: &Project, files: &BTreeMap<String, String>) -> Result<(), Box<Finding>> {
    let root = project.root.canonicalize().unwrap_or_else(|_| project.root.clone());
    // As long as one is held, nobody takes away what is half written beside it.
    let (mut staged, mut held) = (Vec::new(), Vec::new());
    for (path, text) in files {
        let target = project.root.join(path);
        let (Some(parent), Some(name)) = (target.parent(), target.file_name()) else { continue };
        let folder = Folder::named(parent.to_owned());
        held.push(folder.prepare()?);
        // Through whatever links, the file must be inside.
        let real = target.canonicalize().or_else(|_| parent.canonicalize());
        if !real.is_ok_and(|real| real.starts_with(&root)) {
            let message = format!("{path} leads out of the project folder");
            return Err(Box::new(Finding::new(&rules::FILE_OUTSIDE, message).in_file(path)));
        }
        let old = fs::read(&target).unwrap_or_default();
        let windows = old.windows(2).any(|pair| pair == b"\r\n");
        let mut text = if windows { text.replace('\n', "\r\n") } else { text.clone() };
        if old.starts_with(b"\xEF\xBB\xBF") {
            text.insert(0, '\u{FEFF}');
        }
        staged.push((folder.stage(&name.to_string_lossy(), text.as_bytes())?, folder));
    }
    for (file, folder) in staged {
        folder.put(file)?;
    }
    Ok(())
}

/// Prints the review.
fn print(console: &mut Console<'_>, review: &Review, copies: &[Copy]) -> io::Result<()> {
    let Review { changes, remarks, .. } = review;
    let mut people: Vec<&str> = changes.iter().filter_map(|c| c.who.as_deref()).collect();
    people.extend(remarks.iter().map(|remark| remark.comment.who.as_str()));
    people.sort_unstable();
    people.dedup();
    let can = returned::takeable(changes).len();
    let refused =
        changes.iter().filter(|change| matches!(change.meaning, Meaning::Refused(_))).count();
    for name in &review.documents {
        writeln!(
            console.out,
            "{}, {}, as at {}",
            name.document,
            name.edition,
            crate::plan::date::day_in_words(name.as_at)
        )?;
    }
    writeln!(
        console.out,
        "{}{}: {can} can be taken, {refused} change what was made, {} cannot be placed, {}",
        report::counted(changes.len(), "change"),
        match people.len() {
            0 => String::new(),
            1 => " by 1 person".to_owned(),
            count => format!(" by {count} people"),
        },
        changes.len() - can - refused,
        report::counted(remarks.len(), "comment"),
    )?;
    for change in changes {
        print_change(console, change, copies)?;
    }
    for remark in remarks {
        let comment = &remark.comment;
        let place = remark.place.as_ref().map_or_else(String::new, |(p, l)| format!("{p}:{l}"));
        writeln!(console.out, "\n  … {place}   {}{}", comment.who, when(&comment.when))?;
        if !comment.on.trim().is_empty() {
            writeln!(console.out, "      on \u{201c}{}\u{201d}", returned::shown(&comment.on))?;
        }
        for line in comment.text.lines() {
            writeln!(console.out, "      {line}")?;
        }
        if comment.done {
            writeln!(console.out, "      resolved")?;
        }
    }
    if !review.elsewhere.is_empty() {
        writeln!(console.out, "\nTaking all of these also changes, in the same documents:")?;
        for (before, after) in &review.elsewhere {
            writeln!(console.out, "  \u{201c}{before}\u{201d}\n    → \u{201c}{after}\u{201d}")?;
        }
    }
    Ok(())
}

fn print_change(console: &mut Console<'_>, change: &Change, copies: &[Copy]) -> io::Result<()> {
    let mark = if change.meaning.edits().is_empty() { '✗' } else { '✓' };
    let place = match &change.place {
        Some((path, line)) => format!("{path}:{line}"),
        None => "no place".to_owned(),
    };
    let who = change.who.clone().unwrap_or_else(|| "not tracked".to_owned());
    let when = change.when.as_deref().map_or_else(String::new, when);
    let file = match copies.get(change.copy) {
        Some(copy) if copies.len() > 1 => format!(" in {}", copy.path.display()),
        _ => String::new(),
    };
    writeln!(console.out, "\n{:>3} {mark} {place}   {who}{when}{file}", change.id)?;
    let what = match (change.before.as_str(), change.after.as_str()) {
        ("", after) => format!("new: \u{201c}{after}\u{201d}"),
        (before, "") => format!("gone: \u{201c}{before}\u{201d}"),
        (before, after) => format!("\u{201c}{before}\u{201d} → \u{201c}{after}\u{201d}"),
    };
    writeln!(console.out, "      {what}")?;
    match &change.meaning {
        Meaning::Prose(_) => {}
        Meaning::Field(key, _) => writeln!(console.out, "      field `{key}`")?,
        Meaning::Refused(why) => writeln!(console.out, "      refused: {why}")?,
        Meaning::Unplaced(why) => writeln!(console.out, "      not placed: {why}")?,
    }
    for also in &change.also {
        writeln!(console.out, "      {also}")?;
    }
    Ok(())
}

/// The day of a date and time, after what it is of.
fn when(written: &str) -> String {
    match written.split('T').next() {
        Some(day) if !day.is_empty() => format!(", {day}"),
        _ => String::new(),
    }
}

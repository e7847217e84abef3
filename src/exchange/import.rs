//! Imports a spreadsheet into a plan file, wholly or not at all.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use crate::build;
use crate::check;
use crate::diag::rules::{
    DATE_UNREADABLE, FILE_OUTSIDE, FILE_UNREADABLE, IMPORT_SHEET, IMPORT_TARGET,
};
use crate::diag::{Finding, Findings, Place, Severity, slashed};
use crate::exchange::column::{Tables, settle};
use crate::exchange::convert::{Incoming, placed, records};
use crate::exchange::csv;
use crate::exchange::kind::Kind;
use crate::exchange::locate::{Stretch, Stretches, of_row};
use crate::exchange::mapping::Mapping;
use crate::exchange::merge::{Change, Merged, merge};
use crate::exchange::package::PACKED_BYTES;
use crate::exchange::table::{Problem, Table};
use crate::exchange::xlsx::{self, Wanted};
use crate::load;
use crate::load::files::{Folder, TEXT_BYTES};
use crate::source::{FileId, Sources, Span};

/// How often rows are judged again because others were left out.
const ROUNDS: usize = 20;

/// The folder that plan files stand in.
const PLAN: &str = "content/plan";

/// What is to be imported, and where to.
#[derive(Debug, Clone)]
pub struct Request {
    /// The project folder.
    pub root: PathBuf,
    /// The spreadsheet.
    pub file: PathBuf,
    /// What its rows are.
    pub kind: Kind,
    /// The plan file, from the project folder.
    pub to: PathBuf,
    /// The mapping file; columns are named as fields are when absent.
    pub mapping: Option<PathBuf>,
    /// The sheet.
    pub sheet: Option<String>,
    /// Whether rows that can't be taken are left out, rather than stop the import.
    pub skip_bad: bool,
    /// Whether nothing is to be written.
    pub dry_run: bool,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Imported {
    /// What is wrong with the file and its rows.
    pub findings: Findings,
    /// The files that findings point into.
    pub sources: Sources,
    /// What changes in the plan.
    pub changes: Vec<Change>,
    /// How many records say what they said before.
    pub same: usize,
    /// Records of the plan file that no row is for.
    pub gone: Vec<String>,
    /// How many rows were left out.
    pub skipped: usize,
    /// Whether the import holds: nothing stopped it.
    pub is_done: bool,
}

/// Imports, and writes the plan file when nothing stops that and something changes.
pub fn import(request: &Request) -> Imported {
    let mut importer = match Importer::open(request) {
        Ok(importer) => importer,
        Err(finding) => {
            let mut imported = Imported::default();
            imported.findings.push(*finding);
            return imported;
        }
    };
    let outcome = importer.run();
    importer.answer(outcome)
}

/// What an import that holds will do.
struct Outcome {
    merged: Merged,
    skipped: usize,
}

struct Importer<'r> {
    request: &'r Request,
    folder: Folder,
    root: PathBuf,
    problems: Vec<Problem>,
}

impl<'r> Importer<'r> {
    fn open(request: &'r Request) -> Result<Self, Box<Finding>> {
        let failed = |error: std::io::Error| {
            let message = format!("{} cannot be opened: {}", slashed(&request.root), error.kind());
            Box::new(Finding::new(&FILE_UNREADABLE, message))
        };
        let folder = Folder::open(&request.root).map_err(failed)?;
        let root = request.root.canonicalize().map_err(failed)?;
        Ok(Importer { request, folder, root, problems: Vec::new() })
    }

    /// Does everything, and writes last; none when something stops it.
    fn run(&mut self) -> Option<Outcome> {
        let to = self.target()?;
        let mapping = match &self.request.mapping {
            Some(path) => Some(self.mapping(path)?),
            None => None,
        };
        let mapping = mapping.as_ref().map(|(mapping, folder)| (mapping, folder.as_path()));
        let tables = self.tables(mapping)?;
        let mapping = mapping.map(|(mapping, _)| mapping);
        let kind = &self.request.kind;
        let columns = settle(kind, mapping, &tables, &mut self.problems);
        if self.is_stopped() {
            return None;
        }
        let incoming = records(kind, mapping, &tables, &columns, &mut self.problems);
        let outcome = self.judge(&to, &tables, &incoming)?;
        if self.is_stopped() || (!self.request.skip_bad && self.has_bad_rows()) {
            return None;
        }
        if !self.request.dry_run && !outcome.merged.changes.is_empty() {
            self.write(&to, &outcome.merged.text)?;
        }
        Some(outcome)
    }

    fn answer(self, outcome: Option<Outcome>) -> Imported {
        let Folder { sources, mut findings, .. } = self.folder;
        findings.extend(self.problems.into_iter().map(|problem| problem.finding));
        findings.sort(&sources);
        let Some(Outcome { merged, skipped }) = outcome else {
            return Imported { findings, sources, ..Imported::default() };
        };
        let Merged { changes, same, gone, .. } = merged;
        Imported { findings, sources, changes, same, gone, skipped, is_done: true }
    }

    /// Whether something is wrong with the whole.
    fn is_stopped(&self) -> bool {
        let whole = self.problems.iter().filter(|problem| problem.row.is_none());
        whole.map(|problem| &problem.finding).chain(self.folder.findings.iter()).any(is_error)
    }

    fn has_bad_rows(&self) -> bool {
        self.problems.iter().any(|problem| problem.row.is_some() && is_error(&problem.finding))
    }

    fn bad_rows(&self) -> BTreeSet<usize> {
        let bad = self.problems.iter().filter(|problem| is_error(&problem.finding));
        bad.filter_map(|problem| problem.row).collect()
    }

    fn stop<T>(&mut self, finding: Finding) -> Option<T> {
        self.problems.push(Problem::whole(finding));
        None
    }

    /// The plan file's path from the project folder, when it is one.
    fn target(&mut self) -> Option<PathBuf> {
        let asked = &self.request.to;
        let within =
            asked.strip_prefix(&self.root).or_else(|_| asked.strip_prefix(&self.request.root));
        let below: PathBuf =
            within.unwrap_or(asked).components().filter(|c| *c != Component::CurDir).collect();
        let is_plain = below.components().all(|part| matches!(part, Component::Normal(_)));
        let is_toml = below.extension().is_some_and(|ending| ending == "toml");
        if !is_plain || !below.starts_with(PLAN) || !is_toml {
            let message = format!("{} is no TOML file of {PLAN}", asked.display());
            return self.stop(Finding::new(&IMPORT_TARGET, message));
        }
        // Through whatever links, the file or the nearest folder above that is there must be inside.
        let real = self.root.join(&below);
        let there = real.ancestors().find_map(|path| path.canonicalize().ok());
        if !there.is_some_and(|there| there.starts_with(&self.root)) {
            let message = format!("{} leads out of the project folder", slashed(&below));
            return self.stop(Finding::new(&FILE_OUTSIDE, message).in_file(&below));
        }
        Some(below)
    }

    /// The bytes of a file that was named on the command line, and what findings call it.
    fn named(&mut self, path: &Path, most: u64) -> Option<(PathBuf, Vec<u8>)> {
        let Ok(real) = path.canonicalize() else {
            let message = format!("there is no {}", path.display());
            return self.stop(Finding::new(&crate::diag::rules::FILE_MISSING, message));
        };
        let shown = real.strip_prefix(&self.root).unwrap_or(path).to_owned();
        let bytes = self.folder.bytes_at(&real, &shown, most)?;
        Some((shown, bytes))
    }

    /// The mapping and the folder it is in.
    fn mapping(&mut self, path: &Path) -> Option<(Mapping, PathBuf)> {
        let (shown, bytes) = self.named(path, TEXT_BYTES)?;
        let file = self.folder.keep(&shown, &bytes)?;
        let text = self.folder.sources.file(file).text.clone();
        let mapping = load::decode::<Mapping>(file, 0, &text, &mut self.folder.findings).0?;
        let real = path.canonicalize().ok()?;
        Some((mapping, real.parent()?.to_owned()))
    }

    /// The spreadsheet, and what the mapping joins to it.
    fn tables(&mut self, mapping: Option<(&Mapping, &Path)>) -> Option<Tables> {
        let main = self.main(mapping.map(|(mapping, _)| mapping));
        let mut joined = Vec::new();
        if let Some((mapping, folder)) = mapping {
            for join in &mapping.joins {
                let path = folder.join(&*join.file);
                let is_inside = path.canonicalize().is_ok_and(|real| real.starts_with(folder));
                if path.exists() && !is_inside {
                    let message = format!("{} leads out of the mapping's folder", join.file.value);
                    self.stop::<()>(Finding::new(&FILE_OUTSIDE, message).at(join.file.span));
                    continue;
                }
                let Some((shown, bytes)) = self.named(&path, TEXT_BYTES) else { continue };
                let Some(file) = self.folder.keep(&shown, &bytes) else { continue };
                joined.extend(self.joined(file));
            }
            if joined.len() < mapping.joins.len() {
                return None;
            }
        }
        let mapping = mapping.map(|(mapping, _)| mapping);
        Some(Tables::join(main?, joined, mapping, &mut self.problems))
    }

    /// A joined table. What is wrong in it is wrong for the whole: its rows are no rows of the main
    /// table.
    fn joined(&mut self, file: FileId) -> Option<Table> {
        let mut problems = Vec::new();
        let table = csv::read(&self.folder.sources, file, 1, &mut problems);
        self.problems.extend(problems.into_iter().map(|problem| Problem::whole(problem.finding)));
        table
    }

    fn main(&mut self, mapping: Option<&Mapping>) -> Option<Table> {
        let header_row = mapping.and_then(|mapping| mapping.header_row.as_ref());
        let header_row = header_row.map_or(1, |row| row.value.max(1) as usize);
        let path = self.request.file.clone();
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("");
        match ending.to_lowercase().as_str() {
            "csv" => {
                let (shown, bytes) = self.named(&path, TEXT_BYTES)?;
                let file = self.folder.keep(&shown, &bytes)?;
                csv::read(&self.folder.sources, file, header_row, &mut self.problems)
            }
            "xlsx" | "xlsm" => {
                let (shown, bytes) = self.named(&path, PACKED_BYTES)?;
                let usual = self.request.kind.title();
                let sheet = self.request.sheet.as_deref();
                let sheet =
                    sheet.or(mapping.and_then(|mapping| Some(mapping.sheet.as_ref()?.as_str())));
                let wanted = Wanted { sheet, usual: &usual, header_row };
                xlsx::read(&bytes, &shown, wanted, &mut self.folder.sources, &mut self.problems)
            }
            _ => {
                let message = format!("{} is neither .csv nor .xlsx", path.display());
                let finding = Finding::new(&IMPORT_SHEET, message);
                self.stop(finding.help("save it from the spreadsheet program as one of these"))
            }
        }
    }

    /// Merges the rows and loads the project as if they stood there already; what loader and
    /// checks then say of them is said of their cells. Rows that can't be taken are left out, and
    /// the rest is judged again, because they may have been what others refer to.
    fn judge(&mut self, to: &Path, tables: &Tables, incoming: &[Incoming]) -> Option<Outcome> {
        let original = match self.folder.has(to) {
            true => {
                let bytes = self.folder.bytes(to, TEXT_BYTES)?;
                String::from_utf8(bytes).ok()
            }
            false => Some(heading(to)),
        };
        let Some(original) = original else {
            let message = format!("{} is not UTF-8 text", slashed(to));
            return self.stop(Finding::new(&IMPORT_TARGET, message).in_file(to));
        };
        let (mark, windows) = (original.starts_with('\u{FEFF}'), original.contains("\r\n"));
        let plain = original.trim_start_matches('\u{FEFF}').replace("\r\n", "\n");
        for _ in 0..ROUNDS {
            let bad = self.bad_rows();
            let good: Vec<&Incoming> =
                incoming.iter().filter(|record| !bad.contains(&record.row)).collect();
            let mut merged = match merge(&self.request.kind, &plain, &good) {
                Ok(merged) => merged,
                Err(why) => {
                    let message = format!("nothing can be put into {}: {why}", slashed(to));
                    return self.stop(Finding::new(&IMPORT_TARGET, message).in_file(to));
                }
            };
            for (row, field, message) in std::mem::take(&mut merged.faults) {
                let finding = Finding::new(&IMPORT_TARGET, message);
                self.say(tables, &good, row, field.as_deref(), finding);
            }
            self.review(to, tables, &good, &merged)?;
            let worse = self.bad_rows().len() > bad.len();
            if !worse || !self.request.skip_bad {
                if windows {
                    merged.text = merged.text.replace('\n', "\r\n");
                }
                if mark {
                    merged.text.insert(0, '\u{FEFF}');
                }
                return Some(Outcome { merged, skipped: self.bad_rows().len() });
            }
        }
        let message = "too many rows refer to one another; put the first of them right";
        self.stop(Finding::new(&IMPORT_TARGET, message))
    }

    /// Loads the project with the merged file, and says of cells what is wrong with their values.
    fn review(
        &mut self,
        to: &Path,
        tables: &Tables,
        good: &[&Incoming],
        merged: &Merged,
    ) -> Option<()> {
        let (project, mut findings) =
            load::load_as_if(&self.root, to.to_owned(), merged.text.clone());
        let Ok(project) = project else {
            let finding = Finding::new(&IMPORT_TARGET, "the project itself cannot be read");
            return self.stop(finding.help("`annexe check` says why"));
        };
        let as_at = project.settings.as_at;
        findings.extend(check::check(&project, None));
        check::settle(&mut findings, &project, as_at);
        let Some(file) = project.sources.find(to) else { return Some(()) };
        let text = project.sources.file(file).text.clone();
        let stretches = Stretches::of(&text, &self.request.kind, merged, good);
        let within = |span: Span| -> Option<&Stretch> {
            (span.file == file).then(|| stretches.at(span.start as usize)).flatten()
        };
        for finding in findings.into_iter().filter(is_error) {
            let place = match finding.place {
                Place::Span(span) => Some(span),
                _ => None,
            };
            let spans = place.into_iter().chain(finding.related.iter().map(|(span, _)| *span));
            let Some(stretch) = spans.into_iter().find_map(within) else { continue };
            let mut said =
                Finding { place: Place::Project, related: Vec::new(), ..finding.clone() };
            // The other place is in the plan, which the reader of a spreadsheet does not see.
            for (span, what) in &finding.related {
                if within(*span).is_none() {
                    let position = project.sources.position(*span);
                    let path = slashed(&project.sources.file(span.file).path);
                    said.notes.push(format!("{what}: {path}:{}", position.line));
                }
            }
            let (row, field) = (stretch.row, stretch.field.clone());
            self.say(tables, good, row, field.as_deref(), said);
        }
        Some(())
    }

    /// Says `finding` of the cell that a row's field comes from, or of the whole row.
    fn say(
        &mut self,
        tables: &Tables,
        good: &[&Incoming],
        row: usize,
        field: Option<&str>,
        mut finding: Finding,
    ) {
        let given = of_row(good, row).and_then(|record| {
            record.given.iter().find(|given| Some(given.field.as_str()) == field)
        });
        if let Some(given) = given
            && finding.rule == &DATE_UNREADABLE
            && !given.formats.is_empty()
        {
            finding.notes.push(format!("the mapping reads {}", given.formats.join(", ")));
        }
        let at_cell = given.and_then(|given| placed(tables, given.cell?, &finding));
        let main = tables.main();
        let finding = at_cell.or_else(|| {
            let row = main.rows.get(row)?;
            let at = main.finding(finding.rule, row, None, &finding.message);
            Some(Finding { place: at.place, message: at.message, ..finding.clone() })
        });
        self.problems.extend(finding.map(|finding| Problem { row: Some(row), finding }));
    }

    fn write(&mut self, to: &Path, text: &str) -> Option<()> {
        // Through a link inside the project the file it leads to is replaced, not the link.
        let path = self.root.join(to);
        let path = path.canonicalize().unwrap_or(path);
        let (Some(parent), Some(name)) = (path.parent(), path.file_name().and_then(|n| n.to_str()))
        else {
            let message = format!("{} is no name of a file", slashed(to));
            return self.stop(Finding::new(&IMPORT_TARGET, message));
        };
        let folder = build::Folder::named(parent.to_owned());
        let put =
            || folder.prepare().and_then(|_held| folder.put(folder.stage(name, text.as_bytes())?));
        match put() {
            Ok(_) => Some(()),
            Err(finding) => self.stop(*finding),
        }
    }
}

fn is_error(finding: &Finding) -> bool {
    finding.severity == Severity::Error
}

/// How a new plan file begins: with the schema that editors check it by.
fn heading(to: &Path) -> String {
    let up = "../".repeat(to.components().count().saturating_sub(1));
    format!("#:schema {up}docs/schema/plan.json\n")
}

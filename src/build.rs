//! Runs documents through the whole pipeline and puts the files down.
//!
//! Two passes. [`review`] loads nothing and writes nothing: it checks the project and
//! assembles every document that was asked for, so that all findings are there before
//! a file is touched. [`fn@write`] then draws what no error stops. Both go over the
//! documents on several threads and answer in the order of the jobs.

mod cache;
pub mod changed;
mod draw;
mod enclosed;
mod fingerprint;
mod kept;
mod memory;
pub mod pack;
mod place;
mod seal;
mod select;
pub mod site;
mod statement;
mod threads;
mod wording;
mod workspace;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use chrono::NaiveDate;

use crate::assemble::{self, assemble};
use crate::check;
use crate::diag::{Finding, Findings, Severity, rules};
use crate::document::{Document, walk};
use crate::figures;
use crate::load;
use crate::pairs;
use crate::project::{Project, Template};
use crate::readability::HardWords;
use crate::slips;
use crate::source::{FileId, Sources};
use crate::write::pdf;

use draw::{Drawn, Pages, draw, theme_inputs};
use fingerprint::{Hash, Manner};
use kept::Assembled;
use memory::{File, Memory};

pub use cache::{Cache, Wanted};
pub use place::Folder;
pub use select::{Asked, Format, Job, Misnamed, Passed, Selected, select, unknown};
pub use wording::paired;
pub use workspace::{Round, Workspace};

/// The project folder that `from` lies in.
pub fn find(from: &Path) -> Option<PathBuf> {
    load::find_root(from)
}

/// Reads the project in `root`; without one, there are still the files that findings point into.
pub fn open(root: &Path) -> (Result<Project, Sources>, Findings) {
    load::load(root)
}

/// How far a review goes and by what measure.
#[derive(Debug, Clone, Copy)]
pub struct Terms {
    /// The day documents are to speak for, when one was asked for.
    pub as_at: Option<NaiveDate>,
    /// Findings of this weight or more stop a document.
    pub limit: Severity,
    /// How many threads to use.
    pub threads: usize,
}

/// What is known before anything is written.
#[derive(Debug)]
pub struct Review {
    /// The document of each job, but for those that broke down. [`fn@write`] takes them away: each
    /// is let go as soon as its files stand.
    pub documents: Vec<Option<Document>>,
    /// All findings that concern the jobs' documents, settled and sorted.
    pub findings: Findings,
    /// The files that the documents read.
    pub read: Vec<figures::Read>,
}

impl Review {
    /// Whether a finding of `limit` or more stops the document of `job`.
    pub fn stops(&self, job: &Job<'_>, limit: Severity) -> bool {
        let name = &job.template.name;
        self.findings.iter().any(|f| f.severity >= limit && f.concerns(name, &job.edition))
    }
}

/// Checks the project and assembles every job, adding to what loading found.
///
/// `whole` says that the jobs are all the documents there are, in every edition. Only then
/// is it known that a file is used by none, or that an acknowledgement settles nothing.
pub fn review(
    project: &Project,
    loaded: Findings,
    selected: &Selected<'_>,
    terms: Terms,
    whole: bool,
    done: &(dyn Fn() + Sync),
) -> Review {
    review_with(project, loaded, selected, terms, whole, &Assembled::default(), done)
}

/// [`review`], in a process that keeps what it assembled.
fn review_with(
    project: &Project,
    loaded: Findings,
    selected: &Selected<'_>,
    terms: Terms,
    whole: bool,
    kept: &Assembled,
    done: &(dyn Fn() + Sync),
) -> Review {
    let jobs = &selected.jobs;
    let mut findings = loaded;
    findings.extend(check::check(project, terms.as_at));
    let is_of_template =
        |finding: &Finding| finding.location(&project.sources).0.starts_with("templates/");
    // A template that could not be read has its own finding.
    if project.templates.is_empty() && !findings.iter().any(is_of_template) {
        findings.push(
            Finding::new(&rules::FILE_MISSING, "there is no document to make")
                .in_file("templates")
                .help("each .md file in templates/ is one"),
        );
    }
    let hard = HardWords::of(&project.words, &project.plan.terms);
    let assembled = threads::each(jobs, terms.threads, |job| {
        let as_at = project.day_of(job.template, terms.as_at);
        let judged = kept.get(job, as_at, || {
            let edition = job.edition.clone();
            let options = assemble::Options { edition, as_at, parameters: job.parameters.clone() };
            let mut answer = assemble(project, job.template, &options);
            let faulty = answer.findings.count(Severity::Error) > 0;
            answer.findings.extend(wording::hard_to_read(project, job, &answer.document, &hard));
            (answer, faulty)
        });
        done();
        judged
    });
    let mut documents = Vec::with_capacity(jobs.len());
    let (mut read, mut shown, mut faulty) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    let mut files: BTreeMap<(FileId, NaiveDate), figures::Read> = BTreeMap::new();
    for (job, answer) in jobs.iter().zip(assembled) {
        let (document, found): (_, Vec<Finding>) = match answer {
            Some((made, is_faulty)) => {
                faulty.push(is_faulty);
                note_files(project, job, terms, &made.narrative, &mut files);
                findings.extend(
                    figures::claims(&made.document)
                        .into_iter()
                        .chain(figures::superseded(&made.document))
                        .chain(figures::beside(&made.document))
                        .chain(figures::negative(&made.document))
                        .chain(figures::rounded(&made.document))
                        .chain(slips::points(&made.document))
                        .map(|finding| of_document(finding, &job.template.name)),
                );
                read.extend(made.narrative);
                shown.extend(made.document.assets.keys().cloned());
                (Some(made.document), made.findings.into_iter().collect())
            }
            None => {
                faulty.push(true);
                (None, vec![broke_down(job)])
            }
        };
        findings.extend(found.into_iter().map(|f| of_document(f, &job.template.name)));
        documents.push(document);
    }
    findings.extend(wording::unpaired(project, jobs, &documents, &faulty, terms.as_at));
    let files: Vec<figures::Read> = files.into_values().collect();
    findings.extend(figures::typed(project, &files));
    findings.extend(figures::promises(project, &files));
    findings.extend(figures::unbound(project, &files));
    findings.extend(slips::slips(project, &files));
    findings.extend(figures::two_values(documents.iter().flatten()));
    let as_at = terms.as_at.unwrap_or(project.settings.as_at);
    if whole {
        findings.extend(pairs::leftovers(project));
        findings.extend(check::unused_narrative(project, &read));
        findings.extend(check::unused_images(project, &shown));
        check::acknowledge(&mut findings, project, as_at);
    } else {
        check::settle(&mut findings, project, as_at);
        findings = concerning(findings, selected);
    }
    findings.sort(&project.sources);
    Review { documents, findings, read: files }
}

/// Notes that a document reads its template and these narrative files, for the day that it speaks for.
fn note_files(
    project: &Project,
    job: &Job<'_>,
    terms: Terms,
    narrative: &BTreeSet<String>,
    files: &mut BTreeMap<(FileId, NaiveDate), figures::Read>,
) {
    let as_at = project.day_of(job.template, terms.as_at);
    let included = narrative.iter().filter_map(|path| project.narrative.get(path));
    let own = (job.template.file, job.template.body);
    for (file, base) in included.map(|&file| (file, 0)).chain([own]) {
        let read = files.entry((file, as_at)).or_insert_with(|| figures::Read {
            file,
            base,
            as_at,
            documents: Vec::new(),
        });
        if !read.documents.contains(&job.template.name) {
            read.documents.push(job.template.name.clone());
        }
    }
}

/// A file that a build put down; for `png`, all pages of one document.
#[derive(Debug, Clone)]
pub struct Built {
    /// The document's name.
    pub document: String,
    /// The edition.
    pub edition: String,
    /// The format.
    pub format: Format,
    /// How many pages it has, where that is known.
    pub pages: Option<usize>,
    /// How many bytes were written.
    pub bytes: usize,
    /// How long it took to make.
    pub time: Duration,
    /// Where it came from.
    pub origin: Origin,
    /// Where it stands; several only for `png`.
    pub paths: Vec<PathBuf>,
}

/// Where a file of a build came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// This build drew it.
    Drawn,
    /// An earlier build drew it from the same things, and it was kept.
    Kept,
    /// An earlier build drew it from the same things, and it stood in its place already.
    Unchanged,
}

/// Where drawing happens.
#[derive(Debug, Clone, Copy)]
pub struct Desk<'d> {
    /// The folder that files are put into.
    pub folder: &'d Folder,
    /// What earlier builds drew.
    pub cache: &'d Cache,
    /// For how many layouts Typst is to remember what it does not use; nothing for a process that ends
    /// when all is drawn: then only what other documents may be using.
    pub remembered: Option<usize>,
}

/// Draws and puts down every job that no finding stops. Each job's files stand for
/// themselves: when one document fails, the others are written and its old files stay.
///
/// What a document took (its tree, its pages, what Typst remembers of them) is let go when its
/// files are down, so that memory is that of the largest documents and not of all.
pub fn write(
    project: &Project,
    jobs: &[Job<'_>],
    review: &mut Review,
    terms: Terms,
    desk: Desk<'_>,
    done: &(dyn Fn() + Sync),
) -> (Vec<Built>, Findings) {
    let Desk { folder, cache, remembered } = desk;
    let documents = std::mem::take(&mut review.documents);
    let ready: Vec<Ready<'_>> = jobs
        .iter()
        .zip(documents)
        .filter(|(job, _)| !review.stops(job, terms.limit))
        .filter_map(|(job, document)| Some(Ready::new(job, document?)))
        .collect();
    let mut findings = Findings::default();
    if ready.is_empty() {
        return (Vec::new(), findings);
    }
    let _held = match folder.prepare() {
        Ok(held) => held,
        Err(finding) => {
            findings.push(*finding);
            return (Vec::new(), findings);
        }
    };
    let themes = match theme_inputs(project, ready.iter().map(|ready| ready.job.edition.as_str())) {
        Ok(themes) => themes,
        Err(found) => {
            findings.extend(found);
            return (Vec::new(), findings);
        }
    };
    let prints: BTreeMap<&str, Hash> = themes
        .keys()
        .filter_map(|name| Some((name.as_str(), fingerprint::theme(&project.edition(name)?.theme))))
        .collect();
    let as_at = terms.as_at.unwrap_or(project.settings.as_at);
    let (at_work, left) = (AtomicUsize::new(0), AtomicUsize::new(ready.len()));
    let written = threads::heaviest_first(&ready, terms.threads, Ready::weight, |ready| {
        let (job, document) = (ready.job, ready.take()?);
        let (Some(theme), Some(edition), Some(&print)) = (
            themes.get(&job.edition),
            project.edition(&job.edition),
            prints.get(job.edition.as_str()),
        ) else {
            return Some(Err(vec![broke_down(job)]));
        };
        at_work.fetch_add(1, Ordering::Relaxed);
        let manner = Manner::of(edition);
        let memory = Memory::of(cache, folder, job, &document, print, manner);
        let answer = draw((project, manner), theme, job, document, (Some(&memory), Pages::AsKnown));
        let answer = answer.and_then(|(drawn, warnings)| {
            let mut found = Findings::default();
            found.extend(warnings);
            check::settle(&mut found, project, as_at);
            let warnings: Vec<Finding> = found.into_iter().collect();
            let strict = warnings.iter().any(|warning| warning.severity >= terms.limit);
            if strict {
                return Err(warnings);
            }
            let built = put_down(drawn, ready.job, folder).map_err(|finding| vec![*finding])?;
            Ok((built, warnings))
        });
        let alone = at_work.fetch_sub(1, Ordering::Relaxed) == 1;
        let last = left.fetch_sub(1, Ordering::Relaxed) == 1;
        match remembered {
            Some(calls) => pdf::forget(calls),
            // After the last document the process ends, which forgets at no cost.
            None if last => {}
            None => pdf::forget(if alone { 0 } else { REMEMBERED }),
        }
        done();
        Some(answer)
    });
    let mut built = Vec::new();
    for (Ready { job, .. }, answer) in ready.iter().zip(written) {
        let found = match answer.flatten() {
            Some(Ok((files, warnings))) => {
                built.extend(files);
                warnings
            }
            Some(Err(found)) => found,
            None => vec![broke_down(job)],
        };
        findings.extend(found.into_iter().map(|f| of_document(f, &job.template.name)));
    }
    cache.make_room();
    findings.sort(&project.sources);
    (built, findings)
}

/// While other documents are being laid out, what Typst remembers is kept for this many more of
/// them: it may be theirs.
const REMEMBERED: usize = 3;

/// A document that nothing stops, until a thread takes it.
struct Ready<'j> {
    job: &'j Job<'j>,
    document: Mutex<Option<Document>>,
    blocks: usize,
}

impl<'j> Ready<'j> {
    fn new(job: &'j Job<'j>, document: Document) -> Self {
        let mut blocks = 0;
        walk(&document.blocks, &mut |_| blocks += 1);
        Ready { job, document: Mutex::new(Some(document)), blocks }
    }

    /// About how long it takes: laying out takes the most, and that grows with the blocks.
    fn weight(&self) -> usize {
        self.blocks
    }

    fn take(&self) -> Option<Document> {
        self.document.lock().ok()?.take()
    }
}

/// Puts all files of a job down, or none. Those that stand already are left as they are.
fn put_down(drawn: Vec<Drawn>, job: &Job<'_>, folder: &Folder) -> Result<Vec<Built>, Box<Finding>> {
    let mut staged = Vec::new();
    for part in drawn {
        let names = folder.names(&job.template.name, &job.copy(), part.format, part.files.len())?;
        let mut files = Vec::new();
        for (name, file) in names.iter().zip(&part.files) {
            files.push(match file {
                File::Drawn(bytes) | File::Kept(bytes) => Ok(folder.stage(name, bytes)?),
                File::Stands(_) => Err(folder.path().join(name)),
            });
        }
        staged.push((part, files));
    }
    let mut built = Vec::new();
    for (part, files) in staged {
        let unchanged = files.iter().all(Result::is_err);
        let origin = match () {
            () if part.is_new() => Origin::Drawn,
            () if unchanged => Origin::Unchanged,
            () => Origin::Kept,
        };
        let put = |file: Result<_, PathBuf>| file.map_or_else(Ok, |staged| folder.put(staged));
        let paths = files.into_iter().map(put).collect::<Result<Vec<_>, _>>()?;
        if part.format == Format::Png {
            folder.clear_pages(&job.template.name, &job.copy(), paths.len())?;
        }
        built.push(Built {
            document: job.template.name.clone(),
            edition: job.edition.clone(),
            format: part.format,
            pages: part.pages,
            bytes: part.files.iter().map(File::len).sum(),
            time: part.time,
            origin,
            paths,
        });
    }
    Ok(built)
}

/// Whether `finding` is about `document`.
fn concerns(finding: &Finding, document: &str) -> bool {
    finding.documents.is_empty() || finding.documents.iter().any(|d| d == document)
}

/// What met while making a document concerns that one only.
fn of_document(finding: Finding, name: &str) -> Finding {
    if finding.documents.is_empty() { finding.of_document(name) } else { finding }
}

/// Leaves out what is about documents that were not asked for.
fn concerning(findings: Findings, selected: &Selected<'_>) -> Findings {
    let jobs = selected.jobs.iter().map(|job| &job.template.name);
    let broken = selected.passed.iter().filter(|p| p.broken).map(|passed| &passed.document);
    let asked: Vec<&String> = jobs.chain(broken).collect();
    let mut kept = Findings::default();
    kept.extend(findings.into_iter().filter(|finding| {
        finding.documents.is_empty() || asked.iter().any(|name| concerns(finding, name))
    }));
    kept
}

fn broke_down(job: &Job<'_>) -> Finding {
    let Template { name, .. } = job.template;
    Finding::new(&rules::BUILD_FAULT, format!("making {name} ({}) broke down", job.edition))
        .help("this is a fault in Annexe: please report it with the lines printed above")
}

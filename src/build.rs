//! Runs documents through the whole pipeline and puts the files down.
//!
//! Two passes. [`review`] loads nothing and writes nothing: it checks the project and
//! assembles every document that was asked for, so that all findings are there before
//! a file is touched. [`fn@write`] then draws what no error stops. Both go over the
//! documents on several threads and answer in the order of the jobs.

mod place;
mod select;
mod threads;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::NaiveDate;

use crate::assemble::{self, assemble};
use crate::check;
use crate::diag::{Finding, Findings, Severity, rules};
use crate::document::{Block, BlockKind, Document, drawings as drawings_of, walk};
use crate::load;
use crate::project::{Edition, Length, Project, Template, Theme};
use crate::prose;
use crate::source::{FileId, Sources};
use crate::write::{DrawnPicture, docx, pdf};

pub use place::Folder;
pub use select::{Asked, Format, Job, Misnamed, Passed, Selected, select, unknown};

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
    /// The document of each job, but for those that broke down.
    pub documents: Vec<Option<Document>>,
    /// All findings that concern the jobs' documents, settled and sorted.
    pub findings: Findings,
}

impl Review {
    /// Whether a finding of `limit` or more stops `document`.
    pub fn stops(&self, document: &str, limit: Severity) -> bool {
        self.findings.iter().any(|f| f.severity >= limit && concerns(f, document))
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
    let assembled = threads::each(jobs, terms.threads, |job| {
        let options = assemble::Options {
            edition: job.edition.clone(),
            as_at: project.day_of(job.template, terms.as_at),
            parameters: job.parameters.clone(),
        };
        let answer = assemble(project, job.template, &options);
        done();
        answer
    });
    let mut documents = Vec::with_capacity(jobs.len());
    let (mut read, mut shown) = (BTreeSet::new(), BTreeSet::new());
    let mut files: BTreeMap<(FileId, NaiveDate), prose::Read> = BTreeMap::new();
    for (job, answer) in jobs.iter().zip(assembled) {
        let (document, found): (_, Vec<Finding>) = match answer {
            Some(made) => {
                note_files(project, job, terms, &made.narrative, &mut files);
                findings.extend(
                    prose::claims(&made.document)
                        .into_iter()
                        .map(|finding| of_document(finding, &job.template.name)),
                );
                read.extend(made.narrative);
                shown.extend(made.document.assets.keys().cloned());
                (Some(made.document), made.findings.into_iter().collect())
            }
            None => (None, vec![broke_down(job)]),
        };
        findings.extend(found.into_iter().map(|f| of_document(f, &job.template.name)));
        documents.push(document);
    }
    let files: Vec<prose::Read> = files.into_values().collect();
    findings.extend(prose::typed(project, &files));
    let as_at = terms.as_at.unwrap_or(project.settings.as_at);
    if whole {
        findings.extend(check::unused_narrative(project, &read));
        findings.extend(check::unused_images(project, &shown));
        check::acknowledge(&mut findings, project, as_at);
    } else {
        check::settle(&mut findings, project, as_at);
        findings = concerning(findings, selected);
    }
    findings.sort(&project.sources);
    Review { documents, findings }
}

/// Notes that a document reads its template and these narrative files, for the day that it speaks for.
fn note_files(
    project: &Project,
    job: &Job<'_>,
    terms: Terms,
    narrative: &BTreeSet<String>,
    files: &mut BTreeMap<(FileId, NaiveDate), prose::Read>,
) {
    let as_at = project.day_of(job.template, terms.as_at);
    let included = narrative.iter().filter_map(|path| project.narrative.get(path));
    let own = (job.template.file, job.template.body);
    for (file, base) in included.map(|&file| (file, 0)).chain([own]) {
        let read = files.entry((file, as_at)).or_insert_with(|| prose::Read {
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
    /// Where it stands; several only for `png`.
    pub paths: Vec<PathBuf>,
}

/// Draws and puts down every job that no finding stops. Each job's files stand for
/// themselves: when one document fails, the others are written and its old files stay.
pub fn write(
    project: &Project,
    jobs: &[Job<'_>],
    review: &Review,
    terms: Terms,
    folder: &Folder,
    done: &(dyn Fn() + Sync),
) -> (Vec<Built>, Findings) {
    let ready: Vec<(&Job<'_>, &Document)> = jobs
        .iter()
        .zip(&review.documents)
        .filter(|(job, _)| !review.stops(&job.template.name, terms.limit))
        .filter_map(|(job, document)| Some((job, document.as_ref()?)))
        .collect();
    let mut findings = Findings::default();
    if ready.is_empty() {
        return (Vec::new(), findings);
    }
    if let Err(finding) = folder.prepare() {
        findings.push(*finding);
        return (Vec::new(), findings);
    }
    let themes = match theme_inputs(project, &ready) {
        Ok(themes) => themes,
        Err(found) => {
            findings.extend(found);
            return (Vec::new(), findings);
        }
    };
    let written = threads::each(&ready, terms.threads, |(job, document)| {
        let (Some(theme), Some(edition)) =
            (themes.get(&job.edition), project.edition(&job.edition))
        else {
            return Err(vec![broke_down(job)]);
        };
        let answer = draw(edition, theme, job, document).and_then(|(drawn, warnings)| {
            let strict = warnings.iter().any(|warning| warning.severity >= terms.limit);
            if strict {
                return Err(warnings);
            }
            let built = put_down(drawn, job, folder).map_err(|finding| vec![*finding])?;
            Ok((built, warnings))
        });
        done();
        answer
    });
    let mut built = Vec::new();
    for ((job, _), answer) in ready.iter().zip(written) {
        let found = match answer {
            Some(Ok((files, warnings))) => {
                built.extend(files);
                warnings
            }
            Some(Err(found)) => found,
            None => vec![broke_down(job)],
        };
        findings.extend(found.into_iter().map(|f| of_document(f, &job.template.name)));
    }
    findings.sort(&project.sources);
    (built, findings)
}

/// The theme of each edition that is drawn, as the PDF writer takes it. What editions share, the
/// files and fonts of a theme, is read once.
fn theme_inputs(
    project: &Project,
    ready: &[(&Job<'_>, &Document)],
) -> Result<BTreeMap<String, pdf::ThemeInput>, Vec<Finding>> {
    let mut whole: BTreeMap<&str, pdf::ThemeInput> = BTreeMap::new();
    let mut themes = BTreeMap::new();
    for name in ready.iter().map(|(job, _)| &job.edition) {
        let Some(theme) = project.edition(name).map(|edition| &edition.theme) else { continue };
        let input = match whole.get(theme.name.as_str()) {
            Some(input) => input.with_tokens(theme.tokens.clone())?,
            None => {
                let input = theme_input(theme)?;
                whole.insert(&theme.name, input.clone());
                input
            }
        };
        themes.insert(name.clone(), input);
    }
    Ok(themes)
}

/// The theme as the PDF writer takes it: its own files, over those of the standard one.
fn theme_input(theme: &Theme) -> Result<pdf::ThemeInput, Vec<Finding>> {
    let own = |bytes: &Arc<[u8]>| pdf::ThemeFile { bytes: Arc::clone(bytes), source: None };
    let mut files = pdf::standard_files();
    files.extend(theme.files.iter().map(|(path, bytes)| (path.clone(), own(bytes))));
    let fonts = theme
        .fonts
        .iter()
        .enumerate()
        .map(|(n, bytes)| (format!("fonts/{n}"), bytes.to_vec()))
        .collect();
    pdf::ThemeInput::new(&theme.name, theme.tokens.clone(), files, fonts)
}

/// What a document's pages are more than its edition aims at or allows.
fn too_long(edition: &Edition, job: &Job<'_>, pages: usize) -> Option<Finding> {
    let Length { warn, most } = edition.length;
    let over = |limit: Option<u32>| limit.filter(|limit| pages > *limit as usize);
    let (rule, what, limit) = match (over(most), over(warn)) {
        (Some(limit), _) => (&rules::LENGTH_MOST, "may have", limit),
        (None, Some(limit)) => (&rules::LENGTH_WARN, "aims at", limit),
        (None, None) => return None,
    };
    let message = format!(
        "{} ({}) has {pages} pages; the edition {what} {limit}",
        job.template.name, job.edition
    );
    Some(Finding::new(rule, message).at(job.template.title.span))
}

/// How fine the page pictures are, in pixels an inch.
const PICTURE_PPI: f64 = 110.0;
/// How fine drawings in Word files are, in pixels a point: sharp in print.
const DRAWING_PIXELS: f64 = 2.5;

/// One format of a job in memory: one entry, or one a page for `png`.
struct Drawn {
    format: Format,
    pages: Option<usize>,
    files: Vec<Vec<u8>>,
    time: Duration,
}

/// Draws every format of a job, and says what the theme warns of. Nothing is on disk before all stand.
fn draw(
    edition: &Edition,
    theme: &pdf::ThemeInput,
    job: &Job<'_>,
    document: &Document,
) -> Result<(Vec<Drawn>, Vec<Finding>), Vec<Finding>> {
    let mut clock = Instant::now();
    let paged = job.formats.iter().any(|format| *format != Format::Docx);
    // A limit of pages holds whatever the format: Word's are as many, or nearly.
    let limited = edition.length.warn.or(edition.length.most).is_some();
    let layout = if paged || limited || needs_pages(&document.blocks) {
        Some(pdf::layout(document, theme)?)
    } else {
        None
    };
    let too_long = layout.as_ref().and_then(|layout| too_long(edition, job, layout.pages()));
    if let Some(finding) = too_long.as_ref().filter(|f| f.severity == Severity::Error) {
        return Err(vec![finding.clone()]);
    }
    let mut drawn = Vec::new();
    for format in &job.formats {
        let pages = layout.as_ref().filter(|_| *format != Format::Docx).map(pdf::Layout::pages);
        let files = match (format, &layout) {
            (Format::Docx, layout) => {
                let extras = docx::Extras {
                    heading_pages: layout.as_ref().map(heading_pages).unwrap_or_default(),
                    drawings: drawings(document, theme)?,
                };
                vec![docx::docx(document, &theme.tokens, &extras)?]
            }
            (Format::Pdf, Some(layout)) => vec![layout.pdf()?],
            (Format::Png, Some(layout)) => {
                (1..=layout.pages()).filter_map(|page| layout.png(page, PICTURE_PPI)).collect()
            }
            (Format::Pdf | Format::Png, None) => continue,
        };
        drawn.push(Drawn { format: *format, pages, files, time: clock.elapsed() });
        clock = Instant::now();
    }
    let mut warnings = layout.map(|layout| layout.warnings().to_vec()).unwrap_or_default();
    warnings.extend(too_long);
    Ok((drawn, warnings))
}

/// The page of each heading, as the contents of a Word file print it.
fn heading_pages(layout: &pdf::Layout) -> BTreeMap<String, String> {
    layout.heading_pages().into_iter().map(|(anchor, page)| (anchor, page.to_string())).collect()
}

/// Pictures of the drawings in `document`, in reading order, for the Word file.
fn drawings(
    document: &Document,
    theme: &pdf::ThemeInput,
) -> Result<Vec<DrawnPicture>, Vec<Finding>> {
    let found: Vec<_> = drawings_of(&document.blocks).into_iter().map(|d| &d.drawing).collect();
    pdf::drawing_pngs(&found, theme, DRAWING_PIXELS)
}

/// Whether a Word file needs to know the pages: it lists headings with their numbers.
fn needs_pages(blocks: &[Block]) -> bool {
    let mut found = false;
    walk(blocks, &mut |block| found |= matches!(block.kind, BlockKind::Contents(_)));
    found
}

/// Puts all files of a job down, or none.
fn put_down(drawn: Vec<Drawn>, job: &Job<'_>, folder: &Folder) -> Result<Vec<Built>, Box<Finding>> {
    let mut staged = Vec::new();
    for part in drawn {
        let names = folder.names(&job.template.name, &job.copy(), part.format, part.files.len())?;
        let mut files = Vec::new();
        for (name, bytes) in names.iter().zip(&part.files) {
            files.push(folder.stage(name, bytes)?);
        }
        staged.push((part, files));
    }
    let mut built = Vec::new();
    for (part, files) in staged {
        let paths =
            files.into_iter().map(|file| folder.put(file)).collect::<Result<Vec<_>, _>>()?;
        if part.format == Format::Png {
            folder.clear_pages(&job.template.name, &job.copy(), paths.len())?;
        }
        built.push(Built {
            document: job.template.name.clone(),
            edition: job.edition.clone(),
            format: part.format,
            pages: part.pages,
            bytes: part.files.iter().map(Vec::len).sum(),
            time: part.time,
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

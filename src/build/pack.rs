//! Packs: the papers of one meeting as one PDF, and their Word files in a folder that is zipped.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::draw::{Pages, draw, theme_inputs};
use super::fingerprint::Manner;
use super::memory::File;
use super::select::{Asked, Format, Job, Selected, select};
use super::{Folder, Terms, broke_down, review, threads};
use crate::assemble::{pack as assemble_pack, slug};
use crate::check;
use crate::diag::{Finding, Findings, rules};
use crate::document::Document;
use crate::project::{FULL, Pack, PackItem, Paper, Project};
use crate::source::At;
use crate::write::pdf;

/// A file that a pack was put down as.
#[derive(Debug, Clone)]
pub struct PackFile {
    /// `pdf` or `zip`.
    pub kind: &'static str,
    /// What it holds: pages, or files.
    pub count: usize,
    /// How many bytes were written.
    pub bytes: usize,
    /// How long it took to make.
    pub time: Duration,
    /// Where it stands.
    pub path: PathBuf,
}

/// What is wrong with the packs of `project`: what loading found, what checking finds, and values
/// that a paper's template does not take.
pub fn faults(project: &Project, loaded: &Findings) -> Findings {
    let mut findings = Findings::default();
    let of_pack = |f: &&Finding| f.documents.iter().any(|of| of.starts_with(Pack::CONCERN));
    findings.extend(loaded.iter().filter(of_pack).cloned());
    check::packs(project, &mut findings);
    for pack in project.packs.values() {
        findings.extend(jobs(project, pack).1);
    }
    findings
}

/// Makes both files of `pack` and puts them down, or neither: when a finding stops one of its
/// papers there is no pack, and the files of the last one stay.
pub fn pack(
    project: &Project,
    pack: &Pack,
    loaded: Findings,
    terms: Terms,
    folder: &Folder,
) -> (Vec<PackFile>, Findings) {
    let (papers, faults) = jobs(project, pack);
    let mut findings = Findings::default();
    findings.extend(faults);
    check::packs(project, &mut findings);
    findings.extend(loaded.iter().cloned());
    let concern = pack.concern();
    let mut own = Findings::default();
    let concerns = |f: &Finding| f.documents.is_empty() || f.documents.contains(&concern);
    own.extend(findings.into_iter().filter(concerns));
    let mut findings = own;
    let mut documents = Vec::new();
    let mut stopped = findings.iter().any(|finding| finding.severity >= terms.limit);
    for (job, answer) in papers.iter().zip(assembled(project, &papers, &loaded, terms)) {
        let Some(answer) = answer else {
            findings.push(broke_down(&job.job));
            stopped = true;
            continue;
        };
        stopped |= answer.stopped;
        findings.extend(answer.findings);
        documents.extend(answer.document);
    }
    let mut files = Vec::new();
    if !stopped && documents.len() == papers.len() {
        match made(project, pack, &papers, documents, terms, folder) {
            Ok((made, warnings)) => {
                files = made;
                findings.extend(warnings);
            }
            Err(found) => findings.extend(found),
        }
    }
    findings.sort(&project.sources);
    (files, findings)
}

/// The job of a paper, and the day it speaks for.
struct PaperJob<'p> {
    item: &'p PackItem,
    job: Job<'p>,
    as_at: Option<NaiveDate>,
}

/// The jobs of a pack's papers in the order of the agenda, and what keeps one from being a job.
fn jobs<'p>(project: &'p Project, pack: &'p Pack) -> (Vec<PaperJob<'p>>, Vec<Finding>) {
    let mut jobs = Vec::new();
    let mut faults = Vec::new();
    for item in &pack.items {
        let Some(paper) = &item.paper else { continue };
        let Paper { document, edition, parameters, .. } = paper;
        // A document or an edition that is not there is for `check` to say.
        let template = project.templates.get(document.as_str());
        let first = template.and_then(|template| template.editions.first());
        let Some(edition) = edition.as_ref().map(|edition| &edition.value).or(first) else {
            continue;
        };
        if template.is_some_and(|template| !template.editions.contains(edition)) {
            continue;
        }
        let named =
            |(name, value): &(At<String>, At<String>)| (name.value.clone(), value.value.clone());
        let asked = Asked {
            documents: vec![document.value.clone()],
            editions: vec![edition.clone()],
            formats: Vec::new(),
            parameters: parameters.iter().map(named).collect(),
        };
        let fault = |message: String| {
            Finding::new(&rules::PACK_ITEM, message).at(document.span).of_document(pack.concern())
        };
        match select(project, &asked) {
            Ok(Selected { jobs: mut found, passed }) => match found.pop() {
                Some(job) => {
                    let as_at = paper.as_at.as_ref().or(pack.as_at.as_ref());
                    jobs.push(PaperJob { item, job, as_at: as_at.map(|day| day.value) });
                }
                None => {
                    let why = passed.into_iter().next().map(|passed| passed.why);
                    let why = why.unwrap_or_else(|| "it is not there".to_owned());
                    faults.push(fault(format!("{} cannot be made: {why}", document.value)));
                }
            },
            Err(misnamed) => faults.push(fault(misnamed.message).help(misnamed.help)),
        }
    }
    (jobs, faults)
}

/// One paper in memory.
struct Assembled {
    document: Option<Document>,
    findings: Findings,
    stopped: bool,
}

fn assembled(
    project: &Project,
    papers: &[PaperJob<'_>],
    loaded: &Findings,
    terms: Terms,
) -> Vec<Option<Assembled>> {
    threads::each(papers, terms.threads, |paper| {
        let selected = Selected { jobs: vec![paper.job.clone()], passed: Vec::new() };
        let terms = Terms { as_at: paper.as_at, threads: 1, ..terms };
        let mut review = review(project, loaded.clone(), &selected, terms, false, &|| ());
        let stopped = review.stops(&paper.job, terms.limit);
        let document = review.documents.pop().flatten();
        Assembled { document, findings: review.findings, stopped }
    })
}

/// Draws and puts down the pack of `documents`.
fn made(
    project: &Project,
    pack: &Pack,
    papers: &[PaperJob<'_>],
    documents: Vec<Document>,
    terms: Terms,
    folder: &Folder,
) -> Result<(Vec<PackFile>, Vec<Finding>), Vec<Finding>> {
    let editions = papers.iter().map(|paper| paper.job.edition.as_str()).chain([FULL]);
    let themes = theme_inputs(project, editions)?;
    let clock = Instant::now();
    let word = words(project, papers, &documents, &themes, terms)?;
    let zipped = (!word.is_empty()).then(|| zip(&word)).transpose().map_err(|error| {
        let finding = Finding::new(&rules::WRITE_FAILED, "the Word files cannot be zipped");
        vec![finding.note(error.to_string())]
    })?;
    let zip_time = clock.elapsed();

    let clock = Instant::now();
    let joined = assemble_pack::join(project, pack, documents);
    let missing = || {
        let message = format!("a theme of {} is not there", pack.name);
        vec![Finding::new(&rules::BUILD_FAULT, message).of_document(pack.concern())]
    };
    let of_papers = papers.iter().map(|paper| themes.get(&paper.job.edition));
    let of_papers: Option<Vec<&pdf::ThemeInput>> = of_papers.collect();
    let (Some(theme), Some(of_papers)) = (themes.get(FULL), of_papers) else {
        return Err(missing());
    };
    let layout = pdf::layout_joined(&joined, theme, &of_papers)?;
    let (pages, mut warnings) = (layout.pages(), layout.warnings().to_vec());
    let (bytes, faults) = layout.archived()?;
    warnings.extend(faults);
    if warnings.iter().any(|warning| warning.severity >= terms.limit) {
        return Err(warnings);
    }
    drop(layout);
    pdf::forget(0);
    let time = clock.elapsed();

    let one = |finding: Box<Finding>| vec![*finding];
    let _held = folder.prepare().map_err(one)?;
    let names = folder.names(&pack.name, "pack", Format::Pdf, 1).map_err(one)?;
    let mut staged = Vec::new();
    for name in names {
        let zip_name = name.replace(".pdf", ".zip");
        staged.push(("pdf", pages, bytes.len(), time, folder.stage(&name, &bytes).map_err(one)?));
        if let Some(zipped) = &zipped {
            let file = folder.stage(&zip_name, zipped).map_err(one)?;
            staged.push(("zip", word.len(), zipped.len(), zip_time, file));
        }
    }
    let mut files = Vec::new();
    for (kind, count, bytes, time, file) in staged {
        let path = folder.put(file).map_err(one)?;
        files.push(PackFile { kind, count, bytes, time, path });
    }
    Ok((files, warnings))
}

/// The Word file of each paper that comes as one, by its name in the zip: the item's number first.
fn words(
    project: &Project,
    papers: &[PaperJob<'_>],
    documents: &[Document],
    themes: &BTreeMap<String, pdf::ThemeInput>,
    terms: Terms,
) -> Result<Vec<(String, Vec<u8>)>, Vec<Finding>> {
    let digits = |number: &str| number.chars().take_while(char::is_ascii_digit).count();
    let widest = papers.iter().map(|paper| digits(&paper.item.number)).max().unwrap_or(0);
    let items: Vec<(&PaperJob<'_>, &Document)> =
        papers.iter().zip(documents).filter(|(paper, _)| paper.has_word()).collect();
    let drawn = threads::each(&items, terms.threads, |(paper, document)| {
        let PaperJob { item, job, .. } = paper;
        let job = Job { formats: vec![Format::Docx], ..job.clone() };
        let (Some(theme), Some(edition)) =
            (themes.get(&job.edition), project.edition(&job.edition))
        else {
            return Err(vec![broke_down(&job)]);
        };
        let memory = (None, Pages::LaidOut);
        let (drawn, _) =
            draw((project, Manner::of(edition)), theme, &job, (*document).clone(), memory)?;
        let number = slug(&item.number);
        let zeros = "0".repeat(widest.saturating_sub(digits(&item.number)));
        let name = format!("{zeros}{number}-{}.{}.docx", job.template.name, job.copy());
        let first = drawn.into_iter().flat_map(|part| part.files).next();
        let bytes = first.and_then(File::into_bytes).unwrap_or_default();
        Ok((name, bytes))
    });
    let mut files = Vec::new();
    for ((paper, _), answer) in items.iter().zip(drawn) {
        files.push(answer.unwrap_or_else(|| Err(vec![broke_down(&paper.job)]))?);
    }
    Ok(files)
}

impl PaperJob<'_> {
    fn has_word(&self) -> bool {
        self.job.formats.contains(&Format::Docx)
    }
}

/// The files zipped the same way each time. Word files are packed already.
fn zip(files: &[(String, Vec<u8>)]) -> zip::result::ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default());
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(name.as_str(), options)?;
        writer.write_all(bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}

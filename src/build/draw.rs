//! Draws one document in every format that was asked for, in memory.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::build::enclosed;
use crate::build::fingerprint::{self, Hash, Manner};
use crate::build::memory::{File, Laid, Memory};
use crate::build::select::{Format, Job};
use crate::diag::{Finding, Severity, rules};
use crate::document::{Block, BlockKind, Document, drawings as drawings_of, walk};
use crate::project::{Length, Numbers, Project, Theme};
use crate::write::{DrawnPicture, docx, html, pdf};

/// How fine the page pictures are, in pixels an inch.
const PICTURE_PPI: f64 = 110.0;
/// How fine drawings in Word files are, in pixels a point: sharp in print.
const DRAWING_PIXELS: f64 = 2.5;

/// One format of a job in memory: one entry, or one a page for `png`.
pub struct Drawn {
    /// The format.
    pub format: Format,
    /// How many pages it has, where that is known.
    pub pages: Option<usize>,
    /// The files.
    pub files: Vec<File>,
    /// How long it took to make.
    pub time: Duration,
}

impl Drawn {
    /// Whether nothing of it was drawn before.
    pub fn is_new(&self) -> bool {
        self.files.iter().any(|file| matches!(file, File::Drawn(_)))
    }
}

/// Where the contents of a Word file get their page numbers when no PDF is drawn with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pages {
    /// From a layout that is made for them.
    LaidOut,
    /// From an earlier layout of the same document, or an estimate that Word is to correct.
    AsKnown,
}

/// Draws every format of a job, and says what the theme warns of. Nothing is on disk before all stand.
/// What `memory` holds is not drawn again. Where the theme warns of something, nothing that was laid
/// out is kept: the next build is to say it again.
///
/// The pages are let go before the Word file is made, which takes memory of its own.
pub fn draw(
    (project, manner): (&Project, Manner),
    theme: &pdf::ThemeInput,
    job: &Job<'_>,
    document: Document,
    (memory, numbers): (Option<&Memory<'_>>, Pages),
) -> Result<(Vec<Drawn>, Vec<Finding>), Vec<Finding>> {
    let mut drawn = Vec::new();
    let mut clock = Instant::now();
    let mut add = |format, pages, files| {
        drawn.push(Drawn { format, pages, files, time: clock.elapsed() });
        clock = Instant::now();
    };
    let mut laid = memory.and_then(Memory::laid);
    let mut due = Vec::new();
    // What a format takes from the project besides the document.
    let data = job.formats.contains(&Format::PdfData).then(|| enclosed::data(project, &document));
    let for_screen = |format: &Format| matches!(format, Format::Html | Format::Epub);
    let told = job.formats.iter().any(for_screen).then(|| fingerprint::told(project, &document));
    let homes = job.formats.contains(&Format::Docx);
    let homes = homes.then(|| fingerprint::homes(project, &document, &job.parameters));
    let beside = |format| match format {
        Format::PdfData => data.as_deref().map(fingerprint::attached),
        Format::Html | Format::Epub => told,
        Format::Docx => homes,
        Format::Pdf | Format::Png => None,
    };
    for &format in &job.formats {
        let is_paged = matches!(format, Format::Pdf | Format::PdfData | Format::Png);
        // Without its layout nothing would be known of the pages.
        let known = memory.filter(|_| laid.is_some() || !is_paged);
        match known.and_then(|memory| memory.files(format, beside(format))) {
            Some(files) => {
                let pages = laid.as_ref().filter(|_| is_paged).map(|laid| laid.pages);
                add(format, pages, files);
            }
            None => due.push(format),
        }
    }
    let is_due = |format| due.contains(&format);
    let paged = is_due(Format::Pdf) || is_due(Format::Png);
    // A limit of pages holds whatever the format: Word's are as many, or nearly.
    let limited = manner.length.warn.or(manner.length.most).is_some();
    let for_word = is_due(Format::Docx) && laid.is_none() && needs_pages(&document.blocks);
    let estimated = for_word && numbers == Pages::AsKnown && !paged && !limited;
    let mut warnings = Vec::new();
    let judge = |laid: &Laid, warnings: &mut Vec<Finding>| match too_long(manner, job, laid.pages) {
        Some(finding) if finding.severity == Severity::Error => Err(vec![finding]),
        finding => {
            warnings.extend(finding);
            Ok(())
        }
    };
    let mut keeper = memory;
    if paged || (limited && laid.is_none()) || (for_word && !estimated) {
        let layout = pdf::layout(&document, theme)?;
        let now = Laid { pages: layout.pages(), headings: heading_pages(&layout) };
        warnings.extend_from_slice(layout.warnings());
        if !warnings.is_empty() {
            keeper = None;
        }
        judge(&now, &mut warnings)?;
        for &format in &due {
            let files = match format {
                Format::Pdf => {
                    let (bytes, faults) = layout.archived()?;
                    if !faults.is_empty() {
                        keeper = None;
                    }
                    warnings.extend(faults);
                    vec![bytes]
                }
                Format::Png => {
                    let pictures = (1..=now.pages).filter_map(|page| layout.png(page, PICTURE_PPI));
                    pictures.collect()
                }
                Format::PdfData | Format::Docx | Format::Html | Format::Epub => continue,
            };
            add(format, Some(now.pages), kept(keeper, (format, None), files));
        }
        if let Some(memory) = keeper {
            memory.keep_laid(&now);
        }
        laid = Some(now);
    } else if let Some(laid) = &laid {
        judge(laid, &mut warnings)?;
    }
    if let Some(data) = data.as_deref().filter(|_| is_due(Format::PdfData)) {
        let layout = pdf::layout_with(&document, theme, data)?;
        let now = Laid { pages: layout.pages(), headings: heading_pages(&layout) };
        if laid.is_none() {
            warnings.extend_from_slice(layout.warnings());
            if !warnings.is_empty() {
                keeper = None;
            }
            judge(&now, &mut warnings)?;
        }
        let kind = (Format::PdfData, beside(Format::PdfData));
        add(Format::PdfData, Some(now.pages), kept(keeper, kind, vec![layout.pdf()?]));
        if let Some(memory) = keeper.filter(|_| laid.is_none()) {
            memory.keep_laid(&now);
        }
        laid.get_or_insert(now);
    }
    if is_due(Format::Docx) {
        let estimate = if estimated { homes.map(fingerprint::estimated) } else { homes };
        let kept_estimate = memory.filter(|_| estimated);
        let kept_estimate = kept_estimate.and_then(|m| m.files(Format::Docx, estimate));
        let files = match kept_estimate {
            Some(files) => files,
            None => {
                let heading_pages = match laid {
                    Some(laid) => laid.headings,
                    None if estimated => docx::estimated_pages(&document, &theme.tokens),
                    None => BTreeMap::new(),
                };
                let drawings = drawings(&document, theme)?;
                let extras = docx::Extras {
                    heading_pages,
                    estimated,
                    drawings,
                    sources: Some(&project.sources),
                    parameters: job.parameters.clone(),
                };
                let file = docx::docx(&document, &theme.tokens, &extras)?;
                kept(keeper, (Format::Docx, estimate), vec![file])
            }
        };
        add(Format::Docx, None, files);
    }
    if due.iter().any(for_screen) {
        let extras = page_extras(project, manner, theme, &document)?;
        for &format in due.iter().filter(|format| for_screen(format)) {
            let file = match format {
                Format::Epub => html::epub(&document, &theme.tokens, &extras)?,
                _ => html::html(&document, &theme.tokens, &extras)?.into_bytes(),
            };
            add(format, None, kept(memory, (format, told), vec![file]));
        }
    }
    drawn.sort_by_key(|part| part.format);
    Ok((drawn, warnings))
}

/// The files of a format that was drawn just now, after they were left to the next build.
fn kept(
    memory: Option<&Memory<'_>>,
    (format, beside): (Format, Option<Hash>),
    files: Vec<Vec<u8>>,
) -> Vec<File> {
    if let Some(memory) = memory {
        memory.keep(format, beside, &files);
    }
    files.into_iter().map(File::Drawn).collect()
}

/// What a document's pages are more than its edition aims at or allows.
fn too_long(manner: Manner, job: &Job<'_>, pages: usize) -> Option<Finding> {
    let Length { warn, most } = manner.length;
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

/// What the web page of `document` needs beside it.
fn page_extras(
    project: &Project,
    manner: Manner,
    theme: &pdf::ThemeInput,
    document: &Document,
) -> Result<html::Extras, Vec<Finding>> {
    let found: Vec<_> = drawings_of(&document.blocks).into_iter().map(|d| &d.drawing).collect();
    Ok(html::Extras {
        drawings: pdf::drawing_svgs(&found, theme)?,
        provenance: manner.numbers == Numbers::Standard,
        origins: enclosed::origins(project, &document.blocks),
        sorting: manner.numbers == Numbers::Standard,
        datasets: enclosed::datasets(project, &document.blocks),
        reading_help: manner.numbers != Numbers::Standard,
        ..html::Extras::default()
    })
}

/// Whether a Word file needs to know the pages: it lists headings with their numbers.
fn needs_pages(blocks: &[Block]) -> bool {
    let mut found = false;
    walk(blocks, &mut |block| found |= matches!(block.kind, BlockKind::Contents(_)));
    found
}

/// The theme of each edition that is drawn, as the PDF writer takes it. What editions share, the
/// files and fonts of a theme, is read once.
pub fn theme_inputs<'e>(
    project: &Project,
    editions: impl Iterator<Item = &'e str>,
) -> Result<BTreeMap<String, pdf::ThemeInput>, Vec<Finding>> {
    let mut whole: BTreeMap<&str, pdf::ThemeInput> = BTreeMap::new();
    let mut themes = BTreeMap::new();
    for name in editions {
        let Some(theme) = project.edition(name).map(|edition| &edition.theme) else { continue };
        let input = match whole.get(theme.name.as_str()) {
            Some(input) => input.with_tokens(theme.tokens.clone())?,
            None => {
                let input = theme_input(theme)?;
                whole.insert(&theme.name, input.clone());
                input
            }
        };
        themes.insert(name.to_owned(), input);
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

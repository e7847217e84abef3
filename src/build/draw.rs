//! Draws one document in every format that was asked for, in memory.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::build::enclosed;
use crate::build::select::{Format, Job};
use crate::diag::{Finding, Severity, rules};
use crate::document::{Block, BlockKind, Document, drawings as drawings_of, walk};
use crate::project::{Edition, Length, Numbers, Project, Theme};
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
    pub files: Vec<Vec<u8>>,
    /// How long it took to make.
    pub time: Duration,
}

/// Draws every format of a job, and says what the theme warns of. Nothing is on disk before all stand.
///
/// The pages are let go before the Word file is made, which takes memory of its own.
pub fn draw(
    project: &Project,
    edition: &Edition,
    theme: &pdf::ThemeInput,
    job: &Job<'_>,
    document: Document,
) -> Result<(Vec<Drawn>, Vec<Finding>), Vec<Finding>> {
    let mut drawn = Vec::new();
    let mut clock = Instant::now();
    let mut add = |format, pages, files| {
        drawn.push(Drawn { format, pages, files, time: clock.elapsed() });
        clock = Instant::now();
    };
    let paged = job.formats.iter().any(|format| matches!(format, Format::Pdf | Format::Png));
    // A limit of pages holds whatever the format: Word's are as many, or nearly.
    let limited = edition.length.warn.or(edition.length.most).is_some();
    let (mut pages_of_headings, mut warnings) = (BTreeMap::new(), Vec::new());
    let for_word = job.formats.contains(&Format::Docx) && needs_pages(&document.blocks);
    if paged || limited || for_word {
        let layout = pdf::layout(&document, theme)?;
        let pages = layout.pages();
        warnings.extend_from_slice(layout.warnings());
        if let Some(finding) = too_long(edition, job, pages) {
            if finding.severity == Severity::Error {
                return Err(vec![finding]);
            }
            warnings.push(finding);
        }
        for format in &job.formats {
            match format {
                Format::Pdf => {
                    let (bytes, faults) = layout.archived()?;
                    warnings.extend(faults);
                    add(*format, Some(pages), vec![bytes]);
                }
                Format::Png => {
                    let pictures = (1..=pages).filter_map(|page| layout.png(page, PICTURE_PPI));
                    add(*format, Some(pages), pictures.collect());
                }
                Format::PdfData | Format::Docx | Format::Html | Format::Epub => {}
            }
        }
        pages_of_headings = heading_pages(&layout);
    }
    if job.formats.contains(&Format::PdfData) {
        let layout = pdf::layout_with(&document, theme, &enclosed::data(project, &document))?;
        if !paged {
            warnings.extend_from_slice(layout.warnings());
        }
        add(Format::PdfData, Some(layout.pages()), vec![layout.pdf()?]);
    }
    if job.formats.contains(&Format::Docx) {
        let extras = docx::Extras {
            heading_pages: pages_of_headings,
            drawings: drawings(&document, theme)?,
        };
        add(Format::Docx, None, vec![docx::docx(&document, &theme.tokens, &extras)?]);
    }
    let for_screen = |format: &&Format| matches!(format, Format::Html | Format::Epub);
    if job.formats.iter().any(|format| for_screen(&format)) {
        let extras = page_extras(project, edition, theme, &document)?;
        for format in job.formats.iter().filter(for_screen) {
            let file = match format {
                Format::Epub => html::epub(&document, &theme.tokens, &extras)?,
                _ => html::html(&document, &theme.tokens, &extras)?.into_bytes(),
            };
            add(*format, None, vec![file]);
        }
    }
    drawn.sort_by_key(|part| part.format);
    Ok((drawn, warnings))
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
    edition: &Edition,
    theme: &pdf::ThemeInput,
    document: &Document,
) -> Result<html::Extras, Vec<Finding>> {
    let found: Vec<_> = drawings_of(&document.blocks).into_iter().map(|d| &d.drawing).collect();
    Ok(html::Extras {
        drawings: pdf::drawing_svgs(&found, theme)?,
        provenance: edition.numbers == Numbers::Standard,
        origins: enclosed::origins(project, &document.blocks),
        sorting: edition.numbers == Numbers::Standard,
        datasets: enclosed::datasets(project, &document.blocks),
        reading_help: edition.numbers != Numbers::Standard,
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

//! Lays a Document out as pages, and writes the pages as PDF or pictures.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};

use typst::diag::{SourceDiagnostic, Warned};
use typst::foundations::{Bytes, NativeElement, Smart};
use typst::introspection::Introspector;
use typst::model::HeadingElem;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use typst_render::RenderOptions;

use crate::diag::{Finding, rules};
use crate::document::{Document, DrawingKind, Joined, Meta};
use crate::write::{DrawnPicture, DrawnSvg};

use super::attached::{self, Attachment};
use super::crew::Crew;
use super::theme::ThemeInput;
use super::world::{self, Paper};
use super::{data, faults, glyphs, picture, svg};

/// A document laid out as pages.
pub struct Layout {
    crew: Crew,
    document: PagedDocument,
    world: Arc<Paper>,
    meta: Meta,
    warnings: Vec<Finding>,
    /// Which part of PDF/A it claims: part 3 where files are attached.
    archive: PdfStandard,
}

/// Lays `document` out with `theme`.
///
/// A layout that takes longer than the theme's time limit ends with a finding. Typst cannot be
/// interrupted, so its thread is left to itself; the caller is expected to end the process soon.
pub fn layout(document: &Document, theme: &ThemeInput) -> Result<Layout, Vec<Finding>> {
    layout_with(document, theme, &[])
}

/// Lays `document` out likewise, with `attachments` in the file: PDF/A-3 allows them, PDF/A-2 does not.
pub fn layout_with(
    document: &Document,
    theme: &ThemeInput,
    attachments: &[Attachment],
) -> Result<Layout, Vec<Finding>> {
    let missing = glyphs::missing(document, theme);
    if !missing.is_empty() {
        return Err(missing);
    }
    let mut files = data::files(document, "").map_err(not_data)?;
    files.extend(attached::files(attachments).map_err(not_data)?);
    let (main, archive) = match attachments {
        [] => (MAIN, PdfStandard::A_2a),
        _ => (attached::MAIN, PdfStandard::A_3a),
    };
    let Compiled { pages, world, warnings, crew } =
        compile(theme, main, files, &[], Some(document.meta.as_at))?;
    Ok(Layout { crew, document: pages, world, meta: document.meta.clone(), warnings, archive })
}

/// The theme's file that draws a document.
const MAIN: &str = "/theme/theme.typ";

/// Lays the papers of a meeting out as one file, each with its own theme: `themes` are those of
/// `joined.papers`, and `theme` is that of cover and agenda.
pub fn layout_joined(
    joined: &Joined,
    theme: &ThemeInput,
    themes: &[&ThemeInput],
) -> Result<Layout, Vec<Finding>> {
    let mut findings = glyphs::missing(&joined.front(), theme);
    for (paper, theme) in joined.papers.iter().zip(themes) {
        findings.extend(glyphs::missing(&paper.document, theme));
    }
    if !findings.is_empty() {
        return Err(findings);
    }
    let pack = serde_json::to_vec(joined).map_err(not_data)?;
    let mut files = vec![
        ("/pack.json".to_owned(), Bytes::new(pack)),
        ("/assets.json".to_owned(), Bytes::from_string("{}")),
        ("/headings.json".to_owned(), Bytes::from_string("[]")),
    ];
    let mut papers = Vec::new();
    for (index, (paper, theme)) in joined.papers.iter().zip(themes).enumerate() {
        let folder = format!("/papers/{index}");
        files.extend(data::files(&paper.document, &folder).map_err(not_data)?);
        papers.push((folder, *theme));
    }
    let today = Some(joined.meta.as_at);
    let Compiled { pages, world, warnings, crew } =
        compile(theme, "/theme/pack.typ", files, &papers, today)?;
    let archive = PdfStandard::A_2a;
    Ok(Layout { crew, document: pages, world, meta: joined.meta.clone(), warnings, archive })
}

impl Layout {
    /// The file: tagged PDF/UA-1 and PDF/A-2a, the same bytes for the same document and theme.
    /// PDF/A-3a where files are attached.
    pub fn pdf(&self) -> Result<Vec<u8>, Vec<Finding>> {
        self.archived().map(|(bytes, _)| bytes)
    }

    /// The file likewise, with what kept it from being fit for archives. Then it claims PDF/UA-1
    /// alone: what readers need comes first. Files that are attached need PDF/A-3a.
    pub fn archived(&self) -> Result<(Vec<u8>, Vec<Finding>), Vec<Finding>> {
        let faults = match self.written(&[PdfStandard::Ua_1, self.archive]) {
            Ok(bytes) => return Ok((bytes, Vec::new())),
            Err(faults) if self.archive == PdfStandard::A_3a => return Err(faults),
            Err(faults) => faults,
        };
        // What is wrong with both is the theme's fault, and is said as that.
        let bytes = self.written(&[PdfStandard::Ua_1])?;
        let rule = &rules::THEME_ARCHIVE;
        let reasons = faults.into_iter().map(|fault| {
            let message = format!("the PDF is not fit for archives: {}", fault.message);
            Finding { rule, severity: rule.severity, message, ..fault }
        });
        Ok((bytes, reasons.collect()))
    }

    fn written(&self, standards: &[PdfStandard]) -> Result<Vec<u8>, Vec<Finding>> {
        let standards = PdfStandards::new(standards)
            .map_err(|error| vec![Finding::new(&rules::THEME_FAULT, error.message().as_str())])?;
        let options = PdfOptions {
            ident: Smart::Custom(format!("annexe/{}/{}", self.meta.name, self.meta.edition)),
            creator: Smart::Custom(Some(format!("Annexe {}", env!("CARGO_PKG_VERSION")))),
            timestamp: world::date(self.meta.as_at).and_then(at_midnight).map(Timestamp::new_utc),
            page_ranges: None,
            standards,
            tagged: true,
            pretty: false,
        };
        self.crew
            .install(|| typst_pdf::pdf(&self.document, &options))
            .map_err(|faults| self.findings(&faults))
    }

    /// How many pages there are.
    pub fn pages(&self) -> usize {
        self.document.pages().len()
    }

    /// The page each heading stands on, as printed, by the heading's anchor.
    pub fn heading_pages(&self) -> BTreeMap<String, u64> {
        let introspector = self.document.introspector();
        let headings = introspector.query(&HeadingElem::ELEM.select());
        headings
            .iter()
            .filter_map(|heading| {
                let anchor = heading.label()?.resolve().to_string();
                let place = introspector.position(heading.location()?)?;
                let page = self.document.pages().get(place.page.get().checked_sub(1)?)?;
                Some((anchor, page.number))
            })
            .collect()
    }

    /// What the theme should put right but which did not stop it.
    pub fn warnings(&self) -> &[Finding] {
        &self.warnings
    }

    /// A picture of one page (from 1), at `ppi` pixels an inch; `None` when there is no such page.
    pub fn png(&self, page: usize, ppi: f64) -> Option<Vec<u8>> {
        let page = self.document.pages().get(page.checked_sub(1)?)?;
        render(page, ppi / 72.0)
    }

    fn findings(&self, faults: &[SourceDiagnostic]) -> Vec<Finding> {
        faults.iter().map(|fault| faults::finding(&self.world, fault)).collect()
    }
}

/// Draws each of `drawings` as `theme` does in the PDF, cropped tightly, at `pixels` a point.
///
/// They are laid out in one go, a page each: starting Typst for each would take longer than drawing.
pub fn drawing_pngs(
    drawings: &[&DrawingKind],
    theme: &ThemeInput,
    pixels: f64,
) -> Result<Vec<DrawnPicture>, Vec<Finding>> {
    let Some(laid) = drawing_pages(drawings, theme)? else { return Ok(Vec::new()) };
    let pictures = laid.pages().iter().map(|page| {
        let size = page.frame.size();
        let png = picture::small_png(page, pixels)?;
        Some(DrawnPicture { png, width: size.x.to_pt(), height: size.y.to_pt() })
    });
    let pictures: Option<Vec<DrawnPicture>> = pictures.collect();
    pictures.ok_or_else(|| drawing_fault(theme, "the theme drew nothing"))
}

/// Draws each of `drawings` likewise, as SVG whose words are text.
pub fn drawing_svgs(
    drawings: &[&DrawingKind],
    theme: &ThemeInput,
) -> Result<Vec<DrawnSvg>, Vec<Finding>> {
    let laid = drawing_pages(drawings, theme)?;
    Ok(laid.iter().flat_map(|laid| laid.pages()).map(svg::svg).collect())
}

/// The drawings laid out, a page each; none when there are none.
fn drawing_pages(
    drawings: &[&DrawingKind],
    theme: &ThemeInput,
) -> Result<Option<PagedDocument>, Vec<Finding>> {
    if drawings.is_empty() {
        return Ok(None);
    }
    let data = serde_json::to_vec(drawings).map_err(not_data)?;
    let files = vec![
        ("/drawings.json".to_owned(), Bytes::new(data)),
        ("/assets.json".to_owned(), Bytes::from_string("{}")),
    ];
    let Compiled { pages, .. } = compile(theme, "/theme/drawing.typ", files, &[], None)?;
    if pages.pages().len() != drawings.len() {
        let message = "the theme does not draw each drawing on a page of its own";
        return Err(drawing_fault(theme, message));
    }
    Ok(Some(pages))
}

fn drawing_fault(theme: &ThemeInput, message: &str) -> Vec<Finding> {
    let fault = Finding::new(&rules::THEME_FAULT, message);
    vec![fault.in_file(theme.folder().join("drawing.typ"))]
}

/// Lets go of what Typst remembers from layouts, so that memory does not grow with the number of
/// documents: all that was not used since the last `calls` calls. It never changes what is made;
/// whoever is at work meanwhile may have to work something out again when `calls` is small.
pub fn forget(calls: usize) {
    comemo::evict(calls);
}

fn render(page: &typst_layout::Page, pixels: f64) -> Option<Vec<u8>> {
    let options = RenderOptions { pixel_per_pt: pixels.into(), render_bleed: false };
    typst_render::render(page, &options).encode_png().ok()
}

fn at_midnight(day: typst::foundations::Datetime) -> Option<typst::foundations::Datetime> {
    typst::foundations::Datetime::from_ymd_hms(day.year()?, day.month()?, day.day()?, 0, 0, 0)
}

fn not_data(error: serde_json::Error) -> Vec<Finding> {
    let fault = Finding::new(&rules::THEME_FAULT, "the document cannot be handed to the theme");
    vec![fault.note(error.to_string())]
}

/// What came of a compile.
struct Compiled {
    pages: PagedDocument,
    world: Arc<Paper>,
    warnings: Vec<Finding>,
    crew: Crew,
}

/// Compiles the theme's file `main` with `data` at hand, within the theme's time limit. Each of
/// `papers` is a folder of its own, with the theme that draws what stands in it.
fn compile(
    theme: &ThemeInput,
    main: &str,
    mut data: Vec<(String, Bytes)>,
    papers: &[(String, &ThemeInput)],
    today: Option<chrono::NaiveDate>,
) -> Result<Compiled, Vec<Finding>> {
    let whole = (String::new(), theme);
    for (folder, theme) in std::iter::once(&whole).chain(papers) {
        let tokens = serde_json::to_vec(&theme.tokens).map_err(not_data)?;
        data.push((format!("{folder}/theme.json"), Bytes::new(tokens)));
    }
    let fault =
        |message: String| vec![Finding::new(&rules::THEME_FAULT, message).in_file(theme.folder())];
    let world = Paper::new(theme, main, data, today).and_then(|mut world| {
        papers.iter().try_for_each(|(folder, theme)| world.mount(theme, folder))?;
        Some(world)
    });
    let world = world.ok_or_else(|| fault("the theme's paths cannot be read".to_owned()))?;
    let world = Arc::new(world);

    let (send, receive) = sync_channel(1);
    let inside = Arc::clone(&world);
    let crew =
        Crew::hire().map_err(|error| fault(format!("no thread to lay out with: {error}")))?;
    crew.spawn(move || {
        let compile = || typst::compile::<PagedDocument>(&*inside);
        // A panic would end the process here; let the sender go instead, and the receiver knows.
        if let Ok(compiled) = catch_unwind(AssertUnwindSafe(compile)) {
            // Nobody listens any more once the time limit has passed.
            let _ = send.send(compiled);
        }
    });

    let Warned { output, warnings } = match receive.recv_timeout(theme.time_limit) {
        Ok(compiled) => compiled,
        Err(RecvTimeoutError::Timeout) => {
            crew.abandon();
            let seconds = theme.time_limit.as_secs_f64();
            return Err(fault(format!("the layout was not done after {seconds} seconds")));
        }
        Err(RecvTimeoutError::Disconnected) => {
            return Err(fault("the layout broke off inside Typst".to_owned()));
        }
    };
    let of = |list: &mut dyn Iterator<Item = &SourceDiagnostic>| -> Vec<Finding> {
        list.map(|diagnostic| faults::finding(&world, diagnostic)).collect()
    };
    let fonts = of(&mut warnings.iter().filter(|w| faults::is_unknown_font(w)));
    match output {
        Err(errors) => {
            let mut findings = of(&mut errors.iter());
            findings.extend(fonts);
            Err(findings)
        }
        Ok(_) if !fonts.is_empty() => Err(fonts),
        Ok(pages) => {
            let warnings = of(&mut warnings.iter());
            Ok(Compiled { pages, world, warnings, crew })
        }
    }
}

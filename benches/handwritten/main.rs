//! What the theme costs over a Typst file that somebody wrote by hand to draw the same pages.
//!
//! Each document is written out as literal Typst, as a careful author would type it for an
//! accessible PDF: words as markup, set rules and a few short functions at the top, tables as
//! `table(…)` calls with their widths, header cells, summaries and rules, and rows held together
//! where the pages hold them together. Nothing in it is read from data and nothing is computed.
//! Both are laid out and exported in this process as PDF/UA-1, with Typst's memory emptied
//! before each run, and timed in CPU seconds (Linux only).
//!
//! The comparison is void unless the two make the same pages: as many, with the same words on
//! the same lines. The bench looks, and says so when they differ: then the look of the theme has
//! changed and `typst.rs` has to follow. Documents with drawings, steps or pictures are passed
//! over: a hand would draw those with the same functions.
//!
//! `cargo bench --bench handwritten wsoa-appendix` compares one document.
//! `ANNEXE_HAND=DIR` leaves each hand-written file, both PDFs' bytes and nothing else in DIR.

mod inline;
#[path = "../../tests/support/pdf_text.rs"]
#[allow(dead_code)]
mod pdf_text;
mod table;
mod typst;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use annexe::assemble::{Options, assemble};
use annexe::document::{Block, BlockKind, Document, walk};
use annexe::write::pdf::{ThemeFile, ThemeInput, layout, standard_theme};

const RUNS: usize = 7;

fn main() {
    let (project, _) = annexe::load::load(Path::new(env!("CARGO_MANIFEST_DIR")));
    let project = project.expect("this project loads");
    let theme = standard_theme().expect("the shipped theme");
    let folder = std::env::var_os("ANNEXE_HAND").map(PathBuf::from);
    // cargo adds a flag of its own; the rest are names of documents.
    let named: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    println!("{:<19}{:>7}{:>10}{:>10}  ratio", "document", "pages", "theme s", "hand s");
    for template in project.templates.values() {
        if !named.is_empty() && !named.contains(&template.name) {
            continue;
        }
        let options = Options {
            edition: template.editions[0].clone(),
            as_at: project.day_of(template, None),
            parameters: template
                .parameters
                .iter()
                .filter_map(|p| Some((p.name.value.clone(), p.default.clone()?)))
                .collect(),
        };
        let document = assemble(&project, template, &options).document;
        if is_drawn(&document.blocks) {
            println!("{:<19} passed over: it has drawings", template.name);
            continue;
        }
        let source = typst::source(&document, &project.theme.tokens);
        if let Some(folder) = &folder {
            std::fs::write(folder.join(format!("{}.typ", template.name)), &source)
                .expect("a folder to write to");
        }
        let file = ThemeFile { bytes: source.into_bytes().into(), source: None };
        let files = BTreeMap::from([("theme.typ".to_string(), file)]);
        let hand = ThemeInput::new("hand", project.theme.tokens.clone(), files, BTreeMap::new())
            .expect("a theme of one file");
        let ours = timed(&document, &theme);
        let theirs = timed(&document, &hand);
        if let Some(folder) = &folder {
            for (name, run) in [("theme", &ours), ("hand", &theirs)] {
                let path = folder.join(format!("{}.{name}.pdf", template.name));
                std::fs::write(path, &run.pdf).expect("a folder to write to");
            }
        }
        let ratio = match difference(&ours.pdf, &theirs.pdf) {
            None => format!("{:.2}", ours.seconds / theirs.seconds),
            Some(difference) => format!("void: {difference}"),
        };
        println!(
            "{:<19}{:>7}{:>10.2}{:>10.2}  {ratio}",
            template.name, ours.pages, ours.seconds, theirs.seconds
        );
    }
}

/// Whether a document shows what only the theme's functions draw.
fn is_drawn(blocks: &[Block]) -> bool {
    let mut found = false;
    walk(blocks, &mut |block| {
        found |= matches!(
            block.kind,
            BlockKind::Drawing(_)
                | BlockKind::Tiles(_)
                | BlockKind::Image(_)
                | BlockKind::PictureRow(_)
                | BlockKind::Steps(_)
        );
    });
    found
}

/// Where the two files have other pages: both must have as many, with the same lines on each.
fn difference(ours: &[u8], theirs: &[u8]) -> Option<String> {
    let (ours, theirs) = (words_by_page(ours), words_by_page(theirs));
    if ours.len() != theirs.len() {
        return Some(format!("{} pages by theme, {} by hand", ours.len(), theirs.len()));
    }
    let both = || ours.iter().zip(&theirs).enumerate();
    both().find_map(|(index, (ours, theirs))| {
        let (height, line) = missing(ours, theirs).or(missing(theirs, ours))?;
        Some(format!("page {} at {height} points: {line}", index + 1))
    })
}

/// The first line of `here` that `there` does not have at the same height, or a point above or
/// below.
fn missing<'l>(here: &'l Lines, there: &Lines) -> Option<(&'l i64, &'l String)> {
    here.iter().find(|(height, line)| {
        !there.range(*height - 1..=*height + 1).any(|(_, other)| other == *line)
    })
}

/// How high the base line of each line is, in points, and its letters.
type Lines = BTreeMap<i64, String>;

/// What stands on the lines of each page.
fn words_by_page(pdf: &[u8]) -> Vec<Lines> {
    let mut runs = pdf_text::Pdf::read(pdf).runs;
    runs.sort_by(|a, b| (a.page, a.x).partial_cmp(&(b.page, b.x)).expect("places are numbers"));
    let mut pages = Vec::new();
    for run in runs {
        pages.resize(pages.len().max(run.page as usize), Lines::new());
        let line: &mut String =
            pages[run.page as usize - 1].entry(run.y.round() as i64).or_default();
        line.extend(run.text.chars().filter(|letter| !letter.is_whitespace()));
    }
    pages
}

/// The best of several runs.
struct Run {
    pages: usize,
    seconds: f64,
    pdf: Vec<u8>,
}

fn timed(document: &Document, theme: &ThemeInput) -> Run {
    let mut best = Run { pages: 0, seconds: f64::MAX, pdf: Vec::new() };
    for _ in 0..RUNS {
        comemo::evict(0);
        let before = cpu();
        let laid = layout(document, theme).unwrap_or_else(|faults| panic!("{faults:#?}"));
        let pdf = laid.pdf().unwrap_or_else(|faults| panic!("{faults:#?}"));
        let seconds = cpu() - before;
        if seconds < best.seconds {
            best = Run { pages: laid.pages(), seconds, pdf };
        }
    }
    best
}

/// CPU seconds of this process so far, from /proc: user and system, in hundredths.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux");
    let fields: Vec<&str> =
        stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |n: usize| fields.get(n).and_then(|f| f.parse::<f64>().ok()).unwrap_or_default();
    (ticks(11) + ticks(12)) / 100.0
}

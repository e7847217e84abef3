//! Writes a Document as one web page that stands by itself: styles, pictures and drawings inside it,
//! nothing to fetch, no script needed to read.
//!
//! The markup is well formed as HTML and as XML, so that the same writer serves e-books. Looks come
//! from the theme's tokens as CSS custom properties (`style`) and one style sheet, `page.css`; no
//! element has a style of its own, so that the page's Content-Security-Policy can name the style
//! sheet by its hash and forbid all else. What the writer adds to the document's words (links past
//! the contents, headings of notes, where a figure is from) carries `data-added`.

mod blocks;
mod boxes;
mod drawings;
mod epub;
mod figures;
mod head;
mod ids;
mod inlines;
mod markup;
mod night;
pub mod site;
mod style;
mod tables;

use std::collections::BTreeMap;

use crate::diag::{Finding, rules};
use crate::document::{Block, BlockKind, Cover, Document, Heading, Inline, walk};
use crate::source::Span;
use crate::theme::Tokens;
use crate::write::DrawnSvg;

use ids::Ids;
use markup::Markup;

pub use blocks::all_headings;
pub use epub::epub;
pub use head::{Alternate, DatasetNote, Policy};
pub(crate) use markup::escape;
pub use style::style_sheet;

/// Bigger words and reading aloud, as enhancement: without scripts the page is whole.
const READING: &str = include_str!("reading.js");
/// Tables that readers can sort, likewise.
const SORTING: &str = include_str!("sorting.js");

/// What a page needs beside the document.
#[derive(Debug, Clone, Default)]
pub struct Extras {
    /// The drawings, in document order, as [`drawings`](crate::document::drawings) finds them.
    pub drawings: Vec<DrawnSvg>,
    /// Whether figures say, when asked, where they are from.
    pub provenance: bool,
    /// Where the cells are that figures were made of: "content/data/waits.csv, line 4".
    pub origins: BTreeMap<Span, String>,
    /// Whether readers get buttons that make words bigger and have them read out, where they have scripts.
    pub reading_help: bool,
    /// Whether the page is the text of an e-book, which has a package around it.
    pub book: bool,
    /// Whether readers can sort tables, where they have scripts.
    pub sorting: bool,
    /// The page's address for good, where it is published.
    pub canonical: Option<String>,
    /// The datasets that figures of the document are from.
    pub datasets: Vec<DatasetNote>,
    /// Other files of the same document: editions and formats.
    pub alternates: Vec<Alternate>,
    /// Markup of the site around the page.
    pub site: Option<Frame>,
    /// Where anchors are that stand on other pages of the same document.
    pub elsewhere: BTreeMap<String, String>,
    /// The headings that contents list; the page's own when absent.
    pub outline: Option<Vec<Heading>>,
}

/// What a site puts around a document's page. All of it is markup.
#[derive(Debug, Clone, Default)]
pub struct Frame {
    /// Over the page: where the reader is.
    pub before: String,
    /// Under it: previous and next, downloads.
    pub after: String,
}

/// The id of each anchor in a page of `blocks`.
pub fn places(blocks: &[Block]) -> BTreeMap<String, String> {
    Ids::of(blocks).into_map()
}

/// `document` as a page of HTML. The same document, tokens and extras give the same bytes.
pub fn html(document: &Document, tokens: &Tokens, extras: &Extras) -> Result<String, Vec<Finding>> {
    let mut writer = Writer::new(document, extras);
    let mut css = style_sheet(tokens);
    css.push_str(&night::rules(&extras.drawings));
    css.push_str(&style::running_title(&document.meta));
    writer.page(&css);
    if writer.findings.is_empty() { Ok(writer.out.finish()) } else { Err(writer.findings) }
}

/// What the parts of one page share while they are written.
struct Writer<'d> {
    document: &'d Document,
    extras: &'d Extras,
    out: Markup,
    ids: Ids,
    /// The level that headings of level 1 have in the page: 1 where the only one is the title.
    top: u8,
    /// Drawings written so far.
    drawn: usize,
    /// Tables written so far.
    tables: usize,
    /// Figures that can be asked, so far.
    asked: usize,
    /// Footnotes met so far.
    notes: Vec<&'d [Inline]>,
    /// How often each label of a region has been used.
    regions: BTreeMap<String, usize>,
    /// Pictures as data, by the asset's name.
    pictures: BTreeMap<&'d str, String>,
    /// Inside a link or a heading, where nothing else can be pressed.
    sealed: bool,
    /// Where the block being written came from.
    span: Option<Span>,
    findings: Vec<Finding>,
}

impl<'d> Writer<'d> {
    fn new(document: &'d Document, extras: &'d Extras) -> Self {
        Writer {
            document,
            extras,
            out: Markup::default(),
            ids: Ids::of(&document.blocks),
            top: top(&document.blocks),
            drawn: 0,
            tables: 0,
            asked: 0,
            notes: Vec::new(),
            regions: BTreeMap::new(),
            pictures: BTreeMap::new(),
            sealed: false,
            span: None,
            findings: Vec::new(),
        }
    }

    fn page(&mut self, css: &str) {
        let meta = &self.document.meta;
        if self.extras.book {
            self.out.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        }
        self.out.raw("<!DOCTYPE html>\n");
        self.out.open(
            "html",
            &[
                ("xmlns", Some("http://www.w3.org/1999/xhtml")),
                ("lang", Some(&meta.language)),
                ("xml:lang", Some(&meta.language)),
            ],
        );
        self.out.line();
        let sorting = self.extras.sorting && tables::any_sortable(&self.document.blocks);
        let script: String = [(self.extras.reading_help, READING), (sorting, SORTING)]
            .into_iter()
            .filter_map(|(wanted, script)| wanted.then_some(script))
            .collect();
        let script = Some(script.as_str()).filter(|script| !script.is_empty());
        head::head(&mut self.out, self.document, css, self.extras, script);
        let edition = format!("form-{}", form_class(self.document));
        self.out.open("body", &[("class", Some(&edition))]);
        self.out.line();
        if !self.extras.book {
            let skip = [("class", Some("skip")), ("href", Some("#main")), ("data-added", Some(""))];
            self.out.element("a", &skip, "Skip to the main text");
        }
        self.out.line();
        if let Some(site) = &self.extras.site {
            self.out.raw(&site.before);
        }
        self.body();
        if let Some(site) = &self.extras.site {
            self.out.raw(&site.after);
        }
        self.out.open("footer", &[("class", Some("foot")), ("data-added", Some(""))]);
        self.out.element("p", &[], &meta.running_foot);
        self.out.element("p", &[], &meta.author);
        self.out.close("footer");
        if let Some(script) = script {
            self.out.open("script", &[]);
            self.out.raw(script);
            self.out.close("script");
        }
        self.out.raw("</body>\n</html>\n");
    }

    /// The document's blocks: its front page as the page's head, the rest as its main part, with the
    /// contents beside it where there is room.
    fn body(&mut self) {
        let blocks: &'d [Block] = &self.document.blocks;
        let main = [("id", Some("main")), ("tabindex", Some("-1"))];
        let rest = match blocks.split_first() {
            Some((Block { kind: BlockKind::Cover(cover), span }, rest)) => {
                self.span = *span;
                self.cover(cover, "header");
                rest
            }
            _ => {
                if self.top > 1 {
                    let class = [("class", Some("cover plain")), ("data-added", Some(""))];
                    self.out.open("header", &class);
                    self.out.element("h1", &[], &self.document.meta.title);
                    self.out.close("header");
                }
                blocks
            }
        };
        let is_contents = |block: &Block| matches!(block.kind, BlockKind::Contents(_));
        let at = rest.iter().position(is_contents).filter(|at| *at <= 2);
        let (before, beside) = rest.split_at(at.unwrap_or(0));
        self.out.open("main", &main);
        self.out.line();
        self.blocks(before);
        match beside.split_first().filter(|_| at.is_some()) {
            Some((contents, text)) => {
                self.out.open("div", &[("class", Some("beside"))]);
                self.block(contents);
                self.out.open("div", &[("class", Some("text"))]);
                self.blocks(text);
                self.endnotes();
                self.out.raw("</div></div>\n");
            }
            None => {
                self.out.open("div", &[("class", Some("text"))]);
                self.blocks(beside);
                self.endnotes();
                self.out.raw("</div>\n");
            }
        }
        self.out.close("main");
        self.out.line();
    }

    /// The document's front page.
    fn cover(&mut self, cover: &'d Cover, element: &str) {
        self.out.open(element, &[("class", Some("cover"))]);
        self.out.open("div", &[("class", Some("cover-words"))]);
        self.out.element("p", &[("class", Some("cover-area"))], &cover.area);
        if let Some(label) = &cover.label {
            self.out.element("p", &[("class", Some("cover-label"))], label);
        }
        self.out.element("h1", &[], &cover.title);
        if let Some(subtitle) = &cover.subtitle {
            self.out.element("p", &[("class", Some("cover-subtitle"))], subtitle);
        }
        for (class, lines) in [("cover-lines", &cover.lines), ("cover-partners", &cover.partners)] {
            if lines.is_empty() {
                continue;
            }
            self.out.open("ul", &[("class", Some(class))]);
            for line in lines {
                self.out.element("li", &[], line);
            }
            self.out.close("ul");
        }
        self.out.close("div");
        if let Some(image) = &cover.picture {
            self.picture(image);
        }
        self.out.close(element);
        self.out.line();
    }

    /// Reports that something cannot be shown.
    fn unshown(&mut self, what: &str, reason: &str) {
        let message = format!("In the web page, {what}");
        let finding = Finding::new(&rules::WRITE_UNSHOWN, message)
            .note(reason)
            .of_document(&self.document.meta.name);
        self.findings.push(match self.span {
            Some(span) => finding.at(span),
            None => finding,
        });
    }
}

fn form_class(document: &Document) -> &'static str {
    match document.meta.form {
        crate::document::Form::Report => "report",
        crate::document::Form::Paper => "paper",
        crate::document::Form::Slides => "slides",
    }
}

/// Where there is a front page, its title is the page's only heading of level 1, and where there is
/// none, the document's first, if no other is as high.
fn top(blocks: &[Block]) -> u8 {
    let mut levels = Vec::new();
    let mut has_cover = false;
    walk(blocks, &mut |block| match &block.kind {
        BlockKind::Cover(_) => has_cover = true,
        BlockKind::Heading(heading) => levels.push(heading.level),
        _ => {}
    });
    let is_title =
        levels.first() == Some(&1) && levels.iter().filter(|level| **level == 1).count() == 1;
    if is_title && !has_cover { 1 } else { 2 }
}

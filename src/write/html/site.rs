//! A small website: the pages around the documents' pages. Start, search, registers of figures.
//!
//! It needs no server: links are relative, and search is a script with its index beside it, for
//! those who have scripts.

use serde::{Deserialize, Serialize};

use super::head::{DatasetNote, Policy, json_script};
use super::markup::{Markup, fit};

/// One page of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SitePage {
    /// Its file's name.
    pub name: String,
    /// Its markup.
    pub markup: String,
}

/// What all pages of a site share.
#[derive(Debug, Clone)]
pub struct Site {
    /// Its title: whose documents these are.
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// The language of its own words.
    pub language: String,
    /// The style sheet.
    pub css: String,
    /// Where it is published, with a slash at the end.
    pub address: Option<String>,
}

/// A document on the start page.
#[derive(Debug, Clone, Default)]
pub struct Card {
    /// Its title.
    pub title: String,
    /// What it is about.
    pub subject: String,
    /// Its editions: what each is called, its page, and files to take away.
    pub editions: Vec<CardEdition>,
    /// The page of its figures, if it has any.
    pub register: Option<String>,
    /// The page of what changed, if it is told, and what the link says.
    pub changed: Option<(String, String)>,
}

/// An edition of a document on the start page.
#[derive(Debug, Clone, Default)]
pub struct CardEdition {
    /// "Easy read".
    pub title: String,
    /// Its first page.
    pub page: String,
    /// Files: what kind, how large, and where.
    pub downloads: Vec<(String, String, String)>,
}

/// What can be found: a section of a document.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Found {
    /// Where it is.
    pub to: String,
    /// The document and the edition.
    pub of: String,
    /// Its heading.
    pub heading: String,
    /// Its words, small, each once.
    pub words: String,
}

/// A link that leads on: to the page before or after.
pub type Step<'a> = Option<(&'a str, &'a str)>;

const SEARCH: &str = include_str!("search.js");

/// The start page's file.
const START: &str = "index.html";
/// The search page's file.
const SEARCH_PAGE: &str = "search.html";
/// The file of the accessibility statement.
pub const STATEMENT: &str = "accessibility.html";

/// What a page of the site itself is.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// Its file's name.
    pub name: &'a str,
    /// Its title.
    pub title: &'a str,
    /// The only script that it runs.
    pub script: Option<&'a str>,
    /// The datasets it lists, for catalogues.
    pub datasets: &'a [DatasetNote],
}

impl<'a> About<'a> {
    /// A page without scripts and datasets.
    pub fn new(name: &'a str, title: &'a str) -> Self {
        About { name, title, script: None, datasets: &[] }
    }
}

/// A piece of a page of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A heading below the title.
    Heading(String),
    /// A paragraph.
    Paragraph(String),
    /// A paragraph of words taken out and put in.
    Changed(Vec<Mark>),
    /// A list.
    List(Vec<String>),
    /// A link by itself.
    Link {
        /// What it says.
        words: String,
        /// Where it leads: `https:`, `mailto:` or `tel:`.
        to: String,
    },
    /// A table with a title.
    Table {
        /// Its title.
        title: String,
        /// What the columns hold.
        head: Vec<String>,
        /// The rows.
        rows: Vec<Vec<String>>,
    },
}

impl Site {
    /// The start page.
    pub fn start(&self, cards: &[Card]) -> SitePage {
        let mut out = Markup::default();
        self.begin(&mut out, &About { script: None, ..About::new(START, &self.title) });
        out.open("ul", &[("class", Some("cards"))]);
        for card in cards {
            out.open("li", &[]);
            let first = card.editions.first().map(|edition| edition.page.as_str());
            out.open("h2", &[]);
            out.element("a", &[("href", first)], &card.title);
            out.close("h2");
            out.element("p", &[], &card.subject);
            out.open("ul", &[("class", Some("editions"))]);
            for edition in &card.editions {
                out.open("li", &[]);
                out.open("a", &[("href", Some(&edition.page))]);
                out.text(&edition.title);
                out.element("span", &[("class", Some("vh"))], &format!(": {}", card.title));
                out.close("a");
                for (kind, size, to) in &edition.downloads {
                    out.raw(" ");
                    out.open(
                        "a",
                        &[("href", Some(to)), ("class", Some("download")), ("download", Some(""))],
                    );
                    out.text(&format!("{kind}, {size}"));
                    let of = format!(" of {}, {}", card.title, edition.title);
                    out.element("span", &[("class", Some("vh"))], &of);
                    out.close("a");
                }
                out.close("li");
            }
            out.close("ul");
            let register = card.register.as_ref();
            let register = register.map(|to| (to, "Where its figures are from"));
            let changed = card.changed.as_ref().map(|(to, words)| (to, words.as_str()));
            for (to, words) in register.into_iter().chain(changed) {
                out.open("p", &[]);
                out.open("a", &[("href", Some(to))]);
                out.text(words);
                out.element("span", &[("class", Some("vh"))], &format!(": {}", card.title));
                out.raw("</a></p>");
            }
            out.raw("</li>\n");
        }
        out.close("ul");
        self.end(&mut out, None);
        SitePage { name: START.to_owned(), markup: out.finish() }
    }

    /// The search page, with its index inside it.
    pub fn search(&self, found: &[Found]) -> SitePage {
        let mut out = Markup::default();
        self.begin(&mut out, &About { script: Some(SEARCH), ..About::new(SEARCH_PAGE, "Search") });
        out.raw(
            "<noscript><p>Search needs scripts. Without them, use the contents of each document, \
             or your browser’s own search in a page.</p></noscript>\n\
             <form role=\"search\" hidden=\"hidden\" class=\"search\"><p><label for=\"q\">Words to look for</label></p>\
             <p><input id=\"q\" type=\"search\" autocomplete=\"off\"/></p></form>\n\
             <p id=\"count\" role=\"status\"></p><ol id=\"results\" class=\"results\"></ol>\n",
        );
        let index: Vec<[&str; 4]> = found
            .iter()
            .map(|it| [it.to.as_str(), it.of.as_str(), it.heading.as_str(), it.words.as_str()])
            .collect();
        let index = serde_json::json!(index).to_string();
        let index =
            fit(&index).replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026");
        out.raw("<script type=\"application/json\" id=\"index\">");
        out.raw(&index);
        out.raw("</script>\n");
        self.end(&mut out, Some(SEARCH));
        SitePage { name: SEARCH_PAGE.to_owned(), markup: out.finish() }
    }

    /// A table of rows under `head`, as a page of its own, with the datasets it is from.
    pub fn table(
        &self,
        about: &About<'_>,
        lead: &str,
        head: &[&str],
        rows: &[Vec<String>],
    ) -> SitePage {
        let mut out = Markup::default();
        let (name, title) = (about.name, about.title);
        self.begin(&mut out, about);
        out.element("p", &[("class", Some("lead"))], lead);
        table(&mut out, title, head, rows);
        self.end(&mut out, None);
        SitePage { name: name.to_owned(), markup: out.finish() }
    }

    /// A page of paragraphs, lists and tables under headings.
    pub fn text(&self, name: &str, title: &str, parts: &[Part]) -> SitePage {
        let mut out = Markup::default();
        self.begin(&mut out, &About::new(name, title));
        for part in parts {
            match part {
                Part::Heading(words) => out.element("h2", &[], words),
                Part::Paragraph(words) => out.element("p", &[], words),
                Part::Changed(marks) => changed(&mut out, marks),
                Part::List(items) => {
                    out.open("ul", &[]);
                    items.iter().for_each(|item| out.element("li", &[], item));
                    out.close("ul");
                }
                Part::Link { words, to } => {
                    out.open("p", &[]);
                    out.element("a", &[("href", Some(to))], words);
                    out.close("p");
                }
                Part::Table { title, head, rows } => table(&mut out, title, head, rows),
            }
            out.line();
        }
        self.end(&mut out, None);
        SitePage { name: name.to_owned(), markup: out.finish() }
    }

    /// The address for good of a page of this site.
    pub fn canonical(&self, name: &str) -> Option<String> {
        let name = if name == START { "" } else { name };
        self.address.as_ref().map(|address| format!("{address}{name}"))
    }

    fn begin(&self, out: &mut Markup, about: &About<'_>) {
        let About { name, title, script, datasets } = *about;
        let is_start = name == START;
        out.raw("<!DOCTYPE html>\n");
        let html = [
            ("xmlns", Some("http://www.w3.org/1999/xhtml")),
            ("lang", Some(self.language.as_str())),
            ("xml:lang", Some(self.language.as_str())),
        ];
        out.open("html", &html);
        out.raw("<head>\n<meta charset=\"utf-8\"/>\n");
        let policy = Policy::new(&self.css, script);
        let policy =
            [("http-equiv", Some("Content-Security-Policy")), ("content", Some(policy.as_str()))];
        out.empty("meta", &policy);
        out.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
        out.raw("<meta name=\"color-scheme\" content=\"light dark\"/>\n");
        let whole = if is_start { title.to_owned() } else { format!("{title} – {}", self.title) };
        out.element("title", &[], &whole);
        if let Some(canonical) = self.canonical(name) {
            out.empty("link", &[("rel", Some("canonical")), ("href", Some(&canonical))]);
        }
        if !datasets.is_empty() {
            let datasets: Vec<_> = datasets.iter().map(DatasetNote::json).collect();
            let about = serde_json::json!({ "@context": "https://schema.org", "@graph": datasets });
            json_script(out, &about);
        }
        out.raw("<style>");
        out.raw(&self.css);
        out.raw(
            "</style></head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the main text</a>\n",
        );
        if !is_start {
            out.raw(&self.navigation(&[]));
        }
        out.open("header", &[("class", Some("cover plain"))]);
        out.open("div", &[("class", Some("cover-words"))]);
        out.element("p", &[("class", Some("cover-area"))], &self.publisher);
        out.element("h1", &[], title);
        out.raw("</div></header>\n");
        if is_start {
            out.raw(&self.navigation(&[]));
        }
        out.raw("<main id=\"main\" tabindex=\"-1\"><div class=\"text\">\n");
    }

    fn end(&self, out: &mut Markup, script: Option<&str>) {
        out.raw("</div></main>\n<footer class=\"foot\">");
        out.element("p", &[], &self.publisher);
        out.raw("</footer>\n");
        if let Some(script) = script {
            out.raw("<script>");
            out.raw(script);
            out.raw("</script>\n");
        }
        out.raw("</body>\n</html>\n");
    }

    /// The bar over every page: all documents, search, and `more`: words and where they lead.
    pub fn navigation(&self, more: &[(String, String)]) -> String {
        let mut out = Markup::default();
        let nav =
            [("class", Some("site-nav")), ("aria-label", Some("Site")), ("data-added", Some(""))];
        out.open("nav", &nav);
        out.element("a", &[("href", Some(START))], "All documents");
        out.raw(" ");
        out.element("a", &[("href", Some(SEARCH_PAGE))], "Search");
        out.raw(" ");
        out.element("a", &[("href", Some(STATEMENT))], "Accessibility");
        for (words, to) in more {
            out.raw(" ");
            out.element("a", &[("href", Some(to))], words);
        }
        out.raw("</nav>\n");
        out.finish()
    }

    /// The links under a page of a document in parts.
    pub fn steps(&self, before: Step<'_>, after: Step<'_>) -> String {
        if before.is_none() && after.is_none() {
            return String::new();
        }
        let mut out = Markup::default();
        let nav =
            [("class", Some("site-foot")), ("aria-label", Some("Parts")), ("data-added", Some(""))];
        out.open("nav", &nav);
        for (rel, words, step) in [("prev", "Previous", before), ("next", "Next", after)] {
            let Some((title, to)) = step else { continue };
            out.open("a", &[("rel", Some(rel)), ("href", Some(to))]);
            out.element("span", &[("class", Some("step-word"))], words);
            out.raw(" ");
            out.element("span", &[], title);
            out.close("a");
        }
        out.raw("</nav>\n");
        out.finish()
    }
}

/// Words of a paragraph that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// Words that stayed.
    Same(String),
    /// Words that were taken out.
    Out(String),
    /// Words that were put in.
    In(String),
}

/// Words with what was taken out and put in marked, to the eye and to the ear.
fn changed(out: &mut Markup, marks: &[Mark]) {
    out.open("p", &[("class", Some("changed"))]);
    for (n, mark) in marks.iter().enumerate() {
        if n > 0 {
            out.raw(" ");
        }
        let (element, heard, words) = match mark {
            Mark::Same(words) => {
                out.text(words);
                continue;
            }
            Mark::Out(words) => ("del", "taken out: ", words),
            Mark::In(words) => ("ins", "put in: ", words),
        };
        out.open(element, &[]);
        out.element("span", &[("class", Some("vh"))], heard);
        out.text(words);
        out.close(element);
    }
    out.close("p");
}

/// A table that moves in a region of its own where it is wide.
fn table(out: &mut Markup, title: &str, head: &[impl AsRef<str>], rows: &[Vec<String>]) {
    let region = [
        ("class", Some("scroll")),
        ("role", Some("region")),
        ("aria-label", Some(title)),
        ("tabindex", Some("0")),
    ];
    out.open("div", &region);
    out.open("table", &[("class", Some("table plain many"))]);
    out.element("caption", &[], title);
    out.raw("<thead><tr>");
    for cell in head {
        out.element("th", &[("scope", Some("col"))], cell.as_ref());
    }
    out.raw("</tr></thead><tbody>\n");
    for row in rows {
        out.raw("<tr>");
        for (at, cell) in row.iter().enumerate() {
            let cell = if cell.is_empty() { "–" } else { cell };
            match at {
                0 => out.element("th", &[("scope", Some("row"))], cell),
                _ => out.element("td", &[], cell),
            }
        }
        out.raw("</tr>\n");
    }
    out.raw("</tbody></table></div>");
}

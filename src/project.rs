//! A project in memory: everything `load` found, and nothing worked out from it yet.

mod edition;
mod pack;
mod parameter;
mod picture;
mod website;
mod wording;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::document::{Asset, Form};
use crate::plan::{Dataset, Plan, PlanDate};
use crate::source::{At, FileId, Sources, Span};
use crate::theme::Tokens;

pub use edition::{Edition, FULL, Length, Numbers, RatingLook};
pub use pack::{Pack, PackItem, Paper};
pub use parameter::{Parameter, ParameterKind, ParameterValue, RecordKind, Refusal};
pub use picture::Picture;
pub use website::{WebCheck, Website};
pub use wording::{Agreed, AgreedFile, Bounds, HardWord, Limits, PairRules, Wording};

/// One local area's documents: its data, its narrative and its templates.
#[derive(Debug, Clone)]
pub struct Project {
    /// The project folder.
    pub root: PathBuf,
    /// Every text file that was read.
    pub sources: Sources,
    /// `content/project.toml`.
    pub settings: Settings,
    /// `content/plan/`.
    pub plan: Plan,
    /// `content/data/`, by name.
    pub datasets: BTreeMap<String, Arc<Dataset>>,
    /// `templates/*.md`, by name.
    pub templates: BTreeMap<String, Template>,
    /// `content/packs/*.toml`, by name.
    pub packs: BTreeMap<String, Pack>,
    /// Narrative files (`content/**/*.md`, but for the editors’ own `content/NOTES.md` and `content/style.md`), by path below `content/`.
    pub narrative: BTreeMap<String, FileId>,
    /// Pictures in `content/images/`, by file name. SVG is already cleaned.
    pub images: BTreeMap<String, Asset>,
    /// The picture library, `content/images/index.toml`, by id.
    pub pictures: BTreeMap<String, Picture>,
    /// The theme that editions start from.
    pub theme: Theme,
    /// The editions that documents may come in, by name; [`FULL`] is always there.
    pub editions: BTreeMap<String, Edition>,
    /// `content/acknowledged.toml`.
    pub acknowledged: Vec<Acknowledged>,
    /// Hard words with plainer ones, by their small letters.
    pub words: BTreeMap<String, HardWord>,
    /// Which state of sections their counterparts were agreed against, by `DOCUMENT.EDITION`.
    pub agreed: BTreeMap<String, AgreedFile>,
}

/// `content/project.toml`.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The day documents speak for unless the command line says otherwise.
    pub as_at: NaiveDate,
    /// The day before which there was no plan, and no document can speak.
    pub first_day: Option<At<NaiveDate>>,
    /// A language tag: `en-GB`.
    pub language: String,
    /// The body that publishes, for file properties.
    pub author: String,
    /// The local area's name.
    pub area: String,
    /// Names of the partners.
    pub partners: Vec<String>,
    /// `[inspection]`, by key.
    pub inspection: BTreeMap<String, At<Fact>>,
    /// `[facts]`, by key.
    pub facts: BTreeMap<String, At<Fact>>,
    /// `[quotes]`: the kinds of people who are quoted; any when there are none.
    pub quotes: Vec<String>,
    /// `[contact]`: how readers can say what they think.
    pub contact: Option<Contact>,
    /// `[website]`: where the documents are published, and what is known of its accessibility.
    pub website: Website,
}

/// How readers can say what they think. At least one way is there.
#[derive(Debug, Clone, Default)]
pub struct Contact {
    /// An email address.
    pub email: Option<At<String>>,
    /// A telephone number.
    pub phone: Option<At<String>>,
    /// The lines of a postal address.
    pub post: Vec<String>,
    /// The address of a website: https.
    pub web: Option<At<String>>,
    /// The last day for answers.
    pub by: Option<NaiveDate>,
}

/// A named fact that templates may quote.
#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    /// Words.
    Text(String),
    /// A number.
    Number(f64),
    /// A day, a month, ongoing.
    Date(PlanDate),
    /// From one day to another.
    Range(NaiveDate, NaiveDate),
    /// Several words.
    List(Vec<String>),
}

/// The skeleton of one document: `templates/NAME.md`.
#[derive(Debug, Clone)]
pub struct Template {
    /// The file's stem; the document's name.
    pub name: String,
    /// The file.
    pub file: FileId,
    /// Where its Markdown starts, in bytes.
    pub body: usize,
    /// Its title.
    pub title: At<String>,
    /// A line under the title on the cover.
    pub subtitle: Option<At<String>>,
    /// One sentence for file properties.
    pub subject: Option<String>,
    /// The day it speaks for, where that is not the project's.
    pub as_at: Option<NaiveDate>,
    /// The partners of its own day; empty where they are the project's.
    pub partners: Vec<String>,
    /// The editions it comes in.
    pub editions: Vec<String>,
    /// What differs in an edition, by the edition's name.
    pub variants: BTreeMap<String, Variant>,
    /// The formats it comes in: `pdf`, `pdf-data`, `docx`, `html`, `epub`.
    pub formats: Vec<String>,
    /// Whether it has a cover.
    pub cover: bool,
    /// Whether headings are numbered.
    pub numbered: bool,
    /// Whether paragraphs are numbered, as in a board paper.
    pub numbered_paragraphs: bool,
    /// Whether short forms are written out; those that the glossary lacks are then reported.
    pub acronyms: Option<Acronyms>,
    /// What kind of publication it is.
    pub form: Form,
    /// "Draft", "Published"; shown on the cover.
    pub status: Option<String>,
    /// The cycle; shown on the cover.
    pub cycle: Option<String>,
    /// The id of the scheme for each kind of thing: `action`, `kpi`, `risk`, `response`.
    pub schemes: BTreeMap<String, At<String>>,
    /// Its parameters, in the order written.
    pub parameters: Vec<Parameter>,
    /// Sections that need no counterpart in another edition, by id, each with the reason.
    pub unpaired: Vec<(At<String>, At<String>)>,
}

/// Where short forms are written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acronyms {
    /// Where the document first uses them in running text, with the short form after it.
    FirstUse,
    /// Everywhere, in place of the short form.
    Always,
}

impl Project {
    /// The day that `template` speaks for: the one asked for, else its own, else the project's.
    pub fn day_of(&self, template: &Template, asked: Option<NaiveDate>) -> NaiveDate {
        asked.or(template.as_at).unwrap_or(self.settings.as_at)
    }

    /// The profile of the edition `name`; that of the full one where there is none, which is an
    /// error of every template that names it.
    pub fn edition(&self, name: &str) -> Option<&Edition> {
        self.editions.get(name).or_else(|| self.editions.get(FULL))
    }

    /// The project with its plan and its data as they were known on `day`.
    pub fn as_known(&self, day: NaiveDate) -> Project {
        let mut known = self.clone();
        known.plan.forget_after(day);
        for dataset in known.datasets.values_mut() {
            if let Some(then) = dataset.as_known(day) {
                *dataset = Arc::new(then);
            }
        }
        known
    }
}

/// What a template says otherwise for one edition: `[edition.NAME]` of its front matter.
#[derive(Debug, Clone, Default)]
pub struct Variant {
    /// Its title.
    pub title: Option<At<String>>,
    /// A line under the title on the cover.
    pub subtitle: Option<At<String>>,
    /// One sentence for file properties.
    pub subject: Option<String>,
    /// "Draft", "Published".
    pub status: Option<String>,
    /// The picture on the cover: an id of the library, or a file.
    pub picture: Option<At<String>>,
    /// Whether headings are numbered.
    pub numbered: Option<bool>,
    /// Whether short forms are written out.
    pub acronyms: Option<Acronyms>,
}

/// A theme: its tokens and its files.
#[derive(Debug, Clone)]
pub struct Theme {
    /// Its name.
    pub name: String,
    /// `theme.toml`.
    pub tokens: Tokens,
    /// Its Typst files and pictures, by path below its folder; `theme.typ` is the entry.
    pub files: BTreeMap<String, Arc<[u8]>>,
    /// Font files of its `fonts/` folder.
    pub fonts: Vec<Arc<[u8]>>,
}

/// A finding that is to stand: `[[acknowledged]]`.
#[derive(Debug, Clone)]
pub struct Acknowledged {
    /// The finding's code.
    pub code: At<String>,
    /// The file it is in.
    pub file: At<String>,
    /// Words that its message contains.
    pub about: Option<At<String>>,
    /// Why it stands.
    pub why: At<String>,
    /// Who decided.
    pub who: At<String>,
    /// The last day this holds.
    pub until: At<NaiveDate>,
    /// The whole record.
    pub span: Span,
}

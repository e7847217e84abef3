//! Inlines: the words inside a block, and the figures and ratings among them.

use chrono::NaiveDate;
use serde::Serialize;

use crate::source::Span;

/// A rating by a RAG scheme: colour, letter and word, never colour alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Status {
    /// The colour's name in the theme: `red`, `amber`, `green`, `blue`, `grey` or the theme's own.
    pub colour: String,
    /// The letter in the chip: "A".
    pub letter: String,
    /// The word beside it: "On track".
    pub word: String,
    /// The picture and the words that stand in place of all these in easy read.
    pub picture: Option<StatusPicture>,
}

/// A rating as a face or a sign, with words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct StatusPicture {
    /// The asset's name. It shows what the words say, so it is decoration to those who hear it.
    pub asset: String,
    /// The words beside it: "Going well".
    pub words: String,
}

impl Status {
    /// Its visible words: the letter and the word, or the words beside a picture.
    pub fn words(&self) -> String {
        match &self.picture {
            Some(picture) => picture.words.clone(),
            None => format!("{} {}", self.letter, self.word).trim().to_owned(),
        }
    }
}

/// Words inside a block.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Inline {
    /// Plain text. Holds no line breaks.
    Text {
        /// The words.
        text: String,
    },
    /// Emphasis.
    Emphasis {
        /// What is emphasised.
        content: Vec<Inline>,
    },
    /// Strong importance.
    Strong {
        /// What is strong.
        content: Vec<Inline>,
    },
    /// Words that the data bear out.
    Held {
        /// The words.
        content: Vec<Inline>,
        /// What they are held by. No theme sees it.
        #[serde(skip)]
        by: Holding,
    },
    /// A link. Its words are never empty.
    Link {
        /// Where it leads.
        to: Target,
        /// Its words.
        content: Vec<Inline>,
    },
    /// A figure or date that came from data.
    Figure(Box<Figure>),
    /// A RAG chip with its word beside it.
    Status(Status),
    /// A note at the foot of the page.
    Footnote {
        /// What it says.
        content: Vec<Inline>,
    },
    /// A line break the author asked for.
    Break,
}

impl Inline {
    /// Plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Inline::Text { text: text.into() }
    }

    /// Strong text.
    pub fn strong(text: impl Into<String>) -> Self {
        Inline::Strong { content: vec![Inline::text(text)] }
    }
}

/// What words are held by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holding {
    /// The author's condition.
    pub condition: String,
    /// Why it is true: "55% (2023) is more than 46% (2022)".
    pub because: String,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", content = "to", rename_all = "kebab-case")]
pub enum Target {
    /// An anchor in this document.
    Anchor(String),
    /// An address: http, https, mailto or tel.
    Address(String),
}

/// A figure or date that came from data: what is printed, and where it came from.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Figure {
    /// What is printed, number style and unit and all.
    pub text: String,
    /// The path it was asked for by: `kpi.K1.actual`.
    pub path: String,
    /// Unit, as the measure states it.
    pub unit: Option<String>,
    /// The day or period it holds for.
    pub at: Option<String>,
    /// Its source, as the measure states it.
    pub source: Option<String>,
    /// What is known of it besides, for the register and for checks. No theme sees it.
    #[serde(skip)]
    pub trace: Trace,
}

/// Where a figure came from, where it is used, and what it is as a number.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Trace {
    /// What it is, in words: "EHC plans issued in time, Riverside".
    pub name: Option<String>,
    /// The row of the dataset it is in: "Riverside, 2021/22".
    pub row: Option<String>,
    /// The day or month from which it was known: "14 June 2024".
    pub known: Option<String>,
    /// The author's expression, or the words typed by hand.
    pub used: Option<Span>,
    /// The cells and records it was made of.
    pub cells: Vec<Span>,
    /// The number itself, in its unit. None for dates and for words made of figures.
    pub number: Option<f64>,
    /// How far it is from an earlier figure to a later one, for words that say so.
    pub change: Option<f64>,
    /// The first day of what it holds for.
    pub since: Option<NaiveDate>,
    /// Whether more is better, where either way is.
    pub more_is_better: Option<bool>,
    /// The extremes of the values it stands among: of other periods, of other areas.
    pub among: Vec<Extremes>,
    /// The extremes of the values that differ in their period only.
    pub over_time: Option<Extremes>,
    /// What it is the value of at some period, where there are several: its path without the period.
    pub series: Option<String>,
    /// The later value that the data hold, where the author named an earlier period: "58% (March 2025)".
    pub later: Option<String>,
}

/// The lowest and the highest of some values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Extremes {
    /// The lowest.
    pub lowest: f64,
    /// The highest.
    pub highest: f64,
}

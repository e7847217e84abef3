//! Drawings: pictures that the theme draws from data.

use serde::Serialize;

use crate::document::{Chart, Donut, Figure, Inline, Sparkline, Timeline};

/// A picture that the theme draws from data.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Drawing {
    /// What is drawn.
    pub drawing: DrawingKind,
    /// What it shows, in words. Never empty; of an organisation chart it names every label.
    pub alt: String,
    /// What it shows, in a visible line over it.
    pub title: Option<Vec<Inline>>,
    /// A visible line under it.
    pub caption: Option<Vec<Inline>>,
    /// Unique in the document, when something links to the drawing.
    pub anchor: Option<String>,
    /// The figures it shows, for the register. No theme sees them.
    #[serde(skip)]
    pub figures: Vec<Figure>,
}

/// What can be drawn.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum DrawingKind {
    /// Bodies in tiers, with lines between them.
    Organisation(Organisation),
    /// Bars, columns or lines on a scale.
    Chart(Chart),
    /// Parts of a whole.
    Donut(Donut),
    /// A small line without words.
    Sparkline(Sparkline),
    /// Events and phases in the order of time.
    Timeline(Timeline),
}

/// Bodies in tiers, the highest first, with lines between them.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Organisation {
    /// The tiers from the top, each with its bodies from the left.
    pub tiers: Vec<Tier>,
    /// The lines.
    pub links: Vec<Link>,
    /// What the kinds of line mean, in the order to show them: (kind, words).
    pub key: Vec<LinkKey>,
}

/// One tier of an organisation chart.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Tier {
    /// A shaded band drawn around the tier, with these words.
    pub band: Option<String>,
    /// The bodies in it.
    pub bodies: Vec<OrganisationBody>,
}

/// One body of an organisation chart.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct OrganisationBody {
    /// The name that links use.
    pub id: String,
    /// Its name as shown.
    pub name: String,
    /// A smaller line under it.
    pub detail: Option<String>,
    /// The one that decides: drawn in the accent colour.
    pub lead: bool,
}

/// A line of an organisation chart.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Link {
    /// From this body (the lower one, as a rule).
    pub from: String,
    /// To this body.
    pub to: String,
    /// What it stands for.
    pub line: LinkKind,
}

/// What a line of an organisation chart stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkKind {
    /// Reports to: solid.
    Reports,
    /// Informs: dashed.
    Informs,
    /// Holds to account: heavy.
    Challenges,
}

/// What a kind of line means.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct LinkKey {
    /// The kind.
    pub line: LinkKind,
    /// Its meaning, in words.
    pub words: String,
}

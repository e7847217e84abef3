//! Tiles: a measure each, with what it stands at, how it moved and what it is to reach.

use serde::Serialize;

use crate::document::{Drawing, Inline, Status};

/// Measures side by side.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Tiles {
    /// The tiles, in order.
    pub tiles: Vec<Tile>,
    /// What they show and how they are laid out, for people who hear it.
    pub summary: String,
}

/// One measure.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Tile {
    /// Its id and name: "K1. Plans issued within 20 weeks".
    pub name: Vec<Inline>,
    /// What it stands at, or why there is no figure.
    pub value: Vec<Inline>,
    /// Whether `value` says why there is no figure: set as words, not as a large number.
    pub quiet: bool,
    /// When that was: "April 2022".
    pub at: Option<String>,
    /// How it moved and whether that is better: "Up 5 percentage points since November 2021: improved".
    pub change: Option<Vec<Inline>>,
    /// What it is to reach: "Target: at least 60% by May 2022".
    pub target: Option<Vec<Inline>>,
    /// Its rating.
    pub status: Option<Status>,
    /// How it moved, drawn small.
    pub spark: Option<Drawing>,
}

//! What changed between two states of a document: its words one by one, its tables cell by cell, its
//! figures from what to what, and sections that came, went or moved.
//!
//! Sections are told by their anchors. Inside one, paragraphs and tables keep their order; what stands in
//! the place of something else is compared with it.

mod outline;
mod tables;
mod words;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::document::Document;
use crate::source::Sources;
use outline::{Item, Section};
pub use words::Piece;

/// What changed in a document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Changes {
    /// The sections in which something changed: in the order of the new document, those that went at the
    /// place where they stood.
    pub sections: Vec<SectionChange>,
    /// How many sections are the same.
    pub same: usize,
}

/// What changed in a section.
#[derive(Debug, Clone, PartialEq)]
pub struct SectionChange {
    /// Its anchor; empty for what stands before the first heading.
    pub anchor: String,
    /// Its heading, without its number.
    pub title: String,
    /// What became of it as a whole.
    pub fate: Fate,
    /// Figures that show something else.
    pub figures: Vec<FigureChange>,
    /// Paragraphs and the like whose words changed.
    pub words: Vec<Vec<Piece>>,
    /// Tables in which something changed.
    pub tables: Vec<TableChange>,
}

/// What became of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It stands where it stood.
    Stays,
    /// It stands elsewhere among the others.
    Moved,
    /// It is new.
    New,
    /// It is gone.
    Gone,
}

/// A figure that shows something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureChange {
    /// What it is, in words, or the expression.
    pub name: String,
    /// What it showed, with its period; empty when it is new.
    pub from: String,
    /// What it shows; empty when it is gone.
    pub to: String,
}

/// What changed in a table.
#[derive(Debug, Clone, PartialEq)]
pub struct TableChange {
    /// Its caption, or its summary.
    pub title: String,
    /// What became of it.
    pub fate: Fate,
    /// Cells that say something else.
    pub cells: Vec<CellChange>,
    /// Rows that are new, by what they say.
    pub rows_new: Vec<String>,
    /// Rows that are gone.
    pub rows_gone: Vec<String>,
}

/// A cell that says something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellChange {
    /// The row's name.
    pub row: String,
    /// The column's head.
    pub column: String,
    /// What it said.
    pub from: String,
    /// What it says.
    pub to: String,
}

impl Changes {
    /// What changed from `old` to `new`. The files of each hold the expressions that figures are told by.
    pub fn between(old: (&Document, &Sources), new: (&Document, &Sources)) -> Changes {
        let before = outline::sections(&old.0.blocks, old.1);
        let after = outline::sections(&new.0.blocks, new.1);
        let mut changes = Changes::default();
        let anchors = |sections: &[Section]| -> Vec<String> {
            sections.iter().map(|section| section.anchor.clone()).collect()
        };
        let (old_order, new_order) = (anchors(&before), anchors(&after));
        // Those that keep their order stay; others that both have moved.
        let mut stays = std::collections::HashSet::new();
        for op in capture_diff_slices(Algorithm::Myers, &old_order, &new_order) {
            if let DiffOp::Equal { new_index, len, .. } = op {
                stays.extend(new_order.iter().skip(new_index).take(len).cloned());
            }
        }
        let found = |sections: &'_ [Section], anchor: &str| {
            sections.iter().position(|section| section.anchor == anchor)
        };
        let mut gone: Vec<(usize, SectionChange)> = Vec::new();
        for (place, section) in before.iter().enumerate() {
            if found(&after, &section.anchor).is_none() {
                gone.push((place, section_change(Some(section), None, Fate::Gone)));
            }
        }
        let mut gone = gone.into_iter().peekable();
        for section in &after {
            let old = found(&before, &section.anchor);
            while let Some((_, change)) = gone.next_if(|(at, _)| old.is_some_and(|old| *at < old)) {
                changes.sections.push(change);
            }
            let fate = match old {
                None => Fate::New,
                Some(_) if stays.contains(&section.anchor) => Fate::Stays,
                Some(_) => Fate::Moved,
            };
            let change = section_change(old.and_then(|old| before.get(old)), Some(section), fate);
            if change.is_none() {
                changes.same += 1;
            } else {
                changes.sections.push(change);
            }
        }
        changes.sections.extend(gone.map(|(_, change)| change));
        changes
    }

    /// Whether nothing changed.
    pub fn is_none(&self) -> bool {
        self.sections.is_empty()
    }
}

impl SectionChange {
    fn is_none(&self) -> bool {
        self.fate == Fate::Stays
            && self.figures.is_empty()
            && self.words.is_empty()
            && self.tables.is_empty()
    }
}

fn section_change(old: Option<&Section>, new: Option<&Section>, fate: Fate) -> SectionChange {
    let named = new.or(old);
    let mut change = SectionChange {
        anchor: named.map_or_else(String::new, |section| section.anchor.clone()),
        title: named.map_or_else(String::new, |section| section.title.clone()),
        fate,
        figures: Vec::new(),
        words: Vec::new(),
        tables: Vec::new(),
    };
    let nothing = Section::default();
    let (old, new) = (old.unwrap_or(&nothing), new.unwrap_or(&nothing));
    if matches!(fate, Fate::Stays | Fate::Moved) && old.title != new.title {
        change.words.push(words::changed(&old.title, &new.title));
    }
    change.figures = outline::figure_changes(&old.figures, &new.figures);
    let keys = |section: &Section| -> Vec<String> { section.items.iter().map(Item::key).collect() };
    let (before, after) = (keys(old), keys(new));
    for op in capture_diff_slices(Algorithm::Patience, &before, &after) {
        let (old_range, new_range) = (op.old_range(), op.new_range());
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let gone = old.items.get(old_range).unwrap_or_default();
        let come = new.items.get(new_range).unwrap_or_default();
        matched(gone, come, &mut change);
    }
    change
}

/// Pairs what went with what came in its place: a table with the table of the same name or order, a
/// paragraph with the one that is most like it.
fn matched(gone: &[Item], come: &[Item], change: &mut SectionChange) {
    let mut left: Vec<&Item> = gone.iter().collect();
    for item in come {
        let best = left
            .iter()
            .enumerate()
            .map(|(place, old)| (place, old.likeness(item)))
            .filter(|(_, likeness)| *likeness > 0.0)
            .fold(None, |best: Option<(usize, f64)>, next| match best {
                Some(best) if best.1 >= next.1 => Some(best),
                _ => Some(next),
            });
        let old = best.map(|(place, _)| left.remove(place));
        told(old, Some(item), change);
    }
    for old in left {
        told(Some(old), None, change);
    }
}

fn told(old: Option<&Item>, new: Option<&Item>, change: &mut SectionChange) {
    let text = |item: Option<&Item>| match item {
        Some(Item::Words(words)) => words.clone(),
        _ => String::new(),
    };
    match (old, new) {
        (Some(Item::Table(old)), Some(Item::Table(new))) => {
            change.tables.extend(tables::changed(old, new));
        }
        (None, Some(Item::Table(new))) => change.tables.push(tables::whole(new, Fate::New)),
        (Some(Item::Table(old)), None) => change.tables.push(tables::whole(old, Fate::Gone)),
        (old, new) => change.words.push(words::changed(&text(old), &text(new))),
    }
}

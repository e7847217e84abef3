//! The statement of action: its rows, roll-ups, filters and findings, against the published facts.

mod filters;
mod findings;
mod rows;

use std::collections::BTreeMap;

use annexe::assemble::{Assembly, Options, assemble};
use annexe::document::{Block, BlockKind, Cell, Document, Table, line};

use crate::documents::project;

/// One row of the published plan, as its facts were lifted from it.
pub struct Fact {
    pub kind: String,
    pub reference: String,
    pub start: String,
    pub due: String,
    pub expected: String,
    pub status: String,
    pub rag: String,
    pub percent: Option<u32>,
    pub workstreams: Vec<String>,
}

/// The published facts, row by row.
pub fn facts() -> Vec<Fact> {
    let text = include_str!("../fixtures/wsoa/wsoa-plan-2020-10-13.csv");
    let rows = text.lines().skip(1).map(|row| {
        let cells: Vec<&str> = row.split(',').collect();
        let [kind, reference, start, due, expected, status, rag, percent, workstreams, _] =
            cells.try_into().expect("ten cells");
        Fact {
            kind: kind.into(),
            reference: reference.into(),
            start: start.into(),
            due: due.into(),
            expected: expected.into(),
            status: status.into(),
            rag: rag.into(),
            percent: percent.strip_suffix('%').map(|percent| percent.parse().unwrap()),
            workstreams: workstreams
                .split(';')
                .filter(|name| !name.is_empty())
                .map(str::to_owned)
                .collect(),
        }
    });
    rows.collect()
}

/// The appendix with these parameters, as at a day or its own.
pub fn appendix(parameters: &[(&str, &str)], as_at: Option<&str>) -> Assembly {
    let project = project();
    let template = &project.templates["wsoa-appendix"];
    let mut all: BTreeMap<String, String> = template
        .parameters
        .iter()
        .filter_map(|p| Some((p.name.value.clone(), p.default.clone()?)))
        .collect();
    all.extend(parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let as_at = as_at.map(|day| day.parse().unwrap());
    let options =
        Options { edition: "full".into(), as_at: project.day_of(template, as_at), parameters: all };
    assemble(project, template, &options)
}

/// The tables of a role, in order.
pub fn tables<'d>(document: &'d Document, role: &str) -> Vec<&'d Table> {
    fn collect<'d>(blocks: &'d [Block], role: &str, found: &mut Vec<&'d Table>) {
        for block in blocks {
            match &block.kind {
                BlockKind::Section(section) => collect(&section.blocks, role, found),
                BlockKind::Table(table) if table.role == role => found.push(table),
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    collect(&document.blocks, role, &mut found);
    found
}

/// What a cell says: the word of its status, or the first of its paragraphs.
pub fn said(cell: &Cell) -> String {
    if let Some(status) = &cell.status {
        return status.word.clone();
    }
    match cell.blocks.first().map(|block| &block.kind) {
        Some(BlockKind::Paragraph(paragraph)) => line(&paragraph.content),
        _ => String::new(),
    }
}

/// The references of all rows of the plan, in order.
pub fn references(document: &Document) -> Vec<String> {
    let tables = tables(document, "statement-plan");
    // A row without a row header holds the criteria of the response over it.
    let rows = tables.iter().flat_map(|table| &table.body);
    rows.filter(|row| row.cells[0].header.is_some()).map(|row| said(&row.cells[0])).collect()
}

//! What goes into files beside a document's words: where its figures stand in the project, and the
//! data they are from.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::slashed;
use crate::document::{Block, Document, figures, harmless, line, register};
use crate::plan::PlanDate;
use crate::plan::dataset::Dataset;
use crate::project::Project;
use crate::source::{At, FileId, Sources, Span};
use crate::write::html::DatasetNote;
use crate::write::pdf::{Attachment, Relationship};

/// Where each cell is that a figure of `blocks` was made of, for people: file and line.
pub fn origins(project: &Project, blocks: &[Block]) -> BTreeMap<Span, String> {
    let cells = blocks.iter().flat_map(figures).flat_map(|figure| figure.trace.cells.iter());
    cells.map(|cell| (*cell, place(*cell, &project.sources))).collect()
}

fn place(span: Span, sources: &Sources) -> String {
    let path = slashed(&sources.file(span.file).path);
    format!("{path}, line {}", sources.position(span).line)
}

/// The datasets that figures of `blocks` are from, by name, each with the file of its rows.
fn used<'p>(
    project: &'p Project,
    blocks: &[Block],
) -> impl Iterator<Item = (&'p str, FileId, &'p Dataset)> {
    let cells = blocks.iter().flat_map(figures).flat_map(|figure| figure.trace.cells.iter());
    let files: BTreeSet<FileId> = cells.map(|cell| cell.file).collect();
    project.datasets.iter().filter_map(move |(name, dataset)| {
        let file = dataset.rows.first()?.span.file;
        files.contains(&file).then_some((name.as_str(), file, dataset.as_ref()))
    })
}

/// The same for catalogues.
pub fn datasets(project: &Project, blocks: &[Block]) -> Vec<DatasetNote> {
    let words = |text: &Option<At<String>>| text.as_ref().map(|text| text.value.clone());
    let note = |(_, _, dataset): (&str, FileId, &Dataset)| DatasetNote {
        title: dataset.title.value.clone(),
        source: dataset.source.value.clone(),
        publisher: words(&dataset.publisher),
        released: dataset.released.as_ref().and_then(|released| match released.value {
            PlanDate::Month { year, month } => Some(format!("{year:04}-{month:02}")),
            day => day.first_day().map(|day| day.to_string()),
        }),
        licence: words(&dataset.licence),
    };
    used(project, blocks).map(note).collect()
}

/// The register of the figures in `document`, and each dataset that one of them is from, as CSV.
pub fn data(project: &Project, document: &Document) -> Vec<Attachment> {
    let entries = register(&document.blocks);
    let mut writer = csv::Writer::from_writer(Vec::new());
    let head = ["figure", "value", "unit", "period", "source", "path", "cells", "heading", "times"];
    let mut rows = vec![head.map(str::to_owned)];
    for entry in entries {
        let cells: Vec<String> =
            entry.cells.iter().map(|cell| place(*cell, &project.sources)).collect();
        let text = |value: Option<String>| value.unwrap_or_default();
        rows.push([
            entry.name,
            entry.value,
            text(entry.unit),
            text(entry.at),
            text(entry.source),
            entry.path,
            cells.join("; "),
            entry.heading.map(|heading| line(&heading.content)).unwrap_or_default(),
            entry.times.to_string(),
        ]);
    }
    for row in rows {
        // Memory takes every row; nothing can fail here.
        let _ = writer.write_record(row.map(harmless));
    }
    let mut attached = Vec::new();
    if let Ok(bytes) = writer.into_inner() {
        attached.push(Attachment {
            name: "figures.csv".to_owned(),
            kind: "text/csv",
            description: format!("Every figure of {} and where it is from", document.meta.title),
            relationship: Relationship::Supplement,
            bytes,
        });
    }
    attached.extend(used(project, &document.blocks).map(|(name, file, dataset)| Attachment {
        name: format!("data-{name}.csv"),
        kind: "text/csv",
        description: format!("{} ({})", *dataset.title, *dataset.source),
        relationship: Relationship::Data,
        bytes: project.sources.file(file).text.as_bytes().to_vec(),
    }));
    attached
}

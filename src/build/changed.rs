//! What changed in a document since an earlier state of the project, as a page of the website.

use std::path::Path;

use chrono::NaiveDate;

use super::select::{Asked, Job, select};
use super::{Terms, open, review};
use crate::diag::{Findings, Severity};
use crate::diff::{Changes, Fate, Piece, SectionChange, TableChange};
use crate::document::Document;
use crate::plan::date::day_in_words;
use crate::project::FULL;
use crate::source::Sources;
use crate::write::html::site::{Mark, Part, Site, SitePage};

/// The documents of a project as it was.
#[derive(Debug)]
pub struct Earlier {
    sources: Sources,
    /// Each with its document and edition.
    documents: Vec<(String, String, Document)>,
    /// Those that an error stops: nothing can be told of them.
    pub stopped: Vec<String>,
}

impl Earlier {
    /// Makes the documents of the project in `folder` as at its own day. `Err` when it cannot be read.
    pub fn of(folder: &Path, threads: usize) -> Result<Earlier, (Findings, Sources)> {
        let (project, loaded) = match open(folder) {
            (Ok(project), findings) => (project, findings),
            (Err(sources), findings) => return Err((findings, sources)),
        };
        let limit = Severity::Error;
        let terms = Terms { as_at: None, limit, threads };
        // What is asked for has no names, so none can be wrong.
        let Ok(selected) = select(&project, &Asked::default()) else {
            return Err((loaded, project.sources));
        };
        let mut review = review(&project, loaded, &selected, terms, false, &|| ());
        let (mut documents, mut stopped) = (Vec::new(), Vec::new());
        for (job, document) in selected.jobs.iter().zip(std::mem::take(&mut review.documents)) {
            let name = job.template.name.clone();
            match document.filter(|_| !review.stops(job, limit)) {
                Some(document) => documents.push((name, job.edition.clone(), document)),
                None if !stopped.contains(&name) => stopped.push(name),
                None => {}
            }
        }
        Ok(Earlier { sources: project.sources, documents, stopped })
    }

    /// What changed in `document` of `job`, as a page of `site`, and the day it changed from. None where
    /// the earlier project has no such document, and for other editions than the full one.
    pub(super) fn page(
        &self,
        site: &Site,
        job: &Job<'_>,
        document: &Document,
        sources: &Sources,
    ) -> Option<(SitePage, NaiveDate)> {
        let is_it = |made: &&(String, String, Document)| {
            made.0 == job.template.name && made.1 == job.edition && job.edition == FULL
        };
        let (_, _, before) = self.documents.iter().find(is_it)?;
        let changes = Changes::between((before, &self.sources), (document, sources));
        let day = before.meta.as_at;
        let name = format!("{}.{}.changes.html", job.template.name, job.copy());
        let title = format!("What changed in {}", document.meta.title);
        Some((site.text(&name, &title, &parts(&changes, day, document.meta.as_at)), day))
    }
}

fn parts(changes: &Changes, from: NaiveDate, to: NaiveDate) -> Vec<Part> {
    let (from, to) = (day_in_words(from), day_in_words(to));
    let mut parts = vec![Part::Paragraph(match from == to {
        true => format!("Both states are as at {to}."),
        false => format!("From the document as at {from} to the one as at {to}."),
    })];
    let same = match changes.same {
        1 => "1 is the same".to_owned(),
        n => format!("{n} are the same"),
    };
    parts.push(Part::Paragraph(match changes.sections.len() {
        0 => "Nothing changed.".to_owned(),
        1 => format!("1 section changed; {same}."),
        n => format!("{n} sections changed; {same}."),
    }));
    for section in &changes.sections {
        section_parts(section, &mut parts);
    }
    parts
}

fn section_parts(section: &SectionChange, parts: &mut Vec<Part>) {
    let title = match section.title.as_str() {
        "" => "Before the first heading",
        title => title,
    };
    let fate = match section.fate {
        Fate::Stays => "",
        Fate::Moved => " (moved)",
        Fate::New => " (new)",
        Fate::Gone => " (gone)",
    };
    parts.push(Part::Heading(format!("{title}{fate}")));
    if !section.figures.is_empty() {
        let row = |figure: &crate::diff::FigureChange| {
            vec![figure.name.clone(), figure.from.clone(), figure.to.clone()]
        };
        parts.push(Part::Table {
            title: format!("Figures: {title}"),
            head: ["Figure", "It was", "It is"].map(str::to_owned).to_vec(),
            rows: section.figures.iter().map(row).collect(),
        });
    }
    for words in &section.words {
        let marks = words.iter().map(|piece| match piece {
            Piece::Same(words) => Mark::Same(words.clone()),
            Piece::Out(words) => Mark::Out(words.clone()),
            Piece::In(words) => Mark::In(words.clone()),
        });
        parts.push(Part::Changed(marks.collect()));
    }
    for table in &section.tables {
        table_parts(table, parts);
    }
}

fn table_parts(table: &TableChange, parts: &mut Vec<Part>) {
    let fate = match table.fate {
        Fate::New => " (new)",
        Fate::Gone => " (gone)",
        Fate::Stays | Fate::Moved => "",
    };
    let lines = |rows: &[String], mark: fn(String) -> Mark| {
        rows.iter().map(|row| Part::Changed(vec![mark(row.clone())])).collect::<Vec<_>>()
    };
    if table.cells.is_empty() {
        parts.push(Part::Paragraph(format!("Table: {}{fate}", table.title)));
    } else {
        let cell = |cell: &crate::diff::CellChange| {
            vec![cell.row.clone(), cell.column.clone(), cell.from.clone(), cell.to.clone()]
        };
        parts.push(Part::Table {
            title: format!("Table: {}{fate}", table.title),
            head: ["Row", "Column", "It said", "It says"].map(str::to_owned).to_vec(),
            rows: table.cells.iter().map(cell).collect(),
        });
    }
    parts.extend(lines(&table.rows_new, Mark::In));
    parts.extend(lines(&table.rows_gone, Mark::Out));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_section_that_is_the_same_is_one() {
        let day = NaiveDate::from_ymd_opt(2024, 3, 31).unwrap();
        let section = SectionChange {
            anchor: String::new(),
            title: String::new(),
            fate: Fate::New,
            figures: Vec::new(),
            words: Vec::new(),
            tables: Vec::new(),
        };
        let changes = Changes { sections: vec![section], same: 1 };
        let said = parts(&changes, day, day);
        let says = |words: &str| said.contains(&Part::Paragraph(words.to_owned()));
        assert!(says("1 section changed; 1 is the same."), "{said:?}");
        assert!(says("Both states are as at 31 March 2024."), "{said:?}");
        assert!(said.contains(&Part::Heading("Before the first heading (new)".to_owned())));
    }
}

//! `data-table`: rows and columns of a dataset, with its source under them; and the place of the figures' register.

use crate::assemble::blocks::column_share;
use crate::assemble::data_values::figure;
use crate::assemble::directives::rows::band_row;
use crate::assemble::filters::and_list;
use crate::assemble::{Assembler, figure_register};
use crate::diag::{Finding, rules};
use crate::document::*;
use crate::narrative::tree::Directive;
use crate::plan::{DataRow, DataValue, Dataset};
use crate::source::Span;

use super::chart::TableShown;

impl Assembler<'_> {
    pub(super) fn data_table(&mut self, directive: &Directive, span: Span) -> Vec<Block> {
        let Some(dataset) = self.named_dataset(directive) else { return Vec::new() };
        let (Some(columns), Some(rows)) =
            (self.shown_columns(directive, dataset), self.shown_rows(directive, dataset))
        else {
            return Vec::new();
        };
        if rows.is_empty() {
            self.no_rows(directive, "rows");
            return Vec::new();
        }
        // What is the same in every row is said once, in the summary.
        let differs = |column: &usize| {
            let mut words = rows.iter().map(|row| row.words(*column));
            let first = words.next();
            words.any(|word| Some(word) != first)
        };
        let mut keys: Vec<usize> = dataset.key.iter().copied().filter(differs).collect();
        if keys.is_empty() {
            keys.extend(dataset.key.last());
        }
        let Ok(band) = self.band_column(directive, dataset) else { return Vec::new() };
        keys.retain(|column| Some(*column) != band);
        let heads: Vec<String> = keys
            .iter()
            .chain(&columns)
            .filter_map(|&column| dataset.columns.get(column).map(|about| about.heading()))
            .collect();
        // Rows that share a band stand together, bands in the order in which they first come.
        let mut bands: Vec<(Option<String>, Vec<Row>)> = Vec::new();
        for row in &rows {
            let named = keys.iter().map(|&column| Cell::text(row.words(column)).row_head());
            let values = columns.iter().map(|&column| cell(dataset, column, row));
            let made = Row::body(named.chain(values).collect());
            let words = band.map(|column| row.words(column));
            match bands.iter_mut().find(|(known, _)| *known == words) {
                Some((_, rows)) => rows.push(made),
                None => {
                    let over = words.as_deref().map(|words| band_row(words, None, heads.len()));
                    bands.push((words, over.into_iter().chain([made]).collect()));
                }
            }
        }
        let body: Vec<Row> = bands.into_iter().flat_map(|(_, rows)| rows).collect();
        let anchor = self.attribute_words(directive, "id").filter(|id| !id.trim().is_empty());
        if let Some(id) = &anchor {
            let path = |row: &&DataRow, column: &usize| dataset.path(*column, &dataset.key_of(row));
            let paths = rows.iter().flat_map(|row| columns.iter().map(move |c| path(row, c)));
            let shown = TableShown { dataset: dataset.name.clone(), paths: paths.collect() };
            self.table_shown(id.clone(), shown);
        }
        let aligns = keys.iter().chain(&columns).map(|&column| {
            let is_number = dataset.columns.get(column).is_some_and(|about| about.is_number());
            if is_number { Align::Number } else { Align::Start }
        });
        let given = self.widths(directive, heads.len());
        let shares = aligns
            .enumerate()
            .map(|(n, align)| {
                let own = given.as_ref().and_then(|given| given.get(n).copied());
                Column { share: own.unwrap_or_else(|| column_share(&heads, &body, n)), align }
            })
            .collect();
        let summary = self.summary(directive, || summary(dataset, &rows, &keys, &heads));
        let caption = self.attribute_inlines(directive, "caption");
        let table = Table {
            role: "plain".into(),
            columns: shares,
            head: vec![super::head_row(&heads)],
            body,
            caption: Some(
                caption.unwrap_or_else(|| vec![Inline::text(dataset.title.value.clone())]),
            ),
            summary,
            anchor,
        };
        let source = Paragraph {
            role: ParagraphRole::Note,
            content: vec![Inline::text(dataset.source_line())],
        };
        let note = self.identity_note(directive, dataset, &columns, &rows, span);
        let mut blocks = vec![
            Block::at(BlockKind::Table(table), span),
            Block::at(BlockKind::Paragraph(source), span),
        ];
        blocks.extend(note);
        blocks
    }

    /// An empty register of figures; the last pass fills it.
    pub(super) fn figure_register(&mut self, directive: &Directive, span: Span) -> Vec<Block> {
        let usual = ["Figure", "Value", "Period", "Source", "Where it is used"];
        let labels = self.labels(directive, usual);
        let summary = self.summary(directive, || {
            "Each figure with its value, its period, the number of its source in the list of sources, and a link to where it is used."
                .to_owned()
        });
        let table = Table {
            role: figure_register::ROLE.into(),
            columns: Vec::new(),
            head: vec![super::head_row(&labels)],
            body: Vec::new(),
            caption: None,
            summary,
            anchor: None,
        };
        vec![Block::at(BlockKind::Table(table), span)]
    }

    /// The columns that `columns` names; all that are no key when it is absent.
    pub(super) fn shown_columns(
        &mut self,
        directive: &Directive,
        dataset: &Dataset,
    ) -> Option<Vec<usize>> {
        let own: Vec<(usize, &str)> =
            dataset.own_columns().map(|(place, about)| (place, about.id.as_str())).collect();
        let Some(attribute) = directive.attribute("columns") else {
            return Some(own.into_iter().map(|(place, _)| place).collect());
        };
        let span = attribute.value.span;
        let words = self.attribute_words(directive, "columns")?;
        let mut shown = Vec::new();
        for word in words.split(',').map(str::trim) {
            match own.iter().find(|(_, id)| *id == word) {
                Some((place, _)) => shown.push(*place),
                None => {
                    let known: Vec<&str> = own.iter().map(|(_, id)| *id).collect();
                    let message =
                        format!("the dataset \"{}\" has no column \"{word}\"", dataset.name);
                    self.unknown_word(message, word, &known, span);
                    return None;
                }
            }
        }
        Some(shown)
    }

    /// The column of the key that `band` names. `Err`, with a finding, when it names none.
    fn band_column(
        &mut self,
        directive: &Directive,
        dataset: &Dataset,
    ) -> Result<Option<usize>, ()> {
        let Some(attribute) = directive.attribute("band") else { return Ok(None) };
        let span = attribute.value.span;
        let Some(word) = self.attribute_words(directive, "band") else { return Err(()) };
        let keys =
            dataset.key.iter().filter_map(|&column| Some((column, dataset.columns.get(column)?)));
        let keys: Vec<(usize, &str)> =
            keys.map(|(column, about)| (column, about.id.as_str())).collect();
        if let Some((column, _)) = keys.iter().find(|(_, id)| *id == word) {
            return Ok(Some(*column));
        }
        let known: Vec<&str> = keys.iter().map(|(_, id)| *id).collect();
        let message = format!("\"{word}\" is no column of the key of \"{}\"", dataset.name);
        self.unknown_word(message, &word, &known, span);
        Err(())
    }

    /// The rows that `where` names; all when it is absent.
    pub(super) fn shown_rows<'d>(
        &mut self,
        directive: &Directive,
        dataset: &'d Dataset,
    ) -> Option<Vec<&'d DataRow>> {
        let Some(attribute) = directive.attribute("where") else {
            return Some(dataset.rows.iter().collect());
        };
        let span = attribute.value.span;
        let words = self.attribute_words(directive, "where")?;
        let day = Some(self.options.as_at);
        match dataset.conditions(&words, day) {
            Ok(conditions) => {
                if let Some(latest) = dataset.superseded(&conditions, &words, day) {
                    self.findings.push(superseded_rows(dataset, &latest, span));
                }
                Some(dataset.rows.iter().filter(|row| row.fits(&conditions)).collect())
            }
            Err(fault) if fault.no_period => {
                let finding = Finding::new(&rules::DATASET_NO_PERIOD, fault.message).at(span);
                self.findings.push(finding.help("give the column kind = \"period\""));
                None
            }
            Err(fault) => {
                let known: Vec<&str> = fault.known.iter().map(String::as_str).collect();
                self.unknown_word(fault.message, &fault.word, &known, span);
                None
            }
        }
    }
}

/// Rows are asked for by periods that later ones have followed.
fn superseded_rows(dataset: &Dataset, latest: &str, span: Span) -> Finding {
    let name = dataset.period_column().and_then(|place| dataset.columns.get(place));
    let name = name.map_or("period", |about| about.id.as_str());
    let message =
        format!("\"{}\" holds {latest} too, which is later than these rows", dataset.name);
    let help = format!("write {name}=latest or, to keep what is said here, {name}==… on purpose");
    Finding::new(&rules::FIGURE_SUPERSEDED, message).at(span).help(help)
}

/// One value; why there is none, in words, where there is none.
fn cell(dataset: &Dataset, column: usize, row: &DataRow) -> Cell {
    let shown = |text: String| {
        Cell::new(vec![Inline::Figure(Box::new(figure(dataset, column, row, text)))])
    };
    match row.cells.get(column).map(|cell| &cell.value) {
        Some(DataValue::Number(number)) => {
            let words = dataset.columns.get(column).map(|about| about.in_table(*number));
            shown(words.unwrap_or_default())
        }
        Some(DataValue::Absent(why)) => {
            let words = why.words();
            let first = words.get(..1).unwrap_or("").to_uppercase();
            let words = format!("{first}{}", words.get(1..).unwrap_or(""));
            Cell { quiet: true, ..shown(words) }
        }
        _ => shown(row.words(column)),
    }
}

/// What the table holds: what all rows share, and the columns.
fn summary(dataset: &Dataset, rows: &[&DataRow], keys: &[usize], heads: &[String]) -> String {
    let shared = dataset.key.iter().filter(|column| !keys.contains(column)).filter_map(|&column| {
        let name = &dataset.columns.get(column)?.name;
        Some(format!("{} {}", name.to_lowercase(), rows.first()?.words(column)))
    });
    let shared: Vec<String> = shared.collect();
    let about = match shared.is_empty() {
        true => String::new(),
        false => format!(", {}", and_list(&shared)),
    };
    let (named, values) = heads.split_at(keys.len().min(heads.len()));
    let values = match values {
        [] => "nothing else".to_owned(),
        values => and_list(values),
    };
    format!(
        "{}{about}. Each row is named by {} and gives: {values}.",
        *dataset.title,
        and_list(named).to_lowercase()
    )
}

//! `rows`: the author's own table, its row of cells repeated for each item of a list.

use crate::assemble::Assembler;
use crate::assemble::blocks::column_share;
use crate::assemble::directives::structure::is_name;
use crate::diag::{Finding, rules};
use crate::document::*;
use crate::narrative::tree::{Directive, Node, NodeKind};
use crate::source::Span;

impl Assembler<'_> {
    pub(super) fn rows(&mut self, directive: &Directive, span: Span) -> Vec<Block> {
        let [Node { kind: NodeKind::Table(pattern), .. }] = directive.body.as_slice() else {
            self.malformed(
                directive.name.span,
                "`rows` holds one table: a header row, and a row of cells to repeat",
                "| Risk | Severity |\\n|---|---|\\n| {{ risk.title }} | {{ risk.severity }} |",
            );
            return Vec::new();
        };
        let [cells] = pattern.rows.as_slice() else {
            self.malformed(
                directive.name.span,
                "the table in `rows` has one row under its header: the one that is repeated",
                "| {{ risk.title }} | {{ risk.severity }} |",
            );
            return Vec::new();
        };
        let (Some(list), Some(name)) =
            (self.attribute_value(directive, "in"), self.attribute_words(directive, "as"))
        else {
            return Vec::new();
        };
        let place = |name: &str| {
            directive.attribute(name).map_or(directive.name.span, |given| given.value.span)
        };
        if !is_name(&name) {
            self.malformed(place("as"), &format!("`{name}` cannot be a name"), "as=risk");
            return Vec::new();
        }
        // A text could be gone over letter by letter, which nobody means.
        let Some(items) = list.try_iter().ok().filter(|_| list.as_str().is_none()) else {
            self.findings
                .push(Finding::new(&rules::EXPRESSION_FAILED, "`in` is no list").at(place("in")));
            return Vec::new();
        };
        let row_head = self.attribute_number(directive, "rowhead").map(usize::from);
        // Rows that share a band stand together, bands in the order in which they first come.
        let mut bands: Vec<(Option<String>, Vec<Row>)> = Vec::new();
        for item in items {
            if !self.goes_on(span) {
                break;
            }
            self.locals.push((name.clone(), item));
            let faults = self.findings.len();
            let band = self.attribute_words(directive, "band");
            let note = self.attribute_words(directive, "bandnote");
            let mut row = Row::body(cells.iter().map(|cell| self.cell(cell)).collect());
            self.locals.pop();
            if let Some(cell) = row_head.and_then(|n| row.cells.get_mut(n.checked_sub(1)?)) {
                cell.header = Some(Scope::Row);
            }
            match bands.iter_mut().find(|(words, _)| *words == band) {
                Some((_, rows)) => rows.push(row),
                None => {
                    let over = band.as_deref().map(|words| band_row(words, note, cells.len()));
                    bands.push((band, over.into_iter().chain([row]).collect()));
                }
            }
            // A misspelt name is the same fault in every row.
            if self.findings[faults..].iter().any(|f| f.severity == crate::diag::Severity::Error) {
                break;
            }
        }
        let body: Vec<Row> = bands.into_iter().flat_map(|(_, rows)| rows).collect();
        if body.is_empty() {
            self.no_rows(directive, "items");
            return Vec::new();
        }
        let labels: Vec<String> =
            pattern.head.iter().map(|c| line(&self.inlines(&c.content))).collect();
        let shares = self.widths(directive, labels.len());
        let columns = (0..labels.len())
            .map(|i| Column {
                share: shares.as_ref().map_or_else(|| column_share(&labels, &body, i), |s| s[i]),
                align: if pattern.right.get(i).copied().unwrap_or(false) {
                    Align::Number
                } else {
                    Align::Start
                },
            })
            .collect();
        let caption = self.attribute_inlines(directive, "caption");
        let summary = self.summary(directive, || {
            format!("A table of {}.", crate::assemble::filters::and_list(&labels).to_lowercase())
        });
        let table = Table {
            role: self.attribute_words(directive, "role").unwrap_or_else(|| "plain".into()),
            columns,
            head: vec![super::head_row(&labels)],
            body,
            caption,
            summary,
            anchor: None,
        };
        vec![Block::at(BlockKind::Table(table), span)]
    }

    /// The shares that `widths` names, one a column.
    pub(super) fn widths(&mut self, directive: &Directive, columns: usize) -> Option<Vec<f64>> {
        let words = self.attribute_words(directive, "widths")?;
        let share = |word: &str| word.parse().ok().filter(|n: &f64| n.is_finite() && *n > 0.0);
        let shares: Option<Vec<f64>> = words.split_whitespace().map(share).collect();
        if let Some(shares) = shares.filter(|shares| shares.len() == columns) {
            return Some(shares);
        }
        let span = directive.attribute("widths").map_or(directive.name.span, |w| w.value.span);
        self.findings.push(
            Finding::new(
                &rules::DIRECTIVE_MALFORMED,
                format!("`widths` needs {columns} numbers, one a column"),
            )
            .at(span)
            .help(format!("for example: widths=\"{}\"", vec!["1"; columns].join(" "))),
        );
        None
    }
}

/// The row that stands over the items it names, with more about them under the name.
pub(super) fn band_row(words: &str, note: Option<String>, columns: usize) -> Row {
    let mut cell = Cell::text(words).columns(columns);
    cell.blocks.extend(note.filter(|words| !words.is_empty()).map(|words| {
        let content = vec![Inline::text(words)];
        Block::new(BlockKind::Paragraph(Paragraph { role: ParagraphRole::Note, content }))
    }));
    Row { role: RowRole::Band, cells: vec![cell], keep_with_next: true }
}

//! `statement-plan`: under each area and finding a table of the responses, each with its steps.
//!
//! One table a finding: readers who hear it keep their place, a page that begins inside
//! one repeats which finding it is, and no table grows past what a layout can hold.

use std::collections::HashMap;

use super::{Filter, anchor, counted, reference, rows_in};
use crate::assemble::Assembler;
use crate::assemble::directives::actions::quiet;
use crate::assemble::directives::head_row;
use crate::assemble::finish::slug;
use crate::assemble::ratings::shown;
use crate::document::*;
use crate::narrative::tree::Directive;
use crate::plan::statement::{
    AreaBranch, FindingBranch, MainFinding, ResponseBranch, Stage, Workstream,
};
use crate::plan::{Commitment, PlanDate, SchemeOf};
use crate::source::{At, Span};

const LABELS: [&str; 10] = [
    "Ref",
    "Response and steps",
    "How success will show",
    "Start",
    "First due",
    "Expected",
    "Status",
    "Done",
    "Rating",
    "Work stream",
];

/// One fewer than the labels: what a response's success criteria are called stands before them, not over them.
const COLUMNS: usize = LABELS.len() - 1;
/// The label of the criteria.
const CRITERIA: usize = 2;

/// Which finding each response and finding stands under, for links to where archived rows went.
type Places<'p> = HashMap<&'p str, &'p MainFinding>;

/// What a table of rows needs besides the rows.
struct Sheet<'s, 'p> {
    filter: &'s Filter,
    places: Places<'p>,
    workstreams: HashMap<&'p str, &'p Workstream>,
}

impl<'a> Assembler<'a> {
    pub(in crate::assemble) fn statement_plan(
        &mut self,
        directive: &Directive,
        span: Span,
    ) -> Vec<Block> {
        self.needs_scheme(directive, SchemeOf::Response);
        let Ok(filter) = self.filter(directive) else { return Vec::new() };
        let labels = self.labels(directive, LABELS);
        let level = self.attribute_number(directive, "level").unwrap_or(2).clamp(1, 5);
        let level = level.saturating_add(self.shift).min(5);
        let summary =
            directive.attribute("summary").is_some().then(|| self.summary(directive, String::new));
        let blocks = {
            let tree = self.selection(&filter, true);
            let sheet = Sheet {
                filter: &filter,
                places: places(&tree),
                workstreams: self.project.plan.statement.workstreams_by_id(),
            };
            let mut blocks = Vec::new();
            for branch in &tree {
                let area = branch.area;
                let title = format!("{}. {}", *area.id, *area.name);
                blocks.push(heading(
                    level,
                    title,
                    format!("area-{}", slug(&area.id)),
                    area.id.span,
                ));
                for finding in &branch.findings {
                    self.finding_blocks(finding, &sheet, level + 1, &mut blocks);
                    let table = self.finding_table(finding, &sheet, &labels, summary.as_deref());
                    blocks.push(Block::at(BlockKind::Table(table), span));
                }
            }
            blocks
        };
        if blocks.is_empty() {
            self.nothing_left(directive, &filter);
        }
        blocks
    }

    /// What stands over a finding's table.
    fn finding_blocks(
        &self,
        branch: &FindingBranch<'a>,
        sheet: &Sheet<'_, '_>,
        level: u8,
        blocks: &mut Vec<Block>,
    ) {
        let finding = branch.finding;
        let title = format!("{} {}", *finding.id, *finding.name);
        blocks.push(heading(level, title, anchor(finding), finding.id.span));
        blocks.push(Block::paragraph(finding.text.value.clone()));
        if let Some(outcome) = &finding.outcome {
            blocks.push(Block::new(BlockKind::Paragraph(Paragraph::body(vec![
                Inline::strong("Outcome sought: "),
                Inline::text(outcome.value.clone()),
            ]))));
        }
        let mut facts = Vec::new();
        if let (Some(start), Some(due)) = (&finding.start, &finding.due) {
            facts.push(format!("{} to {}", sentence(start.prose()), due.prose()));
        }
        let done = self.counting(sheet.filter.shown, |counting| {
            let percent = counting.finding(branch).percent;
            percent.map(|mean| counting.scheme.roll_up.rounding.percent(mean))
        });
        let (responses, steps) = rows_in(std::slice::from_ref(branch));
        let mut rows = format!("{}, {}", counted(responses, "response"), counted(steps, "step"));
        if let Some(done) = done.flatten() {
            rows.push_str(&format!(", {done}% complete"));
        }
        facts.push(rows);
        facts.extend(finding.author.as_ref().map(|author| format!("Outcome set by: {}", **author)));
        blocks.push(note(vec![Inline::text(format!("{}.", facts.join(". ")))]));
    }

    fn finding_table(
        &self,
        branch: &FindingBranch<'a>,
        sheet: &Sheet<'_, '_>,
        labels: &[String; 10],
        summary: Option<&str>,
    ) -> Table {
        let finding = branch.finding;
        let (responses, steps) = rows_in(std::slice::from_ref(branch));
        // Repeated with the column heads, it says on every page which finding goes on there.
        let band = Cell::column_head(format!("Finding {}: responses and steps", *finding.id));
        let band =
            Row { role: RowRole::Head, cells: vec![band.columns(COLUMNS)], keep_with_next: true };
        let criteria = labels[CRITERIA].as_str();
        let heads =
            labels.iter().enumerate().filter(|(n, _)| *n != CRITERIA).map(|(_, label)| label);
        let body = branch
            .responses
            .iter()
            .flat_map(|response| self.response_rows(response, criteria, sheet));
        let column = |share, align| Column { share, align };
        let text = |share| column(share, Align::Start);
        Table {
            role: "statement-plan".into(),
            columns: vec![
                text(15.0),
                text(105.0),
                text(20.0),
                text(20.0),
                text(20.5),
                text(27.0),
                column(13.0, Align::Number),
                text(26.0),
                text(16.0),
            ],
            head: vec![band, head_row(heads)],
            body: body.collect(),
            caption: None,
            summary: summary.map_or_else(
                || {
                    format!(
                        "Finding {}: {}, each followed by its steps, {} in all. A row gives dates, delivery status, \
                         rating and workstreams; a response also how success will show and how much is done.",
                        *finding.id,
                        counted(responses, "response"),
                        counted(steps, "step"),
                    )
                },
                str::to_owned,
            ),
            anchor: None,
        }
    }

    fn response_rows(
        &self,
        branch: &ResponseBranch<'_>,
        label: &str,
        sheet: &Sheet<'_, '_>,
    ) -> Vec<Row> {
        let response = branch.response;
        let row = &response.row;
        let archived = self.stage(row) == Some(Stage::Archived);
        let went = archived.then(|| self.went(row, None, sheet));
        let stated = response.criteria.as_ref().map_or("Not stated", |criteria| criteria.as_str());
        let mut criteria =
            Cell::new(vec![Inline::strong(format!("{label}: ")), Inline::text(stated)]);
        criteria.blocks.extend(
            response
                .author
                .as_ref()
                .map(|author| note(vec![Inline::text(format!("Author: {}", **author))])),
        );
        let done = match &response.percent {
            Some(percent) => Cell::text(format!("{}%", percent.value)),
            None if archived => quiet("Not counted"),
            None => quiet("Not given"),
        };
        let mut cells = vec![reference_cell(row).rows(2), words(row, went)];
        cells.extend(dates(row));
        cells.extend([self.status_cell(row), done, self.rating_cell(row, sheet.filter)]);
        cells.push(marks(row, sheet));
        let lead =
            Row { role: RowRole::Lead, cells: settled(cells, archived), keep_with_next: true };
        // Under the response, over the whole width: a paragraph in a narrow column takes a page.
        let below = Row {
            role: RowRole::Detail,
            cells: settled(vec![criteria.columns(COLUMNS - 1)], archived),
            keep_with_next: !branch.steps.is_empty(),
        };
        let mut rows = vec![lead, below];
        for step in &branch.steps {
            let row = &step.row;
            let is_archived = self.stage(row) == Some(Stage::Archived);
            let went = is_archived.then(|| self.went(row, archived.then_some(response), sheet));
            // A step has no percentage of its own: its status stands in that room.
            let mut cells = vec![reference_cell(row), words(row, went)];
            cells.extend(dates(row));
            cells.push(self.status_cell(row).columns(2));
            cells.push(self.rating_cell(row, sheet.filter));
            cells.push(marks(row, sheet));
            let cells = settled(cells, is_archived);
            rows.push(Row { role: RowRole::Detail, cells, keep_with_next: false });
        }
        rows
    }

    fn status_cell(&self, row: &Commitment) -> Cell {
        match self.ratings.delivery(row) {
            Some(status) => Cell::text(status.label()),
            None => quiet("Not known"),
        }
    }

    fn rating_cell(&self, row: &Commitment, filter: &Filter) -> Cell {
        match self.row_rating(row, filter.shown) {
            Some(rating) => {
                Cell { status: Some(shown(rating)), blocks: Vec::new(), ..Cell::text("") }
            }
            None => quiet("Not rated"),
        }
    }

    /// Where an archived row went: `with` is the archived response that a step went with.
    fn went(
        &self,
        row: &Commitment,
        with: Option<&crate::plan::Response>,
        sheet: &Sheet<'_, '_>,
    ) -> Vec<Inline> {
        if row.archived_to.is_empty() {
            return vec![Inline::text(match with {
                Some(response) => format!("Archived with {}.", **response.row.printed()),
                None => "Archived. The plan does not say where it went.".to_owned(),
            })];
        }
        let mut words = vec![Inline::text("Archived. Now under ")];
        for (index, id) in row.archived_to.iter().enumerate() {
            if index > 0 {
                let last = index + 1 == row.archived_to.len();
                words.push(Inline::text(if last { " and " } else { ", " }));
            }
            words.push(match sheet.places.get(id.as_str()) {
                Some(finding) => reference(id, finding, true),
                None => Inline::text(id.value.clone()),
            });
        }
        words.push(Inline::text("."));
        words
    }
}

fn places<'p>(tree: &[AreaBranch<'p>]) -> Places<'p> {
    let mut places = HashMap::new();
    for branch in tree.iter().flat_map(|area| &area.findings) {
        places.insert(branch.finding.id.as_str(), branch.finding);
        for response in &branch.responses {
            places.insert(response.response.row.id.as_str(), branch.finding);
        }
    }
    places
}

fn heading(level: u8, words: String, anchor: String, span: Span) -> Block {
    let content = vec![Inline::text(words)];
    Block::at(
        BlockKind::Heading(Heading { level, number: None, content, anchor, covers: Vec::new() }),
        span,
    )
}

fn note(content: Vec<Inline>) -> Block {
    Block::new(BlockKind::Paragraph(Paragraph { role: ParagraphRole::Note, content }))
}

fn reference_cell(row: &Commitment) -> Cell {
    Cell::new(vec![Inline::strong(row.printed().value.clone())]).row_head()
}

/// What will be done, with the row's remark and where it went.
fn words(row: &Commitment, went: Option<Vec<Inline>>) -> Cell {
    let mut cell = Cell::text(row.text.value.clone());
    cell.blocks.extend(went.map(note));
    let remark = row.note.as_ref().map(|remark| note(vec![Inline::text(remark.value.clone())]));
    cell.blocks.extend(remark);
    cell
}

/// Start, original due date, expected end.
fn dates(row: &Commitment) -> [Cell; 3] {
    let shown = |date: Option<&At<PlanDate>>, none: &str| match date {
        Some(date) => Cell::text(date.table()),
        None => quiet(none),
    };
    let expected = if row.due.is_some() { "As due" } else { "Not set" };
    [
        shown(row.start.as_ref(), "Not set"),
        shown(row.due.as_ref(), "Not set"),
        shown(row.expected.as_deref(), expected),
    ]
}

/// The marks of the row's workstreams.
fn marks(row: &Commitment, sheet: &Sheet<'_, '_>) -> Cell {
    let marks: Vec<&str> = row
        .workstreams
        .iter()
        .filter_map(|id| sheet.workstreams.get(id.as_str()))
        .map(|workstream| workstream.mark.as_str())
        .collect();
    if marks.is_empty() { quiet("None") } else { Cell::text(marks.join(", ")) }
}

/// The cells of a row, all of them quieter when it is archived.
fn settled(cells: Vec<Cell>, archived: bool) -> Vec<Cell> {
    let quieter = |cell: Cell| Cell { quiet: cell.quiet || archived, ..cell };
    cells.into_iter().map(quieter).collect()
}

/// With a capital at its start.
fn sentence(words: String) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}

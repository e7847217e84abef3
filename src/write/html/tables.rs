//! Tables: captions, what each header heads, and a region to move about in where they are wide.

use super::Writer;
use super::inlines::class_of;
use crate::document::{Align, Block, BlockKind, Cell, Row, RowRole, Scope, Table, walk};

/// A cell and where it stands.
struct Placed<'d> {
    cell: &'d Cell,
    /// Its first column.
    column: usize,
}

/// A header that cells below or beside it can name.
struct Header {
    id: String,
    columns: std::ops::Range<usize>,
    rows: std::ops::Range<usize>,
    scope: Scope,
    /// Whether it names what follows, up to the next of its kind.
    band: bool,
}

impl<'d> Writer<'d> {
    pub(super) fn table(&mut self, table: &'d Table) {
        self.tables += 1;
        let id = table.anchor.as_deref().and_then(|anchor| self.ids.get(anchor)).map(str::to_owned);
        let caption = table.caption.as_deref().map(crate::document::line);
        let label = self.region(caption.as_deref().unwrap_or(&table.summary));
        let region = [
            ("class", Some("scroll")),
            ("role", Some("region")),
            ("aria-label", Some(label.as_str())),
            ("tabindex", Some("0")),
            ("id", id.as_deref()),
        ];
        self.out.open("div", &region);
        let many = if table.columns.len() > 4 { " many" } else { "" };
        let sorts = if self.extras.sorting && is_sortable(table) { " sorts" } else { "" };
        let class = format!("table {}{many}{sorts}", class_of(&table.role));
        self.out.open("table", &[("class", Some(&class))]);
        self.out.line();
        self.caption(table);
        let rows: Vec<&'d Row> = table.head.iter().chain(&table.body).collect();
        let placed = placed(&rows);
        let headers = self.headers(table, &rows, &placed);
        let mut group = None;
        for (at, (row, cells)) in rows.iter().zip(&placed).enumerate() {
            let is_head = at < table.head.len();
            let wanted = if is_head { "thead" } else { "tbody" };
            let begins = row.role == RowRole::Band && !is_head;
            if group != Some(wanted) || begins {
                if let Some(group) = group {
                    self.out.close(group);
                    self.out.line();
                }
                self.out.open(wanted, &[]);
                group = Some(wanted);
            }
            self.row(table, row, cells, at, &headers, is_head);
        }
        if let Some(group) = group {
            self.out.close(group);
        }
        self.out.raw("</table></div>");
    }

    /// The caption, and for those who hear the table how it is laid out.
    fn caption(&mut self, table: &'d Table) {
        self.out.open("caption", &[]);
        if let Some(caption) = &table.caption {
            self.inlines(caption);
            self.out.raw(" ");
        }
        let hidden = [("class", Some("vh")), ("data-added", Some(""))];
        self.out.element("span", &hidden, &table.summary);
        self.out.close("caption");
        self.out.line();
    }

    fn row(
        &mut self,
        table: &Table,
        row: &'d Row,
        cells: &[Placed<'d>],
        at: usize,
        headers: &[Header],
        is_head: bool,
    ) {
        let class = match row.role {
            RowRole::Head => Some("head"),
            RowRole::Body => None,
            RowRole::Lead => Some("lead-row"),
            RowRole::Detail => Some("detail"),
            RowRole::Band => Some("band"),
            RowRole::Total => Some("total"),
        };
        self.out.open("tr", &[("class", class)]);
        for Placed { cell, column } in cells {
            let scope = scope_of(row, cell, is_head);
            let spanned = |n: usize| (n > 1).then(|| n.to_string());
            let (columns, rows) = (spanned(cell.colspan), spanned(cell.rowspan));
            let own = self.header_id(at, *column);
            let named = headers.iter().any(|header| header.id == own).then_some(own.as_str());
            let mut classes = Vec::new();
            let align = table.columns.get(*column).map(|column| column.align);
            match align.filter(|_| cell.colspan == 1) {
                Some(Align::Number) => classes.push("n"),
                Some(Align::Centre) => classes.push("c"),
                Some(Align::Start) | None => {}
            }
            if is_broad(table, *column) && cell.colspan == 1 {
                classes.push("broad");
            }
            if cell.quiet {
                classes.push("quiet");
            }
            let rated =
                cell.status.as_ref().map(|status| format!("rated on-{}", class_of(&status.colour)));
            classes.extend(rated.as_deref());
            let class = classes.join(" ");
            let heads = (scope.is_none() && !headers.is_empty())
                .then(|| heads(headers, at, *column, cell))
                .filter(|heads| !heads.is_empty());
            let element = if scope.is_some() { "th" } else { "td" };
            let attributes = [
                ("id", named),
                ("scope", scope),
                ("class", Some(class.as_str()).filter(|class| !class.is_empty())),
                ("colspan", columns.as_deref()),
                ("rowspan", rows.as_deref()),
                ("headers", heads.as_deref()),
            ];
            self.out.open(element, &attributes);
            if let Some(status) = &cell.status {
                self.status(status);
                self.out.raw(" ");
            }
            self.inner(&cell.blocks);
            self.out.close(element);
        }
        self.out.close("tr");
        self.out.line();
    }

    /// The headers that cells name by id: none in a simple table, where scopes say it all.
    fn headers(&self, table: &Table, rows: &[&'d Row], placed: &[Vec<Placed<'d>>]) -> Vec<Header> {
        let spans = |row: &&Row| row.cells.iter().any(|cell| cell.colspan > 1 || cell.rowspan > 1);
        if table.head.len() <= 1 && !rows.iter().any(spans) {
            return Vec::new();
        }
        let mut headers = Vec::new();
        for (at, (row, cells)) in rows.iter().zip(placed).enumerate() {
            for Placed { cell, column } in cells {
                let is_head = at < table.head.len();
                if scope_of(row, cell, is_head).is_none() {
                    continue;
                }
                let scope = if is_head { Scope::Column } else { cell.header.unwrap_or(Scope::Row) };
                headers.push(Header {
                    id: self.header_id(at, *column),
                    columns: *column..column + cell.colspan,
                    rows: at..at + cell.rowspan,
                    scope,
                    band: row.role == RowRole::Band && !is_head,
                });
            }
        }
        headers
    }

    fn header_id(&self, row: usize, column: usize) -> String {
        format!("head--{}-{row}-{column}", self.tables)
    }

    /// `label`, told apart from other regions of the same name.
    pub(super) fn region(&mut self, label: &str) -> String {
        let times = self.regions.entry(label.to_owned()).or_insert(0);
        *times += 1;
        if *times == 1 { label.to_owned() } else { format!("{label} ({times})") }
    }
}

/// Whether there is a table among `blocks` that can be sorted.
pub(super) fn any_sortable(blocks: &[Block]) -> bool {
    let mut found = false;
    walk(blocks, &mut |block| {
        found |= matches!(&block.kind, BlockKind::Table(table) if is_sortable(table));
    });
    found
}

/// Fewest rows of a table that readers may want in another order.
const SORTED_ROWS: usize = 6;

/// Whether the rows of `table` can stand in any order: each is by itself, under one row of heads.
fn is_sortable(table: &Table) -> bool {
    let alone = |row: &Row| row.cells.iter().all(|cell| cell.colspan == 1 && cell.rowspan == 1);
    let is_plain = |row: &Row| row.role == RowRole::Body && alone(row);
    let named = |cell: &Cell| !cell.blocks.is_empty();
    table.body.len() >= SORTED_ROWS
        && table.body.iter().all(is_plain)
        && matches!(table.head.as_slice(), [head] if alone(head) && head.cells.iter().all(named))
}

/// What a cell heads, as `scope` says it.
fn scope_of(row: &Row, cell: &Cell, is_head: bool) -> Option<&'static str> {
    let grouped = cell.colspan > 1;
    match cell.header {
        _ if row.role == RowRole::Band && !is_head => cell.header.is_some().then_some("rowgroup"),
        Some(Scope::Row) if !is_head => Some("row"),
        Some(_) if grouped && is_head => Some("colgroup"),
        Some(Scope::Column | Scope::Both) => Some("col"),
        Some(Scope::Row) => Some("row"),
        None => None,
    }
}

/// The ids of what heads the cell in row `at` and column `column`.
fn heads(headers: &[Header], at: usize, column: usize, cell: &Cell) -> String {
    let columns = column..column + cell.colspan;
    let rows = at..at + cell.rowspan;
    let meets = |one: &std::ops::Range<usize>, other: &std::ops::Range<usize>| {
        one.start < other.end && other.start < one.end
    };
    let last_band = headers.iter().rfind(|header| header.band && header.rows.start < at);
    headers
        .iter()
        .filter(|header| {
            if header.band {
                return last_band.is_some_and(|band| band.id == header.id);
            }
            let above = header.rows.end <= rows.start && meets(&header.columns, &columns);
            let beside = header.columns.end <= columns.start && meets(&header.rows, &rows);
            match header.scope {
                Scope::Column => above,
                Scope::Row => beside,
                Scope::Both => above || beside,
            }
        })
        .map(|header| header.id.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Each cell with its column, counting what spans cover.
fn placed<'d>(rows: &[&'d Row]) -> Vec<Vec<Placed<'d>>> {
    // For each column, the row from which it is free again.
    let mut free: Vec<usize> = Vec::new();
    let mut out = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let mut column = 0;
        let mut cells = Vec::new();
        for cell in &row.cells {
            while free.get(column).is_some_and(|until| *until > at) {
                column += 1;
            }
            let end = column + cell.colspan;
            if free.len() < end {
                free.resize(end, 0);
            }
            free.iter_mut().take(end).skip(column).for_each(|until| *until = at + cell.rowspan);
            cells.push(Placed { cell, column });
            column = end;
        }
        out.push(cells);
    }
    out
}

/// Whether a column of many holds more words than the others.
fn is_broad(table: &Table, column: usize) -> bool {
    let all: f64 = table.columns.iter().map(|column| column.share).sum();
    let count = table.columns.len();
    count > 4
        && table.columns.get(column).is_some_and(|column| column.share * count as f64 > 1.25 * all)
}

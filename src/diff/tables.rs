//! Tables cell by cell. Rows are told by what names them, their first cell; columns by their heads.

use std::collections::BTreeSet;

use crate::diff::outline::Grid;
use crate::diff::{CellChange, Fate, TableChange};

/// What changed from one table to the other; none when only their order or their caption's place did.
pub fn changed(old: &Grid, new: &Grid) -> Option<TableChange> {
    let mut change = TableChange {
        title: new.title.clone(),
        fate: Fate::Stays,
        cells: Vec::new(),
        rows_new: Vec::new(),
        rows_gone: Vec::new(),
    };
    if old.title != new.title {
        change.cells.push(CellChange {
            row: String::new(),
            column: "title".to_owned(),
            from: old.title.clone(),
            to: new.title.clone(),
        });
    }
    let names = names(old, new);
    let mut taken = BTreeSet::new();
    for row in &new.rows {
        let name = name(row, names);
        let known = old
            .rows
            .iter()
            .enumerate()
            .find(|(place, old)| !taken.contains(place) && self::name(old, names) == name);
        let Some((place, before)) = known else {
            change.rows_new.push(said(row));
            continue;
        };
        taken.insert(place);
        for (column, head) in new.heads.iter().enumerate() {
            let old_column = old.heads.iter().position(|known| known == head).unwrap_or(column);
            let cell = |row: &[String], at: usize| row.get(at).cloned().unwrap_or_default();
            let (from, to) = (cell(before, old_column), cell(row, column));
            if from != to {
                let (row, column) = (name.clone(), head.clone());
                change.cells.push(CellChange { row, column, from, to });
            }
        }
        for (column, head) in old.heads.iter().enumerate() {
            let from = before.get(column).cloned().unwrap_or_default();
            if column >= new.heads.len() && !new.heads.contains(head) && !from.is_empty() {
                let (row, column) = (name.clone(), head.clone());
                change.cells.push(CellChange { row, column, from, to: String::new() });
            }
        }
    }
    let gone = old.rows.iter().enumerate().filter(|(place, _)| !taken.contains(place));
    change.rows_gone = gone.map(|(_, row)| said(row)).collect();
    let is_none =
        change.cells.is_empty() && change.rows_new.is_empty() && change.rows_gone.is_empty();
    (!is_none).then_some(change)
}

/// A table that is new or gone.
pub fn whole(grid: &Grid, fate: Fate) -> TableChange {
    let rows: Vec<String> = grid.rows.iter().map(|row| said(row)).collect();
    let (rows_new, rows_gone) = match fate {
        Fate::Gone => (Vec::new(), rows),
        _ => (rows, Vec::new()),
    };
    TableChange { title: grid.title.clone(), fate, cells: Vec::new(), rows_new, rows_gone }
}

/// How many cells name a row: one, or as many as it takes to tell all rows of both apart.
fn names(old: &Grid, new: &Grid) -> usize {
    let width = old.heads.len().min(new.heads.len()).max(1);
    let tells = |grid: &Grid, count: usize| {
        let all: BTreeSet<String> = grid.rows.iter().map(|row| name(row, count)).collect();
        all.len() == grid.rows.len()
    };
    (1..width).find(|&count| tells(old, count) && tells(new, count)).unwrap_or(1)
}

fn name(row: &[String], count: usize) -> String {
    row.iter().take(count).map(String::as_str).collect::<Vec<_>>().join(", ")
}

fn said(row: &[String]) -> String {
    let cells = row.iter().filter(|words| !words.is_empty());
    cells.map(String::as_str).collect::<Vec<_>>().join(" | ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(rows: &[[&str; 3]]) -> Grid {
        Grid {
            title: "T".into(),
            heads: ["Area", "Year", "Rate"].map(String::from).into(),
            rows: rows.iter().map(|row| row.map(String::from).into()).collect(),
        }
    }

    #[test]
    fn cells_are_told_by_row_and_column() {
        let old = grid(&[["Here", "2023", "55%"], ["England", "2023", "49%"]]);
        let new = grid(&[["Here", "2023", "54%"], ["Here", "2024", "46%"]]);
        let change = changed(&old, &new).unwrap();
        assert_eq!(change.rows_new, ["Here | 2024 | 46%"]);
        assert_eq!(change.rows_gone, ["England | 2023 | 49%"]);
        let [cell] = change.cells.as_slice() else { panic!("one cell: {change:?}") };
        assert_eq!((cell.row.as_str(), cell.column.as_str()), ("Here, 2023", "Rate"));
        assert_eq!((cell.from.as_str(), cell.to.as_str()), ("55%", "54%"));
        assert!(changed(&new, &new).is_none());
    }
}

//! The sample's large tables, and what tables are made of.

use annexe::document::*;

/// Plain words.
pub fn text(words: &str) -> Vec<Inline> {
    vec![Inline::text(words)]
}

/// A rating.
pub fn status(colour: &str, letter: &str, word: &str) -> Status {
    Status { colour: colour.into(), letter: letter.into(), word: word.into(), picture: None }
}

/// A cell that is nothing but a rating.
pub fn status_cell(colour: &str, letter: &str, word: &str) -> Cell {
    Cell { blocks: Vec::new(), status: Some(status(colour, letter, word)), ..Cell::text("") }
}

/// A column.
pub fn column(share: f64, align: Align) -> Column {
    Column { share, align }
}

/// A header row.
pub fn head(words: &[&str]) -> Row {
    let cells = words.iter().map(|word| Cell::column_head(*word)).collect();
    Row { role: RowRole::Head, cells, keep_with_next: false }
}

/// Actions with milestones: each action's reference and officers stand once, over its rows.
pub fn actions_table() -> Block {
    let mut rows = Vec::new();
    let actions = [
        (
            "T1",
            "Put a named caseworker beside each family",
            "Head of SEND",
            vec![
                ("Agree the role and the pay", "31 January 2022", "blue", "B", "Embedded"),
                (
                    "Fill twelve posts, with two parents on each interview panel",
                    "30 April 2022",
                    "green",
                    "G",
                    "Complete",
                ),
                ("Every family has a name and a number", "30 June 2022", "amber", "A", "On track"),
            ],
        ),
        (
            "T2",
            "Decide each request in a weekly panel with health and care",
            "Designated Clinical Officer; Principal Educational Psychologist",
            vec![
                ("Panel meets", "28 February 2022", "green", "G", "Complete"),
                (
                    "Advice comes within six weeks, or the panel chair rings",
                    "30 May 2022",
                    "red",
                    "R",
                    "Overdue",
                ),
            ],
        ),
        (
            "T3",
            "Clear the plans that are over 20 weeks",
            "Head of SEND",
            vec![
                ("List agreed with each school", "31 March 2022", "green", "G", "Complete"),
                ("Half cleared", "31 July 2022", "grey", "N", "Not due"),
                ("All cleared", "30 November 2022", "grey", "N", "Not due"),
            ],
        ),
        (
            "T10",
            "Tell families where their request stands",
            "Digital lead",
            vec![("Text message at each stage", "30 September 2022", "grey", "N", "Not due")],
        ),
    ];
    for (id, title, officers, milestones) in actions {
        let span = milestones.len() + 1;
        rows.push(Row {
            role: RowRole::Lead,
            cells: vec![
                Cell::text(id).row_head().rows(span),
                Cell::text(title),
                Cell::text(officers).rows(span),
                Cell { quiet: true, ..Cell::text("See milestones") },
                status_cell("amber", "A", "On track"),
            ],
            keep_with_next: true,
        });
        for (milestone, due, colour, letter, word) in milestones {
            rows.push(Row {
                role: RowRole::Detail,
                cells: vec![
                    Cell::text(milestone),
                    Cell::text(due),
                    status_cell(colour, letter, word),
                ],
                keep_with_next: false,
            });
        }
    }
    Block::new(BlockKind::Table(Table {
        role: "actions".into(),
        columns: vec![
            column(1.0, Align::Start),
            column(5.0, Align::Start),
            column(2.5, Align::Start),
            column(2.0, Align::Start),
            column(1.6, Align::Start),
        ],
        head: vec![head(&["Ref", "Action and milestones", "Responsible", "By when", "Status"])],
        body: rows,
        caption: Some(text("Actions under objective 1")),
        summary: "Each action has a row of its own, with its milestones in the rows under it."
            .into(),
        anchor: Some("table-actions".into()),
    }))
}

/// A scorecard with two header rows: periods over target and actual.
pub fn scorecard_table() -> Block {
    let mut top = vec![
        Cell::column_head("KPI").rows(2),
        Cell::column_head("Measure").rows(2),
        Cell::column_head("Baseline").rows(2),
    ];
    let mut second = Vec::new();
    for period in ["6 months", "12 months", "18 months", "24 months"] {
        top.push(Cell::column_head(period).columns(2));
        second.push(Cell::column_head("Target"));
        second.push(Cell::column_head("Actual"));
    }
    let rated = |value: &str, colour: &str, letter: &str, word: &str| Cell {
        status: Some(status(colour, letter, word)),
        ..Cell::text(value)
    };
    let quiet = |words: &str| Cell { quiet: true, ..Cell::text(words) };
    let measure = |id: &str, name: &str, cells: Vec<Cell>| {
        let mut row = vec![Cell::text(id).row_head(), Cell::text(name)];
        row.extend(cells);
        Row::body(row)
    };
    Block::new(BlockKind::Table(Table {
        role: "scorecard".into(),
        columns: vec![column(1.2, Align::Start), column(4.0, Align::Start)]
            .into_iter()
            .chain((0..9).map(|_| column(1.4, Align::Number)))
            .collect(),
        head: vec![
            Row { role: RowRole::Head, cells: top, keep_with_next: false },
            Row { role: RowRole::Head, cells: second, keep_with_next: false },
        ],
        body: vec![
            Row { role: RowRole::Band, cells: vec![Cell::text("Objective 1: plans in time").columns(11)], keep_with_next: true },
            measure("T1a", "Plans issued within 20 weeks, 12 months rolling", vec![
                Cell::text("53%"), Cell::text("60%"), rated("58%", "amber", "A", "Near"), Cell::text("60%"), rated("63%", "green", "G", "Met"),
                Cell::text("70%"), quiet("not yet due"), Cell::text("75%"), quiet("not yet due"),
            ]),
            measure("T1b", "Longest wait for a plan, in weeks", vec![
                Cell::text("61"), Cell::text("50"), rated("48", "green", "G", "Met"), Cell::text("40"), rated("40", "green", "G", "Met"),
                Cell::text("30"), quiet("not yet due"), Cell::text("20"), quiet("not yet due"),
            ]),
            measure("T2", "Families who say they were kept informed", vec![
                quiet("needs a baseline"), Cell::text("50%"), rated("31%", "red", "R", "Missed"), Cell::text("60%"), quiet("not available"),
                Cell::text("70%"), quiet("not yet due"), Cell::text("500 to 900"), quiet("not yet due"),
            ]),
            Row { role: RowRole::Total, cells: {
                let mut cells = vec![Cell::text("All").row_head(), Cell::text("Measures that met their target")];
                cells.extend(["0", "3", "1", "3", "2", "3", "0", "3", "0"].iter().map(|n| Cell::text(*n)));
                cells
            }, keep_with_next: false },
        ],
        caption: Some(text("Scorecard at 12 months")),
        summary: "Each row is a measure; the columns give its baseline, then target and actual for each period.".into(),
        anchor: None,
    }))
}

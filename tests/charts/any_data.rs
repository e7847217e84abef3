//! Whatever a dataset holds, a chart of it is drawn or refused: never a panic, and never other words than the data's.

use annexe::document::*;
use proptest::prelude::*;

use super::{DECLARATION, document_of, project};

const KINDS: &[&str] = &["bars", "columns", "stacked-bars", "stacked-columns", "lines", "donut"];

/// A cell of a column of numbers: mostly a number, sometimes a reason why there is none.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => (-1000i32..1000).prop_map(|n| format!("{}", f64::from(n) / 10.0)),
        2 => (0i32..100).prop_map(|n| n.to_string()),
        1 => prop_oneof![Just("c"), Just("z"), Just("x"), Just("gap"), Just("low")].prop_map(str::to_owned),
        1 => prop_oneof![Just("99999999999999999999"), Just("0"), Just("-0.0001"), Just("0.04")].prop_map(str::to_owned),
    ]
}

prop_compose! {
    fn rows()(areas in 1usize..6, periods in 1usize..6, cells in prop::collection::vec(cell(), 60)) -> String {
        let mut rows = "area,period,overall,authorised,pupils,remark\n".to_owned();
        let mut cells = cells.into_iter();
        for area in 0..areas {
            for period in 0..periods {
                let year = 2015 + period;
                let (a, b) = (cells.next().unwrap(), cells.next().unwrap());
                rows += &format!("A{area},{year}/{},{a},{b},1,r\n", year + 1 - 2000);
            }
        }
        rows
    }
}

/// The numbers of a text that are said with a per cent sign, as they are written.
fn percentages(text: &str) -> Vec<String> {
    let words = text.split(|c: char| c.is_whitespace() || c == ';' || c == '(' || c == ')');
    let words = words.map(|word| word.trim_end_matches(['.', ',', ':']));
    words.filter(|word| word.ends_with('%')).map(str::to_owned).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_dataset_gives_a_drawing_or_a_finding(
        rows in rows(),
        kind in prop::sample::select(KINDS),
        x in prop::sample::select(&["area", "period", "columns"][..]),
        panels in prop::option::of(prop::sample::select(&["area", "period", "columns"][..])),
        both in any::<bool>(),
        ordered in any::<bool>(),
    ) {
        let columns = if both { "overall, authorised" } else { "overall" };
        let panels = panels.map(|p| format!("panels=\"{p}\"")).unwrap_or_default();
        let order = if ordered { "order=\"value\"" } else { "" };
        let body = format!(
            "::: chart absence title=\"T\" columns=\"{columns}\" kind=\"{kind}\" x=\"{x}\" {panels} {order} table=\"below\"\n:::\n\nWords."
        );
        let (assembly, found) = document_of(&project(&rows, &body));
        let drawn = drawings(&assembly.document.blocks);
        prop_assert_eq!(drawn.is_empty(), !found.is_empty(), "{:?}", found);
        let Some(drawing) = drawn.first() else { return Ok(()) };
        let table = assembly.document.blocks.iter().find_map(|block| match &block.kind {
            BlockKind::Table(table) => Some(table),
            _ => None,
        });
        let cells = table.unwrap().body.iter().flat_map(|row| &row.cells);
        let shown: Vec<String> = cells.map(crate::statement::said).collect();
        // Each percentage that is said or drawn stands in the table.
        let ticks: Vec<String> = match &drawing.drawing {
            DrawingKind::Chart(chart) => chart.scale.ticks.iter().map(|t| t.words.clone()).collect(),
            _ => Vec::new(),
        };
        for said in percentages(&drawing.alt) {
            prop_assert!(shown.contains(&said), "{} is not in the table: {}", said, drawing.alt);
        }
        for label in drawing.drawing.labels() {
            for said in percentages(&label) {
                prop_assert!(shown.contains(&said) || ticks.contains(&said), "{said} is drawn");
            }
        }
        if let DrawingKind::Chart(chart) = &drawing.drawing {
            prop_assert!(chart.scale.from < chart.scale.to);
            for mark in chart.panels.iter().flat_map(|p| &p.groups).flat_map(|g| &g.marks) {
                let on_scale = mark.value.is_none_or(|v| chart.scale.from <= v && v <= chart.scale.to);
                prop_assert!(on_scale || chart.form.is_stacked(), "{mark:?} on {:?}", chart.scale);
            }
        }
    }

    #[test]
    fn highest_lowest_and_change_are_those_of_the_data(
        numbers in prop::collection::vec(0i32..1000, 3..9),
    ) {
        let values: Vec<f64> = numbers.iter().map(|n| f64::from(*n) / 10.0).collect();
        let mut rows = "area,period,overall,authorised,pupils,remark\n".to_owned();
        for (n, value) in values.iter().enumerate() {
            let year = 2010 + n;
            rows += &format!("A,{year}/{},{value},1,1,r\n", year + 1 - 2000);
        }
        let body = "::: chart absence title=\"T\" columns=\"overall\" x=\"period\" table=\"below\"\n:::";
        let (assembly, found) = document_of(&project(&rows, body));
        prop_assert!(found.is_empty(), "{:?}", found);
        let alt = &drawings(&assembly.document.blocks)[0].alt;
        let high = values.iter().copied().fold(f64::MIN, f64::max);
        let low = values.iter().copied().fold(f64::MAX, f64::min);
        let (first, last) = (values[0], values[values.len() - 1]);
        prop_assert!(alt.contains(&format!("rom {first:.1}% in 2010/11 to {last:.1}% in")), "{}", alt);
        if high > low {
            prop_assert!(alt.contains(&format!("highest {high:.1}% in")), "{}", alt);
            prop_assert!(alt.contains(&format!("lowest {low:.1}% in")), "{}", alt);
        } else {
            prop_assert!(alt.contains(&format!("{high:.1}% throughout")), "{}", alt);
        }
        let moved = (last * 10.0).round() - (first * 10.0).round();
        let says = if moved > 0.0 { "up" } else if moved < 0.0 { "down" } else { "unchanged" };
        prop_assert!(alt.contains(says), "{}", alt);
        let far = format!("{:.1}", moved.abs() / 10.0);
        let far = far.trim_end_matches('0').trim_end_matches('.');
        prop_assert!(moved == 0.0 || alt.contains(&format!("{says} {far} percentage point")), "{}", alt);
    }
}

#[test]
fn the_declaration_is_the_one_that_rows_are_made_for() {
    assert!(DECLARATION.contains("[column.remark]"));
}

//! Tiles of measures and timelines of the plan.

use annexe::document::*;

use super::{ROWS, document_of, project};
use crate::load::TestProject;
use crate::statement::said;

const KPIS: &str = r#"
[[objective]]
id = "O1"
name = "In time"
[[kpi]]
id = "K1"
name = "Plans in time"
objective = "O1"
unit = "percent"
better = "higher"
baseline = { at = "2021-05", value = 53 }
target = [{ by = "2022-05", at-least = 60 }]
actual = [{ at = "2021-11", value = 58 }, { at = "2022-04", value = 63 }]
[[kpi]]
id = "K2"
name = "Wait"
objective = "O1"
unit = "weeks"
better = "lower"
baseline = { at = "2021-05", value = 20 }
actual = [{ at = "2022-04", value = 21 }]
[[kpi]]
id = "K3"
name = "Not there yet"
objective = "O1"
unit = "count"
baseline = "required"
"#;

fn with_plan(body: &str, plan: &str) -> TestProject {
    project(ROWS, body).file("content/plan/plan.toml", plan)
}

fn tiles(body: &str) -> Vec<Tile> {
    let (assembly, found) = document_of(&with_plan(body, KPIS));
    assert_eq!(found, [""; 0]);
    let [Block { kind: BlockKind::Tiles(tiles), .. }] = assembly.document.blocks.as_slice() else {
        panic!("{:?}", assembly.document.blocks)
    };
    tiles.tiles.clone()
}

#[test]
fn a_tile_says_where_a_measure_stands_how_it_moved_and_what_it_is_to_reach() {
    let all = tiles("::: kpi-tiles objective=objective.O1\n:::");
    let [first, second, third] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!(line(&first.name), "K1. Plans in time");
    assert_eq!((line(&first.value).as_str(), first.at.as_deref()), ("63%", Some("April 2022")));
    let words = |content: &Option<Vec<Inline>>| content.as_ref().map(|c| line(c));
    assert_eq!(
        words(&first.change).as_deref(),
        Some("Up 5 percentage points since November 2021: improved")
    );
    assert_eq!(words(&first.target).as_deref(), Some("Target: at least 60% by May 2022"));
    let spark = first.spark.as_ref().unwrap();
    assert_eq!(
        spark.alt,
        "Plans in time: 53% in May 2021, 58% in November 2021 and 63% in April 2022. Target: at least 60% by May 2022."
    );
    let DrawingKind::Sparkline(line_drawn) = &spark.drawing else { panic!() };
    assert_eq!(line_drawn.points.len(), 3);
    let (from, to) = line_drawn.band.unwrap();
    // The target is met from above the second point on, up to the top.
    assert!(line_drawn.points[1].y < from && from < line_drawn.points[2].y && to == 1.0);
    assert_eq!(words(&second.change).as_deref(), Some("Up 1 week since May 2021: worsened"));
    assert!(third.quiet && third.spark.is_none() && third.change.is_none());
    assert_eq!(line(&third.value), "Not measured yet");
}

#[test]
fn tiles_may_be_chosen_and_a_wrong_id_is_a_finding() {
    let some = tiles("::: kpi-tiles kpis=\"K2, K1\"\n:::");
    let names: Vec<String> = some.iter().map(|tile| line(&tile.name)).collect();
    assert_eq!(names, ["K2. Wait", "K1. Plans in time"]);
    let (_, found) = document_of(&with_plan("::: kpi-tiles kpis=\"K9\"\n:::\n\nWords.", KPIS));
    assert!(found.iter().any(|f| f.contains("no KPI \"K9\"")), "{found:?}");
}

const EVENTS: &str = r#"
[[phase]]
id = "p"
name = "Set up"
from = "2021-07"
to = "2022-03"
[[event]]
title = "Inspection"
at = "2021-05-24"
to = "2021-05-27"
detail = "By Ofsted"
[[event]]
title = "Plan agreed"
at = "2022-05"
"#;

#[test]
fn a_timeline_puts_events_and_phases_in_order_and_lists_them() {
    let body = "::: timeline title=\"So far\" today=\"Today\"\n:::";
    let (assembly, found) = document_of(&with_plan(body, EVENTS));
    assert_eq!(found, [""; 0]);
    let [
        Block { kind: BlockKind::Drawing(drawing), .. },
        Block { kind: BlockKind::Table(table), .. },
    ] = assembly.document.blocks.as_slice()
    else {
        panic!("{:?}", assembly.document.blocks)
    };
    let DrawingKind::Timeline(timeline) = &drawing.drawing else { panic!() };
    let titles: Vec<_> = timeline.spans.iter().map(|s| (s.title.as_str(), s.past)).collect();
    assert_eq!(titles, [("Inspection", true), ("Set up", true), ("Plan agreed", false)]);
    assert!(timeline.spans.iter().all(|s| 0.0 <= s.from && s.from <= s.to && s.to <= 1.0));
    assert!(timeline.spans[1].to > timeline.spans[1].from);
    assert_eq!(timeline.spans[2].to, timeline.spans[2].from);
    assert_eq!(timeline.today.as_ref().unwrap().words, "Today");
    assert_eq!(
        drawing.alt,
        "Timeline: So far. 24 May 2021 to 27 May 2021: Inspection. July 2021 to March 2022: Set up. May 2022: Plan agreed."
    );
    let rows: Vec<Vec<String>> =
        table.body.iter().map(|row| row.cells.iter().map(said).collect()).collect();
    assert_eq!(rows[0], ["24 May 2021 to 27 May 2021", "Inspection", "By Ofsted"]);
    assert_eq!(rows[2], ["May 2022", "Plan agreed", "No more is recorded"]);
}

#[test]
fn a_timeline_may_show_a_part_and_says_what_it_cannot_read() {
    let made = |attributes: &str| {
        let body = format!("::: timeline title=\"T\" {attributes}\n:::\n\nWords.");
        document_of(&with_plan(&body, EVENTS))
    };
    let (assembly, found) = made("of=\"events\" from=\"2022-01\"");
    assert_eq!(found, [""; 0]);
    let DrawingKind::Timeline(timeline) = &drawings(&assembly.document.blocks)[0].drawing else {
        panic!()
    };
    assert_eq!(timeline.spans.len(), 1);
    for (attributes, says) in [
        ("of=\"event\"", "did you mean \"events\"?"),
        ("from=\"soon\"", "not a date that can be read"),
        ("to=\"1999\"", "not a date that can be read"),
        ("to=\"1999-12\"", "no events or phases"),
    ] {
        let (_, found) = made(attributes);
        assert!(found.len() == 1 && found[0].contains(says), "{attributes}: {found:?}");
    }
}

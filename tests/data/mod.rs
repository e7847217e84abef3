//! Datasets: read whole, quoted, compared, shown as tables; a cell changed shows where it is quoted.

mod any_csv;
mod register;

use annexe::assemble::{Assembly, Options, assemble};
use annexe::document::{Block, BlockKind, Cell, RowRole, Table, line};
use annexe::plan::{Absence, DataValue};

use crate::load::TestProject;
use crate::statement::said;

pub const DECLARATION: &str = r#"
title = "Absence of pupils"
source = "School census"
publisher = "Riverside Council"
released = "2023-03"
note = "Overall is a share of sessions."
key = ["area", "period"]

[column.area]
name = "Area"

[column.period]
name = "Academic year"
kind = "period"

[column.overall]
name = "Overall absence"
unit = "percent"
decimals = 1
better = "lower"

[column.pupils]
name = "Pupils"
unit = "count"
of = "pupils"
"#;

const ROWS: &str = "area,period,overall,pupils\n\
    Riverside,2020/21,5.5,1200\n\
    Riverside,2021/22,7.5,16935\n\
    England,2020/21,5.0,c\n\
    England,2021/22,7.5,gap\n";

fn project(rows: &str, body: &str) -> TestProject {
    TestProject::new()
        .file("content/data/absence.toml", DECLARATION)
        .file("content/data/absence.csv", rows)
        .file("templates/a.md", format!("+++\ntitle = \"A\"\ncover = false\n+++\n\n{body}\n"))
}

/// The document of a template with this body, and its findings.
fn made(rows: &str, body: &str) -> (Assembly, Vec<String>) {
    let (loaded, findings) = project(rows, body).load();
    let loaded = loaded.unwrap();
    let faults: Vec<_> = findings.iter().map(|f| &f.message).collect();
    assert!(faults.is_empty(), "{faults:?}");
    let template = &loaded.templates["a"];
    let as_at = loaded.settings.as_at;
    let options = Options { edition: "full".into(), as_at, parameters: Default::default() };
    let assembly = assemble(&loaded, template, &options);
    let found = assembly.findings.iter().map(|finding| {
        let help = finding.help.as_deref().unwrap_or("");
        format!("{} {} | {help}", finding.rule.code, finding.message)
    });
    let found = found.collect();
    (assembly, found)
}

/// What an expression prints.
fn printed(expression: &str) -> String {
    let (assembly, found) = made(ROWS, &format!("{{{{ {expression} }}}}"));
    assert_eq!(found, [""; 0], "{expression}");
    match assembly.document.blocks.as_slice() {
        [Block { kind: BlockKind::Paragraph(paragraph), .. }] => line(&paragraph.content),
        blocks => panic!("{expression} makes {blocks:?}"),
    }
}

/// The one finding that an expression gives.
fn fault(expression: &str) -> String {
    let (_, found) = made(ROWS, &format!("x {{{{ {expression} }}}}"));
    let [one] = found.as_slice() else { panic!("{expression}: {found:?}") };
    one.clone()
}

#[test]
fn a_dataset_is_read_whole_each_value_with_its_place() {
    let (loaded, findings) = project(ROWS, "x").load();
    assert!(findings.is_empty());
    let loaded = loaded.unwrap();
    let data = &loaded.datasets["absence"];
    assert_eq!((data.rows.len(), data.columns.len(), data.key.len()), (4, 4, 2));
    let cell = &data.rows[1].cells[data.column("pupils").unwrap()];
    assert_eq!(cell.value, DataValue::Number(16935.0));
    let place = loaded.sources.position(cell.span);
    assert_eq!((place.line, place.column, loaded.sources.text(cell.span)), (3, 23, "16935"));
    let pupils: Vec<_> = data.rows.iter().map(|row| row.cells[3].value.clone()).collect();
    assert_eq!(pupils[2], DataValue::Absent(Absence::Confidential));
    assert_eq!(pupils[3], DataValue::Absent(Absence::NotStated));
    let before = data.previous(&data.rows[1]).unwrap();
    assert_eq!(data.row_name(before), "Riverside, 2020/21");
    assert!(data.previous(&data.rows[0]).is_none());
}

#[test]
fn figures_print_with_unit_and_know_period_and_source() {
    let value = r#"data.absence.overall["Riverside"]["2021/22"]"#;
    assert_eq!(printed(value), "7.5%");
    assert_eq!(printed(&format!("{value}.at")), "2021 to 2022");
    assert_eq!(printed(&format!("{value}.source")), "School census");
    assert_eq!(printed(&format!("{value} | value")), "7.5");
    assert_eq!(printed(r#"data.absence.pupils["Riverside"]["2021/22"]"#), "16,935 pupils");
    assert_eq!(printed(r#"data.absence.pupils["Riverside"]["2021/22"] | number"#), "16,935");
    assert_eq!(printed(&format!("{value} | out_of(10)")), "about 1 out of 10");
    let (assembly, _) = made(ROWS, &format!("{{{{ {value} }}}}"));
    let json = serde_json::to_string(&assembly.document.blocks).unwrap();
    assert!(
        json.contains(r#""path":"data.absence.overall[\"Riverside\"][\"2021/22\"]""#),
        "{json}"
    );
    assert!(json.contains(r#""at":"2021 to 2022""#), "{json}");
}

#[test]
fn two_figures_are_compared_in_words() {
    let rate = |area: &str, year: &str| format!("data.absence.overall[\"{area}\"][\"{year}\"]");
    let (then, now) = (rate("Riverside", "2020/21"), rate("Riverside", "2021/22"));
    let england = rate("England", "2020/21");
    assert_eq!(printed(&format!("change({then}, {now})")), "up 2 percentage points");
    assert_eq!(printed(&format!("direction({then}, {now})")), "worsened");
    assert_eq!(printed(&format!("compare({then}, {england})")), "0.5 percentage points above");
    assert_eq!(printed(&format!("compare({england}, {then})")), "0.5 percentage points below");
    let same = rate("England", "2021/22");
    assert_eq!(printed(&format!("compare({now}, {same})")), "the same as");
    assert_eq!(printed(&format!("change({now}, {same})")), "unchanged");
    assert_eq!(printed("change(2400, 1200)"), "down 1,200");
    assert_eq!(printed("compare(3, 2)"), "1 above");
    let pupils = |year: &str| format!("data.absence.pupils[\"Riverside\"][\"{year}\"]");
    let (first, second) = (pupils("2020/21"), pupils("2021/22"));
    assert_eq!(printed(&format!("change({first}, {second})")), "up 15,735 pupils");
    let turned = fault(&format!("change({now}, {then})"));
    assert!(turned.contains("goes from the earlier figure to the later"), "{turned}");
    assert!(fault(&format!("direction({first}, {second})")).contains("which way is better"));
    assert!(fault(&format!("compare({now}, {second})")).contains("percent against count"));
}

#[test]
fn a_misspelt_name_gives_the_nearest() {
    for (expression, near) in [
        (r#"data.absense.overall["England"]["2021/22"]"#, "did you mean `absence`?"),
        (r#"data.absence.overal["England"]["2021/22"]"#, "did you mean `overall`?"),
        (r#"data.absence.overall["Englnd"]["2021/22"]"#, "did you mean `England`?"),
        (r#"data.absence.overall["England"]["2021/23"]"#, "did you mean `2021/22`?"),
    ] {
        let found = fault(expression);
        assert!(found.starts_with("reference/unknown") && found.ends_with(near), "{found}");
    }
    let many = fault(r#"data.absence.overall["England"]"#);
    assert!(many.contains("say which period"), "{many}");
    assert!(fault("data.absence").contains("name a column"));
}

#[test]
fn what_was_suppressed_is_no_number() {
    let value = r#"data.absence.pupils["England"]["2020/21"]"#;
    let other = r#"data.absence.pupils["Riverside"]["2020/21"]"#;
    for expression in [
        value.to_owned(),
        format!("{value} | number"),
        format!("{value} | out_of(10)"),
        format!("{value} | value"),
        format!("compare({value}, {other})"),
        format!("change({other}, {value})"),
    ] {
        let found = fault(&expression);
        assert!(found.starts_with("figure/suppressed"), "{expression}: {found}");
        assert!(found.contains("confidential"), "{found}");
    }
    assert_eq!(printed(&format!("{value} | stated")), "confidential");
    assert_eq!(printed(&format!("{other} | stated")), "1,200 pupils");
    assert_eq!(printed(&format!("{value} or \"not published\"")), "not published");
    assert_eq!(printed(&format!("{other} or \"not published\"")), "1,200 pupils");
}

fn table(assembly: &Assembly) -> &Table {
    let tables = assembly.document.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Table(table) => Some(table),
        _ => None,
    });
    let [table] = tables.collect::<Vec<_>>()[..] else { panic!("one table") };
    table
}

#[test]
fn a_table_shows_rows_and_columns_and_says_what_is_not_there() {
    let (assembly, found) = made(ROWS, "::: data-table absence\n:::");
    assert_eq!(found, [""; 0]);
    let whole = table(&assembly);
    let cells = |cells: &[Cell]| cells.iter().map(said).collect::<Vec<_>>();
    let head = ["Area", "Academic year", "Overall absence", "Pupils (pupils)"];
    assert_eq!(cells(&whole.head[0].cells), head);
    assert_eq!(cells(&whole.body[1].cells), ["Riverside", "2021/22", "7.5%", "16,935"]);
    assert_eq!(cells(&whole.body[2].cells), ["England", "2020/21", "5.0%", "Confidential"]);
    assert!(whole.body[2].cells[3].quiet && whole.body[2].cells[0].header.is_some());
    let BlockKind::Paragraph(source) = &assembly.document.blocks[1].kind else { panic!("source") };
    assert_eq!(
        line(&source.content),
        "Source: School census, Riverside Council, released March 2023. Overall is a share of sessions."
    );
    let some = "::: data-table absence columns=\"overall\" where=\"area=Riverside\" caption=\"Absence\"\n:::";
    let (assembly, found) = made(ROWS, some);
    assert_eq!(found, [""; 0]);
    let part = table(&assembly);
    assert_eq!(cells(&part.head[0].cells), ["Academic year", "Overall absence"]);
    assert_eq!(part.body.len(), 2);
    assert!(part.summary.contains("area Riverside"), "{}", part.summary);
    assert_eq!(line(part.caption.as_ref().unwrap()), "Absence");
}

#[test]
fn words_of_the_key_can_stand_over_the_rows_that_share_them() {
    let (assembly, found) =
        made(ROWS, "::: data-table absence band=\"area\" widths=\"2 1 1\"\n:::");
    assert_eq!(found, [""; 0]);
    let table = table(&assembly);
    let shown: Vec<(RowRole, String)> =
        table.body.iter().map(|row| (row.role, said(&row.cells[0]))).collect();
    let expected = [
        (RowRole::Band, "Riverside"),
        (RowRole::Body, "2020/21"),
        (RowRole::Body, "2021/22"),
        (RowRole::Band, "England"),
        (RowRole::Body, "2020/21"),
        (RowRole::Body, "2021/22"),
    ];
    assert_eq!(shown, expected.map(|(role, words)| (role, words.to_owned())));
    assert_eq!(
        table.columns.iter().map(|column| column.share).collect::<Vec<_>>(),
        [2.0, 1.0, 1.0]
    );
}

#[test]
fn a_table_of_what_is_not_there_is_a_finding() {
    for (head, says) in [
        ("absense", "no dataset \"absense\" | did you mean \"absence\"?"),
        ("absence columns=\"overal\"", "no column \"overal\" | did you mean \"overall\"?"),
        ("absence where=\"aera=England\"", "no column \"aera\" | did you mean \"area\"?"),
        ("absence where=\"area=Englnd\"", "has the area \"Englnd\" | did you mean \"England\"?"),
        ("absence where=\"area=England;period=2020/21;pupils=16935\"", "no rows"),
        ("absence band=\"aera\"", "no column of the key of \"absence\" | did you mean \"area\"?"),
        ("absence band=\"overall\"", "\"overall\" is no column of the key"),
        ("", "needs the name of a dataset"),
    ] {
        let (_, mut found) = made(ROWS, &format!("::: data-table {head}\n:::"));
        // Nothing else stands in this document.
        found.retain(|finding| !finding.starts_with("document/empty"));
        assert!(found.len() == 1 && found[0].contains(says), "{head}: {found:?}");
    }
}

/// Takes away how long the words of cells are, which follows from the words.
fn without_lengths(json: &mut serde_json::Value) {
    if let Some(object) = json.as_object_mut() {
        object.remove("lengths");
        object.values_mut().for_each(without_lengths);
    } else if let Some(list) = json.as_array_mut() {
        list.iter_mut().for_each(without_lengths);
    }
}

#[test]
fn a_changed_cell_changes_the_sentence_and_the_table_that_show_it_and_nothing_else() {
    let body = "# A\n\n\
        Absence was {{ data.absence.overall[\"Riverside\"][\"2020/21\"] }}.\n\n\
        It is {{ data.absence.overall[\"Riverside\"][\"2021/22\"] }} now, {{ change(data.absence.overall[\"Riverside\"][\"2020/21\"], data.absence.overall[\"Riverside\"][\"2021/22\"]) }}.\n\n\
        There are {{ data.absence.pupils[\"Riverside\"][\"2021/22\"] }}.\n\n\
        ::: data-table absence columns=\"overall\" where=\"area=Riverside\"\n:::\n\n\
        ::: data-table absence columns=\"overall\" where=\"area=England\"\n:::\n\n\
        ::: chart absence title=\"Absence grows\" columns=\"overall\" where=\"area=Riverside\" table=\"below\"\n:::\n\n\
        ::: figure-register\n:::\n";
    let blocks = |rows: &str| -> Vec<String> {
        let (assembly, found) = made(rows, body);
        assert_eq!(found, [""; 0]);
        let json = |block: &Block| {
            let mut json = serde_json::to_value(block).unwrap();
            without_lengths(&mut json);
            json.to_string()
        };
        assembly.document.blocks.iter().map(json).collect()
    };
    let before = blocks(ROWS);
    let after = blocks(&ROWS.replace("Riverside,2021/22,7.5", "Riverside,2021/22,6.5"));
    assert_eq!(before.len(), after.len());
    let changed: Vec<usize> = (0..before.len()).filter(|&n| before[n] != after[n]).collect();
    // The sentence with the figure and its change, the table of its area, the chart and its table, and the register.
    assert_eq!(changed, [2, 4, 8, 10, 12], "{before:#?}");
    let rewritten = |block: &str| {
        block
            .replace("7.5%", "6.5%")
            .replace("up 2 percentage points", "up 1 percentage point")
            // Themes are told how long the words of a cell are.
            .replace("\"lengths\":[22]", "\"lengths\":[21]")
    };
    assert_eq!(rewritten(&before[10]), after[10]);
    assert_eq!(rewritten(&before[12]), after[12]);
    // In the chart's words nothing but the figure differs; its bar has another length.
    let alt = |block: &str| {
        let json: serde_json::Value = serde_json::from_str(block).unwrap();
        json["alt"].as_str().unwrap().to_owned()
    };
    assert!(alt(&before[8]).contains("7.5%"));
    assert_eq!(rewritten(&alt(&before[8])), alt(&after[8]));
    assert_eq!(
        before[2]
            .replace("7.5%", "6.5%")
            .replace("up 2 ", "up 1 ")
            .replace("1 percentage points", "1 percentage point"),
        after[2]
    );
    assert_eq!(before[4].replace("7.5%", "6.5%"), after[4]);
    assert_eq!(blocks(ROWS), before);
}

#[test]
fn an_identity_shows_the_arithmetic_of_each_row_it_fails_for() {
    let toml = DECLARATION.to_owned()
        + "[[identity]]\nname = \"No more than double\"\nholds = \"overall <= 2 * previous(overall) - 4\"\n";
    let project = TestProject::new()
        .file("content/data/absence.toml", toml)
        .file("content/data/absence.csv", ROWS);
    let (loaded, findings) = project.load();
    assert!(findings.is_empty());
    let findings = annexe::check::check(&loaded.unwrap(), None);
    let found: Vec<_> = findings.iter().map(|f| (f.rule.code, f.message.as_str())).collect();
    let riverside = "No more than double: for Riverside, 2021/22, 7.5 is not at most 2 * 5.5 - 4 = 7 (0.5 apart)";
    let england =
        "No more than double: for England, 2021/22, 7.5 is not at most 2 * 5 - 4 = 6 (1.5 apart)";
    assert_eq!(found, [("data/identity", riverside), ("data/identity", england)]);
}

#[test]
fn a_self_evaluation_lists_its_criteria_with_their_intentions() {
    let records = "[[priority]]\nid = \"1\"\nname = \"Early help\"\n\
        [[group]]\nid = \"1\"\nname = \"Outcomes\"\n\
        [[criterion]]\nid = \"1.1\"\ngroup = \"1\"\nname = \"Needs are known\"\n\
        [[intention]]\ncriterion = \"1.1\"\npriority = \"1\"\nintention = \"In time\"\n\
        implementation = \"Train staff | Ask parents\"\n";
    let body = "::: for c in plan.criteria\n{{ c.group }}: {{ c.name }}\n\n\
        {{ c.intentions | map(attribute=\"priority\") | and_list }}; {{ c.intentions | map(attribute=\"implementation\") | first }}\n:::\n\n\
        {{ criterion[\"1.1\"] }}, {{ plan.priorities | length }}, {{ priority[\"1\"].intentions | and_list }}";
    let project = project(ROWS, body).file("content/plan/sef.toml", records);
    let (loaded, findings) = project.load();
    assert!(findings.is_empty());
    let loaded = loaded.unwrap();
    assert!(annexe::check::check(&loaded, None).is_empty());
    let as_at = loaded.settings.as_at;
    let options = Options { edition: "full".into(), as_at, parameters: Default::default() };
    let made = assemble(&loaded, &loaded.templates["a"], &options);
    let faults: Vec<_> = made.findings.iter().map(|f| &f.message).collect();
    assert!(faults.is_empty(), "{faults:?}");
    let words = annexe::document::words(&made.document, annexe::document::Drawn::Labels);
    let expected = [
        "Outcomes: Needs are known",
        "Early help; Train staff and Ask parents",
        "Needs are known, 1, In time",
    ];
    assert_eq!(words, expected);
}

#[test]
fn a_dataset_has_bounds_and_each_row_of_it_is_quick_to_try() {
    let rows = |count: usize| -> String {
        let row =
            |n: usize| format!("A{},{}/{:02},1.5,3\n", n / 50, 1920 + n % 50, (21 + n % 50) % 100);
        "area,period,overall,pupils\n".to_owned() + &(0..count).map(row).collect::<String>()
    };
    let toml = DECLARATION.to_owned()
        + "[[identity]]\nname = \"Steady\"\nholds = \"overall == previous(overall)\"\n";
    for (count, faults) in [(5_000, vec![]), (5_001, vec!["file/too-large"])] {
        let project = TestProject::new()
            .file("content/data/absence.toml", &toml)
            .file("content/data/absence.csv", rows(count));
        let (loaded, mut findings) = project.load();
        let loaded = loaded.unwrap();
        assert_eq!(loaded.datasets["absence"].rows.len(), 5_000);
        findings.extend(annexe::check::check(&loaded, None));
        assert_eq!(findings.iter().map(|f| f.rule.code).collect::<Vec<_>>(), faults);
    }
}

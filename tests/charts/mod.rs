//! Charts: what is drawn of a dataset, what is refused, and that drawing, words and table agree.

mod any_data;
mod drawn;
mod plan;

use annexe::assemble::{Assembly, Options, assemble};
use annexe::document::*;

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

[column.authorised]
name = "Authorised absence"
unit = "percent"
decimals = 1

[column.pupils]
name = "Pupils"
unit = "count"
of = "pupils"

[column.remark]
name = "Remark"
"#;

pub const ROWS: &str = "area,period,overall,authorised,pupils,remark\n\
    England,2019/20,5.0,3.0,900,a\n\
    England,2020/21,c,3.5,950,b\n\
    England,2021/22,7.5,4.0,990,c\n\
    Riverside,2019/20,5.5,3.1,1200,d\n\
    Riverside,2020/21,6.5,3.3,1250,e\n\
    Riverside,2021/22,8.5,3.2,1300,f\n";

pub fn project(rows: &str, body: &str) -> TestProject {
    TestProject::new()
        .file("content/data/absence.toml", DECLARATION)
        .file("content/data/absence.csv", rows)
        .file("templates/a.md", format!("+++\ntitle = \"A\"\ncover = false\n+++\n\n{body}\n"))
}

/// The document of a project's template `a`, and its findings as `code message | help`.
pub fn document_of(project: &TestProject) -> (Assembly, Vec<String>) {
    let (loaded, findings) = project.load();
    let loaded = loaded.unwrap();
    let faults: Vec<_> = findings.iter().map(|f| &f.message).collect();
    assert!(faults.is_empty(), "{faults:?}");
    let as_at = loaded.settings.as_at;
    let options = Options { edition: "full".into(), as_at, parameters: Default::default() };
    let assembly = assemble(&loaded, &loaded.templates["a"], &options);
    let found = assembly.findings.iter().map(|finding| {
        let help = finding.help.as_deref().unwrap_or("");
        format!("{} {} | {help}", finding.rule.code, finding.message)
    });
    let found = found.collect();
    (assembly, found)
}

pub fn made(body: &str) -> Document {
    let (assembly, found) = document_of(&project(ROWS, body));
    assert_eq!(found, [""; 0], "{body}");
    assembly.document
}

fn drawing(document: &Document) -> &Drawing {
    drawings(&document.blocks).remove(0)
}

fn chart(attributes: &str) -> (Chart, String) {
    let body = format!("::: chart absence title=\"Absence\" table=\"below\" {attributes}\n:::");
    let document = made(&body);
    let drawing = drawing(&document);
    let DrawingKind::Chart(chart) = &drawing.drawing else { panic!("{drawing:?}") };
    (chart.clone(), drawing.alt.clone())
}

/// The findings of a chart that cannot be made.
fn refused(attributes: &str) -> String {
    let (assembly, mut found) =
        document_of(&project(ROWS, &format!("::: chart absence {attributes}\n:::")));
    assert!(drawings(&assembly.document.blocks).is_empty(), "{attributes}");
    found.retain(|finding| !finding.starts_with("document/empty"));
    let [one] = found.as_slice() else { panic!("{attributes}: {found:?}") };
    one.clone()
}

#[test]
fn times_make_lines_with_what_is_compared_after_what_it_is_for() {
    let (lines, alt) = chart("columns=\"overall\" comparator=\"England\"");
    assert_eq!(lines.form, ChartForm::Lines);
    let names: Vec<_> = lines.series.iter().map(|s| (s.name.as_str(), s.comparator)).collect();
    assert_eq!(names, [("Riverside", false), ("England", true)]);
    assert_eq!(lines.series[0].last.as_deref(), Some("8.5%"));
    let labels: Vec<_> = lines.panels[0].groups.iter().map(|g| g.label.as_str()).collect();
    assert_eq!(labels, ["2019/20", "2020/21", "2021/22"]);
    // What was suppressed is a gap with its reason, not zero.
    let gap = &lines.panels[0].groups[1].marks[1];
    assert_eq!((gap.value, gap.words.as_str(), gap.shown), (None, "confidential", false));
    assert_eq!(lines.notes, ["No figure (confidential): England, 2020/21."]);
    assert_eq!((lines.scale.from, lines.scale.to), (0.0, 10.0));
    assert_eq!(
        alt,
        "Line chart: Absence. Overall absence, for Riverside and England. Academic year: 2019/20 to 2021/22. \
         Riverside: from 5.5% in 2019/20 to 8.5% in 2021/22, up 3 percentage points; highest 8.5% in 2021/22; lowest 5.5% in 2019/20. \
         England: from 5.0% in 2019/20 to 7.5% in 2021/22, up 2.5 percentage points. \
         In 2021/22, Riverside is 1 percentage point above England. \
         No figure for England, 2020/21: confidential."
    );
}

#[test]
fn words_make_bars_that_start_at_zero_and_say_their_value() {
    let (bars, alt) = chart("columns=\"overall\" where=\"period==2020/21\"");
    assert_eq!((bars.form, bars.scale.from, bars.scale.to), (ChartForm::Bars, 0.0, 6.5));
    assert!(bars.scale.ticks.is_empty() && bars.notes.is_empty());
    let marks: Vec<_> = bars.panels[0].groups.iter().map(|g| &g.marks[0]).collect();
    assert_eq!(
        (marks[0].value, marks[0].words.as_str(), marks[0].shown),
        (None, "confidential", true)
    );
    assert_eq!((marks[1].value, marks[1].words.as_str()), (Some(6.5), "6.5%"));
    assert!(alt.ends_with("Riverside 6.5%. No figure for England: confidential."), "{alt}");
    let (_, alt) = chart("columns=\"overall\" where=\"period=2021/22\" comparator=\"England\"");
    assert!(
        alt.ends_with(
            "England 7.5% and Riverside 8.5%. Riverside is 1 percentage point above England."
        ),
        "{alt}"
    );
    let (ordered, _) = chart("columns=\"pupils\" where=\"period==2020/21\" order=\"value\"");
    let labels: Vec<_> = ordered.panels[0].groups.iter().map(|g| g.label.as_str()).collect();
    assert_eq!(labels, ["Riverside", "England"]);
}

#[test]
fn columns_can_be_what_is_compared_stacked_or_set_apart() {
    let (both, _) = chart("columns=\"overall, authorised\" where=\"area=Riverside\"");
    let names: Vec<_> = both.series.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names, ["Overall absence", "Authorised absence"]);
    assert_eq!(both.measure, "Per cent");
    let parts = "kind=\"stacked-columns\" columns=\"overall, authorised\" where=\"area=Riverside\"";
    let (stacked, _) = chart(parts);
    assert_eq!(stacked.scale.to, 8.5 + 3.2);
    let panels = "columns=\"overall, authorised\" panels=\"columns\" series=\"area\"";
    let (panels, alt) = chart(panels);
    let titles: Vec<_> = panels.panels.iter().map(|p| p.title.as_deref().unwrap()).collect();
    assert_eq!(titles, ["Overall absence", "Authorised absence"]);
    assert!(panels.key && alt.contains("Authorised absence, England: from 3.0%"), "{alt}");
    let (turned, _) = chart(
        "kind=\"bars\" x=\"columns\" columns=\"overall, authorised\" where=\"period=2021/22\"",
    );
    let labels: Vec<_> = turned.panels[0].groups.iter().map(|g| g.label.as_str()).collect();
    assert_eq!(labels, ["Overall absence", "Authorised absence"]);
}

#[test]
fn a_donut_shows_parts_only_of_a_whole_that_they_make() {
    let declaration = "title = \"T\"\nsource = \"S\"\nkey = [\"kind\"]\n[column.kind]\nname = \"Kind\"\n\
        [column.share]\nname = \"Share\"\nunit = \"percent\"\n[column.count]\nname = \"Count\"\nunit = \"count\"\n\
        [column.all]\nname = \"All\"\nunit = \"count\"\nof = \"plans\"\n";
    let chart = |rows: &str, attributes: &str| {
        let body = format!(
            "::: chart parts title=\"Parts\" kind=\"donut\" table=\"below\" {attributes}\n:::"
        );
        let project = project(ROWS, &body)
            .file("content/data/parts.toml", declaration)
            .file("content/data/parts.csv", format!("kind,share,count,all\n{rows}"));
        let (assembly, mut found) = document_of(&project);
        found.retain(|finding| !finding.starts_with("document/empty"));
        let drawn = drawings(&assembly.document.blocks).first().map(|d| (*d).clone());
        (drawn, found.join("\n"))
    };
    let (drawn, found) = chart("A,33.3,1,4\nB,66.6,3,4\n", "columns=\"share\" whole=\"All plans\"");
    assert_eq!(found, "");
    let DrawingKind::Donut(donut) = drawn.unwrap().drawing else { panic!() };
    assert_eq!((donut.whole.as_str(), donut.parts.len()), ("All plans", 2));
    assert!((donut.parts[0].share - 33.3 / 99.9).abs() < 1e-9);
    let (drawn, found) = chart("A,30,1,4\nB,60,3,4\n", "columns=\"count\" whole=\"all\"");
    assert_eq!(found, "");
    assert!(
        matches!(drawn.unwrap().drawing, DrawingKind::Donut(donut) if donut.whole == "4 plans")
    );
    for (rows, attributes, says) in [
        ("A,30,1,4\nB,60,3,4\n", "columns=\"share\"", "the parts make 90, not 100"),
        ("A,40,c,4\nB,60,3,4\n", "columns=\"count\" whole=\"all\"", "A has no figure"),
        ("A,40,-1,2\nB,60,3,2\n", "columns=\"count\" whole=\"all\"", "less than nothing"),
        (
            "A,40,1,4\nB,60,3,4\n",
            "columns=\"count\"",
            "nobody says what these numbers are parts of",
        ),
        ("A,40,1,5\nB,60,3,5\n", "columns=\"count\" whole=\"all\"", "the parts make 4, not 5"),
        ("A,40,1,x\nB,60,3,x\n", "columns=\"count\" whole=\"all\"", "the whole has no figure"),
    ] {
        let (drawn, found) = chart(rows, attributes);
        assert!(drawn.is_none() && found.starts_with("chart/not-whole"), "{rows}: {found}");
        assert!(found.contains(says), "{found}");
    }
    let many: String = (0..7).map(|n| format!("K{n},1,1,7\n")).collect();
    assert!(chart(&many, "columns=\"count\" whole=\"all\"").1.contains("7 parts"));
}

#[test]
fn what_cannot_be_drawn_is_a_finding() {
    let titled = |attributes: &str| refused(&format!("title=\"T\" {attributes}"));
    for (attributes, says) in [
        ("columns=\"overall\" kind=\"pie\"", "no kind of chart \"pie\""),
        ("columns=\"overall\" kind=\"line\"", "did you mean \"lines\"?"),
        ("columns=\"overall\" x=\"perid\"", "did you mean \"period\"?"),
        ("columns=\"overal\"", "did you mean \"overall\"?"),
        ("columns=\"overall\" comparator=\"Englnd\"", "did you mean \"England\"?"),
        ("columns=\"overall\" order=\"size\"", "cannot be ordered by \"size\""),
        ("columns=\"overall\" table=\"anex\"", "did you mean \"annex\"?"),
        ("columns=\"overall\" x=\"period\" series=\"period\"", "two places"),
        (
            "columns=\"overall, pupils\" where=\"area=England\"",
            "percent and count cannot stand on one scale",
        ),
        ("columns=\"overall, authorised\"", "measure also differ"),
        ("columns=\"remark\"", "holds words, not numbers"),
        ("columns=\"overall\" where=\"area=England; period==2020/21\"", "chart/no-figures"),
        ("columns=\"overall\" where=\"area=England; pupils=1200\"", "no rows for this `chart`"),
    ] {
        let found = titled(attributes);
        assert!(found.contains(says), "{attributes}: {found}");
    }
    assert!(refused("columns=\"overall\"").contains("title"));
    assert!(refused("title=\" \" columns=\"overall\"").contains("a chart needs a title"));
}

#[test]
fn a_year_left_out_among_others_is_a_gap_and_years_far_apart_are_not() {
    let labels = |periods: &[&str], kind: &str| {
        let row = |period: &&str| format!("A,{period},1.5,1,1,a\n");
        let rows: String = periods.iter().map(row).collect();
        let rows = format!("area,period,overall,authorised,pupils,remark\n{rows}");
        let body = format!(
            "::: chart absence title=\"T\" columns=\"overall\" kind=\"{kind}\" x=\"period\" table=\"below\"\n:::"
        );
        let (assembly, found) = document_of(&project(&rows, &body));
        assert_eq!(found, [""; 0]);
        let DrawingKind::Chart(chart) = &drawing(&assembly.document).drawing else { panic!() };
        let groups = &chart.panels[0].groups;
        (groups.iter().map(|g| g.label.clone()).collect::<Vec<_>>(), chart.notes.clone())
    };
    let (all, notes) = labels(&["2017/18", "2018/19", "2020/21"], "lines");
    assert_eq!(all, ["2017/18", "2018/19", "2019/20", "2020/21"]);
    assert_eq!(notes, ["No figure (not in the data): 2019/20."]);
    assert_eq!(labels(&["2018", "2028", "2038"], "columns").0, ["2018", "2028", "2038"]);
    assert_eq!(labels(&["2018", "2019", "2021"], "bars").0, ["2018", "2019", "2021"]);
    assert_eq!(labels(&["2018", "2020", "2023"], "lines").0, ["2018", "2020", "2023"]);
}

#[test]
fn forty_labels_are_drawn_and_what_cannot_be_told_apart_is_refused() {
    let head = "area,period,overall,authorised,pupils,remark\n".to_owned();
    let areas = |count: usize| -> String {
        let row = |n: usize| format!("Area {n},2021/22,{}.5,1,1,a\n", n % 30);
        head.clone() + &(0..count).map(row).collect::<String>()
    };
    let years = |count: usize| -> String {
        let row = |n: usize| format!("A,{}/{:02},{}.5,1,1,a\n", 1920 + n, (21 + n) % 100, n % 30);
        head.clone() + &(0..count).map(row).collect::<String>()
    };
    let body = |x: &str, kind: &str| {
        format!(
            "::: chart absence title=\"T\" columns=\"overall\" x=\"{x}\" kind=\"{kind}\" table=\"below\"\n:::\n\nWords."
        )
    };
    for (x, rows, kind) in [
        ("area", areas(40), "bars"),
        ("period", years(40), "columns"),
        ("period", years(40), "lines"),
    ] {
        let (assembly, found) = document_of(&project(&rows, &body(x, kind)));
        assert_eq!(found, [""; 0]);
        let DrawingKind::Chart(chart) = &drawing(&assembly.document).drawing else { panic!() };
        let shown = chart.panels[0].groups.iter().filter(|group| group.shown).count();
        assert_eq!(chart.panels[0].groups.len(), 40);
        assert!(kind == "bars" || shown < 40, "{kind}: {shown} labels");
        assert!(chart.panels[0].groups[39].shown);
    }
    for (x, rows, kind, says) in [
        ("area", areas(70), "bars", "70 bars cannot be told apart"),
        ("period", years(70), "columns", "70 columns cannot be told apart"),
        ("period", years(70), "lines", "70 points in time cannot be told apart"),
        // Of words no label may be left out.
        ("area", areas(40), "columns", "too many or too long"),
        ("area", areas(40), "lines", "too many or too long"),
    ] {
        let (_, found) = document_of(&project(&rows, &body(x, kind)));
        assert!(found.len() == 1 && found[0].contains(says), "{kind}: {found:?}");
    }
}

#[test]
fn each_chart_has_its_figures_in_a_table() {
    let annexed = made(
        "::: chart absence title=\"One\" columns=\"overall\" id=\"one\"\n:::\n\n[See the chart](#one).\n\n::: chart-tables\n:::",
    );
    let kinds: Vec<_> = annexed.blocks.iter().map(|block| &block.kind).collect();
    let [
        BlockKind::Drawing(one),
        BlockKind::Paragraph(source),
        _,
        BlockKind::Table(table),
        BlockKind::Paragraph(back),
    ] = kinds.as_slice()
    else {
        panic!("{kinds:#?}")
    };
    assert_eq!(one.anchor.as_deref(), Some("one"));
    assert_eq!(line(one.title.as_ref().unwrap()), "One");
    assert_eq!(
        line(&source.content),
        "Source: School census, Riverside Council, released March 2023. Figures as a table."
    );
    let leads = |content: &[Inline]| {
        content.iter().find_map(|inline| match inline {
            Inline::Link { to: Target::Anchor(to), .. } => Some(to.clone()),
            _ => None,
        })
    };
    assert_eq!(leads(&source.content), table.anchor);
    assert_eq!(leads(&back.content).as_deref(), Some("one"));
    let cells = |row: &Row| row.cells.iter().map(said).collect::<Vec<_>>();
    assert_eq!(cells(&table.head[0]), ["Academic year", "England", "Riverside"]);
    assert_eq!(cells(&table.body[1]), ["2020/21", "Confidential", "6.5%"]);
    assert!(line(&back.content).contains("Overall is a share of sessions."));

    let none = project(ROWS, "::: chart absence title=\"One\" columns=\"overall\"\n:::");
    let (_, found) = document_of(&none);
    assert!(found.iter().any(|f| f.starts_with("chart/no-table")), "{found:?}");
    let (_, found) = document_of(&project(ROWS, "Words.\n\n::: chart-tables\n:::"));
    assert!(found.len() == 1 && found[0].starts_with("table/empty"), "{found:?}");
}

#[test]
fn another_table_may_hold_the_figures_if_it_shows_them_all() {
    let body = |columns: &str, id: &str| {
        format!(
            "::: chart absence title=\"One\" columns=\"overall\" where=\"area=England\" table=\"#there\"\n:::\n\n\
             ::: data-table absence columns=\"{columns}\" id=\"{id}\"\n:::"
        )
    };
    assert_eq!(document_of(&project(ROWS, &body("overall, pupils", "there"))).1, [""; 0]);
    let (_, found) = document_of(&project(ROWS, &body("pupils", "there")));
    assert!(
        found[0].starts_with("chart/no-table") && found[0].contains("does not show"),
        "{found:?}"
    );
    let (_, found) = document_of(&project(ROWS, &body("overall", "elsewhere")));
    assert!(found.iter().any(|f| f.starts_with("chart/no-table")), "{found:?}");
    assert!(found.iter().any(|f| f.starts_with("link/unknown")), "{found:?}");
}

#[test]
fn a_gap_says_what_is_missing_and_is_listed_but_stops_nothing() {
    let body = "::: gap chart=\"Plans by year\" why=\"The source shows a picture only.\"\n:::";
    let (assembly, found) = document_of(&project(ROWS, body));
    assert_eq!(found, ["chart/gap no chart of \"Plans by year\" | "]);
    assert!(assembly.findings.iter().all(|f| f.severity == annexe::diag::Severity::Info));
    let said = words(&assembly.document, Drawn::Labels);
    assert_eq!(said, ["Chart not shown: Plans by year. The source shows a picture only."]);
    let (_, found) = document_of(&project(ROWS, "::: gap chart=\"\" why=\"\"\n:::\n\nWords."));
    assert!(found[0].starts_with("directive/malformed"), "{found:?}");
}

#[test]
fn an_author_may_say_what_a_chart_shows() {
    let (_, alt) = chart("columns=\"overall\" alt=\"Absence rose.\"");
    assert_eq!(alt, "Absence rose.");
    let (_, made) = chart("columns=\"overall\" alt=\"\"");
    assert!(made.starts_with("Line chart: Absence."), "{made}");
}

#[test]
fn a_changed_cell_changes_chart_words_and_table_and_nothing_else() {
    let body = "# A\n\n::: chart absence title=\"Riverside\" columns=\"overall\" where=\"area=Riverside\"\n:::\n\n\
        ::: chart absence title=\"England\" columns=\"overall\" where=\"area=England\"\n:::\n\n# Tables\n\n::: chart-tables\n:::\n";
    let blocks = |rows: &str| -> Vec<String> {
        let (assembly, found) = document_of(&project(rows, body));
        assert_eq!(found, [""; 0]);
        assembly.document.blocks.iter().map(|b| serde_json::to_string(b).unwrap()).collect()
    };
    let before = blocks(ROWS);
    let after = blocks(&ROWS.replace("Riverside,2020/21,6.5", "Riverside,2020/21,4.5"));
    let changed: Vec<usize> = (0..before.len()).filter(|&n| before[n] != after[n]).collect();
    // The drawing with its alternative text, and its table.
    assert_eq!(changed, [1, 6], "{before:#?}");
    assert!(after[1].contains("\"value\":4.5,\"words\":\"4.5%\""), "{}", after[1]);
    assert!(after[1].contains("lowest 4.5% in 2020/21"), "{}", after[1]);
    assert_eq!(before[6].replace("6.5%", "4.5%"), after[6]);
}

//! The register of figures: what each knows, the annex that prints them, and what stands under tables that do not agree.

use annexe::document::{BlockKind, Inline, Target, Usage, line, register};

use super::{DECLARATION, ROWS, made, printed, project};

const VALUE: &str = r#"data.absence.overall["Riverside"]["2021/22"]"#;
const EARLIER: &str = r#"data.absence.overall["Riverside"]["2020/21"]"#;

#[test]
fn each_figure_knows_what_it_is_where_it_came_from_and_where_it_is_used() {
    let body = format!(
        "# Part {{#part}}\n\n## Absence\n\nIt is {{{{ {VALUE} }}}}, {{{{ change({EARLIER}, {VALUE}) }}}}; bare {{{{ {VALUE} | value }}}}.\n\n\
         ::: for n in [1, 2]\nAgain {{{{ {EARLIER} }}}}.\n:::\n\n\
         By hand [*about* 58%]{{source=\"A survey of schools\"}}.\n\n::: data-table absence\n:::\n"
    );
    let (loaded, _) = project(ROWS, &body).load();
    let sources = loaded.unwrap().sources;
    let (assembly, found) = made(ROWS, &body);
    assert_eq!(found, [""; 0]);
    let entries = register(&assembly.document.blocks);
    let values: Vec<_> = entries.iter().map(|e| (e.usage, e.value.as_str(), e.times)).collect();
    let expected = [
        (Usage::Bound, "7.5%", 1),
        (Usage::Bound, "up 2 percentage points", 1),
        (Usage::Bound, "7.5", 1),
        (Usage::Bound, "5.5%", 2),
        (Usage::Typed, "about 58%", 1),
        (Usage::Table, "8 figures", 1),
    ];
    assert_eq!(values, expected);
    let place = |span| {
        let at = sources.position(span);
        (at.line, at.column)
    };
    let first = &entries[0];
    assert_eq!(first.name, "Absence of pupils: Overall absence, Riverside");
    assert_eq!(first.unit.as_deref(), Some("percent"));
    assert_eq!(first.at.as_deref(), Some("2021 to 2022"));
    assert_eq!(first.source.as_deref(), Some("School census"));
    assert_eq!(first.cells.iter().map(|&s| place(s)).collect::<Vec<_>>(), [(3, 19)]);
    assert_eq!(first.used.map(place), Some((10, 10)));
    assert_eq!(first.heading.map(|h| h.anchor.as_str()), Some("absence"));
    assert_eq!(first.part.map(|h| h.anchor.as_str()), Some("part"));
    // What is worked out of two cells names both; a filter hides nothing.
    assert_eq!(entries[1].cells.len(), 2);
    assert_eq!(entries[1].at.as_deref(), Some("2020 to 2021 and 2021 to 2022"));
    assert_eq!(entries[1].unit.as_deref(), Some("percentage points"));
    assert_eq!((&entries[2].source, &entries[2].cells), (&first.source, &first.cells));
    assert_eq!(entries[4].source.as_deref(), Some("A survey of schools"));
    let table = &entries[5];
    assert_eq!((table.name.as_str(), table.path.as_str()), ("Absence of pupils", "data.absence"));
    assert_eq!((table.cells.len(), table.source.as_deref()), (8, Some("School census")));
    assert_eq!((&table.unit, &table.at), (&None, &None));
}

#[test]
fn an_annex_lists_the_figures_part_by_part_and_leads_to_where_they_are_used() {
    let body = format!(
        "# One\n\n## Absence\n\n{{{{ {VALUE} }}}} and {{{{ document.as_at | year }}}}.\n\n# Two\n\n[12]{{source=\"Own count\"}} came.\n\n\
         # Figures\n\n:::: section landscape\n::: figure-register labels=\"What | Is | When | From | Where\"\n:::\n::::\n"
    );
    let (assembly, found) = made(ROWS, &body);
    assert_eq!(found, [""; 0]);
    let BlockKind::Section(section) = &assembly.document.blocks.last().unwrap().kind else {
        panic!("a section")
    };
    let tables = section.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Table(table) => Some(table),
        _ => None,
    });
    let tables: Vec<_> = tables.into_iter().collect();
    let caption = |n: usize| line(tables[n].caption.as_ref().unwrap());
    assert_eq!((tables.len(), caption(0), caption(1)), (2, "One".to_owned(), "Two".to_owned()));
    let said = |n: usize| -> Vec<String> {
        tables[n].body.iter().flat_map(|row| row.cells.iter().map(super::said)).collect()
    };
    // The day of the document is a figure, but comes from no measure.
    let name = "Absence of pupils: Overall absence, Riverside";
    assert_eq!(said(0), [name, "7.5%", "2021 to 2022", "1", "Absence"]);
    assert_eq!(said(1), ["12", "12", "No when", "2", "Two"]);
    let BlockKind::Paragraph(link) = &tables[0].body[0].cells[4].blocks[0].kind else { panic!() };
    let to = Target::Anchor("absence".to_owned());
    assert!(matches!(&link.content[0], Inline::Link { to: there, .. } if *there == to));
    let words = annexe::document::words(&assembly.document, annexe::document::Drawn::Labels);
    assert_eq!(words[words.len() - 3..], ["From:", "School census", "Own count"]);
}

#[test]
fn an_annex_that_cannot_stand_or_has_nothing_is_a_finding() {
    let inside =
        format!("{{{{ {VALUE} }}}}\n\n:::: callout note\n::: figure-register\n:::\n::::\n");
    let (_, found) = made(ROWS, &inside);
    assert!(found.len() == 1 && found[0].starts_with("directive/place"), "{found:?}");
    let (_, found) = made(ROWS, "Words.\n\n::: figure-register\n:::\n");
    assert!(found.len() == 1 && found[0].starts_with("table/empty"), "{found:?}");
}

#[test]
fn a_source_has_words_before_it_and_says_something() {
    for (text, code) in [
        ("58%]{source=\"A\"}", "markdown/unsupported"),
        ("[58%]{source=\" \"}", "markdown/unsupported"),
        ("[58%]{sorce=\"A\"}", "directive/attribute-unknown"),
    ] {
        let (_, found) = made(ROWS, text);
        assert!(found.len() == 1 && found[0].starts_with(code), "{text}: {found:?}");
    }
    // What only looks like one stays as it was typed.
    let (assembly, found) = made(
        ROWS,
        "Braces [a]{b} and [c]{d=e} stay; so do **[2]{source=\"B\"}** and [x {{ 1 }} y]{source=\"C\"}.",
    );
    assert_eq!(found, [""; 0]);
    let words = annexe::document::words(&assembly.document, annexe::document::Drawn::Labels);
    assert_eq!(words, ["Braces [a]{b} and [c]{d=e} stay; so do 2 and x 1 y."]);
    let sources: Vec<_> =
        register(&assembly.document.blocks).into_iter().filter_map(|entry| entry.source).collect();
    assert_eq!(sources, ["B", "C"]);
}

#[test]
fn functions_say_what_two_figures_are_to_each_other() {
    for (expression, words) in [
        (format!("difference({EARLIER}, {VALUE})"), "2 percentage points"),
        (format!("difference({VALUE}, {VALUE})"), "no difference"),
        (format!("between({EARLIER}, {VALUE})"), "5.5% to 7.5%"),
        ("growth(424, 960)".to_owned(), "126%"),
        ("share(92, 100)".to_owned(), "92%"),
        ("between(500, 900)".to_owned(), "500 to 900"),
    ] {
        assert_eq!(printed(&expression), words, "{expression}");
    }
    for (expression, says) in [
        ("growth(0, 4)".to_owned(), "cannot take a share of 0"),
        (format!("growth({VALUE}, {EARLIER})"), "swap the two"),
    ] {
        let found = super::fault(&expression);
        assert!(found.contains(says), "{found}");
    }
}

#[test]
fn a_table_that_does_not_agree_with_itself_says_so() {
    let identity = "\n[[identity]]\nname = \"No more than before\"\nholds = \"overall <= previous(overall)\"\n";
    let note = |table: &str| -> Vec<String> {
        let project = project(ROWS, table)
            .file("content/data/absence.toml", DECLARATION.to_owned() + identity);
        let (loaded, _) = project.load();
        let loaded = loaded.unwrap();
        let options = annexe::assemble::Options {
            edition: "full".into(),
            as_at: loaded.settings.as_at,
            parameters: Default::default(),
        };
        let made = annexe::assemble::assemble(&loaded, &loaded.templates["a"], &options);
        assert!(made.findings.is_empty());
        let notes = made.document.blocks.iter().filter_map(|block| match &block.kind {
            BlockKind::Paragraph(paragraph) => Some(line(&paragraph.content)),
            _ => None,
        });
        notes.skip(1).collect()
    };
    let said = note("::: data-table absence\n:::");
    let [said] = said.as_slice() else { panic!("{said:?}") };
    assert_eq!(
        said,
        "These figures stand as published, although they do not agree. “No more than before” does not hold. \
         Riverside, 2021/22: 7.5 is not at most 5.5; England, 2021/22: 7.5 is not at most 5."
    );
    let part = note("::: data-table absence where=\"area=England\" columns=\"overall\"\n:::");
    assert!(part[0].contains("England") && !part[0].contains("Riverside"), "{part:?}");
    let own = note("::: data-table absence note=\"Two years differ.\"\n:::");
    assert_eq!(own, ["Two years differ."]);
    // What is not shown needs no note.
    for table in ["columns=\"pupils\"", "where=\"period==2020/21\" note=\"Unused\""] {
        assert_eq!(note(&format!("::: data-table absence {table}\n:::")), [""; 0], "{table}");
    }
}

//! Whatever narrative and expressions say: findings inside their files, and never a panic.

use annexe::diag::{Place, render};
use annexe::document::{Drawn, words};
use proptest::prelude::*;

use super::{HEAD, assembled, with_body};
use crate::load::TestProject;

/// Pieces that narrative is made of, whole and broken.
const PIECES: &[&str] = &[
    "{{ area.name }}",
    "{{ area.nmae }}",
    "{{ inspection.published | date }}",
    "{{",
    "}}",
    "{{ \"",
    "::: quote\n",
    ":::: for x in area.partners\n",
    "::: for x in [1, 2]\n",
    "::: if area.name\n",
    "::: only full\n",
    "::: include a.md shift=1\n",
    "::: callout note title=\"{{ area.name }}: é\"\n",
    "::: key-figures\n",
    "::: fields\n",
    "::: toc depth=2\n",
    "::: rows in=area.partners as=p widths=\"1 2\"\n",
    "::: section landscape\n",
    "::: figure image=\"a.svg\" alt=\"é\"\n",
    "\n:::\n",
    "\n::::\n",
    ":::",
    "\n\n",
    "\n",
    "# ",
    "## ",
    "- ",
    "  - ",
    "1. ",
    "> ",
    "| a | b |\n|---|---|\n| {{ p }} | x |\n",
    "| ",
    "|",
    "a: b",
    "**",
    "*",
    "_",
    "`",
    "[x](#té)",
    "[x](https://a.b)",
    "![x](a.svg)",
    "![",
    "](",
    "[^a]",
    "\n[^a]: ",
    "<b>",
    "<!--",
    "\\",
    "é",
    "words",
    " ",
    "\t",
    "    ",
    "\r\n",
    "===\n",
    "---\n",
    "\u{E000}00",
    "\u{7F}",
    "{#id}",
    "🙂",
];

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        12 => proptest::sample::select(PIECES).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Pieces that expressions are made of.
const TERMS: &[&str] = &[
    "area",
    "plan",
    "kpi",
    ".",
    "name",
    "objectives",
    "[",
    "]",
    "(",
    ")",
    "\"",
    "'",
    "\\",
    "1",
    "-",
    "+",
    "~",
    "/",
    "%",
    "==",
    "<",
    "in",
    "is",
    "not",
    "and",
    "or",
    "if",
    "else",
    "|",
    "map",
    "length",
    "join",
    "sum",
    "sort",
    "date",
    "first",
    "attribute=",
    ",",
    ":",
    "{",
    "}",
    " ",
    "é",
    "none",
    "true",
    "defined",
    "*",
    "🙂",
    "9999999999999999999999",
    "1e308",
];

fn terms() -> impl Strategy<Value = String> {
    let term = prop_oneof![
        15 => proptest::sample::select(TERMS).prop_map(str::to_owned),
        1 => "[^\n\r]{0,6}",
    ];
    proptest::collection::vec(term, 0..25).prop_map(|terms| terms.concat())
}

fn survives(project: &TestProject) {
    let Ok(loaded) = project.load().0 else { panic!("the project cannot be loaded") };
    if !loaded.templates.contains_key("t") {
        return;
    }
    let assembly = assembled(&loaded);
    for finding in assembly.findings.iter() {
        if let Place::Span(span) = finding.place {
            let text = &loaded.sources.file(span.file).text;
            let inside = text.get(span.range()).is_some();
            assert!(inside, "{}: {:?} is no part of the file", finding.message, span.range());
        }
        render::human(finding, &loaded.sources, false);
        render::short(finding, &loaded.sources);
    }
    let all = words(&assembly.document, Drawn::Labels).concat();
    let marks = '\u{E000}'..='\u{F8FF}';
    assert!(!all.contains(|c: char| marks.contains(&c)), "a placeholder is shown: {all:?}");
    annexe::write::text::text(&assembly.document);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn any_narrative(body in pieces(), included in pieces()) {
        survives(&with_body(&body).file("content/a.md", included));
    }

    #[test]
    fn any_expression(source in terms()) {
        survives(&with_body(&format!("é {{{{ {source} }}}}\n\n::: if {source}\nx\n:::\n")));
    }

    #[test]
    fn any_title(title in pieces()) {
        let title = title.replace(['\'', '\n', '\r'], " ");
        let text = HEAD.replace("\"Té\"", &format!("'{title}'"));
        survives(&TestProject::new().file("templates/t.md", text));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn any_narrative_says_the_same_in_a_word_file(body in pieces()) {
        let project = with_body(&body).file("content/a.md", "Words.\n");
        let loaded = project.load().0.unwrap();
        let assembly = assembled(&loaded);
        let tokens = &loaded.theme.tokens;
        let extras = annexe::write::docx::Extras::default();
        let made = annexe::write::docx::docx(&assembly.document, tokens, &extras);
        let Ok(made) = made else { panic!("{:?}", made.err()) };
        let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect::<String>();
        let said = bare(&words(&assembly.document, Drawn::Omitted).concat());
        prop_assert_eq!(bare(&crate::docx::text_of_file(&made)), said);
    }
}

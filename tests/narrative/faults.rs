//! Each wrong input and its finding: code, line and column, and the nearest right word.

use super::{HEAD, checked, with_body};
use crate::load::TestProject;

/// A body, and for each finding its place, its code and words of its message or help.
type Case = (&'static str, &'static [(&'static str, &'static str, &'static str)]);

const CASES: &[Case] = &[
    ("é {{ unclosed", &[("6:3", "expression/unclosed", "not closed")]),
    ("é {{ }}", &[("6:3", "expression/syntax", "nothing between")]),
    ("é {{ area.name + }}", &[("6:16", "expression/syntax", "cannot be read")]),
    ("é {{ area.nmae }}", &[("6:11", "reference/unknown", "`area` has no `nmae`")]),
    ("é {{ aera.name }}", &[("6:6", "reference/unknown", "nothing is called `aera`")]),
    ("é {{ area[\"nmae\"] }}", &[("6:12", "reference/unknown", "`area` has no `nmae`")]),
    (
        "é {{ lengthh(plan.risks) }}",
        &[("6:6", "expression/unknown-function", "no function `lengthh`")],
    ),
    (
        "é {{ plan.risks | lenght }}",
        &[("6:19", "expression/unknown-function", "no filter `lenght`")],
    ),
    (
        "é {{ \"é | lowr\" ~ (area.name | lowr) }}",
        &[("6:32", "expression/unknown-function", "no filter `lowr`")],
    ),
    (
        "é {{ area.partners | map(\"lowr\") }}",
        &[("6:27", "expression/unknown-function", "no filter `lowr`")],
    ),
    (
        "é {{ area.name is definedd }}",
        &[("6:19", "expression/unknown-function", "no test `definedd`")],
    ),
    ("é {{ area.name.uper() }}", &[("6:16", "expression/unknown-function", "no method `uper`")]),
    ("| a |\n|---|\n| é {{ area.nmae }} |", &[("8:13", "reference/unknown", "has no `nmae`")]),
    ("- é\n  - é {{ area.nmae }}", &[("7:15", "reference/unknown", "has no `nmae`")]),
    ("::: led\nx\n:::", &[("6:5", "directive/unknown", "no directive `led`")]),
    (
        "::: rows inn=plan.risks as=r\n:::",
        &[("6:10", "directive/attribute-unknown", "no attribute `inn`")],
    ),
    ("::: toc depth=two\n:::", &[("6:15", "directive/malformed", "not `two`")]),
    ("::: toc depth=2 depth=3\n:::", &[("6:17", "directive/malformed", "set twice")]),
    ("::: figure alt=\"é\"\n:::", &[("6:5", "directive/attribute-missing", "image")]),
    ("::: callout é\nx\n:::", &[("6:13", "directive/malformed", "`é`")]),
    ("::: quote\nunclosed", &[("6:1", "directive/unclosed", "not closed")]),
    ("x\n\n:::", &[("8:1", "directive/stray", "open nothing")]),
    (
        "::: quote\n::: section portrait\nx\n:::\n:::",
        &[
            ("7:1", "directive/unclosed", "not closed"),
            ("7:5", "directive/place", "`section` cannot stand inside"),
            ("10:1", "directive/stray", "open nothing"),
        ],
    ),
    ("::: for x of area.partners\nx\n:::", &[("6:9", "directive/malformed", "a name and a list")]),
    ("::: for é in area.partners\nx\n:::", &[("6:9", "directive/malformed", "cannot be a name")]),
    ("::: for x in area.name\nx\n:::", &[("6:14", "expression/failed", "is no list")]),
    ("::: for x in area.prtners\nx\n:::", &[("6:19", "reference/unknown", "has no `prtners`")]),
    ("::: if area.nmae\nx\n:::", &[("6:13", "reference/unknown", "has no `nmae`")]),
    ("::: only easy-raed\nx\n:::\n\ny", &[("6:10", "reference/unknown", "no edition")]),
    ("::: include é.md\n:::", &[("6:13", "file/missing", "content/é.md")]),
    ("::: include ../é.md\n:::", &[("6:13", "file/outside", "leads out")]),
    ("::: include /etc/passwd\n:::", &[("6:13", "file/outside", "leads out")]),
    ("<div>é</div>", &[("6:1", "markdown/html", "HTML")]),
    ("é <b>x</b>", &[("6:3", "markdown/html", "HTML"), ("6:7", "markdown/html", "HTML")]),
    ("### é", &[("6:1", "heading/skipped", "level 3")]),
    ("## {{ \"\" }}", &[("6:1", "heading/empty", "no words")]),
    ("![](é.png)", &[("6:1", "alt/missing", "é.png"), ("6:1", "file/missing", "é.png")]),
    ("é ![x](a.png) é", &[("6:3", "markdown/unsupported", "inside a paragraph")]),
    ("![x]({{ area.name }}.png)", &[("6:1", "markdown/unsupported", "address")]),
    ("[é](#nowhere)", &[("6:5", "link/unknown", "nowhere")]),
    ("[é](file:///etc/passwd)", &[("6:1", "link/unknown", "no address")]),
    ("[é](javascript:alert(1))", &[("6:1", "link/unknown", "no address")]),
    ("[é](https://a.b/{{ area.name }})", &[("6:1", "markdown/unsupported", "address")]),
    ("é [x](https://a.b \"title\")", &[("6:3", "markdown/unsupported", "title")]),
    ("| a | b |\n|---|---|\n| é |  |", &[("8:6", "cell/empty", "nothing to show")]),
    ("| a | b |\n|---|---|\n| é | x | lost |", &[("8:11", "markdown/unsupported", "more cells")]),
    ("é[^a]", &[("6:2", "footnote/unknown", "[^a]")]),
    ("é\n\n[^a]: x", &[("8:1", "footnote/unused", "[^a]")]),
    ("é[^a]\n\n[^a]: x[^b]\n\n[^b]: y", &[("8:8", "markdown/unsupported", "a note cannot refer")]),
    ("é[^a]\n\n[^a]: x\n\n    - y", &[("10:5", "markdown/unsupported", "paragraphs only")]),
    ("É\n===", &[("6:1", "markdown/unsupported", "line under it")]),
    ("```\né\n```", &[("6:1", "markdown/unsupported", "code")]),
    ("é\n\n---\n", &[("8:1", "markdown/unsupported", "rule")]),
    ("::: fields\né\n:::", &[("7:1", "directive/malformed", "no label")]),
    ("::: key-figures\n- 1 | a | b | lost\n:::", &[("7:3", "directive/malformed", "three parts")]),
    (
        "::: rows in=area.partners as=p widths=\"1 é\"\n| a |\n|---|\n| {{ p }} |\n:::",
        &[("6:40", "directive/malformed", "1 numbers")],
    ),
    (
        "::: rows in=area.name as=p\n| a |\n|---|\n| x |\n:::",
        &[("6:13", "expression/failed", "no list")],
    ),
    ("é \u{E000}00 {{ area.name }}", &[("6:3", "text/control-character", "U+E000")]),
    ("é\u{202E}x", &[("6:2", "text/control-character", "U+202E")]),
    ("é\0x", &[("6:2", "text/control-character", "U+0000")]),
];

fn assert_found(project: &TestProject, body: &str, expected: &[(&str, &str, &str)]) {
    let (found, _) = checked(project);
    let lines: Vec<&str> = found.lines().collect();
    assert_eq!(lines.len(), expected.len(), "{body:?}:\n{found}");
    for (line, (place, code, words)) in lines.iter().zip(expected) {
        let start = format!("templates/t.md:{place}: ");
        let fits = line.starts_with(&start) && line.contains(&format!("[{code}]"));
        assert!(fits && line.contains(words), "{body:?}: {place} {code} {words}\n{found}");
    }
}

#[test]
fn each_wrong_input_is_found_at_its_line_and_column() {
    for (body, expected) in CASES {
        assert_found(&with_body(body), body, expected);
    }
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_move_no_place() {
    for (body, expected) in CASES {
        let text = format!("\u{FEFF}{HEAD}{body}").replace('\n', "\r\n");
        assert_found(&TestProject::new().file("templates/t.md", text), body, expected);
    }
}

#[test]
fn slips_name_the_nearest_right_word() {
    let cases = [
        ("{{ area.nmae }}", "did you mean `name`?"),
        ("{{ plan.risks | lenght }}", "did you mean `length`?"),
        ("{{ lengthh(plan.risks) }}", "x | length"),
        ("{{ 1 is evn }}", "did you mean `even`?"),
        ("::: inclde a.md\n:::", "did you mean `include`?"),
        ("::: toc depht=2\n:::", "did you mean `depth`?"),
        ("::: callout spotlite\nx\n:::", "did you mean `spotlight`?"),
        ("::: only ful\nx\n:::", "did you mean \"full\"?"),
        ("[x](#té1)", "did you mean #té?"),
        ("x[^nite]\n\ny[^note]\n\n[^note]: z", "did you mean [^note]?"),
    ];
    for (body, help) in cases {
        let project = with_body(body).file("content/plan/p.toml", "");
        let loaded = project.load().0.unwrap();
        let assembly = super::assembled(&loaded);
        let helps: Vec<_> = assembly.findings.iter().filter_map(|f| f.help.clone()).collect();
        assert!(helps.iter().any(|h| h.contains(help)), "{body:?}: {helps:?}");
    }
}

#[test]
fn a_cycle_of_includes_shows_the_way_round() {
    let project = with_body("::: include b.md\n:::")
        .file("content/b.md", "é\n\n::: include c.md\n:::\n")
        .file("content/c.md", "::: include b.md\n:::\n");
    let (found, code) = checked(&project);
    assert_eq!(
        (found.as_str(), code),
        ("content/c.md:1:13: error[include/cycle]: content/b.md includes itself\n", 1)
    );
}

#[test]
fn an_empty_template_and_a_project_without_one_are_found() {
    for text in ["+++\ntitle = \"T\"\n+++\n", "+++\ntitle = \"T\"\n+++"] {
        let (found, code) = checked(&TestProject::new().file("templates/t.md", text));
        let expected = "templates/t.md:2:9: warning[document/empty]: there is nothing in t\n";
        assert_eq!((found.as_str(), code), (expected, 0));
    }
    let (found, code) = checked(&TestProject::new());
    assert_eq!(
        (found.as_str(), code),
        ("templates: error[file/missing]: there is no document to make\n", 1)
    );
}

#[test]
fn what_stands_in_an_address_alt_text_or_caption_is_never_a_placeholder() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>";
    let body = "![A map of {{ area.name }}](a.svg \"Map of {{ area.name }}\")\n\n\
                **{{ area.name }}**, _{{area.name}}x_ `{{ area.name }}`";
    let project = with_body(body).file("content/images/a.svg", svg);
    let loaded = project.load().0.unwrap();
    let text = annexe::write::text::text(&assembled_clean(&loaded));
    assert!(text.contains("A map of Riverside") && text.contains("Map of Riverside"), "{text}");
    assert!(text.contains("**Riverside**, *Riversidex* Riverside"), "{text}");
}

fn assembled_clean(project: &annexe::project::Project) -> annexe::document::Document {
    let assembly = super::assembled(project);
    let messages: Vec<_> = assembly.findings.iter().map(|f| &f.message).collect();
    assert!(messages.is_empty(), "{messages:?}");
    assembly.document
}

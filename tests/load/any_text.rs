//! Whatever a file holds, loading and checking give findings that can be printed: never a panic.

use annexe::diag::render;
use proptest::prelude::*;

use super::TestProject;

/// Pieces that data files are made of, whole and broken.
const PIECES: &[&str] = &[
    "[[action]]\n",
    "[[action.milestone]]\n",
    "[[kpi]]\n",
    "[[scheme]]\n",
    "[[scheme.rating]]\n",
    "[project]\n",
    "[[risk]]\n",
    "[[period]]\n",
    "[action]\n",
    "[[",
    "]]",
    "{",
    "}",
    "[",
    "]",
    "id = ",
    "due = ",
    "done = ",
    "title = ",
    "unit = ",
    "baseline = ",
    "target = ",
    "actual = ",
    "rag = ",
    "when = ",
    "of = ",
    "by = ",
    "at = ",
    "value = ",
    "between = ",
    "revised = ",
    "officers = ",
    "\"A1\"",
    "\"percent\"",
    "\"action\"",
    "\"by 2022-04-30\"",
    "\"31 Nov 2022\"",
    "2022-05-30",
    "2022-11-31",
    "2022-05",
    "12",
    "-1.5",
    "nan",
    "1e999",
    "0x1F",
    "true",
    "\"overdue and (\"",
    "\"done\"",
    "'''",
    "\"\"\"",
    "\"",
    "'",
    "\\u0007",
    "\\",
    ",",
    ".",
    "=",
    "\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "é",
    "\u{FEFF}",
    "\u{202E}",
    "#",
    "+++\n",
    "a.b.c = 1\n",
    "\0",
];

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        9 => proptest::sample::select(PIECES).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

const SVG: &[&str] = &[
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">",
    "</svg>",
    "<g id=\"a\">",
    "</g>",
    "<use href=\"#a\"/>",
    "<script>",
    "</script>",
    "<",
    ">",
    "&",
    "&amp;",
    "&x;",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<!DOCTYPE svg [",
    " onload=\"x\"",
    " style='url(",
    "é",
    "\0",
];

/// Loads and checks a project with `text` in the file `path`, and prints all that was found.
fn survives(path: &str, text: &[u8]) {
    let project = TestProject::new().file(path, text);
    let (project, mut findings) = project.load();
    let Ok(project) = project else { return };
    let as_at = project.settings.as_at;
    findings.extend(annexe::check::check(&project, Some(as_at)));
    annexe::check::acknowledge(&mut findings, &project, as_at);
    for finding in findings.iter() {
        let shown = render::human(finding, &project.sources, false);
        assert!(!shown.contains('\u{7}') && !shown.is_empty());
        render::short(finding, &project.sources);
    }
    render::json(&findings, &project.sources);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn any_plan_file(text in pieces()) {
        survives("content/plan/a.toml", text.as_bytes());
    }

    #[test]
    fn any_project_file(text in pieces()) {
        survives("content/project.toml", text.as_bytes());
    }

    #[test]
    fn any_front_matter(text in pieces()) {
        survives("templates/a.md", format!("+++\n{text}\n+++\n").as_bytes());
    }

    #[test]
    fn any_picture(pieces in proptest::collection::vec(proptest::sample::select(SVG), 0..40)) {
        survives("content/images/a.svg", pieces.concat().as_bytes());
    }

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        for path in ["content/plan/a.toml", "content/a.md", "content/images/a.png", "content/images/a.jpg"] {
            survives(path, &bytes);
        }
    }
}

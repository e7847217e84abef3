//! Inputs made to use up the machine end soon, with a finding.

use std::time::{Duration, Instant};

use super::{checked, with_body};
use crate::load::TestProject;

/// That checking `project` ends soon, with an error of `code` first.
#[track_caller]
fn is_bounded(what: &str, project: &TestProject, code: &str) {
    let start = Instant::now();
    let (found, exit) = checked(project);
    assert!(start.elapsed() < Duration::from_secs(60), "{what}: {:?}", start.elapsed());
    let first = found.lines().find(|line| line.contains("error["));
    let first = first.unwrap_or_else(|| panic!("{what}: {found}"));
    assert!(first.contains(&format!("[{code}]")) && exit == 1, "{what}: {first}");
    assert!(found.len() < 20_000, "{what}: {} bytes are printed", found.len());
}

#[test]
fn nesting_ends_without_exhausting_the_stack() {
    let deep = |n: usize, piece: &str| piece.repeat(n);
    let lists: String = (0..200).map(|i| format!("{}- x\n", "  ".repeat(i))).collect();
    let opened: String = (0..200).map(|i| format!("{} lead\n", ":".repeat(203 - i))).collect();
    let closed: String = (0..200).map(|i| format!("{}\n", ":".repeat(4 + i))).collect();
    let cases = [
        ("lists 200 deep", lists),
        ("lists 40,000 deep on a line", format!("{}x", deep(40_000, "- "))),
        ("quotes 90,000 deep", format!("{} x", deep(90_000, ">"))),
        ("strong words 12,000 deep", format!("{}x{}", deep(12_000, "**a "), deep(12_000, " b**"))),
        ("directives 200 deep", format!("{opened}x\n{closed}")),
    ];
    for (what, body) in cases {
        is_bounded(what, &with_body(&body), "file/too-large");
    }
}

#[test]
fn expressions_are_short_shallow_and_make_little() {
    let cases = [
        ("brackets", format!("{}1{}", "(".repeat(240), ")".repeat(240))),
        ("lists", format!("{}1{}", "[".repeat(240), "]".repeat(240))),
        ("many brackets", format!("{}1{}", "(".repeat(20_000), ")".repeat(20_000))),
        ("a long chain", format!("{}1", "1+".repeat(40_000))),
        ("many nots", format!("{}1", "not ".repeat(20_000))),
        ("many fields", format!("area{}", ".a".repeat(40_000))),
        ("many filters", format!("1{}", "|lower".repeat(10_000))),
        ("a repeated text", "\"x\" * 10000000".to_owned()),
        ("a repeated list", "[1] * 100000000 | length".to_owned()),
        ("a power", "9 ** 999999".to_owned()),
    ];
    for (what, source) in cases {
        is_bounded(what, &with_body(&format!("{{{{ {source} }}}}")), "expression/syntax");
    }
    for source in ["range(100000000)", "1 | indent(100000000000)", "[1] | slice(100000000000)"] {
        let project = with_body(&format!("{{{{ {source} }}}}"));
        is_bounded(source, &project, "expression/unknown-function");
    }
}

#[test]
fn values_that_grow_from_loop_to_loop_are_given_up() {
    // Each loop makes a text 60 times as long as the one around it.
    let mut body = String::new();
    for (depth, (inner, outer)) in
        [("b", "a"), ("c", "b"), ("d", "c"), ("e", "d")].iter().enumerate()
    {
        let longer = [*outer; 60].join("~");
        body += &format!("{} for {inner} in [{longer}]\n", ":".repeat(9 - depth));
    }
    let closing: String = (5..11).map(|n| format!("{}\n", ":".repeat(n))).collect();
    let text = format!(
        ":::::::::: for a in [\"xxxxxxxxxx\"]\n{body}x\n{}",
        &closing[closing.find("::::::").unwrap_or(0)..]
    );
    is_bounded("growing texts", &with_body(&text), "expression/failed");
    let long = "x".repeat(60_000);
    let project = with_body("{{ facts.long ~ facts.long }}");
    let about = format!("{}[facts]\nlong = \"{long}\"\n", crate::load::PROJECT_TOML);
    is_bounded("a long value", &project.file("content/project.toml", about), "expression/failed");
}

#[test]
fn loops_in_loops_and_includes_of_includes_end() {
    let items = format!("[{}1]", "1,".repeat(200));
    for inner in ["::: if false\nx\n:::", "x", "> x"] {
        let body = format!(
            "::::::: for a in {items}\n:::::: for b in {items}\n::::: for c in {items}\n:::: for d in {items}\n\
             {inner}\n::::\n:::::\n::::::\n:::::::\n"
        );
        is_bounded(inner, &with_body(&body), "file/too-large");
    }
    let rows = format!(
        ":::::: for a in {items}\n::::: for b in {items}\n:::: for c in {items}\n\
         ::: rows in={items} as=r\n| a |\n|---|\n| {{{{ r }}}} |\n:::\n::::\n:::::\n::::::\n"
    );
    is_bounded("rows", &with_body(&rows), "file/too-large");
    let mut project = with_body("::: include a0.md\n:::");
    for n in 0..14 {
        let text = format!("::: include a{}.md\n:::\n\n", n + 1).repeat(10);
        project = project.file(&format!("content/a{n}.md"), text);
    }
    is_bounded("includes", &project.file("content/a14.md", "x\n"), "file/too-large");
}

#[test]
fn notes_cannot_multiply() {
    let notes = |i: usize| format!("[^a{i}]: x[^a{}][^a{}]\n\n", i + 1, i + 1);
    let body: String = (0..40).rev().map(notes).collect();
    let project = with_body(&format!("x[^a0]\n\n[^a40]: end\n\n{body}"));
    is_bounded("notes of notes", &project, "markdown/unsupported");
}

#[test]
fn long_lines_and_ids_are_refused() {
    is_bounded("10 MB line", &with_body(&"x".repeat(10_000_000)), "file/too-large");
    is_bounded("200 kB line", &with_body(&"x".repeat(200_000)), "file/too-large");
    let id = |id: &str| format!("[[objective]]\nid = \"{id}\"\nname = \"N\"\n");
    for bad in ["x".repeat(90_000), "GBR 8".to_owned(), String::new()] {
        let project = with_body("x").file("content/plan/o.toml", id(&bad));
        let (found, _) = checked(&project);
        assert!(found.contains("content/plan/o.toml:2:6: error["), "{found}");
        assert!(found.len() < 1_000, "{} bytes are printed", found.len());
    }
    for good in ["GBR8.a", "1.1b.2", "A/1", "é-1"] {
        let project = with_body("x").file("content/plan/o.toml", id(good));
        let (found, _) = checked(&project);
        assert!(!found.contains("error["), "{good}: {found}");
    }
}

#[test]
fn shifting_headings_beyond_the_last_level_stops_there() {
    let project = with_body("::: include a.md shift=255\n:::").file("content/a.md", "# é\n\nx\n");
    is_bounded("a shift of 255", &project, "heading/skipped");
}

#[test]
fn thousands_of_findings_are_printed_soon() {
    let slips: String = (0..1_500).map(|i| format!("é {{{{ area.nmae{i} }}}}\n\n")).collect();
    let links: String = (0..1_500).map(|i| format!("## head {i}\n\n[x](#haed-{i})\n\n")).collect();
    let actions: String = (0..1_500)
        .map(|i| {
            format!(
                "[[action]]\nid = \"A{i}\"\nobjective = \"O\"\ntitle = \"T\"\nlinks = [\"B{i}\"]\n"
            )
        })
        .collect();
    let plan = format!("[[objective]]\nid = \"O\"\nname = \"N\"\n{actions}");
    let projects =
        [with_body(&slips), with_body(&links), with_body("x").file("content/plan/p.toml", plan)];
    for project in projects {
        let start = Instant::now();
        let (found, code) = checked(&project);
        assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
        let unknown =
            |line: &&str| line.contains("[reference/unknown]") || line.contains("[link/unknown]");
        let errors = found.lines().filter(unknown).count();
        assert_eq!((errors, code), (1_500, 1));
    }
}

#[test]
fn a_rule_of_a_scheme_is_as_bounded_as_an_expression() {
    let scheme = |when: &str| {
        format!(
            "[[scheme]]\nid = \"s\"\nof = \"action\"\n[[scheme.rating]]\nid = \"red\"\nletter = \"R\"\n\
             word = \"Red\"\ncolour = \"red\"\nwhen = \"{when}\"\nmeaning = \"x\"\n"
        )
    };
    for when in [format!("{}done", "not ".repeat(20_000)), "'x' * 99999999 == ''".to_owned()] {
        let project = with_body("x").file("content/plan/s.toml", scheme(&when));
        let (found, _) = checked(&project);
        assert!(found.contains("[rag/rule]"), "{found}");
    }
}

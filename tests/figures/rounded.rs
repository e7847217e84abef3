//! Shares in round numbers: their difference is neither stretched, hidden nor made.

use annexe::assemble::{Options, assemble};
use annexe::document::{Drawn, words};
use annexe::figures::rounded;

use crate::load::TestProject;

const DECLARATION: &str = "title = \"Plans\"\nsource = \"Census\"\nkey = [\"area\"]\n\
    [column.area]\nname = \"Area\"\n[column.rate]\nname = \"In time\"\nunit = \"percent\"\n";
const ROWS: &str = "area,rate\nhere,55\nthere,49\nnear,54.8\nclose,55.2\nlow,12\n";

/// What a paragraph shows, and what is found in it.
fn shown(text: &str) -> (String, Vec<String>) {
    let project = TestProject::new()
        .file("content/data/d.toml", DECLARATION)
        .file("content/data/d.csv", ROWS)
        .file("templates/a.md", format!("+++\ntitle = \"A\"\ncover = false\n+++\n\n{text}\n"));
    let (loaded, findings) = project.load();
    assert!(findings.is_empty());
    let loaded = loaded.unwrap();
    let as_at = loaded.settings.as_at;
    let options = Options { edition: "full".into(), as_at, parameters: Default::default() };
    let made = assemble(&loaded, &loaded.templates["a"], &options);
    let faults: Vec<_> = made.findings.iter().map(|finding| &finding.message).collect();
    assert!(faults.is_empty(), "{text}: {faults:?}");
    let found = rounded(&made.document);
    let found = found.iter().map(|finding| {
        assert!(finding.location(&loaded.sources).1 > 0, "it has a place: {text}");
        finding.message.clone()
    });
    (words(&made.document, Drawn::Omitted).join(" "), found.collect())
}

#[test]
fn a_difference_that_rounding_stretches_hides_or_makes_is_found() {
    let two = |a: &str, b: &str| {
        shown(&format!(
            "{{{{ data.d.rate.{a} | out_of(10) }}}} and {{{{ data.d.rate.{b} | out_of(10) }}}}"
        ))
    };
    let (text, found) = two("here", "there");
    assert_eq!(text, "about 6 out of 10 and about 5 out of 10");
    assert!(found[0].contains("further apart, or nearer"), "{found:?}");
    assert!(two("near", "close").1[0].contains("are about the same"));
    assert!(two("here", "low").1.is_empty());
}

#[test]
fn a_share_beside_another_keeps_their_difference() {
    let two = |a: &str, b: &str| {
        let each = |a: &str, b: &str| {
            format!("{{{{ data.d.rate.{a} | out_of(10, beside=data.d.rate.{b}) }}}}")
        };
        let (text, found) = shown(&format!("{} and {}", each(a, b), each(b, a)));
        assert!(found.is_empty(), "{found:?}");
        text
    };
    assert_eq!(two("here", "there"), "55 out of 100 and 49 out of 100");
    assert_eq!(two("near", "close"), "about 6 out of 10 and about 6 out of 10");
    assert_eq!(two("here", "low"), "about 6 out of 10 and about 1 out of 10");
}

//! Claims about bound figures: labelled sentences, each with what the figures say.

use annexe::assemble::{Options, assemble};
use annexe::figures::claims;

use crate::load::TestProject;

const DECLARATION: &str = "title = \"Absence\"\nsource = \"Census\"\nkey = [\"area\", \"period\"]\n\
    [column.area]\nname = \"Area\"\n[column.period]\nname = \"Year\"\nkind = \"period\"\n\
    [column.rate]\nname = \"Rate\"\nunit = \"percent\"\nbetter = \"lower\"\n\
    [column.good]\nname = \"Good\"\nunit = \"percent\"\nbetter = \"higher\"\n\
    [column.pupils]\nname = \"Pupils\"\nunit = \"count\"\n";
const ROWS: &str = "area,period,rate,good,pupils\n\
    Here,2019,30,40,100\nHere,2020,20,50,210\nHere,2021,25,50,95\nEngland,2020,22,60,900\nEngland,2021,22,61,1000\n";

/// Short for a value: a letter for the column and one for the area, and the year.
fn spelt(text: &str) -> String {
    let mut out = text.to_owned();
    for (column, name) in [("r", "rate"), ("g", "good"), ("p", "pupils")] {
        for (area, place) in [("h", "Here"), ("e", "England")] {
            for year in ["2019", "2020", "2021"] {
                let value = format!("data.d.{name}[\"{place}\"][\"{year}\"]");
                out = out.replace(
                    &format!("<{column}{area}{}>", &year[2..]),
                    &format!("{{{{ {value} }}}}"),
                );
                out = out.replace(&format!("{column}{area}{}!", &year[2..]), &value);
            }
        }
    }
    out
}

fn said(text: &str) -> Vec<String> {
    let project = TestProject::new()
        .file("content/data/d.toml", DECLARATION)
        .file("content/data/d.csv", ROWS)
        .file(
            "templates/a.md",
            format!("+++\ntitle = \"A\"\ncover = false\n+++\n\n{}\n", spelt(text)),
        );
    let (loaded, findings) = project.load();
    assert!(findings.is_empty());
    let loaded = loaded.unwrap();
    let options = Options {
        edition: "full".into(),
        as_at: loaded.settings.as_at,
        parameters: Default::default(),
    };
    let made = assemble(&loaded, &loaded.templates["a"], &options);
    let faults: Vec<_> = made.findings.iter().map(|finding| &finding.message).collect();
    assert!(faults.is_empty(), "{text}: {faults:?}");
    let found = claims(&made.document);
    found
        .iter()
        .map(|finding| {
            assert!(finding.location(&loaded.sources).1 > 0, "a claim has a place: {text}");
            format!("{} {}", finding.rule.code, finding.message)
        })
        .collect()
}

/// Sentences whose words their figures deny.
const CONTRADICTED: &[&str] = &[
    "Absence rose from <rh19> to <rh20>.",
    "The rate fell from <rh20> in 2020 to <rh21> in 2021.",
    "It has increased, from <rh19> to <rh21>.",
    "Over the year it went up from <rh19> to <rh20>.",
    "It dropped from <gh19> to <gh20>.",
    "Absence improved from <rh20> to <rh21>.",
    "Results worsened from <gh19> to <gh20>.",
    "Results improved from <gh20> to <gh21>.",
    "The rate declined from <rh20> to <rh21>, we are told.",
    "It remained unchanged from <rh19> to <rh20>.",
    "It went from <rh19> to <rh20>, a rise.",
    "It is <rh20>, up from <rh19>.",
    "It is <rh21>, down from <rh20>.",
    "It stands at <gh21>, unchanged from <gh19>.",
    "It is <gh21>, above the national average of <ge21>.",
    "At <rh21> it is below England’s <re21>.",
    "The rate is <rh20>, higher than the <re20> in England.",
    "Ours is <gh20>, better than the <ge20> of England.",
    "Ours is <rh20>, worse than England’s <re20>.",
    "It is <rh20>, more than <re20>.",
    "More than half of pupils (<gh19>) were good.",
    "Less than a quarter were absent: <rh19>.",
    "It is <rh21>, more than a third.",
    "Over two thirds of pupils (<ge21>) did well.",
    "Numbers doubled from <ph20> to <ph21>.",
    "Numbers more than doubled from <ph19> to <ph21>.",
    "Numbers halved from <ph19> to <ph20>.",
    "It is <rh21>, the highest on record.",
    "It stood at <rh21>, the lowest of any year.",
    "It rose: {{ change(rh19!, rh20!) }}.",
    "Absence improved, {{ change(rh20!, rh21!) }}.",
    "The share fell, {{ change(gh19!, gh20!) }}.",
];

/// Sentences whose figures bear them out, or that say nothing of them, or that leave doubt.
const HELD: &[&str] = &[
    "Absence fell from <rh19> to <rh20>.",
    "It rose from <rh20> to <rh21>, after a fall.",
    "Absence improved from <rh19> to <rh20>.",
    "Results improved from <gh19> to <gh20>.",
    "It worsened from <rh20> to <rh21>.",
    "It was unchanged from <gh20> to <gh21>.",
    "It is <rh20>, down from <rh19>.",
    "It is <rh20>, below the national average of <re20>.",
    "Ours is <rh20>, better than England’s <re20>.",
    "Half of pupils (<gh20>) were good.",
    "More than half (<ge20>) were good.",
    "Under a third (<rh19>) were absent.",
    "Numbers doubled from <ph19> to <ph20>.",
    "Numbers more than doubled from <ph19> to <ph20>.",
    "Numbers more than halved from <ph20> to <ph21>.",
    "It is <rh19>, the highest on record.",
    "It stood at <rh20>, the lowest of any year.",
    "It fell: {{ change(rh19!, rh20!) }}.",
    "It did not rise from <rh19> to <rh20>.",
    "We want it to rise from <gh19> to <gh20>.",
    "Whether it rose from <rh19> to <rh20> is open.",
    "It should fall from <rh20> to <rh21> at most.",
    "Numbers rose, and absence went from <rh19> to <rh20>.",
    "Staff numbers fell, so absence went from <rh20> to <rh21>.",
    "Of <ph20> pupils, fewer than <ph19> came late.",
    "It is <rh21> here and above that elsewhere; England has <re21>.",
    "In <ph19> schools absence was above <re20>.",
    "The highest need is speech, and <rh21> of pupils have it.",
    "The highest performing schools have <rh21>.",
    "Pupils from <ph19> schools moved to <ph20> others.",
    "It was <rh19>, then <rh20>, and rose to <rh21>.",
    "Over <rh20> of pupils were absent, half of them for a week.",
    "It is over half the rate of <rh19>.",
    "More than half of schools answered. In those, <rh21> were absent.",
    "They grew up with us: from <rh19> to <rh20>.",
    "The gap widened although absence went from <rh19> to <rh20>.",
];

#[test]
fn a_claim_that_its_figures_deny_is_found() {
    let missed: Vec<_> = CONTRADICTED.iter().filter(|text| said(text).len() != 1).collect();
    let recall = 1.0 - missed.len() as f64 / CONTRADICTED.len() as f64;
    assert!(recall >= 0.9, "{recall}: {missed:#?}");
}

#[test]
fn a_claim_that_holds_or_may_hold_is_left_alone() {
    let wrong: Vec<_> =
        HELD.iter().map(|text| (text, said(text))).filter(|(_, said)| !said.is_empty()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_claim_is_told_with_its_figures() {
    assert_eq!(
        said("Absence rose from <rh19> to <rh20>."),
        ["claim/contradicted \"rose\" is said here, but the figures fell"]
    );
    assert_eq!(
        said("It is <gh21>, above the national average of <ge21>."),
        ["claim/contradicted \"above\" is said here, but 50% is below 61%"]
    );
}

//! Words that stand under a condition.

use super::{DECLARATION, project, said};

const ROWS: &str = "area,period,rate\nHere,2021/22,51\nHere,2022/23,55\nHere,2023/24,46\n\
    England,2021/22,50\nEngland,2022/23,49\nEngland,2023/24,46\nThere,2022/23,46.4\nThere,2023/24,c\n";

fn prose(text: &str) -> (String, Vec<String>) {
    let declaration = DECLARATION.replace("unit = \"percent\"", "unit = \"percent\"\ndecimals = 0");
    let (words, found) = said(&project(&declaration, ROWS, &spelt(text)), "2024-12-31");
    (words.join("|"), found)
}

/// `<Here latest>` for a value.
fn spelt(text: &str) -> String {
    let mut text = text.to_owned();
    while let Some((before, rest)) = text.split_once('<').map(|(a, b)| (a.to_owned(), b.to_owned()))
    {
        let (inner, after) = rest.split_once('>').unwrap();
        let (area, period) = inner.split_once(' ').unwrap();
        text = format!("{before}data.d.rate[\"{area}\", {period}]{after}");
    }
    text.replace("GT", ">").replace("LT", "<")
}

#[test]
fn words_that_hold_are_printed_and_nothing_is_said() {
    for text in [
        "[Fewer plans are on time]{holds=\"<Here latest> LT <Here previous>\"}.",
        "[Fewer *plans* are on time: {{ <Here latest> }}]{holds=\"<Here latest> LT <Here previous>\"}.",
        "# [Fewer plans]{holds=\"<Here latest> LT <Here previous>\"} {#plans}\n\nWords.",
        "| A | B |\n|---|---|\n| [less]{holds=\"<Here latest> LT <Here previous>\"} | x |",
        "[As in England]{holds=\"<Here latest> == <England latest>\"}.",
        "[So]{holds=\"(<Here latest> LT 50 or <Here latest> GT 60) and not <Here latest> == 47\"}.",
        "[So]{holds=\"<Here latest>.period == '2023 to 2024'\"}.",
        "::: key-figures\n- {{ <Here latest> }} | [fewer]{holds=\"<Here latest> LT 50\"}\n:::",
        "::: chart d title=\"[Fewer plans]{holds=\"<Here latest> LT <Here previous>\"}\" where=\"area=Here\" table=\"below\"\n:::",
    ] {
        let (words, found) = prose(text);
        assert_eq!(found, [""; 0], "{text}");
        assert!(!words.contains("holds") && !words.contains(['[', '{']), "{words}");
    }
}

#[test]
fn words_that_no_longer_hold_are_found_with_both_figures() {
    for (text, why) in [
        (
            "[More plans are on time]{holds=\"<Here latest> GT <Here previous>\"}.",
            "\"More plans are on time\" does not hold: 46% (2023 to 2024) is not more than 55% (2022 to 2023)",
        ),
        (
            "# [More]{holds=\"<Here latest> GT <Here previous>\"}\n\nWords.",
            "\"More\" does not hold: 46% (2023 to 2024) is not more than 55% (2022 to 2023)",
        ),
        // Two that print alike are not more.
        (
            "[Behind]{holds=\"<Here latest> LT <There previous>\"}.",
            "\"Behind\" does not hold: 46% (2023 to 2024) is not less than 46% (2022 to 2023)",
        ),
        (
            "[Past]{holds=\"<Here latest> GT= 75\"}.",
            "\"Past\" does not hold: 46% (2023 to 2024) is less than 75",
        ),
        (
            "::: chart d title=\"[More plans]{holds=\"<Here latest> GT <Here previous>\"}\" where=\"area=Here\" table=\"below\"\n:::",
            "\"More plans\" does not hold: 46% (2023 to 2024) is not more than 55% (2022 to 2023)",
        ),
        (
            "::: callout note title=\"[More plans]{holds=\"<Here latest> GT <Here previous>\"}\"\nWords.\n:::",
            "\"More plans\" does not hold: 46% (2023 to 2024) is not more than 55% (2022 to 2023)",
        ),
    ] {
        let (words, found) = prose(text);
        assert_eq!(found, [format!("warning[claim/broken]: {why}")], "{text}");
        assert!(words.contains(why.split('"').nth(1).unwrap()), "{words}");
    }
}

#[test]
fn what_cannot_be_told_is_found() {
    for (text, code) in [
        ("[Past]{holds=\"<There latest> GT 75\"}.", "figure/suppressed"),
        ("[Past]{holds=\"<Here latest> / <There latest> GT 1\"}.", ""),
        ("[Past]{holds=\"<Here latest> GT\"}.", "expression/syntax"),
        ("[Past]{holds=\"\"}.", "expression/syntax"),
        ("[Past]{holds=\"data.x.y GT 3\"}.", "reference/unknown"),
        ("Past]{holds=\"<Here latest> GT 3\"}.", "markdown/unsupported"),
        ("[Past]{hold=\"<Here latest> GT 3\"}.", "directive/"),
        ("[Past]{holds=\"<Nowhere latest> GT 3\"}.", "has no `Nowhere`"),
        ("[Past]{holds=\"<Here latest - 9> GT 3\"}.", "has no `latest - 9`"),
    ] {
        let (_, found) = prose(text);
        assert!(
            !found.is_empty() && found.iter().all(|line| line.contains(code)),
            "{text}: {found:?}"
        );
        assert!(!found.iter().any(|line| line.contains("claim/broken")), "{text}: {found:?}");
    }
}

#[test]
fn the_title_of_a_document_may_stand_under_a_condition() {
    let template = |condition: &str| {
        format!(
            "+++\ntitle = '[Fewer on time]{{holds=\"{condition}\"}}'\ncover = false\n+++\n\nWords.\n"
        )
    };
    let at = |condition: &str| {
        let project = project(DECLARATION, ROWS, "").file("templates/a.md", template(condition));
        said(&project, "2024-12-31").1
    };
    assert_eq!(at(&spelt("<Here latest> LT <Here previous>")), [""; 0]);
    let found = at(&spelt("<Here latest> GT <Here previous>"));
    assert!(found.len() == 1 && found[0].contains("claim/broken"), "{found:?}");
}

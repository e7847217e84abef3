//! What editions find in documents: hard words, missing pictures, too many pages.

use super::{Starter, said};

const EASY: &str = "content/progress-plan/easy.md";

#[test]
fn a_hard_word_without_its_meaning_is_found_in_easy_read_alone() {
    let starter = Starter::new(&["full", "easy-read"]);
    starter.edit(EASY, "A plan says what we will do and when.", "It is long.");
    // Pointing back is taken for a meaning; saying something else is not.
    assert_eq!(said(&starter.assembled("easy-read")), [""; 0]);
    starter.edit(EASY, "It is long.", "We meet each month.");
    let found = said(&starter.assembled("easy-read"));
    assert_eq!(found, ["easy/hard-word the hard word \"plan\" is not explained"]);
}

#[test]
fn a_hard_word_of_the_word_list_leads_to_it() {
    let starter = Starter::new(&["full", "easy-read"]);
    starter.edit(EASY, "A plan says what we will do and when.", "We meet each month.");
    starter.write(
        "content/plan/glossary.toml",
        "[[term]]\nname = \"plan\"\neasy = \"A plan says what we will do.\"\n",
    );
    let tell = "# Tell us what you think";
    starter.edit(EASY, tell, &format!("# Words\n\n::: glossary meaning=\"easy\"\n:::\n\n{tell}"));
    let assembly = starter.assembled("easy-read");
    let found = said(&assembly);
    // The list is words alone, so its section has no picture of its own.
    assert_eq!(
        found,
        ["contents/no-picture the section \"Words\" has no picture for the contents"]
    );
    let text = annexe::write::text::text(&assembly.document);
    assert!(text.contains("We have a **plan** <#word-list>."), "{text}");
    starter.build(&["--edition", "easy-read"]);
    assert!(starter.built("easy-read", "docx").starts_with(b"PK"));
    assert!(starter.built("easy-read", "pdf").starts_with(b"%PDF"));
}

#[test]
fn a_rating_without_a_picture_and_a_section_without_one_are_found() {
    let starter = Starter::new(&["full", "easy-read"]);
    starter.write(
        EASY,
        "# What this is about\n\nMore help.\n\n# How it is going\n\n\
         ::: picture-row image=\"family\"\nPlans: {{ kpi.K1.status }}\n:::\n",
    );
    assert_eq!(
        said(&starter.assembled("easy-read")),
        [
            "rag/no-picture the rating \"Met\" has no picture and words for easy read",
            "contents/no-picture the section \"What this is about\" has no picture for the contents",
        ]
    );
    // The full edition shows letters, and needs no pictures.
    assert_eq!(said(&starter.assembled("full")), [""; 0]);
}

#[test]
fn easy_read_writes_figures_and_ratings_the_easy_way() {
    let starter = Starter::new(&["full", "easy-read"]);
    starter.write(
        EASY,
        "# How it is going\n\n::: picture-row image=\"family\"\n{{ kpi.K1.actual }}, {{ kpi.K1.target }}, \
         {{ kpi.K2.actual }}, {{ 16935 | easy_number }}, {{ action.A1.status }}, {{ kpi.K2 | easy_change }}, \
         {{ kpi.K1.baseline | easy_change(kpi.K1.baseline) }}.\n:::\n",
    );
    let assembly = starter.assembled("easy-read");
    assert_eq!(said(&assembly), [""; 0]);
    let all =
        annexe::document::words(&assembly.document, annexe::document::Drawn::Labels).join("\n");
    let line = "about 6 out of 10, at least 7 out of 10, about 10 weeks, about 17,000, Going well, \
                better than in May 2025, the same as in May 2025.";
    assert!(all.contains(line), "{all}");
}

#[test]
fn what_cannot_be_said_the_easy_way_is_found() {
    let starter = Starter::new(&["full", "easy-read"]);
    let found = |expression: &str| {
        let row =
            format!("# How\n\n::: picture-row image=\"family\"\n{{{{ {expression} }}}}\n:::\n");
        starter.write(EASY, &row);
        said(&starter.assembled("easy-read")).join("\n")
    };
    assert!(found("kpi.K2.actual | out_of(10)").contains("`out_of` needs a percentage"));
    assert!(found("140 | out_of(10)").contains("from 0 to 100"));
    assert!(found("\"soon\" | easy_date").contains("`easy_date` needs a date"));
    assert!(found("kpi.K1.actual | easy_change").contains("needs the earlier figure"));
    assert!(found("kpi.K1.baseline | easy_change(kpi.K1.actual)").contains("swap the two"));
    assert!(found("kpi.K4 | easy_change").contains("has no baseline"));
}

#[test]
fn a_document_of_too_many_pages_is_warned_of_and_then_stopped() {
    let starter = Starter::new(&["easy-read"]);
    starter.edit("templates/progress-plan.md", ":::::: except easy-read", ":::::: only easy-read");
    starter.write(
        "templates/editions/easy-read.toml",
        "[length]\nwarn = 2\nmost = 30\n[readability]\n",
    );
    let (told, _) = starter.build(&["--format", "docx"]);
    assert!(told.contains("warning[length/long]") && told.contains("aims at 2"), "{told}");
    assert!(starter.path().join("output/progress-plan.easy-read.docx").exists());
    std::fs::remove_dir_all(starter.path().join("output")).unwrap();
    starter.write("templates/editions/easy-read.toml", "[length]\nmost = 3\n[readability]\n");
    let (told, code) = starter.build(&["--format", "docx"]);
    assert!(told.contains("error[length/too-long]") && told.contains("may have 3"), "{told}");
    assert_eq!(code, 1);
    assert!(!starter.path().join("output/progress-plan.easy-read.docx").exists());
}

#[test]
fn without_a_way_to_answer_tell_us_is_an_error() {
    let starter = Starter::new(&["full", "easy-read"]);
    let project = std::fs::read_to_string(starter.path().join("content/project.toml")).unwrap();
    let (without, _) = project.split_once("[contact]").unwrap();
    starter.write("content/project.toml", without);
    let found = said(&starter.assembled("easy-read"));
    let told = "easy/no-contact nothing says how readers can answer";
    assert!(found.iter().any(|finding| finding == told), "{found:?}");
}

#[test]
fn what_drawing_found_can_be_acknowledged_and_stops_no_strict_build_then() {
    let starter = Starter::new(&["full", "easy-read"]);
    starter.write("templates/editions/easy-read.toml", "[length]\nwarn = 2\n");
    let (told, code) = starter.build(&["--strict"]);
    assert!(code == 1 && told.contains("warning[length/long]"), "{told}");
    starter.write(
        "content/acknowledged.toml",
        "[[acknowledged]]\ncode = \"length/long\"\nwhere = \"templates/progress-plan.md\"\n\
         why = \"All of it is needed.\"\nwho = \"Board\"\nuntil = 2027-01-31\n",
    );
    let (told, code) = starter.build(&["--strict"]);
    assert!(code == 0 && !told.contains("warning["), "{told}");
    assert!(starter.path().join("output/progress-plan.easy-read.pdf").exists());
}

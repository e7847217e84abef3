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

//! Papers of a day, changes since a day, and parameters with types.

use std::fs;

use super::Starter;

const FRONT: &str = "cover = false\nnumbered-paragraphs = true\n\
    rag = { action = \"delivery\", kpi = \"measures\", risk = \"risk\" }\n\
    [param.objective]\ntype = \"objective\"\ndefault = \"\"\nhelp = \"whose\"\n\
    [param.since]\ntype = \"date\"\ndefault = \"28 days before\"\n\
    [param.horizon]\ntype = \"number\"\ndefault = \"31\"\nleast = 1\nmost = 366\n\
    [param.form]\ntype = \"choice\"\nchoices = [\"long\", \"short\"]\ndefault = \"long\"";

const BODY: &str = "Since {{ document.since | date }}.\n\n\
    ::: headline objective=param.objective\n:::\n\n\
    ::: exceptions objective=param.objective\n:::\n\n\
    ::: done-since objective=param.objective\n:::\n\n\
    ::: dates-moved objective=param.objective\n:::\n\n\
    ::: due-next within=param.horizon objective=param.objective\n:::\n\n\
    ::: figures-moved of=\"all\" objective=param.objective\n:::\n\n\
    ::: off-target objective=param.objective\n:::\n\n\
    ::: risks-moved objective=param.objective\n:::";

fn starter() -> Starter {
    let starter = Starter::new();
    starter.add_document("paper", FRONT, BODY);
    starter
}

const PAPER: [&str; 7] =
    ["--as-at", "2025-12-20", "--since", "2025-10-31", "--param", "objective=O1", "paper"];

#[test]
fn a_paper_comes_out_the_same_after_later_data_was_added() {
    let starter = starter();
    let files = || {
        starter.run(&[&["build"], &PAPER[..]].concat()).exits(0);
        let names = ["paper.full.o1.2025-10-31.pdf", "paper.full.o1.2025-10-31.docx"];
        names.map(|name| fs::read(starter.path("output").join(name)).unwrap())
    };
    let plan = || starter.run(&["text", "progress-plan", "--as-at", "2025-12-20"]).exits(0).out;
    let (before, plan_before) = (files(), plan());
    // Everything that an officer may come to record in the months after.
    for (from, to) in [
        ("due = 2026-03-31\n", "due = 2026-03-31\ndone = 2026-03-20\n"),
        (
            "due = 2025-12-31\n",
            "due = 2025-12-31\nrevised = [{ on = 2026-01-05, to = 2026-03-31 }]\n",
        ),
        (
            "progress = \"The last two started two weeks late.\"",
            "progress = [{ on = 2025-12-15, is = \"The last two started two weeks late.\" }, { on = 2026-02-01, is = \"All there.\" }]",
        ),
        (
            "title = \"Report on the first three months\"",
            "title = \"Report on the first three months\"\nrag = [{ on = 2026-01-20, is = \"amber\", by = \"Board\", why = \"Advice is late\" }]\nstarted = 2026-01-10",
        ),
        (
            "due = \"2026-06\"",
            "due = \"2026-06\"\n\n[[action.milestone]]\ntitle = \"One more\"\nadded = 2026-01-31\ndue = 2026-07-31",
        ),
    ] {
        starter.edit("content/plan/actions.toml", from, to);
    }
    starter.edit(
        "content/plan/kpis.toml",
        "actual = [{ at = \"2025-11\", value = 58 }]",
        "actual = [{ at = \"2025-11\", value = 58 }, { at = \"2025-12\", value = 70 }, { at = \"2025-11\", value = 59, known = 2026-02-01 }]",
    );
    starter.edit(
        "content/plan/kpis.toml",
        "{ by = \"2026-05\", at-least = 65 }",
        "{ by = \"2026-05\", at-least = 65 }, { by = \"2026-05\", at-least = 60, known = 2026-01-15 }",
    );
    let risks = starter.read("content/plan/risks.toml");
    let id = risks.lines().find(|line| line.starts_with("severity")).unwrap().to_owned();
    let word = id.split('"').nth(1).unwrap();
    let severity = format!(
        "severity = [{{ on = 2025-06-04, is = \"{word}\" }}, {{ on = 2026-01-20, is = \"low\" }}]\nclosed = 2026-03-01"
    );
    starter.edit("content/plan/risks.toml", &id, &severity);
    assert!(before == files(), "the paper of 20 December 2025 changed");
    assert_eq!(plan_before, plan());
    let later = starter.run(&["text", "progress-plan", "--as-at", "2026-06-30"]).exits(0).out;
    assert!(later.contains("One more"), "{later}");
}

#[test]
fn a_paper_tells_what_changed_between_its_two_days() {
    let starter = starter();
    let text = starter.run(&[&["text"], &PAPER[..]].concat()).exits(0).out;
    for words in [
        "1. Since 31 October 2025.",
        "2. Between 31 October 2025 and 20 December 2025, one milestone was completed.",
        "Fill the six posts | 30 Nov 2025 | 15 Dec 2025",
        "58%",
        "Improved Up 17 percentage points by Nov 2025",
        "Agree the new timetable with each provider",
    ] {
        let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains(words), "{words}:\n{text}");
    }
    // The default counts back from the as-at day.
    let text = starter.run(&["text", "paper", "--as-at", "2025-12-20"]).exits(0).out;
    assert!(text.contains("Since 22 November 2025."), "{text}");
}

#[test]
fn a_wrong_parameter_names_the_right_ones() {
    let starter = starter();
    let said = |args: &[&str]| {
        let ran = starter.run(&[&["text", "paper"], args].concat()).exits(2);
        ran.err
    };
    for (value, help) in [
        ("objective=O11", "did you mean \"O1\"?"),
        ("objective=nothing", "it takes the id of one objective: O1, O2"),
        ("since=31/10/2025", "it takes a day (YYYY-MM-DD) or a time back"),
        ("horizon=0", "it takes a number from 1 to 366"),
        ("horizon=soon", "it takes a number from 1 to 366"),
        ("form=shrot", "did you mean \"short\"?"),
        ("objectiv=O1", "did you mean \"objective\"?"),
    ] {
        let err = said(&["--param", value]);
        assert!(err.contains(help), "{value}: {err}");
    }
}

#[test]
fn list_says_what_each_parameter_takes() {
    let starter = starter();
    let out = starter.run(&["list", "paper"]).exits(0).out;
    for words in [
        "objective (O1, O2), may be left out",
        "date, 28 days before when absent",
        "a number from 1 to 366, 31 when absent",
        "one of long, short, long when absent",
        "whose",
    ] {
        assert!(out.contains(words), "{words}:\n{out}");
    }
}

#[test]
fn the_earlier_day_must_lie_before_the_later() {
    let starter = starter();
    let ran =
        starter.run(&["text", "paper", "--as-at", "2025-12-20", "--since", "2025-12-20"]).exits(1);
    assert!(ran.err.contains("since/not-before"), "{}", ran.err);
    assert!(!ran.err.contains("since/missing"), "{}", ran.err);
}

#[test]
fn changes_without_an_earlier_day_are_a_finding() {
    let starter = Starter::new();
    starter.add_document("paper", "cover = false", "::: headline\n:::");
    let ran = starter.run(&["text", "paper"]).exits(1);
    assert!(ran.err.contains("since/missing"), "{}", ran.err);
    let ran = starter.run(&["text", "paper", "--since", "2025-10-31"]).exits(2);
    assert!(ran.err.contains("no parameter \"since\""), "{}", ran.err);
}

#[test]
fn a_default_that_is_wrong_is_a_finding_in_the_template() {
    let starter = Starter::new();
    let front = "cover = false\n[param.objective]\ntype = \"objective\"\ndefault = \"O3\"";
    starter.add_document("paper", front, "Words.");
    let ran = starter.run(&["check"]).exits(1);
    assert!(ran.out.contains("templates/paper.md:4:"), "{}", ran.out);
    assert!(ran.out.contains("did you mean \"O1\"?"), "{}", ran.out);
}

#[test]
fn what_rests_on_a_day_that_was_not_recorded_is_told() {
    let starter = starter();
    starter.edit(
        "content/plan/actions.toml",
        "due = 2025-11-30\ndone = 2025-12-15",
        "due = 2025-11-30\ndone = \"by 2025-12-15\"",
    );
    let ran = starter.run(&["check", "--as-at", "2025-12-20"]).exits(0);
    assert!(ran.out.contains("history/undated"), "{}", ran.out);
    assert!(ran.out.contains("one completion has no day of their own"), "{}", ran.out);
    assert!(ran.out.contains("have no day of their own"), "{}", ran.out);
}

#[test]
fn a_file_that_need_not_be_there_may_be_left_out() {
    let starter = Starter::new();
    let body = "::: include progress-plan/none.md otherwise=\"No commentary.\"\n:::\n\n\
                ::: include progress-plan/none.md otherwise=\"\"\n:::";
    starter.add_document("paper", "cover = false", body);
    let text = starter.run(&["text", "paper"]).exits(0).out;
    assert_eq!(text, "# paper\n\nNo commentary.\n");
}

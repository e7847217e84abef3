//! `annexe return` and `annexe comments` on a project: taken whole or not at all, and kept.

use super::word::Word;
use crate::cli::{Starter, annexe};

/// The Word file of the starter project's one document.
fn built(starter: &Starter) -> Word {
    let out = starter.path("out");
    let out = out.to_str().unwrap();
    starter.run(&["build", "progress-plan", "--format", "docx", "--out", out]).exits(0);
    let bytes = std::fs::read(starter.path("out/progress-plan.full.docx")).unwrap();
    Word::open(&bytes)
}

/// The number of the paragraph that says `words`, and of which an author wrote them.
fn number(word: &Word, words: &str) -> usize {
    let at = word.xml.find(words).unwrap_or_else(|| panic!("no {words:?}"));
    let mark = word.xml[..at].rfind("_annexe_").unwrap() + "_annexe_".len();
    let digits = word.xml[mark..].chars().take_while(char::is_ascii_digit);
    digits.collect::<String>().parse().unwrap()
}

/// Puts `word` down beside the project; its path.
fn put(starter: &Starter, name: &str, word: &Word) -> String {
    let path = starter.path(name);
    std::fs::write(&path, word.bytes()).unwrap();
    path.to_str().unwrap().to_owned()
}

/// A paragraph of the starter's narrative: its words, and a word in it that stands there once.
fn prose(starter: &Starter) -> (String, String) {
    let text = starter.read("content/progress-plan/summary.md");
    let line =
        text.lines().find(|line| line.len() > 60 && !line.contains(['{', '*', '['])).unwrap();
    let once = line
        .split(' ')
        .find(|word| {
            word.len() > 5
                && word.chars().all(|c| c.is_ascii_lowercase())
                && line.matches(word).count() == 1
        })
        .unwrap();
    (line.split(' ').take(4).collect::<Vec<_>>().join(" "), once.to_owned())
}

#[test]
fn a_change_is_shown_then_taken_then_gone() {
    let starter = Starter::new();
    let mut word = built(&starter);
    let (paragraph, once) = prose(&starter);
    let home = number(&word, &paragraph);
    assert!(word.replace(home, &once, "something", Some("Health lead")));
    let path = put(&starter, "edited.docx", &word);
    let shown = starter.run(&["return", &path]).exits(0);
    assert!(shown.out.contains("1 change by 1 person: 1 can be taken"), "{}", shown.out);
    assert!(shown.out.contains("content/progress-plan/summary.md:"), "{}", shown.out);
    assert!(shown.out.contains("Health lead, 2026-01-12"), "{}", shown.out);
    let before = starter.read("content/progress-plan/summary.md");
    assert!(!before.contains("something"));
    let taken = starter.run(&["return", &path, "--accept", "all", "--by", "Editor"]).exits(0);
    assert!(taken.out.contains("1 change taken by Editor"), "{}", taken.out);
    let after = starter.read("content/progress-plan/summary.md");
    assert_eq!(after, before.replacen(&once, "something", 1));
    // The source says so now: the same file brings nothing more.
    let again = starter.run(&["return", &path]).exits(0);
    assert!(again.out.contains("0 changes"), "{}", again.out);
}

#[test]
fn what_would_break_the_project_is_not_taken_at_all() {
    let starter = Starter::new();
    let mut word = built(&starter);
    let (paragraph, once) = prose(&starter);
    let home = number(&word, &paragraph);
    assert!(word.replace(home, &once, "{{ nothing }}", None));
    let path = put(&starter, "edited.docx", &word);
    let shown = starter.run(&["return", &path]).exits(0);
    assert!(shown.out.contains("0 can be taken"), "{}", shown.out);
    assert!(shown.out.contains("not placed: it holds {{ or }}"), "{}", shown.out);
    let before = starter.read("content/progress-plan/summary.md");
    starter.run(&["return", &path, "--accept", "1", "--by", "Editor"]).exits(2);
    assert_eq!(starter.read("content/progress-plan/summary.md"), before);
}

#[test]
fn two_versions_of_the_same_words_are_a_conflict() {
    let starter = Starter::new();
    let plain = built(&starter);
    let (paragraph, once) = prose(&starter);
    let home = number(&plain, &paragraph);
    let (mut one, mut other) = (plain.clone(), plain);
    one.replace(home, &once, "early", Some("Health lead"));
    other.replace(home, &once, "late", Some("Parent carer"));
    let (one, other) = (put(&starter, "one.docx", &one), put(&starter, "other.docx", &other));
    let shown = starter.run(&["return", &one, &other]).exits(0);
    assert!(shown.out.contains("0 can be taken"), "{}", shown.out);
    assert!(shown.out.contains("two versions: Health lead has"), "{}", shown.out);
    assert!(shown.out.contains("Parent carer has"), "{}", shown.out);
    let taken = starter.run(&["return", &one, &one, "--accept", "all", "--by", "Editor"]).exits(0);
    assert!(taken.out.contains("1 change taken"), "{}", taken.out);
}

#[test]
fn comments_are_kept_listed_and_dealt_with() {
    let starter = Starter::new();
    let mut word = built(&starter);
    let (paragraph, _) = prose(&starter);
    let home = number(&word, &paragraph);
    word.comment(home, "Health lead", "Is this still so?");
    let path = put(&starter, "edited.docx", &word);
    let taken = starter.run(&["return", &path, "--accept", "all", "--by", "Editor"]).exits(0);
    assert!(taken.out.contains("0 changes taken by Editor, 1 comment kept"), "{}", taken.out);
    // A second time brings nothing twice.
    starter.run(&["return", &path, "--accept", "all", "--by", "Editor"]).exits(0);
    let listed = starter.run(&["comments"]).exits(0);
    assert!(listed.out.contains("progress-plan (full): 1 comment"), "{}", listed.out);
    assert!(listed.out.contains("Is this still so?"), "{}", listed.out);
    assert!(listed.out.contains("content/progress-plan/summary.md:"), "{}", listed.out);
    starter.run(&["comments", "progress-plan", "--resolve", "1", "--by", "Editor"]).exits(0);
    let listed = starter.run(&["comments"]).exits(0);
    assert!(listed.out.contains("no open comments"), "{}", listed.out);
    let all = starter.run(&["comments", "--all"]).exits(0);
    assert!(all.out.contains("dealt with by Editor"), "{}", all.out);
    starter.run(&["check"]).exits(0);
    starter.write("content/comments/progress-plan.full.toml", "[[comment]]\nby = 3\n");
    let bad = starter.run(&["comments"]).exits(1);
    assert!(bad.err.contains("return/comments"), "{}", bad.err);
    let _ = annexe(&["explain", "return/comments"]).exits(0);
}

#[test]
fn a_file_of_an_older_build_finds_its_place_where_the_words_still_stand() {
    let starter = Starter::new();
    let mut word = built(&starter);
    let (paragraph, once) = prose(&starter);
    let home = number(&word, &paragraph);
    assert!(word.replace(home, &once, "something", Some("Health lead")));
    let path = put(&starter, "edited.docx", &word);
    let summary = "content/progress-plan/summary.md";
    let text = starter.read(summary);
    // A paragraph came before it, and its own first words are others now.
    let changed = text.replacen(&paragraph, &format!("Of late, {}", paragraph.to_lowercase()), 1);
    starter.write(summary, &format!("A new start.\n\n{changed}"));
    let taken = starter.run(&["return", &path, "--accept", "all", "--by", "Editor"]).exits(0);
    assert!(taken.err.contains("return/older") || taken.out.contains("1 can be taken"));
    assert!(starter.read(summary).contains("something"), "{}\n{}", taken.out, taken.err);
    assert!(starter.read(summary).contains("Of late, "));
    // Where the words themselves have changed, the change is listed and not taken.
    let (text, word_now) = (starter.read(summary), "something");
    starter.write(summary, &text.replacen(word_now, "nothing", 1));
    let shown = starter.run(&["return", &path]).exits(0);
    assert!(shown.out.contains("1 change by 1 person: 0 can be taken"), "{}", shown.out);
    assert!(shown.out.contains("has changed since the file was built"), "{}", shown.out);
}

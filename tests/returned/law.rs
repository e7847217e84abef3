//! The round trip: whatever is changed in the words of a Word file, taking it and building anew gives a
//! Word file of the same words.

use std::collections::BTreeMap;
use std::path::PathBuf;

use annexe::load::load_as_if_all;
use annexe::returned::{takeable, verify};
use annexe::write::docx::homes::{Home, HomeKind, Maker};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::word::{Word, words};
use super::{File, file, files, reviewed};
use crate::documents::project;

/// What an editor may do to a paragraph.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Replace,
    Insert,
    Delete,
    Add,
    Remove,
}

/// One change: which paragraph of those that may be changed, which of its words, and how.
#[derive(Debug, Clone)]
struct Edit {
    paragraph: usize,
    word: usize,
    kind: Kind,
    tracked: bool,
}

fn edit() -> impl Strategy<Value = Edit> {
    let kind = prop_oneof![
        4 => Just(Kind::Replace),
        3 => Just(Kind::Insert),
        2 => Just(Kind::Delete),
        1 => Just(Kind::Add),
        1 => Just(Kind::Remove),
    ];
    (any::<usize>(), any::<usize>(), kind, any::<bool>())
        .prop_map(|(paragraph, word, kind, tracked)| Edit { paragraph, word, kind, tracked })
}

/// Whether a paragraph is prose, an item or a cell that an author typed, of more than a few words.
fn editable(home: &Home) -> bool {
    let prose = matches!(home.kind, HomeKind::Text | HomeKind::Item);
    let typed = home.pieces.iter().filter(|piece| piece.maker == Maker::Author);
    home.own && prose && typed.map(|piece| piece.words.split(' ').count()).sum::<usize>() > 3
}

/// Makes one change; whether it could be made.
fn make(word: &mut Word, home: &Home, edit: &Edit) -> bool {
    let author = edit.tracked.then_some("Nurse lead");
    let author_words: Vec<String> = home
        .pieces
        .iter()
        .filter(|piece| piece.maker == Maker::Author)
        .flat_map(|piece| piece.words.split(' '))
        .filter(|word| word.len() > 3 && word.chars().all(|c| c.is_ascii_lowercase()))
        .map(str::to_owned)
        .collect();
    let Some(chosen) = author_words.get(edit.word % author_words.len().max(1)) else {
        return false;
    };
    // The word must be whole, and the only one in the paragraph.
    let all = home.words();
    if all.matches(chosen.as_str()).count() != 1 {
        return false;
    }
    match edit.kind {
        Kind::Replace => word.replace(home.number, chosen, "altogether", author),
        Kind::Insert => {
            word.replace(home.number, chosen, &format!("{chosen} (as of last week)"), author)
        }
        Kind::Delete => word.replace(home.number, &format!("{chosen} "), "", author),
        Kind::Add if !home.cell => {
            word.add_after(home.number, "One more thing was said about it.", author)
        }
        Kind::Remove if home.kind == HomeKind::Text && !home.cell && !edit.tracked => {
            word.remove(home.number)
        }
        Kind::Add | Kind::Remove => false,
    }
}

/// Holds the law for some changes of one file; how many were made, and how many of those were taken.
fn hold(file_made: &File, edits: &[Edit]) -> (usize, usize) {
    let project = project();
    let homes: Vec<&Home> = file_made.homes.iter().filter(|home| editable(home)).collect();
    if homes.is_empty() {
        return (0, 0);
    }
    // One change a paragraph, and none to its neighbours: what follows a paragraph is then as it was.
    let mut chosen: BTreeMap<usize, &Edit> = BTreeMap::new();
    for edit in edits {
        let at = edit.paragraph % homes.len();
        if (at.saturating_sub(2)..at + 3).all(|near| !chosen.contains_key(&near)) {
            chosen.insert(at, edit);
        }
    }
    let mut word = Word::open(&file_made.bytes);
    chosen.retain(|at, edit| make(&mut word, homes[*at], edit));
    let review = reviewed(project, &[&word.bytes()]);
    assert!(review.findings.iter().next().is_none(), "{}", file_made.name);
    assert!(review.changes.len() >= chosen.len(), "{}: a change is lost", file_made.name);
    // What cannot be taken says why, and is then not done here either.
    for change in review.changes.iter().filter(|change| change.meaning.edits().is_empty()) {
        println!("{}: {} -> {}: {:?}", file_made.name, change.before, change.after, change.meaning);
    }
    let refused: Vec<usize> = review
        .changes
        .iter()
        .filter(|change| change.meaning.edits().is_empty())
        .map(|change| change.home.expect("a place"))
        .collect();
    let made = chosen.len();
    chosen.retain(|at, _| !refused.contains(&(homes[*at].number - 1)));
    let taken = chosen.len();
    let mut wanted = Word::open(&file_made.bytes);
    for (at, edit) in &chosen {
        assert!(make(&mut wanted, homes[*at], edit));
    }
    let ids: Vec<usize> = takeable(&review.changes);
    let trial = verify::verify(project, &review, &ids);
    assert!(trial.misplaced.is_empty(), "{}: {:?}", file_made.name, trial.misplaced);
    for (path, text) in &trial.texts {
        only_changed_lines(project, path, text, &review);
    }
    let texts = trial.texts.iter().map(|(path, text)| (PathBuf::from(path), text.clone()));
    let new = load_as_if_all(&project.root, texts).0.unwrap();
    let (document, edition) = file_made.name.rsplit_once('.').unwrap();
    let rebuilt = file(&new, &new.templates[document], edition);
    let (expected, found) = (words(&wanted.bytes()), words(&rebuilt.bytes));
    // The same source may be shown twice: that is told, and the rest must be the same.
    if review.elsewhere.is_empty() {
        let differs = expected.iter().zip(&found).find(|(one, other)| one != other);
        assert_eq!(differs, None, "{}", file_made.name);
        assert_eq!(expected.len(), found.len(), "{}", file_made.name);
    }
    (made, taken)
}

/// Every line of a file that differs is one that a change names.
fn only_changed_lines(
    project: &annexe::project::Project,
    path: &str,
    text: &str,
    review: &annexe::returned::Review,
) {
    let file = project.sources.find(std::path::Path::new(path)).unwrap();
    let old = &project.sources.file(file).text;
    let edits: Vec<_> = review
        .changes
        .iter()
        .flat_map(|change| change.meaning.edits())
        .filter(|edit| edit.path == path)
        .collect();
    let line = |at: usize| old[..at].matches('\n').count();
    let diff = similar::TextDiff::from_lines(old.as_ref(), text);
    for change in diff.iter_all_changes() {
        if let (similar::ChangeTag::Delete, Some(at)) = (change.tag(), change.old_index()) {
            let named = edits.iter().any(|edit| {
                // A paragraph that goes takes the blank line after it, and the diff may show that before.
                line(edit.start).saturating_sub(1) <= at && at <= line(edit.end) + 1
            });
            assert!(named, "{path}:{} changed without cause: {change}", at + 1);
        }
    }
}

#[test]
fn what_is_changed_in_any_document_comes_home() {
    let cases = std::env::var("ANNEXE_RETURN_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(1);
    let config = Config { failure_persistence: None, ..Config::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let (mut made, mut taken) = (0, 0);
    for file in files() {
        for _ in 0..cases {
            let edits = proptest::collection::vec(edit(), 4..24);
            let edits = edits.new_tree(&mut runner).unwrap().current();
            let (own_made, own_taken) = hold(file, &edits);
            made += own_made;
            taken += own_taken;
        }
    }
    println!("{taken} of {made} random changes were taken");
    assert!(made > 80, "{made}");
    // What is left is words that were made, told with the reason. How many depends on which places the
    // changes hit: 97 of 102 and 99 of 105 were seen.
    assert!(taken * 100 >= made * 90, "{taken} of {made}");
}

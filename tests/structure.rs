//! The shape of the source: who may know whom, and what must not stand in it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use annexe::diag::rules;
use annexe::narrative::DIRECTIVES;
use walkdir::WalkDir;

/// What each part of the library may use, besides itself. `cli` and `build` stand over the others.
const ARROWS: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("theme", &[]),
    ("diag", &["source"]),
    ("document", &["source"]),
    ("plan", &["source"]),
    ("project", &["diag", "document", "plan", "source", "theme"]),
    ("prose", &[]),
    ("narrative", &["diag", "source"]),
    ("load", &["diag", "document", "plan", "project", "source", "theme"]),
    // An edition may leave out what there is a directive for.
    ("check", &["diag", "narrative", "plan", "project", "prose", "source", "theme"]),
    // A rule that fails on a row is told the same way by both.
    ("figures", &["diag", "document", "narrative", "plan", "project", "source"]),
    ("assemble", &["check", "diag", "document", "narrative", "plan", "project", "prose", "source"]),
    ("write", &["diag", "document", "source", "theme"]),
    ("readability", &["diag", "document", "plan", "project", "source"]),
    // Passages are those that figures are looked for in; ids are learnt as `check` learns them.
    ("slips", &["check", "diag", "document", "figures", "narrative", "plan", "project", "source"]),
    ("pairs", &["diag", "document", "plan", "project", "source"]),
    ("diff", &["document", "source"]),
    // What is taken from a Word file is tried on the whole way from files to words.
    ("returned", &["assemble", "check", "diag", "document", "load", "project", "source", "write"]),
];

/// Parts that stand over the others and may use any of them.
const ABOVE: &[&str] = &["build", "cli", "exchange", "lib", "main"];

/// Ways to reach what is outside: files, the environment, the clock.
const OUTSIDE: &[&str] = &[
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "std::time::SystemTime",
    "SystemTime::now",
    "Local::now",
    "Utc::now",
];

/// Parts that reach nothing outside.
const INSIDE: &[&str] = &[
    "assemble",
    "check",
    "diff",
    "document",
    "figures",
    "narrative",
    "pairs",
    "plan",
    "prose",
    "readability",
    "returned",
    "slips",
    "theme",
    "write",
];

/// One source file.
struct Source {
    /// Its path below `src/`, with forward slashes.
    path: String,
    text: String,
}

impl Source {
    /// The part of the library it belongs to: the first step of its path.
    fn part(&self) -> &str {
        let first = self.path.split('/').next().unwrap();
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// Everything before its unit tests.
    fn text(&self) -> &str {
        self.text.split("#[cfg(test)]").next().unwrap()
    }

    /// The same, without comments.
    fn code(&self) -> String {
        let is_code = |line: &&str| !line.trim_start().starts_with("//");
        self.text().lines().filter(is_code).map(|line| format!("{line}\n")).collect()
    }
}

fn folder(below: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(below)
}

/// Every file of `src/`, Rust or not.
fn files() -> Vec<Source> {
    let src = folder("src");
    let files = WalkDir::new(&src).sort_by_file_name().into_iter().map(Result::unwrap);
    let files: Vec<Source> = files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(&src).unwrap();
            let path = path.to_str().unwrap().replace('\\', "/");
            Source { path, text: fs::read_to_string(entry.path()).unwrap() }
        })
        .collect();
    assert!(files.len() > 50, "src/ was not read");
    files
}

fn rust() -> Vec<Source> {
    files().into_iter().filter(|file| file.path.ends_with(".rs")).collect()
}

/// The parts of the library that `code` names: what follows each `crate::`.
fn named(code: &str) -> BTreeSet<String> {
    let is_word = |c: &char| c.is_ascii_lowercase() || *c == '_';
    let first = |path: &str| path.trim_start().chars().take_while(is_word).collect::<String>();
    let mut names = BTreeSet::new();
    for after in code.split("crate::").skip(1) {
        match after.strip_prefix('{') {
            None => {
                names.insert(first(after));
            }
            Some(list) => {
                let mut depth = 0;
                let mut start = true;
                for (at, c) in list.char_indices() {
                    if start && !c.is_whitespace() {
                        names.insert(first(&list[at..]));
                        start = false;
                    }
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' => start = depth == 0,
                        _ => {}
                    }
                }
            }
        }
    }
    names
}

/// Whether `word` stands in `text` with nothing that could belong to it on either side.
fn mentions(text: &str, word: &str) -> bool {
    let belongs = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(belongs) && !after.is_some_and(belongs)
    })
}

#[test]
fn each_part_knows_only_those_below_it() {
    for file in rust() {
        let part = file.part();
        if ABOVE.contains(&part) {
            continue;
        }
        let (_, may) = ARROWS.iter().find(|(name, _)| *name == part).unwrap_or_else(|| {
            panic!(
                "{part} is new: say in ARROWS what it may use, and in ARCHITECTURE.md what it is"
            )
        });
        for name in named(&file.code()) {
            let allowed = name == part || may.contains(&name.as_str());
            assert!(allowed, "src/{} uses {name}; {part} may use {may:?}", file.path);
        }
    }
}

#[test]
fn paths_into_the_library_are_read_as_rust_reads_them() {
    let code = "use crate::{a::{b, c}, d};\nfn f() { crate::e::g() }\npub(crate) fn h() {}";
    assert_eq!(named(code), ["a", "d", "e"].map(String::from).into());
}

#[test]
fn only_loading_and_the_command_line_reach_outside() {
    for file in rust().iter().filter(|file| INSIDE.contains(&file.part())) {
        let code = file.code();
        for reach in OUTSIDE {
            assert!(!mentions(&code, reach), "src/{} uses {reach}", file.path);
        }
    }
    // No clock at all but a stopwatch, wherever it may be.
    for file in rust() {
        for clock in ["SystemTime::now", "Local::now", "Utc::now"] {
            assert!(!file.code().contains(clock), "src/{} reads the clock", file.path);
        }
    }
}

#[test]
fn what_no_theme_sees_is_thought_of_in_fingerprints() {
    // The fingerprint of a document hashes what themes see, and these besides; `span` and the paper of
    // a pack are left out on purpose. Whoever adds one has to look at build/fingerprint.rs.
    let known = ["assets", "span", "covers", "trace", "by", "figures", "document"];
    for file in rust().iter().filter(|file| file.part() == "document") {
        let code = file.code();
        for after in code.split("#[serde(skip)]").skip(1) {
            let field = after.trim_start().trim_start_matches("pub ");
            let field = field.split(':').next().unwrap();
            assert!(known.contains(&field), "src/{}: {field} is in no fingerprint", file.path);
        }
    }
}

#[test]
fn no_file_is_longer_than_600_lines() {
    for file in rust() {
        let lines = file.text.lines().count();
        assert!(lines <= 600, "src/{} has {lines} lines", file.path);
    }
}

#[test]
fn each_file_says_what_it_is_for() {
    for file in rust() {
        assert!(file.text.starts_with("//! "), "src/{} does not start with //!", file.path);
    }
}

#[test]
fn nothing_in_the_engine_knows_this_project() {
    let project = crate::documents::project();
    let area = &project.settings.area;
    for file in files() {
        assert!(!file.text.contains(area.as_str()), "src/{} mentions {area}", file.path);
        for kpi in &project.plan.kpis {
            let id = kpi.id.as_str();
            assert!(!mentions(file.text(), id), "src/{} mentions {id}", file.path);
        }
    }
}

#[test]
fn each_directive_of_the_table_has_its_maker() {
    let path = folder("src/assemble/directives/mod.rs");
    let text = fs::read_to_string(path).unwrap();
    let arms = text.split("match directive.name.as_str() {").nth(1).expect("the one match");
    let arms = arms.split("name => {").next().unwrap();
    let made: BTreeSet<&str> = arms
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix('"')?.split_once("=>"))
        .flat_map(|(names, _)| names.split('|'))
        .map(|name| name.trim().trim_matches('"'))
        .collect();
    let table: BTreeSet<&str> = DIRECTIVES.iter().map(|directive| directive.name).collect();
    assert_eq!(made, table);
    assert_eq!(DIRECTIVES.len(), table.len(), "a directive stands in the table twice");
}

#[test]
fn each_rule_is_used_and_each_code_stands_once() {
    let is_table = |file: &&Source| file.path.starts_with("diag/rules/");
    let table: String = rust().iter().filter(is_table).map(|file| file.text.clone()).collect();
    let is_name = |word: &str| word.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    let declared: Vec<(&str, &str)> = table
        .lines()
        .filter_map(|line| line.trim().split_once(" \""))
        .filter(|(name, _)| is_name(name))
        .map(|(name, rest)| (name, rest.split('"').next().unwrap()))
        .collect();
    let codes: Vec<&str> = declared.iter().map(|(_, code)| *code).collect();
    let all: BTreeSet<&str> = rules::ALL.iter().map(|rule| rule.code).collect();
    assert_eq!(codes.iter().copied().collect::<BTreeSet<_>>(), all, "a family is left out");
    assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), codes.len(), "a code stands twice");
    let code: String = rust().iter().filter(|file| !is_table(file)).map(Source::code).collect();
    for (name, code_of) in declared {
        assert!(mentions(&code, name), "no code gives {name} ({code_of}): delete it");
    }
}

//! README, ARCHITECTURE, CHANGELOG and docs/: they say only what is there.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use annexe::diag::rules;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

/// Every page written for people, by its path.
fn pages() -> Vec<(String, String)> {
    let mut paths = vec!["README.md".to_owned(), "ARCHITECTURE.md".into(), "CHANGELOG.md".into()];
    for entry in fs::read_dir(root().join("docs")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name.ends_with(".md") {
            paths.push(format!("docs/{name}"));
        }
    }
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(root().join(&path)).unwrap();
            (path, text)
        })
        .collect()
}

fn page(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

fn annexe(words: &[&str]) -> (i32, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args = std::iter::once("annexe").chain(words.iter().copied()).map(OsString::from);
    let code = annexe::cli::run(args, &mut out, &mut err);
    out.extend(err);
    (code, String::from_utf8(out).unwrap())
}

/// What stands between backticks on a line, outside fenced blocks.
fn quoted(text: &str) -> Vec<&str> {
    let mut fenced = false;
    let mut found = Vec::new();
    for line in text.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            found.extend(line.split('`').skip(1).step_by(2));
        }
    }
    found
}

/// The lines of fenced blocks in `language`.
fn fenced<'t>(text: &'t str, language: &str) -> Vec<&'t str> {
    let opening = format!("```{language}");
    let mut inside = false;
    let mut lines = Vec::new();
    for line in text.lines() {
        if line.starts_with("```") {
            inside = line == opening;
        } else if inside {
            lines.push(line);
        }
    }
    lines
}

#[test]
fn every_command_on_the_pages_is_one() {
    let mut seen = 0;
    for (path, text) in pages() {
        let typed = text.lines().filter_map(|line| line.trim().strip_prefix("$ "));
        let commands = typed
            .chain(quoted(&text))
            .flat_map(|line| line.split(" && "))
            .filter_map(|command| command.strip_prefix("annexe "))
            .filter(|command| !command.contains('…'));
        for command in commands {
            let words: Vec<&str> = command.split_whitespace().collect();
            // A topic of help is looked up; the rest is only read, not run.
            let (code, said) = match words.as_slice() {
                ["help", ..] => annexe(&words),
                _ => annexe(&[words.as_slice(), &["--help"]].concat()),
            };
            assert_eq!(code, 0, "{path}: annexe {command}\n{said}");
            seen += 1;
        }
    }
    assert!(seen > 20, "only {seen} commands were found");
}

#[test]
fn every_rule_on_the_pages_exists() {
    let families: Vec<&str> =
        rules::ALL.iter().filter_map(|rule| rule.code.split('/').next()).collect();
    for (path, text) in pages() {
        for words in quoted(&text) {
            let code = words.strip_prefix("annexe explain ").unwrap_or(words);
            let is_code = code.split_once('/').is_some_and(|(family, name)| {
                families.contains(&family)
                    && name.chars().all(|c| c.is_ascii_lowercase() || c == '-')
                    && !name.is_empty()
            });
            assert!(!is_code || rules::find(code).is_some(), "{path}: there is no rule {code}");
        }
    }
}

#[test]
fn every_link_and_path_on_the_pages_leads_somewhere() {
    for (path, text) in pages() {
        let folder = root().join(&path).parent().unwrap().to_path_buf();
        // What stands between backticks is an example.
        let plain: String = text.split('`').step_by(2).collect();
        for link in plain.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if !link.starts_with("https://") {
                assert!(folder.join(link).exists(), "{path} links to {link}");
            }
        }
    }
    // The first column of the table of places.
    let architecture = page("ARCHITECTURE.md");
    let places = architecture.split("## Where things live").nth(1).unwrap();
    let places = places.split("\n## ").next().unwrap();
    let rows = places.lines().filter_map(|line| line.strip_prefix('|')?.split('|').next());
    let named: Vec<&str> = rows.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect();
    for place in &named {
        let place = place.strip_suffix("*.md").unwrap_or(place);
        assert!(root().join(place).exists(), "ARCHITECTURE.md names {place}");
    }
    for entry in fs::read_dir(root().join("src")).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let is_named = named.iter().any(|place| place.starts_with(&format!("src/{name}")));
        assert!(is_named, "ARCHITECTURE.md does not say what src/{name} is for");
    }
}

#[test]
fn the_data_and_templates_in_the_readme_are_those_of_a_project() {
    let mut known = String::new();
    for folder in ["src/cli/init", "content"] {
        for entry in walkdir::WalkDir::new(root().join(folder)) {
            let entry = entry.unwrap();
            if entry.file_type().is_file() {
                known += &fs::read_to_string(entry.path()).unwrap();
            }
        }
    }
    let known: Vec<&str> = known.lines().map(str::trim).collect();
    let readme = page("README.md");
    let samples = fenced(&readme, "toml").into_iter().chain(fenced(&readme, "markdown"));
    // Parameters are not in the starter project; the language's page shows them, and is tried.
    let language = page("docs/language.md");
    let language: Vec<&str> = fenced(&language, "toml")
        .into_iter()
        .map(|line| line.split('#').next().unwrap().trim())
        .collect();
    for line in samples.map(str::trim) {
        let left_out = line.is_empty() || line.starts_with('#') || line.contains('…');
        // A block may stand in fewer others than in the project: then its fence is shorter.
        let fence = line.chars().all(|c| c == ':') || line.starts_with(":::");
        let bare = line.trim_start_matches(':');
        assert!(
            left_out
                || known.contains(&line)
                || language.contains(&line)
                || fence && known.iter().any(|known| known.trim_start_matches(':') == bare),
            "the README shows {line:?}, which no project has"
        );
    }
}

#[test]
fn the_front_matter_of_the_language_page_is_taken() {
    let language = page("docs/language.md");
    let front = fenced(&language, "toml").join("\n");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    assert_eq!(annexe(&["init", path]).0, 0);
    let text = format!(
        "+++\n{front}\n+++\n\n# {{{{ param.objective.name }}}}\n\nWords.\n\n::: only full\n# Costs\n\nWords.\n:::\n"
    );
    fs::write(folder.path().join("templates/shown.md"), text).unwrap();
    let (code, said) = annexe(&["check", "--strict", "--project", path]);
    assert_eq!(code, 0, "{said}");
    // Every key there is, is shown.
    let reader = page("src/load/template.rs");
    let reader = reader.split("for FrontMatter {").nth(1).unwrap().split("\nfn ").next().unwrap();
    for key in reader.split("(\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        let shown = front.lines().any(|line| {
            line.starts_with(&format!("{key} =")) || line.starts_with(&format!("[{key}."))
        });
        assert!(shown, "docs/language.md does not show {key}");
    }
}

#[test]
fn the_language_page_lists_what_there_is() {
    let path = root().join("docs/language.md");
    let mut text = fs::read_to_string(&path).unwrap();
    for topic in ["directives", "expressions"] {
        let opening = format!("<!-- annexe help {topic} -->\n");
        let start = text.find(&opening).unwrap() + opening.len();
        let end = start + text[start..].find("<!-- end -->").unwrap();
        let (code, told) = annexe(&["help", topic]);
        assert_eq!(code, 0);
        text.replace_range(start..end, &format!("```text\n{told}```\n"));
    }
    if std::env::var_os("ANNEXE_BLESS").is_some() {
        fs::write(&path, &text).unwrap();
    }
    let stands = fs::read_to_string(&path).unwrap();
    assert!(stands == text, "docs/language.md is stale: run with ANNEXE_BLESS=1");
}

#[test]
fn the_names_of_the_language_page_are_those_that_expressions_see() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    assert_eq!(annexe(&["init", path]).0, 0);
    let language = page("docs/language.md");
    let names = language.split("\n## Names\n").nth(1).unwrap();
    let rows: Vec<Vec<&str>> = names
        .lines()
        .filter_map(|line| line.strip_prefix("| `"))
        .map(|row| row.split('|').map(str::trim).collect())
        .collect();
    // An unknown name makes the finding say which names there are.
    let ask = |expression: &str| {
        let front = "title = \"Names\"\n[param.a]\ndefault = \"1\"";
        let text = format!("+++\n{front}\n+++\n\n{{{{ {expression} }}}}\n");
        fs::write(folder.path().join("templates/names.md"), text).unwrap();
        let (code, said) = annexe(&["check", "--project", path]);
        assert_eq!(code, 1, "{said}");
        let listed = said.split("it has: ").nth(1).unwrap_or_else(|| panic!("{said}"));
        let mut names: Vec<String> =
            listed.lines().next().unwrap().split(", ").map(|name| name.trim().into()).collect();
        names.sort();
        names
    };
    let mut shown: Vec<String> =
        rows.iter().map(|row| row[0].trim_end_matches('`').to_owned()).collect();
    shown.sort();
    assert_eq!(shown, ask("qqqqqqqq"));
    let first = |name: &str| match name {
        "objective" => Some("objective.O1".to_owned()),
        "weakness" => Some("weakness.W1".to_owned()),
        "action" => Some("action.A1".to_owned()),
        "kpi" => Some("kpi.K1".to_owned()),
        "risk" => Some("risk.R1".to_owned()),
        "role" => Some("role.director".to_owned()),
        "area" | "document" | "plan" => Some(name.to_owned()),
        _ => None,
    };
    let mut tried = 0;
    for row in rows {
        let name = row[0].trim_end_matches('`');
        let Some(record) = first(name) else { continue };
        let mut fields: Vec<String> =
            row[2].split('`').skip(1).step_by(2).map(str::to_owned).collect();
        fields.sort();
        assert_eq!(fields, ask(&format!("{record}.qqqqqqqq")), "fields of {name}");
        tried += 1;
    }
    assert!(tried >= 9, "only {tried} names were tried");
}

//! `annexe diff` between two folders: figures, words, cells, sections.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::two_cycles::{annexe, copy, folder};

const OLD: &str = "# Timeliness\n\nIt is {{ data.timeliness.rate[\"Riverside\", latest] }} of plans on time this year.\n\n\
    ::: data-table timeliness columns=\"rate\" where=\"area=Riverside; period=latest|previous\" caption=\"Plans on time\"\n:::\n\n\
    # Absence\n\nWe look at absence each term with every school.\n\n# Disputes\n\nWe talk early.\n\n# Gone\n\nThis goes.\n";
const NEW: &str = "# Timeliness\n\nIt is {{ data.timeliness.rate[\"Riverside\", latest] }} of plans on time this year.\n\n\
    ::: data-table timeliness columns=\"rate\" where=\"area=Riverside; period=latest|previous\" caption=\"Plans on time\"\n:::\n\n\
    # Disputes\n\nWe talk early.\n\n# Absence\n\nWe look at absence each month with every school.\n\n# New\n\nThis comes.\n";

fn project(text: &str, second: bool) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    copy(&folder().join("content"), &dir.path().join("content"));
    if second {
        copy(&folder().join("second"), &dir.path().join("content/data"));
    }
    fs::create_dir_all(dir.path().join("templates")).unwrap();
    let template = format!("+++\ntitle = \"Report\"\ncover = false\n+++\n\n{text}");
    fs::write(dir.path().join("templates/report.md"), template).unwrap();
    dir
}

fn diff(old: &Path, new: &Path, more: &[&str]) -> (i32, String, String) {
    let mut args = vec!["diff", old.to_str().unwrap(), new.to_str().unwrap()];
    args.extend(more);
    annexe(&args)
}

#[test]
fn figures_words_cells_and_sections_are_told() {
    let (old, new) = (project(OLD, false), project(NEW, true));
    let (code, out, err) =
        diff(old.path(), new.path(), &["--as-at-old", "2024-03-31", "--as-at", "2025-03-31"]);
    assert_eq!(code, 0, "{out}{err}");
    for line in [
        "report (full): 2 sections changed, 1 moved, 1 new, 1 gone",
        "figure  Plans issued within 20 weeks",
        "55% (2022 to 2023) \u{2192} 46% (2023 to 2024)",
        "It is [-55%-] {+46%+} of plans on time this year.",
        "table   Plans on time",
        "each [-term-] {+month+} with every school.",
        "New (new)",
        "Gone (gone)",
        "{+This comes.+}",
        "[-This goes.-]",
        "(moved)",
    ] {
        let line = line.replace("Plans issued within 20 weeks", "");
        assert!(out.contains(line.trim_end()), "{line}\n{out}");
    }
    assert!(out.contains("2023/24") && out.contains("2021/22"), "{out}");
}

#[test]
fn the_same_folder_twice_shows_nothing_and_json_is_for_programs() {
    let old = project(OLD, false);
    let (code, out, _) = diff(old.path(), old.path(), &[]);
    assert_eq!((code, out.as_str()), (0, "report (full): nothing changed\n"));
    let new = project(NEW, true);
    let (code, out, _) =
        diff(old.path(), new.path(), &["--format", "json", "--as-at", "2025-03-31"]);
    assert_eq!(code, 0);
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    let sections = json["documents"][0]["sections"].as_array().unwrap();
    let fate = |title: &str| {
        sections
            .iter()
            .find(|s| s["title"] == title)
            .map(|s| s["fate"].as_str().unwrap().to_owned())
    };
    assert_eq!(fate("New").as_deref(), Some("new"));
    assert_eq!(fate("Gone").as_deref(), Some("gone"));
    assert_eq!(sections[0]["figures"][0]["from"], "55% (2022 to 2023)");
    assert_eq!(sections[0]["figures"][0]["to"], "46% (2023 to 2024)");
}

#[test]
fn what_is_no_project_or_has_an_error_is_told() {
    let old = project(OLD, false);
    let empty = tempfile::tempdir().unwrap();
    let (code, _, err) = diff(old.path(), empty.path(), &[]);
    assert_eq!(code, 2);
    assert!(err.contains("no project in"), "{err}");
    let (code, _, err) = diff(old.path(), old.path(), &["nowhere"]);
    assert_eq!(code, 2);
    assert!(err.contains("has no document \"nowhere\""), "{err}");
    let broken = project("# A\n\n{{ nothing }}\n", false);
    let (code, _, err) = diff(old.path(), broken.path(), &[]);
    assert_eq!(code, 1);
    assert!(err.contains("reference/unknown"), "{err}");
}

#[test]
fn one_document_of_two_days_is_compared_with_itself() {
    let both = project(OLD, true);
    let (code, out, _) = diff(
        both.path(),
        both.path(),
        &["report", "--as-at-old", "2023-03-31", "--as-at", "2024-03-31"],
    );
    assert_eq!(code, 0);
    assert!(out.contains("(2022 to 2023) \u{2192} 46% (2023 to 2024)"), "{out}");
}

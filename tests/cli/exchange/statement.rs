//! The statement of action's own rows: what is in the plan is what its mappings make of the
//! published table.

use std::fs;
use std::path::Path;

use super::Starter;

const KINDS: [(&str, &str, usize); 2] = [("response", "responses", 117), ("step", "steps", 342)];

/// A project with the repository's plan and import files, and its own templates.
fn project() -> Starter {
    let starter = Starter::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["content/plan", "content/import"] {
        let to = starter.path(folder);
        let _ = fs::remove_dir_all(&to);
        fs::create_dir_all(&to).unwrap();
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
    starter
}

fn import(starter: &Starter, kind: &str, name: &str) -> String {
    let table = starter.path("content/import/wsoa-plan-2020-10-13.csv");
    let mapping = starter.path(&format!("content/import/wsoa-{name}.toml"));
    let to = format!("content/plan/wsoa-{name}.toml");
    let [table, mapping] = [&table, &mapping].map(|path| path.to_str().unwrap());
    let ran = starter.run(&["import", table, "--as", kind, "--to", &to, "--map", mapping]).exits(0);
    assert_eq!(ran.err, "");
    ran.out
}

#[test]
fn importing_the_published_table_again_changes_nothing() {
    let starter = project();
    for (kind, name, count) in KINDS {
        let file = format!("content/plan/wsoa-{name}.toml");
        let before = starter.read(&file);
        let printed = import(&starter, kind, name);
        let summary =
            format!("{kind}: 0 new, 0 changed, {count} the same; nothing to write to {file}\n");
        assert_eq!(printed, summary);
        assert_eq!(starter.read(&file), before);
    }
}

#[test]
fn importing_the_published_table_into_empty_files_gives_the_plan_s_files() {
    let starter = project();
    let before = KINDS.map(|(_, name, _)| starter.read(&format!("content/plan/wsoa-{name}.toml")));
    for (text, (_, name, _)) in before.iter().zip(KINDS) {
        // Their comments at the top are the editors', not the table's.
        let top = text.split("\n\n").next().unwrap();
        starter.write(&format!("content/plan/wsoa-{name}.toml"), &format!("{top}\n"));
    }
    for (text, (kind, name, count)) in before.iter().zip(KINDS) {
        let printed = import(&starter, kind, name);
        assert!(printed.contains(&format!("{kind}: {count} new, 0 changed")), "{printed}");
        let written = starter.read(&format!("content/plan/wsoa-{name}.toml"));
        assert!(
            written == *text,
            "{}",
            similar::TextDiff::from_lines(text.as_str(), &written).unified_diff()
        );
    }
}

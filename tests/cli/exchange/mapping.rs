//! Mapping files: other people's columns into the plan's fields.

use std::fs;
use std::path::Path;

use super::{RISKS, Ran, Starter, found};

const MAPPING: &str = r#"
only = { kind = ["risk", "issue"] }
ignore = ["line"]

[[join]]
file = "texts.csv"
on = "line"
columns = ["what", "cure"]

[field]
id = { template = "X{ref}", repeated = "{value}-{n}" }
raised = { column = "since", dates = ["%b-%y", "%d/%m/%Y"] }
title = "what"
severity = { column = "RAG", values = { H = "high", L = "low" }, empty = ["N/A"] }
mitigation = "cure"
progress = { column = "state", take = '^\d+\. (.*)$' }
owner = { constant = "director" }
kpis = { column = "measures", split = ";", values = { "On time" = "K1", "Heard" = "K3" } }
"#;
const TEXTS: &str = "line,what,cure\n1,First,Do a\n2,Second,Do b\n3,Third,Do c\n4,Fourth,Do d\n";
const MAIN: &str = "line,kind,ref,since,RAG,state,measures\n\
    1,risk,7,Sept-25,H,5. Completed,On time;Heard\n\
    2,note,8,whenever,,,\n\
    3,issue,7,30/11/2025,L,1. Not started,\n";

fn import(starter: &Starter, mapping: &str, texts: &str, main: &str, more: &[&str]) -> Ran {
    let folder = starter.path("content/import");
    fs::create_dir_all(&folder).unwrap();
    for (name, text) in [("map.toml", mapping), ("texts.csv", texts), ("main.csv", main)] {
        fs::write(folder.join(name), text).unwrap();
    }
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (file, map) = (path("main.csv"), path("map.toml"));
    let args = ["import", &file, "--as", "risk", "--to", RISKS, "--map", &map];
    starter.run(&[&args, more].concat())
}

#[test]
fn columns_become_fields_as_the_mapping_says() {
    let starter = Starter::new();
    let before = starter.read(RISKS);
    let ran = import(&starter, MAPPING, TEXTS, MAIN, &[]).exits(0);
    assert_eq!(ran.err, "");
    let expected = r#"
[[risk]]
id = "X7"
raised = "2025-09"
title = "First"
severity = "high"
mitigation = "Do a"
progress = "Completed"
owner = "director"
kpis = ["K1", "K3"]

[[risk]]
id = "X7-2"
raised = 2025-11-30
title = "Third"
severity = "low"
mitigation = "Do c"
progress = "Not started"
owner = "director"
"#;
    assert_eq!(starter.read(RISKS), before + expected);
    // Files under content/import are no narrative that a document could have forgotten.
    starter.run(&["check", "--strict"]).exits(0);
}

#[test]
fn the_mapping_on_the_page_about_spreadsheets_works() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/spreadsheets.md");
    let page = fs::read_to_string(page).unwrap();
    let mapping = page.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let starter = Starter::new();
    let main = "A title,,,,,,,\n,,,,,,,\nline,kind,ref,since,until,RAG,measures,state\n\
        1,risk,7,Sept-25,n/a,H,K1;K3,5. Completed\n9,note,,,,,,\n2,issue,7,30/11/2025,Jan-26,L,,\n";
    import(&starter, mapping, TEXTS, main, &[]).exits(0);
    let written = starter.read(RISKS);
    for words in ["id = \"X7\"", "id = \"X7-2\"", "kpis = [\"K1\", \"K3\"]", "closed = \"2026-01\""]
    {
        assert!(written.contains(words), "{words}:\n{written}");
    }
    // Every key that the page's table explains is one that a field takes.
    let keys = page.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    for key in keys {
        let mapping = format!("[field]\nid = {{ column = \"ref\", {key} = 1 }}\n");
        let ran = import(&starter, &mapping, TEXTS, main, &[]).exits(1);
        assert!(!ran.err.contains("key/unknown"), "{key}: {}", ran.err);
    }
}

#[test]
fn words_without_a_value_and_rows_without_a_partner_are_reported_in_one_run() {
    let starter = Starter::new();
    let main = "line,kind,ref,since,RAG,state,measures\n\
        1,risk,1,Sep-25,M,5. Done,Heard\n\
        2,risk,2,31/11/2025,H,Done,Herd\n\
        9,risk,3,2025/10,H,5. Done,\n";
    let ran = import(&starter, MAPPING, TEXTS, main, &[]).exits(1);
    assert_eq!(
        found(&ran),
        [
            "error[import/word] content/import/main.csv:2:17",
            "error[import/word] content/import/main.csv:3:23",
            "error[import/word] content/import/main.csv:3:28",
            "error[import/join] content/import/main.csv:4:1",
        ],
        "{}",
        ran.err
    );
    assert!(ran.err.contains("did you mean \"Heard\"?"), "{}", ran.err);
    let main = MAIN.replace("Sept-25", "31/11/2025").replace("30/11/2025", "2025/11");
    let ran = import(&starter, MAPPING, TEXTS, &main, &[]).exits(1);
    let places = [
        "error[date/impossible] content/import/main.csv:2:10",
        "error[date/unreadable] content/import/main.csv:4:11",
    ];
    assert_eq!(found(&ran), places, "{}", ran.err);
    assert!(ran.err.contains("the mapping reads %b-%y, %d/%m/%Y"), "{}", ran.err);
}

#[test]
fn a_mapping_that_cannot_work_is_reported_where_it_says_so() {
    let starter = Starter::new();
    let before = starter.read(RISKS);
    let cases = [
        ("title = \"what\"", "title = \"wat\"", "import/column"),
        ("title = \"what\"", "titel = \"what\"", "import/mapping"),
        ("[\"%b-%y\", ", "[\"%q\", ", "import/mapping"),
        (r"'^\d+\. (.*)$'", r"'^\d+\. (.*$'", "import/mapping"),
        (r"'^\d+\. (.*)$'", r"'^\d+'", "import/mapping"),
        ("on = \"line\"", "on = \"lime\"", "import/column"),
        ("file = \"texts.csv\"", "file = \"text.csv\"", "file/missing"),
        ("file = \"texts.csv\"", "file = \"../project.toml\"", "file/outside"),
        ("split = \";\"", "spilt = \";\"", "key/unknown"),
        ("{ constant = \"director\" }", "{ constant = \"a\", column = \"b\" }", "import/mapping"),
        ("{ constant = \"director\" }", "{ empty = [\"a\"] }", "import/mapping"),
        ("only = {", "only = ", "toml/syntax"),
    ];
    for (from, to, code) in cases {
        assert!(MAPPING.contains(from), "{from}");
        let ran = import(&starter, &MAPPING.replacen(from, to, 1), TEXTS, MAIN, &[]).exits(1);
        let found = found(&ran);
        assert!(found.iter().any(|f| f.starts_with(&format!("error[{code}]"))), "{to}: {found:?}");
    }
    let twice = TEXTS.replace("4,Fourth", "1,Fourth");
    let ran = import(&starter, MAPPING, &twice, MAIN, &[]).exits(1);
    assert_eq!(found(&ran), ["error[import/join] content/import/texts.csv:5:1"]);
    assert_eq!(starter.read(RISKS), before);
}

#[test]
fn a_field_may_be_left_out_where_another_says_the_same_and_where_nothing_fits() {
    let starter = Starter::new();
    let mapping = r#"
ignore = ["line", "kind", "since", "RAG", "state", "measures"]
[field]
id = { column = "ref", repeated = "{value}-{n}" }
raised = { constant = "2025-10" }
title = { template = "{kind} {ref}" }
severity = { constant = "low" }
mitigation = { column = "ref", unless = "id" }
progress = { column = "state", take = 'is (.*)', lenient = true }
"#;
    let main = "line,kind,ref,since,RAG,state,measures\n1,a,7,,,all is well,\n2,b,7,,,bad,\n";
    let ran = import(&starter, mapping, TEXTS, main, &["--skip-bad"]).exits(0);
    // The first has no mitigation, since its ref is its id; a risk must have one.
    assert_eq!(found(&ran), ["error[key/missing] content/import/main.csv:2:1"]);
    let written = starter.read(RISKS);
    assert!(written.contains("id = \"7-2\"\nraised = \"2025-10\"\ntitle = \"b 7\""), "{written}");
    assert!(written.ends_with("mitigation = \"7\"\n"), "{written}");
}

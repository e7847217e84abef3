// What the fuzz targets do with some bytes, and what the test suite does with the corpora: findings
// may come of them, and must print; anything else is a fault.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use annexe::assemble::{Options, assemble};
use annexe::check::check;
use annexe::diag::{Findings, render};
use annexe::load::{load, load_as_if};
use annexe::narrative;
use annexe::project::{FULL, Project};
use annexe::source::Sources;

/// A target: takes the bytes of a file, whatever they are.
pub type Target = fn(&[u8]);

/// All targets, by the name of their folder in `corpus/`.
pub const ALL: &[(&str, Target)] = &[
    ("narrative", parse_narrative),
    ("template", template),
    ("plan", plan),
    ("dataset", dataset),
    ("theme", theme),
    ("svg", svg),
    ("sheet", sheet),
];

/// A starter project that no target changes; one a process.
fn starter() -> &'static Path {
    static ROOT: OnceLock<PathBuf> = OnceLock::new();
    ROOT.get_or_init(|| {
        let root = tempfile::tempdir().expect("a temporary folder").keep();
        init(&root);
        root
    })
}

fn init(root: &Path) {
    run(&["init", root.to_str().expect("a plain path")]);
}

fn run(args: &[&str]) -> Vec<u8> {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args = std::iter::once("annexe").chain(args.iter().copied()).map(OsString::from);
    annexe::cli::run(args, &mut out, &mut err);
    [out, err].concat()
}

fn print(findings: &Findings, sources: &Sources) {
    for finding in findings.iter() {
        let text = render::human(finding, sources, false);
        assert!(!text.is_empty());
    }
}

/// Narrative as a tree.
pub fn parse_narrative(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut sources = Sources::default();
    let file = sources.add("content/a.md", text);
    let mut found = Vec::new();
    narrative::parse(text, file, 0, &mut found);
    let mut findings = Findings::default();
    findings.extend(found);
    print(&findings, &sources);
}

/// A project in which the file at `path` is `bytes`; assembled where that goes on.
fn as_if(path: &str, bytes: &[u8]) {
    let Ok(text) = String::from_utf8(bytes.to_vec()) else { return };
    let (project, findings) = load_as_if(starter(), path.into(), text);
    go_on(project, &findings);
}

fn go_on(project: Result<Project, Sources>, findings: &Findings) {
    match project {
        Err(sources) => print(findings, &sources),
        Ok(project) => {
            print(findings, &project.sources);
            print(&check(&project, None), &project.sources);
            for template in project.templates.values() {
                let as_at = project.settings.as_at;
                let options =
                    Options { edition: FULL.to_owned(), as_at, parameters: Default::default() };
                let made = assemble(&project, template, &options);
                print(&made.findings, &project.sources);
            }
        }
    }
}

/// A template: its front matter, its narrative, and the document it makes.
pub fn template(bytes: &[u8]) {
    as_if("templates/progress-plan.md", bytes);
}

/// A file of plan data.
pub fn plan(bytes: &[u8]) {
    as_if("content/plan/actions.toml", bytes);
}

/// A theme's tokens.
pub fn theme(bytes: &[u8]) {
    with_file("templates/themes/standard/theme.toml", bytes);
}

/// A project of its own, with one more file in it.
fn with_file(path: &str, bytes: &[u8]) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    init(dir.path());
    let place = dir.path().join(path);
    fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
    fs::write(place, bytes).expect("a file");
    let (project, findings) = load(dir.path());
    go_on(project, &findings);
}

/// A published table. Its first line is the file's; what says what its columns are stands beside it.
pub fn dataset(bytes: &[u8]) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    init(dir.path());
    let data = dir.path().join("content/data");
    fs::create_dir_all(&data).expect("a folder");
    // The two files are divided by a line of its own, so that both are the fuzzer's to change.
    let divider = b"\n=====\n";
    let at = bytes.windows(divider.len()).position(|window| window == divider);
    let (csv, toml) =
        at.map_or((bytes, &b""[..]), |at| (&bytes[..at], &bytes[at + divider.len()..]));
    fs::write(data.join("table.csv"), csv).expect("a file");
    fs::write(data.join("table.toml"), toml).expect("a file");
    let (project, findings) = load(dir.path());
    go_on(project, &findings);
}

/// A drawing of the picture library.
pub fn svg(bytes: &[u8]) {
    with_file("content/images/family.svg", bytes);
}

/// A spreadsheet that is to be imported.
pub fn sheet(bytes: &[u8]) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let sheet = dir.path().join("sheet.xlsx");
    fs::write(&sheet, bytes).expect("a file");
    let root = starter().to_str().expect("a plain path");
    let sheet = sheet.to_str().expect("a plain path");
    let to = "content/plan/risks.toml";
    run(&["import", sheet, "--as", "risk", "--to", to, "--dry-run", "--project", root]);
}

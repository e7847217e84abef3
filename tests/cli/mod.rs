//! The command line, run in process on a copy of the starter project.

mod bounded;
mod build;
mod days;
mod exchange;
mod faults;
mod figures;
mod history;
mod project;
mod site;
mod unchanged;
mod watch;
mod words;

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// What a command answered.
#[derive(Debug)]
pub struct Ran {
    code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// Asserts the exit code, showing everything that was printed when it differs.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "\n--- out\n{}\n--- err\n{}", self.out, self.err);
        self
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}\n{}", self.out))
    }
}

/// Runs `annexe` with `args`.
pub fn annexe(args: &[&str]) -> Ran {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args = std::iter::once("annexe").chain(args.iter().copied()).map(OsString::from);
    let code = annexe::cli::run(args, &mut out, &mut err);
    let text = |bytes| String::from_utf8(bytes).expect("printed text is UTF-8");
    Ran { code, out: text(out), err: text(err) }
}

/// A copy of the starter project in a folder of its own.
pub struct Starter {
    dir: TempDir,
}

impl Starter {
    /// What `annexe init` makes.
    fn whole() -> Self {
        let dir = tempfile::tempdir().unwrap();
        annexe(&["init", dir.path().to_str().unwrap()]).exits(0);
        Starter { dir }
    }

    /// The same without its easy-read edition: one document in one edition.
    pub fn new() -> Self {
        let starter = Starter::whole();
        let template = starter.read("templates/progress-plan.md");
        let (front, rest) = template.split_once("[edition.easy-read]").unwrap();
        let (_, body) = rest.split_once("+++").unwrap();
        let (body, _) = body.split_once(":::: only easy-read").unwrap();
        let template = format!("{front}+++{body}")
            .replace("\"full\", \"easy-read\"", "\"full\"")
            .replace(":::::: except easy-read\n", "")
            .replace("::::::\n", "");
        starter.write("templates/progress-plan.md", &template);
        let ratings = starter.read("content/plan/rag.toml");
        let ratings = ratings.lines().filter(|line| !line.starts_with("easy = "));
        let ratings: String = ratings.map(|line| format!("{line}\n")).collect();
        starter.write("content/plan/rag.toml", &ratings);
        fs::remove_file(starter.path("content/progress-plan/easy.md")).unwrap();
        fs::remove_dir_all(starter.path("content/images")).unwrap();
        starter
    }

    pub fn path(&self, below: &str) -> PathBuf {
        self.dir.path().join(below)
    }

    /// Runs `annexe` on it.
    pub fn run(&self, args: &[&str]) -> Ran {
        let root = self.dir.path().to_str().unwrap();
        annexe(&[args, &["--project", root]].concat())
    }

    pub fn read(&self, below: &str) -> String {
        fs::read_to_string(self.path(below)).unwrap()
    }

    pub fn write(&self, below: &str, text: &str) {
        fs::create_dir_all(self.path(below).parent().unwrap()).unwrap();
        fs::write(self.path(below), text).unwrap();
    }

    /// Replaces text that must be there.
    pub fn edit(&self, below: &str, from: &str, to: &str) {
        let text = self.read(below);
        assert!(text.contains(from), "{below} has no {from:?}");
        self.write(below, &text.replacen(from, to, 1));
    }

    /// Adds a document with this front matter and body.
    pub fn add_document(&self, name: &str, front: &str, body: &str) {
        let text = format!("+++\ntitle = \"{name}\"\n{front}\n+++\n# {name}\n\n{body}\n");
        self.write(&format!("templates/{name}.md"), &text);
    }

    /// The names in its output folder, sorted.
    pub fn output(&self) -> Vec<String> {
        names(&self.path("output"))
    }
}

/// The names in `folder`, sorted, without the website beside the files; none when it is not there.
pub fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| name != "site");
    names.sort();
    names
}

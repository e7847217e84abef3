//! Editions: the starter project in each of those that are built in, and in ones of its own.

mod files;
mod findings;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::path::Path;

use annexe::assemble::{Assembly, Options, assemble};
use annexe::document::{Block, BlockKind, Document, Drawn, line, words};
use annexe::project::Project;
use annexe::write::text::text;
use tempfile::TempDir;

use crate::support::assert_golden;

/// The editions that are built in.
pub const BUILT_IN: [&str; 4] = ["full", "easy-read", "large-print", "summary"];

/// The starter project, whose one template comes in `editions`.
pub struct Starter {
    folder: TempDir,
}

impl Starter {
    pub fn new(editions: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        annexe(&["init", folder.path().to_str().unwrap()]);
        let starter = Starter { folder };
        let template = fs::read_to_string(starter.path().join("templates/progress-plan.md"));
        let mut template = template.unwrap();
        if !editions.contains(&"easy-read") {
            let (front, rest) = template.split_once("[edition.easy-read]").unwrap();
            let (_, body) = rest.split_once("+++").unwrap();
            let (body, _) = body.split_once(":::: only easy-read").unwrap();
            let body = body.replace(":::::: except easy-read\n", "").replace("::::::\n", "");
            template = format!("{front}+++{body}");
        }
        let list = format!("editions = {editions:?}");
        let template = template.replace("editions = [\"full\", \"easy-read\"]", &list);
        starter.write("templates/progress-plan.md", &template);
        starter
    }

    /// In every built-in edition.
    pub fn whole() -> Self {
        Starter::new(&BUILT_IN)
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn write(&self, below: &str, text: &str) {
        let path = self.path().join(below);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn edit(&self, below: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path().join(below)).unwrap();
        assert!(text.contains(from), "{below} has no {from:?}");
        self.write(below, &text.replacen(from, to, 1));
    }

    /// The project; loading it must find nothing.
    pub fn project(&self) -> Project {
        let (project, findings) = annexe::load::load(self.path());
        let faults: Vec<_> = findings.iter().map(|f| &f.message).collect();
        assert!(faults.is_empty(), "{faults:#?}");
        project.unwrap()
    }

    /// Its document in `edition`, and what was found while it was made.
    pub fn assembled(&self, edition: &str) -> Assembly {
        let project = self.project();
        let template = &project.templates["progress-plan"];
        let as_at = project.day_of(template, None);
        let options = Options { edition: edition.to_owned(), as_at, parameters: BTreeMap::new() };
        assemble(&project, template, &options)
    }

    /// Builds it, and gives what was printed and the exit code.
    pub fn build(&self, args: &[&str]) -> (String, i32) {
        let root = self.path().to_str().unwrap();
        annexe(&[&["build", "--project", root], args].concat())
    }

    /// A file that was built.
    pub fn built(&self, edition: &str, format: &str) -> Vec<u8> {
        fs::read(self.path().join(format!("output/progress-plan.{edition}.{format}"))).unwrap()
    }
}

fn annexe(args: &[&str]) -> (String, i32) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args = std::iter::once("annexe").chain(args.iter().copied()).map(OsString::from);
    let code = annexe::cli::run(args, &mut out, &mut err);
    (String::from_utf8([err, out].concat()).unwrap(), code)
}

/// What was found, as `code message`.
pub fn said(assembly: &Assembly) -> Vec<String> {
    assembly.findings.iter().map(|f| format!("{} {}", f.rule.code, f.message)).collect()
}

#[test]
fn each_built_in_edition_of_the_starter_says_what_its_golden_says() {
    let starter = Starter::whole();
    for edition in BUILT_IN {
        let assembly = starter.assembled(edition);
        assert_eq!(said(&assembly), [""; 0], "{edition}");
        assert_golden(&format!("starter.{edition}.txt"), &text(&assembly.document));
    }
}

#[test]
fn large_print_says_all_that_the_full_edition_says() {
    let starter = Starter::whole();
    // Row by row, the head of a column stands beside each of its cells; but where what names the
    // row stands over the others, the head of its column goes.
    let split = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let said = |document: &Document| -> BTreeSet<String> {
        words(document, Drawn::Labels).iter().flat_map(|line| split(line)).collect()
    };
    let full = starter.assembled("full").document;
    let mut heads = BTreeSet::new();
    annexe::document::walk(&full.blocks, &mut |block: &Block| {
        let BlockKind::Table(table) = &block.kind else { return };
        let cells = table.head.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.blocks);
        heads.extend(cells.filter_map(|block| match &block.kind {
            BlockKind::Paragraph(paragraph) => Some(split(&line(&paragraph.content))),
            _ => None,
        }));
    });
    let heads: BTreeSet<String> = heads.into_iter().flatten().collect();
    let large = said(&starter.assembled("large-print").document);
    let lost: Vec<String> = said(&full).into_iter().filter(|w| !large.contains(w)).collect();
    assert!(lost.iter().all(|word| heads.contains(word)) && lost.len() < 8, "{lost:?}");
}

#[test]
fn only_and_except_look_at_what_an_edition_is_based_on() {
    let starter = Starter::new(&["full", "easy-read", "large-print"]);
    starter.write(
        "templates/progress-plan.md",
        "+++\ntitle = \"T\"\neditions = [\"full\", \"easy-read\", \"large-print\"]\n+++\n# T\n\n\
         ::: only full\nFor all who read all.\n:::\n\n\
         ::: only large-print\nLarge.\n:::\n\n\
         ::: except full\nFor others.\n:::\n\n\
         ::: except large-print easy-read\nSmall.\n:::\n",
    );
    let shown = |edition: &str| {
        let assembly = starter.assembled(edition);
        assert_eq!(self::said(&assembly), [""; 0]);
        let all = words(&assembly.document, Drawn::Labels).join(" ");
        ["For all who read all.", "Large.", "For others.", "Small."].map(|w| all.contains(w))
    };
    assert_eq!(shown("full"), [true, false, false, true]);
    assert_eq!(shown("large-print"), [true, true, false, false]);
    assert_eq!(shown("easy-read"), [false, false, true, false]);
}

#[test]
fn an_edition_of_ones_own_needs_no_more_than_its_profile() {
    let starter = Starter::new(&["full", "board"]);
    starter.write(
        "templates/editions/board.toml",
        "title = \"For the Board\"\nlabel = \"Board paper\"\nbased-on = \"full\"\n\
         leave-out = [\"quote\", \"actions\", \"impact-measures\"]\n\
         [theme.page]\nmargin = 30\n[theme.colours]\naccent = \"#550088\"\n[length]\nmost = 9\n",
    );
    let project = starter.project();
    let board = project.edition("board").unwrap();
    assert_eq!(board.theme.tokens.page.margin, 30.0);
    assert_eq!(board.theme.tokens.colours.accent, "#550088");
    assert_eq!(board.theme.tokens.page.width, project.theme.tokens.page.width);
    let (full, board) = (starter.assembled("full"), starter.assembled("board"));
    let count = |assembly: &Assembly, kind: fn(&BlockKind) -> bool| {
        let mut found = 0;
        annexe::document::walk(&assembly.document.blocks, &mut |block: &Block| {
            found += usize::from(kind(&block.kind));
        });
        found
    };
    let quotes = |kind: &BlockKind| matches!(kind, BlockKind::Quote(_));
    assert_eq!((count(&full, quotes), count(&board, quotes)), (1, 0));
    // "How we will know" has nothing left under it, so it goes too.
    let all = words(&board.document, Drawn::Labels).join("\n");
    assert!(!all.contains("How we will know") && all.contains("Families get a decision"), "{all}");
    assert!(all.contains("Board paper"));
    assert_eq!(board.document.meta.title, "SEND progress plan (board paper)");
    let (told, code) = starter.build(&["--edition", "board"]);
    assert_eq!(code, 0, "{told}");
    assert!(told.contains("progress-plan.board.pdf"), "{told}");
}

#[test]
fn a_file_of_a_built_in_edition_changes_only_what_it_says() {
    let starter = Starter::new(&["easy-read"]);
    starter.write("templates/editions/easy-read.toml", "[length]\nmost = 30\n");
    let project = starter.project();
    let easy = project.edition("easy-read").unwrap();
    assert_eq!((easy.length.warn, easy.length.most), (Some(20), Some(30)));
    assert_eq!(easy.theme.tokens.sizes.body, 16.0);
    assert!(easy.hard_words && easy.pictured_contents);
}

#[test]
fn links_to_what_an_edition_leaves_out_become_words() {
    let starter = Starter::new(&["full", "summary"]);
    starter.write(
        "templates/progress-plan.md",
        "+++\ntitle = \"T\"\neditions = [\"full\", \"summary\"]\n+++\n# T\n\nSee [what was said](#said).\n\n\
         ## What was said {#said}\n\n::: quote\nMuch.\n:::\n",
    );
    for edition in ["full", "summary"] {
        let assembly = starter.assembled(edition);
        assert_eq!(said(&assembly), [""; 0], "{edition}");
        let linked = text(&assembly.document).contains("what was said <#said>");
        assert_eq!(linked, edition == "full");
    }
}

#[test]
fn the_cover_of_easy_read_names_no_partners_unless_its_profile_says_so() {
    let starter = Starter::new(&["full", "easy-read"]);
    let partners = |edition: &str| {
        let document = starter.assembled(edition).document;
        let cover = document.blocks.iter().find_map(|block| match &block.kind {
            BlockKind::Cover(cover) => Some(cover.partners.len()),
            _ => None,
        });
        cover.expect("a cover")
    };
    assert_eq!((partners("full"), partners("easy-read")), (3, 0));
    starter.write("templates/editions/easy-read.toml", "[cover]\npartners = true\n");
    assert_eq!(partners("easy-read"), 3);
}

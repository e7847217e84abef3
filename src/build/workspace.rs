//! A project that stays in memory while its files change: for whoever builds it again and again.
//!
//! Files are looked at by length and date, and what looks new is told by its hash. After a change
//! only what may have changed is assembled again: where narrative alone is another, the documents that
//! include it; after any other change all of them. What Typst remembers of the last layouts is
//! kept, so that pages that are as they were cost little.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use walkdir::WalkDir;

use super::fingerprint::Hash;
use super::kept::Assembled;
use super::{
    Asked, Built, Cache, Desk, Folder, Misnamed, Passed, Review, Selected, Terms, review_with,
    select, write,
};
use crate::diag::Findings;
use crate::load;
use crate::project::Project;
use crate::source::Sources;

/// The folders of a project that are read.
const READ: [&str; 2] = ["content", "templates"];

/// How many layouts ago Typst must have used what it remembers, to go on remembering it.
const REMEMBERED: usize = 40;

/// A project in memory.
#[derive(Debug)]
pub struct Workspace {
    root: PathBuf,
    seen: BTreeMap<PathBuf, Seen>,
    loaded: Option<(Result<Project, Sources>, Findings)>,
    assembled: Assembled,
}

/// A file as it was when it was last looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Seen {
    bytes: u64,
    modified: Option<SystemTime>,
    hash: Hash,
}

/// What came of building a workspace.
#[derive(Debug)]
pub struct Round {
    /// What was put down, unchanged files among them.
    pub built: Vec<Built>,
    /// Documents that were left out.
    pub passed: Vec<Passed>,
    /// All findings.
    pub findings: Findings,
    /// How many documents were assembled, the others being as they were.
    pub assembled: usize,
}

impl Workspace {
    /// The project in `root`, of which nothing is read yet.
    pub fn new(root: &Path) -> Self {
        Workspace {
            root: root.to_path_buf(),
            seen: BTreeMap::new(),
            loaded: None,
            assembled: Assembled::keeping(),
        }
    }

    /// Where it is.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Looks at the project's files: which are new, changed or gone since they were looked at last,
    /// by their paths below its folder. What hangs on them is forgotten.
    pub fn look(&mut self) -> BTreeSet<PathBuf> {
        let mut now = BTreeMap::new();
        for folder in READ {
            let entries = WalkDir::new(self.root.join(folder)).sort_by_file_name();
            for entry in entries.into_iter().flatten().filter(|e| e.file_type().is_file()) {
                let Ok(about) = entry.metadata() else { continue };
                let path = entry.path().strip_prefix(&self.root).unwrap_or(entry.path());
                let (bytes, modified) = (about.len(), about.modified().ok());
                let before = self.seen.get(path);
                let like = |seen: &&Seen| seen.bytes == bytes && seen.modified == modified;
                let hash = match before.filter(like) {
                    // Without a date only its bytes tell.
                    Some(seen) if modified.is_some() => seen.hash,
                    _ => match fs::read(entry.path()) {
                        Ok(bytes) => Hash::of(&bytes),
                        // Gone again, or not to be read: loading says so.
                        Err(_) => continue,
                    },
                };
                now.insert(path.to_path_buf(), Seen { bytes, modified, hash });
            }
        }
        let mut changed = BTreeSet::new();
        let mut moved = false;
        for (path, seen) in &now {
            match self.seen.get(path) {
                Some(before) if before.hash == seen.hash => {}
                before => {
                    moved |= before.is_none();
                    changed.insert(path.clone());
                }
            }
        }
        for path in self.seen.keys().filter(|path| !now.contains_key(*path)) {
            moved = true;
            changed.insert(path.clone());
        }
        self.seen = now;
        if !changed.is_empty() {
            self.loaded = None;
            let narrative: Option<BTreeSet<String>> =
                changed.iter().map(|path| narrative_name(path)).collect();
            match narrative.filter(|_| !moved) {
                Some(narrative) => self.assembled.forget_readers(&narrative),
                // Files are numbered as they are read: with another number of them, places shift.
                None => self.assembled.forget(),
            }
        }
        changed
    }

    /// Builds what is asked for, as the files stand now.
    pub fn build(
        &mut self,
        asked: &Asked,
        terms: Terms,
        out: Option<&Path>,
        cache: &Cache,
    ) -> Result<Round, Misnamed> {
        let (project, found) = self.loaded.get_or_insert_with(|| load::load(&self.root));
        let Ok(project) = project else {
            let (built, passed) = (Vec::new(), Vec::new());
            return Ok(Round { built, passed, findings: found.clone(), assembled: 0 });
        };
        let selected = select(project, asked)?;
        let folder = match out {
            Some(path) => Folder::named(path.to_path_buf()),
            None => Folder::of_project(&project.root),
        };
        let before = self.assembled.made();
        let whole = asked.documents.is_empty() && asked.editions.is_empty();
        let whole = whole && selected.passed.is_empty();
        let mut review: Review =
            review_with(project, found.clone(), &selected, terms, whole, &self.assembled, &|| ());
        let Selected { jobs, passed } = selected;
        let desk = Desk { folder: &folder, cache, remembered: Some(REMEMBERED) };
        let (built, faults) = write(project, &jobs, &mut review, terms, desk, &|| ());
        let mut findings = review.findings;
        findings.extend(faults);
        let assembled = self.assembled.made() - before;
        Ok(Round { built, passed, findings, assembled })
    }

    /// The files that the findings of the last build point into.
    pub fn sources(&self) -> Option<&Sources> {
        match self.loaded.as_ref().map(|(loaded, _)| loaded)? {
            Ok(project) => Some(&project.sources),
            Err(sources) => Some(sources),
        }
    }
}

/// The name of a narrative file as documents include it; nothing for files of other kinds.
fn narrative_name(path: &Path) -> Option<String> {
    let below = path.strip_prefix("content").ok()?;
    let is_narrative = below.extension().is_some_and(|kind| kind == "md");
    let steps: Vec<&str> = below.iter().filter_map(|step| step.to_str()).collect();
    is_narrative.then(|| steps.join("/"))
}

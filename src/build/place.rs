//! Puts files down whole: a temporary file beside the target, then a rename.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use crate::build::Format;
use crate::diag::{Finding, rules};

/// Where a build writes.
#[derive(Debug, Clone)]
pub struct Folder {
    path: PathBuf,
    /// The folder that `path` may not lead out of, through a link.
    within: Option<PathBuf>,
}

/// A file that is written but not yet in its place.
pub struct Staged {
    file: NamedTempFile,
    target: PathBuf,
}

impl Folder {
    /// `output/` of the project in `root`. A project is read on trust, so a link there may
    /// not lead elsewhere.
    pub fn of_project(root: &Path) -> Self {
        Folder { path: root.join("output"), within: Some(root.to_path_buf()) }
    }

    /// A folder that the user named: any there is.
    pub fn named(path: PathBuf) -> Self {
        Folder { path, within: None }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The folder `name` in this one.
    pub fn below(&self, name: &str) -> Self {
        Folder { path: self.path.join(name), within: self.within.clone() }
    }

    /// Makes the folder when it is not there, and takes away what killed builds left half written in
    /// it. Nobody else does that while the answer lives.
    pub fn prepare(&self) -> Result<Held, Box<Finding>> {
        fs::create_dir_all(&self.path).map_err(|e| self.failed(&self.path, &e))?;
        let Some(root) = &self.within else { return Ok(hold(&self.path)) };
        let real = |path: &Path| path.canonicalize().map_err(|e| self.failed(path, &e));
        if real(&self.path)?.starts_with(real(root)?) {
            return Ok(hold(&self.path));
        }
        let finding = Finding::new(&rules::FILE_OUTSIDE, "`output` is a link out of the project")
            .in_file("output")
            .help("remove the link, or name a folder with --out");
        Err(Box::new(finding))
    }

    /// The names of `count` files of one format: `DOCUMENT.EDITION.EXT`, or one a page for `png`.
    pub fn names(
        &self,
        document: &str,
        edition: &str,
        format: Format,
        count: usize,
    ) -> Result<Vec<String>, Box<Finding>> {
        for part in [document, edition] {
            let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ' ');
            if part.is_empty() || part.starts_with('.') || !part.chars().all(plain) {
                let message = format!("{part:?} cannot be part of a file's name");
                let finding = Finding::new(&rules::WRITE_FAILED, message)
                    .help("use letters, figures, `-` and `_`");
                return Err(Box::new(finding));
            }
        }
        Ok(match format {
            Format::Png => {
                let digits = count.to_string().len().max(2);
                (1..=count).map(|n| format!("{document}.{edition}-{n:0digits$}.png")).collect()
            }
            Format::Pdf | Format::PdfData | Format::Docx | Format::Html | Format::Epub => {
                vec![format!("{document}.{edition}.{}", format.extension())]
            }
        })
    }

    /// Writes `bytes` beside the place that they will have.
    pub fn stage(&self, name: &str, bytes: &[u8]) -> Result<Staged, Box<Finding>> {
        let target = self.path.join(name);
        // Said before the first file of a document is replaced.
        if target.is_dir() {
            return Err(self.failed(&target, &io::ErrorKind::IsADirectory.into()));
        }
        let written = temporary(&self.path).and_then(|mut file| {
            file.write_all(bytes)?;
            file.flush()?;
            Ok(file)
        });
        match written {
            Ok(file) => Ok(Staged { file, target }),
            Err(error) => Err(self.failed(&target, &error)),
        }
    }

    /// Whether the file `name` is there already and has just these bytes.
    pub fn holds(&self, name: &str, bytes: &[u8]) -> bool {
        let path = self.path.join(name);
        let is_like = fs::symlink_metadata(&path)
            .is_ok_and(|found| found.is_file() && found.len() == bytes.len() as u64);
        is_like && fs::read(&path).is_ok_and(|found| found == bytes)
    }

    /// Moves a staged file to its place.
    pub fn put(&self, staged: Staged) -> Result<PathBuf, Box<Finding>> {
        match staged.file.persist(&staged.target) {
            Ok(_) => Ok(staged.target),
            Err(error) => Err(self.failed(&staged.target, &error.error)),
        }
    }

    /// Removes page pictures of a longer build before this one, which would pass for pages of it.
    pub fn clear_pages(
        &self,
        document: &str,
        edition: &str,
        pages: usize,
    ) -> Result<(), Box<Finding>> {
        let current = self.names(document, edition, Format::Png, pages)?;
        let start = format!("{document}.{edition}-");
        let entries = fs::read_dir(&self.path).map_err(|e| self.failed(&self.path, &e))?;
        for entry in entries.flatten() {
            let name = entry.file_name();
            let Some(name) = name.to_str() else { continue };
            let page = name.strip_prefix(&start).and_then(|rest| rest.strip_suffix(".png"));
            let is_page =
                page.is_some_and(|p| !p.is_empty() && p.chars().all(|c| c.is_ascii_digit()));
            if is_page && !current.iter().any(|kept| kept == name) {
                fs::remove_file(entry.path()).map_err(|e| self.failed(&entry.path(), &e))?;
            }
        }
        Ok(())
    }

    /// The plain names that the file `name` lists, a line each: what an earlier build put down.
    /// Nothing when there is no such file; names that lead elsewhere are left alone.
    pub fn listed(&self, name: &str) -> Vec<String> {
        let mut text = String::new();
        if let Ok(file) = fs::File::open(self.path.join(name)) {
            // Half a list is better than none; one of a megabyte is not ours.
            let _ = file.take(1 << 20).read_to_string(&mut text);
        }
        let is_plain = |line: &&str| {
            let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ' ');
            !line.is_empty() && !line.starts_with('.') && line.chars().all(plain)
        };
        text.lines().filter(is_plain).map(str::to_owned).collect()
    }

    /// Removes the file `name`; one that is not there is gone already.
    pub fn remove(&self, name: &str) -> Result<(), Box<Finding>> {
        let path = self.path.join(name);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(self.failed(&path, &error))
            }
            _ => Ok(()),
        }
    }

    fn failed(&self, path: &Path, error: &io::Error) -> Box<Finding> {
        let message = format!("cannot write {}", path.display());
        Box::new(Finding::new(&rules::WRITE_FAILED, message).note(error.to_string()))
    }
}

/// While it lives, a build is at work in a folder, and no other takes its half-written files away.
#[derive(Debug)]
#[must_use = "half-written files are safe only while it lives"]
pub struct Held {
    _folder: Option<File>,
}

/// Takes away what no build is at work on, and says that this one is. The lock is on the folder itself
/// and ends with the process, however that ends. Where folders cannot be locked nothing is taken away.
fn hold(folder: &Path) -> Held {
    let Ok(lock) = File::open(folder) else { return Held { _folder: None } };
    if lock.try_lock().is_ok() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let is_half =
                name.to_str().is_some_and(|n| n.starts_with(PREFIX) && n.ends_with(SUFFIX));
            if is_half && entry.file_type().is_ok_and(|kind| kind.is_file()) {
                // What cannot be removed does no harm.
                let _ = fs::remove_file(entry.path());
            }
        }
        let _ = lock.unlock();
    }
    Held { _folder: lock.lock_shared().is_ok().then_some(lock) }
}

const PREFIX: &str = ".annexe-";
const SUFFIX: &str = ".part";

/// A temporary file that others may read as they may any new file, not only its owner.
fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(folder: &Folder, name: &str, bytes: &[u8]) -> PathBuf {
        folder.put(folder.stage(name, bytes).unwrap()).unwrap()
    }

    #[test]
    fn a_staged_file_that_is_dropped_leaves_the_old_one_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::named(dir.path().to_path_buf());
        let path = put(&folder, "a.full.pdf", b"yesterday");
        drop(folder.stage("a.full.pdf", b"today").unwrap());
        assert_eq!(fs::read(path).unwrap(), b"yesterday");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn others_may_read_what_is_written() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::named(dir.path().to_path_buf());
        let written = put(&folder, "a.full.pdf", b"x");
        let plain = dir.path().join("plain");
        fs::write(&plain, b"x").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&written), mode(&plain));
    }

    #[test]
    fn pages_of_a_longer_build_go_and_other_files_stay() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::named(dir.path().to_path_buf());
        for name in ["a.full-01.png", "a.full-02.png", "a.full-003.png", "a.full-x.png", "b.png"] {
            put(&folder, name, b"x");
        }
        folder.clear_pages("a", "full", 1).unwrap();
        let mut left: Vec<_> = fs::read_dir(dir.path())
            .unwrap()
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect();
        left.sort();
        assert_eq!(left, ["a.full-01.png", "a.full-x.png", "b.png"]);
    }

    #[test]
    fn half_files_go_when_no_build_is_at_work_and_only_then() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::named(dir.path().to_path_buf());
        let left = |name: &str| {
            fs::write(dir.path().join(name), "ha").unwrap();
            dir.path().join(name)
        };
        let half = left(".annexe-Xy12.part");
        let others = [left("report.part"), left(".annexe-notes")];
        let held = folder.prepare().unwrap();
        assert!(!half.exists() && others.iter().all(|other| other.exists()));
        let half = left(".annexe-Xy13.part");
        let second = folder.prepare().unwrap();
        assert!(half.exists(), "another build is writing it");
        drop((held, second));
        drop(folder.prepare().unwrap());
        assert!(!half.exists());
    }

    #[test]
    fn a_name_that_leads_elsewhere_is_refused() {
        let folder = Folder::named(PathBuf::from("."));
        for edition in ["../full", "/etc/passwd", "..", "", "a\\b", "full\n"] {
            assert!(folder.names("a", edition, Format::Pdf, 1).is_err(), "{edition:?}");
        }
        let names = folder.names("a", "full", Format::Png, 2).unwrap();
        assert_eq!(names, ["a.full-01.png", "a.full-02.png"]);
    }

    #[cfg(unix)]
    #[test]
    fn an_output_folder_that_links_out_of_the_project_is_refused() {
        let outside = tempfile::tempdir().unwrap();
        let project = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(outside.path(), project.path().join("output")).unwrap();
        let finding = Folder::of_project(project.path()).prepare().unwrap_err();
        assert_eq!(finding.rule.code, "file/outside");
    }
}

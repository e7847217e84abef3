//! Keeps what was drawn, by the fingerprint of what it was made of, so that nothing is drawn twice.
//!
//! A record says what came of one fingerprint: a few facts, and the hashes of its files. The files
//! themselves are objects, each under its own hash. Both are written beside their place and
//! renamed, so a build that is killed leaves nothing half. Whatever cannot be read, does not have
//! the hash that it should, or was sealed by somebody else is as good as not there: a cache never
//! stops a build, and never changes what it makes.
//!
//! The cache of a project lies in its folder, which came from who knows where. What is read
//! there counts only with the seal of the user who builds ([`Seal`]). A cache that the user names is the
//! user's own affair, and may be shared between machines.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use walkdir::WalkDir;

use super::fingerprint::Hash;
use super::seal::Seal;
use crate::diag::{Finding, Severity, rules};

/// How many bytes a cache may hold unless the user says otherwise: some fifty builds of a project with
/// thirty documents.
const LIMIT: u64 = 512 << 20;

/// No single file that is kept is larger than this.
const LARGEST: u64 = 256 << 20;

/// A record is a page of JSON at most, but for those that hold pages of a website.
const LARGEST_RECORD: u64 = 64 << 20;

/// Where a cache is to be, and how large.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// The folder that the user named.
    pub folder: Option<PathBuf>,
    /// How many bytes it may hold.
    pub limit: Option<u64>,
    /// Nothing is taken from it, but all that is drawn is kept.
    pub fresh: bool,
}

/// What was drawn before, where there is such a memory.
#[derive(Debug, Default)]
pub struct Cache {
    store: Option<Store>,
    fresh: bool,
}

#[derive(Debug)]
struct Store {
    folder: PathBuf,
    seal: Seal,
    limit: u64,
    /// What this build took or put: it stays when room is made.
    used: Mutex<BTreeSet<String>>,
    grown: AtomicBool,
}

/// What came of one fingerprint.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record<T> {
    /// What is known of it besides its files.
    pub facts: T,
    /// Its files.
    pub files: Vec<Object>,
}

/// A file that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Object {
    /// Its hash, as hexadecimal digits.
    hash: String,
    /// How many bytes it has.
    pub bytes: u64,
}

impl Object {
    /// What stands for `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Object { hash: Hash::of(bytes).to_string(), bytes: bytes.len() as u64 }
    }

    /// Whether the file at `path` is this one, byte for byte. A link is not.
    pub fn stands_at(&self, path: &Path) -> bool {
        let is_like = fs::symlink_metadata(path)
            .is_ok_and(|found| found.is_file() && found.len() == self.bytes);
        is_like && read(path, self.bytes).is_some_and(|bytes| self.is(&bytes))
    }

    fn is(&self, bytes: &[u8]) -> bool {
        bytes.len() as u64 == self.bytes && Hash::of(bytes).to_string() == self.hash
    }
}

impl Cache {
    /// No memory at all.
    pub fn none() -> Self {
        Cache::default()
    }

    /// The cache that is wanted for the project in `root`, and why there is none if so.
    pub fn open(root: &Path, wanted: &Wanted) -> (Self, Option<Finding>) {
        let opened = match &wanted.folder {
            Some(folder) => prepare(folder).map(|()| (folder.clone(), Seal::Open)),
            None => of_project(root),
        };
        match opened {
            Ok((folder, seal)) => {
                let limit = wanted.limit.unwrap_or(LIMIT);
                let used = Mutex::default();
                let store = Store { folder, seal, limit, used, grown: AtomicBool::new(false) };
                (Cache { store: Some(store), fresh: wanted.fresh }, None)
            }
            Err(reason) => {
                let message = "nothing is kept for the next build";
                let mut finding = Finding::new(&rules::CACHE_UNUSABLE, message).note(reason);
                if wanted.folder.is_some() {
                    finding.severity = Severity::Warning;
                }
                (Cache::none(), Some(finding))
            }
        }
    }

    /// What is known to come of `key`.
    pub fn record<T: DeserializeOwned>(&self, key: Hash) -> Option<Record<T>> {
        let store = self.store.as_ref().filter(|_| !self.fresh)?;
        let name = format!("{key}.record");
        let text = String::from_utf8(read(&store.place(&name), LARGEST_RECORD)?).ok()?;
        let (sealed, body) = text.split_once('\n')?;
        if sealed != store.seal.of(&name, body.as_bytes()).to_string() {
            return None;
        }
        let record: Record<T> = serde_json::from_str(body).ok()?;
        store.note(name);
        record.files.iter().for_each(|file| store.note(format!("{}.object", file.hash)));
        Some(record)
    }

    /// The bytes of a file that is kept, if they are still what they were.
    pub fn bytes(&self, object: &Object) -> Option<Vec<u8>> {
        let store = self.store.as_ref()?;
        // The name of an object comes from a record, and is a hash there or nothing.
        let hash = Hash::parse(&object.hash)?;
        let bytes = read(&store.place(&format!("{hash}.object")), object.bytes.min(LARGEST))?;
        object.is(&bytes).then_some(bytes)
    }

    /// Keeps what came of `key`. That it cannot be kept is no fault.
    pub fn keep<T: Serialize>(&self, key: Hash, facts: &T, files: &[Vec<u8>]) {
        let Some(store) = &self.store else { return };
        let objects: Vec<Object> = files.iter().map(|bytes| Object::of(bytes)).collect();
        for (object, bytes) in objects.iter().zip(files) {
            if object.bytes > LARGEST
                || store.put(&format!("{}.object", object.hash), bytes).is_err()
            {
                return;
            }
        }
        let record = Record { facts, files: objects };
        let Ok(body) = serde_json::to_string(&record) else { return };
        let name = format!("{key}.record");
        let text = format!("{}\n{body}", store.seal.of(&name, body.as_bytes()));
        // Without its record an object is only litter, which is cleared away in time.
        let _ = store.put(&name, text.as_bytes());
    }

    /// Makes room where more is kept than may be: what was put there longest ago goes first, what this
    /// build used stays. Files that killed builds left half written go too.
    pub fn make_room(&self) {
        let Some(store) = self.store.as_ref().filter(|store| store.grown.load(Ordering::Relaxed))
        else {
            return;
        };
        let used = store.used.lock().map(|used| used.clone()).unwrap_or_default();
        let (mut kept, mut sum) = (Vec::new(), 0);
        for entry in WalkDir::new(&store.folder).min_depth(2).max_depth(2).into_iter().flatten() {
            let Ok(about) = entry.metadata() else { continue };
            let name = entry.file_name().to_string_lossy().into_owned();
            if !about.is_file() || !is_ours(&name) {
                continue;
            }
            sum += about.len();
            if !used.contains(&name) {
                kept.push((about.modified().ok(), name, entry.into_path(), about.len()));
            }
        }
        kept.sort();
        // Half of the room is made free at once, so that it is not looked for at each build.
        let aim = if sum > store.limit { store.limit / 2 } else { store.limit };
        for (_, name, path, bytes) in kept {
            let is_half = name.ends_with(PART);
            if (sum > aim || is_half) && fs::remove_file(&path).is_ok() {
                sum -= bytes;
            }
        }
    }
}

/// What the name of a file ends with that is not whole yet.
const PART: &str = ".part";

/// Whether a cache may have written a file of this name: nothing else is ever removed.
fn is_ours(name: &str) -> bool {
    match name.strip_prefix(".annexe-") {
        Some(rest) => rest.ends_with(PART),
        None => name.rsplit_once('.').is_some_and(|(hash, kind)| {
            matches!(kind, "record" | "object") && Hash::parse(hash).is_some()
        }),
    }
}

impl Store {
    /// Where the file `name` is: a folder for each first byte.
    fn place(&self, name: &str) -> PathBuf {
        self.folder.join(name.get(..2).unwrap_or("00")).join(name)
    }

    fn note(&self, name: String) {
        if let Ok(mut used) = self.used.lock() {
            used.insert(name);
        }
    }

    fn put(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let place = self.place(name);
        let folder = place.parent().unwrap_or(&self.folder);
        match fs::symlink_metadata(folder) {
            Ok(found) if found.is_dir() => {}
            // A link may lead anywhere.
            Ok(_) => return Err(io::ErrorKind::NotADirectory.into()),
            Err(_) => fs::create_dir_all(folder)?,
        }
        let mut file =
            tempfile::Builder::new().prefix(".annexe-").suffix(PART).tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.persist(&place).map_err(|error| error.error)?;
        self.note(name.to_owned());
        self.grown.store(true, Ordering::Relaxed);
        Ok(())
    }
}

/// The bytes of a file of at most `most` bytes; no link is followed at its name.
fn read(path: &Path, most: u64) -> Option<Vec<u8>> {
    let about = fs::symlink_metadata(path).ok()?;
    if !about.is_file() || about.len() > most {
        return None;
    }
    let mut bytes = Vec::with_capacity(usize::try_from(about.len()).ok()?);
    File::open(path).ok()?.take(most).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// The cache of the project in `root`, sealed by the user.
fn of_project(root: &Path) -> Result<(PathBuf, Seal), String> {
    let own = root.join(".annexe");
    let folder = own.join("cache");
    for path in [&own, &folder] {
        // A link may lead anywhere.
        if fs::symlink_metadata(path).is_ok_and(|found| !found.is_dir()) {
            return Err(format!("{} is no folder", path.display()));
        }
    }
    prepare(&folder)?;
    // Nothing of it belongs into anybody's history.
    let ignored = own.join(".gitignore");
    if fs::symlink_metadata(&ignored).is_err() {
        fs::write(&ignored, "*\n").map_err(|error| failed(&ignored, &error))?;
    }
    Ok((folder, Seal::own()?))
}

fn prepare(folder: &Path) -> Result<(), String> {
    fs::create_dir_all(folder).map_err(|error| failed(folder, &error))
}

fn failed(path: &Path, error: &io::Error) -> String {
    format!("{}: {error}", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::fingerprint::Made;

    fn cache(folder: &Path, limit: u64) -> Cache {
        let folder = Some(folder.to_path_buf());
        let wanted = Wanted { folder, limit: Some(limit), fresh: false };
        let (cache, finding) = Cache::open(Path::new("."), &wanted);
        assert_eq!(finding, None);
        cache
    }

    fn key(name: &str) -> Hash {
        Made::of(name).hash()
    }

    fn files(folder: &Path) -> Vec<PathBuf> {
        let entries = WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
        entries.filter(|entry| entry.file_type().is_file()).map(|e| e.into_path()).collect()
    }

    #[test]
    fn what_is_kept_comes_back() {
        let dir = tempfile::tempdir().unwrap();
        let kept = vec![b"one".to_vec(), Vec::new()];
        cache(dir.path(), LIMIT).keep(key("a"), &7_u32, &kept);
        let later = cache(dir.path(), LIMIT);
        let record: Record<u32> = later.record(key("a")).unwrap();
        assert_eq!(record.facts, 7);
        let bytes: Vec<_> = record.files.iter().map(|file| later.bytes(file).unwrap()).collect();
        assert_eq!(bytes, kept);
        assert!(later.record::<u32>(key("b")).is_none());
        assert!(later.record::<String>(key("a")).is_none(), "facts of another kind");
    }

    #[test]
    fn whatever_is_broken_is_not_there() {
        let dir = tempfile::tempdir().unwrap();
        for at in 0..2 {
            for change in [&b""[..], b"x", b"\xff\xfe", &b"0".repeat(5000)] {
                cache(dir.path(), LIMIT).keep(key("a"), &7_u32, &[b"words".to_vec()]);
                let found = files(dir.path());
                assert_eq!(found.len(), 2);
                fs::write(&found[at], change).unwrap();
                let later = cache(dir.path(), LIMIT);
                let record = later.record::<u32>(key("a"));
                assert!(record.is_none_or(|record| later.bytes(&record.files[0]).is_none()));
            }
        }
    }

    #[test]
    fn a_record_does_not_stand_for_another() {
        let dir = tempfile::tempdir().unwrap();
        let one = cache(dir.path(), LIMIT);
        one.keep(key("a"), &7_u32, &[]);
        let store = one.store.as_ref().unwrap();
        let place = |name| store.place(&format!("{}.record", key(name)));
        fs::create_dir_all(place("b").parent().unwrap()).unwrap();
        fs::rename(place("a"), place("b")).unwrap();
        assert!(one.record::<u32>(key("b")).is_none());
    }

    #[test]
    fn the_oldest_go_when_there_is_no_room_and_what_is_in_use_stays() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["a", "b", "c", "d"] {
            let one = cache(dir.path(), 10_000);
            one.keep(key(name), &0_u32, &[name.repeat(4_000).into_bytes()]);
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        fs::write(dir.path().join("notes.txt"), "x".repeat(9_000)).unwrap();
        let now = cache(dir.path(), 10_000);
        assert!(now.record::<u32>(key("a")).is_some());
        now.keep(key("e"), &0_u32, &[b"new".to_vec()]);
        now.make_room();
        let stays = |name| {
            let record = now.record::<u32>(key(name));
            record.is_some_and(|record| now.bytes(&record.files[0]).is_some())
        };
        assert_eq!(["a", "b", "c", "d", "e"].map(stays), [true, false, false, false, true]);
        assert!(dir.path().join("notes.txt").exists());
    }

    #[test]
    fn half_files_of_killed_builds_go() {
        let dir = tempfile::tempdir().unwrap();
        let one = cache(dir.path(), LIMIT);
        one.keep(key("a"), &0_u32, &[]);
        let half = dir.path().join("00/.annexe-abc.part");
        fs::create_dir_all(half.parent().unwrap()).unwrap();
        fs::write(&half, "ha").unwrap();
        one.make_room();
        assert!(!half.exists());
        assert!(one.record::<u32>(key("a")).is_some());
    }

    #[cfg(unix)]
    #[test]
    fn a_cache_folder_that_links_out_of_the_project_is_not_used() {
        let (outside, project) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::os::unix::fs::symlink(outside.path(), project.path().join(".annexe")).unwrap();
        let (cache, finding) = Cache::open(project.path(), &Wanted::default());
        assert_eq!(finding.unwrap().rule.code, "cache/unusable");
        assert!(cache.store.is_none());
    }
}

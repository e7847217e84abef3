//! The seal of the user who builds, on what is kept in a project's own folder.
//!
//! A project is a folder that anybody may have made. If what its `.annexe/` holds were believed, a hostile
//! one could bring finished files of its own, and a build would put them down as Annexe's. So
//! each record there is sealed with a secret that lies outside all projects, in the user's own state
//! folder, and what has no such seal counts for nothing.

use std::collections::hash_map::RandomState;
use std::env;
use std::fs;
use std::hash::{BuildHasher, Hasher};
use std::io::Write;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::fingerprint::Hash;

/// What tells records that may be believed.
#[derive(Clone)]
pub enum Seal {
    /// Of a cache that the user named: a sum that shows what is broken, and no secret.
    Open,
    /// The secret of this user on this machine.
    Own([u8; 32]),
}

impl std::fmt::Debug for Seal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Seal::Open => "Open",
            Seal::Own(_) => "Own(…)",
        })
    }
}

impl Seal {
    /// The user's own, made when there is none yet.
    pub fn own() -> Result<Self, String> {
        let state = state().ok_or("there is no home folder to keep a seal in")?;
        Self::kept_in(&state.join("annexe"))
    }

    fn kept_in(folder: &Path) -> Result<Self, String> {
        let place = folder.join("seal");
        let failed = |error: &dyn std::fmt::Display| format!("{}: {error}", place.display());
        if let Some(secret) = secret(&place) {
            return Ok(Seal::Own(secret));
        }
        fs::create_dir_all(folder).map_err(|error| failed(&error))?;
        // Only its owner may read a temporary file. Another build may be quicker: its seal holds.
        let mut file = tempfile::NamedTempFile::new_in(folder).map_err(|error| failed(&error))?;
        file.write_all(&drawn()).map_err(|error| failed(&error))?;
        match file.persist_noclobber(&place) {
            Ok(_) => {}
            Err(error) if error.error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(failed(&error.error)),
        }
        secret(&place).map(Seal::Own).ok_or_else(|| failed(&"not a seal; remove it"))
    }

    /// The seal on `body` under the name `name`. Both the secret and the sum of the body have a fixed
    /// length, so nothing can be added to either.
    pub fn of(&self, name: &str, body: &[u8]) -> Hash {
        let secret = match self {
            Seal::Open => &[0; 32],
            Seal::Own(secret) => secret,
        };
        let mut sum = Sha256::new();
        sum.update(secret);
        sum.update(Sha256::digest(name.as_bytes()));
        sum.update(Sha256::digest(body));
        Hash::of(&sum.finalize())
    }
}

/// Where programs of this user keep what is nobody else's.
fn state() -> Option<PathBuf> {
    let named = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    named("XDG_STATE_HOME")
        .or_else(|| named("LOCALAPPDATA"))
        .or_else(|| named("HOME").map(|home| home.join(".local").join("state")))
}

fn secret(place: &Path) -> Option<[u8; 32]> {
    fs::read(place).ok()?.try_into().ok()
}

/// Thirty-two bytes that nobody can guess: the standard library keys its hash tables from the
/// system's own source, 128 bits of it.
fn drawn() -> [u8; 32] {
    let mut sum = Sha256::new();
    for count in 0..8_u64 {
        let mut hasher = RandomState::new().build_hasher();
        hasher.write_u64(count);
        sum.update(hasher.finish().to_le_bytes());
    }
    sum.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_is_made_once_and_differs_between_users() {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let seal = |dir: &tempfile::TempDir| {
            Seal::kept_in(&dir.path().join("annexe")).unwrap().of("name", b"body")
        };
        assert_eq!(seal(&one), seal(&one));
        assert_ne!(seal(&one), seal(&other));
        assert_ne!(seal(&one), Seal::Open.of("name", b"body"));
    }

    #[test]
    fn a_seal_holds_for_one_name_and_one_body() {
        let seal = Seal::Own([7; 32]);
        let whole = seal.of("name", b"body");
        assert_ne!(whole, seal.of("nam", b"ebody"));
        assert_ne!(whole, seal.of("name", b"body "));
    }

    #[test]
    fn what_is_no_seal_is_said() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("seal"), "short").unwrap();
        assert!(Seal::kept_in(dir.path()).unwrap_err().contains("not a seal"));
    }
}

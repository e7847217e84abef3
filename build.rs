//! Gives the library a name for what it was made of: its sources, what is built into it, the versions
//! of all it stands on, and the compiler. Two programs of one name draw the same files.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// What the program is made of, below the package's folder.
const PARTS: &[&str] = &[
    "build.rs",
    "Cargo.toml",
    "Cargo.lock",
    "src",
    "templates/editions",
    "templates/themes/standard",
    "templates/words.toml",
];

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut files = Vec::new();
    for part in PARTS {
        println!("cargo::rerun-if-changed={part}");
        gather(&root.join(part), &mut files);
    }
    files.sort();
    let mut sum = Sum::default();
    for file in &files {
        let name = file.strip_prefix(&root).unwrap_or(file).to_string_lossy().replace('\\', "/");
        sum.add(name.as_bytes());
        sum.add(&fs::read(file).unwrap_or_default());
    }
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(rustc).arg("-vV").output().map(|out| out.stdout);
    sum.add(&version.unwrap_or_default());
    for name in ["TARGET", "PROFILE", "OPT_LEVEL"] {
        sum.add(env::var(name).unwrap_or_default().as_bytes());
    }
    println!("cargo::rustc-env=ANNEXE_IDENTITY={:032x}", sum.0);
    let said = |name: &str| env::var(name).unwrap_or_default();
    println!("cargo::rustc-env=ANNEXE_TARGET={}", said("TARGET"));
    println!("cargo::rustc-env=ANNEXE_PROFILE={}", said("PROFILE"));
    println!("cargo::rustc-env=ANNEXE_FEATURES={}", said("CARGO_CFG_FEATURE"));
}

fn gather(path: &Path, files: &mut Vec<PathBuf>) {
    match fs::read_dir(path) {
        Ok(entries) => entries.flatten().for_each(|entry| gather(&entry.path(), files)),
        Err(_) => files.push(path.to_path_buf()),
    }
}

/// FNV-1a of 128 bits. It tells versions apart; nobody gains by making two of them meet.
struct Sum(u128);

impl Default for Sum {
    fn default() -> Self {
        Sum(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }
}

impl Sum {
    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes.iter().copied().chain((bytes.len() as u64).to_le_bytes()) {
            self.0 ^= u128::from(byte);
            self.0 = self.0.wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }
}

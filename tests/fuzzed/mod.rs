//! The corpora of `fuzz/`, and files that are nearly theirs: findings, never a panic.
//!
//! The changes are the same each time. `ANNEXE_FUZZ=SECONDS` goes on with others for as long, without
//! the guidance that `cargo fuzz` has.

#[path = "../../fuzz/targets.rs"]
#[allow(dead_code)]
mod targets;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Numbers without a pattern that matters, the same each time (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides.max(1) as u64).unwrap()
    }
}

/// What is put into files: bytes that mean something to some reader.
const PIECES: &[&[u8]] = &[
    b"{{",
    b"}}",
    b":::",
    b"::::: rows in=",
    b"|",
    b"[[",
    b"]]",
    b"\"",
    b"'''",
    b"#",
    b"<",
    b"&#x0;",
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\r\n",
    b"-1",
    b"1e400",
    b"99999999999999999999",
    b"=====",
    b",,,,",
    b"../..",
    b"\xe2\x80\xae",
    b"PK\x03\x04",
    b"nan",
    b"2022-02-30",
];

/// `bytes` with a few changes.
fn changed(bytes: &[u8], others: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for _ in 0..=dice.roll(4) {
        let at = dice.roll(out.len() + 1);
        let end = (at + 1 + dice.roll(40)).min(out.len());
        match dice.roll(6) {
            0 => {
                out.splice(at..at, PIECES[dice.roll(PIECES.len())].iter().copied());
            }
            1 => {
                out.drain(at.min(end)..end);
            }
            2 => {
                let again = out[at.min(end)..end].repeat(1 + dice.roll(5));
                out.splice(at..at, again);
            }
            3 if at < out.len() => out[at] ^= 1 << dice.roll(8),
            4 => {
                let other = &others[dice.roll(others.len())];
                let from = dice.roll(other.len() + 1);
                let to = (from + dice.roll(200)).min(other.len());
                out.splice(at..at, other[from..to].iter().copied());
            }
            _ => out.truncate(at),
        }
    }
    out
}

fn corpus(name: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name);
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.into_iter().map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

#[test]
fn every_file_of_the_corpora_and_many_like_them_give_findings_at_most() {
    let longer = std::env::var("ANNEXE_FUZZ").ok().and_then(|seconds| seconds.parse().ok());
    let share = Duration::from_secs(longer.unwrap_or(0)) / targets::ALL.len() as u32;
    for (name, target) in targets::ALL {
        let files = corpus(name);
        assert!(!files.is_empty(), "fuzz/corpus/{name} is empty");
        let all: Vec<Vec<u8>> = files.iter().map(|(_, bytes)| bytes.clone()).collect();
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
        let run = |bytes: &[u8], what: &str| {
            if std::panic::catch_unwind(|| target(bytes)).is_err() {
                let kept = std::env::temp_dir().join(format!("annexe-fuzz-{name}"));
                fs::write(&kept, bytes).unwrap();
                panic!("{name} panics on {what}; the file is {}", kept.display());
            }
        };
        // Parsing alone is quick; what loads a project is not.
        let many = if *name == "narrative" { 150 } else { 6 };
        for (path, bytes) in &files {
            run(bytes, &path.display().to_string());
            for _ in 0..many {
                run(&changed(bytes, &all, &mut dice), "a changed file");
            }
        }
        let clock = Instant::now();
        let mut count = 0_u64;
        while clock.elapsed() < share {
            let start = &all[dice.roll(all.len())];
            run(&changed(start, &all, &mut dice), "a changed file");
            count += 1;
        }
        if count > 0 {
            println!("{name}: {count} files");
        }
    }
}

//! `--memory`: a build in a process of its own that may take so much and no more.
//!
//! Typst cannot be told how much a layout may take, so a theme that doubles an array without end would
//! take all there is. Here the system holds the limit, the child ends by a signal when it meets it, and
//! the parent, which did nothing but wait, says what that means. Files are whole either way.

use std::env;
use std::ffi::OsString;
use std::process::{Command, ExitStatus};

use super::{Console, Outcome, report};
use crate::diag::{Finding, Findings, rules};
use crate::source::Sources;

/// What tells a child how many bytes it may take.
const BOUND: &str = "ANNEXE_BOUND_BYTES";

/// The least that any build needs: the program, its fonts, its threads.
const LEAST: u64 = 64_000_000;

/// Reads "400M", "2G" or a plain number of megabytes.
pub fn memory(text: &str) -> Result<u64, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let factor = match text.get(digits.len()..) {
        Some("" | "M" | "MB") => 1_000_000,
        Some("G" | "GB") => 1_000_000_000,
        _ => return Err("write it as 400M or 2G".to_owned()),
    };
    let count: u64 = digits.parse().map_err(|_| "write it as 400M or 2G".to_owned())?;
    let bytes = count.saturating_mul(factor);
    if bytes < LEAST { Err("no build can do with less than 64M".to_owned()) } else { Ok(bytes) }
}

/// Whether this process is a child that may not take more; if so, it may not from now on.
pub fn is_child() -> bool {
    let Some(bytes) = env::var(BOUND).ok().and_then(|bytes| bytes.parse::<u64>().ok()) else {
        return false;
    };
    limit(bytes);
    true
}

#[cfg(unix)]
fn limit(bytes: u64) {
    // Linux counts what may be written as data; address space that is only reserved is no memory.
    let resource =
        if cfg!(target_os = "linux") { rlimit::Resource::DATA } else { rlimit::Resource::AS };
    // Where it cannot be set, the parent's promise is not kept, and that must not go unsaid.
    if let Err(error) = resource.set(bytes, bytes) {
        eprintln!("annexe: memory cannot be bounded: {error}");
        std::process::exit(super::FOUND);
    }
}

#[cfg(not(unix))]
fn limit(_: u64) {
    eprintln!("annexe: memory cannot be bounded on this system");
    std::process::exit(super::FOUND);
}

/// Runs this program again with the same words, bounded, and answers as it does.
pub fn run(console: &mut Console<'_>, bytes: u64, args: &[OsString]) -> Outcome {
    let program = env::current_exe()?;
    console.out.flush()?;
    console.err.flush()?;
    let status =
        Command::new(program).args(args.iter().skip(1)).env(BOUND, bytes.to_string()).status()?;
    match status.code() {
        Some(code) => Ok(code),
        None => {
            let megabytes = bytes / 1_000_000;
            let finding = if for_want_of_memory(status) {
                let message = format!("the build took more than the {megabytes} MB that it may");
                Finding::new(&rules::BUILD_MEMORY, message)
            } else {
                Finding::new(&rules::BUILD_FAULT, "the build broke down")
            };
            let mut findings = Findings::default();
            findings.push(finding.note(format!("its process ended by {status}")));
            report::failed(console, &findings, &Sources::default())
        }
    }
}

/// Whether a child ended as one does that gets no memory: it gives up, or the system ends it.
#[cfg(unix)]
fn for_want_of_memory(status: ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;
    const GIVEN_UP: i32 = 6;
    const ENDED: i32 = 9;
    matches!(status.signal(), Some(GIVEN_UP | ENDED))
}

#[cfg(not(unix))]
fn for_want_of_memory(_: ExitStatus) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_read_in_megabytes_and_gigabytes() {
        assert_eq!(memory("400M"), Ok(400_000_000));
        assert_eq!(memory("2G"), Ok(2_000_000_000));
        assert_eq!(memory("512"), Ok(512_000_000));
        for wrong in ["", "M", "4k", "1.5G", "-1G", "10M"] {
            assert!(memory(wrong).is_err(), "{wrong}");
        }
    }
}

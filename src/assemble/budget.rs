//! How much one document may be. No honest plan comes near; a loop in a loop by mistake ends here.

use std::time::{Duration, Instant};

/// Blocks, cells, items and values that a document may be made of; long texts count more than once.
const MOST: usize = 500_000;
/// Characters that count as one.
const CHARACTERS: usize = 256;
/// The longest that a document may be in the making. Only what would be given up anyway meets it.
const LONGEST: Duration = Duration::from_secs(60);

/// What a document may still take.
#[derive(Debug)]
pub struct Budget {
    left: usize,
    until: Instant,
    said: bool,
}

impl Budget {
    /// For one document, from now.
    pub fn new() -> Self {
        Budget { left: MOST, until: Instant::now() + LONGEST, said: false }
    }

    /// Takes for one thing of `characters`.
    pub fn take(&mut self, characters: usize) {
        self.left = self.left.saturating_sub(1 + characters / CHARACTERS);
    }

    /// Whether nothing is left.
    pub fn is_spent(&self) -> bool {
        self.said || self.left == 0
    }

    /// Why nothing is left; said once.
    pub fn fault(&mut self) -> Option<String> {
        let late = Instant::now() > self.until;
        if self.said || !(late || self.left == 0) {
            return None;
        }
        self.said = true;
        Some(match late {
            true => {
                format!("this document is still in the making after {} seconds", LONGEST.as_secs())
            }
            false => format!("this document holds more than {MOST} blocks, cells and values"),
        })
    }
}

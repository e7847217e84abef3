//! Documents that were assembled, for builds that follow in the same process.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::NaiveDate;

use super::select::Job;
use crate::assemble::Assembly;

/// Assembled documents, each by what it was assembled of. One that keeps none is empty for ever.
#[derive(Debug, Default)]
pub struct Assembled {
    kept: Option<Mutex<BTreeMap<Key, Judged>>>,
    made: AtomicUsize,
}

/// What was asked for: template, edition, day, parameters.
type Key = (String, String, NaiveDate, BTreeMap<String, String>);

/// A document with what is wrong with it, and whether it has errors of its own.
pub type Judged = (Assembly, bool);

impl Assembled {
    /// For a process that goes on.
    pub fn keeping() -> Self {
        Assembled { kept: Some(Mutex::default()), made: AtomicUsize::new(0) }
    }

    /// The document of `job` as at `day`: the one that is kept, or what `make` makes.
    pub fn get(&self, job: &Job<'_>, day: NaiveDate, make: impl FnOnce() -> Judged) -> Judged {
        let name = job.template.name.clone();
        let key = (name, job.edition.clone(), day, job.parameters.clone());
        let kept = self.kept.as_ref().and_then(|kept| kept.lock().ok()?.get(&key).cloned());
        if let Some(judged) = kept {
            return judged;
        }
        let judged = make();
        self.made.fetch_add(1, Ordering::Relaxed);
        if let Some(mut kept) = self.kept.as_ref().and_then(|kept| kept.lock().ok()) {
            kept.insert(key, judged.clone());
        }
        judged
    }

    /// How many were assembled so far.
    pub fn made(&self) -> usize {
        self.made.load(Ordering::Relaxed)
    }

    /// Forgets all.
    pub fn forget(&self) {
        if let Some(mut kept) = self.kept.as_ref().and_then(|kept| kept.lock().ok()) {
            kept.clear();
        }
    }

    /// Forgets those that read any of these narrative files, and those with errors: what they would
    /// have read is not known.
    pub fn forget_readers(&self, narrative: &BTreeSet<String>) {
        if let Some(mut kept) = self.kept.as_ref().and_then(|kept| kept.lock().ok()) {
            kept.retain(|_, (assembly, faulty)| {
                !*faulty && assembly.narrative.is_disjoint(narrative)
            });
        }
    }
}

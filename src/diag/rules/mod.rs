//! Every rule there is: its stable code, its weight and what `annexe explain` says of it. One file a family.

use std::sync::LazyLock;

use crate::diag::Severity;

/// A rule that findings come from.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable code: `family/name`.
    pub code: &'static str,
    /// Weight of its findings.
    pub severity: Severity,
    /// What it finds, in one line.
    pub summary: &'static str,
    /// Why that matters.
    pub why: &'static str,
    /// What to do about it.
    pub fix: &'static str,
}

/// Declares the rules of a family and the list of them, so that none can be left out of `explain`.
macro_rules! rules {
    ($($name:ident $code:literal $severity:ident $summary:literal $why:literal $fix:literal)*) => {
        $(
            #[doc = $summary]
            pub static $name: $crate::diag::rules::Rule = $crate::diag::rules::Rule {
                code: $code,
                severity: $crate::diag::Severity::$severity,
                summary: $summary,
                why: $why,
                fix: $fix,
            };
        )*
        /// The family, in the order declared.
        pub(super) static FAMILY: &[&$crate::diag::rules::Rule] = &[$(&$name),*];
    };
}

mod charts;
mod checking;
mod cycles;
mod editions;
mod exchange;
mod figures;
mod history;
mod kinds;
mod loading;
mod making;
mod packs;
mod readability;
mod returned;
mod slips;
mod structure;
mod wording;

pub use charts::*;
pub use checking::*;
pub use cycles::*;
pub use editions::*;
pub use exchange::*;
pub use figures::*;
pub use history::*;
pub use kinds::*;
pub use loading::*;
pub use making::*;
pub use packs::*;
pub use readability::*;
pub use returned::*;
pub use slips::*;
pub use structure::*;
pub use wording::*;

/// All rules, family by family.
pub static ALL: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| {
    let families = [
        making::FAMILY,
        readability::FAMILY,
        figures::FAMILY,
        cycles::FAMILY,
        slips::FAMILY,
        history::FAMILY,
        structure::FAMILY,
        charts::FAMILY,
        returned::FAMILY,
        loading::FAMILY,
        kinds::FAMILY,
        checking::FAMILY,
        wording::FAMILY,
        editions::FAMILY,
        packs::FAMILY,
        exchange::FAMILY,
    ];
    families.concat()
});

/// The rule with this code.
pub fn find(code: &str) -> Option<&'static Rule> {
    ALL.iter().find(|rule| rule.code == code).copied()
}

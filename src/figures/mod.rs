//! Reads what authors typed, sentence by sentence, and holds its figures and claims against the data.
//!
//! [`typed`] looks at the files themselves, so that each number has its own line and column.
//! [`claims`] looks at a finished Document, where every bound figure knows its number. Both
//! would rather miss a slip than report one that is none.

mod beside;
mod claims;
mod holdings;
mod looks;
mod names;
mod negative;
mod numbers;
mod place;
mod promises;
mod rounded;
mod sentence;
mod superseded;
mod two_values;
mod typed;
mod unbound;
mod verdict;
mod words;

pub use beside::beside;
pub use claims::claims;
pub use negative::negative;
pub use promises::promises;
pub use rounded::rounded;
pub use superseded::superseded;
pub use two_values::two_values;
pub use typed::{Read, typed};
pub use unbound::{Proposal, proposals, unbound};

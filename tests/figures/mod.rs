//! Typed figures and claims: precision and recall on labelled sentences, and any text at all.

mod claims;
mod labelled;
mod own;
mod places;
mod rounded;
mod two_values;

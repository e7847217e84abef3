//! The one language of templates and narrative: Markdown, block directives, `{{ expressions }}`.
//!
//! Mask, parse, evaluate. `mask` covers each expression by a placeholder of the same
//! length, since Markdown would take the `*`, `_`, `|` and quotes inside it for its own.
//! [`parse`] lets comrak read what is left and turns its tree into [`tree`], with true
//! places. Evaluating is `assemble`'s work: an expression's value is never parsed again.
//! [`directive`] is the table of every directive there is.

mod attributed;
pub mod directive;
mod info;
mod mask;
mod parse;
pub mod tree;

pub use directive::DIRECTIVES;
pub use parse::{parse, parse_inline};

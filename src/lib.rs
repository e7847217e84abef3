//! Annexe assembles a local area's statutory documents from plan data and narrative.
//!
//! Data flows one way:
//!
//! ```text
//! load → check → assemble → Document → writers
//! ```
//!
//! * [`load`] reads a project folder into a [`project::Project`], every value with its place.
//! * [`check`] asks whether the project agrees with itself; its answers are [`diag::Finding`]s.
//! * [`assemble`] makes a [`document::Document`] of a template, for one edition as at one day.
//!   Every choice about content is made there, once.
//! * [`readability`] holds a document's words against the limits of its edition.
//! * [`slips`] looks for slips of the hand in what officers typed.
//! * [`pairs`] asks whether sections of one edition are still answered by those of another.
//! * [`mod@write`] draws a Document as PDF, Word or text, and knows nothing else.
//! * [`build`] runs them all for the documents that were asked for, and puts the files down whole.
//!
//! [`cli`] is the command line over these.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod assemble;
pub mod build;
pub mod check;
pub mod cli;
pub mod diag;
pub mod diff;
pub mod document;
pub mod exchange;
pub mod figures;
pub mod load;
pub mod narrative;
pub mod pairs;
pub mod plan;
pub mod project;

pub mod prose;
pub mod readability;
pub mod returned;
pub mod slips;
pub mod source;
pub mod theme;
pub mod write;

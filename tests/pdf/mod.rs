//! The PDF writer: what it draws, and that it is PDF/UA.

mod attached;
mod content;
mod drawings;
mod faults;
mod file;
mod look;
pub mod theme;

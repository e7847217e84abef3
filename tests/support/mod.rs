//! What the tests of several areas share.

pub mod pdf_text;
pub mod sample;
pub mod tables;

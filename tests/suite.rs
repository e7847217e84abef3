//! The integration tests: one binary, one module an area. Each binary links Typst, about 70 MB.

mod charts;
mod check;
mod cli;
mod cycles;
mod data;
mod documents;
mod docx;
mod editions;
mod figures;
mod fuzzed;
mod html;
mod kinds;
mod load;
mod narrative;
mod packs;
mod pages;
mod pdf;
mod plan;
mod returned;
mod statement;
mod structure;
mod support;
mod wording;

//! All integration tests, in one binary: each one links Typst.

mod load;

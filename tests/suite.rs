<<<<<<< HEAD
//! The integration tests: one binary, one module an area. Each binary links Typst, about 70 MB.

mod cli;
mod pdf;
mod support;
=======
//! All integration tests, in one binary: each one links Typst.

mod load;
>>>>>>> plan

//! One integration binary: each one links Typst, about 70 MB.

mod docx;

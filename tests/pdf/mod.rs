//! The PDF writer: what it draws, and that it is PDF/UA.

mod look;

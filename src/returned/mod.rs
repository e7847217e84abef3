//! Word files that come back: what colleagues changed in them, placed in the files it came from.
//!
//! Every paragraph of a Word file says where it came from ([`crate::write::docx::homes`]). `package` opens a
//! file that somebody sent, `read` reads its paragraphs, `compare` tells which is which and what changed,
//! `place` finds the words in the author's files by `lex`, or the field of the plan by `fields`, and
//! [`mod@verify`] makes the document again as if the changes were taken, and sees that it says what the file
//! says. What cannot be placed is listed with the reason; nothing is dropped.

mod built;
mod comments;
mod compare;
mod conflicts;
mod escape;
mod fields;
mod home;
mod lex;
mod notes;
mod package;
mod patch;
mod place;
mod read;
mod reading;
mod review;
mod show;
pub mod verify;

pub use comments::Comment;
pub use notes::{Note, comments_file, record as record_comments, resolve, standing};
pub use package::PACKED_BYTES;
pub use place::{Meaning, TextEdit};
pub use review::{Asked, Change, Copy, Effect, Remark, Review, review, takeable};
pub use show::shown;

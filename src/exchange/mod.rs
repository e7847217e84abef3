//! Plan data to and from spreadsheets.
//!
//! [`import`] reads CSV and XLSX into the plan's TOML; [`export`] writes a sheet that owners fill
//! in. There is no second list of fields here: what a record has, and of which type, comes from
//! the schema that the loader's own readers describe, and an imported row is judged by loading
//! the project as if the row stood in it already.

mod claims;
mod column;
mod convert;
mod csv;
mod dates;
mod export;

mod import;
mod kind;
mod locate;
mod mapping;
mod merge;
mod package;
mod table;
mod toml_value;
mod xlsx;

pub use export::{Exported, export};
pub use import::{Imported, Request, import};
pub use kind::{Kind, Misnamed};
pub use merge::Change;

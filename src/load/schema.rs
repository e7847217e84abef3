//! JSON Schemas of the data files, made from the same code that reads them.
//!
//! A TOML editor takes them from a file's first line (`#:schema ../../docs/schema/plan.json`)
//! and then offers keys, explains them and marks slips while somebody types.

use serde_json::{Value as Json, json};

use crate::load::dataset::DatasetFile;
use crate::load::declared;
use crate::load::edition::Profile;
use crate::load::kind_file::KindFile;
use crate::load::pack::PackFile;
use crate::load::picture::Index;
use crate::load::project::{AcknowledgedFile, ProjectFile};
use crate::load::record::{FromTable, Record};
use crate::load::wording::{AgreedSections, WordsFile};
use crate::plan::{Kinds, Plan};

/// Of `content/plan/*.toml`.
pub fn plan() -> Json {
    schema::<Plan>("Plan data")
}

/// Of `content/plan/*.toml` in a project with these kinds.
pub fn plan_with(kinds: &Kinds) -> Json {
    let mut schema = plan();
    declared::describe(&mut schema, kinds);
    schema
}

/// Of `content/kinds/*.toml`.
pub fn kind() -> Json {
    schema::<KindFile>("Kind of record")
}

/// Of `content/project.toml`.
pub fn project() -> Json {
    schema::<ProjectFile>("Project")
}

/// Of `content/acknowledged.toml`.
pub fn acknowledged() -> Json {
    schema::<AcknowledgedFile>("Acknowledged findings")
}

/// Of `content/data/*.toml`.
pub fn dataset() -> Json {
    schema::<DatasetFile>("Dataset")
}

/// Of `templates/editions/*.toml`.
pub fn edition() -> Json {
    schema::<Profile>("Edition")
}

/// Of `content/images/index.toml`.
pub fn images() -> Json {
    schema::<Index>("Picture library")
}

/// Of `content/words.toml`.
pub fn words() -> Json {
    schema::<WordsFile>("Hard words")
}

/// Of `content/agreed/*.toml`.
pub fn agreed() -> Json {
    schema::<AgreedSections>("Agreed sections")
}

/// Of `content/packs/*.toml`.
pub fn pack() -> Json {
    schema::<PackFile>("Pack")
}

/// All of them, by file name.
pub fn all() -> [(&'static str, Json); 10] {
    [
        ("plan.json", plan()),
        ("project.json", project()),
        ("acknowledged.json", acknowledged()),
        ("dataset.json", dataset()),
        ("edition.json", edition()),
        ("images.json", images()),
        ("words.json", words()),
        ("agreed.json", agreed()),
        ("pack.json", pack()),
        ("kind.json", kind()),
    ]
}

fn schema<T: FromTable>(title: &str) -> Json {
    let mut schema =
        json!({ "$schema": "http://json-schema.org/draft-07/schema#", "title": title });
    if let (Some(schema), Json::Object(record)) = (schema.as_object_mut(), Record::describe::<T>())
    {
        schema.extend(record);
    }
    schema
}

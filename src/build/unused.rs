//! Content that no document uses: known only once every document is assembled.

use std::collections::BTreeSet;

use crate::assemble::Assembly;
use crate::diag::{Finding, rules};
use crate::project::Project;

/// A finding for each narrative file and image that none of `assemblies` took in.
pub fn content<'a>(
    project: &Project,
    assemblies: impl Iterator<Item = &'a Assembly>,
) -> Vec<Finding> {
    let (mut read, mut shown) = (BTreeSet::new(), BTreeSet::new());
    for made in assemblies {
        read.extend(&made.narrative);
        shown.extend(made.document.assets.keys());
    }
    let narrative = project
        .narrative
        .keys()
        .filter(|path| !read.contains(path))
        .map(|path| (format!("content/{path}"), "include it, or delete it"));
    let images = project
        .images
        .keys()
        .filter(|name| !shown.contains(name))
        .map(|name| (format!("content/images/{name}"), "show it, or delete it"));
    narrative
        .chain(images)
        .map(|(path, help)| {
            Finding::new(&rules::FILE_UNUSED, format!("no document uses {path}"))
                .in_file(path)
                .help(help)
        })
        .collect()
}

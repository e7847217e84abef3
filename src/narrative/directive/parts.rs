//! Directives that open a part of a document, and the word list at its end.

use super::{Body, DirectiveSpec, Head, LABELS, SUMMARY, expression, words};

/// The family.
pub(super) static FAMILY: &[DirectiveSpec] = &[
    DirectiveSpec {
        name: "opener",
        head: Head::None,
        attributes: &[
            words("number", "the number of its heading, set large"),
            words("label", "a line over the heading: the name of a group"),
            words("id", "the id of its heading, where that comes from data"),
            expression("about", "the record it opens, for findings"),
            expression("parts", "the parts that must follow, each under a heading with its id"),
        ],
        body: Body::Blocks,
        makes: "the start of a part, on a new page: a heading, and what stands with it; not inside another block",
    },
    DirectiveSpec {
        name: "glossary",
        head: Head::None,
        attributes: &[
            words("show", "terms: those with a meaning; short: short forms; all when absent"),
            words("meaning", "easy: the meanings in easy words; the full ones when absent"),
            words(
                "used",
                "only: just the terms that the document uses; all: every one; only when absent and the meanings are easy",
            ),
            LABELS,
            SUMMARY,
        ],
        body: Body::None,
        makes: "the glossary, from A to Z",
    },
];

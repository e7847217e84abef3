//! Directives that set words apart: boxes, quotes, figures, pictures.

use super::{AttributeSpec, Body, CAPTION, DirectiveSpec, Head, needed, words};

const IMAGE: AttributeSpec =
    needed(words("image", "an id of the picture library, or a file in content/images/"));
const ALT: AttributeSpec =
    words("alt", "what it shows; as the library says when absent; empty only for decoration");

/// The family.
pub(super) static FAMILY: &[DirectiveSpec] = &[
    DirectiveSpec {
        name: "lead",
        head: Head::None,
        attributes: &[],
        body: Body::Blocks,
        makes: "opening paragraphs, set a little larger",
    },
    DirectiveSpec {
        name: "note",
        head: Head::None,
        attributes: &[],
        body: Body::Blocks,
        makes: "source lines and remarks, set smaller",
    },
    DirectiveSpec {
        name: "callout",
        head: Head::Choice(&["spotlight", "note", "decision"]),
        attributes: &[words("title", "a bold line at its head")],
        body: Body::Blocks,
        makes: "a box that stands out",
    },
    DirectiveSpec {
        name: "quote",
        head: Head::None,
        attributes: &[
            words("by", "who said it: \"Parent\", or \"Mother of two\""),
            words("kind", "the kind of person, where `by` says more than that"),
        ],
        body: Body::Blocks,
        makes: "what somebody said",
    },
    DirectiveSpec {
        name: "key-figures",
        head: Head::None,
        attributes: &[],
        body: Body::List,
        makes: "large numbers: each item is `number | label | note`, the note optional",
    },
    DirectiveSpec {
        name: "figure",
        head: Head::None,
        attributes: &[IMAGE, ALT, CAPTION],
        body: Body::None,
        makes: "a picture",
    },
    DirectiveSpec {
        name: "picture-row",
        head: Head::None,
        attributes: &[IMAGE, ALT],
        body: Body::Blocks,
        makes: "easy read: the picture at the left, the words at the right",
    },
];

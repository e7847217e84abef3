//! Directives that shape a document: loops, choices, includes, pages.

use super::{Body, DirectiveSpec, Head, needed, number, words};

/// The family.
pub(super) static FAMILY: &[DirectiveSpec] = &[
    DirectiveSpec {
        name: "for",
        head: Head::Loop,
        attributes: &[],
        body: Body::Blocks,
        makes: "its body once for each item of a list: `for x in plan.objectives`",
    },
    DirectiveSpec {
        name: "if",
        head: Head::Expression,
        attributes: &[],
        body: Body::Blocks,
        makes: "its body when the expression is true",
    },
    DirectiveSpec {
        name: "only",
        head: Head::Words,
        attributes: &[],
        body: Body::Blocks,
        makes: "its body in the editions that are named, and in those based on them",
    },
    DirectiveSpec {
        name: "except",
        head: Head::Words,
        attributes: &[],
        body: Body::Blocks,
        makes: "its body in all editions but those that are named, and those based on them",
    },
    DirectiveSpec {
        name: "dated",
        head: Head::None,
        attributes: &[
            needed(words("on", "the day they were written for")),
            words("until", "the last day they hold for; only their own when absent"),
        ],
        body: Body::Blocks,
        makes: "words written for a day: in a document of another day, a line that they are left out",
    },
    DirectiveSpec {
        name: "include",
        head: Head::Path,
        attributes: &[
            number("shift", "adds to the level of each heading in the file"),
            words(
                "otherwise",
                "what stands there when there is no such file, which may be nothing",
            ),
        ],
        body: Body::None,
        makes: "another narrative file of content/",
    },
    DirectiveSpec {
        name: "section",
        head: Head::Choice(&["portrait", "landscape"]),
        attributes: &[],
        body: Body::Blocks,
        makes: "a run of pages of that orientation; not inside another block",
    },
    DirectiveSpec {
        name: "toc",
        head: Head::None,
        attributes: &[
            number("depth", "the deepest heading level listed; 2 when absent"),
            words("title", "its title; \"Contents\" when absent"),
        ],
        body: Body::None,
        makes: "the list of headings with page numbers",
    },
    DirectiveSpec {
        name: "page-break",
        head: Head::None,
        attributes: &[],
        body: Body::None,
        makes: "a new page",
    },
];

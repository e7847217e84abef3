//! Directives that show a written statement of action.

use super::{AttributeSpec, Body, DirectiveSpec, Head, LABELS, SUMMARY, expression, number, words};

const WORKSTREAM: AttributeSpec =
    expression("workstream", "only this workstream's rows: its id or name; all when empty");
const RATING: AttributeSpec =
    expression("rag", "only rows with this rating: its id, letter or word; all when empty");
const AREA: AttributeSpec =
    expression("area", "only this area's rows: its id or name; all when empty");
const DUE_FROM: AttributeSpec =
    expression("due-from", "only rows first due in this month or on this day, or later");
const DUE_TO: AttributeSpec =
    expression("due-to", "only rows first due in this month or on this day, or before");
const RATINGS: AttributeSpec = expression(
    "ratings",
    "declared: as the plan gives them; computed: by the scheme; declared when empty",
);
const LINKED: AttributeSpec =
    expression("linked", "true: refs lead to the findings in this document's statement-plan");

/// The family.
pub(super) static FAMILY: &[DirectiveSpec] = &[
    DirectiveSpec {
        name: "statement-summary",
        head: Head::None,
        attributes: &[WORKSTREAM, RATING, AREA, DUE_FROM, DUE_TO, RATINGS, LINKED, LABELS, SUMMARY],
        body: Body::None,
        makes: "a statement of action in figures: responses by rating and percent complete, for each finding, area and in all",
    },
    DirectiveSpec {
        name: "statement-plan",
        head: Head::None,
        attributes: &[
            WORKSTREAM,
            RATING,
            AREA,
            DUE_FROM,
            DUE_TO,
            RATINGS,
            number("level", "the level of the areas' headings; 2 when absent"),
            LABELS,
            SUMMARY,
        ],
        body: Body::None,
        makes: "a statement of action: under each area and finding a table of responses and their steps",
    },
    DirectiveSpec {
        name: "ratings-to-review",
        head: Head::None,
        attributes: &[
            WORKSTREAM,
            RATING,
            AREA,
            DUE_FROM,
            DUE_TO,
            LINKED,
            words("none", "what stands there when no rating is to be reviewed"),
            LABELS,
            SUMMARY,
        ],
        body: Body::None,
        makes: "responses and steps whose declared rating the scheme's rules contradict, and why",
    },
];

//! Directives that tell what changed between two days.

use super::{AttributeSpec, Body, DirectiveSpec, Head, LABELS, SUMMARY, expression, needed, words};

const OBJECTIVE: AttributeSpec =
    expression("objective", "only this objective's; everything when absent or none");
const NONE: AttributeSpec = words("none", "what stands there when there are no rows");

/// The family.
pub(super) static FAMILY: &[DirectiveSpec] = &[
    DirectiveSpec {
        name: "headline",
        head: Head::None,
        attributes: &[OBJECTIVE],
        body: Body::None,
        makes: "a paragraph of what changed since `document.since`: counts and movements, no more",
    },
    DirectiveSpec {
        name: "changes-by-objective",
        head: Head::None,
        attributes: &[
            needed(expression("within", "how many days ahead to count what falls due")),
            LABELS,
            SUMMARY,
        ],
        body: Body::None,
        makes: "a row of counts for each objective, and one of all of them",
    },
    DirectiveSpec {
        name: "exceptions",
        head: Head::None,
        attributes: &[OBJECTIVE, NONE, LABELS, SUMMARY],
        body: Body::None,
        makes: "what is overdue or rated as an exception, and how it was rated before",
    },
    DirectiveSpec {
        name: "off-target",
        head: Head::None,
        attributes: &[OBJECTIVE, NONE, LABELS, SUMMARY],
        body: Body::None,
        makes: "KPIs whose latest figure misses its target, and how they were rated before",
    },
    DirectiveSpec {
        name: "done-since",
        head: Head::None,
        attributes: &[OBJECTIVE, NONE, LABELS, SUMMARY],
        body: Body::None,
        makes: "actions and milestones that were completed since",
    },
    DirectiveSpec {
        name: "dates-moved",
        head: Head::None,
        attributes: &[OBJECTIVE, NONE, LABELS, SUMMARY],
        body: Body::None,
        makes: "due dates that were moved since: from, to, how often and why",
    },
    DirectiveSpec {
        name: "due-next",
        head: Head::None,
        attributes: &[
            needed(expression("within", "how many days ahead")),
            OBJECTIVE,
            NONE,
            LABELS,
            SUMMARY,
        ],
        body: Body::None,
        makes: "what is still to be done and due in the days that follow, and who answers for it",
    },
    DirectiveSpec {
        name: "figures-moved",
        head: Head::None,
        attributes: &[
            OBJECTIVE,
            words("of", "all: every KPI; new: those with a new figure; new when absent"),
            NONE,
            LABELS,
            SUMMARY,
        ],
        body: Body::None,
        makes: "KPIs with the figure before, the figure now, which way it went, and the target",
    },
    DirectiveSpec {
        name: "risks-moved",
        head: Head::None,
        attributes: &[OBJECTIVE, NONE, LABELS, SUMMARY],
        body: Body::None,
        makes: "risks that were raised, closed or rated anew since, and those rated as exceptions",
    },
];

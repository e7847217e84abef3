//! Directives that show the plan’s records.

use super::{Body, CAPTION, DirectiveSpec, Head, LABELS, SUMMARY, expression, words};

/// The family.
pub(super) static FAMILY: &[DirectiveSpec] = &[
    DirectiveSpec {
        name: "actions",
        head: Head::None,
        attributes: &[
            expression("objective", "only this objective's; all actions when absent"),
            LABELS,
            SUMMARY,
        ],
        body: Body::None,
        makes: "actions, each with its milestones, who answers, when, and its rating",
    },
    DirectiveSpec {
        name: "impact-measures",
        head: Head::None,
        attributes: &[
            expression("objective", "only this objective's; all measures when absent"),
            LABELS,
            SUMMARY,
        ],
        body: Body::None,
        makes: "KPIs and why each shows improvement; one reason may stand beside several",
    },
    DirectiveSpec {
        name: "scorecard",
        head: Head::None,
        attributes: &[
            expression("objective", "only this objective's; all KPIs when absent"),
            LABELS,
            SUMMARY,
        ],
        body: Body::None,
        makes: "KPIs with baseline, and target, rating and actual for each period",
    },
    DirectiveSpec {
        name: "rag-key",
        head: Head::None,
        attributes: &[
            words("of", "what the scheme rates: action, kpi, risk or response; action when absent"),
            LABELS,
            SUMMARY,
        ],
        body: Body::None,
        makes: "the key of the document's rating scheme",
    },
    DirectiveSpec {
        name: "governance",
        head: Head::None,
        attributes: &[
            words("structure", "only the bodies of this structure; all bodies when absent"),
            words("alt", "what the diagram shows; made from the data when absent"),
            words("reports", "what a solid line means"),
            words("informs", "what a dashed line means"),
            words("challenges", "what a heavy line means"),
            CAPTION,
        ],
        body: Body::None,
        makes: "the governance bodies as a drawn diagram",
    },
    DirectiveSpec {
        name: "phases",
        head: Head::None,
        attributes: &[words("here", "the mark on the phase that the as-at date falls in")],
        body: Body::None,
        makes: "the phases of the programme, side by side",
    },
];

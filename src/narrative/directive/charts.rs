//! Directives that draw figures: charts of datasets, tiles of measures, timelines.

use super::{Body, CAPTION, DirectiveSpec, Head, SUMMARY, expression, needed, words};

/// The family.
pub(super) static FAMILY: &[DirectiveSpec] = &[
    DirectiveSpec {
        name: "chart",
        head: Head::Name,
        attributes: &[
            needed(words("title", "what it shows, in a line over it")),
            words(
                "kind",
                "bars, columns, stacked-bars, stacked-columns, lines or donut; lines for three or more times, else bars, when absent",
            ),
            words(
                "columns",
                "the columns whose numbers are drawn, divided by commas; all when absent",
            ),
            words(
                "where",
                "only these rows: \"area=Riverside|England; period=2021/22\"; all when absent",
            ),
            words(
                "x",
                "what stands along the axis: a key column, or \"columns\"; the time or the first that varies when absent",
            ),
            words(
                "series",
                "what is compared at each: a key column, or \"columns\"; what else varies when absent",
            ),
            words(
                "panels",
                "small charts side by side, one for each word of this key column, or \"columns\"",
            ),
            words(
                "comparator",
                "what stands for comparison, drawn in grey: \"England\"; several divided by |",
            ),
            words("order", "\"value\": the highest first; as in the file when absent"),
            words("axis", "what the numbers are, over the plot; the column's name when absent"),
            words("whole", "what the parts of a donut make: a column, or words for 100%"),
            CAPTION,
            words(
                "alt",
                "what it shows, for people who hear it; made from the numbers when absent",
            ),
            words("id", "its name for links: [the chart](#name)"),
            words(
                "table",
                "where its numbers stand: \"below\", \"#id\" of a data-table, or \"annex\", the next chart-tables; annex when absent",
            ),
            words(
                "note",
                "what stands under it when an identity fails for its rows; the arithmetic when absent",
            ),
        ],
        body: Body::None,
        makes: "a chart of a dataset of content/data, with its source under it",
    },
    DirectiveSpec {
        name: "chart-tables",
        head: Head::None,
        attributes: &[],
        body: Body::None,
        makes: "the tables of the charts before it, each linked with its chart",
    },
    DirectiveSpec {
        name: "gap",
        head: Head::None,
        attributes: &[
            needed(words("chart", "what would be shown")),
            needed(words("why", "why it cannot be, in a sentence")),
        ],
        body: Body::None,
        makes: "a line in place of a chart for which there are no numbers; `check` lists it",
    },
    DirectiveSpec {
        name: "kpi-tiles",
        head: Head::None,
        attributes: &[
            expression("objective", "only this objective's; all KPIs when absent"),
            words("kpis", "only these, in this order: ids divided by commas"),
            SUMMARY,
        ],
        body: Body::None,
        makes: "KPIs side by side: figure, change, target, rating and a small line",
    },
    DirectiveSpec {
        name: "timeline",
        head: Head::None,
        attributes: &[
            needed(words("title", "what it shows, in a line over it")),
            words("of", "events, phases or both; both when absent"),
            words("from", "only what ends on this day or in this month, or later: 2022-04"),
            words("to", "only what starts on this day or in this month, or before"),
            words("today", "the words of the mark on the as-at day; no mark when absent"),
            words("alt", "what it shows, for people who hear it; made from the data when absent"),
            words("labels", "the column heads of the table under it, divided by |"),
            SUMMARY,
        ],
        body: Body::None,
        makes: "events and phases of the plan along a line of time, and a table of them",
    },
];

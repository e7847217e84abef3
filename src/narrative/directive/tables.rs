//! Directives that make tables of lists and datasets.

use super::{
    Body, CAPTION, DirectiveSpec, Head, LABELS, SUMMARY, expression, needed, number, words,
};

/// The family.
pub(super) static FAMILY: &[DirectiveSpec] = &[
    DirectiveSpec {
        name: "fields",
        head: Head::None,
        attributes: &[SUMMARY],
        body: Body::Lines,
        makes: "a table of `Label: words`, one line a row",
    },
    DirectiveSpec {
        name: "rows",
        head: Head::None,
        attributes: &[
            needed(expression("in", "the list")),
            needed(words("as", "the name of one item in the row's cells")),
            words("role", "the look of the table; \"plain\" when absent"),
            words("widths", "each column's share, divided by spaces"),
            number("rowhead", "the column that heads its row, from 1"),
            words("band", "words over the rows that share them, such as \"{{ point.theme }}\""),
            words("bandnote", "more about those rows, under the band's words"),
            SUMMARY,
            CAPTION,
        ],
        body: Body::Table,
        makes: "a table with the row of cells in its body once for each item of a list",
    },
    DirectiveSpec {
        name: "matrix",
        head: Head::None,
        attributes: &[
            needed(expression("in", "the list")),
            needed(words("as", "the name of one item in `across`, `down` and `item`")),
            needed(expression(
                "across",
                "what decides an item's column; a list puts it in several",
            )),
            needed(expression("down", "what decides its row")),
            needed(words("corner", "the head of the first column: \"Likelihood by impact\"")),
            expression(
                "columns",
                "the columns there are, in order; those that come up when absent",
            ),
            expression("rows", "the rows there are, in order: [5,4,3,2,1]"),
            words("show", "count or list; count when absent"),
            words("item", "what an item is shown as in a list, such as \"{{ risk.id }}\""),
            words("empty", "what a cell without items says; 0 or None when absent"),
            expression("rating", "what colours a cell, from `across`, `down`, `count`, `items`"),
            words("scheme", "the id of the scheme whose ratings colour cells"),
            SUMMARY,
            CAPTION,
        ],
        body: Body::None,
        makes: "a table of a list by two of its fields: a heat map of risks, actions by partner",
    },
    DirectiveSpec {
        name: "data-table",
        head: Head::Name,
        attributes: &[
            words("columns", "the columns to show, divided by commas; all when absent"),
            words(
                "where",
                "only these rows: \"area=Riverside|England; period=2021/22\"; all when absent",
            ),
            words("band", "a column of the key whose words stand over the rows that share them"),
            words("widths", "each column's share, divided by spaces"),
            SUMMARY,
            words("caption", "a visible line over the table; the dataset's title when absent"),
            words(
                "note",
                "what stands under it when an identity fails for its rows; the arithmetic when absent",
            ),
            words("id", "its name for links, and for the table=\"#id\" of charts"),
        ],
        body: Body::None,
        makes: "a table of a dataset of content/data, with its source under it",
    },
    DirectiveSpec {
        name: "figure-register",
        head: Head::None,
        attributes: &[LABELS, SUMMARY],
        body: Body::None,
        makes: "the document's figures, part by part: value, period, source, and where each is used",
    },
];

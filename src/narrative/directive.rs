//! The table of directives: each name, what it takes, what it makes. `annexe help directives` prints it.

/// One directive.
#[derive(Debug)]
pub struct DirectiveSpec {
    /// Its name after the colons.
    pub name: &'static str,
    /// What stands between the name and the attributes.
    pub head: Head,
    /// Its attributes.
    pub attributes: &'static [AttributeSpec],
    /// What it holds.
    pub body: Body,
    /// What it makes, in one line.
    pub makes: &'static str,
}

/// What stands between a directive's name and its attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Head {
    /// Nothing.
    None,
    /// `NAME in EXPRESSION`: a name for each item, and the list.
    Loop,
    /// An expression, to the end of the line.
    Expression,
    /// A path below `content/`.
    Path,
    /// The name of a dataset.
    Name,
    /// Words divided by spaces.
    Words,
    /// One of these words.
    Choice(&'static [&'static str]),
}

/// One attribute of a directive.
#[derive(Debug)]
pub struct AttributeSpec {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// Whether it must be there.
    pub required: bool,
    /// What it does, in one line.
    pub doc: &'static str,
}

/// What an attribute takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Words in quotes, which may hold expressions.
    Words,
    /// An expression.
    Expression,
    /// A whole number.
    Number,
}

/// What a directive holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body {
    /// Nothing.
    None,
    /// Any blocks.
    Blocks,
    /// One table: a header row and a row to repeat.
    Table,
    /// Lines of `Label: words`.
    Lines,
    /// One list.
    List,
}

const fn words(name: &'static str, doc: &'static str) -> AttributeSpec {
    AttributeSpec { name, takes: Takes::Words, required: false, doc }
}

const fn expression(name: &'static str, doc: &'static str) -> AttributeSpec {
    AttributeSpec { name, takes: Takes::Expression, required: false, doc }
}

const fn number(name: &'static str, doc: &'static str) -> AttributeSpec {
    AttributeSpec { name, takes: Takes::Number, required: false, doc }
}

const fn needed(spec: AttributeSpec) -> AttributeSpec {
    AttributeSpec { required: true, ..spec }
}

const LABELS: AttributeSpec = words("labels", "the column heads, divided by |");
const SUMMARY: AttributeSpec = words(
    "summary",
    "what the table holds, for people who hear it; a plain one is made when absent",
);
const CAPTION: AttributeSpec =
    words("caption", "a visible line over the table or under the picture");

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

/// Every directive there is.
pub static DIRECTIVES: &[DirectiveSpec] = &[
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
        makes: "its body in the editions that are named",
    },
    DirectiveSpec {
        name: "include",
        head: Head::Path,
        attributes: &[number("shift", "adds to the level of each heading in the file")],
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
        attributes: &[words("by", "who said it, as a kind of person: \"Parent\"")],
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
        attributes: &[
            needed(words("image", "a file in content/images/")),
            words("alt", "what it shows; empty only for decoration"),
            CAPTION,
        ],
        body: Body::None,
        makes: "a picture",
    },
    DirectiveSpec {
        name: "picture-row",
        head: Head::None,
        attributes: &[
            needed(words("image", "a file in content/images/")),
            words("alt", "what it shows; empty only for decoration"),
        ],
        body: Body::Blocks,
        makes: "easy read: the picture at the left, the words at the right",
    },
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
        name: "data-table",
        head: Head::Name,
        attributes: &[
            words("columns", "the columns to show, divided by commas; all when absent"),
            words(
                "where",
                "only these rows: \"area=Riverside|England; period=2021/22\"; all when absent",
            ),
            SUMMARY,
            words("caption", "a visible line over the table; the dataset's title when absent"),
        ],
        body: Body::None,
        makes: "a table of a dataset of content/data, with its source under it",
    },
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
    DirectiveSpec {
        name: "governance",
        head: Head::None,
        attributes: &[
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

/// The directive called `name`.
pub fn find(name: &str) -> Option<&'static DirectiveSpec> {
    DIRECTIVES.iter().find(|d| d.name == name)
}

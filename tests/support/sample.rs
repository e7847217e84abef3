//! A Document that uses every kind of block and inline, for the writers' tests.

use std::collections::BTreeMap;
use std::sync::Arc;

use annexe::document::*;
use chrono::NaiveDate;

pub use super::tables::{actions_table, scorecard_table};
use super::tables::{column, head, status, status_cell, text};

/// The document: about a made-up area, ten pages or so.
pub fn sample_document() -> Document {
    Document { meta: meta(), blocks: blocks(), assets: assets() }
}

/// Its properties.
pub fn meta() -> Meta {
    Meta {
        name: "sample".into(),
        title: "Riverside progress plan".into(),
        area: "Riverside".into(),
        subject: "What Riverside's SEND partners do, by when, and how it shows.".into(),
        keywords: vec!["SEND".into(), "progress plan".into()],
        author: "Riverside SEND Partnership Board".into(),
        language: "en-GB".into(),
        form: Default::default(),
        edition: "full".into(),
        as_at: NaiveDate::from_ymd_opt(2022, 4, 30).unwrap(),
        running_head: "Riverside progress plan".into(),
        running_foot: "As at 30 April 2022".into(),
    }
}

fn assets() -> BTreeMap<String, Asset> {
    let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" width="120" height="90" viewBox="0 0 120 90">
<rect width="120" height="90" fill="#EEF4F5"/><rect x="34" y="14" width="52" height="62" rx="4" fill="#FFFFFF" stroke="#0B5F6B" stroke-width="3"/>
<path d="M44 32h32M44 44h32M44 56h20" stroke="#1B2440" stroke-width="4" fill="none"/><circle cx="84" cy="68" r="14" fill="#1B7A3D"/>
<path d="M77 68l5 5 9-10" stroke="#FFFFFF" stroke-width="4" fill="none"/></svg>"##;
    let picture = Asset {
        format: ImageFormat::Svg,
        bytes: Arc::from(svg.as_bytes()),
        width: 120.0,
        height: 90.0,
    };
    // A one-pixel PNG, so that a bitmap goes through every writer too.
    let pixel: &[u8] = &[
        0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, 0x49, 0x48, 0x44, 0x52, 0,
        0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0, 0x90, 0x77, 0x53, 0xDE, 0, 0, 0, 0x0C, 0x49, 0x44,
        0x41, 0x54, 8, 0xD7, 0x63, 0xF8, 0xCF, 0xC0, 0, 0, 3, 1, 1, 0, 0x18, 0xDD, 0x8D, 0xB0, 0,
        0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
    ];
    let dot = Asset { format: ImageFormat::Png, bytes: Arc::from(pixel), width: 60.0, height: 6.0 };
    BTreeMap::from([("plan-on-time.svg".to_owned(), picture), ("rule.png".to_owned(), dot)])
}

fn heading(level: u8, number: &str, words: &str, anchor: &str) -> Block {
    Block::new(BlockKind::Heading(Heading {
        level,
        number: (!number.is_empty()).then(|| number.to_owned()),
        content: text(words),
        anchor: anchor.to_owned(),
        covers: Vec::new(),
    }))
}

fn paragraph(role: ParagraphRole, content: Vec<Inline>) -> Block {
    Block::new(BlockKind::Paragraph(Paragraph { role, content }))
}

fn blocks() -> Vec<Block> {
    let mut blocks = vec![
        Block::new(BlockKind::Cover(Cover {
            area: "Riverside".into(),
            title: "Accelerated progress plan for children with SEND".into(),
            subtitle: Some("Annex A: what we do, by when, and how it will show".into()),
            lines: vec!["Second cycle".into(), "As at 30 April 2022".into(), "Published".into()],
            partners: vec![
                "Riverside Council".into(),
                "Riverside Integrated Care Board".into(),
                "Riverside Parent Carer Forum".into(),
            ],
            label: None,
            picture: None,
        })),
        Block::new(BlockKind::Contents(Contents {
            title: "Contents".into(),
            depth: 2,
            pictures: BTreeMap::new(),
        })),
    ];
    blocks.extend(narrative());
    blocks.extend(governance());
    blocks.push(Block::new(BlockKind::Section(Section {
        orientation: Orientation::Landscape,
        blocks: plan(),
    })));
    blocks.extend(closing());
    blocks
}

/// Running text: every inline, lists, boxes.
fn narrative() -> Vec<Block> {
    let figure = |text: &str, path: &str| {
        Inline::Figure(Box::new(Figure {
            text: text.into(),
            path: path.into(),
            unit: Some("percent".into()),
            at: Some("April 2022".into()),
            source: Some("Case management system".into()),
            ..Figure::default()
        }))
    };
    let list = |start, items: Vec<Vec<Block>>| Block::new(BlockKind::List(List { start, items }));
    vec![
        heading(1, "1", "Where we are", "where-we-are"),
        paragraph(
            ParagraphRole::Lead,
            text("Children in Riverside waited too long for a plan. Most no longer do."),
        ),
        paragraph(
            ParagraphRole::Body,
            vec![
                Inline::text("Plans issued within 20 weeks rose from "),
                figure("53%", "kpi.T1.baseline"),
                Inline::text(" to "),
                figure("63%", "kpi.T1.actual"),
                Inline::text(" in a year"),
                Inline::Footnote {
                    content: text(
                        "Twelve months rolling, to April 2022. Source: case management system.",
                    ),
                },
                Inline::text(". The "),
                Inline::Emphasis { content: text("whole") },
                Inline::text(" team worked on it, and "),
                Inline::strong("no child waited longer than 40 weeks"),
                Inline::text("; see "),
                Inline::Link {
                    to: Target::Anchor("actions".into()),
                    content: text("what we do next"),
                },
                Inline::text(" and the "),
                Inline::Link {
                    to: Target::Address(
                        "https://www.gov.uk/children-with-special-educational-needs".into(),
                    ),
                    content: text("national guidance"),
                },
                Inline::text("."),
                Inline::Break,
                Inline::text("By our scheme this stands at "),
                Inline::Status(status("amber", "A", "On track")),
                Inline::text("."),
            ],
        ),
        paragraph(
            ParagraphRole::Note,
            text("Source: SEN2 return and the case management system, April 2022."),
        ),
        Block::new(BlockKind::KeyFigures(KeyFigures {
            items: vec![
                KeyFigure {
                    value: text("63%"),
                    label: text("of plans issued within 20 weeks"),
                    note: Some(text("Target 60% by May 2022")),
                },
                KeyFigure { value: text("1,284"), label: text("children with a plan"), note: None },
                KeyFigure {
                    value: text("11"),
                    label: text("weeks’ wait for speech therapy"),
                    note: Some(text("18 a year ago")),
                },
            ],
        })),
        heading(2, "1.1", "What families told us", "families"),
        list(
            None,
            vec![
                vec![Block::paragraph("Answers come, but from a different person each time.")],
                vec![
                    Block::paragraph("Waiting is hardest when nobody says how long it will be:"),
                    list(
                        None,
                        vec![
                            vec![Block::paragraph("for a first appointment;")],
                            vec![Block::paragraph("for the draft plan.")],
                        ],
                    ),
                ],
                vec![Block::paragraph("The local offer is easier to search than it was.")],
            ],
        ),
        Block::new(BlockKind::Quote(Quote {
            blocks: vec![Block::paragraph(
                "The caseworker rang back the same day. That had never happened before.",
            )],
            by: Some("Parent of a child in year 4".into()),
            class: Some("parent".into()),
        })),
        Block::new(BlockKind::Opener(Opener {
            label: Some(text("Impact on families")),
            blocks: vec![
                heading(2, "1.1a", "The right help at the right time", "right-help"),
                Block::new(BlockKind::Paragraph(Paragraph {
                    role: ParagraphRole::Lead,
                    content: text("Help comes before a need has grown."),
                })),
            ],
        })),
        heading(3, "", "Positive signs", "positive"),
        Block::paragraph("Waits are shorter than they were."),
        heading(2, "1.2", "What we changed", "changed"),
        list(
            Some(1),
            vec![
                vec![Block::paragraph("One named caseworker for each family.")],
                vec![Block::paragraph("A weekly panel, with health in the room.")],
                vec![Block::paragraph("A text message at each stage.")],
            ],
        ),
        heading(3, "1.2.1", "How the panel works", "panel"),
        Block::new(BlockKind::Callout(Callout {
            role: CalloutRole::Spotlight,
            title: Some(text("Spotlight: the Tuesday panel")),
            blocks: vec![
                Block::paragraph(
                    "Education, health and social care decide together, on the day. A family hears the outcome by Wednesday noon.",
                ),
                Block::paragraph("In its first term the panel decided 214 requests."),
            ],
        })),
        Block::new(BlockKind::Callout(Callout {
            role: CalloutRole::Note,
            title: None,
            blocks: vec![Block::paragraph("Figures for health are a month older than the rest.")],
        })),
        Block::new(BlockKind::Callout(Callout {
            role: CalloutRole::Decision,
            title: Some(text("The board is asked")),
            blocks: vec![list(
                None,
                vec![
                    vec![Block::paragraph("to agree the new target for annual reviews;")],
                    vec![Block::paragraph("to note the two overdue actions.")],
                ],
            )],
        })),
        Block::new(BlockKind::PictureRow(PictureRow {
            image: Image {
                asset: "plan-on-time.svg".into(),
                alt: Some("A plan with a green tick".into()),
                caption: Some(text("A plan that is ready")),
            },
            blocks: vec![
                Block::paragraph("About 6 out of 10 plans are now ready on time."),
                Block::paragraph("We want it to be 7 out of 10 by November."),
            ],
        })),
        Block::new(BlockKind::PictureRow(PictureRow {
            image: Image { asset: "rule.png".into(), alt: None, caption: None },
            blocks: vec![Block::paragraph("Tell us if yours is late.")],
        })),
        Block::new(BlockKind::Image(Image {
            asset: "plan-on-time.svg".into(),
            alt: Some("A plan with a green tick".into()),
            caption: Some(text("Sign used on plans that are issued in time")),
        })),
    ]
}

fn body(id: &str, name: &str, detail: &str, lead: bool) -> OrganisationBody {
    OrganisationBody {
        id: id.into(),
        name: name.into(),
        detail: (!detail.is_empty()).then(|| detail.to_owned()),
        lead,
    }
}

/// The governance chart of the sample, for drawing it alone.
pub fn organisation() -> Organisation {
    let link = |from: &str, to: &str, line| Link { from: from.into(), to: to.into(), line };
    Organisation {
        tiers: vec![
            Tier {
                band: None,
                bodies: vec![
                    body("hwb", "Health and Wellbeing Board", "", false),
                    body("scrutiny", "Scrutiny Committee", "Elected members", false),
                ],
            },
            Tier {
                band: None,
                bodies: vec![body(
                    "board",
                    "SEND Partnership Board",
                    "Chaired by an independent adviser",
                    true,
                )],
            },
            Tier {
                band: Some("Co-production with the Parent Carer Forum".into()),
                bodies: vec![
                    body("lead", "Leadership group", "Objective 1", false),
                    body("plans", "Plans group", "Objective 2", false),
                    body("waits", "Waiting times group", "Objective 3", false),
                    body("prep", "Preparing for adulthood", "Objective 4", false),
                ],
            },
            Tier {
                band: None,
                bodies: vec![
                    body("forum", "Parent Carer Forum", "", false),
                    body("young", "Young people’s forum", "", false),
                    body("data", "Data group", "", false),
                ],
            },
        ],
        links: vec![
            link("board", "hwb", LinkKind::Reports),
            link("scrutiny", "board", LinkKind::Challenges),
            link("lead", "board", LinkKind::Reports),
            link("plans", "board", LinkKind::Reports),
            link("waits", "board", LinkKind::Reports),
            link("prep", "board", LinkKind::Reports),
            link("forum", "board", LinkKind::Challenges),
            link("young", "prep", LinkKind::Informs),
            link("data", "waits", LinkKind::Informs),
            link("data", "plans", LinkKind::Informs),
        ],
        key: vec![
            LinkKey { line: LinkKind::Reports, words: "reports to".into() },
            LinkKey { line: LinkKind::Informs, words: "informs".into() },
            LinkKey { line: LinkKind::Challenges, words: "holds to account".into() },
        ],
    }
}

fn governance() -> Vec<Block> {
    let step = |title: &str, period: &str, items: &[&str], mark: Option<&str>| Step {
        title: title.into(),
        period: period.into(),
        items: items.iter().map(|item| text(item)).collect(),
        mark: mark.map(str::to_owned),
    };
    let field =
        |label: &str, value: &str| Row::body(vec![Cell::text(label).row_head(), Cell::text(value)]);
    vec![
        heading(1, "2", "Who decides", "who-decides"),
        Block::new(BlockKind::Table(Table {
            role: "fields".into(),
            columns: vec![column(1.0, Align::Start), column(2.0, Align::Start)],
            head: Vec::new(),
            body: vec![
                field("Local area", "Riverside"),
                field("Dates of inspection", "24 to 27 May 2021"),
                field("Accountable officers", "Director of Children’s Services; Chief Nurse"),
            ],
            caption: None,
            summary: "Each row names a fact about the plan and gives it.".into(),
            anchor: None,
        })),
        Block::new(BlockKind::Drawing(Drawing {
            drawing: DrawingKind::Organisation(organisation()),
            alt: "Organisation chart: four groups report to the SEND Partnership Board, which reports to the Health and Wellbeing Board. \
                  The Scrutiny Committee and the Parent Carer Forum hold the board to account; the young people’s forum and the data group inform the groups."
                .into(),
            title: None,
            caption: Some(text("How the plan is governed")),
            anchor: None, figures: Vec::new() })),
        heading(2, "2.1", "Phases of the programme", "phases"),
        Block::new(BlockKind::Steps(Steps {
            steps: vec![
                step("Set up", "July 2021 to March 2022", &["Agree the plan", "Fill the posts"], None),
                step("Deliver", "April 2022 to March 2023", &["Finish the backlog", "Publish each quarter"], Some("We are here")),
                step("Embed", "April 2023 to March 2024", &["Hand over to teams"], None),
                step("Sustain", "From April 2024", &["Yearly review by families"], None),
            ],
        })),
        heading(2, "2.2", "What the colours mean", "colours"),
        Block::new(BlockKind::Table(Table {
            role: "rag-key".into(),
            columns: vec![column(1.0, Align::Start), column(3.0, Align::Start)],
            head: vec![head(&["Rating", "Meaning"])],
            body: [("red", "R", "Off track", "Late, and no date agreed"), ("amber", "A", "At risk", "Late by less than a month"), ("green", "G", "On track", "Started, in time"), ("blue", "B", "Embedded", "Done, and shown to last"), ("grey", "N", "Not due", "Starts later")]
                .iter()
                .map(|(colour, letter, word, meaning)| {
                    Row::body(vec![status_cell(colour, letter, word).row_head(), Cell::text(*meaning)])
                })
                .collect(),
            caption: None,
            summary: "Each row gives a rating and what it means.".into(),
            anchor: None,
        })),
    ]
}

/// The landscape section: actions and scorecard.
fn plan() -> Vec<Block> {
    vec![
        heading(1, "3", "What we do", "actions"),
        heading(2, "3.1", "Plans in time", "plans-in-time"),
        actions_table(),
        heading(2, "3.2", "Scorecard", "scorecard"),
        scorecard_table(),
    ]
}

fn closing() -> Vec<Block> {
    let mut tall = vec![Block::paragraph("Staff leave faster than posts are filled.")];
    tall.extend((0..3).map(|_| {
        Block::paragraph(
            "We advertise with neighbours, train our own, and ask families to help choose.",
        )
    }));
    vec![
        heading(1, "4", "Risks", "risks"),
        Block::new(BlockKind::Table(Table {
            role: "plain".into(),
            columns: vec![
                column(1.0, Align::Start),
                column(3.0, Align::Start),
                column(1.0, Align::Centre),
                column(4.0, Align::Start),
            ],
            head: vec![head(&["Risk", "What may happen", "Severity", "What we do about it"])],
            body: vec![
                Row::body(vec![
                    Cell::text("R1").row_head(),
                    Cell::text("Posts stay empty"),
                    status_cell("red", "H", "High"),
                    Cell { blocks: tall, ..Cell::text("") },
                ]),
                Row::body(vec![
                    Cell::text("R2").row_head(),
                    Cell::text("Records do not match"),
                    status_cell("amber", "M", "Medium"),
                    Cell {
                        blocks: vec![Block::new(BlockKind::List(List {
                            start: None,
                            items: vec![
                                vec![Block::paragraph("One identifier.")],
                                vec![Block::paragraph("A monthly check.")],
                            ],
                        }))],
                        ..Cell::text("")
                    },
                ]),
            ],
            caption: None,
            summary: "Each row is a risk, how severe it is and what is done.".into(),
            anchor: None,
        })),
        Block::new(BlockKind::PageBreak),
        heading(2, "4.1", "Words used", "words-used"),
        Block::paragraph("SEND: special educational needs and disabilities."),
        Block::new(BlockKind::Section(Section {
            orientation: Orientation::Portrait,
            blocks: vec![
                heading(1, "", "Who to ask", "contact"),
                Block::paragraph(
                    "Write to the partnership office; letters are answered within 5 working days.",
                ),
            ],
        })),
    ]
}

//! A document with every kind of block and words that try to break things.

use std::sync::Arc;

use annexe::document::*;
use annexe::theme::Tokens;
use annexe::write::DrawnPicture;
use annexe::write::docx::Extras;
use chrono::NaiveDate;

/// Words with markup, control characters and letters from beyond ASCII.
pub const ROUGH: &str = "Fish & <chips> \"now\" it's £5 \u{1}\u{8}\tdone ]]> é 学";

pub fn tokens() -> Tokens {
    let text = include_str!("../../templates/themes/standard/theme.toml");
    toml::from_str(text).expect("the shipped theme reads")
}

pub fn extras() -> Extras<'static> {
    Extras {
        heading_pages: (1..40).map(|n| (format!("h{n}"), n.to_string())).collect(),
        estimated: false,
        // Only those that blocks ask for are stored.
        drawings: vec![DrawnPicture { png: png(), width: 400.0, height: 120.0 }; 20],
        ..Extras::default()
    }
}

/// A real PNG, drawn here.
pub fn png() -> Vec<u8> {
    let mut pixels = resvg::tiny_skia::Pixmap::new(40, 12).unwrap();
    pixels.fill(resvg::tiny_skia::Color::from_rgba8(11, 95, 107, 255));
    pixels.encode_png().unwrap()
}

fn asset(format: ImageFormat, bytes: Vec<u8>) -> Asset {
    Asset { format, bytes: Arc::from(bytes), width: 120.0, height: 90.0 }
}

const DRAWN: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="120" height="90">
<rect width="120" height="90" fill="#EEF4F5"/><circle cx="60" cy="40" r="25" fill="#0B5F6B"/>
<text x="60" y="82" text-anchor="middle" font-size="12">On time</text></svg>"##;

fn block(kind: BlockKind) -> Block {
    Block::new(kind)
}

pub fn heading(level: u8, number: Option<&str>, words: &str, anchor: &str) -> Block {
    block(BlockKind::Heading(Heading {
        level,
        number: number.map(str::to_owned),
        content: vec![Inline::text(words)],
        anchor: anchor.to_owned(),
        covers: Vec::new(),
    }))
}

pub fn paragraph(role: ParagraphRole, content: Vec<Inline>) -> Block {
    block(BlockKind::Paragraph(Paragraph { role, content }))
}

pub fn list(start: Option<u32>, items: Vec<Vec<Block>>) -> Block {
    block(BlockKind::List(List { start, items }))
}

fn status(colour: &str, letter: &str, word: &str) -> Status {
    Status { colour: colour.into(), letter: letter.into(), word: word.into(), picture: None }
}

fn rag(colour: &str, letter: &str, word: &str) -> Cell {
    Cell { blocks: Vec::new(), status: Some(status(colour, letter, word)), ..Cell::text("") }
}

fn row(role: RowRole, keep: bool, cells: Vec<Cell>) -> Row {
    Row { role, cells, keep_with_next: keep }
}

fn column(share: f64, align: Align) -> Column {
    Column { share, align }
}

fn prose() -> Vec<Block> {
    let words = "Plans issued on time rose over the year. Families told us that the new team \
                 calls back sooner, and that letters now say plainly what will happen next.";
    vec![
        heading(1, Some("1"), "Governance and accountability", "h1"),
        paragraph(ParagraphRole::Lead, vec![Inline::text(words)]),
        paragraph(
            ParagraphRole::Body,
            vec![
                Inline::text("Rose to "),
                Inline::Figure(Box::new(Figure {
                    text: "63%".into(),
                    path: "kpi.A.actual".into(),
                    unit: None,
                    at: None,
                    source: None,
                    ..Figure::default()
                })),
                Inline::text(" in "),
                Inline::strong("April 2022"),
                Inline::text(", "),
                Inline::Emphasis {
                    content: vec![Inline::strong("well above"), Inline::text(" before")],
                },
                Inline::text(" (see "),
                Inline::Link {
                    to: Target::Anchor("h2".into()),
                    content: vec![Inline::text("the scorecard")],
                },
                Inline::text(" and "),
                Inline::Link {
                    to: Target::Address("https://example.org/a b?x=1&y=<2>".into()),
                    content: vec![Inline::strong("the report")],
                },
                Inline::text(")."),
                Inline::Footnote {
                    content: vec![
                        Inline::text("As counted in "),
                        Inline::Link {
                            to: Target::Address("mailto:a@example.org".into()),
                            content: vec![Inline::text("the return")],
                        },
                        Inline::Footnote { content: vec![Inline::text("A note in a note.")] },
                    ],
                },
                Inline::text(" Rated "),
                Inline::Status(status("amber", "A", "Off track")),
                Inline::Break,
                Inline::text(words),
            ],
        ),
        heading(2, Some("1.1"), "Who decides", "h3"),
        paragraph(ParagraphRole::Body, vec![Inline::text(ROUGH)]),
        list(
            None,
            vec![
                vec![
                    Block::paragraph("First thing"),
                    Block::paragraph("More about the first thing."),
                ],
                vec![
                    Block::paragraph("Second thing"),
                    list(
                        Some(3),
                        vec![
                            vec![
                                Block::paragraph("Third"),
                                list(None, vec![vec![Block::paragraph("Deep")]]),
                            ],
                            vec![Block::paragraph("Fourth")],
                        ],
                    ),
                ],
                vec![],
            ],
        ),
        list(Some(1), vec![vec![Block::paragraph("One")], vec![Block::paragraph("Two")]]),
        heading(3, Some("1.1.1"), "How they meet", "h4"),
        paragraph(ParagraphRole::Note, vec![Inline::text("Source: minutes of the board.")]),
        block(BlockKind::Drawing(Drawing {
            drawing: DrawingKind::Organisation(Organisation {
                tiers: Vec::new(),
                links: Vec::new(),
                key: Vec::new(),
            }),
            alt: "The board & its groups".into(),
            title: None,
            caption: Some(vec![Inline::text("Who reports to whom")]),
            anchor: None,
            figures: Vec::new(),
        })),
        heading(4, None, "A fourth level", "h5"),
        heading(5, None, "A fifth", "h6"),
        heading(6, None, "A sixth", "h7"),
        Block::paragraph("Under them all."),
    ]
}

fn boxes() -> Vec<Block> {
    let callout = |role, title: &str| {
        block(BlockKind::Callout(Callout {
            role,
            title: Some(vec![Inline::text(title)]),
            blocks: vec![
                Block::paragraph("Annual reviews are now booked by one team."),
                list(
                    None,
                    vec![vec![Block::paragraph("Booked early")], vec![Block::paragraph("Kept")]],
                ),
            ],
        }))
    };
    let figure = |value: &str, label: &str, note: Option<&str>| KeyFigure {
        value: vec![Inline::text(value)],
        label: vec![Inline::text(label)],
        note: note.map(|n| vec![Inline::text(n)]),
    };
    let step = |title: &str, mark: Option<&str>| Step {
        title: title.into(),
        period: "July 2021 to March 2022".into(),
        items: vec![vec![Inline::text("Staff in post")], vec![Inline::text("Plan agreed")]],
        mark: mark.map(str::to_owned),
    };
    let image = |asset: &str, alt: Option<&str>, caption: Option<&str>| Image {
        asset: asset.into(),
        alt: alt.map(str::to_owned),
        caption: caption.map(|c| vec![Inline::text(c)]),
    };
    vec![
        heading(2, Some("1.2"), "Boxes", "h8"),
        callout(CalloutRole::Spotlight, "Spotlight on practice"),
        callout(CalloutRole::Note, "Read this first"),
        callout(CalloutRole::Decision, "The board is asked to agree"),
        block(BlockKind::KeyFigures(KeyFigures {
            items: vec![
                figure("63%", "plans issued in 20 weeks", Some("April 2022")),
                figure("9,214", "children with a plan", None),
                figure("12.4", "weeks' wait", Some("target 10")),
                figure("6", "priorities", None),
                figure("3 to 5", "visits a week", Some("by school")),
            ],
        })),
        block(BlockKind::Opener(Opener {
            label: Some(vec![Inline::text("Impact on families")]),
            blocks: vec![
                heading(2, Some("1.3"), "The right help", "h30"),
                paragraph(ParagraphRole::Lead, vec![Inline::text("Help comes early.")]),
            ],
        })),
        block(BlockKind::Quote(Quote {
            blocks: vec![Block::paragraph(
                "The caseworker rang back the same day. It had never happened before.",
            )],
            by: Some("Parent".into()),
            class: Some("parent".into()),
        })),
        block(BlockKind::Steps(Steps {
            steps: vec![
                step("Set up", None),
                step("Build", Some("We are here")),
                step("Embed", None),
            ],
        })),
        block(BlockKind::PageBreak),
        block(BlockKind::PictureRow(PictureRow {
            image: image("plan", Some("A plan with a tick"), Some("A caption")),
            blocks: vec![Block::paragraph("About 6 out of 10 plans are now ready on time.")],
        })),
        block(BlockKind::PictureRow(PictureRow {
            image: image("dot", None, None),
            blocks: vec![Block::paragraph("We call families back.")],
        })),
        block(BlockKind::Image(image(
            "plan",
            Some("The same picture again"),
            Some("Plans on time"),
        ))),
    ]
}

pub fn scorecard() -> Table {
    let quiet = |text: &str| Cell { quiet: true, ..Cell::text(text) };
    Table {
        role: "scorecard".into(),
        columns: vec![
            column(0.8, Align::Start),
            column(3.0, Align::Start),
            column(1.0, Align::Number),
            column(1.0, Align::Number),
            column(1.2, Align::Start),
        ],
        head: vec![
            row(
                RowRole::Head,
                false,
                vec![
                    Cell::column_head("Ref").rows(2),
                    Cell::column_head("Measure").rows(2),
                    Cell::column_head("Six months").columns(3),
                ],
            ),
            row(
                RowRole::Head,
                false,
                vec![
                    Cell::column_head("Target"),
                    Cell::column_head("Actual"),
                    Cell::column_head("RAG"),
                ],
            ),
        ],
        body: vec![
            row(RowRole::Band, true, vec![Cell::text("System leadership").columns(5)]),
            row(
                RowRole::Lead,
                true,
                vec![
                    Cell::text("A1").row_head().rows(3),
                    Cell {
                        blocks: vec![
                            Block::paragraph("Bring in a new strategy"),
                            Block::paragraph("It says who does what."),
                        ],
                        ..Cell::text("")
                    },
                    Cell::text("60%"),
                    Cell::text("63%"),
                    rag("green", "G", "On track"),
                ],
            ),
            row(
                RowRole::Detail,
                false,
                vec![
                    Cell {
                        blocks: vec![
                            Block::paragraph("Agree the scope"),
                            list(None, vec![vec![Block::paragraph("with schools")]]),
                        ],
                        ..Cell::text("")
                    },
                    quiet("Not applicable").columns(2),
                    rag("red", "R", "Overdue"),
                ],
            ),
            row(
                RowRole::Detail,
                false,
                vec![
                    Cell::new(vec![Inline::Status(status("blue", "B", "Embedded"))]),
                    quiet("Needs a baseline"),
                    Cell::text("1,204"),
                    Cell { status: Some(status("amber", "A", "Late")), ..Cell::text("By 12 days") },
                ],
            ),
            row(
                RowRole::Total,
                false,
                vec![
                    Cell::text("All").columns(2),
                    Cell::text("12"),
                    Cell::text("9"),
                    rag("grey", "–", "Not rated"),
                ],
            ),
        ],
        caption: Some(vec![Inline::text("Scorecard, "), Inline::strong("all measures")]),
        summary: "One row a measure & its rating".into(),
        anchor: Some("scorecard".into()),
    }
}

fn tables() -> Vec<Block> {
    let fields = Table {
        role: "fields".into(),
        columns: vec![column(1.0, Align::Start), column(2.0, Align::Start)],
        head: vec![],
        body: vec![
            Row::body(vec![
                Cell::text("Name of the local area").row_head(),
                Cell::text("Riverside"),
            ]),
            Row::body(vec![
                Cell::text("Date of inspection").row_head(),
                Cell {
                    blocks: vec![block(BlockKind::Table(Table {
                        anchor: None,
                        caption: None,
                        ..scorecard()
                    }))],
                    ..Cell::text("")
                },
            ]),
        ],
        caption: None,
        summary: "Facts about the area".into(),
        anchor: None,
    };
    vec![
        heading(2, Some("2"), "Scorecard", "h2"),
        Block::paragraph("Every measure, period by period."),
        block(BlockKind::Table(scorecard())),
        block(BlockKind::Table(fields)),
        block(BlockKind::PageBreak),
        block(BlockKind::Table(Table { anchor: None, caption: None, ..scorecard() })),
    ]
}

pub fn meta() -> Meta {
    Meta {
        name: "sample".into(),
        title: "A plan & its parts".into(),
        area: "Riverside".into(),
        subject: "What was done".into(),
        keywords: vec!["plan".into(), "a<b".into()],
        author: "The Board".into(),
        language: "en-GB".into(),
        form: Default::default(),
        edition: "full".into(),
        as_at: NaiveDate::from_ymd_opt(2022, 4, 30).unwrap(),
        running_head: "Riverside: a plan & its parts".into(),
        running_foot: "As at 30 April 2022".into(),
    }
}

pub fn document() -> Document {
    let mut blocks = vec![
        block(BlockKind::Cover(Cover {
            area: "Riverside".into(),
            title: "Annex A: Accelerated Progress Plan".into(),
            subtitle: Some("Special educational needs and disabilities".into()),
            lines: vec!["As at 30 April 2022".into(), "Published".into()],
            partners: vec!["Riverside Council".into(), "Riverside Integrated Care Board".into()],
            label: None,
            picture: None,
        })),
        block(BlockKind::Contents(Contents {
            title: "Contents".into(),
            depth: 3,
            pictures: std::collections::BTreeMap::new(),
        })),
    ];
    blocks.extend(prose());
    blocks.extend(boxes());
    blocks.push(block(BlockKind::Section(Section {
        orientation: Orientation::Landscape,
        blocks: tables(),
    })));
    blocks.push(heading(1, Some("3"), "Afterwards", "h9"));
    blocks.push(Block::paragraph("Upright again."));
    let assets = [
        ("plan".to_owned(), asset(ImageFormat::Svg, DRAWN.as_bytes().to_vec())),
        ("dot".to_owned(), asset(ImageFormat::Png, png())),
    ];
    Document { meta: meta(), blocks, assets: assets.into_iter().collect() }
}

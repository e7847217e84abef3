//! A pack: the agenda of a meeting and the documents that it is about, joined.

use std::collections::BTreeSet;

use crate::assemble::slug;
use crate::document::*;
use crate::plan::date::day_in_words;
use crate::project::{Pack, PackItem, Project};

/// Headings of the agenda's columns.
const LABELS: [&str; 5] = ["Item", "Paper", "For", "Brought by", "Page"];
/// What stands where an item has no paper, so no page.
const SPOKEN: &str = "Spoken";
/// What stands where the pack does not say.
const UNSAID: &str = "Not stated";

/// Joins the documents of `pack`. `documents` are those of its items that have a paper, in order.
pub fn join(project: &Project, pack: &Pack, documents: Vec<Document>) -> Joined {
    let settings = &project.settings;
    let day = day_in_words(pack.date.value);
    let title = pack.title.value.clone();
    let meeting = pack.meeting.clone().unwrap_or_else(|| settings.author.clone());
    let mut taken = BTreeSet::new();
    let mut documents = documents.into_iter();
    let mut papers = Vec::new();
    let mut rows = Vec::new();
    let mut anchors = Vec::new();
    for item in &pack.items {
        let document = item.paper.as_ref().and_then(|_| documents.next());
        let paper = document.map(|document| paper(item, document, &mut taken));
        rows.push(row(item, paper.as_ref()));
        anchors.push(paper.as_ref().map(|paper| paper.anchor.clone()));
        papers.extend(paper);
    }
    let when = [Some(day.clone()), pack.time.clone()].into_iter().flatten().collect::<Vec<_>>();
    let lines = [Some(when.join(", ")), pack.place.clone(), pack.status.clone()];
    Joined {
        meta: Meta {
            name: pack.name.clone(),
            title: title.clone(),
            area: settings.area.clone(),
            subject: format!("{title}: papers for the meeting of {day}"),
            keywords: Vec::new(),
            author: settings.author.clone(),
            language: settings.language.clone(),
            edition: "pack".to_owned(),
            as_at: pack.date.value,
            running_head: title.clone(),
            running_foot: day,
        },
        cover: Cover {
            area: settings.area.clone(),
            title,
            subtitle: Some(meeting),
            lines: lines.into_iter().flatten().collect(),
            partners: Vec::new(),
        },
        agenda: Agenda {
            title: "Agenda".to_owned(),
            anchor: unique("agenda", &mut taken),
            table: agenda(rows),
            papers: anchors,
        },
        papers,
        page_of: ["Page ", " of ", ""].map(str::to_owned),
    }
}

fn paper(item: &PackItem, mut document: Document, taken: &mut BTreeSet<String>) -> JoinedPaper {
    let anchor = unique(&format!("item-{}", slug(&item.number)), taken);
    prefix_anchors(&mut document, &format!("{anchor}."));
    JoinedPaper {
        item: format!("Item {}", item.number),
        title: title(item, Some(&document)),
        facts: [item.purpose.clone(), item.presenter.clone(), item.minutes.map(minutes)]
            .into_iter()
            .flatten()
            .collect(),
        anchor,
        own_page: ["page ", " of the paper"].map(str::to_owned),
        document,
    }
}

/// What an item is called: by its own title, or else by its paper's.
fn title(item: &PackItem, document: Option<&Document>) -> String {
    let own = item.title.as_ref().map(|title| title.value.clone());
    own.or_else(|| document.map(|document| document.meta.title.clone())).unwrap_or_default()
}

fn minutes(count: u32) -> String {
    format!("{count} minute{}", if count == 1 { "" } else { "s" })
}

fn row(item: &PackItem, paper: Option<&JoinedPaper>) -> Row {
    let name = title(item, paper.map(|paper| &paper.document));
    let mut called = match paper {
        Some(paper) => Cell::new(vec![Inline::Link {
            to: Target::Anchor(paper.anchor.clone()),
            content: vec![Inline::text(name.clone())],
        }]),
        None => Cell::text(name.clone()),
    };
    // Under a name of the pack's own stands what the paper calls itself.
    if let Some(own) = paper.map(|paper| &paper.document.meta.title).filter(|own| **own != name) {
        let content = vec![Inline::text(own.clone())];
        let note = Paragraph { role: ParagraphRole::Note, content };
        called.blocks.push(Block::new(BlockKind::Paragraph(note)));
    }
    let mut purpose = said(item.purpose.as_deref());
    if let Some(count) = item.minutes {
        let content = vec![Inline::text(minutes(count))];
        let note = Paragraph { role: ParagraphRole::Note, content };
        purpose.blocks.push(Block::new(BlockKind::Paragraph(note)));
    }
    let page = Cell { quiet: paper.is_none(), ..Cell::text(SPOKEN) };
    let presenter = said(item.presenter.as_deref());
    Row::body(vec![Cell::text(item.number.clone()).row_head(), called, purpose, presenter, page])
}

fn said(words: Option<&str>) -> Cell {
    match words {
        Some(words) => Cell::text(words),
        None => Cell { quiet: true, ..Cell::text(UNSAID) },
    }
}

fn agenda(body: Vec<Row>) -> Table {
    let column = |share, align| Column { share, align };
    Table {
        role: "agenda".to_owned(),
        columns: vec![
            column(12.0, Align::Start),
            column(70.0, Align::Start),
            column(34.0, Align::Start),
            column(34.0, Align::Start),
            column(16.0, Align::Number),
        ],
        head: vec![Row {
            role: RowRole::Head,
            cells: LABELS.map(Cell::column_head).to_vec(),
            keep_with_next: false,
        }],
        body,
        caption: None,
        summary: "The items of the meeting: what each is for, who brings it, and the page its paper begins on."
            .to_owned(),
        anchor: None,
    }
}

fn unique(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    let mut anchor = wanted.to_owned();
    let mut count = 1;
    while !taken.insert(anchor.clone()) {
        count += 1;
        anchor = format!("{wanted}-{count}");
    }
    anchor
}

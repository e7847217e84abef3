//! A pack: the agenda of a meeting and the documents that it is about, joined.

use std::collections::BTreeSet;

use crate::assemble::slug;
use crate::document::*;
use crate::plan::date::day_in_words;
use crate::project::{Pack, PackItem, Project};

/// Headings of the agenda's columns.
const LABELS: [&str; 5] = ["Item", "Paper", "For", "Brought by", "Page"];
/// What the agenda is, for people who hear it.
const SUMMARY: &str = "The items of the meeting, each with its paper and the page that begins on.";
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
    let columns = Columns::of(&pack.items);
    let mut taken = BTreeSet::new();
    let mut documents = documents.into_iter();
    let mut papers = Vec::new();
    let mut rows = Vec::new();
    let mut anchors = Vec::new();
    for item in &pack.items {
        let document = item.paper.as_ref().and_then(|_| documents.next());
        let paper = document.map(|document| paper(item, document, &mut taken));
        rows.push(row(item, paper.as_ref(), columns));
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
            form: Form::Report,
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
            label: None,
            picture: None,
        },
        agenda: Agenda {
            title: "Agenda".to_owned(),
            anchor: unique("agenda", &mut taken),
            table: agenda(rows, columns),
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

/// The columns between an item's name and its page: only those that some item has words for.
#[derive(Clone, Copy)]
struct Columns {
    purpose: bool,
    presenter: bool,
}

impl Columns {
    fn of(items: &[PackItem]) -> Self {
        Columns {
            purpose: items.iter().any(|item| item.purpose.is_some() || item.minutes.is_some()),
            presenter: items.iter().any(|item| item.presenter.is_some()),
        }
    }

    /// Keeps what stands in the columns that are there, of one thing a column.
    fn kept<T>(self, all: [T; 5]) -> Vec<T> {
        let there = [true, true, self.purpose, self.presenter, true];
        all.into_iter().zip(there).filter(|(_, there)| *there).map(|(thing, _)| thing).collect()
    }
}

fn row(item: &PackItem, paper: Option<&JoinedPaper>, columns: Columns) -> Row {
    let name = title(item, paper.map(|paper| &paper.document));
    let called = match paper {
        Some(paper) => vec![Inline::Link {
            to: Target::Anchor(paper.anchor.clone()),
            content: vec![Inline::text(name.clone())],
        }],
        None => vec![Inline::text(name.clone())],
    };
    // Under a name of the pack's own stands what the paper calls itself.
    let own = paper.map(|paper| &paper.document.meta.title).filter(|own| **own != name);
    let called = with_note(Cell::new(called), own.cloned());
    let purpose = with_note(said(item.purpose.as_deref()), item.minutes.map(minutes));
    let page = Cell { quiet: paper.is_none(), ..Cell::text(SPOKEN) };
    let number = Cell::text(item.number.clone()).row_head();
    Row::body(columns.kept([number, called, purpose, said(item.presenter.as_deref()), page]))
}

fn with_note(mut cell: Cell, note: Option<String>) -> Cell {
    let note = note
        .map(|words| Paragraph { role: ParagraphRole::Note, content: vec![Inline::text(words)] });
    cell.blocks.extend(note.map(|note| Block::new(BlockKind::Paragraph(note))));
    cell
}

fn said(words: Option<&str>) -> Cell {
    match words {
        Some(words) => Cell::text(words),
        None => Cell { quiet: true, ..Cell::text(UNSAID) },
    }
}

fn agenda(body: Vec<Row>, columns: Columns) -> Table {
    let column = |share, align| Column { share, align };
    let shares = [
        column(13.0, Align::Start),
        column(68.0, Align::Start),
        column(34.0, Align::Start),
        column(36.0, Align::Start),
        column(18.0, Align::Number),
    ];
    Table {
        role: "agenda".to_owned(),
        columns: columns.kept(shares),
        head: vec![Row {
            role: RowRole::Head,
            cells: columns.kept(LABELS.map(Cell::column_head)),
            keep_with_next: false,
        }],
        body,
        caption: None,
        summary: SUMMARY.to_owned(),
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

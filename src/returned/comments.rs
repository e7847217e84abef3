//! The comments of a Word file: who said what, when, and on which words.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::home::attribute;
use super::read::{self, Paragraph};

/// A comment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comment {
    /// Its id in the file.
    pub id: String,
    /// Who wrote it.
    pub who: String,
    /// When: date and time as written.
    pub when: String,
    /// What it says; paragraphs are divided by line ends.
    pub text: String,
    /// The words it hangs on.
    pub on: String,
    /// The paragraph it begins in, and at which character.
    pub at: Option<(usize, usize)>,
    /// The id of the comment that it answers.
    pub answers: Option<String>,
    /// It was marked as dealt with.
    pub done: bool,
}

/// The most that is shown of the words a comment hangs on.
const WORDS: usize = 200;

/// The comments of a file, in the order of its comments part.
pub fn read(
    comments: Option<&str>,
    threads: Option<&str>,
    paragraphs: &[Paragraph],
) -> Option<Vec<Comment>> {
    let Some(xml) = comments else { return Some(Vec::new()) };
    let mut found: Vec<Comment> = Vec::new();
    let mut last_paragraphs: HashMap<String, usize> = HashMap::new();
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) | Ok(Event::Empty(start)) => match start.name().as_ref() {
                "w:comment" => found.push(Comment {
                    id: attribute(&start, "w:id").unwrap_or_default(),
                    who: attribute(&start, "w:author").unwrap_or_default(),
                    when: attribute(&start, "w:date").unwrap_or_default(),
                    ..Comment::default()
                }),
                // Threads name a comment by its last paragraph.
                "w:p" => {
                    if let Some(id) = attribute(&start, "w14:paraId")
                        && let Some(index) = found.len().checked_sub(1)
                    {
                        last_paragraphs.insert(id, index);
                    }
                }
                _ => {}
            },
            Ok(Event::Eof) => break,
            Ok(Event::DocType(_)) | Err(_) => return None,
            Ok(_) => {}
        }
    }
    for paragraph in read::read(xml, &mut Vec::new())? {
        let Some(of) = &paragraph.of else { continue };
        let Some(comment) = found.iter_mut().find(|comment| comment.id == *of) else { continue };
        if !comment.text.is_empty() {
            comment.text.push('\n');
        }
        comment.text.push_str(paragraph.words().trim());
    }
    for comment in &mut found {
        hang(comment, paragraphs);
    }
    if let Some(threads) = threads {
        answer(&mut found, threads, &last_paragraphs)?;
    }
    Some(found)
}

/// Finds the words that a comment hangs on.
fn hang(comment: &mut Comment, paragraphs: &[Paragraph]) {
    let mut open = false;
    for (number, paragraph) in paragraphs.iter().enumerate() {
        let marks = paragraph.comments.iter().filter(|(id, ..)| *id == comment.id);
        let (mut from, mut to) = (open.then_some(0), None);
        for (_, at, begins) in marks {
            match begins {
                true => {
                    comment.at = comment.at.or(Some((number, *at)));
                    from = Some(*at);
                    open = true;
                }
                false => {
                    to = Some(*at);
                    open = false;
                }
            }
        }
        let Some(from) = from else { continue };
        let to = to.unwrap_or(paragraph.chars.len());
        let words = paragraph.chars.get(from..to.max(from)).unwrap_or_default();
        if comment.on.chars().count() < WORDS {
            if !comment.on.is_empty() {
                comment.on.push(' ');
            }
            let kept = words.iter().filter(|char| char.deleted.is_none()).take(WORDS);
            comment.on.extend(kept.map(|char| char.c));
        }
        if !open {
            break;
        }
    }
}

/// Says which comments answer which, and which are dealt with.
fn answer(
    found: &mut [Comment],
    threads: &str,
    by_paragraph: &HashMap<String, usize>,
) -> Option<()> {
    let mut reader = Reader::from_str(threads);
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) | Event::Empty(start)
                if start.name().as_ref() == "w15:commentEx" =>
            {
                let index = |name: &str| {
                    attribute(&start, name).and_then(|id| by_paragraph.get(&id).copied())
                };
                let Some(own) = index("w15:paraId") else { continue };
                let parent = index("w15:paraIdParent").map(|parent| found[parent].id.clone());
                found[own].answers = parent;
                found[own].done = attribute(&start, "w15:done").is_some_and(|done| done == "1");
            }
            Event::Eof => return Some(()),
            Event::DocType(_) => return None,
            _ => {}
        }
    }
}

//! Sets a returned file's paragraphs against those that were built: which is which, and what changed in each.
//!
//! Bookmarks say which paragraph is which. Where a program lost them, paragraphs are found by their words,
//! in order. Changes are tracked ones, and what differs besides: words that somebody typed with tracking off.

use std::collections::{BTreeMap, BTreeSet};

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation;

use super::read::{CellAt, Char, Paragraph};
use crate::write::docx::homes::{Home, HomeKind, Maker};

/// Stands between two paragraphs that were one.
pub const PARAGRAPH: char = '\u{2029}';
/// Words shared, as a part of all, from which a paragraph counts as another one changed.
const ALIKE: f64 = 0.5;

/// What stands in the file for one home.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// Its characters; [`PARAGRAPH`] where it was divided.
    pub chars: Vec<Char>,
    /// The paragraph that it starts in, by number.
    pub paragraph: usize,
    /// At which character of that paragraph it starts.
    pub offset: usize,
    /// Tracked changes of its looks.
    pub formats: Vec<usize>,
    /// It runs on into the next one; the tracked change that says so, if one does.
    pub joined: Option<Option<usize>>,
}

/// A paragraph that was not there.
#[derive(Debug, Clone)]
pub struct Added {
    /// The paragraph, by number.
    pub paragraph: usize,
    /// The home before it.
    pub after: Option<usize>,
    /// Its words.
    pub words: String,
    /// Who put it in, when that was tracked.
    pub track: Option<usize>,
    /// It is an item of a list.
    pub list: bool,
    /// The cell it is in, unless that is the one of the paragraph before it, which is no table's.
    pub cell: Option<CellAt>,
}

/// Which paragraph is which.
#[derive(Debug, Default)]
pub struct Paired {
    /// What stands for each home, by the home's place in the list.
    pub found: BTreeMap<usize, Found>,
    /// Homes that are gone.
    pub gone: Vec<usize>,
    /// Paragraphs that are new.
    pub added: Vec<Added>,
    /// Whether any bookmark was left.
    pub marked: bool,
}

/// Finds each of `homes` among `paragraphs`; footnotes are told by their order.
pub fn pair(homes: &[Home], paragraphs: &[Paragraph], notes: &[Paragraph]) -> Paired {
    let mut paired = Paired::default();
    let by_number: BTreeMap<usize, usize> =
        homes.iter().enumerate().map(|(index, home)| (home.number, index)).collect();
    // What each paragraph is the start of, in order; none for one that no bookmark names.
    let mut slots: Vec<(usize, Option<usize>)> = Vec::new();
    let mut open: Option<usize> = None;
    for (number, paragraph) in paragraphs.iter().enumerate() {
        if paragraph.contents {
            continue;
        }
        let mut starts: Vec<(usize, usize)> = paragraph
            .homes
            .iter()
            .filter_map(|(home, at)| Some((*by_number.get(home)?, *at)))
            .filter(|(home, _)| !paired.found.contains_key(home))
            .collect();
        paired.marked |= !starts.is_empty();
        match open {
            Some(home) => {
                let until = starts.first().map_or(paragraph.chars.len(), |(_, at)| *at);
                let before = number.checked_sub(1).and_then(|before| paragraphs.get(before));
                let found = paired.found.entry(home).or_default();
                found.chars.push(Char {
                    c: PARAGRAPH,
                    inserted: before.and_then(|before| before.end_inserted),
                    deleted: None,
                });
                found.chars.extend_from_slice(&paragraph.chars[..until]);
                found.formats.extend_from_slice(&paragraph.formats);
            }
            None => {
                if let Some((_, at)) = starts.first_mut() {
                    *at = 0;
                }
            }
        }
        if starts.is_empty() && open.is_none() && !paragraph.chars.is_empty() {
            slots.push((number, None));
        }
        for (index, (home, at)) in starts.iter().enumerate() {
            let until = starts.get(index + 1).map_or(paragraph.chars.len(), |(_, next)| *next);
            let chars = paragraph.chars.get(*at..until.max(*at)).unwrap_or_default().to_vec();
            let joined = (index + 1 < starts.len()).then_some(None);
            let formats = paragraph.formats.clone();
            slots.push((number, Some(*home)));
            paired
                .found
                .insert(*home, Found { chars, paragraph: number, offset: *at, formats, joined });
        }
        if let Some((last, _)) = starts.last() {
            open = Some(*last);
        }
        if let Some(home) = open
            && homes.get(home).is_some_and(|home| paragraph.ends.contains(&home.number))
        {
            if paragraph.end_deleted.is_some()
                && let Some(found) = paired.found.get_mut(&home)
                && found.chars.iter().any(|char| char.deleted.is_none())
            {
                found.joined = Some(paragraph.end_deleted);
            }
            open = None;
        }
    }
    by_words(homes, paragraphs, &slots, &mut paired);
    notes_in_order(homes, notes, &mut paired);
    paired
}

/// Finds the homes that no bookmark names by their words; what is left is gone, or new.
fn by_words(
    homes: &[Home],
    paragraphs: &[Paragraph],
    slots: &[(usize, Option<usize>)],
    paired: &mut Paired,
) {
    let body: Vec<usize> =
        (0..homes.len()).filter(|index| homes[*index].kind != HomeKind::Note).collect();
    let key = |index: usize| match paired.found.contains_key(&index) {
        true => format!("#{index}"),
        false => folded(&homes[index].words()),
    };
    let old: Vec<String> = body.iter().map(|index| key(*index)).collect();
    let new: Vec<String> = slots
        .iter()
        .map(|(number, home)| match home {
            Some(home) => format!("#{home}"),
            None => folded(&paragraphs[*number].words()),
        })
        .collect();
    let mut taken: Vec<(usize, usize)> = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            taken.extend((0..len).map(|step| (body[old_index + step], new_index + step)));
            continue;
        }
        let (mut from, olds) = (op.new_range().start, op.old_range());
        for index in olds.map(|old| body[old]) {
            if paired.found.contains_key(&index) {
                continue;
            }
            let words = folded(&homes[index].words());
            let alike = (from..op.new_range().end)
                .find(|slot| slots[*slot].1.is_none() && likeness(&words, &new[*slot]) >= ALIKE);
            if let Some(slot) = alike {
                taken.push((index, slot));
                from = slot + 1;
            }
        }
    }
    let mut used = BTreeSet::new();
    for (index, slot) in taken {
        let (number, home) = slots[slot];
        if home.is_some() || paired.found.contains_key(&index) {
            continue;
        }
        used.insert(slot);
        let paragraph = &paragraphs[number];
        let found = Found {
            chars: paragraph.chars.clone(),
            paragraph: number,
            formats: paragraph.formats.clone(),
            ..Found::default()
        };
        paired.found.insert(index, found);
    }
    let by_paragraph: BTreeMap<usize, usize> =
        paired.found.iter().map(|(home, found)| (found.paragraph, *home)).collect();
    for (slot, (number, home)) in slots.iter().enumerate() {
        let paragraph = &paragraphs[*number];
        let words = paragraph.words();
        if home.is_some() || used.contains(&slot) || words.trim().is_empty() {
            continue;
        }
        let track = paragraph
            .chars
            .iter()
            .find(|char| char.deleted.is_none())
            .and_then(|char| char.inserted);
        let after = by_paragraph.range(..number).next_back();
        // A cell that only lays a page out is no cell of a table to those who write the text.
        let beside = after.filter(|(_, home)| !homes[**home].cell);
        let beside = beside.and_then(|(number, _)| paragraphs.get(*number)?.cell);
        paired.added.push(Added {
            paragraph: *number,
            after: after.map(|(_, home)| *home),
            words,
            track: track.or(paragraph.end_inserted),
            list: paragraph.list,
            cell: paragraph.cell.filter(|cell| beside != Some(*cell)),
        });
    }
    paired.gone = body.into_iter().filter(|index| !paired.found.contains_key(index)).collect();
}

/// The homes of footnotes, in order, and the paragraphs of footnotes.
fn notes_in_order(homes: &[Home], notes: &[Paragraph], paired: &mut Paired) {
    let own: Vec<usize> =
        (0..homes.len()).filter(|index| homes[*index].kind == HomeKind::Note).collect();
    let written: Vec<(usize, &Paragraph)> = notes
        .iter()
        .enumerate()
        .filter(|(_, note)| note.of.is_some() && !note.chars.is_empty())
        .collect();
    let old: Vec<String> = own.iter().map(|index| folded(&homes[*index].words())).collect();
    let new: Vec<String> = written.iter().map(|(_, note)| folded(&note.words())).collect();
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        // Where as many stand as stood, they are the same ones, changed.
        if op.old_range().len() != op.new_range().len() {
            let left = op.old_range().skip(op.new_range().len());
            paired.gone.extend(left.map(|old| own[old]));
        }
        for (old, new) in op.old_range().zip(op.new_range()) {
            let (number, note) = written[new];
            let mut chars = note.chars.clone();
            // The space after the note's mark is the writer's.
            if chars.first().is_some_and(|first| first.c == ' ' || first.c == '\t') {
                chars.remove(0);
            }
            paired.found.insert(
                own[old],
                Found { chars, paragraph: usize::MAX - number, ..Found::default() },
            );
        }
    }
}

/// A change of some words of a home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hunk {
    /// The first character that goes, of the words as built.
    pub start: usize,
    /// One past the last that goes; `start` when none does.
    pub end: usize,
    /// What comes in their place.
    pub text: String,
    /// The tracked change that says so; none when it was typed with tracking off.
    pub track: Option<usize>,
}

enum Step {
    Keep,
    Out(usize, Option<usize>),
    In(char, Option<usize>),
}

/// What changed in a home: its words as built, set against the characters that stand for it now.
pub fn hunks(home: &Home, chars: &[Char]) -> Vec<Hunk> {
    let built: Vec<char> = home.words().chars().collect();
    let original: Vec<char> =
        chars.iter().filter(|char| char.inserted.is_none()).map(|char| char.c).collect();
    let tracked = chars.iter().any(|char| char.inserted.is_some() || char.deleted.is_some());
    let to_built = aligned(&built, &original);
    if !tracked
        && built.len() == original.len()
        && to_built.iter().enumerate().all(|(at, to)| *to == Some(at))
    {
        return Vec::new();
    }
    let mut steps = Vec::with_capacity(chars.len());
    let mut next = 0;
    let mut at = 0;
    for char in chars {
        if char.inserted.is_some() {
            if char.deleted.is_none() {
                steps.push(Step::In(char.c, char.inserted));
            }
            continue;
        }
        let place = to_built.get(at).copied().flatten();
        at += 1;
        // What stood here before and does not now went before what came.
        let until = place.or_else(|| to_built[at..].iter().flatten().next().copied());
        let until = until.unwrap_or(built.len());
        steps.extend((next..until).map(|gone| Step::Out(gone, None)));
        next = next.max(until);
        match (place, char.deleted) {
            (Some(place), Some(track)) => steps.push(Step::Out(place, Some(track))),
            (Some(_), None) => steps.push(Step::Keep),
            (None, None) => steps.push(Step::In(char.c, None)),
            (None, Some(_)) => {}
        }
        if let Some(place) = place {
            next = place + 1;
        }
    }
    steps.extend((next..built.len()).map(|gone| Step::Out(gone, None)));
    grouped(home, &built, steps)
}

fn grouped(home: &Home, built: &[char], steps: Vec<Step>) -> Vec<Hunk> {
    let mut out: Vec<Hunk> = Vec::new();
    let mut at = 0;
    let mut open = false;
    for step in steps {
        let track = match &step {
            Step::Keep => {
                at += 1;
                open = false;
                continue;
            }
            Step::Out(_, track) | Step::In(_, track) => *track,
        };
        if !open || out.last().is_none_or(|last| last.track != track) {
            out.push(Hunk { start: at, end: at, text: String::new(), track });
            open = true;
        }
        let Some(last) = out.last_mut() else { continue };
        match step {
            Step::Out(gone, _) => {
                last.end = gone + 1;
                at = gone + 1;
            }
            Step::In(c, _) => last.text.push(c),
            Step::Keep => {}
        }
    }
    joined(home, built, out)
}

/// Words that were changed one after another are one change, unless one of them is a figure.
fn joined(home: &Home, built: &[char], hunks: Vec<Hunk>) -> Vec<Hunk> {
    let made = made(home);
    let touches = |hunk: &Hunk| made.get(hunk.start..hunk.end).is_some_and(|m| m.contains(&true));
    let mut out: Vec<Hunk> = Vec::new();
    for hunk in hunks {
        let same = hunk.text
            == built.get(hunk.start..hunk.end).unwrap_or_default().iter().collect::<String>();
        if same {
            continue;
        }
        if let Some(last) = out.last_mut()
            && last.track == hunk.track
            && hunk.start == last.end + 1
            && built.get(last.end).is_some_and(|c| *c == ' ')
            && last.end > last.start
            && hunk.end > hunk.start
            && !touches(last)
            && !touches(&hunk)
        {
            last.text.push(' ');
            last.text.push_str(&hunk.text);
            last.end = hunk.end;
            continue;
        }
        out.push(hunk);
    }
    out
}

/// For each character of a home's words, whether it was made and not written.
pub fn made(home: &Home) -> Vec<bool> {
    home.pieces
        .iter()
        .flat_map(|piece| {
            let made = piece.maker != Maker::Author;
            piece.words.chars().map(move |_| made)
        })
        .collect()
}

/// For each character of `new`, the one of `old` that it is, word by word.
pub fn aligned(old: &[char], new: &[char]) -> Vec<Option<usize>> {
    let fold = |chars: &[char]| chars.iter().map(|c| fold(*c)).collect::<Vec<char>>();
    let (old, new) = (fold(old), fold(new));
    let mut out = vec![None; new.len()];
    if old == new {
        return (0..new.len()).map(Some).collect();
    }
    let (old_words, new_words) = (words(&old), words(&new));
    let texts = |chars: &[char], spans: &[(usize, usize)]| {
        spans.iter().map(|(start, end)| chars[*start..*end].to_vec()).collect::<Vec<_>>()
    };
    let (old_texts, new_texts) = (texts(&old, &old_words), texts(&new, &new_words));
    for op in capture_diff_slices(Algorithm::Patience, &old_texts, &new_texts) {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            for step in 0..len {
                let (old_start, _) = old_words[old_index + step];
                let (new_start, new_end) = new_words[new_index + step];
                for (step, place) in out[new_start..new_end].iter_mut().enumerate() {
                    *place = Some(old_start + step);
                }
            }
        }
    }
    out
}

/// The words of `chars` and what stands between them, each as a range.
fn words(chars: &[char]) -> Vec<(usize, usize)> {
    let text: String = chars.iter().collect();
    let mut at = 0;
    text.split_word_bounds()
        .map(|word| {
            let start = at;
            at += word.chars().count();
            (start, at)
        })
        .collect()
}

/// A character as it is compared: typography and kinds of space are the house's, not an editor's.
pub fn fold(c: char) -> char {
    match c {
        '‘' | '’' => '\'',
        '“' | '”' => '"',
        '\u{a0}' | '\u{202f}' | '\u{2002}' | '\u{2009}' | '\n' | '\t' => ' ',
        '\u{2011}' => '-',
        other => other,
    }
}

/// `text` as it is compared.
pub fn folded(text: &str) -> String {
    text.chars().map(fold).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How many words two texts share, in order, as a part of all they have.
fn likeness(one: &str, other: &str) -> f64 {
    let (one, other): (Vec<&str>, Vec<&str>) =
        (one.split(' ').collect(), other.split(' ').collect());
    let most = one.len().max(other.len());
    // Texts of very different length share too little whatever they say.
    if one.len().min(other.len()) * 2 < most {
        return 0.0;
    }
    similar::capture_diff_slices(Algorithm::Myers, &one, &other)
        .iter()
        .filter_map(|op| match op {
            DiffOp::Equal { len, .. } => Some(*len),
            _ => None,
        })
        .sum::<usize>() as f64
        / most as f64
}

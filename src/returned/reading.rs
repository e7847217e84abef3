//! Tells the changes of one file, paragraph by paragraph, and what each means.

use super::compare::{self, Added, Hunk, Paired, folded};
use super::place::{Meaning, Placer};
use super::read::{self, Paragraph, Track};
use super::review::{Change, Effect};
use super::show;
use crate::write::docx::homes::Home;

/// One file while its changes are told.
pub struct Reading<'r> {
    placer: &'r Placer<'r>,
    /// The homes as the file was built.
    homes: &'r [Home],
    to_current: &'r [Option<usize>],
    tracks: &'r [Track],
    origin: Origin,
    out: Vec<Change>,
}

/// Where changes come from: the file, and the document it is of, each by its order.
#[derive(Debug, Clone, Copy)]
pub struct Origin {
    /// The file.
    pub copy: usize,
    /// The document.
    pub document: usize,
}

impl<'r> Reading<'r> {
    /// Of a file that was built of `homes`, each of which is now the one that `to_current` says.
    pub fn new(
        placer: &'r Placer<'r>,
        homes: &'r [Home],
        to_current: &'r [Option<usize>],
        tracks: &'r [Track],
        origin: Origin,
    ) -> Self {
        Reading { placer, homes, to_current, tracks, origin, out: Vec::new() }
    }

    /// The changes, in the order of the document.
    pub fn changes(mut self, paired: &Paired, body: &[Paragraph]) -> Vec<Change> {
        let gone: Vec<usize> = self.all_gone(paired);
        let mut added = paired.added.iter().peekable();
        for index in 0..self.homes.len() {
            // New paragraphs stand in the order of the document.
            if let Some(found) = paired.found.get(&index) {
                if gone.contains(&index) {
                    let track = found.chars.iter().find_map(|char| char.deleted);
                    self.gone(index, track, &gone);
                } else {
                    self.words(index, &found.chars);
                    self.looks(index, found);
                }
                while let Some(next) = added.next_if(|next| next.after == Some(index)) {
                    self.added(next, &body[next.paragraph]);
                }
            } else {
                self.gone(index, None, &gone);
            }
        }
        for left in added {
            self.added(left, &body[left.paragraph]);
        }
        self.out
    }

    /// Homes that are gone, or of which no character is left.
    fn all_gone(&self, paired: &Paired) -> Vec<usize> {
        let emptied = paired.found.iter().filter(|(_, found)| {
            let left = |c: &read::Char| c.deleted.is_none() && !c.c.is_whitespace();
            !found.chars.iter().any(left)
        });
        let mut gone: Vec<usize> = emptied.map(|(index, _)| *index).collect();
        gone.extend(&paired.gone);
        gone.sort_unstable();
        gone
    }

    fn push(&mut self, index: Option<usize>, track: Option<usize>, change: Partial) {
        let track = track.and_then(|track| self.tracks.get(track));
        let known = |text: &String| !text.is_empty();
        let source = index
            .and_then(|index| self.placer.homes.get(index)?.source.as_ref())
            .map(|source| (source.path.clone(), source.line));
        let place = match change.meaning.edits().first() {
            Some(edit) => {
                // A paragraph is added on the line after the one that it follows.
                let text = edit.text.trim_start_matches('\n');
                let down = edit.text.len() - text.len();
                let line = self.placer.line(&edit.path, edit.start);
                Some((edit.path.clone(), line + down))
            }
            None => source,
        };
        self.out.push(Change {
            id: 0,
            copy: self.origin.copy,
            who: track.map(|track| track.author.clone()).filter(known),
            when: track.map(|track| track.date.clone()).filter(known),
            document: self.origin.document,
            home: index,
            effect: change.effect,
            before: change.before,
            after: change.after,
            place,
            meaning: change.meaning,
            also: Vec::new(),
        });
    }

    fn words(&mut self, index: usize, chars: &[read::Char]) {
        let home = &self.homes[index];
        let words = home.words();
        for hunk in compare::hunks(home, chars) {
            let (before, after) = show::around(&words, &hunk);
            if folded(&before) == folded(&after) && !hunk.text.contains(compare::PARAGRAPH) {
                continue;
            }
            let track = hunk.track;
            let (to, meaning, hunk) = match self.rebased(index, hunk) {
                Rebased::At(to, hunk) => (Some(to), self.placer.words(to, &hunk), hunk),
                Rebased::Done => continue,
                Rebased::Lost(hunk) => {
                    let why = "the source has changed since the file was built";
                    (None, Meaning::Unplaced(why.to_owned()), hunk)
                }
            };
            let effect = Effect::Words(hunk);
            self.push(to, track, Partial { effect, before, after, meaning });
        }
    }

    /// A change of words as built, as one of the words as they are now.
    fn rebased(&self, index: usize, hunk: Hunk) -> Rebased {
        let Some(to) = self.to_current[index] else { return Rebased::Lost(hunk) };
        let (old, new) = (self.homes[index].words(), self.placer.homes[to].words());
        if old == new {
            return Rebased::At(to, hunk);
        }
        let old: Vec<char> = old.chars().collect();
        let changed: String = old[..hunk.start]
            .iter()
            .copied()
            .chain(hunk.text.chars())
            .chain(old[hunk.end..].iter().copied())
            .collect();
        if folded(&changed) == folded(&new) {
            return Rebased::Done;
        }
        let new: Vec<char> = new.chars().collect();
        let along = compare::aligned(&new, &old);
        let (start, end) = if hunk.start == hunk.end {
            let after = hunk.start.checked_sub(1).and_then(|at| along[at]).map(|at| at + 1);
            let Some(at) = after.or(along.get(hunk.start).copied().flatten()) else {
                return Rebased::Lost(hunk);
            };
            (at, at)
        } else {
            let (Some(start), Some(last)) = (along[hunk.start], along[hunk.end - 1]) else {
                return Rebased::Lost(hunk);
            };
            (start, last + 1)
        };
        if end.checked_sub(start) != Some(hunk.end - hunk.start) {
            return Rebased::Lost(hunk);
        }
        Rebased::At(to, Hunk { start, end, ..hunk })
    }

    fn looks(&mut self, index: usize, found: &compare::Found) {
        if let Some(track) = found.formats.first() {
            let why = "looks come from the theme; emphasis is written *so* or **so** in the text";
            let before = show::shown(&self.homes[index].words());
            let partial = Partial {
                effect: Effect::Looks,
                after: before.clone(),
                before,
                meaning: Meaning::Unplaced(why.to_owned()),
            };
            self.push(self.to_current[index], Some(*track), partial);
        }
        if let Some(track) = found.joined {
            let before = show::shown(&self.homes[index].words());
            let partial = Partial {
                effect: Effect::Looks,
                after: format!("{before} (runs on into the next paragraph)"),
                before,
                meaning: Meaning::Unplaced("join the paragraphs in the source".to_owned()),
            };
            self.push(self.to_current[index], track, partial);
        }
    }

    fn gone(&mut self, index: usize, track: Option<usize>, gone: &[usize]) {
        let before = show::shown(&self.homes[index].words());
        let gone: Vec<usize> = gone.iter().filter_map(|gone| self.to_current[*gone]).collect();
        let to = self.to_current[index].filter(|to| {
            folded(&self.placer.homes[*to].words()) == folded(&self.homes[index].words())
        });
        let meaning = match to {
            Some(to) => self.placer.gone(to, &gone),
            None => Meaning::Unplaced("the source has changed since the file was built".to_owned()),
        };
        let partial = Partial { effect: Effect::Gone, before, after: String::new(), meaning };
        self.push(to, track, partial);
    }

    fn added(&mut self, added: &Added, paragraph: &Paragraph) {
        let to = added.after.and_then(|after| self.to_current[after]);
        let added = Added { after: to, ..added.clone() };
        let meaning = self.placer.added(&added, &paragraph.style);
        let after = show::shown(&added.words);
        let effect = Effect::Added(added.words.clone());
        self.push(to, added.track, Partial { effect, before: String::new(), after, meaning });
    }
}

enum Rebased {
    At(usize, Hunk),
    /// The source says so already.
    Done,
    Lost(Hunk),
}

struct Partial {
    effect: Effect,
    before: String,
    after: String,
    meaning: Meaning,
}

//! Places a change in the author's files: in prose, in a field of the plan, or nowhere, and then says why.

use std::ops::Range;

use super::compare::{Added, Hunk, PARAGRAPH, made};
use super::escape::{Setting, written};
use super::fields::{Fields, written_as};
use super::lex::{Form, line_start, map};
use super::patch::{Ground, edits, next_item};
use crate::project::Project;
use crate::write::docx::homes::{Home, HomeKind, Maker, Piece};

/// Of the characters of a title or a note, the part that must be found where it is said to stand.
const FITS: f64 = 0.95;

/// A change of one file's text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TextEdit {
    /// The file, from the project folder.
    pub path: String,
    /// The first byte that goes.
    pub start: usize,
    /// One past the last that goes.
    pub end: usize,
    /// What comes in their place.
    pub text: String,
}

/// What a change means for the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// Words that an author wrote.
    Prose(Vec<TextEdit>),
    /// A field of a record, by the keys that lead to it.
    Field(String, Vec<TextEdit>),
    /// What was made from data, or by the engine: it is changed elsewhere.
    Refused(String),
    /// It cannot be placed.
    Unplaced(String),
}

impl Meaning {
    /// What it changes; nothing when it cannot be taken.
    pub fn edits(&self) -> &[TextEdit] {
        match self {
            Meaning::Prose(edits) | Meaning::Field(_, edits) => edits,
            Meaning::Refused(_) | Meaning::Unplaced(_) => &[],
        }
    }
}

/// Where homes stand in the files of a project.
pub struct Placer<'p> {
    project: &'p Project,
    fields: Fields,
    /// The homes of the document as it is now.
    pub homes: &'p [Home],
}

impl<'p> Placer<'p> {
    /// Of `homes`, which the project's files are to hold.
    pub fn new(project: &'p Project, homes: &'p [Home]) -> Self {
        Placer { project, fields: Fields::of(project), homes }
    }

    fn text(&self, path: &str) -> Option<&'p str> {
        let file = self.project.sources.find(std::path::Path::new(path))?;
        let file = self.project.sources.file(file);
        (!file.built_in).then_some(&*file.text)
    }

    /// The line, from 1, of byte `at` of a file.
    pub fn line(&self, path: &str, at: usize) -> usize {
        self.text(path)
            .and_then(|text| text.get(..at))
            .map_or(1, |before| before.matches('\n').count() + 1)
    }

    fn ground(&self, home: &'p Home, made: &[bool]) -> Option<Ground<'p>> {
        let source = home.source.as_ref()?;
        let (path, text) = (source.path.as_str(), self.text(&source.path)?);
        let shown: Vec<char> = home.words().chars().collect();
        let along = |range: Range<usize>, form, made: &[bool]| {
            let map = map(text, range, form, &shown, made);
            Ground { path, text, form, map }
        };
        if home.own {
            let form = match (home.kind, home.cell) {
                (HomeKind::Heading, _) => Form::Heading,
                (HomeKind::Text, true) => Form::Cell,
                _ => Form::Prose,
            };
            return Some(along(source.start..source.end, form, made));
        }
        if home.kind == HomeKind::Note {
            return definitions(text)
                .map(|range| along(range, Form::Prose, made))
                .find(|ground| ground.map.fit(made) >= FITS);
        }
        // A title, a caption, who said something: words in quotation marks on a directive's line.
        let all = vec![false; made.len()];
        let made = if home.pieces.iter().all(|piece| piece.maker == Maker::Writer) {
            all.as_slice()
        } else {
            made
        };
        let slice = text.get(source.start..source.end)?;
        if !slice.trim_start().starts_with(":::") {
            return None;
        }
        let line = slice.lines().next().unwrap_or("");
        quoted(line)
            .map(|range| range.start + source.start..range.end + source.start)
            .map(|range| along(range, Form::Attribute, made))
            .find(|ground| {
                let length = ground.map.range.len();
                ground.map.fit(made) >= FITS && length <= shown.len() * 4 + 200
            })
    }

    /// What a change of the words of a home means.
    pub fn words(&self, index: usize, hunk: &Hunk) -> Meaning {
        let Some(home) = self.homes.get(index) else {
            return Meaning::Unplaced("the document no longer has this paragraph".to_owned());
        };
        let made = made(home);
        let ground = self.ground(home, &made);
        let is_title = ground.as_ref().is_some_and(|ground| ground.form == Form::Attribute);
        if let Some(refused) = self.touches_made(home, &made, hunk).filter(|_| !is_title) {
            return refused;
        }
        let is_found = |at: usize| {
            ground
                .as_ref()
                .is_some_and(|ground| ground.map.places.get(at).is_some_and(Option::is_some))
        };
        let shown: Vec<char> = home.words().chars().collect();
        let own = |at: usize| !made.get(at).copied().unwrap_or(true);
        let lost = (hunk.start..hunk.end).filter(|at| own(*at) && !is_found(*at));
        let lost: Vec<usize> = lost.filter(|at| !shown[*at].is_whitespace()).collect();
        let inserts = hunk.start == hunk.end;
        let nowhere = inserts
            && [hunk.start.checked_sub(1), Some(hunk.start)]
                .into_iter()
                .flatten()
                .filter(|at| own(*at))
                .all(|at| !is_found(at));
        let Some(ground) = ground.as_ref().filter(|_| lost.is_empty() && !nowhere) else {
            let at = lost.first().copied().unwrap_or(hunk.start);
            return self.field(index, &shown, at, hunk, &is_found, &own);
        };
        match edits(ground, home, &shown, &made, hunk) {
            Ok(edits) => Meaning::Prose(edits),
            Err(why) => Meaning::Unplaced(why.to_owned()),
        }
    }

    /// Why the words may not be changed here, when some of them were made.
    fn touches_made(&self, home: &Home, made: &[bool], hunk: &Hunk) -> Option<Meaning> {
        let mut at = 0;
        let mut touched: Option<&Piece> = None;
        let mut whole = true;
        for piece in &home.pieces {
            let range = at..at + piece.words.chars().count();
            at = range.end;
            if piece.maker == Maker::Author {
                continue;
            }
            let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let inside = hunk.start < range.end && hunk.end > range.start;
            // A letter put right beside a figure changes it.
            let beside = !hunk.text.is_empty()
                && (hunk.start == range.end && letter(hunk.text.chars().next())
                    || hunk.end == range.start && letter(hunk.text.chars().last()));
            if inside || beside {
                touched = touched.or(Some(piece));
                whole &= inside && hunk.start <= range.start && hunk.end >= range.end;
            }
        }
        let touched = touched?;
        let shown: Vec<char> = home.words().chars().collect();
        let author = (hunk.start..hunk.end)
            .any(|at| !made.get(at).copied().unwrap_or(true) && shown[at].is_alphabetic());
        // A sentence that goes takes its figures with it.
        if whole && author && !hunk.text.contains(|c: char| c.is_ascii_digit()) {
            return None;
        }
        Some(Meaning::Refused(match &touched.maker {
            Maker::Figure { path, cell, .. } => self.bound(touched, path, cell.as_ref(), hunk),
            Maker::Writer | Maker::Author => {
                format!("\u{201c}{}\u{201d} is written by Annexe, not by an author", touched.words)
            }
        }))
    }

    /// Where a figure comes from, and where the value that was typed stands.
    fn bound(
        &self,
        piece: &Piece,
        path: &str,
        cell: Option<&(String, usize)>,
        hunk: &Hunk,
    ) -> String {
        let mut why = format!("\u{201c}{}\u{201d} is `{path}`", piece.words);
        let Some((file, line)) = cell else { return why };
        why.push_str(&format!(", from {file}:{line}; change it there"));
        let typed = number(&hunk.text);
        if let (Some(text), Some(typed)) = (self.text(file), typed) {
            let holds = |row: &str| row.split(',').any(|cell| number(cell) == Some(typed.clone()));
            let other = text
                .lines()
                .enumerate()
                .find(|(index, row)| index + 1 != *line && file.ends_with(".csv") && holds(row));
            if let Some((index, row)) = other {
                let period = row.split(',').find(|cell| {
                    cell.chars().filter(char::is_ascii_digit).count() >= 4 && number(cell).is_none()
                });
                let of =
                    period.map_or_else(String::new, |of| format!(" ({})", of.trim_matches('"')));
                why.push_str(&format!(". {typed} stands in {file}:{}{of}", index + 1));
            }
        }
        why
    }

    /// What a change of words that stand in no text around them means: those of a field, perhaps.
    fn field(
        &self,
        index: usize,
        shown: &[char],
        at: usize,
        hunk: &Hunk,
        is_found: &dyn Fn(usize) -> bool,
        own: &dyn Fn(usize) -> bool,
    ) -> Meaning {
        let home = &self.homes[index];
        let is_field = |at: usize| at < shown.len() && own(at) && !is_found(at);
        let at = if is_field(at) { at } else { at.saturating_sub(1) };
        let mut start = at;
        while start > 0 && is_field(start - 1) {
            start -= 1;
        }
        let mut end = at;
        while is_field(end) {
            end += 1;
        }
        if hunk.start < start || hunk.end > end || start == end {
            return Meaning::Refused(self.generated(home));
        }
        let words: String = shown[start..end].iter().collect();
        let near = index.saturating_sub(12)..(index + 13).min(self.homes.len());
        let around: Vec<String> =
            self.homes[near].iter().map(|home| super::compare::folded(&home.words())).collect();
        // The space at the edge of a field is the sentence's.
        let mut lead = words.chars().take_while(|c| c.is_whitespace()).count();
        let found = self.fields.find(&words, &around);
        let field = match found.as_slice() {
            // Several fields may stand in one sentence.
            [] => match self.fields.within(&words, hunk.start - start, hunk.end - start) {
                Some((field, at)) => {
                    lead = at;
                    end = start + at + field.text.chars().count();
                    field
                }
                None => return Meaning::Refused(self.generated(home)),
            },
            [field] => field,
            several => {
                let places: Vec<String> = several
                    .iter()
                    .take(3)
                    .map(|field| {
                        format!("{}:{}", field.path, self.line(&field.path, field.range.start))
                    })
                    .collect();
                let why = format!("these words stand in several places: {}", places.join(", "));
                return Meaning::Unplaced(why);
            }
        };
        if hunk.text.contains(PARAGRAPH) || hunk.text.contains('\n') {
            return Meaning::Unplaced(format!("`{}` is one line of text", field.key));
        }
        let old: Vec<char> = field.text.chars().collect();
        let base = start + lead;
        let kept = shown[base..end].iter().collect::<String>().trim_end().chars().count();
        if old.len() != kept {
            let why = format!("`{}` is written over several lines: change it there", field.key);
            return Meaning::Unplaced(why);
        }
        let from = hunk.start.saturating_sub(base).min(old.len());
        let to = hunk.end.saturating_sub(base).min(old.len());
        let straight = !field.text.contains(['‘', '’', '“', '”']);
        let typed: String = hunk
            .text
            .chars()
            .map(|c| match c {
                '‘' | '’' if straight => '\'',
                '“' | '”' if straight => '"',
                '\u{a0}' | '\t' => ' ',
                c => c,
            })
            .collect();
        let new: String = old[..from]
            .iter()
            .copied()
            .chain(typed.chars())
            .chain(old[to..].iter().copied())
            .collect();
        let Some(text) = self.text(&field.path) else {
            return Meaning::Unplaced("the file can no longer be read".to_owned());
        };
        let written = text.get(field.range.clone()).unwrap_or("");
        // Where the file says it letter by letter, no more of it is touched than has changed.
        let bytes = |at: usize| old[..at].iter().map(|c| c.len_utf8()).sum::<usize>();
        if written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) == Some(&*field.text)
            && !typed.contains('\\')
            && !typed.contains(char::is_control)
        {
            let base = field.range.start + 1;
            let path = field.path.clone();
            let (start, end) = (base + bytes(from), base + bytes(to));
            let text = typed.replace('"', "\\\"");
            let edit = TextEdit { path, start, end, text };
            return Meaning::Field(field.key.clone(), vec![edit]);
        }
        let edit = TextEdit {
            path: field.path.clone(),
            start: field.range.start,
            end: field.range.end,
            text: written_as(&new, written),
        };
        Meaning::Field(field.key.clone(), vec![edit])
    }

    fn generated(&self, home: &Home) -> String {
        match &home.source {
            Some(source) => format!(
                "these words are made by {}:{}; change what they are made of",
                source.path, source.line
            ),
            None => "these words are made by the template's front matter or the theme".to_owned(),
        }
    }

    /// What it means that a paragraph is gone.
    pub fn gone(&self, index: usize, gone: &[usize]) -> Meaning {
        let Some(home) = self.homes.get(index) else {
            return Meaning::Unplaced("the document no longer has this paragraph".to_owned());
        };
        let Some(source) = home.source.as_ref().filter(|_| home.own) else {
            return Meaning::Refused(self.generated(home));
        };
        let Some(text) = self.text(&source.path) else {
            return Meaning::Unplaced("the file can no longer be read".to_owned());
        };
        let start = source.start - line_start(text, source.start).len();
        let line_end = |at: usize| {
            let end =
                text.as_bytes().get(at..).and_then(|rest| rest.iter().position(|b| *b == b'\n'));
            end.map_or(text.len(), |end| at + end + 1)
        };
        let end = line_end(source.end.max(1) - 1);
        let before = &text[start..source.start];
        let edit = |start, end| {
            let path = source.path.clone();
            Meaning::Prose(vec![TextEdit { path, start, end, text: String::new() }])
        };
        if home.cell {
            let on_line = self.homes.iter().enumerate().filter(|(_, other)| {
                other.source.as_ref().is_some_and(|other| {
                    other.path == source.path && other.start >= start && other.end <= end
                })
            });
            return match on_line.into_iter().all(|(other, _)| gone.contains(&other)) {
                true => edit(start, end),
                false => Meaning::Unplaced("a cell of a row cannot go alone".to_owned()),
            };
        }
        let plain = |c: char| c == ' ' || c == '>';
        if home.kind == HomeKind::Item {
            let next = text[end..].lines().next().unwrap_or("");
            let depth = |line: &str| line.len() - line.trim_start().len();
            if !next.trim().is_empty() && depth(next) > depth(before) {
                let why = "the item holds others; take it out of the source with them";
                return Meaning::Unplaced(why.to_owned());
            }
            return edit(start, end);
        }
        if !before.chars().all(plain) {
            return Meaning::Unplaced("it is part of something larger there".to_owned());
        }
        // The blank line after it goes too.
        let blank = text[end..].lines().next().is_some_and(|line| line.chars().all(plain));
        edit(start, if blank { line_end(end.min(text.len() - 1)) } else { end })
    }

    /// What it means that a paragraph was added.
    pub fn added(&self, added: &Added, style: &str) -> Meaning {
        if style.starts_with("Heading") || style.starts_with("OpenerHeading") {
            return Meaning::Unplaced(
                "a new heading: its level and id are the author's".to_owned(),
            );
        }
        if added.cell.is_some() {
            let why = "a new paragraph or row of a table: add it where the table is made";
            return Meaning::Unplaced(why.to_owned());
        }
        let after = added.after.and_then(|index| Some((index, self.homes.get(index)?)));
        let Some((index, home)) = after.filter(|(_, home)| home.own && !home.cell) else {
            return Meaning::Unplaced("no text stands before it that an author wrote".to_owned());
        };
        let Some(source) = &home.source else {
            return Meaning::Unplaced("no text stands before it that an author wrote".to_owned());
        };
        let Some(text) = self.text(&source.path) else {
            return Meaning::Unplaced("the file can no longer be read".to_owned());
        };
        let prefix = line_start(text, source.start);
        let next = self.homes.get(index + 1);
        let in_list = next.is_some_and(|next| next.kind == HomeKind::Item);
        let opening = match (home.kind, added.list) {
            (HomeKind::Item, true) => format!("\n{}", next_item(prefix)),
            (HomeKind::Item, false) if in_list => {
                return Meaning::Unplaced("it would divide a list".to_owned());
            }
            (HomeKind::Item, false) => "\n\n".to_owned(),
            (_, list) => {
                let indent: String = prefix.chars().filter(|c| *c == ' ' || *c == '>').collect();
                // Items put after the last line of a lead-in join the list under it.
                if list && in_list {
                    return Meaning::Unplaced(
                        "it comes before the first item of a list".to_owned(),
                    );
                }
                format!("\n{indent}\n{indent}{}", if list { "- " } else { "" })
            }
        };
        let straight = !text.contains(['‘', '’', '“', '”']);
        let setting =
            Setting { form: Form::Prose, at_start: true, indent: "", item: None, straight };
        match written(added.words.trim(), setting) {
            Ok(words) => {
                let end = source.start + text[source.start..source.end].trim_end().len();
                let text = format!("{opening}{words}");
                let path = source.path.clone();
                Meaning::Prose(vec![TextEdit { path, start: end, end, text }])
            }
            Err(why) => Meaning::Unplaced(why.to_owned()),
        }
    }
}

/// The words of each note that a file defines.
fn definitions(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        let rest = line.strip_prefix("[^")?;
        let close = rest.find("]:")? + 2 + 2;
        let lead = line[close..].len() - line[close..].trim_start().len();
        Some(start + close + lead..start + line.trim_end().len())
    })
}

/// What stands between each pair of quotation marks on a line.
fn quoted(line: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        let open = line.get(from..)?.find('"')? + from + 1;
        // Quotation marks inside an expression close nothing.
        let mut depth = false;
        let bytes = line.as_bytes();
        let mut at = open;
        while at < bytes.len() {
            match bytes[at] {
                b'{' if bytes.get(at + 1) == Some(&b'{') => depth = true,
                b'}' if bytes.get(at + 1) == Some(&b'}') => depth = false,
                b'"' if !depth => break,
                _ => {}
            }
            at += 1;
        }
        from = at + 1;
        (at < bytes.len()).then_some(open..at)
    })
}

/// The number that `text` is, as digits without separators.
fn number(text: &str) -> Option<String> {
    let digits: String =
        text.trim().trim_matches(['"', '%', '£']).chars().filter(|c| *c != ',').collect();
    let plain = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    plain.then_some(digits)
}

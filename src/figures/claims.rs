//! Holds what a sentence says of its bound figures against the figures: "rose", "above", "more than half", "the highest".
//!
//! Only where a sentence leaves no doubt which figures a word is about: "rose from A to B", "A, up from B",
//! "A is below B", "more than half (A)", "A, the highest". Sentences that deny, wish or expect are left alone.

use crate::diag::{Finding, Findings, rules};
use crate::document::{Block, BlockKind, Document, Figure, Inline, TYPED, line, walk};
use crate::figures::names::stem;
use crate::figures::sentence::{Sentence, TokenKind, sentences};
use crate::figures::words::UNREAL;

const UP: &[&str] = &["rose", "risen", "ris", "increas", "grew", "grown", "growth", "climb", "up"];
const DOWN: &[&str] = &[
    "fell",
    "fallen",
    "fall",
    "drop",
    "declin",
    "decreas",
    "reduc",
    "reduction",
    "down",
    "shrank",
    "shrunk",
];
const BETTER: &[&str] = &["improv", "improvement"];
const WORSE: &[&str] = &["worsen", "worsened", "deteriorat"];
const SAME: &[&str] = &["unchang", "steady", "stabl"];
/// What may stand between a comparison and the figure it is with: "below the national average of".
const BETWEEN: &[&str] = &[
    "the",
    "a",
    "an",
    "of",
    "in",
    "at",
    "national",
    "average",
    "rate",
    "figure",
    "level",
    "target",
    "baseline",
    "last",
    "previous",
    "year's",
    "year\u{2019}s",
    "year",
    "its",
    "our",
    "for",
    "regional",
    "mean",
    "median",
    "share",
    "all",
];
/// Shares that are named in words, in per cent.
const SHARES: &[(&[&str], f64)] = &[
    (&["three", "quarters"], 75.0),
    (&["two", "thirds"], 200.0 / 3.0),
    (&["half"], 50.0),
    (&["a", "third"], 100.0 / 3.0),
    (&["one", "third"], 100.0 / 3.0),
    (&["a", "quarter"], 25.0),
    (&["one", "quarter"], 25.0),
    (&["a", "fifth"], 20.0),
    (&["a", "tenth"], 10.0),
];

/// What contradicts its own figures in `document`.
pub fn claims(document: &Document) -> Findings {
    let mut findings = Findings::default();
    walk(&document.blocks, &mut |block| {
        for content in prose(block) {
            examine(content, &mut findings);
        }
    });
    findings
}

/// The prose that stands in a block itself.
pub(super) fn prose(block: &Block) -> Vec<&[Inline]> {
    match &block.kind {
        BlockKind::Paragraph(paragraph) => vec![&paragraph.content],
        BlockKind::Image(image) => image.caption.as_deref().into_iter().collect(),
        BlockKind::Callout(callout) => callout.title.as_deref().into_iter().collect(),
        BlockKind::KeyFigures(figures) => {
            figures.items.iter().filter_map(|item| item.note.as_deref()).collect()
        }
        _ => Vec::new(),
    }
}

fn examine(content: &[Inline], findings: &mut Findings) {
    let mut text = String::new();
    let mut figures = Vec::new();
    flatten(content, &mut text, &mut figures);
    if figures.is_empty() {
        return;
    }
    let mut used = 0;
    for sentence in sentences(&text) {
        let count = sentence.tokens.iter().filter(|t| t.kind == TokenKind::Expression).count();
        let own = figures.get(used..used + count).unwrap_or_default();
        used += count;
        if own.is_empty() {
            continue;
        }
        if let Some(fault) = Claim::new(&sentence, own).fault() {
            findings.push(fault.finding());
        }
    }
}

/// The words of some prose, with a mark for each figure that came from data.
pub(super) fn flatten<'d>(content: &'d [Inline], text: &mut String, figures: &mut Vec<&'d Figure>) {
    for inline in content {
        match inline {
            Inline::Text { text: words } => text.push_str(&words.replace("{{", "((")),
            Inline::Figure(figure) if figure.path == TYPED => text.push_str(&figure.text),
            Inline::Figure(figure) => {
                text.push_str("{{ x }}");
                figures.push(figure);
            }
            Inline::Emphasis { content }
            | Inline::Strong { content }
            | Inline::Held { content, .. }
            | Inline::Link { content, .. } => {
                flatten(content, text, figures);
            }
            Inline::Status(status) => text.push_str(&status.word),
            Inline::Break => text.push(' '),
            // A note is a text of its own.
            Inline::Footnote { content } => {
                let _ = line(content);
            }
        }
    }
}

/// A word that its figures deny.
struct Fault<'d> {
    said: String,
    shown: String,
    figures: Vec<&'d Figure>,
}

impl Fault<'_> {
    fn finding(&self) -> Finding {
        let figures: Vec<String> = self
            .figures
            .iter()
            .map(|figure| match &figure.at {
                Some(at) => format!("{} ({at})", figure.text),
                None => figure.text.clone(),
            })
            .collect();
        let message = format!("\"{}\" is said here, but {}", self.said, self.shown);
        let finding = Finding::new(&rules::CLAIM_CONTRADICTED, message)
            .note(format!("the figures: {}", figures.join(", ")))
            .help("correct the words, or quote other figures");
        match self.figures.iter().rev().find_map(|figure| figure.trace.used) {
            Some(span) => finding.at(span),
            None => finding,
        }
    }
}

/// A token of the sentence: its word in small letters, or a figure.
struct Piece<'d> {
    word: String,
    stem: String,
    figure: Option<&'d Figure>,
    stops: bool,
    opens: bool,
}

struct Claim<'d> {
    pieces: Vec<Piece<'d>>,
}

/// The direction that a word says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Up,
    Down,
    Better,
    Worse,
    Same,
}

impl Said {
    fn of(word: &str, stem: &str) -> Option<Said> {
        [
            (UP, Said::Up),
            (DOWN, Said::Down),
            (BETTER, Said::Better),
            (WORSE, Said::Worse),
            (SAME, Said::Same),
        ]
        .into_iter()
        .find(|(words, _)| words.contains(&stem) || words.contains(&word))
        .map(|(_, said)| said)
    }

    /// Whether a move by `change` denies it; unknown where no way is better.
    fn is_denied(self, change: f64, more_is_better: Option<bool>) -> bool {
        match (self, more_is_better) {
            (Said::Up, _) | (Said::Better, Some(true)) | (Said::Worse, Some(false)) => {
                change <= 0.0
            }
            (Said::Down, _) | (Said::Better, Some(false)) | (Said::Worse, Some(true)) => {
                change >= 0.0
            }
            (Said::Same, _) => change != 0.0,
            (Said::Better | Said::Worse, None) => false,
        }
    }
}

fn moved(change: f64) -> String {
    match change {
        c if c > 0.0 => "the figures rose".to_owned(),
        c if c < 0.0 => "the figures fell".to_owned(),
        _ => "the figures are the same".to_owned(),
    }
}

impl<'d> Claim<'d> {
    fn new(sentence: &Sentence, figures: &[&'d Figure]) -> Self {
        let mut figures = figures.iter();
        let pieces = sentence
            .tokens
            .iter()
            .map(|token| {
                let word = token.text.to_lowercase();
                let is_figure = token.kind == TokenKind::Expression;
                Piece {
                    stem: stem(&word),
                    word,
                    figure: if is_figure { figures.next().copied() } else { None },
                    stops: token.stops,
                    opens: token.opens,
                }
            })
            .collect();
        Claim { pieces }
    }

    fn word(&self, at: usize) -> &str {
        self.pieces.get(at).map_or("", |piece| piece.word.as_str())
    }

    /// The figures with numbers, each with its place.
    fn numbers(&self) -> Vec<(usize, &'d Figure, f64)> {
        let number = |(at, piece): (usize, &Piece<'d>)| {
            let figure = piece.figure?;
            let number = figure.trace.number?;
            // A share of more than all is a slip of the data, which has a finding of its own.
            let is_share = figure.unit.as_deref() == Some("percent");
            (!is_share || number.abs() <= 100.0).then_some((at, figure, number))
        };
        self.pieces.iter().enumerate().filter_map(number).collect()
    }

    /// Whether a word says that something is not so, or not yet. "Below the target" says what is.
    fn is_unreal(&self, at: usize) -> bool {
        let is_held = self.word(at) == "target"
            && (at.saturating_sub(2)..at)
                .any(|n| matches!(self.word(n), "above" | "below" | "than"));
        UNREAL.contains(&self.word(at)) && !is_held
    }

    fn fault(&self) -> Option<Fault<'d>> {
        if (0..self.pieces.len()).any(|at| self.is_unreal(at)) {
            return None;
        }
        let numbers = self.numbers();
        let pairs = numbers.windows(2).filter_map(|pair| match pair {
            [one, other] if one.1.unit == other.1.unit => Some((*one, *other)),
            _ => None,
        });
        for (one, other) in pairs {
            let fault = self.risen(one, other).or_else(|| self.compared(one, other));
            if fault.is_some() {
                return fault;
            }
        }
        if let [only] = numbers.as_slice()
            && self.pieces.iter().filter(|piece| piece.figure.is_some()).count() == 1
        {
            return self.share(*only).or_else(|| self.extreme(*only));
        }
        self.change()
    }

    /// The words before `end` that belong to one thought with it. A comma right before `end` does not part them
    /// from the last two: "It rose, from …".
    fn thought(&self, end: usize) -> std::ops::Range<usize> {
        let divides = |at: usize| {
            self.pieces.get(at).is_some_and(|piece| piece.stops || piece.figure.is_some())
        };
        let is_parted = end > 0 && divides(end - 1);
        let last = if is_parted { end.saturating_sub(1) } else { end };
        let first = (0..last).rev().find(|&at| divides(at)).map_or(0, |at| at + 1);
        // "It rose by 17 percentage points, from A to B"
        let by = (end.saturating_sub(5)..end).find(|&at| self.word(at) == "by");
        let reach = if is_parted { by.map_or(2, |at| end - at + 1) } else { 8 };
        first.max(end.saturating_sub(reach))..end
    }

    /// The one direction said in a range of words; none where several are.
    fn direction(&self, range: std::ops::Range<usize>) -> Option<(Said, String)> {
        let said = range.filter_map(|at| {
            let piece = self.pieces.get(at)?;
            Some((Said::of(&piece.word, &piece.stem)?, piece.word.clone()))
        });
        let said: Vec<_> = said.collect();
        let (first, _) = said.first()?;
        said.iter().all(|(other, _)| other == first).then(|| said.first().cloned()).flatten()
    }

    /// "rose from A to B", "doubled from A to B", "from A to B, a fall".
    fn risen(
        &self,
        one: (usize, &'d Figure, f64),
        other: (usize, &'d Figure, f64),
    ) -> Option<Fault<'d>> {
        let ((from, first, a), (to, second, b)) = (one, other);
        let is_from = from > 0 && self.word(from - 1) == "from";
        let is_to = to > 0 && self.word(to - 1) == "to" && to - from <= 6;
        if !is_from || !is_to {
            return None;
        }
        let figures = vec![first, second];
        let before = self.thought(from.saturating_sub(1));
        if let Some(fault) = self.factor(before.clone(), a, b) {
            return Some(Fault { figures, ..fault });
        }
        // "from A to B, a fall": no other word after a comma is surely about these.
        let closes = self.pieces.get(to).is_some_and(|piece| piece.stops)
            && matches!(self.word(to + 1), "a" | "an");
        let after = to + 2..to + 3;
        let (said, word) =
            self.direction(before).or_else(|| closes.then(|| self.direction(after)).flatten())?;
        let change = b - a;
        said.is_denied(change, second.trace.more_is_better).then(|| Fault {
            said: word,
            shown: moved(change),
            figures,
        })
    }

    /// "doubled", "more than halved": by how much B is of A.
    fn factor(&self, range: std::ops::Range<usize>, a: f64, b: f64) -> Option<Fault<'d>> {
        let at = range
            .into_iter()
            .find(|&at| matches!(self.word(at), "doubled" | "trebled" | "tripled" | "halved"))?;
        let times = match self.word(at) {
            "doubled" => 2.0,
            "halved" => 0.5,
            _ => 3.0,
        };
        let ratio = b / a;
        if !ratio.is_finite() {
            return None;
        }
        let hedge = at.checked_sub(1).map_or("", |n| self.word(n));
        let further = if times > 1.0 { ratio > times } else { ratio < times };
        let near = (ratio / times - 1.0).abs() <= 0.12;
        let holds = match hedge {
            "than" => further,
            "nearly" | "almost" => !further && (ratio / times - 1.0).abs() <= 0.25,
            _ => near,
        };
        (!holds).then(|| Fault {
            said: self.word(at).to_owned(),
            shown: format!("the later figure is {:.2} times the earlier", ratio),
            figures: Vec::new(),
        })
    }

    /// "A, up from B", "A is below the national figure of B", "A, unchanged from B".
    fn compared(
        &self,
        one: (usize, &'d Figure, f64),
        other: (usize, &'d Figure, f64),
    ) -> Option<Fault<'d>> {
        let ((left, first, a), (right, second, b)) = (one, other);
        let figures = vec![first, second];
        let between: Vec<usize> = (left + 1..right).collect();
        // The comparison, and how many words it has.
        let place = between.iter().copied().find_map(|at| {
            let pair = format!("{} {}", self.word(at), self.word(at + 1));
            let found = match (self.word(at), pair.as_str()) {
                (_, "up from" | "down from" | "unchanged from") => 2,
                (
                    _,
                    "higher than" | "lower than" | "greater than" | "ahead of" | "better than"
                    | "worse than",
                ) => 2,
                (_, "more than" | "less than" | "fewer than") => 2,
                ("above" | "below" | "exceeding" | "exceeds", _) => 1,
                _ => return None,
            };
            Some((at, found))
        })?;
        let (at, length) = place;
        let pair = format!("{} {}", self.word(at), self.word(at + 1));
        let is_hedge = matches!(pair.as_str(), "more than" | "less than" | "fewer than");
        let gap = at - left - 1;
        let rest = at + length..right;
        let plain = |at: usize| {
            let piece = self.pieces.get(at);
            piece.is_some_and(|piece| {
                BETWEEN.contains(&piece.word.as_str())
                    || piece.word.ends_with("\u{2019}s")
                    || piece.word.ends_with("'s")
            }) || matches!(self.word(at), "england" | "nationally")
        };
        // "Of 210 pupils, fewer than 100 came" compares nothing.
        let is_part = left > 0 && self.word(left - 1) == "of";
        if is_hedge && (is_part || gap == 1 && !matches!(self.word(at - 1), "is" | "was")) {
            return None;
        }
        if gap > if is_hedge { 1 } else { 3 } || rest.len() > 6 || !rest.clone().all(plain) {
            return None;
        }
        // Words after the first figure that begin a new thought: "A, and the rest is below B".
        let is_link = |at: usize| {
            matches!(self.word(at), "and" | "but" | "while" | "with" | "against" | "then")
        };
        if (left + 1..at).any(is_link) {
            return None;
        }
        let said =
            format!("{} {}", self.word(at), if length == 2 { self.word(at + 1) } else { "" });
        let change = a - b;
        let (holds, shown) = match pair.as_str() {
            "up from" => (change > 0.0, moved(change)),
            "down from" => (change < 0.0, moved(change)),
            "unchanged from" => (change == 0.0, moved(change)),
            "better than" | "worse than" => {
                let better = second.trace.more_is_better.or(first.trace.more_is_better)?;
                let is_better = if better { change > 0.0 } else { change < 0.0 };
                let holds =
                    if pair == "better than" { is_better } else { !is_better && change != 0.0 };
                (holds, format!("{} and {} say otherwise", first.text, second.text))
            }
            _ => {
                let is_up = matches!(
                    self.word(at),
                    "above" | "exceeding" | "exceeds" | "higher" | "greater" | "more" | "ahead"
                );
                let holds = if is_up { change > 0.0 } else { change < 0.0 };
                let word = match change {
                    c if c > 0.0 => "above",
                    c if c < 0.0 => "below",
                    _ => "the same as",
                };
                (holds, format!("{} is {word} {}", first.text, second.text))
            }
        };
        (!holds).then(|| Fault { said: said.trim().to_owned(), shown, figures })
    }

    /// "more than half (A)", "A, less than a third".
    fn share(&self, only: (usize, &'d Figure, f64)) -> Option<Fault<'d>> {
        let (at, figure, value) = only;
        if figure.unit.as_deref() != Some("percent") {
            return None;
        }
        for start in 0..self.pieces.len() {
            let pair = format!("{} {}", self.word(start), self.word(start + 1));
            let (is_over, length) = match (self.word(start), pair.as_str()) {
                (_, "more than") => (true, 2),
                (_, "less than" | "fewer than") => (false, 2),
                ("over", _) => (true, 1),
                ("under", _) => (false, 1),
                _ => continue,
            };
            let begin = start + length;
            let named = SHARES.iter().find(|(words, _)| {
                words.iter().enumerate().all(|(n, word)| self.word(begin + n) == *word)
            });
            let Some((words, limit)) = named else { continue };
            let end = begin + words.len();
            // In brackets or after a comma behind it, or right before it.
            let behind = at >= end
                && at - end <= 6
                && (self.pieces.get(at).is_some_and(|piece| piece.opens)
                    || at > 0 && self.pieces.get(at - 1).is_some_and(|piece| piece.stops));
            let before = at < start
                && start - at <= 2
                && self.pieces.get(at).is_some_and(|piece| piece.stops);
            if !behind && !before {
                continue;
            }
            let holds = if is_over { value > *limit } else { value < *limit };
            if !holds {
                let said: Vec<&str> = (start..end).map(|n| self.word(n)).collect();
                let shown =
                    format!("{} is {}", figure.text, if is_over { "no more" } else { "no less" });
                return Some(Fault { said: said.join(" "), shown, figures: vec![figure] });
            }
        }
        None
    }

    /// "A, the highest": in no way that the data know.
    fn extreme(&self, only: (usize, &'d Figure, f64)) -> Option<Fault<'d>> {
        let (at, figure, value) = only;
        let near = |place: usize| {
            place.abs_diff(at) <= 3
                && self.word(place + 1) != "performing"
                && self.word(place + 1) != "quality"
        };
        let place = (0..self.pieces.len())
            .find(|&place| matches!(self.word(place), "highest" | "lowest") && near(place))?;
        // "at its highest, A" and "A, the highest"; "the highest need is A" names something else.
        let follows = place > at
            && self
                .pieces
                .get(at)
                .is_some_and(|piece| piece.stops || place - at == 3 || self.word(at + 1) == "is");
        let leads = place < at && self.pieces.get(place).is_some_and(|piece| piece.stops);
        if !(follows || leads) || figure.trace.among.is_empty() {
            return None;
        }
        let is_highest = self.word(place) == "highest";
        let reaches =
            figure.trace.among.iter().any(|among| {
                if is_highest { value >= among.highest } else { value <= among.lowest }
            });
        let bound = figure
            .trace
            .among
            .iter()
            .map(|among| if is_highest { among.highest } else { among.lowest });
        let bound =
            bound.fold(value, |one, next| if is_highest { one.max(next) } else { one.min(next) });
        (!reaches).then(|| Fault {
            said: self.word(place).to_owned(),
            shown: format!("the data hold {}", crate::plan::figure::number(bound, None)),
            figures: vec![figure],
        })
    }

    /// "rose: down 4 percentage points": a change that is printed in words.
    fn change(&self) -> Option<Fault<'d>> {
        let changes: Vec<(usize, &Figure, f64)> = self
            .pieces
            .iter()
            .enumerate()
            .filter_map(|(at, piece)| {
                let figure = piece.figure?;
                Some((at, figure, figure.trace.change?))
            })
            .collect();
        let [(at, figure, change)] = changes.as_slice() else { return None };
        let (said, word) = self.direction(self.thought(*at))?;
        said.is_denied(*change, figure.trace.more_is_better).then(|| Fault {
            said: word,
            shown: format!("the figures went {}", figure.text),
            figures: vec![figure],
        })
    }
}

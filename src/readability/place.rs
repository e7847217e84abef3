//! Finds the author's own words behind a sentence of the Document.
//!
//! A Document keeps the place of each block, not of each word. So the words of a passage are matched
//! with those of its lines, in order: what an expression printed has no match, and the expression
//! stands for it.

use std::ops::Range;

use crate::source::{Sources, Span};

/// How many words of the lines are passed over at most to find the next match: Markdown's own, the
/// address of a link.
const AHEAD: usize = 40;

/// A passage with what stands behind it.
#[derive(Debug)]
pub struct Lines {
    span: Span,
    words: Vec<Said>,
    /// Bytes of the expressions in the lines.
    expressions: Vec<Range<usize>>,
}

/// A word of a passage.
#[derive(Debug)]
struct Said {
    /// Its bytes in the passage.
    range: Range<usize>,
    /// The bytes of the lines that it was written as.
    written: Option<Range<usize>>,
    /// Where the words written before it end.
    before: usize,
    /// Where the next one written after it starts.
    after: usize,
}

impl Lines {
    /// Matches the passage `text` with the lines at `span`.
    pub fn of(text: &str, span: Span, sources: &Sources) -> Self {
        let (written, expressions) = written_words(sources.text(span));
        let said = words(text, 0);
        let mut matched: Vec<Said> = Vec::with_capacity(said.len());
        let (mut next, mut before) = (0, 0);
        for (at, (word, range)) in said.iter().enumerate() {
            let follows = |i: usize| match (said.get(at + 1), written.get(i + 1)) {
                (Some((after, _)), Some((written, _))) => after == written,
                _ => true,
            };
            let found = (next..written.len().min(next + AHEAD))
                .find(|&i| written[i].0 == *word && (i == next || follows(i)));
            next = found.map_or(next, |i| i + 1);
            let written = found.map(|i| written[i].1.clone());
            let end = written.as_ref().map_or(before, |written| written.end);
            matched.push(Said { range: range.clone(), written, before, after: usize::MAX });
            before = end;
        }
        let mut after = usize::MAX;
        for word in matched.iter_mut().rev() {
            word.after = after;
            after = word.written.as_ref().map_or(after, |written| written.start);
        }
        Lines { span, words: matched, expressions }
    }

    /// Where the bytes `range` of the passage were written; the whole when that cannot be told.
    pub fn place(&self, range: &Range<usize>) -> Span {
        let from = self.words.partition_point(|word| word.range.end <= range.start);
        let to = self.words.partition_point(|word| word.range.start < range.end);
        let found = self.words.get(from..to).unwrap_or(&[]);
        let (Some(first), Some(last)) = (found.first(), found.last()) else { return self.span };
        let start = found.iter().find_map(|word| word.written.as_ref()).map(|w| w.start);
        let end = found.iter().rev().find_map(|word| word.written.as_ref()).map(|w| w.end);
        // Words at the ends that nobody wrote come of the expressions there.
        let opening = self.between(first.before, start.unwrap_or(last.after)).first();
        let closing = self.between(end.unwrap_or(first.before), last.after).last();
        let opening = opening.filter(|_| first.written.is_none()).map(|e| e.start);
        let closing = closing.filter(|_| last.written.is_none()).map(|e| e.end);
        match (opening.or(start), closing.or(end)) {
            (Some(start), Some(end)) if start < end => {
                let base = self.span.start as usize;
                Span::new(self.span.file, base + start..base + end)
            }
            _ => self.span,
        }
    }

    /// The expressions that stand between two bytes of the lines.
    fn between(&self, from: usize, to: usize) -> &[Range<usize>] {
        let first = self.expressions.partition_point(|expression| expression.start < from);
        let last = self.expressions.partition_point(|expression| expression.end <= to);
        self.expressions.get(first..last).unwrap_or(&[])
    }
}

/// A word in small letters, and its bytes.
type Placed = (String, Range<usize>);

/// The words of `text`, which starts at byte `base`, in small letters, with their bytes.
fn words(text: &str, base: usize) -> Vec<Placed> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push((text[from..at].to_lowercase(), base + from..base + at));
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// The words of an author's lines, but for those of expressions; and the expressions' bytes.
fn written_words(source: &str) -> (Vec<Placed>, Vec<Range<usize>>) {
    let (mut written, mut expressions) = (Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(open) = source[at..].find("{{").map(|open| at + open) {
        written.extend(words(&source[at..open], at));
        let close = source[open..].find("}}").map_or(source.len(), |close| open + close + 2);
        expressions.push(open..close);
        at = close;
    }
    written.extend(words(&source[at..], at));
    (written, expressions)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(source: &str, text: &str, wanted: &str) -> String {
        let mut sources = Sources::default();
        let file = sources.add("a.md", source);
        let lines = Lines::of(text, Span::new(file, 0..source.len()), &sources);
        let at = text.find(wanted).unwrap();
        sources.text(lines.place(&(at..at + wanted.len()))).to_owned()
    }

    #[test]
    fn a_sentence_is_found_over_line_ends_marks_and_links() {
        let source =
            "One *fine* day. We met\nat [the hall](https://a.org/the/hall) again. Then left.";
        let text = "One fine day. We met at the hall again. Then left.";
        assert_eq!(place(source, text, "One fine day."), "One *fine* day");
        let second = "We met\nat [the hall](https://a.org/the/hall) again";
        assert_eq!(place(source, text, "We met at the hall again."), second);
        assert_eq!(place(source, text, "Then left."), "Then left");
    }

    #[test]
    fn what_an_expression_printed_is_found_at_the_expression() {
        let source = "It was {{ kpi.K1.actual }} then. {{ kpi.K2.actual }} of plans were late.";
        let text = "It was 58% then. 41% of plans were late.";
        assert_eq!(place(source, text, "58%"), "{{ kpi.K1.actual }}");
        assert_eq!(place(source, text, "41%"), "{{ kpi.K2.actual }}");
        let second = "{{ kpi.K2.actual }} of plans were late";
        assert_eq!(place(source, text, "41% of plans were late."), second);
        assert_eq!(place("{{ a.title }}", "Some words", "words"), "{{ a.title }}");
    }
}

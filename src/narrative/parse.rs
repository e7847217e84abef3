//! Markdown to [`crate::narrative::tree`], by comrak, with true places.

use std::collections::HashMap;

use comrak::nodes::{AstNode, Attributes, ListType, NodeValue, Sourcepos, TableAlignment};
use comrak::{Arena, Options};

use crate::diag::{Finding, nearest, rules};
use crate::narrative::attributed;
use crate::narrative::info::{self, Line};
use crate::narrative::mask::{self, Masked, Piece, pieces};
use crate::narrative::tree::*;
use crate::source::{At, FileId, Span, boundary_after, boundary_before};

/// Lists, quotes and directives may stand this deep in each other. Typst fails at about 40.
const DEEPEST: usize = 24;
/// Emphasis, strong words and links may stand this deep in each other.
const DEEPEST_WORDS: usize = 8;

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.footnotes = true;
    options.extension.block_directive = true;
    options.extension.header_attributes = true;
    options.parse.leave_footnote_definitions = true;
    options.parse.ignore_setext = true;
    options
}

/// Reads the Markdown in `text`, which starts at byte `base` of `file`.
pub fn parse(text: &str, file: FileId, base: usize, findings: &mut Vec<Finding>) -> Vec<Node> {
    let masked = mask::mask(text, file, base, findings);
    let arena = Arena::new();
    let root = comrak::parse_document(&arena, &masked.text, &options());
    let line_starts =
        std::iter::once(0).chain(masked.text.match_indices('\n').map(|(i, _)| i + 1)).collect();
    let mut reader = Reader {
        masked: &masked,
        line_starts,
        file,
        base,
        findings,
        footnotes: HashMap::new(),
        depth: 0,
        in_note: false,
    };
    reader.collect_footnotes(root);
    reader.blocks(root, 0)
}

/// Reads one line of words: no blocks, no Markdown but expressions. For words that come from elsewhere than a
/// Markdown file (a title in front matter, say).
pub fn parse_inline(
    text: &str,
    file: FileId,
    base: usize,
    findings: &mut Vec<Finding>,
) -> Vec<Words> {
    let masked = mask::mask(text, file, base, findings);
    let words: Vec<Words> = pieces(&masked.text)
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Text(text) => Some(Words::Text(text.to_string())),
            Piece::Expression(n) => match masked.attributes.get(&n) {
                None => masked.expressions.get(n).cloned().map(Words::Expression),
                Some(attribute) if *attribute.name == "holds" => {
                    attributed::faults(attribute, findings);
                    Some(attributed::mark(attribute))
                }
                Some(attribute) => {
                    let message = "only prose can say where its words come from";
                    let finding = Finding::new(&rules::MARKDOWN_UNSUPPORTED, message);
                    findings.push(finding.at(attribute.name.span).help("take the braces out"));
                    None
                }
            },
        })
        .collect();
    attributed::given(words, findings)
}

struct Reader<'a, 'f> {
    masked: &'a Masked,
    line_starts: Vec<usize>,
    file: FileId,
    base: usize,
    findings: &'f mut Vec<Finding>,
    footnotes: HashMap<String, Vec<Words>>,
    /// How deep in each other the words being read stand.
    depth: usize,
    /// Whether they are a note's.
    in_note: bool,
}

impl<'a> Reader<'a, '_> {
    fn span(&self, at: Sourcepos) -> Span {
        let offset = |line: usize, column: usize| {
            self.line_starts.get(line.saturating_sub(1)).map_or(self.masked.text.len(), |start| {
                (start + column).min(self.masked.text.len())
            })
        };
        let start = offset(at.start.line, at.start.column.saturating_sub(1));
        let end = offset(at.end.line, at.end.column).max(start);
        // comrak sometimes counts to the middle of a letter.
        let text = self.masked.text.as_str();
        let start = boundary_before(text, start);
        let end = boundary_after(text, end);
        Span::new(self.file, self.base + start..self.base + end)
    }

    fn masked_line(&self, line: usize) -> (&'a str, usize) {
        let masked: &'a Masked = self.masked;
        let text = masked.text.as_str();
        let start = self.line_starts.get(line.saturating_sub(1)).copied().unwrap_or(text.len());
        let end = self.line_starts.get(line).map_or(text.len(), |next| next - 1);
        (text[start..end.max(start)].trim_end_matches('\r'), start)
    }

    fn collect_footnotes<'n>(&mut self, root: &'n AstNode<'n>) {
        for node in root.descendants() {
            let ast = node.data.borrow();
            let NodeValue::FootnoteDefinition(definition) = &ast.value else { continue };
            if definition.total_references == 0 {
                let span = self.span(ast.sourcepos);
                self.findings.push(
                    Finding::new(
                        &rules::FOOTNOTE_UNUSED,
                        format!("nothing refers to the note [^{}]", definition.name),
                    )
                    .at(span)
                    .help("refer to it, or delete it"),
                );
            }
            let name = definition.name.clone();
            let mut content = Vec::new();
            self.in_note = true;
            for child in node.children() {
                let child_ast = child.data.borrow();
                if !matches!(child_ast.value, NodeValue::Paragraph) {
                    let span = self.span(child_ast.sourcepos);
                    self.unsupported(span, "a note holds paragraphs only", "write it in words");
                    continue;
                }
                if !content.is_empty() {
                    content.push(Words::Text(" ".to_string()));
                }
                content.extend(self.words(child));
            }
            self.in_note = false;
            self.footnotes.insert(name, content);
        }
    }

    /// The ids that a heading covers. What else stands between its braces is nothing a heading has.
    fn covers(&mut self, attributes: Option<&Attributes>, span: Span) -> Vec<String> {
        let mut covers = Vec::new();
        let Some(attributes) = attributes else { return covers };
        for (key, value) in &attributes.pairs {
            if key == "covers" {
                covers.extend(value.split_whitespace().map(str::to_owned));
                continue;
            }
            let message = format!("a heading has no `{key}`");
            self.findings.push(
                Finding::new(&rules::DIRECTIVE_ATTRIBUTE_UNKNOWN, message)
                    .at(span)
                    .help("it may have an id, {#costs}, and in an easy edition covers=\"id id\""),
            );
        }
        covers
    }

    fn blocks<'n>(&mut self, parent: &'n AstNode<'n>, depth: usize) -> Vec<Node> {
        let mut out = Vec::new();
        if depth > DEEPEST {
            let span = self.span(parent.data.borrow().sourcepos);
            self.findings.push(
                Finding::new(
                    &rules::FILE_TOO_LARGE,
                    format!("blocks stand more than {DEEPEST} deep in each other here"),
                )
                .at(Span {
                    end: span.start.saturating_add(1).min(span.end.max(span.start)),
                    ..span
                })
                .help("use fewer levels"),
            );
            return out;
        }
        for child in parent.children() {
            if let Some(node) = self.block(child, depth) {
                out.push(node);
            }
        }
        out
    }

    fn block<'n>(&mut self, node: &'n AstNode<'n>, depth: usize) -> Option<Node> {
        let ast = node.data.borrow();
        let span = self.span(ast.sourcepos);
        let kind = match &ast.value {
            NodeValue::Heading(heading) => NodeKind::Heading {
                level: heading.level,
                content: self.words(node),
                id: ast.attrs.as_ref().and_then(|a| a.id.clone()),
                covers: self.covers(ast.attrs.as_deref(), span),
            },
            NodeValue::Paragraph => {
                let content = self.words(node);
                if let Some(Words::Text(text)) = content.first()
                    && text.starts_with(":::")
                {
                    self.findings.push(stray(span));
                    return None;
                }
                let underline = |pair: &[Words]| matches!(pair, [Words::Wrap, Words::Text(text)] if text.trim().chars().all(|c| c == '='));
                if content.windows(2).any(underline) {
                    self.unsupported(
                        span,
                        "a heading is not written with a line under it",
                        "start it with #: # Heading",
                    );
                    return None;
                }
                NodeKind::Paragraph(content)
            }
            NodeValue::List(list) => {
                let start = (list.list_type == ListType::Ordered)
                    .then(|| u32::try_from(list.start).unwrap_or(u32::MAX));
                let items = node.children().map(|item| self.blocks(item, depth + 1)).collect();
                NodeKind::List { start, items }
            }
            NodeValue::Table(table) => {
                let right =
                    table.alignments.iter().map(|a| matches!(a, TableAlignment::Right)).collect();
                let mut rows = node.children().map(|row| {
                    self.whole_row(row);
                    row.children()
                        .map(|cell| TableCellNode {
                            content: self.words(cell),
                            span: self.span(cell.data.borrow().sourcepos),
                        })
                        .collect::<Vec<_>>()
                });
                let head = rows.next().unwrap_or_default();
                let rows = rows.collect();
                NodeKind::Table(TableNode { right, head, rows })
            }
            NodeValue::BlockQuote => NodeKind::Quote(self.blocks(node, depth + 1)),
            NodeValue::BlockDirective(_) => {
                let position = ast.sourcepos;
                drop(ast);
                return self.directive(node, position, span, depth);
            }
            // Notes are shown where they are referred to.
            NodeValue::FootnoteDefinition(_) => return None,
            NodeValue::HtmlBlock(_) => {
                self.findings.push(raw_html(span));
                return None;
            }
            NodeValue::CodeBlock(_) => {
                self.findings.push(
                    Finding::new(
                        &rules::MARKDOWN_UNSUPPORTED,
                        "code blocks are not shown in documents",
                    )
                    .at(span)
                    .help("a line that starts with four spaces is one: take the spaces out"),
                );
                return None;
            }
            NodeValue::ThematicBreak => {
                self.findings.push(
                    Finding::new(
                        &rules::MARKDOWN_UNSUPPORTED,
                        "a rule has no meaning in a document",
                    )
                    .at(span)
                    .help("use a heading, or ::: page-break"),
                );
                return None;
            }
            _ => {
                self.findings.push(
                    Finding::new(
                        &rules::MARKDOWN_UNSUPPORTED,
                        "this kind of Markdown is not supported",
                    )
                    .at(span),
                );
                return None;
            }
        };
        Some(Node { kind, span })
    }

    fn directive<'n>(
        &mut self,
        node: &'n AstNode<'n>,
        position: Sourcepos,
        span: Span,
        depth: usize,
    ) -> Option<Node> {
        let (first, first_start) = self.masked_line(position.start.line);
        let fence_at = position.start.column.saturating_sub(1).min(first.len());
        let fence_at = first[fence_at..].find(':').map_or(fence_at, |i| i + fence_at);
        let after = first[fence_at..].trim_start_matches(':');
        let colons = first.len() - fence_at - after.len();
        let uncovered = after.replace(mask::COLON, ":");
        let text = uncovered.trim();
        let lead = after.len() - after.trim_start().len();
        let start = self.base + first_start + fence_at + colons + lead;
        let first_line =
            Span::new(self.file, self.base + first_start + fence_at..start + text.len());

        if text.is_empty() {
            self.findings.push(stray(first_line));
            self.blocks(node, depth + 1);
            return None;
        }
        let (last, _) = self.masked_line(position.end.line);
        let closed = position.end.line > position.start.line
            && last.trim().chars().all(|c| c == ':')
            && last.trim().len() >= colons;
        if !closed {
            self.findings.push(
                Finding::new(&rules::DIRECTIVE_UNCLOSED, "this directive is not closed")
                    .at(first_line)
                    .help(format!(
                        "close it with {} on a line of its own; one around others needs more colons than they have",
                        ":".repeat(colons)
                    )),
            );
        }
        let (expressions, attributes) = (&self.masked.expressions, &self.masked.attributes);
        let line = Line { text, start, file: self.file, expressions, attributes };
        let info = info::read(&line, self.findings);
        let body = self.blocks(node, depth + 1);
        let info = info?;
        if let Some(fault) =
            info::body_fault(info.spec.body, !body.is_empty(), first_line, info.spec.name)
        {
            self.findings.push(fault);
        }
        let directive =
            Directive { name: info.name, head: info.head, attributes: info.attributes, body };
        Some(Node { kind: NodeKind::Directive(directive), span })
    }

    fn words<'n>(&mut self, parent: &'n AstNode<'n>) -> Vec<Words> {
        if self.depth > DEEPEST_WORDS {
            let span = self.span(parent.data.borrow().sourcepos);
            self.findings.push(
                Finding::new(
                    &rules::FILE_TOO_LARGE,
                    format!("words stand more than {DEEPEST_WORDS} deep in each other here"),
                )
                .at(span)
                .help("use fewer * and _"),
            );
            return Vec::new();
        }
        self.depth += 1;
        let mut out = Vec::new();
        for child in parent.children() {
            self.word(child, &mut out);
        }
        self.depth -= 1;
        let out = attributed::given(merge_text(out), self.findings);
        self.unknown_notes(&out, parent.data.borrow().sourcepos);
        out
    }

    fn word<'n>(&mut self, node: &'n AstNode<'n>, out: &mut Vec<Words>) {
        let ast = node.data.borrow();
        let span = self.span(ast.sourcepos);
        match &ast.value {
            NodeValue::Text(text) => self.text(text, out),
            NodeValue::Code(code) => self.text(&code.literal, out),
            NodeValue::SoftBreak => out.push(Words::Wrap),
            NodeValue::LineBreak => out.push(Words::Break),
            NodeValue::Emph => out.push(Words::Emphasis(self.words(node))),
            NodeValue::Strong => out.push(Words::Strong(self.words(node))),
            NodeValue::Escaped => out.extend(self.words(node)),
            NodeValue::Link(link) => {
                if !link.title.is_empty() {
                    self.unsupported(
                        span,
                        "the title of a link is shown nowhere",
                        "put its words into the link or beside it",
                    );
                }
                let content = self.words(node);
                let to = self.address(&link.url, span);
                out.extend(to.map(|to| Words::Link { to: At::new(to, span), content }));
            }
            NodeValue::Image(image) => {
                let alt = self.words(node);
                let mut caption = Vec::new();
                self.text(&image.title, &mut caption);
                let caption = (!caption.is_empty()).then_some(caption);
                let file = self.address(&image.url, span);
                out.extend(file.map(|file| Words::Image {
                    file: At::new(file, span),
                    alt,
                    caption,
                }));
            }
            NodeValue::FootnoteReference(_) if self.in_note => {
                self.unsupported(span, "a note cannot refer to a note", "put both into one note")
            }
            NodeValue::FootnoteReference(reference) => {
                if let Some(content) = self.footnotes.get(&reference.name) {
                    out.push(Words::Footnote(content.clone()));
                }
            }
            NodeValue::HtmlInline(_) => self.findings.push(raw_html(span)),
            _ => self.unsupported(
                span,
                "this kind of Markdown is not supported",
                "write it in plain words",
            ),
        }
    }

    /// Reports what looks like a reference to a note that is not there.
    fn unknown_notes(&mut self, words: &[Words], within: Sourcepos) {
        for text in words.iter().filter_map(|word| match word {
            Words::Text(text) => Some(text),
            _ => None,
        }) {
            let Some((_, rest)) = text.split_once("[^") else { continue };
            let Some((name, _)) = rest.split_once(']') else { continue };
            if name.is_empty() || name.contains(char::is_whitespace) {
                continue;
            }
            let written = format!("[^{name}]");
            let within = self.span(within).range();
            let start = within.start - self.base;
            let text = self.masked.text.get(start..within.end - self.base).unwrap_or("");
            let at = text.find(&written).map_or(within.start, |at| within.start + at);
            let known = self.footnotes.keys().map(String::as_str);
            let finding =
                Finding::new(&rules::FOOTNOTE_UNKNOWN, format!("there is no note {written}"))
                    .at(Span::new(self.file, at..at + written.len()));
            self.findings.push(match nearest(name, known) {
                Some(near) => finding.help(format!("did you mean [^{near}]?")),
                None => finding.help(format!("write it on a line of its own: {written}: words")),
            });
        }
    }

    /// Reports cells beyond the last column, which Markdown would leave out without a word.
    fn whole_row<'n>(&mut self, row: &'n AstNode<'n>) {
        let Some(last) = row.last_child() else { return };
        let row = self.span(row.data.borrow().sourcepos).range();
        let cell = self.span(last.data.borrow().sourcepos).range();
        let line_end = self
            .masked
            .text
            .get(row.start.saturating_sub(self.base)..)
            .map_or(0, |rest| row.start + rest.find('\n').unwrap_or(rest.len()));
        let range = cell.end.saturating_sub(self.base)..line_end.saturating_sub(self.base);
        let Some(rest) = self.masked.text.get(range) else { return };
        let beyond = rest.trim_start().trim_start_matches('|');
        if beyond.trim().is_empty() {
            return;
        }
        let start = line_end - beyond.trim_start().len();
        self.unsupported(
            Span::new(self.file, start..line_end),
            "this row has more cells than the table has columns",
            "give the table's head another column; a | inside a cell is written \\|",
        );
    }

    fn unsupported(&mut self, span: Span, message: &str, help: &str) {
        self.findings.push(Finding::new(&rules::MARKDOWN_UNSUPPORTED, message).at(span).help(help));
    }

    fn text(&mut self, text: &str, out: &mut Vec<Words>) {
        let masked: &'a Masked = self.masked;
        for piece in pieces(text) {
            match piece {
                Piece::Text(text) => out.push(Words::Text(text.to_string())),
                Piece::Expression(n) => match masked.attributes.get(&n) {
                    // Told from others by having no content.
                    Some(attribute) => {
                        attributed::faults(attribute, self.findings);
                        out.push(attributed::mark(attribute));
                    }
                    None => {
                        out.extend(masked.expressions.get(n).cloned().map(Words::Expression));
                    }
                },
            }
        }
    }

    /// An address as the author wrote it; expressions have no place in one.
    fn address(&mut self, url: &str, span: Span) -> Option<String> {
        if pieces(url).iter().all(|piece| matches!(piece, Piece::Text(_))) {
            return Some(url.to_string());
        }
        self.unsupported(
            span,
            "an address cannot hold an expression",
            "write the address out; a picture can be named by ::: figure image=\"…\"",
        );
        None
    }
}

fn stray(span: Span) -> Finding {
    Finding::new(&rules::DIRECTIVE_STRAY, "these colons close nothing and open nothing")
        .at(span)
        .help("an outer directive needs more colons than those inside it, and a name after them")
}

fn raw_html(span: Span) -> Finding {
    Finding::new(&rules::MARKDOWN_HTML, "HTML is not passed on to documents")
        .at(span)
        .help("write it as Markdown or a directive; a lone < is written \\<")
}

fn merge_text(words: Vec<Words>) -> Vec<Words> {
    let mut out: Vec<Words> = Vec::with_capacity(words.len());
    for word in words {
        if let (Some(Words::Text(last)), Words::Text(text)) = (out.last_mut(), &word) {
            last.push_str(text);
        } else {
            out.push(word);
        }
    }
    out
}

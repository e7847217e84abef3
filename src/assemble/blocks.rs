//! Walks a template's tree: Markdown blocks and words become the Document's, expressions their values.

use minijinja::value::{Value, ValueKind};

use crate::assemble::declared_values::{DueValue, RichText};
use crate::assemble::expression::suppressed;
use crate::assemble::value::{Bullets, Moment, Quantity, RatingValue, Withheld, Worded};
use crate::assemble::{Assembler, data_values, easy};
use crate::diag::{Finding, rules};
use crate::document::*;
use crate::narrative::tree::{Expression, Node, NodeKind, TableCellNode, TableNode, Words};
use crate::plan::bounds::outside_quotes;
use crate::project::Numbers;
use crate::source::Span;

/// Addresses a document may lead to.
const SCHEMES: &[&str] = &["https://", "http://", "mailto:", "tel:"];

impl Assembler<'_> {
    /// The blocks of the template itself: here alone may sections stand.
    pub(super) fn template_blocks(&mut self, nodes: &[Node]) -> Vec<Block> {
        let mut out = Vec::new();
        for node in nodes {
            if !self.goes_on(node.span) {
                break;
            }
            match &node.kind {
                NodeKind::Directive(directive) if *directive.name == "section" => {
                    out.push(self.section(directive, node.span));
                }
                NodeKind::Directive(directive) if *directive.name == "opener" => {
                    out.extend(self.opener(directive, node.span));
                }
                // Loops and conditions around sections are still the top level.
                NodeKind::Directive(directive)
                    if matches!(directive.name.as_str(), "for" | "if" | "only" | "except") =>
                {
                    out.extend(self.structure(directive, Self::template_blocks));
                }
                _ => out.extend(self.block(node)),
            }
        }
        out
    }

    pub(super) fn blocks(&mut self, nodes: &[Node]) -> Vec<Block> {
        let mut out = Vec::new();
        for node in nodes {
            if !self.goes_on(node.span) {
                break;
            }
            self.budget.take(0);
            out.extend(self.block(node));
        }
        out
    }

    fn block(&mut self, node: &Node) -> Vec<Block> {
        if self.leaves_out(&node.kind) {
            return Vec::new();
        }
        let kind = match &node.kind {
            NodeKind::Heading { level, content, id, covers } => {
                let before = self.findings.len();
                let content = self.inlines(content);
                // An expression that failed has been reported: its words are what is missing.
                if line(&content).trim().is_empty() && self.findings.len() == before {
                    self.findings.push(
                        Finding::new(&rules::HEADING_EMPTY, "this heading has no words")
                            .at(node.span),
                    );
                    return Vec::new();
                }
                let level = level.saturating_add(self.shift).min(6);
                // `finish` makes anchors unique, and makes one of the words where there is none.
                BlockKind::Heading(Heading {
                    level,
                    number: None,
                    content,
                    anchor: id.clone().unwrap_or_default(),
                    covers: covers.clone(),
                })
            }
            NodeKind::Paragraph(words) => {
                return self.paragraph(words, ParagraphRole::Body, node.span);
            }
            NodeKind::List { start, items } => {
                let items =
                    items.iter().map(|item| self.blocks(item)).filter(|i| !i.is_empty()).collect();
                BlockKind::List(List { start: *start, items })
            }
            NodeKind::Table(table) => self.written_table(table),
            NodeKind::Quote(nodes) => {
                BlockKind::Quote(Quote { blocks: self.blocks(nodes), by: None, class: None })
            }
            NodeKind::Directive(directive) => return self.directive(directive, node.span),
        };
        vec![Block::at(kind, node.span)]
    }

    /// A paragraph; a picture or a list value alone in one becomes a block of its own.
    pub(super) fn paragraph(
        &mut self,
        words: &[Words],
        role: ParagraphRole,
        span: Span,
    ) -> Vec<Block> {
        match words {
            [Words::Image { file, alt, caption }] => {
                let alt = Some(line(&self.inlines(alt))).filter(|alt| !alt.trim().is_empty());
                if alt.is_none() && !self.project.pictures.contains_key(file.trim()) {
                    self.findings.push(
                        Finding::new(&rules::ALT_MISSING, format!("the picture {} has no alt text", **file))
                            .at(file.span)
                            .help("write it between the brackets: ![What it shows](file); for decoration use ::: figure with alt=\"\""),
                    );
                }
                let caption = caption.as_ref().map(|caption| self.inlines(caption));
                return match self.image(file, alt, caption) {
                    Some(image) => vec![Block::at(BlockKind::Image(image), span)],
                    None => Vec::new(),
                };
            }
            [Words::Expression(expression)] => {
                let Some(value) = self.evaluate(expression) else { return Vec::new() };
                if let Some(bullets) = value.downcast_object_ref::<Bullets>() {
                    return self.bullets(bullets, expression).into_iter().collect();
                }
                let content = self.value_inlines(&value, expression);
                return vec![Block::at(BlockKind::Paragraph(Paragraph { role, content }), span)];
            }
            _ => {}
        }
        let content = self.inlines(words);
        if line(&content).trim().is_empty() {
            return Vec::new();
        }
        vec![Block::at(BlockKind::Paragraph(Paragraph { role, content }), span)]
    }

    fn bullets(&mut self, bullets: &Bullets, expression: &Expression) -> Option<Block> {
        let items: Vec<Vec<Block>> = bullets
            .0
            .iter()
            .map(|value| {
                let content = self.value_inlines(value, expression);
                vec![Block::new(BlockKind::Paragraph(Paragraph::body(content)))]
            })
            .collect();
        (!items.is_empty())
            .then(|| Block::at(BlockKind::List(List { start: None, items }), expression.span))
    }

    /// A table as the author typed it.
    fn written_table(&mut self, table: &TableNode) -> BlockKind {
        let heads: Vec<String> =
            table.head.iter().map(|cell| line(&self.inlines(&cell.content))).collect();
        let head = Row {
            role: RowRole::Head,
            cells: heads
                .iter()
                .zip(&table.head)
                .map(|(words, cell)| Cell::column_head(words.clone()).at(cell.span))
                .collect(),
            keep_with_next: false,
        };
        let body: Vec<Row> = table
            .rows
            .iter()
            .map(|row| Row::body(row.iter().map(|cell| self.cell(cell)).collect()))
            .collect();
        let columns = (0..heads.len())
            .map(|i| Column {
                share: column_share(&heads, &body, i),
                align: if table.right.get(i).copied().unwrap_or(false) {
                    Align::Number
                } else {
                    Align::Start
                },
            })
            .collect();
        BlockKind::Table(Table {
            role: "plain".into(),
            columns,
            head: vec![head],
            body,
            caption: None,
            summary: format!(
                "A table of {}.",
                crate::assemble::filters::and_list(&heads).to_lowercase()
            ),
            anchor: None,
        })
    }

    /// One cell: a rating fills it, a list value becomes a list, anything else is words.
    pub(super) fn cell(&mut self, cell: &TableCellNode) -> Cell {
        self.budget.take(0);
        if let [Words::Expression(expression)] = cell.content.as_slice() {
            let value = self.evaluate(expression);
            if let Some(value) = value {
                if let Some(rating) = value.downcast_object_ref::<RatingValue>() {
                    return Cell {
                        status: Some(rating.0.clone()),
                        blocks: Vec::new(),
                        ..Cell::text("")
                    };
                }
                if let Some(bullets) = value.downcast_object_ref::<Bullets>() {
                    let blocks: Vec<Block> =
                        self.bullets(bullets, expression).into_iter().collect();
                    if blocks.is_empty() {
                        self.empty_cell(cell.span);
                    }
                    return Cell { blocks, ..Cell::text("") };
                }
                let content = self.value_inlines(&value, expression);
                if line(&content).trim().is_empty() {
                    self.empty_cell(cell.span);
                }
                return Cell::new(content).at(cell.span);
            }
            return Cell::text("");
        }
        let content = self.inlines(&cell.content);
        if line(&content).trim().is_empty() {
            self.empty_cell(cell.span);
        }
        Cell::new(content).at(cell.span)
    }

    fn empty_cell(&mut self, span: Span) {
        self.findings.push(
            Finding::new(&rules::CELL_EMPTY, "this cell has nothing to show")
                .at(span)
                .help("say why: {{ x or \"Not recorded\" }}"),
        );
    }

    pub(super) fn inlines(&mut self, words: &[Words]) -> Vec<Inline> {
        let mut out = Vec::new();
        for word in words {
            match word {
                Words::Text(text) => {
                    self.budget.take(text.len());
                    out.push(Inline::text(text.clone()));
                }
                Words::Wrap => out.push(Inline::text(" ")),
                Words::Break => out.push(Inline::Break),
                Words::Emphasis(content) => {
                    out.push(Inline::Emphasis { content: self.inlines(content) })
                }
                Words::Strong(content) => {
                    out.push(Inline::Strong { content: self.inlines(content) })
                }
                Words::Sourced { content, source } => {
                    let content = self.inlines(content);
                    out.push(Inline::Figure(Box::new(Figure {
                        text: line(&content),
                        path: TYPED.to_owned(),
                        source: Some(source.value.clone()),
                        trace: Trace { used: Some(source.span), ..Trace::default() },
                        ..Figure::default()
                    })));
                }
                Words::Held { content, holds } => {
                    let content = self.inlines(content);
                    match self.hold(holds, &line(&content)) {
                        Some(by) => out.push(Inline::Held { content, by }),
                        None => out.extend(content),
                    }
                }
                Words::Footnote(content) => {
                    out.push(Inline::Footnote { content: self.inlines(content) })
                }
                Words::Link { to, content } => {
                    let content = self.inlines(content);
                    if line(&content).trim().is_empty() {
                        self.findings.push(
                            Finding::new(&rules::LINK_EMPTY, "this link has no words").at(to.span),
                        );
                        continue;
                    }
                    match target(to) {
                        Some(to) => out.push(Inline::Link { to, content }),
                        None => {
                            self.findings.push(
                                Finding::new(&rules::LINK_UNKNOWN, format!("\"{}\" is no address to link to", **to))
                                    .at(to.span)
                                    .help("link to #an-id in this document, or to http, https, mailto or tel"),
                            );
                            out.extend(content);
                        }
                    }
                }
                Words::Image { file, .. } => {
                    self.findings.push(
                        Finding::new(
                            &rules::MARKDOWN_UNSUPPORTED,
                            "a picture cannot stand inside a paragraph",
                        )
                        .at(file.span)
                        .help("put it in a paragraph of its own"),
                    );
                }
                Words::Expression(expression) => {
                    if let Some(value) = self.evaluate(expression) {
                        out.extend(self.value_inlines(&value, expression));
                    }
                }
            }
        }
        out
    }

    /// What a value looks like in running text.
    fn value_inlines(&mut self, value: &Value, expression: &Expression) -> Vec<Inline> {
        self.budget.take(value.as_str().map_or(0, str::len));
        if let Some(mut figure) = figure_of(value) {
            let easy = self.edition.is_some_and(|edition| edition.numbers == Numbers::Easy);
            if let Some(quantity) = value.downcast_object_ref::<Quantity>().filter(|_| easy) {
                figure.text = easy::figure(quantity);
            }
            return vec![used(figure, expression)];
        }
        if let Some(rich) = value.downcast_object_ref::<RichText>() {
            return self.rich_text(&rich.clone(), expression);
        }
        if let Some(withheld) = value.downcast_object_ref::<Withheld>() {
            self.findings.push(suppressed(&withheld.figure, expression.span));
            return Vec::new();
        }
        if let Some(lacking) = data_values::lacking(value) {
            let finding = Finding::new(&rules::EXPRESSION_FAILED, lacking);
            self.findings.push(finding.at(expression.span));
            return Vec::new();
        }
        if let Some(rating) = value.downcast_object_ref::<RatingValue>() {
            return vec![Inline::Status(rating.0.clone())];
        }
        match value.kind() {
            ValueKind::None => {
                self.findings.push(
                    Finding::new(&rules::FIGURE_ABSENT, format!("`{}` has no value", expression.source))
                        .at(expression.span)
                        .help("record it, put it inside ::: if, or say what to show: {{ x or \"not recorded\" }}"),
                );
                Vec::new()
            }
            ValueKind::Number => {
                let text = match f64::try_from(value.clone()) {
                    Ok(number) => crate::plan::figure::number(number, None),
                    Err(_) => value.to_string(),
                };
                let mut figure = self.origin(expression);
                figure.trace.number = f64::try_from(value.clone()).ok();
                vec![used(Figure { text, ..figure }, expression)]
            }
            ValueKind::Seq | ValueKind::Iterable => {
                let items: Vec<Value> = value.try_iter().map(Iterator::collect).unwrap_or_default();
                let mut out = Vec::new();
                for (i, item) in items.iter().enumerate() {
                    if i > 0 {
                        out.push(Inline::text(if i + 1 == items.len() { " and " } else { ", " }));
                    }
                    out.extend(self.value_inlines(item, expression));
                }
                out
            }
            // A filter that gives words about a figure still shows where the figure came from.
            ValueKind::String
                if expression.source.contains('|')
                    && value.to_string().contains(|c: char| c.is_ascii_digit()) =>
            {
                let figure = self.origin(expression);
                vec![used(Figure { text: value.to_string(), ..figure }, expression)]
            }
            _ => vec![Inline::text(value.to_string())],
        }
    }
}

impl Assembler<'_> {
    /// What is known of the figure that an expression's filters change: what stands before the first of them.
    fn origin(&mut self, expression: &Expression) -> Figure {
        let path = expression.source.clone();
        let pipe = outside_quotes(&path).find(|(_, c)| *c == '|').map(|(at, _)| at);
        let before = pipe.and_then(|at| path.get(..at)).unwrap_or("").trim();
        // A list or a sum inside brackets is no figure of its own.
        let is_name = !before.is_empty() && !before.contains(['(', ' ']);
        let source = Expression { source: before.to_owned(), span: expression.span };
        let value = is_name.then(|| self.value_of(&source)).flatten();
        let figure = value.as_ref().and_then(figure_of).unwrap_or_default();
        Figure { path, ..figure }
    }
}

/// The figure that a value is.
fn figure_of(value: &Value) -> Option<Figure> {
    if let Some(quantity) = value.downcast_object_ref::<Quantity>() {
        return Some(quantity.figure.clone());
    }
    if let Some(worded) = value.downcast_object_ref::<Worded>() {
        return Some(worded.0.clone());
    }
    let due = value.downcast_object_ref::<DueValue>().and_then(DueValue::moment);
    let moment = due.as_ref().or_else(|| value.downcast_object_ref::<Moment>())?;
    Some(Figure {
        text: moment.prose(),
        path: moment.path.clone(),
        trace: Trace { cells: moment.cell.into_iter().collect(), ..Trace::default() },
        ..Figure::default()
    })
}

/// A figure where an expression asks for it.
fn used(mut figure: Figure, expression: &Expression) -> Inline {
    figure.trace.used = Some(expression.span);
    Inline::Figure(Box::new(figure))
}

fn target(to: &str) -> Option<Target> {
    if let Some(anchor) = to.strip_prefix('#') {
        return (!anchor.is_empty()).then(|| Target::Anchor(anchor.to_string()));
    }
    let lower = to.to_ascii_lowercase();
    SCHEMES.iter().any(|s| lower.starts_with(s)).then(|| Target::Address(to.to_string()))
}

/// A column's head is to take no more lines than this, or about.
const HEAD_LINES: f64 = 3.0;
/// Where a table has no more columns than this.
const ROOMY: usize = 6;

/// A column's share by what stands in it: longer text gets more room, but less than in proportion,
/// and no column less than its longest word or its head asks for.
pub(super) fn column_share(heads: &[String], body: &[Row], index: usize) -> f64 {
    let head = heads.get(index).map_or("", String::as_str);
    let mut longest_word = head.split_whitespace().map(str::len).max().unwrap_or(1);
    let (mut total, mut count) = (0usize, 0usize);
    for cell in body.iter().filter_map(|row| row.cells.get(index)) {
        let text = cell_text(cell);
        longest_word = longest_word.max(text.split_whitespace().map(str::len).max().unwrap_or(0));
        total += text.len();
        count += 1;
    }
    let mean = total as f64 / count.max(1) as f64;
    // In a table of many columns that room would be taken from words that cannot be broken.
    let roomy = heads.len() <= ROOMY;
    let head_line = if roomy { head.chars().count() as f64 / HEAD_LINES } else { 0.0 };
    mean.powf(0.6).max(longest_word as f64 * 0.7).max(head_line * 0.7).max(3.0)
}

fn cell_text(cell: &Cell) -> String {
    let mut text = cell.status.as_ref().map_or_else(String::new, Status::words);
    for block in &cell.blocks {
        match &block.kind {
            BlockKind::Paragraph(paragraph) => text.push_str(&line(&paragraph.content)),
            BlockKind::List(list) => {
                for block in list.items.iter().flatten() {
                    if let BlockKind::Paragraph(paragraph) = &block.kind {
                        text.push_str(&line(&paragraph.content));
                        text.push(' ');
                    }
                }
            }
            _ => {}
        }
    }
    text
}

//! Boxes, quotes, key figures, pictures and front tables.

use crate::assemble::Assembler;
use crate::diag::{Finding, nearest, rules};
use crate::document::*;
use crate::narrative::tree::{Directive, Node, NodeKind, Words};
use crate::source::{At, Span};

impl Assembler<'_> {
    pub(super) fn lead(&mut self, directive: &Directive) -> Vec<Block> {
        self.in_role(&directive.body, ParagraphRole::Lead)
    }

    pub(super) fn note(&mut self, directive: &Directive) -> Vec<Block> {
        self.in_role(&directive.body, ParagraphRole::Note)
    }

    fn in_role(&mut self, nodes: &[Node], role: ParagraphRole) -> Vec<Block> {
        let mut blocks = self.blocks(nodes);
        for block in &mut blocks {
            if let BlockKind::Paragraph(paragraph) = &mut block.kind {
                paragraph.role = role;
            }
        }
        blocks
    }

    pub(super) fn callout(&mut self, directive: &Directive, span: Span) -> Vec<Block> {
        let role = match directive.head.as_ref().map(|h| h.as_str()) {
            Some("spotlight") => CalloutRole::Spotlight,
            Some("decision") => CalloutRole::Decision,
            _ => CalloutRole::Note,
        };
        let title = self.attribute_inlines(directive, "title");
        let blocks = self.blocks(&directive.body);
        vec![Block::at(BlockKind::Callout(Callout { role, title, blocks }), span)]
    }

    pub(super) fn quote(&mut self, directive: &Directive, span: Span) -> Vec<Block> {
        let by = self.attribute_words(directive, "by");
        let kind = self.attribute_words(directive, "kind").or_else(|| by.clone());
        if let Some(kind) = &kind {
            self.quote_kind(kind, directive);
        }
        let class = kind.map(|kind| crate::assemble::slug(&kind));
        let blocks = self.blocks(&directive.body);
        vec![Block::at(BlockKind::Quote(Quote { blocks, by, class }), span)]
    }

    /// Reports a kind of person that the project does not list, if it lists any.
    fn quote_kind(&mut self, kind: &str, directive: &Directive) {
        let kinds = &self.project.settings.quotes;
        if kinds.is_empty() || kinds.iter().any(|known| known == kind) {
            return;
        }
        let attribute = directive.attribute("kind").or_else(|| directive.attribute("by"));
        let span = attribute.map_or(directive.name.span, |given| given.value.span);
        let message = format!("the project has no quotes of the kind \"{kind}\"");
        let finding = Finding::new(&rules::QUOTE_CLASS, message).at(span);
        self.findings.push(match nearest(kind, kinds.iter().map(String::as_str)) {
            Some(near) => finding.help(format!("did you mean \"{near}\"?")),
            None => finding.help(format!("its kinds are: {}", kinds.join(", "))),
        });
    }

    pub(super) fn key_figures(&mut self, directive: &Directive, span: Span) -> Vec<Block> {
        let mut items = Vec::new();
        for node in &directive.body {
            let NodeKind::List { items: list, .. } = &node.kind else {
                self.malformed(
                    node.span,
                    "only a list can stand here",
                    "one figure an item: - {{ x }} | label | note",
                );
                continue;
            };
            for item in list {
                let [Node { kind: NodeKind::Paragraph(words), span }] = item.as_slice() else {
                    self.malformed(
                        node.span,
                        "a key figure is one line",
                        "- {{ x }} | label | note",
                    );
                    continue;
                };
                let parts = split(words, '|');
                let mut parts = parts.iter().map(|part| self.inlines(part));
                let (Some(value), Some(label)) = (parts.next(), parts.next()) else {
                    drop(parts);
                    self.malformed(
                        *span,
                        "a key figure needs a number and a label",
                        "- {{ x }} | label | note",
                    );
                    continue;
                };
                let note = parts.next();
                if parts.next().is_some() {
                    drop(parts);
                    self.malformed(
                        *span,
                        "a key figure has three parts at most",
                        "- {{ x }} | label | note",
                    );
                    continue;
                }
                items.push(KeyFigure { value, label, note });
            }
        }
        if items.is_empty() {
            Vec::new()
        } else {
            vec![Block::at(BlockKind::KeyFigures(KeyFigures { items }), span)]
        }
    }

    pub(super) fn figure(&mut self, directive: &Directive, span: Span) -> Vec<Block> {
        let caption = self.attribute_inlines(directive, "caption");
        match self.named_image(directive, caption) {
            Some(image) => vec![Block::at(BlockKind::Image(image), span)],
            None => Vec::new(),
        }
    }

    pub(super) fn picture_row(&mut self, directive: &Directive, span: Span) -> Vec<Block> {
        let blocks = self.blocks(&directive.body);
        match self.named_image(directive, None) {
            Some(image) => {
                vec![Block::at(BlockKind::PictureRow(PictureRow { image, blocks }), span)]
            }
            None => blocks,
        }
    }

    /// The picture that a directive's attributes name.
    fn named_image(
        &mut self,
        directive: &Directive,
        caption: Option<Vec<Inline>>,
    ) -> Option<Image> {
        let attribute = directive.attribute("image")?;
        let name = At::new(self.attribute_words(directive, "image")?, attribute.value.span);
        let alt = self.attribute_words(directive, "alt");
        if alt.is_none() && !self.project.pictures.contains_key(name.trim()) {
            self.findings.push(
                Finding::new(&rules::ALT_MISSING, format!("the picture {} has no alt text", *name))
                    .at(directive.name.span)
                    .help("say what it shows: alt=\"…\"; alt=\"\" marks a decoration"),
            );
        }
        let image = self.image(&name, alt.clone().filter(|a| !a.trim().is_empty()), caption)?;
        // An alt text that is there and empty marks a decoration, whatever the library says.
        let is_decoration = alt.is_some_and(|alt| alt.trim().is_empty());
        Some(Image { alt: image.alt.filter(|_| !is_decoration), ..image })
    }

    /// A picture of the project's, put among the document's assets: named by its id in the library,
    /// which then says its alt text where the author gives none, or by its file.
    pub(in crate::assemble) fn image(
        &mut self,
        named: &At<String>,
        alt: Option<String>,
        caption: Option<Vec<Inline>>,
    ) -> Option<Image> {
        let project = self.project;
        let known = project.pictures.get(named.trim());
        let name = match known {
            Some(picture) => picture.file.value.clone(),
            None => named.trim().trim_start_matches("images/").to_string(),
        };
        let alt = alt.or_else(|| known?.alt.clone());
        let Some(asset) = project.images.get(&name) else {
            // A file that the library names in vain was reported there.
            if known.is_none() {
                let message = format!("there is no picture content/images/{name}");
                let mut finding = Finding::new(&rules::FILE_MISSING, message).at(named.span);
                let names = project.pictures.keys().chain(project.images.keys());
                if let Some(near) = nearest(&name, names.map(String::as_str)) {
                    finding = finding.help(format!("did you mean {near}?"));
                }
                self.findings.push(finding);
            }
            return None;
        };
        self.assets.insert(name.clone(), asset.clone());
        Some(Image { asset: name, alt, caption })
    }

    pub(super) fn fields(&mut self, directive: &Directive, span: Span) -> Vec<Block> {
        let mut body = Vec::new();
        for node in &directive.body {
            let NodeKind::Paragraph(words) = &node.kind else {
                self.malformed(
                    node.span,
                    "only lines of `Label: words` can stand here",
                    "Name of the local area: {{ area.name }}",
                );
                continue;
            };
            for line in lines(words) {
                let parts = split_first(line, ':');
                let (label, value) = match parts {
                    Some((label, value)) => (self.inlines(&label), self.inlines(&value)),
                    None => {
                        self.malformed(
                            node.span,
                            "this line has no label",
                            "Name of the local area: {{ area.name }}",
                        );
                        continue;
                    }
                };
                if crate::document::line(&value).trim().is_empty() {
                    self.findings.push(
                        Finding::new(
                            &rules::CELL_EMPTY,
                            format!("nothing stands after \"{}\"", crate::document::line(&label)),
                        )
                        .at(node.span)
                        .help("say why there is nothing: not recorded, not applicable"),
                    );
                }
                body.push(Row::body(vec![Cell::new(label).row_head(), Cell::new(trimmed(value))]));
            }
        }
        if body.is_empty() {
            return Vec::new();
        }
        let summary = self.summary(directive, || {
            "Each row names a fact at the left and gives it at the right.".into()
        });
        let column = |share| Column { share, align: Align::Start };
        let table = Table {
            role: "fields".into(),
            columns: vec![column(2.0), column(3.0)],
            head: Vec::new(),
            body,
            caption: None,
            summary,
            anchor: None,
        };
        vec![Block::at(BlockKind::Table(table), span)]
    }

    pub(super) fn malformed(&mut self, span: Span, message: &str, example: &str) {
        self.findings.push(
            Finding::new(&rules::DIRECTIVE_MALFORMED, message)
                .at(span)
                .help(format!("for example: {example}")),
        );
    }
}

/// The lines of a paragraph as the author broke them.
fn lines(words: &[Words]) -> Vec<&[Words]> {
    words.split(|w| matches!(w, Words::Wrap | Words::Break)).filter(|l| !l.is_empty()).collect()
}

/// Splits words at each `mark` in their text.
fn split(words: &[Words], mark: char) -> Vec<Vec<Words>> {
    let mut out = Vec::new();
    let mut rest = words.to_vec();
    while let Some((before, after)) = split_first(&rest, mark) {
        out.push(before);
        rest = after;
    }
    out.push(rest);
    out
}

/// Splits words at the first `mark` in their text.
fn split_first(words: &[Words], mark: char) -> Option<(Vec<Words>, Vec<Words>)> {
    for (i, word) in words.iter().enumerate() {
        let Words::Text(text) = word else { continue };
        let Some((left, right)) = text.split_once(mark) else { continue };
        let mut before = words[..i].to_vec();
        before.push(Words::Text(left.trim_end().to_string()));
        let mut after = vec![Words::Text(right.trim_start().to_string())];
        after.extend_from_slice(&words[i + 1..]);
        return Some((before, after));
    }
    None
}

/// Drops an empty text at the start.
fn trimmed(mut content: Vec<Inline>) -> Vec<Inline> {
    if let Some(Inline::Text { text }) = content.first()
        && text.is_empty()
    {
        content.remove(0);
    }
    content
}

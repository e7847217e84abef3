//! `for`, `if`, `only`, `except`, `include`, `section`, `toc`: what stands where, and how often.

use std::collections::BTreeMap;
use std::path::Path;

use crate::assemble::Assembler;
use crate::diag::{Finding, nearest, rules, slashed};
use crate::document::{Block, BlockKind, Contents, Orientation, Paragraph, Section, line};
use crate::narrative;
use crate::narrative::tree::{Directive, Expression, Node};
use crate::source::{At, Span};

/// Files may include each other this deep.
const DEEPEST_INCLUDE: usize = 16;

impl Assembler<'_> {
    /// `for`, `if`, `only` and `except`; `make` makes the blocks of the body.
    pub(in crate::assemble) fn structure(
        &mut self,
        directive: &Directive,
        mut make: impl FnMut(&mut Self, &[Node]) -> Vec<Block>,
    ) -> Vec<Block> {
        let Some(head) = &directive.head else { return Vec::new() };
        match directive.name.as_str() {
            "for" => self.repeat(head, &directive.body, make),
            "if" => {
                let expression = Expression { source: head.value.clone(), span: head.span };
                match self.evaluate(&expression) {
                    Some(value) if value.is_true() => make(self, &directive.body),
                    _ => Vec::new(),
                }
            }
            name => {
                let shown = self.names_this_edition(head) == (name == "only");
                if shown { make(self, &directive.body) } else { Vec::new() }
            }
        }
    }

    /// Whether `head` names this edition, or one that it is based on. Names that are none are reported.
    fn names_this_edition(&mut self, head: &At<String>) -> bool {
        let project = self.project;
        let named: Vec<&str> = head.split_whitespace().collect();
        for name in &named {
            // An edition that others are based on may be named for them all. A narrative file may
            // serve several documents: there any edition of the project's may be named.
            let own = self.template.editions.iter().any(|edition| {
                edition == name || project.editions.get(edition).is_some_and(|e| e.is_a(name))
            });
            let known = own || self.including.len() > 1 && project.editions.contains_key(*name);
            if !known {
                let message = match self.including.len() {
                    1 => format!("this document has no edition \"{name}\""),
                    _ => format!("there is no edition \"{name}\""),
                };
                let mut finding = Finding::new(&rules::REFERENCE_UNKNOWN, message).at(head.span);
                let editions = self.template.editions.iter().chain(project.editions.keys());
                if let Some(near) = nearest(name, editions.map(String::as_str)) {
                    finding = finding.help(format!("did you mean \"{near}\"?"));
                }
                self.findings.push(finding);
            }
        }
        let edition = self.options.edition.as_str();
        named.iter().any(|name| match project.editions.get(edition) {
            Some(profile) => profile.is_a(name),
            None => edition == *name,
        })
    }

    fn repeat(
        &mut self,
        head: &At<String>,
        body: &[Node],
        mut make: impl FnMut(&mut Self, &[Node]) -> Vec<Block>,
    ) -> Vec<Block> {
        let Some((name, list)) = head.split_once(" in ") else {
            self.findings.push(
                Finding::new(&rules::DIRECTIVE_MALFORMED, "`for` needs a name and a list")
                    .at(head.span)
                    .help("write it as: for objective in plan.objectives"),
            );
            return Vec::new();
        };
        let name = name.trim().to_string();
        if !is_name(&name) {
            self.findings.push(
                Finding::new(&rules::DIRECTIVE_MALFORMED, format!("`{name}` cannot be a name"))
                    .at(Span { end: head.span.start + name.len() as u32, ..head.span })
                    .help("a name is of letters, figures and `_`, and starts with a letter"),
            );
            return Vec::new();
        }
        let start = head.span.start + (head.len() - list.len()) as u32;
        let list =
            Expression { source: list.trim().to_string(), span: Span { start, ..head.span } };
        let Some(value) = self.evaluate(&list) else { return Vec::new() };
        // A text could be gone over letter by letter, which nobody means.
        let Some(items) = value.try_iter().ok().filter(|_| value.as_str().is_none()) else {
            self.findings.push(
                Finding::new(&rules::EXPRESSION_FAILED, format!("`{}` is no list", list.source))
                    .at(list.span),
            );
            return Vec::new();
        };
        let mut out = Vec::new();
        for item in items {
            if !self.goes_on(head.span) {
                break;
            }
            self.budget.take(0);
            self.locals.push((name.clone(), item));
            let faults = self.findings.len();
            out.extend(make(self, body));
            self.locals.pop();
            // A fault in the body is the same fault for every item.
            if self.findings[faults..].iter().any(|f| f.severity == crate::diag::Severity::Error) {
                break;
            }
        }
        out
    }

    pub(super) fn include(&mut self, directive: &Directive) -> Vec<Block> {
        let Some(written) = &directive.head else { return Vec::new() };
        let path = &At::new(self.path_words(written), written.span);
        let shift = self.attribute_number(directive, "shift").unwrap_or(0);
        let Some(wanted) = below_content(path) else {
            self.findings.push(
                Finding::new(
                    &rules::FILE_OUTSIDE,
                    format!("\"{}\" leads out of the content folder", **path),
                )
                .at(path.span)
                .help("give a path below content/, without .."),
            );
            return Vec::new();
        };
        let project = self.project;
        let Some(&file) = project.narrative.get(&wanted) else {
            if let Some(content) = self.attribute_inlines(directive, "otherwise") {
                let says = !line(&content).trim().is_empty();
                let paragraph = BlockKind::Paragraph(Paragraph::body(content));
                return says.then(|| Block::at(paragraph, path.span)).into_iter().collect();
            }
            let mut finding =
                Finding::new(&rules::FILE_MISSING, format!("there is no file content/{wanted}"))
                    .at(path.span);
            if let Some(near) = nearest(&wanted, project.narrative.keys().map(String::as_str)) {
                finding = finding.help(format!("did you mean {near}?"));
            }
            self.findings.push(finding);
            return Vec::new();
        };
        if self.including.contains(&file) {
            let way: Vec<String> = self
                .including
                .iter()
                .chain([&file])
                .map(|f| slashed(&project.sources.file(*f).path))
                .collect();
            self.findings.push(
                Finding::new(&rules::INCLUDE_CYCLE, format!("content/{wanted} includes itself"))
                    .at(path.span)
                    .note(format!("the way round: {}", way.join(" → "))),
            );
            return Vec::new();
        }
        if self.including.len() >= DEEPEST_INCLUDE {
            self.findings.push(
                Finding::new(
                    &rules::FILE_TOO_LARGE,
                    format!("files include each other more than {DEEPEST_INCLUDE} deep"),
                )
                .at(path.span),
            );
            return Vec::new();
        }
        self.narrative.insert(wanted);
        let text = project.sources.file(file).text.clone();
        let tree = self.parse(&text, file, 0);
        self.including.push(file);
        let outer = self.shift;
        self.shift = outer.saturating_add(shift);
        let blocks = self.blocks(&tree);
        self.shift = outer;
        self.including.pop();
        blocks
    }

    /// A path as written, with its expressions evaluated: `app/objective-{{ objective.id | lower }}.md`.
    fn path_words(&mut self, written: &At<String>) -> String {
        let source = self.project.sources.text(written.span);
        if !source.contains("{{") {
            return written.value.clone();
        }
        let start = written.span.start as usize;
        let words = narrative::parse_inline(source, written.span.file, start, &mut self.findings);
        let content = self.inlines(&words);
        line(&content)
    }

    pub(in crate::assemble) fn section(&mut self, directive: &Directive, span: Span) -> Block {
        let landscape = directive.head.as_ref().is_some_and(|h| **h == "landscape");
        let orientation = if landscape { Orientation::Landscape } else { Orientation::Portrait };
        let blocks = self.blocks(&directive.body);
        Block::at(BlockKind::Section(Section { orientation, blocks }), span)
    }

    pub(super) fn toc(&mut self, directive: &Directive, span: Span) -> Vec<Block> {
        let depth = self.attribute_number(directive, "depth").unwrap_or(2).clamp(1, 6);
        let title =
            self.attribute_words(directive, "title").unwrap_or_else(|| "Contents".to_string());
        vec![Block::at(
            BlockKind::Contents(Contents { title, depth, pictures: BTreeMap::new() }),
            span,
        )]
    }
}

/// Whether expressions can use `name`.
pub(super) fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// A path below `content/`, made plain; `None` when it leads out of it.
fn below_content(path: &str) -> Option<String> {
    use std::path::Component;
    let mut parts = Vec::new();
    for component in Path::new(path).components() {
        match component {
            Component::Normal(part) => parts.push(part.to_str()?),
            Component::CurDir => {}
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::below_content;

    #[test]
    fn no_path_leads_out_of_content() {
        assert_eq!(below_content("app/./a.md").as_deref(), Some("app/a.md"));
        for path in ["../x.md", "a/../../x.md", "/etc/passwd", ""] {
            assert_eq!(below_content(path), None, "{path}");
        }
    }
}

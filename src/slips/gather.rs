//! Gathers what was typed: the passages and tables of narrative files, and the texts of the plan.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::check;
use crate::figures::Read;
use crate::narrative;
use crate::narrative::tree::{AttributeValue, Directive, Node, NodeKind, TableNode};
use crate::project::Project;
use crate::slips::Passage;
use crate::slips::words::mask;
use crate::source::{FileId, Span};

/// Attributes of directives that hold words for readers.
const PROSE: &[&str] = &["title", "caption", "alt", "note", "summary", "bandnote", "why", "chart"];

/// What was gathered.
#[derive(Default)]
pub(super) struct Gathered<'p> {
    pub(super) passages: Vec<Passage<'p>>,
    pub(super) tables: Vec<(TableNode, &'p [String])>,
    seen: BTreeSet<FileId>,
    day: Option<NaiveDate>,
}

impl<'p> Gathered<'p> {
    /// The passages of a file, once however many days it is read for.
    pub(super) fn file(&mut self, project: &Project, read: &'p Read) {
        if !self.seen.insert(read.file) {
            return;
        }
        let text = &project.sources.file(read.file).text;
        let body = text.get(read.base..).unwrap_or("");
        // What is wrong with the file was found when the document was made.
        let tree = narrative::parse(body, read.file, read.base, &mut Vec::new());
        self.day = Some(read.as_at);
        self.nodes(project, &tree, &read.documents, false);
        self.day = None;
    }

    /// The texts of the plan that documents print.
    pub(super) fn plan(&mut self, project: &Project) {
        for text in check::texts(&project.plan) {
            self.push(project, text.span, &[], false, false);
        }
    }

    fn push(
        &mut self,
        project: &Project,
        span: Span,
        documents: &'p [String],
        quoted: bool,
        narrative: bool,
    ) {
        let text = mask(project.sources.text(span));
        self.passages.push(Passage { text, span, quoted, narrative, day: self.day, documents });
    }

    fn nodes(&mut self, project: &Project, nodes: &[Node], documents: &'p [String], quoted: bool) {
        for node in nodes {
            match &node.kind {
                NodeKind::Heading { .. } | NodeKind::Paragraph(_) => {
                    self.push(project, node.span, documents, quoted, true);
                }
                NodeKind::List { items, .. } => {
                    for item in items {
                        self.nodes(project, item, documents, quoted);
                    }
                }
                NodeKind::Table(table) => {
                    for cell in table.head.iter().chain(table.rows.iter().flatten()) {
                        self.push(project, cell.span, documents, quoted, true);
                    }
                    self.tables.push((table.clone(), documents));
                }
                NodeKind::Quote(body) => self.nodes(project, body, documents, true),
                NodeKind::Directive(directive) => {
                    self.directive(project, directive, documents, quoted);
                }
            }
        }
    }

    fn directive(
        &mut self,
        project: &Project,
        directive: &Directive,
        documents: &'p [String],
        quoted: bool,
    ) {
        for attribute in &directive.attributes {
            let is_words = matches!(attribute.value.value, AttributeValue::Words(_));
            if is_words && PROSE.contains(&attribute.name.as_str()) {
                self.push(project, attribute.value.span, documents, quoted, true);
            }
        }
        let quoted = quoted || *directive.name == "quote";
        self.nodes(project, &directive.body, documents, quoted);
    }
}

//! Goes through the files that documents are made of, and reports the figures typed in them.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::diag::{Finding, Findings, rules};
use crate::figures::holdings::{Holding, Holdings, known};
use crate::figures::names::Stem;
use crate::figures::numbers::{Figure, figures};
use crate::figures::place::Place;
use crate::figures::sentence::sentences;
use crate::figures::verdict::{Judge, Verdict};
use crate::narrative;
use crate::narrative::tree::{Directive, Node, NodeKind, TableNode};
use crate::project::Project;
use crate::source::{FileId, Span};

/// A file that documents read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// The file.
    pub file: FileId,
    /// Where its Markdown starts, in bytes.
    pub base: usize,
    /// The day that the documents speak for.
    pub as_at: NaiveDate,
    /// The documents.
    pub documents: Vec<String>,
}

/// Attributes of directives that hold prose.
pub(super) const PROSE: &[&str] = &["title", "caption", "alt", "note", "summary", "bandnote"];

/// The figures that were typed in `files`, as far as there is something to say of them.
pub fn typed(project: &Project, files: &[Read]) -> Findings {
    let mut by_day: BTreeMap<NaiveDate, Vec<&Read>> = BTreeMap::new();
    for read in files {
        by_day.entry(read.as_at).or_default().push(read);
    }
    let mut findings = Findings::default();
    for (as_at, files) in by_day {
        let holdings = Holdings::of(project, as_at);
        let mut judge = Judge::new(&holdings);
        for read in files {
            let mut walker = Walker {
                project,
                holdings: &holdings,
                judge: &mut judge,
                read,
                headings: Vec::new(),
                findings: &mut findings,
            };
            let text = &project.sources.file(read.file).text;
            let body = text.get(read.base..).unwrap_or("");
            // What is wrong with the file was found when the document was made.
            let tree = narrative::parse(body, read.file, read.base, &mut Vec::new());
            walker.nodes(&tree, &[]);
        }
        if holdings.is_cut || judge.is_spent() {
            let message =
                "there are too many data or too many typed figures to look at all of them";
            findings.push(Finding::new(&rules::FIGURE_UNCHECKED, message));
        }
    }
    findings
}

struct Walker<'w, 'h> {
    project: &'w Project,
    holdings: &'h Holdings,
    judge: &'w mut Judge<'h>,
    read: &'w Read,
    /// The headings above, each with its level and its stems.
    headings: Vec<(u8, Vec<Stem>)>,
    findings: &'w mut Findings,
}

impl Walker<'_, '_> {
    fn nodes(&mut self, nodes: &[Node], around: &[Stem]) {
        let mut lead_in: Vec<Stem> = Vec::new();
        for node in nodes {
            let around = [around, &lead_in].concat();
            let mut leads_on = false;
            match &node.kind {
                NodeKind::Heading { level, .. } => {
                    self.headings.retain(|(above, _)| above < level);
                    let words =
                        known(&self.holdings.vocabulary, self.project.sources.text(node.span));
                    self.prose(node.span, &[]);
                    self.headings.push((*level, words));
                }
                NodeKind::Paragraph(_) => leads_on = self.prose(node.span, &around),
                NodeKind::List { items, .. } => {
                    items.iter().for_each(|item| self.nodes(item, &around))
                }
                NodeKind::Table(table) => self.table(table, &around),
                // What somebody said is theirs, figures and all.
                NodeKind::Quote(_) => {}
                NodeKind::Directive(directive) if *directive.name == "quote" => {}
                NodeKind::Directive(directive) => self.directive(directive, &around),
            }
            if leads_on {
                lead_in = known(&self.holdings.vocabulary, self.project.sources.text(node.span));
            } else if !matches!(node.kind, NodeKind::List { .. }) {
                lead_in.clear();
            }
        }
    }

    fn directive(&mut self, directive: &Directive, around: &[Stem]) {
        for attribute in &directive.attributes {
            if PROSE.contains(&attribute.name.as_str()) {
                self.prose(attribute.value.span, around);
            }
        }
        self.nodes(&directive.body, around);
    }

    /// The cells of a typed table; the heads of their columns and rows say what they are about.
    fn table(&mut self, table: &TableNode, around: &[Stem]) {
        let words = |span: Span| known(&self.holdings.vocabulary, self.project.sources.text(span));
        let heads: Vec<Vec<Stem>> = table.head.iter().map(|cell| words(cell.span)).collect();
        let firsts: Vec<Vec<Stem>> = table
            .rows
            .iter()
            .map(|row| row.first().map(|cell| words(cell.span)).unwrap_or_default())
            .collect();
        for (row, first) in table.rows.iter().zip(&firsts) {
            for (n, cell) in row.iter().enumerate() {
                let head = heads.get(n).map_or(&[][..], Vec::as_slice);
                self.prose(cell.span, &[around, head, first].concat());
            }
        }
    }

    /// Looks at some prose; says whether its last sentence leads on to what follows.
    fn prose(&mut self, span: Span, around: &[Stem]) -> bool {
        let text = self.project.sources.text(span);
        let mut around = around.to_vec();
        around.extend(self.headings.iter().flat_map(|(_, words)| words));
        let found = sentences(text);
        let mut before: Option<Place> = None;
        for sentence in &found {
            let place = Place::of(self.holdings, sentence, &around, before.as_ref());
            for figure in figures(sentence) {
                let verdict = self.judge.judge(&figure, sentence, &place);
                let start = span.start as usize;
                let range = start + figure.range.start..start + figure.range.end;
                let at = Span::new(span.file, range);
                if let Some(finding) = finding(verdict, &figure, text, at) {
                    let documents = self.read.documents.iter();
                    self.findings
                        .push(documents.fold(finding, |finding, name| finding.of_document(name)));
                }
            }
            before = Some(place);
        }
        found.last().is_some_and(|sentence| sentence.leads_on)
    }
}

fn finding(verdict: Verdict<'_>, figure: &Figure, text: &str, at: Span) -> Option<Finding> {
    let typed = text.get(figure.range.clone()).unwrap_or("");
    let source = format!("[{typed}]{{source=\"…\"}}");
    let write = |holding: &Holding| match &holding.expression {
        Some(expression) => format!("write {{{{ {expression} }}}}"),
        None => "bind it to the data".to_owned(),
    };
    Some(match verdict {
        Verdict::Fine => return None,
        Verdict::Stale(holding) => {
            let message = format!(
                "\"{typed}\" is typed here, but {} stands at {}",
                holding.called, holding.shown
            );
            Finding::new(&rules::FIGURE_STALE, message)
                .at(at)
                .help(format!("{}, or say where {typed} comes from: {source}", write(holding)))
                .related(holding.cell, "the data")
        }
        Verdict::Bindable(holding) => {
            let message = format!("\"{typed}\" is typed here, and {} holds it", holding.called);
            Finding::new(&rules::FIGURE_BINDABLE, message)
                .at(at)
                .help(format!("{}, so that it changes with the data", write(holding)))
                .related(holding.cell, "the data")
        }
        Verdict::Unsourced => {
            let message = format!("nothing says where \"{typed}\" comes from");
            Finding::new(&rules::FIGURE_UNSOURCED, message)
                .at(at)
                .help(format!("bind it to data, write a note, or state its source: {source}"))
        }
    })
}

//! What each directive makes: one file a family, and the one place that sends a name to its maker.

mod actions;
mod boxes;
mod changes;
mod chart;
mod data_table;
mod dated;
mod governance;
mod matrix;
mod measures;
mod parts;
mod rag_key;
mod rows;
mod scorecard;
mod statement;
mod structure;
mod tell_us;
mod tiles;
mod timeline;

pub(super) use chart::Charts;

use crate::assemble::Assembler;
use crate::assemble::value::Record;
use crate::diag::{Finding, nearest, rules};
use crate::document::{Block, Cell, Row, RowRole};
use crate::narrative::tree::Directive;
use crate::plan::SchemeOf;
use crate::source::Span;

impl Assembler<'_> {
    pub(super) fn directive(&mut self, directive: &Directive, span: Span) -> Vec<Block> {
        match directive.name.as_str() {
            "for" | "if" | "only" | "except" => self.structure(directive, Self::blocks),
            "dated" => self.dated_words(directive, span),
            "include" => self.include(directive),
            "section" | "opener" => self.misplaced(directive),
            "toc" => self.toc(directive, span),
            "page-break" => vec![Block::at(crate::document::BlockKind::PageBreak, span)],
            "lead" => self.lead(directive),
            "note" => self.note(directive),
            "callout" => self.callout(directive, span),
            "quote" => self.quote(directive, span),
            "key-figures" => self.key_figures(directive, span),
            "figure" => self.figure(directive, span),
            "picture-row" => self.picture_row(directive, span),
            "fields" => self.fields(directive, span),
            "rows" => self.rows(directive, span),
            "matrix" => self.matrix(directive, span),
            "data-table" => self.data_table(directive, span),
            "figure-register" => self.figure_register(directive, span),
            "chart" => self.chart(directive, span),
            "chart-tables" => self.chart_tables(directive),
            "gap" => self.gap(directive, span),
            "kpi-tiles" => self.kpi_tiles(directive, span),
            "timeline" => self.timeline(directive, span),
            "actions" => self.actions(directive, span),
            "impact-measures" => self.impact_measures(directive, span),
            "scorecard" => self.scorecard(directive, span),
            "glossary" => self.glossary(directive, span),
            "rag-key" => self.rag_key(directive, span),
            "statement-summary" => self.statement_summary(directive, span),
            "statement-plan" => self.statement_plan(directive, span),
            "ratings-to-review" => self.ratings_to_review(directive, span),
            "headline" => self.headline(directive, span),
            "changes-by-objective" => self.changes_by_objective(directive, span),
            "exceptions" => self.exceptions(directive, span),
            "off-target" => self.off_target(directive, span),
            "done-since" => self.done_since(directive, span),
            "dates-moved" => self.dates_moved(directive, span),
            "due-next" => self.due_next(directive, span),
            "figures-moved" => self.figures_moved(directive, span),
            "risks-moved" => self.risks_moved(directive, span),
            "governance" => self.governance(directive, span),
            "phases" => self.phases(directive, span),
            "tell-us" => self.tell_us(directive, span),
            name => {
                // The parser lets only names of the table through; a test holds table and arms together.
                self.findings.push(
                    Finding::new(
                        &rules::DIRECTIVE_UNKNOWN,
                        format!("there is no directive `{name}`"),
                    )
                    .at(directive.name.span),
                );
                Vec::new()
            }
        }
    }

    /// Reports what can only stand at the top level.
    fn misplaced(&mut self, directive: &Directive) -> Vec<Block> {
        self.findings.push(
            Finding::new(
                &rules::DIRECTIVE_PLACE,
                format!("`{}` cannot stand inside another block", *directive.name),
            )
            .at(directive.name.span)
            .help("move it to the top level of the template"),
        );
        Vec::new()
    }

    /// The id of the record that an attribute names: a record itself, or its id in words. `Err` when it names
    /// nothing; `Ok(None)` when the attribute is absent.
    fn record_id(
        &mut self,
        directive: &Directive,
        name: &str,
        kind: &str,
        known: &[&str],
    ) -> Result<Option<String>, ()> {
        let Some(attribute) = directive.attribute(name) else { return Ok(None) };
        let span = attribute.value.span;
        let Some(value) = self.attribute_value(directive, name) else { return Err(()) };
        if value.is_none() || value.as_str() == Some("") {
            return Ok(None);
        }
        let id = match value.downcast_object_ref::<Record>() {
            Some(record) if record.kind == kind => record.id.clone(),
            _ => value.to_string(),
        };
        if known.contains(&id.as_str()) {
            return Ok(Some(id));
        }
        let mut finding =
            Finding::new(&rules::REFERENCE_UNKNOWN, format!("there is no {kind} \"{id}\""))
                .at(span);
        finding = match nearest(&id, known.iter().copied()) {
            Some(near) => finding.help(format!("did you mean \"{near}\"?")),
            None => finding.help(format!("there are: {}", known.join(", "))),
        };
        self.findings.push(finding);
        Err(())
    }

    /// Reports a word that names nothing, with the nearest that does.
    fn unknown_word(&mut self, message: String, word: &str, known: &[&str], span: Span) {
        let finding = Finding::new(&rules::REFERENCE_UNKNOWN, message).at(span);
        self.findings.push(match nearest(word, known.iter().copied()) {
            Some(near) => finding.help(format!("did you mean \"{near}\"?")),
            None if known.is_empty() => finding,
            None => finding.help(format!("there are: {}", known.join(", "))),
        });
    }

    /// The objective that an attribute names.
    fn objective_id(&mut self, directive: &Directive) -> Result<Option<String>, ()> {
        let project = self.project;
        let known: Vec<&str> = project.plan.objectives.iter().map(|o| o.id.as_str()).collect();
        self.record_id(directive, "objective", "objective", &known)
    }

    /// The column heads: the attribute's, or these.
    fn labels<const N: usize>(&mut self, directive: &Directive, usual: [&str; N]) -> [String; N] {
        let usual = usual.map(str::to_string);
        let Some(words) = self.attribute_words(directive, "labels") else { return usual };
        let given: Vec<String> = words.split('|').map(|w| w.trim().to_string()).collect();
        let count = given.len();
        match <[String; N]>::try_from(given) {
            Ok(labels) if labels.iter().all(|l| !l.is_empty()) => labels,
            _ => {
                self.findings.push(
                    Finding::new(
                        &rules::DIRECTIVE_MALFORMED,
                        format!(
                            "`{}` has {N} columns, and {count} labels are given",
                            *directive.name
                        ),
                    )
                    .at(directive.name.span)
                    .help(format!("give {N}, divided by |: {}", usual.join(" | "))),
                );
                usual
            }
        }
    }

    /// What the table holds: the attribute's words, or these.
    fn summary(&mut self, directive: &Directive, usual: impl FnOnce() -> String) -> String {
        self.attribute_words(directive, "summary")
            .filter(|s| !s.trim().is_empty())
            .unwrap_or_else(usual)
    }

    /// Reports a table that would have no rows.
    fn no_rows(&mut self, directive: &Directive, what: &str) {
        self.findings.push(
            Finding::new(
                &rules::TABLE_EMPTY,
                format!("there are no {what} for this `{}`", *directive.name),
            )
            .at(directive.name.span)
            .help("put it inside ::: if, or take it out"),
        );
    }

    /// Reports ratings asked for without a scheme to give them.
    fn needs_scheme(&mut self, directive: &Directive, of: SchemeOf) {
        if self.ratings.scheme(of).is_none() && !self.template.schemes.contains_key(of.word()) {
            self.findings.push(
                Finding::new(
                    &rules::SCHEME_MISSING,
                    format!(
                        "`{}` shows ratings, but the template names no scheme for a {}",
                        *directive.name,
                        of.word()
                    ),
                )
                .at(directive.name.span)
                .help(format!("add to the front matter: rag = {{ {} = \"…\" }}", of.word())),
            );
        }
    }
}

/// A row of column heads.
fn head_row<'l>(labels: impl IntoIterator<Item = &'l String>) -> Row {
    Row {
        role: RowRole::Head,
        cells: labels.into_iter().map(|label| Cell::column_head(label.clone())).collect(),
        keep_with_next: false,
    }
}

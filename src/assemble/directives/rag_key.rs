//! `rag-key`: what each rating of the document's scheme means.

use crate::assemble::Assembler;
use crate::assemble::ratings::shown;
use crate::diag::{Finding, rules};
use crate::document::*;
use crate::narrative::tree::Directive;
use crate::plan::SchemeOf;
use crate::source::Span;

impl Assembler<'_> {
    pub(super) fn rag_key(&mut self, directive: &Directive, span: Span) -> Vec<Block> {
        let of = match self.attribute_words(directive, "of").as_deref() {
            None | Some("action") => SchemeOf::Action,
            Some("kpi") => SchemeOf::Kpi,
            Some("risk") => SchemeOf::Risk,
            Some("response") => SchemeOf::Response,
            Some(other) => {
                self.findings.push(
                    Finding::new(
                        &rules::DIRECTIVE_MALFORMED,
                        format!("no scheme rates a \"{other}\""),
                    )
                    .at(directive.name.span)
                    .help("of is action, kpi, risk or response"),
                );
                return Vec::new();
            }
        };
        self.needs_scheme(directive, of);
        let Some(scheme) = self.ratings.scheme(of) else { return Vec::new() };
        let labels = self.labels(directive, ["Rating", "What it means"]);
        let body = scheme
            .in_key_order()
            .into_iter()
            .map(|rating| {
                let chip =
                    Cell { status: Some(shown(rating)), blocks: Vec::new(), ..Cell::text("") };
                Row::body(vec![chip.row_head(), Cell::text(rating.meaning.value.clone())])
            })
            .collect();
        let summary = self
            .summary(directive, || format!("The ratings of {} and their meanings.", *scheme.name));
        let column = |share| Column { share, align: Align::Start };
        let table = Table {
            role: "rag-key".into(),
            columns: vec![column(2.0), column(5.0)],
            head: vec![super::head_row(&labels)],
            body,
            caption: None,
            summary,
            anchor: None,
        };
        vec![Block::at(BlockKind::Table(table), span)]
    }
}

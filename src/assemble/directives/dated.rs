//! `dated`: words written for a day, which a document of another day leaves out and says so.

use chrono::NaiveDate;

use crate::assemble::Assembler;
use crate::diag::{Finding, rules};
use crate::document::{Block, BlockKind, Inline, Paragraph};
use crate::narrative::tree::Directive;
use crate::plan::PlanDate;
use crate::plan::date::day_in_words;
use crate::source::Span;

impl Assembler<'_> {
    pub(super) fn dated_words(&mut self, directive: &Directive, span: Span) -> Vec<Block> {
        let Some(on) = self.day(directive, "on") else { return Vec::new() };
        let until = match directive.attribute("until") {
            None => on,
            Some(_) => match self.day(directive, "until") {
                Some(until) => until,
                None => return Vec::new(),
            },
        };
        let as_at = self.options.as_at;
        if (on..=until).contains(&as_at) {
            return self.blocks(&directive.body);
        }
        // Several texts of one day are left out together.
        if !self.left_out_days.insert(on) {
            return Vec::new();
        }
        let words = format!(
            "Remarks written for {} are left out: this document speaks for {}.",
            day_in_words(on),
            day_in_words(as_at)
        );
        let paragraph = Paragraph::body(vec![Inline::text(words)]);
        vec![Block::at(BlockKind::Paragraph(paragraph), span)]
    }

    /// The day that an attribute names.
    fn day(&mut self, directive: &Directive, name: &str) -> Option<NaiveDate> {
        let place = directive.attribute(name)?.value.span;
        let words = self.attribute_words(directive, name)?;
        match PlanDate::parse(words.trim()) {
            Ok(PlanDate::Day(day)) => Some(day),
            _ => {
                let message = format!("\"{words}\" is no day");
                let finding = Finding::new(&rules::DIRECTIVE_MALFORMED, message).at(place);
                self.findings.push(finding.help(format!("write it as {name}=\"2022-04-30\"")));
                None
            }
        }
    }
}

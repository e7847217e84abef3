//! Ratings of the plan's rows by the document's schemes, as the document shows them.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::diag::{Finding, nearest, rules};
use crate::document::Status;
use crate::plan::judge::RuleBook;
use crate::plan::statement::DeliveryStatus;
use crate::plan::{
    Action, Commitment, Judgement, Kpi, Milestone, Period, Plan, Rating, Risk, Scheme, SchemeOf,
};
use crate::project::{Project, Template};

/// The document's schemes, compiled.
#[derive(Debug)]
pub struct Ratings<'a> {
    plan: &'a Plan,
    as_at: NaiveDate,
    action: Option<RuleBook<'a>>,
    kpi: Option<RuleBook<'a>>,
    schemes: Vec<&'a Scheme>,
    statuses: HashMap<&'a str, &'a DeliveryStatus>,
    /// Judgements of responses and steps by id, worked out once: several blocks ask for them.
    rows: HashMap<&'a str, Judgement<'a>>,
}

impl<'a> Ratings<'a> {
    /// The schemes that `template` names. A scheme that does not exist or rates something else is a finding;
    /// rules that do not stand are findings of `check`.
    pub fn of(
        project: &'a Project,
        template: &Template,
        as_at: NaiveDate,
        findings: &mut Vec<Finding>,
    ) -> Self {
        let plan = &project.plan;
        let mut schemes = Vec::new();
        for (of, id) in &template.schemes {
            let Some(scheme) = plan.scheme(id) else {
                let mut finding = Finding::new(
                    &rules::REFERENCE_UNKNOWN,
                    format!("there is no rating scheme \"{}\"", **id),
                )
                .at(id.span);
                if let Some(near) = nearest(id, plan.schemes.iter().map(|s| s.id.as_str())) {
                    finding = finding.help(format!("did you mean \"{near}\"?"));
                }
                findings.push(finding);
                continue;
            };
            if scheme.of.word() != of {
                findings.push(
                    Finding::new(
                        &rules::REFERENCE_UNKNOWN,
                        format!("the scheme \"{}\" rates a {}, not a {of}", **id, scheme.of.word()),
                    )
                    .at(id.span),
                );
                continue;
            }
            schemes.push(scheme);
        }
        let book = |of: SchemeOf| {
            let scheme = schemes.iter().find(|s| *s.of == of)?;
            RuleBook::of(scheme).ok()
        };
        let statuses = plan.statement.statuses_by_id();
        let mut rows = HashMap::new();
        if let Some(book) = book(SchemeOf::Response) {
            for row in plan.statement.rows() {
                let facts = row.facts(&statuses, as_at);
                if let Ok(judgement) = book.judge(&facts, row.rag.as_ref(), as_at) {
                    rows.entry(row.id.as_str()).or_insert(judgement);
                }
            }
        }
        let (action, kpi) = (book(SchemeOf::Action), book(SchemeOf::Kpi));
        Ratings { plan, as_at, action, kpi, schemes, statuses, rows }
    }

    /// The document's scheme for one kind of thing.
    pub fn scheme(&self, of: SchemeOf) -> Option<&'a Scheme> {
        self.schemes.iter().find(|s| *s.of == of).copied()
    }

    /// The rating of an action.
    pub fn action(&self, action: &Action) -> Option<Status> {
        let book = self.action.as_ref()?;
        let judgement =
            book.judge(&action.facts(self.as_at), action.rag.as_ref(), self.as_at).ok()?;
        judgement.shown().map(shown)
    }

    /// The rating of a milestone.
    pub fn milestone(&self, milestone: &Milestone) -> Option<Status> {
        let book = self.action.as_ref()?;
        let judgement =
            book.judge(&milestone.facts(self.as_at), milestone.rag.as_ref(), self.as_at).ok()?;
        judgement.shown().map(shown)
    }

    /// The rating of a KPI's latest measurement.
    pub fn kpi(&self, kpi: &Kpi) -> Option<Status> {
        let book = self.kpi.as_ref()?;
        book.rate(&kpi.facts_as_at(self.as_at)).ok()?.map(shown)
    }

    /// The rating of a KPI's measurement in one period.
    pub fn kpi_in_period(&self, kpi: &Kpi, period: &Period) -> Option<Status> {
        let book = self.kpi.as_ref()?;
        let facts = kpi.facts_in_period(self.plan, period, self.as_at);
        book.rate(&facts).ok()?.map(shown)
    }

    /// What is declared and what the rules say of a response or step.
    pub fn row(&self, row: &Commitment) -> Option<&Judgement<'a>> {
        self.rows.get(row.id.as_str())
    }

    /// The delivery status of a response or step.
    pub fn delivery(&self, row: &Commitment) -> Option<&'a DeliveryStatus> {
        self.statuses.get(row.status.as_str()).copied()
    }

    /// The severity of a risk.
    pub fn risk(&self, risk: &Risk) -> Option<Status> {
        self.scheme(SchemeOf::Risk)?.rating(&risk.severity).map(shown)
    }
}

/// A rating as documents show it.
pub fn shown(rating: &Rating) -> Status {
    Status {
        colour: rating.colour.value.clone(),
        letter: rating.letter.value.clone(),
        word: rating.word.value.clone(),
    }
}

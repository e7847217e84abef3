//! Ratings of the plan's rows by the document's schemes, as the document shows them.

use std::cell::RefCell;
use std::collections::HashMap;

use chrono::NaiveDate;

use crate::diag::{Finding, rules};
use crate::document::{Status, StatusPicture};
use crate::plan::changes::Work;
use crate::plan::judge::RuleBook;
use crate::plan::statement::DeliveryStatus;
use crate::plan::{
    Action, Commitment, Judgement, Kpi, Milestone, Period, Plan, Rating, Risk, RuleFault, Scheme,
    SchemeOf,
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
    faults: Faults<'a>,
}

/// Rules that failed on a row. `check` tries them as at its own day; a document may speak for another.
#[derive(Debug)]
struct Faults<'a> {
    project: &'a Project,
    found: RefCell<Vec<Finding>>,
}

impl Faults<'_> {
    /// The answer, or none and a finding.
    fn none<A>(&self, book: &RuleBook<'_>, answer: Result<A, RuleFault>) -> Option<A> {
        answer
            .map_err(|fault| {
                let finding = Finding::new(&rules::RAG_RULE, fault.words(book.scheme()))
                    .at(fault.place(book.scheme(), &self.project.sources));
                let mut found = self.found.borrow_mut();
                if !found.contains(&finding) {
                    found.push(finding);
                }
            })
            .ok()
    }
}

impl<'a> Ratings<'a> {
    /// The schemes that `template` names. That each of them exists, rates what it is named for and
    /// has rules that can be read is [`crate::check`]'s to say.
    pub fn of(project: &'a Project, template: &Template, as_at: NaiveDate) -> Self {
        let plan = &project.plan;
        let schemes: Vec<&Scheme> = template
            .schemes
            .iter()
            .filter_map(|(of, id)| plan.scheme(id).filter(|scheme| scheme.of.word() == of))
            .collect();
        let faults = Faults { project, found: RefCell::default() };
        let book = |of: SchemeOf| {
            let scheme = schemes.iter().find(|s| *s.of == of)?;
            RuleBook::of(scheme).ok()
        };
        let statuses = plan.statement.statuses_by_id();
        let mut rows = HashMap::new();
        if let Some(book) = book(SchemeOf::Response) {
            for row in plan.statement.rows() {
                let facts = row.facts(&statuses, as_at);
                let judgement = faults.none(&book, book.judge(&facts, row.rag.as_deref(), as_at));
                if let Some(judgement) = judgement {
                    rows.entry(row.id.as_str()).or_insert(judgement);
                }
            }
        }
        let (action, kpi) = (book(SchemeOf::Action), book(SchemeOf::Kpi));
        Ratings { plan, as_at, action, kpi, schemes, statuses, rows, faults }
    }

    /// The rules that failed on a row so far.
    pub fn faults(&self) -> Vec<Finding> {
        self.faults.found.take()
    }

    /// The document's scheme for one kind of thing.
    pub fn scheme(&self, of: SchemeOf) -> Option<&'a Scheme> {
        self.schemes.iter().find(|s| *s.of == of).copied()
    }

    /// The rating of an action.
    pub fn action(&self, action: &Action) -> Option<Status> {
        let book = self.action.as_ref()?;
        let facts = action.facts(self.as_at);
        let judgement = book.judge(&facts, action.rag.as_deref(), self.as_at);
        self.faults.none(book, judgement)?.shown().map(shown)
    }

    /// The rating of an action or milestone.
    pub fn work(&self, work: &Work<'_>) -> Option<&'a Rating> {
        let book = self.action.as_ref()?;
        let judgement = book.judge(&work.facts(self.as_at), work.declared(), self.as_at);
        self.faults.none(book, judgement)?.shown()
    }

    /// The rating of a KPI's latest measurement, as the scheme has it.
    pub fn kpi_rating(&self, kpi: &Kpi) -> Option<&'a Rating> {
        let book = self.kpi.as_ref()?;
        self.faults.none(book, book.rate(&kpi.facts_as_at(self.as_at)))?
    }

    /// The rating of a milestone.
    pub fn milestone(&self, milestone: &Milestone) -> Option<Status> {
        let book = self.action.as_ref()?;
        let facts = milestone.facts(self.as_at);
        let judgement = book.judge(&facts, milestone.rag.as_deref(), self.as_at);
        self.faults.none(book, judgement)?.shown().map(shown)
    }

    /// The rating of a KPI's latest measurement.
    pub fn kpi(&self, kpi: &Kpi) -> Option<Status> {
        self.kpi_rating(kpi).map(shown)
    }

    /// The rating of a KPI's measurement in one period.
    pub fn kpi_in_period(&self, kpi: &Kpi, period: &Period) -> Option<Status> {
        let book = self.kpi.as_ref()?;
        let facts = kpi.facts_in_period(self.plan, period, self.as_at);
        self.faults.none(book, book.rate(&facts))?.map(shown)
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
        // Kept for editions that show pictures; `finish` takes it out for the others.
        picture: rating.easy.as_ref().map(|easy| StatusPicture {
            asset: easy.image.value.clone(),
            words: easy.words.value.clone(),
        }),
    }
}

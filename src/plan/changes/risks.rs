//! Risks: raised, closed, and rated anew.

use crate::plan::changes::Between;
use crate::plan::{Plan, Rating, Risk, Scheme};

/// A severity that was rated anew. Ratings of a scheme of risks stand from the most severe to the least.
#[derive(Debug, Clone, Copy)]
pub struct SeverityMove<'s> {
    /// What it was on the first day.
    pub from: &'s Rating,
    /// What it is on the second day.
    pub to: &'s Rating,
    /// Whether it is more severe now.
    pub rose: bool,
}

/// A risk, and what became of it.
#[derive(Debug, Clone, Copy)]
pub struct RiskChange<'p, 's> {
    /// The risk.
    pub risk: &'p Risk,
    /// Its severity; none when no scheme has it.
    pub severity: Option<&'s Rating>,
    /// How its severity moved.
    pub moved: Option<SeverityMove<'s>>,
    /// Whether it came onto the register since.
    pub new: bool,
    /// Whether it was closed since.
    pub closed: bool,
}

impl RiskChange<'_, '_> {
    /// Whether it stands on the register.
    pub fn is_open(&self) -> bool {
        self.risk.closed.is_none()
    }

    /// Whether it is one of a report's exceptions, or became more severe.
    pub fn is_high_or_rising(&self) -> bool {
        self.is_open()
            && (self.severity.is_some_and(|rating| rating.exception)
                || self.moved.is_some_and(|moved| moved.rose))
    }
}

/// The risks that stand on the register or were closed since, in the order of the plan.
#[derive(Debug, Clone, Default)]
pub struct RiskChanges<'p, 's> {
    /// The risks.
    pub risks: Vec<RiskChange<'p, 's>>,
}

impl<'p, 's> RiskChanges<'p, 's> {
    /// Those for which `holds`.
    pub fn that(
        &self,
        holds: impl Fn(&RiskChange<'p, 's>) -> bool,
    ) -> impl Iterator<Item = &RiskChange<'p, 's>> {
        self.risks.iter().filter(move |change| holds(change))
    }

    /// How many there are for which `holds`.
    pub fn count(&self, holds: impl Fn(&RiskChange<'p, 's>) -> bool) -> usize {
        self.that(holds).count()
    }
}

/// What became of the risks between the two days. A risk belongs to an objective whose actions or
/// KPIs it names.
pub fn risks<'p, 's>(between: &Between<'p>, scheme: Option<&'s Scheme>) -> RiskChanges<'p, 's> {
    let plan = between.now;
    let mut changes = RiskChanges::default();
    for risk in plan.risks.iter().filter(|risk| bears_on(plan, risk, between)) {
        let old = between.before.risks.iter().find(|old| *old.id == *risk.id);
        let was_closed = old.is_some_and(|old| old.closed.is_some());
        if was_closed {
            continue;
        }
        let rank = |severity: &str| scheme?.ratings.iter().position(|r| *r.id == severity);
        let rated = |rank: usize| scheme.and_then(|scheme| scheme.ratings.get(rank));
        let severity = rank(&risk.severity).and_then(rated);
        let moved = old.and_then(|old| {
            let (from, to) = (rank(&old.severity)?, rank(&risk.severity)?);
            let (was, is) = (rated(from)?, rated(to)?);
            (from != to).then_some(SeverityMove { from: was, to: is, rose: to < from })
        });
        let closed = risk.closed.is_some();
        changes.risks.push(RiskChange { risk, severity, moved, new: old.is_none(), closed });
    }
    changes
}

fn bears_on(plan: &Plan, risk: &Risk, between: &Between<'_>) -> bool {
    let action = |id: &str| plan.actions.iter().find(|action| *action.id == id);
    between.objective.is_none()
        || risk.actions.iter().filter_map(|id| action(id)).any(|a| between.asks(&a.objective))
        || risk.kpis.iter().filter_map(|id| plan.kpi(id)).any(|k| between.asks(&k.objective))
}

//! KPIs: justified and shown, with values that go with their unit and direction.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::diag::rules::{
    KPI_MEASURED_TWICE, KPI_NO_BASELINE, KPI_NOT_SHOWN, KPI_OLD, KPI_UNIT, KPI_UNMEASURED,
};
use crate::diag::{Finding, Findings};
use crate::plan::{Baseline, Better, Kpi, Plan, TargetValue, Unit};
use crate::source::Span;

pub fn check(plan: &Plan, as_at: NaiveDate, findings: &mut Findings) {
    measures(plan, findings);
    for kpi in &plan.kpis {
        // A plain volume, of which neither more nor less is better, has nothing to start from.
        let is_judged = kpi.scorecard && kpi.better.is_some();
        if is_judged && kpi.baseline.is_none() && !plan.is_faulty(&kpi.id) {
            let message = format!("{} has no baseline", kpi.id.value);
            findings.push(Finding::new(&KPI_NO_BASELINE, message).at(kpi.id.span));
        }
        out_of_date(plan, kpi, as_at, findings);
        values(kpi, findings);
        for target in &kpi.targets {
            direction(kpi, target.value.value, target.value.span, findings);
        }
    }
}

/// A scorecard's values are of their time.
fn out_of_date(plan: &Plan, kpi: &Kpi, as_at: NaiveDate, findings: &mut Findings) {
    let Some(latest) = kpi.actual_as_at(as_at).filter(|_| kpi.scorecard) else { return };
    let every = plan.months_between_figures(kpi);
    if let Some(every) = every.filter(|_| plan.is_out_of_date(kpi, *latest.at, as_at)) {
        let message = format!(
            "the latest value of {} is of {}, and one is due every {every} months",
            kpi.id.value,
            latest.at.prose()
        );
        findings.push(Finding::new(&KPI_OLD, message).at(latest.at.span));
    }
}

/// What stands in the scorecard is justified, once; what is justified stands in the scorecard.
fn measures(plan: &Plan, findings: &mut Findings) {
    let mut measured: BTreeMap<&str, Span> = BTreeMap::new();
    for id in plan.measures.iter().flat_map(|measure| &measure.kpis) {
        if let Some(&before) = measured.get(id.as_str()) {
            let message = format!("{} is covered by another measure already", id.value);
            let finding = Finding::new(&KPI_MEASURED_TWICE, message).at(id.span);
            findings.push(finding.related(before, "covered here"));
            continue;
        }
        measured.insert(id, id.span);
        if let Some(kpi) = plan.kpi(id)
            && !kpi.scorecard
        {
            let message = format!("{} is covered here, but stands in no scorecard", id.value);
            let finding = Finding::new(&KPI_NOT_SHOWN, message).at(id.span);
            findings.push(finding.related(kpi.id.span, "kept out here"));
        }
    }
    for kpi in plan.kpis.iter().filter(|kpi| kpi.scorecard) {
        if !measured.contains_key(kpi.id.as_str()) {
            let message = format!("no impact measure covers {}", kpi.id.value);
            findings.push(Finding::new(&KPI_UNMEASURED, message).at(kpi.id.span));
        }
    }
}

/// Values go with the unit.
fn values(kpi: &Kpi, findings: &mut Findings) {
    let mut stated: Vec<(f64, Span)> = Vec::new();
    if let Some(baseline) = &kpi.baseline
        && let Baseline::Value { value, .. } = baseline.value
    {
        stated.push((value, baseline.span));
    }
    for target in &kpi.targets {
        let figures = target.value.figures().into_iter();
        stated.extend(figures.map(|figure| (figure, target.value.span)));
    }
    stated.extend(kpi.actuals.iter().map(|actual| (actual.value.value, actual.value.span)));
    for (value, span) in stated {
        let unit = *kpi.unit;
        let fault = match unit {
            Unit::Percent if value > 100.0 => "more than 100%",
            Unit::Text => "a number, and its unit is text",
            // Points may fall; everything else is a size.
            Unit::Points => continue,
            _ if value < 0.0 => "less than nothing",
            _ => continue,
        };
        let message = format!("{} is {} here: {fault}", kpi.id.value, kpi.figure(value));
        findings.push(Finding::new(&KPI_UNIT, message).at(span).related(kpi.unit.span, "its unit"));
    }
}

/// A target asks for what is better.
fn direction(kpi: &Kpi, target: TargetValue, span: Span, findings: &mut Findings) {
    if let TargetValue::Between(low, high) = target
        && low > high
    {
        let message =
            format!("the range of {} is upside down: {}", kpi.id.value, kpi.range(low, high));
        let finding = Finding::new(&KPI_UNIT, message).at(span);
        findings.push(finding.help(format!("did you mean {}?", kpi.range(high, low))));
    }
    let Some(better) = &kpi.better else { return };
    let (asks, word) = match target {
        TargetValue::AtLeast(_) | TargetValue::MoreThan(_) => (Better::Higher, "more"),
        TargetValue::AtMost(_) | TargetValue::LessThan(_) => (Better::Lower, "less"),
        _ => return,
    };
    if asks != better.value {
        let message = format!(
            "this target of {} asks for {word} ({}), where {} is better",
            kpi.id.value,
            kpi.target_words(target),
            if word == "more" { "less" } else { "more" },
        );
        let finding = Finding::new(&KPI_UNIT, message).at(span);
        findings.push(finding.related(better.span, "its direction"));
    }
}

//! Every record that is named is there.

use std::collections::BTreeMap;

use crate::check::{ids_by_kind, meant};
use crate::diag::rules::{RAG_UNKNOWN_RATING, REFERENCE_UNKNOWN};
use crate::diag::{Finding, Findings, nearest};
use crate::plan::{Plan, SchemeOf};
use crate::project::Project;
use crate::source::At;

pub fn check(project: &Project, findings: &mut Findings) {
    let plan = &project.plan;
    let mut names = Names::of(plan, findings);
    for objective in &plan.objectives {
        names.all("weakness", &objective.weaknesses);
        names.all("role", &objective.sponsor);
    }
    for action in &plan.actions {
        names.one("objective", &action.objective);
        names.all("role", &action.officers);
        names.all("action", &action.links);
    }
    for measure in &plan.measures {
        names.all("KPI", &measure.kpis);
    }
    for kpi in &plan.kpis {
        names.one("objective", &kpi.objective);
        names.all("weakness", &kpi.weaknesses);
    }
    for risk in &plan.risks {
        names.all("role", &risk.owner);
        names.all("action", &risk.actions);
        names.all("KPI", &risk.kpis);
    }
    for point in plan.feedback.iter().flat_map(|group| &group.points) {
        names.all("objective", &point.objectives);
    }
    for reply in &plan.replies {
        names.all("objective", &reply.objectives);
    }
    for body in &plan.bodies {
        names.all("body", &body.links.reports_to);
        names.all("body", &body.links.informs);
        names.all("body", &body.links.challenges);
    }
    for factor in &plan.factors {
        names.all("weakness", &factor.weakness);
        names.all("objective", &factor.objectives);
        names.all("weakness", &factor.because_of);
    }
    for criterion in &plan.criteria {
        names.one("group", &criterion.group);
    }
    for intention in &plan.intentions {
        names.one("criterion", &intention.criterion);
        names.one("priority", &intention.priority);
    }
    let statement = &plan.statement;
    for finding in &statement.findings {
        names.one("area", &finding.area);
    }
    for response in &statement.responses {
        names.one("finding", &response.finding);
    }
    for step in &statement.steps {
        names.one("response", &step.response);
    }
    for row in statement.rows() {
        for status in row.status.entries() {
            names.one("delivery status", &status.value);
        }
        names.all("workstream", &row.workstreams);
        for id in &row.archived_to {
            names.one_of(&["response", "finding"], id);
        }
    }
    declared(plan, &mut names);
    schemes_of_templates(project, findings);
    severities(project, findings);
    keys(plan, findings);
}

/// What fields of declared kinds refer to.
fn declared(plan: &Plan, names: &mut Names<'_, '_>) {
    let words: BTreeMap<&str, &str> =
        ids_by_kind(plan).into_iter().map(|kind| (kind.key, kind.word)).collect();
    for declared in &plan.declared {
        for (place, to, _) in declared.kind.references() {
            let word = words.get(to.as_str()).copied();
            // A kind without any record is known by its declaration.
            let own = plan.kinds.named(to).map(|kind| kind.word.as_str());
            let Some(word) = word.or(own) else { continue };
            for value in declared.records.iter().flat_map(|record| record.held(place).all()) {
                if let Some(id) = value.text() {
                    names.one(word, &At::new(id.to_owned(), value.span));
                }
            }
        }
    }
}

/// The ids there are, and where to say that one is not among them.
struct Names<'p, 'f> {
    known: BTreeMap<&'p str, Vec<&'p str>>,
    sets: BTreeMap<&'p str, Vec<&'p str>>,
    plan: &'p Plan,
    findings: &'f mut Findings,
}

impl<'p, 'f> Names<'p, 'f> {
    fn of(plan: &'p Plan, findings: &'f mut Findings) -> Self {
        let mut known = BTreeMap::new();
        let mut sets: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for kind in ids_by_kind(plan) {
            for id in &kind.ids {
                sets.entry(id.as_str()).or_default().push(kind.word);
            }
            let ids = kind.ids.into_iter().map(|id| id.as_str());
            known.insert(kind.word, ids.collect::<Vec<_>>());
        }
        Names { known, sets, plan, findings }
    }

    fn all<'a>(&mut self, kind: &str, names: impl IntoIterator<Item = &'a At<String>>) {
        for name in names {
            self.one(kind, name);
        }
    }

    fn one(&mut self, kind: &str, name: &At<String>) {
        self.one_of(&[kind], name);
    }

    fn one_of(&mut self, wanted: &[&str], name: &At<String>) {
        let kinds = self.sets.get(name.as_str()).map_or(&[][..], |kinds| kinds.as_slice());
        // A record that could not be read was reported with its own faults; so was a missing name.
        if wanted.iter().any(|kind| kinds.contains(kind))
            || name.is_empty()
            || self.plan.is_faulty(name)
        {
            return;
        }
        let message = format!("there is no {} \"{}\"", wanted.join(" or "), name.value);
        let finding = Finding::new(&REFERENCE_UNKNOWN, message).at(name.span);
        let known = wanted.iter().filter_map(|kind| self.known.get(kind)).flatten();
        let near = meant(name, known.copied());
        self.findings.push(match (near, kinds.first()) {
            (Some(help), _) => finding.help(help),
            (None, Some(other)) => {
                finding.help(format!("\"{}\" is the id of {}", name.value, a(other)))
            }
            (None, None) => finding,
        });
    }
}

/// With its article: "an action", "a KPI".
fn a(kind: &str) -> String {
    let article = if kind.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {kind}")
}

/// Schemes that templates name exist and rate what they are named for.
fn schemes_of_templates(project: &Project, findings: &mut Findings) {
    for template in project.templates.values() {
        for (of, id) in &template.schemes {
            let fault = match project.plan.scheme(id) {
                _ if project.plan.is_faulty(id) => continue,
                Some(scheme) if scheme.of.word() == of => continue,
                Some(scheme) => {
                    format!("the scheme \"{}\" rates {}s, not {of}s", id.value, scheme.of.word())
                }
                None => format!("there is no scheme \"{}\"", id.value),
            };
            let mut finding =
                Finding::new(&REFERENCE_UNKNOWN, fault).at(id.span).of_document(&template.name);
            let fitting = project.plan.schemes.iter().filter(|scheme| scheme.of.word() == of);
            if let Some(near) = nearest(id, fitting.map(|scheme| scheme.id.as_str())) {
                finding = finding.help(format!("did you mean \"{near}\"?"));
            }
            findings.push(finding);
        }
    }
}

/// Severities of risks are ratings of a scheme of risks.
fn severities(project: &Project, findings: &mut Findings) {
    let schemes: Vec<_> =
        project.plan.schemes.iter().filter(|scheme| *scheme.of == SchemeOf::Risk).collect();
    let rated = project.plan.risks.iter().flat_map(|risk| risk.severity.entries());
    for severity in rated.map(|entry| &entry.value) {
        let is_known = schemes.iter().any(|scheme| scheme.rating(severity).is_some());
        if is_known || severity.is_empty() {
            continue;
        }
        let message = match schemes.is_empty() {
            true => "there is no scheme of risks that could rate a severity".to_owned(),
            false => format!("no scheme of risks has a rating \"{}\"", severity.value),
        };
        let mut finding = Finding::new(&RAG_UNKNOWN_RATING, message).at(severity.span);
        let ratings = schemes.iter().flat_map(|scheme| &scheme.ratings);
        if let Some(near) = nearest(severity, ratings.map(|rating| rating.id.as_str())) {
            finding = finding.help(format!("did you mean \"{near}\"?"));
        }
        findings.push(finding);
    }
}

/// Keys of schemes name their own ratings.
fn keys(plan: &Plan, findings: &mut Findings) {
    for scheme in &plan.schemes {
        for id in &scheme.key_order {
            if scheme.rating(id).is_some() || plan.is_faulty(id) {
                continue;
            }
            let message =
                format!("the scheme \"{}\" has no rating \"{}\"", scheme.id.value, id.value);
            let mut finding = Finding::new(&RAG_UNKNOWN_RATING, message).at(id.span);
            let ratings = scheme.ratings.iter().map(|rating| rating.id.as_str());
            if let Some(near) = nearest(id, ratings) {
                finding = finding.help(format!("did you mean \"{near}\"?"));
            }
            findings.push(finding);
        }
    }
}

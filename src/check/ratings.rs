//! Rating schemes stand, and ratings given by hand agree with their rules.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::diag::rules::{
    RAG_COLOUR, RAG_CONTRADICTED, RAG_NO_OTHERWISE, RAG_RULE, RAG_UNKNOWN_RATING, REFERENCE_UNKNOWN,
};
use crate::diag::{Finding, Findings, Place, nearest};
use crate::plan::date::day_in_words;
use crate::plan::delivery::why;
use crate::plan::judge::Facts;
use crate::plan::{
    Action, ActionFacts, DeclaredRating, History, Judgement, PlanDate, RuleBook, RuleFault,
    Schedule, Scheme, SchemeOf,
};
use crate::project::{Project, Theme};

pub fn check(
    project: &Project,
    as_at: NaiveDate,
    asked: Option<NaiveDate>,
    findings: &mut Findings,
) {
    let used = used_schemes(project);
    for scheme in &project.plan.schemes {
        colours(project, scheme, findings);
        pictures(project, scheme, findings);
        let rules = scheme.ratings.iter().filter(|rating| rating.when.is_some()).count();
        let ends_open = scheme.ratings.last().is_some_and(|last| last.when.is_none());
        if rules > 0 && !ends_open {
            let message = format!("the scheme \"{}\" has no rating for the rest", scheme.id.value);
            findings.push(Finding::new(&RAG_NO_OTHERWISE, message).at(scheme.id.span));
        }
        let book = match RuleBook::of(scheme) {
            Ok(book) => book,
            Err(faults) => {
                let faults = faults.iter();
                findings.extend(faults.map(|fault| rule(project, scheme, fault)));
                continue;
            }
        };
        let days = match *scheme.of {
            SchemeOf::Action if !used.contains(scheme.id.as_str()) => continue,
            SchemeOf::Risk => continue,
            SchemeOf::Action | SchemeOf::Kpi => BTreeSet::from([as_at]),
            SchemeOf::Response => days_of(project, scheme, asked),
        };
        if days.is_empty() {
            continue;
        }
        let mut faulty = BTreeSet::new();
        for day in days {
            // Ratings and dates count from the day they were known.
            let known = &project.as_known(day);
            let faulty = &mut faulty;
            let mut judge =
                Judge { project: known, scheme, book: &book, as_at: day, faulty, findings };
            match *scheme.of {
                SchemeOf::Action => judge.actions(),
                SchemeOf::Kpi => judge.kpis(),
                SchemeOf::Response => judge.statement(),
                SchemeOf::Risk => {}
            }
        }
        past_ratings(project, scheme, findings);
    }
}

/// Ratings that somebody once gave are ratings of the scheme too.
fn past_ratings(project: &Project, scheme: &Scheme, findings: &mut Findings) {
    let plan = &project.plan;
    let given: Vec<&History<DeclaredRating>> = match *scheme.of {
        SchemeOf::Action => {
            let milestones = plan.actions.iter().flat_map(|action| &action.milestones);
            let own = plan.actions.iter().filter_map(|action| action.rag.as_ref());
            own.chain(milestones.filter_map(|milestone| milestone.rag.as_ref())).collect()
        }
        SchemeOf::Response => plan.statement.rows().filter_map(|row| row.rag.as_ref()).collect(),
        SchemeOf::Kpi | SchemeOf::Risk => Vec::new(),
    };
    for entry in given.into_iter().flat_map(History::entries) {
        let rating = &entry.value.rating;
        // What counts on the day is set against the rules, and reported there.
        if scheme.rating(rating).is_none()
            && !findings.iter().any(|found| found.place == Place::Span(rating.span))
        {
            let message = format!(
                "the rating {} was declared, which the scheme \"{}\" does not have",
                rating.value, scheme.id.value
            );
            let finding = Finding::new(&RAG_UNKNOWN_RATING, message).at(rating.span);
            let ids = scheme.ratings.iter().map(|rating| rating.id.as_str());
            findings.push(match nearest(rating, ids) {
                Some(near) => finding.help(format!("did you mean \"{near}\"?")),
                None => finding,
            });
        }
    }
}

/// The days that the documents rated by a scheme of responses speak for; the project's own while
/// no document is rated by any.
pub fn days_of(
    project: &Project,
    scheme: &Scheme,
    asked: Option<NaiveDate>,
) -> BTreeSet<NaiveDate> {
    let word = SchemeOf::Response.word();
    let named = || project.templates.values().filter_map(|t| Some((t, t.schemes.get(word)?)));
    if named().next().is_none() {
        return BTreeSet::from([asked.unwrap_or(project.settings.as_at)]);
    }
    named()
        .filter(|(_, id)| id.value == scheme.id.value)
        .map(|(template, _)| project.day_of(template, asked))
        .collect()
}

/// Schemes of actions that a template uses; all of them while none does.
fn used_schemes(project: &Project) -> BTreeSet<&str> {
    let named: BTreeSet<&str> = project
        .templates
        .values()
        .filter_map(|template| template.schemes.get(SchemeOf::Action.word()))
        .map(|id| id.as_str())
        .collect();
    if named.is_empty() {
        return project.plan.schemes.iter().map(|scheme| scheme.id.as_str()).collect();
    }
    named
}

/// That the pictures for easy read are in the library.
fn pictures(project: &Project, scheme: &Scheme, findings: &mut Findings) {
    for easy in scheme.ratings.iter().filter_map(|rating| rating.easy.as_ref()) {
        if project.pictures.contains_key(easy.image.as_str()) {
            continue;
        }
        let message = format!("the library has no picture \"{}\"", *easy.image);
        let finding = Finding::new(&REFERENCE_UNKNOWN, message).at(easy.image.span);
        let names = project.pictures.keys().map(String::as_str);
        findings.push(match nearest(&easy.image, names) {
            Some(near) => finding.help(format!("did you mean \"{near}\"?")),
            None => finding.help("pictures and their ids stand in content/images/index.toml"),
        });
    }
}

fn colours(project: &Project, scheme: &Scheme, findings: &mut Findings) {
    // Editions may have a theme of their own; most have the project's.
    let named = project.templates.values().flat_map(|template| &template.editions);
    let own = named.filter_map(|name| Some(&project.editions.get(name)?.theme));
    let themes: BTreeMap<&str, &Theme> =
        own.chain([&project.theme]).map(|theme| (theme.name.as_str(), theme)).collect();
    for (theme, rating) in themes.values().flat_map(|t| scheme.ratings.iter().map(move |r| (t, r)))
    {
        let known = &theme.tokens.rag;
        if known.contains_key(rating.colour.as_str()) {
            continue;
        }
        let message =
            format!("the theme \"{}\" has no RAG colour \"{}\"", theme.name, rating.colour.value);
        let finding = Finding::new(&RAG_COLOUR, message).at(rating.colour.span);
        let names = known.keys().map(String::as_str);
        findings.push(match nearest(&rating.colour, names.clone()) {
            Some(near) => finding.help(format!("did you mean \"{near}\"?")),
            None => finding.help(format!("it has {}", names.collect::<Vec<_>>().join(", "))),
        });
    }
}

fn rule(project: &Project, scheme: &Scheme, fault: &RuleFault) -> Finding {
    let place = fault.place(scheme, &project.sources);
    let finding = Finding::new(&RAG_RULE, fault.words(scheme)).at(place);
    let facts = scheme.of.facts();
    match fault.unknown.as_ref().and_then(|name| nearest(name, facts.iter().copied())) {
        Some(near) => finding.help(format!("did you mean {near}?")),
        None => {
            finding.help(format!("facts of {} schemes: {}", scheme.of.word(), facts.join(", ")))
        }
    }
}

/// Tries one scheme on the rows that it rates.
struct Judge<'p, 'f> {
    project: &'p Project,
    scheme: &'p Scheme,
    book: &'p RuleBook<'p>,
    as_at: NaiveDate,
    /// Ratings whose rule failed on a row: said once, not for every row.
    faulty: &'f mut BTreeSet<usize>,
    findings: &'f mut Findings,
}

impl<'p> Judge<'p, '_> {
    fn actions(&mut self) {
        let project = self.project;
        for action in &project.plan.actions {
            let facts = action.facts(self.as_at);
            if let Some(judgement) = self.judge(&facts, action.rag.as_deref()) {
                let due = action.current_due(self.as_at);
                let notes = notes(&facts, &action.schedule, due, self.as_at);
                self.compare(&action.id.value, action.rag.as_deref(), judgement, notes);
            }
            self.milestones(action);
        }
    }

    fn milestones(&mut self, action: &Action) {
        for milestone in &action.milestones {
            let facts = milestone.facts(self.as_at);
            if let Some(judgement) = self.judge(&facts, milestone.rag.as_deref()) {
                let name = format!("\"{}\" of {}", milestone.title.value, action.id.value);
                let due = milestone.schedule.current_due(self.as_at);
                let notes = notes(&facts, &milestone.schedule, due, self.as_at);
                self.compare(&name, milestone.rag.as_deref(), judgement, notes);
            }
        }
    }

    fn statement(&mut self) {
        let project = self.project;
        let statuses = project.plan.statement.statuses_by_id();
        for row in project.plan.statement.rows() {
            // An unknown status is a finding of its own; without it nothing can be said here.
            let Some(status) = statuses.get(row.status.as_str()) else { continue };
            let facts = row.facts(&statuses, self.as_at);
            if let Some(judgement) = self.judge(&facts, row.rag.as_deref()) {
                let notes = vec![why(row, &facts, status, self.as_at)];
                self.compare(&row.printed().value, row.rag.as_deref(), judgement, notes);
            }
        }
    }

    /// KPIs are never rated by hand: only the rules are tried.
    fn kpis(&mut self) {
        let project = self.project;
        for kpi in &project.plan.kpis {
            self.judge(&kpi.facts_as_at(self.as_at), None);
            for period in &project.plan.periods {
                self.judge(&kpi.facts_in_period(&project.plan, period, self.as_at), None);
            }
        }
    }

    fn judge<F: Facts>(
        &mut self,
        facts: &F,
        declared: Option<&DeclaredRating>,
    ) -> Option<Judgement<'p>> {
        match self.book.judge(facts, declared, self.as_at) {
            Ok(judgement) => Some(judgement),
            Err(fault) => {
                if self.faulty.insert(fault.rating) {
                    self.findings.push(rule(self.project, self.scheme, &fault));
                }
                None
            }
        }
    }

    fn compare(
        &mut self,
        name: &str,
        declared: Option<&DeclaredRating>,
        judgement: Judgement<'p>,
        notes: Vec<String>,
    ) {
        let Some(declared) = declared.filter(|declared| declared.stands(self.as_at)) else {
            return;
        };
        let scheme = &self.scheme.id.value;
        let rating = &declared.rating;
        if judgement.declared.is_none() {
            let message = format!(
                "{name} is declared {}, which the scheme \"{scheme}\" does not have",
                rating.value
            );
            let finding = Finding::new(&RAG_UNKNOWN_RATING, message).at(rating.span);
            let ids = self.scheme.ratings.iter().map(|rating| rating.id.as_str());
            self.findings.push(match nearest(rating, ids) {
                Some(near) => finding.help(format!("did you mean \"{near}\"?")),
                None => finding,
            });
            return;
        }
        let Some(computed) = judgement.computed.filter(|_| judgement.contradicted()) else {
            return;
        };
        let message = format!(
            "{name} is declared {}; by the scheme \"{scheme}\" it is {}",
            rating.value, computed.id.value
        );
        let mut finding = Finding::new(&RAG_CONTRADICTED, message).at(rating.span);
        finding.notes = notes;
        if let Some(when) = &computed.when {
            finding = finding.related(when.span, format!("the rule of {}", computed.id.value));
        }
        self.findings.push(finding);
    }
}

/// The facts that a rating comes from, in words.
fn notes(
    facts: &ActionFacts,
    schedule: &Schedule,
    due: Option<PlanDate>,
    as_at: NaiveDate,
) -> Vec<String> {
    let day = day_in_words(as_at);
    let state = match (facts.done, facts.embedded) {
        (_, true) => format!("embedded by {day}"),
        (true, false) => format!("done by {day}"),
        (false, false) => format!("not done by {day}"),
    };
    let due = match due {
        Some(due) if facts.overdue => format!("due {}, which has passed; ", due.prose()),
        Some(due) => format!("due {}; ", due.prose()),
        None => "no due date; ".to_owned(),
    };
    let mut notes = vec![format!("{due}{state}")];
    if facts.overdue_original
        && facts.revised > 0
        && let Some(original) = schedule.original_due()
    {
        notes.push(format!("the original due date {} has passed", original.prose()));
    }
    if facts.milestones > 0 {
        let overdue = match facts.overdue_milestones {
            0 => "none overdue".to_owned(),
            count => format!("{count} overdue"),
        };
        notes.push(format!(
            "{} of {} milestones done, {overdue}",
            facts.milestones_done, facts.milestones
        ));
    }
    notes
}

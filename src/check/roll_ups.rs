//! Roll-ups that were published beside the data are what the rows give.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::check::ratings::days_of;
use crate::check::statement::stage_of;
use crate::diag::rules::{RAG_UNKNOWN_RATING, ROLL_UP_CONTRADICTED};
use crate::diag::{Finding, Findings, nearest};
use crate::plan::roll_up::{Counted, Counting, Published, RollUp};
use crate::plan::{Commitment, Rating, RuleBook, Scheme, SchemeOf};
use crate::project::Project;
use crate::source::Span;

pub fn check(project: &Project, asked: Option<NaiveDate>, findings: &mut Findings) {
    // A row that could not be read is missing from every sum.
    if !project.plan.unread.is_empty() {
        return;
    }
    let schemes = project.plan.schemes.iter().filter(|s| *s.of == SchemeOf::Response);
    for scheme in schemes {
        let Ok(book) = RuleBook::of(scheme) else { continue };
        for day in days_of(project, scheme, asked) {
            compare(project, scheme, &book, day, findings);
        }
    }
}

fn compare(
    project: &Project,
    scheme: &Scheme,
    book: &RuleBook<'_>,
    day: NaiveDate,
    findings: &mut Findings,
) {
    let statement = &project.plan.statement;
    let statuses = statement.statuses_by_id();
    // What was published counts the ratings that were given, not those that the rules would give.
    let ratings: HashMap<&str, &Rating> = statement
        .rows()
        .filter_map(|row| {
            let facts = row.facts(&statuses, day);
            let judgement = book.judge(&facts, row.rag.as_deref(), day).ok()?;
            Some((row.id.as_str(), scheme.rating(&judgement.shown()?.id)?))
        })
        .collect();
    let counting = Counting {
        scheme,
        stage: &|row: &Commitment| stage_of(&statuses, row),
        rating: &|row: &Commitment| ratings.get(row.id.as_str()).copied(),
    };
    let tree = statement.tree();
    let all = counting.all(&tree);
    let mut published = Comparison { scheme, findings };
    for ((branch, area), parts) in tree.iter().zip(&all.areas).zip(&all.findings) {
        let name = format!("area {}", branch.area.id.value);
        published.compare(&name, branch.area.published.as_ref(), area);
        for (finding, computed) in branch.findings.iter().zip(parts) {
            let name = format!("finding {}", finding.finding.id.value);
            published.compare(&name, finding.finding.published.as_ref(), computed);
        }
    }
    for total in &statement.totals {
        published.compare("the whole plan", Some(&total.published), &all.total);
    }
}

struct Comparison<'p, 'f> {
    scheme: &'p Scheme,
    findings: &'f mut Findings,
}

impl Comparison<'_, '_> {
    fn compare(&mut self, name: &str, published: Option<&Published>, computed: &RollUp) {
        let Some(published) = published else { return };
        let rows = match self.scheme.roll_up.count {
            Counted::Responses => "responses",
            Counted::Steps => "steps",
        };
        if let Some(count) = &published.rows {
            self.count(name, rows, **count, computed.rows, count.span);
        }
        if let Some(count) = &published.archived {
            self.count(name, "archived", **count, computed.archived, count.span);
        }
        for (rating, count) in &published.ratings {
            if self.scheme.rating(rating).is_none() {
                let scheme = &self.scheme.id.value;
                let message = format!("the scheme \"{scheme}\" has no rating \"{}\"", rating.value);
                let finding = Finding::new(&RAG_UNKNOWN_RATING, message).at(rating.span);
                let ids = self.scheme.ratings.iter().map(|rating| rating.id.as_str());
                self.findings.push(match nearest(rating, ids) {
                    Some(near) => finding.help(format!("did you mean \"{near}\"?")),
                    None => finding.help("besides ratings: responses, archived, percent"),
                });
                continue;
            }
            self.count(name, &rating.value, **count, computed.rated(rating), count.span);
        }
        if let Some(percent) = &published.percent {
            self.percent(name, **percent, computed, percent.span);
        }
    }

    fn count(&mut self, name: &str, what: &str, published: u32, computed: usize, span: Span) {
        if usize::try_from(published).ok() == Some(computed) {
            return;
        }
        let message =
            format!("{name} is published with {published} {what}; its rows give {computed}");
        self.findings.push(Finding::new(&ROLL_UP_CONTRADICTED, message).at(span));
    }

    fn percent(&mut self, name: &str, published: u32, computed: &RollUp, span: Span) {
        let rounded = computed.percent.map(|mean| self.scheme.roll_up.rounding.percent(mean));
        if rounded == Some(u128::from(published)) {
            return;
        }
        let message = match rounded {
            Some(rounded) => {
                format!("{name} is published as {published}% complete; its rows give {rounded}%")
            }
            None => {
                format!("{name} is published as {published}% complete; no row counts towards it")
            }
        };
        let finding = Finding::new(&ROLL_UP_CONTRADICTED, message).at(span);
        self.findings.push(finding.note(computed.arithmetic()));
    }
}

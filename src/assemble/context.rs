//! The names that expressions see, made from the project: `plan`, `kpi`, `area`, `inspection` and the rest.
//!
//! Made once a document, as at its day: what was not known then is not here.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use minijinja::value::Value;

use crate::assemble::declared_values::World;
use crate::assemble::fact_values::facts;
use crate::assemble::ratings::Ratings;
use crate::assemble::value::{Moment, Namespace, Quantity, RatingValue, Record};
use crate::assemble::{
    Since, data_values, evaluation_values, parameters, reply_values, statement_values,
};
use crate::document::{Figure, Trace};
use crate::plan::{
    Action, Baseline, Better, Factor, FeedbackGroup, Kpi, Measurement, Objective, PlanDate, Risk,
    Role, Weakness,
};
use crate::project::{ParameterValue, Project, RecordKind};
use crate::source::{At, Span};

/// The project's values by name.
pub type Root = Arc<Names>;

/// Values by name.
pub type Names = BTreeMap<Cow<'static, str>, Value>;

/// Values by the names of fields.
pub(super) type Fields = BTreeMap<&'static str, Value>;

/// Makes the values that expressions see.
pub fn root(
    project: &Project,
    as_at: NaiveDate,
    document: Fields,
    parameters: &parameters::Values,
    ratings: &Ratings<'_>,
    since: Option<Since<'_>>,
) -> Root {
    let plan = &project.plan;
    let world = World::of(plan, as_at);
    let builder = Builder { project, as_at, ratings, since, world: &world };
    let roles = builder.by_id("role", plan.roles.iter().map(|r| (&r.id, builder.role(r))));
    let kpis = builder.by_id("kpi", plan.kpis.iter().map(|k| (&k.id, builder.kpi(k))));
    let actions = builder.by_id("action", plan.actions.iter().map(|a| (&a.id, builder.action(a))));
    let weaknesses: Vec<Value> = plan.weaknesses.iter().map(|w| builder.weakness(w)).collect();
    let settings = &project.settings;

    let mut area = Fields::new();
    area.insert("name", Value::from(settings.area.clone()));
    area.insert("partners", list(settings.partners.iter().map(|p| Value::from(p.clone()))));

    let mut all = Fields::new();
    all.insert("objectives", list(plan.objectives.iter().map(|o| builder.objective(o))));
    all.insert("weaknesses", list(weaknesses));
    all.insert("actions", list(plan.actions.iter().map(|a| builder.action(a))));
    all.insert("kpis", list(plan.kpis.iter().map(|k| builder.kpi(k))));
    all.insert("risks", list(builder.open_risks().map(|r| builder.risk(r))));
    all.insert("feedback", list(plan.feedback.iter().map(|g| builder.feedback(g))));
    all.insert("roles", list(plan.roles.iter().map(|r| builder.role(r))));
    all.insert("factors", list(plan.factors.iter().map(|f| builder.factor(f))));
    let programme = plan.factors.iter().filter(|f| f.weakness.is_none());
    all.insert("programme_factors", list(programme.map(|f| builder.factor(f))));
    all.insert("bodies", list(plan.bodies.iter().map(|b| builder.body(b))));
    all.insert("phases", list(plan.phases.iter().map(|p| builder.phase(p))));
    all.insert(
        "periods",
        list(plan.periods.iter().map(|p| {
            record(
                "period",
                &p.id,
                &p.name,
                [("by", Moment::date(*p.by, &format!("period.{}", *p.id)))],
            )
        })),
    );

    let (statement, responses) = statement_values::values(&plan.statement, ratings, as_at);
    all.extend(statement);
    all.extend(reply_values::values(plan, as_at));
    let (evaluation, priorities, criteria) = evaluation_values::values(plan);
    all.extend(evaluation);

    let mut root = Names::new();
    root.insert("data".into(), data_values::all(&project.datasets, as_at));
    root.insert(
        "priority".into(),
        Value::from_object(Namespace { name: "priority", values: priorities }),
    );
    root.insert(
        "criterion".into(),
        Value::from_object(Namespace { name: "criterion", values: criteria }),
    );
    root.insert(
        "response".into(),
        Value::from_object(Namespace { name: "response", values: responses }),
    );
    root.insert(
        "area".into(),
        Value::from_object(Record {
            kind: "area",
            id: String::new(),
            name: settings.area.clone(),
            fields: area,
            more: BTreeMap::new(),
        }),
    );
    root.insert("inspection".into(), facts("inspection", &settings.inspection));
    root.insert("facts".into(), facts("facts", &settings.facts));
    root.insert(
        "document".into(),
        Value::from_object(Record {
            kind: "document",
            id: String::new(),
            name: "document".into(),
            fields: document,
            more: BTreeMap::new(),
        }),
    );
    let parameters =
        parameters.iter().map(|(name, value)| (name.clone(), builder.parameter(name, value)));
    let values = parameters.collect();
    root.insert("param".into(), Value::from_object(Namespace { name: "param", values }));
    root.insert(
        "plan".into(),
        Value::from_object(Record {
            kind: "plan",
            id: String::new(),
            name: "plan".into(),
            fields: all,
            more: world.lists().collect(),
        }),
    );
    root.insert("changes".into(), builder.changes(since));
    root.insert("kpi".into(), kpis);
    root.insert("action".into(), actions);
    root.insert("role".into(), roles);
    let by_id = plan.objectives.iter().map(|o| (&o.id, builder.objective(o)));
    root.insert("objective".into(), builder.by_id("objective", by_id));
    let by_id = plan.weaknesses.iter().map(|w| (&w.id, builder.weakness(w)));
    root.insert("weakness".into(), builder.by_id("weakness", by_id));
    let by_id = plan.risks.iter().map(|r| (&r.id, builder.risk(r)));
    root.insert("risk".into(), builder.by_id("risk", by_id));
    let by_id = plan.bodies.iter().map(|b| (&b.id, builder.body(b)));
    root.insert("body".into(), builder.by_id("body", by_id));
    root.insert("structure".into(), builder.structures());
    for (name, records) in world.namespaces() {
        // That no kind takes a name there is already was asked when it was declared.
        root.entry(name.into()).or_insert(records);
    }
    let root = Arc::new(world.dress(root));
    world.stands_in(&root);
    root
}

pub(super) struct Builder<'a> {
    pub(super) project: &'a Project,
    pub(super) as_at: NaiveDate,
    pub(super) ratings: &'a Ratings<'a>,
    since: Option<Since<'a>>,
    world: &'a Arc<World>,
}

impl Builder<'_> {
    fn by_id<'v>(
        &self,
        name: &'static str,
        values: impl Iterator<Item = (&'v At<String>, Value)>,
    ) -> Value {
        // The first record of an id counts; a second one is a finding of its own.
        let mut by_id = BTreeMap::new();
        for (id, value) in values {
            by_id.entry(id.value.clone()).or_insert(value);
        }
        Value::from_object(Namespace { name, values: by_id })
    }

    /// A parameter's value; one that names a record is the record.
    fn parameter(&self, name: &str, value: &ParameterValue) -> Value {
        let plan = &self.project.plan;
        let found = |value: Option<Value>| value.unwrap_or_else(none);
        match value {
            ParameterValue::Nothing => none(),
            ParameterValue::Text(words) => Value::from(words.clone()),
            ParameterValue::Day(day) => Moment::day(*day, &format!("param.{name}")),
            ParameterValue::Number(number) => Value::from(*number),
            ParameterValue::YesNo(yes) => Value::from(*yes),
            ParameterValue::Record(kind, id) => found(match kind {
                RecordKind::Objective => plan.objective(id).map(|o| self.objective(o)),
                RecordKind::Weakness => {
                    plan.weaknesses.iter().find(|w| *w.id == *id).map(|w| self.weakness(w))
                }
                RecordKind::Action => {
                    plan.actions.iter().find(|a| *a.id == *id).map(|a| self.action(a))
                }
                RecordKind::Kpi => plan.kpi(id).map(|k| self.kpi(k)),
                RecordKind::Risk => plan.risks.iter().find(|r| *r.id == *id).map(|r| self.risk(r)),
                RecordKind::Role => plan.roles.iter().find(|r| *r.id == *id).map(|r| self.role(r)),
                RecordKind::Declared(kind) => self.world.find(kind, id),
            }),
        }
    }

    fn objective(&self, objective: &Objective) -> Value {
        let plan = &self.project.plan;
        let own = |id: &At<String>| **id == *objective.id;
        let kpis: Vec<&Kpi> = plan.kpis.iter().filter(|k| own(&k.objective)).collect();
        let weaknesses =
            plan.weaknesses.iter().filter(|w| objective.weaknesses.iter().any(|id| **id == *w.id));
        let actions: Vec<&Action> = plan.actions.iter().filter(|a| own(&a.objective)).collect();
        let risks = self.open_risks().filter(|r| {
            r.actions.iter().any(|id| actions.iter().any(|a| *a.id == **id))
                || r.kpis.iter().any(|id| kpis.iter().any(|k| *k.id == **id))
        });
        let factors = plan.factors.iter().filter(|f| f.objectives.iter().any(own));
        record(
            "objective",
            &objective.id,
            &objective.name,
            [
                ("summary", text(objective.summary.as_ref())),
                ("weaknesses", list(weaknesses.map(|w| self.weakness(w)))),
                ("sponsor", objective.sponsor.as_ref().map_or(none(), |id| self.role_named(id))),
                ("actions", list(actions.iter().map(|a| self.action(a)))),
                ("kpis", list(kpis.iter().map(|k| self.kpi(k)))),
                ("key_kpis", list(kpis.iter().filter(|k| k.key).map(|k| self.kpi(k)))),
                ("factors", list(factors.map(|f| self.factor(f)))),
                ("risks", list(risks.map(|r| self.risk(r)))),
            ],
        )
    }

    /// The KPIs that show whether an area of weakness improves.
    fn kpis_of(&self, weakness: &Weakness) -> impl Iterator<Item = Value> {
        let plan = &self.project.plan;
        let kpis = plan.kpis.iter().filter(|k| k.weaknesses.iter().any(|w| **w == *weakness.id));
        kpis.map(|kpi| self.kpi(kpi))
    }

    fn weakness(&self, weakness: &Weakness) -> Value {
        let plan = &self.project.plan;
        let factors = plan
            .factors
            .iter()
            .filter(|f| f.weakness.as_ref().is_some_and(|id| **id == *weakness.id));
        let objective =
            plan.objectives.iter().find(|o| o.weaknesses.iter().any(|id| **id == *weakness.id));
        record(
            "weakness",
            &weakness.id,
            &weakness.name,
            [
                ("finding", Value::from(weakness.finding.value.clone())),
                ("factors", list(factors.map(|f| self.factor(f)))),
                ("kpis", list(self.kpis_of(weakness))),
                ("objective", objective.map_or(none(), |o| named("objective", &o.id, &o.name))),
            ],
        )
    }

    fn role(&self, role: &Role) -> Value {
        record("role", &role.id, &role.name, [("organisation", text(role.organisation.as_ref()))])
    }

    /// An objective by id and name alone.
    pub(super) fn objective_named(&self, id: &str) -> Value {
        let objective = self.project.plan.objective(id);
        objective.map_or(none(), |objective| named("objective", &objective.id, &objective.name))
    }

    fn role_named(&self, id: &str) -> Value {
        self.project.plan.roles.iter().find(|r| *r.id == id).map_or(none(), |r| self.role(r))
    }

    pub(super) fn action(&self, action: &Action) -> Value {
        let path = format!("action.{}", *action.id);
        let facts = action.facts(self.as_at);
        record(
            "action",
            &action.id,
            &action.title,
            [
                ("title", Value::from(action.title.value.clone())),
                ("objective", self.objective_named(&action.objective)),
                ("detail", text(action.detail.as_ref())),
                ("officers", list(action.officers.iter().map(|id| self.role_named(id)))),
                ("due", date(action.current_due(self.as_at), &path)),
                ("done", Value::from(action.is_done(self.as_at))),
                ("overdue", Value::from(facts.overdue)),
                ("milestones", Value::from(facts.milestones)),
                ("milestones_done", Value::from(facts.milestones_done)),
                ("progress", text(action.progress.as_deref())),
                ("note", text(action.note.as_deref())),
                ("status", status(self.ratings.action(action))),
            ],
        )
    }

    pub(super) fn kpi(&self, kpi: &Kpi) -> Value {
        let actual = kpi.actual_as_at(self.as_at);
        let path = |what: &str| format!("kpi.{}.{what}", *kpi.id);
        // What was known on the day that changes are told from.
        let then = self.since.and_then(|since| since.plan.kpi(&kpi.id)?.actual_as_at(since.day));
        let previous = then.map_or(none(), |before| self.measured(kpi, before, path("previous")));
        let baseline = match kpi.baseline.as_ref().map(|b| &b.value) {
            Some(Baseline::Value { at, value, .. }) => {
                let cell = kpi.baseline.as_ref().map_or(kpi.id.span, |b| b.span);
                self.quantity(kpi, *value, Some(*at), path("baseline"), cell, None)
            }
            _ => none(),
        };
        let target = kpi.target_as_at(self.as_at).map_or(none(), |target| {
            let mut figure = self.figure(kpi, Some(*target.by), path("target"), target.value.span);
            figure.text = kpi.target_words(*target.value);
            let limits = target.value.figures();
            // Words can be held against one limit; a range has two.
            figure.trace.number = limits.first().copied().filter(|_| limits.len() == 1);
            Value::from_object(Quantity {
                number: limits.first().copied().unwrap_or_default(),
                figure,
                at: Some(*target.by),
                style: Some(kpi.style()),
                since: target.by.first_day(),
            })
        });
        record(
            "kpi",
            &kpi.id,
            &kpi.name,
            [
                ("actual", actual.map_or(none(), |a| self.measured(kpi, a, path("actual")))),
                ("objective", self.objective_named(&kpi.objective)),
                ("previous", previous),
                ("baseline", baseline),
                ("no_baseline", kpi.no_baseline().map_or(none(), Value::from)),
                ("target", target),
                ("source", text(kpi.source.as_ref())),
                ("note", text(kpi.note.as_deref())),
                ("status", status(self.ratings.kpi(kpi))),
                ("easy", text(kpi.easy.as_ref().map(|easy| &easy.words))),
                ("picture", text(kpi.easy.as_ref().map(|easy| &easy.image))),
            ],
        )
    }

    fn measured(&self, kpi: &Kpi, measured: &Measurement, path: String) -> Value {
        let (value, at) = (&measured.value, *measured.at);
        self.quantity(kpi, value.value, Some(at), path, value.span, measured.known_from())
    }

    fn quantity(
        &self,
        kpi: &Kpi,
        number: f64,
        at: Option<PlanDate>,
        path: String,
        cell: Span,
        known: Option<NaiveDate>,
    ) -> Value {
        let mut figure = Figure { text: kpi.figure(number), ..self.figure(kpi, at, path, cell) };
        figure.trace.number = Some(number);
        figure.trace.known = known.map(crate::plan::date::day_in_words);
        let (style, since) = (Some(kpi.style()), at.and_then(PlanDate::first_day));
        Value::from_object(Quantity { number, figure, at, style, since })
    }

    fn figure(&self, kpi: &Kpi, at: Option<PlanDate>, path: String, cell: Span) -> Figure {
        let which = path.rsplit('.').next().unwrap_or("");
        let name = match which {
            "actual" => kpi.name.value.clone(),
            which => format!("{}: {which}", *kpi.name),
        };
        Figure {
            trace: Trace {
                name: Some(name),
                cells: vec![cell],
                since: at.and_then(PlanDate::first_day),
                more_is_better: kpi.better.as_ref().map(|b| b.value == Better::Higher),
                ..Trace::default()
            },
            text: String::new(),
            path,
            unit: Some(kpi.unit.word().to_string()),
            at: at.map(PlanDate::prose),
            source: kpi.source.as_ref().map(|s| s.value.clone()),
        }
    }

    /// The risks that stood on the register on the as-at day.
    fn open_risks(&self) -> impl Iterator<Item = &Risk> {
        self.project.plan.risks.iter().filter(|r| {
            r.raised.first_day().is_none_or(|day| day <= self.as_at)
                && r.closed.as_ref().and_then(|c| c.last_day()).is_none_or(|day| day > self.as_at)
        })
    }

    pub(super) fn risk(&self, risk: &Risk) -> Value {
        let path = format!("risk.{}", *risk.id);
        record(
            "risk",
            &risk.id,
            &risk.title,
            [
                ("raised", Moment::date(*risk.raised, &path)),
                ("title", Value::from(risk.title.value.clone())),
                ("severity", status(self.ratings.risk(risk))),
                ("mitigation", Value::from(risk.mitigation.value.clone())),
                ("progress", text(risk.progress.as_deref())),
                ("owner", risk.owner.as_ref().map_or(none(), |id| self.role_named(id))),
                ("closed", risk.closed.as_ref().map_or(none(), |c| Moment::date(c.value, &path))),
            ],
        )
    }

    fn feedback(&self, group: &FeedbackGroup) -> Value {
        let plan = &self.project.plan;
        let points: Vec<(Option<&str>, Value)> = group
            .points
            .iter()
            .map(|point| {
                let objectives = point
                    .objectives
                    .iter()
                    .filter_map(|id| plan.objectives.iter().find(|o| *o.id == **id))
                    .map(|o| named("objective", &o.id, &o.name));
                let value = record(
                    "point",
                    &At::new(String::new(), point.text.span),
                    &point.text,
                    [
                        ("text", Value::from(point.text.value.clone())),
                        ("theme", text(point.theme.as_ref())),
                        ("objectives", list(objectives)),
                    ],
                );
                (point.theme.as_ref().map(|t| t.value.as_str()), value)
            })
            .collect();
        let mut themes: Vec<(&str, Vec<Value>)> = Vec::new();
        for (theme, value) in points.iter().filter_map(|(theme, value)| Some(((*theme)?, value))) {
            match themes.iter_mut().find(|(name, _)| *name == theme) {
                Some((_, values)) => values.push(value.clone()),
                None => themes.push((theme, vec![value.clone()])),
            }
        }
        let objectives = plan
            .objectives
            .iter()
            .filter(|o| group.points.iter().any(|p| p.objectives.iter().any(|id| **id == *o.id)))
            .map(|o| named("objective", &o.id, &o.name));
        record(
            "feedback",
            &group.id,
            &group.name,
            [
                ("source", text(group.source.as_ref())),
                ("points", list(points.iter().map(|(_, value)| value.clone()))),
                ("objectives", list(objectives)),
                (
                    "themes",
                    list(
                        themes
                            .into_iter()
                            .map(|(name, values)| plain("theme", name, [("points", list(values))])),
                    ),
                ),
            ],
        )
    }

    fn factor(&self, factor: &Factor) -> Value {
        let plan = &self.project.plan;
        let objectives = factor
            .objectives
            .iter()
            .filter_map(|id| plan.objectives.iter().find(|o| *o.id == **id))
            .map(|o| named("objective", &o.id, &o.name));
        let find = |id: &str| plan.weaknesses.iter().find(|w| *w.id == id);
        let because = factor
            .because_of
            .iter()
            .filter_map(|id| find(id))
            .map(|w| named("weakness", &w.id, &w.name));
        let weakness = factor.weakness.as_ref().and_then(|id| find(id));
        plain(
            "factor",
            &factor.cause,
            [
                ("cause", Value::from(factor.cause.value.clone())),
                ("response", Value::from(factor.response.value.clone())),
                ("objectives", list(objectives)),
                ("because_of", list(because)),
                ("weakness", weakness.map_or(none(), |w| named("weakness", &w.id, &w.name))),
            ],
        )
    }
}

pub(super) fn none() -> Value {
    Value::from(())
}

pub(super) fn text(value: Option<&At<String>>) -> Value {
    value.map_or(none(), |t| Value::from(t.value.clone()))
}

pub(super) fn date(value: Option<PlanDate>, path: &str) -> Value {
    value.map_or(none(), |date| Moment::date(date, path))
}

pub(super) fn status(value: Option<crate::document::Status>) -> Value {
    value.map_or(none(), |status| Value::from_object(RatingValue(status)))
}

pub(super) fn list(values: impl IntoIterator<Item = Value>) -> Value {
    Value::from(values.into_iter().collect::<Vec<Value>>())
}

pub(super) fn plain<const N: usize>(
    kind: &'static str,
    name: &str,
    fields: [(&'static str, Value); N],
) -> Value {
    let mut fields = Fields::from(fields);
    fields.insert("name", Value::from(name.to_string()));
    Value::from_object(Record {
        kind,
        id: String::new(),
        name: name.to_string(),
        fields,
        more: BTreeMap::new(),
    })
}

pub(super) fn record<const N: usize>(
    kind: &'static str,
    id: &At<String>,
    name: &At<String>,
    fields: [(&'static str, Value); N],
) -> Value {
    let mut fields = Fields::from(fields);
    fields.insert("id", Value::from(id.value.clone()));
    fields.insert("name", Value::from(name.value.clone()));
    let (id, name) = (id.value.clone(), name.value.clone());
    Value::from_object(Record { kind, id, name, fields, more: BTreeMap::new() })
}

/// A record by id and name alone, where the whole one would lead back to where it is quoted.
pub(super) fn named(kind: &'static str, id: &At<String>, name: &At<String>) -> Value {
    record(kind, id, name, [])
}

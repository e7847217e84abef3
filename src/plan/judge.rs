//! Tries a scheme's rules on a row's facts, and sets the outcome beside a rating given by hand.
//!
//! A rule is one MiniJinja expression over facts, with no filter, function or loop: it
//! can only compare. Compiled once for a scheme, tried for every row.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use chrono::NaiveDate;
use minijinja::{Environment, Expression, UndefinedBehavior, Value};

use crate::plan::bounds::refused;
use crate::plan::{ActionFacts, DeclaredRating, KpiFacts, Rating, ResponseFacts, Scheme, SchemeOf};
use crate::source::{At, Sources, Span};

/// More steps than any sensible rule needs; a rule can't run longer.
const FUEL: u64 = 1_000;

static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment
});

impl SchemeOf {
    /// The facts that rules of such a scheme may ask.
    pub fn facts(self) -> &'static [&'static str] {
        match self {
            SchemeOf::Action => ActionFacts::NAMES,
            SchemeOf::Kpi => KpiFacts::NAMES,
            SchemeOf::Risk => &[],
            SchemeOf::Response => ResponseFacts::NAMES,
        }
    }
}

/// A row's facts under the names that rules use.
pub trait Facts {
    /// The names.
    const NAMES: &'static [&'static str];
    /// Their values, in the same order.
    fn values(&self) -> Vec<Value>;
}

impl Facts for ActionFacts {
    const NAMES: &'static [&'static str] = &[
        "done",
        "embedded",
        "started",
        "overdue",
        "overdue_original",
        "overdue_milestones",
        "milestones",
        "milestones_done",
        "days_late",
        "revised",
        "has_due",
        "ongoing",
    ];

    fn values(&self) -> Vec<Value> {
        vec![
            self.done.into(),
            self.embedded.into(),
            self.started.into(),
            self.overdue.into(),
            self.overdue_original.into(),
            self.overdue_milestones.into(),
            self.milestones.into(),
            self.milestones_done.into(),
            self.days_late.into(),
            self.revised.into(),
            self.has_due.into(),
            self.ongoing.into(),
        ]
    }
}

impl Facts for KpiFacts {
    const NAMES: &'static [&'static str] =
        &["has_actual", "has_target", "met", "shortfall", "improved"];

    fn values(&self) -> Vec<Value> {
        vec![
            self.has_actual.into(),
            self.has_target.into(),
            self.met.into(),
            self.shortfall.into(),
            self.improved.into(),
        ]
    }
}

/// What is wrong with one rule of a scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleFault {
    /// The rating's place in the scheme.
    pub rating: usize,
    /// What is wrong, for people.
    pub message: String,
    /// The bytes of the rule that are wrong, where that is known.
    pub range: Option<std::ops::Range<usize>>,
    /// A fact it asks that there is not.
    pub unknown: Option<String>,
    /// Whether it is in what `allowed` says rather than in `when`.
    pub in_allowed: bool,
}

impl RuleFault {
    fn of(rating: usize, error: &minijinja::Error) -> Self {
        let message = match error.detail() {
            Some(detail) => format!("{}: {detail}", error.kind()),
            None => error.kind().to_string(),
        };
        RuleFault { rating, message, range: error.range(), unknown: None, in_allowed: false }
    }

    /// What to say of it.
    pub fn words(&self, scheme: &Scheme) -> String {
        format!("a rule of the scheme \"{}\": {}", scheme.id.value, self.message)
    }

    /// Where it stands in the file of `scheme`.
    pub fn place(&self, scheme: &Scheme, sources: &Sources) -> Span {
        let rule = scheme.ratings.get(self.rating).and_then(|rating| match self.in_allowed {
            true => rating.allowed.as_ref(),
            false => rating.when.as_ref(),
        });
        match rule {
            Some(rule) => within(sources, rule.span, &rule.value, self),
            None => scheme.id.span,
        }
    }
}

/// Where in the file the faulty part of a rule stands; the whole rule when that can't be told.
fn within(sources: &Sources, span: Span, rule: &str, fault: &RuleFault) -> Span {
    let part = match (&fault.unknown, &fault.range) {
        (Some(name), _) => rule.find(name.as_str()).map(|at| at..at + name.len()),
        (None, range) => range.clone(),
    };
    let written = sources.text(span).find(rule);
    match (part, written) {
        (Some(part), Some(at)) if part.end <= rule.len() && part.start < part.end => {
            let start = span.range().start + at;
            Span::new(span.file, start + part.start..start + part.end)
        }
        _ => span,
    }
}

/// A scheme's rules, ready to be tried.
pub struct RuleBook<'s> {
    scheme: &'s Scheme,
    rules: Vec<Option<Expression<'static, 'static>>>,
    allowed: Vec<Option<Expression<'static, 'static>>>,
}

impl fmt::Debug for RuleBook<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("RuleBook").field(&self.scheme.id.value).finish()
    }
}

impl<'s> RuleBook<'s> {
    /// Compiles the rules of `scheme`. Every rule that does not stand is named, not the first only.
    pub fn of(scheme: &'s Scheme) -> Result<RuleBook<'s>, Vec<RuleFault>> {
        let mut faults = Vec::new();
        let compile = |index: usize, rule: Option<&At<String>>| -> Result<_, Vec<RuleFault>> {
            let Some(rule) = rule else { return Ok(None) };
            if let Some((range, message)) = refused(rule) {
                let (range, unknown) = (Some(range), None);
                let fault = RuleFault { rating: index, message, range, unknown, in_allowed: false };
                return Err(vec![fault]);
            }
            match ENVIRONMENT.compile_expression_owned(rule.value.clone()) {
                Ok(rule) => match unknown_facts(index, *scheme.of, &rule) {
                    unknown if unknown.is_empty() => Ok(Some(rule)),
                    unknown => Err(unknown),
                },
                Err(error) => Err(vec![RuleFault::of(index, &error)]),
            }
        };
        let (mut rules, mut allowed) = (Vec::new(), Vec::new());
        for (index, rating) in scheme.ratings.iter().enumerate() {
            match compile(index, rating.when.as_ref()) {
                Ok(rule) => rules.push(rule),
                Err(found) => faults.extend(found),
            }
            match compile(index, rating.allowed.as_ref()) {
                Ok(rule) => allowed.push(rule),
                Err(found) => {
                    faults.extend(found.into_iter().map(|f| RuleFault { in_allowed: true, ..f }));
                }
            }
        }
        if faults.is_empty() { Ok(RuleBook { scheme, rules, allowed }) } else { Err(faults) }
    }

    /// The scheme whose rules these are.
    pub fn scheme(&self) -> &'s Scheme {
        self.scheme
    }

    /// The first rating whose rule holds; the last rating when it has no rule (otherwise); or none.
    pub fn rate<F: Facts>(&self, facts: &F) -> Result<Option<&'s Rating>, RuleFault> {
        Ok(self.first(&context(facts))?.map(|(_, rating)| rating))
    }

    fn first(&self, context: &Value) -> Result<Option<(usize, &'s Rating)>, RuleFault> {
        let last = self.rules.len().saturating_sub(1);
        for (index, (rating, rule)) in self.scheme.ratings.iter().zip(&self.rules).enumerate() {
            let holds = match rule {
                Some(rule) => truth(index, rule, context)?,
                None => index == last,
            };
            if holds {
                return Ok(Some((index, rating)));
            }
        }
        Ok(None)
    }

    /// Whether `declared` stands as a judgement: no rule decided, and the scheme allows it.
    fn is_judgement(
        &self,
        computed: Option<(usize, &Rating)>,
        declared: &Rating,
        context: &Value,
    ) -> Result<bool, RuleFault> {
        let decided = computed.is_some_and(|(_, rating)| rating.when.is_some());
        let place = self.scheme.ratings.iter().position(|rating| *rating.id == *declared.id);
        let Some(index) = place.filter(|_| !decided) else { return Ok(false) };
        match self.allowed.get(index).and_then(Option::as_ref) {
            Some(rule) => {
                truth(index, rule, context).map_err(|fault| RuleFault { in_allowed: true, ..fault })
            }
            None => Ok(declared.when.is_none() && index + 1 < self.rules.len()),
        }
    }

    /// The row's rating as at a day: what was declared, what the rules say, and which counts.
    pub fn judge<F: Facts>(
        &self,
        facts: &F,
        declared: Option<&DeclaredRating>,
        as_at: NaiveDate,
    ) -> Result<Judgement<'s>, RuleFault> {
        let context = context(facts);
        let computed = self.first(&context)?;
        let declared = declared.filter(|declared| declared.stands(as_at));
        let rating = declared.and_then(|declared| self.scheme.rating(&declared.rating));
        Ok(Judgement {
            computed: computed.map(|(_, rating)| rating),
            declared: rating,
            overridden: declared.is_some_and(DeclaredRating::is_override),
            judged: match rating {
                Some(rating) => self.is_judgement(computed, rating, &context)?,
                None => false,
            },
        })
    }
}

/// The facts under the names that rules use.
fn context<F: Facts>(facts: &F) -> Value {
    let facts: BTreeMap<&'static str, Value> =
        F::NAMES.iter().copied().zip(facts.values()).collect();
    Value::from_object(facts)
}

/// Whether the rule holds. It must say yes or no: a rule such as `'done'` would always hold.
fn truth(
    index: usize,
    rule: &Expression<'static, 'static>,
    context: &Value,
) -> Result<bool, RuleFault> {
    let value = rule.eval(context.clone()).map_err(|error| RuleFault::of(index, &error))?;
    bool::try_from(value.clone()).map_err(|_| RuleFault {
        rating: index,
        message: format!("the rule gives {value}, not yes or no"),
        range: None,
        unknown: None,
        in_allowed: false,
    })
}

fn unknown_facts(
    index: usize,
    of: SchemeOf,
    rule: &Expression<'static, 'static>,
) -> Vec<RuleFault> {
    let mut names: Vec<String> = rule
        .undeclared_variables(false)
        .into_iter()
        .filter(|name| !of.facts().contains(&name.as_str()))
        .collect();
    names.sort();
    let fault = |name: String| RuleFault {
        rating: index,
        message: format!("there is no fact \"{name}\" of {} schemes", of.word()),
        range: None,
        unknown: Some(name),
        in_allowed: false,
    };
    names.into_iter().map(fault).collect()
}

impl DeclaredRating {
    /// Whether it was given by `as_at`; one without a date always stands.
    pub fn stands(&self, as_at: NaiveDate) -> bool {
        self.on.as_ref().is_none_or(|on| **on <= as_at)
    }

    /// Whether it says who gave it, when and why, and so outweighs the rules.
    pub fn is_override(&self) -> bool {
        self.by.is_some() && self.on.is_some() && self.why.is_some()
    }
}

/// A row's rating, from both sides.
#[derive(Debug, Clone, Copy)]
pub struct Judgement<'s> {
    /// What the scheme's rules say; `None` when no rule holds.
    pub computed: Option<&'s Rating>,
    /// What somebody declared.
    pub declared: Option<&'s Rating>,
    /// Whether the declaration says who, when and why.
    pub overridden: bool,
    /// Whether no rule decides, and the scheme allows the declaration as a judgement.
    pub judged: bool,
}

impl<'s> Judgement<'s> {
    /// The rating to show: the declared one where there is one (a contradiction is a finding, not
    /// a silent correction), else the computed one.
    pub fn shown(&self) -> Option<&'s Rating> {
        self.declared.or(self.computed)
    }

    /// The rating by the scheme: what its rules say, or what was declared where they leave it to judgement.
    pub fn by_scheme(&self) -> Option<&'s Rating> {
        if self.judged || self.overridden { self.declared } else { self.computed }
    }

    /// Whether the rules contradict a declaration that is no override.
    pub fn contradicted(&self) -> bool {
        match (self.declared, self.computed) {
            (Some(declared), Some(computed)) => {
                !self.overridden && !self.judged && *declared.id != *computed.id
            }
            _ => false,
        }
    }
}

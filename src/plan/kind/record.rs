//! Records of declared kinds: what each field holds, and what was known of it on a day.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::plan::kind::formula::{Operand, Outcome};
use crate::plan::kind::{FieldType, Kind};
use crate::plan::{Absence, History, Life, PlanDate, Schedule};
use crate::source::{At, Span};

/// The records of a declared kind, or what the records of another kind say beyond its own fields.
#[derive(Debug, Clone)]
pub struct Declared {
    /// The kind.
    pub kind: Arc<Kind>,
    /// Its records, in the order written.
    pub records: Arc<Vec<DeclaredRecord>>,
}

/// One record.
#[derive(Debug, Clone)]
pub struct DeclaredRecord {
    /// Its id.
    pub id: At<String>,
    /// What each field of the kind holds, in the kind's order.
    pub values: Vec<Held>,
    /// When it was part of the plan.
    pub life: Life,
    /// The whole record.
    pub span: Span,
}

/// What a field of a record holds.
#[derive(Debug, Clone)]
pub enum Held {
    /// Nothing was written, or it is worked out.
    Nothing,
    /// A value, and those before it where the field has a history.
    One(History<At<Scalar>>),
    /// A list.
    Many(Vec<At<Scalar>>),
    /// A due date.
    Due(Box<Schedule>),
}

/// One value.
#[derive(Debug, Clone, PartialEq)]
pub enum Scalar {
    /// Words, a word of a choice, or an id.
    Text(String),
    /// A number.
    Number(f64),
    /// A number that there is none of, by the symbols of official statistics.
    Absent(Absence),
    /// A day or a month.
    Date(PlanDate),
    /// Yes or no.
    Flag(bool),
}

/// Why a computed field of a record has no value to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unworked {
    /// A number it needs was not published: the field, and why.
    Suppressed(usize, Absence),
    /// It came to nothing that can be shown.
    Failed(String),
}

impl Held {
    /// The value, of a field that holds one.
    pub fn one(&self) -> Option<&At<Scalar>> {
        match self {
            Held::One(history) => Some(history),
            Held::Nothing | Held::Many(_) | Held::Due(_) => None,
        }
    }

    /// Every value, of a list too, those before the present ones included.
    pub fn all(&self) -> Vec<&At<Scalar>> {
        match self {
            Held::One(history) => history.entries().map(|entry| &entry.value).collect(),
            Held::Many(values) => values.iter().collect(),
            Held::Nothing | Held::Due(_) => Vec::new(),
        }
    }

    /// The values as they stand.
    pub fn now(&self) -> &[At<Scalar>] {
        match self {
            Held::One(history) => std::slice::from_ref(&history.latest().value),
            Held::Many(values) => values,
            Held::Nothing | Held::Due(_) => &[],
        }
    }
}

impl Scalar {
    /// The words it holds.
    pub fn text(&self) -> Option<&str> {
        match self {
            Scalar::Text(words) => Some(words),
            Scalar::Number(_) | Scalar::Absent(_) | Scalar::Date(_) | Scalar::Flag(_) => None,
        }
    }
}

impl DeclaredRecord {
    /// What the field at `place` holds.
    pub fn held(&self, place: usize) -> &Held {
        self.values.get(place).unwrap_or(&Held::Nothing)
    }

    /// What it is shown as.
    pub fn title(&self, kind: &Kind) -> &str {
        let title = kind.title.and_then(|place| self.held(place).one());
        title.and_then(|title| title.text()).unwrap_or(&self.id)
    }

    /// The ids that the field at `place` names.
    pub fn ids(&self, place: usize) -> impl Iterator<Item = &str> {
        self.held(place).now().iter().filter_map(|value| value.text())
    }

    /// The value of the computed field at `place` as at a day; none where a field it needs says nothing.
    ///
    /// # Errors
    /// Why there is none to show.
    pub fn worked_out(
        &self,
        kind: &Kind,
        place: usize,
        as_at: NaiveDate,
    ) -> Result<Option<Scalar>, Unworked> {
        let field = kind.fields.get(place);
        let Some(FieldType::Computed { formula, gives }) = field.map(|field| &field.takes) else {
            return Ok(None);
        };
        let mut operands = Vec::new();
        let mut is_lacking = false;
        let mut suppressed = None;
        for &(used, ref name) in &formula.uses {
            let operand = match kind.fields.get(used).map(|field| &field.takes) {
                // The declarations go in no circle, so this ends.
                Some(FieldType::Computed { .. }) => match self.worked_out(kind, used, as_at)? {
                    Some(value) => Operand::Scalar(value),
                    None => Operand::Nothing,
                },
                _ => self.operand(used, as_at),
            };
            match operand {
                Operand::Nothing => is_lacking = true,
                Operand::Scalar(Scalar::Absent(why)) => {
                    suppressed = suppressed.or(Some(Unworked::Suppressed(used, why)));
                }
                _ => {}
            }
            operands.push((name.as_str(), operand));
        }
        match (formula.evaluate(operands, as_at), suppressed) {
            (Outcome::Value(value), _) => value.of_type(gives).map(Some).map_err(Unworked::Failed),
            (Outcome::Nothing, _) => Ok(None),
            // What seems to fail for want of a number fails for that reason alone.
            (Outcome::Failed(_), Some(suppressed)) => Err(suppressed),
            (Outcome::Failed(_), None) if is_lacking => Ok(None),
            (Outcome::Failed(why), None) => Err(Unworked::Failed(why)),
        }
    }

    fn operand(&self, place: usize, as_at: NaiveDate) -> Operand {
        match self.held(place) {
            Held::Nothing => Operand::Nothing,
            Held::One(history) => Operand::Scalar(history.value.clone()),
            Held::Many(values) => {
                Operand::List(values.iter().map(|value| value.value.clone()).collect())
            }
            Held::Due(schedule) => Operand::Due {
                due: schedule.current_due(as_at),
                done: schedule.is_done(as_at),
                overdue: schedule.overdue(as_at),
            },
        }
    }

    /// Whether nothing of it came after `day`.
    fn was_whole(&self, day: NaiveDate) -> bool {
        let known = |held: &Held| match held {
            Held::One(history) => {
                history.entries().all(|entry| entry.on.is_none_or(|on| on <= day))
            }
            Held::Nothing | Held::Many(_) => true,
            // Whether a schedule says more than was known is for the schedule to say.
            Held::Due(_) => false,
        };
        self.life.covers(day) && self.values.iter().all(known)
    }
}

impl Scalar {
    /// Whether the value that an expression came to is of the type that the field gives.
    fn of_type(self, gives: &FieldType) -> Result<Scalar, String> {
        let fits = match (&self, gives) {
            (Scalar::Number(number), FieldType::Number(takes)) => {
                if !takes.fits(*number) {
                    let number = crate::plan::figure::number(*number, None);
                    return Err(format!("it came to {number}, and is to be {}", takes.takes()));
                }
                true
            }
            (Scalar::Text(word), FieldType::Choice(words)) => {
                if !words.contains(word) {
                    let words = words.join(", ");
                    return Err(format!("it came to \"{word}\", which is none of {words}"));
                }
                true
            }
            (Scalar::Text(_), FieldType::Text | FieldType::Rating(_)) => true,
            (Scalar::Flag(_), FieldType::YesNo) => true,
            (Scalar::Date(_), FieldType::Date) => true,
            _ => false,
        };
        if fits {
            return Ok(self);
        }
        let came = match &self {
            Scalar::Text(_) => "words",
            Scalar::Number(_) => "a number",
            Scalar::Absent(_) => "nothing that was published",
            Scalar::Date(_) => "a date",
            Scalar::Flag(_) => "yes or no",
        };
        Err(format!("it came to {came}, and `gives` says {}", gives.word()))
    }
}

impl Declared {
    /// Leaves out what nobody knew on `day`.
    pub fn forget_after(&mut self, day: NaiveDate) {
        // Most plans hold little that came later: then nothing is copied.
        if self.records.iter().all(|record| record.was_whole(day)) {
            return;
        }
        let extends = self.kind.extends;
        Arc::make_mut(&mut self.records).retain_mut(|record| {
            for held in &mut record.values {
                let was_known = match held {
                    Held::One(history) => history.forget_after(day),
                    Held::Due(schedule) => {
                        schedule.forget_after(day);
                        true
                    }
                    Held::Nothing | Held::Many(_) => true,
                };
                if !was_known {
                    *held = Held::Nothing;
                }
            }
            // Whether a record of another kind was there is for that kind to say.
            extends || record.life.covers(day)
        });
    }
}

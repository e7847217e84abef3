//! Rating schemes: labels, letters, colours and the rules that give each.
//!
//! A scheme is the user's data (`content/plan/rag.toml`). Its ratings are tried in
//! order; the first whose rule holds is the row's rating. A rule is an expression over
//! the row's facts, which [`crate::plan::status`] works out as at a day.

use crate::plan::roll_up::Convention;
use crate::source::{At, Span};

/// A rating scheme: `[[scheme]]`.
#[derive(Debug, Clone)]
pub struct Scheme {
    /// Id: templates name it.
    pub id: At<String>,
    /// Name.
    pub name: At<String>,
    /// What it rates.
    pub of: At<SchemeOf>,
    /// Its ratings, in the order they are tried.
    pub ratings: Vec<Rating>,
    /// The ratings' ids in the order a key shows them; the order they are tried when empty.
    pub key_order: Vec<At<String>>,
    /// How its rows are rolled up; only statements are.
    pub roll_up: Convention,
}

/// What a scheme rates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemeOf {
    /// Actions and milestones.
    Action,
    /// KPIs against their targets.
    Kpi,
    /// Risks by their severity.
    Risk,
    /// Responses of a statement of action, and their steps.
    Response,
}

impl SchemeOf {
    /// The word the data uses.
    pub fn word(self) -> &'static str {
        match self {
            SchemeOf::Action => "action",
            SchemeOf::Kpi => "kpi",
            SchemeOf::Risk => "risk",
            SchemeOf::Response => "response",
        }
    }
}

impl Scheme {
    /// The rating with this id.
    pub fn rating(&self, id: &str) -> Option<&Rating> {
        self.ratings.iter().find(|rating| *rating.id == id)
    }

    /// Its ratings in the order a key shows them; one the key leaves out comes after the others.
    pub fn in_key_order(&self) -> Vec<&Rating> {
        let mut ordered: Vec<&Rating> =
            self.key_order.iter().filter_map(|id| self.rating(id)).collect();
        for rating in &self.ratings {
            if !ordered.iter().any(|known| *known.id == *rating.id) {
                ordered.push(rating);
            }
        }
        ordered
    }

    /// How many of `rated` have each rating, in the key's order: the scheme's roll-up.
    pub fn count<'r>(&self, rated: impl IntoIterator<Item = &'r Rating>) -> Vec<(&Rating, usize)> {
        let mut counts: Vec<(&Rating, usize)> =
            self.in_key_order().into_iter().map(|rating| (rating, 0)).collect();
        for rating in rated {
            if let Some((_, count)) = counts.iter_mut().find(|(known, _)| *known.id == *rating.id) {
                *count += 1;
            }
        }
        counts
    }
}

/// One rating: `[[scheme.rating]]`.
#[derive(Debug, Clone)]
pub struct Rating {
    /// Id: "red". Declared ratings and severities name it.
    pub id: At<String>,
    /// The letter in the chip.
    pub letter: At<String>,
    /// The word beside it.
    pub word: At<String>,
    /// What it means, for the key.
    pub meaning: At<String>,
    /// The name of the theme's colour.
    pub colour: At<String>,
    /// The rule; a rating without one is only ever declared, or is the last resort if it stands last.
    pub when: Option<At<String>>,
    /// Where no rule decides, a declaration of this rating stands if this holds. A rating that has
    /// neither this nor a rule, and is not the last, is wholly a matter of judgement: it always stands there.
    pub allowed: Option<At<String>>,
    /// Whether rows with it are exceptions, which a report tells first.
    pub exception: bool,
    /// How easy read shows it.
    pub easy: Option<EasyRating>,
    /// The whole record.
    pub span: Span,
}

/// A rating as easy read shows it: a face or a sign, with words.
#[derive(Debug, Clone)]
pub struct EasyRating {
    /// A picture of the library, by its id.
    pub image: At<String>,
    /// The words beside it: "Going well".
    pub words: At<String>,
}

//! Reads KPIs and impact measures.

use serde_json::{Value as Json, json};
use toml::Spanned;
use toml::de::DeValue;

use crate::diag::Finding;
use crate::diag::rules::TARGET_UNCLEAR;
use crate::load::history::{HistoryOf, life};
use crate::load::record::{Context, FromTable, List, Record};
use crate::load::value::{
    Choice, Day, DayOrMonth, Flag, FromValue, Id, IdOf, Number, OneOf, Text, Whole,
};
use crate::plan::{
    Baseline, Better, EasyName, ImpactMeasure, Kpi, Measurement, Objective, PlanDate, Target,
    TargetValue, Unit, Weakness,
};
use crate::source::At;

impl Choice for Unit {
    const WHAT: &'static str = "unit";
    const WORDS: &'static [(&'static str, Self)] = Unit::WORDS;
}

impl Choice for Better {
    const WHAT: &'static str = "direction";
    const WORDS: &'static [(&'static str, Self)] =
        &[("higher", Better::Higher), ("lower", Better::Lower)];
}

impl FromTable for ImpactMeasure {
    const WHAT: &'static str = "measure";
    const DOC: &'static str = "Why a KPI, or a group of them, shows improvement.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let kpis = r.need_list::<IdOf<Kpi>>("kpis", "ids of the KPIs it covers");
        let why = r.need::<Text>("why", "the justification");
        let life = life(r);
        Some(ImpactMeasure { kpis, why: why?, span: r.span(), life })
    }
}

impl FromTable for Kpi {
    const WHAT: &'static str = "kpi";
    const DOC: &'static str = "A measure and its series.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let id = r.id("the KPI's id: \"K1\"");
        let name = r.need::<Text>("name", "its name");
        let also =
            r.list::<Text>("also", "what prose calls it too, for the check of typed figures");
        let objective = r.need::<IdOf<Objective>>("objective", "id of its objective");
        let weaknesses =
            r.list::<IdOf<Weakness>>("weaknesses", "ids of the areas of weakness it is about");
        let unit = r.need::<OneOf<Unit>>("unit", "what its values count");
        let of = r.get::<Text>("of", "what is counted, after the number: \"views\"");
        let better = r.get::<OneOf<Better>>("better", "which way is better: higher or lower");
        let decimals = r.get::<Whole<6>>("decimals", "decimals to print; as written when absent");
        let source = r.get::<Text>("source", "where the values come from");
        let every = r.get::<Whole<120>>(
            "every",
            "how many months apart two of its values are; as the reporting periods when absent",
        );
        let key = r.get::<Flag>("key", "whether it is a key measure of its objective");
        let scorecard = r.get::<Flag>("scorecard", "whether it stands in the scorecard");
        let baseline = r.get::<Baseline>("baseline", "the first value, or \"required\"");
        let targets = r.list::<Target>("target", "what is aimed for, by period");
        let actuals = r.list::<Measurement>("actual", "what was measured");
        let not_applicable = r.list::<DayOrMonth>(
            "not-applicable",
            "periods with no target and no measurement, on purpose",
        );
        let note = r.get::<HistoryOf<Text>>("note", "a remark to show");
        let easy = r.get::<EasyName>("easy", "how easy read names it");
        let life = life(r);
        let decimals = decimals.and_then(|at| Some(At::new(u8::try_from(at.value).ok()?, at.span)));
        Some(Kpi {
            id: id?,
            name: name?,
            also,
            objective: objective?,
            weaknesses,
            unit: unit?,
            of,
            better,
            decimals,
            source,
            every,
            key: key.is_some_and(|key| key.value),
            scorecard: scorecard.is_none_or(|scorecard| scorecard.value),
            baseline,
            targets: targets.into_iter().map(|target| target.value).collect(),
            actuals: actuals.into_iter().map(|actual| actual.value).collect(),
            not_applicable,
            note: note.map(|note| note.value),
            easy: easy.map(|easy| easy.value),
            life,
        })
    }
}

impl FromTable for EasyName {
    const WHAT: &'static str = "easy";
    const DOC: &'static str = "How easy read names a measure.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let image = r.need::<Id>("image", "a picture of the library: \"plan-on-time\"");
        let words = r.need::<Text>("words", "a few plain words: \"Plans ready on time\"");
        Some(EasyName { image: image?, words: words? })
    }
}

/// `{ at = "2021-05", value = 53 }`, `"required"` or `{ required = "for 2020 to 2021" }`.
impl FromValue for Baseline {
    type Out = Baseline;

    fn schema() -> Json {
        json!({ "anyOf": [
            { "const": "required" },
            Record::describe::<RequiredBaseline>(),
            Record::describe::<MeasuredBaseline>(),
        ] })
    }

    fn read(value: &Spanned<DeValue<'_>>, context: &mut Context<'_>) -> Option<Baseline> {
        match value.get_ref() {
            DeValue::String(word) if word == "required" => Some(Baseline::Required { note: None }),
            DeValue::Table(table) if table.contains_key("required") => {
                let required = <RequiredBaseline as FromValue>::read(value, context)?;
                Some(Baseline::Required { note: Some(required.0) })
            }
            DeValue::Table(_) => {
                let measured = <MeasuredBaseline as FromValue>::read(value, context)?;
                let MeasuredBaseline { at, value, known } = measured;
                Some(Baseline::Value { at, value, known })
            }
            _ => {
                context.wrong_type(value, "\"required\" or { at = \"2021-05\", value = 53 }");
                None
            }
        }
    }
}

struct RequiredBaseline(String);

impl FromTable for RequiredBaseline {
    const WHAT: &'static str = "baseline";
    const DOC: &'static str = "Still to be measured.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let note = r.need::<Text>("required", "for what: \"for 2020 to 2021\"");
        Some(RequiredBaseline(note?.value))
    }
}

struct MeasuredBaseline {
    at: PlanDate,
    value: f64,
    known: Option<chrono::NaiveDate>,
}

impl FromTable for MeasuredBaseline {
    const WHAT: &'static str = "baseline";
    const DOC: &'static str = "The first value.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let at = r.need::<DayOrMonth>("at", "when it was measured");
        let value = r.need::<Number>("value", "how much");
        let known = r.get::<Day>("known", "the day it became known, when that was later");
        let known = known.map(|known| known.value);
        Some(MeasuredBaseline { at: at?.value, value: value?.value, known })
    }
}

const TARGET_KEYS: [&str; 7] =
    ["at-least", "at-most", "more-than", "less-than", "exactly", "maintain", "between"];

impl FromTable for Target {
    const WHAT: &'static str = "target";
    const DOC: &'static str = "What is aimed for by a period's end: `by` and one of the others.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let by = r.need::<DayOrMonth>("by", "the period's end");
        let known = r.get::<Day>("known", "the day it was set, when that was after the plan began");
        let mut values: Vec<At<TargetValue>> = Vec::new();
        let mut one = |value: Option<At<f64>>, kind: fn(f64) -> TargetValue| {
            values.extend(value.map(|at| At::new(kind(at.value), at.span)));
        };
        one(r.get::<Number>("at-least", "this much or more"), TargetValue::AtLeast);
        one(r.get::<Number>("at-most", "this much or less"), TargetValue::AtMost);
        one(r.get::<Number>("more-than", "more than this"), TargetValue::MoreThan);
        one(r.get::<Number>("less-than", "less than this"), TargetValue::LessThan);
        one(r.get::<Number>("exactly", "this much"), TargetValue::Exactly);
        one(r.get::<Number>("maintain", "keep it here"), TargetValue::Maintain);
        let between = r.get::<List<Number>>("between", "from the first to the second: [25, 35]");
        if let Some(range) = between {
            match range.value.as_slice() {
                [low, high] => {
                    let value = TargetValue::Between(low.value, high.value);
                    values.push(At::new(value, range.span));
                }
                _ => {
                    let message = "a range has two numbers: between = [25, 35]";
                    r.context().report(Finding::new(&TARGET_UNCLEAR, message).at(range.span));
                    return None;
                }
            }
        }
        let by = by?;
        // A figure that is there but faulty was reported already.
        if values.len() > 1 || (values.is_empty() && !TARGET_KEYS.iter().any(|key| r.has(key))) {
            let span = r.span();
            let message = match values.len() {
                0 => "this target does not say how much".to_owned(),
                count => format!("this target says {count} different things"),
            };
            let finding = Finding::new(&TARGET_UNCLEAR, message).at(span);
            r.context().report(finding);
        }
        Some(Target { by, value: values.into_iter().next()?, known })
    }
}

impl FromTable for Measurement {
    const WHAT: &'static str = "measurement";
    const DOC: &'static str = "What was measured.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let at = r.need::<DayOrMonth>("at", "the day or month it was measured");
        let value = r.need::<Number>("value", "how much");
        let known = r.get::<Day>("known", "the day it became known, when that was later");
        let note = r.get::<Text>("note", "a remark to show");
        Some(Measurement { at: at?, value: value?, known, note })
    }
}

//! Lists of words that say what a number near them is.

/// Whether a list has a word.
pub fn has(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split_ascii_whitespace().any(|known| known == word)
}

/// What a number after one of these is: a part of a whole that has numbers, not a figure.
pub const NUMBERED: &str = "\
    section part chapter articl regulation paragraph para claus schedul criterion criteria \
    annex appendix figur tabl chart box pag p pp step stag phas level tier year grad band \
    group wav quarter week day class form room floor question item priority objectiv action \
    risk zon version edition no number not issu act ref referenc rul standard principl \
    outcom domain line row column slid volum bas unit modul lot option recommendation \
    category typ attainment progress sen key goal strand ward report circular theme \
    workstream rout channel gat bus minut decision codes";
/// Words before a number of years that somebody has lived.
pub const AGED: &str = "\
    age aged ages under over from at after before to until till birth between turning turn \
    turned by than above below post reach reaches past beyond about";
/// Words that say how far something moved or lies apart.
pub const CHANGE: &str = "\
    chang clos cut declin decreas differenc down drop fall fell gain gap grew grown growth \
    improvement increas narrow narrowed reduction ris rise ros rose saving shrink up widen \
    widened";
/// Words after a figure that make it a distance.
pub const APART: &str = "\
    more higher lower fewer less above below ahead behind better worse increase rise fall \
    reduction growth drop improvement decrease gap over under up down";
/// Words before a figure that is aimed for.
pub const AIMS: &str = "\
    target aim goal ambition trajectory aspiration milestone benchmark";
/// Words of a sentence that tells of an earlier time, or of one that may never be.
pub const ELSEWHEN: &str = "\
    previously earlier ago originally initially formerly baseline started once then until \
    unless previous last if";
/// Plurals that do not end in s.
pub const MANY: &str = "\
    people children staff men women teeth criteria data police";
/// Words before a figure that is wished for, or that may never be.
pub const WISHED: &str = "\
    would could should might expect expects hope hopes project projected forecast predicted \
    intend want wants estimate estimated aim";
/// Words before a number of things that the document shows or everybody knows.
pub const TOLD: &str = "\
    the our these those all other both its their next first last following her his your of \
    every main another";
/// Months, in full and short.
pub const MONTHS: &str = "\
    january february march april may june july august september october november december \
    jan feb mar apr jun jul aug sept sep oct nov dec";
/// Words before a figure that says where something stands, whatever moved before.
pub const LEVELLING: &str = "\
    from to at is was are were stood stands reached";

/// The months in full, in order.
pub const MONTH_NAMES: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Words of a sentence that says what is not, or not yet.
pub(super) const UNREAL: &[&str] = &[
    "not",
    "no",
    "never",
    "neither",
    "nor",
    "cannot",
    "without",
    "if",
    "whether",
    "unless",
    "until",
    "would",
    "could",
    "should",
    "might",
    "aim",
    "aims",
    "target",
    "hope",
    "hopes",
    "expect",
    "expects",
    "expected",
    "want",
    "wants",
    "although",
    "despite",
    "rather",
    "instead",
    "isn\u{2019}t",
    "wasn\u{2019}t",
    "hasn\u{2019}t",
    "plan",
    "forecast",
];

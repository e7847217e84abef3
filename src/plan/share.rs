//! Shares in round numbers, "6 out of 10", and what rounding may not do to two of them set side by side.

/// Shares no further apart than this may be about the same, in percentage points.
const SAME_POINTS: f64 = 1.0;
/// They are so when they differ by no more than this part of the larger one.
const SAME_PART: f64 = 0.05;
/// Rounding may make a difference longer or shorter by no more than this part of it.
const STRETCH: f64 = 0.5;

/// What rounding does to two shares that stand side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounded {
    /// The difference reads as what it is.
    True,
    /// Two shares that are about the same read as different.
    Parted,
    /// Two shares that differ read as the same.
    Merged,
    /// The difference reads as much larger or smaller than it is.
    Stretched,
}

/// A percentage as a whole number of `whole`.
pub fn parts(percent: f64, whole: u32) -> f64 {
    (percent / 100.0 * f64::from(whole)).round()
}

/// Whether two percentages are about the same.
pub fn same(one: f64, other: f64) -> bool {
    (one - other).abs() <= SAME_POINTS.min(one.max(other) * SAME_PART) + 1e-9
}

/// How two percentages compare once they are told as `one_parts` and `other_parts` of `whole`.
pub fn rounded(one: f64, other: f64, one_parts: f64, other_parts: f64, whole: u32) -> Rounded {
    let real = one - other;
    let told = (one_parts - other_parts) / f64::from(whole) * 100.0;
    match (same(one, other), told == 0.0) {
        (true, true) => Rounded::True,
        (true, false) => Rounded::Parted,
        (false, true) => Rounded::Merged,
        (false, false) if (told - real).abs() > STRETCH * real.abs() + 1e-9 => Rounded::Stretched,
        (false, false) => Rounded::True,
    }
}

/// The whole to tell a percentage by, beside another: the one asked for if it keeps their difference,
/// or else 100. Two that are about the same are told as one, so that no difference is made of rounding.
pub fn beside(percent: f64, other: f64, whole: u32) -> (f64, u32) {
    if same(percent, other) {
        return (f64::midpoint(percent, other), whole);
    }
    let told = |whole| rounded(percent, other, parts(percent, whole), parts(other, whole), whole);
    let keeps = told(whole) == Rounded::True || whole >= 100;
    (percent, if keeps { whole } else { 100 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(one: f64, other: f64, whole: u32) -> Rounded {
        rounded(one, other, parts(one, whole), parts(other, whole), whole)
    }

    #[test]
    fn rounding_may_not_stretch_hide_or_make_a_difference() {
        assert_eq!(told(55.0, 49.0, 10), Rounded::Stretched);
        assert_eq!(told(55.0, 49.0, 100), Rounded::True);
        assert_eq!(told(58.0, 62.0, 10), Rounded::Merged);
        assert_eq!(told(54.8, 55.2, 10), Rounded::Parted);
        assert_eq!(told(54.8, 54.2, 10), Rounded::True);
        assert_eq!(told(83.0, 4.0, 10), Rounded::True);
        assert_eq!(told(3.7, 4.7, 100), Rounded::True);
    }

    #[test]
    fn a_share_beside_another_keeps_their_order_or_is_told_as_one_with_it() {
        assert_eq!(beside(55.0, 49.0, 10), (55.0, 100));
        assert_eq!(beside(83.0, 40.0, 10), (83.0, 10));
        let (one, other) = (beside(54.8, 55.2, 10), beside(55.2, 54.8, 10));
        assert_eq!(one, other);
        assert_eq!(one.1, 10);
    }
}

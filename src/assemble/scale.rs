//! Scales: the round values that an axis ends at and is marked by.

/// A scale from one round value to another, in equal steps.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nice {
    /// Its lower end.
    pub from: f64,
    /// Its upper end; above `from`.
    pub to: f64,
    /// From one mark to the next.
    pub step: f64,
}

/// How many steps a scale has, about.
const STEPS: f64 = 4.0;
/// The most marks a scale may have.
const MOST: usize = 12;
/// Lines may leave zero out when the lowest value is more than this share of the highest.
const FAR_FROM_ZERO: f64 = 0.7;

impl Nice {
    /// The scale that holds all of `values` and, where `zero` says so, zero: bars start there.
    /// `whole` keeps the steps whole numbers: half a pupil is no mark. None without a value to hold.
    pub fn of(values: impl Iterator<Item = f64>, zero: bool, whole: bool) -> Option<Nice> {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in values.filter(|value| value.is_finite()) {
            (low, high) = (low.min(value), high.max(value));
        }
        if low > high {
            return None;
        }
        if zero || low.signum() != high.signum() || near(low, high) {
            (low, high) = (low.min(0.0), high.max(0.0));
        }
        if low == high {
            // All values are zero.
            high = 1.0;
        }
        // Halved first: the distance of two very large numbers may be more than a number can hold.
        let step = round_step((high / STEPS - low / STEPS).abs());
        let step = if whole { step.max(1.0).round() } else { step };
        let (from, to) = ((low / step).floor() * step, (high / step).ceil() * step);
        let sane = step.is_finite() && step > 0.0 && from.is_finite() && to.is_finite();
        if !sane || to <= from {
            return None;
        }
        Some(Nice { from, to, step })
    }

    /// The marked values, the lowest first.
    pub fn marks(&self) -> Vec<f64> {
        let first = (self.from / self.step).round();
        let count = ((self.to - self.from) / self.step).round().min(MOST as f64) as usize;
        // A product of whole numbers and the step, not a sum: sums drift.
        (0..=count).map(|n| (first + n as f64) * self.step).collect()
    }

    /// The decimals that tell the marks apart.
    pub fn decimals(&self) -> u8 {
        let needed = (0..6u8).find(|&places| {
            let scaled = self.step * 10f64.powi(i32::from(places));
            (scaled - scaled.round()).abs() < 1e-6 * scaled.abs().max(1.0)
        });
        needed.unwrap_or(6)
    }
}

/// Whether values lie so near to zero, for how far they are apart, that zero belongs on the scale.
fn near(low: f64, high: f64) -> bool {
    let (least, most) = (low.abs().min(high.abs()), low.abs().max(high.abs()));
    least <= FAR_FROM_ZERO * most || low == high
}

/// 1, 2 or 5 times a power of ten, not less than about `rough`.
fn round_step(rough: f64) -> f64 {
    let power = 10f64.powf(rough.log10().floor());
    let times = match rough / power {
        share if share <= 1.0 => 1.0,
        share if share <= 2.0 => 2.0,
        share if share <= 5.0 => 5.0,
        _ => 10.0,
    };
    times * power
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nice(values: &[f64], zero: bool) -> Nice {
        Nice::of(values.iter().copied(), zero, false).unwrap()
    }

    fn ends(values: &[f64], zero: bool) -> (f64, f64, f64) {
        let Nice { from, to, step } = nice(values, zero);
        (from, to, step)
    }

    #[test]
    fn bars_start_at_zero_and_end_at_a_round_value() {
        assert_eq!(ends(&[12.9, 13.7, 14.3], true), (0.0, 15.0, 5.0));
        assert_eq!(ends(&[424.0, 960.0], true), (0.0, 1000.0, 500.0));
        assert_eq!(ends(&[0.02, 0.17], true), (0.0, 0.2, 0.05));
        assert_eq!(ends(&[100.0], true), (0.0, 100.0, 50.0));
    }

    #[test]
    fn negative_values_reach_to_the_other_side_of_zero() {
        assert_eq!(ends(&[-3.0, 8.0], false), (-5.0, 10.0, 5.0));
        assert_eq!(ends(&[-9.0, -2.0], true), (-10.0, 0.0, 5.0));
        assert_eq!(ends(&[-14.2, 6.5, 12.2], true), (-20.0, 20.0, 10.0));
    }

    #[test]
    fn lines_far_from_zero_leave_it_out_and_others_do_not() {
        assert_eq!(ends(&[83.5, 95.2], false), (80.0, 100.0, 5.0));
        assert_eq!(ends(&[8.0, 17.2], false).0, 0.0);
    }

    #[test]
    fn values_that_are_all_equal_or_zero_still_have_a_scale() {
        assert_eq!(ends(&[5.0, 5.0], false), (0.0, 6.0, 2.0));
        assert_eq!(ends(&[0.0, 0.0], true), (0.0, 1.0, 0.5));
        assert_eq!(ends(&[-4.0], true), (-4.0, 0.0, 1.0));
    }

    #[test]
    fn nothing_has_no_scale() {
        assert_eq!(Nice::of([].into_iter(), true, false), None);
        assert_eq!(Nice::of([f64::NAN, f64::INFINITY].into_iter(), true, false), None);
    }

    #[test]
    fn marks_are_round_and_do_not_drift() {
        assert_eq!(nice(&[0.3], true).marks(), [0.0, 0.1, 0.2, 0.30000000000000004]);
        assert_eq!(nice(&[0.3], true).decimals(), 1);
        assert_eq!(nice(&[960.0], true).decimals(), 0);
        assert_eq!(nice(&[0.17], true).decimals(), 2);
    }

    #[test]
    fn counts_are_marked_by_whole_numbers() {
        let scale = Nice::of([1.0, 2.0].into_iter(), true, true).unwrap();
        assert_eq!(scale.marks(), [0.0, 1.0, 2.0]);
    }

    proptest::proptest! {
        #[test]
        fn every_value_lies_on_the_scale_and_marks_are_few(
            values in proptest::collection::vec(proptest::num::f64::NORMAL | proptest::num::f64::ZERO, 1..20),
            zero: bool,
            whole: bool,
        ) {
            if let Some(scale) = Nice::of(values.iter().copied(), zero, whole) {
                proptest::prop_assert!(scale.from < scale.to);
                let slack = scale.step * 1e-6;
                for value in values {
                    proptest::prop_assert!(scale.from - slack <= value && value <= scale.to + slack);
                }
                proptest::prop_assert!((2..=MOST + 1).contains(&scale.marks().len()));
            }
        }
    }
}

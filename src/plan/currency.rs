//! Whether a figure is still of its time: a measure that is taken every 6 months says little after a year.

use chrono::{Datelike, Months, NaiveDate};

use crate::plan::{Kpi, Plan, PlanDate};

impl Plan {
    /// How many months apart two figures of `kpi` are: as its data say, or else as far as the reporting
    /// periods are in which it is measured. None where neither says so.
    pub fn months_between_figures(&self, kpi: &Kpi) -> Option<u32> {
        if let Some(own) = &kpi.every {
            return Some(own.value);
        }
        let applies = |by: &PlanDate| !kpi.not_applicable.iter().any(|not| not.same_month(*by));
        let all: Vec<PlanDate> = self.periods.iter().map(|period| period.by.value).collect();
        let own: Vec<PlanDate> = all.iter().copied().filter(applies).collect();
        // A measure of one period only comes back as the periods as a whole do.
        gap(&own).or_else(|| {
            let (first, last) = (all.first()?, all.last()?);
            months(*first, *last).filter(|months| *months > 0)
        })
    }

    /// Whether a figure of `kpi` taken at `at` is out of date on `day`: the next one should long be there.
    pub fn is_out_of_date(&self, kpi: &Kpi, at: PlanDate, day: NaiveDate) -> bool {
        let ends = at.last_day().zip(self.months_between_figures(kpi));
        let until = ends.and_then(|(last, every)| last.checked_add_months(Months::new(every)));
        // A month that ends on its 30th is as long as one that ends on its 31st.
        let until = until.and_then(|day| day.with_day(1)?.checked_add_months(Months::new(1)));
        until.is_some_and(|until| day >= until)
    }
}

/// The widest gap between neighbours, in months.
fn gap(dates: &[PlanDate]) -> Option<u32> {
    dates.windows(2).filter_map(|pair| months(*pair.first()?, *pair.get(1)?)).max()
}

fn months(from: PlanDate, to: PlanDate) -> Option<u32> {
    let (from, to) = (from.month()?, to.month()?);
    let count = |(year, month): (i32, u32)| year * 12 + month.cast_signed();
    u32::try_from(count(to) - count(from)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(year: i32, month: u32) -> PlanDate {
        PlanDate::Month { year, month }
    }

    #[test]
    fn the_widest_gap_between_periods_counts() {
        let half_years = [month(2021, 11), month(2022, 5), month(2022, 11)];
        assert_eq!(gap(&half_years), Some(6));
        assert_eq!(gap(&[month(2021, 5), month(2021, 11), month(2022, 11)]), Some(12));
        assert_eq!(gap(&half_years[..1]), None);
    }
}

//! England's lists run again by what was projected of residents at the start and by their own growth before it, as the lists of a
//! place are.

use vocab::Month;

use super::past::{List, past};
use super::{Held, Kind, over_draws, years};
use crate::parameters::{Key, Values};
use crate::place::{YEARS_OF_GROWTH, a_year};

/// Every start and every later month that was published.
pub(super) fn held() -> Vec<Held> {
    let mut held = Vec::new();
    for start in past().lists.iter().filter(|one| one.start) {
        let later: Vec<&List> = past().lists.iter().filter(|one| one.month > start.month).collect();
        let told = over_draws(|values, _| {
            let growth = growth_to_come(start.month, values);
            later.iter().map(|one| grown(start, growth, one.month)).collect()
        });
        held.extend(later.iter().zip(told).map(|(one, told)| Held {
            kind: Kind::Lists,
            from: start.month,
            month: one.month,
            told,
            happened: one.registered,
        }));
    }
    held
}

/// People registered in a month, from a start and growth a year.
fn grown(start: &List, growth: f64, month: Month) -> f64 {
    start.registered * libm::pow(1.0 + growth, years(start.month, month))
}

/// Growth a year that a draw takes for the years after a month, as for a place: what was projected then for residents, a part of
/// what lists had done beside it, and what nobody can know.
pub(super) fn growth_to_come(month: Month, values: &Values) -> f64 {
    let residents = projected(month);
    let beside = match known(month).zip(residents) {
        Some((lists, residents)) => lists - residents,
        None => values.get(Key::ListGrowthBesideResidents),
    };
    residents.unwrap_or_default()
        + values.get(Key::ListGrowthGoesOn) * beside
        + values.get(Key::ListGrowthToCome)
}

/// Growth a year of England's residents by the newest projection of a month.
fn projected(month: Month) -> Option<f64> {
    let newest = past().projections.iter().rfind(|one| one.published <= month)?;
    Some(libm::pow(1.0 + newest.ten_years, 0.1) - 1.0)
}

/// The newest list of a month or before.
pub(super) fn newest(month: Month) -> Option<&'static List> {
    past().lists.iter().rfind(|one| one.month <= month)
}

/// Growth a year of the lists to a month, from the oldest that a place would take.
fn known(month: Month) -> Option<f64> {
    let now = newest(month)?;
    let since = |one: &List| years(one.month, now.month);
    let then = past().lists.iter().find(|one| YEARS_OF_GROWTH.contains(&since(one)))?;
    Some(a_year(then.registered, now.registered, since(then)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hindcast::held as all;
    use crate::parameters::{Key, Parameters};

    fn start() -> &'static List {
        past().lists.iter().find(|one| one.start).unwrap()
    }

    /// By hand: 57.1 million in July 2015, 59,234,413 in August 2018, 37 months on.
    #[test]
    fn growth_is_that_of_the_years_before_and_of_none_after() {
        let by_hand = libm::pow(59_234_413.0 / 57_100_000.0, 12.0 / 37.0) - 1.0;
        assert!((known(start().month).unwrap() - by_hand).abs() < 1e-12);
        assert!(known(past().lists[0].month).is_none());
    }

    #[test]
    fn nobody_comes_in_no_time_and_lists_follow_their_growth() {
        let values = Parameters::embedded().values(1, 0);
        let more = values.clone().with(Key::ListGrowthToCome, 0.01);
        let at =
            |values: &Values, month| grown(start(), growth_to_come(start().month, values), month);
        assert!((at(&values, start().month) - start().registered).abs() < 1e-6);
        let later = Month { year: 2025, month: 10 };
        assert!(at(&more, later) > at(&values, later) && at(&values, later) > start().registered);
    }

    /// A year on from August 2018, by hand: 0.575% projected and half of what lists did beside it (1.197% a year), 0.886% in the middle.
    #[test]
    fn a_year_on_lists_have_the_size_that_their_growth_gives() {
        let first = all().iter().find(|one| one.kind == Kind::Lists).unwrap();
        assert!((first.told.mean / 59_234_413.0 - 1.00886).abs() < 0.001, "{first:?}");
        let width = (first.told.p90 - first.told.p10) / first.told.mean;
        assert!((0.004..0.015).contains(&width), "{width}");
    }
}

//! England's appointments run again as the outlook lets need grow: by who is registered, how old they are, illness at the same age and
//! what neither explains, role by role.
//!
//! People are of the ages of mid-2023 at every start, and illness is not followed person by person: for that no registers of England
//! are in the program.

use super::past::{Year, past};
use super::{Held, Kind, lists, over_draws, years};
use crate::demand::{Asking, Changed, Rates, Steps, ageing};
use crate::outlook::Band;
use crate::parameters::Values;
use crate::place::{AGES, Activity, Ages, Clinician, ROLES};
use crate::population::rates::England;

/// Every start and every later year that was published: with GPs where that is known, and all.
pub(super) fn held() -> Vec<Held> {
    let (mut with_gps, mut all) = (Vec::new(), Vec::new());
    for start in past().years.iter().filter(|one| one.start) {
        let Some(of_gps) = start.with_gps else { continue };
        let later: Vec<&Year> = past().years.iter().filter(|one| one.ends > start.ends).collect();
        let told = |sum: fn(&[f64; ROLES]) -> f64| {
            over_draws(|values, _| {
                let contacts = contacts(start, of_gps, &later, values);
                contacts.iter().map(sum).collect()
            })
        };
        let gps = told(|roles| roles[Clinician::Gp as usize]);
        let sums = told(|roles| roles.iter().sum());
        for ((one, gps), sum) in later.iter().zip(gps).zip(sums) {
            let row = |kind, told: Band, happened| Held {
                kind,
                from: start.ends,
                month: one.ends,
                told,
                happened,
            };
            with_gps.extend(one.with_gps.map(|happened| row(Kind::WithGps, gps, happened)));
            all.push(row(Kind::Appointments, sum, one.appointments));
        }
    }
    with_gps.extend(all);
    with_gps
}

/// Appointments of a start by role; those that were not with GPs are parted as in the year for which that is known.
fn by_role(start: &Year, of_gps: f64) -> [f64; ROLES] {
    let split = &past().split;
    let of_nurses = split.nurses / (split.nurses + split.others);
    let not_gps = start.appointments - of_gps;
    [of_gps, not_gps * of_nurses, not_gps * (1.0 - of_nurses)]
}

/// Contacts by role that are needed in each of some years after a start.
fn contacts(start: &Year, of_gps: f64, later: &[&Year], values: &Values) -> Vec<[f64; ROLES]> {
    let rates = Rates::of(values);
    let growth = lists::growth_to_come(start.ends, values);
    let after: Vec<f64> = later.iter().map(|one| years(start.ends, one.ends)).collect();
    let most = after.iter().copied().fold(0.0, f64::max).ceil() as u32;
    let ages = ageing(start.ends.year, most, growth);
    let demographic: Vec<f64> = ages.iter().map(|ages| asked(ages, &rates)).collect();
    let base = by_role(start, of_gps);
    let list = lists::newest(start.ends).map_or(0.0, |one| one.registered);
    let told = |years: &f64| {
        let changed = Changed {
            demographic: between(&demographic, *years) / demographic[0],
            illness: 1.0,
            morbidity: libm::pow(1.0 + rates.growth.morbidity, *years),
            people: libm::pow(1.0 + growth, *years),
        };
        grown(&base, list, &rates, &changed, *years)
    };
    after.iter().map(told).collect()
}

/// The outlook's own steps of need, brought back from minutes to contacts.
fn grown(
    base: &[f64; ROLES],
    list: f64,
    rates: &Rates,
    changed: &Changed,
    years: f64,
) -> [f64; ROLES] {
    let mut held = Activity::default();
    held.0.iter_mut().zip(base).for_each(|(modes, contacts)| modes[0] = *contacts);
    let steps = rates.steps(Asking { contacts: &held, list }, changed, years);
    let longer = libm::pow(1.0 + rates.growth.minutes, years);
    let beside = |of: &Steps| of.total() / of.base / longer;
    std::array::from_fn(|role| base[role] * beside(&steps[role]))
}

/// Contacts that England's people ask for, when every age has changed so much.
fn asked(changed: &Ages, rates: &Rates) -> f64 {
    let people = England::of_2023().female_and_male();
    let of_sex = |(sex, ages): (usize, &Vec<f64>)| -> f64 {
        let band = |age: usize| (age / 5).min(AGES - 1);
        let rate = |age: usize| rates.by_age.0[sex][band(age)] * changed.0[sex][band(age)];
        ages.iter().enumerate().map(|(age, people)| people * rate(age)).sum()
    };
    people.iter().enumerate().map(of_sex).sum()
}

/// A figure between whole years, on a straight line.
fn between(of_years: &[f64], years: f64) -> f64 {
    let (before, after) = (years.floor() as usize, years.ceil() as usize);
    let (before, after) = (of_years[before], of_years[after]);
    before + (after - before) * years.fract()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hindcast::held as all;
    use crate::parameters::{Key, Parameters};

    fn start() -> &'static Year {
        past().years.iter().rfind(|one| one.start).unwrap()
    }

    fn at(values: &Values, year: &Year) -> [f64; ROLES] {
        contacts(start(), start().with_gps.unwrap(), &[year], values)[0]
    }

    fn last() -> &'static Year {
        past().years.last().unwrap()
    }

    #[test]
    fn appointments_of_the_start_are_all_parted_and_none_come_in_no_time() {
        let values = Parameters::embedded().values(1, 0);
        let base = by_role(start(), start().with_gps.unwrap());
        assert!((base.iter().sum::<f64>() - start().appointments).abs() < 1e-6);
        let now = at(&values, start());
        assert!(now.iter().zip(base).all(|(now, base)| (now - base).abs() < 1e-6), "{now:?}");
    }

    #[test]
    fn what_is_expected_moves_its_own_role_and_longer_contacts_move_none() {
        let values = Parameters::embedded().values(1, 0);
        let with = |key: Key, value| at(&values.clone().with(key, value), last());
        let as_set = at(&values, last());
        let more = with(Key::ExpectationGrowthGp, 0.01);
        assert!(more[0] > as_set[0] * 1.05 && (more[1] - as_set[1]).abs() < 1e-6);
        let longer = with(Key::MinutesGrowth, 0.05);
        assert!(longer.iter().zip(as_set).all(|(now, then)| (now / then - 1.0).abs() < 1e-9));
        assert!(
            with(Key::ListGrowthToCome, 0.01).iter().zip(as_set).all(|(now, then)| *now > then)
        );
    }

    /// Lists grow by some 1% a year, ageing adds some 0.3%, illness 0.4%, what GPs are asked for beyond falls by 0.6%.
    #[test]
    fn appointments_with_gps_grow_by_about_one_in_a_hundred_a_year() {
        let values = Parameters::embedded().values(1, 0);
        let years = years(start().ends, last().ends);
        let growth =
            libm::pow(at(&values, last())[0] / start().with_gps.unwrap(), 1.0 / years) - 1.0;
        assert!((0.004..0.016).contains(&growth), "{growth}");
    }

    #[test]
    fn all_appointments_are_more_than_those_with_gps() {
        for one in all().iter().filter(|one| one.kind == Kind::WithGps) {
            let sum = |other: &&Held| {
                other.kind == Kind::Appointments
                    && (other.from, other.month) == (one.from, one.month)
            };
            let sum = all().iter().find(sum).unwrap();
            assert!(sum.told.mean > one.told.mean && sum.happened > one.happened, "{one:?}");
        }
    }
}

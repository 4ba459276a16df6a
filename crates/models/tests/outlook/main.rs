//! Laws of the outlook: steps add up, doing nothing changes nothing, more hands never widen the gap and more need never
//! narrows it, threads and interruptions leave no trace; and the growth of need beside what was observed.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod ahead;
mod effects;
mod fixture;
mod lists;
mod meaning;
mod parts;

use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex};

use models::change::{Change, Contacts, Effect, GpsJoin, Hours, Mode, Scope, Shift, Who};
use models::demand::{Asking, Changed, Rates, ageing};
use models::outlook::{
    Blocks, Draw, Go, Measure, NotKept, Outlook, OutlookError, Residents, Settings, Step, StepRow,
    months, rows, run, sensitivity, steps, visible,
};
use models::parameters::{Key, Parameters};
use models::place::{Ages, Base, Clinician};
use models::workforce::Role;
use vocab::{Level, Month};

use fixture::base;

const YEARS: u32 = 3;
const SETTINGS: Settings = Settings { years: YEARS, draws: 40, seed: 11 };
static RESIDENTS: LazyLock<Residents> = LazyLock::new(|| Residents::of(&base(), 11));

fn outlook(changes: &[Change]) -> Outlook {
    run((&base(), &RESIDENTS), Parameters::embedded(), changes, SETTINGS, &(), &|_| Go::On).unwrap()
}

fn change(effect: Effect) -> Change {
    Change { from: Month { year: 2026, month: 4 }, effect }
}

fn more_contacts(factor: f64) -> Change {
    change(Effect::Contacts(Contacts {
        scope: Scope::default(),
        factor,
        growth: 0.0,
        number: 0.0,
        ramp_months: 0,
    }))
}

fn more_gps(heads: u32) -> Change {
    change(Effect::GpsJoin(GpsJoin {
        employer: None,
        heads,
        over_months: 1,
        fte: 0.8,
        age: 35,
        arrive: 1.0,
        leaving: 1.0,
    }))
}

#[test]
fn steps_add_up_to_the_gap_to_the_minute() {
    let outlook = outlook(&[more_contacts(1.05)]);
    for year in 0..=YEARS {
        for role in Clinician::ALL {
            let is_of = |row: &&StepRow| row.year == year && row.role == role;
            let of_steps: i64 = steps(&outlook).iter().filter(is_of).map(|row| row.sum).sum();
            let of_draws: i64 =
                outlook.draws.iter().map(|draw| draw.gap(role, year as usize)).sum();
            assert_eq!(of_steps, of_draws, "year {year}, {role:?}");
        }
    }
}

#[test]
fn the_base_year_has_no_steps_but_its_own() {
    for row in steps(&outlook(&[])).iter().filter(|row| row.year == 0 && !row.step.is_base()) {
        assert_eq!(row.sum, 0, "{:?}", row.step);
    }
}

#[test]
fn practices_add_up_to_the_place() {
    let outlook = outlook(&[]);
    let rows = rows(&outlook, &base());
    let mean = |level: Level, measure: Measure| -> f64 {
        let fits = rows
            .iter()
            .filter(|row| row.unit.level == level && row.measure == measure && row.year == YEARS);
        fits.map(|row| row.band.mean).sum()
    };
    // What GPs of the third practice can give is not told, because it publishes none; its network's is. Others in direct patient
    // care the first practice alone publishes.
    let of = |level, of: fn(Clinician) -> Measure| Clinician::ALL.map(|role| (level, of(role)));
    let told =
        of(Level::Practice, Measure::Need).into_iter().chain(of(Level::Network, Measure::Capacity));
    let told = told.filter(|(_, measure)| *measure != Measure::Capacity(Clinician::Other));
    for (level, measure) in told {
        let (practices, place) = (mean(level, measure), mean(Level::Place, measure));
        assert!((practices / place - 1.0).abs() < 1e-6, "{measure:?}: {practices} of {place}");
    }
}

#[test]
fn contacts_that_go_to_nurses_leave_the_gps() {
    let scope = Scope { seen_by: Some(Who::Gp), ..Scope::default() };
    let shift = Shift {
        scope,
        share: 0.1,
        to_who: Some(Who::Role(Role::Nurse)),
        to_mode: None,
        minutes: Some(1.0),
        again: 0.0,
        ramp_months: 0,
    };
    let (without, with) = (outlook(&[]), outlook(&[change(Effect::Shift(shift))]));
    let last = YEARS as usize;
    for (without, with) in without.draws.iter().zip(&with.draws) {
        let need = |draw: &Draw, role| draw.need(role, last) as f64;
        let of_gps = need(with, Clinician::Gp) / need(without, Clinician::Gp);
        assert!((of_gps - 0.9).abs() < 1e-5, "{of_gps}");
        let let_go = need(without, Clinician::Gp) - need(with, Clinician::Gp);
        let taken_on = need(with, Clinician::Nurse) - need(without, Clinician::Nurse);
        assert!((taken_on / let_go - 1.0).abs() < 1e-4);
    }
}

#[test]
fn months_add_up_to_their_years_and_networks_to_the_place() {
    let outlook = outlook(&[]);
    let rows = months(&outlook, &base());
    let sum = |level: Level, measure: Measure| -> f64 {
        let end = Month { year: outlook.from.year + 1, ..outlook.from };
        let held = rows.iter().filter(|row| row.unit.level == level && row.measure == measure);
        held.filter(|row| row.month < end).map(|row| row.band.mean).sum()
    };
    let of_draws = outlook.draws.iter().map(|draw| draw.need(Clinician::Gp, 1) as f64);
    let need = of_draws.sum::<f64>() / outlook.draws.len() as f64;
    assert!((sum(Level::Place, Measure::Need(Clinician::Gp)) / need - 1.0).abs() < 1e-6);
    let all = [Measure::Need, Measure::Capacity, Measure::Gap];
    for measure in all.into_iter().flat_map(|of| Clinician::ALL.map(of)) {
        let (practices, place) = (sum(Level::Network, measure), sum(Level::Place, measure));
        assert!((practices - place).abs() < 1e-4 * need, "{measure:?}: {practices} {place}");
    }
}

#[test]
fn a_change_that_changes_nothing_leaves_every_draw_as_it_was() {
    assert_eq!(outlook(&[more_contacts(1.0)]).draws, outlook(&[]).draws);
}

#[test]
fn more_gps_never_widen_the_gap() {
    let (without, with) = (outlook(&[]), outlook(&[more_gps(5)]));
    for (number, (without, with)) in without.draws.iter().zip(&with.draws).enumerate() {
        for year in 0..=YEARS as usize {
            let gp = Clinician::Gp;
            assert!(with.gap(gp, year) <= without.gap(gp, year), "draw {number}, year {year}");
        }
    }
}

#[test]
fn more_need_never_narrows_the_gap() {
    let (without, with) = (outlook(&[]), outlook(&[more_contacts(1.08)]));
    for (without, with) in without.draws.iter().zip(&with.draws) {
        for role in Clinician::ALL {
            assert!(
                (0..=YEARS as usize).all(|year| with.gap(role, year) >= without.gap(role, year))
            );
        }
    }
}

#[test]
fn a_scenario_leaves_the_base_year_alone() {
    let (without, with) = (outlook(&[]), outlook(&[more_gps(5), more_contacts(1.2)]));
    for (without, with) in without.draws.iter().zip(&with.draws) {
        for role in Clinician::ALL {
            assert_eq!(without.gap(role, 0), with.gap(role, 0));
        }
    }
}

#[test]
fn any_number_of_threads_gives_the_same_draws() {
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let (base, settings) = (base(), SETTINGS);
            let place = (&base, &Residents::of(&base, 11));
            run(place, Parameters::embedded(), &[], settings, &(), &|_| Go::On).unwrap()
        })
    };
    let one = on(1);
    assert_eq!(one, on(2));
    assert_eq!(one, on(4));
}

/// Blocks in memory.
#[derive(Default)]
struct Memory(Mutex<BTreeMap<String, Vec<u8>>>);

impl Blocks for Memory {
    fn read(&self, name: &str) -> Option<Vec<u8>> {
        self.0.lock().unwrap().get(name).cloned()
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), NotKept> {
        self.0.lock().unwrap().insert(name.to_owned(), bytes.to_vec());
        Ok(())
    }
}

#[test]
fn a_run_that_was_stopped_goes_on_to_the_same_end() {
    let kept = Memory::default();
    let stopped =
        run((&base(), &RESIDENTS), Parameters::embedded(), &[], SETTINGS, &kept, &|_| Go::Stop);
    assert!(matches!(stopped, Err(OutlookError::Stopped { done: 16, draws: 40 })));
    assert_eq!(kept.0.lock().unwrap().len(), 1);
    let resumed =
        run((&base(), &RESIDENTS), Parameters::embedded(), &[], SETTINGS, &kept, &|_| Go::On)
            .unwrap();
    assert_eq!(resumed, outlook(&[]));
}

#[test]
fn a_block_that_is_cut_short_is_worked_out_again() {
    let kept = Memory::default();
    let whole =
        run((&base(), &RESIDENTS), Parameters::embedded(), &[], SETTINGS, &kept, &|_| Go::On)
            .unwrap();
    for bytes in kept.0.lock().unwrap().values_mut() {
        bytes.truncate(100);
    }
    let again =
        run((&base(), &RESIDENTS), Parameters::embedded(), &[], SETTINGS, &kept, &|_| Go::On)
            .unwrap();
    assert_eq!(whole, again);
}

#[test]
fn blocks_of_another_seed_are_not_taken() {
    let kept = Memory::default();
    run((&base(), &RESIDENTS), Parameters::embedded(), &[], SETTINGS, &kept, &|_| Go::On).unwrap();
    let other = Settings { seed: 12, ..SETTINGS };
    let found =
        run((&base(), &RESIDENTS), Parameters::embedded(), &[], other, &kept, &|_| Go::On).unwrap();
    assert_ne!(found.draws, outlook(&[]).draws);
}

#[test]
fn progress_counts_every_draw_once() {
    let told = Mutex::new(Vec::new());
    let progress = |done: u32| {
        told.lock().unwrap().push(done);
        Go::On
    };
    run((&base(), &RESIDENTS), Parameters::embedded(), &[], SETTINGS, &(), &progress).unwrap();
    assert_eq!(*told.lock().unwrap(), [16, 32, 40]);
}

#[test]
fn longer_contacts_move_the_gap_upwards_and_what_does_nothing_has_no_share() {
    let influences =
        sensitivity(&outlook(&[]), (&base(), &RESIDENTS), Parameters::embedded(), &[]).unwrap();
    let longer = influences.iter().find(|one| one.key == Key::MinutesGrowth).unwrap();
    assert!(longer.low < 0.0 && longer.high > 0.0, "{longer:?}");
    let inert = influences.iter().filter(|one| one.low == 0.0 && one.high == 0.0);
    let with_a_share: Vec<&str> =
        inert.filter(|one| one.share.is_some()).map(|one| one.key.as_str()).collect();
    assert!(with_a_share.len() <= 1, "one in a hundred by chance: {with_a_share:?}");
}

#[test]
fn a_great_effect_is_seen_and_a_small_one_is_not() {
    let values = Parameters::embedded().values(11, 0);
    let baseline = outlook(&[]);
    let seen = |factor: f64| {
        let scenario = outlook(&[more_contacts(factor)]);
        visible(&baseline, &scenario, &values).remove(0).month
    };
    assert!(seen(1.2).is_some());
    assert_eq!(seen(1.001), None);
}

/// Contacts with GPs a person, minutes of a contact and minutes of GPs a person after some years beside before, in England, a
/// draw; `is_aged` counts that people grow older too.
fn grown(years: u32, draw: u32, is_aged: bool) -> [f64; 3] {
    let values = Parameters::embedded().values(11, draw);
    let rates = Rates::of(&values);
    let base = fixture::lists_only().practices.remove(0);
    let factors = ageing(2023, years, 0.0)[years as usize];
    let mut aged = base.ages;
    for (people, factor) in aged.0.iter_mut().flatten().zip(factors.0.iter().flatten()) {
        *people *= factor;
    }
    let people = aged.total() / base.ages.total();
    let changed = Changed {
        demographic: if is_aged {
            rates.expected(&aged, None) / rates.expected(&base.ages, None)
        } else {
            people
        },
        illness: 1.0,
        morbidity: (1.0 + rates.growth.morbidity).powi(years.cast_signed()),
        people,
    };
    let asking = Asking { contacts: &base.activity, list: base.list() };
    let steps = rates.steps(asking, &changed, f64::from(years))[Clinician::Gp as usize];
    let minutes = (1.0 + rates.growth.minutes).powi(years.cast_signed());
    let workload = steps.total() / steps.base / people;
    [workload / minutes, minutes, workload]
}

/// The eight-in-ten range of a figure over draws.
fn range(of: impl Fn(u32) -> f64) -> (f64, f64) {
    let mut figures: Vec<f64> = (1..=200).map(of).collect();
    figures.sort_by(f64::total_cmp);
    (figures[19], figures[179])
}

fn holds(years: u32, is_aged: bool, figure: usize, observed: f64) {
    let (low, high) = range(|draw| grown(years, draw, is_aged)[figure]);
    assert!(
        (low..=high).contains(&observed),
        "figure {figure} in {years} years: {observed} outside {low} to {high}"
    );
}

/// Observed in 398 practices of England, 2007/08 to 2013/14: contacts with GPs and nurses +10.5%, surgery consultations +6.7% longer,
/// workload +16%. Tolerance: inside our eight-in-ten range, part by part.
#[test]
fn the_growth_of_2007_to_2014_lies_in_the_range_part_by_part() {
    holds(6, true, 0, 1.105);
    holds(7, true, 1, 1.067);
    holds(7, true, 2, 1.16);
}

/// Observed in 824 practices, 2005 to 2019: contacts with GPs at the same age and sex −5.8%, minutes of a contact +36.9%, minutes of
/// GPs with patients a person +25.8%. Tolerance: inside our eight-in-ten range, part by part.
#[test]
fn the_growth_of_2005_to_2019_lies_in_the_range_part_by_part() {
    holds(14, false, 0, 0.942);
    holds(14, true, 1, 1.369);
    holds(14, true, 2, 1.258);
}

/// Observed in England, 2022 to 2025: appointments with GPs for each person registered +0.5% in three years. Tolerance as above.
#[test]
fn the_growth_of_2022_to_2025_lies_in_the_range() {
    holds(3, true, 0, 1.005);
}

#[test]
fn every_step_has_a_word_of_its_own() {
    let words: std::collections::BTreeSet<&str> =
        Step::ALL.iter().map(|step| step.as_str()).collect();
    assert_eq!(words.len(), Step::ALL.len());
}

/// The changes of size: what a lever does is what its words say, to the minute.
mod size {
    use super::*;

    const FROM_GPS: Shift = Shift {
        scope: Scope {
            practices: Vec::new(),
            from_age: 0,
            to_age: None,
            seen_by: Some(Who::Gp),
            mode: None,
        },
        share: 0.1,
        to_who: Some(Who::Role(Role::Pharmacist)),
        to_mode: None,
        minutes: Some(1.0),
        again: 0.0,
        ramp_months: 0,
    };

    /// Need of a role in the last year, with the middle value of every parameter.
    fn need(outlook: &Outlook, role: usize) -> f64 {
        outlook.draws[0].need(Clinician::ALL[role], YEARS as usize) as f64
    }

    fn all(outlook: &Outlook) -> f64 {
        (0..3).map(|role| need(outlook, role)).sum()
    }

    fn contacts(outlook: &Outlook) -> f64 {
        outlook.draws[0].people[YEARS as usize][1]
    }

    fn shifted(shift: Shift) -> Outlook {
        outlook(&[change(Effect::Shift(shift))])
    }

    #[test]
    fn what_one_role_lets_go_another_takes_on_minute_for_minute() {
        let (without, with) = (outlook(&[]), shifted(FROM_GPS));
        let let_go = need(&without, 0) - need(&with, 0);
        let taken_on = need(&with, 2) - need(&without, 2);
        assert!((let_go / need(&without, 0) - 0.1).abs() < 1e-5);
        assert!((taken_on / let_go - 1.0).abs() < 1e-4, "{taken_on} for {let_go}");
        assert!((contacts(&with) / contacts(&without) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn minutes_are_multiplied_once() {
        let (without, with) = (outlook(&[]), shifted(Shift { minutes: Some(1.3), ..FROM_GPS }));
        let let_go = need(&without, 0) - need(&with, 0);
        let taken_on = need(&with, 2) - need(&without, 2);
        assert!((taken_on / let_go - 1.3).abs() < 1e-4, "{taken_on} for {let_go}");
    }

    /// Where no minutes are stated a call takes the 6.5 minutes of a call for the 10.9 of a contact face to face.
    #[test]
    fn a_shift_without_stated_minutes_takes_those_of_the_new_mode() {
        let scope = Scope { mode: Some(Mode::FaceToFace), ..FROM_GPS.scope };
        let to_mode = Some(Mode::Telephone);
        let shift = Shift { scope, to_who: None, to_mode, minutes: None, ..FROM_GPS };
        let (without, with) = (outlook(&[]), shifted(shift));
        let base = base();
        let held =
            |mode: usize| -> f64 { base.practices.iter().map(|one| one.activity.0[0][mode]).sum() };
        let (face_to_face, calls) = (10.9 * held(0), 6.5 * held(1));
        let right = -0.1 * face_to_face / (face_to_face + calls) * (1.0 - 6.5 / 10.9);
        let told = need(&with, 0) / need(&without, 0) - 1.0;
        assert!((told - right).abs() < 1e-4, "{told} for {right}");
    }

    #[test]
    fn a_shift_that_changes_no_minutes_and_brings_nobody_back_changes_no_need() {
        let shift = Shift { to_who: None, to_mode: Some(Mode::Telephone), ..FROM_GPS };
        let (without, with) = (outlook(&[]), shifted(shift));
        assert!((all(&with) / all(&without) - 1.0).abs() < 1e-6);
    }

    /// Telephone first in 147 practices: face to face 38% fewer, time of GPs 8% more (1 less to 17 more); in a trial a third to a
    /// half more contacts. Sources: Newbould 2017, ESTEEM (Campbell 2014).
    #[test]
    fn telephone_first_lands_where_its_trials_do() {
        let shift = Shift {
            scope: Scope { mode: Some(Mode::FaceToFace), ..FROM_GPS.scope },
            share: 0.76,
            to_who: None,
            to_mode: Some(Mode::Telephone),
            minutes: Some(0.6),
            again: 0.5,
            ramp_months: 0,
        };
        let (without, with) = (outlook(&[]), shifted(shift));
        let of_base: f64 = need(&with, 0) / need(&without, 0) - 1.0;
        assert!((-0.01..=0.17).contains(&of_base), "{of_base}");
        let more = contacts(&with) / contacts(&without) - 1.0;
        assert!(more > 0.0, "follow-ups are contacts: {more}");
        assert!((need(&with, 1) - need(&without, 1)).abs() <= 1.0, "nurses keep their procedures");
    }

    #[test]
    fn a_number_of_contacts_is_that_number_and_takes_its_minutes() {
        let more = |number: f64| {
            let scope = Scope { seen_by: Some(Who::Gp), ..Scope::default() };
            let contacts = Contacts { scope, factor: 1.0, growth: 0.0, number, ramp_months: 0 };
            outlook(&[change(Effect::Contacts(contacts))])
        };
        let none = outlook(&[]);
        let (once, twice) = (more(1_000.0), more(2_000.0));
        assert_eq!(more(0.0).draws, none.draws, "nothing done changes nothing");
        assert!((contacts(&once) - contacts(&none) - 1_000.0).abs() < 1e-6);
        let of = |with: &Outlook| need(with, 0) - need(&none, 0);
        assert!((of(&twice) / of(&once) - 2.0).abs() < 1e-3, "twice the dose is twice the effect");
        let each = of(&once) / 1_000.0;
        assert!((5.0..40.0).contains(&each), "{each} minutes a contact");
    }

    /// By hand: four months of the first year, which begins in December, lie before April; the eight others have grown by half a
    /// month, one and a half, up to seven and a half.
    #[test]
    fn growth_counts_from_its_first_month() {
        let grows = |growth: f64| {
            let scope = Scope::default();
            let contacts = Contacts { scope, factor: 1.0, growth, number: 0.0, ramp_months: 0 };
            outlook(&[change(Effect::Contacts(contacts))])
        };
        let (none, with) = (outlook(&[]), grows(0.02));
        let first = (0..8).map(|month| 1.02_f64.powf((f64::from(month) + 0.5) / 12.0) - 1.0);
        let right = first.sum::<f64>() / 12.0;
        assert!((right - 0.0044).abs() < 0.0001, "{right}");
        let need = |of: &Outlook| of.draws[0].need(Clinician::Gp, 1) as f64;
        let told = need(&with) / need(&none) - 1.0;
        assert!((told - right).abs() < 1e-5, "{told} and {right}");
    }

    #[test]
    fn contacts_do_not_grow_because_they_take_longer() {
        let with = |growth: &str| {
            let edit = format!("[minutes_growth]\nvalue = {growth}\nreason = \"a test\"\n");
            let parameters = Parameters::embedded().edited("test.toml", &edit).unwrap();
            run((&base(), &RESIDENTS), &parameters, &[], SETTINGS, &(), &|_| Go::On).unwrap()
        };
        let (short, long) = (with("0.0"), with("0.02"));
        assert!((contacts(&long) / contacts(&short) - 1.0).abs() < 1e-9);
        assert!(all(&long) > all(&short) * 1.02);
    }

    #[test]
    fn hours_that_are_added_are_capacity_and_hours_that_move_are_none() {
        let employer = base().practices[0].code.clone();
        let hours = |by_weekday: [f64; 7]| {
            let hours = Hours { employer: employer.clone(), who: Who::Gp, by_weekday };
            outlook(&[change(Effect::Hours(hours))])
        };
        let none = outlook(&[]);
        let last = YEARS as usize;
        let capacity = |of: &Outlook| of.draws[0].capacity(Clinician::Gp, last) as f64;
        let saturday = hours([0.0, 0.0, 0.0, 0.0, 0.0, 5.0, 0.0]);
        let gained = capacity(&saturday) - capacity(&none);
        assert!((gained - 5.0 * 52.0 * 60.0).abs() <= 1.0, "{gained}");
        let moved = hours([-5.0, 0.0, 0.0, 0.0, 0.0, 5.0, 0.0]);
        assert!((capacity(&moved) - capacity(&none)).abs() <= 1.0);
    }
}

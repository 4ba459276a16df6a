//! Need person by person: people who move between lists are neither lost nor made, what they live with moves need the way it
//! must, and a base year in which nothing changes stays as it is.

use models::change::People;
use models::outlook::risks;
use models::people::Knowledge;
use models::place::Register;
use vocab::Observed;
use vocab::codes::PracticeCode;

use super::*;

/// The last year.
const LAST: usize = YEARS as usize;
const GP: usize = Clinician::Gp as usize;

/// Need of all roles in a year.
fn all(draw: &Draw, year: usize) -> i64 {
    Clinician::ALL.into_iter().map(|role| draw.need(role, year)).sum()
}

fn code(text: &str) -> PracticeCode {
    text.parse().unwrap()
}

fn cap(patients: u32) -> Change {
    change(Effect::ListCap { practice: code("A81002"), patients })
}

fn closes() -> Change {
    change(Effect::Closes { practice: code("A81003"), to: Vec::new() })
}

fn merges() -> Change {
    change(Effect::Merges { practice: code("A81003"), into: code("A81001") })
}

fn opens() -> Change {
    change(Effect::Opens { practice: code("A89999"), patients: 4_000 })
}

fn onset(condition: &str, factor: f64) -> Change {
    let condition = condition.to_owned();
    change(Effect::Onset { condition, factor, from_age: 0, to_age: 120, reached: None })
}

fn run_of(base: &Base, parameters: &Parameters, changes: &[Change]) -> Outlook {
    let residents = Residents::of(base, 11);
    run((base, &residents), parameters, changes, SETTINGS, &(), &|_| Go::On).unwrap()
}

#[test]
fn nobody_is_lost_when_people_change_lists() {
    let without = outlook(&[]);
    for moved in [
        vec![cap(9_000)],
        vec![closes()],
        vec![merges()],
        vec![opens()],
        vec![opens(), closes(), cap(9_000)],
    ] {
        for (without, with) in without.draws.iter().zip(&outlook(&moved).draws) {
            for (without, with) in without.people.iter().zip(&with.people) {
                assert!(
                    (without[0] - with[0]).abs() < 1e-6,
                    "{moved:?}: {} {}",
                    without[0],
                    with[0]
                );
            }
        }
    }
}

/// Whoever is on the list stays, however low the cap; only who would come goes elsewhere.
#[test]
fn a_cap_below_the_list_takes_nobody_off_it() {
    let without = outlook(&[]);
    let people = |outlook: &Outlook| {
        let of = |draw: &Draw, at: usize| draw.practices[(LAST + 1) + at].need[GP];
        outlook.draws.iter().map(|draw| [of(draw, 0), of(draw, LAST)]).collect::<Vec<_>>()
    };
    let (before, low, lower) =
        (people(&without), people(&outlook(&[cap(7_000)])), people(&outlook(&[cap(1_000)])));
    assert_eq!(low, lower, "both are below the list");
    assert!(
        before.iter().zip(&low).all(|(before, low)| before[0] <= low[0] && before[1] >= low[1]),
        "{before:?} {low:?}"
    );
    assert!(
        before.iter().zip(&low).any(|(before, low)| before[1] > low[1]),
        "its growth goes elsewhere"
    );
    let closed = people(&outlook(&[closes()]));
    let both = people(&outlook(&[closes(), cap(1_000)]));
    assert!(
        closed.iter().zip(&both).all(|(closed, both)| both[1] < closed[1]),
        "nor does it take those of another that closes"
    );
}

#[test]
fn a_cap_that_nobody_reaches_changes_nothing() {
    assert_eq!(outlook(&[cap(1_000_000)]).draws, outlook(&[]).draws);
}

#[test]
fn where_all_lists_are_capped_people_stay() {
    let cap = |practice| change(Effect::ListCap { practice: code(practice), patients: 1_000 });
    let all = outlook(&[cap("A81001"), cap("A81002"), cap("A81003")]);
    assert_eq!(all.draws, outlook(&[]).draws);
}

#[test]
fn a_merger_moves_need_and_changes_none() {
    let (without, with) = (outlook(&[]), outlook(&[merges()]));
    for (without, with) in without.draws.iter().zip(&with.draws) {
        assert!((all(without, LAST) - all(with, LAST)).abs() <= 6);
    }
}

#[test]
fn patients_of_a_closed_practice_need_more_in_their_first_year_only() {
    let (without, with) = (outlook(&[]), outlook(&[closes()]));
    let more = |year: usize| all(&with.draws[0], year) - all(&without.draws[0], year);
    assert!(more(1) > 0);
    assert!(more(LAST).abs() <= 6, "{}", more(LAST));
}

#[test]
fn new_people_need_more_in_their_first_year() {
    let homes =
        People { practices: Vec::new(), people: 1_000, over_months: 0, ages: [0.2, 0.7, 0.1] };
    let (without, with) = (outlook(&[]), outlook(&[change(Effect::People(homes))]));
    let each = |year: usize| {
        let (without, with) = (&without.draws[0], &with.draws[0]);
        (all(with, year) - all(without, year)) as f64
            / (with.people[year][0] - without.people[year][0])
    };
    assert!(each(1) > 1.2 * each(LAST), "{} {}", each(1), each(LAST));
}

/// A thousand people over twelve months from April 2026, in years that begin in December 2025, by hand: in the mean of the first year a
/// quarter of them is there, of the second 23 in 24, then all.
#[test]
fn people_who_come_are_as_many_as_said() {
    let homes =
        People { practices: Vec::new(), people: 1_000, over_months: 12, ages: [0.2, 0.7, 0.1] };
    let (without, with) = (outlook(&[]), outlook(&[change(Effect::People(homes))]));
    for (year, right) in [(0, 0.0), (1, 250.0), (2, 1_000.0 * 23.0 / 24.0), (3, 1_000.0)] {
        let more = with.draws[0].people[year][0] - without.draws[0].people[year][0];
        assert!((more - right).abs() < 1e-6, "year {year}: {more} for {right}");
    }
}

#[test]
fn a_practice_that_opens_has_need_and_a_row_of_its_own() {
    let outlook = outlook(&[opens()]);
    let rows = rows(&outlook, &base());
    let mean = |level: Level, code: Option<&str>| -> f64 {
        let fits = rows.iter().filter(|row| {
            row.unit.level == level
                && row.measure == Measure::Need(Clinician::Gp)
                && row.year == YEARS
        });
        let of = fits.filter(|row| code.is_none_or(|code| row.unit.code == code));
        of.map(|row| row.band.mean).sum()
    };
    assert!(mean(Level::Practice, Some("A89999")) > 0.0);
    let share = mean(Level::Practice, None) / mean(Level::Place, None);
    assert!((share - 1.0).abs() < 1e-6, "{share}");
    assert!(
        rows.iter().all(|row| row.unit.level != Level::Icb),
        "its board may have practices elsewhere"
    );
}

#[test]
fn the_gps_who_join_a_practice_that_opens_are_its_capacity() {
    let outlook = outlook(&[opens(), more_gps(6)]);
    let capacity = |practice: usize| -> f64 {
        let at = practice * (LAST + 1) + LAST;
        outlook.draws.iter().map(|draw| f64::from(draw.practices[at].capacity[GP])).sum()
    };
    assert!(capacity(3) > 0.1 * capacity(0), "{} beside {}", capacity(3), capacity(0));
}

#[test]
fn an_onset_as_before_changes_nothing() {
    assert_eq!(outlook(&[onset("", 1.0)]).draws, outlook(&[]).draws);
}

#[test]
fn more_illness_never_lowers_need() {
    let (without, with) = (outlook(&[]), outlook(&[onset("", 1.3)]));
    for (without, with) in without.draws.iter().zip(&with.draws) {
        assert!((0..=LAST).all(|year| all(with, year) >= all(without, year)));
    }
}

#[test]
fn less_diabetes_lowers_need() {
    let (without, with) = (outlook(&[]), outlook(&[onset("DM", 0.2)]));
    for (without, with) in without.draws.iter().zip(&with.draws) {
        assert!(all(with, LAST) < all(without, LAST));
    }
}

#[test]
fn a_condition_that_is_not_known_is_refused_and_the_known_are_named() {
    let refused = run(
        (&base(), &RESIDENTS),
        Parameters::embedded(),
        &[onset("gout", 0.9)],
        SETTINGS,
        &(),
        &|_| Go::On,
    );
    let why = refused.unwrap_err().to_string();
    assert!(why.contains("`gout`") && why.contains("COPD"), "{why}");
}

#[test]
fn frailer_people_never_need_less() {
    let edited = "[people_frailer]\nvalue = 1.5\nreason = \"a test\"";
    let frailer = Parameters::embedded().edited("test", edited).unwrap();
    let (without, with) = (outlook(&[]), run_of(&base(), &frailer, &[]));
    for (without, with) in without.draws.iter().zip(&with.draws) {
        assert!((0..=LAST).all(|year| all(with, year) >= all(without, year)));
    }
}

/// Tolerance: 0.3% of need, the mean over the draws, for chance among 27,000 people.
#[test]
fn what_people_live_with_stays_when_nothing_changes() {
    let outlook = outlook(&[]);
    for year in 1..=LAST {
        let of_draw = |draw: &Draw| {
            draw.steps[year][GP][Step::Illness as usize] as f64 / draw.need(Clinician::Gp, 0) as f64
        };
        let mean = outlook.draws.iter().map(of_draw).sum::<f64>() / outlook.draws.len() as f64;
        assert!(mean.abs() < 0.003, "year {year}: {mean}");
    }
}

#[test]
fn risk_groups_hold_everybody_and_all_need() {
    let outlook = outlook(&[]);
    let today: Vec<_> = risks(&outlook).into_iter().filter(|row| row.year == 0).collect();
    let people: f64 = today.iter().map(|row| row.people.mean).sum();
    let need: f64 = today.iter().map(|row| row.share_of_need.mean).sum();
    assert!((people - base().list()).abs() < 1e-6 && (need - 1.0).abs() < 1e-9, "{people} {need}");
}

#[test]
fn urgent_and_routine_contacts_are_all_contacts() {
    let rows = rows(&outlook(&[]), &base());
    let of = |measure: Measure| {
        let found = rows.iter().find(|row| row.measure == measure && row.year == YEARS).unwrap();
        found.band.mean
    };
    let parts = of(Measure::UrgentContacts) + of(Measure::RoutineContacts);
    assert!((parts / of(Measure::Contacts) - 1.0).abs() < 1e-12);
}

/// Every practice with every register: people by name as given, of the list.
fn with_registers(people: impl Fn(&str) -> Option<Observed<f64>>) -> Base {
    let mut base = base();
    for practice in &mut base.practices {
        let list = practice.list();
        let names = Knowledge::embedded().states.iter().map(|state| state.register.clone());
        practice.registers = names
            .filter_map(|name| Some((name.clone(), Register { people: people(&name)?, list })))
            .collect();
    }
    base
}

#[test]
fn missing_and_suppressed_registers_are_named_and_stand_like_england() {
    let base = with_registers(|name| match name {
        "DM" => None,
        "DEM" => Some(Observed::Suppressed),
        _ => Some(Observed::Value(100.0)),
    });
    let said: Vec<String> =
        Residents::of(&base, 11).lacking.remarks().iter().map(ToString::to_string).collect();
    assert!(said[0].starts_with("3 disease registers of practices are not published"), "{said:?}");
    assert!(said[1].starts_with("3 disease registers of practices are suppressed"), "{said:?}");
    assert!(
        run_of(&base, Parameters::embedded(), &[]).draws.iter().all(|draw| all(draw, LAST) > 0)
    );
}

#[test]
fn a_register_of_nobody_is_not_a_missing_one() {
    let nobody = with_registers(|_| Some(Observed::Value(0.0)));
    assert!(Residents::of(&nobody, 11).lacking.remarks().is_empty());
    let need_of_the_well = |base: &Base| {
        let outlook = run_of(base, Parameters::embedded(), &[]);
        risks(&outlook)[0].share_of_need.mean
    };
    assert!(need_of_the_well(&nobody) > need_of_the_well(&base()));
}

#[test]
fn a_practice_with_nobody_on_its_list_leaves_the_others_as_they_are() {
    let mut without = base();
    without.practices[2].ages = Ages::default();
    let outlook = run_of(&without, Parameters::embedded(), &[opens(), cap(9_000), closes()]);
    let figures = outlook.draws.iter().flat_map(|draw| &draw.practices);
    assert!(figures.clone().count() > 0 && figures.into_iter().all(|one| one.need[GP].is_finite()));
}

/// FNV-1a of all figures as they are printed, the same in every build: run it with `--release` too. A regression: it does not say
/// that they are right, and whoever changes a figure on purpose writes the new number here.
#[test]
fn every_build_gives_the_same_bytes() {
    let outlook = outlook(&[onset("", 0.9), opens(), more_gps(2)]);
    let printed = format!("{:?} {:?}", rows(&outlook, &base()), risks(&outlook));
    let digest = printed.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
    });
    assert_eq!(digest, 0xEDBC_9AC7_B6D9_65C1, "figures have changed: {digest:#018X}");
}

/// Everybody of twenty and over may die; only those whose care is not complex yet can become so.
#[test]
fn a_score_of_conditions_ranks_the_adults_of_the_place_and_nobody_else() {
    let rankings = RESIDENTS.rankings().unwrap();
    let people = |at: usize| -> u32 {
        rankings[at].assessment.tenths.iter().map(|tenth| tenth.people).sum()
    };
    let base = base();
    let adults = base.practices.iter().map(|practice| {
        let bands = practice.ages.0.iter().flat_map(|sex| &sex[4..]);
        bands.map(|people| people.round() as u32).sum::<u32>()
    });
    assert_eq!(people(0), adults.sum::<u32>());
    assert!(people(1) < people(0));
    assert!(rankings.iter().all(|one| one.assessment.auc.unwrap() > 0.6), "{rankings:?}");
}

/// Ten times as many leavers as the national rates expect, told of the place itself.
#[test]
fn leavers_that_a_place_tells_of_weigh_against_the_national_rates() {
    let gap = |parameters: &Parameters| {
        run_of(&base(), parameters, &[]).draws[0].gap(Clinician::Gp, LAST)
    };
    let told = |leavers: u32| {
        let one = |name: &str, value: u32| {
            format!("[local_gp_{name}]\nvalue = {value}.0\nreason = \"counted by the practices\"\n")
        };
        let file = one("leavers", leavers) + &one("years", 1_000);
        Parameters::embedded().edited("told.toml", &file).unwrap()
    };
    let national = gap(Parameters::embedded());
    assert!(gap(&told(800)) > national && gap(&told(0)) < national);
}

//! A place looked at board by board is the sum of its boards.

use std::sync::Arc;

use evidence::tables::{affiliation, list_size};
use evidence::{Evidence, Place};
use models::outlook::{
    Found, Given, Go, Measure, NotFound, Residents, Settings, look, look_in_parts,
};
use models::parameters::{Key, Parameters};
use models::place::{Base, Clinician};
use vocab::{Level, Period};

const DAY: jiff::civil::Date = jiff::civil::Date::constant(2025, 11, 1);
const SETTINGS: Settings = Settings { years: 2, draws: 16, seed: 3 };

/// Three practices of two boards.
fn evidence() -> Evidence {
    let practices = [
        ("A81001", "01A", "QAA", 3_000.0),
        ("A81002", "01A", "QAA", 2_000.0),
        ("B81001", "02B", "QBB", 4_000.0),
    ];
    let affiliations = practices.map(|(code, location, board, _)| affiliation::Row {
        practice: code.into(),
        name: code.into(),
        sub_icb: location.into(),
        icb: board.into(),
        region: "Y60".into(),
        ..Default::default()
    });
    let lists = practices.map(|(code, .., patients)| list_size::Row {
        practice: code.into(),
        patients: patients.into(),
        ..Default::default()
    });
    let day = Period::Day(DAY);
    evidence::Given::default().with(day, affiliations).with(day, lists).evidence()
}

fn base(evidence: &Evidence, key: &str) -> (Place, Base) {
    let known = evidence.affiliations(DAY).unwrap();
    let place = Place::find(key, &[], &known).unwrap();
    let base = Base::of(evidence, &place, &Parameters::embedded().values(3, 0)).unwrap();
    (place, base)
}

fn given() -> Given<'static> {
    Given { parameters: Parameters::embedded(), changes: &[], settings: SETTINGS }
}

fn in_parts(evidence: &Evidence, key: &str) -> Result<Found, NotFound> {
    let (place, base) = base(evidence, key);
    look_in_parts((evidence, &place), Arc::new(base), given(), &(), &|_| Go::On)
}

fn whole(evidence: &Evidence, key: &str) -> Found {
    let base = Arc::new(base(evidence, key).1);
    let residents = Residents::of(&base, SETTINGS.seed);
    look(base, &residents, given(), &(), &|_| Go::On).unwrap()
}

#[test]
fn draws_of_the_boards_add_up_minute_by_minute_and_practices_are_those_of_their_board() {
    let evidence = evidence();
    let england = in_parts(&evidence, "ENGLAND").unwrap();
    let (first, second) = (whole(&evidence, "QAA"), whole(&evidence, "QBB"));
    let years = SETTINGS.years as usize + 1;
    for (draw, sum) in england.outlook.draws.iter().enumerate() {
        let parts = [&first.outlook.draws[draw], &second.outlook.draws[draw]];
        for year in 0..years {
            for role in Clinician::ALL {
                let of = |of: fn(&models::outlook::Draw, Clinician, usize) -> i64| {
                    parts.iter().map(|part| of(part, role, year)).sum::<i64>()
                };
                assert_eq!(sum.need(role, year), of(models::outlook::Draw::need));
                assert_eq!(sum.gap(role, year), of(models::outlook::Draw::gap));
            }
            let gps: f64 = parts.iter().map(|part| part.people[year][2]).sum();
            assert!((sum.people[year][2] - gps).abs() < 1e-9);
        }
        // A member of the whole gives what those of the boards give in the mean, so that the members add up.
        let members = |draw: &models::outlook::Draw| {
            draw.need(Clinician::Gp, 0) as f64 / draw.full_time[Clinician::Gp as usize]
        };
        let of_boards: f64 = parts.iter().map(|part| members(part)).sum();
        assert!((members(sum) - of_boards).abs() < 1e-9, "{of_boards}");
        assert_eq!(sum.practices[..2 * years], parts[0].practices[..]);
        assert_eq!(sum.practices[2 * years..], parts[1].practices[..]);
    }
}

#[test]
fn what_moves_the_whole_is_what_moves_its_boards() {
    let evidence = evidence();
    let england = in_parts(&evidence, "ENGLAND").unwrap();
    let people = |found: &Found| {
        let is = |row: &&models::outlook::Row| {
            row.unit.level == Level::Place && row.measure == Measure::People && row.year == 2
        };
        found.rows.iter().find(is).unwrap().band.mean
    };
    let boards = people(&whole(&evidence, "QAA")) + people(&whole(&evidence, "QBB"));
    assert!((people(&england) - boards).abs() < 1e-6);
    let growth = england.influences.iter().find(|one| one.key == Key::ExpectationGrowthGp).unwrap();
    assert!(growth.low < 0.0 && growth.high > 0.0, "{growth:?}");
}

#[test]
fn practices_of_a_board_that_does_not_lie_in_the_place_whole_are_named() {
    let evidence = evidence();
    let message = in_parts(&evidence, "A81001+QBB").unwrap_err().to_string();
    assert!(message.contains("A81001") && message.contains("name boards"), "{message}");
}

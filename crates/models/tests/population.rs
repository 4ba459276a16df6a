//! The residents of a small invented board: everybody accounted for, published projections met, what is missing named.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use evidence::tables::{affiliation, list_size, lookup, projected_resident, resident};
use evidence::{Evidence, Given, Place};
use models::population::{Met, NoResidents, OPEN, Residents, residents};

const YEARS: i16 = 5;
const AREAS: [&str; 3] = ["E01000001", "E01000002", "E01000003"];
/// The authorities of the areas; the third lies in the same authority as the second but in another board.
const AUTHORITIES: [&str; 3] = ["E06900001", "E06900002", "E06900002"];
const BOARDS: [&str; 3] = ["QXX", "QXX", "QYY"];

fn period(text: &str) -> vocab::Period {
    text.parse().unwrap()
}

fn practice(code: &'static str, board: &'static str) -> affiliation::Row<'static> {
    affiliation::Row {
        practice: code.into(),
        icb: board.into(),
        region: "Y99".into(),
        ..Default::default()
    }
}

fn list() -> list_size::Row<'static> {
    let practice = "X00001".into();
    list_size::Row { practice, patients: 3_000.0.into(), ..Default::default() }
}

fn link(area: &'static str, kind: &'static str, parent: &'static str) -> lookup::Row<'static> {
    lookup::Row {
        area: area.into(),
        area_kind: "lsoa21".into(),
        area_name: "Harbour".into(),
        parent: parent.into(),
        parent_kind: kind.into(),
        weight: 1.0.into(),
        ..Default::default()
    }
}

/// People of an age, both sexes together.
fn aged(area: usize, age: usize, people: f64) -> resident::Row<'static> {
    resident::Row {
        area: AREAS[area].into(),
        census: "2021".into(),
        sex: "all".into(),
        age_from: (age as f64).into(),
        residents: people.into(),
        ..Default::default()
    }
}

/// People by single year, the last 90 and over.
fn residents_of(area: usize) -> impl Iterator<Item = resident::Row<'static>> {
    (0..=OPEN).map(move |age| aged(area, age, (20 + 7 * area - age / 8) as f64))
}

/// What a projection expects of an age in the second authority, in a year.
fn expected(sex: usize, age: usize, year: i16) -> f64 {
    21.25 + sex as f64 - age as f64 / 8.0 + f64::from(year - 2020)
}

fn projected(year: i16) -> impl Iterator<Item = projected_resident::Row<'static>> {
    [(0, "male"), (1, "female")].into_iter().flat_map(move |(sex, word)| {
        (0..=OPEN).map(move |age| projected_resident::Row {
            area: AUTHORITIES[1].into(),
            sex: word.into(),
            age_from: (age as f64).into(),
            people: expected(sex, age, year).into(),
            ..Default::default()
        })
    })
}

fn given() -> Given {
    let day = period("2025-11-01");
    let links = (0..3).flat_map(|area| {
        let parents = [("icb", BOARDS[area]), ("local_authority", AUTHORITIES[area])];
        parents.map(|(kind, parent)| link(AREAS[area], kind, parent))
    });
    let practices = [("X00001", "QXX"), ("X00002", "QYY"), ("X00003", "QZZ")];
    Given::default()
        .with(day, practices.map(|(code, board)| practice(code, board)))
        .with(day, [list()])
        .with(period("2024"), links)
        .with(period("2020"), (0..3).flat_map(residents_of))
}

fn of(evidence: &Evidence, board: &str) -> Result<Residents, NoResidents> {
    let known = evidence.affiliations("2025-11-01".parse().unwrap()).unwrap();
    let place = Place::find(board, &[], &known).unwrap();
    residents(evidence, &place, &known, YEARS).unwrap()
}

fn with_projections() -> Evidence {
    with_projections_to(2030)
}

fn with_projections_to(last: i16) -> Evidence {
    let with = |given: Given, year: i16| given.with(period(&year.to_string()), projected(year));
    (2020..=last).fold(given(), with).evidence()
}

#[test]
fn every_year_of_every_area_and_of_the_place_adds_up() {
    for evidence in [given().evidence(), with_projections()] {
        let found = of(&evidence, "QXX").unwrap();
        assert_eq!(found.areas.len(), 2);
        let all = found.areas.iter().flat_map(|area| &area.books).chain(&found.books);
        for books in all.clone() {
            assert!(books.balance(), "{books:?}");
        }
        assert!(found.ahead().balance(), "{:?}", found.ahead());
        for pair in found.books.windows(2) {
            assert_eq!(pair[0].end, pair[1].start);
        }
    }
}

#[test]
fn the_estimate_is_taken_to_the_middle_of_the_year_of_the_lists_and_five_years_on() {
    let found = of(&given().evidence(), "QXX").unwrap();
    assert_eq!(
        (found.base, found.years.first(), found.years.last()),
        (2025, Some(&2021), Some(&2030))
    );
}

#[test]
fn the_areas_of_an_authority_meet_its_published_projection_whichever_board_they_are_in() {
    let evidence = with_projections();
    let (inside, beside) = (of(&evidence, "QXX").unwrap(), of(&evidence, "QYY").unwrap());
    for sex in 0..2 {
        for age in 0..=OPEN {
            let met =
                inside.areas[1].then.of_class(sex, age) + beside.areas[0].then.of_class(sex, age);
            let published = expected(sex, age, 2030);
            assert!((met - published).abs() < 1.5e-6, "sex {sex}, age {age}: {met} {published}");
        }
    }
}

#[test]
fn areas_without_a_published_projection_are_named_and_go_by_the_rates() {
    let (with, without) = (with_projections(), given().evidence());
    let found = of(&with, "QXX").unwrap();
    let lost: Vec<_> = found.gaps.iter().flat_map(|gap| gap.examples.clone()).collect();
    assert_eq!((lost, found.met(Met::ByAge)), (vec![AREAS[0].to_owned()], 1));
    assert_eq!(found.areas[0].then, of(&without, "QXX").unwrap().areas[0].then);
}

#[test]
fn a_board_without_areas_and_one_without_residents_say_why() {
    let other = [link("E01000009", "icb", "QZZ")];
    let evidence = given().with(period("2023"), other).evidence();
    assert_eq!(of(&evidence, "QZZ"), Err(NoResidents::NoPeople));
    let known = evidence.affiliations("2025-11-01".parse().unwrap()).unwrap();
    let practice = Place::find("X00001", &[], &known).unwrap();
    let found = residents(&evidence, &practice, &known, YEARS).unwrap();
    assert_eq!(found, Err(NoResidents::NoAreas));
}

#[test]
fn a_projection_that_ends_before_the_years_do_is_met_to_its_end() {
    let evidence = with_projections_to(2027);
    let found = of(&evidence, "QXX").unwrap();
    assert_eq!((found.met_to, found.met(Met::ByAge)), (Some(2027), 1));
    assert_eq!(of(&with_projections(), "QXX").unwrap().met_to, Some(2030));
}

/// Rutland by the ONS (2022-based): 41,598 people in 2025 and 42,517 in 2030, of whom 6,065 and 6,685 are 75 and over. Its areas here
/// are two, of 30,000 and 10,000 people.
#[test]
fn an_authority_of_the_publication_is_brought_to_its_number_and_its_old_people() {
    let links = AREAS[..2]
        .iter()
        .flat_map(|area| [link(area, "icb", "QXX"), link(area, "local_authority", "E06000017")]);
    let people = [30_000.0, 10_000.0].into_iter().enumerate().flat_map(|(area, all)| {
        (0..=OPEN).map(move |age| aged(area, age, all / (OPEN + 1) as f64))
    });
    let day = period("2025-11-01");
    let evidence = Given::default()
        .with(day, [practice("X00001", "QXX")])
        .with(day, [list()])
        .with(period("2024"), links)
        .with(period("2020"), people)
        .evidence();
    let found = of(&evidence, "QXX").unwrap();
    let [rutland] = &found.authorities[..] else { panic!("{:?}", found.authorities) };
    let totals = [rutland.now.total(), rutland.then.total()];
    let old = [rutland.now.from_age(75), rutland.then.from_age(75)];
    for (told, published) in
        totals.into_iter().chain(old).zip([41_598.0, 42_517.0, 6_065.0, 6_685.0])
    {
        assert!((told - published).abs() < 0.6, "{told} for {published}");
    }
    assert_eq!((found.met(Met::InAll), found.met_to), (2, Some(2030)));
    assert!(found.books.iter().all(models::population::Books::balance), "{:?}", found.books);
}

//! The residents of a small invented board: everybody accounted for, published projections met, what is missing named.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use evidence::{Cell, Evidence, Place, Table, tables};
use models::population::{Met, NoResidents, OPEN, Residents, residents};

/// A table of a period with its rows.
type Rows = (&'static Table, vocab::Period, Vec<Vec<Cell<'static>>>);

const YEARS: i16 = 5;
const AREAS: [&str; 3] = ["E01000001", "E01000002", "E01000003"];
/// The authorities of the areas; the third lies in the same authority as the second but in another board.
const AUTHORITIES: [&str; 3] = ["E06900001", "E06900002", "E06900002"];
const BOARDS: [&str; 3] = ["QXX", "QXX", "QYY"];

fn period(text: &str) -> vocab::Period {
    text.parse().unwrap()
}

fn practice(code: &'static str, board: &'static str) -> Vec<Cell<'static>> {
    tables::AFFILIATION
        .columns
        .iter()
        .map(|column| match column.name {
            "practice" => Cell::Text(code),
            "icb" => Cell::Text(board),
            "region" => Cell::Text("Y99"),
            _ => Cell::Empty,
        })
        .collect()
}

fn link(area: usize, kind: &'static str, parent: &'static str) -> Vec<Cell<'static>> {
    vec![
        Cell::Text(AREAS[area]),
        Cell::Text("lsoa21"),
        Cell::Text("Harbour"),
        Cell::Text(parent),
        Cell::Text(kind),
        Cell::Empty,
        Cell::Number(1.0),
        Cell::Empty,
    ]
}

/// People by single year, both sexes together, the last 90 and over.
fn resident(area: usize) -> impl Iterator<Item = Vec<Cell<'static>>> {
    (0..=OPEN).map(move |age| {
        let people = (20 + 7 * area - age / 8) as f64;
        vec![
            Cell::Text(AREAS[area]),
            Cell::Text("2021"),
            Cell::Text("all"),
            Cell::Number(age as f64),
            Cell::Empty,
            Cell::Number(people),
        ]
    })
}

/// What a projection expects of an age in the second authority, in a year.
fn expected(sex: usize, age: usize, year: i16) -> f64 {
    21.25 + sex as f64 - age as f64 / 8.0 + f64::from(year - 2020)
}

fn projected(year: i16) -> Rows {
    let cell = |(sex, word): (usize, &'static str), age: usize| {
        vec![
            Cell::Text(AUTHORITIES[1]),
            Cell::Text(word),
            Cell::Number(age as f64),
            Cell::Empty,
            Cell::Number(expected(sex, age, year)),
        ]
    };
    let sexes = [(0, "male"), (1, "female")];
    let rows = sexes.into_iter().flat_map(|sex| (0..=OPEN).map(move |age| cell(sex, age)));
    (&tables::PROJECTED_RESIDENT, period(&year.to_string()), rows.collect())
}

fn evidence(more: Vec<Rows>) -> Evidence {
    let lookup = (0..3).flat_map(|area| {
        [link(area, "icb", BOARDS[area]), link(area, "local_authority", AUTHORITIES[area])]
    });
    let lists = vec![vec![Cell::Text("X00001"), Cell::Empty, Cell::Number(3_000.0)]];
    let mut rows: Vec<Rows> = vec![
        (
            &tables::AFFILIATION,
            period("2025-11-01"),
            vec![practice("X00001", "QXX"), practice("X00002", "QYY"), practice("X00003", "QZZ")],
        ),
        (&tables::LIST_SIZE, period("2025-11-01"), lists),
        (&tables::LOOKUP, period("2024"), lookup.collect()),
        (&tables::RESIDENT, period("2020"), (0..3).flat_map(resident).collect()),
    ];
    rows.extend(more);
    Evidence::in_memory(&rows)
}

fn of(evidence: &Evidence, board: &str) -> Result<Residents, NoResidents> {
    let known = evidence.affiliations("2025-11-01".parse().unwrap()).unwrap();
    let place = Place::find(board, &[], &known).unwrap();
    residents(evidence, &place, &known, YEARS).unwrap()
}

fn with_projections() -> Evidence {
    evidence((2020..=2030).map(projected).collect())
}

#[test]
fn every_year_of_every_area_and_of_the_place_adds_up() {
    for evidence in [evidence(Vec::new()), with_projections()] {
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
    let found = of(&evidence(Vec::new()), "QXX").unwrap();
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
    let (with, without) = (with_projections(), evidence(Vec::new()));
    let found = of(&with, "QXX").unwrap();
    let lost: Vec<_> = found.gaps.iter().flat_map(|gap| gap.examples.clone()).collect();
    assert_eq!((lost, found.met(Met::ByAge)), (vec![AREAS[0].to_owned()], 1));
    assert_eq!(found.areas[0].then, of(&without, "QXX").unwrap().areas[0].then);
}

#[test]
fn a_board_without_areas_and_one_without_residents_say_why() {
    let evidence = evidence(vec![(
        &tables::LOOKUP,
        period("2023"),
        vec![link(0, "icb", "QZZ")]
            .into_iter()
            .map(|mut row| {
                row[0] = Cell::Text("E01000009");
                row
            })
            .collect(),
    )]);
    assert_eq!(of(&evidence, "QZZ"), Err(NoResidents::NoPeople));
    let known = evidence.affiliations("2025-11-01".parse().unwrap()).unwrap();
    let practice = Place::find("X00001", &[], &known).unwrap();
    let found = residents(&evidence, &practice, &known, YEARS).unwrap();
    assert_eq!(found, Err(NoResidents::NoAreas));
}

#[test]
fn a_projection_that_ends_before_the_years_do_is_met_to_its_end() {
    let evidence = evidence((2020..=2027).map(projected).collect());
    let found = of(&evidence, "QXX").unwrap();
    assert_eq!((found.met_to, found.met(Met::ByAge)), (Some(2027), 1));
    assert_eq!(of(&with_projections(), "QXX").unwrap().met_to, Some(2030));
}

/// Rutland by the ONS (2022-based): 41,598 people in 2025 and 42,517 in 2030, of whom 6,065 and 6,685 are 75 and over. Its areas here
/// are two, of 30,000 and 10,000 people.
#[test]
fn an_authority_of_the_publication_is_brought_to_its_number_and_its_old_people() {
    let links = [(0, "icb", "QXX"), (1, "icb", "QXX"), (0, "local_authority", "E06000017")];
    let links = links.into_iter().chain([(1, "local_authority", "E06000017")]);
    let people = [30_000.0, 10_000.0].into_iter().enumerate().flat_map(|(area, all)| {
        (0..=OPEN).map(move |age| {
            let people = all / (OPEN + 1) as f64;
            vec![
                Cell::Text(AREAS[area]),
                Cell::Text("2021"),
                Cell::Text("all"),
                Cell::Number(age as f64),
                Cell::Empty,
                Cell::Number(people),
            ]
        })
    });
    let day = period("2025-11-01");
    let evidence = Evidence::in_memory(&[
        (&tables::AFFILIATION, day, vec![practice("X00001", "QXX")]),
        (
            &tables::LIST_SIZE,
            day,
            vec![vec![Cell::Text("X00001"), Cell::Empty, Cell::Number(3_000.0)]],
        ),
        (
            &tables::LOOKUP,
            period("2024"),
            links.map(|(area, kind, parent)| link(area, kind, parent)).collect(),
        ),
        (&tables::RESIDENT, period("2020"), people.collect()),
    ]);
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

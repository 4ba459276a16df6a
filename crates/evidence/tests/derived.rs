//! Tables that follow from others.

#![expect(clippy::unwrap_used, reason = "a test may stop where it is wrong")]

use evidence::{Cell, Evidence, tables};
use vocab::Period;

const EXTRACT: &str = "2025-10-01";

/// Practice A00001 lives half in a deprived and half in a better-off area; A00002 mostly in areas unknown.
fn evidence(published: bool) -> Evidence {
    let lives = |practice, area, people: f64| {
        vec![
            Cell::Text(practice),
            Cell::from(area),
            Cell::Empty,
            Cell::Text("all"),
            Cell::Number(people),
        ]
    };
    let index = |area, domain, score: f64| {
        let rest = [Cell::Number(score), Cell::Empty, Cell::Empty];
        [vec![Cell::Text(area), Cell::Text("2021"), Cell::Text(domain)], rest.to_vec()].concat()
    };
    let patients = vec![
        lives("A00001", "E01000001", 300.0),
        lives("A00001", "E01000002", 100.0),
        lives("A00002", "E01000001", 100.0),
        lives("A00002", "", 100.0),
    ];
    let indices = vec![
        index("E01000001", "overall", 40.0),
        index("E01000002", "overall", 20.0),
        index("E01000001", "crime", 99.0),
    ];
    let mut rows = vec![
        (&tables::REGISTERED_AREA, EXTRACT.parse().unwrap(), patients),
        (&tables::DEPRIVATION, Period::Year(2025), indices),
    ];
    if published {
        let row = vec![
            Cell::Text("A00001"),
            Cell::Text("practice"),
            Cell::Number(7.0),
            Cell::Number(1.0),
        ];
        rows.push((&tables::PRACTICE_DEPRIVATION, Period::Year(2025), vec![row]));
    }
    Evidence::in_memory(&rows)
}

#[test]
fn a_practice_has_the_mean_score_of_its_patients_areas() {
    let frame = evidence(false).frame("practice_deprivation", Period::Year(2025)).unwrap();
    assert_eq!(frame.number("score").unwrap(), [35.0]);
    assert_eq!(frame.text("organisation").unwrap().get(0), Some("A00001"));
}

#[test]
fn a_practice_whose_patients_live_in_unknown_areas_has_no_score() {
    let frame = evidence(false).frame("practice_deprivation", Period::Year(2025)).unwrap();
    assert_eq!(frame.text("organisation").unwrap().code_of("A00002"), None);
}

#[test]
fn the_edition_of_the_indices_is_the_period() {
    assert_eq!(evidence(false).periods("practice_deprivation"), [Period::Year(2025)]);
}

#[test]
fn a_published_score_stands_before_a_derived_one() {
    let frame = evidence(true).frame("practice_deprivation", Period::Year(2025)).unwrap();
    assert_eq!(frame.number("score").unwrap(), [7.0]);
}

/// Fingertips publishes the score of every practice; areas are known of one only.
#[test]
fn a_score_that_fingertips_publishes_stands_where_few_can_be_worked_out() {
    let published = |id, area, kind, score| {
        let mut row = vec![
            Cell::Text(id),
            Cell::Text("Deprivation score"),
            Cell::Text(area),
            Cell::Text(kind),
        ];
        row.extend([Cell::Text("Persons"), Cell::Text("All ages"), Cell::Number(score)]);
        row.extend([Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty]);
        row.extend([Cell::Text("value"), Cell::Text("2025")]);
        row
    };
    let rows = vec![
        published("93553", "E92000001", "England", 21.0),
        published("93553", "A00001", "GP", 35.2),
        published("93553", "A00002", "GP", 12.5),
        published("212", "A00002", "GP", 99.0),
    ];
    let lives = vec![
        Cell::Text("A00001"),
        Cell::Text("E01000001"),
        Cell::Empty,
        Cell::Text("all"),
        Cell::Number(300.0),
    ];
    let index = [Cell::Text("E01000001"), Cell::Text("2021"), Cell::Text("overall")].to_vec();
    let index = [index, vec![Cell::Number(35.0), Cell::Empty, Cell::Empty]].concat();
    let evidence = Evidence::in_memory(&[
        (&tables::REGISTERED_AREA, EXTRACT.parse().unwrap(), vec![lives]),
        (&tables::DEPRIVATION, Period::Year(2025), vec![index]),
        (&tables::PUBLISHED, Period::Year(2025), rows),
    ]);
    let frame = evidence.frame("practice_deprivation", Period::Year(2025)).unwrap();
    let codes: Vec<_> = (0..2).map(|row| frame.text("organisation").unwrap().get(row)).collect();
    assert_eq!(codes, [Some("A00001"), Some("A00002")], "the most deprived first");
    assert_eq!(frame.number("score").unwrap(), [35.2, 12.5]);
}

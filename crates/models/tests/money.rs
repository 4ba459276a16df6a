//! The money of a place of one network on a small evidence, beside sums done by hand.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use evidence::{Cell, Evidence, Place, Table, tables};
use indicators::{Evaluation, Library, evaluate};
use jiff::civil::Date;
use models::money::{Amount, Pence, PlaceMoney, RolesOfPlace, Settled};
use models::parameters::Parameters;
use models::place::Base;
use models::workforce::Role;
use vocab::{FinancialYear, Level, Month, Period};

type Given = (&'static Table, Period, Vec<Vec<Cell<'static>>>);

const DAY: Period = Period::Day(Date::constant(2025, 11, 1));
const POINTS: Period = Period::FinancialYear(FinancialYear { begins: 2022 });
const PAID: Period = Period::FinancialYear(FinancialYear { begins: 2024 });

/// A row of a table from some of its columns.
fn row(table: &'static Table, cells: &[(&str, Cell<'static>)]) -> Vec<Cell<'static>> {
    let mut row = vec![Cell::Empty; table.columns.len()];
    for (name, cell) in cells {
        row[table.position(name).unwrap()] = *cell;
    }
    row
}

/// Two practices of 8,000 and 4,000 patients in one network, the second in another sub-ICB location. The first has a
/// published weighted list of 0.95 a patient; of the second only is known that all are women of 85 and over.
fn place() -> Vec<Given> {
    let practices = [("A81001", "03W", 8_000.0), ("A81002", "04X", 4_000.0)];
    let affiliation = practices.map(|(code, sub_icb, _)| {
        let cells = [
            ("practice", Cell::Text(code)),
            ("name", Cell::Text(code)),
            ("network", Cell::Text("U00001")),
            ("sub_icb", Cell::Text(sub_icb)),
            ("icb", Cell::Text("QK1")),
            ("region", Cell::Text("Y60")),
        ];
        row(&tables::AFFILIATION, &cells)
    });
    let lists = practices.map(|(code, _, patients)| {
        let cells = [("practice", Cell::Text(code)), ("patients", Cell::Number(patients))];
        row(&tables::LIST_SIZE, &cells)
    });
    let ages =
        [("A81001", 40.0, 8_000.0), ("A81002", 85.0, 4_000.0)].map(|(code, from, people)| {
            let cells = [
                ("practice", Cell::Text(code)),
                ("sex", Cell::Text("female")),
                ("age_from", Cell::Number(from)),
                ("patients", Cell::Number(people)),
            ];
            row(&tables::REGISTERED, &cells)
        });
    let contract = [
        ("practice", Cell::Text("A81001")),
        ("contract", Cell::Text("GMS")),
        ("registered_average", Cell::Number(8_000.0)),
        ("weighted_average", Cell::Number(7_600.0)),
    ];
    vec![
        (&tables::AFFILIATION, DAY, affiliation.to_vec()),
        (&tables::LIST_SIZE, DAY, lists.to_vec()),
        (&tables::REGISTERED, DAY, ages.to_vec()),
        (&tables::CONTRACT, PAID, vec![row(&tables::CONTRACT, &contract)]),
    ]
}

/// What the network returned: nurses, a link worker, pharmacists whose ceiling was not read, half an administrator.
fn staff(nurses: f64) -> Given {
    let lines = [
        ("nurse", "Practice Nurse", nurses),
        ("direct_patient_care", "Social Prescribing Link Worker", 1.0),
        ("direct_patient_care", "Pharmacist", 1.5),
        ("admin", "Manager", 0.5),
    ];
    let lines = lines.map(|(group, role, fte)| {
        let cells = [
            ("organisation", Cell::Text("U00001")),
            ("level", Cell::Text("network")),
            ("group", Cell::Text(group)),
            ("role", Cell::Text(role)),
            ("measure", Cell::Text("fte")),
            ("value", Cell::Number(fte)),
        ];
        row(&tables::STAFF, &cells)
    });
    (&tables::STAFF, Period::Month(Month { year: 2025, month: 9 }), lines.to_vec())
}

fn published(evidence: &Evidence, place: &Place) -> Option<Evaluation> {
    let library = Library::built_in().unwrap();
    let definition = library.get("weighted_per_registered").unwrap();
    let period = definition.periods(evidence).last().copied()?;
    evaluate(evidence, definition, period, Level::Practice, Some(place)).ok()
}

fn money(given: &[Given], key: &str, begins: i16) -> PlaceMoney {
    let evidence = Evidence::in_memory(given);
    let known = evidence.affiliations(Date::constant(2025, 11, 1)).unwrap();
    let place = Place::find(key, &[], &known).unwrap();
    let base = Base::of(&evidence, &place, &Parameters::embedded().values(1, 0)).unwrap();
    let weighted = published(&evidence, &place);
    let year = (FinancialYear { begins }, Settled::Announced);
    PlaceMoney::of(&evidence, &base, weighted.as_ref(), year).unwrap().unwrap()
}

fn with(more: Given) -> Vec<Given> {
    let mut given = place();
    given.push(more);
    given
}

fn roles(nurses: f64) -> RolesOfPlace {
    money(&with(staff(nurses)), "QK1", 2025).roles.unwrap()
}

/// 7,600 published and 4,000 women of 85 and over at 3.09 of England's 1.7826, each at £26.631.
const ENTITLED: Pence = Pence(38_704_676);

#[test]
fn a_weighted_list_that_is_not_published_is_estimated_from_ages_and_said_to_be() {
    let money = money(&place(), "QK1", 2025);
    let weighted = money.practices[1].weighted.unwrap();
    assert!((weighted.patients - 4_000.0 * 3.09 / 1.7826).abs() < 1e-6 && !weighted.published);
    assert!(money.practices[0].weighted.is_some_and(|one| one.published));
    assert_eq!(money.estimated(), 1);
    assert_eq!(money.practices[0].global_sum, Amount::Known(Pence::of_pounds(7_600.0 * 121.79)));
    // No payments name the contract of the second practice, so the global sum is that of the first alone.
    assert!(money.practices[1].global_sum.known().is_none());
    assert_eq!(money.to_practices.known(), Some(Pence::of_pounds(7_600.0 * 121.79)));
}

#[test]
fn staff_in_post_draw_their_ceilings_and_the_rest_is_lost_unless_a_ceiling_is_not_known() {
    let total = roles(2.0).total();
    assert_eq!(total.entitlement, ENTITLED);
    // Two nurses and a link worker at £43,352: twelve months of £7,225.33 and £3,612.67.
    assert_eq!(total.paid, Pence(13_005_600));
    // A pharmacist and a half are in post whose ceiling was not read: what they draw is not lost.
    assert_eq!((total.lost, total.share_lost()), (None, None));
    let mut known = staff(2.0);
    known.2.remove(2);
    let total = money(&with(known), "QK1", 2025).roles.unwrap().total();
    assert_eq!((total.paid, total.lost), (Pence(13_005_600), Some(ENTITLED - Pence(13_005_600))));
    assert!((total.share_lost().unwrap() - 0.663_98).abs() < 5e-6, "{:?}", total.share_lost());
}

#[test]
fn a_role_whose_ceiling_was_not_read_is_counted_apart() {
    let roles = roles(2.0);
    let (fte, each) = roles.without_ceiling().unwrap();
    assert!((fte - 1.5).abs() < 1e-9 && (each - 256_990.76 / 1.5).abs() < 0.01, "{fte} {each}");
    let why = [
        "administrative staff: the rules of 2025/26 do not name the role",
        "clinical pharmacists: the ceiling of 2025/26 was not read",
    ];
    assert_eq!(roles.total().left_out, why);
    let pharmacists = roles.by_role().into_iter().find(|one| one.role == Role::Pharmacist);
    assert!(pharmacists.is_some_and(|one| one.claim.known().is_none()));
}

#[test]
fn a_network_draws_no_more_than_it_may_claim() {
    let total = roles(20.0).total();
    assert_eq!((total.paid, total.lost), (ENTITLED, Some(Pence(0))));
    // 20 nurses come to £867,039.96 (twelve months of £72,253.33), the link worker to £43,352.04.
    assert_eq!(total.above_entitlement, Pence(91_039_200) - ENTITLED);
}

#[test]
fn a_network_that_returned_no_staff_has_no_claim() {
    let roles = money(&place(), "QK1", 2025).roles.unwrap();
    assert_eq!(roles.entitlement(), ENTITLED);
    assert_eq!(roles.networks[0].year, None);
    assert_eq!((roles.without_return().len(), roles.total().share_lost()), (1, None));
}

#[test]
fn a_year_of_which_no_ceiling_was_read_says_nothing_of_what_is_drawn() {
    let roles = money(&with(staff(2.0)), "QK1", 2024).roles.unwrap();
    assert!(roles.networks[0].in_post.as_ref().is_some_and(|staff| staff.len() == 4));
    assert_eq!((roles.networks[0].year.as_ref(), roles.total().share_lost()), (None, None));
}

#[test]
fn a_place_has_its_share_of_a_network_that_crosses_its_border() {
    let roles = money(&with(staff(2.0)), "03W", 2025).roles.unwrap();
    assert!((roles.networks[0].share - 2.0 / 3.0).abs() < 1e-9);
    let total = roles.total();
    assert_eq!(total.entitlement, Pence::of_pounds(7_600.0 * 26.631));
    assert_eq!(total.paid, Pence(13_005_600 * 2 / 3));
}

#[test]
fn the_last_rate_that_was_read_stands_in_for_a_year_without_one_and_is_named() {
    let year =
        |begins| money(&with(staff(2.0)), "QK1", begins).roles.map(|roles| roles.year.begins);
    assert_eq!([2019, 2025, 2026].map(year), [None, Some(2025), Some(2025)]);
}

#[test]
fn points_pay_by_the_rules_of_their_year_on_the_list_of_their_year() {
    let points =
        [("A81001", Cell::Number(8_100.0)), ("A81002", Cell::Empty)].map(|(code, list)| {
            let cells = [
                ("practice", Cell::Text(code)),
                ("points", Cell::Number(600.0)),
                ("points_available", Cell::Number(635.0)),
                ("list_size", list),
            ];
            row(&tables::ACHIEVEMENT_TOTAL, &cells)
        });
    let paid = [
        ("practice", Cell::Text("A81001")),
        ("line", Cell::Text("total_qof_payments")),
        ("pounds", Cell::Number(99_000.5)),
    ];
    let mut given = with((&tables::ACHIEVEMENT_TOTAL, POINTS, points.to_vec()));
    given.push((&tables::PAYMENT, POINTS, vec![row(&tables::PAYMENT, &paid)]));
    let quality = money(&given, "QK1", 2025).quality.unwrap();
    // 600 points of £207.56 on 8,100 patients where the average list was 9,374.
    assert_eq!(quality.practices["A81001"].payment, Amount::Known(Pence(10_761_058)));
    assert!(quality.practices["A81002"].payment.known().is_none());
    assert_eq!(quality.beside_paid(), Some((Pence(10_761_058), Pence(9_900_050))));
}

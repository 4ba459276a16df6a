//! The money of places by the rules of 2022/23 beside what the payments of that year say was paid.
//!
//! Skipped, and said so, where the folder of published files is not there; where `CATCHMENT_DATA` names it the files must be
//! there.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[path = "../../sources/tests/support/at_hand.rs"]
mod at_hand;

use std::sync::LazyLock;

use at_hand::at_hand;
use evidence::{Evidence, Place, Store};
use indicators::{Library, evaluate};
use jiff::civil::Date;
use models::money::{BesidePaid, ListsOfYear, Pence, PlaceMoney, Settled};
use models::parameters::Parameters;
use models::place::Base;
use sources::import::{Request, import};
use vocab::{FinancialYear, Level};

const FILES: [&str; 4] = [
    "payments/nhspaymentsgp-22-23-prac-csv.csv",
    "nov-2025/gp-reg-pat-prac-all.csv",
    "nov-2025/gp-reg-pat-prac-map.csv",
    "nov-2025/gp-reg-pat-prac-quin-age.csv",
];

/// The published files, imported once for all tests; nothing where they are not at hand.
static PUBLISHED: LazyLock<Option<(Evidence, tempfile::TempDir)>> = LazyLock::new(|| {
    let paths = at_hand("CATCHMENT_DATA", &FILES)?;
    let kept = tempfile::tempdir().unwrap();
    let store = Store::at(kept.path().join("store"));
    let today = "2026-02-03".to_owned();
    let request = Request { paths, today, urls: Vec::new(), wait: false, dry_run: false };
    import(&store, &request, &|_| {}).unwrap();
    Some((Evidence::open(&store).unwrap(), kept))
});

fn money(key: &str, begins: i16) -> Option<PlaceMoney> {
    let (evidence, _) = PUBLISHED.as_ref()?;
    let known = evidence.affiliations(Date::constant(2025, 11, 1)).unwrap();
    let place = Place::find(key, &[], &known).unwrap();
    let base = Base::of(evidence, &place, &Parameters::embedded().values(0, 0)).unwrap();
    let library = Library::built_in().unwrap();
    let definition = library.get("weighted_per_registered").unwrap();
    let period = definition.periods(evidence).last().copied().unwrap();
    let weighted = evaluate(evidence, definition, period, Level::Practice, Some(&place)).unwrap();
    let year = (FinancialYear { begins }, Settled::Announced);
    PlaceMoney::of(evidence, (&place, &base), Some(&weighted), year).unwrap()
}

/// Practices named GMS that were paid by the global sum alone.
fn by_global_sum(money: &PlaceMoney) -> BesidePaid {
    let mut beside = money.beside_paid().into_iter();
    beside.find(|one| one.contract == "GMS" && !one.has_personal).unwrap()
}

#[test]
fn the_global_sum_of_leicester_leicestershire_and_rutland_is_what_was_paid() {
    let Some(money) = money("QK1", 2022) else { return };
    assert_eq!(money.lists, ListsOfYear::Paid);
    let gms = by_global_sum(&money);
    // Added up by hand over the rows of the file, £98,054,120.06, and its weighted lists at £99.70 less 4.75%, £98,158,999. The
    // lists of November 2025 without the deduction came to £108.7 million.
    assert!((gms.paid.core().pounds() - 98_054_120.06).abs() < 1.0, "{:?}", gms.paid);
    assert!((gms.reckoned.unwrap().pounds() - 98_158_999.34).abs() < 1.0, "{:?}", gms.reckoned);
    assert!(gms.practices == 114 && gms.above().unwrap().abs() < 0.002, "{:?}", gms.above());
    let core: Pence = money.beside_paid().iter().map(|one| one.paid.core()).sum();
    assert!((core.pounds() / 1e6 - 108.126).abs() < 0.001, "{core}");
}

#[test]
fn the_global_sum_of_south_east_london_is_what_was_paid_where_it_was_paid_by_it() {
    let Some(money) = money("QKK", 2022) else { return };
    let gms = by_global_sum(&money);
    // By hand: paid £22,189,172.86; by rule £22,078,643.84. Without what is added in London the rules come to 2.9% less.
    assert!((gms.paid.core().pounds() - 22_189_172.86).abs() < 1.0, "{:?}", gms.paid);
    assert!((gms.reckoned.unwrap().pounds() - 22_078_643.84).abs() < 1.0, "{:?}", gms.reckoned);
    assert!(gms.practices == 35 && gms.above().unwrap().abs() < 0.01, "{:?}", gms.above());
    let personal = money.beside_paid().into_iter().find(|one| one.contract == "PMS").unwrap();
    assert_eq!((personal.practices, personal.reckoned), (143, None));
}

#[test]
fn the_global_sum_of_england_is_what_was_paid() {
    let Some(money) = money("england", 2022) else { return };
    let gms = by_global_sum(&money);
    assert!(gms.practices > 4_000 && gms.above().unwrap().abs() < 0.01, "{gms:?}");
}

#[test]
fn lists_of_today_are_those_of_their_own_year_and_no_other() {
    let Some(money) = money("QK1", 2025) else { return };
    assert_eq!(money.lists, ListsOfYear::Within(vec![Date::constant(2025, 11, 1)]));
    assert_eq!((money.beside_paid().len(), money.gone), (0, None));
}

//! The money of a place of one network on a small evidence, beside sums done by hand.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use evidence::tables::{
    achievement_total, affiliation, contract, list_size, payment, registered, staff,
};
use evidence::{Evidence, Given, Place};
use indicators::{Evaluation, Library, evaluate};
use jiff::civil::Date;
use models::money::{
    Amount, ListsOfYear, Pence, PlaceMoney, PracticeMoney, RolesOfPlace, Settled, Stage, Where,
};
use models::parameters::Parameters;
use models::place::Base;
use models::workforce::Role;
use vocab::{FinancialYear, Level, Month, Period};

const DAY: Period = Period::Day(Date::constant(2025, 11, 1));
const POINTS: Period = Period::FinancialYear(FinancialYear { begins: 2022 });
const PAID: Period = Period::FinancialYear(FinancialYear { begins: 2024 });

/// Two practices of 8,000 and 4,000 patients in one network, the second in another sub-ICB location. The first has a
/// published weighted list of 0.95 a patient; of the second only is known that all are women of 85 and over.
fn place() -> Given {
    place_in("Y60", "U00001")
}

/// The same in a region, the second practice in a network or in none.
fn place_in(region: &'static str, network: &'static str) -> Given {
    let practices = [("A81001", "03W", "U00001"), ("A81002", "04X", network)];
    let affiliations = practices.map(|(code, sub_icb, network)| affiliation::Row {
        practice: code.into(),
        name: code.into(),
        network: network.into(),
        sub_icb: sub_icb.into(),
        icb: "QK1".into(),
        region: region.into(),
        ..Default::default()
    });
    let ages = [("A81001", 40.0, 8_000.0), ("A81002", 85.0, 4_000.0)];
    let registered = ages.map(|(code, from, people)| registered::Row {
        practice: code.into(),
        sex: "female".into(),
        age_from: from.into(),
        patients: people.into(),
        ..Default::default()
    });
    let contract = contract::Row {
        practice: "A81001".into(),
        contract: "GMS".into(),
        registered_average: 8_000.0.into(),
        weighted_average: 7_600.0.into(),
        ..Default::default()
    };
    Given::default()
        .with(DAY, affiliations)
        .with(DAY, ages.map(|(code, _, patients)| list(code, patients)))
        .with(DAY, registered)
        .with(PAID, [contract])
}

fn list(code: &'static str, patients: f64) -> list_size::Row<'static> {
    list_size::Row { practice: code.into(), patients: patients.into(), ..Default::default() }
}

/// A group of staff, a role of it and full-time equivalents.
type Line = (&'static str, &'static str, f64);

/// Pharmacy technicians and a link worker of band 5, care coordinators whose ceiling was not read, half an administrator.
fn staff(technicians: f64) -> [Line; 4] {
    [
        ("direct_patient_care", "Pharmacy Technician", technicians),
        ("direct_patient_care", "Social Prescribing Link Worker", 1.0),
        ("direct_patient_care", "Care Coordinator", 1.5),
        ("admin", "Manager", 0.5),
    ]
}

/// The place and what its network returned.
fn returned(lines: &[Line]) -> Given {
    returned_by(place(), lines)
}

fn returned_by(place: Given, lines: &[Line]) -> Given {
    let rows = lines.iter().map(|(group, role, fte)| staff::Row {
        organisation: "U00001".into(),
        level: "network".into(),
        group: (*group).into(),
        role: (*role).into(),
        measure: "fte".into(),
        value: (*fte).into(),
        ..Default::default()
    });
    place.with(Period::Month(Month { year: 2025, month: 9 }), rows)
}

fn published(evidence: &Evidence, place: &Place) -> Option<Evaluation> {
    let library = Library::built_in().unwrap();
    let definition = library.get("weighted_per_registered").unwrap();
    let period = definition.periods(evidence).last().copied()?;
    evaluate(evidence, definition, period, Level::Practice, Some(place)).ok()
}

fn money(given: Given, key: &str, begins: i16) -> PlaceMoney {
    money_as(given, key, begins, Settled::Announced)
}

fn money_as(given: Given, key: &str, begins: i16, settled: Settled) -> PlaceMoney {
    let evidence = given.evidence();
    let known = evidence.affiliations(Date::constant(2025, 11, 1)).unwrap();
    let place = Place::find(key, &[], &known).unwrap();
    let base = Base::of(&evidence, &place, &Parameters::embedded().values(1, 0)).unwrap();
    let weighted = published(&evidence, &place);
    let year = (FinancialYear { begins }, settled);
    PlaceMoney::of(&evidence, (&place, &base), weighted.as_ref(), year).unwrap().unwrap()
}

fn roles(technicians: f64) -> RolesOfPlace {
    money(returned(&staff(technicians)), "QK1", 2025).roles.unwrap()
}

/// 7,600 published and 4,000 women of 85 and over at 3.09 of England's 1.7826, each at £26.631.
const ENTITLED: Pence = Pence(38_704_676);

#[test]
fn a_weighted_list_that_is_not_published_is_estimated_from_ages_and_said_to_be() {
    let money = money(place(), "QK1", 2025);
    let weighted = money.practices[1].weighted.unwrap();
    assert!((weighted.patients - 4_000.0 * 3.09 / 1.7826).abs() < 1e-6 && !weighted.published);
    assert!(money.practices[0].weighted.is_some_and(|one| one.published));
    assert_eq!(money.estimated(), 1);
    // No payments name the contract of the second practice, so the global sum is that of the first alone: 7,600 at £121.79.
    assert_eq!(money.practices[0].global_sum, Amount::Known(Pence(92_560_400)));
    assert!(money.practices[1].global_sum.known().is_none() && money.practices[1].net().is_none());
    assert_eq!(line(&money, "global_sum"), Some(Pence(92_560_400)));
}

fn line(money: &PlaceMoney, line: &str) -> Option<Pence> {
    money.to_practices.line(line).and_then(Amount::known)
}

#[test]
fn nights_and_weekends_are_taken_off_and_nothing_else_is_lost_on_the_way() {
    let money = money(place(), "QK1", 2025);
    // 7,600 at £121.79 are £925,604.00; 4.75% of that is £43,966.19.
    assert_eq!(line(&money, "out_of_hours"), Some(Pence(-4_396_619)));
    assert_eq!(money.practices[0].net(), Some(Pence(88_163_781)));
    let net: Pence = money.practices.iter().filter_map(PracticeMoney::net).sum();
    let gross = line(&money, "global_sum").unwrap();
    assert_eq!(gross + line(&money, "out_of_hours").unwrap(), net);
    // Both practices take part in a network, at £1.761 for each of 14,533.69 weighted patients.
    let participation = line(&money, "network_participation").unwrap();
    assert_eq!(participation, Pence(2_559_383));
    assert_eq!(money.to_practices.known(), Some(net + participation));
}

#[test]
fn a_pay_award_raises_the_price_and_nothing_else() {
    let of = |settled| {
        let money = money_as(place(), "QK1", 2025, settled);
        let stage = money.to_practices.payments[0].stage;
        (line(&money, "global_sum"), line(&money, "network_participation"), stage)
    };
    let (before, after) = (of(Settled::Announced), of(Settled::Uplifted));
    // 7,600 at £123.34.
    assert_eq!((after.0, after.2), (Some(Pence(93_738_400)), Some(Stage::After)));
    assert_eq!((before.2, before.1), (Some(Stage::Before), after.1));
}

#[test]
fn patients_in_london_bring_more_for_each_registered_one() {
    let money = money(place_in("Y56", "U00001"), "QK1", 2025);
    // £2.18 for each of 8,000; the second practice is known to hold no contract that is paid by rule.
    assert_eq!(line(&money, "london_adjustment"), Some(Pence(1_744_000)));
    assert_eq!(money.practices[0].net(), Some(Pence(88_163_781 + 1_744_000)));
}

/// Two thirds of the patients are with the first practice: where the second is in no network, its network is paid for them alone.
#[test]
fn networks_are_paid_for_the_patients_of_their_practices_alone() {
    let core = |network| {
        let paid = money(place_in("Y60", network), "QK1", 2025).to_networks;
        paid.line("core_registered").and_then(Amount::known)
    };
    // £2.266 for each of 12,000 patients, and of 8,000.
    assert_eq!([core("U00001"), core("")], [Some(Pence(2_719_200)), Some(Pence(1_812_800))]);
}

/// Weighted patients are summed over a network's practices as registered ones are: 14,533.69 at £26.631, or 7,600 of the first alone.
#[test]
fn networks_may_claim_for_the_weighted_patients_of_all_their_practices() {
    let claimable = |network| {
        let paid = money(place_in("Y60", network), "QK1", 2025).to_networks;
        paid.line("additional_roles").and_then(Amount::known)
    };
    let of_the_first = Pence::of_pounds(7_600.0 * 26.631);
    assert_eq!([claimable("U00001"), claimable("")], [Some(ENTITLED), Some(of_the_first)]);
}

/// Lists of earlier days: 6,000 and 7,000 patients of the first practice in 2022/23, none of the second.
fn earlier() -> Given {
    place()
        .with(Period::Day(Date::constant(2022, 5, 1)), [list("A81001", 6_000.0)])
        .with(Period::Day(Date::constant(2023, 1, 1)), [list("A81001", 7_000.0)])
}

#[test]
fn a_year_is_paid_on_its_own_lists_and_not_on_those_of_today() {
    let money = money(earlier(), "QK1", 2022);
    let days = [Date::constant(2022, 5, 1), Date::constant(2023, 1, 1)];
    assert_eq!(money.lists, ListsOfYear::Within(days.to_vec()));
    // 6,500 on average at 0.95 weighted and £99.70, less 4.75%: £615,647.50 less £29,243.26.
    assert_eq!(money.practices[0].net(), Some(Pence(58_640_424)));
    assert_eq!((money.practices[1].list, money.practices[1].net()), (None, None));
    // The list of 1 January 2022 is not known: that of May is nearest.
    assert_eq!(money.network_lists, Date::constant(2022, 5, 1));
}

#[test]
fn lists_of_another_year_stand_in_and_are_named() {
    let day = Date::constant(2025, 11, 1);
    assert_eq!(money(place(), "QK1", 2022).lists, ListsOfYear::StoodIn(day));
    assert_eq!(money(place(), "QK1", 2025).lists, ListsOfYear::Within(vec![day]));
    // October 2023 is nearer to January 2023 than to November 2025.
    let of_2023 = money(earlier(), "QK1", 2023).lists;
    assert_eq!(of_2023, ListsOfYear::StoodIn(Date::constant(2023, 1, 1)));
}

/// What the first practice was paid in 2024/25, line by line.
fn paid(lines: &[(&'static str, f64)]) -> Given {
    place().with(PAID, lines.iter().map(|(line, pounds)| payment(line, *pounds)))
}

fn payment(line: &'static str, pounds: f64) -> payment::Row<'static> {
    let practice = "A81001".into();
    payment::Row { practice, line: line.into(), pounds: pounds.into(), ..Default::default() }
}

#[test]
fn what_was_paid_stands_beside_what_the_rules_come_to() {
    let lines =
        [("global_sum", 778_000.0), ("mpig_correction_factor", 10.5), ("minor_surgery", 9.0)];
    let money = money(paid(&lines), "QK1", 2024);
    assert_eq!(money.lists, ListsOfYear::Paid);
    let beside = money.beside_paid();
    assert_eq!(beside.len(), 1);
    // The 7,600 that the payments print at £107.57, less 4.75%: £817,532.00 less £38,832.77.
    assert_eq!(beside[0].reckoned, Some(Pence(77_869_923)));
    assert_eq!(beside[0].paid.core(), Pence(77_801_050));
    assert!((beside[0].above().unwrap() - 688.73 / 778_010.50).abs() < 1e-9);
    assert_eq!(money.gone, Some((0, Pence(0))));
}

/// Two practices of one contract: every line of the one is added to that of the other, and the place has both lists.
#[test]
fn what_practices_of_one_contract_were_paid_is_added_line_by_line() {
    let of = |practice: &'static str, line: &'static str, pounds: f64| payment::Row {
        practice: practice.into(),
        ..payment(line, pounds)
    };
    let lines = ["global_sum", "mpig_correction_factor", "pcn_participation"];
    let rows = lines
        .into_iter()
        .zip([700.0, 20.0, 3.0])
        .flat_map(|(line, pounds)| [of("A81001", line, pounds), of("A81002", line, 2.0 * pounds)]);
    let second =
        contract::Row { practice: "A81002".into(), contract: "GMS".into(), ..Default::default() };
    let given = place().with(PAID, rows).with(PAID, [second]);
    let money = money(given, "QK1", 2024);
    let beside = money.beside_paid();
    assert_eq!((beside.len(), beside[0].practices), (1, 2));
    let found =
        [beside[0].paid.global_sum, beside[0].paid.correction, beside[0].paid.participation];
    assert_eq!(found, [Pence(210_000), Pence(6_000), Pence(900)]);
}

#[test]
fn the_list_of_a_place_is_that_of_its_practices() {
    assert!((money(place(), "QK1", 2025).list() - 12_000.0).abs() < 1e-9);
}

/// One network returns two technicians, the other, of the second practice, three.
#[test]
fn a_role_of_two_networks_is_added_up() {
    let of = |network: &'static str, fte: f64| staff::Row {
        organisation: network.into(),
        level: "network".into(),
        group: "direct_patient_care".into(),
        role: "Pharmacy Technician".into(),
        measure: "fte".into(),
        value: fte.into(),
        ..Default::default()
    };
    let month = Period::Month(Month { year: 2025, month: 9 });
    let given = place_in("Y60", "U00002").with(month, [of("U00001", 2.0), of("U00002", 3.0)]);
    let roles = money(given, "QK1", 2025).roles.unwrap();
    let technicians: Vec<f64> = roles.drawing().iter().map(|one| one.fte).collect();
    assert_eq!(technicians.len(), 1);
    assert!((technicians[0] - 5.0).abs() < 1e-9, "{technicians:?}");
}

#[test]
fn a_practice_paid_by_the_line_of_another_contract_stands_apart() {
    let lines = [("global_sum", 400_000.0), ("balance_of_pms_expenditure", 390_000.0)];
    let beside = money(paid(&lines), "QK1", 2024).beside_paid();
    assert!(beside[0].has_personal && beside[0].contract == "GMS");
    assert_eq!(beside[0].paid.core(), Pence(79_000_000));
}

#[test]
fn without_payments_of_the_year_nothing_is_held_beside_it() {
    let money = money(place(), "QK1", 2025);
    assert_eq!((money.beside_paid().len(), money.gone), (0, None));
}

#[test]
fn staff_in_post_draw_their_ceilings_and_the_rest_is_lost_unless_a_ceiling_is_not_known() {
    let total = roles(2.0).total();
    assert_eq!(total.entitlement, ENTITLED);
    // Two technicians and a link worker at £43,352: twelve months of £7,225.33 and £3,612.67.
    assert_eq!(total.paid, Pence(13_005_600));
    // One and a half coordinators are in post whose ceiling was not read: what they draw is not lost.
    assert_eq!((total.lost, total.share_lost()), (None, None));
    let [technicians, link_worker, _, manager] = staff(2.0);
    let known = returned(&[technicians, link_worker, manager]);
    let total = money(known, "QK1", 2025).roles.unwrap().total();
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
        "care coordinators: the ceiling of 2025/26 was not read",
    ];
    assert_eq!(roles.total().left_out, why);
    let open: Vec<Role> = roles.open_roles().iter().map(|one| one.role).collect();
    assert_eq!(open, [Role::CareCoordinator]);
}

#[test]
fn a_role_of_which_two_ceilings_may_apply_is_not_called_lost() {
    let nurse = returned(&[("nurse", "Practice Nurse", 1.0)]);
    let roles = money(nurse, "QK1", 2025).roles.unwrap();
    let total = roles.total();
    // New to general practice: £43,352 (twelve months of £3,612.67); experienced, £53,319 (£4,443.25).
    assert_eq!((total.paid, total.lost), (Pence(4_335_204), None));
    let one = &roles.by_role()[0];
    assert_eq!((one.most, one.has_range(), one.is_open()), (Some(Pence(5_331_900)), true, false));
}

#[test]
fn in_london_the_ceilings_are_its_own_or_none() {
    let staff =
        [("direct_patient_care", "Pharmacist", 1.0), ("direct_patient_care", "Paramedic", 1.0)];
    let given = returned_by(place_in("Y56", "U00001"), &staff);
    let roles = money(given, "QK1", 2025).roles.unwrap();
    assert_eq!(roles.networks[0].at, Where::London);
    let of = |role| roles.by_role().into_iter().find(|one| one.role == role).unwrap();
    // £74,392 in outer London, £77,545 in inner; that of a paramedic was read for neither.
    let pharmacist = of(Role::Pharmacist).ceiling.unwrap();
    assert_eq!((pharmacist.least, pharmacist.most), (74_392.0, 77_545.0));
    assert!(of(Role::Paramedic).is_open());
    assert_eq!(roles.total().lost, None);
}

#[test]
fn a_year_whose_ceilings_rose_draws_each_month_by_its_own() {
    let staff = [("direct_patient_care", "Care Coordinator", 2.0)];
    let total = money(returned(&staff), "QK1", 2023).roles.unwrap().total();
    // Three months of £31,746 and nine of £33,396 a year, for two: £15,873.00 and £50,094.00. 14,533.69 weighted patients at
    // £22.671 are £329,493.34, and all of it is told because every ceiling in question was read.
    assert_eq!(total.paid, Pence(1_587_300 + 5_009_400));
    assert_eq!((total.entitlement, total.lost), (Pence(32_949_334), Some(Pence(26_352_634))));
}

#[test]
fn gps_of_2024_25_draw_from_a_sum_of_their_own() {
    let staff = [("gp", "Salaried GPs", 1.0)];
    let roles = money(returned(&staff), "QK1", 2024).roles.unwrap();
    let total = roles.total();
    // 14,533.69 weighted patients at £22.894 for all others and £1.303 for GPs.
    assert_eq!(total.entitlement, Pence(33_273_435 + 1_893_740));
    // Six months of £92,462 a year are £46,231.02; the GPs' sum pays £18,937.40 of it and what is left of the other is lost.
    assert_eq!((total.paid, total.above_entitlement), (Pence(1_893_740), Pence(2_729_362)));
    assert_eq!(total.lost, Some(Pence(33_273_435)));
}

#[test]
fn a_network_draws_no_more_than_it_may_claim() {
    let total = roles(20.0).total();
    assert_eq!((total.paid, total.lost), (ENTITLED, Some(Pence(0))));
    // 20 technicians come to £867,039.96 (twelve months of £72,253.33), the link worker to £43,352.04.
    assert_eq!(total.above_entitlement, Pence(91_039_200) - ENTITLED);
}

#[test]
fn a_network_that_returned_no_staff_has_no_claim() {
    let roles = money(place(), "QK1", 2025).roles.unwrap();
    assert_eq!(roles.entitlement(), ENTITLED);
    assert_eq!(roles.networks[0].year, None);
    assert_eq!((roles.without_return().len(), roles.total().share_lost()), (1, None));
}

#[test]
fn a_year_of_which_no_ceiling_was_read_says_nothing_of_what_is_drawn() {
    let roles = money(returned(&staff(2.0)), "QK1", 2026).roles.unwrap();
    assert!(roles.networks[0].in_post.as_ref().is_some_and(|staff| staff.len() == 4));
    assert_eq!((roles.networks[0].year.as_ref(), roles.total().share_lost()), (None, None));
}

#[test]
fn a_place_has_its_share_of_a_network_that_crosses_its_border() {
    let roles = money(returned(&staff(2.0)), "03W", 2025).roles.unwrap();
    assert!((roles.networks[0].share - 2.0 / 3.0).abs() < 1e-9);
    let total = roles.total();
    assert_eq!(total.entitlement, Pence::of_pounds(7_600.0 * 26.631));
    assert_eq!(total.paid, Pence(13_005_600 * 2 / 3));
}

#[test]
fn a_year_claims_by_its_own_rate_and_a_year_without_one_claims_nothing() {
    let year =
        |begins| money(returned(&staff(2.0)), "QK1", begins).roles.map(|roles| roles.year.begins);
    assert_eq!([2019, 2025, 2026].map(year), [None, Some(2025), Some(2026)]);
}

#[test]
fn points_pay_by_the_rules_of_their_year_on_the_list_of_their_year() {
    let points =
        [("A81001", Some(8_100.0)), ("A81002", None)].map(|(code, list)| achievement_total::Row {
            practice: code.into(),
            points: 600.0.into(),
            points_available: 635.0.into(),
            list_size: list.into(),
            ..Default::default()
        });
    let given =
        place().with(POINTS, points).with(POINTS, [payment("total_qof_payments", 99_000.5)]);
    let quality = money(given, "QK1", 2025).quality.unwrap();
    // 600 points of £207.56 on 8,100 patients where the average list was 9,374.
    assert_eq!(quality.practices["A81001"].payment, Amount::Known(Pence(10_761_058)));
    assert!(quality.practices["A81002"].payment.known().is_none());
    assert_eq!(quality.beside_paid(), Some((Pence(10_761_058), Pence(9_900_050))));
}

//! Why practices differ, on an invented country whose reasons are known.

use crate::common::{Tables, built_in, period};
use evidence::tables::{appointment, contract};
use evidence::{Evidence, Place};
use indicators::compare::Special;
use indicators::variation::{Asked, CaseMix, Gap, NoVariation, Variation, Weighing, variation};
use stats::random::{Key, Stream};
use vocab::{Level, Whole};

const PRACTICES: u32 = 160;
/// Old patients, high figure: explained by age.
const OLD: u32 = 7;
/// Average patients, high figure: not explained.
const BUSY: u32 = 11;
/// A tiny list.
const TINY: u32 = 20;
/// Appointments that cannot be right.
const WRONG: u32 = 33;

fn code(number: u32) -> String {
    format!("A{:05}", 81_000 + number)
}

/// Practices whose appointments follow the share of patients over 85, with deviations of their own.
fn country(slope: f64) -> Evidence {
    let mut stream = Stream::new(Key { seed: 3, decision: 0, unit: 0, time: 0 });
    let mut tables = Tables::default();
    for number in 0..PRACTICES {
        let (practice, network) = (code(number), format!("U{:05}", number / 4));
        let patients = if number == TINY { 500.0 } else { stream.lognormal(8_000.0, 0.3).round() };
        tables.practice([&practice, &network, "01A", "QAA", "Y60"], patients);
        let old = match number {
            OLD => 0.14,
            BUSY => 0.03,
            _ => 0.01 + 0.04 * stream.uniform(),
        };
        let young = 0.04 + 0.02 * stream.uniform();
        let middle = 0.08 + 0.02 * stream.uniform();
        let school = 0.1;
        let rest = 1.0 - old - young - school - middle;
        tables.registered(&practice, 0.0, Some(5.0), (patients * young).round());
        tables.registered(&practice, 5.0, Some(10.0), (patients * school).round());
        tables.registered(&practice, 45.0, Some(50.0), (patients * rest).round());
        tables.registered(&practice, 65.0, Some(70.0), (patients * middle).round());
        tables.registered(&practice, 85.0, None, (patients * old).round());
        let own = match number {
            BUSY => 0.6,
            OLD => 0.0,
            _ => 0.05 * stream.standard_normal(),
        };
        let rate = 0.4 * libm::exp(slope * (old - 0.03) + own);
        let rate = if number == WRONG { 5.0 } else { rate };
        let count = stream.poisson(rate * patients) as f64;
        let row = appointment::Row {
            practice: (&practice).into(),
            staff: "gp".into(),
            mode: "face_to_face".into(),
            status: "attended".into(),
            wait: "same_day".into(),
            category: "General Consultation Routine".into(),
            appointments: count.into(),
        };
        tables.row("2025-11", row);
    }
    tables.evidence()
}

fn explained(slope: f64) -> Variation {
    explained_in(slope, &Place::everywhere(Whole::default()))
}

fn explained_in(slope: f64, place: &Place) -> Variation {
    let asked = Asked { replicates: 40, seed: 1 };
    let definition = built_in("appointments_per_1000");
    variation(&country(slope), &definition, period("2025-11"), place, asked).unwrap()
}

/// The first 24 practices of the country, six networks.
fn borough() -> Place {
    let networks = (0..6).map(|number| (Level::Network, format!("U{number:05}")));
    Place { key: "borough".to_owned(), name: "Borough".to_owned(), members: networks.collect() }
}

fn moved(found: &Variation, number: u32) -> bool {
    found.moved().any(|member| member.code == code(number))
}

#[test]
fn what_age_explains_is_found_and_what_it_does_not_is_left() {
    let with_age = explained(12.0).explanation.bar;
    let without = explained(0.0).explanation.bar;
    assert!(with_age.explained.value > 0.6, "{with_age:?}");
    assert!(without.explained.value < 0.1, "{without:?}");
    for bar in [with_age, without] {
        let sum = bar.chance.unwrap().value + bar.explained.value + bar.left.value;
        assert!((sum - 1.0).abs() < 1e-12);
    }
}

#[test]
fn a_practice_high_for_its_old_patients_moves_and_says_so() {
    let found = explained(12.0);
    assert!(moved(&found, OLD), "{:?}", found.members[OLD as usize]);
    let old = found.moved().find(|member| member.code == code(OLD)).unwrap();
    assert_eq!(old.reasons[0].label, "patients aged 85 and over");
    assert!(old.reasons[0].effect > 2.0 && old.expected > 2.0 * old.expected_before);
}

#[test]
fn a_small_place_takes_its_weights_from_everywhere() {
    let found = explained_in(12.0, &borough());
    assert_eq!(found.weighing, Weighing::Everywhere { practices: PRACTICES as usize - 2 });
    assert_eq!(found.counted.modelled, 23);
    let old = found.moved().find(|member| member.code == code(OLD)).unwrap();
    assert_eq!(old.reasons[0].label, "patients aged 85 and over");
    assert!(found.explanation.bar.explained.value > 0.5, "{:?}", found.explanation.bar);
    assert!(explained_in(0.0, &borough()).explanation.bar.explained.value < 0.15);
}

#[test]
fn a_practice_high_for_no_known_reason_stays_high() {
    let found = explained(12.0);
    let busy = found.members.iter().find(|member| member.code == code(BUSY)).unwrap();
    assert_eq!(busy.after, stats::funnel::Standing::HighOuter);
    assert!(busy.ratio() > 1.5 && busy.shrunk < busy.ratio());
}

#[test]
fn special_lists_and_impossible_records_are_left_out_and_counted() {
    let found = explained(12.0);
    assert_eq!(found.counted.special, 1);
    assert_eq!(found.special[0].code, code(TINY));
    assert_eq!(found.special[0].special, Special::Tiny);
    assert_eq!(found.counted.not_comparable, [code(WRONG)]);
    assert_eq!(found.counted.modelled, PRACTICES as usize - 2);
    assert!(found.members.iter().all(|member| member.code != code(TINY)));
}

/// Rural practices without a single online consultation: no coefficient, so the stage is dropped and named.
#[test]
fn a_stage_that_separates_is_dropped_and_the_one_before_is_shown() {
    let mut stream = Stream::new(Key { seed: 4, decision: 0, unit: 0, time: 0 });
    let mut tables = Tables::default();
    for number in 0..60 {
        let practice = code(number);
        tables.practice([&practice, "U00001", "01A", "QAA", "Y60"], 6_000.0);
        let is_rural = number % 3 == 0;
        let row = contract::Row {
            practice: (&practice).into(),
            rurality: if is_rural { "rural" } else { "urban" }.into(),
            ..Default::default()
        };
        tables.row("2022/23", row);
        let count = if is_rural { 0 } else { stream.poisson(80.0) };
        tables.online("2025-11", &practice, count as f64);
    }
    let definition = built_in("online_consultations_per_1000");
    let place = Place::everywhere(Whole::default());
    let asked = Asked { replicates: 10, seed: 1 };
    let found =
        variation(&tables.evidence(), &definition, period("2025-11"), &place, asked).unwrap();
    let dropped = |gap: &Gap| matches!(gap, Gap::NoAnswer { case_mix: CaseMix::Setting, .. });
    assert!(found.gaps.iter().any(dropped), "{:?}", found.gaps);
    assert!(found.stages.is_empty() && found.explanation.bar.explained.value < 0.05);
}

#[test]
fn what_the_evidence_does_not_hold_is_named() {
    let found = explained(12.0);
    let lacks = |label: &str| {
        found.gaps.iter().any(|gap| matches!(gap, Gap::NotHeld { label: l, .. } if l == label))
    };
    assert!(lacks("ethnic group") && lacks("deprivation score"), "{:?}", found.gaps);
    assert_eq!(found.stages[0].case_mix, CaseMix::AgeAndSex);
}

#[test]
fn expected_events_sum_to_those_observed() {
    let found = explained(12.0);
    let observed: f64 = found.members.iter().map(|member| member.observed).sum();
    let expected: f64 = found.members.iter().map(|member| member.expected).sum();
    assert!((observed / expected - 1.0).abs() < 1e-9);
}

#[test]
fn questions_without_an_answer_are_refused_in_words() {
    let place = Place::everywhere(Whole::default());
    let ask = |id: &str, when: &str, evidence: &Evidence| {
        variation(evidence, &built_in(id), period(when), &place, Asked::default()).unwrap_err()
    };
    let country = country(0.0);
    assert!(matches!(
        ask("aged_75_and_over", "2025-11-01", &country),
        NoVariation::DescribesPatients(_)
    ));
    // Patients for each resident are of areas, and the growth of a list is of practices and a change: neither describes patients.
    assert!(matches!(
        ask("registered_per_resident", "2025-11-01", &country),
        NoVariation::NotOfPractices(_)
    ));
    assert!(matches!(ask("list_growth", "2025-11-01", &country), NoVariation::IsChange(_)));
    let few = crate::common::two_regions().appointments("A81001", "attended", 900.0).evidence();
    let told = ask("appointments_per_1000", "2025-11", &few).to_string();
    assert_eq!(
        told,
        "1 of its 3 practices can be held beside each other, and at least 10 are needed: 2 have no figure of November 2025 in the \
         imported files; import the figures of this place"
    );
    let few = crate::common::two_regions()
        .appointments("A81001", "attended", 900.0)
        .appointments("A81002", "attended", 1_900.0)
        .evidence();
    let network =
        Place::find("U00001", &[], &few.affiliations(period("2025-11").first_day()).unwrap());
    let told = variation(
        &few,
        &built_in("appointments_per_1000"),
        period("2025-11"),
        &network.unwrap(),
        Asked::default(),
    );
    assert!(
        told.unwrap_err()
            .to_string()
            .ends_with("are needed; ask for a place with more practices, such as its board")
    );
}

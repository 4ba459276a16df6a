//! Claims about the years to come, read from an outlook that is made up here.

use claims::ahead::{Effect, Hours, Practice, Told as Outlook, Year};
use claims::{Answer, Grade, Reading, Verdict};

use models::outlook::Band;
use models::standards::{Against, Standard};

use crate::support::{checker, home};

const fn range(p10: f64, p50: f64, p90: f64) -> Band {
    Band { mean: p50, p10, p50, p90 }
}

/// A year with a gap of 10 GPs in every draw that has one.
fn year(is_open: f64) -> Year {
    Year {
        gap: range(5.0, 10.0, 20.0),
        share: range(0.05, 0.1, 0.2),
        need: range(0.02, 0.1, 0.2),
        is_open,
        waiting: range(50.0, 100.0, 200.0),
        waiting_share: range(0.005, 0.01, 0.02),
        waits_more: 0.3,
    }
}

fn practice(code: &str, network: &str, gps: f64) -> Practice {
    Practice {
        code: code.to_owned(),
        name: code.to_owned(),
        network: Some(network.to_owned()),
        list: 9_000.0,
        gps: Some(gps),
        room: vec![0.0; 2],
    }
}

/// What somebody says of the years to come.
#[derive(Debug, Clone)]
struct Told {
    /// What the place lacks today by two standards.
    lacks: [Band; 2],
    then: Year,
    narrows: Band,
    is_open: f64,
    gps: [f64; 2],
    is_stood_in: bool,
}

impl Default for Told {
    fn default() -> Self {
        Self {
            lacks: [range(5.0, 10.0, 20.0); 2],
            then: year(1.0),
            narrows: range(1.0, 2.0, 3.0),
            is_open: 1.0,
            gps: [6.0, 12.0],
            is_stood_in: false,
        }
    }
}

impl Told {
    fn outlook(&self) -> Outlook {
        let all = vec![self.then; 6];
        let standards =
            [Standard::EnglandToday, Standard::PatientsOf2015].into_iter().zip(self.lacks);
        let against = |(standard, lacks): (Standard, Band)| Against {
            standard,
            asked: range(30.0, 30.0, 30.0),
            there: Some(range(20.0, 20.0, 20.0)),
            lacks: Some(lacks),
        };
        let [one, other] = self.gps;
        Outlook {
            draws: 2,
            years: all,
            standards: standards.map(against).collect(),
            counts_gps: true,
            moved_by: Vec::new(),
            hours: Hours { new: range(0.6, 0.65, 0.7), in_post: Some(0.75) },
            practices: vec![practice("C82001", "U1", one), practice("C82002", "U1", other)],
            rests_on: Vec::new(),
            is_stood_in: self.is_stood_in,
        }
    }

    fn effect(&self) -> Effect {
        let gaps = vec![range(5.0, 10.0, 20.0); 6];
        Effect {
            without: gaps.clone(),
            with: gaps,
            narrows: self.narrows,
            closes: None,
            is_open: self.is_open,
        }
    }
}

fn read(sentence: &str, told: &Told) -> Reading {
    let checker = checker().looking_at(told.outlook(), told.effect());
    match checker.answer(sentence, &home()).expect("an answer") {
        Answer::Reading(reading) => *reading,
        other => panic!("{sentence}: {other:?}"),
    }
}

fn verdict(sentence: &str, told: &Told) -> Verdict {
    read(sentence, told).verdict
}

const GAP: &str = "There is an existing and projected demand and capacity gap.";
const LACKS: &str = "30 GPs from overseas in the next five years appeared to lack ambition.";
const TRIAGE: &str = "Telephone triage reduces GP workload.";

const MORE: Band = range(-20.0, -10.0, -5.0);
const FEWER: Band = range(5.0, 10.0, 20.0);

#[test]
fn a_gap_is_told_where_every_standard_has_it_today_and_nine_of_ten_draws_then() {
    let told = |lacks, then| Told { lacks, then: year(then), ..Told::default() };
    assert_eq!(verdict(GAP, &told([FEWER; 2], 1.0)), Verdict::Supported);
    assert_eq!(verdict(GAP, &told([FEWER; 2], 0.8)), Verdict::CannotTell);
    assert_eq!(verdict(GAP, &told([MORE, FEWER], 1.0)), Verdict::CannotTell);
    assert_eq!(verdict(GAP, &told([MORE; 2], 0.1)), Verdict::NotSupported);
    assert_eq!(verdict(GAP, &told([MORE; 2], 1.0)), Verdict::CannotTell);
}

#[test]
fn a_sentence_with_a_time_is_read_at_that_time() {
    let told = Told { lacks: [MORE; 2], ..Told::default() };
    let sentence = "Demand will outstrip capacity over the next five years";
    assert_eq!(verdict(sentence, &told), Verdict::Supported);
}

#[test]
fn a_gap_that_grows_is_read_from_the_draws_in_which_it_widens() {
    let sentence = "The gap between demand and capacity is narrowing.";
    assert_eq!(verdict(sentence, &Told::default()), Verdict::NotSupported);
}

#[test]
fn the_size_of_a_gap_is_held_against_its_range() {
    let sentence = |part: &str| format!("In ten years' time demand will exceed supply by {part}.");
    assert_eq!(verdict(&sentence("a tenth"), &Told::default()), Verdict::Supported);
    assert_eq!(verdict(&sentence("a fifth"), &Told::default()), Verdict::CannotTell);
    assert_eq!(verdict(&sentence("a half"), &Told::default()), Verdict::NotSupported);
}

#[test]
fn recruits_lack_ambition_where_a_gap_is_left() {
    assert_eq!(verdict(LACKS, &Told::default()), Verdict::Supported);
    assert_eq!(verdict(LACKS, &Told { is_open: 0.5, ..Told::default() }), Verdict::CannotTell);
}

#[test]
fn recruits_that_would_close_the_gap_are_the_other_way_round() {
    let sentence = "Recruiting 30 GPs from overseas over the next five years would close the gap.";
    assert_eq!(verdict(sentence, &Told::default()), Verdict::NotSupported);
}

#[test]
fn triage_reduces_work_only_where_the_whole_range_is_less() {
    assert_eq!(verdict(TRIAGE, &Told::default()), Verdict::Supported);
    let both_ways = Told { narrows: range(-1.0, 0.5, 2.0), ..Told::default() };
    assert_eq!(verdict(TRIAGE, &both_ways), Verdict::CannotTell);
    let more = Told { narrows: range(-3.0, -2.0, -1.0), ..Told::default() };
    assert_eq!(verdict(TRIAGE, &more), Verdict::NotSupported);
    let denied = "Telephone triage does not reduce GP workload.";
    assert_eq!(verdict(denied, &more), Verdict::Supported);
}

#[test]
fn a_rota_of_seven_days_takes_a_cluster_where_no_practice_has_the_gps() {
    let together = "Seven-day working could not be delivered at practice level and would need to be organised on a wider scale.";
    assert_eq!(verdict(together, &Told::default()), Verdict::Supported);
    let alone = "Every single practice can offer seven-day opening.";
    assert_eq!(verdict(alone, &Told::default()), Verdict::NotSupported);
}

#[test]
fn a_cluster_that_is_named_must_be_large_enough() {
    let of = |practices: &str| {
        format!("A cluster of {practices} practices is enough to run a rota Monday through Sunday.")
    };
    assert_eq!(verdict(&of("two"), &Told::default()), Verdict::Supported);
    let small = Told { gps: [3.0, 4.0], ..Told::default() };
    assert_eq!(verdict(&of("two"), &small), Verdict::NotSupported);
}

#[test]
fn practices_large_enough_for_a_rota_need_no_cluster() {
    let large = Told { gps: [17.0, 20.0], ..Told::default() };
    let sentence = "Seven-day opening can only be organised on a wider scale";
    assert_eq!(verdict(sentence, &large), Verdict::NotSupported);
}

#[test]
fn waits_are_told_by_their_growth_and_not_by_their_assumption() {
    let sentence = "Increasing waits between referral and intervention add to GP workload";
    assert_eq!(verdict(sentence, &Told::default()), Verdict::CannotTell);
}

#[test]
fn figures_of_elsewhere_cost_a_grade() {
    assert_eq!(read(GAP, &Told::default()).grade, Grade::C);
    assert_eq!(read(GAP, &Told { is_stood_in: true, ..Told::default() }).grade, Grade::D);
}

#[test]
fn a_reading_of_the_outlook_names_the_place_whose_outlook_it_is() {
    let place = read(GAP, &Told::default()).outlook.map(|place| place.key);
    assert_eq!(place, Some(home().key));
}

//! The reading of a claim and the workforce do the same sum.

use evidence::{Evidence, Place};
use indicators::Library;
use indicators::claims::{Answer, Checker};
use models::workforce::{Promise, net_of};

const SENTENCE: &str = "Over the next three years 500 general practitioners would be leaving and out of 300 in training only 40% wanted to be full time.";

#[test]
fn leavers_and_trainees_come_to_the_same_in_a_reading_and_in_the_workforce() {
    let (evidence, library) = (Evidence::in_memory(&[]), Library::built_in().unwrap());
    let home = Place { key: "04C".to_owned(), name: "Testshire".to_owned(), members: vec![] };
    let checker = Checker::new(&evidence, &library, &[]).unwrap();
    let Answer::Reading(reading) = checker.answer(SENTENCE, &home).unwrap() else {
        panic!("the sentence is no claim any more")
    };
    let said: Vec<f64> = reading.figures.iter().map(|figure| figure.value).collect();
    let here = [0.5, 0.6, 0.7].map(|part| {
        let promise =
            Promise { leavers: 500.0, leaver_fte: 0.75, trainees: 300.0, full_time: 0.4, part };
        net_of(promise)
    });
    let here = here.into_iter().flat_map(|(joined, net)| [joined, net]);
    assert!(said.len() == 6 && said.into_iter().zip(here).all(|(a, b)| (a - b).abs() < 1e-9));
}

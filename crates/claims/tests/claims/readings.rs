//! Readings on a small England.

use claims::{Answer, Reading, TEMPLATES, Verdict};
use evidence::Place;

use crate::support::{checker, home};

/// The verdict on a sentence.
fn verdict(sentence: &str) -> Verdict {
    read(sentence, |reading| reading.verdict)
}

fn read<T>(sentence: &str, look: impl Fn(&Reading) -> T) -> T {
    let checker = checker();
    match checker.answer(sentence, &home()).expect("an answer") {
        Answer::Reading(reading) => look(&reading),
        other => panic!("{sentence}: {other:?}"),
    }
}

#[test]
fn a_comparison_holds_only_on_the_side_that_the_interval_shows() {
    assert_eq!(
        verdict("Missed appointments are higher than the England average."),
        Verdict::Supported
    );
    assert_eq!(
        verdict("Missed appointments are below the England average."),
        Verdict::NotSupported
    );
    assert_eq!(
        verdict("Missed appointments are not below the England average."),
        Verdict::Supported
    );
}

#[test]
fn a_comparison_counts_the_appointments_between() {
    let answer = read("Missed appointments are higher than the England average.", |reading| {
        format!("{:?}", reading.answer)
    });
    // 1,210 of 12,000 here, 1,650 of 24,000 in England: 1,210 - 0.06875 x 12,000 = 385.
    assert!(answer.contains("Count(385.0"), "{answer}");
}

#[test]
fn the_highest_is_the_one_with_none_above_it() {
    assert_eq!(verdict("C82003 has the highest share of missed appointments."), Verdict::Supported);
    assert_eq!(
        verdict("C82001 has the highest share of missed appointments."),
        Verdict::NotSupported
    );
}

#[test]
fn a_value_agrees_within_its_own_digits() {
    assert_eq!(verdict("Missed appointments are 10% of the total."), Verdict::Supported);
    assert_eq!(verdict("Missed appointments are 7% of the total."), Verdict::NotSupported);
}

#[test]
fn networks_outside_the_range_are_named() {
    let sentence = "All networks are within 30,000 to 50,000 patients.";
    assert_eq!(verdict(sentence), Verdict::NotSupported);
    let named = read(sentence, |reading| reading.named[0].organisation.code.clone());
    assert_eq!(named, "U00002", "12,000 of it lie in the place");
}

#[test]
fn closures_are_counted_from_the_time_that_is_named() {
    assert_eq!(verdict("One hundred practices have closed since 2022."), Verdict::NotSupported);
    assert_eq!(verdict("2 practices have closed since 2018."), Verdict::Supported);
}

/// Two practices of the sub-ICB location closed, and no file says which network they were in: none is not said.
#[test]
fn how_many_of_a_network_closed_is_not_told_where_nothing_says_whose_they_were() {
    let checker = checker();
    let network = evidence::Place {
        key: "U00001".to_owned(),
        name: "U00001".to_owned(),
        members: vec![(vocab::Level::Network, "U00001".to_owned())],
    };
    let answer = checker.answer("2 practices have closed since 2018.", &network);
    let Ok(Answer::Reading(reading)) = answer else { panic!("{answer:?}") };
    assert_eq!(reading.verdict, Verdict::CannotTell);
    assert!(reading.figures.is_empty(), "{:?}", reading.figures);
    assert!(format!("{:?}", reading.answer).contains("cannot be told"), "{:?}", reading.answer);
    assert!(!reading.lacks.is_empty());
}

#[test]
fn lists_grow_between_two_extracts() {
    assert_eq!(verdict("Our lists have grown by 5% since 2022."), Verdict::Supported);
    assert_eq!(verdict("Our lists have fallen since 2022."), Verdict::NotSupported);
}

#[test]
fn leavers_against_trainees_are_the_worked_example() {
    let figures = read(
        "Over the next three years 500 GPs will leave; of 300 in training only 40% want to be full time",
        |reading| reading.figures.iter().map(|one| one.value.round()).collect::<Vec<_>>(),
    );
    // The board's own arithmetic, then with 62.2% of those in training in post two years later and 0.654 to 0.75 of a post a leaver.
    assert_eq!(figures, [210.0, -165.0, 228.0, -147.0, 246.0, -129.0, -244.0, -174.0]);
}

#[test]
fn figures_that_are_not_imported_are_no_error() {
    let lacks = read("Getting through by phone is below the national average.", |reading| {
        assert_eq!(reading.verdict, Verdict::CannotTell);
        reading.lacks.join(" ")
    });
    assert!(lacks.contains("Easy to contact by telephone"), "{lacks}");
}

#[test]
fn every_kind_of_claim_comes_back_with_a_reading() {
    let checker = checker();
    for template in TEMPLATES.iter() {
        let answer = checker.answer(&template.ask, &home()).expect("an answer");
        let Answer::Reading(reading) = answer else { panic!("{}: {answer:?}", template.id) };
        assert!(!reading.answer.is_empty(), "{}", template.id);
        assert!(
            reading.verdict != Verdict::CannotTell || !reading.lacks.is_empty(),
            "{} cannot tell and does not say what would",
            template.id
        );
    }
}

#[test]
fn a_name_that_is_not_known_is_never_passed_over() {
    let checker = checker();
    let answer = checker
        .answer("Missed appointments are higher than England in Southwark.", &home())
        .unwrap();
    assert!(matches!(answer, Answer::Near(_)), "{answer:?}");
}

#[test]
fn a_board_is_known_by_the_name_that_people_say() {
    let checker = checker();
    let east = Place { name: "The East".to_owned(), ..home() };
    // All six practices are of `NHS TESTSHIRE INTEGRATED CARE BOARD`, three of them of the place at hand.
    for name in
        ["Testshire", "NHS Testshire", "Testshire ICB", "NHS Testshire Integrated Care Board"]
    {
        let answer = checker.answer(&format!("{name} has 6 practices"), &east).expect("an answer");
        let Answer::Reading(reading) = answer else { panic!("{name}: {answer:?}") };
        assert_eq!(reading.verdict, Verdict::Supported, "{name}: {:?}", reading.answer);
    }
}

#[test]
fn what_is_said_of_each_is_no_claim_of_the_whole() {
    let checker = checker();
    for sentence in [
        "Every practice has fewer than 15% of appointments missed",
        "All practices have fewer than 15% of appointments missed",
        "Three practices have 45,000 patients each",
    ] {
        let answer = checker.answer(sentence, &home()).expect("an answer");
        assert!(!matches!(answer, Answer::Reading(_)), "{sentence}: {answer:?}");
    }
    // 9,000, 24,000 and 12,000 patients with the three practices of the place.
    for (sentence, right) in [
        ("The three practices have 45,000 patients between them", Verdict::Supported),
        ("The three practices have 90,000 patients between them", Verdict::NotSupported),
        ("Two practices have 33,000 patients between them", Verdict::CannotTell),
    ] {
        let answer = checker.answer(sentence, &home()).expect("an answer");
        let Answer::Reading(reading) = answer else { panic!("{sentence}: {answer:?}") };
        assert_eq!(reading.verdict, right, "{sentence}: {:?}", reading.answer);
    }
}

/// No kind of claim takes “doubled”; that figures could answer it is not denied.
#[test]
fn a_sentence_of_how_many_times_is_a_claim_though_no_kind_takes_it() {
    let checker = checker();
    for sentence in ["Our lists have doubled since January 2021.", "Our lists have halved."] {
        let answer = checker.answer(sentence, &home()).unwrap();
        assert!(!matches!(answer, Answer::NotAClaim), "{sentence}: {answer:?}");
    }
}

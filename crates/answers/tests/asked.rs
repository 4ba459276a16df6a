//! Questions asked of a small place: what is refused, of when figures are, and which of two areas of one name is meant.

use answers::questions::question;
use answers::{Asked, Choices, Context};
use evidence::place::NamedPlace;
use evidence::tables::{affiliation, appointment, experience, list_size};
use evidence::{Evidence, Given};
use indicators::Library;
use kit::Answer;
use study::Study;
use vocab::Period;

fn period(word: &str) -> Period {
    word.parse().expect("a period")
}

/// Two practices of a board, each of another sub-ICB location; both were in another board when their patients were asked.
fn evidence() -> Evidence {
    const PRACTICES: [(&str, &str); 2] = [("A81001", "04C"), ("A81002", "52R")];
    let of_board = |icb: &'static str, name: &'static str| {
        PRACTICES.map(|(practice, sub_icb)| affiliation::Row {
            practice: practice.into(),
            name: practice.into(),
            postcode: "AA1 1AA".into(),
            network: "U00001".into(),
            network_name: "NORTH PCN".into(),
            sub_icb: sub_icb.into(),
            sub_icb_name: sub_icb.into(),
            icb: icb.into(),
            icb_name: name.into(),
            region: "Y60".into(),
            region_name: "MIDLANDS".into(),
            ..Default::default()
        })
    };
    let lists = PRACTICES.map(|(practice, sub_icb)| list_size::Row {
        practice: practice.into(),
        sub_icb: sub_icb.into(),
        patients: 1_000.0.into(),
    });
    let survey = PRACTICES.map(|(practice, _)| experience::Row {
        practice: practice.into(),
        question: "overall".into(),
        share: 0.8.into(),
        responses: 100.0.into(),
        mark: "value".into(),
    });
    let appointments = PRACTICES.map(|(practice, _)| appointment::Row {
        practice: practice.into(),
        staff: "gp".into(),
        mode: "telephone".into(),
        status: "attended".into(),
        wait: "same_day".into(),
        category: "All".into(),
        appointments: 400.0.into(),
    });
    Given::default()
        .with(period("2023-06-01"), of_board("QT1", "NHS OLDSHIRE ICB"))
        .with(period("2025-11-01"), of_board("QK1", "NHS TESTSHIRE INTEGRATED CARE BOARD"))
        .with(period("2025-11-01"), lists)
        .with(period("2023"), survey)
        .with(period("2025-10"), appointments)
        .evidence()
}

fn context() -> Context {
    let named = NamedPlace {
        key: "TEST".to_owned(),
        name: "Testshire".to_owned(),
        members: vec!["04C".to_owned()],
        outline: Vec::new(),
    };
    let library = Library::built_in().expect("sound definitions");
    let study = Study::new(evidence(), library, vec![named]);
    Context::new(study, "", Vec::new(), "Catchment").expect("a context")
}

fn ask(word: &str, key: &str, choices: &[(&str, &str)]) -> Answer {
    let (context, asked) = (context(), question(word).expect("a question"));
    let pairs = choices.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let choices = Choices::of(pairs.collect());
    let place = asked.place(&context, Some(key), &choices).expect("a place");
    asked.of(&Asked { context: &context, place: &place, choices: &choices }).expect("an answer")
}

#[test]
fn whatever_cannot_be_told_is_refused_in_place_of_the_lead() {
    for word in ["population", "registered", "capacity", "backtest", "reach"] {
        let answer = ask(word, "A81001", &[]);
        assert!(answer.refused.is_some(), "{word}: {}", answer.lead);
        assert!(answer.lead.is_empty(), "{word}: {}", answer.lead);
    }
    for word in ["about", "workforce"] {
        let answer = ask(word, "A81001", &[]);
        assert!(answer.refused.is_none() && !answer.lead.is_empty(), "{word}");
    }
}

#[test]
fn a_place_that_is_called_as_a_board_says_which_of_the_two_is_meant() {
    let answer = ask("about", "Testshire", &[]);
    let apart = "“Testshire” is here the place TEST (04C), not NHS TESTSHIRE INTEGRATED CARE BOARD (QK1), which does not hold the same practices: ask for QK1 where that is meant.";
    assert!(answer.warnings.iter().any(|one| one == apart), "{:?}", answer.warnings);
    let board = ask("about", "NHS Testshire Integrated Care Board", &[]);
    assert!(!board.warnings.iter().any(|one| one.contains("ask for")), "{:?}", board.warnings);
}

#[test]
fn an_area_that_is_asked_for_twice_is_named_once() {
    assert_eq!(ask("about", "QK1+QK1", &[]).lead, ask("about", "QK1", &[]).lead);
}

#[test]
fn the_table_of_a_practice_says_of_when_its_board_is_and_names_the_boards_it_had() {
    let answer = ask("about", "A81001", &[]);
    let figures = answer.exhibits.iter().find(|one| one.id == "figures").expect("figures");
    let table = figures.to_table();
    assert!(table.columns.iter().any(|column| column.heading == "Its board (ICB) then"));
    let boards = "It has belonged to QK1 in October 2025; QT1 in 2023.";
    assert!(table.notes[0].ends_with(boards), "{:?}", table.notes);
}

#[test]
fn a_place_that_somebody_named_may_be_joined_with_another() {
    assert_eq!(ask("networks", "TEST+TEST", &[]).lead, ask("networks", "TEST", &[]).lead);
    let both = ask("networks", "TEST+A81002", &[]).lead;
    assert!(both.contains("which has two practices with 2,000 patients"), "{both}");
}

#[test]
fn networks_of_a_day_before_there_were_any_or_to_come_are_refused() {
    let (context, asked) = (context(), question("networks").expect("a question"));
    for day in ["2018-01-01", "2035-01-01", "2025-13-01"] {
        let choices = Choices::of(vec![("on".to_owned(), day.to_owned())]);
        let place = asked.place(&context, Some("QK1"), &choices).expect("a place");
        let refused = asked
            .of(&Asked { context: &context, place: &place, choices: &choices })
            .expect_err("no such networks");
        assert!(refused.sentence.contains("when networks began"), "{refused}");
    }
}

#[test]
fn sentences_that_are_kept_are_kept_with_the_place_that_they_were_read_of() {
    let readings = answers::claims::Readings::new(context());
    let minutes = "There are two practices.\n";
    let read = answers::claims::spoken::minutes(&readings, minutes, Some("TEST")).expect("read");
    let sheet = read.sheet.expect("a sheet");
    assert!(sheet.contains("place = \"TEST\""), "{sheet}");
}

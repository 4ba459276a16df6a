//! Every question about a place, behind every door that asks it: its page, its file, and the command in words and as JSON.

use answers::questions::ALL;
use answers::{Question, Theme};
use serde_json::Value;

use crate::doors::{PLACE, Table, doors, records, says};

/// What a page and a command say in words: the answer's lead and its sentences.
fn sentences(answer: &Value) -> Vec<&str> {
    let sentences = answer["sentences"].as_array().unwrap();
    let all = [&answer["lead"]].into_iter().chain(sentences);
    all.map(|one| one.as_str().unwrap()).filter(|one| !one.is_empty()).collect()
}

/// What is asked: the address of the page and what follows it, and the command. A question of an indicator is asked of one.
fn asked(question: &Question) -> (String, &'static str, Vec<&'static str>) {
    let path = format!("/place/{PLACE}/{}", question.word);
    let command = vec![question.word, PLACE];
    if question.theme == Theme::Indicators {
        let more = [&command[..], &["--indicator", "did_not_attend"]].concat();
        return (path, "?indicator=did_not_attend", more);
    }
    (path, "", command)
}

/// The words of the parts of an answer: its paragraphs, points, facts and figures in large type.
fn parts(answer: &Value) -> Vec<&str> {
    let texts = |list: &'static str, field: Option<&'static str>| {
        let parts = answer["parts"].as_array().unwrap().iter();
        let all = parts.flat_map(move |part| part[list].as_array().unwrap());
        all.map(move |one| field.map_or(one, |field| &one[field]).as_str().unwrap())
    };
    let (names, values) = (texts("facts", Some("name")), texts("facts", Some("value")));
    let figures = texts("figures", Some("name")).chain(texts("figures", Some("value")));
    let said = texts("paragraphs", None).chain(texts("points", None));
    said.chain(names).chain(values).chain(figures).collect()
}

/// Asserts that a value has the shape of a schema: its type, the fields that it must and may have, and what it is a list of.
fn conforms(value: &Value, schema: &Value, at: &str) {
    let types = match &schema["type"] {
        Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
        one => vec![one.as_str().unwrap()],
    };
    let is = |one: &&str| match *one {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_u64(),
        "number" => value.is_number(),
        "null" => value.is_null(),
        other => panic!("{at}: unknown type {other}"),
    };
    assert!(types.iter().any(is), "{at}: {value} is none of {types:?}");
    for required in schema["required"].as_array().into_iter().flatten() {
        assert!(
            value.is_null() || value.get(required.as_str().unwrap()).is_some(),
            "{at}: {required}"
        );
    }
    for (name, field) in value.as_object().into_iter().flatten() {
        let known = schema["properties"].get(name).unwrap_or(&schema["additionalProperties"]);
        assert!(known.is_object(), "{at}: {name} is not in the schema");
        conforms(field, known, &format!("{at}.{name}"));
    }
    for one in value.as_array().into_iter().flatten() {
        conforms(one, &schema["items"], at);
    }
}

/// An answer without the names of the programs that gave it: those of the site and of the command differ here.
fn without_run(mut answer: Value) -> Value {
    for exhibit in answer["exhibits"].as_array_mut().unwrap() {
        exhibit["run"] = Value::Null;
    }
    answer
}

#[test]
fn every_question_has_one_answer() {
    let doors = doors();
    let schema: Value = serde_json::from_str(answers::json::SCHEMA).unwrap();
    for question in ALL.iter().filter(|question| question.on_site) {
        let word = question.word;
        let (path, choices, command) = asked(question);
        let page = doors.words(&format!("{path}{choices}"));
        let file: Value =
            serde_json::from_str(&doors.page(&format!("{path}/answer.json{choices}"))).unwrap();
        let answer = doors.json(&command);
        let text = doors.text(&command);
        says(&page, answer["question"].as_str().unwrap());
        conforms(&answer, &schema, word);
        assert!(!sentences(&answer).is_empty() && answer["working"].is_null(), "{word}");
        assert!(without_run(file) == without_run(answer.clone()), "{word}");
        let lists = ["limits", "warnings"].map(|list| answer[list].as_array().unwrap());
        let lists = lists.into_iter().flatten().map(|one| one.as_str().unwrap());
        for words in sentences(&answer).into_iter().chain(parts(&answer)).chain(lists) {
            says(&page, words);
            says(&text, words);
        }
    }
}

/// A place, a practice and an indicator are asked about at addresses of their own, with the same answer.
#[test]
fn what_has_an_address_of_its_own_answers_there_as_the_question_does() {
    let doors = doors();
    for (own, word, choices) in [
        (format!("/place/{PLACE}/answer.json"), "about", ""),
        (format!("/similar/{PLACE}/answer.json"), "similar", ""),
        (
            format!("/indicator/did_not_attend/answer.json?within={PLACE}"),
            "indicator",
            "?indicator=did_not_attend",
        ),
        (
            format!("/indicator/did_not_attend/why/answer.json?within={PLACE}"),
            "why",
            "?indicator=did_not_attend",
        ),
    ] {
        let other = doors.page(&format!("/place/{PLACE}/{word}/answer.json{choices}"));
        assert!(doors.page(&own) == other, "{own}");
    }
}

/// The tables of an answer as JSON, and each as the file that its page offers: the same rows, and the same figure at the head of
/// the first column of numbers.
#[test]
fn the_tables_of_an_answer_are_the_files_of_its_page() {
    let doors = doors();
    for question in ALL.iter().filter(|question| question.on_site) {
        let word = question.word;
        let (path, choices, command) = asked(question);
        let command = doors.json(&command);
        let exhibits = command["exhibits"].as_array().unwrap();
        assert!(!exhibits.is_empty(), "{word}");
        for exhibit in exhibits {
            let id = exhibit["id"].as_str().unwrap();
            let rows = records(&command, id);
            if rows.is_empty() {
                continue;
            }
            let csv = Table::read(doors.page(&format!("{path}/{id}.csv{choices}")).as_bytes(), id);
            assert_eq!(csv.len(), rows.len(), "{word}/{id}");
            for (row, line) in rows.iter().zip(csv.rows()) {
                agree(row, line, &format!("{word}/{id}"));
            }
        }
    }
}

/// Numbers are the same numbers, marks and words the same words.
fn agree(row: &Value, line: &std::collections::BTreeMap<String, String>, what: &str) {
    for (key, value) in row.as_object().unwrap() {
        let cell = line.get(key).unwrap_or_else(|| panic!("{what}: no column {key}"));
        match value {
            Value::Number(number) => {
                let (one, other) = (number.as_f64().unwrap(), cell.parse::<f64>().unwrap());
                assert!(
                    (one - other).abs() <= 1e-9 * one.abs().max(1.0),
                    "{what}, {key}: {one}, {other}"
                );
            }
            Value::String(text) => {
                assert_eq!(text.trim(), cell.trim_start_matches('\'').trim(), "{what}, {key}");
            }
            other => assert_eq!(cell, "", "{what}, {key}: {other}"),
        }
    }
}

#[test]
fn a_choice_changes_every_door_alike_and_an_unknown_one_none() {
    let doors = doors();
    let path = format!("/place/{PLACE}/reach/answer.json?mode=drive");
    let file: Value = serde_json::from_str(&doors.page(&path)).unwrap();
    let command = doors.json(&["reach", PLACE, "--mode", "drive"]);
    assert_eq!(sentences(&file), sentences(&command));
    let plain = doors.json(&["reach", PLACE]);
    assert_ne!(sentences(&plain), sentences(&command));
}

/// What a command refuses: a service or a year that nobody offers, and an option that is none of the question.
#[test]
fn what_is_not_offered_is_refused_by_name() {
    let refused = |more: &[&str]| doors().refused(more);
    assert!(refused(&["money", PLACE, "--colour", "red"]).contains("--colour"));
    let dentist = refused(&["reach", PLACE, "--service", "dentist"]);
    assert!(dentist.contains("practice, weekend, evening or emergency"), "{dentist}");
    assert!(refused(&["money", PLACE, "--year", "1999/00"]).contains("expected one of"));
}

/// What ranks practices by a risk is for the place itself.
#[test]
fn a_question_that_is_not_for_the_site_has_no_page() {
    let doors = doors();
    let private: Vec<&Question> =
        ALL.iter().copied().filter(|question| !question.on_site).collect();
    assert_eq!(private.iter().map(|one| one.word).collect::<Vec<_>>(), ["resilience"]);
    for question in private {
        assert!(!sentences(&doors.json(&[question.word, PLACE])).is_empty());
        assert_eq!(doors.status(&format!("/place/{PLACE}/{}", question.word)), 404);
        assert_eq!(doors.status(&format!("/place/{PLACE}/{}/answer.json", question.word)), 404);
    }
}

/// The downloads of a page rest on what was chosen for it; a choice that it does not know is refused (the tests of the pages).
#[test]
fn a_page_keeps_the_choices_that_were_made() {
    let page = doors().page(&format!("/place/{PLACE}/money?year=2025%2F26"));
    assert!(page.contains("networks.csv?year=2025%2F26"), "{page}");
}

//! What is told in words: a page and a command print the same sentences, and a claim on the site is the claim of the command.

use crate::doors::{PLACE, doors, encoded, says};

#[test]
fn the_outlook_is_told_in_the_same_sentences_on_a_page_in_a_command_and_as_json() {
    let doors = doors();
    let answer = doors.json(&["outlook", PLACE]);
    let page = doors.words(&format!("/place/{PLACE}/outlook"));
    let text = doors.text(&["outlook", PLACE]);
    let sentences = answer["sentences"].as_array().unwrap();
    assert!(sentences.len() > 4);
    for sentence in [&answer["lead"]].into_iter().chain(sentences) {
        says(&page, sentence.as_str().unwrap());
        says(&text, sentence.as_str().unwrap());
    }
}

#[test]
fn money_population_and_reach_are_told_in_the_same_sentences_on_a_page_and_in_a_command() {
    let doors = doors();
    for (topic, command) in [
        ("money", &["money", "--place", PLACE][..]),
        ("population", &["population", PLACE][..]),
        ("reach", &["reach", PLACE][..]),
    ] {
        let text = doors.text(command);
        let page = doors.words(&format!("/place/{PLACE}/{topic}"));
        let is_sentence = |line: &&str| line.ends_with('.') && line.split(' ').count() > 5;
        let skipped = |line: &&str| {
            line.starts_with("Reckoned with")
                || line.starts_with("note:")
                || line.starts_with("left out")
        };
        let sentences: Vec<&str> =
            text.lines().filter(is_sentence).filter(|line| !skipped(line)).collect();
        assert!(sentences.len() >= 3, "{topic}: {sentences:?}");
        for sentence in sentences {
            says(&page, sentence);
        }
    }
}

#[test]
fn a_claim_on_the_site_is_answered_as_by_the_command() {
    let doors = doors();
    for (sentence, verdict) in [
        ("There are 2,213 patients per GP.", "supported"),
        ("262,655 patients are registered.", "supported"),
        ("There are 12 practices.", "not_supported"),
        ("Two practices have fewer than 2,000 patients.", "supported"),
        ("34% of people live within 15 minutes’ walk of a practice.", "supported"),
    ] {
        let answer = doors.claim(sentence, PLACE);
        assert_eq!(answer["verdict"], verdict, "{sentence}");
        let page = doors.words(&format!("/claims?claim={}&within={PLACE}", encoded(sentence)));
        let text = doors.text(&["claim", sentence, "--place", PLACE]);
        let said = answer["answer"].as_str().unwrap();
        says(&page, said);
        says(&text, said);
    }
}

#[test]
fn a_comparison_with_england_is_told_with_the_same_figures_on_a_page_and_in_a_command() {
    let doors = doors();
    let page = doors.words(&format!("/indicator/did_not_attend?within={PLACE}"));
    let text = doors.text(&["compare", "did_not_attend", PLACE]);
    says(&page, "4.8% (95% interval 4.7% to 4.9%)");
    says(&text, "compared with England (4.8%): Similar at 95%");
    says(&page, "similar to England (4.8%)");
}

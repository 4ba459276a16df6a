//! What is told in words: a page and a command print the same sentences, and a claim on the site is the claim of the command.

use crate::doors::{PLACE, doors, encoded, says};

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
    let text = doors.text(&["indicator", PLACE, "--indicator", "did_not_attend"]);
    says(&page, "4.8% (95% interval 4.7% to 4.9%)");
    says(&text, "England 4.8% Similar Similar");
    says(&page, "similar to England (4.8%)");
}

//! A word that is put into a sentence makes another claim of it, or none: never the same claim with the word dropped.

use claims::{Claim, Parsed, TEMPLATES};

use crate::support::{checker, home};

/// Words that narrow what a sentence says: who, what kind, where, when, how.
pub(crate) const WORDS: [&str; 72] = [
    // Groups of people
    "childhood",
    "teenage",
    "elderly",
    "male",
    "female",
    "pregnant",
    "disabled",
    "student",
    "migrant",
    "veteran",
    "homeless",
    "housebound",
    "white",
    "Asian",
    "rural",
    "urban",
    "poorest",
    "wealthy",
    "smoking",
    "unemployed",
    // Kinds and stages
    "severe",
    "mild",
    "acute",
    "chronic",
    "untreated",
    "suspected",
    "undiagnosed",
    "uncontrolled",
    "recurrent",
    "gestational",
    "hereditary",
    "preventable",
    "new",
    "repeat",
    "first",
    "final",
    "spare",
    "extra",
    // Services and settings
    "dental",
    "hospital",
    "pharmacy",
    "maternity",
    "ambulance",
    "hospice",
    "prison",
    "school",
    "private",
    "community",
    "outpatient",
    "surgical",
    "veterinary",
    "specialist",
    "nursing",
    "physiotherapy",
    "optometry",
    "charity",
    // Times and ways
    "morning",
    "evening",
    "weekend",
    "winter",
    "annual",
    "weekly",
    "video",
    "cancelled",
    "planned",
    "free",
    "unpaid",
    // What else is counted
    "spending",
    "mortality",
    "research",
    "waiting",
    "complaints",
];

/// Words that a list of the template knows as one of its own, so that it still takes them wherever they stand: a debt,
/// to be paid off by lists that know where their words belong.
const STILL_TAKEN: [(&str, &[&str]); 25] = [
    ("busiest_day", &["morning", "student"]),
    ("cannot_traverse", &["disabled", "elderly", "housebound", "student"]),
    ("capacity_not_felt", &["student"]),
    ("capacity_sufficient", &["student"]),
    ("demand_and_capacity_gap", &["student"]),
    ("emergency_at_ages", &["student"]),
    ("gps_from_abroad", &["first"]),
    ("groups_the_data_cannot_see", &["homeless", "nursing", "student"]),
    ("high_because_of_care_homes", &["elderly", "nursing", "student"]),
    ("hub_use_as_indicator", &["community", "evening", "physiotherapy", "student", "weekend"]),
    ("inequality_gap", &["poorest", "wealthy"]),
    ("inequity_of_extended_services", &["physiotherapy", "poorest", "wealthy"]),
    ("live_in_deprived_areas", &["community", "poorest"]),
    ("low_presentation_more_emergency", &["elderly", "student"]),
    ("new_gps_work_fewer_sessions", &["new"]),
    ("not_drawn_down", &["extra", "new"]),
    ("patients_waited", &["waiting"]),
    ("posts_per_network", &["extra", "new"]),
    ("real_terms_uplift", &["extra"]),
    ("seven_day_cover", &["evening", "physiotherapy", "student", "weekend"]),
    ("triage_and_workload", &["extra", "first", "new", "student"]),
    ("waits_for_hospital", &["extra", "hospital", "new", "outpatient"]),
    ("walk_in_centres_and_pressure", &["extra", "new", "student"]),
    ("weekday_imbalance", &["student"]),
    ("within_minutes", &["disabled", "elderly", "housebound", "poorest"]),
];

/// The sentence with a word put before its `at`th word, the last of which is behind it.
pub(crate) fn with(words: &[&str], at: usize, word: &str) -> String {
    let mut all = words.to_vec();
    all.insert(at, word);
    all.join(" ")
}

fn same(claim: &Claim, template: &str, slots: &std::collections::BTreeMap<String, String>) -> bool {
    claim.template.id == template && claim.slots.in_words() == *slots
}

#[test]
fn no_word_put_into_a_sentence_is_dropped() {
    let checker = checker();
    let home = home();
    let (mut tried, mut dropped) = (0, Vec::new());
    for template in TEMPLATES.iter() {
        let Parsed::Claim(claim) = checker.parse(&template.ask, &home) else { continue };
        let slots = claim.slots.in_words();
        let words: Vec<&str> = template.ask.split_whitespace().collect();
        for (at, word) in (0..=words.len()).flat_map(|at| WORDS.map(|word| (at, word))) {
            let sentence = with(&words, at, word);
            tried += 1;
            if let Parsed::Claim(found) = checker.parse(&sentence, &home)
                && same(&found, &template.id, &slots)
                && !STILL_TAKEN
                    .iter()
                    .any(|(id, words)| *id == template.id && words.contains(&word))
            {
                dropped.push(sentence);
            }
        }
    }
    println!("{tried} sentences tried");
    assert!(tried >= 20_000, "{tried}");
    assert!(dropped.is_empty(), "{} of {tried}:\n{}", dropped.len(), dropped.join("\n"));
}

/// Words that say the indicator again: students are those aged 20 to 24 here, admissions are to a hospital.
const SAID_AGAIN: [(&str, &str); 3] = [
    ("aged_20_to_24", "student"),
    ("aged_65_and_over", "elderly"),
    ("emergency_admissions_per_1000", "hospital"),
];

#[test]
fn no_word_put_beside_an_indicator_is_dropped() {
    let checker = checker();
    let home = home();
    let (mut tried, mut dropped) = (0, Vec::new());
    for (id, phrases) in claims::known_words().indicators {
        let Some(phrase) = phrases.iter().find(|one| !one.contains(['|', '?', '~'])) else {
            continue;
        };
        let ask = format!("{phrase} is above the national average");
        let Parsed::Claim(claim) = checker.parse(&ask, &home) else { continue };
        let (template, slots) = (claim.template.id.clone(), claim.slots.in_words());
        let words: Vec<&str> = ask.split_whitespace().collect();
        for (at, word) in (0..=words.len()).flat_map(|at| WORDS.map(|word| (at, word))) {
            let sentence = with(&words, at, word);
            tried += 1;
            if let Parsed::Claim(found) = checker.parse(&sentence, &home)
                && same(&found, &template, &slots)
                && !SAID_AGAIN.contains(&(id.as_str(), word))
            {
                dropped.push(format!("{id}: {sentence}"));
            }
        }
    }
    println!("{tried} sentences tried");
    assert!(tried >= 20_000, "{tried}");
    assert!(dropped.is_empty(), "{} of {tried}:\n{}", dropped.len(), dropped.join("\n"));
}

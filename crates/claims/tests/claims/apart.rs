//! Sentences that make several claims are taken apart into them, and no word put into one is dropped on the way.

use claims::Claim;

use crate::perturbed::{WORDS, with};
use crate::support::{checker, home};

/// Sentences, and what each is taken apart into.
const APART: [(&str, &[&str]); 16] = [
    (
        "Missed appointments are above the England average and there are 23 practices",
        &["Missed appointments are above the England average", "there are 23 practices"],
    ),
    (
        "There are 23 practices, and missed appointments are above the England average",
        &["There are 23 practices", "missed appointments are above the England average"],
    ),
    (
        "Missed appointments were 5.1%, against 4.2% in England",
        &["Missed appointments were 5.1%", "Missed appointments were 4.2% in England"],
    ),
    (
        "At 5.1%, missed appointments are above the national average of 4.2%",
        &[
            "missed appointments are 5.1%",
            "missed appointments are above the national average",
            "missed appointments was 4.2% in England",
        ],
    ),
    (
        "Missed appointments, at 5.1%, are above the national average",
        &["Missed appointments are 5.1%", "Missed appointments are above the national average"],
    ),
    (
        "A DNA rate of 5.1% was recorded in October 2025, below the England average",
        &[
            "A DNA rate of 5.1% was recorded in October 2025",
            "A DNA rate of was recorded in October 2025 was below the England average",
        ],
    ),
    (
        "Missed appointments stood at 5.1% in October 2025, having been 4.4% a year earlier",
        &[
            "Missed appointments stood at 5.1% in October 2025",
            "Missed appointments stood at 4.4% in October 2024",
        ],
    ),
    (
        "Missed appointments were 5.1% in October 2025, up from 4.4% in October 2024",
        &[
            "Missed appointments were 5.1% in October 2025",
            "Missed appointments were 4.4% in October 2024",
        ],
    ),
    (
        "Missed appointments are 5.1%; the England average is 4.2%",
        &["Missed appointments are 5.1%", "Missed appointments are 4.2% in England"],
    ),
    (
        "The 23 practices are grouped into five networks",
        &["There are 23 practices", "There are five networks"],
    ),
    ("Three practices in two networks look after our 45,000 patients", &[]),
    (
        "The 3 practices form two networks and look after 45,000 patients",
        &[
            "There are 3 practices",
            "There are two networks",
            "There are 45,000 patients registered",
        ],
    ),
    (
        "Willow Tree Surgery, with 9,000 patients, is the largest practice",
        &["Willow Tree Surgery, with 9,000 patients, is the largest practice"],
    ),
    (
        "Docklands PCN, which has two practices, serves 33,000 patients",
        &["Docklands PCN, which has two practices, serves 33,000 patients"],
    ),
    (
        "Practices delivered 12,000 appointments in October 2025, 45% of them on the same day",
        &[
            "Practices delivered 12,000 appointments in October 2025",
            "45% of appointments in October 2025 were on the same day",
        ],
    ),
    ("Missed appointments are above the England average, diabetes is below it", &[]),
];

/// Sentences that lean, deny or narrow, and are not taken apart.
const NOT_APART: [&str; 9] = [
    "At 5.1%, missed appointments are above the target of 4.2%",
    "Missed appointments were 5.1%, against a plan of 4.2%",
    "Missed appointments were 5.1% in October 2025, down from 4.4% in October 2024",
    "Willow Tree Surgery, with 9,000 patients in January 2021, hopes to be the largest practice",
    "Practices delivered 12,000 appointments, 45% of them to children",
    "Ten practices in five networks responded",
    "Missed appointments, at 5.1%, might be above the national average",
    "Missed appointments are not 5.1%, and the England average is 4.2%",
    "The 23 practices are grouped into five networks that are full",
];

#[test]
fn a_sentence_is_taken_apart_into_its_claims() {
    let checker = checker();
    for (sentence, parts) in APART {
        let found = checker.parts(sentence, &home()).unwrap_or_default();
        let found: Vec<&str> = found.iter().map(|claim| claim.sentence.as_str()).collect();
        assert_eq!(found, *parts, "{sentence}");
    }
    for sentence in NOT_APART {
        let found = checker.parts(sentence, &home());
        assert!(found.is_none(), "{sentence}: {found:?}");
    }
}

fn what_is_said(claims: &[Claim]) -> Vec<(String, std::collections::BTreeMap<String, String>)> {
    claims.iter().map(|claim| (claim.template.id.clone(), claim.slots.in_words())).collect()
}

#[test]
fn no_word_put_into_a_sentence_of_several_claims_is_dropped() {
    let checker = checker();
    let home = home();
    let (mut tried, mut dropped) = (0, Vec::new());
    for (sentence, _) in APART {
        let Some(claims) = checker.parts(sentence, &home) else { continue };
        let said = what_is_said(&claims);
        let words: Vec<&str> = sentence.split_whitespace().collect();
        let some = |at: usize| WORDS.iter().skip(at % 3).step_by(3).map(move |word| (at, *word));
        for (at, word) in (0..=words.len()).flat_map(some) {
            let other = with(&words, at, word);
            tried += 1;
            let found = checker.parts(&other, &home);
            if found.is_some_and(|found| what_is_said(&found) == said) {
                dropped.push(other);
            }
        }
    }
    println!("{tried} sentences tried");
    assert!(tried >= 3_000, "{tried}");
    assert!(dropped.is_empty(), "{} of {tried}:\n{}", dropped.len(), dropped.join("\n"));
}

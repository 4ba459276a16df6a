//! Every template against its own sentences.

use std::collections::BTreeSet;
use std::path::Path;

use claims::{Parsed, SHEETS, TEMPLATES};

use crate::support::{checker, home, library};

#[test]
fn every_example_is_read_as_its_template_with_its_slots() {
    let checker = checker();
    let mut wrong = Vec::new();
    for template in TEMPLATES.iter() {
        for example in &template.examples {
            match checker.parse(&example.sentence, &home()) {
                Parsed::Claim(claim) if claim.template.id == template.id => {
                    let mut found = claim.slots.in_words();
                    if !example.slots.contains_key("level") {
                        found.remove("level");
                    }
                    if found != example.slots {
                        wrong.push(format!(
                            "{}: `{}`: {found:?}, expected {:?}",
                            template.id, example.sentence, example.slots
                        ));
                    }
                }
                other => {
                    wrong.push(format!(
                        "{}: `{}`: {}",
                        template.id,
                        example.sentence,
                        said(&other)
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_a_template_asks_for_is_read_by_it() {
    let checker = checker();
    let wrong: Vec<String> = TEMPLATES
        .iter()
        .filter_map(|template| match checker.parse(&template.ask, &home()) {
            Parsed::Claim(claim) if claim.template.id == template.id => None,
            other => Some(format!("{}: `{}`: {}", template.id, template.ask, said(&other))),
        })
        .collect();
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn no_template_takes_the_sentences_that_it_must_not() {
    let checker = checker();
    let mut wrong = Vec::new();
    for template in TEMPLATES.iter() {
        for sentence in &template.others {
            if let Parsed::Claim(claim) = checker.parse(sentence, &home())
                && claim.template.id == template.id
            {
                wrong.push(format!("{}: `{sentence}`: {:?}", template.id, claim.slots.in_words()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_list_of_templates_is_the_files_of_the_folder() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../claims");
    let on_disk: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .flatten()
        .filter_map(|entry| {
            entry.file_name().to_string_lossy().strip_suffix(".toml").map(str::to_owned)
        })
        .collect();
    let in_list: BTreeSet<String> = TEMPLATES.iter().map(|template| template.id.clone()).collect();
    assert_eq!(in_list, on_disk);
    assert!(in_list.len() >= 30);
}

#[test]
fn every_indicator_of_the_word_lists_has_a_definition() {
    let names: std::collections::BTreeMap<String, Vec<String>> =
        toml::from_str(include_str!("../../../../claims/lexicon/indicators.toml")).expect("names");
    let library = library();
    let unknown: Vec<&String> = names.keys().filter(|id| library.get(id).is_none()).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    let beside =
        TEMPLATES.iter().flat_map(|template| template.beside.iter().chain(&template.indicator));
    assert!(beside.into_iter().all(|id| library.get(id).is_some()));
}

#[test]
fn every_example_sheet_has_its_own_name_and_sentences() {
    let names: BTreeSet<&str> = SHEETS.iter().map(|sheet| sheet.id.as_str()).collect();
    assert_eq!(names.len(), SHEETS.len());
    assert!(SHEETS.iter().all(|sheet| !sheet.id.is_empty() && !sheet.claims.is_empty()));
}

fn said(parsed: &Parsed) -> String {
    match parsed {
        Parsed::Claim(claim) => {
            format!("read as {} {:?}", claim.template.id, claim.slots.in_words())
        }
        Parsed::Near(near) => near
            .iter()
            .map(|one| {
                format!(
                    "near {} (missing {:?}, not taken {:?})",
                    one.template.id, one.missing, one.not_taken
                )
            })
            .collect::<Vec<_>>()
            .join(", "),
        Parsed::NotAClaim => "no claim".to_owned(),
    }
}

#[test]
fn every_method_has_its_section_in_the_methods_chapter() {
    let chapter = include_str!("../../../../docs/book/methods.md");
    let headings: BTreeSet<String> = chapter
        .lines()
        .filter_map(|line| line.strip_prefix("## ").or_else(|| line.strip_prefix("### ")))
        .map(|heading| heading.to_lowercase().replace(' ', "-"))
        .collect();
    let missing: Vec<&str> = TEMPLATES
        .iter()
        .map(|template| template.anchor.as_str())
        .filter(|anchor| !headings.contains(*anchor))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

//! The files of editions that the program once did not read, or read wrongly, as they are: each has its right answer here.
//! Skipped where the folder of cases is not there and `CATCHMENT_CASES` does not name one.
#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up has failed")]

#[path = "support/real.rs"]
mod imports;

use std::path::Path;

use evidence::Verdict::{self, Accepted, AcceptedWithRemarks as Remarked, Refused};
use imports::{Imported, at_hand, imported};

/// The right answer of a file: dataset, verdict, edition, rows kept of a table, and the sum of a column of it.
struct Right {
    file: &'static str,
    source: &'static str,
    verdict: Verdict,
    edition: &'static str,
    table: &'static str,
    rows: usize,
    sum: Option<(&'static str, &'static str, &'static str, f64)>,
}

const NOTHING: Right =
    Right { file: "", source: "", verdict: Refused, edition: "", table: "", rows: 0, sum: None };

/// Rows and sums were counted in the files by other means.
const RIGHT: &[Right] = &[
    Right {
        file: "etr.csv",
        source: "trust_register",
        verdict: Remarked,
        table: "provider",
        rows: 5,
        ..NOTHING
    },
    // Ten practices in twelve rows: two have two suppliers each.
    Right {
        file: "Mapping_Oct_25.csv",
        source: "appointments_map",
        verdict: Remarked,
        edition: "2025-10-01",
        table: "affiliation",
        rows: 10,
        ..NOTHING
    },
    Right {
        file: "QOF 2017-18.csv",
        source: "quality_achievement_total",
        verdict: Remarked,
        edition: "2017-04-01",
        table: "achievement_total",
        rows: 5,
        sum: Some(("points", "", "", 2_785.04)),
    },
    Right {
        file: "QOF 2024-25.csv",
        source: "quality_achievement_total",
        verdict: Remarked,
        edition: "2024-04-01",
        table: "achievement_total",
        rows: 4,
        sum: Some(("points", "", "", 2_473.71)),
    },
    Right {
        file: "nhspaymentsgp-23-24-prac-csv.csv",
        source: "payments",
        verdict: Remarked,
        edition: "2023-04-01",
        table: "contract",
        rows: 4,
        ..NOTHING
    },
    Right {
        file: "nhspaymentsgp-18-19-10J.csv",
        source: "payments",
        verdict: Remarked,
        edition: "2018-04-01",
        table: "contract",
        rows: 19,
        sum: Some(("weighted_average", "", "", 239_258.8)),
    },
    Right {
        file: "map_2020-09_10J.csv",
        source: "patients_registered_map",
        verdict: Remarked,
        edition: "2020-09-01",
        table: "affiliation",
        rows: 15,
        ..NOTHING
    },
    Right {
        file: "epraccur_aug2021_with_a_proposed_practice.csv",
        source: "organisation_register",
        verdict: Remarked,
        edition: "2021-08-01",
        table: "practice",
        rows: 5,
        ..NOTHING
    },
    Right {
        file: "gp-reg-pat-prac-sing-age-regions.csv",
        source: "patients_registered_ages",
        verdict: Refused,
        ..NOTHING
    },
    // Three areas of 2011 in two parts each and three unchanged: nine links, and one authority for each of the six.
    Right {
        file: "lsoa11_lsoa21_v1.csv",
        source: "lookups",
        verdict: Remarked,
        edition: "2022-01-01",
        table: "lookup",
        rows: 18,
        sum: Some(("weight", "parent_kind", "lsoa21", 6.0)),
    },
    Right {
        file: "lsoa11_ccg21_lad21.csv",
        source: "lookups",
        verdict: Accepted,
        edition: "2021-01-01",
        table: "lookup",
        rows: 8,
        sum: Some(("weight", "parent_kind", "ccg", 3.0)),
    },
    Right {
        file: "lsoa21_to_icb23_ons_codes_only.csv",
        source: "lookups",
        verdict: Accepted,
        edition: "2023-01-01",
        table: "lookup",
        rows: 5,
        sum: Some(("weight", "parent_kind", "icb", 5.0)),
    },
    Right {
        file: "sub_icb_to_icb_to_region_july_2022.csv",
        source: "lookups",
        verdict: Accepted,
        edition: "2022-01-01",
        table: "lookup",
        rows: 14 + 7 + 6 + 5,
        sum: Some(("weight", "parent_kind", "icb_ons", 6.0)),
    },
    Right {
        file: "appointments_in_pcns.csv",
        source: "appointments_network",
        verdict: Accepted,
        edition: "2024-02-01",
        table: "appointment_network_sub_icb",
        rows: 7,
        sum: Some(("appointments", "status", "booked", 8.0)),
    },
];

#[test]
fn every_file_of_the_cases_gives_the_right_answer_of_its_page() {
    let Some(folder) = at_hand("CATCHMENT_CASES", &["files"]) else { return };
    let files = &folder[0];
    let there = std::fs::read_dir(files).unwrap().map(|entry| entry.unwrap().file_name());
    for name in there {
        assert!(
            RIGHT.iter().any(|right| *name == *right.file),
            "{name:?} has no right answer here"
        );
    }
    let wrong: Vec<String> =
        RIGHT.iter().flat_map(|right| differences(right, &files.join(right.file))).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// What is not as it should be.
fn differences(right: &Right, path: &Path) -> Vec<String> {
    let imported = imported(&[path.to_path_buf()]);
    let release = imported.release(right.file);
    println!("{} {:?} {} {:?}", right.file, release.verdict, release.edition, release.remarks);
    let mut wrong = Vec::new();
    let mut compare = |what: &str, found: String, expected: String| {
        if found != expected {
            wrong.push(format!("{}: {what} {found}, right is {expected}", right.file));
        }
    };
    compare("dataset", release.source.clone(), right.source.to_owned());
    compare("verdict", format!("{:?}", release.verdict), format!("{:?}", right.verdict));
    if !right.edition.is_empty() {
        compare("edition", release.edition.clone(), right.edition.to_owned());
    }
    if !right.table.is_empty() {
        compare("rows", imported.rows(right.table).to_string(), right.rows.to_string());
    }
    if let Some((column, filter, word, expected)) = right.sum {
        let found = sum(&imported, right.table, column, (filter, word));
        compare(column, format!("{found:.2}"), format!("{expected:.2}"));
    }
    wrong
}

/// The sum of a column over the rows that have a word in another; over all where that is not named.
fn sum(imported: &Imported, table: &str, column: &str, (filter, word): (&str, &str)) -> f64 {
    let mut sum = 0.0;
    for period in imported.evidence.periods(table) {
        let frame = imported.evidence.frame(table, period).unwrap();
        for (row, value) in frame.number(column).unwrap().iter().enumerate() {
            let found = frame.text(filter).and_then(|column| column.get(row)).unwrap_or_default();
            sum += if found == word && value.is_finite() { *value } else { 0.0 };
        }
    }
    sum
}

//! Faults that users of other tools reported publicly, run as they lie in the folder of cases (`CATCHMENT_CASES`), against the answers
//! that their reports call right. Skipped where the variable is not set and the folder is not there; the small inputs of other tests keep the same answers.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[path = "../../sources/tests/support/at_hand.rs"]
mod at_hand;

use std::path::Path;
use std::process::Command;

use at_hand::at_hand;

/// A case: its folder, what its output holds in this order (a number means one that is equal to the digits given), and what it must not
/// hold.
type Case = (&'static str, &'static [&'static str], &'static [&'static str]);

const CALC: [Case; 12] = [
    (
        "01-dsr-band-85-and-over",
        &[
            "637.022", "585.914", "691.388", "637.022", "585.914", "691.388", "645.489", "593.747",
            "700.529",
        ],
        &["569.804", "991.596"],
    ),
    (
        "04-life-table-85-and-over",
        &[
            "78.3541", "77.8371", "78.8712", "17.8078", "78.2859", "77.7646", "78.8073", "17.7287",
            "78.2114", "77.6690", "78.7539", "17.6424",
        ],
        &[],
    ),
    ("07-rate-repeat-events", &["events of one person", "2805.728", "2555.512", "3073.748"], &[]),
    ("08-isr-total-only", &["70.8682", "--observed"], &[]),
    (
        "11-funnel-suppressed-row",
        &[
            "3 of 7 rows",
            "A,",
            "Not significant",
            "B,",
            "Not significant",
            "C,",
            "suppressed",
            "D,",
            "denominator is nought",
            "E,",
            "High (0.001)",
            "F,",
            "larger than the denominator",
            "G,",
            "Low (0.001)",
            "standing",
            "A,",
            "Not significant",
            "B,",
            "Not significant",
            "E,",
            "High (0.001)",
            "G,",
            "Low (0.001)",
        ],
        &[],
    ),
    (
        "14-spc-trend-direction",
        &[
            "57.05",
            "39.13",
            "74.97",
            "concern, low",
            "2023-08-01",
            "46.95",
            "improvement, high",
            "57.05",
            "improvement, low",
        ],
        &["improvement, high\",,\n2023"],
    ),
    (
        "17-spc-blank-month",
        &[
            "53.4118",
            "37.6180",
            "69.2055",
            "common cause",
            "53.4118",
            "36.5651",
            "70.2584",
            "common cause",
            "53.4118",
            "36.5651",
            "70.2584",
            "common cause",
            "a number is missing",
        ],
        &["improvement", "concern"],
    ),
    (
        "18-spc-months-out-of-order",
        &[
            "== shift",
            "53.95",
            "47.09",
            "60.81",
            "improvement, high",
            "== newest_first",
            "53.95",
            "47.09",
            "60.81",
            "improvement, high",
            "== sorted_as_text",
            "53.95",
            "47.09",
            "60.81",
            "improvement, high",
            "== gaps",
            "2022-05",
            "2022-10",
            "2022-11",
            "2022-12",
        ],
        &["concern"],
    ),
    (
        "21-spc-rebase-unknown-point",
        &[
            "61.0000",
            "56.1233",
            "65.8767",
            "consistently passes",
            "61.0000",
            "56.1233",
            "65.8767",
            "consistently passes",
        ],
        &["53.9500"],
    ),
    (
        "31-column-of-another-year",
        &["there is no column `deaths_2024`", "deaths_2023", "594.059", "294.118"],
        &[],
    ),
    (
        "32-age-bands-as-dates",
        &[
            "`05-Sep`",
            "this is a date",
            "`Oct-14`",
            "nothing was written",
            "`01-Apr`",
            "`05-Sep`",
            "`Oct-14`",
            "nothing was written",
        ],
        &["value,"],
    ),
    (
        "53-calc-other-encodings",
        &[
            "utf8_mark",
            "A,1,10,0.1,",
            "B,2,10,0.2,",
            "utf16",
            "A,1,10,0.1,",
            "B,2,10,0.2,",
            "semicolons",
            "A,1,10,0.1,",
            "B,2,10,0.2,",
            "tabs",
            "A,1,10,0.1,",
            "B,2,10,0.2,",
            "titled",
            "A,1,10,0.1,",
            "B,2,10,0.2,",
            "book",
            "there is no column `area`",
            "PCN Code",
            "symbols",
            "suppressed (`<5`)",
            "suppressed (`1-7`)",
            "suppressed (`~`)",
            "suppressed (`[low]`)",
            "suppressed (`[c]`)",
            "F,5,10,0.5,",
        ],
        &[],
    ),
];

const STORES: [Case; 7] = [
    (
        "36-qof-extra-digit",
        &[
            "03W",
            "0.007559",
            "04C",
            "0.006936",
            "04V",
            "0.007889",
            "52R",
            "0.006660",
            "71E",
            "0.008039",
            "C82028: 3636 of 5930 held back",
            "C82028",
            "[x]",
            "Y05412",
            "441",
            "held back: the part is larger than the whole",
            "Diabetes is higher",
            "NOT SUPPORTED",
            "Epilepsy is higher",
            "SUPPORTED",
        ],
        &["0.018881", "0.011370", "1.9%"],
    ),
    (
        "38-boards-of-april-2026",
        &[
            "== QK1",
            "ended",
            "QZ9",
            "== QPM",
            "ended",
            "QZ9",
            "== QZ9",
            "2,116,563",
            "== LLR",
            "== NHS Northamptonshire",
            "QZ9",
            "2116563",
            "2116563",
        ],
        &["9999", "unknown"],
    ),
    (
        "39-merged-into-an-old-code",
        &["04C", "1,253,091", "03W", "04C", "NOT SUPPORTED", "1,253,091", "1,253,091", "0.0% more"],
        &["179%"],
    ),
    (
        "40-practices-of-one-name",
        &[
            "is the name of 5",
            "C84065",
            "F82625",
            "F83019",
            "K81081",
            "M84036",
            "is the name of 5",
            "C84065",
            "M84036",
            "Not read",
            "5 are called so",
            "Not read",
            "5 are called so",
        ],
        &["SUPPORTED"],
    ),
    (
        "41-list-of-sixteen",
        &[
            "0.5625",
            "0.331786",
            "0.769013",
            "not ranked",
            "CANNOT TELL",
            "56.2",
            "33.2",
            "76.9",
            "not ranked",
            "56.2",
            "not ranked",
        ],
        &["\n  SUPPORTED"],
    ),
    (
        "48-travel-rings-doors-bollards",
        &[
            "E01013782,C82005,walk,47.25",
            "E01013782,C82008,walk,12.50",
            "E01013784,C82005,walk,59.75",
            "E01013782,C82005,drive",
            "10.12",
            "E01013782,C82008,drive",
            "12.33",
            "E01013784,C82005,drive",
            "15.12",
        ],
        &["8.04", "5.73"],
    ),
    (
        "44-power-bi-workbooks",
        &[
            "| 30 ", "30", "| 154 ", "30", "| 30 ", "30", "| 154 ", "30", "| 30 ", "30", "| 154 ",
            "30", "| 30 ", "30", "| 154 ", "30",
        ],
        &["refused "],
    ),
];

#[test]
fn calc_answers_the_cases_as_their_reports_do() {
    check(&CALC);
}

#[test]
fn the_store_answers_the_cases_as_their_reports_do() {
    check(&STORES);
}

fn check(cases: &[Case]) {
    let Some(bugs) = at_hand("CATCHMENT_CASES", &["bugs"]) else { return };
    let wrong: Vec<String> = cases.iter().filter_map(|case| differs(&bugs[0], case)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// What is wrong with the answer to a case; nothing where it is right.
fn differs(bugs: &Path, (name, wanted, never): &Case) -> Option<String> {
    let output = run(&bugs.join(name));
    let mut from = 0;
    for item in *wanted {
        match output.get(from..).and_then(|rest| find(rest, item)) {
            Some(end) => from += end,
            None => return Some(format!("{name}: no `{item}` after byte {from} of\n{output}")),
        }
    }
    let unwanted = never.iter().find(|item| find(&output, item).is_some())?;
    Some(format!("{name}: there is `{unwanted}` in\n{output}"))
}

/// What the command of a case prints, run in a copy of its folder.
fn run(case: &Path) -> String {
    let folder = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(case).unwrap().flatten() {
        std::fs::write(folder.path().join(entry.file_name()), std::fs::read(entry.path()).unwrap())
            .unwrap();
    }
    let mut command = Command::new("sh");
    command.args(["-c", "exec sh ./cmd.sh 2>&1"]).current_dir(folder.path());
    command.env("C", env!("CARGO_BIN_EXE_catchment"));
    command.env("STORE", folder.path().join("store")).env("FILES", folder.path().join("files"));
    String::from_utf8_lossy(&command.output().unwrap().stdout).into_owned()
}

/// Where an item ends in a text: a word as it stands, a number by its digits.
fn find(text: &str, item: &str) -> Option<usize> {
    let Ok(number) = item.parse::<f64>() else {
        return text.find(item).map(|at| at + item.len());
    };
    let decimals = item.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let half = 0.5 * 10_f64.powi(-i32::try_from(decimals).unwrap()) + 1e-9;
    let mut end = 0;
    text.split_inclusive(|letter: char| !letter.is_ascii_digit() && letter != '.').find_map(
        |word| {
            end += word.len();
            let digits = word.trim_end_matches(|letter: char| !letter.is_ascii_digit());
            let found: f64 = digits.parse().ok()?;
            ((found - number).abs() <= half).then_some(end)
        },
    )
}

#[test]
fn numbers_are_found_by_the_digits_given() {
    assert_eq!(find("value 57.049999,x", "57.05"), Some(16));
    assert_eq!(find("value 57.06,x", "57.05"), None);
    assert_eq!(find("31253091.", "1253091"), None);
}

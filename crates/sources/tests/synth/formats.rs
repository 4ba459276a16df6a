//! Files have the publishers' headers, byte for byte where a published file is at hand.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};

use crate::place::{harbourton, published};

/// Our file (by part of its path) and the published one with the same header.
const PAIRS: [(&str, &str); 15] = [
    ("2025-11/gp-reg-pat-prac-all", "nov-2025/gp-reg-pat-prac-all.csv"),
    ("2025-11/gp-reg-pat-prac-map", "nov-2025/gp-reg-pat-prac-map.csv"),
    ("2025-11/gp-reg-pat-prac-quin-age", "nov-2025/gp-reg-pat-prac-quin-age.csv"),
    ("Regional_CSV", "nov-2025/Regional_CSV_LeicesterLshire.csv"),
    ("COVERAGE", "nov-2025/APPOINTMENTS_GP_COVERAGE.csv"),
    ("appointments/Mapping", "nov-2025/Mapping.csv"),
    ("OC_submissions", "nov-2025/OC_submissions_by_practice_Nov25.csv"),
    ("pcn-workforce", "nov-2025/Primary Care Networks - November 2025 Individual Level.csv"),
    ("nhspaymentsgp", "payments/nhspaymentsgp-22-23-prac-csv.csv"),
    ("fingertips", "fingertips/2021-practice/indicator-data.csv"),
    ("england_icb_accidents_emergency", "ae/england_icb_accidents_emergency.csv"),
    ("lookup_lsoa21_icb24", "geography/lookup_lsoa21_icb24.csv"),
    ("lookup_lsoa11_lsoa21_ltla22", "geography/lookup_lsoa11_lsoa21_ltla22.csv"),
    ("lsoa21_pwc", "geography/lsoa21-pwc/lsoa21_pwc.csv"),
    ("census2021-ts021", "geography/census2021/census2021-ts021-lsoa.csv"),
];

fn ours(part: &str) -> &'static [u8] {
    let found: Vec<_> = harbourton().0.iter().filter(|(path, _)| path.contains(part)).collect();
    assert_eq!(found.len(), 1, "`{part}` names {} files", found.len());
    found[0].1
}

fn first_line(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    String::from_utf8_lossy(&bytes[..=end.min(bytes.len() - 1)]).into_owned()
}

#[test]
fn headers_equal_the_published_ones_to_the_byte() {
    for (part, path) in PAIRS {
        let Some(path) = published(path) else { return };
        let mut line = Vec::new();
        BufReader::new(File::open(&path).unwrap()).read_until(b'\n', &mut line).unwrap();
        assert_eq!(first_line(ours(part)), String::from_utf8_lossy(&line), "{part}");
    }
}

#[test]
fn headers_equal_those_of_the_published_archives() {
    for (part, path) in [
        ("Crosstab_Oct_25", "nov-2025/Practice_Level_Crosstab_Oct_25.zip"),
        ("SDS_ROLE", "nov-2025/Appointments_GP_Daily_SDS_Role_CSV_Nov_25.zip"),
    ] {
        let Some(path) = published(path) else { return };
        let mut archive = zip::ZipArchive::new(File::open(path).unwrap()).unwrap();
        let mut line = Vec::new();
        archive.by_index(0).unwrap().take(600).read_to_end(&mut line).unwrap();
        assert_eq!(first_line(ours(part)), first_line(&line), "{part}");
    }
}

#[test]
fn every_column_of_the_wide_staff_file_is_a_published_one() {
    let Some(path) = published("schemas/practice_detailed_cols.csv") else { return };
    let text = fs::read_to_string(path).unwrap().to_uppercase();
    let known: Vec<&str> = text
        .lines()
        .next()
        .unwrap_or_default()
        .split(',')
        .map(|name| name.trim_matches('"'))
        .collect();
    let table = harbourton().table("September 2025 Practice Level - Detailed");
    let unknown: Vec<&String> =
        table.header.iter().filter(|name| !known.contains(&name.as_str())).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn epraccur_has_27_quoted_fields_and_windows_line_ends() {
    let text = String::from_utf8(ours("epraccur").to_vec()).unwrap();
    for line in text.split_terminator("\r\n") {
        assert_eq!(line.split("\",\"").count(), 27, "{line}");
        assert!(line.starts_with('"') && line.ends_with('"') && !line.contains('\n'));
    }
}

#[test]
fn payments_begin_with_a_byte_order_mark_and_have_75_columns() {
    let bytes = ours("nhspaymentsgp");
    assert!(bytes.starts_with("\u{feff}".as_bytes()));
    let table = harbourton().table("nhspaymentsgp");
    assert_eq!(table.header.len(), 75);
    assert!(table.rows.iter().all(|row| row.len() == 75));
}

fn is_csv(path: &str) -> bool {
    std::path::Path::new(path).extension().is_some_and(|ending| ending == "csv")
}

#[test]
fn every_row_has_as_many_fields_as_its_header() {
    let comma_files = harbourton().0.keys().filter(|path| is_csv(path));
    for path in comma_files.filter(|path| !path.starts_with("ods/")) {
        let table = harbourton().table(path);
        let odd = table.rows.iter().find(|row| row.len() != table.header.len());
        assert!(odd.is_none(), "{path}: {odd:?}");
        assert!(!table.rows.is_empty(), "{path} is empty");
    }
}

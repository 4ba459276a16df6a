//! Damaged and hostile files: each gives its right value or a named problem, stops none of the others and leaves nothing
//! of itself behind when it is refused.

#![expect(
    clippy::too_many_lines,
    clippy::format_collect,
    reason = "the cases are a list, and the files they make are small"
)]
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail the test")]

#[path = "support/imports.rs"]
mod imports;

use std::io::{Cursor, Write};
use std::path::Path;

use evidence::Verdict;
use imports::{Imported, imported};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const HEADER: &str = "PUBLICATION,EXTRACT_DATE,TYPE,SUB_ICB_LOCATION_CODE,ONS_SUB_ICB_LOCATION_CODE,CODE,POSTCODE,SEX,AGE,NUMBER_OF_PATIENTS";
const BESIDE: &str = "site_code,service,weekday,opens,closes\nA81001001,gp,monday,08:00,18:30\n";

/// What should come of a file.
enum Expected {
    /// Read: so many patients in all.
    Patients(f64),
    /// Refused, or a row left out: this row (0 for the file) and these words.
    Problem(u64, &'static str),
    /// Not of any publication, and said so in these words.
    Unknown(&'static str),
}
use Expected::{Patients, Problem, Unknown};

struct Case {
    habit: &'static str,
    name: &'static str,
    bytes: Vec<u8>,
    expected: Expected,
}

fn case(habit: &'static str, bytes: impl Into<Vec<u8>>, expected: Expected) -> Case {
    Case { habit, name: "list.csv", bytes: bytes.into(), expected }
}

fn named(name: &'static str, case: Case) -> Case {
    Case { name, ..case }
}

fn row(practice: &str, date: &str, patients: &str) -> String {
    format!("GP_PRAC_PAT_LIST,{date},GP,16C,E38000247,{practice},TS18 1HU,ALL,ALL,{patients}")
}

/// A list of three practices with 600 patients, its second row as given.
fn with(second: &str) -> String {
    let (first, third) = (row("A81001", "01NOV2025", "100"), row("A81003", "01NOV2025", "300"));
    format!("{HEADER}\n{first}\n{second}\n{third}\n")
}

fn good() -> String {
    with(&row("A81002", "01NOV2025", "200"))
}

fn wide(text: &str, big: bool) -> Vec<u8> {
    let unit = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(unit).collect()
}

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn nested(depth: usize) -> Vec<u8> {
    (0..depth).fold(good().into_bytes(), |inner, level| {
        let name = if level == 0 { "list.csv".to_owned() } else { format!("{level}.zip") };
        zipped(&[(&name, &inner)])
    })
}

/// An archive whose members say that they are encrypted.
fn encrypted() -> Vec<u8> {
    let mut bytes = zipped(&[("list.csv", good().as_bytes())]);
    for (signature, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let at = bytes.windows(4).position(|window| window == signature).unwrap();
        bytes[at + flags] |= 1;
    }
    bytes
}

/// A workbook with these sheets, each the XML of its rows.
fn workbook(sheets: &[(&str, &str)]) -> Vec<u8> {
    let list = |line: &dyn Fn(usize, &str) -> String| -> String {
        sheets.iter().enumerate().map(|(number, (name, _))| line(number + 1, name)).collect()
    };
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let book = list(&|number, name| {
        format!("<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>")
    });
    let links = list(&|number, _| {
        format!(
            "<Relationship Id=\"rId{number}\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"
        )
    });
    let mut members = vec![
        (
            "_rels/.rels".to_owned(),
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        ("[Content_Types].xml".to_owned(), format!("<Types xmlns=\"{package}/content-types\"/>")),
        (
            "xl/workbook.xml".to_owned(),
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets>{book}</sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels".to_owned(),
            format!("<Relationships xmlns=\"{package}/relationships\">{links}</Relationships>"),
        ),
    ];
    for (number, (_, rows)) in sheets.iter().enumerate() {
        let sheet = format!(
            "<worksheet xmlns=\"{main}\"><dimension ref=\"A1:XFD1048576\"/><sheetData>{rows}</sheetData></worksheet>"
        );
        members.push((format!("xl/worksheets/sheet{}.xml", number + 1), sheet));
    }
    let members: Vec<(&str, &[u8])> =
        members.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    zipped(&members)
}

/// The rows of a sheet that hold this text, from a row onwards.
fn sheet(text: &str, from: usize) -> String {
    let cell = |value: &str| format!("<c t=\"inlineStr\"><is><t>{value}</t></is></c>");
    text.lines()
        .enumerate()
        .map(|(number, line)| {
            let cells: String = line.split(',').map(cell).collect();
            format!("<row r=\"{}\">{cells}</row>", number + from)
        })
        .collect()
}

fn words_and_marks() -> Vec<Case> {
    vec![
        case("a byte-order mark", format!("\u{feff}{}", good()), Patients(600.0)),
        case("carriage returns", good().replace('\n', "\r\n"), Patients(600.0)),
        case("mixed line ends", good().replacen('\n', "\r\n", 2), Patients(600.0)),
        case("no final line break", good().trim_end(), Patients(600.0)),
        case(
            "Windows-1252",
            with(&row("A81002", "01NOV2025", "200"))
                .replace("TS18 1HU", "St\u{1}")
                .into_bytes()
                .iter()
                .map(|b| if *b == 1 { 0x92 } else { *b })
                .collect::<Vec<u8>>(),
            Patients(600.0),
        ),
        case("UTF-16, little end first", wide(&good(), false), Patients(600.0)),
        case("UTF-16, big end first", wide(&good(), true), Patients(600.0)),
        case(
            "every field quoted",
            good()
                .lines()
                .map(|line| format!("\"{}\"\n", line.replace(',', "\",\"")))
                .collect::<String>(),
            Patients(600.0),
        ),
        case("trailing blank rows", format!("{}\n\n,,,,,,,,,\n", good()), Patients(600.0)),
        case(
            "blanks round the codes",
            with(&row(" A81002 ", "01NOV2025", " 200 ")),
            Patients(600.0),
        ),
        case("thousands commas", with(&row("A81002", "01NOV2025", "\"1,200\"")), Patients(1600.0)),
        case(
            "decimals of a re-saved file",
            with(&row("A81002", "01NOV2025", "200.0")),
            Patients(600.0),
        ),
        case(
            "a date saved by a spreadsheet",
            with(&row("A81002", "01-Nov-25", "200")),
            Patients(600.0),
        ),
        case("a date with slashes", with(&row("A81002", "01/11/2025", "200")), Patients(600.0)),
        case("a date as a serial number", with(&row("A81002", "45962", "200")), Patients(600.0)),
        case(
            "shuffled columns",
            good()
                .lines()
                .map(|line| line.rsplit(',').collect::<Vec<_>>().join(",") + "\n")
                .collect::<String>(),
            Patients(600.0),
        ),
        case(
            "columns in small letters",
            good().replacen(HEADER, &HEADER.to_lowercase(), 1),
            Patients(600.0),
        ),
        case(
            "footnote digits in the header",
            good().replacen("NUMBER_OF_PATIENTS", "NUMBER_OF_PATIENTS_7", 1),
            Patients(600.0),
        ),
        case(
            "titles above the header",
            format!("Patients registered\n\n{}", good()),
            Patients(600.0),
        ),
        case(
            "an extra column",
            good().lines().map(|line| format!("{line},x\n")).collect::<String>(),
            Patients(600.0),
        ),
        case(
            "a column of earlier years",
            good().replace("SUB_ICB_LOCATION_CODE", "CCG_CODE"),
            Patients(600.0),
        ),
    ]
}

fn wrong_cells() -> Vec<Case> {
    vec![
        case(
            "a suppressed count",
            with(&row("A81002", "01NOV2025", "*")),
            Problem(3, "is not a number"),
        ),
        case(
            "a dash for a count",
            with(&row("A81002", "01NOV2025", "-")),
            Problem(3, "is not a number"),
        ),
        case(
            "an empty count",
            with(&row("A81002", "01NOV2025", "")),
            Problem(3, "is not a number"),
        ),
        case(
            "a count turned into a date",
            with(&row("A81002", "01NOV2025", "12-Mar")),
            Problem(3, "`12-Mar`: is not a number"),
        ),
        case(
            "a negative count",
            with(&row("A81002", "01NOV2025", "-5")),
            Problem(3, "is not a count"),
        ),
        case(
            "half a person",
            with(&row("A81002", "01NOV2025", "2.5")),
            Problem(3, "is not a count"),
        ),
        case(
            "a count beyond all numbers",
            with(&row("A81002", "01NOV2025", "1e999")),
            Problem(3, "is not a number"),
        ),
        case(
            "a broken thousands comma",
            with(&row("A81002", "01NOV2025", "\"12,34\"")),
            Problem(3, "is not a number"),
        ),
        case(
            "an unquoted thousands comma",
            with(&row("A81002", "01NOV2025", "1,200")),
            Problem(3, "11 cells"),
        ),
        case("a formula", with(&row("A81002", "01NOV2025", "=1+1")), Problem(3, "is not a number")),
        case(
            "a spreadsheet's error",
            with(&row("A81002", "01NOV2025", "#REF!")),
            Problem(3, "is not a number"),
        ),
        case(
            "an impossible date",
            with(&row("A81002", "31FEB2025", "200")),
            Problem(3, "is not a date"),
        ),
        case("no date", with(&row("A81002", "", "200")), Problem(3, "is not a date")),
        case(
            "a leading nought lost",
            with(&row("A8102", "01NOV2025", "200")),
            Problem(3, "is not a practice code"),
        ),
        case(
            "a letter O for a nought",
            with(&row("A81OO2", "01NOV2025", "200")),
            Problem(3, "is not a practice code"),
        ),
        case(
            "a code in small letters",
            with(&row("a81002", "01NOV2025", "200")),
            Problem(3, "small letters"),
        ),
        case(
            "a code in scientific form",
            with(&row("8.1E+03", "01NOV2025", "200")),
            Problem(3, "is not a practice code"),
        ),
        case(
            "a row of totals",
            format!("{}{}\n", good(), row("TOTAL", "01NOV2025", "600")),
            Problem(5, "is not a practice code"),
        ),
        case("the header twice", with(HEADER), Patients(400.0)),
        case("a row twice", with(&row("A81001", "01NOV2025", "100")), Patients(400.0)),
        case(
            "a row twice that says otherwise",
            with(&row("A81001", "01NOV2025", "101")),
            Problem(3, "stands on row 2 already and says otherwise there"),
        ),
        case(
            "merged cells",
            with("GP_PRAC_PAT_LIST,,GP,,,A81002,TS18 1HU,ALL,ALL,200"),
            Problem(3, "is not a date"),
        ),
        case("a row cut short", with("GP_PRAC_PAT_LIST,01NOV2025,GP,16C"), Problem(3, "4 cells")),
        case(
            "a file cut short",
            good().get(..good().len() - 12).unwrap().to_owned(),
            Problem(4, "cells"),
        ),
        case(
            "a ragged row",
            with(&format!("{},,", row("A81002", "01NOV2025", "200"))),
            Problem(3, "12 cells"),
        ),
        case(
            "a quote that never ends",
            with(&row("\"A81002", "01NOV2025", "200")),
            Problem(3, "never ends"),
        ),
        case("zero bytes", with(&row("A81002", "01NOV2025", "20\0")), Problem(0, "zero bytes")),
        case("a header without rows", format!("{HEADER}\n"), Problem(0, "there are no rows")),
        case(
            "a line of five million letters",
            with(&"x".repeat(5 << 20)),
            Problem(0, "longer than 4 MiB"),
        ),
    ]
}

fn other_things() -> Vec<Case> {
    vec![
        case("an empty file", "", Unknown("empty")),
        case("only blanks", " \n \n", Unknown("empty")),
        case(
            "a web page",
            "<!DOCTYPE html><html><body>Not found</body></html>",
            Unknown("web page"),
        ),
        case(
            "a column missing",
            good()
                .lines()
                .map(|line| line.rsplit_once(',').unwrap().0.to_owned() + "\n")
                .collect::<String>(),
            Unknown("it begins: PUBLICATION"),
        ),
        case(
            "a column renamed",
            good().replace("NUMBER_OF_PATIENTS", "HOW_MANY"),
            Unknown("it begins: PUBLICATION"),
        ),
        case("semicolons", good().replace(',', ";"), Patients(600.0)),
        case("bytes of no kind", vec![0, 159, 146, 150, 0, 1, 2], Unknown("zero bytes")),
        named(
            "list.geojson",
            case(
                "JSON cut short",
                "{\"features\": [{\"properties\":",
                Unknown("cannot be read as JSON"),
            ),
        ),
        named(
            "list.geojson",
            case(
                "JSON nested without end",
                "{\"a\":".to_owned() + &"[".repeat(100_000),
                Unknown("cannot be read as JSON"),
            ),
        ),
        named(
            "list.geojson",
            case(
                "an outline without points",
                "{\"features\":[{\"properties\":{\"LAD24CD\":\"E06000001\"},\"geometry\":null}]}",
                Problem(1, "outline"),
            ),
        ),
    ]
}

fn archives() -> Vec<Case> {
    let zip = |habit, bytes: Vec<u8>, expected| named("list.zip", case(habit, bytes, expected));
    let list = good();
    let many: Vec<(String, Vec<u8>)> =
        (0..2_100).map(|number| (format!("{number}.csv"), Vec::new())).collect();
    let many: Vec<(&str, &[u8])> =
        many.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let whole = zipped(&[("list.csv", list.as_bytes())]);
    let mut wrong_sum = whole.clone();
    wrong_sum[60] ^= 0xff;
    vec![
        zip("an archive", whole.clone(), Patients(600.0)),
        zip("an archive named as text", whole.clone(), Patients(600.0)),
        zip("an archive in an archive", nested(3), Patients(600.0)),
        zip(
            "names that climb out of the folder",
            zipped(&[("../../../escape.csv", list.as_bytes())]),
            Patients(600.0),
        ),
        zip(
            "a name that is a path of the disk",
            zipped(&[("/etc/list.csv", list.as_bytes())]),
            Patients(600.0),
        ),
        zip("archives within archives without end", nested(8), Problem(0, "deep")),
        zip("an archive cut short", whole[..whole.len() / 2].to_vec(), Problem(0, "damaged")),
        zip("an archive with a wrong byte", wrong_sum, Problem(0, "")),
        zip("an encrypted archive", encrypted(), Problem(0, "cannot be unpacked")),
        zip(
            "an archive that unpacks to a thousand times its size",
            zipped(&[("list.csv", &vec![b'0'; 40 << 20])]),
            Problem(0, "times its size"),
        ),
        zip("too many members", zipped(&many), Problem(0, "2100 members")),
        zip(
            "an empty archive",
            zipped(&[("readme.txt", b"nothing here")]),
            Unknown("it begins: nothing here"),
        ),
    ]
}

fn workbooks() -> Vec<Case> {
    let book = |habit, bytes: Vec<u8>, expected| named("list.xlsx", case(habit, bytes, expected));
    let notes = sheet("Notes,to read", 1);
    let far =
        format!("{}<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>", sheet(&good(), 1));
    vec![
        book("a workbook", workbook(&[("Data", &sheet(&good(), 1))]), Patients(600.0)),
        book(
            "notes on the first sheet",
            workbook(&[("Notes", &notes), ("Data", &sheet(&good(), 1))]),
            Patients(600.0),
        ),
        book(
            "blank rows above the header of a sheet",
            workbook(&[("Data", &sheet(&good(), 4))]),
            Patients(600.0),
        ),
        book("only the wrong sheet", workbook(&[("Notes", &notes)]), Unknown("no sheet")),
        book(
            "a cell at the end of a sheet",
            workbook(&[("Data", &far)]),
            Problem(0, "no table is so large"),
        ),
        book(
            "a workbook that is damaged",
            workbook(&[("Data", "<row><c t=\"s\"><v>99999</v></c></row></oops>")]),
            Problem(0, ""),
        ),
        book("a text named as a workbook", good().into_bytes(), Patients(600.0)),
        book(
            "a member named as a workbook",
            zipped(&[("xl/workbook.xml", b"<nothing")]),
            Problem(0, "workbook is damaged"),
        ),
    ]
}

fn patients(imported: &Imported) -> f64 {
    let sum = |period| -> f64 {
        let frame = imported.evidence.frame("list_size", period).unwrap();
        frame.number("patients").unwrap().iter().sum()
    };
    imported.evidence.periods("list_size").into_iter().map(sum).sum()
}

/// Why a case is not as expected, if it is not.
fn fault(case: &Case) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(case.name), &case.bytes).unwrap();
    std::fs::write(folder.path().join("opening.csv"), BESIDE).unwrap();
    let imported = imported(&[folder.path().to_owned()]);
    let problems = &imported.report.problems;
    let said: Vec<String> = problems.iter().map(sources::Problem::in_words).collect();
    let is_damaged = |release: &&evidence::Release| !release.origin.file.ends_with("opening.csv");
    let damaged: Vec<_> = imported.report.releases.iter().filter(is_damaged).collect();
    let found = match &case.expected {
        Patients(expected) => (patients(&imported) - expected).abs() < 1e-9 && problems.is_empty(),
        Problem(row, words) => {
            problems
                .iter()
                .zip(&said)
                .any(|(problem, said)| problem.row == *row && said.contains(words))
                && patients(&imported).abs() < 1e-9
                && damaged.iter().all(|release| release.parts.is_empty())
        }
        Unknown(words) => {
            let unknown = |release: &&&evidence::Release| release.verdict == Verdict::NotRecognised;
            damaged.iter().filter(unknown).any(|release| release.remarks.join(" ").contains(words))
        }
    };
    let others_stand = imported.evidence.periods("opening").len() == 1;
    let remarks: Vec<_> =
        damaged.iter().map(|release| (release.verdict, &release.remarks)).collect();
    (!found || !others_stand).then(|| {
        format!(
            "{}: {} patients, {said:?}, {remarks:?}, beside it {others_stand}",
            case.habit,
            patients(&imported)
        )
    })
}

fn check(cases: &[Case]) {
    let faults: Vec<String> = cases.iter().filter_map(fault).collect();
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), cases.len(), faults.join("\n"));
}

#[test]
fn habits_of_spreadsheets_are_read_through() {
    check(&words_and_marks());
}

#[test]
fn wrong_cells_and_rows_are_named() {
    check(&wrong_cells());
}

#[test]
fn what_is_no_publication_is_left_alone_in_words() {
    check(&other_things());
}

#[test]
fn hostile_archives_are_refused_and_honest_ones_opened() {
    check(&archives());
}

#[test]
fn damaged_workbooks_are_refused_and_honest_ones_read() {
    check(&workbooks());
}

#[test]
fn there_are_sixty_cases_and_more() {
    let all = [words_and_marks(), wrong_cells(), other_things(), archives(), workbooks()];
    let count: usize = all.iter().map(Vec::len).sum();
    assert!(count >= 60, "{count}");
}

fn import_folder(fill: impl Fn(&Path)) -> Imported {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("list.csv"), good()).unwrap();
    fill(folder.path());
    imported(&[folder.path().to_owned()])
}

#[test]
fn the_same_file_under_two_names_counts_once() {
    let imported = import_folder(|folder| std::fs::write(folder.join("copy.csv"), good()).unwrap());
    assert!((patients(&imported) - 600.0).abs() < 1e-9);
}

#[cfg(unix)]
#[test]
fn a_folder_that_links_back_to_itself_is_walked_once() {
    let imported = import_folder(|folder| {
        for name in ["back", "again"] {
            std::os::unix::fs::symlink(folder, folder.join(name)).unwrap();
        }
    });
    assert_eq!(imported.report.releases.len(), 1);
}

#[cfg(unix)]
#[test]
fn a_link_to_nowhere_is_a_named_problem() {
    let imported = import_folder(|folder| {
        std::os::unix::fs::symlink("nowhere", folder.join("lost.csv")).unwrap();
    });
    assert!(imported.report.problems[0].in_words().contains("cannot be read"));
    assert!((patients(&imported) - 600.0).abs() < 1e-9);
}

#[test]
fn what_a_fetch_leaves_beside_a_file_is_not_imported() {
    let imported = import_folder(|folder| {
        for ending in [".sha256", ".provenance.json", ".part", ".part.version"] {
            std::fs::write(folder.join(format!("list.csv{ending}")), "{").unwrap();
        }
    });
    assert_eq!(imported.report.releases.len(), 1);
}

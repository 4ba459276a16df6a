//! One specification, three forms: the page, the CSV and the workbook say the same.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use kit::table::{Workbook, to_csv, to_html};
use kit::{Caption, Cell, Column, Row, Side, Strength, Style, Table, Value, Verdict};
use vocab::Observed;

/// A table with every kind of cell, one of them hostile.
fn table() -> Table {
    let share = Style::percentage(1, "of appointments");
    Table {
        caption: Caption {
            id: "dna-share".to_owned(),
            title: "Appointments not attended".to_owned(),
            source: "Invented figures".to_owned(),
            run: "0123abcd".to_owned(),
            ..Caption::default()
        },
        columns: vec![
            Column::text("Name", "name"),
            Column::number("Share", "share_of_appointments", share),
            Column::verdict("Compared with England", "compared_with_england"),
        ],
        rows: vec![
            Row::pinned(vec![Cell::text("England"), Cell::value(0.0432), Cell::Empty]),
            Row::new(vec![
                Cell::link("=cmd|' /C calc'!A0", "/practice/A81001"),
                Cell::Number(Observed::Suppressed),
                Cell::Verdict(Verdict::NotCompared),
            ]),
            Row::new(vec![
                Cell::text("<b>Willow</b>"),
                Cell::value(0.1),
                Cell::Verdict(Verdict::Different(Side::Above, Strength::P998, Value::Bad)),
            ]),
        ],
        notes: vec!["Unknown outcomes are left out.".to_owned()],
    }
}

#[test]
fn the_page_shows_rounded_figures_marks_and_escaped_names() {
    insta::assert_snapshot!(to_html(&table()));
}

#[test]
fn the_csv_holds_full_figures_and_no_formula() {
    let csv = String::from_utf8(to_csv(&table())).unwrap();
    let lines: Vec<&str> = csv.split("\r\n").collect();
    assert_eq!(lines[0], "name,share_of_appointments,compared_with_england");
    assert_eq!(lines[1], "England,0.0432,");
    assert_eq!(lines[2], "'=cmd|' /C calc'!A0,[c],Not compared");
    assert_eq!(lines[3], "<b>Willow</b>,0.1,Worse (99.8%)");
}

#[test]
fn downloads_of_a_council_say_in_every_row_whom_they_count_and_of_when_the_lists_are() {
    let rule = "practices whose main site stands in the outline";
    let counted = table().counted(rule, "2025-11-01");
    let csv = String::from_utf8(to_csv(&counted)).unwrap();
    let lines: Vec<&str> = csv.split("\r\n").collect();
    assert!(lines[0].ends_with(",counted_by,lists_of"), "{}", lines[0]);
    for line in &lines[1..=3] {
        assert!(line.ends_with(&format!(",{rule},2025-11-01")), "{line}");
    }
    assert_eq!(to_html(&counted), to_html(&table()), "the page says it once");
}

#[test]
fn the_workbook_has_a_cover_notes_and_real_numbers() {
    let book =
        Workbook { title: "Test".to_owned(), about: Vec::new(), tables: vec![table(), table()] };
    let mut read: Xlsx<_> = Xlsx::new(Cursor::new(book.to_bytes().unwrap())).unwrap();
    assert_eq!(read.sheet_names(), ["Cover", "Notes", "dna-share", "table 2"]);
    let sheet = read.worksheet_range("dna-share").unwrap();
    assert_eq!(sheet.get_value((3, 1)), Some(&Data::Float(0.0432)));
    assert_eq!(sheet.get_value((4, 1)), Some(&Data::String("[c]".to_owned())));
    assert_eq!(sheet.get_value((4, 0)), Some(&Data::String("=cmd|' /C calc'!A0".to_owned())));
    assert!(read.worksheet_formula("dna-share").unwrap().is_empty());
}

#[test]
fn the_same_tables_give_the_same_workbook() {
    let book = Workbook { title: "Test".to_owned(), about: Vec::new(), tables: vec![table()] };
    assert_eq!(book.to_bytes().unwrap(), book.to_bytes().unwrap());
}

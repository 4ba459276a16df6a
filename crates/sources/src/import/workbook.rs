//! Workbooks as report writers leave them: what they say of themselves, and a stated range that no sheet can have.

use std::io::{self, Cursor, Read as _, Write as _};

use calamine::{Data, DataRef, Reader as _, Xlsx};
use jiff::civil::Date;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::value;

/// The cells, empty ones too, that a sheet may have.
const LARGEST_SHEET: usize = 60_000_000;

/// The day on which a workbook was last saved, as it says itself.
pub(super) fn day_saved(bytes: &[u8]) -> Option<Date> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut text = String::new();
    archive.by_name("docProps/core.xml").ok()?.take(1 << 16).read_to_string(&mut text).ok()?;
    let (_, after) = text.split_once("<dcterms:modified")?;
    let (_, moment) = after.split_once('>')?;
    value::day(moment.get(..10)?)
}

/// The same workbook without the ranges that its sheets state: they are of no use, and some writers begin them in row 0.
pub(super) fn without_ranges(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for index in 0..archive.len() {
        let mut member = archive.by_index(index).ok()?;
        let name = member.name().ok()?.into_owned();
        let mut content = Vec::new();
        member.read_to_end(&mut content).ok()?;
        let of_a_sheet = name.starts_with("xl/worksheets/");
        writer.start_file(name, stored).ok()?;
        writer.write_all(if of_a_sheet { without_range(&mut content) } else { &content }).ok()?;
    }
    Some(writer.finish().ok()?.into_inner())
}

/// A sheet without its element `dimension`, which stands before all rows.
fn without_range(content: &mut Vec<u8>) -> &[u8] {
    const NAME: &[u8] = b"dimension ";
    let head = content.get(..content.len().min(1 << 14)).unwrap_or_default();
    let name = head.windows(NAME.len()).position(|window| window == NAME);
    let from = name.and_then(|name| head.get(..name)?.iter().rposition(|byte| *byte == b'<'));
    let to =
        name.and_then(|name| Some(name + head.get(name..)?.iter().position(|byte| *byte == b'>')?));
    if let (Some(from), Some(to)) = (from, to) {
        content.drain(from..=to);
    }
    content
}

/// The rows of every sheet of a workbook, by its name.
pub(crate) type Sheets = Vec<(String, Vec<Vec<String>>)>;

/// The sheets of a workbook with their cells as texts; one that states an impossible range is read without it.
pub(crate) fn sheets_of(bytes: &[u8], text_of: fn(&DataRef<'_>) -> String) -> io::Result<Sheets> {
    let all = |bytes: &[u8]| -> Result<Sheets, String> {
        let mut book = Xlsx::new(Cursor::new(bytes.to_vec()))
            .map_err(|error| format!("the workbook is damaged: {error}"))?;
        let names = book.sheet_names();
        let named = |sheet: String| match sheet_rows(&mut book, &sheet, text_of) {
            Ok(rows) => Ok((sheet, rows)),
            Err(error) => Err(format!("sheet `{sheet}` is damaged: {error}")),
        };
        names.into_iter().map(named).collect()
    };
    all(bytes).or_else(|error| {
        let mended = without_ranges(bytes);
        mended.and_then(|mended| all(&mended).ok()).ok_or_else(|| io::Error::other(error))
    })
}

/// The cells of a sheet as rows of one width, from its first row and column.
fn sheet_rows(
    book: &mut Xlsx<Cursor<Vec<u8>>>,
    sheet: &str,
    text_of: fn(&DataRef<'_>) -> String,
) -> Result<Vec<Vec<String>>, String> {
    let mut cells = book.worksheet_cells_reader(sheet).map_err(|error| error.to_string())?;
    let (mut rows, mut width): (Vec<Vec<String>>, usize) = (Vec::new(), 0);
    while let Some(cell) = cells.next_cell().map_err(|error| error.to_string())? {
        let text = text_of(cell.get_value());
        if text.is_empty() {
            continue;
        }
        let (row, column) = (cell.get_position().0 as usize, cell.get_position().1 as usize);
        width = width.max(column + 1);
        if (row + 1).saturating_mul(width) > LARGEST_SHEET {
            return Err(format!(
                "a cell stands in row {}, column {}: no table is so large",
                row + 1,
                column + 1
            ));
        }
        if rows.len() <= row {
            rows.resize(row + 1, Vec::new());
        }
        if let Some(cells) = rows.get_mut(row) {
            cells.resize(cells.len().max(column + 1), String::new());
            if let Some(slot) = cells.get_mut(column) {
                *slot = text;
            }
        }
    }
    for row in &mut rows {
        row.resize(width, String::new());
    }
    Ok(rows)
}

/// A cell as text; a moment as the number that the workbook keeps.
pub(crate) fn cell_text(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::Empty => String::new(),
        DataRef::Error(error) => format!("{error:?}"),
        DataRef::DateTime(moment) => moment.as_f64().to_string(),
        DataRef::SharedString(text) => (*text).to_owned(),
        other => Data::from(other.clone()).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use evidence::Verdict;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use crate::trial::Trial;

    const SPACE: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const HEADINGS: [&str; 6] = [
        "PCN Code",
        "PCN Name",
        "Current Sub ICB Loc Code",
        "Sub ICB Location",
        "Open Date",
        "Close Date",
    ];
    const ROWS: [[&str; 6]; 2] = [
        ["U00147", "ONE", "04C", "SUB", "20191001", ""],
        ["U03186", "TWO", "04C", "SUB", "20191001", "20240331"],
    ];

    /// A register of networks whose sheet is this, with these texts kept apart, saved on a day.
    fn workbook(sheet: &str, texts: &str, saved: &str) -> Vec<u8> {
        let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let package = "http://schemas.openxmlformats.org/package/2006";
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let sheets = r#"<sheets><sheet name="PCNDetails" sheetId="1" r:id="r1"/></sheets>"#;
        for (name, text) in [
            ("[Content_Types].xml", format!(r#"<Types xmlns="{package}/content-types"/>"#)),
            (
                "_rels/.rels",
                format!(
                    r#"<Relationships xmlns="{package}/relationships"><Relationship Id="a" Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
                ),
            ),
            (
                "xl/workbook.xml",
                format!(r#"<workbook xmlns="{SPACE}" xmlns:r="{relation}">{sheets}</workbook>"#),
            ),
            (
                "xl/_rels/workbook.xml.rels",
                format!(
                    r#"<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{relation}/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#
                ),
            ),
            ("xl/worksheets/sheet1.xml", sheet.to_owned()),
            ("xl/sharedStrings.xml", format!(r#"<sst xmlns="{SPACE}">{texts}</sst>"#)),
            (
                "docProps/core.xml",
                format!(
                    "<cp><dcterms:modified xsi:type=\"dcterms:W3CDTF\">{saved}T10:00:00Z</dcterms:modified></cp>"
                ),
            ),
        ] {
            writer.start_file(name, SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    /// The sheet with texts in its cells, every name with this prefix.
    fn inline(prefix: &str, rows: &[[&str; 6]]) -> String {
        let p = prefix;
        let cell = |text: &&str| {
            format!(r#"<{p}c t="inlineStr"><{p}is><{p}t>{text}</{p}t></{p}is></{p}c>"#)
        };
        let row = |row: &[&str; 6]| {
            format!("<{p}row>{}</{p}row>", row.iter().map(cell).collect::<Vec<_>>().concat())
        };
        let rows = rows.iter().map(row).collect::<Vec<_>>().concat();
        let space = if p.is_empty() {
            "xmlns".to_owned()
        } else {
            format!("xmlns:{}", p.trim_end_matches(':'))
        };
        format!(
            r#"<{p}worksheet {space}="{SPACE}"><{p}sheetData>{rows}</{p}sheetData></{p}worksheet>"#
        )
    }

    /// The sheet with its texts kept apart, and the texts; empty cells refer to none.
    fn shared(range: &str, rows: &[[&str; 6]]) -> (String, String) {
        let (mut texts, mut lines) = (Vec::new(), String::new());
        for (number, row) in (1..).zip(rows) {
            lines.extend([format!(r#"<row r="{number}">"#)]);
            for (letter, text) in ["A", "B", "C", "D", "E", "F"].iter().zip(row) {
                let value = if text.is_empty() {
                    "<v/>".to_owned()
                } else {
                    format!("<v>{}</v>", texts.len())
                };
                lines.extend([format!(r#"<c r="{letter}{number}" t="s">{value}</c>"#)]);
                texts.extend((!text.is_empty()).then(|| format!("<si><t>{text}</t></si>")));
            }
            lines.push_str("</row>");
        }
        let range = format!(r#"<dimension ref="{range}"/>"#);
        (
            format!(
                r#"<worksheet xmlns="{SPACE}">{range}<sheetData>{lines}</sheetData></worksheet>"#
            ),
            texts.concat(),
        )
    }

    #[test]
    fn four_ways_of_writing_one_sheet_give_the_same_networks() {
        let rows = [[HEADINGS].as_slice(), ROWS.as_slice()].concat();
        let (empty, first) = shared("A1:F3", &rows);
        let (from_row_0, second) = shared("A0:F9999", &rows);
        for (sheet, texts) in [
            (inline("", &rows), ""),
            (inline("x:", &rows), ""),
            (empty, &first),
            (from_row_0, &second),
        ] {
            let trial = Trial::of("ePCN.xlsx", workbook(&sheet, texts, "2024-04-05"));
            assert_ne!(trial.verdict(), Verdict::Refused, "{sheet}: {}", trial.problems());
            let expected =
                ["U00147|ONE|04C|SUB|2019-10-01|", "U03186|TWO|04C|SUB|2019-10-01|2024-04-01"];
            assert_eq!(trial.rows("network", "2024-04-05"), expected, "{sheet}");
        }
    }

    #[test]
    fn a_network_that_closes_ahead_of_the_workbook_does_not_date_it() {
        let mut ahead = ROWS;
        ahead[1][5] = "20240930";
        let mut rows = vec![HEADINGS];
        rows.extend(ahead);
        rows.push(["U03187", "THREE", "04C", "SUB", "20240301", ""]);
        let trial = Trial::of("ePCN.xlsx", workbook(&inline("", &rows), "", "2024-04-05"));
        assert_eq!(trial.release().edition, "2024-04-05");
        assert!(trial.remarks().contains("1 days in it lie ahead"), "{}", trial.remarks());
    }

    #[test]
    fn a_workbook_of_which_nothing_is_known_names_its_sheets() {
        let sheet = inline("", &[["a", "b", "c", "d", "e", "f"]]);
        let remarks = Trial::of("a.xlsx", workbook(&sheet, "", "2024-04-05")).remarks();
        assert!(remarks.contains("its sheets are `PCNDetails`"), "{remarks}");
    }
}

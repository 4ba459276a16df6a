//! Workbooks after the Analysis Function's rules: a cover, a notes sheet, one table a sheet, real numbers,
//! marks as `[c]`, a frozen header, no merged cells.

use std::collections::BTreeSet;

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, Workbook as Book, Worksheet, XlsxError,
};
use thiserror::Error;

use super::{Cell, Table};
use crate::number::{ShownAs, Style};
use crate::text::shorten;

/// Why a workbook could not be written.
#[derive(Debug, Error)]
#[error("the workbook could not be written")]
pub struct WorkbookError(#[from] XlsxError);

/// A workbook of several tables.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Workbook {
    /// Title on the cover.
    pub title: String,
    /// Lines of the cover: what it holds, source, period, run.
    pub about: Vec<String>,
    /// The tables, one a sheet.
    pub tables: Vec<Table>,
}

impl Workbook {
    /// The bytes of the file; the same tables give the same bytes.
    ///
    /// # Errors
    /// A table beyond the limits of a spreadsheet (1,048,576 rows, 32,767 characters a cell).
    pub fn to_bytes(&self) -> Result<Vec<u8>, WorkbookError> {
        let mut book = Book::new();
        book.set_properties(
            &DocProperties::new()
                .set_title(&self.title)
                .set_author("Catchment")
                .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?),
        );
        let names = self.sheet_names();
        self.write_cover(book.add_worksheet(), &names)?;
        self.write_notes(book.add_worksheet())?;
        for (table, name) in self.tables.iter().zip(&names) {
            write_table(book.add_worksheet(), table, name)?;
        }
        Ok(book.save_to_buffer()?)
    }

    /// One name for each table: at most 31 characters, none of those a spreadsheet refuses, none twice.
    fn sheet_names(&self) -> Vec<String> {
        let mut taken = BTreeSet::from(["cover".to_owned(), "notes".to_owned()]);
        let tables = self.tables.iter().enumerate();
        let names = tables.map(|(index, table)| {
            let clean: String =
                table.caption.id.chars().filter(|c| !"[]:*?/\\'".contains(*c)).collect();
            let name = shorten(&clean, 31);
            if !name.is_empty() && taken.insert(name.to_lowercase()) {
                return name;
            }
            let name = format!("table {}", index + 1);
            taken.insert(name.clone());
            name
        });
        names.collect()
    }

    /// The cover: title, lines, and the contents with links to the sheets.
    fn write_cover(&self, sheet: &mut Worksheet, names: &[String]) -> Result<(), XlsxError> {
        sheet.set_name("Cover")?.set_column_width(0, 100)?;
        sheet.write_string_with_format(0, 0, &self.title, &heading())?;
        let mut row = 1;
        for line in &self.about {
            sheet.write_string(row, 0, line)?;
            row += 1;
        }
        sheet.write_string_with_format(row + 1, 0, "Contents", &heading())?;
        row += 2;
        for (name, table) in names.iter().zip(&self.tables) {
            let text = format!("{name}: {}", table.caption.title);
            let link = rust_xlsxwriter::Url::new(format!("internal:'{name}'!A1"));
            sheet.write_url(row, 0, link.set_text(shorten(&text, 250)))?;
            row += 1;
        }
        Ok(())
    }

    /// The notes of every table and the meaning of the marks.
    fn write_notes(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_name("Notes")?.set_column_width(0, 30)?.set_column_width(1, 100)?;
        sheet.write_string_with_format(0, 0, "Table or mark", &heading())?;
        sheet.write_string_with_format(0, 1, "Note", &heading())?;
        let mut row = 1;
        let marks: BTreeSet<_> = self.tables.iter().flat_map(Table::marks).collect();
        for (mark, meaning) in marks {
            sheet.write_string(row, 0, mark)?.write_string(row, 1, meaning)?;
            row += 1;
        }
        for table in &self.tables {
            for note in table.notes.iter().chain(std::iter::once(&table.caption.source_line())) {
                sheet.write_string(row, 0, &table.caption.id)?.write_string(row, 1, note)?;
                row += 1;
            }
        }
        sheet.set_freeze_panes(1, 0)?;
        Ok(())
    }
}

/// One table: its title, its source, then the headings and rows, frozen under the headings.
fn write_table(sheet: &mut Worksheet, table: &Table, name: &str) -> Result<(), XlsxError> {
    const FIRST: u32 = 3;
    sheet.set_name(name)?;
    sheet.write_string_with_format(0, 0, &table.caption.title, &heading())?;
    sheet.write_string(1, 0, table.caption.source_line())?;
    for (index, column) in (0_u16..).zip(&table.columns) {
        let format = heading().set_text_wrap();
        sheet.write_string_with_format(FIRST - 1, index, &column.heading, &format)?;
        sheet.set_column_width(index, if index == 0 { 40 } else { 16 })?;
    }
    for (line, row) in (FIRST..).zip(&table.rows) {
        for (index, cell) in (0_u16..).zip(&row.cells) {
            write_cell(sheet, (line, index), table.style(usize::from(index)), cell)?;
        }
    }
    sheet.set_freeze_panes(FIRST, 1)?;
    Ok(())
}

/// One cell: numbers as numbers, everything else as text that is never a formula.
fn write_cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    style: Option<&Style>,
    cell: &Cell,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) | Cell::Link { text, .. } => sheet.write_string(row, column, text)?,
        Cell::Number(value) | Cell::Figure(value, _) => {
            let style = if let Cell::Figure(_, own) = cell { Some(own) } else { style };
            if let Some(value) = value.value() {
                sheet.write_number_with_format(row, column, value, &number_format(style))?
            } else {
                let right = Format::new().set_align(rust_xlsxwriter::FormatAlign::Right);
                sheet.write_string_with_format(row, column, value.mark().shorthand(), &right)?
            }
        }
        Cell::Verdict(verdict) => sheet.write_string(row, column, verdict.label())?,
        Cell::Empty => sheet,
    };
    Ok(())
}

/// Bold.
fn heading() -> Format {
    Format::new().set_bold()
}

/// The number format of a style: the value stays what it is.
fn number_format(style: Option<&Style>) -> Format {
    let decimals = style.map_or(1, |style| usize::from(style.decimals));
    let fraction = if decimals == 0 { String::new() } else { format!(".{}", "0".repeat(decimals)) };
    let code = match style.map(|style| style.shown_as) {
        Some(ShownAs::Percentage) => format!("0{fraction}%"),
        Some(ShownAs::Pounds) => format!("£#,##0{fraction}"),
        _ => format!("#,##0{fraction}"),
    };
    Format::new().set_num_format(code)
}

//! Indicators that were published ready made: the export of Fingertips.
//!
//! England's row is printed twice (once with an empty parent), and is kept once. Where a value is blank the note says
//! why, and the reason is kept. Limits are those of the publisher.

use evidence::tables;
use vocab::{FinancialYear, Mark, Observed, Period};

use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::scan::Row;
use crate::source::Source;
use crate::value;

/// Published indicators.
pub static SOURCE: Source = Source {
    id: "published_indicators",
    title: "Fingertips: published indicators",
    publisher: "Office for Health Improvement and Disparities",
    landing_page: "https://fingertips.phe.org.uk/profile/general-practice",
    cadence: "as each indicator is updated",
    about: "Figures as published, with the publisher's limits. Definitions and denominators are the publisher's and may differ from those used elsewhere here.",
    writes: &[&tables::PUBLISHED],
    recognise,
    read,
};

fn recognise(sample: &Sample) -> Option<Match> {
    sample.matches(&["Indicator ID", "Indicator Name", "Area Code", "Time period", "Value"], "")
}

/// The columns of the export, by any of their names over the years.
struct Columns {
    text: [usize; 6],
    period: usize,
    category: Option<usize>,
    value: usize,
    lower: usize,
    upper: usize,
    count: usize,
    denominator: usize,
    note: Option<usize>,
}

impl Columns {
    fn of(input: &Input<'_>, intake: &mut Intake) -> Result<Self, ReadError> {
        let mut column = |names: &[&str]| input.column(names, intake);
        Ok(Self {
            text: [
                column(&["Indicator ID"])?,
                column(&["Indicator Name"])?,
                column(&["Area Code"])?,
                column(&["Area Type"])?,
                column(&["Sex"])?,
                column(&["Age"])?,
            ],
            period: column(&["Time period"])?,
            category: input.optional(&["Category"]),
            value: column(&["Value"])?,
            lower: column(&["Lower CI 95.0 limit", "Lower CI limit"])?,
            upper: column(&["Upper CI 95.0 limit", "Upper CI limit"])?,
            count: column(&["Count"])?,
            denominator: column(&["Denominator"])?,
            note: input.optional(&["Value note"]),
        })
    }
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let columns = Columns::of(input, intake)?;
    let [indicator, name, area, area_type, sex, age] = columns.text;
    let key = [indicator, area, area_type, sex, age, columns.period];
    let (mut once, mut england, mut values) =
        (Once::default(), std::collections::BTreeSet::new(), 0_u64);
    input.each(intake, |row, intake| {
        if columns.category.is_some_and(|column| !row.get(column).is_empty()) {
            intake.leave_out("rows split by inequality category");
            return Ok(());
        }
        let is_england = row.get(area) == "E92000001";
        if is_england && !england.insert(key.map(|column| row.get(column).to_owned())) {
            intake.leave_out("England's row, which is printed twice");
            return Ok(());
        }
        if row.get(indicator).is_empty() || row.get(area).is_empty() {
            intake.problem(row, area, "is empty", "the code of the area");
            return Ok(());
        }
        let Some(period) = period(row, columns.period, intake) else { return Ok(()) };
        let mut figures = [None; 5];
        let positions =
            [columns.value, columns.lower, columns.upper, columns.count, columns.denominator];
        for (figure, column) in figures.iter_mut().zip(positions) {
            let Some(read) = intake.figure(row, column) else { return Ok(()) };
            *figure = Some(read);
        }
        let mark = mark(figures[0], columns.note.map_or("", |column| row.get(column)));
        if !is_england && !once.first(row, &key, intake) {
            return Ok(());
        }
        values += u64::from(mark == Mark::Value);
        intake.edition(period);
        let [value, lower, upper, count, denominator] =
            figures.map(|figure| figure.and_then(Observed::value));
        let row = tables::published::Row {
            indicator_id: row.get(indicator).into(),
            indicator: row.get(name).into(),
            area: row.get(area).into(),
            area_type: row.get(area_type).into(),
            sex: row.get(sex).into(),
            age: row.get(age).into(),
            value: value.into(),
            lower: lower.into(),
            upper: upper.into(),
            count: count.into(),
            denominator: denominator.into(),
            mark: mark.into(),
            time_period: row.get(columns.period).into(),
        };
        intake.add(period, row)
    })?;
    let all = once.len();
    intake.check(
        "there are figures",
        values > 0,
        format!("{values} figures; {all} rows of areas below England"),
    );
    Ok(())
}

/// Why a value stands there or not: the note says it where the cell is blank.
fn mark(value: Option<Observed<f64>>, note: &str) -> Mark {
    let note = note.to_lowercase();
    let withheld = ["suppress", "disclosure", "small number", "confidential"];
    match value {
        Some(Observed::Value(_)) if note.contains("estimated") => Mark::Estimated,
        Some(Observed::Missing) if withheld.iter().any(|word| note.contains(word)) => {
            Mark::Suppressed
        }
        Some(other) => other.mark(),
        None => Mark::Missing,
    }
}

/// The period of a row: `2019`, `2019/20`, `2021 - 23` (its first year) or a month.
fn period(row: &Row<'_>, column: usize, intake: &mut Intake) -> Option<Period> {
    let text = row.get(column);
    let found = parse_period(text);
    if found.is_none() {
        intake.problem(row, column, "is not a period", "a year such as 2019, 2019/20 or 2021 - 23");
    }
    found
}

fn parse_period(text: &str) -> Option<Period> {
    if let Ok(year) = text.parse::<i16>() {
        return (1900..2200).contains(&year).then_some(Period::Year(year));
    }
    if text.contains('/')
        && let Some(year) = text.split(" - ").next().and_then(FinancialYear::parse)
    {
        return Some(Period::FinancialYear(year));
    }
    if let Some((year, "Q1" | "Q2" | "Q3" | "Q4")) = text.split_once(' ') {
        return parse_period(year);
    }
    if let Some((first, _)) = text.split_once(" - ")
        && let Ok(year) = first.trim().parse::<i16>()
    {
        return Some(Period::Year(year));
    }
    value::month(text).map(Period::Month)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_period_is_read() {
        let cases = [
            ("2019", "2019"),
            ("2019/20", "2019/20"),
            ("2021 - 23", "2021"),
            ("2018/19 - 20/21", "2018/19"),
            ("2021/22 Q2", "2021/22"),
            ("Aug 2023", "2023-08"),
        ];
        for (text, expected) in cases {
            assert_eq!(
                parse_period(text).map(|period| period.to_string()).as_deref(),
                Some(expected),
                "{text}"
            );
        }
        assert_eq!(parse_period("soon"), None);
    }

    #[test]
    fn the_note_says_why_a_value_is_blank() {
        assert_eq!(
            mark(Some(Observed::Missing), "Value suppressed for disclosure control"),
            Mark::Suppressed
        );
        assert_eq!(mark(Some(Observed::Missing), ""), Mark::Missing);
        assert_eq!(mark(Some(Observed::Value(0.0)), ""), Mark::Value);
    }
}

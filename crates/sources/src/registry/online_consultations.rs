//! Submissions through online consultation systems, by practice and month.
//!
//! Two layouts: one row a practice with a column for each kind of submission (column names carry the footnote digits of a
//! workbook), and one row for each practice, supplier and figure. A practice without data is printed with the supplier
//! `No Data` and noughts, whether it takes part or not: it is missing, not nought. From October 2025 the contract asks for online access throughout core hours: a break in the series.

use std::collections::BTreeMap;

use evidence::tables;
use vocab::codes::PracticeCode;
use vocab::{Mark, Observed, Period};

use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::source::Source;

/// Online consultations.
pub static SOURCE: Source = Source {
    id: "online_consultations",
    title: "Submissions via Online Consultation Systems in General Practice",
    publisher: "NHS England",
    landing_page: "https://digital.nhs.uk/data-and-information/publications/statistical/submissions-via-online-consultation-systems-in-general-practice",
    cadence: "monthly",
    about: "Online submissions to each practice by kind. A practice whose supplier gave no data is missing, not nought; October 2025 is a break.",
    writes: &[&tables::ONLINE_CONSULTATION],
    recognise,
    read,
};

const KINDS: [(&str, &str); 4] = [
    ("SUBMISSIONS", "all"),
    ("CLINICAL_SUBMISSIONS", "clinical"),
    ("ADMINISTRATIVE_SUBMISSIONS", "administrative"),
    ("OTHER_UNKNOWN_TYPE_SUBMISSIONS", "other"),
];

fn recognise(sample: &Sample) -> Option<Match> {
    let wide = ["MONTH", "GP_CODE", "SUBMISSIONS", "CLINICAL_SUBMISSIONS"];
    sample.matches(&wide, "a column for each kind").or_else(|| {
        sample
            .matches(&["MONTH", "GP_CODE", "SUPPLIER", "METRIC", "VALUE"], "a row for each figure")
    })
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    if input.era == "a row for each figure" { long(input, intake) } else { wide(input, intake) }
}

fn wide(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let month = input.column(&["MONTH"], intake)?;
    let practice = input.column(&["GP_CODE"], intake)?;
    let supplier = input.column(&["SUPPLIER"], intake)?;
    let kinds: Vec<_> =
        KINDS.iter().filter_map(|(name, kind)| Some((input.optional(&[name])?, *kind))).collect();
    let key = [practice, month, supplier];
    let (mut practices, mut silent, mut suppressed) = (0_u64, 0_u64, 0_u64);
    let (mut total, mut once) = (0.0, Once::default());
    input.each(intake, |row, intake| {
        let (Some(code), Some(month)) =
            (intake.code::<PracticeCode>(row, practice), intake.month(row, month))
        else {
            return Ok(());
        };
        if !once.first(row, &key, intake) {
            return Ok(());
        }
        let period = Period::Month(month);
        intake.edition(period);
        practices += 1;
        let absent = is_no_data(row.get(supplier));
        silent += u64::from(absent);
        for (column, kind) in &kinds {
            let Some(figure) = intake.figure(row, *column) else { continue };
            let figure = if absent { told(figure) } else { figure };
            suppressed += u64::from(matches!(figure, Observed::Suppressed));
            total += if *kind == "all" { figure.value().unwrap_or_default() } else { 0.0 };
            let row = tables::online_consultation::Row {
                practice: code.into(),
                supplier: row.get(supplier).into(),
                kind: (*kind).into(),
                submissions: figure.value().into(),
                mark: figure.mark().into(),
            };
            intake.add(period, row)?;
        }
        Ok(())
    })?;
    if suppressed > 0 {
        let figures = if suppressed == 1 {
            "1 figure is".to_owned()
        } else {
            format!("{suppressed} figures are")
        };
        intake.remark(format!("{figures} suppressed by the publisher: missing, not nought"));
    }
    if silent > 0 {
        let practices = vocab::counts::of_noun(silent, "practice");
        intake.remark(format!("{practices} without data: missing, not nought"));
    }
    intake.check(
        "there are submissions",
        total > 0.0,
        format!("{practices} practices, {total} submissions"),
    );
    Ok(())
}

/// Whether the supplier printed is that there is none with data.
fn is_no_data(supplier: &str) -> bool {
    supplier.trim().eq_ignore_ascii_case("no data")
}

/// What a practice without data has: the noughts printed beside it are no counts.
fn told(figure: Observed<f64>) -> Observed<f64> {
    if figure.value() == Some(0.0) { Observed::Missing } else { figure }
}

/// The kind behind a figure of the long layout; other figures (rates, hours, flags) are not kept.
fn kind(metric: &str) -> Option<&'static str> {
    match metric.trim().to_ascii_uppercase().as_str() {
        "OC_TOTAL_SUBMISSIONS" | "SUBMISSIONS" => Some("all"),
        "OC_SUBMISSION_TYPE_CLINICAL" | "CLINICAL_SUBMISSIONS" => Some("clinical"),
        "OC_SUBMISSION_TYPE_ADMIN" | "ADMINISTRATIVE_SUBMISSIONS" => Some("administrative"),
        "OC_SUBMISSION_TYPE_OTHER" | "OTHER_UNKNOWN_TYPE_SUBMISSIONS" => Some("other"),
        _ => None,
    }
}

/// A practice may have a row a supplier: figures are added up, suppliers joined.
#[derive(Default)]
struct Sum {
    suppliers: Vec<String>,
    figure: Option<f64>,
    mark: Option<Mark>,
}

fn long(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let month = input.column(&["MONTH"], intake)?;
    let practice = input.column(&["GP_CODE"], intake)?;
    let supplier = input.column(&["SUPPLIER"], intake)?;
    let metric = input.column(&["METRIC"], intake)?;
    let value = input.column(&["VALUE"], intake)?;
    input.figures_in(&[value]);
    let mut sums: BTreeMap<(Period, String, &'static str), Sum> = BTreeMap::new();
    input.each(intake, |row, intake| {
        if row.get(month).is_empty() || row.get(metric).is_empty() {
            intake.leave_out("rows without month or figure");
            return Ok(());
        }
        let Some(kind) = kind(row.get(metric)) else {
            intake.leave_out("figures other than submissions");
            return Ok(());
        };
        let (Some(code), Some(month), Some(figure)) = (
            intake.code::<PracticeCode>(row, practice),
            intake.month(row, month),
            intake.figure(row, value),
        ) else {
            return Ok(());
        };
        let figure = if is_no_data(row.get(supplier)) { told(figure) } else { figure };
        let sum = sums.entry((Period::Month(month), code.to_owned(), kind)).or_default();
        sum.add(row.get(supplier), figure);
        Ok(())
    })?;
    let total: f64 = sums
        .iter()
        .filter(|((.., kind), _)| *kind == "all")
        .filter_map(|(_, sum)| sum.figure)
        .sum();
    intake.check("there are submissions", total > 0.0, format!("{total} submissions"));
    for ((period, practice, kind), sum) in &sums {
        intake.edition(*period);
        let supplier = sum.suppliers.join(", ");
        let mark =
            if sum.figure.is_some() { Mark::Value } else { sum.mark.unwrap_or(Mark::Missing) };
        let row = tables::online_consultation::Row {
            practice: practice.into(),
            supplier: supplier.as_str().into(),
            kind: (*kind).into(),
            submissions: sum.figure.into(),
            mark: mark.into(),
        };
        intake.add(*period, row)?;
    }
    Ok(())
}

impl Sum {
    fn add(&mut self, supplier: &str, figure: Observed<f64>) {
        if !self.suppliers.iter().any(|known| known == supplier) {
            self.suppliers.push(supplier.to_owned());
        }
        if let Some(value) = figure.value() {
            self.figure = Some(self.figure.unwrap_or_default() + value);
        }
        self.mark = Some(figure.mark());
    }
}

#[cfg(test)]
mod tests {
    use evidence::Verdict;

    use crate::trial::Trial;

    const WIDE: &str = "MONTH_1,GP_CODE,GP_NAME,PCN_CODE_2_3,SUPPLIER_4_5_6,SUBMISSIONS_7,CLINICAL_SUBMISSIONS_7,ADMINISTRATIVE_SUBMISSIONS_7,OTHER_UNKNOWN_TYPE_SUBMISSIONS_7,PARTICIPATION,PARTICIPATION_11\n";
    const LONG: &str = "MONTH,GP_CODE,GP_NAME,SUPPLIER,METRIC,VALUE\n";

    #[test]
    fn the_wide_layout_is_read() {
        let trial = Trial::of(
            "a.csv",
            format!("{WIDE}2025-11-01,F82042,A,U26744,X LTD,355,215,140,0,,1.0\n"),
        );
        let expected = [
            "F82042|X LTD|administrative|140|value",
            "F82042|X LTD|all|355|value",
            "F82042|X LTD|clinical|215|value",
            "F82042|X LTD|other|0|value",
        ];
        assert_eq!(trial.rows("online_consultation", "2025-11"), expected);
    }

    #[test]
    fn a_practice_without_data_is_missing_not_nought() {
        let trial = Trial::of(
            "a.csv",
            format!(
                "{WIDE}2025-11-01,F82042,A,U26744,X LTD,355,215,140,0,,1.0\n2025-11-01,F82045,A,U26744,No data,0,0,0,0,,0.0\n"
            ),
        );
        let rows = trial.rows("online_consultation", "2025-11");
        assert!(rows.contains(&"F82045|No data|all||missing".to_owned()), "{rows:?}");
    }

    #[test]
    fn a_practice_that_takes_part_without_data_is_missing_too() {
        let trial = Trial::of(
            "a.csv",
            format!(
                "{WIDE}2025-11-01,F82042,A,U26744,X LTD,0,0,0,0,,1.0\n2025-11-01,F83004,A,U02795,No Data,0,0,0,0,,1.0\n2025-11-01,F82045,A,U26744,X LTD,9,5,3,1,,1.0\n"
            ),
        );
        let rows = trial.rows("online_consultation", "2025-11");
        let has = |row: &str| rows.iter().any(|known| known == row);
        assert!(has("F83004|No Data|all||missing"), "{rows:?}");
        assert!(has("F82042|X LTD|all|0|value"), "{rows:?}");
        assert!(trial.remarks().contains("1 practice without data"), "{}", trial.remarks());
    }

    #[test]
    fn no_data_of_the_long_layout_is_missing() {
        let rows = "01/06/2025,F82042,A,No Data,OC_TOTAL_SUBMISSIONS,0\n01/06/2025,F82045,A,X,OC_TOTAL_SUBMISSIONS,10\n";
        let trial = Trial::of("a.csv", format!("{LONG}{rows}"));
        let rows = trial.rows("online_consultation", "2025-06");
        assert_eq!(rows, ["F82042|No Data|all||missing", "F82045|X|all|10|value"]);
    }

    #[test]
    fn suppressed_submissions_are_missing_and_told() {
        let trial = Trial::of(
            "a.csv",
            format!(
                "{WIDE}2025-11-01,F82042,A,U26744,X LTD,355,215,140,0,,1.0\n2025-11-01,F82045,A,U26744,X LTD,*,5,3,0,,1.0\n"
            ),
        );
        let rows = trial.rows("online_consultation", "2025-11");
        assert!(rows.contains(&"F82045|X LTD|all||suppressed".to_owned()), "{rows:?}");
        assert!(trial.remarks().contains("1 figure is suppressed"), "{}", trial.remarks());
    }

    #[test]
    fn the_long_layout_adds_up_suppliers() {
        let rows = "01/06/2025,F82042,A,X,OC_TOTAL_SUBMISSIONS,10\n01/06/2025,F82042,A,Y,OC_TOTAL_SUBMISSIONS,5\n01/06/2025,F82042,A,Y,OC_RATE,1.5\n,F82042,A,Y,,\n";
        let trial = Trial::of("a.csv", format!("{LONG}{rows}"));
        assert_eq!(trial.rows("online_consultation", "2025-06"), ["F82042|X, Y|all|15|value"]);
    }

    #[test]
    fn a_file_without_submissions_is_refused() {
        let trial = Trial::of("a.csv", format!("{LONG}01/06/2025,F82042,A,X,OC_RATE,10\n"));
        assert_eq!(trial.verdict(), Verdict::Refused);
    }
}

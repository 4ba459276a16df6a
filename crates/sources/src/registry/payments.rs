//! NHS payments to general practice: what each practice was paid in a financial year, line by line, with its contract and
//! its lists.
//!
//! Everyone paid in the year is in it, closed practices too. Names of lines drift and carry footnote digits; they are
//! brought to one form, and those that only changed their wording to one name. Totals stand beside the lines they add
//! up. Money of networks is with the practice from 2021/22 only, and most of it was paid to a lead practice, so nought
//! does not mean that nobody works there. The weighted list is the Carr-Hill one.

use std::cmp::Ordering;

use evidence::tables;
use vocab::codes::PracticeCode;
use vocab::{Mark, Observed, Period};

use crate::belonging::Printed;
use crate::edition;
use crate::header::{Header, normalise};
use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::scan::Row;
use crate::source::Source;
use crate::value;

/// Payments to practices.
pub static SOURCE: Source = Source {
    id: "payments",
    title: "NHS Payments to General Practice",
    publisher: "NHS England",
    landing_page: "https://digital.nhs.uk/data-and-information/publications/statistical/nhs-payments-to-general-practice",
    cadence: "yearly",
    about: "Payments to each practice by line, its contract and its lists. Totals stand beside their lines. Most network money went to a lead practice. The year is taken from the name.",
    writes: &[&tables::COMMISSIONER, &tables::PAYMENT, &tables::CONTRACT],
    recognise,
    read,
};

const REGISTERED: [&str; 3] = [
    "Average Number of Registered Patients",
    "Number of Registered Patients (Last Known Figure)",
    "Number of Registered Patients",
];
const WEIGHTED: [&str; 3] = [
    "Average Number of Weighted Patients",
    "Number of Weighted Patients (Last Known Figure)",
    "Number of Weighted Patients",
];
const TOTAL: &str = "total_nhs_payments_to_general_practice";

/// Lines whose name changed while what they hold did not: as it was, as it is kept.
const RENAMED: [(&str, &str); 2] = [
    ("gp_extended_hours_access", "extended_hours_access"),
    ("appraisal_appraiser_costs_in_respect_of_locums", "appraisal_costs"),
];

fn recognise(sample: &Sample) -> Option<Match> {
    sample.matches(
        &["Practice Code", "Contract Type", "Global Sum", "Total NHS Payments to General Practice"],
        "",
    )
}

/// The name under which a line is kept.
fn line_of(name: &str) -> String {
    let form = normalise(name);
    RENAMED.iter().find(|(was, _)| *was == form).map_or(form, |(_, is)| (*is).to_owned())
}

/// The lines: the columns of money after the lists, without averages a patient.
fn lines(header: &Header, after: usize) -> Vec<(usize, String)> {
    let named = header.names().iter().enumerate().skip(after + 1);
    named
        .map(|(at, name)| (at, line_of(name)))
        .filter(|(_, line)| !line.starts_with("average_payments"))
        .collect()
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let period = Period::FinancialYear(edition::financial_year(input, intake)?);
    intake.edition(period);
    let practice = input.column(&["Practice Code"], intake)?;
    let about = About::of(input, intake)?;
    let printed = Printed::of(input);
    let lines = lines(input.header(), about.weighted);
    let parts = lines.iter().position(|(_, line)| line == TOTAL).unwrap_or(lines.len());
    if lines.iter().any(|(_, line)| line == "pcn_workforce") {
        intake.remark("most network money was paid to a lead practice: nought for a practice does not mean that its network has none");
    }
    let mut sums = Sums::default();
    let mut once = Once::default();
    input.each(intake, |row, intake| {
        if !once.first(row, &[practice], intake) {
            return Ok(());
        }
        let Some(code) = intake.code::<PracticeCode>(row, practice) else { return Ok(()) };
        about.push(row, code, period, intake)?;
        printed.push(row, code, period, intake)?;
        sums.practices += 1;
        for (number, (column, line)) in lines.iter().enumerate() {
            let Some(figure) = intake.figure(row, *column) else { continue };
            sums.add(number.cmp(&parts), line, figure);
            let row = tables::payment::Row {
                practice: code.into(),
                line: line.into(),
                pounds: figure.value().into(),
                mark: figure.mark().into(),
            };
            intake.add(period, row)?;
        }
        Ok(())
    })?;
    sums.check(intake);
    Ok(())
}

/// The lines before the first total, added up, those of the pandemic apart, beside that total. Some years count those in
/// it, some print them before it and do not.
#[derive(Default)]
struct Sums {
    practices: u64,
    lines: f64,
    covid: f64,
    total: f64,
}

impl Sums {
    fn add(&mut self, beside_total: Ordering, line: &str, figure: Observed<f64>) {
        let pounds = figure.value().unwrap_or_default();
        match beside_total {
            Ordering::Less if line.contains("covid") => self.covid += pounds,
            Ordering::Less => self.lines += pounds,
            Ordering::Equal => self.total += pounds,
            Ordering::Greater => {}
        }
    }

    /// The lines may miss the total by one part in a hundred: some years print a line in two places.
    fn check(&self, intake: &mut Intake) {
        let with_covid = self.lines + self.covid;
        let gap = |lines: f64| (lines - self.total).abs();
        let without = self.covid > 0.0 && gap(self.lines) < gap(with_covid);
        let lines = if without { self.lines } else { with_covid };
        if without {
            let covid = self.covid;
            intake.remark(format!(
                "the lines of Covid, £{covid:.0}, stand before the total and are not in it"
            ));
        }
        let detail = format!(
            "{} practices; lines add up to £{lines:.0}, the total is £{:.0}",
            self.practices, self.total
        );
        intake.check(
            "the lines add up to the total",
            self.total > 0.0 && gap(lines) <= self.total / 100.0,
            detail,
        );
    }
}

/// The columns that say what a practice is.
struct About {
    contract: usize,
    dispensing: Option<usize>,
    rurality: Option<usize>,
    registered: usize,
    weighted: usize,
    opened: usize,
    closed: usize,
}

impl About {
    fn of(input: &Input<'_>, intake: &mut Intake) -> Result<Self, ReadError> {
        Ok(Self {
            contract: input.column(&["Contract Type"], intake)?,
            dispensing: input.optional(&["Dispensing Practice"]),
            rurality: input.optional(&["Practice Rurality"]),
            registered: input.column(&REGISTERED, intake)?,
            weighted: input.column(&WEIGHTED, intake)?,
            opened: input.column(&["Practice Open Date"], intake)?,
            closed: input.column(&["Practice Close Date"], intake)?,
        })
    }

    fn push(
        &self,
        row: &Row<'_>,
        practice: &str,
        period: Period,
        intake: &mut Intake,
    ) -> Result<(), ReadError> {
        let contract = match row.get(self.contract).to_ascii_uppercase().as_str() {
            "GMS" => "GMS",
            "PMS" => "PMS",
            "APMS" => "APMS",
            _ => "other",
        };
        let (Some(registered), Some(weighted)) =
            (intake.figure(row, self.registered), intake.figure(row, self.weighted))
        else {
            return Ok(());
        };
        let opened = date(row, self.opened, intake);
        let closed = date(row, self.closed, intake);
        let row = tables::contract::Row {
            practice: practice.into(),
            contract: contract.into(),
            dispensing: one_of(row, self.dispensing, &["yes", "no"]).into(),
            rurality: one_of(row, self.rurality, &["rural", "urban"]).into(),
            registered_average: registered.value().into(),
            weighted_average: weighted.value().into(),
            opened: opened.as_str().into(),
            closed: closed.as_str().into(),
        };
        intake.add(period, row)
    }
}

fn date(row: &Row<'_>, column: usize, intake: &mut Intake) -> String {
    let text = row.get(column);
    if matches!(value::figure(text).map(|figure| figure.mark()), Some(Mark::Missing)) {
        return String::new();
    }
    if value::day(text).is_none() {
        intake.problem(
            row,
            column,
            "is not a date",
            "a date such as 01/04/1974, or a serial number of Excel",
        );
    }
    value::day(text).map(|day| day.to_string()).unwrap_or_default()
}

/// The word of a cell in lower case if it is one of these; empty otherwise.
fn one_of(row: &Row<'_>, column: Option<usize>, words: &[&'static str]) -> &'static str {
    let text = column.map_or("", |column| row.get(column));
    words.iter().find(|word| word.eq_ignore_ascii_case(text)).copied().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use evidence::Verdict;

    use crate::trial::Trial;

    const OF_2017: &str = "CCG Code,Practice Code,Practice Name,Practice Open Date,Practice Close Date,Contract Type,Dispensing Practice,Practice Type,Practice Rurality,Quarter used for patient data,Number of Registered Patients (Last Known Figure),Number of Weighted Patients (Last Known Figure),Average payments per registered patient,Global Sum,Appraisal Costs ,Extended Hours Access4,Total NHS Payments to General Practice,Deductions\n00K,A81001,A,36251,,GMS,No,GP practice,Urban,Q4,4114,4703.5,N/A,100.5,1,2,103.5,-66.19\n";
    const OF_2022: &str = "\u{feff}Sub ICB Code,Practice Code,Practice Open Date,Practice Close Date,Contract Type,Dispensing Practice,Practice type,Practice Rurality,Average number of registered patients1,Average Number of Weighted Patients,Global Sum,GP Extended Hours Access,Total NHS Payments to General Practice,PCN Workforce\r\n16C,A81001,01/04/1974,31/03/2022,Unknown,Unknown,GP practice,Rural,4029.25,4579.78,100,2,102,0\r\n";

    #[test]
    fn the_era_of_serial_dates_is_read() {
        let trial = Trial::of("nhspaymentsgp-17-18-csv.csv", OF_2017);
        assert_eq!(
            trial.rows("contract", "2017/18"),
            ["A81001|GMS|no|urban|4114|4703.5|1999-04-01|"],
            "{}",
            trial.problems()
        );
        let lines = [
            "A81001|appraisal_costs|1|value",
            "A81001|deductions|-66.19|value",
            "A81001|extended_hours_access|2|value",
            "A81001|global_sum|100.5|value",
            "A81001|total_nhs_payments_to_general_practice|103.5|value",
        ];
        assert_eq!(trial.rows("payment", "2017/18"), lines);
    }

    #[test]
    fn the_era_of_sub_icbs_is_read_under_the_same_line_names() {
        let trial = Trial::of("nhspaymentsgp-22-23-prac-csv.csv", OF_2022);
        assert_eq!(
            trial.rows("contract", "2022/23"),
            ["A81001|other||rural|4029.25|4579.78|1974-04-01|2022-03-31"]
        );
        assert!(
            trial
                .rows("payment", "2022/23")
                .contains(&"A81001|extended_hours_access|2|value".to_owned())
        );
        assert!(trial.remarks().contains("lead practice"));
    }

    #[test]
    fn lines_that_do_not_add_up_are_refused() {
        let trial = Trial::of("nhspaymentsgp-17-18-csv.csv", OF_2017.replace("100.5,", "50.5,"));
        assert_eq!(trial.verdict(), Verdict::Refused);
    }

    #[test]
    fn a_file_that_nothing_dates_is_refused() {
        assert_eq!(Trial::of("payments.csv", OF_2017).verdict(), Verdict::Refused);
    }

    #[test]
    fn lines_of_covid_may_stand_before_the_total_and_not_be_in_it() {
        let with = |total: &str| {
            OF_2022
                .replace("Total NHS Payments", "Covid Immunisation,Long Covid,Total NHS Payments")
                .replace(",100,2,102,0", &format!(",100,2,6,1,{total},0"))
        };
        let without = Trial::of("nhspaymentsgp-23-24-prac-csv.csv", with("102"));
        assert_eq!(without.verdict(), Verdict::AcceptedWithRemarks, "{}", without.problems());
        assert!(without.remarks().contains("the lines of Covid, £7,"), "{}", without.remarks());
        let within = Trial::of("nhspaymentsgp-21-22-prac-csv.csv", with("109"));
        assert_ne!(within.verdict(), Verdict::Refused);
        assert!(!within.remarks().contains("Covid"), "{}", within.remarks());
        let neither = Trial::of("nhspaymentsgp-21-22-prac-csv.csv", with("105"));
        assert_eq!(neither.verdict(), Verdict::Refused);
    }
}

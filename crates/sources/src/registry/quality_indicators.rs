//! Quality and Outcomes Framework: the indicators of a year, what each is worth and which ages it counts.
//!
//! Some indicators exist in some years only and so tell the year, which the file itself does not state.

use evidence::tables;
use vocab::{FinancialYear, Period};

use crate::edition;
use crate::input::Input;
use crate::intake::Intake;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::source::Source;

/// The indicators of a year.
pub static SOURCE: Source = Source {
    id: "quality_indicators",
    title: "Quality and Outcomes Framework: indicators",
    publisher: "NHS England",
    landing_page: "https://digital.nhs.uk/data-and-information/publications/statistical/quality-and-outcomes-framework-achievement-prevalence-and-exceptions-data",
    cadence: "yearly",
    about: "The indicators of a year, their points, group and ages. The year is told by indicators that only some years have, else taken from the name.",
    writes: &[&tables::QOF_INDICATOR],
    recognise,
    read,
};

/// Indicators and the financial years in which they are known to have been, first and last.
const MARKERS: [(&str, i16, i16); 8] = [
    ("QIECD005", 2020, 2021),
    ("QILD007", 2020, 2021),
    ("CAN003", 2019, 2020),
    ("VI001", 2021, 2100),
    ("QIPDD009", 2022, 2022),
    ("QIOA011", 2022, 2022),
    ("AF008", 2023, 2100),
    ("CHOL002", 2023, 2100),
];

/// What the indicators met in a file say of its year.
#[derive(Default)]
pub(super) struct Markers {
    met: Vec<(&'static str, i16, i16)>,
}

impl Markers {
    /// Takes note of an indicator.
    pub(super) fn see(&mut self, indicator: &str) {
        let known = MARKERS.iter().find(|(marker, ..)| *marker == indicator);
        if let Some(marker) = known.filter(|marker| !self.met.contains(marker)) {
            self.met.push(*marker);
        }
    }

    /// The year, if the indicators leave only one.
    fn year(&self) -> Option<FinancialYear> {
        let first = self.met.iter().map(|(_, first, _)| *first).max()?;
        let last = self.met.iter().map(|(.., last)| *last).min()?;
        (first == last).then_some(FinancialYear { begins: first })
    }

    /// Checks that a year taken from elsewhere fits the indicators.
    pub(super) fn check(&self, year: FinancialYear, intake: &mut Intake) {
        let stray =
            self.met.iter().find(|(_, first, last)| !(*first..=*last).contains(&year.begins));
        let words = Period::FinancialYear(year);
        let detail = match stray {
            Some((marker, ..)) => format!("{marker} was no indicator of {words}"),
            None => format!("the indicators fit {words}"),
        };
        intake.check("the indicators are those of the year", stray.is_none(), detail);
    }
}

fn recognise(sample: &Sample) -> Option<Match> {
    sample.matches(&["INDICATOR_CODE", "INDICATOR_POINT_VALUE", "GROUP_CODE", "DOMAIN_CODE"], "")
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let indicator = input.column(&["INDICATOR_CODE"], intake)?;
    let points = input.column(&["INDICATOR_POINT_VALUE"], intake)?;
    let mut texts = [0; 4];
    let names = ["GROUP_CODE", "GROUP_DESCRIPTION", "DOMAIN_DESCRIPTION", "PATIENT_LIST_TYPE"];
    for (text, name) in texts.iter_mut().zip(names) {
        *text = input.column(&[name], intake)?;
    }
    let mut markers = Markers::default();
    let mut rows: Vec<([String; 5], Option<f64>)> = Vec::new();
    input.each(intake, |row, intake| {
        markers.see(row.get(indicator));
        let Some(points) = intake.figure(row, points) else { return Ok(()) };
        let [group, group_name, domain, ages] = texts.map(|text| row.get(text).to_owned());
        let words = [row.get(indicator).to_owned(), group, group_name, domain, ages];
        rows.push((words, points.value()));
        Ok(())
    })?;
    let year = match markers.year() {
        Some(year) => year,
        None => edition::financial_year(input, intake)?,
    };
    markers.check(year, intake);
    let period = Period::FinancialYear(year);
    intake.edition(period);
    for ([indicator, group, group_name, domain, ages], points) in &rows {
        let row = tables::qof_indicator::Row {
            indicator: indicator.into(),
            points: (*points).into(),
            group: group.into(),
            group_name: group_name.into(),
            domain: domain.into(),
            list_type: ages.into(),
        };
        intake.add(period, row)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use evidence::Verdict;

    use crate::trial::Trial;

    const HEADER: &str = "INDICATOR_CODE,INDICATOR_POINT_VALUE,GROUP_CODE,GROUP_DESCRIPTION,DOMAIN_CODE,DOMAIN_DESCRIPTION,PATIENT_LIST_TYPE\n";

    #[test]
    fn the_indicators_tell_the_year() {
        let trial =
            Trial::of("a.csv", format!("{HEADER}QIPDD009,27,QI,Quality,QI,Quality,TOTAL\n"));
        assert_eq!(
            trial.rows("qof_indicator", "2022/23"),
            ["QIPDD009|27|QI|Quality|Quality|TOTAL"]
        );
    }

    #[test]
    fn the_name_tells_it_where_they_do_not() {
        let trial = Trial::of(
            "MAPPING_2425.csv",
            format!("{HEADER}AF008,12,AF,Fibrillation,CL,Clinical,TOTAL\n"),
        );
        assert_eq!(trial.rows("qof_indicator", "2024/25").len(), 1);
    }

    #[test]
    fn a_name_that_contradicts_them_is_refused() {
        let trial = Trial::of(
            "MAPPING_2021.csv",
            format!("{HEADER}AF008,12,AF,Fibrillation,CL,Clinical,TOTAL\n"),
        );
        assert_eq!(trial.verdict(), Verdict::Refused);
    }
}

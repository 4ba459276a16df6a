//! General practice workforce, practice level, detailed: more than eight hundred columns a practice.
//!
//! Columns are read by the parts of their names (sex, group, role, measure, age band), because the set changes with
//! every year. Where a practice made no return its figures are the publisher's estimate, and marked so; details of
//! an estimated group are `NA` and stay missing. Staff of networks are in a file of their own. Columns of the country of
//! qualification, and roles by sex, are not kept.

use std::collections::BTreeSet;

use evidence::tables::{self, staff};
use vocab::codes::PracticeCode;
use vocab::{Observed, Period};

use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::scan::Row;
use crate::source::Source;
use crate::workforce::{Dating, measure};

/// The practice workforce in detail.
pub static SOURCE: Source = Source {
    id: "practice_workforce",
    title: "General Practice Workforce: practice level, detailed",
    publisher: "NHS England",
    landing_page: "https://digital.nhs.uk/data-and-information/publications/statistical/general-and-personal-medical-services",
    cadence: "monthly",
    about: "Staff of each practice by group, role, sex and age. Estimated where a practice made no return. Staff employed by networks are not in it.",
    writes: &[&tables::STAFF, &tables::WORKFORCE_LIST],
    recognise,
    read,
};

const GROUPS: [(&str, &str, &str); 4] = [
    ("gp", "gp", "GP_SOURCE"),
    ("nurse", "nurses", "NURSE_SOURCE"),
    ("direct_patient_care", "dpc", "DPC_SOURCE"),
    ("admin", "admin", "ADMIN_SOURCE"),
];

fn recognise(sample: &Sample) -> Option<Match> {
    sample.matches(&["PRAC_CODE", "TOTAL_PATIENTS", "GP_SOURCE", "TOTAL_GP_HC", "TOTAL_GP_FTE"], "")
}

/// What a column of staff holds.
#[derive(Debug, PartialEq, Eq)]
struct Meaning {
    group: usize,
    role: String,
    sex: &'static str,
    age_band: String,
    measure: &'static str,
}

/// Reads the name of a column of staff, such as `TOTAL_GP_EXTGL_FTE` or `FEMALE_GP_HC_30TO34`.
fn meaning(name: &str) -> Option<Meaning> {
    let lower = name.to_ascii_lowercase();
    let (sex, rest) = lower.split_once('_')?;
    let sex = match sex {
        "total" => "",
        "male" => "male",
        "female" => "female",
        _ => return None,
    };
    let parts: Vec<&str> = rest.split('_').collect();
    let at = parts.iter().position(|part| matches!(*part, "hc" | "fte"))?;
    let (before, after) = (parts.get(..at)?, parts.get(at + 1..)?);
    let (head, role) = before.split_first()?;
    let group = match *head {
        "gp" => 0,
        "nurses" | "n" => 1,
        "dpc" => 2,
        "admin" => 3,
        _ => return None,
    };
    let role = match role.join("_").as_str() {
        "" if *head == "n" => return None,
        "" => "total".to_owned(),
        "extg" => "excluding_trainees".to_owned(),
        "exl" => "excluding_locums".to_owned(),
        "extgl" => "excluding_trainees_and_locums".to_owned(),
        other => other.to_owned(),
    };
    let age_band = match after {
        [] => String::new(),
        ["unknown", "age"] => "unknown".to_owned(),
        [band] => band.replace("to", "-").replace("plus", "+"),
        _ => return None,
    };
    let measure = measure(parts.get(at)?)?;
    let kept = sex.is_empty() || role == "total" || role == "excluding_trainees_and_locums";
    kept.then_some(Meaning { group, role, sex, age_band, measure })
}

/// Whether a group's figures were returned or estimated, by the words of the file.
fn provided(text: &str) -> &'static str {
    match text.to_ascii_lowercase() {
        text if text.is_empty() || text == "na" => "",
        text if text.contains("estimated") => "estimated",
        _ => "provided",
    }
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let dating = Dating::of(input, intake)?;
    let practice = input.column(&["PRAC_CODE"], intake)?;
    let patients = input.column(&["TOTAL_PATIENTS"], intake)?;
    let mut sources = [0; GROUPS.len()];
    for (source, (.., name)) in sources.iter_mut().zip(GROUPS) {
        *source = input.column(&[name], intake)?;
    }
    let columns: Vec<(usize, Meaning)> = input
        .header()
        .names()
        .iter()
        .enumerate()
        .filter_map(|(at, name)| Some((at, meaning(name)?)))
        .collect();
    let key = dating.key_with(practice);
    let (mut estimated, mut gps, mut once) = (BTreeSet::new(), 0.0, Once::default());
    input.each(intake, |row, intake| {
        let (Some(period), Some(code), Some(list)) = (
            dating.period(row, intake),
            intake.code::<PracticeCode>(row, practice),
            intake.figure(row, patients),
        ) else {
            return Ok(());
        };
        if !once.first(row, &key, intake) {
            return Ok(());
        }
        let returned = sources.map(|source| provided(row.get(source)));
        if returned.contains(&"estimated") {
            estimated.insert(code.to_owned());
        }
        for (at, meaning) in &columns {
            let Some(figure) = figure(row, *at, meaning, returned, intake) else { continue };
            gps += if is_all_gps(meaning) { figure.value().unwrap_or_default() } else { 0.0 };
            intake.add(period, staff_row(code, meaning, figure))?;
        }
        list_row(code, list, returned, period, intake)
    })?;
    if !estimated.is_empty() {
        let practices = if estimated.len() == 1 {
            "1 practice has".to_owned()
        } else {
            format!("{} practices have", estimated.len())
        };
        intake.remark(format!(
            "{practices} a group of staff that the publisher estimated: no return was made"
        ));
    }
    intake.check(
        "there are general practitioners",
        gps > 0.0,
        format!("{gps:.1} full-time equivalents of GPs, {} columns of staff", columns.len()),
    );
    Ok(())
}

fn is_all_gps(meaning: &Meaning) -> bool {
    meaning.group == 0
        && meaning.role == "total"
        && meaning.measure == "fte"
        && meaning.sex.is_empty()
        && meaning.age_band.is_empty()
}

fn figure(
    row: &Row<'_>,
    at: usize,
    meaning: &Meaning,
    returned: [&str; 4],
    intake: &mut Intake,
) -> Option<Observed<f64>> {
    let figure = intake.figure(row, at)?;
    let estimated = returned.get(meaning.group) == Some(&"estimated");
    Some(match figure {
        Observed::Value(value) if estimated => Observed::Estimated(value),
        other => other,
    })
}

fn staff_row<'a>(practice: &'a str, meaning: &'a Meaning, figure: Observed<f64>) -> staff::Row<'a> {
    staff::Row {
        organisation: practice.into(),
        level: "practice".into(),
        group: GROUPS.get(meaning.group).map(|(group, ..)| *group).into(),
        role: meaning.role.as_str().into(),
        sex: meaning.sex.into(),
        age_band: meaning.age_band.as_str().into(),
        measure: meaning.measure.into(),
        value: figure.value().into(),
        mark: figure.mark().into(),
    }
}

fn list_row(
    practice: &str,
    list: Observed<f64>,
    returned: [&'static str; 4],
    period: Period,
    intake: &mut Intake,
) -> Result<(), ReadError> {
    let [gp, nurse, care, admin] = returned;
    let row = tables::workforce_list::Row {
        practice: practice.into(),
        patients: list.value().into(),
        gp_source: gp.into(),
        nurse_source: nurse.into(),
        direct_patient_care_source: care.into(),
        admin_source: admin.into(),
    };
    intake.add(period, row)
}

#[cfg(test)]
mod tests {
    use evidence::Verdict;

    use super::*;
    use crate::trial::Trial;

    const HEADER: &str = "PRAC_CODE,PRAC_NAME,TOTAL_PATIENTS,TOTAL_MALE,GP_SOURCE,NURSE_SOURCE,DPC_SOURCE,ADMIN_SOURCE,TOTAL_GP_HC,TOTAL_GP_FTE,FEMALE_GP_FTE_30TO34,TOTAL_NURSES_FTE,TOTAL_GP_HC_COQ_UK\n";
    const ROW: &str = "A81001,A,3849,1900,Fully provided,Fully estimated - no data provided,Fully provided,Fully provided,6,4.84,1.5,NA,6\n";

    #[test]
    fn the_name_of_a_column_says_what_it_holds() {
        let found = meaning("female_gp_extgl_hc_70plus").unwrap();
        let expected = Meaning {
            group: 0,
            role: "excluding_trainees_and_locums".to_owned(),
            sex: "female",
            age_band: "70+".to_owned(),
            measure: "headcount",
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn columns_of_patients_and_of_qualifications_are_no_staff() {
        for name in
            ["TOTAL_PATIENTS", "MALE_PATIENTS_0TO4", "TOTAL_GP_HC_COQ_UK", "TOTAL_UNKNOWN_GENDER"]
        {
            assert_eq!(meaning(name), None, "{name}");
        }
    }

    #[test]
    fn missing_figures_of_an_estimated_group_stay_missing() {
        let trial = Trial::of("GPWPracticeCSV.032024.csv", format!("{HEADER}{ROW}"));
        let rows = trial.rows("staff", "2024-03");
        assert!(
            rows.contains(&"A81001|practice|nurse|total|||fte||missing".to_owned()),
            "{rows:?}"
        );
        assert!(trial.remarks().contains("1 practice has a group"), "{}", trial.remarks());
        assert_eq!(
            trial.rows("workforce_list", "2024-03"),
            ["A81001|3849|provided|estimated|provided|provided"]
        );
    }

    #[test]
    fn ages_of_general_practitioners_are_kept_by_sex() {
        let trial = Trial::of("GPWPracticeCSV.032024.csv", format!("{HEADER}{ROW}"));
        let rows = trial.rows("staff", "2024-03");
        assert!(
            rows.contains(&"A81001|practice|gp|total|female|30-34|fte|1.5|value".to_owned()),
            "{rows:?}"
        );
    }

    #[test]
    fn a_file_that_nothing_dates_is_refused_with_a_remedy() {
        let trial = Trial::of("a.csv", format!("{HEADER}{ROW}"));
        assert_eq!(trial.verdict(), Verdict::Refused);
        assert!(trial.problems().contains("name of the file"), "{}", trial.problems());
    }
}

//! General practice workforce, practice level, high level: one row for each practice, group, role and measure.
//!
//! Every group has a role `Total` beside its roles: the two must not be added. The published total is known to be wrong for
//! some practices; where it differs from its roles a remark says how often. GPs who are neither in training nor locums, whom the
//! detailed file of the same publication counts, are added up here from their roles, so that either file gives the same figure.

use std::collections::BTreeMap;

use evidence::Word;
use evidence::tables::{self, staff};
use vocab::codes::PracticeCode;
use vocab::{Contract, Mark, Period};

use crate::input::Input;
use crate::intake::Intake;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::source::Source;
use crate::workforce::{Dating, GROUPS_EXPECTED, group, measure};

/// The practice workforce by role.
pub static SOURCE: Source = Source {
    id: "practice_workforce_roles",
    title: "General Practice Workforce: practice level, high level",
    publisher: "NHS England",
    landing_page: "https://digital.nhs.uk/data-and-information/publications/statistical/general-and-personal-medical-services",
    cadence: "monthly",
    about: "Staff of each practice by group and role. The role `total` repeats the others, and is wrong for some practices.",
    writes: &[&tables::STAFF],
    recognise,
    read,
};

/// Totals and roles differ by less than this through rounding alone.
const ROUNDING: f64 = 0.05;

fn recognise(sample: &Sample) -> Option<Match> {
    sample.matches(&["PRAC_CODE", "STAFF_GROUP", "DETAILED_STAFF_ROLE", "MEASURE", "VALUE"], "")
}

/// Practice, month and measure.
type Whose = (String, Period, &'static str);

/// The roles of a group added up, and the total printed beside them.
#[derive(Default)]
struct Totals {
    roles: f64,
    printed: Option<f64>,
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let dating = Dating::of(input, intake)?;
    let practice = input.column(&["PRAC_CODE"], intake)?;
    let staff_group = input.column(&["STAFF_GROUP"], intake)?;
    let role = input.column(&["DETAILED_STAFF_ROLE"], intake)?;
    let unit = input.column(&["MEASURE"], intake)?;
    let value = input.column(&["VALUE"], intake)?;
    input.figures_in(&[value]);
    let mut totals: BTreeMap<(String, &'static str), Totals> = BTreeMap::new();
    let mut qualified: BTreeMap<Whose, f64> = BTreeMap::new();
    input.each(intake, |row, intake| {
        let (Some(period), Some(code), Some(group), Some(unit), Some(figure)) = (
            dating.period(row, intake),
            intake.code::<PracticeCode>(row, practice),
            intake.word(row, staff_group, group, GROUPS_EXPECTED),
            intake.word(row, unit, measure, "FTE or Headcount"),
            intake.figure(row, value),
        ) else {
            return Ok(());
        };
        let is_total = row.get(role).eq_ignore_ascii_case("total");
        if unit == "fte" {
            let sums = totals.entry((format!("{period} {code}"), group)).or_default();
            match (is_total, figure.value()) {
                (true, printed) => sums.printed = printed,
                (false, value) => sums.roles += value.unwrap_or_default(),
            }
        }
        if let Some(value) = figure.value()
            && group == "gp"
            && Contract::of_role(row.get(role)).is_some_and(Contract::is_permanent)
        {
            *qualified.entry((code.to_owned(), period, unit)).or_default() += value;
        }
        let row = staff::Row {
            organisation: code.into(),
            level: "practice".into(),
            group: group.into(),
            role: if is_total { "total" } else { row.get(role) }.into(),
            sex: Word::default(),
            age_band: Word::default(),
            measure: unit.into(),
            value: figure.value().into(),
            mark: figure.mark().into(),
        };
        intake.add(period, row)
    })?;
    for ((practice, period, measure), sum) in &qualified {
        intake.add(*period, qualified_row(practice, measure, *sum))?;
    }
    compare(&totals, intake);
    Ok(())
}

fn qualified_row<'a>(practice: &'a str, measure: &'a str, sum: f64) -> staff::Row<'a> {
    staff::Row {
        organisation: practice.into(),
        level: "practice".into(),
        group: "gp".into(),
        role: "excluding_trainees_and_locums".into(),
        sex: Word::default(),
        age_band: Word::default(),
        measure: measure.into(),
        value: sum.into(),
        mark: Mark::Value.into(),
    }
}

fn compare(totals: &BTreeMap<(String, &'static str), Totals>, intake: &mut Intake) {
    let printed: Vec<(f64, f64)> =
        totals.values().filter_map(|totals| Some((totals.roles, totals.printed?))).collect();
    let wrong = printed.iter().filter(|(roles, total)| (roles - total).abs() > ROUNDING).count();
    if wrong > 0 {
        intake.remark(format!(
            "{wrong} of {} printed totals differ from their roles added up",
            printed.len()
        ));
    }
}

#[cfg(test)]
mod tests {
    use evidence::Verdict;

    use crate::trial::Trial;

    const HEADER: &str = "\"prac_code\",\"prac_name\",\"staff_group\",\"detailed_staff_role\",\"measure\",\"value\",\"year\",\"month\"\n";

    #[test]
    fn totals_stay_apart_from_roles_and_missing_stays_missing() {
        let rows = "A81038,A,Nurses,Total,FTE,2.0,2024,08\nA81038,A,Nurses,Nurse Specialist,FTE,2.0,2024,08\nA81038,A,GP,Locum,Headcount,NA,2024,08\n";
        let trial = Trial::of("a.csv", format!("{HEADER}{rows}"));
        let expected = [
            "A81038|practice|gp|Locum|||headcount||missing",
            "A81038|practice|nurse|Nurse Specialist|||fte|2|value",
            "A81038|practice|nurse|total|||fte|2|value",
        ];
        assert_eq!(trial.rows("staff", "2024-08"), expected);
        assert_eq!(trial.verdict(), Verdict::Accepted);
    }

    #[test]
    fn gps_neither_in_training_nor_locums_are_added_up_from_their_roles() {
        let of = |role: &str, value: &str| format!("A81038,A,GP,{role},FTE,{value},2024,08\n");
        let rows = [
            of("Total", "9.5"),
            of("Senior Partner", "1.0"),
            of("Salaried By Practice", "2.5"),
            of("Retainer", "NA"),
            of("Locum - Vacancy", "2.0"),
            of("Training Grade ST3", "4.0"),
        ];
        let trial = Trial::of("a.csv", format!("{HEADER}{}", rows.concat()));
        let found = trial.rows("staff", "2024-08");
        let wanted = "A81038|practice|gp|excluding_trainees_and_locums|||fte|3.5|value";
        assert!(found.iter().any(|row| row == wanted), "{found:?}");
    }

    #[test]
    fn a_total_that_is_wrong_is_remarked() {
        let rows = "A81038,A,Nurses,Total,FTE,3.0,2024,08\nA81038,A,Nurses,Nurse Specialist,FTE,2.0,2024,08\n";
        let trial = Trial::of("a.csv", format!("{HEADER}{rows}"));
        assert!(trial.remarks().contains("1 of 1 printed totals"), "{}", trial.remarks());
    }

    #[test]
    fn a_measure_not_known_is_refused() {
        let rows = "A81038,A,Nurses,Total,Hours,3.0,2024,08\n";
        assert_eq!(Trial::of("a.csv", format!("{HEADER}{rows}")).verdict(), Verdict::Refused);
    }
}

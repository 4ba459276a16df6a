//! General practice workforce, individual level: one row a person and contract, without their practice, summed here by
//! sub-ICB, group, role, sex and age band.
//!
//! Rows whose source is `Estimated` stand for practices without a return: they are kept apart by their mark, and their
//! sex and age are unknown.

use std::collections::{BTreeMap, BTreeSet};

use evidence::tables::{self, staff};
use vocab::codes::SubIcbCode;
use vocab::{Mark, Period, Sex};

use crate::input::Input;
use crate::intake::Intake;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::source::Source;
use crate::workforce::{Contracts, Dating, GROUPS_EXPECTED, group};

/// The workforce of practices as individuals.
pub static SOURCE: Source = Source {
    id: "workforce_individuals",
    title: "General Practice Workforce: individual level",
    publisher: "NHS England",
    landing_page: "https://digital.nhs.uk/data-and-information/publications/statistical/general-and-personal-medical-services",
    cadence: "monthly",
    about: "Staff of the practices of each sub-ICB by group, role, sex and age band. It does not say which practice. Estimated rows are marked.",
    writes: &[&tables::STAFF],
    recognise,
    read,
};

fn recognise(sample: &Sample) -> Option<Match> {
    sample.matches(
        &[
            "SUB_ICB_CODE",
            "UNIQUE_IDENTIFIER",
            "STAFF_GROUP",
            "STAFF_ROLE",
            "AGE_BAND",
            "GENDER",
            "FTE",
        ],
        "",
    )
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    period: Period,
    sub_icb: String,
    group: &'static str,
    role: String,
    sex: &'static str,
    age_band: String,
    estimated: bool,
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let dating = Dating::of(input, intake)?;
    let sub_icb = input.column(&["SUB_ICB_CODE"], intake)?;
    let staff_group = input.column(&["STAFF_GROUP"], intake)?;
    let role = input.column(&["DETAILED_STAFF_ROLE", "STAFF_ROLE"], intake)?;
    let sex = input.column(&["GENDER"], intake)?;
    let age = input.column(&["AGE_BAND"], intake)?;
    let fte = input.column(&["FTE"], intake)?;
    let person = input.column(&["UNIQUE_IDENTIFIER"], intake)?;
    let origin = input.optional(&["DATA_SOURCE"]);
    input.rows_may_repeat();
    let mut contracts = Contracts::default();
    let mut sums: BTreeMap<Key, (f64, BTreeSet<String>)> = BTreeMap::new();
    input.each(intake, |row, intake| {
        let (Some(period), Some(code), Some(group), Some(figure)) = (
            dating.period(row, intake),
            intake.code::<SubIcbCode>(row, sub_icb),
            intake.word(row, staff_group, group, GROUPS_EXPECTED),
            intake.figure(row, fte),
        ) else {
            return Ok(());
        };
        let key = Key {
            period,
            sub_icb: code.to_owned(),
            group,
            role: row.get(role).to_owned(),
            sex: Sex::parse(row.get(sex)).map_or("other_or_unknown", Sex::as_str),
            age_band: row.get(age).to_ascii_lowercase(),
            estimated: origin
                .is_some_and(|origin| row.get(origin).eq_ignore_ascii_case("Estimated")),
        };
        contracts.see(row, row.get(person));
        let (sum, people) = sums.entry(key).or_default();
        *sum += figure.value().unwrap_or_default();
        people.insert(row.get(person).to_owned());
        Ok(())
    })?;
    contracts.judge(intake);
    let all: f64 = sums.values().map(|(fte, _)| fte).sum();
    intake.check("there are staff", all > 0.0, format!("{all:.1} full-time equivalents"));
    for (key, (fte, people)) in &sums {
        for (measure, value) in [("fte", *fte), ("headcount", people.len() as f64)] {
            intake.add(key.period, staff_row(key, measure, value))?;
        }
    }
    Ok(())
}

fn staff_row<'a>(key: &'a Key, measure: &'static str, value: f64) -> staff::Row<'a> {
    staff::Row {
        organisation: key.sub_icb.as_str().into(),
        level: "sub_icb".into(),
        group: key.group.into(),
        role: key.role.as_str().into(),
        sex: key.sex.into(),
        age_band: key.age_band.as_str().into(),
        measure: measure.into(),
        value: value.into(),
        mark: if key.estimated { Mark::Estimated } else { Mark::Value }.into(),
    }
}

#[cfg(test)]
mod tests {
    use evidence::Verdict;

    use crate::trial::Trial;

    const HEADER: &str = "comm_region_code,icb_code,sub_icb_code,data_source,unique_identifier,staff_group,detailed_staff_role,staff_role,age_band,age_years,gender,fte,snapshot_year,snapshot_month,year,month\n";

    #[test]
    fn people_are_summed_and_estimates_marked() {
        let rows = "Y56,QWE,36L,Estimated,1_20232,Direct Patient Care,Pharmacist,Pharmacists,Unknown,NULL,Other/Unknown,0.5,2023,2,2023,02\nY56,QWE,36L,Estimated,2_20232,Direct Patient Care,Pharmacist,Pharmacists,Unknown,NULL,Other/Unknown,0.25,2023,2,2023,02\n";
        let expected = [
            "36L|sub_icb|direct_patient_care|Pharmacist|other_or_unknown|unknown|fte|0.75|estimated",
            "36L|sub_icb|direct_patient_care|Pharmacist|other_or_unknown|unknown|headcount|2|estimated",
        ];
        assert_eq!(
            Trial::of("a.csv", format!("{HEADER}{rows}")).rows("staff", "2023-02"),
            expected
        );
    }

    #[test]
    fn a_figure_that_is_none_is_refused() {
        let rows = "Y56,QWE,36L,Provided,1,GP,Locum,GP,30-34,31,Female,half,2023,2,2023,02\n";
        assert_eq!(Trial::of("a.csv", format!("{HEADER}{rows}")).verdict(), Verdict::Refused);
    }
}

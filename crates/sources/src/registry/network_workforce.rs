//! Staff employed by, or contracted to, primary care networks: one row a person and contract, summed here by network,
//! group and role.
//!
//! These are the additional roles that the practice files leave out, so the two are added, never compared. Contracted
//! services count in full-time equivalents but name no person, so headcounts leave them out. Directors are a group of
//! their own: clinical directors are mostly general practitioners counted elsewhere too.

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Word, tables};
use vocab::codes::NetworkCode;
use vocab::{Mark, Period};

use crate::input::Input;
use crate::intake::Intake;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::source::Source;
use crate::workforce::{Contracts, Dating, GROUPS_EXPECTED, group};

/// The workforce of primary care networks.
pub static SOURCE: Source = Source {
    id: "network_workforce",
    title: "Primary Care Network Workforce: individual level",
    publisher: "NHS England",
    landing_page: "https://digital.nhs.uk/data-and-information/publications/statistical/primary-care-workforce-quarterly-update",
    cadence: "monthly",
    about: "Full-time equivalents and people of each network by group and role. Contracted services have no headcount. Networks without a return are absent, not nought.",
    writes: &[&tables::STAFF],
    recognise,
    read,
};

fn recognise(sample: &Sample) -> Option<Match> {
    sample.matches(&["PCN_CODE", "STAFF_GROUP", "DETAILED_STAFF_ROLE", "FULL_TIME_EQUIVALENT"], "")
}

/// Staff of one network, group and role.
#[derive(Default)]
struct Sum {
    fte: f64,
    people: BTreeSet<String>,
}

type Sums = BTreeMap<(Period, String, &'static str, String), Sum>;

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let dating = Dating::of(input, intake)?;
    let network = input.column(&["PCN_CODE"], intake)?;
    let staff_group = input.column(&["STAFF_GROUP"], intake)?;
    let role = input.column(&["DETAILED_STAFF_ROLE"], intake)?;
    let fte = input.column(&["FULL_TIME_EQUIVALENT"], intake)?;
    let person = input.optional(&["UNIQUE_IDENTIFIER"]);
    let mut sums = Sums::new();
    let (mut nameless, mut contracts) = (0_u64, Contracts::default());
    input.rows_may_repeat();
    input.each(intake, |row, intake| {
        let (Some(period), Some(code), Some(group), Some(figure)) = (
            dating.period(row, intake),
            intake.code::<NetworkCode>(row, network),
            intake.word(row, staff_group, group, GROUPS_EXPECTED),
            intake.figure_up_to(row, fte, largest(person.map_or("", |person| row.get(person)))),
        ) else {
            return Ok(());
        };
        let Some(fte) = figure.value() else {
            intake.leave_out("people without full-time equivalents");
            return Ok(());
        };
        let person = person.map_or("", |person| row.get(person));
        nameless += u64::from(person.is_empty());
        contracts.see(row, person);
        for role in [row.get(role), "total"] {
            let sum = sums.entry((period, code.to_owned(), group, role.to_owned())).or_default();
            sum.fte += fte;
            if !person.is_empty() {
                sum.people.insert(person.to_owned());
            }
        }
        Ok(())
    })?;
    contracts.judge(intake);
    if nameless > 0 {
        intake.remark(format!("{nameless} rows of contracted services name no person: they count in full-time equivalents, not in headcounts"));
    }
    keep(&sums, person.is_some(), intake)
}

/// More full-time equivalents than one contract of a person has (some state 2), or a contracted service.
fn largest(person: &str) -> f64 {
    if person.is_empty() { 50.0 } else { 3.0 }
}

fn keep(sums: &Sums, with_people: bool, intake: &mut Intake) -> Result<(), ReadError> {
    let networks: BTreeSet<&str> = sums.keys().map(|(_, network, ..)| network.as_str()).collect();
    let all: f64 =
        sums.iter().filter(|((.., role), _)| role == "total").map(|(_, sum)| sum.fte).sum();
    let detail = format!("{} networks, {all:.1} full-time equivalents", networks.len());
    intake.check("there are staff", all > 0.0, detail);
    for ((period, network, group, role), sum) in sums {
        let row = |measure: &'static str, value: f64| tables::staff::Row {
            organisation: network.into(),
            level: "network".into(),
            group: (*group).into(),
            role: role.into(),
            sex: Word::default(),
            age_band: Word::default(),
            measure: measure.into(),
            value: value.into(),
            mark: Mark::Value.into(),
        };
        intake.add(*period, row("fte", sum.fte))?;
        if with_people {
            intake.add(*period, row("headcount", sum.people.len() as f64))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use evidence::Verdict;

    use crate::trial::Trial;

    const HEADER: &str = "DATA_SOURCE,CENSUS_YEAR,CENSUS_MONTH,PCN_CODE,STAFF_GROUP,STAFF_ROLE,DETAILED_STAFF_ROLE,FULL_TIME_EQUIVALENT,UNIQUE_IDENTIFIER\n";

    #[test]
    fn a_person_with_two_contracts_is_one_head() {
        let rows = "NWRS Staff,2025,11,U37286,Other GPs,G,Salaried By PCN,0.5,1.0\nNWRS Staff,2025,11,U37286,Other GPs,G,GP Locum,0.25,1.0\n";
        let trial = Trial::of("a.csv", format!("{HEADER}{rows}"));
        let rows = trial.rows("staff", "2025-11");
        assert!(
            rows.contains(&"U37286|network|gp|total|||headcount|1|value".to_owned()),
            "{rows:?}"
        );
        assert!(rows.contains(&"U37286|network|gp|total|||fte|0.75|value".to_owned()), "{rows:?}");
    }

    #[test]
    fn contracted_services_have_no_heads_and_a_remark() {
        let rows = "NWRS contracted services,2025,11,U37286,Other Nurses,N,Other,0.5,\n";
        let trial = Trial::of("a.csv", format!("{HEADER}{rows}"));
        let rows = trial.rows("staff", "2025-11");
        assert!(
            rows.contains(&"U37286|network|nurse|total|||headcount|0|value".to_owned()),
            "{rows:?}"
        );
        assert!(trial.remarks().contains("contracted services"));
    }

    #[test]
    fn negative_staff_and_hours_in_place_of_full_time_equivalents_are_refused() {
        for fte in ["-1", "37.5"] {
            let rows = format!("NWRS Staff,2025,11,U37286,Other Nurses,N,Other,{fte},2\n");
            let trial = Trial::of("a.csv", format!("{HEADER}{rows}"));
            assert_eq!(trial.verdict(), Verdict::Refused, "{fte}");
            assert!(trial.problems().contains("is not between 0 and 3"), "{}", trial.problems());
        }
    }

    #[test]
    fn a_group_not_known_is_refused() {
        let rows = "NWRS Staff,2025,11,U37286,Robots,R,Other,0.5,2\n";
        assert_eq!(Trial::of("a.csv", format!("{HEADER}{rows}")).verdict(), Verdict::Refused);
    }
}

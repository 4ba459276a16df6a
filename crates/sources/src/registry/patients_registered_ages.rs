//! Patients registered at a GP practice by sex and age: five-year bands, or single years in one file a sex.
//!
//! The five-year file repeats every figure for networks, sub-ICBs, ICBs and regions, and totals beside the bands:
//! only the rows of practices are kept, and the bands must add up to the practice's own total.

use std::collections::BTreeMap;

use evidence::tables::registered::Row as Registered;
use evidence::{Word, tables};
use vocab::codes::PracticeCode;
use vocab::{AgeBand, Period, Sex};

use crate::input::Input;
use crate::intake::Intake;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::source::Source;

/// Patients registered, by age.
pub static SOURCE: Source = Source {
    id: "patients_registered_ages",
    title: "Patients Registered at a GP Practice: age and sex",
    publisher: "NHS England",
    landing_page: "https://digital.nhs.uk/data-and-information/publications/statistical/patients-registered-at-a-gp-practice",
    cadence: "monthly",
    about: "People on each practice's list by sex and age, in five-year bands or single years.",
    writes: &[&tables::LIST_SIZE, &tables::REGISTERED, &tables::REGISTERED_SINGLE_AGE],
    recognise,
    read,
};

fn recognise(sample: &Sample) -> Option<Match> {
    let bands =
        ["EXTRACT_DATE", "ORG_TYPE", "ORG_CODE", "SEX", "AGE_GROUP_5", "NUMBER_OF_PATIENTS"];
    let years = ["EXTRACT_DATE", "ORG_CODE", "SEX", "AGE", "NUMBER_OF_PATIENTS"];
    sample.matches(&bands, "five-year bands").or_else(|| sample.matches(&years, "single years"))
}

/// What the bands of a practice add up to, and the total printed beside them.
#[derive(Default)]
struct Totals {
    bands: f64,
    printed: Option<f64>,
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let date = input.column(&["EXTRACT_DATE"], intake)?;
    let code = input.column(&["ORG_CODE"], intake)?;
    let sex = input.column(&["SEX"], intake)?;
    let age = input.column(&["AGE_GROUP_5", "AGE"], intake)?;
    let patients = input.column(&["NUMBER_OF_PATIENTS"], intake)?;
    let kind = input.optional(&["ORG_TYPE"]);
    let by_band = input.era == "five-year bands";
    input.figures_in(&[patients]);
    let mut open_band = false;
    let mut totals: BTreeMap<(String, &'static str), Totals> = BTreeMap::new();
    input.each(intake, |row, intake| {
        if kind.is_some_and(|kind| row.get(kind) != "GP") {
            intake.leave_out("rows of networks and larger areas, which repeat the practices");
            return Ok(());
        }
        let (Some(day), Some(practice), Some(count)) = (
            intake.extract_day(row, date),
            intake.code::<PracticeCode>(row, code),
            intake.count(row, patients),
        ) else {
            return Ok(());
        };
        intake.edition(Period::Day(day));
        let all_ages = row.get(age).eq_ignore_ascii_case("ALL");
        let all_sexes = row.get(sex).eq_ignore_ascii_case("ALL");
        if all_ages || all_sexes {
            intake.leave_out("totals, which repeat the bands");
            let side =
                if all_sexes { "all" } else { Sex::parse(row.get(sex)).map_or("", Sex::as_str) };
            if all_ages {
                totals.entry((practice.to_owned(), side)).or_default().printed = Some(count);
            }
            if all_ages && all_sexes && by_band {
                return intake.add(Period::Day(day), whole_list(practice, count));
            }
            return Ok(());
        }
        let Some(word) =
            intake.word(row, sex, |word| Sex::parse(word).map(Sex::as_str), "MALE or FEMALE")
        else {
            return Ok(());
        };
        let Some(band) = AgeBand::parse(row.get(age)) else {
            intake.problem(row, age, "is not an age band", "a band such as 5_9 or 95+");
            return Ok(());
        };
        open_band |= band.upper().is_none();
        for side in if by_band { vec![word, "all"] } else { vec![word] } {
            totals.entry((practice.to_owned(), side)).or_default().bands += count;
        }
        let row = Registered {
            practice: practice.into(),
            sex: word.into(),
            age_from: f64::from(band.lower()).into(),
            age_to: band.upper().map(f64::from).into(),
            patients: count.into(),
        };
        let period = Period::Day(day);
        if by_band { intake.add(period, row) } else { intake.add(period, of_single_years(row)) }
    })?;
    if by_band {
        check_whole(&totals, open_band, intake);
    } else if let Some((is, lacks)) = only_sex(&totals) {
        intake.remark(format!("it holds {is} patients only: import the file of {lacks} patients too, before anything of both is asked"));
    }
    check_totals(&totals, intake);
    Ok(())
}

/// The row of a practice's list as a whole; the file prints no sub-ICB location beside it.
fn whole_list(practice: &str, patients: f64) -> tables::list_size::Row<'_> {
    let (practice, patients) = (practice.into(), patients.into());
    tables::list_size::Row { practice, sub_icb: Word::default(), patients }
}

/// The same row in the table of single years, whose columns are the same.
fn of_single_years(row: Registered<'_>) -> tables::registered_single_age::Row<'_> {
    let Registered { practice, sex, age_from, age_to, patients } = row;
    tables::registered_single_age::Row { practice, sex, age_from, age_to, patients }
}

/// The only sex that a file holds, and the one that it lacks.
fn only_sex(
    totals: &BTreeMap<(String, &'static str), Totals>,
) -> Option<(&'static str, &'static str)> {
    let holds = |word| totals.iter().any(|((_, side), totals)| *side == word && totals.bands > 0.0);
    match (holds("male"), holds("female")) {
        (true, false) => Some(("male", "female")),
        (false, true) => Some(("female", "male")),
        _ => None,
    }
}

/// The file of five-year bands is published with both sexes and every age: shares of a part would be wrong.
fn check_whole(
    totals: &BTreeMap<(String, &'static str), Totals>,
    open_band: bool,
    intake: &mut Intake,
) {
    if totals.values().all(|totals| totals.bands <= 0.0) {
        return;
    }
    if let Some((is, lacks)) = only_sex(totals) {
        intake.check(
            "both sexes are there",
            false,
            format!("there are {is} patients and no {lacks} ones"),
        );
    }
    if !open_band {
        intake.check(
            "every age is there",
            false,
            "there is no open band at the end, such as `95+`",
        );
    }
}

fn check_totals(totals: &BTreeMap<(String, &'static str), Totals>, intake: &mut Intake) {
    let printed: Vec<_> = totals
        .iter()
        .filter_map(|(key, totals)| Some((key, totals.bands, totals.printed?)))
        .collect();
    let wrong: Vec<_> = printed
        .iter()
        .filter(|(_, bands, printed)| bands.total_cmp(printed).is_ne())
        .map(|((practice, sex), bands, printed)| {
            format!("{practice} {sex}: {bands} against {printed}")
        })
        .collect();
    let patients: f64 =
        totals.iter().filter(|((_, side), _)| *side != "all").map(|(_, totals)| totals.bands).sum();
    if printed.is_empty() {
        let of = only_sex(totals).map_or_else(String::new, |(is, _)| format!("{is} "));
        intake.remark(format!("no totals are printed beside the bands, so nothing could be compared; {patients} {of}patients in all"));
        return;
    }
    let first: Vec<_> = wrong.iter().take(3).cloned().collect();
    intake.check(
        "the bands add up to the totals printed beside them",
        wrong.is_empty(),
        format!(
            "{} totals compared, {} differ {}; {patients} patients in all",
            printed.len(),
            wrong.len(),
            first.join(", ")
        )
        .replace("differ ;", "differ;"),
    );
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;

    fn bands(rows: &[(&str, &str, u32)]) -> Trial {
        let of = |(sex, age, patients): &(&str, &str, u32)| {
            format!("01NOV2025,GP,A81001,{sex},{age},{patients}\n")
        };
        let rows: String = rows.iter().map(of).collect();
        Trial::of(
            "a.csv",
            format!("EXTRACT_DATE,ORG_TYPE,ORG_CODE,SEX,AGE_GROUP_5,NUMBER_OF_PATIENTS\n{rows}"),
        )
    }

    #[test]
    fn bands_without_women_or_without_the_oldest_are_refused() {
        let whole =
            [("MALE", "0_4", 5), ("MALE", "95+", 1), ("FEMALE", "0_4", 6), ("FEMALE", "95+", 2)];
        let trial = bands(&whole);
        assert_eq!(trial.rows("registered", "2025-11-01").len(), 4, "{}", trial.problems());
        assert!(trial.remarks().contains("no totals are printed"), "{}", trial.remarks());
        let men = bands(&whole[..2]);
        assert!(
            men.problems().contains("there are male patients and no female ones"),
            "{}",
            men.problems()
        );
        let young = bands(&[whole[0], whole[2]]);
        assert!(young.problems().contains("no open band at the end"), "{}", young.problems());
    }

    #[test]
    fn a_file_that_holds_no_practices_says_so() {
        let rows = "EXTRACT_DATE,ORG_TYPE,ORG_CODE,SEX,AGE,NUMBER_OF_PATIENTS\n2025-12-01,PCN,U17837,FEMALE,70,145\n";
        let trial = Trial::of("a.csv", rows);
        assert_eq!(trial.verdict(), evidence::Verdict::Refused);
        let problems = trial.problems();
        assert!(
            problems.contains("nothing can be kept of its 1 row (1 row: rows of networks"),
            "{problems}"
        );
    }
}

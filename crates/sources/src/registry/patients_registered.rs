//! Patients registered at a GP practice, one total a practice.
//!
//! The count of people on each list on the first of the month. Lists hold people who have moved away or died and
//! not yet been taken off, so they exceed the resident population by some 4 to 9 per cent nationally.

use std::collections::{BTreeMap, BTreeSet};

use evidence::tables;
use jiff::civil::Date;
use vocab::codes::{PracticeCode, SubIcbCode};
use vocab::counts::of_noun;
use vocab::{Period, Sex};

use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::problem::Problem;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::source::Source;

/// Patients registered, totals.
pub static SOURCE: Source = Source {
    id: "patients_registered",
    title: "Patients Registered at a GP Practice: totals",
    publisher: "NHS England",
    landing_page: "https://digital.nhs.uk/data-and-information/publications/statistical/patients-registered-at-a-gp-practice",
    cadence: "monthly",
    about: "People on each practice's list on the first of the month. Lists exceed the resident population because people who move or die are taken off late.",
    writes: &[&tables::LIST_SIZE],
    recognise,
    read,
};

const SUB_ICB: [&str; 2] = ["SUB_ICB_LOCATION_CODE", "CCG_CODE"];

/// More people than are on any practice's list: the largest has some 160,000.
const LARGEST_LIST: f64 = 500_000.0;

fn recognise(sample: &Sample) -> Option<Match> {
    let common = ["EXTRACT_DATE", "CODE", "POSTCODE", "SEX", "AGE", "NUMBER_OF_PATIENTS"];
    sample.matches(&common, "").filter(|found| {
        let row = found.header_row.and_then(|row| sample.rows.get(row));
        row.is_some_and(|row| !row.iter().any(|name| name.eq_ignore_ascii_case("ORG_CODE")))
    })
}

/// The list of a practice on a day of female, of male and of other patients, and its sub-ICB.
type Sides = ([Option<f64>; 3], String);

/// Lists for which the file prints no row of both sexes.
#[derive(Default)]
struct BySex {
    lists: BTreeMap<(String, Date), Sides>,
    whole: BTreeSet<(String, Date)>,
}

impl BySex {
    fn take(&mut self, practice: &str, day: Date, sub_icb: &str, sex: Sex, count: f64) {
        let list = self
            .lists
            .entry((practice.to_owned(), day))
            .or_insert_with(|| ([None; 3], sub_icb.to_owned()));
        let at = match sex {
            Sex::Female => 0,
            Sex::Male => 1,
            Sex::OtherOrUnknown => 2,
        };
        list.0[at] = Some(count);
    }

    /// Adds up the lists of both sexes where no row of both is printed; gives the patients added, and refuses lists of one sex.
    fn finish(self, intake: &mut Intake) -> Result<f64, ReadError> {
        let (mut total, mut added, mut halves) = (0.0, 0, [Vec::new(), Vec::new()]);
        for ((practice, day), (sides, sub_icb)) in self.lists {
            if self.whole.contains(&(practice.clone(), day)) {
                continue;
            }
            let [Some(female), Some(male), other] = sides else {
                halves[usize::from(sides[1].is_some())].push(practice);
                continue;
            };
            let all = female + male + other.unwrap_or(0.0);
            total += all;
            added += 1;
            intake.edition(Period::Day(day));
            let row = tables::list_size::Row {
                practice: practice.as_str().into(),
                sub_icb: sub_icb.as_str().into(),
                patients: all.into(),
            };
            intake.add(Period::Day(day), row)?;
        }
        if added > 0 {
            let lists = of_noun(added, "list");
            intake
                .remark(format!("{lists} without a row of both sexes: those by sex are added up"));
        }
        for (practices, (is, lacks)) in halves.iter().zip([("female", "male"), ("male", "female")])
        {
            if let Some(first) = practices.first() {
                let of = of_noun(practices.len() as u64, "practice");
                intake.problems.refuse(Problem::of_file(
                    format!("of {of}, such as {first}, it holds {is} patients only: that is not the whole list"),
                    format!("import the file with rows of SEX ALL, or one that holds the {lacks} patients too"),
                ));
            }
        }
        Ok(total)
    }
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let date = input.column(&["EXTRACT_DATE"], intake)?;
    let code = input.column(&["CODE"], intake)?;
    let sub_icb = input.column(&SUB_ICB, intake)?;
    let (sex, age) = (input.column(&["SEX"], intake)?, input.column(&["AGE"], intake)?);
    let patients = input.column(&["NUMBER_OF_PATIENTS"], intake)?;
    let (mut total, mut once, mut by_sex) = (0.0, Once::default(), BySex::default());
    input.each(intake, |row, intake| {
        let side = Sex::parse(row.get(sex));
        if !row.get(age).eq_ignore_ascii_case("ALL")
            || (side.is_none() && !row.get(sex).eq_ignore_ascii_case("ALL"))
        {
            let is_split = !row.get(sex).is_empty() && !row.get(age).is_empty();
            intake.leave_out(if is_split {
                "split by sex or age: the totals are read"
            } else {
                "rows without sex and age, such as totals"
            });
            return Ok(());
        }
        let cells = (
            intake.extract_day(row, date),
            intake.code::<PracticeCode>(row, code),
            intake.code::<SubIcbCode>(row, sub_icb),
            intake.count_up_to(row, patients, LARGEST_LIST),
        );
        let (Some(day), Some(practice), Some(sub_icb), Some(count)) = cells else { return Ok(()) };
        if !once.first(row, &[code, date, sex], intake) {
            return Ok(());
        }
        if let Some(side) = side {
            intake.leave_out("rows of one sex");
            by_sex.take(practice, day, sub_icb, side, count);
            return Ok(());
        }
        by_sex.whole.insert((practice.to_owned(), day));
        total += count;
        intake.edition(Period::Day(day));
        let row = tables::list_size::Row {
            practice: practice.into(),
            sub_icb: sub_icb.into(),
            patients: count.into(),
        };
        intake.add(Period::Day(day), row)
    })?;
    total += by_sex.finish(intake)?;
    intake.check(
        "there are patients",
        total > 0.0 || intake.problems.structural(),
        format!("{total} patients in all"),
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use evidence::Verdict;

    use crate::trial::Trial;

    fn list(first: &str, end: &str) -> Trial {
        let header = "EXTRACT_DATE,CODE,POSTCODE,SUB_ICB_LOCATION_CODE,SEX,AGE,NUMBER_OF_PATIENTS";
        let of = |code: u32, patients: &str| {
            format!("\n01NOV2025,A{code:05},TS18 1HU,16C,ALL,ALL,{patients}")
        };
        let rows: String = (81_002..81_300).map(|code| of(code, "100")).collect();
        Trial::of("a.csv", format!("{header}{}{rows}{end}", of(81_001, first)))
    }

    #[test]
    fn a_list_larger_than_any_is_held_back_and_named() {
        let trial = list("3779000", "\n");
        assert_eq!(trial.verdict(), Verdict::AcceptedWithRemarks);
        assert_eq!(trial.rows("list_size", "2025-11-01").len(), 298);
        let told = "row 2, NUMBER_OF_PATIENTS: `3779000`: is more than 500000";
        assert!(trial.problems().contains(told), "{}", trial.problems());
    }

    fn by_sex(rows: &str) -> Trial {
        let header = "EXTRACT_DATE,CODE,POSTCODE,SUB_ICB_LOCATION_CODE,SEX,AGE,NUMBER_OF_PATIENTS";
        Trial::of(
            "a.csv",
            format!("{header}\n{}", rows.replace("P,", "01NOV2025,A81001,TS18 1HU,16C,")),
        )
    }

    #[test]
    fn lists_by_sex_are_added_up_where_both_are_there_and_no_row_of_both_is() {
        let trial = by_sex("P,MALE,ALL,40\nP,FEMALE,ALL,60\n");
        assert_eq!(
            trial.rows("list_size", "2025-11-01"),
            ["A81001|16C|100"],
            "{}",
            trial.problems()
        );
        assert!(
            trial.remarks().contains("1 list without a row of both sexes"),
            "{}",
            trial.remarks()
        );
        let printed = by_sex("P,MALE,ALL,40\nP,FEMALE,ALL,60\nP,ALL,ALL,101\n");
        assert_eq!(
            printed.rows("list_size", "2025-11-01"),
            ["A81001|16C|101"],
            "{}",
            printed.problems()
        );
    }

    #[test]
    fn a_list_of_men_only_is_not_the_whole_list() {
        let trial = by_sex("P,MALE,ALL,40\n");
        assert_eq!(trial.verdict(), Verdict::Refused);
        let told = "of 1 practice, such as A81001, it holds male patients only: that is not the whole list";
        assert!(trial.problems().contains(told), "{}", trial.problems());
        assert!(!trial.problems().contains("0 patients in all"), "{}", trial.problems());
    }

    #[test]
    fn a_file_that_ends_within_a_line_says_so() {
        assert_eq!(list("3779", "\n").remarks(), "");
        let remarks = list("3779", "").remarks();
        assert!(remarks.contains("no line end after its last row, 300"), "{remarks}");
    }
}

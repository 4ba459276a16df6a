//! Periods that a file does not state and its name does: financial years and months in the names of files, the
//! archives and the folders they lie in.
//!
//! Only publications that print no date inside come here, and each says so in a remark.

use std::collections::BTreeSet;
use std::ops::Bound;

use jiff::civil::Date;
use vocab::{FinancialYear, Month, Period};

use crate::header::normalise;
use crate::input::Input;
use crate::intake::Intake;
use crate::problem::Problem;
use crate::read_error::ReadError;
use crate::value;

/// Parts of a path that may name the period: the file, its archive or folder, and what holds that.
const PARTS: usize = 3;

/// Days after its newest event for which the date of a workbook or an archive is believed: registers change every month,
/// so that a much later date is of a copy.
const COPY_AFTER: i32 = 92;

/// The day of a register that prints none: the one of its workbook or archive, else its newest event; an event that lies
/// ahead of either, or of the day of the import, dates nothing. Nothing where the register holds no event.
pub(crate) fn of_register(events: &BTreeSet<Date>, intake: &mut Intake) -> Option<Date> {
    let newest = |day: Option<Date>| match day {
        Some(day) => events.range(..=day).next_back().copied(),
        None => events.last().copied(),
    };
    let today = intake.day_of_import();
    let saved = intake.day_saved().filter(|saved| {
        let days = |newest: Date| newest.until(*saved).map_or(i32::MAX, |span| span.get_days());
        newest(Some(*saved)).is_some_and(|newest| days(newest) <= COPY_AFTER)
    });
    let day = saved.or_else(|| newest(today))?;
    match saved {
        Some(_) => intake
            .remark(format!("dated {day} by its workbook or archive; it prints no date itself")),
        None => intake
            .remark(format!("dated {day} by the newest event in it; it prints no date itself")),
    }
    let ahead = events.range((Bound::Excluded(day), Bound::Unbounded)).count();
    if ahead > 0 {
        intake.remark(format!("{ahead} days in it lie ahead of its date"));
    }
    Some(day)
}

/// The year in which a publication began, by the beginning of its name in the registry: it has no earlier edition.
const BEGAN: [(&str, i16); 13] = [
    ("patients_registered", 2013),
    ("appointments", 2017),
    ("online_consultation", 2022),
    ("telephony", 2023),
    ("network_workforce", 2019),
    ("network_register", 2019),
    ("network_contract", 2019),
    ("practice_workforce", 2015),
    ("workforce_individuals", 2015),
    ("quality", 2004),
    ("payments", 2013),
    ("urgent_care", 2010),
    ("patient_survey", 2007),
];

/// The year before which no edition of a dataset is believed.
pub(crate) fn began(source: &str) -> i16 {
    let known = BEGAN.iter().find(|(id, _)| source.starts_with(id));
    known.map_or(1990, |(_, year)| *year)
}

/// What a column of these words tells of the time of a file: it was used no earlier, and no later, than these days.
const TELLING: [(&str, Date, Date); 5] = [
    ("ccg", Date::constant(2012, 1, 1), Date::constant(2022, 9, 30)),
    ("stp", Date::constant(2016, 3, 1), Date::MAX),
    ("icb", Date::constant(2022, 3, 31), Date::MAX),
    ("pcn", Date::constant(2019, 7, 1), Date::MAX),
    ("covid", Date::constant(2020, 3, 1), Date::MAX),
];

/// Refuses a file whose columns are of another time than its name says, or whose time is not over.
fn agree(
    input: &Input<'_>,
    period: Period,
    last: Date,
    intake: &mut Intake,
) -> Result<(), ReadError> {
    let name = period.in_words();
    let against = input.header().names().iter().find_map(|column| {
        let form = normalise(column);
        let mut telling =
            TELLING.iter().filter(|(word, ..)| form.split('_').any(|one| one == *word));
        telling.find_map(|(_, from, to)| match () {
            () if last < *from => Some(format!("`{}` was used from {from} on", tidy(column))),
            () if last > *to => Some(format!("`{}` was used until {to} only", tidy(column))),
            () => None,
        })
    });
    let rule = match (against, intake.day_of_import()) {
        (Some(against), _) => format!("its name says {name}, but the column {against}"),
        (None, Some(today)) if last > today => {
            format!("its name says {name}, which is not over on the day of the import, {today}")
        }
        _ => return Ok(()),
    };
    intake.problems.refuse(Problem::of_file(
        rule,
        "put the right period into the name of the file, or download it again",
    ));
    Err(ReadError::Structure)
}

fn tidy(column: &str) -> String {
    column.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The financial year that the name states, remarked; a file that nothing dates is refused.
///
/// # Errors
/// When no name states a year; the problem is then with the intake.
pub fn financial_year(input: &Input<'_>, intake: &mut Intake) -> Result<FinancialYear, ReadError> {
    let Some(year) = year_of_name(&input.file) else {
        return Err(undated(intake, "financial year", "such as `2022-23`"));
    };
    if let Ok(last) = Date::new(year.begins + 1, 3, 31) {
        agree(input, Period::FinancialYear(year), last, intake)?;
    }
    intake.remark(format!(
        "the file does not state its year; {} is taken from its name",
        Period::FinancialYear(year)
    ));
    Ok(year)
}

/// The calendar year that the name states, remarked; a file that nothing dates is refused.
///
/// # Errors
/// When no name states a year; the problem is then with the intake.
pub fn calendar_year(input: &Input<'_>, intake: &mut Intake) -> Result<i16, ReadError> {
    let single = |part| {
        runs(part).into_iter().find_map(|run| match run.len() {
            4 => run.parse::<i16>().ok().filter(|year| (2004..2100).contains(year)),
            _ => None,
        })
    };
    let Some(year) = parts(&input.file).find_map(single) else {
        return Err(undated(intake, "year", "such as `2025`"));
    };
    intake.remark(format!("the file does not state its year; {year} is taken from its name"));
    Ok(year)
}

/// The month that the name states, remarked; a file that nothing dates is refused.
///
/// # Errors
/// When no name states a month; the problem is then with the intake.
pub fn month(input: &Input<'_>, intake: &mut Intake) -> Result<Month, ReadError> {
    let Some(month) = month_of_name(&input.file) else {
        return Err(undated(intake, "month", "such as `March 2026` or `032026`"));
    };
    agree(input, Period::Month(month), month.first_day(), intake)?;
    let words = Period::Month(month).in_words();
    intake.remark(format!("the file does not state its month; {words} is taken from its name"));
    Ok(month)
}

/// The month that the titles above the header state after this word, else the one of the name.
///
/// # Errors
/// When neither states a month; the problem is then with the intake.
pub fn month_of_titles(
    word: &str,
    input: &Input<'_>,
    intake: &mut Intake,
) -> Result<Month, ReadError> {
    let after = input.titles.split_once(word).map(|(_, after)| after);
    let words = after.map(|after| after.split_whitespace().take(2).collect::<Vec<_>>().join(" "));
    match words.and_then(|words| value::month(&words)) {
        Some(month) => Ok(month),
        None => month(input, intake),
    }
}

/// The financial year that the name of a file, its archive or its folder states.
pub fn year_of_name(file: &str) -> Option<FinancialYear> {
    parts(file).find_map(year_in)
}

/// The period of a file without a date of what changes slowly, such as hours of opening: the month of its name, else the day on which it
/// was saved, else an unknown date; never that of the import.
pub(crate) fn of_any_time(input: &Input<'_>, intake: &mut Intake) -> Period {
    let Some(month) = month_of_name(&input.file) else { return intake.timeless() };
    let period = Period::Day(month.first_day());
    let words = Period::Month(month).in_words();
    intake.edition(period);
    intake.remark(format!("the file does not state its month; {words} is taken from its name"));
    period
}

/// The month that the name of a file, its archive or its folder states.
pub fn month_of_name(file: &str) -> Option<Month> {
    parts(file).find_map(month_in)
}

fn undated(intake: &mut Intake, what: &str, example: &str) -> ReadError {
    intake.problems.refuse(Problem::of_file(
        format!("neither the file nor its name states the {what}"),
        format!("put the {what} into the name of the file or its folder, {example}"),
    ));
    ReadError::Structure
}

fn parts(file: &str) -> impl Iterator<Item = &str> {
    file.rsplit(['/', '\\', '!']).filter(|part| !part.is_empty()).take(PARTS)
}

/// The runs of letters and of digits of a name.
fn runs(name: &str) -> Vec<&str> {
    let mut runs = Vec::new();
    let kind = |c: char| (c.is_ascii_digit(), c.is_alphabetic());
    let mut start = 0;
    let mut last = None;
    for (at, character) in name.char_indices() {
        if last != Some(kind(character)) {
            runs.push(name.get(start..at).unwrap_or_default());
            start = at;
        }
        last = Some(kind(character));
    }
    runs.push(name.get(start..).unwrap_or_default());
    runs.retain(|run| run.starts_with(|c: char| c.is_ascii_digit() || c.is_alphabetic()));
    runs
}

fn year_in(name: &str) -> Option<FinancialYear> {
    let runs = runs(name);
    let pair = runs.windows(2).find_map(|pair| match pair {
        [from, to] => following(from, to),
        _ => None,
    });
    let halves = || {
        runs.iter().find_map(|run| {
            (run.len() == 4).then(|| following(run.get(..2)?, run.get(2..)?)).flatten()
        })
    };
    pair.or_else(halves)
}

/// Two years written after one another, the second the year after the first.
fn following(from: &str, to: &str) -> Option<FinancialYear> {
    let year = |text: &str| {
        let number: i16 = text.parse().ok()?;
        match text.len() {
            2 => Some(2000 + number),
            4 => Some(number),
            _ => None,
        }
    };
    let (from, to) = (year(from)?, year(to)?);
    ((2004..2100).contains(&from) && to == from + 1).then_some(FinancialYear { begins: from })
}

/// The month that a part of a path names. A whole day in it is one of saving, unless it is the first of a month.
fn month_in(name: &str) -> Option<Month> {
    let runs = runs(name);
    let saved = ["saved", "download"].iter().any(|word| name.to_lowercase().starts_with(word));
    let is_day = |run: &[&str]| match run {
        [year, month, day] => {
            let all_digits = [year, month, day].iter().all(|run| run.parse::<u16>().is_ok());
            all_digits && year.len() == 4 && month.len() == 2 && day.len() == 2 && *day != "01"
        }
        _ => false,
    };
    if saved || runs.windows(3).any(is_day) {
        return None;
    }
    let six = |run: &&str| {
        let run = *run;
        (run.len() == 6).then(|| month_of(run.get(2..)?, run.get(..2)?.parse().ok()?)).flatten()
    };
    let pairs = runs.windows(2).find_map(|pair| match pair {
        [first, second] => match value::month_number(first) {
            Some(month) => month_of(second, month),
            None if first.len() == 4 && second.len() == 2 => month_of(first, second.parse().ok()?),
            None => None,
        },
        _ => None,
    });
    pairs.or_else(|| runs.iter().find_map(six))
}

fn month_of(year: &str, month: i32) -> Option<Month> {
    let year: i16 = match year.len() {
        2 => 2000 + year.parse::<i16>().ok()?,
        4 => year.parse().ok()?,
        _ => return None,
    };
    let month = i8::try_from(month).ok().filter(|month| (1..=12).contains(month))?;
    (2004..2100).contains(&year).then_some(Month { year, month })
}

#[cfg(test)]
mod tests {
    use evidence::Verdict;

    use super::*;
    use crate::trial::Trial;

    #[test]
    fn a_financial_year_is_found_in_a_name() {
        for (name, begins) in [
            ("PREVALENCE_2021_v2.csv", 2020),
            ("qof/2020-21/PREVALENCE.csv", 2020),
            ("structures_2022_2023.csv", 2022),
            ("nhspaymentsgp-17-18-csv.csv", 2017),
            ("QOF 2019-20.csv", 2019),
            ("QOF2324.zip!ACHIEVEMENT_LONDON.csv", 2023),
        ] {
            let found = parts(name).find_map(year_in);
            assert_eq!(found, Some(FinancialYear { begins }), "{name}");
        }
    }

    #[test]
    fn a_name_without_a_year_has_none() {
        for name in ["PREVALENCE.csv", "file-1-3.csv", "list 2025.csv"] {
            assert_eq!(parts(name).find_map(year_in), None, "{name}");
        }
    }

    #[test]
    fn a_month_is_found_in_a_name() {
        for (name, year, month) in [
            ("Practice_Level_Crosstab_Oct_25.zip!Mapping.csv", 2025, 10),
            ("GPWPracticeCSV.032024.zip!1 General Practice.csv", 2024, 3),
            ("1 General Practice – March 2026 Practice Level - Detailed.csv", 2026, 3),
            ("nov-2025/Mapping.csv", 2025, 11),
            ("2024-04-derived/extract.csv", 2024, 4),
        ] {
            assert_eq!(month_of_name(name), Some(Month { year, month }), "{name}");
        }
        for name in
            ["Mapping.csv", "downloads 2025-12-03/Mapping.csv", "saved March 2024/Mapping.csv"]
        {
            assert_eq!(month_of_name(name), None, "{name}");
        }
    }

    const PRACTICES: &str =
        "PRACTICE_CODE,PRACTICE_NAME,PCN_ODS_CODE,PCN_NAME,REGION_ODS_CODE,REGION_NAME";
    const PLACES: &str = "CCG_ODS_CODE,CCG_NAME,STP_ODS_CODE,STP_NAME";

    fn of_places(name: &str, places: &str) -> Trial {
        let row = "A81001,Densham,U89141,Stockton,Y63,North,16C,Tees,QHM,Cumbria";
        Trial::of(name, format!("{PRACTICES},{places}\n{row}\n"))
    }

    #[test]
    fn columns_of_another_time_than_the_name_says_refuse_the_file() {
        let boards = PLACES.replace("CCG", "SUB_ICB").replace("STP", "ICB");
        for (name, places, told) in [
            ("M_2526.csv", PLACES, "`CCG_ODS_CODE` was used until 2022-09-30 only"),
            ("M_2021.csv", &boards, "`SUB_ICB_ODS_CODE` was used from 2022-03-31 on"),
            ("M_1819.csv", PLACES, "`PCN_ODS_CODE` was used from 2019-07-01 on"),
            ("M_3536.csv", &boards, "its name says 2035/36, which is not over"),
        ] {
            let trial = of_places(name, places);
            assert_eq!(trial.verdict(), Verdict::Refused, "{name}");
            assert!(trial.problems().contains(told), "{name}: {}", trial.problems());
        }
        assert_eq!(of_places("M_2021.csv", PLACES).rows("affiliation", "2021-03-31").len(), 1);
        assert_eq!(of_places("M_2223.csv", &boards).rows("affiliation", "2023-03-31").len(), 1);
    }

    /// A list of one practice with this date.
    fn dated(date: &str) -> Trial {
        let header = "EXTRACT_DATE,CODE,POSTCODE,SUB_ICB_LOCATION_CODE,SEX,AGE,NUMBER_OF_PATIENTS";
        Trial::of("a.csv", format!("{header}\n{date},A81001,TS18 1HU,16C,ALL,ALL,100\n"))
    }

    #[test]
    fn days_to_come_and_days_before_the_publication_began_are_refused() {
        for (date, told) in [
            ("2026-12-02", "dated 2026-12-02, after the day of the import, 2026-12-01"),
            ("2052-11-01", "dated 2052-11-01, after the day of the import"),
            ("1925-11-01", "dated 1925-11-01, before this publication began in 2013"),
        ] {
            let trial = dated(date);
            assert_eq!(trial.verdict(), Verdict::Refused, "{date}");
            assert!(trial.problems().contains(told), "{date}: {}", trial.problems());
        }
        assert_eq!(dated("2026-12-01").verdict(), Verdict::Accepted);
    }

    #[test]
    fn a_date_with_the_month_first_is_asked_about() {
        let trial = dated("11/01/2025");
        assert_eq!(trial.verdict(), Verdict::Refused);
        let told =
            "`11/01/2025`: is 2025-01-11 here, but 2025-11-01 where the month is written first";
        assert!(trial.problems().contains(told), "{}", trial.problems());
        for date in ["01/11/2025", "November 2025", "01NOV2025"] {
            assert_eq!(dated(date).rows("list_size", "2025-11-01"), ["A81001|16C|100"], "{date}");
        }
    }
}

//! Periods that a file does not state and its name does: financial years and months in the names of files, the
//! archives and the folders they lie in.
//!
//! Only publications that print no date inside come here, and each says so in a remark.

use std::collections::BTreeSet;
use std::ops::Bound;

use jiff::civil::Date;
use vocab::{FinancialYear, Month, Period};

use crate::input::Input;
use crate::intake::Intake;
use crate::problem::Problem;
use crate::source::ReadError;
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

/// The financial year that the name states, remarked; a file that nothing dates is refused.
///
/// # Errors
/// When no name states a year; the problem is then with the intake.
pub fn financial_year(input: &Input<'_>, intake: &mut Intake) -> Result<FinancialYear, ReadError> {
    let Some(year) = parts(&input.file).find_map(year_in) else {
        return Err(undated(intake, "financial year", "such as `2022-23`"));
    };
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

fn month_in(name: &str) -> Option<Month> {
    let runs = runs(name);
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
    use super::*;

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
        assert_eq!(month_of_name("Mapping.csv"), None);
    }
}

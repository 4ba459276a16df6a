//! Quality and Outcomes Framework: points that each practice achieved in all.
//!
//! The header drifts with every year and states how many points there were: 559 to 2019/20, 567 in 2020/21, 635 since.
//! Points of different maxima are not comparable, and part of the points of 2020/21 was protected during the pandemic.
//! Where the maximum does not tell the year, the name does.

use std::ops::RangeInclusive;

use evidence::tables;
use vocab::codes::PracticeCode;
use vocab::{FinancialYear, Observed, Period};

use crate::belonging::Printed;
use crate::edition;
use crate::header::Header;
use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::problem::Problem;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::source::Source;

/// Points in all.
pub static SOURCE: Source = Source {
    id: "quality_achievement_total",
    title: "Quality and Outcomes Framework: practice achievement summary",
    publisher: "NHS England",
    landing_page: "https://digital.nhs.uk/data-and-information/publications/statistical/quality-and-outcomes-framework-achievement-prevalence-and-exceptions-data",
    cadence: "yearly",
    about: "Points of each practice of those available. The maximum changes (559, 567, 635): compare shares, not points, and no share with 2020/21.",
    writes: &[&tables::COMMISSIONER, &tables::ACHIEVEMENT_TOTAL],
    recognise,
    read,
};

const SCORE: &str = "achievement_score";

/// The column of points and the maximum stated in its name, wherever in it: `(559 max)`, `(max. 559)`. A footnote is
/// smaller.
fn score(header: &Header) -> Option<(usize, f64)> {
    header.names().iter().enumerate().find_map(|(at, name)| {
        crate::header::normalise(name).starts_with(SCORE).then_some(())?;
        let numbers = name.split(|letter: char| !letter.is_ascii_digit());
        let maximum = numbers.filter_map(|digits| digits.parse::<u32>().ok()).max()?;
        Some((at, f64::from(maximum)))
    })
}

fn recognise(sample: &Sample) -> Option<Match> {
    let header_row = sample.header_with(&["Practice code", "Practice name"])?;
    let row = sample.rows.get(header_row)?;
    score(&Header::new(row.iter().map(String::as_str)))?;
    Some(Match { header_row: Some(header_row), era: "" })
}

/// The years, by the one in which they begin, that had so many points; nothing for a number that is not known.
fn years_of(maximum: f64) -> Option<RangeInclusive<i16>> {
    match maximum as i64 {
        559 => Some(2014..=2019),
        567 => Some(2020..=2020),
        635 => Some(2021..=2024),
        564 => Some(2025..=2025),
        _ => None,
    }
}

/// The only year that had so many points, and networks where the file has them; what is inside beats the name.
fn told(
    maximum: f64,
    with_networks: bool,
    named: Option<FinancialYear>,
    intake: &mut Intake,
) -> Option<FinancialYear> {
    let years = years_of(maximum)?;
    let first = if with_networks { 2019.max(*years.start()) } else { *years.start() };
    let year = (first == *years.end()).then_some(FinancialYear { begins: first })?;
    let words = Period::FinancialYear(year);
    intake.remark(format!(
        "the year {words} is told by its {maximum} points{}",
        if with_networks { " and its networks" } else { "" }
    ));
    if let Some(named) = named.filter(|named| *named != year) {
        intake.remark(format!(
            "its name says {}, which had other points or no networks: {words} stands",
            Period::FinancialYear(named)
        ));
    }
    Some(year)
}

/// The year of the name, refused where it had other points.
fn named(maximum: f64, input: &Input<'_>, intake: &mut Intake) -> Result<FinancialYear, ReadError> {
    let year = edition::financial_year(input, intake)?;
    if years_of(maximum).is_none_or(|years| years.contains(&year.begins)) {
        return Ok(year);
    }
    intake.problems.refuse(Problem::of_file(
        format!(
            "its name says {}, but that year did not have {maximum} points",
            Period::FinancialYear(year)
        ),
        "put the right year into the name of the file, or download it again",
    ));
    Err(ReadError::Structure)
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let Some((points, maximum)) = score(input.header()) else { return Err(ReadError::Structure) };
    let with_networks = input.optional(&["PCN ODS code"]).is_some();
    let year = match told(maximum, with_networks, edition::year_of_name(&input.file), intake) {
        Some(year) => year,
        None => named(maximum, input, intake)?,
    };
    if year.begins == 2020 {
        intake
            .remark("part of the points of 2020/21 was protected: not comparable with other years");
    }
    let period = Period::FinancialYear(year);
    intake.edition(period);
    let practice = input.column(&["Practice code"], intake)?;
    let list = input.optional(&["List size", "All ages", "List size (all ages)"]);
    if list.is_none() {
        intake.remark("the file prints no list sizes");
    }
    let printed = Printed::of(input);
    let mut over = 0_u64;
    let mut once = Once::default();
    input.each(intake, |row, intake| {
        if !once.first(row, &[practice], intake) {
            return Ok(());
        }
        if !PracticeCode::is_valid(row.get(practice)) && row.get(points).is_empty() {
            intake.leave_out("notes and blank lines");
            return Ok(());
        }
        let (Some(code), Some(figure), Some(size)) = (
            intake.code::<PracticeCode>(row, practice),
            intake.figure(row, points),
            list.map_or(Some(Observed::Missing), |list| intake.figure(row, list)),
        ) else {
            return Ok(());
        };
        printed.push(row, code, period, intake)?;
        over += u64::from(figure.value().is_some_and(|points| points > maximum));
        let row = tables::achievement_total::Row {
            practice: code.into(),
            points: figure.value().into(),
            points_available: maximum.into(),
            list_size: size.value().into(),
            mark: figure.mark().into(),
        };
        intake.add(period, row)
    })?;
    intake.check(
        "nobody has more points than there are",
        over == 0,
        format!("{over} practices above {maximum} points"),
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use evidence::Verdict;

    use crate::trial::Trial;

    const OF_2019: &str = "\u{feff}CCG ODS code (practice parent),PCN ODS code,PCN name,Practice code,Practice name,List size,Achievement score (559 max),QOF points total/559 available (%)\r\n00L,U25545,Well,A84006,Alnwick,18548,480.02,85.87\r\n";
    const OF_2022: &str = "Some banner of the workbook,,,,,,,\n\"Sub ICB Loc \nODS code\",PCN ODS code,PCN name,Practice code,Practice name,All ages,Achievement score (635 max),QOF points total / 635 available (%)\n00L,U25545,Well,A84006,Alnwick,18846,586.63,92.38\n";

    #[test]
    fn the_maximum_of_2019_20_tells_its_year() {
        let trial = Trial::of("a.csv", OF_2019);
        assert_eq!(trial.rows("achievement_total", "2019/20"), ["A84006|480.02|559|18548|value"]);
        assert_eq!(trial.rows("commissioner", "2019/20"), ["A84006|00L|||"]);
    }

    #[test]
    fn banners_line_breaks_and_other_names_are_read() {
        let trial = Trial::of("QOF 2022-23.csv", OF_2022);
        assert_eq!(trial.rows("achievement_total", "2022/23"), ["A84006|586.63|635|18846|value"]);
        assert_eq!(trial.rows("commissioner", "2022/23"), ["A84006|00L|||"]);
    }

    #[test]
    fn the_wording_round_the_maximum_and_a_list_size_may_change() {
        let of_2017 = "CCG code,Practice code,Practice name,All ages,Achievement score1 (max. 559),QOF points total/559 available (per cent)\n02N,B82007,ONE,9431,559,100\n02N,B82020,TWO,11984,:,:\n";
        let trial = Trial::of("QOF 2017-18.csv", of_2017);
        let expected = ["B82007|559|559|9431|value", "B82020||559|11984|missing"];
        assert_eq!(trial.rows("achievement_total", "2017/18"), expected);
        let bare = OF_2022.replace("All ages,", "").replace("18846,", "");
        let trial = Trial::of("QOF 2024-25.csv", bare);
        assert_eq!(trial.rows("achievement_total", "2024/25"), ["A84006|586.63|635||value"]);
        assert!(trial.remarks().contains("no list sizes"), "{}", trial.remarks());
    }

    #[test]
    fn a_maximum_of_many_years_needs_a_name_that_dates_it() {
        assert_eq!(Trial::of("a.csv", OF_2022).verdict(), Verdict::Refused);
    }

    #[test]
    fn points_of_other_years_than_the_name_says_are_never_dated_by_it() {
        let trial = Trial::of("QOF 2019-20.csv", OF_2022);
        assert_eq!(trial.verdict(), Verdict::Refused);
        assert!(trial.problems().contains("its name says 2019/20, but"), "{}", trial.problems());
        let trial = Trial::of("QOF 2022-23.csv", OF_2019);
        assert_eq!(trial.rows("achievement_total", "2019/20").len(), 1);
        assert!(trial.remarks().contains("its name says 2022/23"), "{}", trial.remarks());
    }

    #[test]
    fn more_points_than_there_are_are_refused() {
        assert_eq!(
            Trial::of("a.csv", OF_2019.replace("480.02", "580.02")).verdict(),
            Verdict::Refused
        );
    }
}

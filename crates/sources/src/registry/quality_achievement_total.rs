//! Quality and Outcomes Framework: points that each practice achieved in all.
//!
//! The header drifts with every year and states how many points there were: 559 to 2019/20, 567 in 2020/21, 635 since.
//! Points of different maxima are not comparable, and part of the points of 2020/21 was protected during the pandemic.
//! Where the maximum does not tell the year, the name does.

use evidence::{Cell, tables};
use vocab::codes::PracticeCode;
use vocab::{FinancialYear, Observed, Period};

use crate::belonging::Printed;
use crate::edition;
use crate::header::Header;
use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::sample::{Match, Sample};
use crate::source::{ReadError, Source};

/// Points in all.
pub static SOURCE: Source = Source {
    id: "quality_achievement_total",
    title: "Quality and Outcomes Framework: practice achievement summary",
    publisher: "NHS England",
    landing_page: "https://digital.nhs.uk/data-and-information/publications/statistical/quality-and-outcomes-framework-achievement-prevalence-and-exceptions-data",
    cadence: "yearly",
    about: "Points of each practice of those available. The maximum changes (559, 567, 635): compare shares, not points, and no share with 2020/21.",
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

/// The year that the maximum tells, where only one year with networks had it.
fn year_of(maximum: f64) -> Option<FinancialYear> {
    match maximum as i64 {
        559 => Some(FinancialYear { begins: 2019 }),
        567 => Some(FinancialYear { begins: 2020 }),
        _ => None,
    }
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let Some((points, maximum)) = score(input.header()) else { return Err(ReadError::Structure) };
    let with_networks = input.optional(&["PCN ODS code"]).is_some();
    let year = match year_of(maximum).filter(|_| with_networks) {
        Some(year) => {
            intake.remark(format!("the year {} is told by its {maximum} points and its networks", Period::FinancialYear(year)));
            year
        }
        None => edition::financial_year(input, intake)?,
    };
    if year.begins == 2020 {
        intake.remark("part of the points of 2020/21 was protected: not comparable with other years");
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
        let cells = [
            Cell::from(code),
            Cell::from(figure.value()),
            Cell::from(maximum),
            Cell::from(size.value()),
            Cell::from(figure.mark()),
        ];
        intake.push(&tables::ACHIEVEMENT_TOTAL, period, &cells)
    })?;
    intake.check("nobody has more points than there are", over == 0, format!("{over} practices above {maximum} points"));
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
    fn more_points_than_there_are_are_refused() {
        assert_eq!(Trial::of("a.csv", OF_2019.replace("480.02", "580.02")).verdict(), Verdict::Refused);
    }
}

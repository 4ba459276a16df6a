//! Figures known on a few dates (lists, registers, staff): fit to the earlier dates, predict the last.

use std::collections::BTreeMap;

use evidence::{Evidence, EvidenceError, Frame, Place, TextColumn, tables};
use jiff::civil::Date;
use vocab::Period;

/// Days that must lie between the last date seen and the date to be predicted.
const AHEAD: i32 = 330;
/// Days that the dates seen must span.
const PAST: i32 = 90;
/// Practices that must have a figure on every date used.
const ENOUGH: usize = 20;

/// Figures of practices on dates.
type Dated = BTreeMap<Date, BTreeMap<String, f64>>;

/// The practice and the figure of every row of a table.
type Figures<'f> = (&'f TextColumn, &'f [f64]);

/// How a way of predicting did.
#[derive(Debug, Clone, PartialEq)]
pub struct DatedScore {
    /// Which, in words.
    pub method: &'static str,
    /// Sum of the errors over the sum of what came.
    pub error_share: f64,
    /// Root of the mean squared error, in the unit of the figure.
    pub rmse: f64,
    /// Share of figures inside the eight-in-ten interval, where the method gave one.
    pub coverage: Option<f64>,
}

/// A figure and how predictions of it did.
#[derive(Debug, Clone, PartialEq)]
pub struct DatedTest {
    /// What was predicted.
    pub figure: String,
    /// First and last date seen.
    pub seen: (Date, Date),
    /// Date predicted.
    pub predicted: Date,
    /// Practices judged.
    pub practices: usize,
    /// Practices of the earlier dates that have no figure on the last: closed, merged or not returned.
    pub without_end: usize,
    /// The scores, ours first.
    pub scores: Vec<DatedScore>,
}

/// Tests every dated figure that the evidence holds; and in words those that it cannot.
///
/// # Errors
/// When a table cannot be read.
pub fn dated_tests(
    evidence: &Evidence,
    within: Option<&Place>,
) -> Result<(Vec<DatedTest>, Vec<String>), EvidenceError> {
    let lists = figures(evidence, "list_size", |frame, _| listed(frame))?;
    let staff = figures(evidence, "staff", doctors)?;
    let mut sets =
        vec![("list size".to_owned(), lists), ("GP full-time equivalents".to_owned(), staff)];
    for register in ["DM", "HYP", "COPD", "CHD", "DEM"] {
        let people =
            figures(evidence, "condition", |frame, row| on_register(frame, row, register))?;
        sets.push((format!("people on the register {register}"), people));
    }
    let (mut tests, mut untested) = (Vec::new(), Vec::new());
    for (figure, dated) in sets {
        match tested(evidence, within, &figure, &dated)? {
            Ok(test) => tests.push(test),
            Err(reason) => untested.push(format!("{figure}: {reason}")),
        }
    }
    Ok((tests, untested))
}

/// The figures of practices in every period of a table; `of` gives the practice and the figure of every row, and keeps the
/// numbers of the rows that count.
fn figures(
    evidence: &Evidence,
    table: &str,
    of: impl for<'f> Fn(&'f Frame, &mut Vec<usize>) -> Figures<'f>,
) -> Result<Dated, EvidenceError> {
    let mut dated = Dated::new();
    for period in evidence.periods(table) {
        let frame = evidence.frame(table, period)?;
        let mut rows = (0..frame.rows()).collect();
        let (codes, values) = of(&frame, &mut rows);
        let day = match period {
            Period::FinancialYear(_) => period.end(),
            other => other.first_day(),
        };
        let of_day: BTreeMap<String, f64> = rows
            .into_iter()
            .filter_map(|row| Some((codes.get(row)?.to_owned(), *values.get(row)?)))
            .filter(|(_, value)| *value > 0.0)
            .collect();
        if !of_day.is_empty() {
            dated.insert(day, of_day);
        }
    }
    Ok(dated)
}

fn listed(frame: &Frame) -> Figures<'_> {
    let lists = tables::list_size::Columns::of(frame);
    (lists.practice, lists.patients)
}

fn doctors<'f>(frame: &'f Frame, rows: &mut Vec<usize>) -> Figures<'f> {
    let staff = tables::staff::Columns::of(frame);
    let is = |column: &TextColumn, row: usize, word: &str| column.get(row) == Some(word);
    rows.retain(|row| is(staff.level, *row, "practice") && is(staff.group, *row, "gp"));
    rows.retain(|row| is(staff.role, *row, "total") && is(staff.measure, *row, "fte"));
    rows.retain(|row| staff.sex.get(*row).is_none() && staff.age_band.get(*row).is_none());
    (staff.organisation, staff.value)
}

fn on_register<'f>(frame: &'f Frame, rows: &mut Vec<usize>, register: &str) -> Figures<'f> {
    let conditions = tables::condition::Columns::of(frame);
    rows.retain(|row| conditions.register.get(*row) == Some(register));
    (conditions.practice, conditions.patients)
}

/// The dates of a test: first and last seen, and the one to predict.
struct Dates {
    first: Date,
    middle: Date,
    last: Date,
}

impl Dates {
    /// In words what is missing where no three dates lie far enough apart.
    fn of(dated: &Dated) -> Result<Self, String> {
        let Some(last) = dated.keys().next_back().copied() else {
            return Err("none have been imported".to_owned());
        };
        let mut past = dated.keys().copied().filter(|day| days(*day, last) >= AHEAD);
        let Some(first) = past.next() else {
            let known: Vec<String> = dated.keys().map(Date::to_string).collect();
            return Err(format!("no two dates lie a year apart (known: {})", known.join(", ")));
        };
        match past.next_back().filter(|middle| days(first, *middle) >= PAST) {
            Some(middle) => Ok(Self { first, middle, last }),
            None => Err(format!(
                "a test needs two dates to learn from and a third a year later; known are {first} and {last}"
            )),
        }
    }
}

fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

fn tested(
    evidence: &Evidence,
    within: Option<&Place>,
    figure: &str,
    dated: &Dated,
) -> Result<Result<DatedTest, String>, EvidenceError> {
    let dates = match Dates::of(dated) {
        Ok(dates) => dates,
        Err(reason) => return Ok(Err(reason)),
    };
    let known = evidence.affiliations(dates.last)?;
    let inside = |code: &str| {
        within.is_none_or(|place| {
            place.is_everywhere() || known.of(code).is_some_and(|of| place.holds(of))
        })
    };
    let none = BTreeMap::new();
    let on = |day: Date| dated.get(&day).unwrap_or(&none);
    let (early, late, actual) = (on(dates.first), on(dates.middle), on(dates.last));
    let span = f64::from(days(dates.first, dates.middle));
    let cases: Vec<Case> = late
        .iter()
        .filter_map(|(code, late)| {
            Some(Case {
                growth: libm::log(late / early.get(code)?) / span,
                last: *late,
                actual: *actual.get(code)?,
                judged: inside(code),
            })
        })
        .collect();
    let practices = cases.iter().filter(|case| case.judged).count();
    if cases.len() < ENOUGH || practices == 0 {
        return Ok(Err(format!(
            "{} practices, of which {practices} of the place, have a figure on all of {}, {} and {}; a test needs {ENOUGH}",
            cases.len(),
            dates.first,
            dates.middle,
            dates.last
        )));
    }
    let gone = late.keys().filter(|code| !actual.contains_key(*code) && inside(code)).count();
    Ok(Ok(DatedTest {
        figure: figure.to_owned(),
        seen: (dates.first, dates.middle),
        predicted: dates.last,
        practices,
        without_end: gone,
        scores: judged(&cases, f64::from(days(dates.middle, dates.last))),
    }))
}

/// A practice: growth of the logarithm a day in the past, the last figure seen, and what came.
struct Case {
    growth: f64,
    last: f64,
    actual: f64,
    judged: bool,
}

/// What a way of predicting says of a practice: the middle, and the ends of an interval where it gives one.
type Said = (f64, Option<(f64, f64)>);

fn judged(cases: &[Case], days: f64) -> Vec<DatedScore> {
    let mut growths: Vec<f64> = cases.iter().map(|case| case.growth).collect();
    growths.sort_by(f64::total_cmp);
    let at = |share: f64| growths[((growths.len() - 1) as f64 * share) as usize];
    let (common, tenth, ninth) = (at(0.5), at(0.1), at(0.9));
    let grown = |case: &Case, growth: f64| case.last * libm::exp(growth * days);
    vec![
        score("growth of the middle practice", cases, |case| {
            (grown(case, common), Some((grown(case, tenth), grown(case, ninth))))
        }),
        score("as it was on the last date", cases, |case| (case.last, None)),
        score("own growth goes on", cases, |case| (grown(case, case.growth), None)),
    ]
}

fn score(method: &'static str, cases: &[Case], says: impl Fn(&Case) -> Said) -> DatedScore {
    let (mut errors, mut squares, mut sum, mut inside, mut count) = (0.0, 0.0, 0.0, None, 0.0);
    for case in cases.iter().filter(|case| case.judged) {
        let (said, limits) = says(case);
        let error = (said - case.actual).abs();
        errors += error;
        squares += error * error;
        sum += case.actual;
        count += 1.0;
        if let Some((low, high)) = limits {
            let held = f64::from((low..=high).contains(&case.actual));
            inside = Some(inside.unwrap_or(0.0) + held);
        }
    }
    DatedScore {
        method,
        error_share: errors / sum,
        rmse: f64::sqrt(squares / count),
        coverage: inside.map(|inside| inside / count),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(growth: f64, actual: f64, judged: bool) -> Case {
        Case { growth, last: 100.0, actual, judged }
    }

    /// A hundred at each of three practices, which grew by nought, a fifth and a tenth in as many days of the past as are to come,
    /// and then had 105, 121 and, not judged, 500. Of three growths in order the tenth and the ninetieth in a hundred are the first
    /// and the second, so that the interval is 100 to 110.
    ///
    /// | way | says | errors | Σ errors/226 | √(mean of squares) |
    /// |---|---|---|---|---|
    /// | growth of the middle practice | 110, 110 | 5, 11 | 16/226 | √73 |
    /// | as it was | 100, 100 | 5, 21 | 26/226 | √233 |
    /// | own growth goes on | 100, 120 | 5, 1 | 6/226 | √13 |
    #[test]
    fn scores_of_three_practices_are_those_worked_out_by_hand() {
        let a_day = |growth: f64| libm::log(growth) / 365.0;
        let cases = [
            case(a_day(1.0), 105.0, true),
            case(a_day(1.2), 121.0, true),
            case(a_day(1.1), 500.0, false),
        ];
        let found = judged(&cases, 365.0);
        let methods: Vec<&str> = found.iter().map(|score| score.method).collect();
        assert_eq!(
            methods,
            ["growth of the middle practice", "as it was on the last date", "own growth goes on"]
        );
        let by_hand = [(16.0, 73.0), (26.0, 233.0), (6.0, 13.0)];
        for (score, (errors, squares)) in found.iter().zip(by_hand) {
            assert!((score.error_share - errors / 226.0).abs() < 1e-12, "{score:?}");
            assert!((score.rmse - f64::sqrt(squares)).abs() < 1e-9, "{score:?}");
        }
        let covered: Vec<Option<f64>> = found.iter().map(|score| score.coverage).collect();
        assert_eq!(covered, [Some(0.5), None, None]);
    }
}

//! Life expectancy from deaths and people by age band: an abridged life table.
//!
//! Chiang's method as OHID and the ONS use it for small areas, with the variance of the open last band that
//! Silcocks and others added. It says how long people would live on average if today's deaths by age stayed as
//! they are; it is no forecast for anybody.

use crate::figure::{Limits, NoFigure, counted};
use crate::level::Level;

/// The first age of each band: under 1, 1–4, then five years each, the last 90 and over.
pub const START_AGES: [u32; 20] =
    [0, 1, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90];

/// A table may end at any of the last three: its last band is 80, 85 or 90 and over.
const FEWEST_BANDS: usize = START_AGES.len() - 2;

/// Too few people for a life table.
const SMALLEST_POPULATION: f64 = 5000.0;
/// A life expectancy is not given where half its 95% interval is wider than this many years.
const WIDEST_REACH: f64 = 10.0;
/// z of the 95% interval by which wide intervals are judged, whatever interval is asked for.
const Z_95: f64 = 1.959_963_984_540_054;

/// Deaths and people of one age band.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AgeBand {
    /// First age of the band.
    pub start: u32,
    /// Deaths in the period.
    pub deaths: f64,
    /// People at risk, in person-years.
    pub people: f64,
}

/// Life expectancy at the start of one age band.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LifeExpectancy {
    /// The age.
    pub age: u32,
    /// Years still to live on average, or why they are not given.
    pub years: Result<f64, NoFigure>,
    /// Centre and standard error of the interval, kept even where the years are not given.
    estimate: Option<(f64, f64)>,
    /// People of this age and older.
    pub people_used: f64,
    /// Deaths at this age and older.
    pub deaths_used: f64,
}

impl LifeExpectancy {
    /// The standard error of the years.
    #[must_use]
    pub fn standard_error(&self) -> Option<f64> {
        self.estimate.map(|(_, error)| error)
    }

    /// The interval of the years; given even where they are too uncertain to be given themselves.
    #[must_use]
    pub fn limits(&self, level: &Level) -> Option<Limits> {
        let (years, error) = self.estimate?;
        let reach = level.z() * error;
        Some(Limits { lower: years - reach, upper: years + reach })
    }
}

/// One row of the life table while it is worked out.
#[derive(Debug, Clone, Copy)]
struct Row {
    /// Width in years, and the share of it lived by those who die in it.
    width: f64,
    lived: f64,
    /// Variance of the probability of dying in the band.
    dying_variance: f64,
    /// Survivors to the start of the band, and years lived in it.
    survivors: f64,
    years_lived: f64,
}

/// Life expectancy at each of [`START_AGES`], up to 80 or 85 where the last band begins there.
///
/// Equation: [`methods.md#life-expectancy`](../../../docs/book/methods.md#life-expectancy).
///
/// # Errors
/// Other age bands than [`START_AGES`] with the last one open at 80, 85 or 90, missing or negative numbers, a band without people, more deaths than
/// people, 5,000 people or fewer, or no deaths in the last band. A single age may be without years where its
/// interval is too wide.
///
/// # Source
/// `chiang_1968`, `silcocks_2001`, `toson_baker_2003`, `eayres_williams_2004`
pub fn life_expectancy(bands: &[AgeBand]) -> Result<Vec<LifeExpectancy>, NoFigure> {
    check(bands)?;
    let rows = life_table(bands);
    let last = bands[bands.len() - 1];
    let mut years_left = rows[rows.len() - 1].years_lived;
    let mut variance = last_band_variance(&rows[rows.len() - 1], last);
    let (mut people, mut deaths) = (last.people, last.deaths);
    let mut answers = vec![at_age(last.start, &rows[rows.len() - 1], years_left, variance)];
    for (band, row) in bands.iter().zip(&rows).rev().skip(1) {
        let later = answers[answers.len() - 1].estimate.map_or(0.0, |(years, _)| years);
        let reach = (1.0 - row.lived) * row.width + later;
        variance += row.dying_variance * row.survivors * row.survivors * reach * reach;
        years_left += row.years_lived;
        answers.push(at_age(band.start, row, years_left, variance));
    }
    for (answer, band) in answers.iter_mut().zip(bands.iter().rev()).skip(1) {
        people += band.people;
        deaths += band.deaths;
        (answer.people_used, answer.deaths_used) = (people, deaths);
    }
    (answers[0].people_used, answers[0].deaths_used) = (last.people, last.deaths);
    answers.reverse();
    Ok(answers)
}

fn check(bands: &[AgeBand]) -> Result<(), NoFigure> {
    let starts: Vec<u32> = bands.iter().map(|band| band.start).collect();
    if bands.len() < FEWEST_BANDS || !START_AGES.starts_with(&starts) {
        return Err(NoFigure::WrongAgeBands);
    }
    for band in bands {
        counted(&[band.deaths, band.people])?;
        if band.people == 0.0 {
            return Err(NoFigure::EmptyDenominator);
        }
        if band.deaths > band.people {
            return Err(NoFigure::NumeratorAboveDenominator);
        }
    }
    if bands.iter().map(|band| band.people).sum::<f64>() <= SMALLEST_POPULATION {
        return Err(NoFigure::PopulationTooSmall);
    }
    if bands.last().is_some_and(|band| band.deaths == 0.0) {
        return Err(NoFigure::NoDeathsInLastBand);
    }
    Ok(())
}

fn life_table(bands: &[AgeBand]) -> Vec<Row> {
    let mut rows = Vec::with_capacity(bands.len());
    let mut survivors = 100_000.0;
    for (position, band) in bands.iter().enumerate() {
        let rate = band.deaths / band.people;
        let lived = if band.start == 0 { 0.1 } else { 0.5 };
        let next = bands.get(position + 1);
        let width = next.map_or(2.0 / rate, |next| f64::from(next.start - band.start));
        let certain = band.deaths > band.people / width / lived;
        let dying = match next {
            Some(_) if !certain => rate * width / (1.0 + rate * width * (1.0 - lived)),
            _ => 1.0,
        };
        let leaving = survivors - survivors * (1.0 - dying);
        let years_lived = match next {
            Some(_) => width * (survivors * (1.0 - dying) + lived * leaving),
            None => survivors / rate,
        };
        let dying_variance =
            if leaving == 0.0 { 0.0 } else { dying * dying * (1.0 - dying) / band.deaths };
        rows.push(Row { width, lived, dying_variance, survivors, years_lived });
        survivors *= 1.0 - dying;
    }
    rows
}

/// The variance of the years lived in the open band, which depend on its death rate.
fn last_band_variance(row: &Row, band: AgeBand) -> f64 {
    let rate = band.deaths / band.people;
    row.survivors * row.survivors / (band.deaths * rate * rate)
}

fn at_age(age: u32, row: &Row, years_left: f64, variance: f64) -> LifeExpectancy {
    let estimate = (row.survivors > 0.0)
        .then(|| (years_left / row.survivors, variance.sqrt() / row.survivors));
    let years = match estimate {
        None => Err(NoFigure::NobodyReachesAge),
        Some((_, error)) if Z_95 * error > WIDEST_REACH => Err(NoFigure::IntervalTooWide),
        Some((years, _)) => Ok(years),
    };
    LifeExpectancy { age, years, estimate, people_used: 0.0, deaths_used: 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bands(deaths: f64, people: f64) -> Vec<AgeBand> {
        START_AGES.iter().map(|start| AgeBand { start: *start, deaths, people }).collect()
    }

    #[test]
    fn a_small_population_has_no_life_expectancy() {
        assert_eq!(life_expectancy(&bands(1.0, 250.0)), Err(NoFigure::PopulationTooSmall));
        assert!(life_expectancy(&bands(1.0, 251.0)).is_ok());
    }

    #[test]
    fn bands_must_be_complete_and_possible() {
        let mut some = bands(1.0, 1000.0);
        some.truncate(18);
        assert!(life_expectancy(&some).is_ok());
        some.pop();
        assert_eq!(life_expectancy(&some), Err(NoFigure::WrongAgeBands));
        assert_eq!(
            life_expectancy(&bands(1001.0, 1000.0)),
            Err(NoFigure::NumeratorAboveDenominator)
        );
        assert_eq!(life_expectancy(&bands(0.0, 1000.0)), Err(NoFigure::NoDeathsInLastBand));
    }

    #[test]
    fn bands_without_deaths_are_ordinary() {
        let mut few = bands(0.0, 1000.0);
        few[19].deaths = 200.0;
        let years = life_expectancy(&few).unwrap()[0].years.unwrap();
        assert!((years - 95.0).abs() < 1e-9, "{years}");
    }

    #[test]
    fn years_too_uncertain_are_withheld_but_their_limits_are_given() {
        let mut few = bands(0.0, 1000.0);
        few[19].deaths = 1.0;
        let first = &life_expectancy(&few).unwrap()[0];
        assert_eq!(first.years, Err(NoFigure::IntervalTooWide));
        assert!(first.limits(&Level::new(vocab::Confidence::P95)).is_some());
    }
}

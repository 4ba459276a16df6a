//! One evaluator for every indicator: from the tables to figures with intervals, comparisons and coverage.
//!
//! The two amounts are paired for each organisation of the smallest level that both tables reach (a practice, mostly);
//! pairs without a figure on either side are set aside and counted; the rest are added up to whatever level is asked
//! for. England is the sum over all pairs. A comparison is that of the Office for Health Improvement and
//! Disparities: the interval of the figure against the figure of the reference.

use std::sync::Arc;

use evidence::{Affiliations, Evidence, EvidenceError, Place};
use rayon::prelude::*;
use thiserror::Error;
use vocab::{Estimate, Level, Mark, Organisation, Period, Provenance};

use crate::definition::Definition;

mod change;
mod doubt;
mod funnel;
mod pairs;
mod reference;
mod rows;
mod sums;
mod verdict;

pub(crate) use doubt::TINY;
pub use doubt::{Doubt, HeldBack};
pub(crate) use funnel::standing;
pub use funnel::{Funnel, FunnelPoint, FunnelPosition};
pub(crate) use pairs::prepare_as;
use pairs::within_reach;
pub use pairs::{Coverage, Prepared, prepare};
pub use reference::{Reference, limits_in_words};
pub use rows::Rank;
pub use verdict::{Comparison, Verdict};

/// Why an indicator has no figures.
#[derive(Debug, Error)]
pub enum EvaluateError {
    /// The table has no rows for the period.
    #[error("`{indicator}` has no figures{}: the table `{table}` holds {}", asked(*.period), near_it(.held, *.period))]
    NoPeriod {
        /// The indicator.
        indicator: String,
        /// The table without rows.
        table: String,
        /// What was asked for.
        period: Period,
        /// What there is.
        held: Vec<Period>,
    },
    /// The denominator has no period that is near enough.
    #[error("`{indicator}` has no figures for {period}: the table `{table}` has no period within {within_days} days of {}, only {}", .wanted, in_words(.held))]
    TooFar {
        /// The indicator.
        indicator: String,
        /// The table without a near period.
        table: String,
        /// What was asked for.
        period: Period,
        /// The day of which its rows are wanted.
        wanted: Period,
        /// How near it must be.
        within_days: i32,
        /// What there is.
        held: Vec<Period>,
    },
    /// The indicator is not shown at this level.
    #[error("`{indicator}` is not worked out for {}: expected one of {}", .level.plural(), levels(.expected))]
    NoLevel {
        /// The indicator.
        indicator: String,
        /// What was asked for.
        level: Level,
        /// What there is.
        expected: Vec<Level>,
    },
    /// Its two amounts would count different people or things.
    #[error("{0}")]
    Withheld(String),
    /// The evidence cannot be read.
    #[error(transparent)]
    Evidence(#[from] EvidenceError),
}

fn in_words(periods: &[Period]) -> String {
    match periods {
        [] => "nothing; import a release of it first".to_owned(),
        [only] => only.to_string(),
        [first, .., last] => format!("{} periods from {first} to {last}", periods.len()),
    }
}

/// What is asked for where any period would do.
const ANY: Period = Period::Day(jiff::civil::Date::MAX);

fn asked(period: Period) -> String {
    if period == ANY { String::new() } else { format!(" for {period}") }
}

/// Those within what was asked for, or all where there are few, else the nearest beside the first and the last.
fn near_it(periods: &[Period], asked: Period) -> String {
    const FEW: usize = 13;
    let list = |some: &[Period]| some.iter().map(Period::to_string).collect::<Vec<_>>().join(", ");
    let within: Vec<Period> = periods
        .iter()
        .copied()
        .filter(|one| asked.first_day() <= one.first_day() && one.first_day() < asked.end())
        .collect();
    if !within.is_empty() && within.len() <= FEW {
        return format!("several within it: {}; name one", list(&within));
    }
    if (2..=FEW).contains(&periods.len()) {
        return list(periods);
    }
    let nearest = periods.iter().min_by_key(|one| one.distance_in_days(asked));
    match nearest.filter(|_| periods.len() > 1) {
        Some(nearest) => format!("{}, the nearest {nearest}", in_words(periods)),
        None => in_words(periods),
    }
}

fn levels(levels: &[Level]) -> String {
    levels.iter().map(|level| level.as_str()).collect::<Vec<_>>().join(", ")
}

/// An indicator worked out for a period at a level.
#[derive(Debug, Clone)]
pub struct Evaluation {
    /// The indicator.
    pub indicator: String,
    /// The period.
    pub period: Period,
    /// The period that the numerator was taken from.
    pub numerator_period: Period,
    /// The period that the denominator was taken from.
    pub denominator_period: Period,
    /// The level of the rows.
    pub level: Level,
    /// The smallest level that the tables reach; coverage counts organisations of this level.
    pub base: Level,
    /// One row an organisation, in order of code.
    pub rows: Vec<Row>,
    /// England as a whole, or all that was imported of it.
    pub england: Row,
    /// Which of the two it is, and how much of it has figures: whom the rows are compared with.
    pub reference: Reference,
    /// The place that was asked for, unless it was England.
    pub place: Option<Row>,
    /// The funnel, for proportions and rates of enough organisations.
    pub funnel: Option<Funnel>,
    /// What was left out, and why.
    pub coverage: Coverage,
    /// Releases, definition and method.
    pub provenance: Provenance,
}

/// The figure of an organisation and how it compares.
#[derive(Debug, Clone)]
pub struct Row {
    /// Whose figure.
    pub organisation: Organisation,
    /// Its name.
    pub name: String,
    /// The amount above the line, if there is one.
    pub numerator: Option<f64>,
    /// The amount below the line, if there is one.
    pub denominator: Option<f64>,
    /// The figure with its 95% interval; `mark` says why there is none.
    pub estimate: Option<Estimate>,
    /// Whether the figure stands as returned, is estimated in part, or why there is none.
    pub mark: Mark,
    /// Why the figure is held back or not ranked, if it is.
    pub doubt: Option<Doubt>,
    /// The organisations that it was added up from.
    pub counted: Counted,
    /// Against England.
    pub england: Comparison,
    /// Against the larger organisation, or the place that was asked for.
    pub parent: Option<(Organisation, Comparison)>,
    /// Its position on the funnel.
    pub funnel: Option<FunnelPosition>,
    /// Its rank among all of its level in England.
    pub rank: Option<Rank>,
}

impl Row {
    /// The figure, if there is one.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        self.estimate.map(|estimate| estimate.value)
    }
}

/// How much of an organisation a figure covers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Counted {
    /// Organisations of the smallest level with a figure on both sides.
    pub counted: usize,
    /// Those open or with a figure.
    pub of: usize,
    /// Those of `counted` whose figure was estimated by the publisher.
    pub estimated: usize,
    /// Registered patients of those counted; nothing without a list of patients.
    pub patients: Option<f64>,
    /// Their share of the registered patients of all of them, 0 to 1; nothing without a list of patients.
    pub patients_share: Option<f64>,
}

/// Works out an indicator for a period at a level; `within` keeps the rows of a place and compares with it.
///
/// # Errors
/// When the tables lack the period, the level cannot be reached, or the evidence cannot be read.
pub fn evaluate(
    evidence: &Evidence,
    definition: &Definition,
    period: Period,
    level: Level,
    within: Option<&Place>,
) -> Result<Evaluation, EvaluateError> {
    prepare(evidence, definition, period)?.at(level, within)
}

/// Works out many indicators, each in the latest of its periods that begins on or before `by`; answers stand in the
/// order of the definitions, whatever the number of threads.
#[must_use]
pub fn evaluate_all(
    evidence: &Evidence,
    definitions: &[&Definition],
    by: Option<Period>,
    level: Level,
    within: Option<&Place>,
) -> Vec<Result<Evaluation, EvaluateError>> {
    definitions
        .par_iter()
        .map(|definition| {
            let period = latest_period(evidence, definition, by)?;
            evaluate(evidence, definition, period, level, within)
        })
        .collect()
}

/// The latest period of an indicator whose two amounts lie near enough to each other, or the latest such that begins on or
/// before another: the one rule for every door.
///
/// # Errors
/// When there is none: that nothing is held, or what is too far away for the last.
pub fn latest_period(
    evidence: &Evidence,
    definition: &Definition,
    by: Option<Period>,
) -> Result<Period, EvaluateError> {
    let held = definition.periods(evidence);
    let asked = held.iter().rev().filter(|one| by.is_none_or(|by| one.first_day() < by.end()));
    let mut too_far = None;
    for period in asked {
        match within_reach(evidence, definition, *period) {
            Ok(()) => return Ok(*period),
            Err(error) => too_far = too_far.or(Some(error)),
        }
    }
    let (indicator, table) = (definition.id.clone(), definition.pacing_table().to_owned());
    let period = by.unwrap_or(ANY);
    Err(too_far.unwrap_or(EvaluateError::NoPeriod { indicator, table, period, held }))
}

/// Whether a table has rows of these levels in a period: the staff of networks are published in other months than
/// those of practices.
fn holds_levels(evidence: &Evidence, table: &str, period: Period, levels: &[String]) -> bool {
    let frame = evidence.frame(table, period);
    frame.is_ok_and(|frame| {
        frame
            .text("level")
            .is_some_and(|level| levels.iter().any(|word| level.code_of(word).is_some()))
    })
}

impl Definition {
    /// The periods for which there may be figures, earliest first.
    #[must_use]
    pub fn periods(&self, evidence: &Evidence) -> Vec<Period> {
        let pacing = self.pacing_operand();
        let mut periods = evidence.periods(&pacing.table);
        if let Some(levels) = pacing.rows.get("level") {
            periods.retain(|period| holds_levels(evidence, &pacing.table, *period, levels));
        }
        periods
    }
}

/// The amount that is of another time than the period, with that time: `over residents of 2020`. The list of the day after a month
/// is the list of the month.
fn of_another_time(
    definition: &Definition,
    now: Period,
    (above, below): (Period, Period),
) -> Option<String> {
    let is_apart =
        |other: Period| now.first_day().max(other.first_day()) > now.end().min(other.end());
    let of = |column: &str, period: Period| {
        format!("{} of {}", column.replace('_', " "), period.in_words())
    };
    if is_apart(below) {
        return Some(format!("over {}", of(&definition.denominator.column, below)));
    }
    is_apart(above).then(|| format!("with {}", of(&definition.numerator.column, above)))
}

impl Prepared {
    /// The amount that is of another time than the period, with that time; nothing of a change, which is between two.
    #[must_use]
    pub fn of_another_time(&self) -> Option<String> {
        let is_change = self.definition.statistic == crate::definition::Statistic::Change;
        let periods = (self.numerator_period, self.denominator_period);
        of_another_time(&self.definition, self.period, periods).filter(|_| !is_change)
    }
}

impl Evaluation {
    /// The period in words; of a change the two days between which it happened, and of the other amount its own where the two
    /// neither meet nor follow on each other: `1 November 2025, over residents of 2020`.
    #[must_use]
    pub fn when(&self, definition: &Definition) -> String {
        let now = self.period.in_words();
        if definition.statistic == crate::definition::Statistic::Change {
            return format!("{} to {now}", self.denominator_period.in_words());
        }
        let periods = (self.numerator_period, self.denominator_period);
        match of_another_time(definition, self.period, periods) {
            Some(other) => format!("{now}, {other}"),
            None => now,
        }
    }

    /// England's row, where enough of it has figures to be compared with.
    #[must_use]
    pub fn comparable_england(&self) -> Option<&Row> {
        (!self.reference.is_withheld()).then_some(&self.england)
    }

    /// Its figure.
    #[must_use]
    pub fn england_value(&self) -> Option<f64> {
        self.comparable_england().and_then(Row::value)
    }

    /// The row of an organisation.
    #[must_use]
    pub fn row(&self, code: &str) -> Option<&Row> {
        let position =
            self.rows.binary_search_by(|row| row.organisation.code.as_str().cmp(code)).ok()?;
        self.rows.get(position)
    }
}

/// The name of an organisation at a level.
fn name_of(known: &Arc<Affiliations>, level: Level, code: &str) -> String {
    known.name_of(level, code).to_owned()
}

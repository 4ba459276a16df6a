//! How well our forecasts would have done: fit to the past, predict months that are known, count the error.
//!
//! A forecast without its record is an opinion. Here the figures of appointments are cut off at every month that leaves
//! enough of a past, each method sees only what came before the cut, and what it says of one, three, six and twelve months
//! later is held against what was published. Our forecast takes four ways together; beside it stand each of them, and
//! two that anybody can do: the same month of the year before, and exponential smoothing. Yearly figures, such as list
//! sizes, are tested between their dates. Where a series is too short to be tested, that is what is said.

mod dated;
mod members;
mod panel;
mod record;
mod score;
mod trial;

use evidence::{Evidence, EvidenceError, Place};
use stats::forecast::Priors;
use vocab::Level;

pub use self::dated::{DatedScore, DatedTest, dated_tests};
pub use self::panel::{Panel, Series, panels};
pub use self::score::{Score, scores};
pub use self::trial::{Forecast, Method, Trial, forecast, trials, trials_with};

/// Months ahead at which forecasts are judged.
pub const HORIZONS: [usize; 4] = [1, 3, 6, 12];
/// Months that every method needs before the first forecast.
pub const PAST: usize = 13;

/// What was set without asking any month that is forecast. The record hardly moves with any of it: a test on the
/// published months changes each in turn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// What the pooled level believes before a panel is seen.
    pub priors: Priors,
    /// Months after which a month of the reference counts a third of the last.
    pub memory: f64,
    /// Only forecasts that came due within so many months are asked how wide an interval must be.
    pub latest: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { priors: Priors::default(), memory: 36.0, latest: 8 }
    }
}

/// A kind of series and how its forecasts did.
#[derive(Debug, Clone, PartialEq)]
pub struct Tested {
    /// Whose appointments.
    pub level: Level,
    /// Where they come from, in words.
    pub source: String,
    /// First and last month.
    pub months: (vocab::Month, vocab::Month),
    /// Series of the place, or of everything, that could be tested.
    pub series: usize,
    /// Series left out because one of the months before the first forecast is missing or nought.
    pub with_gaps: usize,
    /// Series with a later month missing or nought, judged on the months that they have.
    pub in_part: usize,
    /// The scores; empty where there are too few months.
    pub scores: Vec<Score>,
}

/// The record of our forecasts for a place, or for everything without one.
#[derive(Debug, Clone, PartialEq)]
pub struct Backtest {
    /// Appointments by month.
    pub monthly: Vec<Tested>,
    /// Yearly figures between their dates.
    pub dated: Vec<DatedTest>,
    /// What could not be tested, and why.
    pub untested: Vec<String>,
}

/// Tests the forecasts of everything that the evidence holds months or dates enough of.
///
/// Every series of the evidence is used for learning; those of the place are judged.
/// Method: [`methods.md#backtest`](../../../docs/book/methods.md#backtest).
///
/// # Errors
/// When a table cannot be read.
pub fn backtest(evidence: &Evidence, within: Option<&Place>) -> Result<Backtest, EvidenceError> {
    let (mut monthly, mut untested) = (Vec::new(), Vec::new());
    for level in [Level::SubIcb, Level::Practice] {
        let panels = panels(evidence, level)?;
        if panels.is_empty() {
            untested
                .push(format!("no monthly appointments of {} have been imported", level.plural()));
        }
        for panel in panels {
            let chosen = panel.chosen(evidence, within)?;
            if chosen.is_empty() {
                untested.push(format!("{}: none of them lies in the place", panel.source));
                continue;
            }
            match trials(&panel, &chosen) {
                Ok(trials) => monthly.push(Tested {
                    level,
                    source: panel.source.clone(),
                    months: panel.span(),
                    series: chosen.len(),
                    with_gaps: panel.with_gaps,
                    in_part: panel.in_part,
                    scores: scores(&trials),
                }),
                Err(reason) => untested.push(format!("{}: {reason}", panel.source)),
            }
        }
    }
    let (dated, also) = dated_tests(evidence, within)?;
    untested.extend(also);
    Ok(Backtest { monthly, dated, untested })
}

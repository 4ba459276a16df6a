//! Forecasts of series that have a season: what will come, and how far off that may be.
//!
//! Three methods of rising effort. The seasonal naive says that a month will be as it was a year before; damped
//! exponential smoothing follows level, trend and season of one series; the pooled level borrows the pattern of the
//! months and the growth from a long reference series and follows only the level of each series of a panel. The first
//! two are the yardsticks that the third has to beat. All work on any scale on which effects add up: for counts,
//! their logarithms.

mod naive;
mod pattern;
mod pooled;
mod smoothing;

pub use naive::seasonal_naive;
pub use pattern::{Pattern, pattern};
pub use pooled::{Pooled, PooledSeries, Wander};
pub use smoothing::{Smoothing, smooth};

/// Months of a year.
pub const SEASON: usize = 12;

/// What a method says of one month to come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ahead {
    /// The middle of what is expected, on the scale of the series.
    pub centre: f64,
    /// Standard deviation around it; not a number where the series is too short to tell.
    pub spread: f64,
}

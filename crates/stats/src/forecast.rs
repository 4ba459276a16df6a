//! Forecasts of series that have a season: what will come, and how far off that may be.
//!
//! Methods of rising effort. The seasonal naive says that a month will be as it was a year before, or so much more as
//! all have grown; a simple level and the theta method follow a series whose season has been taken off; damped
//! exponential smoothing follows level, trend and season of one series; the pooled level borrows the pattern of the
//! months and the growth from a long reference series and follows only the level of each series of a panel. Several
//! can be taken together, weighed by how far off each has been. All work on any scale on which effects add up: for
//! counts, their logarithms.

mod naive;
mod pattern;
mod pooled;
mod simple;
mod smoothing;
mod together;

pub use naive::seasonal_naive;
pub use pattern::{Pattern, pattern};
pub use pooled::{Pooled, PooledSeries, Priors, Wander};
pub use simple::{Simple, Theta, common_weight, simple, theta};
pub use smoothing::{Smoothing, smooth};
pub use together::{combined, inverse_error_weights, last_year, middle, recent_growth};

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

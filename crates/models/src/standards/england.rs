//! Fully qualified GPs of England and people registered, month by month, read from `parameters/england_gps.toml`.

use std::sync::LazyLock;

use serde::Deserialize;
use vocab::{Month, Period};

use crate::change::months_between;

/// What was published for a month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// The month.
    pub month: Month,
    /// Fully qualified GPs in full-time equivalents.
    pub fully_qualified: f64,
    /// GPs in training; nothing where they are not known.
    pub in_training: Option<f64>,
    /// People registered.
    pub registered: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[expect(dead_code, reason = "for readers of the file")]
    description: String,
    #[expect(dead_code, reason = "for readers of the file")]
    source: toml::Table,
    point: Vec<Written>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    month: String,
    fully_qualified: f64,
    in_training: Option<f64>,
    registered: f64,
}

static SERIES: LazyLock<Vec<Point>> = LazyLock::new(|| {
    let file =
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../parameters/england_gps.toml"));
    let read: File = toml::from_str(file)
        .expect("the file inside the program can be read because a test reads it");
    let point = |written: Written| {
        let Ok(Period::Month(month)) = written.month.parse() else {
            panic!("{} is no month; a test reads the file", written.month)
        };
        let Written { fully_qualified, in_training, registered, .. } = written;
        Point { month, fully_qualified, in_training, registered }
    };
    read.point.into_iter().map(point).collect()
});

/// What was published, in order.
#[must_use]
pub fn series() -> &'static [Point] {
    &SERIES
}

/// Fully qualified GPs of England in a month.
pub(super) fn qualified_on(month: Month) -> f64 {
    on(month, |point| point.fully_qualified)
}

/// People registered in England in a month.
#[must_use]
pub fn registered_on(month: Month) -> f64 {
    on(month, |point| point.registered)
}

/// Between two points a straight line, beyond the first and the last their own.
fn on(month: Month, of: fn(&Point) -> f64) -> f64 {
    let after = SERIES.iter().position(|point| point.month > month);
    let (before, after) = match after {
        Some(0) => return SERIES.first().map_or(f64::NAN, of),
        None => return SERIES.last().map_or(f64::NAN, of),
        Some(at) => (&SERIES[at - 1], &SERIES[at]),
    };
    let share = f64::from(months_between(before.month, month))
        / f64::from(months_between(before.month, after.month));
    of(before) + (of(after) - of(before)) * share
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 29,364 over 56.90 million is the ratio of the plan; half-way from October 2023 to March 2024 lies a mean of both.
    #[test]
    fn the_ratio_of_2015_is_that_of_the_plan_and_months_between_lie_on_a_line() {
        let first = series()[0];
        assert!((first.registered / first.fully_qualified - 1_938.0).abs() < 0.5);
        let between = qualified_on(Month { year: 2024, month: 1 });
        assert!((between - (27_368.0 + 206.0 * 3.0 / 5.0)).abs() < 1e-9, "{between}");
        assert!(series().windows(2).all(|pair| pair[0].month < pair[1].month));
    }
}

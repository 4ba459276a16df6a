//! Control charts of single values (XmR), read by the rules of NHS *Making Data Count*.
//!
//! A process varies. The chart shows the range that its usual variation explains and marks what does not fit:
//! a point outside, seven points rising or falling, seven on one side of the mean, two of three near a limit.
//! Limits are started afresh ("rebased") only where something known changed the process, and the reason is
//! kept with the chart.
//!
//! Counts have charts of their own (p, u and c), and so have rare events (g and t). A run chart has a median and no limits.
//!
//! Methods: [XmR](../../../docs/book/methods.md#xmr), [charts of counts](../../../docs/book/methods.md#charts-of-counts),
//! [run charts](../../../docs/book/methods.md#run-charts).

mod attributes;
mod icons;
mod run;
mod signals;

pub use attributes::{Kind, attributes};
pub use icons::{Assurance, Better, Variation};
pub use run::{RunChart, run_chart};
pub use signals::{Signal, Signals};

use std::ops::Range;

use crate::figure::{Limits, NoFigure};

/// Fewer points than this make limits that should be read with care.
const FEWEST_POINTS: usize = 13;
/// A moving range this many times the average is left out when screening.
const SCREEN_FACTOR: f64 = 3.267;

/// The constants of the chart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rules {
    /// Points on one side of the mean that make a run.
    pub run: usize,
    /// Points all rising or all falling that make a trend.
    pub trend: usize,
    /// Average moving ranges from the mean to a limit.
    pub limit_factor: f64,
    /// Leave out moving ranges above 3.267 times their average, once.
    pub screen_moving_ranges: bool,
    /// Work out limits from only this many points at the start of each segment.
    pub baseline: Option<usize>,
}

impl Rules {
    /// The rules of NHS England's *Making Data Count*.
    ///
    /// # Source
    /// `making_data_count`
    pub const MAKING_DATA_COUNT: Self =
        Self { run: 7, trend: 7, limit_factor: 2.66, screen_moving_ranges: false, baseline: None };
}

/// A point from which limits are worked out afresh, because something known changed the process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebase {
    at: usize,
    reason: String,
}

impl Rebase {
    /// A new start at the point with this position (from 0); nothing where no reason is given.
    #[must_use]
    pub fn new(at: usize, reason: &str) -> Option<Self> {
        let reason = reason.trim();
        (!reason.is_empty()).then(|| Self { at, reason: reason.to_owned() })
    }
}

/// A stretch of the series with one mean and one pair of limits.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    /// Positions of its points.
    pub points: Range<usize>,
    /// How many pairs of neighbours among them have figures both; in charts whose limits need no neighbours, one fewer than figures.
    pub moving_ranges: usize,
    /// Why it was started, for all but the first.
    pub reason: Option<String>,
    /// Mean of its points.
    pub mean: f64,
    /// Process limits; none where no two neighbours have figures. Where each point has its own, those of the latest figure.
    pub limits: Option<Limits>,
    /// Two thirds of the way to the limits.
    pub near_limits: Option<Limits>,
}

impl Segment {
    /// Whether it has fewer points with a figure beside another than limits should rest on.
    #[must_use]
    pub const fn is_short(&self) -> bool {
        self.moving_ranges + 1 < FEWEST_POINTS
    }
}

/// A control chart: its segments, and what each point signals.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    values: Vec<f64>,
    /// Limits and near limits of each point where they differ from point to point; empty where those of the segment hold.
    own_limits: Vec<Option<[Limits; 2]>>,
    /// The stretches between rebases, in order.
    pub segments: Vec<Segment>,
    /// What each point signals.
    pub signals: Vec<Signals>,
}

/// The control chart of a series; a value that is not finite is a period without a figure, which keeps its place: no
/// moving range, run or trend reaches over it.
///
/// Equation: [`methods.md#xmr`](../../../docs/book/methods.md#xmr).
///
/// # Errors
/// No values at all, a rebase outside the series, or a stretch between rebases without a figure.
///
/// # Source
/// `wheeler_2000`, `making_data_count`
///
/// # Example
/// ```
/// use stats::chart::{Rules, xmr};
/// let waits = [52., 50., 55., 53., 49., 51., 54., 52., 50., 53., 48., 51., 60.];
/// let chart = xmr(&waits, &[], &Rules::MAKING_DATA_COUNT).unwrap();
/// assert!((chart.segments[0].limits.unwrap().upper - 61.46).abs() < 0.005);
/// assert!(chart.signals.iter().all(|signals| signals.is_common_cause()));
/// ```
pub fn xmr(values: &[f64], rebases: &[Rebase], rules: &Rules) -> Result<Chart, NoFigure> {
    if values.is_empty() || rebases.iter().any(|rebase| rebase.at >= values.len()) {
        return Err(NoFigure::TooFewValues);
    }
    let mut signals = Vec::with_capacity(values.len());
    let mut segments = Vec::with_capacity(rebases.len() + 1);
    for (points, reason) in stretches(values.len(), rebases) {
        if !values[points.clone()].iter().any(|value| value.is_finite()) {
            return Err(NoFigure::TooFewValues);
        }
        let segment = segment(values, points.clone(), reason, rules);
        if let (Some(limits), Some(near)) = (segment.limits, segment.near_limits) {
            let bounds = vec![Some([limits, near]); points.len()];
            signals.extend(signals::marked(&values[points], segment.mean, &bounds, rules));
        } else {
            signals.resize(points.end, Signals::default());
        }
        segments.push(segment);
    }
    Ok(Chart { values: values.to_vec(), own_limits: Vec::new(), segments, signals })
}

/// The stretches of points between rebases, each with the reason for its start.
fn stretches(length: usize, rebases: &[Rebase]) -> Vec<(Range<usize>, Option<String>)> {
    let mut starts: Vec<(usize, Option<String>)> = vec![(0, None)];
    let mut ordered: Vec<&Rebase> = rebases.iter().collect();
    ordered.sort_by_key(|rebase| rebase.at);
    for rebase in ordered {
        let reason = Some(rebase.reason.clone());
        match starts.last_mut() {
            Some(last) if last.0 == rebase.at => last.1 = reason,
            _ => starts.push((rebase.at, reason)),
        }
    }
    let ends: Vec<usize> = starts.iter().skip(1).map(|start| start.0).chain([length]).collect();
    starts.into_iter().zip(ends).map(|((from, reason), to)| (from..to, reason)).collect()
}

fn segment(values: &[f64], points: Range<usize>, reason: Option<String>, rules: &Rules) -> Segment {
    let all = &values[points.clone()];
    let baseline = &all[..rules.baseline.unwrap_or(all.len()).clamp(1, all.len())];
    let known = || baseline.iter().filter(|value| value.is_finite());
    let mean = known().sum::<f64>() / known().count() as f64;
    let reach = average_moving_range(baseline, rules.screen_moving_ranges);
    let around = |factor: f64| {
        reach.map(|range| Limits { lower: mean - factor * range, upper: mean + factor * range })
    };
    let near_limits = around(2.0 * rules.limit_factor / 3.0);
    let moving_ranges = moving_ranges(all).count();
    Segment { points, moving_ranges, reason, mean, limits: around(rules.limit_factor), near_limits }
}

/// Distances between neighbours that both have a figure.
fn moving_ranges(values: &[f64]) -> impl Iterator<Item = f64> {
    let between = values.windows(2).map(|pair| (pair[1] - pair[0]).abs());
    between.filter(|range| range.is_finite())
}

/// Mean distance between neighbours; none where no two neighbours have figures.
fn average_moving_range(values: &[f64], screen: bool) -> Option<f64> {
    let ranges = || moving_ranges(values);
    let count = ranges().count();
    if count == 0 {
        return None;
    }
    let average = ranges().sum::<f64>() / count as f64;
    if !screen || average == 0.0 {
        return Some(average);
    }
    let kept = || ranges().filter(|range| *range < SCREEN_FACTOR * average);
    Some(kept().sum::<f64>() / kept().count() as f64)
}

impl Chart {
    /// The values charted.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The limits and near limits at a point of a segment.
    #[must_use]
    pub fn limits_at(&self, at: usize) -> Option<[Limits; 2]> {
        if let Some(own) = self.own_limits.get(at) {
            return *own;
        }
        let segment = self.segments.iter().find(|segment| segment.points.contains(&at))?;
        segment.limits.zip(segment.near_limits).map(|(limits, near)| [limits, near])
    }

    /// Whether what a point signals lies on the high side: a trend is judged by its direction, wherever it lies beside the mean,
    /// every other signal by the side of the mean. Nothing where the point has no figure.
    ///
    /// # Source
    /// `making_data_count`
    #[must_use]
    pub fn is_high(&self, at: usize) -> Option<bool> {
        let value = *self.values.get(at).filter(|value| value.is_finite())?;
        let segment = self.segments.iter().find(|segment| segment.points.contains(&at))?;
        if self.signals.get(at)?.foremost() != Some(Signal::Trend) {
            return Some(value > segment.mean);
        }
        let before = at.checked_sub(1).filter(|before| {
            segment.points.contains(before) && self.signals[*before].has(Signal::Trend)
        });
        let rise = before.map(|before| value - self.values[before]).filter(|rise| *rise != 0.0);
        rise.or_else(|| Some(self.values.get(at + 1)? - value)).map(|rise| rise > 0.0)
    }

    /// The segment of the last point.
    #[must_use]
    pub fn latest(&self) -> &Segment {
        &self.segments[self.segments.len() - 1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NHS_EXAMPLE: [f64; 18] =
        [1., 2., 1., 2., 10., 1., 2., 1., 2., 1., 2., 1., 2., 1., 2., 1., 2., 1.];

    fn limits(rules: &Rules) -> Limits {
        xmr(&NHS_EXAMPLE, &[], rules).unwrap().latest().limits.unwrap()
    }

    #[test]
    fn limits_are_those_of_the_nhs_workbook() {
        let plain = limits(&Rules::MAKING_DATA_COUNT);
        assert!((plain.lower + 3.0626).abs() < 5e-5 && (plain.upper - 6.9515).abs() < 5e-5);
    }

    #[test]
    fn screened_limits_leave_out_the_jump() {
        let screened = limits(&Rules { screen_moving_ranges: true, ..Rules::MAKING_DATA_COUNT });
        assert!((screened.lower + 0.7156).abs() < 5e-5 && (screened.upper - 4.6044).abs() < 5e-5);
    }

    #[test]
    fn the_point_outside_is_the_only_signal() {
        let chart = xmr(&NHS_EXAMPLE, &[], &Rules::MAKING_DATA_COUNT).unwrap();
        let marked: Vec<usize> =
            (0..18).filter(|at| !chart.signals[*at].is_common_cause()).collect();
        assert_eq!(marked, [4]);
        assert_eq!(chart.signals[4].foremost(), Some(Signal::Outside));
    }

    #[test]
    fn equal_values_signal_nothing() {
        let chart = xmr(&[5.0; 20], &[], &Rules::MAKING_DATA_COUNT).unwrap();
        assert_eq!(chart.latest().limits, Some(Limits { lower: 5.0, upper: 5.0 }));
        assert!(chart.signals.iter().all(|signals| signals.is_common_cause()));
    }

    #[test]
    fn a_single_point_has_a_mean_and_no_limits() {
        let chart = xmr(&[5.0], &[], &Rules::MAKING_DATA_COUNT).unwrap();
        assert_eq!((chart.latest().mean, chart.latest().limits), (5.0, None));
        assert!(xmr(&[], &[], &Rules::MAKING_DATA_COUNT).is_err());
    }

    /// Eighteen months of which one is blank; by hand 908 over 17 figures, moving ranges 95 over 15 (95 over 16 where the blank is the last).
    #[test]
    fn a_month_without_a_figure_keeps_its_place_and_is_no_figure() {
        let mut months = [
            52.,
            55.,
            49.,
            61.,
            50.,
            57.,
            53.,
            48.,
            56.,
            f64::NAN,
            51.,
            58.,
            50.,
            55.,
            53.,
            57.,
            49.,
            54.,
        ];
        let around = |values: &[f64]| {
            let chart = xmr(values, &[], &Rules::MAKING_DATA_COUNT).unwrap();
            assert!(chart.signals.iter().all(|signals| signals.is_common_cause()));
            (chart.latest().mean, chart.latest().limits.unwrap())
        };
        let (mean, limits) = around(&months);
        assert!((mean - 53.4118).abs() < 5e-5);
        assert!((limits.lower - 36.5651).abs() < 5e-5 && (limits.upper - 70.2584).abs() < 5e-5);
        months.swap(9, 17);
        let (mean, limits) = around(&months);
        assert!((mean - 53.4118).abs() < 5e-5);
        assert!((limits.lower - 37.6180).abs() < 5e-5 && (limits.upper - 69.2055).abs() < 5e-5);
    }

    #[test]
    fn no_run_and_no_trend_reaches_over_a_gap() {
        let nan = f64::NAN;
        let gap = [5., 3., 4., 5., 6., nan, 7., 8., 9., 5., 3., 5., 6., 5., 6.];
        let chart = xmr(&gap, &[], &Rules::MAKING_DATA_COUNT).unwrap();
        assert!(chart.signals.iter().all(|signals| !signals.has(Signal::Trend)));
        let sides = [1., 1., 1., 1., 1., nan, 1., 1., 9., 9., 9., 9., nan, 9., 9., 9.];
        let chart = xmr(&sides, &[], &Rules::MAKING_DATA_COUNT).unwrap();
        assert!(chart.signals.iter().all(|signals| !signals.has(Signal::Run)));
    }

    #[test]
    fn a_stretch_without_a_figure_has_no_chart() {
        let rebase = [Rebase::new(2, "new telephone system").unwrap()];
        assert!(xmr(&[1., 2., f64::NAN], &rebase, &Rules::MAKING_DATA_COUNT).is_err());
    }

    #[test]
    fn a_rebase_needs_a_reason_and_starts_new_limits() {
        assert_eq!(Rebase::new(3, "  "), None);
        let values = [1., 2., 1., 2., 1., 2., 11., 12., 11., 12., 11., 12.];
        let rebase = Rebase::new(6, "new telephone system").unwrap();
        let chart = xmr(&values, &[rebase], &Rules::MAKING_DATA_COUNT).unwrap();
        assert_eq!(chart.segments.len(), 2);
        assert_eq!((chart.segments[0].mean, chart.segments[1].mean), (1.5, 11.5));
        assert_eq!(chart.segments[1].reason.as_deref(), Some("new telephone system"));
        assert!(chart.signals.iter().all(|signals| signals.is_common_cause()));
    }
}

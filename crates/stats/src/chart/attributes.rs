//! Charts of counts: shares (p), rates (u), counts alike (c), and the number (g) or the time (t) between rare events.

use super::{Chart, Rebase, Rules, Segment, average_moving_range, signals, stretches};
use crate::figure::{Limits, NoFigure, counted};

/// Standard deviations from the middle to a limit.
const DEVIATIONS: f64 = 3.0;
/// The power of a time between events that is nearly normal.
const POWER: f64 = 0.2777;

/// What a chart shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The share of each period: events among those they could happen to.
    P,
    /// The rate of each period: events over people or days.
    U,
    /// The count of each period, all periods giving it the same chance.
    C,
    /// The number of cases between events.
    G,
    /// The time between events.
    T,
}

impl Kind {
    /// Whether a chart of this kind divides by a number of its own for each point.
    #[must_use]
    pub const fn has_denominators(self) -> bool {
        matches!(self, Self::P | Self::U)
    }

    /// Why a point has no place on the chart; the denominator is 1 where the kind has none.
    ///
    /// # Errors
    /// Missing or negative numbers, a denominator of 0, more events than people in a share, no time between events.
    pub fn check(self, above: f64, below: f64) -> Result<(), NoFigure> {
        counted(&[above, below])?;
        match self {
            _ if below == 0.0 => Err(NoFigure::EmptyDenominator),
            Self::P if above > below => Err(NoFigure::NumeratorAboveDenominator),
            Self::T if above == 0.0 => Err(NoFigure::OutsideTransformation),
            _ => Ok(()),
        }
    }

    /// The middle of a stretch and the point about which sides are told; both the average, but for the skewed number between events.
    fn middle(self, above: &[f64], below: &[f64]) -> (f64, f64) {
        let count = above.len() as f64;
        let average = match self {
            Self::T => {
                let powers = above.iter().map(|time| libm::pow(*time, POWER));
                libm::pow(powers.sum::<f64>() / count, 1.0 / POWER)
            }
            _ => above.iter().sum::<f64>() / below.iter().sum::<f64>(),
        };
        (average, if self == Self::G { super::run::median(above) } else { average })
    }

    /// The limits, or the near limits, of a point; `reach` is 1 for limits and two thirds for near limits.
    fn limits(
        self,
        average: f64,
        below: f64,
        moving_range: Option<f64>,
        reach: f64,
    ) -> Option<Limits> {
        let sigma = match self {
            Self::P => (average * (1.0 - average) / below).sqrt(),
            Self::U => (average / below).sqrt(),
            Self::C => average.sqrt(),
            Self::G => (average * (average + 1.0)).sqrt(),
            Self::T => {
                let (middle, factor) =
                    (libm::pow(average, POWER), Rules::MAKING_DATA_COUNT.limit_factor);
                let reach = reach * factor * moving_range?;
                let restored = |power: f64| libm::pow(power.max(0.0), 1.0 / POWER);
                return Some(Limits {
                    lower: restored(middle - reach),
                    upper: restored(middle + reach),
                });
            }
        };
        let reach = reach * DEVIATIONS * sigma;
        let most = if self == Self::P { 1.0 } else { f64::INFINITY };
        Some(Limits { lower: (average - reach).max(0.0), upper: (average + reach).min(most) })
    }
}

/// The chart of counts; a point whose number or denominator is not finite is a period without a figure, which keeps its place.
///
/// `denominators` are people, days or cases for shares and rates, and ignored for the other kinds.
/// Equation: [`methods.md#charts-of-counts`](../../../docs/book/methods.md#charts-of-counts).
///
/// # Errors
/// As [`xmr`](super::xmr), and a point that [`Kind::check`] refuses.
///
/// # Source
/// `montgomery_2009`, `benneyan_2001`, `nelson_1994`
pub fn attributes(
    kind: Kind,
    counts: &[f64],
    denominators: &[f64],
    rebases: &[Rebase],
    rules: &Rules,
) -> Result<Chart, NoFigure> {
    let below =
        if kind.has_denominators() { denominators.to_vec() } else { vec![1.0; counts.len()] };
    if counts.is_empty()
        || below.len() != counts.len()
        || rebases.iter().any(|rebase| rebase.at >= counts.len())
    {
        return Err(NoFigure::TooFewValues);
    }
    let is_known = |at: &usize| counts[*at].is_finite() && below[*at].is_finite();
    let mut chart = Chart {
        values: vec![f64::NAN; counts.len()],
        own_limits: vec![None; counts.len()],
        segments: Vec::new(),
        signals: Vec::new(),
    };
    for at in (0..counts.len()).filter(is_known) {
        kind.check(counts[at], below[at])?;
        chart.values[at] = counts[at] / below[at];
    }
    for (points, reason) in stretches(counts.len(), rebases) {
        let first = rules.baseline.unwrap_or(points.len()).clamp(1, points.len());
        let base: Vec<usize> = points.clone().take(first).filter(is_known).collect();
        let last = points.clone().rfind(is_known).filter(|_| !base.is_empty());
        let last = last.ok_or(NoFigure::TooFewValues)?;
        let of = |numbers: &[f64]| base.iter().map(|at| numbers[*at]).collect::<Vec<f64>>();
        let (mean, middle) = kind.middle(&of(counts), &of(&below));
        let moving_range = (kind == Kind::T).then(|| {
            let baseline = &chart.values[points.start..points.start + first];
            let powers: Vec<f64> = baseline.iter().map(|time| libm::pow(*time, POWER)).collect();
            average_moving_range(&powers, rules.screen_moving_ranges)
        });
        for at in points.clone().filter(is_known) {
            let limits = |reach| kind.limits(mean, below[at], moving_range.flatten(), reach);
            chart.own_limits[at] = limits(1.0).zip(limits(2.0 / 3.0)).map(<[Limits; 2]>::from);
        }
        let bounds = &chart.own_limits[points.clone()];
        chart.signals.extend(signals::marked(&chart.values[points.clone()], middle, bounds, rules));
        let known = points.clone().filter(is_known).count();
        let [limits, near_limits] =
            [0, 1].map(|which| chart.own_limits[last].map(|both| both[which]));
        let moving_ranges = known - 1;
        chart.segments.push(Segment { points, moving_ranges, reason, mean, limits, near_limits });
    }
    Ok(chart)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{Signal, xmr};

    fn chart(kind: Kind, counts: &[f64], denominators: &[f64]) -> Chart {
        attributes(kind, counts, denominators, &[], &Rules::MAKING_DATA_COUNT).unwrap()
    }

    fn outside(chart: &Chart) -> Vec<usize> {
        (0..chart.values().len()).filter(|at| chart.signals[*at].has(Signal::Outside)).collect()
    }

    fn assert_limits(chart: &Chart, at: usize, lower: f64, upper: f64, within: f64) {
        let [limits, near] = chart.limits_at(at).unwrap();
        assert!(
            (limits.lower - lower).abs() < within && (limits.upper - upper).abs() < within,
            "{limits:?}"
        );
        let third = (limits.upper - near.upper) * 3.0 - (limits.upper - chart.latest().mean);
        assert!(third.abs() < 1e-9 || chart.latest().mean > 40.0, "{near:?}");
    }

    /// The defects of 25 wafers in the NIST/SEMATECH handbook, section 6.3.3.1: 16, with limits 4 and 28; the last but one lies outside.
    #[test]
    fn the_wafers_of_the_handbook_have_their_limits() {
        let defects = [
            16., 14., 28., 16., 12., 20., 10., 12., 10., 17., 19., 17., 14., 16., 15., 13., 14.,
            16., 11., 20., 11., 19., 16., 31., 13.,
        ];
        let chart = chart(Kind::C, &defects, &[]);
        assert!((chart.latest().mean - 16.0).abs() < 1e-12);
        assert_limits(&chart, 0, 4.0, 28.0, 1e-9);
        assert_eq!(outside(&chart), [23]);
    }

    /// Ten samples of 200 in a published textbook (Business Statistics, example 16.6): 0.16, with limits 0.0822 and 0.2378.
    #[test]
    fn a_published_chart_of_shares_has_its_limits() {
        let defective = [40., 44., 22., 34., 24., 32., 28., 32., 34., 30.];
        let chart = chart(Kind::P, &defective, &[200.0; 10]);
        assert!((chart.latest().mean - 0.16).abs() < 1e-12);
        assert_limits(&chart, 0, 0.0822, 0.2378, 5e-5);
        assert_eq!(outside(&chart), Vec::<usize>::new());
    }

    /// Montgomery's dyed cloth (example 7.5 of the sixth edition): 1.42 to a unit, limits by the size of each roll.
    #[test]
    fn dyed_cloth_has_limits_for_each_roll() {
        let faults = [14., 12., 20., 11., 7., 10., 21., 16., 19., 23.];
        let units = [10., 8., 13., 10., 9.5, 10., 12., 10.5, 12., 12.5];
        let chart = chart(Kind::U, &faults, &units);
        assert!((chart.latest().mean - 1.42).abs() < 5e-3);
        let lower = [0.29, 0.16, 0.43, 0.29, 0.26, 0.29, 0.39, 0.32, 0.39, 0.41];
        let upper = [2.55, 2.68, 2.41, 2.55, 2.58, 2.55, 2.45, 2.52, 2.45, 2.43];
        for at in 0..faults.len() {
            assert_limits(&chart, at, lower[at], upper[at], 1e-2);
        }
        assert_eq!(outside(&chart), Vec::<usize>::new());
    }

    /// Montgomery's valves: hours to failure whose powers have a mean of 5.39 and no signal.
    #[test]
    fn hours_between_failures_are_judged_as_powers() {
        let hours = [
            286., 948., 536., 124., 816., 729., 4., 143., 431., 8., 2837., 596., 81., 227., 603.,
            492., 1199., 1214., 2831., 96.,
        ];
        let powers = hours.map(|time| libm::pow(time, POWER));
        for (found, printed) in
            powers.iter().zip([4.80986, 6.70903, 5.72650, 3.81367, 6.43541, 6.23705])
        {
            assert!((found - printed).abs() < 5e-6, "{found}");
        }
        let chart = chart(Kind::T, &hours, &[]);
        assert!((libm::pow(chart.latest().mean, POWER) - 5.386).abs() < 1e-3);
        let of_powers =
            xmr(&powers, &[], &Rules::MAKING_DATA_COUNT).unwrap().latest().limits.unwrap();
        let [limits, _] = chart.limits_at(0).unwrap();
        assert!((libm::pow(limits.upper, POWER) - of_powers.upper).abs() < 1e-9);
        assert!(limits.lower == 0.0 && of_powers.lower < 0.0);
        assert!(chart.signals.iter().all(|signals| !signals.has(Signal::Outside)));
    }

    /// By hand: 4, 8, 0, 12 and 6 cases between events, 6 on average, √(6 × 7) to a deviation.
    #[test]
    fn cases_between_events_follow_the_geometric_law() {
        let chart = chart(Kind::G, &[4., 8., 0., 12., 6.], &[]);
        assert_limits(&chart, 0, 0.0, 6.0 + 3.0 * 42.0_f64.sqrt(), 1e-9);
    }

    #[test]
    fn impossible_points_are_refused_and_gaps_kept() {
        let rules = &Rules::MAKING_DATA_COUNT;
        let p = |counts: &[f64], people: &[f64]| attributes(Kind::P, counts, people, &[], rules);
        assert_eq!(p(&[7.0], &[5.0]).unwrap_err(), NoFigure::NumeratorAboveDenominator);
        assert_eq!(p(&[0.0], &[0.0]).unwrap_err(), NoFigure::EmptyDenominator);
        let gap = p(&[1.0, f64::NAN, 3.0], &[10.0, 10.0, 10.0]).unwrap();
        assert!((gap.latest().mean - 0.2).abs() < 1e-12 && gap.limits_at(1).is_none());
        assert!(attributes(Kind::T, &[0.0], &[], &[], rules).is_err());
    }
}

//! A series over time with the rules of *Making Data Count* where there are enough points after the last break in its meaning.

use indicators::trend::{CHART_POINTS, Series, axis, control_chart, on_axis};
use indicators::{Definition, Polarity, Row};
use stats::chart::{Better, Chart as ControlChart, Segment, Signal as Rule, Variation};
use vocab::Period;

use super::{style, value_of};
use kit::caption::Caption;
use kit::chart::trend::{Icon, Limits, Point, Signal, Trend};
use kit::words::{Side, Value};

/// The series of a place; without a reference, of the whole itself. A period that is missing between two others stands on the
/// axis without a figure.
#[must_use]
pub fn trend(
    definition: &Definition,
    (name, reference): (&str, Option<&str>),
    series: &Series,
    caption: Caption,
) -> Trend {
    let value =
        |row: &Option<Row>| row.as_ref().and_then(|row| row.estimate).map(|found| found.value);
    let periods: Vec<Period> = series.points.iter().map(|point| point.period).collect();
    let axis = axis(&periods);
    let mut points: Vec<Point> = axis
        .iter()
        .map(|(period, at)| {
            let (row, england) = at
                .and_then(|at| series.points.get(at))
                .map_or((&None, &None), |point| (&point.row, &point.england));
            Point {
                period: short(*period),
                value: value(row),
                interval: row
                    .as_ref()
                    .and_then(|row| row.estimate)
                    .and_then(|estimate| estimate.lower.zip(estimate.upper)),
                reference: reference.and_then(|_| value(england)),
                signal: Signal::Common,
                rule: None,
            }
        })
        .collect();
    let cuts = on_axis(&series.cuts, &axis);
    let values: Vec<Option<f64>> = points.iter().map(|point| point.value).collect();
    let chart = control_chart(&values, &cuts);
    let mut limits = Vec::new();
    if let Some(chart) = &chart {
        mark(definition.polarity, chart, &mut points);
        limits = chart.segments.iter().filter_map(span).collect();
    }
    let icon = chart.map(|chart| icon(chart.variation(better(definition.polarity))));
    Trend {
        caption,
        style: style(definition),
        name: name.to_owned(),
        reference: reference.map(str::to_owned),
        points,
        cuts,
        limits,
        icon,
    }
}

/// Mean and limits of a stretch between cuts; nothing where it is too short for limits.
fn span(segment: &Segment) -> Option<Limits> {
    let limits = segment.limits.filter(|_| segment.moving_ranges + 1 >= CHART_POINTS)?;
    Some(Limits {
        points: segment.points.start..=segment.points.end.checked_sub(1)?,
        mean: segment.mean,
        lower: limits.lower,
        upper: limits.upper,
    })
}

/// Marks the points with their signals.
fn mark(polarity: Polarity, chart: &ControlChart, points: &mut [Point]) {
    for (at, (point, signals)) in points.iter_mut().zip(&chart.signals).enumerate() {
        let (Some(rule), Some(is_high)) = (signals.foremost(), chart.is_high(at)) else { continue };
        let side = if is_high { Side::Above } else { Side::Below };
        point.signal = Signal::Special(value_of(polarity, side));
        point.rule = Some(in_words(rule).to_owned());
    }
}

/// A rule in words.
const fn in_words(rule: Rule) -> &'static str {
    match rule {
        Rule::Outside => "outside the process limits",
        Rule::Trend => "seven points rising or falling",
        Rule::TwoOfThree => "two of three points near a limit",
        Rule::Run => "seven points on one side of the mean",
    }
}

/// Which way is better, as the chart asks it.
const fn better(polarity: Polarity) -> Better {
    match polarity {
        Polarity::HigherIsBetter => Better::Higher,
        Polarity::LowerIsBetter => Better::Lower,
        Polarity::Neither => Better::Neither,
    }
}

/// The icon with its words.
fn icon(variation: Variation) -> Icon {
    let side = |high: bool| if high { ("H", "high") } else { ("L", "low") };
    let (letter, value, words) = match variation {
        Variation::CommonCause => ("", None, "Usual variation, no significant change".to_owned()),
        Variation::Improvement { high } => {
            (side(high).0, Some(Value::Good), format!("Unusual improvement, {}", side(high).1))
        }
        Variation::Concern { high } => {
            (side(high).0, Some(Value::Bad), format!("Unusual concern, {}", side(high).1))
        }
        Variation::Neutral { high } => {
            (side(high).0, Some(Value::Neutral), format!("Unusual change, {}", side(high).1))
        }
    };
    Icon { letter: letter.to_owned(), value, words }
}

/// A period short enough to stand under an axis: `Nov 2025`.
fn short(period: Period) -> String {
    let short = |month: i8, year: i16| {
        let name: String = vocab::period::month_name(month).chars().take(3).collect();
        format!("{name} {year}")
    };
    match period {
        Period::Month(month) => short(month.month, month.year),
        Period::Day(day) => short(day.month(), day.year()),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Seven months of a rise that is still below the mean.
    #[test]
    fn a_point_of_a_trend_is_judged_by_its_direction() {
        let mut values = vec![54., 46., 55., 43., 52., 57., 49., 54., 58., 47., 55., 51., 56.];
        values.extend([30., 33., 35., 38., 40., 42., 44.]);
        let chart = control_chart(&values.iter().copied().map(Some).collect::<Vec<_>>(), &[]);
        let chart = chart.unwrap();
        let mut points: Vec<Point> = values.iter().map(|value| point(*value)).collect();
        mark(Polarity::HigherIsBetter, &chart, &mut points);
        let signal = points.last().map(|point| point.signal);
        assert_eq!(signal, Some(Signal::Special(kit::words::Value::Good)));
    }

    fn point(value: f64) -> Point {
        Point {
            period: String::new(),
            value: Some(value),
            interval: None,
            reference: None,
            signal: Signal::Common,
            rule: None,
        }
    }
}

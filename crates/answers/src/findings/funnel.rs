//! The funnel of an evaluation.

use indicators::{Definition, Evaluation, Row};

use super::{denominator_words, stands, style};
use crate::address;
use kit::caption::Caption;
use kit::chart::funnel::{Funnel, Limits, Point};
use kit::number::{Style, capitalise};
use kit::words::{Strength, Verdict};

/// Sizes at which the limits are drawn.
const STEPS: i32 = 60;
/// At most this many points are named in the picture.
const NAMED: usize = 6;

/// Where a row stands on the funnel, allowing for over-dispersion where it could be measured.
#[must_use]
pub fn funnel_verdict(definition: &Definition, row: &Row) -> Verdict {
    row.funnel.map_or(Verdict::NotCompared, |position| {
        stands(definition.polarity, position.adjusted.unwrap_or(position.raw))
    })
}

/// The funnel around England's figure; nothing for indicators that count no events.
#[must_use]
pub fn funnel(
    definition: &Definition,
    evaluation: &Evaluation,
    caption: Caption,
) -> Option<Funnel> {
    let found = evaluation.funnel.as_ref()?;
    let mut points: Vec<Point> =
        evaluation.rows.iter().filter_map(|row| point(definition, row)).collect();
    name_the_farthest(&mut points, found.average);
    let largest = points.iter().map(|point| point.size).fold(0.0, f64::max);
    let smallest = points.iter().map(|point| point.size).fold(largest / 20.0, f64::min).max(1.0);
    let sizes = (0..=STEPS)
        .map(|step| smallest * libm::pow(largest / smallest, f64::from(step) / f64::from(STEPS)));
    let (mut raw, mut adjusted) = (Vec::new(), Vec::new());
    for size in sizes.filter(|size| size.is_finite() && *size > 0.0) {
        let at = found.at(size);
        raw.push(Limits { size, p95: Some(at.inner), p998: at.outer });
        adjusted.extend(at.outer_adjusted.map(|p998| Limits { size, p95: None, p998 }));
    }
    let words = denominator_words(definition);
    Some(Funnel {
        caption,
        size_label: capitalise(&words),
        size_style: Style::count(&words),
        style: style(definition),
        reference: (capitalise(&evaluation.reference.counted_name()), found.average),
        raw,
        adjusted,
        points,
    })
}

/// A row as a point, where it has a figure.
fn point(definition: &Definition, row: &Row) -> Option<Point> {
    let estimate = row.estimate.filter(|_| row.doubt.is_none())?;
    Some(Point {
        code: row.organisation.code.clone(),
        name: kit::text::title_case(&row.name),
        href: Some(address::to(&row.organisation)),
        size: estimate.denominator,
        value: estimate.value,
        verdict: funnel_verdict(definition, row),
        named: false,
    })
}

/// Names the points outside the 99.8% limits that lie farthest from England's figure.
fn name_the_farthest(points: &mut [Point], average: f64) {
    let mut outside: Vec<usize> = (0..points.len())
        .filter(|&index| {
            points.get(index).is_some_and(|point| {
                matches!(point.verdict, Verdict::Different(_, Strength::P998, _))
            })
        })
        .collect();
    let distance =
        |index: usize| points.get(index).map_or(0.0, |point| (point.value - average).abs());
    outside.sort_by(|&a, &b| distance(b).total_cmp(&distance(a)).then(a.cmp(&b)));
    for index in outside.into_iter().take(NAMED) {
        if let Some(point) = points.get_mut(index) {
            point.named = true;
        }
    }
}

//! Claims about change: whether a figure rose or improved since a time.

use stats::trend::{Counts, Direction as Trend, trend_of_values};
use vocab::{Confidence, Estimate, Period};

use super::super::mention::Change;
use super::super::reading::{Exhibit, Shown, Verdict};
use super::super::said::{Argument, Said, Unit, name, of, words};
use super::asking::{Asking, Found, lacking};
use super::window::{NO_GOOD_DIRECTION, Windowed, releases_of, season, windowed};
use super::{amounts, numbers};
use indicators::definition::{Definition, Polarity, Statistic};
use indicators::evaluate::EvaluateError;
use indicators::trend::counts_over_time;

/// Periods from which a trend is tested; with fewer the first and the last are held beside each other.
const ENOUGH: usize = 5;

/// A figure that moves by less than this share of itself stands still (an assumption, stated in the methods chapter).
const STILL: f64 = 0.002;

/// What a window of a series says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moved {
    Rising,
    Falling,
    NoMore,
}

/// `{indicator} has {change} {since}`: how many, a share or rate, or both where the sentence leaves it open.
pub(super) fn trend(asking: &Asking<'_>) -> Result<Found, EvaluateError> {
    let (Some(definition), Some(change)) = (asking.definition(), asking.claim.slots.change) else {
        return Ok(Found::default());
    };
    let definition = amounts::with_both_months(asking, definition);
    if numbers::is_asked(asking) {
        return numbers::changed(asking, definition, change);
    }
    let found = of_rate(asking, definition, change)?;
    if found.verdict.is_none() || !numbers::is_open(asking, definition) {
        return Ok(found);
    }
    let number = numbers::changed(asking, definition, change)?;
    Ok(together(found, number))
}

/// The readings of a rate and of a number, where the sentence may mean either: they must say the same.
fn together(rate: Found, number: Found) -> Found {
    let same = rate.verdict == number.verdict;
    let mut found = rate;
    found.answer.extend(number.answer);
    found.figures.extend(number.figures);
    found.limits.extend(number.limits);
    found.limits.dedup();
    found.lacks.extend(number.lacks);
    if !same {
        found.verdict = None;
        found.answer.push(Said::plain(
            "The number and the share or rate do not say the same, and the sentence leaves open which is meant.",
        ));
        found.lacks.push(
            "a sentence that says “the number of” or “the share of” before what it measures"
                .to_owned(),
        );
    }
    found
}

/// Whether a share, a rate or a score moved by more than chance.
fn of_rate(
    asking: &Asking<'_>,
    definition: &Definition,
    change: Change,
) -> Result<Found, EvaluateError> {
    let Windowed { series, window, reason } = windowed(asking, definition)?;
    let (Some((from, before)), Some((to, after)), None) = (window.first(), window.last(), &reason)
    else {
        let mut found = reason.unwrap_or_default();
        found.exhibit = (window.len() > 1).then_some(Exhibit::Trend(series));
        return Ok(found);
    };
    let (moved, test) = moved(definition, &window);
    if let Some(reason) = contradicted(moved, (before.value, after.value)) {
        let shown = [(from, before), (to, after)];
        return Ok(Found {
            figures: shown.map(|(period, one)| self::shown(definition, one, *period)).to_vec(),
            releases: releases_of(asking, definition, &series),
            exhibit: Some(Exhibit::Trend(series)),
            ..reason
        });
    }
    let (amounts, told_apart) =
        amounts::of_both(asking, definition, (*from, before), (*to, after))?;
    let mut found = Found {
        verdict: agrees(definition.polarity, change, moved)
            .map(|holds| Verdict::of(holds && amounts)),
        releases: releases_of(asking, definition, &series),
        method: Some("trend".to_owned()),
        ..Found::default()
    };
    found.answer.push(Said::new(
        "{}, {}: {} in {}, {} in {}. {}.",
        [
            words(definition.name.clone()),
            name(&asking.place.name),
            of(&definition.id, before.value),
            Argument::Period(*from),
            of(&definition.id, after.value),
            Argument::Period(*to),
            words(test.in_words(moved)),
        ],
    ));
    if found.verdict.is_none() {
        found.answer.push(Said::plain(NO_GOOD_DIRECTION));
    }
    if told_apart {
        found.verdict = None;
        found.lacks.push(
            "a sentence that says whether it is a share of all, or of those for which it is known"
                .to_owned(),
        );
    }
    if moved == Moved::NoMore && seems_so(definition, change, (before.value, after.value)) {
        found.verdict = None;
        found.answer.push(Said::plain(
            "It moved that way, by no more than chance would give: that shows neither that it did nor that it did not.",
        ));
        found.lacks.push(
            "more answers or more periods, in which such a movement would stand out".to_owned(),
        );
    }
    found.limits.extend(season((*from, *to)));
    found.figures =
        [(from, before), (to, after)].map(|(period, one)| shown(definition, one, *period)).to_vec();
    found.exhibit = Some(Exhibit::Trend(series));
    Ok(found)
}

fn shown(definition: &Definition, estimate: &Estimate, period: Period) -> Shown {
    let unit = Unit::Indicator(definition.id.clone());
    Shown::new(definition.name.clone(), estimate.value, unit)
        .in_period(period)
        .limits(estimate.lower.zip(estimate.upper))
}

/// Whether the two ends move as is claimed, by more than a figure that stands still.
fn seems_so(definition: &Definition, change: Change, (before, after): (f64, f64)) -> bool {
    let seen = if after > before { Moved::Rising } else { Moved::Falling };
    let is_still = (after - before).abs() < STILL * before.abs();
    change != Change::Unchanged
        && !is_still
        && agrees(definition.polarity, change, seen) == Some(true)
}

/// What is said where the course of a series and its two ends go different ways.
fn contradicted(moved: Moved, (before, after): (f64, f64)) -> Option<Found> {
    let against = match moved {
        Moved::Rising => after <= before,
        Moved::Falling => after >= before,
        Moved::NoMore => false,
    };
    against.then(|| {
        lacking(
            Said::plain(
                "The first and the last figure go one way and the course between them the other: neither “risen” nor “fallen” tells it.",
            ),
            ["a sentence that names the two times".to_owned()],
        )
    })
}

/// Whether a window rises or falls by more than chance, and by what test.
fn moved(definition: &Definition, window: &[(Period, Estimate)]) -> (Moved, Test) {
    let counts = match definition.statistic {
        Statistic::Proportion if definition.interval != indicators::definition::Interval::None => {
            Some(Counts::Proportion)
        }
        Statistic::Rate => Some(Counts::Rate),
        _ => None,
    };
    if window.len() >= ENOUGH {
        let values: Vec<f64> = window.iter().map(|(_, one)| one.value).collect();
        let tested =
            counts.map_or_else(|| trend_of_values(&values), |kind| counts_over_time(kind, window));
        if let Ok(trend) = tested {
            let moved = match trend.direction(Confidence::P95) {
                Trend::Rising => Moved::Rising,
                Trend::Falling => Moved::Falling,
                Trend::NoSignificantChange => Moved::NoMore,
            };
            let test = if counts.is_some() { Test::OfTrend } else { Test::Kendall };
            return (moved, test);
        }
    }
    let (Some((_, before)), Some((_, after))) = (window.first(), window.last()) else {
        return (Moved::NoMore, Test::Untested);
    };
    if let Some(kind) = counts {
        return (two_points(kind, before, after), Test::TwoPoints);
    }
    let alike = (after.value - before.value).abs() < 0.02 * before.value.abs();
    let moved = match (alike, after.value > before.value) {
        (true, _) => Moved::NoMore,
        (_, true) => Moved::Rising,
        _ => Moved::Falling,
    };
    (moved, Test::Untested)
}

/// The difference of two proportions or rates over its standard error.
fn two_points(kind: Counts, before: &Estimate, after: &Estimate) -> Moved {
    let level = (before.numerator + after.numerator) / (before.denominator + after.denominator);
    let chance = if kind == Counts::Proportion { level * (1.0 - level) } else { level };
    let error = (chance / before.denominator + chance / after.denominator).sqrt();
    let difference = after.numerator / after.denominator - before.numerator / before.denominator;
    match difference / error {
        z if z > 1.959_964 => Moved::Rising,
        z if z < -1.959_964 => Moved::Falling,
        _ => Moved::NoMore,
    }
}

/// By what a movement was told from chance.
enum Test {
    OfTrend,
    Kendall,
    TwoPoints,
    /// By nothing: no method gives the figure an interval.
    Untested,
}

impl Test {
    fn in_words(&self, moved: Moved) -> String {
        let by = match self {
            Self::OfTrend => "by a chi-squared test of trend",
            Self::Kendall => "by Kendall’s test",
            Self::TwoPoints => "comparing the first and the last figure at 95%",
            Self::Untested => {
                let moved = match moved {
                    Moved::Rising => "It rose",
                    Moved::Falling => "It fell",
                    Moved::NoMore => "It hardly changed",
                };
                return format!(
                    "{moved}; no test is known for this figure, and less than 2% is called no change (assumption)"
                );
            }
        };
        let moved = match moved {
            Moved::Rising => "It rose by more than chance would give",
            Moved::Falling => "It fell by more than chance would give",
            Moved::NoMore => "It changed no more than chance would give",
        };
        format!("{moved}, {by}")
    }
}

/// Whether a claimed change is the one found; nothing where good and bad have no meaning.
fn agrees(polarity: Polarity, claimed: Change, moved: Moved) -> Option<bool> {
    let good =
        match (polarity, moved) {
            (Polarity::HigherIsBetter, Moved::Rising)
            | (Polarity::LowerIsBetter, Moved::Falling) => Some(true),
            (Polarity::HigherIsBetter, Moved::Falling)
            | (Polarity::LowerIsBetter, Moved::Rising) => Some(false),
            _ => None,
        };
    Some(match claimed {
        Change::Rising => matches!(moved, Moved::Rising),
        Change::Falling => matches!(moved, Moved::Falling),
        Change::Unchanged => matches!(moved, Moved::NoMore),
        Change::Improving | Change::Worsening if polarity == Polarity::Neither => return None,
        Change::Improving => good == Some(true),
        Change::Worsening => good == Some(false),
    })
}

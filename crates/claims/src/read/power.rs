//! What a survey can show: answers that a rise needs, and the smallest change that the answers there are can show.
//!
//! Equation: [`methods.md#survey-power`](../../../../docs/book/methods.md#survey-power).

use stats::distributions::normal;
use stats::proportion::proportion;
use vocab::Confidence;

use super::super::reading::{Bar, Exhibit, Shown};
use super::super::said::{Argument, Said, Unit, name, number, share, words};
use super::asking::{Asking, Found, no_figure_of};
use indicators::evaluate::EvaluateError;

/// `13% feel that care is seamless; we will see a rise to 15%`.
pub(super) fn rise(asking: &Asking<'_>) -> Found {
    let Some(before) = asking.number("before").map(|one| one.value).filter(|one| *one < 1.0) else {
        return Found::default();
    };
    let mut found = Found { method: Some("survey-power".to_owned()), ..Found::default() };
    if let Some(asked) = asking.number("answers") {
        interval(before, asked.value, &mut found);
    }
    let targets: Vec<f64> = match asking.number("after") {
        Some(after) => vec![after.value],
        None => [0.02, 0.05, 0.07].map(|more| before + more).to_vec(),
    };
    let possible = |after: &f64| *after < 1.0 && (after - before).abs() > 1e-9;
    let targets: Vec<f64> = targets.into_iter().filter(possible).collect();
    for after in &targets {
        let needed = answers_needed(before, *after);
        found.answer.push(Said::new(
            "To tell {} from {} with 95% confidence and 80% power each survey needs about {} answers.",
            [share(*after), share(before), number(needed, 0, "")],
        ));
        let label =
            format!("Answers a wave to tell {:.0}% from {:.0}%", after * 100.0, before * 100.0);
        found.figures.push(Shown::new(label, needed, Unit::Count("answers")));
    }
    respondents(asking, &targets, before, &mut found);
    found.exhibit = Some(steps(before, &targets));
    found
}

/// Answers in each of two waves that show a change of a share at 95% confidence with a power of 80%.
fn answers_needed(before: f64, after: f64) -> f64 {
    let (sure, power) = (normal::quantile(0.975), normal::quantile(0.8));
    let middle = f64::midpoint(before, after);
    let reach = sure * (2.0 * middle * (1.0 - middle)).sqrt()
        + power * (before * (1.0 - before) + after * (1.0 - after)).sqrt();
    let change = after - before;
    libm::round(reach * reach / (change * change))
}

/// The interval of a share of so many answers.
fn interval(before: f64, answers: f64, found: &mut Found) {
    let level = stats::Level::new(Confidence::P95);
    let Ok(figure) = proportion(libm::round(before * answers), answers, &level) else { return };
    let (lower, upper) = (figure.limits.lower, figure.limits.upper);
    found.answer.push(Said::new(
        "{} of {} answers has a 95% interval of {}.",
        [share(before), number(answers, 0, ""), Argument::Interval(lower, upper, Unit::Share(1))],
    ));
    let shown = Shown::new("Share that holds the view", before, Unit::Share(1));
    found.figures.push(shown.limits(Some((lower, upper))));
}

/// How many answers the GP Patient Survey has in the place, beside those needed.
fn respondents(asking: &Asking<'_>, targets: &[f64], before: f64, found: &mut Found) {
    let Some(definition) = asking.definition_of("survey_overall") else { return };
    let Ok((evaluation, Some(row))) = asking.figure(definition) else { return };
    let Some(estimate) = row.estimate else { return };
    found.releases.extend(evaluation.provenance.releases.clone());
    let needed = targets.first().map_or(f64::NAN, |after| answers_needed(before, *after));
    let enough = if estimate.denominator >= needed { "enough" } else { "too few" };
    found.answer.push(Said::new(
        "For scale: the GP Patient Survey of {} has {} answers in {}, {} for the first of these.",
        [
            Argument::Period(evaluation.period),
            number(estimate.denominator, 0, ""),
            name(&asking.place.name),
            words(enough),
        ],
    ));
}

/// Answers needed for rises of two to ten points, those of the sentence marked.
fn steps(before: f64, targets: &[f64]) -> Exhibit {
    let mut steps: Vec<f64> = [0.02, 0.03, 0.05, 0.07, 0.10].map(|more| before + more).to_vec();
    steps.extend(targets);
    steps.retain(|after| *after < 1.0);
    steps.sort_by(f64::total_cmp);
    steps.dedup_by(|a, b| (*a - *b).abs() < 1e-9);
    let bar = |after: &f64| {
        let bar = Bar::new(format!("to {:.0}%", after * 100.0), answers_needed(before, *after));
        let asked = targets.iter().any(|target| (target - after).abs() < 1e-9);
        if asked { bar.subject() } else { bar }
    };
    Exhibit::Bars {
        title: format!("Answers a wave to tell a rise from {:.0}%", before * 100.0),
        unit: Unit::Count("answers"),
        bars: steps.iter().map(bar).collect(),
    }
}

/// `Improvements would not show in the survey during the first year`.
pub(super) fn smallest_change(asking: &Asking<'_>) -> Result<Found, EvaluateError> {
    let Some(definition) = asking.definition_of("survey_overall") else {
        return Ok(Found::default());
    };
    let (evaluation, row) = asking.figure(definition)?;
    let Some(estimate) = row.and_then(|row| row.estimate) else {
        return Ok(no_figure_of(&asking.place, definition));
    };
    let level = estimate.value;
    let reach = normal::quantile(0.975) + normal::quantile(0.8);
    let smallest = reach * (2.0 * level * (1.0 - level) / estimate.denominator).sqrt();
    let mut found = Found::of(&evaluation);
    found.method = Some("survey-power".to_owned());
    found.answer.push(Said::new(
        "With {} answers a year in {} the survey can show a change of overall experience of {} or more from one year to the next; anything smaller will not be told from chance.",
        [
            number(estimate.denominator, 0, ""),
            name(&asking.place.name),
            number(smallest * 100.0, 1, "percentage points"),
        ],
    ));
    found.answer.push(Said::plain(
        "It is asked once a year and published in summer: what changes after the questions were sent is first seen a year later.",
    ));
    found.figures = vec![
        Shown::new(
            "Smallest change that one year can show",
            smallest * 100.0,
            Unit::Number(1, "percentage points"),
        ),
        Shown::new("Answers a year", estimate.denominator, Unit::Count("answers")),
    ];
    found.exhibit = Some(Exhibit::Bars {
        title: "Good overall experience and the smallest change that can be seen".to_owned(),
        unit: Unit::Share(1),
        bars: vec![
            Bar::new(format!("Now ({})", evaluation.period.in_words()), level)
                .limits(estimate.lower.zip(estimate.upper))
                .subject(),
            Bar::new("First level that would show a rise", (level + smallest).min(1.0)).reference(),
        ],
    });
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answers_that_a_rise_needs_are_those_of_the_worked_example() {
        let needed = [0.15, 0.18, 0.20].map(|after| answers_needed(0.13, after) as u32);
        assert_eq!(needed, [4724, 821, 440]);
    }
}

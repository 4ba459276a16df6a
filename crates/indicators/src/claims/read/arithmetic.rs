//! Claims whose figures stand in the sentence: what follows from them, by arithmetic and, where it helps, beside what is
//! published today.

use stats::distributions::normal;
use stats::proportion::proportion;
use vocab::Confidence;

use super::super::mention::{Change, When};
use super::super::reading::{Bar, Exhibit, Shown, Verdict};
use super::super::said::{Argument, Said, Unit, name, number, of, share, words};
use super::{Asking, Found};
use crate::evaluate::EvaluateError;

fn line(label: impl Into<String>, value: f64, unit: Unit) -> Shown {
    Shown { label: label.into(), value, limits: None, unit, period: None }
}

const FTE: Unit = Unit::Number(0, "full-time equivalents");

/// `500 leave, 300 are in training, 40% want full time`.
pub(super) fn leavers(asking: &Asking<'_, '_>) -> Found {
    let figure = |name: &str| asking.claim.template.figure(name);
    let (Some(leaving), Some(training), Some(full_time)) =
        (asking.number("leaving"), asking.number("training"), asking.number("full_time"))
    else {
        return Found::default();
    };
    let (Some(low), Some(middle), Some(high), Some(leaver)) =
        (figure("part_low"), figure("part_middle"), figure("part_high"), figure("leaver"))
    else {
        return Found::default();
    };
    let lost = leaving.value * leaver;
    let mut found = Found::default();
    let nets: Vec<(f64, f64, f64)> = [low, middle, high]
        .into_iter()
        .map(|part| {
            let joined = training.value * (full_time.value + (1.0 - full_time.value) * part);
            (part, joined, joined - lost)
        })
        .collect();
    let net = |at: usize| nets.get(at).map_or(f64::NAN, |one| one.2);
    let joined = |at: usize| nets.get(at).map_or(f64::NAN, |one| one.1);
    let fewer = nets.iter().filter(|one| one.2 < 0.0).count();
    found.verdict = match fewer {
        3 => Some(Verdict::Supported),
        0 => Some(Verdict::NotSupported),
        _ => None,
    };
    found.answer.push(Said::new(
        "If those who do not work full time work {}, {} or {} of it, {} trainees are worth {}, {} or {}.",
        [
            share(low),
            share(middle),
            share(high),
            number(training.value, 0, ""),
            number(joined(0), 0, ""),
            number(joined(1), 0, ""),
            Argument::Figure(joined(2), FTE),
        ],
    ));
    found.answer.push(Said::new(
        "Against {} leavers of {} full-time equivalent each that is a net change of {}, {} or {}: {}.",
        [
            number(leaving.value, 0, ""),
            number(leaver, 2, ""),
            number(net(0), 0, ""),
            number(net(1), 0, ""),
            Argument::Figure(net(2), FTE),
            words(match fewer {
                3 => "more leave than join, whichever it is",
                0 => "more join than leave, whichever it is",
                _ => "it depends on how much they work",
            }),
        ],
    ));
    found.figures = nets
        .iter()
        .flat_map(|(part, joined, net)| {
            let percent = libm::round(part * 100.0);
            [
                line(format!("Joining, others working {percent}%"), *joined, FTE),
                line(format!("Net, others working {percent}%"), *net, FTE),
            ]
        })
        .collect();
    let mut bars = vec![Bar::new("Leaving", -lost).reference()];
    bars.extend(nets.iter().map(|(part, joined, _)| {
        Bar::new(format!("Joining, others at {}%", libm::round(part * 100.0)), *joined).subject()
    }));
    found.exhibit = Some(Exhibit::Bars {
        title: "Full-time equivalents that leave and join".to_owned(),
        unit: FTE,
        bars,
    });
    found
}

/// Answers in each of two waves that show a change of a share at 95% confidence with a power of 80%.
///
/// Equation: [`methods.md#survey-power`](../../../../../docs/book/methods.md#survey-power).
pub(super) fn answers_needed(before: f64, after: f64) -> f64 {
    let (sure, power) = (normal::quantile(0.975), normal::quantile(0.8));
    let middle = (before + after) / 2.0;
    let reach = sure * (2.0 * middle * (1.0 - middle)).sqrt()
        + power * (before * (1.0 - before) + after * (1.0 - after)).sqrt();
    let change = after - before;
    libm::round(reach * reach / (change * change))
}

/// `13% feel that care is seamless; we will see a rise to 15%`.
pub(super) fn power(asking: &Asking<'_, '_>) -> Result<Found, EvaluateError> {
    let Some(before) = asking.number("before").filter(|one| (0.0..1.0).contains(&one.value)) else {
        return Ok(Found::default());
    };
    let mut found = Found { method: Some("survey-power".to_owned()), ..Found::default() };
    if let Some(asked) = asking.number("answers")
        && let Ok(figure) = proportion(
            libm::round(before.value * asked.value),
            asked.value,
            &stats::Level::new(Confidence::P95),
        )
    {
        found.answer.push(Said::new(
            "{} of {} answers has a 95% interval of {}.",
            [
                share(before.value),
                number(asked.value, 0, ""),
                Argument::Interval(figure.limits.lower, figure.limits.upper, Unit::Share(1)),
            ],
        ));
        found.figures.push(Shown {
            label: "Share that holds the view".to_owned(),
            value: before.value,
            limits: Some((figure.limits.lower, figure.limits.upper)),
            unit: Unit::Share(1),
            period: None,
        });
    }
    let targets: Vec<f64> = match asking.number("after") {
        Some(after) => vec![after.value],
        None => [0.02, 0.05, 0.07].map(|more| before.value + more).to_vec(),
    };
    let targets: Vec<f64> =
        targets.into_iter().filter(|after| *after < 1.0 && (after - before.value).abs() > 1e-9).collect();
    for after in &targets {
        found.answer.push(Said::new(
            "To tell {} from {} with 95% confidence and 80% power each survey needs about {} answers.",
            [share(*after), share(before.value), number(answers_needed(before.value, *after), 0, "")],
        ));
    }
    found.figures.extend(targets.iter().map(|after| {
        line(
            format!("Answers a wave to tell {:.0}% from {:.0}%", after * 100.0, before.value * 100.0),
            answers_needed(before.value, *after),
            Unit::Count("answers"),
        )
    }));
    respondents(asking, &targets, before.value, &mut found)?;
    let mut steps: Vec<f64> = [0.02, 0.03, 0.05, 0.07, 0.10].map(|more| before.value + more).to_vec();
    steps.extend(&targets);
    steps.retain(|after| *after < 1.0);
    steps.sort_by(f64::total_cmp);
    steps.dedup_by(|a, b| (*a - *b).abs() < 1e-9);
    found.exhibit = Some(Exhibit::Bars {
        title: format!("Answers a wave to tell a rise from {:.0}%", before.value * 100.0),
        unit: Unit::Count("answers"),
        bars: steps
            .iter()
            .map(|after| {
                let bar = Bar::new(format!("to {:.0}%", after * 100.0), answers_needed(before.value, *after));
                if targets.iter().any(|target| (target - after).abs() < 1e-9) { bar.subject() } else { bar }
            })
            .collect(),
    });
    Ok(found)
}

/// How many answers the GP Patient Survey has in the place, beside those needed.
fn respondents(
    asking: &Asking<'_, '_>,
    targets: &[f64],
    before: f64,
    found: &mut Found,
) -> Result<(), EvaluateError> {
    let Some(definition) = asking.definition_of("survey_overall") else { return Ok(()) };
    let Ok((evaluation, Some(row))) = asking.figure(definition) else { return Ok(()) };
    let Some(estimate) = row.estimate else { return Ok(()) };
    found.releases.extend(evaluation.provenance.releases.clone());
    let needed = targets.first().map_or(f64::NAN, |after| answers_needed(before, *after));
    found.answer.push(Said::new(
        "For scale: the GP Patient Survey of {} has {} answers in {}, {}.",
        [
            Argument::Period(evaluation.period),
            number(estimate.denominator, 0, ""),
            name(&asking.place.name),
            words(if estimate.denominator >= needed { "enough for the first of these" } else { "too few for the first of these" }),
        ],
    ));
    Ok(())
}

/// `Improvements would not show in the survey during the first year`.
pub(super) fn smallest_change(asking: &Asking<'_, '_>) -> Result<Found, EvaluateError> {
    let Some(definition) = asking.definition_of("survey_overall") else { return Ok(Found::default()) };
    let (evaluation, row) = asking.figure(definition)?;
    let Some(estimate) = row.and_then(|row| row.estimate) else {
        return Ok(super::no_figure_of(&asking.place, definition));
    };
    let level = estimate.value;
    let reach = normal::quantile(0.975) + normal::quantile(0.8);
    let smallest = reach * (2.0 * level * (1.0 - level) / estimate.denominator).sqrt();
    let mut found = Found {
        releases: evaluation.provenance.releases.clone(),
        method: Some("survey-power".to_owned()),
        ..Found::default()
    };
    found.answer.push(Said::new(
        "With {} answers a year in {} the survey can show a change of overall experience of {} or more from one year to the next; anything smaller will not be told from chance.",
        [
            number(estimate.denominator, 0, ""),
            name(&asking.place.name),
            number(smallest * 100.0, 1, "percentage points"),
        ],
    ));
    found.answer.push(Said::plain(
        "It is asked from January to March and published in July: a change made after March is first seen sixteen months later.",
    ));
    found.figures = vec![
        line("Smallest change that one year can show", smallest * 100.0, Unit::Number(1, "percentage points")),
        line("Answers a year", estimate.denominator, Unit::Count("answers")),
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

/// `30 GPs from overseas in the next five years lack ambition`.
pub(super) fn recruits(asking: &Asking<'_, '_>) -> Result<Found, EvaluateError> {
    let Some(recruits) = asking.number("recruits") else { return Ok(Found::default()) };
    let worth = asking.claim.template.figure("worth").unwrap_or(1.0) * recruits.value;
    let mut found = Found::default();
    let stated = asking.number("gap");
    let (gap, basis) = match stated {
        Some(gap) => (gap.value, "the gap that the sentence states"),
        None => {
            let Some((gap, answer, releases)) = shortfall(asking)? else {
                return Ok(super::lacking(
                    Said::plain("The workforce of the place is not imported, so that its shortfall is not known."),
                    ["General Practice Workforce, practice level".to_owned()],
                ));
            };
            found.answer.push(answer);
            found.releases = releases;
            (gap, "today’s shortfall to England’s ratio")
        }
    };
    let years = match asking.claim.slots.when {
        Some(When::Ahead(years)) => format!(" over {years:.0} years"),
        _ => String::new(),
    };
    if gap <= 0.0 {
        found.verdict = asking.claim.slots.given.get("says").map(|_| Verdict::NotSupported);
        found.answer.push(Said::new(
            "{} recruits{} would come on top of England’s ratio today; what leavers and growth take away is not yet counted.",
            [number(recruits.value, 0, ""), words(years)],
        ));
    } else {
        let closed = worth / gap;
        found.verdict = asking.claim.slots.given.get("says").map(|_| Verdict::of(closed < 1.0));
        found.answer.push(Said::new(
            "{} recruits{} are worth about {}: {} of {} ({}).",
            [
                number(recruits.value, 0, ""),
                words(years),
                Argument::Figure(worth, FTE),
                share(closed),
                words(basis),
                Argument::Figure(gap, FTE),
            ],
        ));
    }
    found.figures.push(line("Recruits", worth, FTE));
    found.figures.push(line("Gap", gap, FTE));
    found.lacks.push("the outlook: leavers, trainees and growth of need over those years".to_owned());
    found.exhibit = Some(Exhibit::Bars {
        title: "Recruits beside the gap".to_owned(),
        unit: FTE,
        bars: vec![Bar::new("Recruits", worth).subject(), Bar::new("Gap", gap).reference()],
    });
    Ok(found)
}

/// Fully qualified GPs that the place lacks for England's ratio, in full-time equivalents.
fn shortfall(asking: &Asking<'_, '_>) -> Result<Option<(f64, Said, Vec<String>)>, EvaluateError> {
    let Some(definition) = asking.definition_of("qualified_gp_per_10000") else { return Ok(None) };
    let (evaluation, row) = asking.figure(definition)?;
    let Some((row, estimate)) = row.and_then(|row| row.estimate.map(|one| (row, one))) else { return Ok(None) };
    let Some(england) = row.england.reference.or(evaluation.england.estimate.map(|one| one.value)) else {
        return Ok(None);
    };
    let gap = (england - estimate.value) / definition.multiplier * estimate.denominator;
    let said = Said::new(
        "{} has {} in {}, England {}: {} {} at England’s ratio.",
        [
            name(&asking.place.name),
            of(&definition.id, estimate.value),
            words(format!("{} (fully qualified GPs)", evaluation.period.in_words())),
            of(&definition.id, england),
            number(gap.abs(), 0, "full-time equivalents"),
            words(if gap > 0.0 { "fewer than" } else { "more than" }),
        ],
    );
    Ok(Some((gap, said, evaluation.provenance.releases)))
}

/// `An additional 1.5% for core services`, with inflation where the sentence gives it.
pub(super) fn uplift(asking: &Asking<'_, '_>) -> Result<Found, EvaluateError> {
    let Some(uplift) = asking.number("uplift") else { return Ok(Found::default()) };
    let mut found = Found::default();
    let growth = match asking.definition_of("list_growth") {
        Some(definition) => asking.figure(definition).ok().and_then(|(evaluation, row)| {
            found.releases = evaluation.provenance.releases.clone();
            row.and_then(|row| row.estimate).map(|one| one.value)
        }),
        None => None,
    };
    let real = |inflation: f64, growth: f64| (1.0 + uplift.value) / (1.0 + inflation) / (1.0 + growth) - 1.0;
    let grown = growth.unwrap_or(0.0);
    found.answer.push(Said::new(
        "{} more keeps its worth a patient while prices rise by less than {}{}.",
        [
            share(uplift.value),
            share((1.0 + uplift.value) / (1.0 + grown) - 1.0),
            words(if growth.is_some() { ", with lists growing as they did in the last year" } else { "" }),
        ],
    ));
    if let Some(growth) = growth {
        found.figures.push(line(format!("Growth of lists in a year, {}", asking.place.name), growth, Unit::Share(1)));
    }
    if let Some(inflation) = asking.number("inflation") {
        let worth = real(inflation.value, grown);
        let more = asking.claim.slots.change != Some(Change::Falling)
            && asking.claim.slots.given.get("says").is_none_or(|says| says != "cut");
        found.verdict = Some(Verdict::of((worth > 0.0) == more));
        found.answer.push(Said::new(
            "With prices rising by {} it is {} in real terms for each patient.",
            [share(inflation.value), words(format!("{}{:.1}%", if worth < 0.0 { "−" } else { "+" }, worth.abs() * 100.0))],
        ));
    } else {
        found.lacks.push("the rate of inflation to hold it against: put it into the sentence".to_owned());
    }
    let steps: Vec<f64> = asking.number("inflation").map_or_else(
        || vec![0.0, 0.01, 0.02, 0.03, 0.04],
        |inflation| vec![0.0, inflation.value],
    );
    found.figures.extend(steps.iter().map(|inflation| {
        line(format!("Real change a patient, prices +{:.1}%", inflation * 100.0), real(*inflation, grown), Unit::Share(1))
    }));
    found.exhibit = Some(Exhibit::Bars {
        title: "Real change for each patient, by inflation".to_owned(),
        unit: Unit::Share(1),
        bars: steps.iter().map(|one| Bar::new(format!("prices +{:.1}%", one * 100.0), real(*one, grown))).collect(),
    });
    Ok(found)
}

/// `£88m of £1,412m was not drawn`.
pub(super) fn not_drawn(asking: &Asking<'_, '_>) -> Found {
    let figure = |name: &str| asking.claim.template.figure(name);
    let (Some(undrawn), Some(total)) = (asking.number("undrawn"), asking.number("total")) else {
        return Found::default();
    };
    if total.value < undrawn.value {
        return super::lacking(
            Said::plain("More is said not to be drawn than there was."),
            ["the two amounts the other way round".to_owned()],
        );
    }
    let part = undrawn.value / total.value;
    let mut found = Found::default();
    found.answer.push(Said::new(
        "{} of {} is {}.",
        [Argument::Quantity(undrawn), Argument::Quantity(total), share(part)],
    ));
    if let (Some(known), Some(of_known)) = (figure("national_undrawn"), figure("national_total")) {
        let same = undrawn.agrees(known) && total.agrees(of_known);
        found.answer.push(Said::new(
            "Nationally £{} million of £{} million ({}) of the additional roles money was not drawn in 2023/24{}.",
            [
                number(known / 1e6, 0, ""),
                number(of_known / 1e6, 0, ""),
                share(known / of_known),
                words(if same { ": these are the figures of the sentence" } else { "" }),
            ],
        ));
        found.verdict = match (asking.number("share"), same) {
            (Some(stated), _) => Some(Verdict::of(stated.agrees(part))),
            (None, true) => Some(Verdict::Supported),
            (None, false) => None,
        };
        found.figures.push(line("National share not drawn, 2023/24", known / of_known, Unit::Share(1)));
    }
    if found.verdict.is_none() {
        found.lacks.push("the ledger of claims: entitlement and claims by network and month".to_owned());
    }
    found.figures.insert(0, line("Share not drawn", part, Unit::Share(1)));
    found.exhibit = Some(Exhibit::Bars {
        title: "Drawn and not drawn".to_owned(),
        unit: Unit::Pounds,
        bars: vec![
            Bar::new("Entitlement", total.value).reference(),
            Bar::new("Drawn", total.value - undrawn.value),
            Bar::new("Not drawn", undrawn.value).subject(),
        ],
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answers_that_a_rise_needs_are_those_of_the_worked_example() {
        let needed = [0.15, 0.18, 0.20].map(|after| answers_needed(0.13, after));
        assert_eq!(needed, [4724.0, 821.0, 440.0]);
    }
}

//! People who live in a place, all of them or of some ages, by the official estimate.

use indicators::evaluate::EvaluateError;
use models::population::{Estimated, estimated};

use super::super::mention::{Quantity, QuantityKind};
use super::super::reading::{Bar, Exhibit, Grade, Shown, Verdict};
use super::super::said::{Argument, Said, Unit, name, share, words};
use super::asking::{Asking, Found, lacking};

/// The class in which estimates count the oldest together.
const OLDEST: u8 = 90;

/// Days after which an estimate no longer tells how many live in a place today (an assumption).
const OLD: i32 = 730;

/// `{count} people live here`, `{count} residents are aged {ages}`, `residents aged {ages} are {share} of all`.
pub(super) fn found(asking: &Asking<'_>) -> Result<Found, EvaluateError> {
    let mut found = by_estimate(asking)?;
    let Some(estimate) = found.figures.first().and_then(|one| one.period) else { return Ok(found) };
    let lists = asking.checker.evidence().periods("list_size").last().copied();
    let old = lists.is_some_and(|lists| lists.distance_in_days(estimate) > OLD);
    if asking.claim.slots.when.is_none() && old {
        found.verdict = None;
        found.answer.push(Said::plain(
            "The sentence names no year, and the estimate is too old to say how many live there today.",
        ));
        found.lacks.push("a sentence that names the year, or a later estimate".to_owned());
    }
    Ok(found)
}

/// What the estimate says, of whatever year it is.
pub(super) fn by_estimate(asking: &Asking<'_>) -> Result<Found, EvaluateError> {
    let Some(stated) = asking.number("count").or_else(|| asking.number("share")) else {
        return Ok(Found::default());
    };
    let known = asking.checker.known();
    let found = estimated(asking.checker.evidence(), &asking.place, known)?;
    let Some(people) = found.filter(|people| people.areas.0 == people.areas.1) else {
        return Ok(lacking(
            Said::new(
                "No estimate of residents of all small areas of {} is imported.",
                [name(&asking.place.name)],
            ),
            ["mid-year population estimates by LSOA, and a lookup of small areas to the place"
                .to_owned()],
        ));
    };
    let Some((label, of_ages)) = of_ages(asking, &people) else {
        return Ok(lacking(
            Said::plain("The estimate counts those aged 90 and over together."),
            ["a sentence of ages up to 90".to_owned()],
        ));
    };
    Ok(reading(asking, &people, stated, (label, of_ages)))
}

/// What the people of the sentence are called, and how many they are; none where the estimate cannot tell their ages apart.
fn of_ages(asking: &Asking<'_>, people: &Estimated) -> Option<(String, f64)> {
    let Some(ages) = asking.claim.slots.ages else {
        return Some(("Residents".to_owned(), people.by_age.iter().sum()));
    };
    if ages.from > OLDEST || ages.to.is_some_and(|to| to > OLDEST) {
        return None;
    }
    let to = ages.to.map_or(people.by_age.len(), usize::from);
    let within = people.by_age.iter().take(to).skip(usize::from(ages.from));
    let label = match ages.to {
        Some(to) => format!("Residents aged {} to {}", ages.from, to.saturating_sub(1)),
        None => format!("Residents aged {} and over", ages.from),
    };
    Some((label, within.sum()))
}

fn reading(
    asking: &Asking<'_>,
    people: &Estimated,
    stated: Quantity,
    (label, some): (String, f64),
) -> Found {
    let all: f64 = people.by_age.iter().sum();
    let holds = match stated.kind {
        QuantityKind::Share => stated.agrees(some / all),
        _ => stated.agrees(libm::round(some)),
    };
    let mut found = Found {
        verdict: Some(Verdict::of(holds)),
        releases: asking.releases("resident", people.period),
        // An estimate is no count.
        lowered: usize::from(asking.claim.template.grade == Grade::A),
        ..Found::default()
    };
    let figure = |value: f64| Argument::Figure(value, Unit::Count("people"));
    let whose = [name(&asking.place.name), Argument::Period(people.period)];
    let said = Argument::Quantity(stated);
    found.answer.push(if asking.claim.slots.ages.is_some() {
        let [place, period] = whose;
        Said::new(
            "{} of {} by the official estimate for the middle of {}: {}, {} of the {} who live there; the sentence says {}.",
            [words(label.clone()), place, period, figure(some), share(some / all), figure(all), said],
        )
    } else {
        let [place, period] = whose;
        Said::new(
            "Residents of {} by the official estimate for the middle of {}: {}; the sentence says {}.",
            [place, period, figure(all), said],
        )
    });
    let shown = |label: &str, value: f64| {
        Shown::new(label, value, Unit::Count("people")).in_period(people.period)
    };
    found.figures = vec![shown(&label, some), shown("Residents", all)];
    found.figures.dedup();
    found.exhibit = Some(Exhibit::Bars {
        title: format!("Residents by age, {}", asking.place.name),
        unit: Unit::Count("people"),
        bars: bands(&people.by_age),
    });
    found
}

/// People in classes of fifteen years.
fn bands(by_age: &[f64]) -> Vec<Bar> {
    let class = |from: usize| {
        let people: f64 = by_age.iter().skip(from).take(15).sum();
        Bar::new(format!("{from} to {}", from + 14), people)
    };
    let mut bars: Vec<Bar> = (0..90).step_by(15).map(class).collect();
    bars.push(Bar::new("90 and over".to_owned(), by_age.iter().skip(90).sum()));
    bars
}

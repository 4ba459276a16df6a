//! Recruits beside the gap: the one that the sentence states, that of the outlook, or today's shortfall where there is no
//! outlook.

use super::super::super::ahead::{Effect, Lever};
use super::super::super::mention::Quantity;
use super::super::super::reading::{Bar, Exhibit, Shown, Verdict};
use super::super::super::said::{Argument, Said, Unit, count, name, number, of, share, words};
use super::super::asking::{Asking, Found, lacking};
use super::basis::{
    GPS, YEARS, add_moved_by, both, effect, last, middle_and_range, of_all, of_draws, outlook,
    reading, without, years_named,
};
use indicators::evaluate::EvaluateError;

const FTE: Unit = Unit::Number(0, "full-time equivalents");

/// `30 GPs from overseas in the next five years lack ambition`.
pub(in super::super) fn found(asking: &Asking<'_>) -> Result<Found, EvaluateError> {
    let Some(recruits) = asking.number("recruits") else { return Ok(Found::default()) };
    let effect = lever(asking, recruits).map(|lever| effect(asking, lever));
    if let Some(gap) = asking.number("gap") {
        let mut found = Found::default();
        match &effect {
            Some(Ok(effect)) => of_stated(asking, recruits, gap, effect, &mut found),
            _ => {
                beside(asking, recruits, gap.value, "the gap that the sentence states", &mut found);
            }
        }
        return Ok(found);
    }
    match effect {
        Some(Ok(effect)) => {
            Ok(of_outlook(asking, recruits, &effect).unwrap_or_else(|why| without(asking, why)))
        }
        Some(Err(why)) => of_today(asking, recruits, why),
        None => Ok(Found::default()),
    }
}

/// The recruits as the template takes them to be.
fn lever(asking: &Asking<'_>, recruits: Quantity) -> Option<Lever> {
    let figure = |name: &str| asking.claim.template.figure(name);
    Some(Lever::Recruits {
        heads: libm::round(recruits.value.clamp(0.0, 1_000_000.0)) as u32,
        arrive: figure("arrive")?,
        fte: figure("fte")?,
        age: figure("age")? as u8,
        leaving: figure("leaving")?,
    })
}

/// What the recruits close of the gap to come.
fn of_outlook(asking: &Asking<'_>, recruits: Quantity, effect: &Effect) -> Result<Found, String> {
    let outlook = outlook(asking, &asking.place)?;
    let (Some((years, without)), Some((_, with))) = (last(&effect.without), last(&effect.with))
    else {
        return Ok(Found::default());
    };
    let mut found = reading(asking, &outlook, &asking.place);
    let [gap, range] = middle_and_range(without, &GPS);
    found.answer.push(Said::new(
        "In {} the need of {} for GPs is more than they can give, beside today, by the work of {} (8 of 10 draws: {}).",
        [count(f64::from(years), "year", "years"), name(&asking.place.name), gap, range],
    ));
    let [less, range] = middle_and_range(effect.narrows, &Unit::Number(1, "full-time GPs"));
    let part = effect.closes.map_or_else(String::new, |part| {
        let percent = |share: f64| libm::round(share * 100.0);
        format!(
            ", {}% of it ({}% to {}%)",
            percent(part.mean),
            percent(part.p10),
            percent(part.p90)
        )
    });
    found.answer.push(Said::new(
        "{} recruits over those years would narrow it by {} (8 of 10 draws: {}){}; a gap is left in {} of the draws.",
        [
            number(recruits.value, 0, ""),
            less,
            range,
            words(part),
            of_all(effect.is_open),
        ],
    ));
    found.verdict = match asking.claim.slots.given.get("says").map(String::as_str) {
        Some("lacks") => of_draws(effect.is_open),
        Some("enough") => of_draws(1.0 - effect.is_open),
        _ => None,
    };
    found.figures = vec![
        Shown::drawn(format!("Gap in {years} years"), without, GPS),
        Shown::drawn("The same with the recruits", with, GPS),
        Shown::drawn("Narrowed by", effect.narrows, Unit::Number(1, "full-time GPs")),
    ];
    if let Some(part) = effect.closes {
        found.figures.push(Shown::drawn("Share of the gap closed", part, Unit::Share(0)));
    }
    let taken = ["arrive", "fte", "leaving"];
    let parameters = taken.iter().filter_map(|name| asking.claim.template.parameter.get(*name));
    found.figures.extend(parameters.map(|one| one.shown(Unit::Number(2, ""))));
    add_moved_by(&outlook, &mut found);
    let name = format!("{:.0} recruits", recruits.value);
    found.exhibit = Some(both("The gap with the recruits and without".to_owned(), &name, effect));
    if found.verdict.is_none() {
        found.lacks.push("a count of those who have come, year by year".to_owned());
    }
    Ok(found)
}

/// What the recruits bring by the last year, as the model has them come, work and leave, beside a gap that the sentence states.
fn of_stated(
    asking: &Asking<'_>,
    recruits: Quantity,
    gap: Quantity,
    effect: &Effect,
    found: &mut Found,
) {
    let years = years_named(asking).unwrap_or(YEARS);
    let brought = effect.narrows;
    let [middle, range] = middle_and_range(brought, &Unit::Number(1, "full-time GPs"));
    found.answer.push(Said::new(
        "{} recruits over {} years would bring {} (8 of 10 draws: {}): {} of the gap that the sentence states ({}).",
        [
            number(recruits.value, 0, ""),
            number(f64::from(years), 0, ""),
            middle,
            range,
            share(brought.mean / gap.value),
            Argument::Figure(gap.value, FTE),
        ],
    ));
    let is_enough = match (brought.p10 >= gap.value, brought.p90 < gap.value) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    };
    found.verdict = is_enough.and_then(|is_enough| said(asking, is_enough));
    found.figures = vec![
        Shown::drawn("Brought by the recruits", brought, Unit::Number(1, "full-time GPs")),
        Shown::new("Gap", gap.value, FTE),
    ];
    found.exhibit = Some(bars(brought.mean, gap.value));
    if found.verdict.is_none() {
        found.lacks.push("a count of those who have come, year by year".to_owned());
    }
}

/// The verdict where the recruits are enough, or are not.
fn said(asking: &Asking<'_>, is_enough: bool) -> Option<Verdict> {
    match asking.claim.slots.given.get("says").map(String::as_str) {
        Some("lacks") => Some(Verdict::of(!is_enough)),
        Some("enough") => Some(Verdict::of(is_enough)),
        _ => None,
    }
}

fn bars(recruits: f64, gap: f64) -> Exhibit {
    Exhibit::Bars {
        title: "Recruits beside the gap".to_owned(),
        unit: FTE,
        bars: vec![Bar::new("Recruits", recruits).subject(), Bar::new("Gap", gap).reference()],
    }
}

/// The recruits beside today's shortfall, where there is no outlook.
fn of_today(asking: &Asking<'_>, recruits: Quantity, why: String) -> Result<Found, EvaluateError> {
    let Some((gap, answer, releases)) = shortfall(asking)? else {
        let said =
            "The workforce of the place is not imported, so that its shortfall is not known.";
        let workforce = "General Practice Workforce, practice level".to_owned();
        return Ok(lacking(Said::plain(said), [workforce, why]));
    };
    let mut found = Found { answer: vec![answer], releases, lacks: vec![why], ..Found::default() };
    beside(asking, recruits, gap, "today’s shortfall to the ratio of the whole", &mut found);
    found.limits.push(
        "The shortfall is today’s, to England’s ratio of GPs to patients; England’s ratio is no standard."
            .to_owned(),
    );
    Ok(found)
}

/// Recruits beside a gap, by arithmetic: those who arrive, with the hours they work, before any leaves again.
fn beside(asking: &Asking<'_>, recruits: Quantity, gap: f64, basis: &str, found: &mut Found) {
    let figure = |name: &str| asking.claim.template.figure(name).unwrap_or(1.0);
    let most = recruits.value * figure("arrive") * figure("fte");
    let years = format!(" over {} years", years_named(asking).unwrap_or(YEARS));
    if gap <= 0.0 {
        found.answer.push(Said::new(
            "{} recruits{} would come on top of the ratio of the whole today; what leavers and growth take away is not yet counted.",
            [number(recruits.value, 0, ""), words(years)],
        ));
    } else {
        found.answer.push(Said::new(
            "{} recruits{} are worth {} at most, because {} arrive and each works {} of full time, and some leave again: {} of {} ({}).",
            [
                number(recruits.value, 0, ""),
                words(years),
                Argument::Figure(most, FTE),
                share(figure("arrive")),
                number(figure("fte"), 2, ""),
                share(most / gap),
                words(basis),
                Argument::Figure(gap, FTE),
            ],
        ));
    }
    // How many stay is not known here: they may be too few, never shown to be enough.
    found.verdict = if most < gap { said(asking, false) } else { None };
    if found.verdict.is_none() {
        found.lacks.push("a count of those who have come and stayed, year by year".to_owned());
    }
    found.figures.push(Shown::new("Recruits, at most", most, FTE));
    found.figures.push(Shown::new("Gap", gap, FTE));
    found.exhibit = Some(bars(most, gap));
}

/// Fully qualified GPs that the place lacks for England's ratio, in full-time equivalents.
fn shortfall(asking: &Asking<'_>) -> Result<Option<(f64, Said, Vec<String>)>, EvaluateError> {
    let Some(definition) = asking.definition_of("qualified_gp_per_10000") else { return Ok(None) };
    let (evaluation, row) = asking.figure(definition)?;
    let Some((row, estimate)) = row.and_then(|row| row.estimate.map(|one| (row, one))) else {
        return Ok(None);
    };
    let Some(england) = row.england.reference.or(evaluation.england_value()) else {
        return Ok(None);
    };
    let gap = (england - estimate.value) / definition.multiplier * estimate.denominator;
    let said = Said::new(
        "{} has {} in {}, {} {}: {} {} at that ratio.",
        [
            name(&asking.place.name),
            of(&definition.id, estimate.value),
            words(format!("{} (fully qualified GPs)", evaluation.period.in_words())),
            words(asking.whole()),
            of(&definition.id, england),
            number(gap.abs(), 0, "full-time equivalents"),
            words(if gap > 0.0 { "fewer than" } else { "more than" }),
        ],
    );
    Ok(Some((gap, said, evaluation.provenance.releases)))
}

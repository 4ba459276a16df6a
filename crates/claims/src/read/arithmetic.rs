//! Claims whose figures stand in the sentence: what follows from them, by arithmetic and, where it helps, beside what is
//! published today.

use super::super::mention::{Change, Quantity, QuantityKind};
use super::super::reading::{Bar, Exhibit, Shown, Verdict};
use super::super::said::{Argument, Said, Unit, number, share, words};
use super::asking::{Asking, Found};
use evidence::Lists;
use models::money::real_change;

fn line(label: impl Into<String>, value: f64, unit: Unit) -> Shown {
    Shown::new(label, value, unit)
}

const FTE: Unit = Unit::Number(0, "full-time equivalents");

/// `500 leave, 300 are in training, 40% want full time`.
pub(super) fn leavers(asking: &Asking<'_>) -> Found {
    let figure = |name: &str| asking.claim.template.figure(name);
    let [leaving, training, full_time] = match stated(asking) {
        Ok(stated) => stated,
        Err(lacking) => return *lacking,
    };
    let (Some(low), Some(middle), Some(high), Some(leaver), Some(leaver_low)) = (
        figure("part_low"),
        figure("part_middle"),
        figure("part_high"),
        figure("leaver"),
        figure("leaver_low"),
    ) else {
        return Found::default();
    };
    let lost = leaving.value * leaver;
    let mut found = Found::default();
    let nets: Vec<(f64, f64, f64)> = [low, middle, high]
        .into_iter()
        .map(|part| {
            let joined = joining_of(training.value, full_time.value, part);
            (part, joined, joined - lost)
        })
        .collect();
    let net = |at: usize| nets.get(at).map_or(f64::NAN, |one| one.2);
    let joined = |at: usize| nets.get(at).map_or(f64::NAN, |one| one.1);
    let fewer = nets.iter().filter(|one| one.2 < 0.0).count();
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
                3 => "by this arithmetic more leave than join, whichever it is",
                0 => "by this arithmetic more join than leave, whichever it is",
                _ => "it depends on how much they work",
            }),
        ],
    ));
    found.figures = joining(&nets);
    found.exhibit = Some(leaving_and_joining(lost, &nets));
    as_england_saw(asking, leaving.value, (&nets, leaver), &mut found);
    within_the_place(asking, leaving.value, leaver_low, &mut found);
    found
}

/// How many leave, how many are in training, and the share that wants full time; or what the sentence lacks of them.
fn stated(asking: &Asking<'_>) -> Result<[Quantity; 3], Box<Found>> {
    let (Some(leaving), Some(training), Some(full_time)) =
        (asking.number("leaving"), asking.number("training"), asking.number("full_time"))
    else {
        return Err(Box::new(super::asking::lacking(
            Said::plain("Whether more leave than join takes three figures: how many leave, how many are in training, and which share of them wants to work full time."),
            ["the numbers leaving and in training and the share that wants full time, in the sentence"
                .to_owned()],
        )));
    };
    if leaving.kind == QuantityKind::Share {
        return Err(Box::new(super::asking::lacking(
            Said::plain("The sentence gives the share that leaves and not how many they are."),
            ["the number of GPs who leave".to_owned()],
        )));
    }
    Ok([leaving, training, full_time])
}

/// Patients for each full-time GP of a place that has more GPs than any: England has some 2,250 (an assumption).
const FEWEST_PATIENTS: f64 = 1_000.0;

/// No more can leave a place than work in it: of another place the sentence bears nothing out.
fn within_the_place(asking: &Asking<'_>, leaving: f64, leaver: f64, found: &mut Found) {
    let counted = full_time_gps(asking)
        .map(|there| (there, format!("has {there:.1} fully qualified full-time GPs")));
    let at_most = || {
        let lists = Lists::of(asking.checker.evidence(), &asking.place, asking.checker.known());
        let patients = lists.ok()??.total();
        let there = patients / FEWEST_PATIENTS;
        Some((
            there,
            format!("has {patients:.0} patients, and not a full-time GP for each 1,000 of them"),
        ))
    };
    let Some((_, has)) = counted.or_else(at_most).filter(|(there, _)| leaving * leaver > *there)
    else {
        return;
    };
    found.verdict = None;
    found.lacks.push(format!(
        "the place that is meant: {} {has}, so that {leaving:.0} cannot leave it",
        asking.place.name
    ));
}

/// Fully qualified GPs of the place in full-time equivalents, where they are known.
fn full_time_gps(asking: &Asking<'_>) -> Option<f64> {
    let definition = asking.definition_of("qualified_gp_per_10000")?;
    let (_, row) = asking.figure(definition).ok()?;
    row.and_then(|row| row.estimate).map(|estimate| estimate.numerator)
}

/// The same with the share of trainees who were in post two years later and the hours of those who left: the verdict rests on
/// this, because not everybody who is in training joins.
fn as_england_saw(
    asking: &Asking<'_>,
    leaving: f64,
    (nets, leaver): (&[(f64, f64, f64)], f64),
    found: &mut Found,
) {
    let figure = |name: &str| asking.claim.template.figure(name);
    let (Some(stay), Some(leaver_low)) = (figure("joining"), figure("leaver_low")) else { return };
    let net = |at: usize, leaver: f64| {
        nets.get(at).map_or(f64::NAN, |one| one.1 * stay - leaving * leaver)
    };
    let (least, most) = (net(0, leaver), net(2, leaver_low));
    found.verdict = match (least < 0.0, most < 0.0) {
        (true, true) => Some(Verdict::Supported),
        (false, false) => Some(Verdict::NotSupported),
        _ => None,
    };
    found.answer.push(Said::new(
        "In England {} of those who finished training were in general practice two years later, and a leaver had {} to {} of a full-time post: \
         with that the net change is {} to {}, {} to {} with the middle share.",
        [
            share(stay),
            number(leaver_low, 3, ""),
            number(leaver, 3, ""),
            number(least, 0, ""),
            Argument::Figure(most, FTE),
            number(net(1, leaver), 0, ""),
            Argument::Figure(net(1, leaver_low), FTE),
        ],
    ));
    found.figures.push(line("Net, as England saw, most leave", least, FTE));
    found.figures.push(line("Net, as England saw, fewest leave", most, FTE));
}

/// Full-time equivalents that join: of those in training a share works full time, the others a part of it.
///
/// Method: [leavers](../../../../docs/book/methods.md#leavers).
const fn joining_of(training: f64, full_time: f64, part: f64) -> f64 {
    training * (full_time + (1.0 - full_time) * part)
}

/// What joins and what is left of it, for each share worked by those who do not work full time.
fn joining(nets: &[(f64, f64, f64)]) -> Vec<Shown> {
    nets.iter()
        .flat_map(|(part, joined, net)| {
            let percent = libm::round(part * 100.0);
            [
                line(format!("Joining, others working {percent}%"), *joined, FTE),
                line(format!("Net, others working {percent}%"), *net, FTE),
            ]
        })
        .collect()
}

/// What leaves beside what joins, for each share worked by those who do not work full time.
fn leaving_and_joining(lost: f64, nets: &[(f64, f64, f64)]) -> Exhibit {
    let mut bars = vec![Bar::new("Leaving", -lost).reference()];
    bars.extend(nets.iter().map(|(part, joined, _)| {
        Bar::new(format!("Joining, others at {}%", libm::round(part * 100.0)), *joined).subject()
    }));
    Exhibit::Bars { title: "Full-time equivalents that leave and join".to_owned(), unit: FTE, bars }
}

/// `An additional 1.5% for core services`, with inflation where the sentence gives it.
pub(super) fn uplift(asking: &Asking<'_>) -> Found {
    let Some(uplift) = asking.number("uplift") else { return Found::default() };
    let mut found = Found::default();
    let growth = growth_of_lists(asking, &mut found);
    let grown = growth.unwrap_or(0.0);
    let real = |inflation: f64| real_change(uplift.value, inflation, grown);
    let growing =
        if growth.is_some() { ", with lists growing as they did in the last year" } else { "" };
    found.answer.push(Said::new(
        "{} more keeps its worth a patient while prices rise by less than {}{}.",
        [share(uplift.value), share(real(0.0)), words(growing)],
    ));
    let inflation = asking.number("inflation").map(|one| one.value);
    if let Some(inflation) = inflation {
        let worth = real(inflation);
        let says = asking.claim.slots.given.get("says").map(String::as_str);
        let falling = asking.claim.slots.change == Some(Change::Falling) || says == Some("cut");
        found.verdict = Some(Verdict::of((worth < 0.0) == falling));
        let sign = if worth < 0.0 { "less" } else { "more" };
        found.answer.push(Said::new(
            "With prices rising by {} it is {} {} in real terms for each patient.",
            [share(inflation), share(worth.abs()), words(sign)],
        ));
    } else {
        found
            .lacks
            .push("the rate of inflation to hold it against: put it into the sentence".to_owned());
    }
    let steps = inflation.map_or_else(|| vec![0.0, 0.01, 0.02, 0.03, 0.04], |one| vec![0.0, one]);
    let label = |one: f64| format!("Real change a patient, prices +{:.1}%", one * 100.0);
    found.figures.extend(steps.iter().map(|one| line(label(*one), real(*one), Unit::Share(1))));
    found.exhibit = Some(Exhibit::Bars {
        title: "Real change for each patient, by inflation".to_owned(),
        unit: Unit::Share(1),
        bars: steps.iter().map(|one| Bar::new(label(*one), real(*one))).collect(),
    });
    found
}

/// How lists of the place grew in the last year, if it is known.
fn growth_of_lists(asking: &Asking<'_>, found: &mut Found) -> Option<f64> {
    let (evaluation, row) = asking.figure(asking.definition_of("list_growth")?).ok()?;
    let growth = row?.estimate?.value;
    found.releases.clone_from(&evaluation.provenance.releases);
    let label = format!("Growth of lists in a year, {}", asking.place.name);
    found.figures.push(line(label, growth, Unit::Share(1)));
    Some(growth)
}

/// `£88m of £1,412m was not drawn`.
pub(super) fn not_drawn(asking: &Asking<'_>) -> Found {
    let figure = |name: &str| asking.claim.template.figure(name);
    let (Some(undrawn), Some(total)) = (asking.number("undrawn"), asking.number("total")) else {
        return super::asking::lacking(
            Said::plain(
                "What was not drawn is read against what could have been: both amounts in pounds are needed.",
            ),
            ["the entitlement and what was not claimed of it, by network".to_owned()],
        );
    };
    if total.value < undrawn.value {
        return super::asking::lacking(
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
        found.figures.push(line(
            "National share not drawn, 2023/24",
            known / of_known,
            Unit::Share(1),
        ));
    }
    if found.verdict.is_none() {
        found
            .lacks
            .push("the ledger of claims: entitlement and claims by network and month".to_owned());
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

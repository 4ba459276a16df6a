//! Claims about how many there are: the number decides, and the share or rate stands beside it and decides nothing.

use vocab::{Estimate, Period};

use super::super::mention::{Amount, Change, Quantity, QuantityKind};
use super::super::reading::{Bar, Exhibit, Shown, Verdict};
use super::super::said::{Argument, Said, Unit, name, of, share, words};
use super::asking::{Asking, Found, lacking};
use super::window;
use indicators::definition::{Definition, Polarity, Statistic};
use indicators::evaluate::EvaluateError;
use indicators::trend::Series;

/// A number that moved by less than this share is called unchanged, and a gap in coverage of less than this is passed
/// over (an assumption, stated in the methods chapter).
pub(super) const UNCHANGED: f64 = 0.005;
/// Sums of the same figures differ by less than this share.
const SAME: f64 = 1e-9;
/// What a sentence may mean as well, where it does not say which.
const ALSO: [(&str, &str); 1] = [("gp_per_10000", "fully_qualified_gp_per_10000")];

/// Whether the sentence asks how many, and not for a share or rate.
pub(super) fn is_asked(asking: &Asking<'_>) -> bool {
    matches!(asking.claim.slots.amount, Some(Amount::Number | Amount::MoreOrFewer))
        && !speaks_of_shares(asking)
}

/// Whether the sentence leaves open whether it speaks of how many or of a share or rate.
pub(super) fn is_open(asking: &Asking<'_>, definition: &Definition) -> bool {
    asking.claim.slots.amount == Some(Amount::Things)
        && can_be_counted(definition)
        && !speaks_of_shares(asking)
}

/// Whether the figures of the sentence are shares or points: `from 61% to 68%`.
fn speaks_of_shares(asking: &Asking<'_>) -> bool {
    let kind = |name: &str| asking.number(name).map(|one| one.kind);
    ["from", "to"].iter().any(|name| kind(name) == Some(QuantityKind::Share))
        || kind("by") == Some(QuantityKind::Points)
}

/// Whether what stands above the line of a figure is a count of people, posts, appointments or visits.
pub(super) fn can_be_counted(definition: &Definition) -> bool {
    let above = &definition.numerator;
    unit(definition).is_some()
        && above.times.is_none()
        && above.area.is_none()
        && definition.id != "patients_per_gp"
        && matches!(
            definition.statistic,
            Statistic::Proportion | Statistic::Rate | Statistic::Ratio
        )
}

/// Whether a stated figure is one of how many there are, and none of the rate that the indicator is.
pub(super) fn is_number_of(asking: &Asking<'_>, definition: &Definition, stated: Quantity) -> bool {
    let amount = asking.claim.slots.amount;
    stated.kind == QuantityKind::Count
        && can_be_counted(definition)
        && amount.is_some_and(|amount| amount != Amount::Rate)
}

/// `There were {value} {indicator}`: the number decides, and the share or rate stands beside it.
pub(super) fn value(
    asking: &Asking<'_>,
    id: &str,
    stated: Quantity,
) -> Result<Found, EvaluateError> {
    let Some(definition) = asking.definition_of(id) else { return Ok(Found::default()) };
    let (evaluation, row) = asking.figure(definition)?;
    let counted = row.and_then(|row| Some((row.numerator?, row.estimate?, row.counted)));
    let Some((number, estimate, counted)) = counted else {
        return Ok(super::asking::no_figure_of(&asking.place, definition));
    };
    let unit = unit(definition).unwrap_or(Unit::Count(""));
    let mut found = Found::of(&evaluation);
    found.answer.push(Said::new(
        "{}, {}, {}: {}, or {}; the sentence says {}.",
        [
            words(counted_name(definition)),
            name(&asking.place.name),
            Argument::Period(evaluation.period),
            Argument::Figure(number, unit.clone()),
            of(&definition.id, estimate.value),
            Argument::Quantity(stated),
        ],
    ));
    let covered = counted.patients_share.unwrap_or(1.0);
    let is_whole = covered > super::asking::WHOLE;
    if is_whole || (stated.bound.is_lowest() && stated.agrees(number)) {
        found.verdict = Some(Verdict::of(stated.agrees(number)));
    } else {
        found.lacks.push(format!("returns of all practices for “{}”", definition.name));
        found.answer.push(Said::new(
            "The practices counted look after {} of the patients: the number of all is not known.",
            [share(covered)],
        ));
    }
    found.figures =
        vec![Shown::new(counted_name(definition), number, unit).in_period(evaluation.period)];
    Ok(found)
}

/// How the number above the line is printed; nothing where it is no count.
pub(super) fn unit(definition: &Definition) -> Option<Unit> {
    let above = &definition.numerator;
    let heads = above.rows.get("measure").is_some_and(|measure| measure == &["headcount"]);
    Some(match above.table.as_str() {
        "staff" if heads => Unit::Count("posts held"),
        "staff" => Unit::Number(2, "full-time equivalents"),
        "appointment" | "appointment_day" | "appointment_sub_icb" => Unit::Count("appointments"),
        "online_consultation" => Unit::Count("submissions"),
        "registered" | "condition" | "list_size" => Unit::Count("patients"),
        "urgent" => Unit::Count(""),
        _ => return None,
    })
}

/// What is counted, without what it is counted for: `All GPs` of `All GPs per 10,000 patients`.
pub(super) fn counted_name(definition: &Definition) -> &str {
    definition.name.split(" per ").next().unwrap_or(&definition.name)
}

/// What is said where a number is asked for that no release gives.
pub(super) fn no_count_of(definition: &Definition) -> Found {
    lacking(
        Said::new(
            "“{}” is published as a share or score; how many there are is not counted.",
            [words(definition.name.clone())],
        ),
        [format!("a count behind “{}”", definition.name)],
    )
}

/// `The number of {indicator} has {change} {since}`: the first and the last number, for every meaning that the sentence
/// leaves open.
pub(super) fn changed(
    asking: &Asking<'_>,
    definition: &Definition,
    change: Change,
) -> Result<Found, EvaluateError> {
    let mut found = Found { method: Some("trend".to_owned()), ..Found::default() };
    let mut verdicts = Vec::new();
    let mut bars = Vec::new();
    for meaning in meanings(asking, definition) {
        if !can_be_counted(&meaning) {
            return Ok(no_count_of(definition));
        }
        let windowed = window::windowed(asking, &meaning)?;
        let two = match windowed.reason {
            Some(reason) => return Ok(reason),
            None => Two::of(&windowed.series, &windowed.window),
        };
        let Some(two) = two else {
            return Ok(super::asking::no_figure_of(&asking.place, definition));
        };
        found.releases.extend(window::releases_of(asking, &meaning, &windowed.series));
        found.answer.push(two.sentence(asking, &meaning));
        verdicts.push(two.verdict(asking, &meaning, change, &mut found));
        found.figures.extend(two.figures(&meaning));
        bars.extend(two.bars(&meaning));
        found.limits.extend(two.limits(&meaning));
    }
    found.releases.sort();
    found.releases.dedup();
    found.limits.sort();
    found.limits.dedup();
    found.verdict = agreed(&verdicts, &mut found);
    found.exhibit = Some(Exhibit::Bars {
        title: format!("{}, {}", counted_name(definition), asking.place.name),
        unit: unit(definition).unwrap_or(Unit::Count("")),
        bars,
    });
    Ok(found)
}

/// The definitions that a sentence may mean; people in post where it speaks of heads.
fn meanings(asking: &Asking<'_>, definition: &Definition) -> Vec<Definition> {
    let also = ALSO.iter().find(|(id, _)| *id == definition.id);
    let also = also.and_then(|(_, id)| asking.definition_of(id));
    let mut meanings: Vec<Definition> =
        [Some(definition), also].into_iter().flatten().cloned().collect();
    let sentence = asking.claim.sentence.to_lowercase().replace('-', " ");
    if ["headcount", "head count"].iter().any(|words| sentence.contains(words)) {
        for meaning in meanings.iter_mut().filter(|one| one.numerator.table == "staff") {
            meaning.numerator.rows.insert("measure".to_owned(), vec!["headcount".to_owned()]);
        }
    }
    meanings
}

/// The verdict that all meanings share.
fn agreed(verdicts: &[Option<bool>], found: &mut Found) -> Option<Verdict> {
    let first = verdicts.first().copied().flatten()?;
    if verdicts.iter().all(|one| *one == Some(first)) {
        return Some(Verdict::of(first));
    }
    if verdicts.iter().all(Option::is_some) {
        found.answer.push(Said::plain(
            "The counts do not say the same, and the sentence leaves open which is meant.",
        ));
        found
            .lacks
            .push("a sentence that says whom it counts, such as “fully qualified GPs”".to_owned());
    }
    None
}

/// Whether a number moved as a sentence says; nothing where good and bad have no meaning.
pub(super) fn moved_so(
    stated: Option<Quantity>,
    change: Change,
    polarity: Polarity,
    (before, after): (f64, f64),
) -> Option<bool> {
    let (grown, more) = (after / before - 1.0, after - before);
    let rises = match (change, polarity) {
        (Change::Unchanged, _) => return Some(grown.abs() < UNCHANGED),
        (Change::Rising, _)
        | (Change::Improving, Polarity::HigherIsBetter)
        | (Change::Worsening, Polarity::LowerIsBetter) => 1.0,
        (Change::Falling, _)
        | (Change::Improving, Polarity::LowerIsBetter)
        | (Change::Worsening, Polarity::HigherIsBetter) => -1.0,
        (Change::Improving | Change::Worsening, Polarity::Neither) => return None,
    };
    Some(match stated {
        Some(stated) if stated.kind == QuantityKind::Share => stated.agrees(rises * grown),
        Some(stated) => stated.agrees(rises * more),
        None => rises * grown > SAME,
    })
}

/// The number at two times, and the share of patients whose practices are counted.
struct Two {
    periods: (Period, Period),
    ends: (Estimate, Estimate),
    covered: (f64, f64),
}

impl Two {
    fn of(series: &Series, window: &[(Period, Estimate)]) -> Option<Self> {
        let (first, last) = (window.first()?, window.last()?);
        let covered = |period: Period| {
            let point = series.points.iter().find(|point| point.period == period);
            let row = point.and_then(|point| point.row.as_ref());
            row.and_then(|row| row.counted.patients_share).unwrap_or(1.0)
        };
        let covered = (covered(first.0), covered(last.0));
        Some(Self { periods: (first.0, last.0), ends: (first.1, last.1), covered })
    }

    const fn numbers(&self) -> (f64, f64) {
        (self.ends.0.numerator, self.ends.1.numerator)
    }

    /// Whether it moved as the sentence says; nothing where a gap in the returns could be what moved it.
    fn verdict(
        &self,
        asking: &Asking<'_>,
        definition: &Definition,
        change: Change,
        found: &mut Found,
    ) -> Option<bool> {
        let (before, after) = self.numbers();
        let ends = [("from", before), ("to", after)];
        let ends_agree = ends
            .iter()
            .all(|(name, value)| asking.number(name).is_none_or(|stated| stated.agrees(*value)));
        let moved = |ends| {
            let moved = moved_so(asking.number("by"), change, definition.polarity, ends)?;
            Some(moved && ends_agree)
        };
        let holds = moved((before, after));
        if holds.is_none() {
            found.answer.push(Said::plain(window::NO_GOOD_DIRECTION));
        }
        let (then, now) = self.covered;
        let is_gap = then > 0.0 && now > 0.0 && (then / now - 1.0).abs() > UNCHANGED;
        if is_gap && moved((before / then, after / now)) != holds {
            found.answer.push(Said::new(
                "The practices counted look after {} of the patients then and {} now: that alone could make the change.",
                [share(then), share(now)],
            ));
            found.lacks.push(format!("returns of all practices for “{}”", definition.name));
            return None;
        }
        holds
    }

    fn sentence(&self, asking: &Asking<'_>, definition: &Definition) -> Said {
        let (before, after) = self.numbers();
        let unit = unit(definition).unwrap_or(Unit::Count(""));
        let grown = after / before - 1.0;
        let moved = match grown {
            grown if grown.abs() <= SAME => "the same number",
            grown if grown > 0.0 => "more",
            _ => "fewer",
        };
        let relation = if grown.abs() <= SAME {
            words(moved)
        } else {
            let decimals = if grown.abs() < UNCHANGED { 3 } else { 1 };
            Argument::Figure(grown.abs(), Unit::Share(decimals))
        };
        let tail = if grown.abs() <= SAME { String::new() } else { format!(" {moved}") };
        Said::new(
            "{}, {}: {} in {}, {} in {}: {}{}. {}: {} and {}.",
            [
                words(counted_name(definition)),
                name(&asking.place.name),
                Argument::Figure(before, unit.clone()),
                Argument::Period(self.periods.0),
                Argument::Figure(after, unit),
                Argument::Period(self.periods.1),
                relation,
                words(tail),
                words(if counted_name(definition) == definition.name {
                    "As a share"
                } else {
                    "As a rate"
                }),
                of(&definition.id, self.ends.0.value),
                of(&definition.id, self.ends.1.value),
            ],
        )
    }

    fn figures(&self, definition: &Definition) -> [Shown; 2] {
        let unit = unit(definition).unwrap_or(Unit::Count(""));
        let one = |value, period| {
            Shown::new(counted_name(definition), value, unit.clone()).in_period(period)
        };
        [one(self.ends.0.numerator, self.periods.0), one(self.ends.1.numerator, self.periods.1)]
    }

    fn bars(&self, definition: &Definition) -> [Bar; 2] {
        let (before, after) = self.numbers();
        let label = |period: Period| format!("{}, {}", counted_name(definition), period.in_words());
        [
            Bar::new(label(self.periods.0), before).reference(),
            Bar::new(label(self.periods.1), after).subject(),
        ]
    }

    fn limits(&self, definition: &Definition) -> Vec<String> {
        let mut limits = vec![
            "How many there are also follows how many patients there are: the share or rate stands beside it.".to_owned(),
        ];
        limits.extend(window::season(self.periods));
        if definition.numerator.table.starts_with("appointment") {
            limits.push("Months differ in their working days.".to_owned());
        }
        limits
    }
}

//! Why practices differ, in words and tables: a plain sentence first, the number second.

mod warnings;

use indicators::Definition;
use indicators::variation::{Kind, Member, Reason, SpecialMember, Variation, Weighing};
use stats::Figure;
use stats::explained::{Bar, median_ratio};
use stats::funnel::Standing;
use vocab::{Level, Observed, Organisation};

use super::{linked, stands, style, verdict};
use crate::address;
use kit::caption::Caption;
use kit::chart::funnel::{Funnel, Limits, Point};
use kit::chart::shares::{Part, Shares};
use kit::number::{Style, capitalise, counted, in_words, plain as digits};
use kit::table::{Cell, Column, Row, Table};
use kit::text::title_case;
use kit::words::Verdict;

pub use self::warnings::warnings;

/// Sizes at which limits are drawn.
const STEPS: i32 = 60;

fn percent(share: f64) -> String {
    match 100.0 * share {
        small if small > 0.0 && small < 0.95 => "under 1%".to_owned(),
        large => format!("{}%", digits(large, 0)),
    }
}

fn with_interval(figure: Figure) -> String {
    let Figure { value, limits } = figure;
    if limits.lower.is_nan() || limits.upper < 0.005 {
        return percent(value);
    }
    let end = |share: f64| digits(100.0 * share, 0);
    format!("{} (95% interval {} to {}%)", percent(value), end(limits.lower), end(limits.upper))
}

/// The answer in one sentence without a number.
#[must_use]
pub fn plain(found: &Variation) -> String {
    of_bar(&found.explanation.bar).to_owned()
}

/// The same of the bar: a part is told to be most of it only where its interval lies above the half, and to be there at all
/// only where its interval leaves nought out.
fn of_bar(bar: &Bar) -> &'static str {
    let above = |figure: Figure, share: f64| {
        let lower = figure.limits.lower;
        if lower.is_nan() { figure.value > share } else { lower > share }
    };
    let (explained, left) = (bar.explained, bar.left);
    if bar.chance.is_some_and(|chance| above(chance, 0.5)) {
        "Most of the difference between practices is what chance alone would give."
    } else if above(explained, 0.5) {
        "Practices differ mostly because their patients do."
    } else if above(left, 0.5) {
        "Practices differ mostly for reasons that neither chance nor what is known of their patients explains."
    } else if above(explained, 0.01) && above(left, 0.01) {
        "Practices differ partly because their patients do, and partly for reasons that are left unexplained."
    } else {
        "How much of the difference between practices goes with their patients and how much is left unexplained is too uncertain to tell."
    }
}

/// The bar in a sentence.
#[must_use]
pub fn bar(found: &Variation) -> String {
    let bar = found.explanation.bar;
    let practices = counted(found.counted.modelled, "practice", "practices");
    let chance = bar
        .chance
        .map_or_else(String::new, |chance| format!("{} is chance, ", with_interval(chance)));
    let tail = if bar.chance.is_none() {
        " An amount counts nothing, so chance cannot be told apart: it is part of what is left."
    } else {
        ""
    };
    format!(
        "Of the variation between {practices}, {chance}{} goes with who their patients are, and {} is left over.{tail}",
        with_interval(bar.explained),
        with_interval(bar.left)
    )
}

/// Further sentences: the typical gap before and after, networks, reliability.
#[must_use]
pub fn details(definition: &Definition, found: &Variation) -> Vec<String> {
    let mut sentences: Vec<String> = weighing(found).into_iter().collect();
    let steps = &found.explanation.steps;
    if let (Some(first), Some(last)) = (steps.first(), steps.last()) {
        sentences.push(gap(definition, found.kind, first.spread, last.spread));
    }
    if let Some(share) = found.explanation.between_networks {
        sentences.push(format!(
            "Of what is left, {} lies between networks and the rest between practices of one network.",
            percent(share)
        ));
    }
    if let Some(reliability) = found.reliability {
        sentences.push(format!(
            "The figure of a middle-sized practice is {} signal; the rest of it is chance.",
            percent(reliability)
        ));
    }
    sentences
}

fn gap(definition: &Definition, kind: Kind, before: f64, after: f64) -> String {
    match kind {
        Kind::Amounts => {
            let style = style(definition);
            format!(
                "The standard deviation between practices is {} as published and {} once patients are allowed for.",
                style.figure(before),
                style.figure(after)
            )
        }
        Kind::Events | Kind::Parts => {
            let what = if kind == Kind::Events { "a rate" } else { "odds" };
            let more = |spread| digits(100.0 * (median_ratio(spread) - 1.0), 0);
            format!(
                "Of two practices picked at random the higher has, typically, {what} {}% above the lower; of two with the same patients, {}%.",
                more(before),
                more(after)
            )
        }
    }
}

/// Where the weights come from, when not from the practices asked about.
#[must_use]
pub fn weighing(found: &Variation) -> Option<String> {
    let here = counted(found.counted.modelled, "practice", "practices");
    match found.weighing {
        Weighing::Here => None,
        Weighing::Everywhere { practices } => Some(format!(
            "{} cannot weigh many facts about their patients against each other, so the weights come from all {} comparable practices of the evidence; how much they explain is measured here.",
            capitalise(&here),
            digits(practices as f64, 0)
        )),
        Weighing::Few { used, left_out } => Some(format!(
            "{} can tell only a few facts about their patients apart, and there are no others to learn from: {} used, in the order in which boards ask for them, and {} left out.",
            capitalise(&here),
            counted(used, "is", "are"),
            counted(left_out, "is", "are")
        )),
    }
}

/// One line a stage: how much has been explained up to it.
#[must_use]
pub fn steps(found: &Variation) -> Vec<String> {
    let line = |(step, stage): (&stats::explained::Step, &indicators::variation::StageUsed)| {
        format!(
            "with {}: {} explained (fitted {}, on practices not seen {})",
            stage.case_mix.in_words(),
            percent(step.explained),
            percent(step.fitted),
            percent(step.unseen)
        )
    };
    found.explanation.steps.iter().skip(1).zip(&found.stages).map(line).collect()
}

/// How many practices move.
#[must_use]
pub fn moved(found: &Variation) -> String {
    let outer = |standing: Standing| matches!(standing, Standing::LowOuter | Standing::HighOuter);
    let moved: Vec<&Member> = found.moved().collect();
    let out = found.members.iter().filter(|member| outer(member.before)).count();
    let stops = moved.iter().filter(|member| !outer(member.after)).count();
    let starts = moved.iter().filter(|member| !outer(member.before)).count();
    let other = moved.len() - stops - starts;
    let turned = if other > 0 {
        format!(
            " {} to the other side.",
            capitalise(&counted(other, "practice moves", "practices move"))
        )
    } else {
        String::new()
    };
    let inside = match (out, stops) {
        (0, _) => String::new(),
        (1, 0) => "it still does and ".to_owned(),
        (1, _) => "it moves inside them and ".to_owned(),
        (_, 1) => "one of these moves inside them and ".to_owned(),
        (_, stops) => format!("{} of these move inside them and ", in_words(stops)),
    };
    format!(
        "{} beyond the 99.8% limits as published. Once patients are allowed for, {inside}{} beyond them.{turned}",
        capitalise(&counted(out, "practice stands", "practices stand")),
        if out == 0 {
            counted(starts, "practice moves", "practices move")
        } else {
            counted(starts, "other moves", "others move")
        },
    )
}

fn standing_words(standing: Standing) -> &'static str {
    match standing {
        Standing::LowOuter => "low",
        Standing::HighOuter => "high",
        _ => "within the limits",
    }
}

/// Why a practice moved, in words.
#[must_use]
pub fn why(definition: &Definition, found: &Variation, member: &Member) -> String {
    let change = format!("{} → {}", standing_words(member.before), standing_words(member.after));
    let reasons: Vec<String> =
        member.reasons.iter().map(|one| reason(definition, found.kind, one)).collect();
    if reasons.is_empty() {
        return format!("{change}: the limits drew together once patients were allowed for");
    }
    format!("{change}: {}", reasons.join("; "))
}

fn reason(definition: &Definition, kind: Kind, reason: &Reason) -> String {
    let Reason { label, value, average, effect } = reason;
    let effect = match kind {
        Kind::Amounts => {
            let sign = if *effect < 0.0 { "takes" } else { "adds" };
            format!("{sign} {}", style(definition).figure(effect.abs()))
        }
        Kind::Events | Kind::Parts => {
            let change = digits(100.0 * (effect - 1.0).abs(), 0);
            let verb = if *effect < 1.0 { "lowers" } else { "raises" };
            let what = if kind == Kind::Events { "what is expected" } else { "the odds expected" };
            format!("{verb} {what} by {change}%")
        }
    };
    if label == "deprivation score" {
        let (value, average) = (digits(*value, 1), digits(*average, 1));
        return format!("{label} {value} against {average} {effect}");
    }
    if label.ends_with("practice") {
        let is = if *value > 0.5 { "being a" } else { "not being a" };
        return format!("{is} {label} {effect}");
    }
    let share = |share: f64| format!("{}%", digits(100.0 * share, 1));
    let more = if value > average { "more" } else { "fewer" };
    format!("{more} {label} ({} against {}) {effect}", share(*value), share(*average))
}

/// The bar as a chart.
#[must_use]
pub fn shares(found: &Variation, caption: Caption) -> Shares {
    let bar = found.explanation.bar;
    let part = |name: &str, figure: Figure| Part {
        name: name.to_owned(),
        value: figure.value,
        interval: figure
            .limits
            .lower
            .is_finite()
            .then_some((figure.limits.lower, figure.limits.upper)),
    };
    let mut parts: Vec<Part> =
        bar.chance.map(|chance| part("Chance", chance)).into_iter().collect();
    parts.push(part("Who the patients are", bar.explained));
    parts.push(part("Left over", bar.left));
    Shares { caption, parts }
}

/// Stage by stage as a table.
#[must_use]
pub fn steps_table(found: &Variation, caption: Caption) -> Table {
    let share = |heading: &str, key: &str| Column::number(heading, key, Style::percentage(1, ""));
    let rows = found.explanation.steps.iter().skip(1).zip(&found.stages).map(|(step, stage)| Row {
        cells: vec![
            Cell::text(capitalise(stage.case_mix.in_words())),
            Cell::text(stage.covariates.join(", ")),
            Cell::Number(Observed::Value(step.explained)),
            Cell::Number(Observed::Value(step.fitted)),
            Cell::Number(Observed::Value(step.unseen)),
        ],
        pinned: false,
    });
    Table {
        caption,
        columns: vec![
            Column::text("Allowing also for", "stage"),
            Column::text("Measured by", "covariates"),
            share("Explained up to here", "explained_share"),
            share("On practices fitted to", "explained_fitted_share"),
            share("On practices not seen", "explained_unseen_share"),
        ],
        rows: rows.collect(),
        notes: Vec::new(),
    }
}

/// The funnel before or after the case mix is allowed for; nothing for amounts.
#[must_use]
pub fn funnel(
    definition: &Definition,
    found: &Variation,
    is_after: bool,
    caption: Caption,
) -> Option<Funnel> {
    let around = if is_after { &found.after } else { &found.before };
    let sizes = around.points.iter().map(|point| point.0);
    let largest = sizes.clone().fold(0.0, f64::max);
    let smallest = sizes.fold(largest / 20.0, f64::min).max(1.0);
    let (mut raw, mut adjusted) = (Vec::new(), Vec::new());
    for step in 0..=STEPS {
        let size = smallest * libm::pow(largest / smallest, f64::from(step) / f64::from(STEPS));
        let at = around.at(size)?;
        raw.push(Limits { size, p95: Some(at.inner), p998: at.outer });
        adjusted.extend(at.outer_adjusted.map(|p998| Limits { size, p95: None, p998 }));
    }
    let points = found.members.iter().zip(&around.points).map(|(member, point)| Point {
        code: member.code.clone(),
        name: title_case(&member.name),
        href: Some(address::to(&practice(&member.code))),
        size: point.0,
        value: point.1,
        verdict: standing(definition, if is_after { member.after } else { member.before }),
        named: false,
    });
    let is_events = found.kind == Kind::Events;
    let words =
        if is_events { "events expected".to_owned() } else { super::denominator_words(definition) };
    Some(Funnel {
        caption,
        size_label: capitalise(&words),
        size_style: Style::count(&words),
        style: if is_events {
            Style::number(2, "observed over expected")
        } else {
            style(definition)
        },
        reference: ("All these practices".to_owned(), around.middle),
        raw,
        adjusted,
        points: points.collect(),
    })
}

fn practice(code: &str) -> Organisation {
    Organisation { level: Level::Practice, code: code.to_owned() }
}

fn standing(definition: &Definition, at: Standing) -> Verdict {
    stands(definition.polarity, at)
}

/// Every practice of the model, those that move first.
#[must_use]
pub fn members_table(definition: &Definition, found: &Variation, caption: Caption) -> Table {
    let mut members: Vec<&Member> = found.members.iter().collect();
    members.sort_by_key(|member| !member.has_moved());
    table_of(definition, found, &members, caption)
}

/// The practices that move, and why.
#[must_use]
pub fn moved_table(definition: &Definition, found: &Variation, caption: Caption) -> Table {
    table_of(definition, found, &found.moved().collect::<Vec<_>>(), caption)
}

fn table_of(
    definition: &Definition,
    found: &Variation,
    members: &[&Member],
    caption: Caption,
) -> Table {
    let ratio = |heading: &str, key: &str| Column::number(heading, key, Style::number(2, ""));
    let amount = |heading: &str, key: &str| Column::number(heading, key, Style::number(1, ""));
    let rows = members.iter().map(|member| Row {
        cells: vec![
            linked(&member.name, &practice(&member.code)),
            Cell::text(&member.code),
            Cell::Number(Observed::Value(member.value)),
            Cell::Number(Observed::Value(member.observed)),
            Cell::Number(Observed::Value(member.expected)),
            Cell::Number(Observed::Value(member.ratio())),
            Cell::Number(Observed::Value(member.shrunk)),
            Cell::Verdict(standing(definition, member.before)),
            Cell::Verdict(standing(definition, member.after)),
            Cell::text(why(definition, found, member)),
        ],
        pinned: false,
    });
    Table {
        caption,
        columns: vec![
            Column::text("Practice", "practice_name"),
            Column::text("Code", "practice"),
            Column::number("Figure", "value", style(definition)),
            amount("Observed", "observed").download_only(),
            amount("Expected from its patients", "expected").download_only(),
            ratio("Observed over expected", "observed_over_expected"),
            ratio("Chance taken off", "observed_over_expected_shrunk"),
            Column::verdict("As published", "before"),
            Column::verdict("Patients allowed for", "after"),
            Column::text("Why", "why"),
        ],
        rows: rows.collect(),
        notes: Vec::new(),
    }
}

/// The practices with special lists beside the others of their kind.
#[must_use]
pub fn special_table(definition: &Definition, found: &Variation, caption: Caption) -> Table {
    let row = |one: &SpecialMember| Row {
        cells: vec![
            linked(&one.name, &practice(&one.code)),
            Cell::text(&one.code),
            Cell::text(one.special.in_words()),
            Cell::Number(Observed::Value(one.value)),
            Cell::maybe(one.comparison.and_then(|with| with.reference)),
            Cell::Number(Observed::Value(one.peers as f64)),
            Cell::Verdict(
                one.comparison.map_or(Verdict::NotCompared, |with| verdict(definition, &with)),
            ),
        ],
        pinned: false,
    };
    Table {
        caption,
        columns: vec![
            Column::text("Practice", "practice_name"),
            Column::text("Code", "practice"),
            Column::text("List", "list"),
            Column::number("Figure", "value", style(definition)),
            Column::number("Others of its kind", "peers_value", style(definition)),
            Column::number("How many others", "peers", Style::count("")),
            Column::verdict("Compared with them", "compared"),
        ],
        rows: found.special.iter().map(row).collect(),
        notes: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use stats::Limits;

    use super::*;

    fn share(value: f64, lower: f64, upper: f64) -> Figure {
        Figure { value, limits: Limits { lower, upper } }
    }

    fn said(explained: Figure, left: Figure) -> &'static str {
        of_bar(&Bar { chance: Some(share(0.1, 0.05, 0.15)), explained, left })
    }

    #[test]
    fn no_part_is_called_most_of_it_whose_interval_reaches_below_the_half() {
        let mostly = said(share(0.7, 0.55, 0.8), share(0.2, 0.1, 0.35));
        assert_eq!(mostly, "Practices differ mostly because their patients do.");
        for (explained, left) in [
            (share(0.7, 0.3, 0.9), share(0.2, 0.02, 0.6)),
            (share(0.2, 0.02, 0.6), share(0.7, 0.3, 0.9)),
        ] {
            let said = said(explained, left);
            assert!(said.starts_with("Practices differ partly"), "{said}");
        }
    }

    #[test]
    fn a_part_that_may_be_nought_is_not_told_to_be_there() {
        let said = said(share(0.3, 0.0, 0.8), share(0.6, 0.1, 0.9));
        assert!(said.contains("too uncertain to tell"), "{said}");
    }
}

//! Whether a scenario stays within the money of another one.

use kit::{Caption, Cell, Column, Exhibit, Row, Style, Table};
use models::money::Pence;
use options::money::{cost_by_year, envelope, remarks_of_both};
use options::scenario::{DO_NOTHING, Resolved, Scenarios};
use vocab::{Month, Period};

use super::MONTHS;
use super::costs::first_april;
use crate::choices::Choices;
use crate::context::Context;
use crate::origin::caption;
use crate::refusal::Refusal;

/// What a scenario is held against.
pub(super) struct Beside<'a> {
    /// The other scenario.
    other: Resolved<'a>,
    /// Pounds a year that it may cost more.
    room: Pence,
}

impl<'a> Beside<'a> {
    /// The scenario and the room that are chosen; doing nothing and no room without them.
    pub(super) fn of(scenarios: &'a Scenarios, choices: &Choices) -> Result<Self, Refusal> {
        let key = choices.get("beside").unwrap_or(DO_NOTHING);
        let other = scenarios
            .resolve(key)
            .map_err(|problem| Refusal::unusable("beside", &problem.to_string()))?;
        let word = choices.get("room").unwrap_or("0");
        let room: Option<f64> = word.replace([',', '£'], "").trim().parse().ok();
        let room = room
            .filter(|room| room.is_finite() && *room >= 0.0)
            .ok_or_else(|| Refusal::bad_choice("room", word, "pounds a year from 0 up"))?;
        Ok(Self { other, room: Pence::of_pounds(room) })
    }

    /// The pounds a year, as the form shows them.
    pub(super) fn room(&self) -> String {
        format!("{:.0}", self.room.pounds())
    }

    /// The other scenario.
    pub(super) fn other(&self) -> &Resolved<'a> {
        &self.other
    }

    /// The key of the other scenario.
    pub(super) fn key(&self) -> &str {
        &self.other.scenario.key
    }
}

/// The April before the first intervention of either, from which both are looked at.
pub(super) fn first_april_of(both: [&Resolved<'_>; 2]) -> Option<Month> {
    both.into_iter().filter_map(first_april).min()
}

/// Year by year beside the other scenario; nothing where neither changes anything.
pub(super) fn exhibit(
    context: &Context,
    resolved: &Resolved<'_>,
    beside: &Beside<'_>,
) -> Option<Exhibit> {
    let base = first_april_of([resolved, &beside.other])?;
    let [ours, theirs] = [resolved, &beside.other].map(|one| cost_by_year(one, base, MONTHS));
    let compared = envelope(&ours, &theirs);
    let pounds = |pence: Pence| Style::pounds(0, "").figure(pence.pounds());
    let (own, other) = (&resolved.scenario.name, &beside.other.scenario.name);
    let on_top = if beside.room > Pence(0) {
        format!(" with {} a year on top", pounds(beside.room))
    } else {
        String::new()
    };
    let most = compared.more.iter().max_by_key(|(_, more)| *more)?;
    let verdict = if compared.holds(beside.room) {
        format!("“{own}” stays within the money of “{other}”{on_top}.")
    } else {
        format!(
            "“{own}” does not stay within the money of “{other}”{on_top}: in {} it costs {} more.",
            Period::FinancialYear(most.0).in_words(),
            pounds(most.1)
        )
    };
    let saves = if compared.saves.is_empty() {
        "Nothing is stopped or saved by it.".to_owned()
    } else {
        format!("Stopped or saved: {}.", compared.saves.join("; "))
    };
    let title = format!("“{own}” beside the money of “{other}”");
    let caption = Caption {
        source: "the scenarios themselves".to_owned(),
        ..caption(context, "envelope", &title, &[])
    };
    let rows =
        ours.iter().zip(&theirs).zip(&compared.more).map(|((ours, theirs), (year, more))| {
            Row::new(vec![
                Cell::text(Period::FinancialYear(*year).in_words()),
                Cell::value(ours.total().pounds()),
                Cell::value(theirs.total().pounds()),
                Cell::value(more.pounds()),
                Cell::text(if *more <= beside.room { "within" } else { "not within" }),
            ])
        });
    let money = |heading: &str, key: &str| Column::number(heading, key, Style::pounds(0, ""));
    let table = Table {
        caption,
        columns: vec![
            Column::text("Financial year", "year"),
            money("It costs", "pounds"),
            money("The other costs", "other_pounds"),
            money("More", "more_pounds"),
            Column::text("The same money", "within"),
        ],
        rows: rows.collect(),
        notes: notes(resolved, &beside.other),
    };
    let reading = format!("{verdict} {saves}");
    Some(Exhibit::table("envelope", "Within the same money?", reading, table))
}

/// What must be known of the money of both.
fn notes(resolved: &Resolved<'_>, other: &Resolved<'_>) -> Vec<String> {
    let mut notes: Vec<String> =
        remarks_of_both(resolved, other).into_iter().map(str::to_owned).collect();
    notes.push("Costs that come on top of what the contracts pay by rule. To reconfigure without more money, take out something that is paid for today: a change with a minus cost.".to_owned());
    notes
}

//! The contract money that a scenario moves between the networks of a place and another scenario does not, told alike by the
//! page and the command.

use std::collections::BTreeMap;

use evidence::Place;
use kit::{Cell, Column, Exhibit, Row, Style, Table};
use models::money::{Moved, Pence, members, move_practices, moved_by_year};
use models::parameters::Parameters;
use options::scenario::{DO_NOTHING, Resolved};
use study::Study;
use vocab::codes::NetworkCode;
use vocab::{FinancialYear, Month, Period};

use crate::context::Context;
use crate::origin::caption;
use crate::refusal::Refusal;

/// By which rules it is worked out, and what is left out.
pub const RULES: &str = "By the network contract, with the rules of the year or the latest before it whose rates were read; lines whose rate or base is not known are left out, and a weighted list that is not published is estimated from ages.";

/// What each network of a place is paid more, or with a minus less, in each financial year by the one scenario than by the other;
/// what both move alike is left out.
///
/// # Errors
/// When the lists of the place cannot be read.
pub fn moved(
    study: &Study,
    place: &Place,
    [one, other]: [&Resolved<'_>; 2],
    months: (Month, u32),
) -> Result<Vec<Moved>, Refusal> {
    let [one, other] = [one.changes(), other.changes()];
    if !move_practices(&one) && !move_practices(&other) {
        return Ok(Vec::new());
    }
    let base = study.base(place, Parameters::embedded(), 0);
    let base = base.map_err(|why| Refusal::no_outlook(&why))?;
    let members = members(&base, study.weighted_lists(place).as_ref());
    let [one, other] = [one, other].map(|changes| moved_by_year(&members, &changes, months));
    Ok(beyond(one, other))
}

/// What the first moves beyond the second, by year and network.
fn beyond(one: Vec<Moved>, other: Vec<Moved>) -> Vec<Moved> {
    let mut found: BTreeMap<(FinancialYear, NetworkCode), Moved> = BTreeMap::new();
    for moved in one {
        found.insert((moved.year, moved.network), moved);
    }
    for anyway in other {
        let key = (anyway.year, anyway.network);
        let none = Moved { more: Pence(0), warnings: Vec::new(), ..anyway };
        let moved = found.entry(key).or_insert(none);
        moved.more = moved.more - anyway.more;
    }
    found.into_values().filter(|moved| moved.more != Pence(0)).collect()
}

/// The same as a table; nothing where none moves.
pub(super) fn exhibit(
    context: &Context,
    [one, other]: [&Resolved<'_>; 2],
    moved: &[Moved],
) -> Option<Exhibit> {
    let (own, other) = (&one.scenario.name, &other.scenario);
    let beside = if other.key == DO_NOTHING {
        String::new()
    } else {
        format!(" and “{}” does not", other.name)
    };
    let title = format!("Contract money that “{own}” moves{beside}");
    let rows = moved.iter().map(|one| {
        Row::new(vec![
            Cell::text(Period::FinancialYear(one.year).in_words()),
            Cell::text(one.network.to_string()),
            Cell::value(one.more.pounds()),
            Cell::text(one.warnings.join("; ")),
        ])
    });
    let table = Table {
        caption: caption(context, "contract", &title, &["list_size", "contract"]),
        columns: vec![
            Column::text("Financial year", "year"),
            Column::text("Network", "network"),
            Column::number("Pounds more", "pounds_more", Style::pounds(0, "")),
            Column::text("Then in question", "warnings"),
        ],
        rows: rows.collect(),
        notes: vec![RULES.to_owned()],
    };
    let reading = "What each network is paid more, or with a minus less, because practices move, merge or close.";
    let exhibit = Exhibit::table("contract", "Contract money that moves", reading, table);
    (!moved.is_empty()).then_some(exhibit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved(network: &str, pounds: f64) -> Moved {
        Moved {
            year: FinancialYear { begins: 2026 },
            network: network.parse().unwrap(),
            more: Pence::of_pounds(pounds),
            warnings: Vec::new(),
        }
    }

    #[test]
    fn what_both_move_is_left_out_and_what_only_the_other_moves_is_taken_off() {
        let one = vec![moved("U00001", -10.0), moved("U00002", 30.0)];
        let other = vec![moved("U00001", -10.0), moved("U00002", 10.0), moved("U00003", 5.0)];
        let found = beyond(one, other);
        assert_eq!(found, [moved("U00002", 20.0), moved("U00003", -5.0)]);
    }
}

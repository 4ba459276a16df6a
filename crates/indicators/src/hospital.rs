//! What happens at the hospitals of an area: emergency departments and other walk-in care by provider, and waits for
//! treatment by area of treatment.
//!
//! A provider is no area: its attendances come from wherever people live, and it is listed under the board that it is
//! counted to. Providers that no mapping places are counted and told.

use std::collections::BTreeMap;

use evidence::{Evidence, EvidenceError, Frame, Place, TextColumn, tables};
use vocab::Period;

use crate::monday::of_sub_icb;
use crate::units::as_at;

/// A provider of emergency care in a month.
#[derive(Debug, Clone, PartialEq)]
pub struct EmergencyProvider {
    /// Its code.
    pub code: String,
    /// Its name in the mapping.
    pub name: String,
    /// Attendances of all types.
    pub attendances: f64,
    /// Attendances over four hours, where they are given.
    pub over_4_hours: Option<f64>,
}

/// The providers counted to a board.
#[derive(Debug, Clone, PartialEq)]
pub struct EmergencyProviders {
    /// The month.
    pub period: Period,
    /// The month of the mapping to boards.
    pub mapped: Period,
    /// Those with attendances, most first.
    pub providers: Vec<EmergencyProvider>,
    /// How many providers no mapping places with a board, and their attendances.
    pub unplaced: (usize, f64),
}

/// The providers of emergency care that are counted to a board, in the latest month that has any by provider; nothing
/// where no mapping or no such month is imported.
///
/// # Errors
/// When a table cannot be read.
pub fn emergency_providers(
    evidence: &Evidence,
    icb: &str,
) -> Result<Option<EmergencyProviders>, EvidenceError> {
    for period in evidence.periods("urgent").into_iter().rev() {
        let measures = by_provider(&*evidence.frame("urgent", period)?);
        let Some(mapped) = evidence.nearest_period("provider_board", period) else {
            return Ok(None);
        };
        if measures.is_empty() {
            continue;
        }
        let boards = boards(&*evidence.frame("provider_board", mapped)?);
        let (mut providers, mut unplaced) = (Vec::new(), (0, 0.0));
        for (code, (attendances, over_4_hours)) in measures {
            match boards.get(&code) {
                Some((board, name)) if board == icb && attendances > 0.0 => {
                    let name = name.clone();
                    providers.push(EmergencyProvider { code, name, attendances, over_4_hours });
                }
                None if attendances > 0.0 => unplaced = (unplaced.0 + 1, unplaced.1 + attendances),
                _ => {}
            }
        }
        providers.sort_by(|a, b| b.attendances.total_cmp(&a.attendances));
        return Ok(Some(EmergencyProviders { period, mapped, providers, unplaced }));
    }
    Ok(None)
}

/// Attendances of providers and those over four hours.
fn by_provider(frame: &Frame) -> BTreeMap<String, (f64, Option<f64>)> {
    let mut found: BTreeMap<String, (f64, Option<f64>)> = BTreeMap::new();
    let urgent = tables::urgent::Columns::of(frame);
    for row in (0..frame.rows()).filter(|row| word(urgent.level, *row) == "provider") {
        let value = urgent.value.get(row).copied().filter(|value| value.is_finite());
        let code = word(urgent.organisation, row).to_owned();
        match word(urgent.measure, row) {
            "attendances" => found.entry(code).or_default().0 = value.unwrap_or(0.0),
            "attendances_over_4_hours" => found.entry(code).or_default().1 = value,
            _ => {}
        }
    }
    found
}

/// Board and name of each provider that has a board.
fn boards(frame: &Frame) -> BTreeMap<String, (String, String)> {
    let mapped = tables::provider_board::Columns::of(frame);
    let get = |column, row| word(column, row).to_owned();
    let with_one = (0..frame.rows()).filter(|row| !word(mapped.icb, *row).is_empty());
    let told = |row| (get(mapped.provider, row), (get(mapped.icb, row), get(mapped.name, row)));
    with_one.map(told).collect()
}

/// Waits for an area of treatment at the end of a month.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TreatmentWait {
    /// The area of treatment.
    pub name: String,
    /// Pathways that wait.
    pub waiting: f64,
    /// Of these, up to 18 weeks.
    pub within_18_weeks: f64,
    /// Of these, more than 52 weeks.
    pub over_52_weeks: f64,
}

/// Waits by area of treatment, most first, of the sub-ICB locations that lie whole in a place, in the latest month.
///
/// # Errors
/// When a table cannot be read.
pub fn waits_by_treatment(
    evidence: &Evidence,
    within: &Place,
) -> Result<Option<(Period, Vec<TreatmentWait>)>, EvidenceError> {
    let Some(period) = evidence.periods("referral_wait").last().copied() else { return Ok(None) };
    let frame = evidence.frame("referral_wait", period)?;
    let known = evidence.affiliations(as_at(period))?;
    let mut found: BTreeMap<&str, TreatmentWait> = BTreeMap::new();
    let waits = tables::referral_wait::Columns::of(&frame);
    let number = |values: &[f64], row: usize| {
        values.get(row).copied().filter(|value| value.is_finite()).unwrap_or(0.0)
    };
    for row in 0..frame.rows() {
        let is_waiting = word(waits.level, row) == "sub_icb" && word(waits.part, row) == "waiting";
        if !is_waiting || !within.holds(&of_sub_icb(&known, word(waits.organisation, row))) {
            continue;
        }
        let wait = found.entry(word(waits.treatment, row)).or_default();
        word(waits.treatment_name, row).clone_into(&mut wait.name);
        wait.waiting += number(waits.timed, row);
        wait.within_18_weeks += number(waits.within_18_weeks, row);
        wait.over_52_weeks += number(waits.over_52_weeks, row);
    }
    let mut waits: Vec<TreatmentWait> = found.into_values().collect();
    waits.sort_by(|a, b| b.waiting.total_cmp(&a.waiting));
    Ok((!waits.is_empty()).then_some((period, waits)))
}

fn word(column: &TextColumn, row: usize) -> &str {
    column.get(row).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use evidence::Given;

    use super::*;

    #[test]
    fn providers_stand_under_their_board_and_those_without_one_are_counted() {
        let urgent = [
            ("RZ1", "provider", "attendances", 900.0),
            ("RZ1", "provider", "attendances_over_4_hours", 300.0),
            ("RZ2", "provider", "attendances", 1_000.0),
            ("RZ3", "provider", "attendances", 50.0),
            ("RZ4", "provider", "attendances", 0.0),
            ("QZZ", "icb", "attendances", 950.0),
        ]
        .map(|(code, level, measure, value)| tables::urgent::Row {
            organisation: code.into(),
            level: level.into(),
            measure: measure.into(),
            value: value.into(),
            mark: "value".into(),
        });
        let boards = [("RZ1", "QZZ"), ("RZ2", "QZY"), ("RZ4", "QZZ")].map(|(code, icb)| {
            tables::provider_board::Row {
                provider: code.into(),
                name: "NAME".into(),
                icb: icb.into(),
                icb_name: "BOARD".into(),
                region: "NORTH".into(),
            }
        });
        let evidence = Given::default()
            .with("2025-06".parse().unwrap(), urgent)
            .with("2025-05".parse().unwrap(), boards)
            .evidence();
        let found = emergency_providers(&evidence, "QZZ").unwrap().unwrap();
        let expected = EmergencyProvider {
            code: "RZ1".to_owned(),
            name: "NAME".to_owned(),
            attendances: 900.0,
            over_4_hours: Some(300.0),
        };
        assert_eq!((found.providers, found.unplaced), (vec![expected], (1, 50.0)));
    }
}

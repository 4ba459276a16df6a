//! The reach of a place in sentences, tables and a map.

mod offers;
mod tables;

use std::collections::BTreeMap;

use evidence::{Evidence, EvidenceError};
use indicators::reach::{Gap, Group, GroupReach, Mode, Question, Reach, Service};
use vocab::weekday;

use crate::place::outlined;
use kit::caption::Caption;
use kit::map::{Area, Coordinates, Map};
use kit::number::{Style, plain};

pub use self::offers::{neighbourhoods, practices, services};
pub use self::tables::{areas, assumptions, groups, hours, inequality};

/// Minutes and what they are.
fn minutes(value: f64) -> String {
    format!("{} minutes", plain(value, 0))
}

/// A standard as it was asked for: whole minutes, or with a decimal.
fn standard_words(standard: f64) -> String {
    format!("{} minutes", plain(standard, u8::from(standard.fract() != 0.0)))
}

/// The weekday (Monday is 0) and hour of `saturday-10`.
#[must_use]
pub fn hour_of(text: &str) -> Option<(i8, u8)> {
    let (day, hour) = text.split_once('-')?;
    let day = weekday::WORDS.iter().position(|name| *name == day)?;
    let hour: u8 = hour.parse().ok().filter(|hour| *hour < 24)?;
    Some((day as i8, hour))
}

/// A service as it stands in a sentence: `a practice`.
#[must_use]
pub fn service_words(service: &Service) -> String {
    match service {
        Service::Practice => "a practice".to_owned(),
        Service::Weekend => "a site that opens at weekends".to_owned(),
        Service::Evening => "a site that opens in the evening or before 08:00".to_owned(),
        Service::Emergency => "an emergency department".to_owned(),
        Service::One(code) => format!("site {code}"),
    }
}

/// What is reached and when: `a practice open on Saturday at 10:00`.
#[must_use]
pub fn target_words(question: &Question) -> String {
    let service = service_words(&question.service);
    match question.when {
        Some((day, hour)) => {
            let day = weekday::WORDS.get(usize::try_from(day).unwrap_or_default()).unwrap_or(&"");
            format!("{service} open on {} at {hour}:00", kit::number::capitalise(day))
        }
        None => service,
    }
}

/// The reach of a place in plain sentences, the most important first.
#[must_use]
pub fn sentences(reach: &Reach, place: &str) -> Vec<String> {
    let mode = reach.question.mode;
    let row = |group: Group| reach.groups.iter().find(|row| row.group == group && row.mode == mode);
    let percent = |share: f64| Style::percentage(1, "").figure(share);
    let people = if reach.registered { "patients" } else { "people" };
    let target = target_words(&reach.question);
    let mut said = Vec::new();
    if let Some(all) = row(Group::Everybody)
        && let Some(within) = all.within
    {
        said.push(format!(
            "{} of the {people} of {place} can get to {target} within {} {}.",
            percent(within),
            standard_words(all.standard),
            mode.in_words()
        ));
        said.push(traverse(all, people));
    }
    let compared = [Group::MostDeprived, Group::Older, Group::Complex, Group::WithoutCar]
        .into_iter()
        .filter_map(row)
        .filter_map(|row| {
            Some(format!("{} {}", percent(row.within?), group_words(row.group, mode)))
        });
    let compared: Vec<String> = compared.collect();
    if !compared.is_empty() {
        said.push(format!("Within the same minutes: {}.", compared.join("; ")));
    }
    said
}

/// What the place has to draw on, or why that is not said.
#[must_use]
pub fn supply_words(reach: &Reach) -> String {
    match &reach.supply {
        Err(why) => format!("How much care people can draw on is not worked out: {why}."),
        Ok(supply) => {
            let words = format!(
                "Supply is {} ({}) of {} practices within half an hour by car; it is given for the areas of {} of the people.",
                supply.unit.in_words(),
                supply.period.in_words(),
                plain(supply.practices_with as f64, 0),
                Style::percentage(0, "").figure(supply.covered)
            );
            match supply.practices_without.len() {
                0 => words,
                without => format!(
                    "{words} {without} more practices have no figure, and areas that lean on them have no score."
                ),
            }
        }
    }
}

/// The journey across the place: half, nine in ten, the longest.
fn traverse(row: &GroupReach, people: &str) -> String {
    match (row.median, row.ninety, row.longest) {
        (Some(median), Some(ninety), Some(longest)) => format!(
            "One way, half of these {people} take {} or less and nine in ten {} or less; the longest journey takes {}.",
            minutes(median),
            minutes(ninety),
            minutes(longest)
        ),
        _ => "Some of them have no way there that is known.".to_owned(),
    }
}

/// A group at the end of a figure: `of people of 75 and over`.
const fn group_words(group: Group, mode: Mode) -> &'static str {
    match group {
        Group::Older if matches!(mode, Mode::Drive) => "of people of 75 and over",
        Group::Complex if matches!(mode, Mode::Drive) => {
            "of people likely to be frail (a stand-in for complex needs)"
        }
        Group::Everybody => "of everybody",
        Group::MostDeprived => "of people in the most deprived fifth of England’s small areas",
        Group::Older => "of people of 75 and over, walking slower",
        Group::Complex => {
            "of people likely to be frail (a stand-in for complex needs), walking slower still"
        }
        Group::WithoutCar => "of people without a car",
    }
}

/// A gap in words: `12 sites with … (H90004001, …)`.
#[must_use]
pub fn gap_words(gap: &Gap) -> String {
    let count = plain(gap.count as f64, 0);
    if gap.examples.is_empty() {
        return format!("{count} {}", gap.what);
    }
    let more = if gap.count > gap.examples.len() { ", …" } else { "" };
    format!("{count} {} ({}{more})", gap.what, gap.examples.join(", "))
}

/// The map: small areas shaded by minutes to the nearest site; nothing where no outlines were imported.
///
/// # Errors
/// When the outlines cannot be read.
pub fn map(
    evidence: &Evidence,
    reach: &Reach,
    caption: Caption,
) -> Result<Option<Map>, EvidenceError> {
    let minutes: BTreeMap<&str, Option<f64>> =
        reach.areas.iter().map(|row| (row.area.code.as_str(), row.minutes)).collect();
    let areas: Vec<Area> = outlined(evidence, &minutes)?;
    Ok((!areas.is_empty()).then(|| Map {
        caption,
        coordinates: Coordinates::LongitudeLatitude,
        area_style: Style::number(1, "minutes one way"),
        spot_style: Style::number(1, "minutes one way"),
        areas,
        spots: Vec::new(),
    }))
}

/// A mode at the head of a column or choice.
#[must_use]
pub const fn mode_name(mode: Mode) -> &'static str {
    match mode {
        Mode::Walk => "Walking",
        Mode::WalkOrBus => "Walking or bus",
        Mode::Drive => "Car",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_walks_slower_in_a_car() {
        for group in Group::ALL {
            assert!(!group_words(group, Mode::Drive).contains("walking"), "{group:?}");
        }
        assert!(group_words(Group::Older, Mode::WalkOrBus).contains("walking slower"));
    }
}

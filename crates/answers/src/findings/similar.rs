//! Those most like a practice or a place, in words and a table.

use indicators::compare::{Feature, Likeness, Profile, Profiles};
use vocab::{Level, Observed, Organisation};

use super::linked;
use kit::caption::Caption;
use kit::number::{Style, in_words, plain};
use kit::table::{Cell, Column, Row, Table};
use kit::text::title_case;

/// What a feature is called on pages.
#[must_use]
pub const fn feature(feature: Feature) -> &'static str {
    match feature {
        Feature::ListSize => "Registered patients",
        Feature::Aged65AndOver => "Aged 65 and over",
        Feature::AgedUnder15 => "Aged under 15",
        Feature::Aged20To24 => "Aged 20 to 24",
        Feature::Deprivation => "Deprivation score",
    }
}

/// What stands beside the weight of a feature.
#[must_use]
pub const fn weight(feature: Feature) -> &'static str {
    match feature {
        Feature::ListSize => "Weight of “Registered patients”",
        Feature::Aged65AndOver => "Weight of “Aged 65 and over”",
        Feature::AgedUnder15 => "Weight of “Aged under 15”",
        Feature::Aged20To24 => "Weight of “Aged 20 to 24”",
        Feature::Deprivation => "Weight of “Deprivation score”",
    }
}

/// How near the nearest and the furthest of them are, in a sentence.
#[must_use]
pub fn sentence(profiles: &Profiles, code: &str, likeness: &Likeness) -> String {
    let similar = profiles.similar(code, likeness);
    let (Some(first), Some(last)) = (similar.first(), similar.last()) else {
        return "Nothing is known that it could be compared on with others.".to_owned();
    };
    let nearest = format!(
        "Of {} with known features, {} ({}) is most like it, {} standard deviations away",
        plain(profiles.members.len() as f64, 0),
        title_case(&first.profile.name),
        first.profile.code,
        plain(first.distance, 2),
    );
    if similar.len() < 2 {
        return format!("{nearest}; no other is shown.");
    }
    format!(
        "{nearest}; the last of the {} shown is {} away.",
        in_words(similar.len()),
        plain(last.distance, 2),
    )
}

/// The features that nobody has, in words.
#[must_use]
pub fn unknown(profiles: &Profiles) -> Vec<String> {
    let lacks = Feature::ALL.into_iter().filter(|feature| !profiles.periods.contains_key(feature));
    lacks
        .map(|lacking| format!("{}: not in the evidence, so it plays no part.", feature(lacking)))
        .collect()
}

/// The organisation on top, then those most like it, nearest first, with what they were compared on.
#[must_use]
pub fn table(
    profiles: &Profiles,
    level: Level,
    code: &str,
    likeness: &Likeness,
    caption: Caption,
) -> Table {
    let line = |profile: &Profile, distance: f64, pinned: bool| {
        let mut cells = vec![
            linked(&profile.name, &Organisation { level, code: profile.code.clone() }),
            Cell::text(&profile.code),
            Cell::Number(Observed::Value(distance)),
        ];
        cells.extend(Feature::ALL.map(|feature| {
            profile
                .values
                .get(&feature)
                .map_or(Cell::Empty, |value| Cell::Number(Observed::Value(*value)))
        }));
        Row { cells, pinned }
    };
    let own = profiles.members.get(code).map(|profile| line(profile, 0.0, true));
    let others = profiles.similar(code, likeness).into_iter();
    let rows = own.into_iter().chain(others.map(|one| line(one.profile, one.distance, false)));
    Table { caption, columns: columns(), rows: rows.collect(), notes: Vec::new() }
}

fn columns() -> Vec<Column> {
    let style = |of: Feature| match of {
        Feature::ListSize => Style::count("patients"),
        Feature::Deprivation => Style::number(1, ""),
        _ => Style::percentage(1, "of patients"),
    };
    let mut columns = vec![
        Column::text("Name", "name"),
        Column::text("Code", "code"),
        Column::number("Distance", "distance", Style::number(2, "standard deviations")),
    ];
    columns.extend(Feature::ALL.map(|of| Column::number(feature(of), of.as_str(), style(of))));
    columns
}

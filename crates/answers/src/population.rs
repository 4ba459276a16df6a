//! Who lives in a place today and in the years to come, in sentences, a chart, a map and tables.

use std::collections::BTreeMap;

use evidence::{Evidence, EvidenceError, Place};
use models::population::{FIRST_YEAR, Met, OLD, OLD_TO, OPEN, Residents, Small};
use vocab::Whole;

use crate::place::outlined;
use kit::caption::Caption;
use kit::chart::bars::{Bar, Bars};
use kit::map::{Area, Coordinates, Map};
use kit::number::{Style, counted, plain};
use kit::table::{Cell, Column, Row, Table};
use kit::text::title_case;

/// Years of age in a bar.
const IN_BAR: usize = 10;

/// Where people live, after `in`: the place, or the areas of practices that are no place together.
#[must_use]
pub fn whereabouts(place: &Place) -> String {
    let imported = place.is_everywhere() && place.name == Whole::Imported.heading();
    if imported { format!("the areas of {}", Whole::Imported.name()) } else { place.name.clone() }
}

/// How many live here and how many will, the most important first.
#[must_use]
pub fn sentences(found: &Residents, place: &str) -> Vec<String> {
    let (now, then) = (found.now.total(), found.then.total());
    let last = found.years.last().copied().unwrap_or(found.base);
    let [_, births, deaths, moves, _] = found.ahead().in_people();
    let mut said = vec![format!(
        "About {} people live in {place} in the middle of {}, and {} in the middle of {last}: {}.",
        plain(now, 0),
        found.base,
        plain(then, 0),
        change(now, then, ""),
    )];
    said.push(format!(
        "In {} {} are born and {} die; {} more move {} than {}.",
        match last - found.base {
            1 => "this year".to_owned(),
            years => format!("these {years} years"),
        },
        plain(births, 0),
        plain(deaths, 0),
        plain(moves.abs(), 0),
        if moves < 0.0 { "out" } else { "in" },
        if moves < 0.0 { "in" } else { "out" },
    ));
    said.extend(old_sentence(found));
    said.push(basis(found));
    said
}

/// `5,210 more (+2.1%)`.
fn change(now: f64, then: f64, who: &str) -> String {
    let (words, sign) = if then < now { ("fewer", "−") } else { ("more", "+") };
    let share = plain(100.0 * (then / now - 1.0).abs(), 1);
    format!("{} {words}{who} ({sign}{share}%)", plain((then - now).abs(), 0))
}

/// People of 75 and over, and where they become most.
fn old_sentence(found: &Residents) -> Option<String> {
    let (now, then) = (found.now.from_age(OLD), found.then.from_age(OLD));
    let most = found.areas.iter().max_by(|a, b| more_old(a).total_cmp(&more_old(b)))?;
    Some(format!(
        "{} people are {OLD} and over today, and {}{}.",
        plain(now, 0),
        change(now, then, " then"),
        if more_old(most) >= 0.5 {
            let where_most = title_case(&most.name);
            format!("; most are added in {where_most} ({})", plain(more_old(most), 0))
        } else {
            String::new()
        },
    ))
}

/// What the figures rest on.
fn basis(found: &Residents) -> String {
    let areas = match found.areas.len() {
        1 => "The small area here was".to_owned(),
        many => format!("The {} small areas here were", plain(many as f64, 0)),
    };
    let of_2011 = if found.of_2011 { ", for the areas of 2011 and shared out," } else { "" };
    let from =
        format!("{areas} last estimated for the middle of {}{of_2011}", found.counted.in_words());
    let rebased = if found.rebased {
        format!(
            " and brought to the estimate of the local authorities for the middle of {FIRST_YEAR}"
        )
    } else {
        String::new()
    };
    let caught_up = match found.years.iter().filter(|year| **year <= found.base).count() {
        0 => rebased,
        1 => format!("{rebased}; the year since then is reckoned, not counted"),
        years => {
            let years = counted(years, "year", "years");
            format!("{rebased}; the {years} since then are reckoned, not counted")
        }
    };
    let met = |met, what: &str| {
        let areas = found.met(met);
        let areas = counted(areas, "small area", "small areas");
        (found.met(met) > 0).then(|| format!(" In {areas} {what} of the local authority is met."))
    };
    let met = [
        met(Met::ByAge, "the published projection by age and sex"),
        met(
            Met::InAll,
            "the published projection (everybody, and four ages of those of 75 and over)",
        ),
    ];
    let met: String = met.into_iter().flatten().collect();
    if met.is_empty() {
        return format!("{from}{caught_up}. No published projection is in these figures.");
    }
    let last = found.years.last().copied().unwrap_or(found.base);
    let ends = found.met_to.filter(|to| *to < last).map(|to| {
        format!(" The projection ends in {to}; what comes after goes by England’s rates.")
    });
    let old = OLD_TO.min(found.met_to.unwrap_or(OLD_TO));
    let of_old = (found.met(Met::InAll) > 0 && old < last)
        .then(|| format!(" Those of {OLD} and over are projected to {old}."));
    let more: String = [ends, of_old].into_iter().flatten().collect();
    format!("{from}{caught_up}.{met}{more}")
}

/// How many more people of 75 and over an area will have.
fn more_old(area: &Small) -> f64 {
    area.then.from_age(OLD) - area.now.from_age(OLD)
}

/// Residents by age, today and then.
#[must_use]
pub fn ages(found: &Residents, caption: Caption) -> Bars {
    let last = found.years.last().copied().unwrap_or(found.base);
    let bar = |from: usize| {
        let to = if from == OPEN { OPEN } else { from + IN_BAR - 1 };
        let people = |area: &models::population::Area| {
            let classes = (from..=to).flat_map(|class| [(0, class), (1, class)]);
            classes.map(|(sex, class)| area.of_class(sex, class)).sum()
        };
        Bar {
            name: if from == OPEN { format!("{OPEN}+") } else { format!("{from}–{to}") },
            value: Some(people(&found.now)),
            reference: Some(people(&found.then)),
        }
    };
    Bars {
        caption,
        style: Style::count("people"),
        name: format!("Middle of {}", found.base),
        reference: Some(format!("Middle of {last}")),
        heading: "Age".to_owned(),
        bars: (0..=OPEN).step_by(IN_BAR).map(bar).collect(),
    }
}

/// What happened and will happen in each year, in whole people that add up.
#[must_use]
pub fn books(found: &Residents, caption: Caption) -> Table {
    let people = |heading: &str, key: &str| Column::number(heading, key, Style::count("people"));
    let rows = found.years.iter().zip(&found.books).map(|(year, books)| {
        let ahead = if *year > found.base { "ahead" } else { "reckoned since the estimate" };
        let mut cells = vec![Cell::text(format!("{} to {year}", year - 1)), Cell::text(ahead)];
        cells.extend(books.in_people().map(Cell::value));
        Row::new(cells)
    });
    Table {
        caption,
        columns: vec![
            Column::text("Middle of year to middle of year", "years"),
            Column::text("Which", "which"),
            people("At the start", "start"),
            people("Born", "births"),
            people("Died", "deaths"),
            people("Moved in, less moved out", "net_moves"),
            people("At the end", "end"),
        ],
        rows: rows.collect(),
        notes: vec!["Start and births, less deaths, and net moves are the end of every line; what rounding to whole people leaves over is with the moves. Net moves are what births and deaths leave of the projected change: how many move in and how many move out is not known here.".to_owned()],
    }
}

/// The small areas, those that gain most people of 75 and over first.
#[must_use]
pub fn areas(found: &Residents, caption: Caption) -> Table {
    let mut areas: Vec<&Small> = found.areas.iter().collect();
    areas.sort_by(|a, b| more_old(b).total_cmp(&more_old(a)).then(a.code.cmp(&b.code)));
    let people = |heading: &str, key: &str| Column::number(heading, key, Style::count("people"));
    let rows = areas.into_iter().map(|area| {
        let (now, then) = (area.now.total(), area.then.total());
        let (old_now, old_then) = (area.now.from_age(OLD), area.then.from_age(OLD));
        Row::new(vec![
            Cell::text(title_case(&area.name)),
            Cell::text(&area.code),
            Cell::text(area.authority.clone().unwrap_or_default()),
            Cell::value(now),
            Cell::value(then),
            Cell::value(old_now),
            Cell::value(old_then),
            Cell::value(old_then - old_now),
            Cell::text(met_in_words(area.met)),
        ])
    });
    let last = found.years.last().copied().unwrap_or(found.base);
    Table {
        caption,
        columns: vec![
            Column::text("Small area", "name"),
            Column::text("Code", "area"),
            Column::text("Local authority", "local_authority").download_only(),
            people(&format!("People, {}", found.base), "people_now"),
            people(&format!("People, {last}"), "people_then"),
            people(&format!("75 and over, {}", found.base), "people_75_and_over_now"),
            people(&format!("75 and over, {last}"), "people_75_and_over_then"),
            people("75 and over, more", "people_75_and_over_more"),
            Column::text("Published projection met", "published_projection_met").download_only(),
        ],
        rows: rows.collect(),
        notes: Vec::new(),
    }
}

/// What is met, in words: that of all ages to the end of the projection, of the old as far as they are projected.
#[must_use]
pub const fn met_in_words(met: Met) -> &'static str {
    match met {
        Met::Nothing => "none",
        Met::InAll => "everybody, and 75 and over to 2035",
        Met::ByAge => "by age and sex",
    }
}

/// The local authorities: everybody in them as projected, and those of them who live here.
#[must_use]
pub fn authorities(found: &Residents, caption: Caption) -> Table {
    let last = found.years.last().copied().unwrap_or(found.base);
    let years = f64::from(last - found.base);
    let people = |heading: &str, key: &str| Column::number(heading, key, Style::count("people"));
    let rows = found.authorities.iter().map(|one| {
        let (now, then) = (one.now.total(), one.then.total());
        Row::new(vec![
            Cell::text(&one.name),
            Cell::text(&one.code),
            Cell::value(now),
            Cell::value(then),
            Cell::value((then / now).powf(1.0 / years) - 1.0),
            Cell::value(one.now.from_age(OLD)),
            Cell::value(one.then.from_age(OLD)),
            Cell::value(one.here[0]),
            Cell::value(one.here[1]),
            Cell::text(met_in_words(one.met)),
        ])
    });
    Table {
        caption,
        columns: vec![
            Column::text("Local authority", "name"),
            Column::text("Code", "local_authority").download_only(),
            people(&format!("People, {}", found.base), "people_now"),
            people(&format!("People, {last}"), "people_then"),
            Column::number("Growth a year", "growth_a_year", Style::percentage(2, "")),
            people(&format!("75 and over, {}", found.base), "people_75_and_over_now"),
            people(&format!("75 and over, {last}"), "people_75_and_over_then"),
            people(&format!("Of them here, {}", found.base), "people_here_now"),
            people(&format!("Of them here, {last}"), "people_here_then"),
            Column::text("Published projection met", "published_projection_met"),
        ],
        rows: rows.collect(),
        notes: if found.met(Met::InAll) > 0 {
            vec![format!("Projected by: {}.", models::population::source_of_projection())]
        } else {
            Vec::new()
        },
    }
}

/// The map: small areas shaded by how many more people of 75 and over live there then; nothing where no outlines were
/// imported.
///
/// # Errors
/// When the outlines cannot be read.
pub fn map(
    evidence: &Evidence,
    found: &Residents,
    caption: Caption,
) -> Result<Option<Map>, EvidenceError> {
    let more: BTreeMap<&str, Option<f64>> =
        found.areas.iter().map(|area| (area.code.as_str(), Some(more_old(area)))).collect();
    let areas: Vec<Area> = outlined(evidence, &more)?;
    let style = Style::number(0, "more people of 75 and over");
    Ok((!areas.is_empty()).then(|| Map {
        caption,
        coordinates: Coordinates::LongitudeLatitude,
        area_style: style.clone(),
        spot_style: style,
        areas,
        spots: Vec::new(),
    }))
}

/// What is not in the figures, in sentences.
#[must_use]
pub fn limits(found: &Residents) -> Vec<String> {
    let mut limits = vec![format!(
        "The last estimate is of the middle of {}; one age in one small area was uncertain by several people even then, and more so today.",
        found.counted.in_words()
    )];
    limits.extend(found.assumptions());
    limits.push("Births and deaths are those of England’s rates for the people here and not those registered here; where they differ, net moves hold the difference.".to_owned());
    limits.push("Residents are not patients: people stay on lists after they move, and many are registered across a border. The outlook rests on lists.".to_owned());
    limits.extend(
        found.gaps.iter().map(|gap| format!("Not joined: {}.", crate::reach::gap_words(gap))),
    );
    limits
}

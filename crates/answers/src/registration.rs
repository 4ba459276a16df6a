//! Who is on a list and who lives there, in words and tables.

use indicators::registration::{
    AgeGap, AgeGaps, Living, Registration, Registrations, assumptions_in_words,
};

use kit::caption::Caption;
use kit::chart::bars::{Bar, Bars};
use kit::chart::pyramid::{Band, Pyramid};
use kit::number::{Style, plain};
use kit::table::{Cell, Column, Row, Table};
use kit::text::title_case;
use vocab::counts::of_noun;

/// How many are registered and how many may not be, in a sentence.
#[must_use]
pub fn sentence(found: &Registrations) -> String {
    let whole = &found.whole;
    let (least, largest) = found.registered_share();
    let (fewest, most) = found.unregistered();
    let missing = if let Some(years) = found.years_apart() {
        format!(
            "How many residents are on none cannot be told: they were counted {} years before the lists, and whoever moved in, was born or \
             was housed since then would pass for an entry left over. Residents of {} or later would tell.",
            years,
            found.lists.first_day().year() - 1
        )
    } else if most > 0.0 {
        format!(
            "Left-over entries hide people on no list: between {} and {} residents may be on none, so between {}% and {}% are registered.",
            plain(fewest, 0),
            plain(most, 0),
            plain(100.0 * least, 1),
            plain(100.0 * largest, 1)
        )
    } else {
        "There are more people on lists than left-over entries explain, so patients who live elsewhere hide how many residents are on none.".to_owned()
    };
    let without = if found.redrawn.is_empty() {
        String::new()
    } else {
        format!(" without {}", found.redrawn.join(", "))
    };
    format!(
        "{}{without}: {} people on lists ({}) for {} residents ({}), {} on lists for every 100 who live there. {missing}",
        title_case(&whole.name),
        plain(whole.registered, 0),
        found.lists.in_words(),
        plain(whole.resident, 0),
        found.residents.in_words(),
        plain(100.0 * whole.ratio(), 1),
    )
}

/// Whom the people who live in a place are registered with, in a sentence.
#[must_use]
pub fn living_sentence(living: &Living, place: &str) -> String {
    let elsewhere = living.patients - living.of_own;
    let with = if elsewhere > 0.0 {
        format!(
            "{} with its own practices, {} with practices elsewhere",
            plain(living.of_own, 0),
            plain(elsewhere, 0)
        )
    } else {
        "all of them with its own practices".to_owned()
    };
    format!(
        "{} people on lists live in {place} ({}), with {}: {with}.",
        plain(living.patients, 0),
        living.lists.in_words(),
        of_noun(living.practices as u64, "practice"),
    )
}

/// What the areas are, and what was left out, in sentences.
#[must_use]
pub fn notes(found: &Registrations) -> Vec<String> {
    let mut notes = Vec::new();
    if found.by_small_area {
        notes.push("Areas are LSOAs; patients of any practice count where they live.".to_owned());
        if found.unplaced > 0.0 {
            notes.push(format!(
                "{} patients of the place’s practices live where residents are not counted, or where is not known.",
                plain(found.unplaced, 0)
            ));
        }
    } else {
        notes.push(
            "Areas are sub-ICB locations and patients count where their practice is: the evidence holds no patients by small \
             area, so people registered across a border count on the wrong side."
                .to_owned(),
        );
    }
    if !found.redrawn.is_empty() {
        notes.push(format!(
            "Left out, and not in the sums, because practices with more than a twentieth of their patients (an assumption) came or went since the residents were counted: {}.",
            found.redrawn.join(", ")
        ));
    }
    if found.years_apart().is_none() {
        notes.extend(assumptions_in_words());
    }
    notes
}

/// The areas, those with the fewest on lists for their residents first.
#[must_use]
pub fn areas_table(found: &Registrations, caption: Caption) -> Table {
    let mut areas: Vec<&Registration> = found.areas.iter().collect();
    areas.sort_by(|a, b| a.ratio().total_cmp(&b.ratio()).then(a.code.cmp(&b.code)));
    let share = |heading: &str, key: &str| Column::number(heading, key, Style::percentage(1, ""));
    let people = |heading: &str, key: &str| Column::number(heading, key, Style::count("people"));
    let is_told = found.years_apart().is_none();
    let row = |area: &Registration, (fewest, most): (f64, f64), (least, largest): (f64, f64)| {
        let known = [area.registered, area.resident, area.ratio()];
        let possible = [fewest, most, least, largest];
        let figures = known.into_iter().chain(possible.into_iter().filter(|_| is_told));
        let name = [Cell::text(title_case(&area.name)), Cell::text(&area.code)];
        name.into_iter().chain(figures.map(Cell::value)).collect()
    };
    let mut rows =
        vec![Row::pinned(row(&found.whole, found.unregistered(), found.registered_share()))];
    rows.extend(
        areas
            .into_iter()
            .map(|area| Row::new(row(area, area.unregistered(), area.registered_share()))),
    );
    let mut columns = vec![
        Column::text("Area", "area"),
        Column::text("Code", "code"),
        people("Registered", "registered"),
        people("Residents", "residents"),
        Column::number("Registered per resident", "registered_per_resident", Style::number(3, "")),
    ];
    if is_told {
        columns.extend([
            people("On no list, fewest", "unregistered_fewest"),
            people("On no list, most", "unregistered_most"),
            share("Registered, least", "registered_share_least"),
            share("Registered, most", "registered_share_most"),
        ]);
    }
    Table { caption, columns, rows, notes: notes(found) }
}

/// The ages and sexes that are on lists less often than everybody, in a sentence; nothing without figures.
#[must_use]
pub fn ages_sentence(found: &AgeGaps) -> Option<String> {
    let gaps = &found.groups;
    let sum = |pick: fn(&AgeGap) -> f64| gaps.iter().map(pick).sum::<f64>();
    let all = sum(|gap| gap.registered) / sum(|gap| gap.resident);
    let lowest = gaps.iter().min_by(|a, b| a.ratio().total_cmp(&b.ratio()))?;
    let highest = gaps.iter().max_by(|a, b| a.ratio().total_cmp(&b.ratio()))?;
    let figure = |gap: &AgeGap| format!("{} ({})", words(gap), plain(100.0 * gap.ratio(), 1));
    Some(format!(
        "By age, for every 100 residents of {} {} people are on the lists of {}. Fewest are among {}, most among {}. Contacts are not published by age, so \
         whether a group uses its practice less than it needs cannot be seen in these data.",
        found.residents.in_words(),
        plain(100.0 * all, 1),
        found.lists.in_words(),
        figure(lowest),
        figure(highest)
    ))
}

/// `men aged 20 to 24`.
fn words(gap: &AgeGap) -> String {
    let who = match (gap.sex, gap.to) {
        ("all", _) => "people",
        ("female", Some(..=15)) => "girls",
        (_, Some(..=15)) => "boys",
        ("female", _) => "women",
        _ => "men",
    };
    format!("{who} aged {}", ages(gap))
}

fn ages(gap: &AgeGap) -> String {
    gap.to.map_or_else(
        || format!("{} and over", gap.from),
        |to| format!("{} to {}", gap.from, to - 1),
    )
}

/// Shares of the people on lists beside shares of residents, by age; for both sexes together.
#[must_use]
pub fn ages_bars(gaps: &[AgeGap], caption: Caption) -> Bars {
    let total = |pick: fn(&AgeGap) -> f64| gaps.iter().map(pick).sum::<f64>().max(1.0);
    let (registered, resident) = (total(|gap| gap.registered), total(|gap| gap.resident));
    let bar = |gap: &AgeGap| Bar {
        name: ages(gap),
        value: Some(gap.registered / registered),
        reference: Some(gap.resident / resident),
    };
    Bars {
        caption,
        style: Style::percentage(1, "of all"),
        name: "People on lists".to_owned(),
        reference: Some("Residents".to_owned()),
        heading: "Age".to_owned(),
        bars: gaps.iter().map(bar).collect(),
    }
}

/// Registered people by sex and age, with residents as the outline.
#[must_use]
pub fn ages_pyramid(gaps: &[AgeGap], caption: Caption) -> Pyramid {
    let resident = gaps.iter().map(|gap| gap.resident).sum::<f64>().max(1.0);
    let of = |sex: &str, from: u8| gaps.iter().find(|gap| gap.sex == sex && gap.from == from);
    let bands = gaps.iter().filter(|gap| gap.sex == "female").map(|women| {
        let men = of("male", women.from);
        Band {
            name: ages(women),
            females: women.registered,
            males: men.map_or(0.0, |men| men.registered),
            reference: men.map(|men| (women.resident / resident, men.resident / resident)),
        }
    });
    Pyramid { caption, reference: Some("Residents".to_owned()), bands: bands.collect() }
}

/// The groups with their ratios.
#[must_use]
pub fn ages_table(gaps: &[AgeGap], caption: Caption) -> Table {
    let rows = gaps.iter().map(|gap| {
        Row::new(vec![
            Cell::text(words(gap)),
            Cell::value(gap.registered),
            Cell::value(gap.resident),
            Cell::value(gap.ratio()),
        ])
    });
    Table {
        caption,
        columns: vec![
            Column::text("Group", "group"),
            Column::number("Registered", "registered", Style::count("people")),
            Column::number("Residents", "residents", Style::count("people")),
            Column::number(
                "Registered per resident",
                "registered_per_resident",
                Style::number(3, ""),
            ),
        ],
        rows: rows.collect(),
        notes: Vec::new(),
    }
}

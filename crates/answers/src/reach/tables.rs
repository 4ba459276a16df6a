//! The tables of a place's reach.

use indicators::reach::{Group, Reach, Travel};
use stats::NoFigure;
use vocab::weekday;

use super::mode_name;
use kit::number::{Style, capitalise, counted, some};
use kit::table::{Cell, Column, Row, Table};

/// Hours of the day that the table of a week shows.
const SHOWN_HOURS: std::ops::Range<usize> = 7..22;

/// Every group by every mode.
#[must_use]
pub fn groups(reach: &Reach) -> Table {
    let share = || Style::percentage(1, "of the group");
    let time = || Style::number(0, "minutes");
    let columns = vec![
        Column::text("Who", "group"),
        Column::text("How", "mode"),
        Column::number("Standard (minutes)", "standard_minutes", time()),
        Column::number("People", "people", Style::count("people")),
        Column::number("Within the standard", "within_standard", share()),
        Column::number("Beyond it", "beyond_standard", share()),
        Column::number("Half take at most (minutes)", "median_minutes", time()),
        Column::number("Nine in ten take at most", "p90_minutes", time()),
        Column::number("Longest", "longest_minutes", time()),
    ];
    let rows = reach.groups.iter().map(|row| {
        Row::new(vec![
            Cell::text(row.group.in_words()),
            Cell::text(mode_name(row.mode)),
            Cell::value(row.standard),
            Cell::maybe(row.people),
            Cell::maybe(row.within),
            Cell::maybe(row.within.map(|within| 1.0 - within)),
            Cell::maybe(row.median),
            Cell::maybe(row.ninety),
            Cell::maybe(row.longest),
        ])
    });
    let notes = vec![
        "Minutes are one way, from where the people of each small area live on average, to the nearest site.".to_owned(),
        "People of 75 and over and people likely to be frail walk at their own, slower speeds.".to_owned(),
        if reach.groups.iter().any(|row| row.group == Group::WithoutCar && row.people.is_some()) {
            "People without a car are those of households without a car or van at the census, if these are as large as others; they do not drive.".to_owned()
        } else {
            "Who has no car is in none of the publications imported so far (census table TS045); import it before judging reach by car.".to_owned()
        },
    ];
    Table { columns, rows: rows.collect(), notes, ..Table::default() }
}

/// Share of people near an open site, by weekday and hour; nothing where hours are not known.
#[must_use]
pub fn hours(reach: &Reach) -> Option<Table> {
    let hours = reach.hours.as_ref()?;
    let mut columns = vec![Column::text("Weekday", "weekday")];
    columns.extend(SHOWN_HOURS.map(|hour| {
        let style = Style::percentage(0, "of people");
        Column::number(&format!("{hour}:00"), &format!("share_{hour:02}"), style)
    }));
    let rows = hours.shares.iter().zip(weekday::WORDS).map(|(shares, weekday)| {
        let mut cells = vec![Cell::text(capitalise(weekday))];
        cells.extend(
            shares.iter().take(SHOWN_HOURS.end).skip(SHOWN_HOURS.start).map(|s| Cell::value(*s)),
        );
        Row::new(cells)
    });
    let notes = vec![format!(
        "{} near the place {} known hours; {} none and {} as closed. A site counts as open in an hour when anything is open there for some of it.",
        capitalise(&counted(hours.sites_with_hours, "site", "sites")),
        if hours.sites_with_hours == 1 { "has" } else { "have" },
        some(hours.sites_without_hours, "has", "have"),
        if hours.sites_without_hours < 2 { "counts" } else { "count" },
    )];
    Some(Table { columns, rows: rows.collect(), notes, ..Table::default() })
}

/// Minutes and supply of every small area.
#[must_use]
pub fn areas(reach: &Reach) -> Table {
    let supply = reach.supply.as_ref().ok();
    let mut columns = vec![
        Column::text("Small area", "name"),
        Column::text("Code", "code"),
        Column::number("People", "people", Style::count("people")),
        Column::number("Tenth of deprivation", "decile", Style::count("1 is the most deprived")),
        Column::number("Minutes", "minutes", Style::number(1, "minutes one way")),
        Column::text("Nearest site", "site"),
        Column::text("Its code", "site_code").download_only(),
    ];
    if let Some(supply) = supply {
        let unit = supply.unit.of_people();
        let style = Style::number(1, unit);
        let (reached, held) =
            (format!("{unit}, in reach by car"), format!("{unit}, by registration"));
        columns.push(Column::number(&capitalise(&reached), "supply_in_reach", style.clone()));
        columns.push(Column::number(&capitalise(&held), "supply_by_registration", style));
    }
    let rows = reach.areas.iter().enumerate().map(|(number, row)| {
        let (code, name) = row.site.clone().unzip();
        let mut cells = vec![
            Cell::text(&row.area.name),
            Cell::text(&row.area.code),
            Cell::value(row.area.people),
            Cell::maybe(row.area.decile.map(f64::from)),
            Cell::maybe(row.minutes),
            Cell::text(kit::text::title_case(&name.unwrap_or_default())),
            Cell::text(code.unwrap_or_default()),
        ];
        if let Some(supply) = supply {
            for scores in [&supply.catchment, &supply.registered] {
                cells.push(Cell::maybe(scores.get(number).copied().flatten()));
            }
        }
        Row::new(cells)
    });
    Table { columns, rows: rows.collect(), ..Table::default() }
}

/// Every index of inequality with its limits.
#[must_use]
pub fn inequality(reach: &Reach) -> Table {
    let number = |heading: &str, key: &str| Column::number(heading, key, Style::number(3, ""));
    let columns = vec![
        Column::text("Of what", "measure"),
        Column::text("Index", "index"),
        number("Figure", "value"),
        number("Lower 95%", "lower_95"),
        number("Upper 95%", "upper_95"),
        Column::text("Not given because", "withheld"),
    ];
    let mut rows = Vec::new();
    for measured in &reach.unequal {
        for (index, figure) in &measured.indices {
            let known = figure.as_ref().ok();
            rows.push(Row::new(vec![
                Cell::text(measure_words(measured.measure)),
                Cell::text(index.in_words()),
                Cell::limit(known.map(|figure| figure.value)),
                Cell::limit(known.map(|figure| figure.limits.lower)),
                Cell::limit(known.map(|figure| figure.limits.upper)),
                Cell::text(figure.as_ref().err().map(NoFigure::to_string).unwrap_or_default()),
            ]));
        }
    }
    let mut notes = vec![
        "Of minutes, below 0 (or a ratio below 1) means that the most deprived have the longer way; of supply, that they have more of it.".to_owned(),
        "Limits say how well a line, or a resample of as many areas, fits these areas; the areas are all there are.".to_owned(),
    ];
    if let Ok(supply) = &reach.supply {
        notes.push(format!(
            "The slope index is in minutes; of supply, in {}.",
            supply.unit.of_people()
        ));
    }
    Table { columns, rows, notes, ..Table::default() }
}

fn measure_words(measure: &str) -> &'static str {
    match measure {
        "minutes" => "Minutes to the nearest site",
        "supply_in_reach" => "Supply in reach by car",
        _ => "Supply by registration",
    }
}

/// The parameters behind minutes, with their sources.
#[must_use]
pub fn assumptions() -> Table {
    let columns = vec![
        Column::text("About", "about"),
        Column::text("Values", "values"),
        Column::text("Unit", "unit"),
        Column::text("Kind", "kind"),
        Column::text("Source", "reference"),
    ];
    let rows = Travel::stated().assumptions().into_iter().map(|stated| {
        Row::new(vec![
            Cell::text(stated.about),
            Cell::text(stated.values),
            Cell::text(stated.unit),
            Cell::text(stated.kind),
            Cell::text(stated.reference),
        ])
    });
    Table { columns, rows: rows.collect(), ..Table::default() }
}

//! The exhibits of a place: map, what it holds, people, week.

use crate::choices::Choices;
use crate::findings;
use crate::origin::{origin_of, origin_of_table, sources_of, sources_of_table};
use crate::place;
use crate::refusal::Refusal;
use evidence::Place;
use kit::Exhibit;
use kit::map::{Coordinates, Map};
use kit::{Caption, Style};
use vocab::Level;

use super::findings::{Figure, Found};
use super::{area_codes, contents, is_england, sub_icbs};
use crate::context::Context;

/// All of them, in the order of the page.
pub(super) fn all(
    context: &Context,
    place: &Place,
    found: &Found<'_>,
    choices: &Choices,
) -> Result<Vec<Exhibit>, Refusal> {
    let mut exhibits = Vec::new();
    if let Some(figure) = mapped(found, choices)? {
        exhibits.extend(map(context, place, figure)?);
    }
    exhibits.extend(contents::table(context, place, found)?);
    exhibits.extend(people(context, place)?);
    exhibits.extend(week(context, place)?);
    exhibits.extend(super::hospital::waits(context, place)?);
    exhibits.extend(super::hospital::emergency(context, place)?);
    Ok(exhibits)
}

/// The indicator on the map: the one chosen, or the first of the key figures that has an interval.
pub(super) fn mapped<'a>(
    found: &'a Found<'a>,
    choices: &Choices,
) -> Result<Option<&'a Figure<'a>>, Refusal> {
    let Some(id) = choices.get("map") else {
        // Marks tell by shape and colour how practices compare: first comes a figure that has an interval.
        let key = found.key();
        let compared =
            key.iter().find(|one| one.row.estimate.is_some_and(|one| one.lower.is_some()));
        return Ok(compared.or(key.first()).copied());
    };
    let chosen = found.0.iter().find(|figure| figure.definition.id == id);
    chosen
        .map(Some)
        .ok_or_else(|| Refusal::bad_choice("map", id, "an indicator with a figure for this place"))
}

/// England by integrated care board; any other place by small area and practice.
fn map(context: &Context, place: &Place, figure: &Figure<'_>) -> Result<Option<Exhibit>, Refusal> {
    let definition = figure.definition;
    let period = figure.evaluation.period;
    let style = findings::style(definition);
    let level = if is_england(place) { Level::Icb } else { Level::Practice };
    let Ok(evaluation) = context.evaluate(definition, period, level, Some(place)) else {
        return Ok(None);
    };
    let mut caption = findings::caption(
        definition,
        &evaluation,
        "map",
        &sources_of(context, &evaluation),
        context.run(),
    );
    let whole = context.whole().name();
    let (areas, spots, area_style);
    let reading: String;
    if is_england(place) {
        areas = place::boundaries_of_icbs(context.evidence(), &evaluation)?;
        spots = Vec::new();
        area_style = style.clone();
        reading = "Integrated care boards in five groups of equal number, from light (low) to dark (high).".to_owned();
        caption.title =
            format!("{} by integrated care board, {}", definition.name, period.in_words());
    } else {
        let parents = area_codes(context, place)?;
        areas = place::small_areas(context.evidence(), &parents)?.areas;
        spots = place::spots(context.evidence(), definition, &evaluation)?;
        area_style = Style::number(1, "deprivation score");
        reading = if spots.is_empty() {
            "Small areas (LSOAs) shaded by deprivation, from light (least) to dark (most deprived). Where the practices \
             stand is not known: the releases imported so far give no coordinates for them.".to_owned()
        } else if areas.is_empty() {
            format!(
                "Each mark is a practice, by how it compares with {whole}. No outlines of small areas have been imported for this place."
            )
        } else {
            format!(
                "Each mark is a practice, by how it compares with {whole}; small areas (LSOAs) are shaded by deprivation, \
                 from light (least) to dark (most deprived)."
            )
        };
        caption.title = if spots.is_empty() {
            format!("Deprivation in the small areas of {}", place.name)
        } else {
            format!("{} by practice in {}, {}", definition.name, place.name, period.in_words())
        };
    }
    if areas.is_empty() && spots.is_empty() {
        return Ok(None);
    }
    caption.description = format!("A map. {reading} The table holds the same figures.");
    let coordinates = Coordinates::LongitudeLatitude;
    let map = Map { caption, coordinates, area_style, spot_style: style, areas, spots };
    Ok(Some(Exhibit::chart("map", "Map", &reading, map).origin(Some(origin_of(&evaluation)))))
}

/// The people of a place by age and sex.
fn people(context: &Context, place: &Place) -> Result<Option<Exhibit>, Refusal> {
    let Some(lists) = context.study().lists(place)? else {
        return Ok(None);
    };
    pyramid(context, &place.name, &|code| lists.patients.contains_key(code))
}

/// The patients of some practices by age and sex.
pub(crate) fn pyramid(
    context: &Context,
    name: &str,
    is_member: &dyn Fn(&str) -> bool,
) -> Result<Option<Exhibit>, Refusal> {
    let Some(period) = context.evidence().periods("registered").last().copied() else {
        return Ok(None);
    };
    let whole = context.whole().name();
    let caption = Caption {
        id: "people".to_owned(),
        title: format!("Registered patients of {name} by age and sex, {}", period.in_words()),
        description: format!(
            "A population pyramid: bars for women on the left and men on the right, {whole} as an outline."
        ),
        source: sources_of_table(context, "registered", period),
        run: context.run().to_owned(),
    };
    let drawn = place::pyramid(context.evidence(), is_member, context.whole(), caption)?;
    Ok(drawn.map(|drawn| {
        let reading = format!(
            "Bars show each age band’s share of all registered patients; the outline shows {whole}."
        );
        let origin = Some(origin_of_table("registered", period));
        Exhibit::chart("people", "People by age and sex", &reading, drawn).origin(origin)
    }))
}

/// The week, for places made of whole sub-ICB locations.
fn week(context: &Context, place: &Place) -> Result<Option<Exhibit>, Refusal> {
    let whole = place
        .members
        .iter()
        .all(|(level, _)| matches!(level, Level::SubIcb | Level::Icb | Level::Region));
    let Some(period) =
        context.evidence().periods("appointment_day").last().copied().filter(|_| whole)
    else {
        return Ok(None);
    };
    let caption = Caption {
        id: "week".to_owned(),
        title: format!("Appointments by day of the week in {}, {}", place.name, period.in_words()),
        description: format!(
            "Bars for each weekday’s share of the month’s appointments, the place beside {}.",
            context.whole().name()
        ),
        source: sources_of_table(context, "appointment_day", period),
        run: context.run().to_owned(),
    };
    let week = place::week(
        context.evidence(),
        &sub_icbs(context, place)?,
        &place.name,
        context.whole(),
        caption,
    )?;
    Ok(week.map(|(week, period)| {
        let reading = "Each bar is a weekday’s share of the month’s appointments. A month with five Mondays favours Mondays; bank holidays count as they fall.";
        Exhibit::chart("week", "The week", reading, week).origin(Some(origin_of_table("appointment_day", period)))
    }))
}

//! The exhibits of an indicator: compare table, bars, funnel, map, trend.

use crate::findings;
use crate::origin::{origin_of, sources_of};
use crate::place;
use crate::refusal::Refusal;
use indicators::Evaluation;
use kit::Exhibit;
use kit::map::{Coordinates, Map};
use kit::{Caption, Style};
use vocab::Level;

use super::Compared;
use crate::context::Context;
use crate::overview::area_codes;

/// Bars are drawn for at most this many organisations.
const MOST_BARS: usize = 45;

/// All of them, in the order of the page.
pub(super) fn all(
    context: &Context,
    asked: &Compared<'_>,
    evaluation: &Evaluation,
) -> Result<Vec<Exhibit>, Refusal> {
    let mut exhibits = vec![compare(context, asked, evaluation)];
    exhibits.extend(funnel(context, asked, evaluation));
    exhibits.extend(map(context, asked, evaluation)?);
    exhibits.extend(trend(context, asked, evaluation));
    Ok(exhibits)
}

/// Words around an exhibit.
pub(super) fn caption(
    context: &Context,
    asked: &Compared<'_>,
    evaluation: &Evaluation,
    exhibit: &str,
) -> Caption {
    findings::caption(
        asked.definition,
        evaluation,
        exhibit,
        &sources_of(context, evaluation),
        context.run(),
    )
}

/// The compare table, with bars where they can be told apart.
fn compare(context: &Context, asked: &Compared<'_>, evaluation: &Evaluation) -> Exhibit {
    let mut caption = caption(context, asked, evaluation, "compare");
    let of = evaluation.level.plural();
    let whole = evaluation.reference.compared();
    caption.title = format!("{} of {of}, {}", asked.definition.name, evaluation.period.in_words());
    caption.description = format!(
        "Bars with 95% intervals for {of}, {whole} on top. The table below holds the same figures."
    );
    let table = findings::compare_table(asked.definition, evaluation, caption.clone());
    let reading = format!(
        "{} and the place stand on top. Better, worse, higher and lower are said only where the interval leaves the figure of {whole} out.",
        evaluation.reference.heading()
    );
    let heading = format!("Compare {of}");
    let few = (1..=MOST_BARS).contains(&evaluation.rows.len());
    let shown = if few {
        let bars = findings::bars(asked.definition, evaluation, caption);
        Exhibit::chart_of("compare", &heading, reading, bars, table).opened()
    } else {
        Exhibit::table("compare", &heading, reading, table)
    };
    shown.origin(Some(origin_of(evaluation)))
}

/// The funnel, for indicators that count events.
fn funnel(context: &Context, asked: &Compared<'_>, evaluation: &Evaluation) -> Option<Exhibit> {
    if evaluation.rows.len() < 2 {
        return None;
    }
    let mut caption = caption(context, asked, evaluation, "funnel");
    let sentence = findings::spread(asked.definition, evaluation)?;
    let title = format!("{}: {sentence}", asked.definition.name);
    title.trim_end_matches('.').clone_into(&mut caption.title);
    caption.description = format!(
        "A funnel plot: each mark is an organisation by its size and its figure; the lines are the \
         limits that chance alone would respect around the figure of {}.",
        evaluation.reference.compared()
    );
    let funnel = findings::funnel(asked.definition, evaluation, caption)?;
    let reading = "Small organisations scatter more by chance alone; the limits say how much. Marks judge each \
                   organisation after allowing for the spread that all of them share, where it can be measured.";
    Some(
        Exhibit::chart("funnel", "Signal or chance: the funnel", reading, funnel)
            .origin(Some(origin_of(evaluation))),
    )
}

/// Boards by their outlines, practices by their places.
fn map(
    context: &Context,
    asked: &Compared<'_>,
    evaluation: &Evaluation,
) -> Result<Option<Exhibit>, Refusal> {
    let mut caption = caption(context, asked, evaluation, "map");
    let style = findings::style(asked.definition);
    let (mut areas, mut spots) = (Vec::new(), Vec::new());
    let mut area_style = style.clone();
    match evaluation.level {
        Level::Icb => {
            areas = place::boundaries_of_icbs(context.evidence(), evaluation)?;
        }
        Level::Practice => {
            spots = place::spots(context.evidence(), asked.definition, evaluation)?;
            area_style = Style::number(1, "deprivation score");
            if !asked.is_england() && !spots.is_empty() {
                areas = place::small_areas(context.evidence(), &area_codes(context, asked.place)?)?
                    .areas;
            }
        }
        _ => return Ok(None),
    }
    if spots.is_empty() && areas.iter().all(|area| area.value.is_none()) {
        return Ok(None);
    }
    let reading = if spots.is_empty() {
        "Areas in five groups of equal number, from light (low) to dark (high).".to_owned()
    } else {
        format!(
            "Each mark is a practice, by how it compares with {}; small areas, where drawn, are shaded by deprivation.",
            evaluation.reference.compared()
        )
    };
    caption.description = format!("A map. {reading}");
    let coordinates = Coordinates::LongitudeLatitude;
    let map = Map { caption, coordinates, area_style, spot_style: style, areas, spots };
    Ok(Some(Exhibit::chart("map", "Map", &reading, map).origin(Some(origin_of(evaluation)))))
}

/// The series of the place and of England, cut at each break.
fn trend(context: &Context, asked: &Compared<'_>, evaluation: &Evaluation) -> Option<Exhibit> {
    let definition = asked.definition;
    let all = context.study().series(definition, asked.place).ok()?;
    let series = all.until(definition, asked.period);
    if series.points.len() < 2 {
        return None;
    }
    let heading = evaluation.reference.heading();
    let reference = (!asked.is_england()).then_some(heading.as_str());
    let mut caption = caption(context, asked, evaluation, "trend");
    caption.title = format!("{} over time, {}", definition.name, asked.place.name);
    let description = "A line for each period’s figure, with process limits where twelve periods or more stand beside each other.";
    description.clone_into(&mut caption.description);
    let trend = findings::trend(definition, (&asked.place.name, reference), &series, caption);
    let mut reading = if trend.icon.is_some() {
        "Points between the dashed lines are the usual variation. Points in diamonds are unusual by the rules of Making Data Count.".to_owned()
    } else {
        "Fewer than twelve periods beside each other since the figures last changed their meaning: too few for process limits, so no point is called unusual.".to_owned()
    };
    if !trend.cuts.is_empty() {
        reading.push_str(" No line crosses a break: the figures changed their meaning there, as the notes of the table say.");
    }
    Some(Exhibit::chart("trend", "Over time", &reading, trend).origin(Some(origin_of(evaluation))))
}

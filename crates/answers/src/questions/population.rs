//! Who will live here: residents by age, what the years bring, and where people grow old.

use evidence::{Belonging, Place};
use kit::{Answer, Exhibit};
use models::population::{NoResidents, Residents, residents};
use vocab::Period;

use crate::context::Context;
use crate::origin::{caption, origin_of_table, source_line};
use crate::population as shown;
use crate::question::{Asked, Question, Theme};
use crate::refusal::Refusal;

/// Years ahead.
const YEARS: i16 = 5;
/// How people are projected.
const METHOD: &str = "cohort-component";
/// What the figures rest on.
const TABLES: [&str; 3] = ["resident", "projected_resident", "lookup"];

/// Who will live here.
pub const QUESTION: Question = Question {
    word: "population",
    asks: "Who will live here?",
    title: "Who will live in",
    theme: Theme::Outlook,
    counts: Belonging::Live,
    on_site: true,
    choices: &[],
    answer,
};

fn answer(asked: &Asked<'_>) -> Result<Answer, Refusal> {
    let Asked { context, place, .. } = *asked;
    let found = match found(context, place)? {
        Ok(found) => found,
        Err(why) => return Ok(untold(place, why)),
    };
    let mut sentences = shown::sentences(&found, &shown::whereabouts(place));
    let (exhibits, limits) = (exhibits(context, place, &found)?, shown::limits(&found));
    Ok(Answer {
        lead: sentences.remove(0),
        sentences,
        exhibits,
        limits,
        method: METHOD,
        ..Answer::default()
    })
}

/// That it cannot be told who will live here, and why.
fn untold(place: &Place, why: NoResidents) -> Answer {
    let refused = format!("Who will live in {} cannot be told: {}.", place.name, why.in_words());
    Answer {
        refused: Some(refused),
        limits: vec!["Residents are people who live in an area, whichever practice they are with; patients are those on a list.".to_owned()],
        method: METHOD,
        ..Answer::default()
    }
}

fn found(context: &Context, place: &Place) -> Result<Result<Residents, NoResidents>, Refusal> {
    Ok(residents(context.evidence(), place, &*context.known()?, YEARS)?)
}

fn exhibits(context: &Context, place: &Place, found: &Residents) -> Result<Vec<Exhibit>, Refusal> {
    let name = &shown::whereabouts(place);
    let origin = || Some(origin_of_table("resident", found.counted));
    let last = found.years.last().copied().unwrap_or(found.base);
    let words = |id: &str, title: &str| {
        let period = Period::Year(last);
        let mut words = caption(context, id, title, &TABLES);
        words.source = source_line(
            [("resident", found.counted), ("projected_resident", period)]
                .into_iter()
                .flat_map(|(table, period)| context.evidence().releases(table, period)),
        );
        words
    };
    let title = format!("Residents of {name} by age in the middle of {} and of {last}", found.base);
    let ages = Exhibit::chart(
        "ages",
        "Residents by age",
        "Everybody who lives here, by ten years of age; most of the change is people already here growing older.",
        shown::ages(found, words("ages", &title)),
    ).origin(origin());
    let title = format!("Births, deaths and moves in {name}, year by year");
    let books = Exhibit::table(
        "books",
        "What the years bring",
        "Each line is a year from the middle of June to the next: everybody at the end is accounted for.",
        shown::books(found, words("books", &title)),
    ).origin(origin());
    let title = format!(
        "People of the local authorities of {name}, in the middle of {} and of {last}",
        found.base
    );
    let authorities = Exhibit::table(
        "authorities",
        "What is projected for the local authorities",
        "Everybody in each authority, whether or not all of it belongs here, and those of them who live here.",
        shown::authorities(found, words("authorities", &title)),
    ).origin(origin());
    let mut shown = vec![ages, books];
    shown.extend((!found.authorities.is_empty()).then_some(authorities));
    shown.push(where_old(context, name, found, &words)?);
    Ok(shown)
}

/// Where people of 75 and over become more, as a map with the small areas as its table.
fn where_old(
    context: &Context,
    name: &str,
    found: &Residents,
    words: &dyn Fn(&str, &str) -> kit::Caption,
) -> Result<Exhibit, Refusal> {
    let last = found.years.last().copied().unwrap_or(found.base);
    let title = format!(
        "More people of 75 and over in {last} than in {}, small areas of {name}",
        found.base
    );
    let mut caption = words("areas", &title);
    let table = shown::areas(found, caption.clone());
    let origin = Some(origin_of_table("resident", found.counted));
    caption.description =
        format!("A map of small areas. {title}. The table holds the same figures.");
    let heading = "Where people grow old";
    let reading = "Small areas (LSOAs) from light (fewest people of 75 and over added) to dark (most added). Areas with many care homes, or few people, differ by chance.";
    let Some(map) = shown::map(context.evidence(), found, caption)? else {
        let reading = "No outlines of small areas have been imported for this place, so there is no map; the table holds every area, those with most more people of 75 and over first.";
        return Ok(Exhibit::table("areas", heading, reading, table).origin(origin));
    };
    Ok(Exhibit::chart_of("areas", heading, reading, map, table).origin(origin))
}

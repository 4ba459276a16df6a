//! Who will live here: residents by age, what the years bring, and where people grow old.

use axum::response::Response;
use evidence::Place;
use models::population::{NoResidents, Residents, residents};
use present::population as shown;
use vocab::Period;

use super::question::Answer;
use super::{caption, origin_of_table};
use crate::exhibit::Exhibit;
use crate::failure::Failure;
use crate::layout::Section;
use crate::query::Choices;
use crate::state::AppState;

/// Years ahead.
const YEARS: i16 = 5;
/// What the figures rest on.
const TABLES: [&str; 3] = ["resident", "projected_resident", "lookup"];

/// The page.
pub(crate) fn page(state: &AppState, key: &str, choices: &Choices) -> Result<Response, Failure> {
    let place = state.place(key)?;
    let found = found(state, &place)?;
    let (mut sentences, exhibits, limits) = match &found {
        Ok(found) => (
            shown::sentences(found, &shown::whereabouts(&place)),
            exhibits_of(state, &place, found)?,
            shown::limits(found),
        ),
        Err(why) => (
            vec![format!("Who will live in {} cannot be told: {}.", place.name, why.in_words())],
            Vec::new(),
            vec!["Residents are people who live in an area, whichever practice they are with; patients are those on a list.".to_owned()],
        ),
    };
    Answer {
        place: &place,
        section: Section::Outlook,
        title: "Who will live in",
        word: "population",
        question: "Who will live here?",
        lead: sentences.remove(0),
        sentences,
        working: None,
        exhibits,
        limits,
        method: "cohort-component",
        counts: Some(evidence::Belonging::Live),
    }
    .page(state, choices)
}

/// The exhibits of the page.
pub(crate) fn exhibits(state: &AppState, key: &str, _: &Choices) -> Result<Vec<Exhibit>, Failure> {
    let place = state.place(key)?;
    found(state, &place)?.map_or(Ok(Vec::new()), |found| exhibits_of(state, &place, &found))
}

fn found(state: &AppState, place: &Place) -> Result<Result<Residents, NoResidents>, Failure> {
    Ok(residents(state.evidence(), place, &*state.known()?, YEARS)?)
}

fn exhibits_of(
    state: &AppState,
    place: &Place,
    found: &Residents,
) -> Result<Vec<Exhibit>, Failure> {
    let name = &shown::whereabouts(place);
    let origin = || Some(origin_of_table("resident", found.counted));
    let last = found.years.last().copied().unwrap_or(found.base);
    let words = |id: &str, title: &str| {
        let period = Period::Year(last);
        let mut words = caption(state, id, title, &TABLES);
        words.source = super::source_line(
            [("resident", found.counted), ("projected_resident", period)]
                .into_iter()
                .flat_map(|(table, period)| state.evidence().releases(table, period)),
        );
        words
    };
    let title = format!("Residents of {name} by age in the middle of {} and of {last}", found.base);
    let ages = Exhibit::chart(
        "ages",
        "Residents by age",
        "Everybody who lives here, by ten years of age; most of the change is people already here growing older.",
        &shown::ages(found, words("ages", &title)),
        origin(),
    );
    let title = format!("Births, deaths and moves in {name}, year by year");
    let books = Exhibit::table(
        "books",
        "What the years bring",
        "Each line is a year from the middle of June to the next: everybody at the end is accounted for.",
        shown::books(found, words("books", &title)),
        origin(),
    );
    let title = format!(
        "People of the local authorities of {name}, in the middle of {} and of {last}",
        found.base
    );
    let authorities = Exhibit::table(
        "authorities",
        "What is projected for the local authorities",
        "Everybody in each authority, whether or not all of it belongs here, and those of them who live here.",
        shown::authorities(found, words("authorities", &title)),
        origin(),
    );
    let mut shown = vec![ages, books];
    shown.extend((!found.authorities.is_empty()).then_some(authorities));
    shown.push(where_old(state, name, found, &words)?);
    Ok(shown)
}

/// Where people of 75 and over become more, as a map with the small areas as its table.
fn where_old(
    state: &AppState,
    name: &str,
    found: &Residents,
    words: &dyn Fn(&str, &str) -> kit::Caption,
) -> Result<Exhibit, Failure> {
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
    let Some(map) = shown::map(state.evidence(), found, caption)? else {
        let reading = "No outlines of small areas have been imported for this place, so there is no map; the table holds every area, those with most more people of 75 and over first.";
        return Ok(Exhibit::table("areas", heading, reading, table, origin));
    };
    Ok(Exhibit { table, ..Exhibit::chart("areas", heading, reading, &map, origin) })
}

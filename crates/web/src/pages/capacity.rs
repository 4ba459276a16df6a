//! Capacity: appointments on the right days, in the right practices, and whether patients feel it.

use axum::response::Response;
use evidence::Place;
use indicators::felt::{Felt, felt};
use indicators::seasons::{open_months, season};
use indicators::week::{Balance, balance, doctor_hours, locations, network_loads, partners};
use present::capacity as shown;
use present::findings::style;
use vocab::Period;

use super::question::Answer;
use super::{caption, origin_of, origin_of_table};
use crate::exhibit::Exhibit;
use crate::failure::Failure;
use crate::layout::Section;
use crate::links;
use crate::query::Choices;
use crate::state::AppState;

/// The indicator that stands for capacity, and those that stand for experience, the first with figures.
const CAPACITY: &str = "appointments_per_1000";
const EXPERIENCE: [&str; 2] = ["survey_contact", "survey_overall"];

/// What is said about a place's capacity.
struct Found {
    /// What cannot be told of this place.
    limits: Vec<String>,
    sentences: Vec<String>,
    exhibits: Vec<Exhibit>,
}

/// The page.
pub(crate) fn page(state: &AppState, key: &str, choices: &Choices) -> Result<Response, Failure> {
    let place = state.place(key)?;
    let mut found = found(state, &place)?;
    let lead = if found.sentences.is_empty() {
        "Neither daily nor practice appointments have been imported for this place, so its capacity cannot be told.".to_owned()
    } else {
        found.sentences.remove(0)
    };
    let mut limits = vec![
        "Requests for care are not published by weekday: their shares are an assumption, shown with its range in the first table.".to_owned(),
        "Appointments are what practices recorded: online contacts without a slot, and most work of networks, are not in them.".to_owned(),
        "The days of a single practice’s week are not published; only its months are.".to_owned(),
    ];
    limits.append(&mut found.limits);
    Answer {
        place: &place,
        section: Section::Place,
        title: "Capacity of",
        word: "capacity",
        question: "Is there capacity on the right days, and is it felt?",
        lead,
        sentences: found.sentences,
        working: None,
        exhibits: found.exhibits,
        limits,
        method: "the-week",
        counts: Some(evidence::Belonging::Stand),
    }
    .page(state, choices)
}

/// The exhibits of the page.
pub(crate) fn exhibits(state: &AppState, key: &str, _: &Choices) -> Result<Vec<Exhibit>, Failure> {
    Ok(found(state, &state.place(key)?)?.exhibits)
}

fn found(state: &AppState, place: &Place) -> Result<Found, Failure> {
    let evidence = state.evidence();
    let mut found = Found { limits: Vec::new(), sentences: Vec::new(), exhibits: Vec::new() };
    let within = (!place.is_everywhere()).then_some(place);
    if let Some(balance) = balance(evidence, within)? {
        found.sentences.push(shown::week_sentence(&place.name, &balance));
        found.exhibits.extend(week(state, place, &balance)?);
    } else {
        found.limits.push("No daily appointments are held for this place: networks and practices are not in that publication.".to_owned());
    }
    months(state, place, &mut found)?;
    hours(state, place, &mut found)?;
    between_practices(state, place, &mut found)?;
    let both = experience(state, place)?;
    if both.is_none() {
        let none = "Whether capacity is felt cannot be told: no answers of the GP Patient Survey by practice have been imported.";
        found.limits.push(none.to_owned());
    }
    if let Some(both) = both {
        let first = state.definition(&both.capacity.indicator)?;
        let second = state.definition(&both.experience.indicator)?;
        found.sentences.push(shown::felt_sentence(&place.name, &both, &first.name, &second.name));
        let title = format!("{} and {}, practices of {}", first.name, second.name, place.name);
        let mut words = caption(state, "felt", &title, &["appointment", "experience"]);
        words.description = format!("A scatter plot, a mark a practice. {title}.");
        let axes = ((first.name.clone(), style(first)), (second.name.clone(), style(second)));
        let chart = shown::felt_chart(&both, axes.0, axes.1, words, &links::to);
        let reading = "Practices at the lower right hold many appointments and are found hard to reach; at the upper left few, and easy.";
        found.exhibits.push(Exhibit::chart(
            "felt",
            "Is it felt?",
            reading,
            &chart,
            Some(origin_of(&both.experience)),
        ));
    }
    Ok(found)
}

/// The week with its table, and the locations of the place.
fn week(state: &AppState, place: &Place, balance: &Balance) -> Result<Vec<Exhibit>, Failure> {
    let title = format!("Appointments and requests by weekday in {}", place.name);
    let mut words = caption(state, "week", &title, &["appointment_day"]);
    words.description = format!("Bars for each weekday. {title}.");
    let chart = shown::week_chart(&place.name, balance, words.clone());
    let origin = Some(origin_of_table("appointment_day", balance.months.1));
    let reading = "Only weeks with all five weekdays open count. A day is short, or holds more than its share, where its interval lies outside the range of what is asked for.";
    let week = Exhibit::chart("week", "The right days?", reading, &chart, origin.clone());
    let mut exhibits =
        vec![Exhibit { table: shown::week_table(balance, words), folded: false, ..week }];
    let locations = locations(state.evidence(), place)?;
    if locations.len() > 1 {
        let title = format!("What each weekday lacks in the sub-ICB locations of {}", place.name);
        let words = caption(state, "locations", &title, &["appointment_day"]);
        let table = shown::locations_table(&locations, &partners(&locations), words, &links::to);
        let reading = "Appointments a week that a day lacks of its share of requests; below nought where it holds more.";
        exhibits.push(Exhibit::table("locations", "Who could share a day", reading, table, origin));
    }
    Ok(exhibits)
}

/// The months of the years.
fn months(state: &AppState, place: &Place, found: &mut Found) -> Result<(), Failure> {
    let within = (!place.is_everywhere()).then_some(place);
    let months = open_months(state.evidence(), within)?;
    let Some(last) = months.last().filter(|_| months.len() > 1) else { return Ok(()) };
    if let Some(season) = season(&months) {
        found.sentences.push(shown::season_sentence(&place.name, &season));
    }
    let title = format!("Appointments on an open day of each month in {}", place.name);
    let mut words = caption(state, "months", &title, &["appointment_day"]);
    words.description = format!("A line for each year, a point for each month. {title}.");
    let chart = shown::seasons_chart(&months, words);
    let mut reading = "Each month is divided by its weekdays that were no bank holidays; nothing is smoothed, and a month without figures leaves a gap.".to_owned();
    for cut in &state.definition(CAPACITY)?.breaks {
        if cut.at <= last.month.first_day() {
            reading = format!("{reading} {}", cut.reason);
        }
    }
    let origin = Some(origin_of_table("appointment_day", Period::Month(last.month)));
    found.exhibits.push(Exhibit::chart("months", "The right months?", &reading, &chart, origin));
    Ok(())
}

/// Hours with a doctor by weekday.
fn hours(state: &AppState, place: &Place, found: &mut Found) -> Result<(), Failure> {
    let held = doctor_hours(state.evidence(), place)?.filter(|(_, hours)| !hours.is_empty());
    let Some((period, hours)) = held else {
        found.limits.push("Hours with a doctor by weekday: no opening times of the place’s sites have been imported.".to_owned());
        return Ok(());
    };
    found.sentences.push(shown::hours_sentence(&hours));
    let title = format!("Hours with a doctor by weekday, practices of {}", place.name);
    let table =
        shown::hours_table(&hours, caption(state, "hours", &title, &["opening"]), &links::to);
    let reading = "All sites of a practice together, as their opening times say.";
    let origin = Some(origin_of_table("opening", period));
    found.exhibits.push(Exhibit::table("hours", "The doctor’s hours", reading, table, origin));
    Ok(())
}

/// Practices beside the others of their network.
fn between_practices(state: &AppState, place: &Place, found: &mut Found) -> Result<(), Failure> {
    let definition = state.definition(CAPACITY)?;
    let Ok(period) = state.latest(definition) else { return Ok(()) };
    let networks = network_loads(state.evidence(), definition, period, place)?;
    let Some(sentence) = shown::sharing_sentence(&networks) else {
        let none = "Practices are not set beside their networks: no network here has two practices with appointments of their own in the evidence.";
        found.limits.push(none.to_owned());
        return Ok(());
    };
    found.sentences.push(sentence);
    let title = format!("Practices beside their networks in {}, {}", place.name, period.in_words());
    let words = caption(state, "networks", &title, &["appointment", "list_size"]);
    let table = shown::sharing_table(&networks, words, &links::to);
    let reading = "Within a network the differences add up to nought: what one practice holds above the network’s rate is what others lack. Who the patients are explains part of it.";
    let origin = Some(origin_of_table("appointment", period));
    found.exhibits.push(Exhibit::table("networks", "The right practices?", reading, table, origin));
    Ok(())
}

/// Capacity and the first measure of experience that has figures; nothing without both.
fn experience(state: &AppState, place: &Place) -> Result<Option<Felt>, Failure> {
    let capacity = state.definition(CAPACITY)?;
    for id in EXPERIENCE {
        let experience = state.definition(id)?;
        if state.latest(capacity).is_ok() && state.latest(experience).is_ok() {
            return Ok(Some(felt(state.evidence(), capacity, experience, place)?));
        }
    }
    Ok(None)
}

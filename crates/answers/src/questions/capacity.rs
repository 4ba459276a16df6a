//! Capacity: appointments on the right days, in the right practices, and whether patients feel it.

use evidence::{Belonging, Place};
use indicators::felt::{Felt, felt};
use indicators::seasons::{open_months, season};
use indicators::week::{Balance, balance, doctor_hours, locations, network_loads, partners};
use kit::{Answer, Exhibit};
use vocab::Period;

use crate::capacity as shown;
use crate::context::Context;
use crate::findings::style;
use crate::origin::{caption, origin_of, origin_of_table};
use crate::question::{Asked, Question, Theme};
use crate::refusal::Refusal;

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

/// Whether there is capacity on the right days.
pub const QUESTION: Question = Question {
    word: "capacity",
    asks: "Is there capacity on the right days, and is it felt?",
    title: "Capacity of",
    theme: Theme::Place,
    counts: Belonging::Stand,
    on_site: true,
    choices: &[],
    answer,
};

fn answer(asked: &Asked<'_>) -> Result<Answer, Refusal> {
    let mut found = found(asked.context, asked.place)?;
    let mut sentences = found.sentences.into_iter();
    let lead = sentences.next();
    let refused = lead.is_none().then(|| "Capacity cannot be told here. What is told of it rests on daily appointments, which are published for sub-ICB locations and what they make up, or on two practices of one network with appointments: neither is held for this place.".to_owned());
    let mut limits = vec![
        "Requests for care are not published by weekday: their shares are an assumption, shown with its range in the first table.".to_owned(),
        "Appointments are what practices recorded: online contacts without a slot, and most work of networks, are not in them.".to_owned(),
        "The days of a single practice’s week are not published; only its months are.".to_owned(),
    ];
    limits.append(&mut found.limits);
    Ok(Answer {
        lead: lead.unwrap_or_default(),
        sentences: sentences.collect(),
        refused,
        exhibits: found.exhibits,
        limits,
        method: "the-week",
        ..Answer::default()
    })
}

fn found(context: &Context, place: &Place) -> Result<Found, Refusal> {
    let evidence = context.evidence();
    let mut found = Found { limits: Vec::new(), sentences: Vec::new(), exhibits: Vec::new() };
    let within = (!place.is_everywhere()).then_some(place);
    if let Some(balance) = balance(evidence, within)? {
        found.sentences.push(shown::week_sentence(&place.name, &balance));
        found.exhibits.extend(week(context, place, &balance)?);
    } else {
        found.limits.push("No daily appointments are held for this place: networks and practices are not in that publication.".to_owned());
    }
    months(context, place, &mut found)?;
    hours(context, place, &mut found)?;
    between_practices(context, place, &mut found)?;
    let both = experience(context, place)?;
    if both.is_none() {
        let none = "Whether capacity is felt cannot be told: no two practices of the place have both appointments and answers of the GP Patient Survey.";
        found.limits.push(none.to_owned());
    }
    if let Some(both) = both {
        let first = context.definition(&both.capacity.indicator)?;
        let second = context.definition(&both.experience.indicator)?;
        found.sentences.push(shown::felt_sentence(&place.name, &both, &first.name, &second.name));
        let title = format!("{} and {}, practices of {}", first.name, second.name, place.name);
        let mut words = caption(context, "felt", &title, &["appointment", "experience"]);
        words.description = format!("A scatter plot, a mark a practice. {title}.");
        let axes = ((first.name.clone(), style(first)), (second.name.clone(), style(second)));
        let chart = shown::felt_chart(&both, axes.0, axes.1, words);
        let reading = "Practices at the lower right hold many appointments and are found hard to reach; at the upper left few, and easy.";
        found.exhibits.push(
            Exhibit::chart("felt", "Is it felt?", reading, chart)
                .origin(Some(origin_of(&both.experience))),
        );
    }
    Ok(found)
}

/// The week with its table, and the locations of the place.
fn week(context: &Context, place: &Place, balance: &Balance) -> Result<Vec<Exhibit>, Refusal> {
    let title = format!("Appointments and requests by weekday in {}", place.name);
    let mut words = caption(context, "week", &title, &["appointment_day"]);
    words.description = format!("Bars for each weekday. {title}.");
    let chart = shown::week_chart(&place.name, balance, words.clone());
    let origin = Some(origin_of_table("appointment_day", balance.months.1));
    let reading = "Only weeks with all five weekdays open count. A day is short, or holds more than its share, where its interval lies outside the range of what is asked for.";
    let table = shown::week_table(balance, words);
    let week = Exhibit::chart_of("week", "The right days?", reading, chart, table);
    let mut exhibits = vec![week.opened().origin(origin.clone())];
    let locations = locations(context.evidence(), place)?;
    if locations.len() > 1 {
        let title = format!("What each weekday lacks in the sub-ICB locations of {}", place.name);
        let words = caption(context, "locations", &title, &["appointment_day"]);
        let table = shown::locations_table(&locations, &partners(&locations), words);
        let reading = "Appointments a week that a day lacks of its share of requests; below nought where it holds more.";
        exhibits.push(
            Exhibit::table("locations", "Who could share a day", reading, table).origin(origin),
        );
    }
    Ok(exhibits)
}

/// The months of the years.
fn months(context: &Context, place: &Place, found: &mut Found) -> Result<(), Refusal> {
    let within = (!place.is_everywhere()).then_some(place);
    let months = open_months(context.evidence(), within)?;
    let Some(last) = months.last().filter(|_| months.len() > 1) else { return Ok(()) };
    if let Some(season) = season(&months) {
        found.sentences.push(shown::season_sentence(&place.name, &season));
    }
    let title = format!("Appointments on an open day of each month in {}", place.name);
    let mut words = caption(context, "months", &title, &["appointment_day"]);
    words.description = format!("A line for each year, a point for each month. {title}.");
    let chart = shown::seasons_chart(&months, words);
    let mut reading = "Each month is divided by its weekdays that were no bank holidays; nothing is smoothed, and a month without figures leaves a gap.".to_owned();
    for cut in &context.definition(CAPACITY)?.breaks {
        if cut.at <= last.month.first_day() {
            reading = format!("{reading} {}", cut.reason);
        }
    }
    let origin = Some(origin_of_table("appointment_day", Period::Month(last.month)));
    found
        .exhibits
        .push(Exhibit::chart("months", "The right months?", reading, chart).origin(origin));
    Ok(())
}

/// Hours with a doctor by weekday.
fn hours(context: &Context, place: &Place, found: &mut Found) -> Result<(), Refusal> {
    let held = doctor_hours(context.evidence(), place)?.filter(|(_, hours)| !hours.is_empty());
    let Some((period, hours)) = held else {
        found.limits.push("Hours with a doctor by weekday: no opening times of the place’s sites have been imported.".to_owned());
        return Ok(());
    };
    found.sentences.push(shown::hours_sentence(&hours));
    let title = format!("Hours with a doctor by weekday, practices of {}", place.name);
    let table = shown::hours_table(&hours, caption(context, "hours", &title, &["opening"]));
    let reading = "All sites of a practice together, as their opening times say.";
    let origin = Some(origin_of_table("opening", period));
    found
        .exhibits
        .push(Exhibit::table("hours", "The doctor’s hours", reading, table).origin(origin));
    Ok(())
}

/// Practices beside the others of their network.
fn between_practices(context: &Context, place: &Place, found: &mut Found) -> Result<(), Refusal> {
    let definition = context.definition(CAPACITY)?;
    let Ok(period) = context.latest(definition) else { return Ok(()) };
    let networks = network_loads(context.evidence(), definition, period, place)?;
    let Some(sentence) = shown::sharing_sentence(&networks) else {
        let none = "Practices are not set beside their networks: no network here has two practices with appointments of their own in the evidence.";
        found.limits.push(none.to_owned());
        return Ok(());
    };
    found.sentences.push(sentence);
    let title = format!("Practices beside their networks in {}, {}", place.name, period.in_words());
    let words = caption(context, "networks", &title, &["appointment", "list_size"]);
    let table = shown::sharing_table(&networks, words);
    let reading = "Within a network the differences add up to nought: what one practice holds above the network’s rate is what others lack. Who the patients are explains part of it.";
    let origin = Some(origin_of_table("appointment", period));
    found
        .exhibits
        .push(Exhibit::table("networks", "The right practices?", reading, table).origin(origin));
    Ok(())
}

/// Capacity and the first measure of experience that has figures; nothing without both.
fn experience(context: &Context, place: &Place) -> Result<Option<Felt>, Refusal> {
    let capacity = context.definition(CAPACITY)?;
    for id in EXPERIENCE {
        let experience = context.definition(id)?;
        if context.latest(capacity).is_ok() && context.latest(experience).is_ok() {
            let found = felt(context.evidence(), capacity, experience, place)?;
            return Ok(Some(found)
                .filter(|found| found.pairs.iter().filter(|pair| pair.inside).count() > 1));
        }
    }
    Ok(None)
}

//! Who is on a list and who is missing: registered, resident, and people on no list.

use evidence::{Belonging, Place};
use indicators::EvaluateError;
use indicators::registration::{age_gaps, living, registrations, years_apart};
use kit::number::capitalise;
use kit::{Answer, Exhibit};

use crate::context::Context;
use crate::origin::{caption, origin_of_table};
use crate::question::{Asked, Question, Theme};
use crate::refusal::Refusal;
use crate::registration as shown;

/// Who is on a list, and who is missing.
pub const QUESTION: Question = Question {
    word: "registered",
    asks: "Who is on a list, and who is missing?",
    title: "Registered in",
    theme: Theme::Place,
    counts: Belonging::Live,
    on_site: true,
    choices: &[],
    answer,
};

fn answer(asked: &Asked<'_>) -> Result<Answer, Refusal> {
    let Found { refused, sentences, exhibits } = found(asked.context, asked.place)?;
    let mut sentences = sentences.into_iter();
    let lead = if refused.is_some() { None } else { sentences.next() };
    Ok(Answer {
        lead: lead.unwrap_or_default(),
        sentences: sentences.collect(),
        refused,
        exhibits,
        limits: vec![
            "People without a home, in prison, or who arrived since the estimate of residents are in neither figure.".to_owned(),
            "How many entries on lists are left over is not published for any area; the range is an assumption.".to_owned(),
            "Which ages use their practice less than they need: contacts are not published by age.".to_owned(),
            "Sub-ICB locations of which no more than half of the practices belong to the place, with the patients of those who do.".to_owned(),
        ],
        method: "registered-and-resident",
        ..Answer::default()
    })
}

/// What is told of who is registered, or why it cannot be; ages may be told without.
#[derive(Default)]
struct Found {
    refused: Option<String>,
    sentences: Vec<String>,
    exhibits: Vec<Exhibit>,
}

fn found(context: &Context, place: &Place) -> Result<Found, Refusal> {
    let Found { mut refused, mut sentences, mut exhibits } = Found::default();
    let definition = context.definition("registered_per_resident")?;
    let found = registrations(context.evidence(), definition, place);
    let is_of_one_area = match &found {
        Ok(found) => found.redrawn.is_empty(),
        Err(EvaluateError::Withheld(_)) => place.is_of_councils(),
        Err(_) => true,
    };
    if let Err(why) = &found {
        let why = capitalise(&why.to_string());
        refused = Some(format!("Who is registered cannot be told here. {why}."));
    } else if found.as_ref().is_ok_and(|found| found.whole.resident <= 0.0) {
        refused = Some(
            "Who is registered cannot be told here: no residents are held for this place."
                .to_owned(),
        );
    }
    if let Some(found) = found.ok().filter(|found| found.whole.resident > 0.0) {
        sentences.push(shown::sentence(&found));
        let title = format!("Registered and resident people by area in {}", place.name);
        let tables = ["list_size", "registered_area", "resident", "lookup"];
        let table = shown::areas_table(&found, caption(context, "areas", &title, &tables));
        let reading = if found.years_apart().is_none() {
            "Areas with fewest people on lists for their residents first. The range of people on no list runs from no left-over entries to the most that are plausible."
        } else {
            "Areas with fewest people on lists for their residents first."
        };
        let origin = Some(origin_of_table("resident", found.residents));
        exhibits.push(Exhibit::table("areas", "Area by area", reading, table).origin(origin));
        if let Ok(living) = living(context.evidence(), place)? {
            sentences.push(shown::living_sentence(&living, &place.name));
        }
    }
    if !is_of_one_area {
        return Ok(Found { refused, sentences, exhibits });
    }
    let gaps = age_gaps(context.evidence(), place)?;
    if let Some(years) = gaps.as_ref().and_then(|gaps| years_apart(gaps.lists, gaps.residents)) {
        sentences.push(format!("Which ages are missing cannot be told: residents by age are of {years} years before the lists, and children of then are no children now."));
    } else if let Some(gaps) = &gaps {
        sentences.extend(shown::ages_sentence(gaps));
        let title = format!("People on lists and residents by age in {}", place.name);
        let mut words = caption(context, "ages", &title, &["registered", "resident"]);
        words.description = format!("Bars by age. {title}.");
        let reading = "Shares of everybody on lists beside shares of all residents: where residents reach past the bar of a group, the group is missing.";
        let origin = Some(origin_of_table("registered", gaps.lists));
        let gaps = &gaps.groups;
        let heading = "Which ages are missing";
        let table = shown::ages_table(gaps, words.clone());
        let ages = if gaps.iter().all(|gap| gap.sex == "all") {
            Exhibit::chart_of("ages", heading, reading, shown::ages_bars(gaps, words), table)
        } else {
            Exhibit::chart_of("ages", heading, reading, shown::ages_pyramid(gaps, words), table)
        };
        exhibits.push(ages.opened().origin(origin));
    } else if place.is_of_councils() {
        sentences.push("Which ages are missing is not told: lists by age are published by practice, not by where patients live.".to_owned());
    }
    Ok(Found { refused, sentences, exhibits })
}

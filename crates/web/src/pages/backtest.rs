//! How well forecasts would have done, beside those that anybody can make.

use std::sync::Arc;

use axum::response::Response;
use evidence::Place;
use models::backtest::Backtest;
use present::backtest as shown;

use super::caption;
use super::question::Answer;
use crate::exhibit::Exhibit;
use crate::failure::Failure;
use crate::layout::Section;
use crate::query::Choices;
use crate::state::AppState;

/// The names of the exhibits of monthly figures, in the order of the tests.
const MONTHLY: [&str; 4] = ["first", "second", "third", "fourth"];

/// The page.
pub(crate) fn page(state: &AppState, key: &str, choices: &Choices) -> Result<Response, Failure> {
    let place = state.place(key)?;
    let found = tested(state, &place)?;
    let exhibits = shown_of(state, &place, &found);
    let mut sentences = shown::sentences(&found);
    let lead = if exhibits.is_empty() {
        "No forecast of this place can be tested yet: too few months or dates are imported."
            .to_owned()
    } else {
        sentences.remove(0)
    };
    Answer {
        place: &place,
        section: Section::Outlook,
        title: "Past forecasts for",
        word: "backtest",
        question: "How far off would forecasts have been?",
        lead,
        sentences,
        working: None,
        exhibits,
        limits: [
            vec![
            "That the next years are like the last is not tested by this: a new rule or a new illness is in no past.".to_owned(),
            "Need, staff and money have no published past that is long enough; their ranges come from their assumptions.".to_owned(),
            ],
            shown::untested(&found),
        ]
        .concat(),
        method: "backtest",
        counts: Some(evidence::Belonging::Stand),
    }
    .page(state, choices)
}

/// The exhibits of the page.
pub(crate) fn exhibits(state: &AppState, key: &str, _: &Choices) -> Result<Vec<Exhibit>, Failure> {
    let place = state.place(key)?;
    Ok(shown_of(state, &place, &*tested(state, &place)?))
}

/// The tests of a place, worked out once: those of all practices take a quarter of a minute.
fn tested(state: &AppState, place: &Place) -> Result<Arc<Backtest>, Failure> {
    let within = (!place.is_everywhere()).then_some(place);
    Ok(state.study().backtest(within)?)
}

fn shown_of(state: &AppState, place: &Place, found: &Backtest) -> Vec<Exhibit> {
    let judged = found.monthly.iter().filter(|tested| !tested.scores.is_empty());
    let monthly = MONTHLY.into_iter().zip(judged).map(|(id, tested)| {
        let title = format!("Errors of forecasts of {}, {}", shown::whose(tested), place.name);
        let table = shown::table(tested, caption(state, id, &title, &["appointment_day"]));
        let in_words = |month| vocab::Period::Month(month).in_words();
        let (first, last) = (in_words(tested.months.0), in_words(tested.months.1));
        let heading = kit::number::capitalise(&shown::whose(tested));
        let reading = format!(
            "{} series from {first} to {last} ({}). Each forecast saw only the months before it.",
            tested.series, tested.source
        );
        Exhibit::table(id, &heading, reading, table, None)
    });
    let mut exhibits: Vec<Exhibit> = monthly.collect();
    if !found.dated.is_empty() {
        let title = format!("Errors of predictions between dates, {}", place.name);
        let caption = caption(state, "dated", &title, &["list_size", "condition", "staff"]);
        let table = shown::dated_table(&found.dated, caption);
        let reading = "The last date was predicted from the dates before it.";
        exhibits.push(Exhibit::table(
            "dated",
            "Figures known on a few dates",
            reading,
            table,
            None,
        ));
    }
    exhibits
}

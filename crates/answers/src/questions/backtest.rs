//! How well forecasts would have done, beside those that anybody can make.

use std::sync::Arc;

use evidence::{Belonging, Place};
use kit::{Answer, Exhibit};
use models::backtest::Backtest;

use crate::backtest as shown;
use crate::context::Context;
use crate::origin::caption;
use crate::question::{Asked, Question, Theme};
use crate::refusal::Refusal;

/// The names of the exhibits of monthly figures, in the order of the tests.
const MONTHLY: [&str; 4] = ["first", "second", "third", "fourth"];

/// How far off forecasts would have been.
pub const QUESTION: Question = Question {
    word: "backtest",
    asks: "How far off would forecasts have been?",
    title: "Past forecasts for",
    theme: Theme::Outlook,
    counts: Belonging::Stand,
    on_site: true,
    choices: &[],
    answer,
};

fn answer(asked: &Asked<'_>) -> Result<Answer, Refusal> {
    let Asked { context, place, .. } = *asked;
    let found = tested(context, place)?;
    let exhibits = exhibits(context, place, &found);
    let mut sentences = shown::sentences(&found).into_iter();
    let is_tested = !exhibits.is_empty();
    let lead = sentences.next().filter(|_| is_tested).unwrap_or_default();
    let refused = (!is_tested).then(|| {
        "No forecast of this place can be tested yet: too few months or dates are imported."
            .to_owned()
    });
    let mut limits = vec![
        "That the next years are like the last is not tested by this: a new rule or a new illness is in no past.".to_owned(),
        "Need, staff and money have no published past that is long enough; their ranges come from their assumptions.".to_owned(),
    ];
    limits.extend(shown::untested(&found));
    Ok(Answer {
        lead,
        sentences: sentences.collect(),
        refused,
        exhibits,
        limits,
        method: "backtest",
        ..Answer::default()
    })
}

/// The tests of a place, worked out once: those of all practices take a quarter of a minute.
fn tested(context: &Context, place: &Place) -> Result<Arc<Backtest>, Refusal> {
    let within = (!place.is_everywhere()).then_some(place);
    Ok(context.study().backtest(within)?)
}

fn exhibits(context: &Context, place: &Place, found: &Backtest) -> Vec<Exhibit> {
    let judged = found.monthly.iter().filter(|tested| !tested.scores.is_empty());
    let monthly = MONTHLY.into_iter().zip(judged).map(|(id, tested)| {
        let title = format!("Errors of forecasts of {}, {}", shown::whose(tested), place.name);
        let table = shown::table(tested, caption(context, id, &title, &["appointment_day"]));
        let in_words = |month| vocab::Period::Month(month).in_words();
        let (first, last) = (in_words(tested.months.0), in_words(tested.months.1));
        let heading = kit::number::capitalise(&shown::whose(tested));
        let reading = format!(
            "{} series from {first} to {last} ({}). Each forecast saw only the months before it.",
            tested.series, tested.source
        );
        Exhibit::table(id, &heading, reading, table)
    });
    let mut exhibits: Vec<Exhibit> = monthly.collect();
    if !found.dated.is_empty() {
        let title = format!("Errors of predictions between dates, {}", place.name);
        let caption = caption(context, "dated", &title, &["list_size", "condition", "staff"]);
        let table = shown::dated_table(&found.dated, caption);
        let reading = "The last date was predicted from the dates before it.";
        exhibits.push(Exhibit::table("dated", "Figures known on a few dates", reading, table));
    }
    exhibits
}

//! TO BE WRITTEN: what the question is about, in a sentence.

use evidence::{Belonging, Lists};
use kit::number::plain;
use kit::{Answer, Cell, Column, Exhibit, Row, Style, Table};

use crate::context::Context;
use crate::origin::caption;
use crate::question::{Asked, Question, Theme};
use crate::refusal::Refusal;

/// TO BE WRITTEN: the question in a phrase.
pub const QUESTION: Question = Question {
    word: "NAME",
    asks: "TO BE WRITTEN: the question, as people ask it?",
    title: "TO BE WRITTEN: the title before the name of the place",
    theme: Theme::Place,
    counts: Belonging::Stand,
    on_site: true,
    choices: &[],
    answer,
};

fn answer(asked: &Asked<'_>) -> Result<Answer, Refusal> {
    let Asked { context, place, .. } = *asked;
    let lists = Lists::of(context.evidence(), place, &*context.known()?)?;
    let patients = lists.as_ref().map(Lists::total);
    Ok(Answer {
        lead: lead(&place.name, patients),
        sentences: Vec::new(),
        exhibits: lists.iter().map(|lists| practices(context, &place.name, lists)).collect(),
        limits: vec!["TO BE WRITTEN: what it cannot say.".to_owned()],
        method: "TO BE WRITTEN: the heading of the methods chapter, as in its link",
        ..Answer::default()
    })
}

/// The answer in one sentence, with the number.
fn lead(place: &str, patients: Option<f64>) -> String {
    match patients {
        Some(patients) => {
            format!("TO BE WRITTEN: {} patients are registered in {place}.", plain(patients, 0))
        }
        None => format!("TO BE WRITTEN: why it cannot be told of {place}."),
    }
}

fn practices(context: &Context, place: &str, lists: &Lists) -> Exhibit {
    let title = format!("TO BE WRITTEN: what the table holds, {place}");
    let row = |(code, patients): (&String, &f64)| {
        Row::new(vec![Cell::text(code.as_str()), Cell::value(*patients)])
    };
    let table = Table {
        caption: caption(context, "practices", &title, &["list_size"]),
        columns: vec![
            Column::text("Practice", "practice"),
            Column::number("Patients", "patients", Style::count("patients")),
        ],
        rows: lists.patients.iter().map(row).collect(),
        notes: Vec::new(),
    };
    let reading = "TO BE WRITTEN: how to read the table.";
    Exhibit::table("practices", "TO BE WRITTEN: its heading", reading, table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lead_tells_the_number_in_a_sentence() {
        let told = lead("Harbourton", Some(48_000.0));
        assert_eq!(told, "TO BE WRITTEN: the sentence for 48,000 patients of Harbourton");
    }

    #[test]
    fn without_lists_the_lead_says_what_is_missing() {
        assert_eq!(lead("Harbourton", None), "TO BE WRITTEN: the sentence where there are no lists");
    }
}

//! What was said and what became of it: a sentence or the minutes of a meeting in, readings out. The choices hold all that was
//! asked.

use std::sync::Arc;

use claims::{Answer, SHEETS, Sheet};
use kit::Exhibit;
use serde::Serialize;

use super::list::LONGEST;
use super::list::{self, List};
use super::reading;
use super::readings::{Answers, Heard, Readings};
use super::{json, sheet_json as whole_json};
use crate::choices::Choices;
use crate::context::Context;
use crate::refusal::Refusal;

/// What is told of what was said.
#[derive(Debug)]
pub enum Told {
    /// What can be asked, and what became of each sentence that was.
    List(Box<List>),
    /// The one reading of one sentence.
    Reading(Box<reading::Told>),
    /// Sentences are still being read.
    Working(Working),
}

/// How far the reading of sentences is.
#[derive(Debug, Serialize)]
pub struct Working {
    /// The place that they speak of.
    pub place: String,
    /// The sentence, where it is one.
    pub sentence: Option<String>,
    /// How many are read.
    pub done: usize,
    /// Of how many.
    pub of: usize,
    /// The address at which to look again.
    pub again: String,
}

/// What is asked: by whom it was said, and what.
struct Asked {
    sheet: Option<Sheet>,
    heard: Heard,
    sentences: Vec<String>,
}

/// What became of what was said.
///
/// # Errors
/// When a choice is none of those offered, or the evidence cannot be read.
pub fn of(readings: &Readings, choices: &Choices) -> Result<Told, Refusal> {
    let context = readings.context();
    let asked = Asked::of(context, choices)?;
    let (heard, sheet) = (&asked.heard, asked.sheet.as_ref());
    if asked.sentences.is_empty() && sheet.is_none() {
        return Ok(Told::List(Box::new(list::of(choices, heard, Vec::new(), None))));
    }
    let read = match readings.answers(&asked.sentences, heard)? {
        Answers::All(read) => read,
        Answers::SoFar(done) => return Ok(Told::Working(asked.working(choices, done))),
    };
    let answers: Vec<&Answer> = read.iter().map(Arc::as_ref).collect();
    let lines = match (answers.as_slice(), sheet) {
        ([Answer::Reading(one)], None) => {
            let told = reading::of(context, choices, &heard.place.key, one);
            return Ok(Told::Reading(Box::new(told)));
        }
        ([Answer::Several(all)], None) => list::parts(context, heard, all),
        _ => list::lines(context, heard, &asked.sentences, &answers),
    };
    Ok(Told::List(Box::new(list::of(choices, heard, lines, sheet))))
}

/// The picture and the figures of the one reading of a sentence; none where it is no one claim.
///
/// # Errors
/// As [`of`].
pub fn exhibits(readings: &Readings, choices: &Choices) -> Result<Option<Vec<Exhibit>>, Refusal> {
    let Some(sentence) = choices.get("claim") else { return Ok(None) };
    let answer = readings.answer(sentence, &heard(readings.context(), choices, None)?)?;
    Ok(match &*answer {
        Answer::Reading(one) => Some(reading::exhibits(readings.context(), one)),
        Answer::Several(_) | Answer::Near(_) | Answer::NotAClaim => None,
    })
}

/// What became of a sentence, as JSON; none where none is chosen.
///
/// # Errors
/// As [`of`].
pub fn reading_json(readings: &Readings, choices: &Choices) -> Result<Option<String>, Refusal> {
    let Some(sentence) = choices.get("claim") else { return Ok(None) };
    let answer = readings.answer(sentence, &heard(readings.context(), choices, None)?)?;
    Ok(Some(json(sentence, &answer, readings.context().library()).to_string()))
}

/// The sheet as a file of claims; none where none is chosen.
///
/// # Errors
/// When there is no such sheet.
pub fn sheet_file(choices: &Choices) -> Result<Option<String>, Refusal> {
    Ok(asked_sheet(choices)?.map(|sheet| sheet.write()))
}

/// The sheet with its readings, as JSON; none where none is chosen.
///
/// # Errors
/// As [`of`].
pub fn sheet_json(readings: &Readings, choices: &Choices) -> Result<Option<String>, Refusal> {
    let Some(sheet) = asked_sheet(choices)? else { return Ok(None) };
    let heard = heard(readings.context(), choices, Some(&sheet))?;
    let mut found = Vec::new();
    for sentence in &sheet.claims {
        let answer = readings.answer(sentence, &heard)?;
        found.push(json(sentence, &answer, readings.context().library()));
    }
    Ok(Some(whole_json(&sheet, &heard.place.name, found).to_string()))
}

impl Asked {
    fn of(context: &Context, choices: &Choices) -> Result<Self, Refusal> {
        let claim = choices.get("claim");
        let sheet = if claim.is_some() { None } else { asked_sheet(choices)? };
        let sentences = match (claim, &sheet) {
            (Some(claim), _) => vec![claim.to_owned()],
            (None, Some(sheet)) => sheet.claims.clone(),
            (None, None) => Vec::new(),
        };
        Ok(Self { heard: heard(context, choices, sheet.as_ref())?, sheet, sentences })
    }

    /// While sentences are read that rest on models of the years to come.
    fn working(&self, choices: &Choices, done: usize) -> Working {
        Working {
            place: self.heard.place.name.clone(),
            sentence: choices.get("claim").map(str::to_owned),
            done,
            of: self.sentences.len(),
            again: format!("/claims{}", choices.written()),
        }
    }
}

/// Of where is spoken, and on which day: as chosen, or as the sheet has it.
fn heard(context: &Context, choices: &Choices, sheet: Option<&Sheet>) -> Result<Heard, Refusal> {
    let day = match choices.get("said") {
        Some(said) => Some(said.parse().map_err(|_| {
            Refusal::bad_choice("said", said, "the day of the meeting as `2025-11-12`")
        })?),
        None => sheet.and_then(Sheet::day),
    };
    if choices.get("within").is_some() {
        return Ok(Heard { place: context.chosen_place(choices)?, day });
    }
    let example = choices.get("sheet").and_then(example);
    let own = example.filter(|sheet| !sheet.place.is_empty());
    let place = own.and_then(|sheet| context.place(&sheet.place).ok());
    Ok(Heard { place: place.unwrap_or_else(|| context.home().clone()), day })
}

/// The sheet that is chosen: one of the examples, or the minutes that the choices carry.
fn asked_sheet(choices: &Choices) -> Result<Option<Sheet>, Refusal> {
    if let Some(name) = choices.get("sheet") {
        let known: Vec<String> = SHEETS.iter().map(|sheet| format!("`{}`", sheet.id)).collect();
        let expected = format!("one of {}", known.join(", "));
        let found = example(name).ok_or_else(|| Refusal::bad_choice("sheet", name, &expected));
        return Ok(Some(found?.clone()));
    }
    let minutes = choices.get("minutes").filter(|text| text.chars().count() <= LONGEST);
    Ok(minutes.map(Sheet::read))
}

fn example(name: &str) -> Option<&'static Sheet> {
    SHEETS.iter().find(|sheet| sheet.id == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(name: &str, value: &str) -> Result<Option<String>, Refusal> {
        sheet_file(&Choices::of(vec![(name.to_owned(), value.to_owned())]))
    }

    #[test]
    fn minutes_are_a_sheet_unless_they_are_too_long() {
        let minutes = "There are six practices. ";
        assert!(sheet("minutes", minutes).is_ok_and(|found| found.is_some()));
        assert_eq!(sheet("minutes", &minutes.repeat(LONGEST)), Ok(None));
        assert_eq!(sheet("claim", minutes), Ok(None));
    }

    #[test]
    fn a_sheet_that_is_not_there_is_refused_with_those_that_are() {
        let refused = sheet("sheet", "atlantis").expect_err("no such sheet");
        assert!(refused.sentence.contains("`sheet` is `atlantis`; expected one of `"), "{refused}");
    }
}

//! Sentences with what became of each, and what can be asked.

use claims::{Answer, Grade, Reading, SHEETS, Sheet, Suggestion, TEMPLATES};
use evidence::Place;
use kit::number::{capitalise, counted, in_words, plain};
use serde::Serialize;

use super::readings::Heard;
use super::{answer, class, of_day, refusal, verdict, wanting};
use crate::address::written;
use crate::choices::Choices;
use crate::context::Context;

/// Characters of minutes that an address can carry through common browsers and proxies.
pub(super) const LONGEST: usize = 6_000;

/// What can be asked, and what became of each sentence that was.
#[derive(Debug, Serialize)]
pub struct List {
    /// The place that sentences speak of.
    pub place: String,
    /// Its key.
    pub within: String,
    /// The day on which they were said, where it is known.
    pub said: String,
    /// What follows from that day, of a sheet.
    pub of_day: Option<String>,
    /// The sentence, where it is one.
    pub sentence: String,
    /// The minutes that were sent.
    pub minutes: String,
    /// How many characters of minutes can be sent.
    pub longest: usize,
    /// What to do where they are longer.
    pub too_long: Option<String>,
    /// The sheets of the example boards: title and address.
    pub sheets: Vec<(String, String)>,
    /// What can be asked, by theme.
    pub themes: Vec<Theme>,
    /// What became of each sentence.
    pub answers: Vec<Line>,
    /// The title of the sheet.
    pub title: Option<String>,
    /// What the sheet is.
    pub about: Option<String>,
    /// How many sentences were read, and how.
    pub summary: Option<String>,
    /// The address of the sheet as a file.
    pub save: Option<String>,
    /// The address of its readings as JSON.
    pub as_json: Option<String>,
    /// How many kinds of claims there are.
    pub templates: usize,
}

/// What can be asked about one thing.
#[derive(Debug, Serialize)]
pub struct Theme {
    /// What it is about.
    pub name: &'static str,
    /// The kinds of claims: title, a sentence of it, and the address that reads it.
    pub claims: Vec<(&'static str, &'static str, String)>,
}

/// A sentence with what became of it.
#[derive(Debug, Serialize)]
pub struct Line {
    /// Its line in the minutes.
    pub number: Option<usize>,
    /// The sentence.
    pub sentence: String,
    /// Supported, not supported or cannot tell; nothing where it could not be read.
    pub verdict: Option<&'static str>,
    /// The same as a word for its colour.
    pub class: &'static str,
    /// How much weight it bears, from A to D.
    pub grade: Option<&'static str>,
    /// What the figures say, or why it could not be read.
    pub answer: String,
    /// The address of the whole reading.
    pub href: Option<String>,
    /// The claims nearest to it, where it is none.
    pub nearest: Vec<Near>,
}

/// A claim near to a sentence that is none.
#[derive(Debug, Serialize)]
pub struct Near {
    /// The kind of claim.
    pub title: &'static str,
    /// A sentence of it.
    pub ask: &'static str,
    /// The address that reads that sentence.
    pub href: String,
    /// What the sentence lacks for it, or has too much.
    pub why: Option<String>,
}

/// The list, with what became of these sentences.
pub(super) fn of(
    choices: &Choices,
    heard: &Heard,
    mut answers: Vec<Line>,
    sheet: Option<&Sheet>,
) -> List {
    let numbers = sheet.map(|sheet| sheet.lines.as_slice()).unwrap_or_default();
    for (line, number) in answers.iter_mut().zip(numbers) {
        line.number = Some(*number);
    }
    let minutes = choices.get("minutes").unwrap_or_default();
    let file = |name: &str| sheet.map(|_| format!("/claims/sheet/{name}{}", choices.written()));
    List {
        place: heard.place.name.clone(),
        within: heard.place.key.clone(),
        said: heard.day.map(|day| day.to_string()).unwrap_or_default(),
        of_day: sheet.map(|_| of_day(heard.day)),
        sentence: choices.get("claim").unwrap_or_default().to_owned(),
        minutes: minutes.chars().take(LONGEST).collect(),
        longest: LONGEST,
        too_long: too_long(minutes),
        sheets: SHEETS.iter().map(example).collect(),
        themes: themes(&heard.place),
        summary: sheet.map(|_| summary(&answers)),
        title: sheet.map(|sheet| sheet.title.clone()),
        about: sheet.map(|sheet| sheet.about.clone()).filter(|about| !about.is_empty()),
        save: file("sheet.toml"),
        as_json: file("sheet.json"),
        answers,
        templates: TEMPLATES.len(),
    }
}

/// What to do with minutes that no address can hold.
fn too_long(minutes: &str) -> Option<String> {
    let length = minutes.chars().count();
    (length > LONGEST).then(|| {
        format!(
            "The minutes have {} characters; an address holds {} at most, and this site keeps nothing that it is sent. Split them, or read them with `catchment claim --sheet minutes.txt`.",
            plain(length as f64, 0),
            plain(LONGEST as f64, 0)
        )
    })
}

fn example(sheet: &Sheet) -> (String, String) {
    (sheet.title.clone(), format!("/claims{}", written(&[("sheet", &sheet.id)])))
}

/// How many sentences were read, and how.
fn summary(lines: &[Line]) -> String {
    let with = |word: &str| lines.iter().filter(|line| line.verdict == Some(word)).count();
    let read = lines.iter().filter(|line| line.verdict.is_some()).count();
    format!(
        "{} of {} can be read: {} supported, {} not supported, {} on which the published data cannot tell.",
        capitalise(&in_words(read)),
        counted(lines.len(), "sentence", "sentences"),
        in_words(with("Supported")),
        in_words(with("Not supported")),
        in_words(with("Cannot tell")),
    )
}

fn themes(place: &Place) -> Vec<Theme> {
    let heard = Heard { place: place.clone(), day: None };
    let mut themes: Vec<Theme> = Vec::new();
    for template in TEMPLATES.iter() {
        let (title, sentence) = (template.title.as_str(), template.ask.as_str());
        let claim = (title, sentence, ask(sentence, &heard));
        match themes.iter_mut().find(|theme| theme.name == template.theme) {
            Some(theme) => theme.claims.push(claim),
            None => themes.push(Theme { name: &template.theme, claims: vec![claim] }),
        }
    }
    themes.sort_by_key(|theme| theme.name);
    themes
}

/// The address of a sentence.
fn ask(sentence: &str, heard: &Heard) -> String {
    let said = heard.day.map(|day| day.to_string());
    let mut choices = vec![("claim", sentence), ("within", heard.place.key.as_str())];
    choices.extend(said.as_deref().map(|said| ("said", said)));
    format!("/claims{}", written(&choices))
}

/// Sentences, each with what became of it.
pub(super) fn lines(
    context: &Context,
    heard: &Heard,
    sentences: &[String],
    answers: &[&Answer],
) -> Vec<Line> {
    let read = sentences.iter().zip(answers);
    read.map(|(sentence, answer)| line(context, heard, sentence, answer)).collect()
}

/// The claims that one sentence makes.
pub(super) fn parts(context: &Context, heard: &Heard, readings: &[Reading]) -> Vec<Line> {
    readings.iter().map(|one| reading_line(context, heard, one)).collect()
}

fn line(context: &Context, heard: &Heard, sentence: &str, found: &Answer) -> Line {
    match found {
        Answer::Reading(reading) => Line {
            sentence: sentence.to_owned(),
            href: Some(ask(sentence, heard)),
            ..reading_line(context, heard, reading)
        },
        Answer::Several(readings) => {
            let each = readings.iter().map(|one| answer(one, context.library()));
            let of_all = found.verdict();
            Line {
                verdict: of_all.map(verdict),
                class: of_all.map_or("none", class),
                grade: readings.iter().map(|one| one.grade).max().map(Grade::as_str),
                href: Some(ask(sentence, heard)),
                ..unread(sentence, each.collect::<Vec<_>>().join(" "))
            }
        }
        Answer::Near(near) => Line {
            nearest: near.iter().map(|one| nearest(one, heard)).collect(),
            ..unread(sentence, format!("{} The nearest claims:", refusal(near)))
        },
        Answer::NotAClaim => unread(sentence, "Not a claim that figures could answer.".to_owned()),
    }
}

/// A sentence without a verdict.
fn unread(sentence: &str, answer: String) -> Line {
    Line {
        number: None,
        sentence: sentence.to_owned(),
        verdict: None,
        class: "none",
        grade: None,
        answer,
        href: None,
        nearest: Vec::new(),
    }
}

/// One of the claims of a sentence.
fn reading_line(context: &Context, heard: &Heard, reading: &Reading) -> Line {
    let sentence = reading.claim.sentence.clone();
    Line {
        number: None,
        verdict: Some(verdict(reading.verdict)),
        class: class(reading.verdict),
        grade: Some(reading.grade.as_str()),
        answer: answer(reading, context.library()),
        href: Some(ask(&sentence, heard)),
        sentence,
        nearest: Vec::new(),
    }
}

fn nearest(one: &Suggestion, heard: &Heard) -> Near {
    Near {
        title: &one.template.title,
        ask: &one.template.ask,
        href: ask(&one.template.ask, heard),
        why: wanting(one),
    }
}

//! Claims: a sentence or the minutes of a meeting in, readings out. The address holds all that was asked.

mod reading;

use ::claims::{Answer, Grade, Reading, SHEETS, Sheet, Suggestion, TEMPLATES};
use answers::address::written;
use answers::{Choices, Refusal, claims};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use evidence::Place;
use jiff::civil::Date;
use serde::Serialize;

use super::html;
use crate::layout::{Layout, Section};
use crate::serving::unfinished;
use crate::state::{Answers, AppState};

/// Characters of minutes that an address can carry through common browsers and proxies.
const LONGEST: usize = 6_000;
/// Sentences read on one page.
const MOST_SENTENCES: usize = 120;

#[derive(Serialize)]
struct Page {
    layout: Layout,
    place: String,
    within: String,
    said: String,
    of_day: Option<String>,
    sentence: String,
    minutes: String,
    longest: usize,
    too_long: Option<String>,
    sheets: Vec<(String, String)>,
    themes: Vec<Theme>,
    answers: Vec<Line>,
    title: Option<String>,
    about: Option<String>,
    summary: Option<String>,
    save: Option<String>,
    as_json: Option<String>,
    templates: usize,
}

/// What can be asked about one thing.
#[derive(Serialize)]
struct Theme {
    name: &'static str,
    claims: Vec<(&'static str, &'static str, String)>,
}

/// A sentence of a sheet with what became of it.
#[derive(Serialize)]
struct Line {
    number: Option<usize>,
    sentence: String,
    verdict: Option<&'static str>,
    class: &'static str,
    grade: Option<&'static str>,
    answer: String,
    href: Option<String>,
    nearest: Vec<Near>,
}

#[derive(Serialize)]
struct Near {
    title: &'static str,
    ask: &'static str,
    href: String,
    why: Option<String>,
}

/// Reads the sheets of the example boards for the home place, so that the first reader need not wait.
pub(crate) fn warm(state: &AppState) {
    for sentence in SHEETS.iter().flat_map(|sheet| &sheet.claims) {
        let _ = state.answer(sentence, state.context().home(), None);
    }
}

/// The page of claims: the form, a sheet of sentences, or one reading.
pub(crate) fn page(state: &AppState, choices: &Choices) -> Result<Response, Refusal> {
    let claim = choices.get("claim");
    let sheet = if claim.is_some() { None } else { asked_sheet(choices)? };
    let heard = heard(state, choices, sheet.as_ref())?;
    let sentences: Vec<String> = match (claim, &sheet) {
        (Some(claim), _) => vec![claim.to_owned()],
        (None, Some(sheet)) => sheet.claims.iter().take(MOST_SENTENCES).cloned().collect(),
        (None, None) => return list(state, choices, &heard, Vec::new(), None),
    };
    let answers = match state.answers(&sentences, &heard.place, heard.day)? {
        Answers::All(answers) => answers,
        Answers::SoFar(done) => {
            return working(state, choices, &heard.place, (done, sentences.len()));
        }
    };
    if let ([answer], None) = (&answers[..], &sheet)
        && let Answer::Reading(reading) = &**answer
    {
        return reading::page(state, choices, &heard, reading);
    }
    let read = sentences.iter().zip(&answers);
    let lines = match (&answers[..], &sheet) {
        ([answer], None) if let Answer::Several(readings) = &**answer => {
            readings.iter().map(|one| reading_line(state, &heard, one)).collect()
        }
        _ => read.map(|(sentence, answer)| line(state, &heard, sentence, answer)).collect(),
    };
    let numbers = sheet.as_ref().map(|sheet| sheet.lines.as_slice()).unwrap_or_default();
    let mut lines: Vec<Line> = lines;
    for (line, number) in lines.iter_mut().zip(numbers) {
        line.number = Some(*number);
    }
    list(state, choices, &heard, lines, sheet.as_ref())
}

#[derive(Serialize)]
struct WorkingPage {
    layout: Layout,
    place: String,
    sentence: Option<String>,
    done: usize,
    of: usize,
    again: String,
}

/// The page while sentences are read that rest on models of the years to come.
fn working(
    state: &AppState,
    choices: &Choices,
    place: &Place,
    (done, of): (usize, usize),
) -> Result<Response, Refusal> {
    let page = WorkingPage {
        layout: Layout::new(state, "Claims", Section::Claims, Vec::new()),
        place: place.name.clone(),
        sentence: choices.get("claim").map(str::to_owned),
        done,
        of,
        again: format!("/claims{}", choices.written()),
    };
    Ok(unfinished(html(state, "claims_working.html", &page)?))
}

/// Of where sentences speak, and on which day they were said, where that is known.
struct Heard {
    place: Place,
    day: Option<Date>,
}

fn heard(state: &AppState, choices: &Choices, sheet: Option<&Sheet>) -> Result<Heard, Refusal> {
    let day = match choices.get("said").map(str::trim).filter(|said| !said.is_empty()) {
        Some(said) => Some(said.parse().map_err(|_| {
            Refusal::bad_choice("said", said, "the day of the meeting as `2025-11-12`")
        })?),
        None => sheet.and_then(Sheet::day),
    };
    Ok(Heard { place: place(state, choices)?, day })
}

/// The place that sentences speak of: the one of the address, the sheet's, or the home page's.
fn place(state: &AppState, choices: &Choices) -> Result<Place, Refusal> {
    if let Some(key) = choices.get("within") {
        return state.context().place(key);
    }
    let of_sheet = choices
        .get("sheet")
        .and_then(|name| SHEETS.iter().find(|sheet| sheet.id == name))
        .filter(|sheet| !sheet.place.is_empty())
        .and_then(|sheet| state.context().place(&sheet.place).ok());
    Ok(of_sheet.unwrap_or_else(|| state.context().home().clone()))
}

/// The sheet that an address asks for: one of the examples, or the minutes that it carries.
fn asked_sheet(choices: &Choices) -> Result<Option<Sheet>, Refusal> {
    if let Some(name) = choices.get("sheet") {
        let known: Vec<String> = SHEETS.iter().map(|sheet| format!("`{}`", sheet.id)).collect();
        let found = SHEETS.iter().find(|sheet| sheet.id == name).cloned();
        return match found {
            Some(sheet) => Ok(Some(sheet)),
            None => {
                Err(Refusal::bad_choice("sheet", name, &format!("one of {}", known.join(", "))))
            }
        };
    }
    let minutes = choices.get("minutes").filter(|text| text.chars().count() <= LONGEST);
    Ok(minutes.map(Sheet::read))
}

fn list(
    state: &AppState,
    choices: &Choices,
    heard: &Heard,
    answers: Vec<Line>,
    sheet: Option<&Sheet>,
) -> Result<Response, Refusal> {
    let minutes = choices.get("minutes").unwrap_or_default();
    let length = minutes.chars().count();
    let file = |name: &str| sheet.map(|_| format!("/claims/sheet/{name}{}", choices.written()));
    let page = Page {
        layout: Layout::new(state, "Claims", Section::Claims, Vec::new()),
        place: heard.place.name.clone(),
        within: heard.place.key.clone(),
        said: heard.day.map(|day| day.to_string()).unwrap_or_default(),
        of_day: sheet.map(|_| claims::of_day(heard.day)),
        sentence: choices.get("claim").unwrap_or_default().to_owned(),
        minutes: minutes.chars().take(LONGEST).collect(),
        longest: LONGEST,
        too_long: (length > LONGEST).then(|| {
            format!(
                "The minutes have {} characters; an address holds {} at most, and this site keeps nothing that it is sent. Split them, or read them with `catchment claim --sheet minutes.txt`.",
                kit::number::plain(length as f64, 0),
                kit::number::plain(LONGEST as f64, 0)
            )
        }),
        sheets: SHEETS
            .iter()
            .map(|sheet| (sheet.title.clone(), format!("/claims{}", written(&[("sheet", &sheet.id)]))))
            .collect(),
        themes: themes(&heard.place),
        summary: sheet.map(|_| summary(&answers)),
        title: sheet.map(|sheet| sheet.title.clone()),
        about: sheet.map(|sheet| sheet.about.clone()).filter(|about| !about.is_empty()),
        save: file("sheet.toml"),
        as_json: file("sheet.json"),
        answers,
        templates: TEMPLATES.len(),
    };
    html(state, "claims.html", &page)
}

/// How many sentences were read, and how.
fn summary(lines: &[Line]) -> String {
    let with = |word: &str| lines.iter().filter(|line| line.verdict == Some(word)).count();
    let read = lines.iter().filter(|line| line.verdict.is_some()).count();
    format!(
        "{} of {} can be read: {} supported, {} not supported, {} on which the published data cannot tell.",
        kit::number::capitalise(&kit::number::in_words(read)),
        kit::number::counted(lines.len(), "sentence", "sentences"),
        kit::number::in_words(with("Supported")),
        kit::number::in_words(with("Not supported")),
        kit::number::in_words(with("Cannot tell")),
    )
}

fn themes(place: &Place) -> Vec<Theme> {
    let mut themes: Vec<Theme> = Vec::new();
    for template in TEMPLATES.iter() {
        let entry = (
            template.title.as_str(),
            template.ask.as_str(),
            ask(&template.ask, &Heard { place: place.clone(), day: None }),
        );
        match themes.iter_mut().find(|theme| theme.name == template.theme) {
            Some(theme) => theme.claims.push(entry),
            None => themes.push(Theme { name: &template.theme, claims: vec![entry] }),
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

fn line(state: &AppState, heard: &Heard, sentence: &str, answer: &Answer) -> Line {
    let blank = |answer: &str, nearest: Vec<Near>| Line {
        number: None,
        sentence: sentence.to_owned(),
        verdict: None,
        class: "none",
        grade: None,
        answer: answer.to_owned(),
        href: None,
        nearest,
    };
    match answer {
        Answer::Reading(reading) => Line {
            sentence: sentence.to_owned(),
            href: Some(ask(sentence, heard)),
            ..reading_line(state, heard, reading)
        },
        Answer::Several(readings) => {
            let each = readings.iter().map(|one| claims::answer(one, state.context().library()));
            let verdict = answer.verdict();
            Line {
                verdict: verdict.map(claims::verdict),
                class: verdict.map_or("none", class),
                grade: readings.iter().map(|one| one.grade).max().map(Grade::as_str),
                href: Some(ask(sentence, heard)),
                ..blank(&each.collect::<Vec<_>>().join(" "), Vec::new())
            }
        }
        Answer::Near(near) => blank(
            &format!("{} The nearest claims:", claims::refusal(near)),
            near.iter().map(|one| nearest(one, heard)).collect(),
        ),
        Answer::NotAClaim => blank("Not a claim that figures could answer.", Vec::new()),
    }
}

/// One of the claims of a sentence.
fn reading_line(state: &AppState, heard: &Heard, reading: &Reading) -> Line {
    let sentence = reading.claim.sentence.clone();
    Line {
        number: None,
        verdict: Some(claims::verdict(reading.verdict)),
        class: class(reading.verdict),
        grade: Some(reading.grade.as_str()),
        answer: claims::answer(reading, state.context().library()),
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
        why: claims::wanting(one),
    }
}

const fn class(verdict: ::claims::Verdict) -> &'static str {
    match verdict {
        ::claims::Verdict::Supported => "supported",
        ::claims::Verdict::NotSupported => "unsupported",
        ::claims::Verdict::CannotTell => "open",
    }
}

/// A file of a reading or of a sheet: `reading/chart.svg`, `reading/reading.json`, `sheet/sheet.toml`.
pub(crate) fn file(
    state: &AppState,
    part: &str,
    name: &str,
    choices: &Choices,
) -> Result<Response, Refusal> {
    let missing = || Refusal::not_found(&format!("/claims/{part}/{name}"));
    if part == "sheet" {
        let sheet = asked_sheet(choices)?.ok_or_else(missing)?;
        let heard = heard(state, choices, Some(&sheet))?;
        return match name {
            "sheet.toml" => Ok(attached("text/plain; charset=utf-8", "claims.toml", sheet.write())),
            "sheet.json" => sheet_json(state, &heard, &sheet),
            _ => Err(missing()),
        };
    }
    let sentence = choices.get("claim").filter(|_| part == "reading").ok_or_else(missing)?;
    let heard = heard(state, choices, None)?;
    let answer = state.answer(sentence, &heard.place, heard.day)?;
    if name == "reading.json" {
        let found = claims::json(sentence, &answer, state.context().library());
        return Ok(attached("application/json", "reading.json", found.to_string()));
    }
    match &*answer {
        Answer::Reading(reading) => super::file(reading::exhibits_of(state, reading), name),
        Answer::Several(_) | Answer::Near(_) | Answer::NotAClaim => Err(missing()),
    }
}

fn sheet_json(state: &AppState, heard: &Heard, sheet: &Sheet) -> Result<Response, Refusal> {
    let mut found = Vec::new();
    for sentence in sheet.claims.iter().take(MOST_SENTENCES) {
        let answer = state.answer(sentence, &heard.place, heard.day)?;
        found.push(claims::json(sentence, &answer, state.context().library()));
    }
    let whole = claims::sheet_json(sheet, &heard.place.name, found);
    Ok(attached("application/json", "claims.json", whole.to_string()))
}

fn attached(kind: &'static str, name: &str, body: String) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, disposition)], body).into_response()
}

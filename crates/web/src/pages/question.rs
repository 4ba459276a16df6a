//! A page that answers a question about a place: the answer first, then its exhibits, then what it leaves out.

use answers::address::{self, encoded, written};
use answers::edits::{self, Edits};
use answers::questions::question;
use answers::{Asked, Choices, Question, Refusal, Theme, scenarios};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use evidence::Place;
use kit::Answer;
use kit::answer::{Field, Working};
use serde::Serialize;

use super::html;
use crate::exhibit::Shown;
use crate::layout::{Layout, Section, Step};
use crate::serving::unfinished;
use crate::state::AppState;

/// The name of the file that holds a whole answer.
const WHOLE: &str = "answer.json";

#[derive(Serialize)]
struct Page {
    layout: Layout,
    place: String,
    place_href: String,
    question: String,
    lead: String,
    sentences: Vec<String>,
    refused: Option<String>,
    working: Option<Progress>,
    fields: Vec<Input>,
    /// What else can be asked from here: words and addresses.
    further: Vec<Step>,
    exhibits: Vec<Shown>,
    limits: Vec<String>,
    method: &'static str,
    path: String,
    whole: String,
}

/// How far an answer is that is still being worked out.
#[derive(Serialize)]
struct Progress {
    what: &'static str,
    done: u32,
    of: u32,
}

/// Something that may be chosen; typed where there are no options, else the one in force is marked.
#[derive(Serialize)]
struct Input {
    name: &'static str,
    label: &'static str,
    value: String,
    options: Vec<(String, String, bool)>,
    is_number: bool,
}

/// The page.
pub(crate) fn page(
    state: &AppState,
    (key, word): (&str, &str),
    choices: &Choices,
) -> Result<Response, Refusal> {
    let question = named(key, word)?;
    let choices = &question.known(choices);
    let place = state.context().place(key)?;
    let answer = of(state, question, &place, choices)?;
    let path = format!("/place/{}/{word}", encoded(&place.key));
    let working = answer.working;
    let page =
        html(state, "question.html", &shown(state, question, &place, (answer, &path, choices))?)?;
    Ok(if working.is_some() { unfinished(page) } else { page })
}

/// The file of an exhibit of an answer, or all of it.
pub(crate) fn file(
    state: &AppState,
    (key, word, name): (&str, &str, &str),
    choices: &Choices,
) -> Result<Response, Refusal> {
    let question = named(key, word)?;
    let choices = &question.known(choices);
    let place = state.context().place(key)?;
    let answer = of(state, question, &place, choices)?;
    let working = answer.working.is_some();
    let file = if name == WHOLE {
        let whole = serde_json::to_vec_pretty(&answers::json::of(&answer, &place));
        let whole = whole.map_err(|error| Refusal::bug(&error.to_string()))?;
        ([(CONTENT_TYPE, "application/json")], whole).into_response()
    } else {
        super::file(answer.exhibits, name)?
    };
    Ok(if working { unfinished(file) } else { file })
}

fn named(key: &str, word: &str) -> Result<&'static Question, Refusal> {
    question(word).ok_or_else(|| Refusal::not_found(&format!("/place/{key}/{word}")))
}

fn of(
    state: &AppState,
    question: &Question,
    place: &Place,
    choices: &Choices,
) -> Result<Answer, Refusal> {
    question.of(&Asked { context: state.context(), place, choices })
}

fn shown(
    state: &AppState,
    question: &Question,
    place: &Place,
    (answer, path, choices): (Answer, &str, &Choices),
) -> Result<Page, Refusal> {
    let written = choices.written();
    let exhibits = answer.exhibits.iter().map(|one| Shown::of(one, path, &written));
    Ok(Page {
        layout: Layout::new(
            state,
            &format!("{} {}", question.title, place.name),
            section(question.theme),
            vec![Step::new(&place.name, address::place(place))],
        ),
        place: place.name.clone(),
        place_href: address::place(place),
        question: answer.question,
        lead: answer.lead,
        sentences: answer.sentences,
        refused: answer.refused,
        working: answer.working.map(|Working { what, done, of }| Progress { what, done, of }),
        fields: answer.fields.into_iter().map(input).collect(),
        further: further(state, question, place, choices)?,
        exhibits: exhibits.collect(),
        limits: answer.limits,
        method: answer.method,
        path: path.to_owned(),
        whole: format!("{path}/{WHOLE}{written}"),
    })
}

fn input(field: Field) -> Input {
    let Field { name, label, value, options, is_number } = field;
    let option = |(word, words): (String, String)| {
        let is_chosen = word == value;
        (word, words, is_chosen)
    };
    let options = options.into_iter().map(option).collect();
    Input { name, label, value, options, is_number }
}

const fn section(theme: Theme) -> Section {
    match theme {
        Theme::Place => Section::Place,
        Theme::Outlook => Section::Outlook,
    }
}

/// What else can be asked from an answer: scenarios and assumptions of the outlook.
fn further(
    state: &AppState,
    question: &Question,
    place: &Place,
    choices: &Choices,
) -> Result<Vec<Step>, Refusal> {
    if question.word != "outlook" {
        return Ok(Vec::new());
    }
    let edits = Edits::of(choices)?;
    let path = format!("/place/{}", encoded(&place.key));
    let mut steps = vec![
        Step::new("Who will live here?", format!("{path}/population")),
        Step::new("How far off would forecasts have been?", format!("{path}/backtest")),
    ];
    if choices.get(scenarios::NAME).is_some() {
        steps.push(Step::new("Do nothing", format!("{path}/outlook")));
    }
    steps.extend(offered(state, &path, &edits)?);
    let assumptions = format!("/assumptions{}", super::assumptions::with(&edits));
    let own = super::assumptions::address(scenarios::OWN_STANDARD, &edits);
    steps.extend([
        Step::new("Put together a scenario of your own", "/scenarios"),
        Step::new("Change an assumption", assumptions),
        Step::new("Set the GPs of today against a standard of your own", own),
    ]);
    Ok(steps)
}

/// Scenarios to look at from here.
fn offered(state: &AppState, path: &str, edits: &Edits) -> Result<Vec<Step>, Refusal> {
    let known = scenarios::read(state.context(), "")?;
    let offer = |(name, text): (String, String)| {
        let changed = edits.written();
        let mut pairs = vec![(scenarios::NAME, text.as_str())];
        if !edits.is_empty() {
            pairs.push((edits::NAME, changed.as_str()));
        }
        Step::new(format!("What if: {name}"), format!("{path}/outlook{}", written(&pairs)))
    };
    Ok(scenarios::offered(&known).map(offer).collect())
}

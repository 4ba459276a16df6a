//! A page that answers a question: the answer first, then its exhibits, then what it leaves out.

use answers::address;
use answers::questions::question;
use answers::{Asked, Choices, Place, Question, Refusal, Theme};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use kit::answer::{Answer, Field, Working};
use kit::{Link, Part};
use serde::Serialize;

use super::html;
use crate::exhibit::Shown;
use crate::layout::{Layout, Section};
use crate::serving::unfinished;
use crate::state::AppState;

/// The name of the file that holds a whole answer.
const WHOLE: &str = "answer.json";

/// A question as an address asks it.
pub(crate) struct Wanted {
    word: String,
    of: Of,
    choices: Choices,
}

/// Of what it is asked.
enum Of {
    /// The place of the home page.
    Home,
    /// A place by its key.
    Place(String),
    /// A practice or a network by its code.
    Organisation(&'static str, String),
}

#[derive(Serialize)]
struct Page {
    layout: Layout,
    over: Vec<Link>,
    question: String,
    lead: String,
    warnings: Vec<String>,
    sentences: Vec<String>,
    refused: Option<String>,
    working: Option<Progress>,
    opening: Vec<Part>,
    fields: Vec<Input>,
    exhibits: Vec<Shown>,
    closing: Vec<Part>,
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

impl Wanted {
    fn new(word: &str, of: Of, choices: Choices) -> Self {
        Self { word: word.to_owned(), of, choices }
    }

    /// What the home place is.
    pub(crate) fn home(choices: Choices) -> Self {
        Self::new("about", Of::Home, choices)
    }

    /// What a place is.
    pub(crate) fn place(key: &str, choices: Choices) -> Self {
        Self::new("about", Of::Place(key.to_owned()), choices)
    }

    /// What a practice is.
    pub(crate) fn practice(code: &str, choices: Choices) -> Self {
        Self::new("about", Of::Organisation("practice", code.to_owned()), choices)
    }

    /// What a network is.
    pub(crate) fn network(code: &str, choices: Choices) -> Self {
        Self::new("about", Of::Organisation("network", code.to_owned()), choices)
    }

    /// Who is like it.
    pub(crate) fn similar(code: &str, choices: Choices) -> Self {
        Self::new("similar", Of::Place(code.to_owned()), choices)
    }

    /// How those of a place compare on an indicator.
    pub(crate) fn indicator(id: &str, choices: Choices) -> Self {
        Self::of_indicator("indicator", id, choices)
    }

    /// Why practices of a place differ on an indicator.
    pub(crate) fn why(id: &str, choices: Choices) -> Self {
        Self::of_indicator("why", id, choices)
    }

    fn of_indicator(word: &str, id: &str, choices: Choices) -> Self {
        let of = choices.get("within").map_or(Of::Home, |key| Of::Place(key.to_owned()));
        Self::new(word, of, choices.with("indicator", id))
    }

    /// Any question about a place.
    pub(crate) fn question((key, word): (String, String), choices: Choices) -> Self {
        Self::new(&word, Of::Place(key), choices)
    }

    fn answered(&self, state: &AppState) -> Result<Answered, Refusal> {
        let asked = question(&self.word)
            .filter(|asked| asked.on_site)
            .ok_or_else(|| Refusal::not_found(&format!("a question called {}", self.word)))?;
        let (context, choices) = (state.context(), checked(asked, &self.choices)?);
        let place = match &self.of {
            Of::Home => asked.place(context, None, &choices)?,
            Of::Place(key) => asked.place(context, Some(key), &choices)?,
            Of::Organisation(kind, code) => context.organisation(kind, code)?,
        };
        let answer = asked.of(&Asked { context, place: &place, choices: &choices })?;
        let (path, choices) = address::question(asked.word, &place, &choices);
        Ok(Answered { asked, place, answer, path, after: choices.written() })
    }
}

/// The choice by which an address names the place, which may follow the address of any question.
const PLACE: &str = "within";

/// What was chosen, all of which the question must know: a choice that is misspelt would else go unheard.
fn checked(asked: &Question, choices: &Choices) -> Result<Choices, Refusal> {
    match choices.names().find(|name| *name != PLACE && !asked.knows(name)) {
        Some(unknown) => {
            let known: Vec<&str> = asked.choices.iter().map(|(name, _)| *name).collect();
            Err(Refusal::unknown_choice(unknown, &known))
        }
        None => Ok(asked.known(choices)),
    }
}

/// What was asked, and what the answer is.
struct Answered {
    asked: &'static Question,
    place: Place,
    answer: Answer,
    /// The address of the page, and the choices that follow it.
    path: String,
    after: String,
}

/// The page.
pub(crate) fn page(state: &AppState, wanted: &Wanted) -> Result<Response, Refusal> {
    let answered = wanted.answered(state)?;
    let is_working = answered.answer.working.is_some();
    let (title, above) = (&answered.answer.title, answered.answer.above.clone());
    let layout = Layout::new(state, title, section(answered.asked.theme), above);
    let layout = match (&wanted.of, answered.asked.word) {
        (Of::Home, "about") => layout.without_breadcrumb(),
        _ => layout,
    };
    let page = html(state, "question.html", &shown(layout, answered))?;
    Ok(if is_working { unfinished(page) } else { page })
}

/// The file of an exhibit of an answer, or all of it.
pub(crate) fn file(state: &AppState, wanted: &Wanted, name: &str) -> Result<Response, Refusal> {
    let Answered { answer, place, .. } = wanted.answered(state)?;
    let is_working = answer.working.is_some();
    let file = if name == WHOLE {
        let whole = serde_json::to_vec_pretty(&answers::json::of(&answer, &place));
        let whole = whole.map_err(|error| Refusal::bug(&error.to_string()))?;
        ([(CONTENT_TYPE, "application/json")], whole).into_response()
    } else {
        super::file(answer.exhibits, name)?
    };
    Ok(if is_working { unfinished(file) } else { file })
}

fn shown(layout: Layout, answered: Answered) -> Page {
    let Answered { answer, path, after, .. } = answered;
    let exhibits = answer.exhibits.iter().map(|one| Shown::of(one, &path, &after)).collect();
    let progress = |Working { what, done, of }| Progress { what, done, of };
    Page {
        layout,
        over: answer.over,
        question: answer.question,
        lead: answer.lead,
        warnings: answer.warnings,
        sentences: answer.sentences,
        refused: answer.refused,
        working: answer.working.map(progress),
        opening: answer.opening,
        fields: answer.fields.into_iter().map(input).collect(),
        exhibits,
        closing: answer.closing,
        limits: answer.limits,
        method: answer.method,
        whole: format!("{path}/{WHOLE}{after}"),
        path,
    }
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
        Theme::Indicators => Section::Indicators,
    }
}

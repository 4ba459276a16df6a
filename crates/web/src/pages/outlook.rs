//! The outlook of a place: need, capacity and the gap five years ahead, what makes it, and what moves it.

use std::sync::Arc;

use axum::response::Response;
use evidence::Place;
use models::outlook::{Found, Settings};
use options::scenario::Resolved;
use present::outlook::{Compared, answer};
use serde::Serialize;
use study::{OutlookOf, Run};

use super::scenarios;
use super::{caption, html};
use crate::edits::{self, Edits};
use crate::exhibit::{Exhibit, Shown};
use crate::failure::Failure;
use crate::layout::{Layout, Section, Step};
use crate::links;
use crate::query::{Choices, encoded, written};
use crate::serving::unfinished;
use crate::state::AppState;

/// The tables that an outlook begins from.
const TABLES: [&str; 5] = ["list_size", "registered", "appointment", "staff", "condition"];

#[derive(Serialize)]
struct Page {
    layout: Layout,
    place: String,
    place_href: String,
    scenario: Option<String>,
    sentences: Vec<String>,
    done: u32,
    of: u32,
    working: bool,
    refused: Option<String>,
    exhibits: Vec<Shown>,
    limits: Vec<String>,
    assumptions: String,
    scenarios: Vec<(String, String)>,
    own_standard: String,
    backtest: String,
    population: String,
    again: String,
}

/// What an address asks for.
struct Question {
    place: Place,
    /// The run without the scenario, and the one with it.
    baseline: Arc<Run>,
    scenario: Option<Given>,
    /// Why the scenario cannot be in the place.
    refused: Option<String>,
}

/// A scenario that is run.
struct Given {
    name: String,
    /// What limits those whom it recruits, and what was not checked.
    limits: Vec<String>,
    run: Arc<Run>,
}

/// The page.
pub(crate) fn page(state: &AppState, key: &str, choices: &Choices) -> Result<Response, Failure> {
    let question = Question::of(state, key, choices)?;
    let place = &question.place;
    let path = format!("/place/{}/outlook", encoded(&place.key));
    let edits = Edits::of(choices)?;
    let (done, of) = question.progress();
    let mut page = Page {
        layout: Layout::new(
            state,
            &format!("Outlook for {}", place.name),
            Section::Outlook,
            vec![Step::new(&place.name, links::place(place))],
        ),
        place: place.name.clone(),
        place_href: links::place(place),
        scenario: question.scenario.as_ref().map(|one| one.name.clone()),
        sentences: Vec::new(),
        done,
        of,
        working: false,
        refused: None,
        exhibits: Vec::new(),
        limits: Vec::new(),
        assumptions: format!("/assumptions{}", super::assumptions::with(&edits)),
        scenarios: offered(state, &path, &edits)?,
        own_standard: super::assumptions::address(models::standards::OWN, &edits),
        backtest: format!("/place/{}/backtest", encoded(&place.key)),
        population: format!("/place/{}/population", encoded(&place.key)),
        again: format!("{path}{}", choices.written()),
    };
    match question.found() {
        None => page.working = true,
        Some(Err(why)) => page.refused = Some(why.clone()),
        Some(Ok(runs)) => {
            let answer = runs.answer(state);
            page.sentences = std::iter::once(answer.lead).chain(answer.sentences).collect();
            page.sentences.extend(place.counts(evidence::Belonging::Stand));
            let shown = |one| Exhibit::of_answer(one).shown(&path, &choices.written());
            page.exhibits = answer.exhibits.iter().map(shown).collect();
            page.limits = answer.limits;
        }
    }
    let working = page.working;
    let answer = html(state, "outlook.html", &page)?;
    Ok(if working { unfinished(answer) } else { answer })
}

/// The exhibits of the page.
pub(crate) fn exhibits(
    state: &AppState,
    key: &str,
    choices: &Choices,
) -> Result<Vec<Exhibit>, Failure> {
    let question = Question::of(state, key, choices)?;
    match question.found() {
        Some(Ok(runs)) => Ok(runs.answer(state).exhibits.iter().map(Exhibit::of_answer).collect()),
        _ => Ok(Vec::new()),
    }
}

/// Begins the run of the home page's place, unless it is everything.
pub(crate) fn warm(state: &AppState) {
    if !state.home().is_everywhere() {
        let _ = Question::of(state, &state.home().key, &Choices::default());
    }
}

/// Finished runs.
struct Runs<'a> {
    baseline: &'a Found,
    scenario: Option<(&'a Given, &'a Found)>,
}

impl Runs<'_> {
    fn answer(&self, state: &AppState) -> kit::Answer {
        let scenario = self.scenario.map(|(given, found)| Compared {
            name: &given.name,
            found,
            moves: &[],
            limits: &given.limits,
            visible: &[],
        });
        let captions = |id: &str, what: &str| caption(state, id, what, &TABLES);
        answer(self.baseline, scenario.as_ref(), &captions)
    }
}

impl Question {
    fn of(state: &AppState, key: &str, choices: &Choices) -> Result<Self, Failure> {
        let place = state.place(key)?;
        let edits = Edits::of(choices)?;
        let run = |resolved: Option<&Resolved<'_>>| run(state, &place, &edits, resolved);
        let mut refused = None;
        let scenario = match choices.get(scenarios::NAME) {
            None => None,
            Some(text) => {
                let known = scenarios::read(state, text)?;
                let resolved = known.resolve(scenarios::OWN);
                let resolved = resolved.map_err(|problem| {
                    Failure::bad_choice(scenarios::NAME, text, &problem.to_string())
                })?;
                let premises = scenarios::premises(state, &place, &edits.parameters()?, &resolved)?;
                let problems = scenarios::problems(&resolved, &premises);
                if !problems.is_empty() {
                    let name = &resolved.scenario.name;
                    let why = problems.join("; ");
                    refused = Some(format!("“{name}” cannot be in {}: {why}", place.name));
                }
                let possible = refused.is_none().then_some(&resolved);
                let name = resolved.scenario.name.clone();
                let limits = scenarios::limits(&resolved, &premises);
                Some(Given { name, limits, run: run(possible)? })
            }
        };
        Ok(Self { baseline: run(None)?, scenario, refused, place })
    }

    fn progress(&self) -> (u32, u32) {
        let runs = [Some(&self.baseline), self.scenario.as_ref().map(|one| &one.run)];
        runs.into_iter().flatten().fold((0, 0), |(done, of), run| {
            let (more, whole) = run.progress();
            (done + more, of + whole)
        })
    }

    fn found(&self) -> Option<Result<Runs<'_>, &String>> {
        if let Some(why) = &self.refused {
            return Some(Err(why));
        }
        let baseline = match self.baseline.found()? {
            Ok(found) => found,
            Err(why) => return Some(Err(why)),
        };
        let scenario = match &self.scenario {
            None => None,
            Some(given) => match given.run.found()? {
                Ok(found) => Some((given, found)),
                Err(why) => return Some(Err(why)),
            },
        };
        Some(Ok(Runs { baseline, scenario }))
    }
}

/// The run of a place with changed values and, if there is one, a scenario, begun if it is new.
pub(super) fn run(
    state: &AppState,
    place: &Place,
    edits: &Edits,
    resolved: Option<&Resolved<'_>>,
) -> Result<Arc<Run>, Failure> {
    let asked = OutlookOf {
        place: place.clone(),
        parameters: edits.parameters()?,
        changes: resolved.map(Resolved::changes).unwrap_or_default(),
        settings: Settings::default(),
    };
    Ok(state.study().outlook(asked))
}

/// Scenarios to look at from here.
fn offered(state: &AppState, path: &str, edits: &Edits) -> Result<Vec<(String, String)>, Failure> {
    let known = scenarios::read(state, "")?;
    let others = known.iter().filter(|one| one.key != options::scenario::DO_NOTHING);
    let offer = |one: &options::scenario::Scenario| {
        let text = one.write();
        let changed = edits.written();
        let mut pairs = vec![(scenarios::NAME, text.as_str())];
        if !edits.is_empty() {
            pairs.push((edits::NAME, changed.as_str()));
        }
        (one.name.clone(), format!("{path}{}", written(&pairs)))
    };
    Ok(others.map(offer).collect())
}

//! The outlook of a place: need, capacity and the gap five years ahead, what makes it, and what moves it.

use std::sync::Arc;

use axum::response::Response;
use evidence::Place;
use options::scenario::Resolved;
use present::outlook as shown;
use serde::Serialize;
use vocab::Level;

use super::scenarios;
use super::{caption, html};
use crate::edits::{self, Edits};
use crate::exhibit::{Exhibit, Shown};
use crate::failure::Failure;
use crate::layout::{Layout, Section, Step};
use crate::links;
use crate::outlooks::{Asked, Found, Run};
use crate::query::{Choices, encoded, written};
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
    backtest: String,
    population: String,
    again: String,
}

/// What an address asks for.
struct Question {
    place: Place,
    /// The run without the scenario, and the one with it, with its name.
    baseline: Arc<Run>,
    scenario: Option<(String, Arc<Run>)>,
    /// Why the scenario cannot be in the place.
    refused: Option<String>,
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
        scenario: question.scenario.as_ref().map(|(name, _)| name.clone()),
        sentences: Vec::new(),
        done,
        of,
        working: false,
        refused: None,
        exhibits: Vec::new(),
        limits: Vec::new(),
        assumptions: format!("/assumptions{}", super::assumptions::with(&edits)),
        scenarios: offered(state, &path, &edits)?,
        backtest: format!("/place/{}/backtest", encoded(&place.key)),
        population: format!("/place/{}/population", encoded(&place.key)),
        again: format!("{path}{}", choices.written()),
    };
    match question.found() {
        None => page.working = true,
        Some(Err(why)) => page.refused = Some(why.clone()),
        Some(Ok(runs)) => {
            page.sentences = sentences(&runs);
            page.sentences.extend(place.counts(evidence::Belonging::Stand));
            let exhibits = exhibits_of(state, place, &runs);
            page.exhibits =
                exhibits.iter().map(|one| one.shown(&path, &choices.written())).collect();
            let Found { base, residents, outlook, .. } = runs.shown();
            page.limits = shown::limits(base, residents, outlook);
        }
    }
    html(state, "outlook.html", &page)
}

/// The exhibits of the page.
pub(crate) fn exhibits(
    state: &AppState,
    key: &str,
    choices: &Choices,
) -> Result<Vec<Exhibit>, Failure> {
    let question = Question::of(state, key, choices)?;
    match question.found() {
        Some(Ok(runs)) => Ok(exhibits_of(state, &question.place, &runs)),
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
    scenario: Option<(&'a str, &'a Found)>,
}

impl<'a> Runs<'a> {
    /// The run that the page is about.
    fn shown(&self) -> &'a Found {
        self.scenario.map_or(self.baseline, |(_, found)| found)
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
                let problems = scenarios::problems(state, &place, &resolved)?;
                if !problems.is_empty() {
                    let name = &resolved.scenario.name;
                    let why = problems.join("; ");
                    refused = Some(format!("“{name}” cannot be in {}: {why}", place.name));
                }
                let possible = refused.is_none().then_some(&resolved);
                Some((resolved.scenario.name.clone(), run(possible)?))
            }
        };
        Ok(Self { baseline: run(None)?, scenario, refused, place })
    }

    fn progress(&self) -> (u32, u32) {
        let runs = [Some(&self.baseline), self.scenario.as_ref().map(|(_, run)| run)];
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
            Some((name, run)) => match run.found()? {
                Ok(found) => Some((name.as_str(), found)),
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
    let asked = Asked {
        place: place.clone(),
        parameters: edits.parameters()?,
        changes: resolved.map(Resolved::changes).unwrap_or_default(),
        key: format!(
            "{}\n{}\n{}",
            place.key,
            edits.written(),
            resolved.map(Resolved::hash).unwrap_or_default()
        ),
    };
    Ok(state.outlooks().run(state.evidence(), asked))
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

fn sentences(runs: &Runs<'_>) -> Vec<String> {
    let shown = runs.shown();
    let mut sentences = shown::sentences(&shown.outlook, &shown.rows);
    if runs.scenario.is_some() {
        sentences.extend(shown::difference(&runs.baseline.outlook, &shown.outlook));
    }
    sentences.extend(shown::stood_in(&shown.base));
    sentences
}

fn exhibits_of(state: &AppState, place: &Place, runs: &Runs<'_>) -> Vec<Exhibit> {
    let Found { base, outlook, rows, influences, .. } = runs.shown();
    let words = |id: &str, what: &str| {
        let scenario = runs.scenario.map_or_else(String::new, |(name, _)| format!(", “{name}”"));
        let mut caption = caption(state, id, &format!("{what}, {}{scenario}", place.name), &TABLES);
        caption.description = format!("{what}. The table holds the same figures.");
        caption
    };
    let mut exhibits = Vec::new();
    let years = outlook.settings.years;
    if let Some((name, found)) = runs.scenario {
        let both = [("Do nothing", runs.baseline.rows.as_slice()), (name, found.rows.as_slice())];
        let fan = shown::gaps(&both, years, words("gaps", "The gap with and without the scenario"));
        let reading = "Both runs share every draw of chance and of the assumptions: their difference is the scenario.";
        exhibits.push(Exhibit::chart("gaps", "With and without", reading, &fan, None));
    }
    let fan = shown::fan(outlook, rows, words("need", "Need and capacity by year"));
    let reading = "The line is the middle draw; eight of ten draws lie in the band.";
    exhibits.push(Exhibit::chart("need", "Need and capacity", reading, &fan, None));
    let waterfall = shown::waterfall(outlook, words("steps", "From the gap today to the gap then"));
    let reading = "Each bar is the mean over all draws of one named step; they sum exactly.";
    exhibits.push(Exhibit::chart("steps", "What makes the gap", reading, &waterfall, None));
    let gps = shown::gps(outlook, rows, words("gps", "Permanent fully qualified GPs by year"));
    let reading = "GPs join, leave and change their hours one by one, month by month. Neither trainees nor locums are among them, as in the indicators; capacity counts both.";
    exhibits.push(Exhibit::chart("gps", "Permanent fully qualified GPs", reading, &gps, None));
    let tornado = shown::tornado(influences, words("assumptions", "What moves the answer most"));
    let reading = "The gap of the last year when one assumption alone goes from one end of its range to the other.";
    exhibits.push(Exhibit::chart(
        "assumptions",
        "What moves the answer most",
        reading,
        &tornado,
        None,
    ));
    let curve = shown::curve(outlook, words("curve", "How likely each gap is"));
    let reading = "Read up from a share of the draws: in that share the gap of the last year is at most what the line shows.";
    exhibits.push(Exhibit::chart("curve", "How likely each gap is", reading, &curve, None));
    for (id, heading, level) in [
        ("networks", "Network by network", Level::Network),
        ("practices", "Practice by practice", Level::Practice),
    ] {
        let table = shown::table((outlook, base), rows, level, words(id, heading));
        let reading = "Widest gap first. A single practice is far less certain than the place.";
        exhibits
            .push(Exhibit { folded: true, ..Exhibit::table(id, heading, reading, table, None) });
    }
    exhibits
}

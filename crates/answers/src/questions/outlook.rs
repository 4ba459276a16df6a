//! The outlook of a place: need, capacity and the gap five years ahead, what makes it, and what moves it.

use std::sync::Arc;

use evidence::{Belonging, Place};
use kit::answer::Working;
use kit::{Answer, Link, Part, Point};
use models::outlook::{Found, Settings};
use options::scenario::Resolved;
use study::{OutlookOf, Run};

use crate::address::encoded;
use crate::assumptions::page;
use crate::choices::Choices;
use crate::context::Context;
use crate::edits::{self, Edits};
use crate::origin::caption;
use crate::outlook::{Compared, answer};
use crate::question::{Asked, Question, Theme};
use crate::refusal::Refusal;
use crate::scenarios;

/// The tables that an outlook begins from.
const TABLES: [&str; 5] = ["list_size", "registered", "appointment", "staff", "condition"];

/// Whether there is enough capacity in the years to come.
pub const QUESTION: Question = Question {
    word: "outlook",
    asks: "Is there enough capacity in the years to come?",
    title: "Outlook for",
    theme: Theme::Outlook,
    counts: Belonging::Stand,
    on_site: true,
    choices: &[
        (scenarios::NAME, "a scenario, as a file of `catchment scenario` holds it"),
        edits::CHOICE,
    ],
    answer: told,
};

/// What every outlook must be read with.
const CAUTION: &str = "An outlook, not a forecast of what will be: it rests on stated assumptions, most of them with a range, and on forecasts that were tested on the past only where the past is published.";

/// What is run.
struct Runs {
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

fn told(asked: &Asked<'_>) -> Result<Answer, Refusal> {
    let runs = Runs::begin(asked)?;
    let mut answer = match runs.found() {
        None => {
            let (done, of) = runs.progress();
            let working = Working { what: "The outlook is", done, of };
            Answer { working: Some(working), ..Answer::default() }
        }
        Some(Err(why)) => {
            let refused = format!("There is no outlook for this place. {why}");
            Answer { refused: Some(refused), ..Answer::default() }
        }
        Some(Ok(finished)) => {
            let mut answer = finished.answer(asked.context);
            answer.sentences.push(CAUTION.to_owned());
            answer
        }
    };
    if let Some(scenario) = &runs.scenario {
        answer.question = format!("What if: {}", scenario.name);
    }
    answer.closing.push(further(asked)?);
    answer.method = "outlook-of-a-place";
    Ok(answer)
}

/// What else can be asked from an outlook: scenarios and assumptions.
fn further(asked: &Asked<'_>) -> Result<Part, Refusal> {
    let Asked { context, place, choices } = *asked;
    let edits = Edits::of(choices)?;
    let path = format!("/place/{}", encoded(&place.key));
    let mut links = vec![
        Link::new("Who will live here?", format!("{path}/population")),
        Link::new("How far off would forecasts have been?", format!("{path}/backtest")),
    ];
    if choices.get(scenarios::NAME).is_some() {
        links.push(Link::new("Do nothing", format!("{path}/outlook")));
    }
    links.extend(offered(context, &path, &edits)?);
    let assumptions = format!("/assumptions{}", edits.after(&[]));
    let own = page::address(scenarios::OWN_STANDARD, &edits);
    links.extend([
        Link::new("Put together a scenario of your own", "/scenarios"),
        Link::new("Change an assumption", assumptions),
        Link::new("Set the GPs of today against a standard of your own", own),
    ]);
    let points = links.into_iter().map(Point::linked).collect();
    Ok(Part::headed("What if, and what else?").points(points))
}

/// Scenarios to look at from here.
fn offered(context: &Context, path: &str, edits: &Edits) -> Result<Vec<Link>, Refusal> {
    let known = scenarios::read(context, "")?;
    let offer = |(name, text): (String, String)| {
        let choices = edits.after(&[(scenarios::NAME, text.as_str())]);
        Link::new(format!("What if: {name}"), format!("{path}/outlook{choices}"))
    };
    Ok(scenarios::offered(&known).map(offer).collect())
}

/// Begins the run of the home place, unless that is everything.
pub fn warm(context: &Context) {
    let (place, choices) = (context.home(), &Choices::default());
    if !place.is_everywhere() {
        let _ = Runs::begin(&Asked { context, place, choices });
    }
}

/// Runs that are finished.
struct Finished<'a> {
    baseline: &'a Found,
    scenario: Option<(&'a Given, &'a Found)>,
}

impl Finished<'_> {
    fn answer(&self, context: &Context) -> Answer {
        let scenario = self.scenario.map(|(given, found)| Compared {
            name: &given.name,
            found,
            moves: &[],
            limits: &given.limits,
            visible: &[],
        });
        let captions = |id: &str, what: &str| caption(context, id, what, &TABLES);
        answer(self.baseline, scenario.as_ref(), &captions)
    }
}

impl Runs {
    fn begin(asked: &Asked<'_>) -> Result<Self, Refusal> {
        let Asked { context, place, choices } = *asked;
        let edits = Edits::of(choices)?;
        let run = |resolved: Option<&Resolved<'_>>| run(context, place, &edits, resolved);
        let mut refused = None;
        let scenario = match choices.get(scenarios::NAME) {
            None => None,
            Some(text) => {
                let known = scenarios::read(context, text)?;
                let resolved = scenarios::own(&known)?;
                let premises =
                    scenarios::premises(context, place, &edits.parameters()?, &resolved)?;
                let problems = scenarios::problems(&resolved, &premises);
                let name = resolved.scenario.name.clone();
                if !problems.is_empty() {
                    let why = problems.join("; ");
                    refused = Some(format!("“{name}” cannot be in {}: {why}", place.name));
                }
                let possible = refused.is_none().then_some(&resolved);
                let limits = resolved.limits_in_words(Some(&premises));
                Some(Given { name, limits, run: run(possible)? })
            }
        };
        Ok(Self { baseline: run(None)?, scenario, refused })
    }

    fn progress(&self) -> (u32, u32) {
        let runs = [Some(&self.baseline), self.scenario.as_ref().map(|one| &one.run)];
        runs.into_iter().flatten().fold((0, 0), |(done, of), run| {
            let (more, whole) = run.progress();
            (done + more, of + whole)
        })
    }

    fn found(&self) -> Option<Result<Finished<'_>, &String>> {
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
        Some(Ok(Finished { baseline, scenario }))
    }
}

/// The run of a place with changed values and, if there is one, a scenario, begun if it is new.
pub(super) fn run(
    context: &Context,
    place: &Place,
    edits: &Edits,
    resolved: Option<&Resolved<'_>>,
) -> Result<Arc<Run>, Refusal> {
    let asked = OutlookOf {
        place: place.clone(),
        parameters: edits.parameters()?,
        changes: resolved.map(Resolved::changes).unwrap_or_default(),
        settings: Settings::default(),
    };
    Ok(context.study().outlook(asked))
}

//! Those most like a practice or a place, by a stated distance that the reader can change.

use answers::address::encoded;
use answers::findings::similar as words;
use answers::findings::{compare_table, style};
use answers::origin::{caption, origin_of};
use answers::{Choices, Refusal, address};
use axum::response::Response;
use indicators::compare::{Feature, Likeness, Profiles, against};
use kit::Exhibit;
use kit::text::title_case;
use serde::Serialize;
use vocab::Level;

use super::html;
use crate::exhibit::Shown;
use crate::layout::{Layout, Section, Step};
use crate::state::AppState;

/// Levels whose organisations can be compared on their patients.
const LEVELS: [Level; 4] = [Level::Practice, Level::Network, Level::SubIcb, Level::Icb];

/// Most neighbours shown.
const MOST: usize = 100;

/// A weight as the form shows it.
#[derive(Serialize)]
struct Weight {
    name: &'static str,
    words: &'static str,
    value: String,
}

#[derive(Serialize)]
struct Page {
    layout: Layout,
    name: String,
    href: String,
    path: String,
    lead: String,
    sentences: Vec<String>,
    problems: Vec<String>,
    weights: Vec<Weight>,
    neighbours: usize,
    indicators: Vec<(String, String, bool)>,
    exhibits: Vec<Shown>,
    unknown: Vec<String>,
}

/// What an address asks for.
struct Question {
    level: Level,
    code: String,
    name: String,
    likeness: Likeness,
    profiles: Profiles,
    /// Choices that could not be used, in words.
    problems: Vec<String>,
}

/// The address of the page of an organisation, if its level has one.
pub(crate) fn link(level: Level, code: &str) -> Option<String> {
    LEVELS.contains(&level).then(|| format!("/similar/{}", encoded(code)))
}

/// The page.
pub(crate) fn page(state: &AppState, code: &str, choices: &Choices) -> Result<Response, Refusal> {
    let question = Question::of(state, code, choices)?;
    let path = link(question.level, &question.code).unwrap_or_default();
    let (sentence, exhibits) = question.exhibits(state, choices)?;
    let href = address::page(question.level, &question.code);
    let chosen = choices.get("indicator").unwrap_or_default();
    let page = Page {
        layout: Layout::new(
            state,
            &format!("Like {}", question.name),
            Section::Place,
            vec![Step::new(&question.name, href.clone())],
        ),
        href,
        lead: words::sentence(&question.profiles, &question.code, &question.likeness),
        sentences: sentence.into_iter().collect(),
        weights: question.weights(),
        neighbours: question.likeness.neighbours,
        indicators: indicators(state, chosen),
        exhibits: exhibits
            .iter()
            .map(|exhibit| Shown::of(exhibit, &path, &choices.written()))
            .collect(),
        unknown: words::unknown(&question.profiles),
        problems: question.problems,
        name: question.name,
        path,
    };
    html(state, "similar.html", &page)
}

/// The exhibits of the page.
pub(crate) fn exhibits(
    state: &AppState,
    code: &str,
    choices: &Choices,
) -> Result<Vec<Exhibit>, Refusal> {
    Ok(Question::of(state, code, choices)?.exhibits(state, choices)?.1)
}

impl Question {
    fn of(state: &AppState, code: &str, choices: &Choices) -> Result<Self, Refusal> {
        let code = code.to_ascii_uppercase();
        let known = state.context().known()?;
        let level = LEVELS.into_iter().find(|level| known.codes(*level).contains(code.as_str()));
        let level = level.ok_or_else(|| Refusal::no_organisation("practice or place", &code))?;
        let (likeness, problems) = likeness(choices);
        Ok(Self {
            level,
            name: title_case(known.name_of(level, &code)),
            likeness,
            profiles: state.context().study().profiles(level)?,
            problems,
            code,
        })
    }

    fn weights(&self) -> Vec<Weight> {
        let weight = |feature: Feature| Weight {
            name: feature.as_str(),
            words: words::feature(feature),
            value: self.likeness.weights.get(&feature).unwrap_or(&1.0).to_string(),
        };
        Feature::ALL.map(weight).into()
    }

    /// The table of those most like it, and their figures for the indicator asked for, with a sentence.
    fn exhibits(
        &self,
        state: &AppState,
        choices: &Choices,
    ) -> Result<(Option<String>, Vec<Exhibit>), Refusal> {
        let title = format!("Those most like {}", self.name);
        let tables = ["list_size", "registered", "practice_deprivation"];
        let caption = caption(state.context(), "similar", &title, &tables);
        let table = words::table(&self.profiles, self.level, &self.code, &self.likeness, caption);
        let reading = "Each feature is brought to the same scale; the distance is the root of the weighted mean of the squared \
             differences, in standard deviations.";
        let mut exhibits = vec![Exhibit::table("similar", "Nearest first", reading, table)];
        let mut sentence = None;
        if let Some(id) = choices.get("indicator") {
            let (words, figures) = self.figures(state, id)?;
            sentence = words;
            exhibits.extend(figures);
        }
        Ok((sentence, exhibits))
    }

    /// The figures of those most like it for an indicator.
    fn figures(
        &self,
        state: &AppState,
        id: &str,
    ) -> Result<(Option<String>, Option<Exhibit>), Refusal> {
        let definition = state.context().definition(id)?;
        let period = state.context().latest(definition)?;
        let mut found = state.context().evaluate(definition, period, self.level, None)?;
        let similar = self.profiles.similar(&self.code, &self.likeness);
        let codes: Vec<&str> = similar.iter().map(|one| one.profile.code.as_str()).collect();
        let Some(comparison) = against(definition, &found, &self.code, &codes) else {
            return Ok((Some(format!("{}: no figure to compare.", definition.name)), None));
        };
        let style = style(definition);
        let figure =
            |value: Option<f64>| value.map_or("no figure".to_owned(), |value| style.figure(value));
        let own = found.row(&self.code).and_then(|row| row.estimate).map(|estimate| estimate.value);
        let sentence = format!(
            "{}, {}: {} here, {} in those most like it together; {}.",
            definition.name,
            period.in_words(),
            figure(own),
            figure(comparison.reference),
            comparison.at_998.in_words(),
        );
        found.rows.retain(|row| {
            let code = row.organisation.code.as_str();
            code == self.code || codes.contains(&code)
        });
        let title = format!("{} of those most like {}", definition.name, self.name);
        let caption = caption(state.context(), "figures", &title, &[]);
        let table = compare_table(definition, &found, caption);
        let heading = "Their figures";
        let exhibit =
            Exhibit::table("figures", heading, &*sentence, table).origin(Some(origin_of(&found)));
        Ok((Some(sentence), Some(exhibit)))
    }
}

/// The weights and the number of neighbours that an address asks for, and what of it cannot be used.
fn likeness(choices: &Choices) -> (Likeness, Vec<String>) {
    let mut likeness = Likeness::default();
    let mut problems = Vec::new();
    for feature in Feature::ALL {
        let Some(word) = choices.get(feature.as_str()) else { continue };
        match word.parse::<f64>().ok().filter(|weight| (0.0..=100.0).contains(weight)) {
            Some(weight) => {
                likeness.weights.insert(feature, weight);
            }
            None => problems.push(format!(
                "“{word}” is no weight for “{}”: expected a number from 0 to 100.",
                words::feature(feature)
            )),
        }
    }
    if let Some(word) = choices.get("neighbours") {
        match word.parse().ok().filter(|count| (1..=MOST).contains(count)) {
            Some(count) => likeness.neighbours = count,
            None => problems.push(format!(
                "“{word}” is no number of neighbours: expected a whole number from 1 to {MOST}."
            )),
        }
    }
    (likeness, problems)
}

/// The indicators of the form, the chosen one marked.
fn indicators(state: &AppState, chosen: &str) -> Vec<(String, String, bool)> {
    let mut all: Vec<_> = state
        .context()
        .library()
        .all()
        .iter()
        .map(|one| (one.id.clone(), one.name.clone(), one.id == chosen))
        .collect();
    all.insert(0, (String::new(), "none".to_owned(), chosen.is_empty()));
    all
}

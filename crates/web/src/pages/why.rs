//! Why do practices differ? The bar, the funnel before and after, who moved and why, and what to bear in mind.

use std::sync::Arc;

use answers::address::{encoded, written};
use answers::findings::variation as words;
use answers::origin::{origin_of, sources_of};
use answers::{Choices, Refusal};
use axum::response::Response;
use evidence::Place;
use indicators::Definition;
use indicators::variation::{NoVariation, Variation};
use kit::Caption;
use kit::Exhibit;
use serde::Serialize;
use vocab::{Level, Period};

use super::html;
use crate::exhibit::Shown;
use crate::layout::{Layout, Section, Step};
use crate::state::AppState;

/// What the address asks for, checked.
struct Question<'a> {
    definition: &'a Definition,
    place: Place,
    period: Period,
}

#[derive(Serialize)]
struct Page {
    layout: Layout,
    name: String,
    id: String,
    place: String,
    within: String,
    period: String,
    plain: String,
    bar: String,
    details: Vec<String>,
    moved: String,
    refused: Option<String>,
    exhibits: Vec<Shown>,
    warnings: Vec<String>,
    everywhere: String,
    indicator_href: String,
}

/// The page.
pub(crate) fn page(state: &AppState, id: &str, choices: &Choices) -> Result<Response, Refusal> {
    let question = Question::of(state, id, choices)?;
    let Question { definition, place, period } = &question;
    let found = question.found(state);
    let within = written(&[("within", place.key.as_str())]);
    let above = vec![
        Step::new("Indicators", format!("/indicators{within}")),
        Step::new(&definition.name, format!("/indicator/{}{within}", encoded(id))),
    ];
    let path = format!("/indicator/{}/why", encoded(id));
    let mut page = Page {
        layout: Layout::new(state, "Why do practices differ?", Section::Indicators, above),
        name: definition.name.clone(),
        id: definition.id.clone(),
        place: place.name.clone(),
        within: place.key.clone(),
        period: period.in_words(),
        plain: String::new(),
        bar: String::new(),
        details: Vec::new(),
        moved: String::new(),
        refused: None,
        exhibits: Vec::new(),
        warnings: Vec::new(),
        everywhere: state.context().whole().heading().to_owned(),
        indicator_href: format!("/indicator/{}{within}", encoded(id)),
    };
    match found {
        Ok(found) => {
            let found = &*found;
            let exhibits = question.exhibits(state, found)?;
            page.plain = words::plain(found);
            page.bar = words::bar(found);
            page.details = words::details(definition, found);
            page.moved = words::moved(found);
            page.exhibits = exhibits
                .iter()
                .map(|exhibit| Shown::of(exhibit, &path, &choices.written()))
                .collect();
            page.warnings = words::warnings(definition, found);
        }
        Err(NoVariation::Evidence(error)) => return Err(Refusal::from(error)),
        Err(NoVariation::Evaluate(error)) => return Err(Refusal::from(error)),
        Err(why) => page.refused = Some(kit::number::capitalise(&why.to_string())),
    }
    html(state, "why.html", &page)
}

/// Why practices of a place differ is asked of an indicator: which one, is asked back.
pub(crate) fn of_place(state: &AppState, key: &str, _: &Choices) -> Result<Response, Refusal> {
    let place = state.context().place(key)?;
    let within = written(&[("within", place.key.as_str())]);
    let asked = state
        .context()
        .library()
        .all()
        .into_iter()
        .filter(|one| one.levels.contains(&Level::Practice));
    let links = asked
        .map(|one| (format!("/indicator/{}/why{within}", encoded(&one.id)), one.name.clone()))
        .collect();
    Err(Refusal::which_indicator(&place.name, links))
}

/// The exhibits of the page.
pub(crate) fn exhibits(
    state: &AppState,
    id: &str,
    choices: &Choices,
) -> Result<Vec<Exhibit>, Refusal> {
    let question = Question::of(state, id, choices)?;
    match question.found(state) {
        Ok(found) => question.exhibits(state, &found),
        Err(_) => Ok(Vec::new()),
    }
}

impl<'a> Question<'a> {
    fn of(state: &'a AppState, id: &str, choices: &Choices) -> Result<Self, Refusal> {
        let definition = state.context().definition(id)?;
        let period = state.context().chosen_period(definition, choices)?;
        let place = state.context().chosen_place_in(choices, period)?;
        Ok(Self { definition, place, period })
    }

    fn found(&self, state: &AppState) -> Result<Arc<Variation>, NoVariation> {
        let asked = indicators::variation::Asked::default();
        state.context().study().variation(self.definition, self.period, &self.place, asked)
    }

    fn exhibits(&self, state: &AppState, found: &Variation) -> Result<Vec<Exhibit>, Refusal> {
        let evaluation =
            state.context().evaluate(self.definition, self.period, Level::England, None)?;
        let maker = Maker {
            definition: self.definition,
            found,
            origin: Some(origin_of(&evaluation)),
            caption: Caption {
                source: sources_of(state.context(), &evaluation),
                run: state.context().run().to_owned(),
                ..Caption::default()
            },
        };
        let mut exhibits = vec![maker.bar(), maker.steps()];
        exhibits.extend(maker.funnel("before", "The funnel as published", false));
        exhibits.extend(maker.funnel("after", "The funnel once patients are allowed for", true));
        exhibits.push(maker.moved());
        exhibits.extend(maker.special());
        exhibits.push(maker.practices());
        Ok(exhibits)
    }
}

/// Makes the exhibits of an answer.
struct Maker<'a> {
    definition: &'a Definition,
    found: &'a Variation,
    origin: Option<String>,
    /// Source and run; the rest is added for each exhibit.
    caption: Caption,
}

impl Maker<'_> {
    fn caption(&self, exhibit: &str, finding: &str, description: &str) -> Caption {
        Caption {
            id: format!("{}-why-{exhibit}", self.definition.id.replace('_', "-")),
            title: format!("{}: {}", self.definition.name, finding.trim_end_matches('.')),
            description: description.to_owned(),
            ..self.caption.clone()
        }
    }

    fn bar(&self) -> Exhibit {
        let drawn = "One bar cut into the shares of the variation between practices; below it each share with its 95% interval.";
        let caption = self.caption("bar", &words::plain(self.found), drawn);
        let bar = words::shares(self.found, caption);
        let reading = words::bar(self.found);
        Exhibit::chart("bar", "Chance, patients, left over", reading, bar)
            .origin(self.origin.clone())
    }

    fn steps(&self) -> Exhibit {
        let caption = self.caption(
            "steps",
            "explained stage by stage",
            "What each group of facts about patients explains.",
        );
        let reading = "Each line adds to those above it. What is explained lies half-way between the share on the \
             practices that the model was fitted to, which flatters, and the share on practices that it had not seen. The bar above also takes back what the estimate \
             is off by, on average, where the answer is known.";
        let table = words::steps_table(self.found, caption);
        Exhibit::table("steps", "Stage by stage", reading, table).origin(self.origin.clone())
    }

    fn funnel(&self, id: &'static str, heading: &str, is_after: bool) -> Option<Exhibit> {
        let drawn = "A funnel plot of practices around what is expected of them, with the limits that chance alone \
             would respect and, wider, with the spread that all share.";
        let caption = self.caption(id, &heading.to_lowercase(), drawn);
        let funnel = words::funnel(self.definition, self.found, is_after, caption)?;
        let reading = "Marks judge each practice against the wider limits.";
        Some(Exhibit::chart(id, heading, reading, funnel).origin(self.origin.clone()))
    }

    fn moved(&self) -> Exhibit {
        let drawn = "Practices that stand beyond the 99.8% limits before or after their patients are allowed for, but not both.";
        let caption = self.caption("moved", "practices whose verdict changes", drawn);
        let table = words::moved_table(self.definition, self.found, caption);
        let reading = words::moved(self.found);
        Exhibit::table("moved", "Practices whose verdict changes", reading, table)
            .origin(self.origin.clone())
    }

    fn special(&self) -> Option<Exhibit> {
        if self.found.special.is_empty() {
            return None;
        }
        let drawn = "Practices with special lists beside all others of their kind.";
        let caption = self.caption("special", "practices with special lists", drawn);
        let table = words::special_table(self.definition, self.found, caption);
        let reading = "Their patients are unlike any others, so they are left out of the model and compared only \
             with practices of the same kind.";
        let heading = "Practices with special lists";
        Some(Exhibit::table("special", heading, reading, table).origin(self.origin.clone()))
    }

    fn practices(&self) -> Exhibit {
        let caption =
            self.caption("practices", "observed and expected", "Every practice of the model.");
        let table = words::members_table(self.definition, self.found, caption);
        let reading =
            "Observed and expected of every practice in the model, those that move first.";
        let heading = "Every practice";
        let practices = Exhibit::table("practices", heading, reading, table);
        practices.folded().origin(self.origin.clone())
    }
}

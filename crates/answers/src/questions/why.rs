//! Why do practices differ? The bar, the funnel before and after, who moved and why, and what to bear in mind.

use std::sync::Arc;

use evidence::{Belonging, Place};
use indicators::Definition;
use indicators::variation::{NoVariation, Variation};
use kit::answer::Field;
use kit::{Answer, Caption, Exhibit, Link};
use vocab::{Level, Period};

use crate::address;
use crate::context::Context;
use crate::findings::variation as words;
use crate::indicator::{NAME, chosen};
use crate::origin::{origin_of, sources_of};
use crate::question::{Asked, Question, Theme};
use crate::refusal::Refusal;

/// Why practices differ.
pub const QUESTION: Question = Question {
    word: "why",
    asks: "Why do practices differ?",
    title: "Variation in",
    theme: Theme::Indicators,
    counts: Belonging::Stand,
    on_site: true,
    choices: &[
        (NAME, "the indicator, as `catchment indicators` names it"),
        ("period", "the period, such as 2025-10; the latest where none is chosen"),
    ],
    answer,
};

/// What is explained.
struct Explained<'a> {
    context: &'a Context,
    definition: &'a Definition,
    place: &'a Place,
    period: Period,
}

fn answer(asked: &Asked<'_>) -> Result<Answer, Refusal> {
    let explained = Explained::of(asked)?;
    let (definition, place) = (explained.definition, asked.place);
    let told = match explained.found() {
        Ok(found) => explained.told(&found)?,
        Err(NoVariation::Evidence(error)) => return Err(Refusal::from(error)),
        Err(NoVariation::Evaluate(error)) => return Err(Refusal::from(error)),
        Err(why) => {
            let why = format!(
                "This question has no answer here. {}.",
                kit::number::capitalise(&why.to_string())
            );
            Answer { refused: Some(why), ..Answer::default() }
        }
    };
    let path = |word| {
        let (path, choices) = address::question(word, place, asked.choices);
        path + &choices.written()
    };
    let indicator = Link::new(&definition.name, path("indicator"));
    let period = Link::new(explained.period.in_words(), "");
    Ok(Answer {
        title: format!("Why do practices differ? {}, {}", definition.name, place.name),
        over: vec![indicator.clone(), Link::new(&place.name, address::place(place)), period],
        above: vec![Link::new("Indicators", address::indicators(place)), indicator],
        fields: vec![Field {
            name: "within",
            label: "Place (code or name)",
            value: place.key.clone(),
            options: Vec::new(),
            is_number: false,
        }],
        method: "explained-variation",
        ..told
    })
}

impl<'a> Explained<'a> {
    fn of(asked: &Asked<'a>) -> Result<Self, Refusal> {
        let Asked { context, place, choices } = *asked;
        let is_of_practices = |one: &Definition| one.levels.contains(&Level::Practice);
        let definition = chosen((QUESTION.word, QUESTION.asks), asked, is_of_practices)?;
        let period = context.chosen_period(definition, choices)?;
        Ok(Self { context, definition, place, period })
    }

    fn found(&self) -> Result<Arc<Variation>, NoVariation> {
        let asked = indicators::variation::Asked::default();
        self.context.study().variation(self.definition, self.period, self.place, asked)
    }

    /// What was found, in words and exhibits.
    fn told(&self, found: &Variation) -> Result<Answer, Refusal> {
        let mut sentences = vec![words::bar(found)];
        sentences.extend(words::details(self.definition, found));
        sentences.push(words::moved(found));
        Ok(Answer {
            lead: words::plain(found),
            sentences,
            exhibits: self.exhibits(found)?,
            limits: words::warnings(self.definition, found),
            ..Answer::default()
        })
    }

    fn exhibits(&self, found: &Variation) -> Result<Vec<Exhibit>, Refusal> {
        let context = self.context;
        let evaluation = context.evaluate(self.definition, self.period, Level::England, None)?;
        let maker = Maker {
            definition: self.definition,
            found,
            origin: Some(origin_of(&evaluation)),
            caption: Caption {
                source: sources_of(context, &evaluation),
                run: context.run().to_owned(),
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

//! Those most like a practice or a place, by a stated distance that the reader can change.

use evidence::{Belonging, Place};
use indicators::Definition;
use indicators::compare::{Feature, Likeness, Profiles, against};
use kit::answer::Field;
use kit::{Answer, Exhibit, Link};
use vocab::Level;

use crate::address;
use crate::choices::Choices;
use crate::context::Context;
use crate::findings::similar as words;
use crate::findings::{compare_table, style};
use crate::origin::{caption, origin_of};
use crate::question::{Asked, Question, Theme};
use crate::refusal::Refusal;

/// Who is like it.
pub const QUESTION: Question = Question {
    word: "similar",
    asks: "Who is like it?",
    title: "Like",
    theme: Theme::Place,
    counts: Belonging::Stand,
    on_site: true,
    choices: &[
        ("list_size", "the weight of the number of patients, 0 to 100"),
        ("aged_65_and_over", "the weight of those of 65 and over"),
        ("aged_under_15", "the weight of those under 15"),
        ("aged_20_to_24", "the weight of those of 20 to 24"),
        ("deprivation", "the weight of deprivation"),
        ("neighbours", "how many are shown"),
        ("indicator", "an indicator on which they are compared"),
    ],
    answer: told,
};

/// Most neighbours shown.
const MOST: usize = 100;

/// What likeness is not.
const LIMITS: [&str; 2] = [
    "Alike on these features is not alike in everything: ethnic group, care homes and how a place is built are not in the distance.",
    "A weight of 0 leaves a feature out; the weights are the reader’s and are kept in the address.",
];

/// What is compared.
struct Compared {
    level: Level,
    code: String,
    name: String,
    likeness: Likeness,
    profiles: Profiles,
}

fn told(asked: &Asked<'_>) -> Result<Answer, Refusal> {
    let Asked { context, place, choices } = *asked;
    let likeness = likeness(choices)?;
    let compared = Compared::of(context, place, likeness)?;
    let (sentence, exhibits) = compared.exhibits(context, choices)?;
    let mut limits: Vec<String> = LIMITS.map(str::to_owned).into();
    limits.extend(words::unknown(&compared.profiles));
    let own = vec![Link::new(&compared.name, address::page(compared.level, &compared.code))];
    Ok(Answer {
        question: format!("Who is like {}?", compared.name),
        title: format!("Like {}", compared.name),
        over: own.clone(),
        above: own,
        lead: words::sentence(&compared.profiles, &compared.code, &compared.likeness),
        sentences: sentence.into_iter().collect(),
        fields: compared.fields(context, choices),
        exhibits,
        limits,
        method: "similar-practices",
        ..Answer::default()
    })
}

impl Compared {
    fn of(context: &Context, place: &Place, likeness: Likeness) -> Result<Self, Refusal> {
        let known = place.single().filter(|(level, _)| address::COMPARED.contains(level));
        let (level, code) = known.ok_or_else(|| Refusal::not_compared(&place.name))?;
        Ok(Self {
            level,
            code: code.to_owned(),
            name: place.name.clone(),
            likeness,
            profiles: context.study().profiles(level)?,
        })
    }

    /// What may be chosen otherwise: weights, how many, and an indicator.
    fn fields(&self, context: &Context, choices: &Choices) -> Vec<Field> {
        let number =
            |name, label, value| Field { name, label, value, options: Vec::new(), is_number: true };
        let weight = |feature: Feature| {
            let value = self.likeness.weights.get(&feature).unwrap_or(&1.0).to_string();
            number(feature.as_str(), words::weight(feature), value)
        };
        let mut fields: Vec<Field> = Feature::ALL.map(weight).into();
        fields.push(number("neighbours", "How many", self.likeness.neighbours.to_string()));
        let name = |one: &Definition| (one.id.clone(), one.name.clone());
        let all = context.library().all();
        let none = (String::new(), "none".to_owned());
        fields.push(Field {
            name: "indicator",
            label: "Compare them on",
            value: choices.get("indicator").unwrap_or_default().to_owned(),
            options: std::iter::once(none).chain(all.into_iter().map(name)).collect(),
            is_number: false,
        });
        fields
    }

    /// The table of those most like it, and their figures for the indicator asked for, with a sentence.
    fn exhibits(
        &self,
        context: &Context,
        choices: &Choices,
    ) -> Result<(Option<String>, Vec<Exhibit>), Refusal> {
        let title = format!("Those most like {}", self.name);
        let tables = ["list_size", "registered", "practice_deprivation"];
        let caption = caption(context, "similar", &title, &tables);
        let table = words::table(&self.profiles, self.level, &self.code, &self.likeness, caption);
        let reading = "Each feature is brought to the same scale; the distance is the root of the weighted mean of the squared \
             differences, in standard deviations.";
        let mut exhibits = vec![Exhibit::table("similar", "Nearest first", reading, table)];
        let mut sentence = None;
        if let Some(id) = choices.get("indicator") {
            let (words, figures) = self.figures(context, id)?;
            sentence = words;
            exhibits.extend(figures);
        }
        Ok((sentence, exhibits))
    }

    /// The figures of those most like it for an indicator.
    fn figures(
        &self,
        context: &Context,
        id: &str,
    ) -> Result<(Option<String>, Option<Exhibit>), Refusal> {
        let definition = context.definition(id)?;
        let period = context.latest(definition)?;
        let mut found = context.evaluate(definition, period, self.level, None)?;
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
        let caption = caption(context, "figures", &title, &[]);
        let table = compare_table(definition, &found, caption);
        let heading = "Their figures";
        let exhibit =
            Exhibit::table("figures", heading, &*sentence, table).origin(Some(origin_of(&found)));
        Ok((Some(sentence), Some(exhibit)))
    }
}

/// The weights and the number of neighbours that an address asks for, and what of it cannot be used.
fn likeness(choices: &Choices) -> Result<Likeness, Refusal> {
    let mut likeness = Likeness::default();
    for feature in Feature::ALL {
        let Some(word) = choices.get(feature.as_str()) else { continue };
        let weight = word.parse::<f64>().ok().filter(|weight| (0.0..=100.0).contains(weight));
        let expected = "a number from 0 to 100";
        let weight = weight.ok_or_else(|| Refusal::bad_choice(feature.as_str(), word, expected))?;
        likeness.weights.insert(feature, weight);
    }
    if Feature::ALL.iter().all(|feature| likeness.weights.get(feature) == Some(&0.0)) {
        let why =
            "All weights are 0, so that nothing is left to compare on: give one of them a weight";
        return Err(Refusal::unusable(Feature::Deprivation.as_str(), why));
    }
    if let Some(word) = choices.get("neighbours") {
        let count = word.parse().ok().filter(|count| (1..=MOST).contains(count));
        let expected = format!("a whole number from 1 to {MOST}");
        likeness.neighbours =
            count.ok_or_else(|| Refusal::bad_choice("neighbours", word, &expected))?;
    }
    Ok(likeness)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_a_weight_that_can_be_chosen() {
        for feature in Feature::ALL {
            assert!(QUESTION.knows(feature.as_str()), "{}", feature.as_str());
        }
    }
}

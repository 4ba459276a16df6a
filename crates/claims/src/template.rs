//! A claim that can be checked, as people write it in `claims/<id>.toml`: what its sentences hold, how it is read, and
//! sentences that must and must not be taken for it.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::judged::{Grade, Shown};
use super::lexicon::LEXICON;
use super::mention::{QuantityKind, What, When};
use super::method::Method;
use super::said::Unit;

/// A typed claim.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// The name of the file.
    #[serde(skip)]
    pub id: String,
    /// What kind of claim it is.
    pub title: String,
    /// The group under which it is listed.
    pub theme: String,
    /// A sentence that somebody can copy and change.
    pub ask: String,
    /// How it is read.
    pub method: Method,
    /// Rows of the trace of requirements that it answers.
    #[serde(default)]
    pub rows: Vec<String>,
    /// What stays true of every reading: what it leaves out.
    pub limits: Vec<String>,
    /// What would change the reading.
    pub change: Vec<String>,
    /// The data that would tell, for claims that published data cannot answer yet.
    #[serde(default)]
    pub lacks: Vec<String>,
    /// What can be said of claims that published data cannot answer yet.
    pub says: Option<String>,
    /// Indicators whose figures stand beside such a claim.
    #[serde(default)]
    pub beside: Vec<String>,
    /// The best evidence grade that it can have.
    pub grade: Grade,
    /// The heading of the methods chapter, where no indicator says it.
    pub anchor: String,
    /// Whether the sentence may be denied: `not above England`.
    #[serde(default)]
    pub deniable: bool,
    /// Whether it may speak of England by word: `nationally`, `across England`.
    #[serde(default)]
    pub of_england: bool,
    /// The indicator meant where the sentence names none.
    pub indicator: Option<String>,
    /// Figures that the reading uses, each with unit and source.
    #[serde(default)]
    pub parameter: BTreeMap<String, Parameter>,
    /// The forms that the sentence takes.
    #[serde(rename = "pattern")]
    pub patterns: Vec<Pattern>,
    /// Sentences that are such claims, with what must be found in them.
    #[serde(rename = "example")]
    pub examples: Vec<Example>,
    /// Sentences that are not.
    #[serde(rename = "not")]
    pub others: Vec<String>,
}

/// A figure with its unit and source.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// The figure.
    pub value: f64,
    /// What it is.
    pub about: Option<String>,
    /// Its unit.
    pub unit: String,
    /// Where it comes from; `assumption: …` where it is ours.
    pub source: String,
}

impl Parameter {
    /// The figure with what it is and where it comes from.
    pub(super) fn shown(&self, unit: Unit) -> Shown {
        let about = self.about.as_deref().unwrap_or_default();
        Shown::new(format!("{about} ({})", self.source), self.value, unit)
    }
}

/// One form of a claim. Each element is a slot `{indicator}` or the names of word lists, `closed|dispersed`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pattern {
    /// What must be there.
    pub needs: Vec<Element>,
    /// What may be there.
    #[serde(default)]
    pub may: Vec<Element>,
    /// Values that the form itself gives to slots.
    #[serde(default)]
    pub gives: BTreeMap<String, String>,
    /// Word lists that give other values to slots where they are met: `walking` the way of travel.
    #[serde(default)]
    pub marks: BTreeMap<String, BTreeMap<String, String>>,
}

/// A sentence and what must be found in it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The sentence.
    pub sentence: String,
    /// Slots by name, as they are written in answers.
    #[serde(default)]
    pub slots: BTreeMap<String, String>,
}

/// An element of a form.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Element {
    /// Any of these word lists.
    Concepts(Vec<String>),
    /// A word of this list before all figures: `has`.
    Leading(String),
    /// An indicator.
    Indicator,
    /// An organisation or place.
    Place,
    /// A second organisation or place, which the first is compared with.
    Reference,
    /// A side.
    Direction,
    /// An end of a ranking.
    Extreme,
    /// A change.
    Change,
    /// A kind of organisation.
    Level,
    /// A range of ages.
    Ages,
    /// A time past or present.
    When,
    /// A time at which.
    At,
    /// A time since when, or between two.
    Since,
    /// A time to come.
    Ahead,
    /// A figure by name and kind; the one nearest to a word of the lists, if they are named.
    Quantity {
        /// Its name.
        name: String,
        /// What it counts; nothing for any.
        kind: Option<QuantityKind>,
        /// The lists.
        near: Vec<String>,
        /// Whether it must stand right before them.
        before: bool,
        /// Whether it must be a bound or a range, such as `fewer than 3,000`, or must be none.
        bounded: Option<bool>,
    },
    /// A word that turns other sentences into something else: `cause`, `aim`.
    Guard(String),
}

impl TryFrom<String> for Element {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let lists = |names: &str| names.split('|').map(str::to_owned).collect::<Vec<_>>();
        if let Some(guard) = text.strip_prefix('!') {
            return Ok(Self::Guard(guard.to_owned()));
        }
        if let Some(list) = text.strip_prefix('^').filter(|list| LEXICON.has_concept(list)) {
            return Ok(Self::Leading(list.to_owned()));
        }
        let Some(slot) = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) else {
            let names = lists(&text);
            let unknown = names.iter().find(|name| !LEXICON.has_concept(name));
            return match unknown {
                Some(name) => Err(format!("there is no word list `{name}`")),
                None => Ok(Self::Concepts(names)),
            };
        };
        Ok(match slot {
            "indicator" => Self::Indicator,
            "place" => Self::Place,
            "reference" => Self::Reference,
            "direction" => Self::Direction,
            "extreme" => Self::Extreme,
            "change" => Self::Change,
            "level" => Self::Level,
            "ages" => Self::Ages,
            "when" => Self::When,
            "since" => Self::Since,
            "at" => Self::At,
            "ahead" => Self::Ahead,
            _ => {
                let (name, rest) = slot
                    .split_once(':')
                    .ok_or_else(|| format!("`{slot}` is no slot: expected a kind after a colon"))?;
                let before = rest.contains('<');
                let (kind, near) = rest.split_once(['~', '<']).unwrap_or((rest, ""));
                let (kind, bounded) = match kind.strip_suffix(['!', '=']) {
                    Some(bare) => (bare, Some(kind.ends_with('!'))),
                    None => (kind, None),
                };
                let kind = match kind {
                    "number" => None,
                    _ => Some(
                        QuantityKind::parse(kind)
                            .ok_or_else(|| format!("`{kind}` is no kind of figure"))?,
                    ),
                };
                let near = if near.is_empty() { Vec::new() } else { lists(near) };
                Self::Quantity { name: name.to_owned(), kind, near, before, bounded }
            }
        })
    }
}

impl Element {
    /// What is missed when it is not there.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Self::Concepts(names) => {
                let names: Vec<String> = names
                    .iter()
                    .take(3)
                    .map(|name| format!("“{}”", LEXICON.concept_in_words(name)))
                    .collect();
                names.join(" or ")
            }
            Self::Leading(name) => format!("“{}”", LEXICON.concept_in_words(name)),
            Self::Indicator => "what is measured, such as “patients per GP”".to_owned(),
            Self::Place => "the name of a practice, network or place".to_owned(),
            Self::Reference => "whom it is compared with".to_owned(),
            Self::Direction => "on which side it lies, such as “below”".to_owned(),
            Self::Extreme => "“highest” or “lowest”".to_owned(),
            Self::Change => "how it changed, such as “improved”".to_owned(),
            Self::Level => "“practices” or “networks”".to_owned(),
            Self::Ages => "a range of ages, such as “aged 21 to 25”".to_owned(),
            Self::When | Self::Since | Self::At => "a time, such as “since 2022”".to_owned(),
            Self::Ahead => "a time to come, such as “over the next three years”".to_owned(),
            Self::Quantity { kind, .. } => match kind {
                Some(QuantityKind::Share) => "a share, such as “40%”".to_owned(),
                Some(QuantityKind::Pounds) => "an amount in pounds".to_owned(),
                Some(QuantityKind::Minutes) => "a time in minutes".to_owned(),
                Some(QuantityKind::Points) => "a number of points".to_owned(),
                Some(QuantityKind::Count) | None => "a number".to_owned(),
            },
            Self::Guard(_) => "how it follows".to_owned(),
        }
    }
}

impl Template {
    /// Reads a template; `id` is the name of its file.
    ///
    /// # Errors
    /// What is wrong with the file, in a sentence.
    pub fn parse(id: &str, text: &str) -> Result<Self, String> {
        let mut template: Self = toml::from_str(text)
            .map_err(|error| format!("claims/{id}.toml: {}", error.to_string().trim()))?;
        id.clone_into(&mut template.id);
        Ok(template)
    }

    /// A parameter by name.
    #[must_use]
    pub fn figure(&self, name: &str) -> Option<f64> {
        self.parameter.get(name).map(|parameter| parameter.value)
    }
}

impl Element {
    /// Whether it asks for what a mention is.
    pub(super) fn asks_for(&self, what: &What) -> bool {
        match (self, what) {
            (Self::Concepts(names), What::Concept(name)) => names.contains(name),
            (Self::Guard(wanted), What::Guard(guard)) => {
                wanted == guard || (wanted == "aim" && guard == "ability")
            }
            (Self::Direction, What::Direction(side)) => !side.is_extreme(),
            (Self::Extreme, What::Direction(side)) => side.is_extreme(),
            (Self::Leading(wanted), What::Concept(name)) => wanted == name,
            (Self::At, What::When(when)) => matches!(when, When::In(_)),
            (Self::Since, What::When(when)) => {
                matches!(when, When::Since(_) | When::Back(_) | When::Between(..))
            }
            (Self::When, What::When(when)) => !matches!(when, When::Ahead(_) | When::By(_)),
            (Self::Ahead, What::When(when)) => {
                !matches!(when, When::Since(_) | When::Back(_) | When::Between(..))
            }
            (Self::Indicator, What::Indicator(_))
            | (Self::Place | Self::Reference, What::Subject(_) | What::Home(_))
            | (Self::Change, What::Change(_))
            | (Self::Level, What::Level(_))
            | (Self::Ages, What::Ages(_)) => true,
            _ => false,
        }
    }
}

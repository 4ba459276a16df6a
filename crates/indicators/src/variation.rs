//! Why practices differ: how much of it is chance, how much their patients explain, and how much is left.
//!
//! For an indicator of counts (or of amounts, which have no chance of their own) the practices of a place are modelled
//! in stages: age and sex, deprivation, ethnic group, long-term conditions, and the setting (care homes, severe
//! frailty, students, rural and dispensing practices). What the evidence does not hold is named, never assumed.
//! Practices with a special list and practices whose recording cannot carry a comparison are left out of the model
//! and shown apart. A practice moves when its verdict on the funnel (99.8%, widened by the spread that all share)
//! changes once the case mix is allowed for; the covariates that moved it are named with it.
//!
//! Methods: [explained variation](../../../docs/book/methods.md#explained-variation).

mod case_mix;
mod columns;
mod funnels;
mod members;
mod weighing;

use std::fmt;

use evidence::{Evidence, EvidenceError, Place};
use stats::explained::{Explanation, Question, explain};
use stats::mixed::{NoModel, Remark};
use thiserror::Error;
use vocab::counts::{of_noun, thousands};
use vocab::{Level, Period, Whole};

pub use case_mix::{CaseMix, Gap};
pub use funnels::Around;
pub use members::{Member, Reason, SpecialMember};
pub use weighing::Weighing;

use crate::definition::{Definition, Interval, Statistic, Theme};
use crate::evaluate::{EvaluateError, prepare};
use crate::units::as_at;
use case_mix::Mix;
use weighing::{Amounts, MANY, Weighed};

/// Fewest practices that a place needs.
const FEWEST: usize = 10;

/// Why there is no answer.
#[derive(Debug, Error)]
pub enum NoVariation {
    /// The indicator is not worked out for practices.
    #[error("`{0}` is not worked out for practices: there are none of them to differ")]
    NotOfPractices(String),
    /// The indicator describes patients, so that patients cannot explain it.
    #[error("`{0}` describes who the patients are: there is nothing for them to explain")]
    DescribesPatients(String),
    /// The indicator is a change of an amount.
    #[error("`{0}` is a change over time: ask for the indicator that changes")]
    IsChange(String),
    /// Too few practices with everything that is needed.
    #[error("{0}")]
    TooFewPractices(TooFew),
    /// The model gives no answer.
    #[error("the model gives no answer: {0}")]
    NoModel(#[from] NoModel),
    /// The indicator cannot be worked out.
    #[error(transparent)]
    Evaluate(#[from] EvaluateError),
    /// The evidence cannot be read.
    #[error(transparent)]
    Evidence(#[from] EvidenceError),
}

/// Why too few practices of a place can be held beside each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TooFew {
    /// The period.
    pub period: Period,
    /// Practices of the place.
    pub practices: usize,
    /// What they have and lack.
    pub counted: Counted,
}

impl TooFew {
    /// Practices that no imported file has a figure of.
    #[must_use]
    pub fn without_figure(&self) -> usize {
        let Counted { modelled, without_covariate, not_comparable, special, .. } = &self.counted;
        self.practices.saturating_sub(modelled + without_covariate + not_comparable.len() + special)
    }
}

impl fmt::Display for TooFew {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { period, practices, counted } = self;
        let reasons = [
            (
                self.without_figure(),
                format!("no figure of {} in the imported files", period.in_words()),
            ),
            (
                counted.without_covariate,
                "none of what is known of the patients of the others".to_owned(),
            ),
            (counted.not_comparable.len(), "a recording that bears no comparison".to_owned()),
            (counted.special, "a special list".to_owned()),
        ];
        let told: Vec<String> = reasons
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, has)| {
                format!(
                    "{} {} {has}",
                    thousands(*count as u64),
                    if *count == 1 { "has" } else { "have" }
                )
            })
            .collect();
        let help = if 2 * self.without_figure() >= *practices {
            "import the figures of this place"
        } else {
            "ask for a place with more practices, such as its board"
        };
        write!(
            f,
            "{} of its {} can be held beside each other, and at least {FEWEST} are needed{}{}; {help}",
            thousands(counted.modelled as u64),
            of_noun(*practices as u64, "practice"),
            if told.is_empty() { "" } else { ": " },
            told.join(", ")
        )
    }
}

/// What kind of figure is explained, which decides the scale of the spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Events per person: ratios of rates.
    Events,
    /// A share of a known number: ratios of odds.
    Parts,
    /// An amount that counts nothing: its own unit, and no part for chance.
    Amounts,
}

/// How the question is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// How often figures are drawn anew for the intervals.
    pub replicates: u32,
    /// The seed of folds and draws.
    pub seed: u64,
}

impl Default for Asked {
    fn default() -> Self {
        Self { replicates: 200, seed: 20_251 }
    }
}

/// How many practices are in the model, and why others are not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counted {
    /// In the model.
    pub modelled: usize,
    /// Without a figure.
    pub without_figure: usize,
    /// With a figure but without one of the covariates.
    pub without_covariate: usize,
    /// Whose recording cannot carry a comparison, by code.
    pub not_comparable: Vec<String>,
    /// With a special list.
    pub special: usize,
}

/// A stage of the models and what it was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageUsed {
    /// The stage.
    pub case_mix: CaseMix,
    /// The covariates, in words.
    pub covariates: Vec<String>,
    /// The periods that they were taken from.
    pub periods: Vec<Period>,
}

/// An answer for an indicator, a period and a place.
#[derive(Debug, Clone)]
pub struct Variation {
    /// The indicator.
    pub indicator: String,
    /// The period.
    pub period: Period,
    /// The place.
    pub place: Place,
    /// What kind of figure it is.
    pub kind: Kind,
    /// Practices in the model and left out.
    pub counted: Counted,
    /// The figure of the practices in the model together.
    pub average: f64,
    /// Where the weights of the case mix come from.
    pub weighing: Weighing,
    /// The stages that were fitted, in order.
    pub stages: Vec<StageUsed>,
    /// Covariates that the evidence does not hold.
    pub gaps: Vec<Gap>,
    /// What the last model must say.
    pub remarks: Vec<Remark>,
    /// The bar, the steps and the last model.
    pub explanation: Explanation,
    /// Reliability of the figure of the middle practice; nothing for amounts.
    pub reliability: Option<f64>,
    /// The practices of the model, in order of code.
    pub members: Vec<Member>,
    /// The funnel before the case mix is allowed for.
    pub before: Around,
    /// The funnel after.
    pub after: Around,
    /// The practices with special lists, beside their own kind.
    pub special: Vec<SpecialMember>,
    /// How the question was put.
    pub asked: Asked,
}

impl Variation {
    /// The practices whose verdict changes once the case mix is allowed for.
    pub fn moved(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(|member| member.has_moved())
    }
}

/// Works out why the practices of a place differ in an indicator.
///
/// # Errors
/// When the indicator has no figures, describes patients, or no model can be fitted.
pub fn variation(
    evidence: &Evidence,
    definition: &Definition,
    period: Period,
    place: &Place,
    asked: Asked,
) -> Result<Variation, NoVariation> {
    let kind = kind_of(definition)?;
    let prepared = prepare(evidence, definition, period)?;
    let everywhere = prepared.at(Level::Practice, None)?;
    let mix = Mix::gather(evidence, definition, period)?;
    let sorted = members::sort(evidence, &everywhere, place, &mix, period)?;
    if sorted.modelled.len() < FEWEST {
        let practices = place.practices(&*evidence.affiliations(as_at(period))?).len();
        let counted = sorted.counted;
        return Err(NoVariation::TooFewPractices(TooFew { period, practices, counted }));
    }
    let all = (sorted.modelled.len() < MANY).then(|| {
        members::sort(evidence, &everywhere, &Place::everywhere(Whole::default()), &mix, period)
    });
    let all = all.transpose()?;
    let mut weighed = Weighed::of(kind, &mix, &sorted, all.as_ref().unwrap_or(&sorted));
    let amounts = Amounts::of(&sorted);
    let networks = sorted.networks();
    let question = Question {
        outcome: amounts.outcome(kind),
        stages: weighed.stages(),
        networks: networks.as_deref(),
        replicates: asked.replicates,
        seed: asked.seed,
    };
    let (explanation, dropped) = answered(question)?;
    weighed.drop_last(dropped);
    let (members, before, after) = members::members(kind, &sorted.modelled, &weighed, &explanation);
    let Amounts { above, below, .. } = &amounts;
    Ok(Variation {
        indicator: definition.id.clone(),
        period,
        place: place.clone(),
        kind,
        average: above.iter().sum::<f64>() / below.iter().sum::<f64>() * definition.multiplier,
        reliability: members::reliability(kind, &explanation, below),
        weighing: weighed.weighing,
        stages: weighed.used(),
        gaps: weighed.columns.gaps.clone(),
        remarks: explanation.fit.remarks.clone(),
        special: members::special(definition, &everywhere, &sorted),
        counted: sorted.counted,
        explanation,
        members,
        before,
        after,
        asked,
    })
}

/// Answers a question; a stage whose model gives no answer is dropped with those after it, and the reason kept.
fn answered(mut question: Question<'_>) -> Result<(Explanation, Vec<NoModel>), NoModel> {
    let mut dropped = Vec::new();
    loop {
        match explain(&question) {
            Ok(found) => return Ok((found, dropped)),
            Err(why) if question.stages.pop().is_some() => dropped.push(why),
            Err(why) => return Err(why),
        }
    }
}

/// Whether the question can be put to an indicator at all.
#[must_use]
pub fn can_be_asked(definition: &Definition) -> bool {
    kind_of(definition).is_ok()
}

fn kind_of(definition: &Definition) -> Result<Kind, NoVariation> {
    let id = || definition.id.clone();
    if !definition.levels.contains(&Level::Practice) {
        return Err(NoVariation::NotOfPractices(id()));
    }
    match (definition.statistic, definition.interval) {
        (Statistic::Change, _) => Err(NoVariation::IsChange(id())),
        _ if definition.theme == Theme::Population => Err(NoVariation::DescribesPatients(id())),
        (Statistic::Rate, Interval::Byar) => Ok(Kind::Events),
        (Statistic::Proportion, Interval::Wilson) => Ok(Kind::Parts),
        _ => Ok(Kind::Amounts),
    }
}

//! How each kind of claim is read. A method is one arm of one match; what is worked out elsewhere is asked for here.

mod compare;

use evidence::Place;
use serde::Deserialize;
use vocab::{Level, Period};

use super::Checker;
use super::mention::When;
use super::parse::Claim;
use super::reading::{Exhibit, Grade, Named, Reading, Shown, Verdict};
use super::said::{Said, words};
use crate::definition::Definition;
use crate::evaluate::{Coverage, EvaluateError, Evaluation, Row};

/// How a claim is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// A figure against England, a parent or another organisation.
    Compare,
}

/// A claim with everything that its reading needs.
pub(crate) struct Asking<'c, 'a> {
    pub checker: &'c Checker<'a>,
    pub claim: &'c Claim,
    /// Of whom the claim speaks.
    pub place: Place,
}

/// What a method found; the rest of a reading is the same for all.
#[derive(Default)]
pub(crate) struct Found {
    pub verdict: Option<Verdict>,
    pub answer: Vec<Said>,
    pub figures: Vec<Shown>,
    pub exhibit: Option<Exhibit>,
    pub named: Vec<Named>,
    pub releases: Vec<String>,
    pub method: Option<String>,
    /// Steps by which the grade falls.
    pub lowered: usize,
    pub limits: Vec<String>,
    pub lacks: Vec<String>,
}

/// Reads a claim for a place, unless it names another.
pub(super) fn read(checker: &Checker<'_>, claim: Claim, home: &Place) -> Result<Reading, EvaluateError> {
    let place = claim.slots.subject.clone().unwrap_or_else(|| home.clone());
    let asking = Asking { checker, claim: &claim, place: place.clone() };
    let found = match asking.found() {
        Ok(found) => found,
        Err(EvaluateError::Evidence(error)) => return Err(error.into()),
        Err(other) => no_figures(&other),
    };
    let template = claim.template;
    let verdict = found.verdict.unwrap_or(Verdict::CannotTell);
    let verdict = if claim.slots.denied { verdict.denied() } else { verdict };
    let lowered = found.lowered + usize::from(verdict == Verdict::CannotTell && template.grade < Grade::C);
    let worst = Grade::ALL.iter().skip_while(|grade| **grade != template.grade).take(lowered + 1);
    let grade = worst.last().copied().unwrap_or(template.grade);
    let mut limits = found.limits;
    limits.extend(template.limits.iter().cloned());
    let mut lacks = found.lacks;
    if verdict == Verdict::CannotTell {
        lacks.extend(template.lacks.iter().cloned());
    }
    Ok(Reading {
        subject: place,
        verdict,
        answer: found.answer,
        figures: found.figures,
        exhibit: found.exhibit,
        named: found.named,
        grade,
        releases: found.releases,
        method: found.method.unwrap_or_else(|| template.anchor.clone()),
        limits,
        change: template.change.clone(),
        lacks,
        claim,
    })
}

/// A reading without figures: what the evidence lacks.
fn no_figures(error: &EvaluateError) -> Found {
    Found {
        answer: vec![Said::plain("The imported releases hold no figures for this.")],
        lacks: vec![error.to_string()],
        ..Found::default()
    }
}

impl<'a> Asking<'_, 'a> {
    fn found(&self) -> Result<Found, EvaluateError> {
        match self.claim.template.method {
            Method::Compare => compare::found(self),
        }
    }

    /// The indicator of the claim, or of its template; the variant published for sub-ICB locations where only that
    /// one has figures.
    pub(crate) fn definition(&self) -> Option<&'a Definition> {
        let id = self.claim.slots.indicator.as_ref().or(self.claim.template.indicator.as_ref())?;
        self.definition_of(id)
    }

    /// A definition with figures, or its variant for sub-ICB locations.
    pub(crate) fn definition_of(&self, id: &str) -> Option<&'a Definition> {
        let library = self.checker.library();
        let own = library.get(id)?;
        let has_figures = |definition: &Definition| !definition.periods(self.checker.evidence()).is_empty();
        if has_figures(own) {
            return Some(own);
        }
        library.get(&format!("{id}_sub_icb")).filter(|other| has_figures(other)).or(Some(own))
    }

    /// The period that the claim speaks of, or the latest with figures.
    pub(crate) fn period(&self, definition: &'a Definition) -> Result<Period, EvaluateError> {
        let periods = definition.periods(self.checker.evidence());
        let missing = |period: Period| EvaluateError::NoPeriod {
            indicator: definition.id.clone(),
            table: definition.pacing_table().to_owned(),
            period,
            held: periods.clone(),
        };
        if let Some(When::In(wanted)) = self.claim.slots.when {
            let within = |period: &&Period| {
                period.first_day() < wanted.end() && wanted.first_day() < period.end()
            };
            return periods.iter().rev().find(within).copied().ok_or_else(|| missing(wanted));
        }
        periods
            .iter()
            .rev()
            .copied()
            .find(|period| self.checker.prepared(definition, *period).is_ok())
            .ok_or_else(|| missing(Period::Day(self.checker.known().day())))
    }

    /// Whether the place is all of England.
    pub(crate) fn is_england(&self) -> bool {
        self.place.single().is_some_and(|(level, _)| level == Level::England)
    }

    /// The figure of the place: the evaluation of its level, its row, the indicator and period.
    pub(crate) fn figure(
        &self,
        definition: &'a Definition,
    ) -> Result<(Evaluation, Option<Row>), EvaluateError> {
        let period = self.period(definition)?;
        self.checker.row_of(definition, period, &self.place)
    }

    /// The rows of a level within the place.
    pub(crate) fn rows_within(
        &self,
        definition: &'a Definition,
        period: Period,
        level: Level,
    ) -> Result<Evaluation, EvaluateError> {
        let within = (!self.is_england()).then_some(&self.place);
        self.checker.prepared(definition, period)?.at(level, within)
    }
}

/// Whether the figures leave out so many patients that England's figure is not the country's.
pub(crate) fn is_partial(coverage: &Coverage) -> bool {
    coverage.patients > 0.0 && coverage.patients_covered < 0.95 * coverage.patients
}

/// What a claim lacks, as a reading.
pub(crate) fn lacking(answer: Said, lacks: impl IntoIterator<Item = String>) -> Found {
    Found { answer: vec![answer], lacks: lacks.into_iter().collect(), ..Found::default() }
}

/// What is said where the place has no figure.
pub(crate) fn no_figure_of(place: &Place, definition: &Definition) -> Found {
    lacking(
        Said::new(
            "{} has no figure for “{}” in the imported releases.",
            [super::said::name(&place.name), words(definition.name.clone())],
        ),
        [format!("figures of “{}” for {}", definition.name, place.name)],
    )
}

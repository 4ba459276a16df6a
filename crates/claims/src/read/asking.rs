//! A claim with everything that its reading needs, and what a reading is made of.

use std::collections::BTreeSet;

use evidence::Place;
use indicators::definition::Definition;
use indicators::evaluate::{EvaluateError, Evaluation, Row};
use vocab::{Level, Period};

use super::super::checker::Checker;
use super::super::mention::{Quantity, When};
use super::super::parse::Claim;
use super::super::reading::{Exhibit, Named, Shown, Verdict};
use super::super::said::{self, Argument, Said, words};
use super::when::overlaps;

/// A claim with everything that its reading needs.
pub(crate) struct Asking<'a> {
    pub checker: &'a Checker,
    pub claim: &'a Claim,
    /// Of whom the claim speaks.
    pub place: Place,
    /// The place at hand.
    pub home: Place,
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
    /// The place whose outlook it rests on.
    pub outlook: Option<Place>,
}

/// The least share of the patients of a place whose practices have a figure for it to be one of the place (an
/// assumption).
pub(super) const WHOLE: f64 = 0.95;

impl Found {
    pub(super) fn without_verdict(self) -> Self {
        Self { verdict: None, ..self }
    }

    /// With the releases and the method of an evaluation; the grade falls where it covers part of the patients only.
    pub(crate) fn of(evaluation: &Evaluation) -> Self {
        let is_partial = evaluation.reference.is_part();
        Self {
            releases: evaluation.provenance.releases.clone(),
            method: Some(evaluation.provenance.method.clone()),
            lowered: usize::from(is_partial),
            limits: evaluation.reference.note().into_iter().collect(),
            ..Self::default()
        }
    }
}

/// Whether the practices behind a figure look after nearly all patients.
fn is_of_whole(row: &Row) -> bool {
    row.counted.patients_share.is_none_or(|share| share >= WHOLE)
}

impl<'a> Asking<'a> {
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
        let has_figures =
            |definition: &Definition| !definition.periods(self.checker.evidence()).is_empty();
        let published = library.get(&format!("{id}_sub_icb")).filter(|other| has_figures(other));
        match published {
            Some(published) if !has_figures(own) || !self.is_whole(own, &self.place) => {
                Some(published)
            }
            Some(published) if self.is_held_against_a_part(own) => Some(published),
            _ => Some(own),
        }
    }

    /// Whether the sentence names another place of which the figure covers a part only, or nothing.
    fn is_held_against_a_part(&self, definition: &'a Definition) -> bool {
        let other = self.claim.slots.reference.as_ref();
        other.is_some_and(|other| !self.is_whole(definition, other))
    }

    /// Whether the latest figure of a place covers its patients, or the place is too small for published sums.
    fn is_whole(&self, definition: &'a Definition, place: &Place) -> bool {
        if place.single().is_some_and(|(level, _)| level < Level::SubIcb) {
            return true;
        }
        let Ok(period) = self.period(definition) else { return false };
        let row = self.checker.row_of(definition, period, place);
        row.is_ok_and(|(_, row)| row.is_some_and(|row| row.estimate.is_some() && is_of_whole(&row)))
    }

    /// What is said where a figure covers a part of a place, which is not the place.
    pub(crate) fn part_only(&self, definition: &Definition, row: &Row) -> Option<Found> {
        let of = self.place.single().is_none_or(|(level, _)| level > Level::Practice);
        (of && !is_of_whole(row)).then(|| {
            lacking(
                Said::new(
                    "“{}” has figures of {} of the {} practices of {}, with {} of its patients: a part is not the whole.",
                    [
                        words(definition.name.clone()),
                        words(row.counted.counted.to_string()),
                        words(row.counted.of.to_string()),
                        said::name(&self.place.name),
                        said::share(row.counted.patients_share.unwrap_or(0.0)),
                    ],
                ),
                [format!("“{}” of all its practices, or the published sum", definition.name)],
            )
        })
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
            let within = |period: &&Period| overlaps(**period, wanted);
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

    /// What all practices of the evidence are called: England, where every region is there.
    pub(crate) fn whole(&self) -> &'static str {
        self.checker.known().whole().name()
    }

    /// Whether the place at hand is all of England.
    pub(crate) fn home_is_england(&self) -> bool {
        self.home.single().is_some_and(|(level, _)| level == Level::England)
    }

    /// A figure of the sentence.
    pub(crate) fn number(&self, name: &str) -> Option<Quantity> {
        self.claim.slots.numbers.get(name).copied()
    }

    /// The releases behind a table in a period.
    pub(crate) fn releases(&self, table: &str, period: Period) -> Vec<String> {
        self.checker.evidence().releases(table, period).iter().map(|one| one.id.clone()).collect()
    }

    /// The period of an indicator nearest to another.
    pub(crate) fn nearest(
        &self,
        definition: &'a Definition,
        to: Period,
    ) -> Result<Period, EvaluateError> {
        let held = definition.periods(self.checker.evidence());
        held.iter().copied().min_by_key(|period| period.distance_in_days(to)).ok_or_else(|| {
            EvaluateError::NoPeriod {
                indicator: definition.id.clone(),
                table: definition.pacing_table().to_owned(),
                period: to,
                held: Vec::new(),
            }
        })
    }

    /// The figure of the place: the evaluation of its level, its row, the indicator and period.
    pub(crate) fn figure(
        &self,
        definition: &'a Definition,
    ) -> Result<(Evaluation, Option<Row>), EvaluateError> {
        let period = self.period(definition)?;
        match self.checker.row_of(definition, period, &self.place) {
            Ok((evaluation, Some(row))) if row.estimate.is_some() => Ok((evaluation, Some(row))),
            other => match self.board() {
                Some(board) => self.checker.row_of(definition, period, &board),
                None => other,
            },
        }
    }

    /// The integrated care board that a place of sub-ICB locations is all of.
    pub(crate) fn board(&self) -> Option<Place> {
        let known = self.checker.known();
        let own: BTreeSet<&str> = self
            .place
            .members
            .iter()
            .filter(|(level, _)| *level == Level::SubIcb)
            .map(|(_, code)| code.as_str())
            .collect();
        let board = known.parent(Level::SubIcb, own.first()?, Level::Icb)?;
        let of_board = known
            .codes(Level::SubIcb)
            .into_iter()
            .filter(|code| known.parent(Level::SubIcb, code, Level::Icb) == Some(board));
        let is_whole = own.len() == self.place.members.len() && of_board.eq(own.iter().copied());
        is_whole.then(|| Place {
            key: board.to_owned(),
            name: self.place.name.clone(),
            members: vec![(Level::Icb, board.to_owned())],
        })
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

/// A reading whose comparison is withheld, and why.
pub(crate) fn withheld(why: String) -> Found {
    let lacks = "releases that cover the rest".to_owned();
    lacking(Said::new("{}", [Argument::Words(why)]), [lacks])
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
            [said::name(&place.name), words(definition.name.clone())],
        ),
        [format!("figures of “{}” for {}", definition.name, place.name)],
    )
}

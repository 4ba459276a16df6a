//! Everything that sentences are read against: a study, the names of its places, and how the years to come are looked at.

use std::sync::Arc;

use evidence::{Affiliations, Evidence, Place};
use indicators::definition::Definition;
use indicators::evaluate::{EvaluateError, Evaluation, Prepared, Row};
use indicators::library::Library;
use indicators::reach::{Ground, Homes};
use study::Study;
use vocab::Period;

use super::ahead::{self, Ahead};
use super::names::Names;

/// Everything that sentences are read against.
#[derive(Debug)]
pub struct Checker {
    study: Study,
    pub(super) names: Names,
    known: Arc<Affiliations>,
    ahead: Ahead,
}

impl Checker {
    /// A checker of a study, with the names of its latest lists and of named places.
    ///
    /// # Errors
    /// When the affiliations cannot be read.
    pub fn new(study: &Study) -> Result<Self, EvaluateError> {
        let known = study.affiliations()?;
        let names = Names::of(&known, study.named_places());
        Ok(Self { study: study.clone(), names, known, ahead: Ahead::Worked })
    }

    /// The same, reading every claim about the years to come from an outlook and an effect that are given.
    #[must_use]
    pub fn looking_at(self, told: ahead::Told, effect: ahead::Effect) -> Self {
        Self { ahead: Ahead::Given(Arc::new(told), effect), ..self }
    }

    /// The ground of reach.
    pub(crate) fn ground(&self) -> Result<Arc<Ground>, EvaluateError> {
        Ok(self.study.ground()?)
    }

    /// Patients of every practice by small area.
    pub(crate) fn homes(&self) -> Result<Arc<Option<Homes>>, EvaluateError> {
        Ok(self.study.homes()?)
    }

    /// The study that is asked.
    pub(crate) fn study(&self) -> &Study {
        &self.study
    }

    /// How the years to come are looked at.
    pub(crate) fn ahead(&self) -> &Ahead {
        &self.ahead
    }

    pub(crate) fn evidence(&self) -> &Evidence {
        self.study.evidence()
    }

    pub(crate) fn known(&self) -> &Affiliations {
        &self.known
    }

    pub(crate) fn library(&self) -> &Library {
        self.study.library()
    }

    /// An indicator with its amounts paired, kept for the next claim.
    pub(crate) fn prepared(
        &self,
        definition: &Definition,
        period: Period,
    ) -> Result<Arc<Prepared>, EvaluateError> {
        self.study.prepared(definition, period)
    }

    /// The row of a place or organisation, and the evaluation of its level that it stands in.
    pub(crate) fn row_of(
        &self,
        definition: &Definition,
        period: Period,
        place: &Place,
    ) -> Result<(Evaluation, Option<Row>), EvaluateError> {
        self.study.figure(definition, period, place)
    }
}

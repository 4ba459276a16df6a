//! Figures of indicators: the same for every door.

use std::sync::Arc;

use evidence::{EvidenceError, Place};
use indicators::compare::Profiles;
use indicators::evaluate::latest_period;
use indicators::trend::{Point, Series, series};
use indicators::variation::{Asked, Member, NoVariation, Variation, variation};
use indicators::{Definition, EvaluateError, Evaluation, Prepared, Row, prepare};
use rayon::prelude::*;
use vocab::{Level, Organisation, Period};

use crate::{Study, Weighs};

impl Weighs for Prepared {
    fn bytes(&self) -> usize {
        Self::bytes(self)
    }
}

impl Weighs for Variation {
    fn bytes(&self) -> usize {
        size_of::<Self>() + self.members.len() * (size_of::<Member>() + NAME_BYTES)
    }
}

impl Weighs for Series {
    fn bytes(&self) -> usize {
        size_of::<Self>() + self.points.len() * (size_of::<Point>() + 2 * NAME_BYTES)
    }
}

/// Bytes of the code, name and networks of a practice.
const NAME_BYTES: usize = 200;

impl Study {
    /// The latest period of an indicator that is not beyond its denominator's reach.
    ///
    /// # Errors
    /// When there is none.
    pub fn latest(&self, definition: &Definition) -> Result<Period, EvaluateError> {
        latest_period(self.evidence(), definition, None)
    }

    /// An indicator with its amounts paired, kept for the next who asks.
    ///
    /// # Errors
    /// When the tables lack the period or the evidence cannot be read.
    pub fn prepared(
        &self,
        definition: &Definition,
        period: Period,
    ) -> Result<Arc<Prepared>, EvaluateError> {
        let key = format!("{}\n{period}", definition.id);
        self.kept_of(definition, &key, || prepare(self.evidence(), definition, period))
    }

    /// An indicator worked out for a period at a level.
    ///
    /// # Errors
    /// When the tables lack the period, the level cannot be reached or the evidence cannot be read.
    pub fn evaluate(
        &self,
        definition: &Definition,
        period: Period,
        level: Level,
        within: Option<&Place>,
    ) -> Result<Evaluation, EvaluateError> {
        self.prepared(definition, period)?.at(level, within)
    }

    /// The row of a place in a period and the evaluation that it stands in; for a single organisation its own row among those
    /// of its level, with its comparisons.
    ///
    /// # Errors
    /// As [`Self::evaluate`].
    pub fn figure(
        &self,
        definition: &Definition,
        period: Period,
        place: &Place,
    ) -> Result<(Evaluation, Option<Row>), EvaluateError> {
        figure_of(&*self.prepared(definition, period)?, place)
    }

    /// The figures of a place in all its periods and what the series says.
    ///
    /// # Errors
    /// When the evidence cannot be read or the level cannot be reached.
    pub fn series(
        &self,
        definition: &Definition,
        place: &Place,
    ) -> Result<Arc<Series>, EvaluateError> {
        let (level, code) = place.single().unwrap_or((Level::Place, &place.key));
        let whose = Organisation { level, code: code.to_owned() };
        let within = matches!(level, Level::Place | Level::England).then_some(place);
        let key = format!("{}\n{}", definition.id, place.key);
        self.kept_of(definition, &key, || series(self.evidence(), definition, &whose, within))
    }

    /// Why the practices of a place differ, kept for the next who asks the same.
    ///
    /// # Errors
    /// When the indicator has no figures, describes patients, or no model can be fitted.
    pub fn variation(
        &self,
        definition: &Definition,
        period: Period,
        place: &Place,
        asked: Asked,
    ) -> Result<Arc<Variation>, NoVariation> {
        let key = format!("{}\n{period}\n{}\n{asked:?}", definition.id, place.key);
        self.kept_of(definition, &key, || {
            variation(self.evidence(), definition, period, place, asked)
        })
    }

    /// What is worked out of a definition, kept only if it is the one of the library: a definition that somebody changed for a
    /// question of their own has the same identifier.
    fn kept_of<T: Weighs + Send + Sync + 'static, E>(
        &self,
        definition: &Definition,
        key: &str,
        make: impl FnOnce() -> Result<T, E>,
    ) -> Result<Arc<T>, E> {
        if self.library().get(&definition.id) == Some(definition) {
            return self.kept(key, make);
        }
        make().map(Arc::new)
    }

    /// What organisations of a level are called alike by: their features now, whichever period is then compared.
    ///
    /// # Errors
    /// When a table cannot be read.
    pub fn profiles(&self, level: Level) -> Result<Profiles, EvidenceError> {
        Profiles::of(self.evidence(), Period::Day(self.evidence().now()), level)
    }

    /// Works out the latest period of every indicator, so that the first reader need not wait.
    pub fn warm(&self) {
        self.library().all().par_iter().for_each(|definition| {
            if let Ok(period) = self.latest(definition) {
                let _ = self.prepared(definition, period);
            }
        });
    }
}

/// The row of a place in an indicator that is paired, and the evaluation that it stands in.
///
/// # Errors
/// When the level of the place cannot be reached.
pub fn figure_of(
    prepared: &Prepared,
    place: &Place,
) -> Result<(Evaluation, Option<Row>), EvaluateError> {
    match place.single() {
        Some((Level::England, _)) => {
            let evaluation = prepared.at(Level::England, None)?;
            let mut row = evaluation.england.clone();
            // What is published for England is of all of it, however little of it is imported by practice.
            if evaluation.reference.published.is_some() {
                row.counted.patients_share = Some(1.0);
            }
            Ok((evaluation, Some(row)))
        }
        Some((level, code)) => {
            let evaluation = prepared.at(level, None)?;
            let row = evaluation.row(code).cloned();
            Ok((evaluation, row))
        }
        None => {
            let evaluation = prepared.at(Level::Place, Some(place))?;
            let row = evaluation.place.clone();
            Ok((evaluation, row))
        }
    }
}

//! The evidence of a moment, the definitions and the named places, and everything that is worked out from them.
//!
//! Every door asks the same study: the site, the command line, claims and papers. So there is one answer to "which day is
//! now", "which period is the latest" and "what is the figure of this place"; and what one reader had worked out is kept
//! for the next, in one memory with a bound. Long runs say how far they are and stop when nobody waits for them any more.
//! Nothing here is a sentence or a page.

mod ahead;
mod cache;
mod figures;
mod runs;

use std::sync::{Arc, OnceLock};

use evidence::place::{NamedPlace, NoPlace};
use evidence::{Affiliations, Evidence, EvidenceError, Join, JoinReport, Lists, Place};
use indicators::reach::{Ground, Homes};
use indicators::{Evaluation, Library};
use models::backtest::Backtest;
use models::parameters::Parameters;
use models::place::BaseError;
use options::scenario::{Premises, Resolved};
use vocab::{Level, Month, Period, Whole};

pub use ahead::{Ahead, NotAhead, can_be_told, counts_gps};
use cache::Cache;
pub use cache::Weighs;
pub use figures::figure_of;
pub use runs::{Awaited, OutlookOf, Run};

/// The evidence of a moment and everything worked out from it. Cheap to clone; all clones share what is kept.
#[derive(Debug, Clone)]
pub struct Study(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    evidence: Arc<Evidence>,
    library: Arc<Library>,
    places: Vec<NamedPlace>,
    ground: OnceLock<Arc<Ground>>,
    homes: OnceLock<Arc<Option<Homes>>>,
    joins: OnceLock<Arc<Vec<JoinReport>>>,
    cache: Cache,
    runs: runs::Runs,
}

impl Study {
    /// A study of an evidence with these definitions and named places.
    pub fn new(
        evidence: impl Into<Arc<Evidence>>,
        library: impl Into<Arc<Library>>,
        places: Vec<NamedPlace>,
    ) -> Self {
        let (evidence, library) = (evidence.into(), library.into());
        Self(Arc::new(Inner {
            evidence,
            library,
            places,
            ground: OnceLock::new(),
            homes: OnceLock::new(),
            joins: OnceLock::new(),
            cache: Cache::default(),
            runs: runs::Runs::default(),
        }))
    }

    /// The evidence.
    #[must_use]
    pub fn evidence(&self) -> &Evidence {
        &self.0.evidence
    }

    /// The definitions.
    #[must_use]
    pub fn library(&self) -> &Library {
        &self.0.library
    }

    /// The places that somebody named.
    #[must_use]
    pub fn named_places(&self) -> &[NamedPlace] {
        &self.0.places
    }

    /// Who belongs to whom now: see [`Evidence::now`].
    ///
    /// # Errors
    /// When the evidence cannot be read.
    pub fn affiliations(&self) -> Result<Arc<Affiliations>, EvidenceError> {
        self.0.evidence.affiliations(self.0.evidence.now())
    }

    /// What all practices together stand for: England, where every region is there.
    #[must_use]
    pub fn whole(&self) -> Whole {
        self.affiliations().map_or_else(|_| Whole::default(), |known| known.whole())
    }

    /// The place of a key or code, as it is now.
    ///
    /// # Errors
    /// When the evidence cannot be read; within, when there is no such place.
    pub fn place(&self, key: &str) -> Result<Result<Place, NoPlace>, EvidenceError> {
        Ok(Place::find(key, &self.0.places, &*self.affiliations()?))
    }

    /// The same; an area that has ended as it was in a period in which it stood.
    ///
    /// # Errors
    /// As [`Self::place`].
    pub fn place_in(
        &self,
        key: &str,
        period: Option<Period>,
    ) -> Result<Result<Place, NoPlace>, EvidenceError> {
        let now = self.affiliations()?;
        Place::find_in(key, &self.0.places, self.evidence(), &now, period)
    }

    /// The latest lists of a place; none where no list sizes were imported.
    ///
    /// # Errors
    /// When the evidence cannot be read.
    pub fn lists(&self, place: &Place) -> Result<Option<Lists>, EvidenceError> {
        Lists::of(self.evidence(), place, &*self.affiliations()?)
    }

    /// The first month of every outlook and scenario: the one after now.
    #[must_use]
    pub fn first_month(&self) -> Month {
        Month::of(self.evidence().now()).next()
    }

    /// What a scenario over so many months is checked against in a place.
    ///
    /// # Errors
    /// When the evidence cannot be read.
    pub fn premises(
        &self,
        place: &Place,
        months: u32,
        resolved: &Resolved<'_>,
        parameters: &Parameters,
    ) -> Result<Premises, BaseError> {
        let (known, lists) = (self.affiliations()?, self.lists(place)?);
        let patients = lists.as_ref().map(|lists| &lists.patients);
        Premises::of(&known, place, patients, (self.first_month(), months)).asked_by(
            resolved,
            (self.evidence(), &known),
            place,
            &parameters.values(0, 0),
        )
    }

    /// Published weighted patients for each registered one, practice by practice in the latest period with both; none where
    /// none are imported.
    #[must_use]
    pub fn weighted_lists(&self, place: &Place) -> Option<Evaluation> {
        let definition = self.library().get("weighted_per_registered")?;
        let period = self.latest(definition).ok()?;
        self.evaluate(definition, period, Level::Practice, Some(place)).ok()
    }

    /// People, sites and imported times of travel.
    ///
    /// # Errors
    /// When the evidence cannot be read.
    pub fn ground(&self) -> Result<Arc<Ground>, EvidenceError> {
        once(&self.0.ground, || Ground::of(self.evidence(), &*self.affiliations()?))
    }

    /// Patients of every practice by small area; none where no file tells.
    ///
    /// # Errors
    /// When the evidence cannot be read.
    pub fn homes(&self) -> Result<Arc<Option<Homes>>, EvidenceError> {
        once(&self.0.homes, || Homes::of(self.evidence()))
    }

    /// What of every joined table matches the lists of registered patients, and what does not.
    ///
    /// # Errors
    /// When the evidence cannot be read.
    pub fn joins(&self) -> Result<Arc<Vec<JoinReport>>, EvidenceError> {
        once(&self.0.joins, || Join::reports(self.evidence()))
    }

    /// How good forecasts would have been in a place, or everywhere.
    ///
    /// # Errors
    /// When the evidence cannot be read.
    pub fn backtest(&self, place: Option<&Place>) -> Result<Arc<Backtest>, EvidenceError> {
        let key = place.map_or("", |place| place.key.as_str());
        self.kept(key, || models::backtest::backtest(self.evidence(), place))
    }

    /// What a key of a type stands for, worked out by the first who asks and kept while there is room. Two who ask at once
    /// may both work it out: nobody waits for another, so that no thread can wait for itself.
    ///
    /// # Errors
    /// What `make` says; an error is not kept.
    pub fn kept<T: Weighs + Send + Sync + 'static, E>(
        &self,
        key: &str,
        make: impl FnOnce() -> Result<T, E>,
    ) -> Result<Arc<T>, E> {
        self.0.cache.get(key).map_or_else(|| Ok(self.0.cache.put(key, make()?)), Ok)
    }
}

impl Weighs for Backtest {
    fn bytes(&self) -> usize {
        let scores: usize = self.monthly.iter().map(|tested| tested.scores.len()).sum();
        size_of::<Self>() + (scores + self.dated.len() + self.untested.len()) * ROW_BYTES
    }
}

/// Bytes of a row of figures with a few words.
const ROW_BYTES: usize = 300;

/// What there is one of in a study, worked out by the first who asks; see [`Study::kept`] for why nobody waits.
fn once<T, E>(held: &OnceLock<Arc<T>>, make: impl FnOnce() -> Result<T, E>) -> Result<Arc<T>, E> {
    if let Some(made) = held.get() {
        return Ok(Arc::clone(made));
    }
    let made = Arc::new(make()?);
    Ok(Arc::clone(held.get_or_init(|| made)))
}

//! What the outlook says to those who read claims: the same runs as on its own page, kept for the next sentence.
//!
//! Method: [`methods.md#outlook`](../../../docs/book/methods.md#outlook).

mod told;

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use evidence::{Evidence, Place};
pub(crate) use told::NO_GPS;
pub use told::{Effect, Hours, Moved, Outlook as Told, Practice, Year};

use models::change::{Change, Effect as Changes, GpsJoin, Mode, Scope, Shift, Who};
use models::outlook::{
    Found, Given, Go, Outlook, Residents, Settings, first_month, look, run, while_waiting,
};
use models::parameters::{NoParameter, Parameters};
use models::place::Base;

/// Something that a claim says would be done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Lever {
    /// GPs are recruited, evenly over all years.
    Recruits {
        /// How many.
        heads: u32,
        /// Share of them who arrive.
        arrive: f64,
        /// Full-time equivalents of each who does.
        fte: f64,
        /// Their age.
        age: u8,
        /// The rate at which they leave, beside others of their age.
        leaving: f64,
    },
    /// GPs telephone every patient who would be seen face to face on the same day.
    Triage {
        /// Contacts for each that there was before; the first of them is the call.
        contacts: f64,
    },
}

/// Places looked at and kept at once; the oldest makes room.
const MOST: usize = 12;

/// The outlooks of places, each worked out when a claim first asks.
#[derive(Debug)]
pub struct Runs<'a> {
    evidence: &'a Evidence,
    kept: Mutex<Vec<(Key, Arc<Kept>)>>,
    known: Option<(Arc<Told>, Effect)>,
}

type Key = (String, u32);
type Kept = OnceLock<Result<Run, String>>;

/// A finished run.
#[derive(Debug)]
struct Run {
    found: Found,
    residents: Residents,
    told: Arc<Told>,
}

impl<'a> Runs<'a> {
    /// Looks ahead from an evidence.
    #[must_use]
    pub fn new(evidence: &'a Evidence) -> Self {
        Self { evidence, kept: Mutex::default(), known: None }
    }

    /// An outlook and an effect that were worked out elsewhere, the same for every place, time and lever.
    #[must_use]
    pub fn known(evidence: &'a Evidence, told: Told, effect: Effect) -> Self {
        Self { known: Some((Arc::new(told), effect)), ..Self::new(evidence) }
    }

    /// The outlook of a place over so many years when nothing is done; the same question is worked out once.
    ///
    /// # Errors
    /// What is missing, in a sentence.
    pub fn outlook(&self, place: &Place, years: u32) -> Result<Arc<Told>, String> {
        if let Some((told, _)) = &self.known {
            return Ok(Arc::clone(told));
        }
        self.with_run(place, years, |run| Ok(Arc::clone(&run.told)))
    }

    /// What pulling a lever does to the gap, on the draws of doing nothing.
    ///
    /// # Errors
    /// What is missing, in a sentence.
    pub fn with(&self, place: &Place, years: u32, lever: Lever) -> Result<Effect, String> {
        if let Some((_, effect)) = &self.known {
            return Ok(effect.clone());
        }
        self.with_run(place, years, |run| {
            let (Found { base, outlook, .. }, residents) = (&run.found, &run.residents);
            let change =
                change(lever, base, outlook.settings).map_err(|error| error.to_string())?;
            let with = done((base, residents), &[change], outlook.settings)?;
            told::effect(base, outlook, &with)
        })
    }

    /// Does something with the run of a place; who asks for one that another is working out waits for it.
    fn with_run<T>(
        &self,
        place: &Place,
        years: u32,
        look: impl FnOnce(&Run) -> Result<T, String>,
    ) -> Result<T, String> {
        let key = (place.key.clone(), years);
        let kept = {
            let mut all = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((_, kept)) = all.iter().find(|(known, _)| *known == key) {
                Arc::clone(kept)
            } else {
                let fresh: Arc<Kept> = Arc::default();
                all.push((key, Arc::clone(&fresh)));
                if all.len() > MOST {
                    all.remove(0);
                }
                fresh
            }
        };
        look(kept.get_or_init(|| self.work_out(place, years)).as_ref().map_err(Clone::clone)?)
    }

    fn work_out(&self, place: &Place, years: u32) -> Result<Run, String> {
        let parameters = Parameters::embedded();
        let settings = Settings { years, ..Settings::default() };
        let values = parameters.values(settings.seed, 0);
        let base = Base::of(self.evidence, place, &values).map_err(|error| error.to_string())?;
        while_waiting(&base, place)?;
        let residents = Residents::of(&base, settings.seed);
        let given = Given { parameters, changes: &[], settings };
        let found = look(Arc::new(base), &residents, given, &(), &|_| Go::On)
            .map_err(|error| error.to_string())?;
        let told = told::outlook(&found).map_err(|error| error.to_string())?;
        Ok(Run { found, residents, told: Arc::new(told) })
    }
}

fn done(
    place: (&Base, &Residents),
    changes: &[Change],
    settings: Settings,
) -> Result<Outlook, String> {
    let parameters = Parameters::embedded();
    run(place, parameters, changes, settings, &(), &|_| Go::On).map_err(|error| error.to_string())
}

/// A lever as the change of the place that it is.
fn change(lever: Lever, base: &Base, settings: Settings) -> Result<Change, NoParameter> {
    let effect = match lever {
        Lever::Recruits { heads, arrive, fte, age, leaving } => Changes::GpsJoin(GpsJoin {
            employer: None,
            heads,
            over_months: settings.years * 12,
            fte,
            age,
            arrive,
            leaving,
        }),
        Lever::Triage { contacts } => Changes::Shift(triage(contacts, settings)?),
    };
    Ok(Change { from: first_month(base), effect })
}

/// Contacts with GPs of the same day become a call, and each call as many more contacts face to face as are given.
fn triage(contacts: f64, settings: Settings) -> Result<Shift, NoParameter> {
    let values = Parameters::embedded().values(settings.seed, 0);
    Ok(Shift {
        scope: Scope { seen_by: Some(Who::Gp), mode: Some(Mode::FaceToFace), ..Scope::default() },
        share: values.get("urgent_share")?,
        to_who: None,
        to_mode: Some(Mode::Telephone),
        minutes: None,
        again: contacts - 1.0,
        ramp_months: 0,
    })
}

//! What the outlook says to those who read claims: the same runs as on its own page, kept for the next sentence.
//!
//! Method: [`methods.md#outlook`](../../../docs/book/methods.md#outlook).

mod told;

use std::sync::Arc;

use evidence::Place;
use study::{OutlookOf, Study};

pub(crate) use told::NO_GPS;
pub use told::{Effect, Hours, Moved, Outlook as Told, Practice, Year};

use models::change::{Change, Effect as Changes, GpsJoin, Mode, Scope, Shift, Who};
use models::outlook::{Found, Go, Outlook, Residents, Settings, run};
use models::parameters::{Key, Parameters};
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

/// How claims look at the years to come.
#[derive(Debug)]
pub(crate) enum Ahead {
    /// By the outlook of the study, which pages tell too.
    Worked,
    /// From an outlook and an effect, the same for every place, time and lever.
    Given(Arc<Told>, Effect),
}

impl Ahead {
    /// The outlook of a place over so many years when nothing is done.
    ///
    /// # Errors
    /// What is missing, in a sentence.
    pub(crate) fn outlook(
        &self,
        study: &Study,
        place: &Place,
        years: u32,
    ) -> Result<Arc<Told>, String> {
        match self {
            Self::Given(told, _) => Ok(Arc::clone(told)),
            Self::Worked => outlook(study, place, years),
        }
    }

    /// What pulling a lever does to the gap.
    ///
    /// # Errors
    /// What is missing, in a sentence.
    pub(crate) fn with(
        &self,
        study: &Study,
        place: &Place,
        (years, lever): (u32, Lever),
    ) -> Result<Effect, String> {
        match self {
            Self::Given(_, effect) => Ok(effect.clone()),
            Self::Worked => effect(study, place, years, lever),
        }
    }
}

/// The outlook of a place over so many years when nothing is done: the same run as on its page.
///
/// # Errors
/// What is missing, in a sentence.
pub fn outlook(study: &Study, place: &Place, years: u32) -> Result<Arc<Told>, String> {
    let run = study.awaited_outlook(OutlookOf::place(place, over(years)));
    Ok(Arc::new(told::outlook(run.found()?)))
}

/// What pulling a lever does to the gap, on the draws of doing nothing.
///
/// # Errors
/// What is missing, in a sentence.
pub fn effect(study: &Study, place: &Place, years: u32, lever: Lever) -> Result<Effect, String> {
    let baseline = study.awaited_outlook(OutlookOf::place(place, over(years)));
    let Found { base, outlook, .. } = baseline.found()?;
    let residents = study.residents(place, base, outlook.settings.seed);
    let change = change(lever, base, outlook.settings);
    let with = done((base, &residents), &[change], outlook.settings)?;
    told::effect(base, outlook, &with)
}

/// The settings of a page, over so many years.
fn over(years: u32) -> Settings {
    Settings { years, ..Settings::default() }
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
fn change(lever: Lever, base: &Base, settings: Settings) -> Change {
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
        Lever::Triage { contacts } => Changes::Shift(triage(contacts, settings)),
    };
    Change { from: base.first_month(), effect }
}

/// Contacts with GPs of the same day become a call, and each call as many more contacts face to face as are given.
fn triage(contacts: f64, settings: Settings) -> Shift {
    let values = Parameters::embedded().values(settings.seed, 0);
    Shift {
        scope: Scope { seen_by: Some(Who::Gp), mode: Some(Mode::FaceToFace), ..Scope::default() },
        share: values.get(Key::UrgentShare),
        to_who: None,
        to_mode: Some(Mode::Telephone),
        minutes: None,
        again: contacts - 1.0,
        ramp_months: 0,
    }
}

//! Everything that pages, commands, files and claims tell of the outlook of a place, worked out once.

use std::sync::Arc;

use super::blocks::Blocks;
use super::parts::NoParts;
use super::ranking::Ranking;
use super::residents::{Lacking, Residents};
use super::result::Outlook;
use super::run::{Go, OutlookError, run};
use super::sensitivity::{Influence, sensitivity};
use super::settings::Settings;
use super::summary::{Row, rows};
use crate::change::Change;
use crate::parameters::Parameters;
use crate::people::BadHazards;
use crate::place::Base;
use crate::standards::{Standing, standing};

/// The outlook of a place and what goes with it.
#[derive(Debug)]
pub struct Found {
    /// The place in its base year.
    pub base: Arc<Base>,
    /// What the registers that its people are made from lack.
    pub lacking: Lacking,
    /// The draws.
    pub outlook: Outlook,
    /// Every figure by year.
    pub rows: Vec<Row>,
    /// What moves the gap of GPs.
    pub influences: Vec<Influence>,
    /// How a score of conditions ranks its people; nothing of a place that was looked at in parts.
    pub rankings: Vec<Ranking>,
    /// The place today beside every standard.
    pub standing: Standing,
}

/// Why there is nothing to tell.
#[derive(Debug, thiserror::Error)]
pub enum NotFound {
    /// The outlook cannot be run.
    #[error(transparent)]
    Outlook(#[from] OutlookError),
    /// Rates that cannot be.
    #[error(transparent)]
    Hazards(#[from] BadHazards),
    /// The place cannot be looked at in parts.
    #[error(transparent)]
    Parts(#[from] NoParts),
}

/// What a run is asked to take.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// The values of every parameter.
    pub parameters: &'a Parameters,
    /// The changes of a scenario; none is the baseline.
    pub changes: &'a [Change],
    /// How far and how often to look.
    pub settings: Settings,
}

/// Looks ahead from a place and its people.
///
/// # Errors
/// A scenario that cannot be run, a run that was stopped.
pub fn look(
    base: Arc<Base>,
    residents: &Residents,
    given: Given<'_>,
    kept: &dyn Blocks,
    progress: &dyn Fn(u32) -> Go,
) -> Result<Found, NotFound> {
    let Given { parameters, changes, settings } = given;
    let rankings = residents.rankings()?;
    let place = (&*base, residents);
    let outlook = run(place, parameters, changes, settings, kept, progress)?;
    let influences = sensitivity(&outlook, place, parameters, changes)?;
    let draws = (settings.seed, settings.draws);
    let standing = standing(&base, parameters, draws);
    let rows = rows(&outlook, &base);
    let lacking = residents.lacking;
    Ok(Found { base, lacking, outlook, rows, influences, rankings, standing })
}

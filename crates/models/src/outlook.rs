//! What the next years bring a place: need in minutes, capacity in minutes, and the gap between them, role by role, over many
//! draws. Today is in balance, because what was held was met; whether today is enough is for [`crate::standards`] to say.
//!
//! Every draw takes its own value of every uncertain parameter and its own luck; draw 0 takes the middle values. Need
//! follows who lives here, what they live with, person by person, and what they expect; capacity follows who joins and
//! leaves. Both are told by named steps in whole minutes, so that the change from now to then adds up exactly. Two
//! scenarios share all their draws: their difference is the scenario. A run works through blocks of draws, says how far it
//! is, can be stopped, and goes on where it was.
//!
//! Method: [`methods.md#outlook-of-a-place`](../../../docs/book/methods.md#outlook-of-a-place).

mod blocks;
mod capacity;
mod counted;
mod draw;
mod found;
mod fragile;
mod lives;
mod mix;
mod moves;
mod need;
mod parts;
mod ranking;
mod residents;
mod sensitivity;
mod step;
mod summary;
mod visible;

use evidence::Place;
use rayon::prelude::*;
use vocab::Month;

use crate::change::{Change, Effect};
use crate::parameters::{NoParameter, Parameters, Values};
use crate::people::BadHazards;
use crate::place::Base;

pub use self::blocks::{Blocks, NotKept};
pub use self::capacity::gps_by_age;
pub(crate) use self::counted::counted;
pub use self::draw::{Amounts, Draw};
pub use self::found::{Found, Given, NotFound, look};
pub use self::fragile::{Fragile, fragile};
pub use self::need::unread;
pub use self::parts::{NoParts, look_in_parts};
pub use self::ranking::{Outcome, Ranking};
pub use self::residents::{Lacking, Residents};
pub use self::sensitivity::{Influence, sensitivity};
pub use self::step::Step;
pub use self::summary::{
    Band, Measure, MonthRow, RiskRow, Row, StepRow, Unit, growth, months, risks, rows, s_curve,
    steps,
};
pub use self::visible::{Visible, visible};

/// Draws of a block: what is kept at once and worked out again if a run is killed.
pub const BLOCK: u32 = 16;

/// How far and how often to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Years ahead.
    pub years: u32,
    /// Draws; the first takes the middle values.
    pub draws: u32,
    /// The seed, printed with every result.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { years: 5, draws: 256, seed: 2025 }
    }
}

/// The outlook of a place under one scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    /// How it was run.
    pub settings: Settings,
    /// The first month of the first year.
    pub from: Month,
    /// The draws in order.
    pub draws: Vec<Draw>,
    /// Practices that open, with the people who register there.
    pub opened: Vec<(String, u32)>,
    /// What of the scenario this model does not read, in words.
    pub unread: Vec<String>,
}

/// Why there is no outlook.
#[derive(Debug, thiserror::Error)]
pub enum OutlookError {
    /// A parameter has no file.
    #[error(transparent)]
    Parameter(#[from] NoParameter),
    /// A parameter or an intervention makes no probabilities.
    #[error(transparent)]
    Hazards(#[from] BadHazards),
    /// Somebody stopped the run.
    #[error(
        "the outlook was stopped after {done} of {draws} draws; what is done is kept and a new run goes on from there"
    )]
    Stopped {
        /// Draws done.
        done: u32,
        /// Draws asked for.
        draws: u32,
    },
    /// The place cannot be run.
    #[error("the outlook cannot be run: {}", .0.join("; "))]
    Problems(Vec<String>),
    /// Blocks could not be kept.
    #[error(transparent)]
    NotKept(#[from] NotKept),
}

/// Whether a run goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Go {
    /// On.
    On,
    /// Stop after this block.
    Stop,
}

/// Practices whose outlook is worked out while a reader waits: more than any integrated care board has.
const MOST_PRACTICES: usize = 450;

/// Why the outlook of a place is not worked out while a reader waits; nothing for a board or anything smaller.
///
/// # Errors
/// One sentence that says what to ask for instead.
pub fn while_waiting(base: &Base, place: &Place) -> Result<(), String> {
    if base.practices.len() <= MOST_PRACTICES {
        return Ok(());
    }
    Err(format!(
        "a smaller place: an outlook of {} practices takes minutes; ask for a board, or run `catchment project {}`",
        base.practices.len(),
        place.key
    ))
}

/// Runs the outlook of a place and its people with some changes; none is the baseline.
///
/// `progress` is told how many draws are done after every block and may stop the run. `kept` holds blocks that an
/// earlier run of the same place, parameters, changes and seed finished.
///
/// # Errors
/// A parameter without a file, a place or changes that cannot be run, blocks that cannot be kept, or a run that was stopped.
pub fn run(
    (base, residents): (&Base, &Residents),
    parameters: &Parameters,
    changes: &[Change],
    settings: Settings,
    kept: &dyn Blocks,
    progress: &dyn Fn(u32) -> Go,
) -> Result<Outlook, OutlookError> {
    let staff = capacity::staff(base, changes, &parameters.values(settings.seed, 0))?;
    let mut problems = staff.problems();
    problems.extend(lives::problems(changes));
    if !problems.is_empty() {
        return Err(OutlookError::Problems(problems));
    }
    let opened = opened(base, changes);
    let steady = mix::Steady::of(residents, settings)?;
    let (staff, steady, opened) = (&staff, &steady, opened.as_slice());
    let from = first_month(base);
    let job = draw::Job { base, residents, steady, staff, changes, opened, settings, from };
    let key = blocks::fingerprint(&job, parameters);
    let mut draws: Vec<Draw> = Vec::with_capacity(settings.draws as usize);
    for (number, first) in (0..settings.draws).step_by(BLOCK as usize).enumerate() {
        let last = (first + BLOCK).min(settings.draws);
        let found = blocks::read(kept, key, number as u32, &job, last - first);
        let block = if let Some(block) = found {
            block
        } else {
            let block = block(&job, parameters, first..last)?;
            blocks::write(kept, key, number as u32, &block)?;
            block
        };
        draws.extend(block);
        if progress(last) == Go::Stop && last < settings.draws {
            return Err(OutlookError::Stopped { done: last, draws: settings.draws });
        }
    }
    let opened = opened.to_vec();
    Ok(Outlook { settings, from: job.from, draws, opened, unread: unread(changes) })
}

/// The draws of a block: lives are followed once for those that share them.
fn block(
    job: &draw::Job<'_>,
    parameters: &Parameters,
    draws: std::ops::Range<u32>,
) -> Result<Vec<Draw>, OutlookError> {
    let values: Vec<(u32, Values)> = draws
        .map(|draw| Ok((draw, lives::values_of(parameters, job.settings.seed, draw)?)))
        .collect::<Result<_, NoParameter>>()?;
    let mut found = Vec::with_capacity(values.len());
    for together in values.chunk_by(|a, b| lives::leader(a.0) == lives::leader(b.0)) {
        let Some((first, leading)) = together.first() else { continue };
        let lived = job.lives(leading, lives::leader(*first))?;
        let run = |(draw, values): &(u32, Values)| job.run(values, *draw, &lived);
        found.extend(together.par_iter().map(run).collect::<Result<Vec<Draw>, NoParameter>>()?);
    }
    Ok(found)
}

/// Practices that open and are not there yet, with the people who register there.
fn opened(base: &Base, changes: &[Change]) -> Vec<(String, u32)> {
    let mut opened: Vec<(String, u32)> = Vec::new();
    for change in changes {
        if let Effect::Opens { practice, patients } = &change.effect {
            let code = practice.as_str();
            let is_there = base.practices.iter().any(|one| one.code == code)
                || opened.iter().any(|(one, _)| one == code);
            if !is_there {
                opened.push((code.to_owned(), *patients));
            }
        }
    }
    opened
}

/// The month after the lists.
#[must_use]
pub fn first_month(base: &Base) -> Month {
    Month::of(base.day).next()
}

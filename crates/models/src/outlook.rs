//! What the next years bring a place: need in minutes, capacity in minutes, and the gap between them, over many draws.
//!
//! Every draw takes its own value of every uncertain parameter and its own luck; draw 0 takes the middle values. Need
//! follows who lives here, what they live with and what they expect; capacity follows who joins and leaves. Both are told
//! by named steps in whole minutes, so that the change from now to then adds up exactly. Two scenarios share all their
//! draws: their difference is the scenario. A run works through blocks of draws, says how far it is, can be stopped, and
//! goes on where it was.
//!
//! Method: [`methods.md#outlook-of-a-place`](../../../docs/book/methods.md#outlook-of-a-place).

mod blocks;
mod capacity;
mod draw;
mod need;
mod sensitivity;
mod step;
mod summary;
mod visible;

use rayon::prelude::*;
use vocab::Month;

use crate::change::Change;
use crate::parameters::{NoParameter, Parameters};
use crate::place::Base;

pub use self::blocks::{Blocks, NotKept};
pub use self::draw::{Amounts, Draw};
pub use self::need::unread;
pub use self::sensitivity::{Influence, sensitivity};
pub use self::step::Step;
pub use self::summary::{Band, Measure, Row, StepRow, Unit, months, rows, s_curve, steps};
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
    /// What of the scenario this model does not read, in words.
    pub unread: Vec<String>,
}

/// Why there is no outlook.
#[derive(Debug, thiserror::Error)]
pub enum OutlookError {
    /// A parameter has no file.
    #[error(transparent)]
    Parameter(#[from] NoParameter),
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

/// Runs the outlook of a place with some changes; none is the baseline.
///
/// `progress` is told how many draws are done after every block and may stop the run. `kept` holds blocks that an
/// earlier run of the same place, parameters, changes and seed finished.
///
/// # Errors
/// A parameter without a file, a place that cannot be run, blocks that cannot be kept, or a run that was stopped.
pub fn run(
    base: &Base,
    parameters: &Parameters,
    changes: &[Change],
    settings: Settings,
    kept: &dyn Blocks,
    progress: &dyn Fn(u32) -> Go,
) -> Result<Outlook, OutlookError> {
    let staff = capacity::staff(base, changes);
    let problems = staff.problems();
    if !problems.is_empty() {
        return Err(OutlookError::Problems(problems));
    }
    let job = draw::Job { base, staff: &staff, changes, settings, from: first_month(base) };
    let key = blocks::fingerprint(&job, parameters);
    let mut draws: Vec<Draw> = Vec::with_capacity(settings.draws as usize);
    for (number, first) in (0..settings.draws).step_by(BLOCK as usize).enumerate() {
        let last = (first + BLOCK).min(settings.draws);
        let found = blocks::read(kept, key, number as u32, &job, last - first);
        let block = if let Some(block) = found {
            block
        } else {
            let block = (first..last)
                .into_par_iter()
                .map(|draw| job.run(&parameters.values(settings.seed, draw), draw))
                .collect::<Result<Vec<Draw>, NoParameter>>()?;
            blocks::write(kept, key, number as u32, &block)?;
            block
        };
        draws.extend(block);
        if progress(last) == Go::Stop && last < settings.draws {
            return Err(OutlookError::Stopped { done: last, draws: settings.draws });
        }
    }
    Ok(Outlook { settings, from: job.from, draws, unread: unread(changes) })
}

/// The month after the lists.
#[must_use]
pub fn first_month(base: &Base) -> Month {
    Month::of(base.day).next()
}

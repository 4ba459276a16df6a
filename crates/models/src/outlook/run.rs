//! The run of an outlook: block after block of draws, kept as they are done, until the last or until somebody stops it.

use rayon::prelude::*;

use super::blocks::{self, Blocks, NotKept};
use super::draw::Draw;
use super::job::Job;
use super::need::unread;
use super::residents::Residents;
use super::result::Outlook;
use super::settings::{BLOCK, Settings};
use super::{capacity, lives, mix};
use crate::change::{Change, Effect};
use crate::parameters::{Parameters, Values};
use crate::people::BadHazards;
use crate::place::Base;

/// Why there is no outlook.
#[derive(Debug, thiserror::Error)]
pub enum OutlookError {
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

/// Runs the outlook of a place and its people with some changes; none is the baseline.
///
/// `progress` is told how many draws are done after every block and may stop the run. `kept` holds blocks that an
/// earlier run of the same place, parameters, changes and seed finished.
///
/// # Errors
/// A place or changes that cannot be run, blocks that cannot be kept, or a run that was stopped.
pub fn run(
    (base, residents): (&Base, &Residents),
    parameters: &Parameters,
    changes: &[Change],
    settings: Settings,
    kept: &dyn Blocks,
    progress: &dyn Fn(u32) -> Go,
) -> Result<Outlook, OutlookError> {
    let staff = capacity::staff(base, changes, &parameters.values(settings.seed, 0));
    let mut problems = staff.problems();
    problems.extend(lives::problems(changes));
    if !problems.is_empty() {
        return Err(OutlookError::Problems(problems));
    }
    let opened = opened(base, changes);
    let steady = mix::Steady::of(residents, settings)?;
    let (staff, steady, opened) = (&staff, &steady, opened.as_slice());
    let from = base.first_month();
    let job = Job { base, residents, steady, staff, changes, opened, settings, from };
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
    job: &Job<'_>,
    parameters: &Parameters,
    draws: std::ops::Range<u32>,
) -> Result<Vec<Draw>, OutlookError> {
    let values: Vec<(u32, Values)> =
        draws.map(|draw| (draw, lives::values_of(parameters, job.settings.seed, draw))).collect();
    let mut found = Vec::with_capacity(values.len());
    for together in values.chunk_by(|a, b| lives::leader(a.0) == lives::leader(b.0)) {
        let Some((first, leading)) = together.first() else { continue };
        let lived = job.lives(leading, lives::leader(*first))?;
        let run = |(draw, values): &(u32, Values)| job.run(values, *draw, &lived);
        found.par_extend(together.par_iter().map(run));
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

//! Finished blocks of draws as bytes, so that a run that was killed goes on where it was.

use thiserror::Error;

use crate::parameters::Parameters;
use crate::people::Knowledge;
use crate::place::ROLES;

use super::draw::{Amounts, Draw};
use super::job::Job;
use super::mix::RISKS;
use super::step::Step;

/// Changes whenever what a draw means changes, so that older blocks are not taken for new ones.
const FORMAT: &str = "outlook 5";

/// A block that could not be kept.
#[derive(Debug, Error)]
#[error("a finished part of the outlook could not be kept: {0}")]
pub struct NotKept(pub String);

/// Where finished blocks are kept. What is read is checked; a block that does not fit is worked out again.
pub trait Blocks {
    /// The bytes of a block, if they are kept.
    fn read(&self, name: &str) -> Option<Vec<u8>>;
    /// Keeps the bytes of a block, whole or not at all.
    ///
    /// # Errors
    /// When they cannot be kept.
    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), NotKept>;
}

/// Keeps nothing.
impl Blocks for () {
    fn read(&self, _: &str) -> Option<Vec<u8>> {
        None
    }

    fn write(&self, _: &str, _: &[u8]) -> Result<(), NotKept> {
        Ok(())
    }
}

/// A number of everything that a draw depends on: the place, its people, the changes, the parameters, the years and the seed.
pub(super) fn fingerprint(job: &Job<'_>, parameters: &Parameters) -> u64 {
    let mut hash = Fnv(0xCBF2_9CE4_8422_2325);
    hash.text(FORMAT);
    hash.text(&format!("{:?}", job.base));
    hash.text(&format!("{:?}", job.changes));
    hash.text(&format!("{parameters:?}"));
    hash.text(&format!("{} {:?}", job.residents.seed, Knowledge::embedded()));
    hash.text(&format!("{} {} {:?}", job.settings.years, job.settings.seed, job.from));
    hash.0
}

struct Fnv(u64);

impl Fnv {
    fn text(&mut self, text: &str) {
        for byte in text.bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
        }
    }
}

fn name(key: u64, number: u32) -> String {
    format!("{key:016x}-{number:04}.block")
}

pub(super) fn write(
    kept: &dyn Blocks,
    key: u64,
    number: u32,
    block: &[Draw],
) -> Result<(), NotKept> {
    kept.write(&name(key, number), &bytes(block))
}

/// A kept block, if it holds just these draws of this job.
pub(super) fn read(
    kept: &dyn Blocks,
    key: u64,
    number: u32,
    job: &Job<'_>,
    draws: u32,
) -> Option<Vec<Draw>> {
    let bytes = kept.read(&name(key, number))?;
    let mut rest = bytes.as_slice();
    let block: Option<Vec<Draw>> = (0..draws).map(|_| draw(&mut rest, job)).collect();
    block.filter(|_| rest.is_empty())
}

fn bytes(block: &[Draw]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for draw in block {
        let steps = draw.steps.iter().flatten().flatten();
        for minutes in steps.chain(draw.months.iter().flatten().flatten()) {
            bytes.extend(minutes.to_le_bytes());
        }
        for amounts in &draw.practices {
            let minutes = amounts.need.iter().chain(&amounts.capacity);
            for figure in minutes.chain([&amounts.people, &amounts.people_at_end, &amounts.gps]) {
                bytes.extend(figure.to_le_bytes());
            }
        }
        let risks = draw.risks.iter().flatten().flatten();
        let single = draw.full_time.iter().chain([&draw.urgent]);
        for figure in draw.people.iter().flatten().chain(risks).chain(single) {
            bytes.extend(figure.to_le_bytes());
        }
    }
    bytes
}

fn draw(rest: &mut &[u8], job: &Job<'_>) -> Option<Draw> {
    let years = job.years() + 1;
    let mut steps = vec![[[0; Step::ALL.len()]; ROLES]; years];
    let mut months = vec![[[0; 2]; ROLES]; job.years() * 12];
    let of_steps = steps.iter_mut().flatten().flatten();
    for minutes in of_steps.chain(months.iter_mut().flatten().flatten()) {
        *minutes = i64::from_le_bytes(take(rest)?);
    }
    let mut practices = vec![Amounts::default(); job.practices() * years];
    for amounts in &mut practices {
        let minutes = amounts.need.iter_mut().chain(&mut amounts.capacity);
        for figure in
            minutes.chain([&mut amounts.people, &mut amounts.people_at_end, &mut amounts.gps])
        {
            *figure = f32::from_le_bytes(take(rest)?);
        }
    }
    let mut people = vec![[0.0; 3]; years];
    let mut risks = vec![[[0.0; 2]; RISKS]; years];
    let (mut full_time, mut urgent) = ([0.0; ROLES], 0.0);
    let figures = people.iter_mut().flatten().chain(risks.iter_mut().flatten().flatten());
    for figure in figures.chain(full_time.iter_mut()).chain([&mut urgent]) {
        *figure = f64::from_le_bytes(take(rest)?);
    }
    Some(Draw { steps, months, practices, people, risks, urgent, full_time })
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (first, others) = rest.split_first_chunk::<N>()?;
    *rest = others;
    Some(*first)
}

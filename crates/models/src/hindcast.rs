//! The outlook held against the past: England started in years gone by and run to what has been published since.
//!
//! Its GPs, the people registered and the appointments of its practices start from what was published and run with the parameters of
//! today, which know some of the years after: a range that holds what happened shows that the parts fit together, not that anybody
//! could have known. The pandemic is in no parameter; its years stand as they were.
//!
//! Method: [`methods.md#hindcast`](../../../docs/book/methods.md#hindcast).

mod appointments;
mod gps;
mod lists;
mod past;

use std::sync::LazyLock;

use vocab::Month;

use crate::outlook::Band;
use crate::parameters::{Parameters, Values};

/// Draws of each start.
const DRAWS: u32 = 100;
/// The seed.
const SEED: u64 = 2025;

/// What is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Fully qualified GPs in full-time equivalents.
    Gps,
    /// People registered.
    Lists,
    /// Appointments with GPs over twelve months.
    WithGps,
    /// All appointments over twelve months.
    Appointments,
}

impl Kind {
    /// All, in the order in which they are told.
    pub const ALL: [Self; 4] = [Self::Gps, Self::Lists, Self::WithGps, Self::Appointments];

    /// What it is, in words.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Gps => "fully qualified GPs",
            Self::Lists => "people registered",
            Self::WithGps => "appointments with GPs in a year",
            Self::Appointments => "all appointments in a year",
        }
    }
}

/// A figure of England, told from an earlier month, beside the one published.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Held {
    /// What is told.
    pub kind: Kind,
    /// The month of the start; of appointments the last of its twelve months.
    pub from: Month,
    /// The month that is told.
    pub month: Month,
    /// The figure as the model tells it.
    pub told: Band,
    /// The one published.
    pub happened: f64,
}

impl Held {
    /// Whether what happened lies where eight of ten draws do.
    #[must_use]
    pub fn is_within(&self) -> bool {
        (self.told.p10..=self.told.p90).contains(&self.happened)
    }
}

static HELD: LazyLock<Vec<Held>> = LazyLock::new(run);

/// Every start and every later month that was published, kind by kind.
#[must_use]
pub fn held() -> &'static [Held] {
    &HELD
}

/// How many of a kind lie in the range, and how many there are.
#[must_use]
pub fn within(kind: Kind) -> (usize, usize) {
    let of_kind = || HELD.iter().filter(|one| one.kind == kind);
    (of_kind().filter(|one| one.is_within()).count(), of_kind().count())
}

fn run() -> Vec<Held> {
    let mut held = gps::held();
    held.extend(lists::held());
    held.extend(appointments::held());
    held
}

/// One figure for each of some months, in each draw, as bands over the draws.
fn over_draws(mut told: impl FnMut(&Values, u32) -> Vec<f64>) -> Vec<Band> {
    let mut figures: Vec<Vec<f64>> = Vec::new();
    for draw in 1..=DRAWS {
        let values = Parameters::embedded().values(SEED, draw);
        let of_draw = told(&values, draw);
        figures.resize(of_draw.len(), Vec::new());
        figures.iter_mut().zip(of_draw).for_each(|(all, one)| all.push(one));
    }
    figures.iter().map(|one| Band::of(one)).collect()
}

/// Years from one month to another.
fn years(from: Month, to: Month) -> f64 {
    f64::from(crate::change::months_between(from, to)) / 12.0
}

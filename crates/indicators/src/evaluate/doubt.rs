//! Records that cannot be right, and lists too small to rank: judged once, for every page, command and claim.
//!
//! A part larger than its whole, and a register far from those of all other practices, are held back from every sum. A
//! practice with fewer than a thousand patients counts in sums, but is ranked nowhere and shapes no funnel or chart.

use std::fmt;

use vocab::{Level, Mark};

use super::pairs::Pair;
use crate::compare::TINY;
use crate::definition::{Definition, Statistic};
use crate::units::Units;

/// Odds of a register, as a multiple of those of all others together, from which it is taken for a slip of the pen.
/// Of 137,991 registers of 2020/21 one lies beyond it (N82066: 6,147 of 7,374 where others have 5%).
const FARTHEST: f64 = 50.0;

/// Fewest people of a practice of ordinary size: homes for older people and hospices have true registers beyond `FARTHEST`.
const ORDINARY: f64 = 2_000.0;

/// Fewest practices that can say what is usual.
const ENOUGH: usize = 20;

/// Slack for sums of fractions.
const ROUNDING: f64 = 1e-9;

/// Why a figure is held back, or not ranked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Doubt {
    /// The part is larger than the whole.
    LargerThanWhole,
    /// The odds are so many times those of all other practices together.
    FarFromOthers(f64),
    /// Fewer than 1,000 patients.
    TooFewPatients,
}

impl Doubt {
    /// Whether the record is kept out of sums; if not, it is only left unranked.
    #[must_use]
    pub const fn holds_back(self) -> bool {
        matches!(self, Self::LargerThanWhole | Self::FarFromOthers(_))
    }
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LargerThanWhole => f.write_str("held back: the part is larger than the whole"),
            Self::FarFromOthers(times) => write!(
                f,
                "held back: its odds are {times:.0} times those of all other practices, more than {FARTHEST:.0}"
            ),
            Self::TooFewPatients => {
                let thousands = TINY / 1_000.0;
                write!(f, "not ranked: fewer than {thousands},000 patients")
            }
        }
    }
}

/// A record kept out of every sum.
#[derive(Debug, Clone, PartialEq)]
pub struct HeldBack {
    /// Whose record.
    pub code: String,
    /// The amount above the line.
    pub above: f64,
    /// The amount below the line.
    pub below: f64,
    /// Why.
    pub doubt: Doubt,
}

impl fmt::Display for HeldBack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} of {} {}", self.code, self.above, self.below, self.doubt)
    }
}

/// Judges every pair, and keeps those that cannot be right out of sums.
pub(super) fn judge(definition: &Definition, units: &Units, pairs: &mut [Pair]) -> Vec<HeldBack> {
    let is_share = definition.statistic == Statistic::Proportion;
    for pair in pairs.iter_mut().filter(|_| is_share) {
        if pair.complete().is_some_and(|(above, below)| above > below * (1.0 + ROUNDING)) {
            pair.doubt = Some(Doubt::LargerThanWhole);
            pair.mark = Mark::Missing;
        }
    }
    if is_share && definition.numerator.table == "condition" {
        far_from_others(pairs);
    }
    for (pair, patients) in pairs.iter_mut().zip(&units.patients) {
        let is_tiny = units.level == Level::Practice && *patients > 0.0 && *patients < TINY;
        if is_tiny && pair.doubt.is_none() && pair.complete().is_some() {
            pair.doubt = Some(Doubt::TooFewPatients);
        }
    }
    pairs.iter().zip(&units.codes).filter_map(|(pair, code)| held_back(pair, code)).collect()
}

fn held_back(pair: &Pair, code: &str) -> Option<HeldBack> {
    let doubt = pair.doubt.filter(|doubt| doubt.holds_back())?;
    Some(HeldBack { code: code.to_owned(), above: pair.above?, below: pair.below?, doubt })
}

/// Holds back registers of practices of ordinary size whose odds are far from those of all others together.
fn far_from_others(pairs: &mut [Pair]) {
    let complete: Vec<(f64, f64)> = pairs.iter().filter_map(Pair::complete).collect();
    if complete.len() < ENOUGH {
        return;
    }
    let (part, whole) = complete.iter().fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    for pair in pairs {
        let Some((above, below)) = pair.complete().filter(|(_, below)| *below >= ORDINARY) else {
            continue;
        };
        let usual = (part - above) / (whole - below - (part - above));
        let times = above / (below - above) / usual;
        if times > FARTHEST {
            pair.doubt = Some(Doubt::FarFromOthers(times));
            pair.mark = Mark::Missing;
        }
    }
}

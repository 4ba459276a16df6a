//! Records that cannot be right, and lists too small to rank: judged once, for every page, command and claim.
//!
//! A part larger than its whole, and a register far from those of all other practices, are held back from every sum. A
//! practice with fewer than a thousand patients counts in sums, but is ranked nowhere and shapes no funnel or chart.

use std::fmt;

use vocab::{Level, Mark};

use super::pairs::Pair;
use crate::definition::{Definition, Statistic};
use crate::units::Units;

/// Fewest patients of a list that is not tiny: the figure of a smaller one is ranked nowhere.
pub(crate) const TINY: f64 = 1_000.0;

/// Odds of a register, as a multiple of those of all others together, from which it is taken for a slip of the pen.
/// Of 137,991 registers of 2020/21 one lies beyond it (N82066: 6,147 of 7,374 where others have 5%).
const FARTHEST: f64 = 50.0;

/// Fewest people of a practice of ordinary size: homes for older people and hospices have true registers beyond `FARTHEST`.
const ORDINARY: f64 = 2_000.0;

/// Fewest practices that can say what is usual.
const ENOUGH: usize = 20;

/// Odds of a register, as a multiple or a part of those of the year before and of those of all others, from which it is
/// taken for a slip of the pen: a register that is filled late moves towards the others, a slip moves away from them.
const JUMP: f64 = 10.0;

/// Fewest people that a register must have gained or lost to have jumped.
const JUMPED: f64 = 50.0;

/// Slack for sums of fractions.
const ROUNDING: f64 = 1e-9;

/// Why a figure is held back, or not ranked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Doubt {
    /// The part is larger than the whole.
    LargerThanWhole,
    /// The odds are so many times those of all other practices together.
    FarFromOthers(f64),
    /// So many times the odds of its own register of the year before, which held so many people.
    Jumped {
        /// The multiple; below 1 where it fell.
        times: f64,
        /// People on the register of the year before.
        before: f64,
    },
    /// It took over a practice that closed, or may have: its growth is not that of its own list.
    TookOver {
        /// Whether a register of successions says so.
        is_known: bool,
    },
    /// Fewer than 1,000 patients.
    TooFewPatients,
}

impl Doubt {
    /// Whether the record is kept out of sums; if not, it is only left unranked.
    #[must_use]
    pub const fn holds_back(self) -> bool {
        !matches!(self, Self::TooFewPatients | Self::TookOver { .. })
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
            Self::Jumped { times, before } => write!(
                f,
                "held back: its odds are {times:.2} times those of the year before (then {before} on the register), away from all other practices"
            ),
            Self::TookOver { is_known: true } => {
                f.write_str("withheld: it took over a practice that closed between the two days")
            }
            Self::TookOver { is_known: false } => f.write_str(
                "withheld: it grew by more than a quarter while a practice of its area closed, whose patients it may have taken over",
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

/// Judges every pair, beside its two amounts of the year before where they are known, and keeps those that cannot be
/// right out of sums.
pub(super) fn judge(
    definition: &Definition,
    units: &Units,
    pairs: &mut [Pair],
    before: &[Option<(f64, f64)>],
) -> Vec<HeldBack> {
    let is_share = definition.statistic == Statistic::Proportion;
    for pair in pairs.iter_mut().filter(|_| is_share) {
        if pair.complete().is_some_and(|(above, below)| above > below * (1.0 + ROUNDING)) {
            pair.doubt = Some(Doubt::LargerThanWhole);
            pair.mark = Mark::Missing;
        }
    }
    if is_register(definition) {
        far_from_others(pairs, before);
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

/// Whether an indicator is the share of a list on a disease register, whose slips can be told.
pub(super) fn is_register(definition: &Definition) -> bool {
    definition.statistic == Statistic::Proportion && definition.numerator.table == "condition"
}

/// Holds back registers of practices of ordinary size whose odds are far from those of all others together, or have left
/// both them and those of the year before.
fn far_from_others(pairs: &mut [Pair], before: &[Option<(f64, f64)>]) {
    let complete: Vec<(f64, f64)> = pairs.iter().filter_map(Pair::complete).collect();
    if complete.len() < ENOUGH {
        return;
    }
    let (part, whole) = complete.iter().fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    for (index, pair) in pairs.iter_mut().enumerate() {
        let Some((above, below)) = pair.complete().filter(|(_, below)| *below >= ORDINARY) else {
            continue;
        };
        let usual = (part - above) / (whole - below - (part - above));
        let times = above / (below - above) / usual;
        let jumped = || jump((above, below), before.get(index).copied().flatten()?, times);
        if times > FARTHEST {
            pair.doubt = Some(Doubt::FarFromOthers(times));
        } else {
            pair.doubt = pair.doubt.or_else(jumped);
        }
        if pair.doubt.is_some() {
            pair.mark = Mark::Missing;
        }
    }
}

/// The jump of a register since the year before, where it leads away from all others: so many times their odds.
fn jump(now: (f64, f64), before: (f64, f64), others: f64) -> Option<Doubt> {
    let odds = |(above, below): (f64, f64)| (above + 0.5) / (below - above + 0.5);
    let times = odds(now) / odds(before);
    let is_far = |times: f64, others: f64| times >= JUMP && others >= JUMP;
    let is_jump = is_far(times, others) || is_far(1.0 / times, 1.0 / others);
    let is_large = (now.0 - before.0).abs() >= JUMPED && before.1 >= ORDINARY;
    (is_jump && is_large).then_some(Doubt::Jumped { times, before: before.0 })
}

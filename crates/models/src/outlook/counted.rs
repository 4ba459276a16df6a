//! How far the staff of a place may be other than counted, where figures of elsewhere stand in for it.

use crate::parameters::{Key, Values};
use crate::place::{Base, Basis, Clinician, ROLES, StaffLine};

/// Staff of each role in a draw beside what is taken for them: figures that stand in are as uncertain as places differ, and a sum
/// of GPs that was split like England's as practices do; what is published is certain, and so is what
/// stands in for practices of England, which adds up to England's published figures.
pub(crate) fn counted(base: &Base, values: &Values) -> [f64; ROLES] {
    let split = values.get(Key::GpsQualifiedOfASum);
    let spread = [
        values.get(Key::GpFteOfAPlace),
        values.get(Key::NurseFteOfAPlace),
        values.get(Key::DirectFteOfAPlace),
    ];
    let mut sums = [(0.0, 0.0); ROLES];
    let mut add = |line: &StaffLine, share: f64| {
        let Some(role) = Clinician::of(line.group) else { return };
        let factor = match line.basis {
            Basis::Own | Basis::SubIcb => 1.0,
            Basis::Split => split,
            Basis::Place | Basis::England if base.is_england => 1.0,
            Basis::Place | Basis::England => spread[role as usize],
        };
        let sum = &mut sums[role as usize];
        *sum = (sum.0 + line.fte * share, sum.1 + line.fte * share * factor);
    };
    for line in base.practices.iter().flat_map(|practice| &practice.staff) {
        add(line, 1.0);
    }
    for network in &base.networks {
        network.staff.iter().for_each(|line| add(line, network.share));
    }
    sums.map(|(taken, drawn)| if taken > 0.0 { drawn / taken } else { 1.0 })
}

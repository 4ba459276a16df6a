//! How far the staff of a place may be other than counted, where figures of elsewhere stand in for it.

use crate::parameters::{Key, Values};
use crate::place::{Base, Basis, Clinician, Practice, ROLES, StaffLine};

/// Staff of each role in a draw beside what is taken for them: figures that stand in are as uncertain as places differ, and a sum
/// of GPs that was split like England's as practices do; what is published is certain, and so is what
/// stands in for practices of England, which adds up to England's published figures.
pub(crate) fn counted(base: &Base, values: &Values) -> [f64; ROLES] {
    // What one practice trains more or less than others cancels out over many.
    let one_practice = values.get(Key::GpsQualifiedOfAPracticesSum);
    let split =
        values.get(Key::GpsQualifiedOfASum) * libm::pow(one_practice, concentration(base).sqrt());
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

/// How much the GPs that are published in one sum stand in few practices: 1 where all are in one, 1/n where n have as many each.
fn concentration(base: &Base) -> f64 {
    let of_practice = |practice: &Practice| -> f64 {
        let gps =
            practice.staff.iter().filter(|line| Clinician::of(line.group) == Some(Clinician::Gp));
        gps.filter(|line| line.basis == Basis::Split).map(|line| line.fte).sum()
    };
    let (sum, squares) = base
        .practices
        .iter()
        .map(of_practice)
        .fold((0.0, 0.0), |(sum, squares), fte| (sum + fte, squares + fte * fte));
    if sum > 0.0 { squares / (sum * sum) } else { 0.0 }
}

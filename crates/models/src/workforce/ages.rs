//! How many qualified GPs of a place are of some ages: those whom a scheme for them can reach.
//!
//! Ages are published by bands of five years; a band counts where its youngest age lies within those asked for. Of GPs whose
//! ages are not published England's shares are taken.

use std::ops::Range;

use super::rates::{AGE_BANDS, age_shares};
use super::staff::{GpStock, Staff};
use crate::parameters::Values;

/// The qualified GPs of a place by band of age.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GpsByAge {
    /// People of each band of [`AGE_BANDS`].
    heads: [f64; AGE_BANDS.len()],
    /// Share of all of them whose age is published; nothing where there are none.
    published: Option<f64>,
    /// Registrars in its practices.
    in_training: f64,
}

impl GpsByAge {
    /// Those of a place on the day before a run.
    #[must_use]
    pub fn of(staff: &Staff, values: &Values) -> Self {
        let shares = age_shares(values);
        let all: f64 = qualified(staff).map(|stock| f64::from(stock.heads)).sum();
        let with_age = qualified(staff).filter(|stock| stock.age.is_some());
        let with_age: f64 = with_age.map(|stock| f64::from(stock.heads)).sum();
        Self {
            heads: AGE_BANDS.map(|band| of_ages(staff, &shares, band..band + 1)),
            published: (all > 0.0).then(|| with_age / all),
            in_training: in_training(staff),
        }
    }

    /// Registrars in its practices.
    #[must_use]
    pub const fn in_training(&self) -> f64 {
        self.in_training
    }

    /// People from one age to another.
    #[must_use]
    pub fn between(&self, ages: &Range<u8>) -> f64 {
        let bands = self.heads.iter().zip(AGE_BANDS);
        bands.filter(|(_, band)| ages.contains(band)).map(|(heads, _)| heads).sum()
    }

    /// Whether the ages of at least half of them are published.
    #[must_use]
    pub fn are_known(&self) -> bool {
        self.published.is_some_and(|share| share * 2.0 >= 1.0)
    }
}

fn in_training(staff: &Staff) -> f64 {
    let stocks = staff.employers.iter().flat_map(|one| &one.gps);
    let registrars = stocks.filter(|stock| !stock.contract.is_qualified());
    registrars.map(|stock| f64::from(stock.heads)).sum()
}

/// Qualified GPs from one age to another, by their ages or else by England's shares of the bands.
pub(super) fn of_ages(staff: &Staff, shares: &[f64; AGE_BANDS.len()], ages: Range<u8>) -> f64 {
    let total: f64 = shares.iter().sum();
    let bands = shares.iter().zip(AGE_BANDS);
    let within = bands.filter(|(_, age)| ages.contains(age)).map(|(share, _)| share / total);
    let within: f64 = within.sum();
    let of_stock = |stock: &GpStock| {
        let share = stock.age.map_or(within, |age| f64::from(u8::from(ages.contains(&age))));
        f64::from(stock.heads) * share
    };
    qualified(staff).map(of_stock).sum()
}

fn qualified(staff: &Staff) -> impl Iterator<Item = &GpStock> {
    let stocks = staff.employers.iter().flat_map(|one| &one.gps);
    stocks.filter(|stock| stock.contract.is_qualified())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::Parameters;
    use crate::workforce::{Contract, Employer};

    fn stock(contract: Contract, age: Option<u8>, heads: u32) -> GpStock {
        GpStock { contract, sex: None, age, heads, fte: f64::from(heads) }
    }

    fn of(gps: Vec<GpStock>) -> GpsByAge {
        let employer = Employer { code: "A81001".to_owned(), gps, others: vec![] };
        let staff = Staff { employers: vec![employer], local_leaving: None };
        GpsByAge::of(&staff, &Parameters::embedded().values(0, 0))
    }

    #[test]
    fn published_ages_are_counted_by_the_youngest_of_their_band() {
        let gps = of(vec![
            stock(Contract::Partner, Some(50), 4),
            stock(Contract::Partner, Some(55), 3),
            stock(Contract::Salaried, Some(70), 2),
            stock(Contract::Registrar, Some(55), 9),
        ]);
        let heads = [0..120, 55..120, 50..55, 56..60].map(|ages| gps.between(&ages) as u32);
        assert_eq!(heads, [9, 5, 4, 0]);
        assert!(gps.are_known());
    }

    #[test]
    fn ages_of_fewer_than_half_are_no_ages() {
        let mostly_unknown =
            of(vec![stock(Contract::Partner, Some(55), 4), stock(Contract::Salaried, None, 5)]);
        assert!(!mostly_unknown.are_known());
        assert!((mostly_unknown.between(&(0..120)) - 9.0).abs() < 1e-9);
        assert!(!of(vec![]).are_known());
    }
}

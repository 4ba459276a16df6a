//! The outlook held against the past: England started in years gone by and run to what has been published since.
//!
//! The model starts from what was published of the month and runs with the parameters of today, which know some of the years after
//! it: a range that holds what happened shows that the parts fit together, not that anybody could have known.
//!
//! Method: [`methods.md#hindcast`](../../../docs/book/methods.md#hindcast).

use std::sync::LazyLock;

use vocab::Month;

use crate::change::months_between;
use crate::outlook::Band;
use crate::parameters::{NoParameter, Parameters};
use crate::standards::{Point, series};
use crate::workforce::{Contract, Employer, GpStock, Horizon, Staff, simulate};

/// Draws of each start.
const DRAWS: u32 = 100;
/// The seed.
const SEED: u64 = 2025;
/// England is run as one in twenty of its GPs: chance in a small country is wider than in England by a part of a hundredth.
const PART: f64 = 20.0;

/// GPs of England in a month, told from an earlier one, beside those published.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Held {
    /// The month of the start.
    pub from: Month,
    /// The month that is told.
    pub month: Month,
    /// Fully qualified GPs as the model tells them, in full-time equivalents.
    pub told: Band,
    /// Those published.
    pub happened: f64,
}

impl Held {
    /// Whether what happened lies where eight of ten draws do.
    #[must_use]
    pub fn is_within(&self) -> bool {
        (self.told.p10..=self.told.p90).contains(&self.happened)
    }
}

static HELD: LazyLock<Vec<Held>> = LazyLock::new(|| {
    run().expect("every parameter of the workforce is there, because a test runs this")
});

/// Every start whose GPs in training are known, and every later month that was published.
#[must_use]
pub fn gps() -> &'static [Held] {
    &HELD
}

fn run() -> Result<Vec<Held>, NoParameter> {
    let mut held = Vec::new();
    for start in series().iter().filter(|point| point.in_training.is_some()) {
        let later = series().iter().filter(|point| point.month > start.month);
        let later: Vec<&Point> = later.collect();
        let told = told(start, &later)?;
        held.extend(later.iter().zip(told).map(|(point, told)| Held {
            from: start.month,
            month: point.month,
            told,
            happened: point.fully_qualified,
        }));
    }
    Ok(held)
}

/// Fully qualified GPs in each of some months after a start.
fn told(start: &Point, later: &[&Point]) -> Result<Vec<Band>, NoParameter> {
    let staff = staff(start);
    let after: Vec<usize> =
        later.iter().map(|point| months_between(start.month, point.month) as usize).collect();
    let months = after.iter().max().map_or(0, |most| *most as u32);
    let horizon = Horizon { base: start.month.next(), months };
    let mut draws: Vec<Vec<f64>> = vec![Vec::new(); later.len()];
    for draw in 1..=DRAWS {
        let values = Parameters::embedded().values(SEED, draw);
        let ledger = simulate(&staff, horizon, &[], &values, (SEED, draw))?;
        let stocks = ledger.total(|_, group| group.is_qualified_gp());
        for (draws, after) in draws.iter_mut().zip(&after) {
            draws.extend(stocks.get(after - 1).map(|stock| stock.fte() * PART));
        }
    }
    Ok(draws.iter().map(|figures| Band::of(figures)).collect())
}

/// England's GPs of a month as one employer: contracts and hours as in 2024, for those of the month are not all known.
fn staff(start: &Point) -> Staff {
    let fte = start.fully_qualified / PART;
    let heads = fte / 0.737;
    let stock = |contract, share_of_heads: f64, share_of_fte: f64| GpStock {
        contract,
        sex: None,
        age: None,
        heads: libm::round(heads * share_of_heads) as u32,
        fte: fte * share_of_fte,
    };
    let training = start.in_training.unwrap_or_default() / PART;
    let registrars = libm::round(training) as u32;
    let gps = vec![
        stock(Contract::Partner, 0.51, 0.58),
        stock(Contract::Salaried, 0.47, 0.40),
        stock(Contract::Locum, 0.02, 0.02),
        GpStock {
            contract: Contract::Registrar,
            sex: None,
            age: None,
            heads: registrars,
            fte: training,
        },
    ];
    let employers = vec![Employer { code: "ENGLAND".to_owned(), gps, others: Vec::new() }];
    Staff { employers, local_leaving: None }
}

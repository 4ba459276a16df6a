//! England's GPs run again by the model of the workforce.

use super::{Held, Kind, SEED, over_draws};
use crate::change::months_between;
use crate::outlook::Band;
use crate::standards::{Point, series};
use crate::workforce::{Contract, Employer, GpStock, Horizon, Staff, simulate};

/// England is run as one in twenty of its GPs: chance in a small country is wider than in England by a part of a hundredth.
const PART: f64 = 20.0;

/// Every start whose GPs in training are known, and every later month that was published.
pub(super) fn held() -> Vec<Held> {
    let mut held = Vec::new();
    for start in series().iter().filter(|point| point.in_training.is_some()) {
        let later = series().iter().filter(|point| point.month > start.month);
        let later: Vec<&Point> = later.collect();
        let told = told(start, &later);
        held.extend(later.iter().zip(told).map(|(point, told)| Held {
            kind: Kind::Gps,
            from: start.month,
            month: point.month,
            told,
            happened: point.fully_qualified,
        }));
    }
    held
}

/// Fully qualified GPs in each of some months after a start.
fn told(start: &Point, later: &[&Point]) -> Vec<Band> {
    let staff = staff(start);
    let after: Vec<usize> =
        later.iter().map(|point| months_between(start.month, point.month) as usize).collect();
    let months = after.iter().max().map_or(0, |most| *most as u32);
    let horizon = Horizon { base: start.month.next(), months };
    over_draws(|values, draw| {
        let ledger = simulate(&staff, horizon, &[], values, (SEED, draw));
        let stocks = ledger.total(|_, group| group.is_qualified_gp());
        after.iter().map(|after| stocks[after - 1].fte() * PART).collect()
    })
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

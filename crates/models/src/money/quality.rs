//! What the quality framework pays the practices of a place for the points they achieved.
//!
//! Points achieved and lists are published for a year; the rules of that year hold the value of a point. Points of some
//! indicators are weighted by prevalence before they are paid: that is not published point by point and is left out, so a
//! practice with more illness than England is paid more than this, and one with less is paid less.
//!
//! Methods: [quality payments](../../../../docs/book/methods.md#quality-payments).

use std::collections::BTreeMap;

use evidence::{Evidence, EvidenceError, tables};
use vocab::{FinancialYear, Period};

use super::practice::of_points;
use super::{Amount, Pence, Rules};
use crate::place::Base;

/// What a practice achieved in a year and what it is paid for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Quality {
    /// Points achieved.
    pub points: f64,
    /// What the points pay, before they are weighted by prevalence.
    pub payment: Amount,
    /// What the practice was paid in the year by the published payments, whatever year it was earned in.
    pub paid: Option<Pence>,
}

/// The latest year of points.
#[derive(Debug, Clone, PartialEq)]
pub struct QualityYear {
    /// The year.
    pub year: FinancialYear,
    /// Practices of the place that have points, by code.
    pub practices: BTreeMap<String, Quality>,
}

impl QualityYear {
    /// The latest year of points of a place; nothing where none is imported.
    pub(super) fn of(evidence: &Evidence, base: &Base) -> Result<Option<Self>, EvidenceError> {
        let Some(period) = evidence.periods("achievement_total").last().copied() else {
            return Ok(None);
        };
        let Period::FinancialYear(year) = period else { return Ok(None) };
        let frame = evidence.frame("achievement_total", period)?;
        let achieved = tables::achievement_total::Columns::of(&frame);
        let paid = paid(evidence, period)?;
        let mut practices = BTreeMap::new();
        let known = achieved.points.iter().enumerate().filter(|(_, points)| points.is_finite());
        for (row, points) in known {
            let Some(code) = achieved.practice.get(row) else { continue };
            if base.practices.binary_search_by(|one| one.code.as_str().cmp(code)).is_err() {
                continue;
            }
            let quality = Quality {
                points: *points,
                payment: payment(year, achieved.list_size.get(row).copied(), *points),
                paid: paid.get(code).copied(),
            };
            practices.insert(code.to_owned(), quality);
        }
        Ok((!practices.is_empty()).then_some(Self { year, practices }))
    }

    /// What the points of all practices pay, as far as it is known.
    #[must_use]
    pub fn known(&self) -> Pence {
        self.practices.values().filter_map(|one| one.payment.known()).sum()
    }

    /// What the points pay and what was paid, of the practices that have both; nothing where none has.
    #[must_use]
    pub fn beside_paid(&self) -> Option<(Pence, Pence)> {
        let both = || self.practices.values().filter_map(|one| one.payment.known().zip(one.paid));
        both().next()?;
        Some((both().map(|(worked, _)| worked).sum(), both().map(|(_, paid)| paid).sum()))
    }
}

fn payment(year: FinancialYear, list: Option<f64>, points: f64) -> Amount {
    let Some(rules) = Rules::of(year) else {
        let year = Period::FinancialYear(year);
        return Amount::Unknown(format!("the value of a point in {year} was not read"));
    };
    match list.filter(|list| list.is_finite()) {
        Some(list) => Amount::Known(of_points(&rules.quality, list, points)),
        None => Amount::Unknown("its list of the year is not published".to_owned()),
    }
}

/// Published payments of the framework by practice.
fn paid(evidence: &Evidence, period: Period) -> Result<BTreeMap<String, Pence>, EvidenceError> {
    let mut paid = BTreeMap::new();
    if !evidence.periods("payment").contains(&period) {
        return Ok(paid);
    }
    let frame = evidence.frame("payment", period)?;
    let payments = tables::payment::Columns::of(&frame);
    let known = payments.pounds.iter().enumerate().filter(|(_, pounds)| pounds.is_finite());
    for (row, pounds) in known {
        let of_row = (payments.practice.get(row), payments.line.get(row));
        if let (Some(code), Some("total_qof_payments")) = of_row {
            paid.insert(code.to_owned(), Pence::of_pounds(*pounds));
        }
    }
    Ok(paid)
}

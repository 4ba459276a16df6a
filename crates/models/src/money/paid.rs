//! What the payments of a year say was paid for core work, beside what the rules of the year come to.
//!
//! Contracts are paid by lines of their own: the global sum with its correction factor, or the balance of a personal contract. A
//! practice that is named by one contract at the end of the year may have been paid by another's line.
//!
//! Methods: [beside what was paid](../../../../docs/book/methods.md#beside-what-was-paid).

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Evidence, EvidenceError, Place, tables};
use jiff::civil::Date;
use vocab::{FinancialYear, Period};

use super::{Pence, PracticeMoney};

/// What a practice was paid in a year for its core work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PaidCore {
    /// The global sum, less what is taken off it.
    pub global_sum: Pence,
    /// The correction factor of the minimum practice income guarantee.
    pub correction: Pence,
    /// The balance of expenditure on personal medical services.
    pub personal: Pence,
    /// For taking part in a network.
    pub participation: Pence,
}

impl PaidCore {
    /// Global sum, correction and balance together.
    #[must_use]
    pub fn core(self) -> Pence {
        self.global_sum + self.correction + self.personal
    }

    fn line(&mut self, line: &str) -> Option<&mut Pence> {
        match line {
            "global_sum" => Some(&mut self.global_sum),
            "mpig_correction_factor" => Some(&mut self.correction),
            "balance_of_pms_expenditure" => Some(&mut self.personal),
            "pcn_participation" => Some(&mut self.participation),
            _ => None,
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            global_sum: self.global_sum + other.global_sum,
            correction: self.correction + other.correction,
            personal: self.personal + other.personal,
            participation: self.participation + other.participation,
        }
    }
}

/// What practices were paid in a year, by code; nothing where its payments are not imported.
pub(super) fn in_year(
    evidence: &Evidence,
    year: FinancialYear,
) -> Result<Option<BTreeMap<String, PaidCore>>, EvidenceError> {
    let period = Period::FinancialYear(year);
    if !evidence.periods("payment").contains(&period) {
        return Ok(None);
    }
    let frame = evidence.frame("payment", period)?;
    let payments = tables::payment::Columns::of(&frame);
    let mut paid: BTreeMap<String, PaidCore> = BTreeMap::new();
    let known = payments.pounds.iter().enumerate().filter(|(_, pounds)| pounds.is_finite());
    for (row, pounds) in known {
        let (Some(code), Some(line)) = (payments.practice.get(row), payments.line.get(row)) else {
            continue;
        };
        let of_practice = paid.entry(code.to_owned()).or_default();
        if let Some(sum) = of_practice.line(line) {
            *sum = *sum + Pence::of_pounds(*pounds);
        }
    }
    Ok(Some(paid))
}

/// The practices of one contract beside what they were paid.
#[derive(Debug, Clone, PartialEq)]
pub struct BesidePaid {
    /// GMS, PMS, APMS or other.
    pub contract: String,
    /// Whether they are named GMS and yet were paid a balance of personal medical services.
    pub has_personal: bool,
    /// How many.
    pub practices: usize,
    /// Their weighted patients on average of the year.
    pub weighted: f64,
    /// What the rules come to, less what is taken off for nights and weekends; nothing for contracts that they do not pay.
    pub reckoned: Option<Pence>,
    /// What was paid.
    pub paid: PaidCore,
}

impl BesidePaid {
    /// By which share the reckoned sum lies above what was paid.
    #[must_use]
    pub fn above(&self) -> Option<f64> {
        let (reckoned, paid) = (self.reckoned?.pounds(), self.paid.core().pounds());
        (paid > 0.0).then(|| reckoned / paid - 1.0)
    }
}

/// Practices beside what they were paid, by contract; those named GMS that were paid a balance of personal medical services
/// stand apart.
pub(super) fn beside(practices: &[PracticeMoney]) -> Vec<BesidePaid> {
    let mut groups: BTreeMap<(String, bool), BesidePaid> = BTreeMap::new();
    for one in practices {
        let Some(paid) = one.paid else { continue };
        let contract = one.contract.clone().unwrap_or_default();
        let has_personal = contract == "GMS" && paid.personal != Pence(0);
        let group = groups.entry((contract.clone(), has_personal)).or_insert(BesidePaid {
            contract,
            has_personal,
            practices: 0,
            weighted: 0.0,
            reckoned: None,
            paid: PaidCore::default(),
        });
        group.practices += 1;
        group.weighted += one.weighted.map_or(0.0, |weighed| weighed.patients);
        if let Some(sum) = one.net() {
            *group.reckoned.get_or_insert_default() = group.reckoned.unwrap_or_default() + sum;
        }
        group.paid = group.paid.and(paid);
    }
    groups.into_values().collect()
}

/// Practices that were of the place at the end of the year and are not among these any more, and what they were paid for core
/// work.
pub(super) fn gone(
    evidence: &Evidence,
    place: &Place,
    year: FinancialYear,
    (practices, paid): (&[PracticeMoney], &BTreeMap<String, PaidCore>),
) -> Result<(usize, Pence), EvidenceError> {
    let known = evidence.affiliations(Date::constant(year.begins + 1, 3, 31))?;
    let here: BTreeSet<&str> = practices.iter().map(|one| one.code.as_str()).collect();
    let then = place.practices(&known);
    let gone = then.into_iter().filter(|code| !here.contains(code));
    let sums: Vec<Pence> = gone.filter_map(|code| paid.get(code)).map(|paid| paid.core()).collect();
    let sums = sums.into_iter().filter(|sum| *sum != Pence(0));
    Ok(sums.fold((0, Pence(0)), |all, one| (all.0 + 1, all.1 + one)))
}

//! Which contract a practice holds, and so which rule pays its core work.
//!
//! The global sum is paid to practices with a general medical services contract. Practices with a personal or an alternative
//! provider contract are paid what they agreed with their commissioner, which no national rule gives.

use std::collections::BTreeMap;

use evidence::{Evidence, EvidenceError, tables};
use vocab::{FinancialYear, Period};

/// The contract of each practice: by the payments of the year where they are imported, else by the latest that name it.
pub(super) fn of(
    evidence: &Evidence,
    year: FinancialYear,
) -> Result<BTreeMap<String, String>, EvidenceError> {
    let periods = evidence.periods("contract");
    let own = Period::FinancialYear(year);
    let taken = if periods.contains(&own) { vec![own] } else { periods };
    let mut found = BTreeMap::new();
    for period in taken {
        let frame = evidence.frame("contract", period)?;
        let contracts = tables::contract::Columns::of(&frame);
        for row in 0..frame.rows() {
            let pair = contracts.practice.get(row).zip(contracts.contract.get(row));
            if let Some((practice, contract)) = pair.filter(|(_, word)| !word.is_empty()) {
                found.insert(practice.to_owned(), contract.to_owned());
            }
        }
    }
    Ok(found)
}

/// Why the global sum says nothing of what a practice of this contract is paid; nothing where it is paid by it.
pub(super) fn without_global_sum(contract: Option<&str>) -> Option<String> {
    match contract {
        Some("GMS") => None,
        Some(word @ ("PMS" | "APMS")) => Some(format!(
            "paid by its {word} contract as agreed with the commissioner, not by the global sum"
        )),
        Some(_) => Some("its contract is of another kind, not paid by the global sum".to_owned()),
        None => Some("its contract is not in any payments imported".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn general_medical_services_alone_are_paid_the_global_sum() {
        assert_eq!(without_global_sum(Some("GMS")), None);
        for other in [Some("PMS"), Some("APMS"), Some("other"), None] {
            assert!(without_global_sum(other).is_some(), "{other:?}");
        }
    }
}

//! Areas that lie in one larger area each on any date: a file in which one lies in two contradicts itself.

use std::collections::BTreeMap;

use vocab::Period;

use crate::intake::Intake;
use crate::scan::Row;

/// Kinds of areas of which each lies in one of the larger kind.
const NESTED: [(&str, &str); 9] = [
    ("sub_icb", "icb"),
    ("sub_icb", "nhs_region"),
    ("icb", "nhs_region"),
    ("ccg", "stp"),
    ("ccg", "nhs_region"),
    ("stp", "nhs_region"),
    ("local_authority", "region"),
    ("lsoa21", "sub_icb"),
    ("lsoa21", "icb"),
];

/// A kind of area, its code, the larger kind and the period.
type Key = (&'static str, String, &'static str, Period);

/// The larger areas met so far, each with the row it stood on and whether it was contradicted.
#[derive(Debug, Default)]
pub(crate) struct Nesting {
    met: BTreeMap<Key, (String, u64, bool)>,
}

impl Nesting {
    /// Takes the areas of a row, each a kind, its code and its column: of one that lies in two the second is told once.
    pub fn take(
        &mut self,
        row: &Row<'_>,
        areas: &[(&'static str, &str, usize)],
        period: Period,
        intake: &mut Intake,
    ) {
        let find =
            |wanted: &str| areas.iter().find(|(kind, code, _)| *kind == wanted && !code.is_empty());
        for (smaller, larger) in NESTED {
            let (Some(child), Some(parent)) = (find(smaller), find(larger)) else { continue };
            let key = (smaller, child.1.to_owned(), larger, period);
            let met =
                self.met.entry(key).or_insert_with(|| (parent.1.to_owned(), row.number, false));
            if met.0 == parent.1 || met.2 {
                continue;
            }
            met.2 = true;
            let rule = format!(
                "says that {} lies in {}, row {} that it lies in {}: an area lies in one",
                child.1, parent.1, met.1, met.0
            );
            intake.contradicts(row, parent.2, rule);
        }
    }
}

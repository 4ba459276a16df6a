//! Areas that lie in one larger area each on any date: a file in which one lies in two contradicts itself.

use std::collections::BTreeMap;

use vocab::Period;

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

/// The larger areas met so far, each with the row it stood on.
#[derive(Debug, Default)]
pub(crate) struct Nesting {
    met: BTreeMap<Key, (String, u64)>,
}

impl Nesting {
    /// Takes the areas of a row, each a kind, its code and its column; gives the column of a larger area that contradicts an
    /// earlier row, and the two rows in words.
    pub fn take(
        &mut self,
        row: &Row<'_>,
        areas: &[(&'static str, &str, usize)],
        period: Period,
    ) -> Vec<(usize, String)> {
        let mut told = Vec::new();
        let find =
            |wanted: &str| areas.iter().find(|(kind, code, _)| *kind == wanted && !code.is_empty());
        for (smaller, larger) in NESTED {
            let (Some(child), Some(parent)) = (find(smaller), find(larger)) else { continue };
            let key = (smaller, child.1.to_owned(), larger, period);
            let met = self.met.entry(key).or_insert_with(|| (parent.1.to_owned(), row.number));
            if met.0 == parent.1 {
                continue;
            }
            let rule = format!(
                "says that {} lies in {}, row {} that it lies in {}: an area lies in one",
                child.1, parent.1, met.1, met.0
            );
            told.push((parent.2, rule));
        }
        told
    }
}

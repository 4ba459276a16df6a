//! What a practice adds to the change of a larger area: its list on both days, or the one it has where it closed or opened.
//!
//! The change of an area is that of its whole lists. Patients of a practice that closed are on the lists of others of the
//! area, so that those that stayed open alone would show every merger as growth. Areas in which the two lists do not cover
//! the same practices have no change: a list cut short is no exodus.

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Evidence, EvidenceError, tables};
use jiff::civil::Date;
use vocab::{Mark, Period};

use super::Doubt;
use super::pairs::{Pair, Part};
use crate::units::{Units, as_at};

/// Share of an area's patients at practices on one of the lists only, and change of its whole lists, that together say
/// that the lists do not cover the same practices.
const NOT_ALIKE: f64 = 0.1;

/// Growth of a practice from which a practice that closed in its area may explain it.
const MUCH: f64 = 0.25;

/// Share of that growth that the patients of the practice that closed must make up.
const EXPLAINS: f64 = 0.5;

/// The lists of a sub-ICB on both days.
#[derive(Default)]
struct Area {
    above: f64,
    below: f64,
    on_both: usize,
    only_above: f64,
    only_below: f64,
}

impl Area {
    fn add(&mut self, pair: &Pair) {
        self.above += pair.above.unwrap_or_default();
        self.below += pair.below.unwrap_or_default();
        match (pair.above, pair.below) {
            (Some(_), Some(_)) => self.on_both += 1,
            (Some(above), None) => self.only_above += above,
            (None, Some(below)) => self.only_below += below,
            (None, None) => {}
        }
    }

    /// Whether both lists cover its practices.
    fn is_whole(&self) -> bool {
        let one_sided =
            self.only_below > NOT_ALIKE * self.below || self.only_above > NOT_ALIKE * self.above;
        let moved = (self.above / self.below - 1.0).abs() > NOT_ALIKE;
        self.on_both > 0 && !(one_sided && moved)
    }
}

/// Lets practices that closed or opened count in the change of their area, and withholds the change of those that took
/// over, or may have taken over, another.
pub(super) fn join(units: &Units, pairs: &mut [Pair], took_over: &BTreeSet<String>) {
    let area_of = |index: usize| units.affiliations.get(index).map_or("", |of| of.sub_icb.as_str());
    let mut areas: BTreeMap<&str, Area> = BTreeMap::new();
    for (index, pair) in pairs.iter().enumerate() {
        areas.entry(area_of(index)).or_default().add(pair);
    }
    for (index, pair) in pairs.iter_mut().enumerate() {
        let Some(area) = areas.get(area_of(index)).filter(|_| !area_of(index).is_empty()) else {
            continue;
        };
        pair.part = match (pair.above, pair.below) {
            (None, None) => Part::Own,
            _ if !area.is_whole() => Part::Apart,
            (above, below) => Part::Of(above.unwrap_or_default(), below.unwrap_or_default()),
        };
        let Some((above, below)) = pair.complete() else { continue };
        let gain = above - below;
        let is_explained = gain > MUCH * below && area.only_below >= EXPLAINS * gain;
        let took = units.codes.get(index).is_some_and(|code| took_over.contains(code));
        if took || is_explained {
            pair.mark = Mark::Missing;
            pair.doubt = Some(Doubt::TookOver { is_known: took });
        }
    }
}

/// The practices that took over another after one day and up to another.
pub(super) fn took_over(
    evidence: &Evidence,
    from: Period,
    to: Period,
) -> Result<BTreeSet<String>, EvidenceError> {
    let mut found = BTreeSet::new();
    for period in evidence.periods("successor") {
        let frame = evidence.frame("successor", period)?;
        let followed = tables::successor::Columns::of(&frame);
        for row in 0..frame.rows() {
            let day: Option<Date> = followed.day.get(row).and_then(|day| day.parse().ok());
            if day.is_some_and(|day| as_at(from) < day && day <= as_at(to)) {
                found.extend(followed.successor.get(row).map(str::to_owned));
            }
        }
    }
    Ok(found)
}

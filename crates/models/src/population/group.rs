//! Small areas that are taken forward together: those of a local authority for which people are projected.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::Area;
use super::counted::Counted;
use super::living::Met;
use super::projected::{Published, Years};

/// Areas that are taken forward together, and what is published of them.
pub(super) struct Group<'a> {
    pub authority: Option<&'a str>,
    pub published: Option<&'a Years>,
    pub areas: Vec<(&'a str, &'a Area)>,
}

/// An authority of which something is published is a group; any other area is one for itself.
pub(super) fn groups<'a>(
    counted: &'a Counted,
    authorities: &'a BTreeMap<String, String>,
    published: &'a BTreeMap<String, Years>,
) -> Vec<Group<'a>> {
    let mut of_authority: BTreeMap<&str, Group<'a>> = BTreeMap::new();
    let mut groups = Vec::new();
    for (code, area) in &counted.areas {
        let authority = authorities.get(code).map(String::as_str);
        let alone = Group { authority, published: None, areas: vec![(code, area)] };
        match authority.and_then(|authority| published.get_key_value(authority)) {
            None => groups.push(alone),
            Some((authority, years)) => of_authority
                .entry(authority)
                .or_insert(Group { published: Some(years), areas: Vec::new(), ..alone })
                .areas
                .push((code, area)),
        }
    }
    for mut group in of_authority.into_values() {
        if !group.is_whole() {
            group.published = None;
        }
        groups.push(group);
    }
    groups
}

/// How far the estimate of an authority may be from the projection of the same time, as a share: further, some of its small areas
/// are not at hand, or its boundary is another one. Camden of 2020 was estimated at
/// 279,516 people, 29% more than the 217,365 of 2022 after the census.
const NEAR: f64 = 0.4;

impl Group<'_> {
    /// Whether the small areas are those that a number of all ages is told of. People published by age say so themselves.
    fn is_whole(&self) -> bool {
        let first = self.published.and_then(|years| years.values().next());
        let Some(Published::InAll(published, _)) = first else { return true };
        let people: f64 = self.areas.iter().map(|(_, area)| area.total()).sum();
        (people / published - 1.0).abs() <= NEAR
    }

    /// What it is brought to after a base, and to which year.
    pub fn met(&self, ahead: RangeInclusive<i16>) -> (Met, i16) {
        let base = *ahead.start() - 1;
        let Some(years) = self.published else { return (Met::Nothing, base) };
        let to = ahead.take_while(|year| years.contains_key(year)).last().unwrap_or(base);
        match years.values().next() {
            Some(Published::ByAge(_)) if to > base => (Met::ByAge, to),
            Some(Published::InAll(..)) if to > base => (Met::InAll, to),
            _ => (Met::Nothing, base),
        }
    }
}

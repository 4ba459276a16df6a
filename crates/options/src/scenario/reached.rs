//! GPs whom schemes reach: no more than work in the place, and what is said where that could not be checked or where several
//! schemes reach the same.

use std::collections::BTreeMap;
use std::ops::Range;

use models::change::{Effect, Who};
use models::workforce::{AGE_BANDS, GpsByAge};
use vocab::codes::PracticeCode;

use super::{InFile, Premises, Resolved, capital};
use crate::intervention::GpsReached;
use crate::interventions::words::{ages, joined};

impl Resolved<'_> {
    /// Schemes that together reach more GPs than there are of their ages: some take part in several, in words.
    pub(super) fn reached_twice(&self, premises: &Premises) -> Option<String> {
        let gps = premises.gps?;
        let scheme = |(scenario, number, dated): &InFile<'_>| {
            let reached = dated.what.touches().gps.filter(|reached| reached.heads > 0)?;
            Some((self.name_of(scenario, *number), reached))
        };
        let all: Vec<(String, GpsReached)> = self.in_file().iter().filter_map(scheme).collect();
        let meets = |one: &Range<u8>, other: &Range<u8>| {
            AGE_BANDS.iter().any(|band| one.contains(band) && other.contains(band))
        };
        let shares = |(name, reached): &&(String, GpsReached)| {
            all.iter().any(|(other, its)| other != name && meets(&reached.ages, &its.ages))
        };
        let sharing: Vec<&(String, GpsReached)> = all.iter().filter(shares).collect();
        let asked: f64 = sharing.iter().map(|(_, reached)| f64::from(reached.heads)).sum();
        let of_any = |band: &u8| sharing.iter().any(|(_, reached)| reached.ages.contains(band));
        let bands = AGE_BANDS.iter().filter(|band| of_any(band));
        let there = bands.map(|band| gps.between(&(*band..*band + 1))).sum::<f64>().round();
        let names: Vec<String> = sharing.iter().map(|(name, _)| name.clone()).collect();
        let by = if gps.are_known() { "" } else { " by England’s ages" };
        (asked > there).then(|| {
            format!(
                "{} reach {asked:.0} GPs together, and about {there:.0} of those ages work in the place{by}: some take part in more than one, for each of which their leaving is lowered and the cost is counted.",
                capital(&joined(&names))
            )
        })
    }
}

impl Resolved<'_> {
    /// Several shifts away from one role: each takes its share of what those before it left, in words.
    pub(super) fn shifted_twice(&self) -> Vec<String> {
        let mut left: BTreeMap<&str, (Who, Vec<String>, f64)> = BTreeMap::new();
        for (scenario, number, dated) in self.in_file() {
            let Some((who, share)) = dated.what.touches().shifts else { continue };
            let of = left.entry(who.as_str()).or_insert((who, Vec::new(), 1.0));
            of.1.push(self.name_of(scenario, number));
            of.2 *= 1.0 - share;
        }
        let several = left.into_values().filter(|(_, names, _)| names.len() > 1);
        let said = several.map(|(who, names, left)| {
            format!(
                "{} each take their share of the contacts that {} have left by then: where they are of the same practices, {:.0}% of them in the end, not the sum of the shares.",
                capital(&joined(&names)),
                who.people(),
                100.0 * (1.0 - left)
            )
        });
        said.collect()
    }
}

impl Resolved<'_> {
    /// Patients whom a closure or merger sends to a practice that takes none above a number, in words.
    pub(super) fn kept_out(&self) -> Vec<String> {
        let changes = self.changes();
        let caps = changes.iter().filter_map(|change| match &change.effect {
            Effect::ListCap { practice, patients } => Some((practice, patients)),
            _ => None,
        });
        let sent = |to: &PracticeCode| {
            changes.iter().any(|change| match &change.effect {
                Effect::Closes { to: named, .. } => named.iter().any(|(code, _)| code == to),
                Effect::Merges { into, .. } => into == to,
                _ => false,
            })
        };
        let said = |(practice, patients): (&PracticeCode, &u32)| {
            sent(practice).then(|| {
                format!(
                    "{practice} is sent patients and takes none above {patients}, or above its list when that began: those whom it does not take go to the practices that have no such limit."
                )
            })
        };
        caps.filter_map(said).collect()
    }
}

impl Premises {
    /// More GPs who take part than work in the place, in words: of those ages where ages are known, else of any.
    pub(super) fn too_many(&self, reached: &GpsReached) -> Option<String> {
        let gps = self.gps?;
        let of_ages = gps.between(&reached.ages).round();
        let of_any = gps.between(&(0..u8::MAX)).round();
        let known = gps.are_known();
        let there = if known { of_ages } else { of_any };
        let mend = match (known, of_ages as u32) {
            (true, 0) => {
                "none of those ages work in the place: choose ages at which some do".to_owned()
            }
            (true, there) => {
                format!(
                    "about {there} of those ages work in the place: write `reached = {there}` or fewer"
                )
            }
            (false, _) if of_any < 1.0 => return None,
            (false, there) => format!(
                "about {of_any:.0} of any age work in the place; how many of those ages is not published, by England’s ages about {there}: write `reached = {there}` or fewer"
            ),
        };
        let by_bands = if known { by_bands(reached) } else { "" };
        (f64::from(reached.heads) > there)
            .then(|| format!("it reaches {}, and {mend}{by_bands}", in_words(reached)))
    }

    /// GPs who take part of whom it is not known how many there are, in words, with what England's ages make of them.
    pub(super) fn not_counted(&self, reached: &GpsReached) -> Option<String> {
        if reached.heads == 0 || self.gps.is_some_and(|gps| gps.are_known()) {
            return None;
        }
        let estimate = self.gps.map_or_else(String::new, |gps| by_england(&gps, reached));
        Some(format!(
            "Whether as many as {} work in the place was not checked: ages of more than half of its GPs are not published.{estimate}",
            in_words(reached)
        ))
    }
}

/// How many GPs of some ages there would be by England's shares, and what follows where more take part.
fn by_england(gps: &GpsByAge, reached: &GpsReached) -> String {
    let there = gps.between(&reached.ages).round();
    let beyond = if f64::from(reached.heads) > there {
        format!(
            "; the outlook counts it for no more than these, and its cost for all {}",
            reached.heads
        )
    } else {
        String::new()
    };
    format!(" By England’s ages about {there:.0} do{beyond}.")
}

/// `20 GPs of 55 and over`.
fn in_words(reached: &GpsReached) -> String {
    let who = if reached.heads == 1 { "GP" } else { "GPs" };
    let of = ages(u32::from(reached.ages.start), u32::from(reached.ages.end));
    format!("{} {who} {of}", reached.heads)
}

/// That ages are known by five years, where those asked for begin or end within a band.
fn by_bands(reached: &GpsReached) -> &'static str {
    let begins = |age: u8| age.is_multiple_of(5);
    if begins(reached.ages.start) && begins(reached.ages.end) {
        ""
    } else {
        " (ages of GPs are known by bands of five years, and those count whose youngest age lies within)"
    }
}

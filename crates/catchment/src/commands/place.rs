//! `catchment place`: what a place is made of.

use std::collections::BTreeSet;

use clap::Args;
use vocab::Level;

use super::{Common, find_place, latest_day, named_places};
use crate::outcome::Outcome;

#[derive(Debug, Args)]
pub struct ShowPlace {
    /// A code, codes joined by `+`, or a named place; none lists the named places
    key: Option<String>,
}

impl ShowPlace {
    pub fn run(&self, common: &Common) -> anyhow::Result<Outcome> {
        let evidence = common.evidence()?;
        let Some(key) = &self.key else {
            for place in named_places()? {
                say!("{:<6} {} ({})", place.key, place.name, place.members.join(", "));
            }
            return Ok(Outcome::Done);
        };
        let place = find_place(&evidence, key)?;
        let day = latest_day(&evidence);
        let affiliations = evidence.affiliations(day)?;
        let Some(period) = evidence.nearest_period("list_size", vocab::Period::Day(day)) else {
            say!("{}: no list sizes have been imported", place.name);
            return Ok(Outcome::Done);
        };
        let frame = evidence.frame("list_size", period)?;
        let (codes, patients) = (frame.text("practice"), frame.number("patients"));
        let (mut practices, mut networks, mut total) = (0, BTreeSet::new(), 0.0);
        for row in 0..frame.rows() {
            let found =
                codes.and_then(|codes| codes.get(row)).and_then(|code| affiliations.of(code));
            let Some(affiliation) = found.filter(|affiliation| place.holds(affiliation)) else {
                continue;
            };
            practices += 1;
            networks.extend(affiliation.code(Level::Network));
            total += patients.and_then(|patients| patients.get(row)).copied().unwrap_or_default();
        }
        if common.json {
            let answer = serde_json::json!({
                "key": place.key, "name": place.name, "period": period.to_string(),
                "practices": practices, "networks": networks, "patients": total,
            });
            say!("{}", serde_json::to_string_pretty(&answer)?);
        } else {
            say!(
                "{} ({}), lists of {}: {practices} practices in {} networks, {total} patients",
                place.name,
                place.key,
                period.in_words(),
                networks.len()
            );
        }
        Ok(Outcome::Done)
    }
}

//! `catchment place`: what a place is made of.

use std::collections::BTreeSet;

use clap::Args;
use evidence::{Affiliations, Evidence, Place};
use indicators::shape::{Shape, shapes};
use vocab::Level;

use super::{Common, find_place, latest_day, named_places};
use crate::outcome::Outcome;

/// How practices belong to a council area.
const RULE: &str = "practices whose main site stands in the outline";

#[derive(Debug, Args)]
pub struct ShowPlace {
    /// A name, a code, several joined by `+`, or a named place; none lists the named places
    key: Option<String>,
    /// The shape of its networks: how many, how large, how many practices each
    #[arg(long, requires = "key")]
    shape: bool,
    /// The day on which practices belonged to their networks; the latest when not given
    #[arg(long, requires = "shape")]
    on: Option<jiff::civil::Date>,
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
        let day = self.on.unwrap_or_else(|| latest_day(&evidence));
        let affiliations = evidence.affiliations(day)?;
        if self.shape {
            return show_shape(common, &evidence, &place, &affiliations);
        }
        let Some(period) = evidence.nearest_period("list_size", vocab::Period::Day(day)) else {
            say!("{}: no list sizes have been imported", place.name);
            return Ok(Outcome::Done);
        };
        let frame = evidence.frame("list_size", period)?;
        let (codes, patients) = (frame.text("practice"), frame.number("patients"));
        let (mut practices, mut networks, mut total) = (0, BTreeSet::new(), 0.0);
        let (mut not_placed, mut outside) = (0, BTreeSet::new());
        for row in 0..frame.rows() {
            let found =
                codes.and_then(|codes| codes.get(row)).and_then(|code| affiliations.of(code));
            not_placed += usize::from(found.is_none_or(|row| row.stands_in.is_empty()));
            let Some(affiliation) = found.filter(|affiliation| place.holds(affiliation)) else {
                outside.extend(found.and_then(|row| row.code(Level::Network)));
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
                "belonging": place.is_of_councils().then_some(RULE),
                "networks_across": place.is_of_councils().then(|| networks.intersection(&outside).collect::<Vec<_>>()),
                "practices_not_placed": place.is_of_councils().then_some(not_placed),
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
            if place.is_of_councils() {
                let across: Vec<_> = networks.intersection(&outside).copied().collect();
                say!(
                    "{RULE}; {not_placed} practices with lists are not placed: no published point, or no outline around it"
                );
                say!(
                    "networks: {} lie in it whole, {} across its border ({}), {} outside",
                    networks.len() - across.len(),
                    across.len(),
                    across.join(", "),
                    outside.difference(&networks).count()
                );
            }
        }
        Ok(Outcome::Done)
    }
}

/// The shape of the networks of a place and of each board in it.
fn show_shape(
    common: &Common,
    evidence: &Evidence,
    place: &Place,
    known: &Affiliations,
) -> anyhow::Result<Outcome> {
    let Some(shapes) = shapes(evidence, place, known)? else {
        say!("{}: no list sizes have been imported", place.name);
        return Ok(Outcome::Done);
    };
    let boards = shapes.boards.iter().map(|(code, (name, shape))| (code.as_str(), name, shape));
    let rows = std::iter::once((place.key.as_str(), &place.name, &shapes.whole)).chain(boards);
    if common.json {
        let rows: Vec<_> = rows.map(|(code, name, shape)| json(code, name, shape)).collect();
        let answer = serde_json::json!({
            "lists": shapes.lists.to_string(), "belonging_on": known.day().to_string(), "areas": rows,
        });
        say!("{answer:#}");
        return Ok(Outcome::Done);
    }
    say!("lists of {}, networks of {}", shapes.lists.in_words(), known.day());
    say!(
        "code,name,practices,in_no_network,networks,below_30k,30k_to_50k,above_50k,one_practice,over_ten_practices,mostly_most_deprived,patients"
    );
    for (code, name, shape) in rows {
        let mostly = shape.mostly_deprived.map_or_else(String::new, |count| count.to_string());
        say!(
            "{code},\"{name}\",{},{},{},{},{},{},{},{},{mostly},{}",
            shape.practices,
            shape.in_no_network,
            shape.networks,
            shape.below,
            shape.within,
            shape.above,
            shape.single_practice,
            shape.many_practices,
            shape.patients
        );
    }
    Ok(Outcome::Done)
}

fn json(code: &str, name: &str, shape: &Shape) -> serde_json::Value {
    serde_json::json!({
        "code": code, "name": name, "practices": shape.practices,
        "practices_in_no_network": shape.in_no_network, "networks": shape.networks,
        "below_30000": shape.below, "from_30000_to_50000": shape.within,
        "above_50000": shape.above, "of_one_practice": shape.single_practice,
        "of_more_than_ten_practices": shape.many_practices,
        "mostly_most_deprived": shape.mostly_deprived, "patients": shape.patients,
    })
}

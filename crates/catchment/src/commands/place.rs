//! `catchment place`: what a place is made of.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Args;
use evidence::{Affiliations, Belonging, Evidence, Place};
use indicators::registration::living;
use indicators::shape::{Shape, shapes};
use kit::number::{counted, plain};
use study::Study;
use vocab::Level;

use super::{Common, place_of};
use crate::outcome::{Outcome, Wrong};

mod own;

/// How practices belong to a council area.
const RULE: &str = Belonging::Stand.in_words();

/// The rule of belonging, as it is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Rule {
    #[default]
    Stand,
    Live,
}

#[derive(Debug, Args)]
pub struct ShowPlace {
    /// A name, a code, several joined by `+`, or a named place; none lists the named places
    key: Option<String>,
    /// A file of a place of your own: codes, names or postcodes, one a line, or the corners of an outline under the
    /// heading `longitude,latitude`
    #[arg(long, value_name = "FILE", conflicts_with = "key")]
    own: Option<PathBuf>,
    /// Who belongs to a council: `stand`, practices that stand there, or `live`, people who live there
    #[arg(long, value_enum, default_value_t, conflicts_with = "shape")]
    belonging: Rule,
    /// The shape of its networks: how many, how large, how many practices each
    #[arg(long)]
    shape: bool,
    /// With `--shape`: the day on which practices belonged to their networks; the latest when not given
    #[arg(long, requires = "shape")]
    on: Option<jiff::civil::Date>,
}

impl ShowPlace {
    pub fn run(&self, common: &Common) -> anyhow::Result<Outcome> {
        let study = common.study()?;
        let evidence = study.evidence();
        let key = match &self.own {
            Some(path) => Some(own::key(&study, path)?),
            None => self.key.clone(),
        };
        let Some(key) = key else {
            say_named(&study);
            return Ok(Outcome::Done);
        };
        let place = place_of(&study, &key)?;
        if self.belonging == Rule::Live {
            return show_living(common, evidence, &place);
        }
        let day = self.on.unwrap_or_else(|| evidence.now());
        let affiliations = evidence.affiliations(day)?;
        if self.shape {
            return show_shape(common, evidence, &place, &affiliations);
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
            not_placed += usize::from(place.may_hold(found, &affiliations));
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
                "made_of": affiliations.standing().made_of_councils(&place.key).map(evidence::Larger::in_words),
                "networks_across": place.is_of_councils().then(|| networks.intersection(&outside).collect::<Vec<_>>()),
                "practices_not_placed": place.is_of_councils().then_some(not_placed),
            });
            say!("{}", serde_json::to_string_pretty(&answer)?);
        } else {
            say!(
                "{} ({}), lists of {}: {} in {}, {} patients",
                place.name,
                place.key,
                period.in_words(),
                counted(practices, "practice", "practices"),
                counted(networks.len(), "network", "networks"),
                plain(total, 0)
            );
            if practices == 0 {
                say_without_lists(evidence, &affiliations, &place)?;
            }
            if place.is_of_councils() {
                say_councils(&place, &affiliations, not_placed, (&networks, &outside));
            }
        }
        Ok(Outcome::Done)
    }
}

/// Why nobody in a place has a list: a practice that has closed is told to have.
fn say_without_lists(
    evidence: &Evidence,
    affiliations: &Affiliations,
    place: &Place,
) -> anyhow::Result<()> {
    let closed = match place.single() {
        Some((Level::Practice, code)) => answers::register::closure(evidence, affiliations, code)?,
        _ => None,
    };
    let unknown = "none of it has a list of that day: it has ended, has not begun, or the imported lists do not reach it";
    say!("{}", closed.as_deref().unwrap_or(unknown));
    Ok(())
}

/// How practices belong to a place of councils, and which of its networks lie across its border.
fn say_councils(
    place: &Place,
    affiliations: &Affiliations,
    not_placed: usize,
    (networks, outside): (&BTreeSet<&str>, &BTreeSet<&str>),
) {
    let across: Vec<&str> = networks.intersection(outside).copied().collect();
    let beyond = outside.len() - across.len();
    say!(
        "counted: {RULE}; {} with lists {} not placed: no published point, or no outline around it",
        counted(not_placed, "practice", "practices"),
        if not_placed == 1 { "is" } else { "are" }
    );
    if let Some(area) = affiliations.standing().made_of_councils(&place.key) {
        say!("{} is {}", area.name, area.in_words());
    }
    say!("{}", answers::findings::borders(networks.len(), &across, beyond));
}

/// The places that have names of their own.
fn say_named(study: &Study) {
    for place in study.named_places() {
        say!("{:<6} {} ({})", place.key, place.name, place.members.join(", "));
    }
}

/// The people on lists who live in a place, whichever practice they are with.
fn show_living(common: &Common, evidence: &Evidence, place: &Place) -> anyhow::Result<Outcome> {
    let found = living(evidence, place)?.map_err(|why| Wrong(format!("{}: {why}", place.name)))?;
    if common.json {
        let answer = serde_json::json!({
            "key": place.key, "name": place.name, "period": found.lists.to_string(),
            "belonging": Belonging::Live.in_words(), "practices": found.practices,
            "small_areas": found.areas, "patients": found.patients, "of_practices_that_stand_there": found.of_own,
        });
        say!("{answer:#}");
        return Ok(Outcome::Done);
    }
    say!(
        "{} ({}), lists of {}: {} patients live in its {}, on the lists of {}; {} of them with practices that belong to it",
        place.name,
        place.key,
        found.lists.in_words(),
        plain(found.patients, 0),
        counted(found.areas, "small area", "small areas"),
        counted(found.practices, "practice", "practices"),
        plain(found.of_own, 0)
    );
    say!("counted: {}", Belonging::Live.in_words());
    Ok(Outcome::Done)
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

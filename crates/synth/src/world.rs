//! The invented place as a whole, before any file is written.

use rayon::prelude::*;

use super::Calendar;
use super::Settings;
use super::draw::{Decision, draw};
use super::geography::{Area, areas};
use super::layout::{Layout, TownPlan};
use super::lists::{List, lists};
use super::organisations::{Network, Practice, organisations};
use super::parameters::parameters;
use super::partition::{Place, partition};
use super::reasons::{Reason, plant};

/// Everything that does not change from file to file.
#[derive(Debug)]
pub struct World {
    pub seed: u64,
    pub calendar: Calendar,
    pub layout: Layout,
    pub areas: Vec<Area>,
    pub practices: Vec<Practice>,
    pub networks: Vec<Network>,
    pub lists: Vec<List>,
    pub closed: Vec<ClosedPractice>,
}

/// A practice that closed and the one that took its patients.
#[derive(Debug, Clone)]
pub struct ClosedPractice {
    pub code: String,
    pub name: String,
    pub postcode: String,
    pub successor: usize,
    /// The first day on which it no longer was, `YYYYMMDD`.
    pub closed: &'static str,
    /// The share of the successor's list that it had, where the closure lies within the months written.
    pub share: f64,
}

impl World {
    /// Builds the place that the settings describe.
    pub fn build(settings: &Settings) -> Self {
        let seed = settings.seed;
        let layout = Layout::of(settings);
        let mut areas = areas(seed, &layout);
        divide(seed, &layout, &mut areas);
        let (mut practices, networks) = organisations(seed, &layout, &areas);
        if !layout.is_england() {
            let town = &mut practices[..layout.towns[0].practices];
            span_two_sub_icbs(town);
            plant(town, &areas);
        }
        let lists = lists(seed, &layout, &areas, &practices);
        let closed = closed(seed, &layout, &practices);
        let calendar = settings.calendar();
        Self { seed, calendar, layout, areas, practices, networks, lists, closed }
    }

    /// A practice's own standing on something, in standard deviations.
    ///
    /// Around the example town the few practices of a board stand for a hundred or more, whose own ways would cancel
    /// out: theirs do too, so that boards differ by who lives there, as large ones do.
    pub fn own(&self, decision: Decision, practice: usize, number: usize) -> f64 {
        let of = |practice| draw(self.seed, decision, practice, number).standard_normal();
        let town = self.practices[practice].town;
        if !self.layout.is_around(town) {
            return of(practice);
        }
        let board = (0..self.practices.len()).filter(|other| self.practices[*other].town == town);
        let drawn: Vec<f64> = board.map(of).collect();
        let count = drawn.len() as f64;
        let mean = drawn.iter().sum::<f64>() / count;
        (of(practice) - mean) * (count / (count - 1.0).max(1.0)).sqrt()
    }

    /// How many areas are drawn and told of; they come first.
    pub fn detailed_areas(&self) -> usize {
        self.areas.iter().take_while(|area| !self.layout.is_around(area.town)).count()
    }

    /// How many practices stand in them; they come first.
    pub fn detailed_practices(&self) -> usize {
        self.practices.iter().take_while(|one| !self.layout.is_around(one.town)).count()
    }

    /// ONS code of an area.
    pub fn area_code(area: usize) -> String {
        format!("E019{:05}", area + 1)
    }

    /// ONS code of a middle-layer area.
    pub fn middle_code(middle: usize) -> String {
        format!("E029{:05}", middle + 1)
    }

    /// Name of an area: its authority, the number of its middle-layer area and a letter.
    pub fn area_name(&self, area: usize) -> String {
        let place = &self.areas[area];
        let letter = self.areas[..area]
            .iter()
            .rev()
            .take(400)
            .filter(|other| other.middle == place.middle)
            .count();
        let letter = char::from(b'A' + (letter % 26) as u8);
        format!("{}{letter}", self.middle_name(place))
    }

    /// Name of the middle-layer area that an area lies in.
    pub fn middle_name(&self, area: &Area) -> String {
        let town = &self.layout.towns[area.town];
        let first = self.areas[town.first_area..town.first_area + town.areas]
            .iter()
            .filter(|other| other.authority == area.authority)
            .map(|other| other.middle)
            .min()
            .unwrap_or(0);
        format!("{} {:03}", self.layout.authorities[area.authority].1, area.middle - first + 1)
    }
}

/// Divides towns into authorities, sub-ICBs, middle-layer areas and wards.
fn divide(seed: u64, layout: &Layout, areas: &mut [Area]) {
    let (mut middles, mut wards) = (0, 0);
    for town in &layout.towns {
        let own = &mut areas[town.first_area..town.first_area + town.areas];
        divide_authorities(seed, town, own);
        for authority in &town.authorities {
            middles += group(seed, own, *authority, 4.9, 0, middles, |area| &mut area.middle);
            wards += group(seed, own, *authority, 4.8, 1, wards, |area| &mut area.ward);
        }
    }
}

fn divide_authorities(seed: u64, town: &TownPlan, areas: &mut [Area]) {
    if town.sub_icbs.len() > 1 {
        let mut eastings: Vec<f64> = areas.iter().map(|area| area.x).collect();
        eastings.sort_by(f64::total_cmp);
        let border = eastings[eastings.len() * 71 / 100];
        for area in areas {
            let part = usize::from(area.x > border);
            area.authority = town.authorities[part];
            area.sub_icb = town.sub_icbs[part];
        }
        return;
    }
    let places: Vec<Place> = areas.iter().map(place).collect();
    let mut stream = draw(seed, Decision::Partition, town.index, 0);
    let groups = partition(&places, town.authorities.len(), 0.3, &mut stream);
    for (area, group) in areas.iter_mut().zip(groups) {
        area.authority = town.authorities[group];
        area.sub_icb = town.sub_icbs[0];
    }
}

fn place(area: &Area) -> Place {
    Place { x: area.x, y: area.y, weight: f64::from(area.residents) }
}

/// Groups the areas of one authority and numbers the groups from `first`; how many there are.
#[expect(
    clippy::too_many_arguments,
    reason = "what to group, how finely, and where the answer goes"
)]
fn group(
    seed: u64,
    areas: &mut [Area],
    authority: usize,
    size: f64,
    kind: usize,
    first: usize,
    set: fn(&mut Area) -> &mut usize,
) -> usize {
    let members: Vec<usize> =
        (0..areas.len()).filter(|index| areas[*index].authority == authority).collect();
    if members.is_empty() {
        return 0;
    }
    let places: Vec<Place> = members.iter().map(|index| place(&areas[*index])).collect();
    let groups = ((members.len() as f64 / size).round() as usize).max(1);
    let mut stream = draw(seed, Decision::Partition, 10_000 + authority, 1 + kind);
    for (member, group) in members.iter().zip(partition(&places, groups, 0.15, &mut stream)) {
        *set(&mut areas[*member]) = first + group;
    }
    groups
}

/// Moves the practice nearest to the border into the neighbouring sub-ICB's nearest network.
fn span_two_sub_icbs(practices: &mut [Practice]) {
    let distance = |a: &Practice, b: &Practice| libm::hypot(a.x - b.x, a.y - b.y);
    let mut nearest: Option<(usize, usize, f64)> = None;
    for (index, practice) in practices.iter().enumerate().filter(|(_, p)| p.sub_icb == 1) {
        for (other, neighbour) in practices.iter().enumerate().filter(|(_, p)| p.sub_icb == 0) {
            let apart = distance(practice, neighbour);
            if nearest.is_none_or(|(_, _, least)| apart < least) {
                nearest = Some((index, other, apart));
            }
        }
    }
    if let Some((mover, neighbour, _)) = nearest {
        practices[mover].network = practices[neighbour].network;
    }
}

/// One closure in seventy practices before the months written, and in the example town one within them.
fn closed(seed: u64, layout: &Layout, practices: &[Practice]) -> Vec<ClosedPractice> {
    let town = !layout.is_england();
    let successors: Vec<usize> = if town {
        (0..practices.len()).filter(|i| practices[*i].reason == Some(Reason::Successor)).collect()
    } else {
        (0..practices.len()).step_by(70).collect()
    };
    successors
        .into_par_iter()
        .map(|successor| {
            let practice = &practices[successor];
            let mut stream = draw(seed, Decision::Spell, successor, 0);
            let inward = stream.below(9) + 1;
            let letter = practice.code.chars().next().unwrap_or('H');
            ClosedPractice {
                code: format!("{letter}98{:03}", successor / 70),
                name: format!(
                    "FORMER {}",
                    practice.address[0]
                        .trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ')
                ),
                postcode: format!(
                    "{} {inward}ZZ",
                    practice.postcode.split(' ').next().unwrap_or_default()
                ),
                successor,
                closed: if town { "20240701" } else { "20230401" },
                share: if town { parameters().reasons.merged_share.value } else { 0.0 },
            }
        })
        .collect()
}

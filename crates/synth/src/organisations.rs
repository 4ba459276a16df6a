//! The practices, networks and sites of an invented place, with codes that no real organisation holds.

use rayon::prelude::*;

use super::draw::{Decision, draw};
use super::geography::Area;
use super::layout::{Layout, TownPlan};
use super::parameters::parameters;
use super::partition::{Place, partition};
use super::reasons::Reason;

/// A general practice.
#[derive(Debug, Clone)]
pub struct Practice {
    pub code: String,
    pub name: String,
    pub address: [String; 3],
    pub postcode: String,
    pub phone: String,
    pub town: usize,
    /// The area it stands in.
    pub area: usize,
    pub x: f64,
    pub y: f64,
    pub sub_icb: usize,
    pub network: usize,
    /// What drew its patients: the list aimed at.
    pub aim: f64,
    /// The form of its contract: `GMS`, `PMS` or `APMS`.
    pub contract: &'static str,
    pub rural: bool,
    pub dispensing: bool,
    pub supplier: usize,
    pub branches: usize,
    pub growth: f64,
    pub reason: Option<Reason>,
}

/// A primary care network.
#[derive(Debug, Clone)]
pub struct Network {
    pub code: String,
    pub name: String,
    pub sub_icb: usize,
}

/// Letters of practice codes, one a region; with 9 as the next digit they are free.
const PRACTICE_LETTERS: [char; 7] = ['H', 'B', 'C', 'D', 'E', 'F', 'G'];
/// First letters of postcode areas that are not in use.
const POSTCODE_LETTERS: [char; 5] = ['X', 'Q', 'V', 'J', 'Z'];
const POSTCODE_INWARD: &[u8] = b"ABDEFGHJLNPQRSTUWXYZ";

/// The practices of every town in order of town, and their networks.
pub fn organisations(seed: u64, layout: &Layout, areas: &[Area]) -> (Vec<Practice>, Vec<Network>) {
    let per_town: Vec<Vec<Practice>> =
        layout.towns.par_iter().map(|town| town_practices(seed, town, areas)).collect();
    let mut practices: Vec<Practice> = per_town.into_iter().flatten().collect();
    let mut networks = Vec::new();
    let free = free_network_numbers();
    for town in &layout.towns {
        form_networks(seed, town, &mut practices, &mut networks, &free);
    }
    number_practices(layout, &mut practices);
    (practices, networks)
}

fn town_practices(seed: u64, town: &TownPlan, areas: &[Area]) -> Vec<Practice> {
    let own = &areas[town.first_area..town.first_area + town.areas];
    let mut stream = draw(seed, Decision::Site, town.index, 0);
    let mut weights: Vec<f64> =
        own.iter().map(|area| f64::from(area.residents) * (1.6 - area.remoteness)).collect();
    (0..town.practices)
        .map(|index| {
            let chosen = stream.choose(&weights).unwrap_or(index % own.len());
            weights[chosen] *= 0.15;
            practice(seed, town, index, town.first_area + chosen, areas)
        })
        .collect()
}

fn practice(seed: u64, town: &TownPlan, index: usize, area: usize, areas: &[Area]) -> Practice {
    let figures = &parameters().population;
    let pay = &parameters().payments;
    let unit = town.first_area + index;
    let place = &areas[area];
    let mut site = draw(seed, Decision::Site, unit, 1);
    let mut contract = draw(seed, Decision::Contract, unit, 0);
    let rural = place.remoteness > 0.8 && contract.happens(pay.rural_share.value / 0.25);
    let kind = contract.uniform();
    let aim = draw(seed, Decision::ListSize, unit, 0)
        .lognormal(libm::exp(figures.list_log_median.value), figures.list_log_spread.value)
        .clamp(figures.list_least.value, figures.list_most.value);
    let mut growth = draw(seed, Decision::Growth, unit, 0);
    let postcode = postcode_in(town.index, area, &mut site);
    let (name, street) = name(seed, town.index, index);
    Practice {
        code: String::new(),
        name,
        address: [street, town.name.to_uppercase(), String::new()],
        postcode,
        phone: format!("01632 960{:03}", unit % 1000),
        town: town.index,
        area,
        x: place.x + site.normal(0.0, 60.0),
        y: place.y + site.normal(0.0, 60.0),
        sub_icb: place.sub_icb,
        network: 0,
        aim,
        contract: match kind {
            kind if kind < pay.alternative_share.value => "APMS",
            kind if kind < pay.alternative_share.value + pay.personal_share.value => "PMS",
            _ => "GMS",
        },
        rural,
        dispensing: rural && contract.happens(0.85),
        supplier: contract.choose(&parameters().activity.supplier_share.value).unwrap_or(0),
        branches: usize::from(contract.happens(parameters().urgent.branch_share.value)),
        growth: growth.normal(figures.list_growth_per_year.value, figures.list_growth_spread.value),
        reason: None,
    }
}

/// A name and a street that do not come twice within one town of fewer than 100 practices.
fn name(seed: u64, town: usize, index: usize) -> (String, String) {
    let places = &parameters().places;
    let mut order: Vec<usize> = (0..places.first_names.len()).collect();
    draw(seed, Decision::Name, town, 2).shuffle(&mut order);
    let first = &places.first_names[order[index % order.len()]];
    let mut stream = draw(seed, Decision::Name, town * 1000 + index, 3);
    let kind = &places.practice_kinds[stream.below(places.practice_kinds.len() as u32) as usize];
    let street = &places.street_kinds[stream.below(places.street_kinds.len() as u32) as usize];
    let along = &places.first_names[order[(index + 37) % order.len()]];
    let number = 1 + stream.below(180);
    (format!("{first} {kind}").to_uppercase(), format!("{number} {along} {street}").to_uppercase())
}

/// A postcode of valid form in an area.
pub fn postcode_in(town: usize, area: usize, stream: &mut stats::random::Stream) -> String {
    let usable: Vec<char> = ('A'..='Y').filter(|letter| !"CEIJKMOV".contains(*letter)).collect();
    let first = POSTCODE_LETTERS[town / usable.len() % POSTCODE_LETTERS.len()];
    let second = usable[town % usable.len()];
    let mut inward =
        || POSTCODE_INWARD[stream.below(POSTCODE_INWARD.len() as u32) as usize] as char;
    let (one, two) = (inward(), inward());
    format!("{first}{second}{} {}{one}{two}", 1 + area / 9 % 30, 1 + area % 9)
}

fn free_network_numbers() -> Vec<u32> {
    let taken = &parameters().places.networks_taken;
    (98_000..100_000).filter(|number| !taken.contains(number)).collect()
}

fn form_networks(
    seed: u64,
    town: &TownPlan,
    practices: &mut [Practice],
    networks: &mut Vec<Network>,
    free: &[u32],
) {
    let own: Vec<usize> =
        (0..practices.len()).filter(|index| practices[*index].town == town.index).collect();
    let first = networks.len();
    for sub_icb in &town.sub_icbs {
        let members: Vec<usize> =
            own.iter().copied().filter(|index| practices[*index].sub_icb == *sub_icb).collect();
        let share = members.len() as f64 / own.len().max(1) as f64;
        let groups = ((town.networks as f64 * share).round() as usize).max(1);
        let places: Vec<Place> = members
            .iter()
            .map(|index| Place {
                x: practices[*index].x,
                y: practices[*index].y,
                weight: practices[*index].aim,
            })
            .collect();
        let mut stream = draw(seed, Decision::Partition, town.index, 100 + sub_icb);
        let groups_of = partition(&places, groups, 0.3, &mut stream);
        let base = networks.len();
        for (member, group) in members.iter().zip(&groups_of) {
            practices[*member].network = base + group;
        }
        for group in 0..groups.min(members.len()) {
            networks.push(network(
                town,
                networks.len() - first,
                *sub_icb,
                free[(base + group) % free.len()],
            ));
        }
    }
}

fn network(town: &TownPlan, position: usize, sub_icb: usize, number: u32) -> Network {
    let names = &parameters().places.network_names;
    let name = format!("{} {} PCN", town.name, names[position % names.len()]).to_uppercase();
    Network { code: format!("U{number:05}"), name, sub_icb }
}

/// Codes rise with the order of practices; each region has its own letter.
fn number_practices(layout: &Layout, practices: &mut [Practice]) {
    let mut next = [1_usize; 7];
    for practice in practices {
        let region = layout.icbs[layout.sub_icbs[practice.sub_icb].icb].region;
        let number = next[region];
        next[region] += 1;
        practice.code = format!("{}9{number:04}", PRACTICE_LETTERS[region]);
    }
}

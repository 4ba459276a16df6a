//! How large the place is and how it divides: towns, sub-ICBs, ICBs, regions, authorities.

use super::draw::{Decision, apportion, draw};
use super::parameters::parameters;
use super::{Settings, Size};

/// A town before anything stands in it.
#[derive(Debug, Clone)]
pub struct TownPlan {
    pub index: usize,
    pub name: String,
    pub easting: f64,
    pub northing: f64,
    pub coastal: bool,
    pub cell_metres: f64,
    pub first_area: usize,
    pub areas: usize,
    pub practices: usize,
    pub networks: usize,
    pub residents_per_area: f64,
    pub need_mean: f64,
    pub need_spread: f64,
    /// Logarithm at age 80 against 40.
    pub age_tilt: f64,
    /// Sub-ICBs by index into the layout's; all but the example town have one.
    pub sub_icbs: Vec<usize>,
    pub authorities: Vec<usize>,
}

/// A sub-ICB with the places it belongs to.
#[derive(Debug, Clone)]
pub struct SubIcb {
    pub code: String,
    pub ons: String,
    pub name: String,
    pub icb: usize,
}

/// An integrated care board.
#[derive(Debug, Clone)]
pub struct Icb {
    pub code: String,
    pub ons: String,
    /// With `ICB` at its end.
    pub name: String,
    /// With `Integrated Care Board` written out.
    pub long_name: String,
    pub region: usize,
}

/// A region, or a local authority: code, ONS code, name.
#[derive(Debug, Clone)]
pub struct Region {
    pub code: String,
    pub ons: String,
    pub name: String,
}

/// The whole plan.
#[derive(Debug, Clone)]
pub struct Layout {
    pub size: Size,
    pub towns: Vec<TownPlan>,
    pub sub_icbs: Vec<SubIcb>,
    pub icbs: Vec<Icb>,
    pub regions: Vec<Region>,
    /// ONS code and name.
    pub authorities: Vec<(String, String)>,
}

impl Layout {
    /// The plan of what the settings ask for.
    pub fn of(settings: &Settings) -> Self {
        match settings.size {
            Size::Town => example_town(),
            Size::TownInCountry => surrounded(settings.seed),
            Size::Registered(people) => country(settings.seed, people),
        }
    }

    /// Whether it is a whole country in England's proportions, whose ranks and levels are brought to England's.
    pub const fn is_england(&self) -> bool {
        matches!(self.size, Size::Registered(_))
    }

    /// The town that a sub-ICB belongs to.
    pub fn town_of(&self, sub_icb: usize) -> usize {
        self.towns.iter().position(|town| town.sub_icbs.contains(&sub_icb)).unwrap_or(0)
    }

    /// Whether a town is the example town, in whose board differences are planted.
    pub const fn is_example(&self, town: usize) -> bool {
        !self.is_england() && town == 0
    }

    /// Whether a town only stands around the example town: practices without small areas.
    pub const fn is_around(&self, town: usize) -> bool {
        matches!(self.size, Size::TownInCountry) && town > 0
    }
}

fn ons(prefix: &str, number: usize) -> String {
    format!("{prefix}9{number:05}")
}

fn example_town() -> Layout {
    let names = &parameters().places.town;
    let sub_icbs = names
        .sub_icbs
        .iter()
        .zip(&names.sub_icb_codes)
        .enumerate()
        .map(|(index, (name, code))| SubIcb {
            code: code.clone(),
            ons: ons("E38", index + 1),
            name: name.clone(),
            icb: 0,
        })
        .collect();
    let town = TownPlan {
        index: 0,
        name: names.name.clone(),
        easting: names.easting,
        northing: names.northing,
        coastal: true,
        cell_metres: 620.0,
        first_area: 0,
        areas: 155,
        practices: 30,
        networks: 6,
        residents_per_area: 1_560.0,
        need_mean: 0.35,
        need_spread: 0.95,
        age_tilt: 0.0,
        sub_icbs: vec![0, 1],
        authorities: vec![0, 1],
    };
    let authority = |(index, name): (usize, &String)| (ons("E06", index + 1), name.clone());
    Layout {
        size: Size::Town,
        towns: vec![town],
        sub_icbs,
        icbs: vec![Icb {
            code: "QZ0".into(),
            ons: ons("E54", 1),
            name: names.icb.clone(),
            long_name: names.icb_long.clone(),
            region: 0,
        }],
        regions: vec![Region {
            code: "Y90".into(),
            ons: ons("E40", 1),
            name: names.region.clone(),
        }],
        authorities: names.authorities.iter().enumerate().map(authority).collect(),
    }
}

/// The example town first, then a town for each of the other boards, two boards a region. Their few practices have large
/// lists, for the town is to be a small part of the country: what a tenth of it does moves the whole little.
fn surrounded(seed: u64) -> Layout {
    const REGIONS: usize = 7;
    const BOARDS: usize = 2 * REGIONS;
    let mut layout = Layout { size: Size::TownInCountry, ..example_town() };
    for (index, (need_mean, need_spread)) in needs(seed, BOARDS).into_iter().enumerate().skip(1) {
        let (first_area, own) = layout.towns.last().map_or((0, 0), |t| (t.first_area, t.areas));
        let town = TownPlan {
            first_area: first_area + own,
            areas: 40,
            practices: 4,
            networks: 2,
            residents_per_area: 3_600.0,
            need_mean,
            need_spread,
            sub_icbs: vec![layout.sub_icbs.len()],
            authorities: vec![layout.authorities.len()],
            ..mosaic_town(seed, index)
        };
        let number = layout.sub_icbs.len() + 1;
        layout.sub_icbs.push(SubIcb { ons: ons("E38", number), ..sub_icb(&town, BOARDS, BOARDS) });
        layout.icbs.push(icb(index, BOARDS, REGIONS));
        layout.authorities.push((ons("E06", layout.authorities.len() + 1), town.name.clone()));
        layout.towns.push(town);
    }
    layout.regions.extend((1..REGIONS).map(region));
    layout
}

/// Towns, sub-ICBs and so on in the proportions of England: 106 sub-ICBs, 42 ICBs, 7 regions, 296 authorities.
fn country(seed: u64, people: u64) -> Layout {
    let figures = &parameters().population;
    let registered = people;
    let people = people as f64;
    let areas = (people / 62e6 * 33_755.0).round().max(40.0) as usize;
    let practices = (people / figures.list_mean.value).round().max(4.0) as usize;
    let networks =
        (practices as f64 / figures.practices_per_network.value).round().max(1.0) as usize;
    let towns = ((areas as f64 / 318.4).round() as usize).max(1);
    let icbs = ((towns as f64 / 2.52).round() as usize).clamp(1, 50);
    let regions = icbs.min(7);
    let sizes: Vec<f64> = (0..towns)
        .map(|town| draw(seed, Decision::TownMakeup, town, 0).lognormal(1.0, 0.4))
        .collect();
    let areas = apportion(areas as u64, &sizes);
    let practices = apportion(practices as u64, &sizes);
    let networks = apportion(networks as u64, &sizes);
    let residents =
        people / figures.registered_per_resident.value / areas.iter().sum::<u64>() as f64;
    let needs = needs(seed, towns);
    let mut first_area = 0;
    let mut authority = 0;
    let plans: Vec<TownPlan> = (0..towns)
        .map(|index| {
            let count = areas[index] as usize;
            let authorities = (count as f64 / 114.0).round().max(1.0) as usize;
            let plan = TownPlan {
                first_area,
                areas: count,
                practices: practices[index].max(1) as usize,
                networks: networks[index].max(1) as usize,
                residents_per_area: residents,
                need_mean: needs[index].0,
                need_spread: needs[index].1,
                sub_icbs: vec![index],
                authorities: (authority..authority + authorities).collect(),
                ..mosaic_town(seed, index)
            };
            first_area += count;
            authority += authorities;
            plan
        })
        .collect();
    let sub_icbs = plans.iter().map(|town| sub_icb(town, icbs, towns)).collect();
    let authorities =
        (0..authority).map(|index| (ons("E06", index + 1), authority_name(&plans, index)));
    Layout {
        size: Size::Registered(registered),
        sub_icbs,
        icbs: (0..icbs).map(|index| icb(index, icbs, regions)).collect(),
        regions: (0..regions).map(region).collect(),
        authorities: authorities.collect(),
        towns: plans,
    }
}

/// Mean and spread of need of each town; over the country they come to mean 0 and spread 1.
fn needs(seed: u64, towns: usize) -> Vec<(f64, f64)> {
    let between = parameters().deprivation.between_towns_spread.value;
    (0..towns)
        .map(|town| {
            let mut stream = draw(seed, Decision::TownMakeup, town, 1);
            (stream.normal(0.0, between), (1.0 - between * between).sqrt())
        })
        .collect()
}

fn mosaic_town(seed: u64, index: usize) -> TownPlan {
    let country = &parameters().places.country;
    let mut stream = draw(seed, Decision::TownMakeup, index, 2);
    let spread = parameters().population.town_age_spread.value;
    TownPlan {
        index,
        name: town_name(seed, index),
        easting: country.easting + (index % country.towns_per_row) as f64 * country.spacing,
        northing: country.northing + (index / country.towns_per_row) as f64 * country.spacing,
        coastal: stream.happens(0.35),
        cell_metres: stream.lognormal(700.0, 0.35),
        age_tilt: stream.normal(0.0, spread),
        first_area: 0,
        areas: 0,
        practices: 0,
        networks: 0,
        residents_per_area: 0.0,
        need_mean: 0.0,
        need_spread: 1.0,
        sub_icbs: Vec::new(),
        authorities: Vec::new(),
    }
}

/// A name of two parts; no two of the first 500 are the same.
fn town_name(seed: u64, index: usize) -> String {
    let places = &parameters().places;
    let (starts, ends) = (places.town_starts.len(), places.town_ends.len());
    let turn = draw(seed, Decision::Name, 0, 1).below((starts * ends) as u32) as usize;
    let number = (index * 101 + turn) % (starts * ends);
    format!("{}{}", places.town_starts[number % starts], places.town_ends[number / starts])
}

fn sub_icb(town: &TownPlan, icbs: usize, towns: usize) -> SubIcb {
    let number = town.index + 1;
    let code = match number {
        number if number.is_multiple_of(12) => format!("V{number:03}V"),
        number if number < 100 => format!("V{number:02}"),
        number => format!("W{:02}", number - 100),
    };
    let icb = town.index * icbs / towns;
    SubIcb {
        name: format!("NHS {} ICB (invented) - {code}", icb_area(icb)),
        code,
        ons: ons("E38", number),
        icb,
    }
}

fn icb_area(index: usize) -> String {
    format!("Invented Area {}", index + 1)
}

fn icb(index: usize, icbs: usize, regions: usize) -> Icb {
    let letters = ["QZ", "QY", "QX", "QW", "QV"];
    let name = icb_area(index);
    Icb {
        code: format!("{}{}", letters[index / 10], index % 10),
        ons: ons("E54", index + 1),
        name: format!("NHS {name} ICB (invented)"),
        long_name: format!("NHS {name} Integrated Care Board (invented)"),
        region: index * regions / icbs,
    }
}

fn region(index: usize) -> Region {
    Region {
        code: format!("Y9{index}"),
        ons: ons("E40", index + 1),
        name: format!("Invented Region {}", index + 1),
    }
}

fn authority_name(towns: &[TownPlan], index: usize) -> String {
    let parts = ["", " North", " South", " East", " West", " Vale", " Hills", " Coast"];
    towns
        .iter()
        .find_map(|town| {
            let position = town.authorities.iter().position(|authority| *authority == index)?;
            Some(format!("{}{}", town.name, parts[position % parts.len()]))
        })
        .unwrap_or_default()
}

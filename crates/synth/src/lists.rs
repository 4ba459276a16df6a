//! Who is registered where: neighbourhoods shared out over practices, and the ages and sexes on each list.
//!
//! The share of an area's people on a list falls with the distance to the practice; the table of areas by practices is
//! fitted until every area's people and every practice's list are met (iterative proportional fitting), then rounded
//! so that lists are whole numbers of people. Ages follow from the areas a list draws on and from what the practice
//! attracts; over a whole country they are raked to England's.

use rayon::prelude::*;
use stats::random::Stream;

use super::draw::{Decision, apportion, draw, multinomial};
use super::geography::Area;
use super::layout::{Layout, TownPlan};
use super::organisations::Practice;
use super::parameters::parameters;
use super::reasons::{Reason, ghosts};

/// Single years 0 to 94 and 95 and over, males then females.
pub const AGES: usize = 96;
/// Cells of a table by sex and single year of age.
pub const CELLS: usize = 2 * AGES;
/// Five-year bands 0-4 to 90 and over, as rates by age are given.
const BANDS: usize = 19;

/// People by sex and single year of age.
pub type ByAge = [u32; CELLS];

/// The list of one practice.
#[derive(Debug, Clone)]
pub struct List {
    pub total: u32,
    /// People by area, in order of area; they sum to the total.
    pub areas: Vec<(u32, u32)>,
    pub ages: Box<ByAge>,
    /// Deprivation score averaged over the people on the list.
    pub score: f64,
    /// Deprivation tenth averaged over the people on the list, 1 to 10.
    pub decile: f64,
    /// The list weighted by workload.
    pub weighted: f64,
}

impl List {
    /// People of one sex (0 male, 1 female, 2 both) from one age up to but not including another.
    pub fn aged(&self, sex: usize, from: usize, to: usize) -> u32 {
        let to = to.min(AGES);
        let of =
            |sex: usize| self.ages[sex * AGES + from.min(to)..sex * AGES + to].iter().sum::<u32>();
        if sex == 2 { of(0) + of(1) } else { of(sex) }
    }

    /// The deprivation fifth, 1 the most deprived, as a number that need not be whole.
    pub fn fifth(&self) -> f64 {
        f64::midpoint(self.decile, 0.5)
    }
}

/// The lists of all practices, in their order.
pub fn lists(seed: u64, layout: &Layout, areas: &[Area], practices: &[Practice]) -> Vec<List> {
    let shares: Vec<Vec<Vec<(u32, u32)>>> =
        layout.towns.par_iter().map(|town| share_out(seed, town, areas, practices)).collect();
    let shares: Vec<Vec<(u32, u32)>> = shares.into_iter().flatten().collect();
    let ages = Shapes::new(seed, areas);
    let mut profiles: Vec<Vec<f64>> = practices
        .par_iter()
        .zip(&shares)
        .enumerate()
        .map(|(index, (practice, areas))| ages.of_list(seed, layout, index, practice, areas))
        .collect();
    if layout.is_england() {
        rake(&mut profiles, &shares);
    }
    practices
        .par_iter()
        .zip(shares)
        .zip(profiles)
        .enumerate()
        .map(|(index, ((_, shares), profile))| list(seed, index, areas, shares, &profile))
        .collect()
}

fn share_out(
    seed: u64,
    town: &TownPlan,
    areas: &[Area],
    practices: &[Practice],
) -> Vec<Vec<(u32, u32)>> {
    let figures = &parameters().population;
    let own: Vec<&Practice> =
        practices.iter().filter(|practice| practice.town == town.index).collect();
    let areas = &areas[town.first_area..town.first_area + town.areas];
    let people: Vec<f64> = areas
        .iter()
        .enumerate()
        .map(|(index, area)| {
            let mut stream = draw(seed, Decision::Residents, town.first_area + index, 1);
            let spread = figures.registered_per_resident_spread.value;
            f64::from(area.residents) * stream.normal(figures.registered_per_resident.value, spread)
        })
        .collect();
    let aims = aims(&own, people.iter().sum());
    let mut table: Vec<f64> = own
        .iter()
        .flat_map(|practice| areas.iter().map(move |area| attraction(practice, area)))
        .collect();
    fit(&mut table, &people, &aims);
    table
        .chunks(areas.len())
        .zip(&aims)
        .map(|(row, aim)| {
            let parts = apportion(aim.round() as u64, row);
            let numbered = parts.into_iter().enumerate().filter(|(_, count)| *count > 0);
            numbered
                .map(|(index, count)| ((town.first_area + index) as u32, count as u32))
                .collect()
        })
        .collect()
}

/// The lists aimed at, scaled to the people there are; planted lists keep their size.
fn aims(practices: &[&Practice], people: f64) -> Vec<f64> {
    let fixed = |practice: &Practice| practice.reason == Some(Reason::Inclusion);
    let held: f64 = practices.iter().filter(|p| fixed(p)).map(|p| p.aim).sum();
    let free: f64 = practices.iter().filter(|p| !fixed(p)).map(|p| p.aim * (1.0 + ghosts(p))).sum();
    let scale = (people - held) / free;
    practices
        .iter()
        .map(|p| if fixed(p) { p.aim } else { p.aim * (1.0 + ghosts(p)) * scale })
        .collect()
}

fn attraction(practice: &Practice, area: &Area) -> f64 {
    let figures = &parameters().population;
    let kilometres = libm::hypot(practice.x - area.x, practice.y - area.y) / 1000.0;
    let decay = figures.travel_decay_km.value;
    let ghosts = parameters().reasons.ghost_pull.value * ghosts(practice);
    libm::exp(-kilometres / decay) + figures.travel_floor.value + ghosts
}

/// Iterative proportional fitting of a table [practice × area]; it ends on the practices' lists.
fn fit(table: &mut [f64], people: &[f64], aims: &[f64]) {
    let width = people.len();
    for _ in 0..20 {
        let mut sums = vec![0.0; width];
        for row in table.chunks(width) {
            for (sum, cell) in sums.iter_mut().zip(row) {
                *sum += cell;
            }
        }
        for row in table.chunks_mut(width) {
            for ((cell, sum), people) in row.iter_mut().zip(&sums).zip(people) {
                *cell *= people / sum;
            }
        }
        for (row, aim) in table.chunks_mut(width).zip(aims) {
            let factor = aim / row.iter().sum::<f64>();
            for cell in row {
                *cell *= factor;
            }
        }
    }
}

/// England's ages and sexes, cell by cell, summing to 1.
pub fn england() -> Vec<f64> {
    let figures = &parameters().population;
    let spread = |single: &[f64]| -> Vec<f64> {
        let (oldest, younger) = single.split_last().unwrap_or((&0.0, &[]));
        let old = figures.aged_90_shares.value.iter().map(|share| share * oldest);
        younger.iter().copied().chain(old).collect()
    };
    let mut cells = spread(&figures.male.value);
    cells.extend(spread(&figures.female.value));
    let total: f64 = cells.iter().sum();
    cells.iter().map(|cell| cell / total).collect()
}

/// The five-year band of an age, the last 90 and over.
pub fn band(age: usize) -> usize {
    (age / 5).min(BANDS - 1)
}

/// The age structures of areas: one a deprivation tenth, and each area's own departure from it by band.
struct Shapes {
    deciles: Vec<Vec<f64>>,
    departures: Vec<[f32; BANDS]>,
    area_deciles: Vec<u32>,
}

impl Shapes {
    fn new(seed: u64, areas: &[Area]) -> Self {
        let england = england();
        let departures =
            (0..areas.len()).into_par_iter().map(|area| departure(seed, area, &england));
        Self {
            deciles: (1..=10).map(|decile| decile_shape(&england, decile)).collect(),
            departures: departures.collect(),
            area_deciles: areas.iter().map(Area::decile).collect(),
        }
    }

    /// The ages expected on a list, summing to 1.
    fn of_list(
        &self,
        seed: u64,
        layout: &Layout,
        index: usize,
        practice: &Practice,
        areas: &[(u32, u32)],
    ) -> Vec<f64> {
        let mut cells = vec![0.0; CELLS];
        for (area, people) in areas {
            let area = *area as usize;
            let shape = &self.deciles[self.area_deciles[area] as usize - 1];
            for (cell, (value, share)) in cells.iter_mut().zip(shape).enumerate() {
                let departure = f64::from(self.departures[area][band(cell % AGES)]);
                *value += f64::from(*people) * share * departure;
            }
        }
        let figures = &parameters().population;
        let mut stream = draw(seed, Decision::PracticeAges, index, 0);
        let tilt =
            stream.normal(layout.towns[practice.town].age_tilt, figures.practice_age_spread.value);
        let male = stream.normal(0.0, figures.male_log_spread.value);
        for (cell, value) in cells.iter_mut().enumerate() {
            let age = cell % AGES;
            let sex = if cell < AGES { male } else { -male };
            *value *= libm::exp(tilt * lean(age) + sex);
            *value *= planted(practice.reason, age, cell < AGES);
        }
        normalise(&mut cells);
        cells
    }
}

/// How much older a list is at an age when it leans by one: 2 at age 80, and less below 40 than above.
fn lean(age: usize) -> f64 {
    let from = (age as f64 - 40.0) / 20.0;
    if from < 0.0 { 0.3 * from } else { from }
}

/// How a planted reason bends the ages of a list.
fn planted(reason: Option<Reason>, age: usize, male: bool) -> f64 {
    let figures = &parameters().reasons;
    match reason {
        Some(Reason::StudentQuarter) if (18..25).contains(&age) => {
            figures.student_share_factor.value
        }
        Some(Reason::CareHomes) if age >= 85 => figures.oldest_factor.value,
        Some(Reason::Inclusion) => {
            let working = if (20..60).contains(&age) { 1.0 } else { 0.12 };
            working * if male { 1.5 } else { 0.5 }
        }
        _ => 1.0,
    }
}

fn normalise(cells: &mut [f64]) {
    let total: f64 = cells.iter().sum();
    for cell in cells {
        *cell /= total;
    }
}

fn departure(seed: u64, area: usize, england: &[f64]) -> [f32; BANDS] {
    let concentration = parameters().population.area_age_concentration.value;
    let mut stream = draw(seed, Decision::AreaAges, area, 0);
    let mut shares = [0.0; BANDS];
    for (cell, share) in england.iter().enumerate() {
        shares[band(cell % AGES)] += share;
    }
    shares.map(|share| (stream.gamma(concentration * share, 1.0) / (concentration * share)) as f32)
}

/// England's ages bent towards the young in deprived tenths.
fn decile_shape(england: &[f64], decile: u32) -> Vec<f64> {
    let figures = &parameters().population;
    let group = |age: usize| match age {
        0..16 => 0,
        16..45 => 1,
        45..65 => 2,
        _ => 3,
    };
    let mut now = [0.0; 4];
    for (cell, share) in england.iter().enumerate() {
        now[group(cell % AGES)] += share;
    }
    let along = f64::from(decile - 1) / 9.0;
    let wanted: Vec<f64> = (0..4)
        .map(|g| {
            let most = figures.group_share_most_deprived.value[g];
            let least = figures.group_share_least_deprived.value[g];
            most + along * (least - most)
        })
        .collect();
    let mut shape: Vec<f64> = england
        .iter()
        .enumerate()
        .map(|(cell, share)| share * wanted[group(cell % AGES)] / now[group(cell % AGES)])
        .collect();
    normalise(&mut shape);
    shape
}

/// Bends all lists alike until the country has England's ages.
fn rake(profiles: &mut [Vec<f64>], shares: &[Vec<(u32, u32)>]) {
    let england = england();
    let totals: Vec<f64> = shares
        .iter()
        .map(|areas| areas.iter().map(|(_, people)| f64::from(*people)).sum())
        .collect();
    let people: f64 = totals.iter().sum();
    for _ in 0..6 {
        let mut sums = vec![0.0; CELLS];
        for (profile, total) in profiles.iter().zip(&totals) {
            for (sum, share) in sums.iter_mut().zip(profile) {
                *sum += share * total / people;
            }
        }
        profiles.par_iter_mut().for_each(|profile| {
            for ((share, sum), wanted) in profile.iter_mut().zip(&sums).zip(&england) {
                *share *= wanted / sum;
            }
            normalise(profile);
        });
    }
}

fn list(seed: u64, index: usize, areas: &[Area], shares: Vec<(u32, u32)>, profile: &[f64]) -> List {
    let total: u32 = shares.iter().map(|(_, people)| people).sum();
    let mut stream = draw(seed, Decision::PracticeAges, index, 1);
    let drawn = multinomial(&mut stream, u64::from(total), profile);
    let mut ages = Box::new([0; CELLS]);
    for (age, people) in ages.iter_mut().zip(drawn) {
        *age = people as u32;
    }
    let over = |value: &dyn Fn(&Area) -> f64| -> f64 {
        let sum: f64 =
            shares.iter().map(|(area, n)| f64::from(*n) * value(&areas[*area as usize])).sum();
        sum / f64::from(total.max(1))
    };
    let score = over(&|area| area.score);
    let decile = over(&|area| f64::from(area.decile()));
    let mut list = List { total, areas: shares, ages, score, decile, weighted: 0.0 };
    list.weighted = weighted(&list, &mut draw(seed, Decision::Weighting, index, 0));
    list
}

/// The list weighted by workload, in the manner of the Carr-Hill formula.
fn weighted(list: &List, stream: &mut Stream) -> f64 {
    const BANDS: [(usize, usize); 7] =
        [(0, 5), (5, 15), (15, 45), (45, 65), (65, 75), (75, 85), (85, AGES)];
    let figures = &parameters().population;
    let mut work = 0.0;
    for (sex, weights) in
        [&figures.weight_male.value, &figures.weight_female.value].iter().enumerate()
    {
        for ((from, to), weight) in BANDS.iter().zip(weights.iter()) {
            work += f64::from(list.aged(sex, *from, *to)) * weight;
        }
    }
    let need = 1.0
        + figures.weight_by_deprivation.value
            * (list.score - figures.weight_deprivation_mean.value);
    work / figures.weight_mean.value
        * need
        * libm::exp(stream.normal(0.0, figures.weight_spread.value))
}

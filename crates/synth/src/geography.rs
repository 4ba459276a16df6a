//! The ground of an invented place: small areas that tile it without gaps, cut by a coast, and how deprived each is.
//!
//! A town is a honeycomb of cells around a centre. Corners are moved at random and shared by the cells that meet in
//! them, borders bulge, and distances are stretched away from the centre, so that areas are small where people live
//! close together. Where a town has a coast, its centre is a harbour at the mouth of a river, and the areas near the
//! docks are the most deprived. All of it lies in the open sea, so that no real place is drawn.

use rayon::prelude::*;

use super::draw::{Decision, draw};
use super::layout::{Layout, TownPlan};
use super::parameters::parameters;

/// A small area.
#[derive(Debug, Clone)]
pub struct Area {
    pub town: usize,
    /// Centre of population, National Grid, metres.
    pub x: f64,
    pub y: f64,
    /// Corner points in order, National Grid, metres; the last is not the first again.
    pub outline: Vec<(f64, f64)>,
    /// Distance from the town's centre over the town's radius.
    pub remoteness: f64,
    /// How deprived, in standard deviations of England's areas.
    pub need: f64,
    /// 1 is the most deprived area of England.
    pub rank: u32,
    pub score: f64,
    pub residents: u32,
    pub authority: usize,
    pub middle: usize,
    pub ward: usize,
    pub sub_icb: usize,
}

impl Area {
    /// The tenth of England's areas that it belongs to; 1 is the most deprived.
    pub fn decile(&self) -> u32 {
        let areas = parameters().deprivation.areas_of_england.value as u32;
        ((self.rank - 1) * 10 / areas + 1).min(10)
    }

    /// The fifth, 1 the most deprived.
    pub fn fifth(&self) -> u32 {
        self.decile().div_ceil(2)
    }
}

/// All areas of all towns, in order of town.
pub fn areas(seed: u64, layout: &Layout) -> Vec<Area> {
    let mut per_town: Vec<Vec<Area>> =
        layout.towns.par_iter().map(|town| town_areas(seed, town)).collect();
    if layout.is_england() {
        let mut areas: Vec<Area> = per_town.into_iter().flatten().collect();
        rank(&mut areas, true);
        return areas;
    }
    for areas in &mut per_town {
        rank(areas, false);
    }
    per_town.into_iter().flatten().collect()
}

fn town_areas(seed: u64, town: &TownPlan) -> Vec<Area> {
    let ground = Ground::new(seed, town);
    let cells = ground.cells(town.areas);
    let radius = cells.iter().map(|cell| cell.2).fold(0.0, f64::max);
    let need = need(seed, town, &cells, radius);
    let residents = &parameters().population;
    cells
        .iter()
        .zip(need)
        .enumerate()
        .map(|(index, ((i, j, distance), need))| {
            let outline = ground.outline(*i, *j, radius);
            let (x, y) = centre(&outline);
            let unit = town.first_area + index;
            let mut stream = draw(seed, Decision::Residents, unit, 0);
            let spread = residents.residents_log_spread.value;
            let people = stream.lognormal(town.residents_per_area, spread)
                / libm::exp(spread * spread / 2.0);
            Area {
                town: town.index,
                x,
                y,
                outline,
                remoteness: distance / radius,
                need,
                rank: 1,
                score: 0.0,
                residents: people.round().max(900.0) as u32,
                authority: 0,
                middle: 0,
                ward: 0,
                sub_icb: 0,
            }
        })
        .collect()
}

fn centre(outline: &[(f64, f64)]) -> (f64, f64) {
    let count = outline.len() as f64;
    let sum = outline.iter().fold((0.0, 0.0), |sum, point| (sum.0 + point.0, sum.1 + point.1));
    (sum.0 / count, sum.1 / count)
}

/// The honeycomb of one town before it is stretched: corners at whole numbers, a cell at (2i + j mod 2, 3j).
struct Ground<'a> {
    seed: u64,
    town: &'a TownPlan,
    /// Height, length and start of the waves of the coast.
    waves: Vec<(f64, f64, f64)>,
}

const CORNERS: [(i32, i32); 6] = [(0, 2), (1, 1), (1, -1), (0, -2), (-1, -1), (-1, 1)];
const HALF_WIDTH: f64 = 0.866_025_403_784_438_6;

impl<'a> Ground<'a> {
    fn new(seed: u64, town: &'a TownPlan) -> Self {
        let mut stream = draw(seed, Decision::Coast, town.index, 0);
        let waves = (1..=4)
            .map(|k| {
                let k = f64::from(k);
                (stream.normal(0.0, 1.1 / k), k * 0.23, stream.uniform() * std::f64::consts::TAU)
            })
            .collect();
        Self { seed, town, waves }
    }

    fn is_land(&self, x: f64, y: f64) -> bool {
        if !self.town.coastal {
            return true;
        }
        let swell = |x: f64| -> f64 {
            self.waves
                .iter()
                .map(|(height, length, start)| height * libm::sin(length * x + start))
                .sum()
        };
        let shore = swell(x) - swell(0.0) - 1.2;
        let estuary = y < 4.0 && x.abs() < 0.9 * (1.0 - (y - shore) / 6.0);
        y > shore && !estuary
    }

    /// The cells nearest to the centre that are land: column, row, distance.
    fn cells(&self, count: usize) -> Vec<(i32, i32, f64)> {
        let reach = ((count as f64).sqrt() * 1.6) as i32 + 6;
        let mut cells: Vec<(i32, i32, f64)> = (-reach..=reach)
            .flat_map(|j| (-reach..=reach).map(move |i| (i, j)))
            .filter_map(|(i, j)| {
                let x = f64::from(2 * i + j.rem_euclid(2)) * HALF_WIDTH;
                let y = f64::from(3 * j) * 0.5;
                self.is_land(x, y).then(|| (i, j, libm::hypot(x, y)))
            })
            .collect();
        cells.sort_by(|a, b| a.2.total_cmp(&b.2).then((a.1, a.0).cmp(&(b.1, b.0))));
        cells.truncate(count);
        cells
    }

    /// A corner, moved at random by the same amount for every cell that meets in it.
    fn corner(&self, x: i32, y: i32) -> (f64, f64) {
        let unit = ((x + 20_000) as usize) << 16 | (y + 20_000) as usize;
        let mut stream = draw(self.seed, Decision::Vertex, unit, self.town.index);
        let mut moved = || 0.62 * (stream.uniform() - 0.5);
        (f64::from(x) * HALF_WIDTH + moved(), f64::from(y) * 0.5 + moved())
    }

    /// The middle of a border, pushed to one side; the same seen from either end.
    fn bulge(&self, from: (i32, i32), to: (i32, i32)) -> (f64, f64) {
        let (low, high) = if from <= to { (from, to) } else { (to, from) };
        let unit = ((low.0 + high.0 + 40_000) as usize) << 17 | (low.1 + high.1 + 40_000) as usize;
        let push =
            0.45 * (draw(self.seed, Decision::Border, unit, self.town.index).uniform() - 0.5);
        let (a, b) = (self.corner(low.0, low.1), self.corner(high.0, high.1));
        let middle = (f64::midpoint(a.0, b.0), f64::midpoint(a.1, b.1));
        (middle.0 - push * (b.1 - a.1), middle.1 + push * (b.0 - a.0))
    }

    fn outline(&self, i: i32, j: i32, radius: f64) -> Vec<(f64, f64)> {
        let (cx, cy) = (2 * i + j.rem_euclid(2), 3 * j);
        let corners = CORNERS.map(|(dx, dy)| (cx + dx, cy + dy));
        let mut points = Vec::with_capacity(12);
        for (index, corner) in corners.iter().enumerate() {
            points.push(self.corner(corner.0, corner.1));
            points.push(self.bulge(*corner, corners[(index + 1) % 6]));
        }
        points.into_iter().map(|point| self.place(point, radius)).collect()
    }

    /// Stretched away from the centre and set on the National Grid.
    fn place(&self, (x, y): (f64, f64), radius: f64) -> (f64, f64) {
        let distance = libm::hypot(x, y);
        let stretch = 0.45 + 0.75 * libm::pow(distance / radius, 1.2);
        let metres = self.town.cell_metres * stretch;
        (self.town.easting + x * metres, self.town.northing + y * metres)
    }
}

/// How deprived each cell is: the docks, what neighbours share, and the cell's own.
fn need(seed: u64, town: &TownPlan, cells: &[(i32, i32, f64)], radius: f64) -> Vec<f64> {
    let figures = &parameters().deprivation;
    let mut stream = draw(seed, Decision::Neighbourhood, town.index, 0);
    let waves: Vec<[f64; 3]> = (0..6)
        .map(|_| {
            let (direction, length) =
                (stream.uniform() * std::f64::consts::TAU, 2.0 + 3.0 * stream.uniform());
            [
                libm::cos(direction) * length,
                libm::sin(direction) * length,
                stream.uniform() * std::f64::consts::TAU,
            ]
        })
        .collect();
    let raw: Vec<f64> = cells
        .iter()
        .enumerate()
        .map(|(index, (i, j, distance))| {
            let x = f64::from(2 * i + j.rem_euclid(2)) * HALF_WIDTH / radius;
            let y = f64::from(3 * j) * 0.5 / radius;
            let shared: f64 =
                waves.iter().map(|[a, b, start]| libm::sin(a * x + b * y + start)).sum::<f64>()
                    / 1.732;
            let docks = libm::exp(-distance / radius / figures.dock_reach.value);
            let own = draw(seed, Decision::AreaNoise, town.first_area + index, 0).standard_normal();
            figures.dock_pull.value * docks
                + figures.smooth_pull.value * shared
                + figures.own_spread.value * own
        })
        .collect();
    let count = raw.len() as f64;
    let mean = raw.iter().sum::<f64>() / count;
    let spread =
        (raw.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / count).sqrt().max(1e-9);
    raw.into_iter()
        .map(|value| town.need_mean + town.need_spread * (value - mean) / spread)
        .collect()
}

/// Ranks within England: of a whole country by order, of one town by where its areas would stand.
fn rank(areas: &mut [Area], country: bool) {
    let england = parameters().deprivation.areas_of_england.value;
    let mut order: Vec<usize> = (0..areas.len()).collect();
    order.sort_by(|a, b| areas[*b].need.total_cmp(&areas[*a].need).then(a.cmp(b)));
    let mut last = 0;
    for (position, index) in order.iter().enumerate() {
        let share = if country {
            (position as f64 + 0.5) / areas.len() as f64
        } else {
            0.5 * libm::erfc(areas[*index].need / std::f64::consts::SQRT_2)
        };
        let rank = ((share * england) as u32 + 1).max(last + 1);
        last = rank;
        areas[*index].rank = rank.min(england as u32);
        areas[*index].score = score(1.0 - f64::from(rank) / england);
    }
}

fn score(share: f64) -> f64 {
    interpolate(&parameters().deprivation.score_twentieths.value, share)
}

/// The value of a table of equally spaced quantiles at a share from 0 to 1.
pub fn interpolate(quantiles: &[f64], share: f64) -> f64 {
    let position = share.clamp(0.0, 1.0) * (quantiles.len() - 1) as f64;
    let low = (position.floor() as usize).min(quantiles.len() - 2);
    let part = position - low as f64;
    quantiles[low] * (1.0 - part) + quantiles[low + 1] * part
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::Settings;

    type Border = ((i64, i64), (i64, i64));

    /// How many areas each piece of border belongs to.
    fn borders(areas: &[Area]) -> BTreeMap<Border, u32> {
        let mut uses = BTreeMap::new();
        let millimetres = |(x, y): (f64, f64)| ((x * 1e3).round() as i64, (y * 1e3).round() as i64);
        for area in areas {
            for (index, from) in area.outline.iter().enumerate() {
                let next = area.outline[(index + 1) % area.outline.len()];
                let (from, to) = (millimetres(*from), millimetres(next));
                *uses.entry((from.min(to), from.max(to))).or_insert(0) += 1;
            }
        }
        uses
    }

    #[test]
    fn areas_tile_the_town_without_gaps() {
        let settings = Settings::harbourton();
        let areas = areas(settings.seed, &Layout::of(&settings));
        let uses = borders(&areas);
        assert!(uses.values().all(|count| *count <= 2), "a border belongs to three areas");
        let inner = uses.values().filter(|count| **count == 2).count();
        assert!(
            inner as f64 > 0.75 * uses.len() as f64,
            "{inner} of {} borders are shared",
            uses.len()
        );
    }

    #[test]
    fn the_docks_are_more_deprived_than_the_edge_of_the_town() {
        let settings = Settings::harbourton();
        let areas = areas(settings.seed, &Layout::of(&settings));
        let mean = |near: fn(f64) -> bool| {
            let scores: Vec<f64> =
                areas.iter().filter(|area| near(area.remoteness)).map(|area| area.score).collect();
            scores.iter().sum::<f64>() / scores.len() as f64
        };
        assert!(mean(|r| r < 0.3) > mean(|r| r > 0.7));
    }

    #[test]
    fn no_two_areas_share_a_rank() {
        let settings = Settings::harbourton();
        let areas = areas(settings.seed, &Layout::of(&settings));
        let ranks: std::collections::BTreeSet<u32> = areas.iter().map(|area| area.rank).collect();
        assert_eq!(ranks.len(), areas.len());
    }
}

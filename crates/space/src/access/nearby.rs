//! Finding the sites near each origin from coordinates, through a grid.

use super::journeys::Journeys;

/// A place on a plane; both coordinates in one unit (kilometres, metres).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Eastwards.
    pub x: f64,
    /// Northwards.
    pub y: f64,
}

/// Cells to a radius: finer cells look at fewer sites in vain, coarser ones at fewer cells.
const CELLS_PER_RADIUS: f64 = 4.0;

/// Origins after which the room for all journeys is guessed.
const GUESS_AFTER: usize = 512;

/// Cells along one side at most, however far apart the sites lie.
const MOST_CELLS: f64 = 2048.0;

/// Sites sorted into square cells, row by row from the south-west.
struct Grid {
    corner: Point,
    cell: f64,
    columns: usize,
    rows: usize,
    /// Where each cell's sites begin, and one end more.
    starts: Vec<usize>,
    /// Number and place of each site, cell by cell.
    sites: Vec<(u32, Point)>,
}

/// Journeys from each origin to every site within `radius`, at the `cost` of the straight distance.
///
/// Sites of one origin come cell by cell, always in the same order. Points whose coordinates are not numbers have
/// no journeys.
#[must_use]
pub fn journeys_within(
    origins: &[Point],
    sites: &[Point],
    radius: f64,
    cost: impl Fn(f64) -> f64,
) -> Journeys {
    let grid = Grid::new(sites, radius);
    let mut journeys = Journeys {
        sites: sites.len(),
        starts: Vec::with_capacity(origins.len() + 1),
        site: Vec::new(),
        cost: Vec::new(),
    };
    journeys.starts.push(0);
    for origin in origins {
        for row in grid.band(origin.y, radius, grid.corner.y, grid.rows) {
            let columns = grid.band(origin.x, radius, grid.corner.x, grid.columns);
            if columns.is_empty() {
                break;
            }
            let first = grid.starts[row * grid.columns + columns.start];
            let last = grid.starts[row * grid.columns + columns.end];
            for (site, point) in &grid.sites[first..last] {
                let (east, north) = (origin.x - point.x, origin.y - point.y);
                let distance = (east * east + north * north).sqrt();
                if distance <= radius {
                    journeys.site.push(*site);
                    journeys.cost.push(cost(distance));
                }
            }
        }
        journeys.starts.push(journeys.site.len());
        if journeys.starts.len() == GUESS_AFTER {
            let all = journeys.site.len() * origins.len() / GUESS_AFTER;
            let more = (all + all / 8).saturating_sub(journeys.site.len());
            journeys.site.reserve(more);
            journeys.cost.reserve(more);
        }
    }
    journeys
}

impl Grid {
    fn new(sites: &[Point], radius: f64) -> Self {
        let known = || sites.iter().filter(|site| site.x.is_finite() && site.y.is_finite());
        let low = |pick: fn(&Point) -> f64| known().map(pick).fold(f64::INFINITY, f64::min);
        let high = |pick: fn(&Point) -> f64| known().map(pick).fold(f64::NEG_INFINITY, f64::max);
        let corner = Point { x: low(|site| site.x), y: low(|site| site.y) };
        let (width, height) = (high(|site| site.x) - corner.x, high(|site| site.y) - corner.y);
        let extent = if width.is_finite() { width.max(height) } else { 0.0 };
        let cell = (radius / CELLS_PER_RADIUS).max(extent / MOST_CELLS).max(f64::MIN_POSITIVE);
        let count = |length: f64| if length.is_finite() { (length / cell) as usize + 1 } else { 0 };
        let (columns, rows) = (count(width), count(height));
        let mut grid = Self { corner, cell, columns, rows, starts: vec![], sites: vec![] };
        let placed: Vec<(usize, u32, Point)> = sites
            .iter()
            .enumerate()
            .filter(|(_, site)| site.x.is_finite() && site.y.is_finite())
            .map(|(number, site)| (grid.cell_of(site), number as u32, *site))
            .collect();
        grid.fill(&placed);
        grid
    }

    /// Sorts sites into their cells by counting.
    fn fill(&mut self, placed: &[(usize, u32, Point)]) {
        self.starts = vec![0; self.columns * self.rows + 1];
        for (cell, ..) in placed {
            self.starts[cell + 1] += 1;
        }
        for cell in 1..self.starts.len() {
            self.starts[cell] += self.starts[cell - 1];
        }
        let mut next = self.starts.clone();
        self.sites = vec![(0, self.corner); placed.len()];
        for (cell, number, site) in placed {
            self.sites[next[*cell]] = (*number, *site);
            next[*cell] += 1;
        }
    }

    fn cell_of(&self, point: &Point) -> usize {
        let along = |value: f64, from: f64, count: usize| {
            (((value - from) / self.cell) as usize).min(count - 1)
        };
        let row = along(point.y, self.corner.y, self.rows);
        row * self.columns + along(point.x, self.corner.x, self.columns)
    }

    /// The cells along one side that can hold anything within `radius` of `value`.
    fn band(&self, value: f64, radius: f64, from: f64, count: usize) -> std::ops::Range<usize> {
        let (low, high) =
            ((value - radius - from) / self.cell, (value + radius - from) / self.cell);
        if count == 0 || !low.is_finite() || high < 0.0 || low >= count as f64 {
            return 0..0;
        }
        (low.max(0.0) as usize)..((high as usize) + 1).min(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use stats::random::{Key, Stream};

    fn scattered(unit: u32, count: usize, size: f64) -> Vec<Point> {
        let mut draw = Stream::new(Key { seed: 3, decision: 0, unit, time: 0 });
        (0..count).map(|_| Point { x: draw.uniform() * size, y: draw.uniform() * size }).collect()
    }

    #[test]
    fn the_grid_finds_what_looking_at_every_pair_finds() {
        for (size, radius) in [(10.0, 3.0), (10.0, 0.2), (1.0, 5.0), (50_000.0, 1.0)] {
            let (origins, sites) = (scattered(1, 60, size), scattered(2, 90, size));
            let found = journeys_within(&origins, &sites, radius, |distance| distance);
            for (number, origin) in origins.iter().enumerate() {
                let mut near: Vec<usize> = found.from(number).map(|(site, _)| site).collect();
                near.sort_unstable();
                let within = |site: &Point| {
                    let (east, north) = (origin.x - site.x, origin.y - site.y);
                    (east * east + north * north).sqrt() <= radius
                };
                let expected: Vec<usize> =
                    (0..sites.len()).filter(|site| within(&sites[*site])).collect();
                assert_eq!(near, expected, "size {size}, radius {radius}, origin {number}");
            }
        }
    }

    #[test]
    fn a_point_without_coordinates_has_no_journeys() {
        let nowhere = Point { x: f64::NAN, y: 1.0 };
        let here = Point { x: 1.0, y: 1.0 };
        let found = journeys_within(&[nowhere, here], &[here, nowhere], 9.0, |distance| distance);
        assert_eq!((found.from(0).count(), found.from(1).count()), (0, 1));
        assert!(journeys_within(&[here], &[], 9.0, |distance| distance).is_empty());
    }
}

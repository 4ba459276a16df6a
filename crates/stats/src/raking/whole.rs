//! Rounding to whole people: every margin is kept, and on average every cell.
//!
//! Cells with a fraction are the lines of a network between the totals of the first margin and those of the second. A walk
//! along such lines comes back to where it was; round that circle people are moved one way or the other, by chance and in
//! proportion, until a cell is whole. No total changes, and no cell changes on average.

use rayon::prelude::*;

use super::{NoRaking, Raked, Raking};
use crate::random::Stream;

/// A fraction that counts as none: what raking leaves undone.
const NONE: f64 = 1e-7;
/// No place on the walk.
const OFF: u32 = u32::MAX;

/// Whole people, zone after zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    /// All cells; those of a zone that was refused are 0.
    pub cells: Vec<u32>,
    /// For each zone by how many people its margins are missed, all totals taken together. With one or two margins of whole
    /// people it is 0; three margins cannot always be kept together.
    pub missed: Vec<u32>,
}

impl Raking {
    /// Rounds fitted tables to whole people, keeping the first two margins exactly where they are whole; `luck` gives the
    /// draws of each zone by its number.
    ///
    /// # Panics
    /// When the tables or totals are not of this frame: the caller has a bug.
    ///
    /// # Source
    /// `cox_1987`
    #[must_use]
    pub fn whole(
        &self,
        raked: &Raked,
        totals: &[&[f64]],
        luck: impl Fn(usize) -> Stream + Sync,
    ) -> Whole {
        let zones = self.zones(totals);
        let mut cells = vec![0; zones * self.cells];
        assert_eq!(raked.cells.len(), cells.len(), "the tables are of this frame");
        let network = Network::new(self);
        let missed = cells
            .par_chunks_mut(self.cells)
            .zip(raked.cells.par_chunks(self.cells))
            .enumerate()
            .map_init(
                || Walk::new(&network, self.cells),
                |walk, (zone, (out, fitted))| {
                    if raked.zones[zone].is_err_and(is_fatal) {
                        return 0;
                    }
                    walk.round(&network, fitted, luck(zone), out);
                    self.missed(zone, totals, out)
                },
            )
            .collect();
        Whole { cells, missed }
    }

    fn missed(&self, zone: usize, totals: &[&[f64]], cells: &[u32]) -> u32 {
        let mut missed = 0.0;
        for (margin, totals) in self.margins.iter().zip(totals) {
            let mut left = totals[zone * margin.size..][..margin.size].to_vec();
            for (cell, place) in cells.iter().zip(&margin.of_cell) {
                left[*place as usize] -= f64::from(*cell);
            }
            missed += left.iter().map(|left| left.abs()).sum::<f64>();
        }
        missed.round() as u32
    }
}

/// Whether a zone has no table at all.
fn is_fatal(refusal: NoRaking) -> bool {
    !matches!(refusal, NoRaking::Unsettled { .. })
}

/// Cells as lines between the totals of two margins; with one margin the other end of every line is the whole zone.
struct Network {
    ends: Vec<[u32; 2]>,
    nodes: usize,
}

impl Network {
    fn new(raking: &Raking) -> Self {
        let first = &raking.margins[0];
        let second = raking.margins.get(1);
        let end = |cell: usize| second.map_or(0, |margin| margin.of_cell[cell]) + first.size as u32;
        let ends = (0..raking.cells).map(|cell| [first.of_cell[cell], end(cell)]).collect();
        Self { ends, nodes: first.size + second.map_or(1, |margin| margin.size) }
    }

    /// The other end of a line.
    fn across(&self, line: u32, node: u32) -> u32 {
        let [a, b] = self.ends[line as usize];
        if a == node { b } else { a }
    }
}

/// The walk through the cells of one zone that still have a fraction.
struct Walk {
    fractions: Vec<f64>,
    /// For each node its lines with a fraction; those since made whole are dropped when met.
    lines: Vec<Vec<u32>>,
    /// Lines walked, and the node that each was left from.
    path: Vec<(u32, u32)>,
    /// For each node its place on the path.
    places: Vec<u32>,
}

impl Walk {
    fn new(network: &Network, cells: usize) -> Self {
        Self {
            fractions: vec![0.0; cells],
            lines: vec![Vec::new(); network.nodes],
            path: Vec::new(),
            places: vec![OFF; network.nodes],
        }
    }

    fn round(&mut self, network: &Network, fitted: &[f64], mut stream: Stream, out: &mut [u32]) {
        self.begin(network, fitted);
        for node in 0..network.nodes as u32 {
            self.clear(network, node, &mut stream);
        }
        for ((out, fitted), fraction) in out.iter_mut().zip(fitted).zip(&self.fractions) {
            *out = (fitted + NONE).floor() as u32 + u32::from(*fraction > 0.5);
        }
    }

    fn begin(&mut self, network: &Network, fitted: &[f64]) {
        self.lines.iter_mut().for_each(Vec::clear);
        self.path.clear();
        self.places.fill(OFF);
        for (line, (fraction, cell)) in self.fractions.iter_mut().zip(fitted).enumerate() {
            *fraction = cell - (cell + NONE).floor();
            if is_whole(*fraction) {
                *fraction = 0.0;
                continue;
            }
            for node in network.ends[line] {
                self.lines[node as usize].push(line as u32);
            }
        }
    }

    /// Walks from a node until it has no line with a fraction.
    fn clear(&mut self, network: &Network, start: u32, stream: &mut Stream) {
        let mut node = start;
        loop {
            self.places[node as usize] = self.path.len() as u32;
            let came_by = self.path.last().map(|(line, _)| *line);
            let Some(line) = self.next_line(node, came_by) else {
                self.places[node as usize] = OFF;
                let Some((line, before)) = self.path.pop() else { return };
                self.settle_alone(line, stream);
                node = before;
                continue;
            };
            self.path.push((line, node));
            let next = network.across(line, node);
            let place = self.places[next as usize];
            if place != OFF {
                self.turn(place as usize, stream);
                for (_, left) in self.path.drain(place as usize..) {
                    self.places[left as usize] = OFF;
                }
            }
            node = next;
        }
    }

    /// A line with a fraction other than the one just walked.
    fn next_line(&mut self, node: u32, came_by: Option<u32>) -> Option<u32> {
        let Self { fractions, lines, .. } = self;
        let lines = &mut lines[node as usize];
        while lines.last().is_some_and(|line| is_whole(fractions[*line as usize])) {
            lines.pop();
        }
        let open = lines.iter().rev().copied();
        open.filter(|line| Some(*line) != came_by).find(|line| !is_whole(fractions[*line as usize]))
    }

    /// Moves people round the circle that begins at a place of the path, so that a cell becomes whole.
    fn turn(&mut self, from: usize, stream: &mut Stream) {
        let (mut up, mut down) = (f64::INFINITY, f64::INFINITY);
        for (step, (line, _)) in self.path[from..].iter().enumerate() {
            let fraction = self.fractions[*line as usize];
            let (room, held) = (1.0 - fraction, fraction);
            let (this_up, this_down) = if step % 2 == 0 { (room, held) } else { (held, room) };
            up = up.min(this_up);
            down = down.min(this_down);
        }
        let amount = if stream.uniform() * (up + down) < down { up } else { -down };
        for (step, (line, _)) in self.path[from..].iter().enumerate() {
            let fraction = &mut self.fractions[*line as usize];
            *fraction += if step % 2 == 0 { amount } else { -amount };
            if is_whole(*fraction) {
                *fraction = fraction.round();
            }
        }
    }

    /// Rounds the one line that is left at a node: its total is not whole, or what raking left undone has gathered here.
    fn settle_alone(&mut self, line: u32, stream: &mut Stream) {
        let fraction = &mut self.fractions[line as usize];
        if !is_whole(*fraction) {
            let nearly = (*fraction - fraction.round()).abs() < 1e-4;
            let is_up = if nearly { *fraction > 0.5 } else { stream.happens(*fraction) };
            *fraction = f64::from(u8::from(is_up));
        }
    }
}

fn is_whole(fraction: f64) -> bool {
    !(NONE..=1.0 - NONE).contains(&fraction)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Key;

    fn luck(seed: u64) -> impl Fn(usize) -> Stream + Sync {
        move |zone| Stream::new(Key { seed, decision: 1, unit: zone as u32, time: 0 })
    }

    fn example(zones: usize) -> (Raking, Vec<f64>, Vec<f64>, Raked) {
        let raking = Raking::new(&[4, 2, 3], &[&[0, 1], &[2]]).unwrap();
        let mut stream = Stream::new(Key { seed: 3, decision: 0, unit: 0, time: 0 });
        let (mut first, mut second) = (Vec::new(), Vec::new());
        for _ in 0..zones {
            let people: Vec<u32> = (0..8).map(|_| stream.below(9)).collect();
            let total: u32 = people.iter().sum();
            let a = stream.below(total + 1);
            let b = stream.below(total - a + 1);
            first.extend(people.into_iter().map(f64::from));
            second.extend([a, b, total - a - b].map(f64::from));
        }
        let start: Vec<f64> = (1..=24).map(f64::from).collect();
        let raked = raking.rake(&start, &[&first, &second]);
        (raking, first, second, raked)
    }

    #[test]
    fn two_margins_are_kept_exactly() {
        let (raking, first, second, raked) = example(500);
        let whole = raking.whole(&raked, &[&first, &second], luck(1));
        assert_eq!(whole.missed, vec![0; 500]);
        let people: u32 = whole.cells.iter().sum();
        assert_eq!(people, first.iter().sum::<f64>() as u32);
    }

    #[test]
    fn no_cell_moves_by_a_person_or_more() {
        let (raking, first, second, raked) = example(200);
        let whole = raking.whole(&raked, &[&first, &second], luck(1));
        for (whole, fitted) in whole.cells.iter().zip(&raked.cells) {
            assert!((f64::from(*whole) - fitted).abs() < 1.0, "{whole} {fitted}");
        }
    }

    #[test]
    fn on_average_no_cell_changes() {
        let (raking, first, second, raked) = example(1);
        let mut sums = vec![0.0; raking.cells()];
        for seed in 0..4_000 {
            let whole = raking.whole(&raked, &[&first, &second], luck(seed));
            for (sum, cell) in sums.iter_mut().zip(&whole.cells) {
                *sum += f64::from(*cell);
            }
        }
        for (sum, fitted) in sums.iter().zip(&raked.cells) {
            let fraction = fitted - fitted.floor();
            let error = (fraction * (1.0 - fraction) / 4_000.0).sqrt();
            assert!((sum / 4_000.0 - fitted).abs() <= 4.0 * error + 1e-6, "{sum} {fitted}");
        }
    }

    #[test]
    fn one_margin_is_kept_exactly() {
        let raking = Raking::new(&[3, 4], &[&[0]]).unwrap();
        let totals = [7.0, 5.0, 1.0];
        let raked = raking.rake(&[1.0; 12], &[&totals]);
        assert_eq!(raking.whole(&raked, &[&totals], luck(9)).missed, [0]);
    }

    #[test]
    fn margins_that_cannot_all_be_kept_are_counted() {
        let margins: [&[usize]; 3] = [&[0, 1], &[0, 2], &[1, 2]];
        let raking = Raking::new(&[2, 2, 2], &margins).unwrap();
        let halves = [1.0; 4];
        let raked = raking.rake(&[1.0; 8], &[&halves, &halves, &halves]);
        let whole = raking.whole(&raked, &[&halves, &halves, &halves], luck(9));
        assert_eq!(whole.cells.iter().sum::<u32>(), 4);
        assert!(whole.missed[0] <= 4);
    }
}

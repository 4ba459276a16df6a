//! Raking: a table of people fitted to the totals that are published, cell by cell and then person by person.
//!
//! A census says how age, sex and ethnic group go together in a region; for a neighbourhood only the totals of each are
//! published. Iterative proportional fitting scales the known table to one margin after the other until all agree; it keeps
//! the odds ratios of the table it starts from. [`Raking::whole`] then rounds to whole people without changing any margin.
//! Many zones with one starting table are fitted together, and a zone's answer does not depend on its neighbours.
//!
//! Methods: [raking](../../../docs/book/methods.md#raking).

mod refusal;
mod sweep;
mod whole;

pub use refusal::{BadFrame, NoRaking};
pub use whole::Whole;

/// Sweeps after which a zone that has not settled is given up.
const MOST_SWEEPS: u32 = 2_000;
/// Largest difference from a margin that counts as none, as a share of the zone's total.
const TOLERANCE: f64 = 1e-12;

/// The frame of a table (how many levels each axis has) and its margins (which axes each one keeps).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raking {
    cells: usize,
    margins: Vec<Margin>,
}

/// One margin: how many totals it has, to which of them each cell of the table belongs, and the cells under each.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Margin {
    size: usize,
    of_cell: Vec<u32>,
    /// All cells, those under the first total first.
    order: Vec<u32>,
    /// Where the cells of each total begin in that order, and one end more.
    begins: Vec<usize>,
}

/// Fitted tables, zone after zone, each in the order of the frame (last axis fastest).
#[derive(Debug, Clone, PartialEq)]
pub struct Raked {
    /// All cells; those of a zone that was refused are 0.
    pub cells: Vec<f64>,
    /// For each zone how it settled, or why it could not.
    pub zones: Vec<Result<Settled, NoRaking>>,
}

/// How a zone settled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settled {
    /// Times that every margin was scaled.
    pub sweeps: u32,
    /// Largest difference left between a margin and its total, in people.
    pub gap: f64,
}

impl Raking {
    /// A frame with its margins; the totals of a margin are given in the order of its axes, the last one fastest.
    ///
    /// # Errors
    /// No axis, an axis without levels, no margin, or a margin that names an axis twice or one that is not there.
    pub fn new(levels: &[usize], margins: &[&[usize]]) -> Result<Self, BadFrame> {
        let cells = levels.iter().product();
        if levels.is_empty() || cells == 0 {
            return Err(BadFrame::NoCells);
        }
        if margins.is_empty() {
            return Err(BadFrame::NoMargin);
        }
        let margins =
            margins.iter().map(|axes| Margin::new(levels, axes)).collect::<Result<_, _>>()?;
        Ok(Self { cells, margins })
    }

    /// How many cells a table has.
    #[must_use]
    pub const fn cells(&self) -> usize {
        self.cells
    }

    /// How many totals each margin has.
    pub fn sizes(&self) -> impl Iterator<Item = usize> + '_ {
        self.margins.iter().map(|margin| margin.size)
    }

    /// Fits the starting table to the totals of every zone: for each margin the totals of all zones, one zone after the other.
    ///
    /// # Example
    /// ```
    /// use stats::raking::Raking;
    /// let raking = Raking::new(&[2, 2], &[&[0], &[1]]).unwrap();
    /// let raked = raking.rake(&[1.0, 1.0, 1.0, 1.0], &[&[30.0, 10.0], &[20.0, 20.0]]);
    /// assert_eq!(raked.cells, [15.0, 15.0, 5.0, 5.0]);
    /// ```
    ///
    /// # Panics
    /// When the starting table has not as many cells as the frame, a weight is below nought or not a number, or the totals
    /// are not whole zones: the caller has a bug.
    ///
    /// # Source
    /// `deming_stephan_1940`
    #[must_use]
    pub fn rake(&self, start: &[f64], totals: &[&[f64]]) -> Raked {
        assert_eq!(start.len(), self.cells, "the starting table has the cells of the frame");
        assert!(start.iter().all(|weight| *weight >= 0.0), "weights are not below nought");
        let zones = self.zones(totals);
        sweep::all(self, start, totals, zones)
    }

    /// How many zones the totals are of.
    fn zones(&self, totals: &[&[f64]]) -> usize {
        assert_eq!(totals.len(), self.margins.len(), "totals are given for every margin");
        let zones = totals[0].len() / self.margins[0].size;
        for (margin, totals) in self.margins.iter().zip(totals) {
            assert_eq!(totals.len(), zones * margin.size, "every margin has totals for every zone");
        }
        zones
    }
}

impl Margin {
    fn new(levels: &[usize], axes: &[usize]) -> Result<Self, BadFrame> {
        for (position, axis) in axes.iter().enumerate() {
            if *axis >= levels.len() {
                return Err(BadFrame::UnknownAxis(*axis));
            }
            if axes[..position].contains(axis) {
                return Err(BadFrame::RepeatedAxis(*axis));
            }
        }
        let cells: usize = levels.iter().product();
        let of_cell: Vec<u32> =
            (0..cells).map(|cell| margin_cell(cell, levels, axes) as u32).collect();
        let size = axes.iter().map(|axis| levels[*axis]).product();
        let mut order: Vec<u32> = (0..cells as u32).collect();
        order.sort_by_key(|cell| of_cell[*cell as usize]);
        let before =
            |total: usize| order.partition_point(|cell| (of_cell[*cell as usize] as usize) < total);
        let begins = (0..=size).map(before).collect();
        Ok(Self { size, of_cell, order, begins })
    }
}

/// The total of a margin to which a cell belongs.
fn margin_cell(cell: usize, levels: &[usize], axes: &[usize]) -> usize {
    let level = |axis: usize| {
        let below: usize = levels[axis + 1..].iter().product();
        cell / below % levels[axis]
    };
    axes.iter().fold(0, |place, axis| place * levels[*axis] + level(*axis))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Key, Stream};

    fn sums(raking: &Raking, cells: &[f64], margin: usize) -> Vec<f64> {
        let margin = &raking.margins[margin];
        let mut sums = vec![0.0; margin.size];
        for (cell, place) in cells.iter().zip(&margin.of_cell) {
            sums[*place as usize] += cell;
        }
        sums
    }

    /// A starting table and the margins of another table, so that they can be met.
    fn example(levels: &[usize], margins: &[&[usize]]) -> (Raking, Vec<f64>, Vec<Vec<f64>>) {
        let raking = Raking::new(levels, margins).unwrap();
        let mut stream = Stream::new(Key { seed: 5, decision: 1, unit: 0, time: 0 });
        let mut table = || -> Vec<f64> {
            (0..raking.cells()).map(|_| f64::from(1 + stream.below(20))).collect()
        };
        let (start, other) = (table(), table());
        let totals = (0..margins.len()).map(|margin| sums(&raking, &other, margin)).collect();
        (raking, start, totals)
    }

    #[test]
    fn every_margin_is_met() {
        let margins: [&[usize]; 3] = [&[0, 1], &[2], &[1, 2]];
        let (raking, start, totals) = example(&[5, 2, 3], &margins);
        let given: Vec<&[f64]> = totals.iter().map(Vec::as_slice).collect();
        let raked = raking.rake(&start, &given);
        raked.zones[0].unwrap();
        for (margin, totals) in totals.iter().enumerate() {
            for (sum, total) in sums(&raking, &raked.cells, margin).iter().zip(totals) {
                assert!((sum - total).abs() < 1e-9, "{sum} {total}");
            }
        }
    }

    #[test]
    fn odds_ratios_of_the_start_are_kept() {
        let raking = Raking::new(&[2, 2], &[&[0], &[1]]).unwrap();
        let raked = raking.rake(&[8.0, 1.0, 3.0, 2.0], &[&[70.0, 30.0], &[40.0, 60.0]]);
        let [a, b, c, d] = raked.cells[..] else { unreachable!() };
        assert!((a * d / (b * c) - 16.0 / 3.0).abs() < 1e-9);
    }

    #[test]
    fn the_order_of_axes_is_the_order_of_totals() {
        let raking = Raking::new(&[2, 3], &[&[1, 0]]).unwrap();
        let raked = raking.rake(&[1.0; 6], &[&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]]);
        assert_eq!(raked.cells, [1.0, 3.0, 5.0, 2.0, 4.0, 6.0]);
    }

    #[test]
    fn a_zone_does_not_depend_on_its_neighbours() {
        let margins: [&[usize]; 2] = [&[0], &[1]];
        let raking = Raking::new(&[2, 2], &margins).unwrap();
        let start = [8.0, 1.0, 3.0, 2.0];
        let rows: Vec<f64> = (0..11).flat_map(|zone| [f64::from(zone) * 3.0 + 1.0, 9.0]).collect();
        let columns: Vec<f64> = (0..11).flat_map(|zone| [f64::from(zone) * 3.0, 10.0]).collect();
        let together = raking.rake(&start, &[&rows, &columns]);
        for zone in 0..11 {
            let alone = raking.rake(&start, &[&rows[zone * 2..][..2], &columns[zone * 2..][..2]]);
            assert_eq!(alone.cells, together.cells[zone * 4..][..4]);
            assert_eq!(alone.zones[0], together.zones[zone]);
        }
    }

    #[test]
    fn margins_that_disagree_are_refused_and_named() {
        let raking = Raking::new(&[2, 2], &[&[0], &[1]]).unwrap();
        let raked = raking.rake(&[1.0; 4], &[&[5.0, 5.0], &[5.0, 6.0]]);
        let expected = NoRaking::Disagree { margin: 1, sum: 11.0, first: 10.0 };
        assert_eq!((raked.zones[0], raked.cells), (Err(expected), vec![0.0; 4]));
    }

    #[test]
    fn a_row_of_noughts_under_a_positive_total_is_refused_and_named() {
        let raking = Raking::new(&[2, 2], &[&[0], &[1]]).unwrap();
        let raked = raking.rake(&[1.0, 1.0, 0.0, 0.0], &[&[5.0, 5.0], &[5.0, 5.0]]);
        assert_eq!(raked.zones[0], Err(NoRaking::NobodyToScale { margin: 0, cell: 1, total: 5.0 }));
    }

    #[test]
    fn margins_that_no_table_can_meet_do_not_settle() {
        let raking = Raking::new(&[2, 2], &[&[0], &[1]]).unwrap();
        let raked = raking.rake(&[1.0, 0.0, 1.0, 1.0], &[&[8.0, 2.0], &[5.0, 5.0]]);
        assert!(matches!(raked.zones[0], Err(NoRaking::Unsettled { .. })), "{:?}", raked.zones);
    }

    #[test]
    fn an_empty_zone_is_a_table_of_noughts() {
        let raking = Raking::new(&[2, 2], &[&[0], &[1]]).unwrap();
        let raked = raking.rake(&[1.0; 4], &[&[0.0, 0.0], &[0.0, 0.0]]);
        assert_eq!((raked.zones[0].is_ok(), raked.cells), (true, vec![0.0; 4]));
    }

    #[test]
    fn frames_that_make_no_sense_are_refused() {
        assert_eq!(Raking::new(&[2, 0], &[&[0]]), Err(BadFrame::NoCells));
        assert_eq!(Raking::new(&[2], &[]), Err(BadFrame::NoMargin));
        assert_eq!(Raking::new(&[2], &[&[1]]), Err(BadFrame::UnknownAxis(1)));
        assert_eq!(Raking::new(&[2, 2], &[&[1, 1]]), Err(BadFrame::RepeatedAxis(1)));
    }
}

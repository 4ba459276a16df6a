//! The sweeps over the margins, eight zones side by side.

use rayon::prelude::*;

use super::{MOST_SWEEPS, NoRaking, Raked, Raking, Settled, TOLERANCE};

/// Zones fitted side by side: the processor does the same with each.
const ABREAST: usize = 8;

/// One figure for each zone of a block.
type Lanes = [f64; ABREAST];

/// Fits all zones, block by block on all threads.
pub(super) fn all(raking: &Raking, start: &[f64], totals: &[&[f64]], zones: usize) -> Raked {
    let mut cells = vec![0.0; zones * raking.cells];
    let settled: Vec<Vec<Result<Settled, NoRaking>>> = cells
        .par_chunks_mut(raking.cells * ABREAST)
        .enumerate()
        .map_init(
            || Block::new(raking),
            |block, (number, out)| block.fit(raking, start, totals, number * ABREAST, out),
        )
        .collect();
    Raked { cells, zones: settled.into_iter().flatten().collect() }
}

/// The working memory of a block of zones.
struct Block {
    cells: Vec<Lanes>,
    /// For each margin what the cells add up to.
    sums: Vec<Vec<Lanes>>,
    targets: Vec<Vec<Lanes>>,
    factors: Vec<Lanes>,
}

/// What is known of each zone of a block during the sweeps.
struct Progress {
    outcome: [Option<Result<Settled, NoRaking>>; ABREAST],
    tolerance: Lanes,
    /// The largest difference from a margin since the sweep began.
    gap: Lanes,
    /// The margin and total of that difference; looked for in the last sweep only.
    place: [(usize, usize); ABREAST],
    is_last: bool,
}

impl Block {
    fn new(raking: &Raking) -> Self {
        let lanes = |size: usize| vec![[0.0; ABREAST]; size];
        let margins = || raking.sizes().map(lanes).collect::<Vec<_>>();
        let widest = raking.sizes().max().unwrap_or_default();
        Self {
            cells: lanes(raking.cells),
            sums: margins(),
            targets: margins(),
            factors: lanes(widest),
        }
    }

    /// Fits the zones from `first` on and writes their cells, zone after zone.
    fn fit(
        &mut self,
        raking: &Raking,
        start: &[f64],
        totals: &[&[f64]],
        first: usize,
        out: &mut [f64],
    ) -> Vec<Result<Settled, NoRaking>> {
        let zones = out.len() / raking.cells;
        let mut progress = self.begin(raking, start, totals, first, zones);
        for sweep in 0..=MOST_SWEEPS {
            progress.is_last = sweep + 1 >= MOST_SWEEPS;
            progress.settle(sweep, &self.sums[0], &self.targets[0]);
            if progress.outcome.iter().all(Option::is_some) {
                break;
            }
            for margin in 0..raking.margins.len() {
                self.scale(raking, margin, &mut progress);
            }
        }
        let outcomes = progress.finish();
        for (zone, (out, outcome)) in out.chunks_mut(raking.cells).zip(&outcomes).enumerate() {
            if outcome.is_ok() {
                for (out, cell) in out.iter_mut().zip(&self.cells) {
                    *out = cell[zone];
                }
            }
        }
        outcomes.into_iter().take(zones).collect()
    }

    /// Every zone at the starting table; lanes without a zone, and zones with totals that cannot be met, are settled at once.
    fn begin(
        &mut self,
        raking: &Raking,
        start: &[f64],
        totals: &[&[f64]],
        first: usize,
        zones: usize,
    ) -> Progress {
        let mut progress = Progress {
            outcome: [Some(Ok(Settled { sweeps: 0, gap: 0.0 })); ABREAST],
            tolerance: [0.0; ABREAST],
            gap: [0.0; ABREAST],
            place: [(0, 0); ABREAST],
            is_last: false,
        };
        for zone in 0..zones {
            let of_zone = |margin: usize| {
                let size = raking.margins[margin].size;
                &totals[margin][(first + zone) * size..][..size]
            };
            progress.outcome[zone] = check(raking.margins.len(), of_zone).err().map(Err);
            progress.tolerance[zone] = TOLERANCE * of_zone(0).iter().sum::<f64>();
            for (margin, targets) in self.targets.iter_mut().enumerate() {
                for (target, total) in targets.iter_mut().zip(of_zone(margin)) {
                    target[zone] = *total;
                }
            }
        }
        for (cell, weight) in self.cells.iter_mut().zip(start) {
            *cell = [*weight; ABREAST];
        }
        self.sums[0].fill([0.0; ABREAST]);
        for (cell, place) in self.cells.iter().zip(&raking.margins[0].of_cell) {
            add(&mut self.sums[0][*place as usize], cell);
        }
        progress
    }

    /// Scales all cells to a margin whose sums are known, adding up the next margin on the way.
    fn scale(&mut self, raking: &Raking, margin: usize, progress: &mut Progress) {
        let next = (margin + 1) % raking.margins.len();
        let is_between = margin > 0 && next > 0;
        let sums = &self.sums[margin];
        for (place, (sum, target)) in sums.iter().zip(&self.targets[margin]).enumerate() {
            if is_between {
                progress.measure((margin, place), sum, target);
            }
            self.factors[place] = progress.factors((margin, place), sum, target);
        }
        let places = raking.margins[margin].of_cell.iter().zip(&raking.margins[next].of_cell);
        let sums = &mut self.sums[next];
        sums.fill([0.0; ABREAST]);
        for (cell, (place, next)) in self.cells.iter_mut().zip(places) {
            let factor = &self.factors[*place as usize];
            for lane in 0..ABREAST {
                cell[lane] *= factor[lane];
            }
            add(&mut sums[*next as usize], cell);
        }
    }
}

fn add(sum: &mut Lanes, cell: &Lanes) {
    for lane in 0..ABREAST {
        sum[lane] += cell[lane];
    }
}

impl Progress {
    /// Notes which zones meet every margin: the last one was just met, the first one is measured now, those between
    /// were measured on the way.
    fn settle(&mut self, sweeps: u32, sums: &[Lanes], targets: &[Lanes]) {
        for (place, (sum, target)) in sums.iter().zip(targets).enumerate() {
            self.measure((0, place), sum, target);
        }
        for zone in 0..ABREAST {
            let gap = self.gap[zone];
            if self.outcome[zone].is_none() && sweeps > 0 && gap <= self.tolerance[zone] {
                self.outcome[zone] = Some(Ok(Settled { sweeps, gap }));
            }
        }
        if sweeps < MOST_SWEEPS {
            self.gap = [0.0; ABREAST];
        }
    }

    fn measure(&mut self, place: (usize, usize), sum: &Lanes, target: &Lanes) {
        for zone in 0..ABREAST {
            let gap = (target[zone] - sum[zone]).abs();
            if self.is_last && gap > self.gap[zone] {
                self.place[zone] = place;
            }
            self.gap[zone] = self.gap[zone].max(gap);
        }
    }

    /// What the cells under one total are multiplied with; 1 in a zone that is settled.
    fn factors(&mut self, place: (usize, usize), sum: &Lanes, target: &Lanes) -> Lanes {
        let mut factors = [1.0; ABREAST];
        for zone in 0..ABREAST {
            if self.outcome[zone].is_some() {
                continue;
            }
            if sum[zone] > 0.0 {
                factors[zone] = target[zone] / sum[zone];
            } else if target[zone] > 0.0 {
                let (margin, cell) = place;
                let refusal = NoRaking::NobodyToScale { margin, cell, total: target[zone] };
                self.outcome[zone] = Some(Err(refusal));
            }
        }
        factors
    }

    fn finish(self) -> Vec<Result<Settled, NoRaking>> {
        let unsettled = |zone: usize| {
            let (margin, cell) = self.place[zone];
            Err(NoRaking::Unsettled { margin, cell, gap: self.gap[zone] })
        };
        let zones = self.outcome.iter().enumerate();
        zones.map(|(zone, outcome)| outcome.unwrap_or_else(|| unsettled(zone))).collect()
    }
}

/// Totals that are counts and agree with each other.
fn check<'a>(margins: usize, totals: impl Fn(usize) -> &'a [f64]) -> Result<(), NoRaking> {
    for margin in 0..margins {
        if let Some(cell) =
            totals(margin).iter().position(|total| !(0.0..f64::INFINITY).contains(total))
        {
            return Err(NoRaking::BadTotal { margin, cell });
        }
        let [first, sum] = [0, margin].map(|margin| totals(margin).iter().sum::<f64>());
        if (sum - first).abs() > 1e-9 * first {
            return Err(NoRaking::Disagree { margin, sum, first });
        }
    }
    Ok(())
}

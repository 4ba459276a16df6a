//! The sweeps over the margins, eight zones side by side.
//!
//! The cells themselves are never written during the sweeps: a cell is its starting weight times one factor of each margin,
//! so that a margin is met by dividing its totals by what the weights and the factors of the other margins add up to.

use rayon::prelude::*;

use super::{MOST_SWEEPS, Margin, NoRaking, Raked, Raking, Settled, TOLERANCE};

/// Zones fitted side by side: the processor does the same with each.
const ABREAST: usize = 8;

/// Factors beyond which margins only pull against each other.
const WITHIN_REACH: std::ops::Range<f64> = 1e-100..1e100;

/// Of a zone that has its outcome.
const SHUT: u64 = 0;

/// One figure for each zone of a block.
type Lanes = [f64; ABREAST];

/// Fits all zones, block by block on all threads.
pub(super) fn all(raking: &Raking, start: &[f64], totals: &[&[f64]], zones: usize) -> Raked {
    let mut cells = vec![0.0; zones * raking.cells];
    let views: Vec<View> = (0..raking.margins.len()).map(|m| View::new(raking, m, start)).collect();
    let settled: Vec<Vec<Result<Settled, NoRaking>>> = cells
        .par_chunks_mut(raking.cells * ABREAST)
        .enumerate()
        .map_init(
            || Block::new(raking),
            |block, (number, out)| block.fit(raking, &views, totals, number * ABREAST, out),
        )
        .collect();
    Raked { cells, zones: settled.into_iter().flatten().collect() }
}

/// The table as one margin sees it: its cells in the order of the totals they are under.
struct View<'a> {
    begins: &'a [usize],
    /// Starting weights in that order.
    weights: Vec<f64>,
    /// For each other margin its number, and in that order the total that each cell is under.
    others: Vec<(usize, Vec<u32>)>,
}

impl<'a> View<'a> {
    fn new(raking: &'a Raking, margin: usize, start: &[f64]) -> Self {
        let Margin { order, begins, .. } = &raking.margins[margin];
        let in_order = |of_cell: &[u32]| order.iter().map(|cell| of_cell[*cell as usize]).collect();
        let others = raking.margins.iter().enumerate().filter(|(other, _)| *other != margin);
        Self {
            begins,
            weights: order.iter().map(|cell| start[*cell as usize]).collect(),
            others: others.map(|(other, margin)| (other, in_order(&margin.of_cell))).collect(),
        }
    }

    /// What the cells under a total add up to before this margin's own factor.
    fn sum(&self, total: usize, factors: &[Vec<Lanes>]) -> Lanes {
        let cells = self.begins[total]..self.begins[total + 1];
        let weights = &self.weights[cells.clone()];
        let mut sum = [0.0; ABREAST];
        if let [(other, places)] = self.others.as_slice() {
            let factors = &factors[*other];
            for (weight, place) in weights.iter().zip(&places[cells]) {
                let factor = &factors[*place as usize];
                for lane in 0..ABREAST {
                    sum[lane] += weight * factor[lane];
                }
            }
            return sum;
        }
        for (position, weight) in cells.zip(weights) {
            let mut cell = [*weight; ABREAST];
            for (other, places) in &self.others {
                multiply(&mut cell, &factors[*other][places[position] as usize]);
            }
            for lane in 0..ABREAST {
                sum[lane] += cell[lane];
            }
        }
        sum
    }
}

/// The working memory of a block of zones: for each margin its totals, its factors, and what its cells add up to without
/// them.
struct Block {
    targets: Vec<Vec<Lanes>>,
    factors: Vec<Vec<Lanes>>,
    sums: Vec<Lanes>,
}

/// What is known of each zone of a block during the sweeps.
struct Progress {
    outcome: [Option<Result<Settled, NoRaking>>; ABREAST],
    /// For each zone all bits while it has no outcome yet, then none.
    open: [u64; ABREAST],
    tolerance: Lanes,
    /// The largest difference from a margin since the sweep began.
    gap: Lanes,
    /// The margin and total of that difference; looked for in the last sweep only.
    place: [(usize, usize); ABREAST],
    is_last: bool,
}

impl Block {
    fn new(raking: &Raking) -> Self {
        let margins = || raking.sizes().map(|size| vec![[0.0; ABREAST]; size]).collect();
        let widest = raking.sizes().max().unwrap_or_default();
        Self { targets: margins(), factors: margins(), sums: vec![[0.0; ABREAST]; widest] }
    }

    /// Fits the zones from `first` on and writes their cells, zone after zone.
    fn fit(
        &mut self,
        raking: &Raking,
        views: &[View<'_>],
        totals: &[&[f64]],
        first: usize,
        out: &mut [f64],
    ) -> Vec<Result<Settled, NoRaking>> {
        let zones = out.len() / raking.cells;
        let mut progress = self.begin(raking, totals, first, zones);
        for sweep in 0..=MOST_SWEEPS {
            progress.is_last = sweep + 1 >= MOST_SWEEPS;
            self.add_up(&views[0], 0, Some(&mut progress));
            progress.settle(sweep);
            if progress.open == [SHUT; ABREAST] {
                break;
            }
            for (margin, view) in views.iter().enumerate() {
                if margin > 0 {
                    let is_between = margin + 1 < views.len();
                    self.add_up(view, margin, is_between.then_some(&mut progress));
                }
                self.scale(margin, &mut progress);
            }
        }
        let outcomes = progress.finish();
        self.write(raking, &views[0], &outcomes, out);
        outcomes.into_iter().take(zones).collect()
    }

    /// Every zone at the starting table; lanes without a zone, and zones with totals that cannot be met, are settled at once.
    fn begin(
        &mut self,
        raking: &Raking,
        totals: &[&[f64]],
        first: usize,
        zones: usize,
    ) -> Progress {
        let mut progress = Progress {
            outcome: [Some(Ok(Settled { sweeps: 0, gap: 0.0 })); ABREAST],
            open: [SHUT; ABREAST],
            tolerance: [0.0; ABREAST],
            gap: [0.0; ABREAST],
            place: [(0, 0); ABREAST],
            is_last: false,
        };
        for factors in &mut self.factors {
            factors.fill([1.0; ABREAST]);
        }
        for zone in 0..zones {
            let of_zone = |margin: usize| {
                let size = raking.margins[margin].size;
                &totals[margin][(first + zone) * size..][..size]
            };
            let people = check(raking.margins.len(), of_zone);
            progress.open[zone] = if people.is_ok() { !SHUT } else { SHUT };
            progress.tolerance[zone] = TOLERANCE * people.unwrap_or_default();
            progress.outcome[zone] = people.err().map(Err);
            for (margin, targets) in self.targets.iter_mut().enumerate() {
                for (target, total) in targets.iter_mut().zip(of_zone(margin)) {
                    target[zone] = *total;
                }
            }
        }
        progress
    }

    /// Adds up the cells of a margin without its own factors, and measures how far from its totals they are with them.
    fn add_up(&mut self, view: &View<'_>, margin: usize, mut progress: Option<&mut Progress>) {
        for (total, target) in self.targets[margin].iter().enumerate() {
            let sum = view.sum(total, &self.factors);
            self.sums[total] = sum;
            if let Some(progress) = &mut progress {
                let mut found = sum;
                multiply(&mut found, &self.factors[margin][total]);
                progress.measure((margin, total), &found, target);
            }
        }
    }

    /// Sets the factors of a margin so that its totals are met.
    fn scale(&mut self, margin: usize, progress: &mut Progress) {
        let totals = self.sums.iter().zip(&self.targets[margin]);
        for (total, (factor, (sum, target))) in
            self.factors[margin].iter_mut().zip(totals).enumerate()
        {
            progress.set((margin, total), factor, sum, target);
        }
    }

    /// The cells of the zones that settled: weights times factors.
    fn write(
        &self,
        raking: &Raking,
        view: &View<'_>,
        outcomes: &[Result<Settled, NoRaking>],
        out: &mut [f64],
    ) {
        let zones = out.len() / raking.cells;
        for (cell, weight) in raking.margins[0].order.iter().zip(&view.weights) {
            let cell = *cell as usize;
            let mut people = [*weight; ABREAST];
            for (margin, factors) in raking.margins.iter().zip(&self.factors) {
                multiply(&mut people, &factors[margin.of_cell[cell] as usize]);
            }
            for (zone, outcome) in outcomes.iter().enumerate().take(zones) {
                if outcome.is_ok() {
                    out[zone * raking.cells + cell] = people[zone];
                }
            }
        }
    }
}

fn multiply(lanes: &mut Lanes, by: &Lanes) {
    for lane in 0..ABREAST {
        lanes[lane] *= by[lane];
    }
}

impl Progress {
    /// Notes which zones meet every margin: the last one was just met, the others were measured on the way.
    fn settle(&mut self, sweeps: u32) {
        for zone in 0..ABREAST {
            let gap = self.gap[zone];
            if self.open[zone] != SHUT && sweeps > 0 && gap <= self.tolerance[zone] {
                self.close(zone, Ok(Settled { sweeps, gap }));
            }
        }
        if sweeps < MOST_SWEEPS {
            self.gap = [0.0; ABREAST];
        }
    }

    fn close(&mut self, zone: usize, outcome: Result<Settled, NoRaking>) {
        self.outcome[zone] = Some(outcome);
        self.open[zone] = SHUT;
    }

    fn measure(&mut self, place: (usize, usize), sum: &Lanes, target: &Lanes) {
        let before = self.gap;
        for zone in 0..ABREAST {
            let gap = (target[zone] - sum[zone]).abs();
            self.gap[zone] = if gap > before[zone] { gap } else { before[zone] };
        }
        if self.is_last {
            for (zone, before) in before.into_iter().enumerate() {
                if self.gap[zone] > before {
                    self.place[zone] = place;
                }
            }
        }
    }

    /// Sets the factor of a total; in a zone that is settled it stays. Where nothing is amiss in any zone, all are set at once.
    fn set(&mut self, place: (usize, usize), factor: &mut Lanes, sum: &Lanes, target: &Lanes) {
        let (mut scaled, mut is_sound) = ([0.0; ABREAST], true);
        for zone in 0..ABREAST {
            scaled[zone] = target[zone] / sum[zone];
            let is_large = scaled[zone] >= WITHIN_REACH.start || target[zone] <= 0.0;
            is_sound &= is_large && scaled[zone] < WITHIN_REACH.end;
        }
        if !is_sound {
            return self.set_one_by_one(place, factor, sum, target);
        }
        for zone in 0..ABREAST {
            let [new, old] = [scaled[zone], factor[zone]].map(f64::to_bits);
            factor[zone] = f64::from_bits((new & self.open[zone]) | (old & !self.open[zone]));
        }
    }

    fn set_one_by_one(
        &mut self,
        place: (usize, usize),
        factor: &mut Lanes,
        sum: &Lanes,
        target: &Lanes,
    ) {
        for zone in 0..ABREAST {
            if self.open[zone] == SHUT {
                continue;
            }
            let (margin, cell) = place;
            let (target, sum) = (target[zone], sum[zone]);
            if sum > 0.0 {
                let gap = (target - factor[zone] * sum).abs();
                factor[zone] = target / sum;
                if target > 0.0 && !WITHIN_REACH.contains(&factor[zone]) {
                    self.close(zone, Err(NoRaking::Unsettled { margin, cell, gap }));
                }
            } else if target > 0.0 {
                self.close(zone, Err(NoRaking::NobodyToScale { margin, cell, total: target }));
            }
        }
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

/// Totals that are counts and agree with each other; how many people they are of.
fn check<'a>(margins: usize, totals: impl Fn(usize) -> &'a [f64]) -> Result<f64, NoRaking> {
    let first = totals(0).iter().sum::<f64>();
    for margin in 0..margins {
        let is_count = |total: &f64| (0.0..f64::INFINITY).contains(total);
        if let Some(cell) = totals(margin).iter().position(|total| !is_count(total)) {
            return Err(NoRaking::BadTotal { margin, cell });
        }
        let sum = if margin == 0 { first } else { totals(margin).iter().sum() };
        if (sum - first).abs() > 1e-9 * first {
            return Err(NoRaking::Disagree { margin, sum, first });
        }
    }
    Ok(first)
}

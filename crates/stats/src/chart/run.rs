//! Run charts: a median, the longest run on one side of it, and how often the line crosses it.

use crate::figure::NoFigure;

/// A run chart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RunChart {
    /// The median of all figures.
    pub median: f64,
    /// Figures that do not lie on the median.
    pub useful: usize,
    /// Most neighbours on one side of the median, those on it being passed over.
    pub longest_run: usize,
    /// A longer run than this says that the process moved.
    pub longest_usual: usize,
    /// How often the line crosses the median.
    pub crossings: usize,
    /// Fewer crossings than this say that the process moved.
    pub fewest_usual: usize,
}

impl RunChart {
    /// Whether the figures vary by more than chance would.
    #[must_use]
    pub const fn is_signal(&self) -> bool {
        self.longest_run > self.longest_usual || self.crossings < self.fewest_usual
    }
}

/// The run chart of a series; values that are not finite are periods without a figure, and no run reaches over them.
///
/// Equation: [`methods.md#run-charts`](../../../docs/book/methods.md#run-charts).
///
/// # Errors
/// Fewer than ten figures that do not lie on the median.
///
/// # Source
/// `anhoej_2014`
pub fn run_chart(values: &[f64]) -> Result<RunChart, NoFigure> {
    const FEWEST: usize = 10;
    let known: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    let median = median(&known);
    let (mut useful, mut longest_run, mut crossings, mut run) = (0, 0, 0, 0);
    let mut before: Option<bool> = None;
    for value in values {
        if value.is_nan() {
            (run, before) = (0, None);
        }
        if value - median == 0.0 || !value.is_finite() {
            continue;
        }
        let above = *value > median;
        useful += 1;
        crossings += usize::from(before.is_some_and(|before| before != above));
        run = if before == Some(above) { run + 1 } else { 1 };
        longest_run = longest_run.max(run);
        before = Some(above);
    }
    if useful < FEWEST {
        return Err(NoFigure::TooFewValues);
    }
    let longest_usual = (libm::log2(useful as f64) + 3.0).round() as usize;
    let fewest_usual = fewest_crossings(useful - 1);
    Ok(RunChart { median, useful, longest_run, longest_usual, crossings, fewest_usual })
}

/// The middle of values, between the two middle ones where their number is even.
pub(super) fn median(values: &[f64]) -> f64 {
    let mut ordered = values.to_vec();
    ordered.sort_by(f64::total_cmp);
    let middle = ordered.len() / 2;
    match (ordered.get(middle), ordered.len() % 2) {
        (Some(value), 1) => *value,
        (Some(value), _) => f64::midpoint(ordered[middle - 1], *value),
        (None, _) => f64::NAN,
    }
}

/// The fewest crossings of so many that a fair coin gives with a chance of at least 5% of that many or fewer.
fn fewest_crossings(chances: usize) -> usize {
    let mut term = libm::pow(0.5, chances as f64);
    let mut sum = term;
    let mut crossings = 0;
    while sum < 0.05 && crossings < chances {
        term *= (chances - crossings) as f64 / (crossings + 1) as f64;
        crossings += 1;
        sum += term;
    }
    crossings
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The published table: longest usual runs of 10 to 91 figures, and the fewest usual crossings by the binomial law.
    #[test]
    fn the_published_bounds_are_those_of_the_table() {
        let bounds = |useful: usize| {
            let values: Vec<f64> = (0..useful).map(|at| (at % 2) as f64).collect();
            let chart = run_chart(&values).unwrap();
            (chart.longest_usual, chart.fewest_usual)
        };
        let table =
            [(10, 6), (11, 6), (12, 7), (22, 7), (23, 8), (45, 8), (46, 9), (90, 9), (91, 10)];
        for (useful, longest) in table.into_iter().filter(|(useful, _)| useful % 2 == 0) {
            assert_eq!(bounds(useful).0, longest, "{useful}");
        }
        assert_eq!([10, 12, 20, 24, 30].map(|useful| bounds(useful).1), [2, 3, 6, 8, 10]);
    }

    /// 24 figures with a longest run of five and thirteen crossings, counted by hand.
    #[test]
    fn runs_and_crossings_are_counted() {
        let sides = [1, 1, 0, 1, 0, 0, 1, 0, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 0, 1, 1, 0, 1, 0];
        let values = sides.map(f64::from);
        let chart = run_chart(&values).unwrap();
        assert!((chart.median - 0.5).abs() < 1e-12);
        assert_eq!((chart.useful, chart.longest_run, chart.crossings), (24, 5, 13));
        assert!(!chart.is_signal());
        let mut moved = [1.0; 24];
        moved[12..].fill(2.0);
        let chart = run_chart(&moved).unwrap();
        assert_eq!((chart.longest_run, chart.crossings, chart.is_signal()), (12, 1, true));
    }

    #[test]
    fn a_figure_on_the_median_is_passed_over_and_a_gap_ends_a_run() {
        let mut values = [1., 2., 3., 4., 5., 6., 7., 8., 9., 10., 11.];
        let chart = run_chart(&values).unwrap();
        assert_eq!((chart.useful, chart.longest_run), (10, 5));
        values[5] = f64::NAN;
        assert_eq!(run_chart(&values).unwrap().longest_run, 5);
        values[2] = f64::NAN;
        assert!(run_chart(&values).is_err());
    }
}

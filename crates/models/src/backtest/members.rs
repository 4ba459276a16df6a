//! What each way of forecasting has learnt of a panel at an origin.

use stats::NoFigure;
use stats::forecast::{
    Pattern, Pooled, Theta, common_weight, last_year, pattern, recent_growth, simple, theta,
};

use super::Settings;
use super::panel::{Panel, calendar_month};

/// Ways of forecasting that are taken together.
pub(super) const MEMBERS: usize = 4;
/// The place of the pooled level among them.
pub(super) const POOLED: usize = 0;

/// What was learnt from the months before an origin.
pub(super) struct Learnt {
    pooled: Pooled,
    pattern: Pattern,
    growth: f64,
    seen: usize,
    /// January as 0, of the first month.
    first: usize,
    /// Of each series of the panel; nothing of one that has no figure in the last month seen.
    own: Vec<Option<Own>>,
}

struct Own {
    /// Its place in the pooled fit.
    fitted: usize,
    /// A level whose weight and growth all share.
    shared: Theta,
    /// A level with weight and growth of its own.
    theta: Theta,
}

impl Learnt {
    /// From so many months of the panel, and the reference up to then.
    pub(super) fn of(panel: &Panel, seen: usize, settings: &Settings) -> Result<Self, NoFigure> {
        let (start, reference) = panel.reference_before(seen);
        let pattern = pattern(start, reference, settings.memory)?;
        let growth = recent_growth(reference)?;
        let first = calendar_month(panel.first);
        let open: Vec<usize> =
            (0..panel.series.len()).filter(|series| panel.is_known(*series, seen - 1)).collect();
        let past: Vec<&[f64]> = open.iter().map(|series| panel.past(*series, seen)).collect();
        let pooled = Pooled::fit(first, &past, pattern, settings.priors)?;
        let plain: Vec<Vec<f64>> = past.iter().map(|of| without(&pattern, first, of)).collect();
        let weight = common_weight(&plain.iter().map(Vec::as_slice).collect::<Vec<_>>())?;
        let mut own: Vec<Option<Own>> = panel.series.iter().map(|_| None).collect();
        for (fitted, (series, plain)) in open.into_iter().zip(&plain).enumerate() {
            let slope = pattern.yearly_growth / 12.0;
            let shared = Theta { smoothed: simple(plain, weight)?, slope };
            if let Some(place) = own.get_mut(series) {
                *place = Some(Own { fitted, shared, theta: theta(plain)? });
            }
        }
        Ok(Self { pooled, pattern, growth, seen, first, own })
    }

    /// What each member says of a series, and the spread that the pooled level gives itself.
    pub(super) fn members(
        &self,
        panel: &Panel,
        series: usize,
        horizon: usize,
    ) -> Option<([f64; MEMBERS], f64)> {
        let own = self.own.get(series)?.as_ref()?;
        let season = self.pattern.of(self.first + self.seen + horizon - 1);
        let pooled = self.pooled.ahead(own.fitted, horizon)?;
        let before = last_year(panel.past(series, self.seen), self.growth, horizon).ok()?;
        let shared = own.shared.ahead(horizon).centre + season;
        let theta = own.theta.ahead(horizon).centre + season;
        Some(([pooled.centre, shared, theta, before], pooled.spread))
    }

    /// The spread that the pooled level gives itself.
    pub(super) fn spread(&self, series: usize, horizon: usize) -> Option<f64> {
        let own = self.own.get(series)?.as_ref()?;
        Some(self.pooled.ahead(own.fitted, horizon)?.spread)
    }
}

fn without(pattern: &Pattern, first: usize, past: &[f64]) -> Vec<f64> {
    past.iter().enumerate().map(|(month, value)| value - pattern.of(first + month)).collect()
}

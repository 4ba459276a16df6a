//! When an effect could first be seen: before that a red flag says nothing.

use vocab::Month;

use crate::parameters::{Key, Values};

use super::result::Outlook;

/// Standard errors that an effect must reach to be seen four times in five at the usual five in a hundred.
const SEEN: f64 = 1.959_964 + 0.841_621;

/// When the effect of a scenario could be seen in an indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct Visible {
    /// The indicator.
    pub indicator: &'static str,
    /// Effect of the last year as a share of the baseline.
    pub effect: f64,
    /// Least effect of a year that could be seen, as a share of the baseline.
    pub least: f64,
    /// The month in which the figures of the first year that shows it are out; nothing where no year does.
    pub month: Option<Month>,
}

/// When a scenario could be told from its baseline, indicator by indicator; both have the same settings.
///
/// Method: [`methods.md#when-an-effect-can-be-seen`](../../../../docs/book/methods.md#when-an-effect-can-be-seen).
#[must_use]
pub fn visible(baseline: &Outlook, scenario: &Outlook, values: &Values) -> Vec<Visible> {
    let lag = |key: Key| values.get(key).round() as usize;
    let monthly = values.get(Key::NoiseOfAppointments) * SEEN * (2.0_f64 / 12.0).sqrt();
    let yearly = values.get(Key::NoiseOfGpFte) * SEEN * 2.0_f64.sqrt();
    vec![
        seen("appointments", baseline, scenario, 1, monthly, lag(Key::LagAppointments)),
        seen("qualified GPs", baseline, scenario, 2, yearly, lag(Key::LagWorkforce)),
    ]
}

fn seen(
    indicator: &'static str,
    baseline: &Outlook,
    scenario: &Outlook,
    figure: usize,
    least: f64,
    lag: usize,
) -> Visible {
    let mean = |outlook: &Outlook, year: usize| {
        let figures = outlook.draws.iter().filter_map(|draw| draw.people.get(year));
        figures.map(|of| of[figure]).sum::<f64>() / outlook.draws.len().max(1) as f64
    };
    let effect = |year: usize| mean(scenario, year) / mean(baseline, year) - 1.0;
    let years = baseline.settings.years as usize;
    let first = (1..=years).find(|year| effect(*year).abs() >= least);
    let month = first.map(|year| baseline.from.later((year * 12 - 1 + lag) as u32));
    Visible { indicator, effect: effect(years), least, month }
}

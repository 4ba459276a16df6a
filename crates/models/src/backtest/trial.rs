//! Forecasts from every month that leaves a past, by every method.

use rayon::prelude::*;
use stats::NoFigure;
use stats::forecast::{Ahead, seasonal_naive, smooth};
use vocab::Month;

use super::members::{Learnt, MEMBERS};
use super::panel::{Panel, month_after};
use super::record::{Record, Rule, Z80, reach};
use super::{PAST, Settings};

/// Farthest month forecast.
const FARTHEST: usize = 12;
/// Months after the first origin without which nothing is tested.
const LEAST: usize = 3;

/// Who forecasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// The four next ones together, weighed by their errors so far; or the first of them alone where it was nearer.
    Together,
    /// A wandering level with the months and growth of the reference.
    PooledLevel,
    /// A level that follows by a weight that all share, with the months and half of the growth of the reference.
    SharedLevel,
    /// The theta method with the months of the reference.
    Theta,
    /// The same month of the year before, with the growth of the reference.
    LastYear,
    /// The same month of the year before.
    SeasonalNaive,
    /// Damped exponential smoothing with a season.
    Smoothing,
}

impl Method {
    /// All of them, ours first.
    pub const ALL: [Self; 7] = [
        Self::Together,
        Self::PooledLevel,
        Self::SharedLevel,
        Self::Theta,
        Self::LastYear,
        Self::SeasonalNaive,
        Self::Smoothing,
    ];

    /// The word of tables and JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Together => "together",
            Self::PooledLevel => "pooled_level",
            Self::SharedLevel => "shared_level",
            Self::Theta => "theta",
            Self::LastYear => "last_year_with_growth",
            Self::SeasonalNaive => "seasonal_naive",
            Self::Smoothing => "exponential_smoothing",
        }
    }
}

/// What a method said of a month, in appointments.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Forecast {
    /// The middle.
    pub centre: f64,
    /// Lower end of what should hold eight of ten; nothing where the method cannot tell.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
}

impl Forecast {
    fn of(centre: f64, open_days: f64, reach: f64) -> Self {
        let at = |log: f64| libm::exp(log) * open_days;
        let reach = reach.is_finite().then_some(reach);
        Self {
            centre: at(centre),
            low: reach.map(|reach| at(centre - reach)),
            high: reach.map(|reach| at(centre + reach)),
        }
    }

    fn by_formula(ahead: Ahead, open_days: f64) -> Self {
        Self::of(ahead.centre, open_days, Z80 * ahead.spread)
    }
}

/// A month of one series, forecast by every method and known.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// Position of the series in its panel.
    pub series: usize,
    /// Last month seen.
    pub origin: Month,
    /// Months ahead.
    pub horizon: usize,
    /// Appointments held.
    pub actual: f64,
    /// Mean change from one month to the next in the past seen, per open day, in appointments of the month.
    pub scale: f64,
    /// In the order of [`Method::ALL`].
    pub forecasts: [Forecast; Method::ALL.len()],
}

/// Forecasts the chosen series of a panel from every month that leaves a past of thirteen months and a month to judge.
///
/// # Errors
/// In words, where there are too few months.
pub fn trials(panel: &Panel, chosen: &[usize]) -> Result<Vec<Trial>, String> {
    trials_with(panel, chosen, &Settings::default())
}

/// The same with other settings.
///
/// # Errors
/// In words, where there are too few months.
pub fn trials_with(
    panel: &Panel,
    chosen: &[usize],
    settings: &Settings,
) -> Result<Vec<Trial>, String> {
    let months = panel.open_days.len();
    let needed = PAST + LEAST;
    if months < needed {
        return Err(format!(
            "{months} months have been imported and a test needs {needed}: a past of {PAST} and what came after"
        ));
    }
    let mut record = Record::default();
    let mut trials = Vec::new();
    for seen in PAST..months {
        let Ok(origin) = Origin::of(panel, seen, settings, &record) else { continue };
        trials.extend(origin.trials(panel, chosen));
        record.learn(panel, seen, &origin.learnt, &origin.rules);
    }
    if trials.is_empty() {
        return Err("the pattern of the year cannot be told from the months imported".to_owned());
    }
    Ok(trials)
}

/// What the next twelve months bring for a series of a panel by our method, with eight-in-ten intervals widened as
/// past errors ask for.
///
/// # Errors
/// Too few months to learn from.
pub fn forecast(panel: &Panel, series: usize) -> Result<Vec<(Month, Forecast)>, NoFigure> {
    let months = panel.open_days.len();
    let (mut record, settings) = (Record::default(), Settings::default());
    for seen in PAST..months {
        let origin = Origin::of(panel, seen, &settings, &record)?;
        record.learn(panel, seen, &origin.learnt, &origin.rules);
    }
    let now = Origin::of(panel, months, &settings, &record)?;
    let ahead = (1..=FARTHEST).filter_map(|horizon| {
        let month = month_after(panel.first, months + horizon - 1);
        let (said, _) = now.learnt.members(panel, series, horizon)?;
        Some((month, now.ours(&said, series, horizon, panel.weekdays.open_days(month))))
    });
    Ok(ahead.collect())
}

/// All that is known at an origin.
struct Origin {
    seen: usize,
    learnt: Learnt,
    rules: Vec<Rule>,
}

impl Origin {
    fn of(
        panel: &Panel,
        seen: usize,
        settings: &Settings,
        record: &Record,
    ) -> Result<Self, NoFigure> {
        let learnt = Learnt::of(panel, seen, settings)?;
        Ok(Self { seen, learnt, rules: record.rules(FARTHEST, seen, settings.latest) })
    }

    fn ours(
        &self,
        said: &[f64; MEMBERS],
        series: usize,
        horizon: usize,
        open_days: f64,
    ) -> Forecast {
        let centre = self.rules.get(horizon - 1).map_or(f64::NAN, |rule| rule.centre(said));
        Forecast::of(centre, open_days, reach(&self.rules, &self.learnt, series, horizon))
    }

    fn trials(&self, panel: &Panel, chosen: &[usize]) -> Vec<Trial> {
        let known = |series: &&usize| panel.is_known(**series, self.seen - 1);
        let of_series = |series: &usize| self.of_series(panel, *series);
        chosen.par_iter().filter(known).map(of_series).collect::<Vec<_>>().concat()
    }

    fn of_series(&self, panel: &Panel, series: usize) -> Vec<Trial> {
        let past = panel.past(series, self.seen);
        let Ok(smoothed) = smooth(past) else { return Vec::new() };
        let change = mean_change(past);
        let ahead = |horizon: usize| {
            let target = self.seen + horizon - 1;
            let days = *panel.open_days.get(target)?;
            let actual = *panel.series.get(series)?.counts.get(target)?;
            let (said, spread) = self.learnt.members(panel, series, horizon)?;
            let naive = seasonal_naive(past, horizon).ok()?;
            let plain = |centre| Forecast::of(centre, days, f64::NAN);
            let [pooled, shared, theta, before] = said;
            actual.is_finite().then_some(Trial {
                series,
                origin: month_after(panel.first, self.seen - 1),
                horizon,
                actual,
                scale: change * days,
                forecasts: [
                    self.ours(&said, series, horizon, days),
                    Forecast::of(pooled, days, Z80 * spread),
                    plain(shared),
                    plain(theta),
                    plain(before),
                    Forecast::by_formula(naive, days),
                    Forecast::by_formula(smoothed.ahead(horizon), days),
                ],
            })
        };
        (1..=FARTHEST).filter_map(ahead).collect()
    }
}

/// Mean change from a month to the next, in appointments of an open day.
fn mean_change(logs: &[f64]) -> f64 {
    let daily: Vec<f64> = logs.iter().map(|log| libm::exp(*log)).collect();
    let changes: f64 = daily.windows(2).map(|pair| (pair[1] - pair[0]).abs()).sum();
    changes / (daily.len() as f64 - 1.0)
}

//! How unequal reach is: along deprivation, and between neighbours whoever they are.

use stats::inequality::gradient::{Ranked, gradient};
use stats::inequality::spread::{Holding, Spread};
use stats::{Figure, Level, NoFigure};
use vocab::Confidence;

use super::AreaReach;
use super::supply::Supply;

/// Resamples behind the limits of Gini, Theil and the ratio of percentiles.
const REPETITIONS: u32 = 1000;
/// The same for more areas than an integrated care board has, whose limits are narrow.
const REPETITIONS_OF_MANY: u32 = 200;
const MANY_AREAS: usize = 5000;
const SEED: u64 = 1;

/// An index of inequality.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Index {
    /// Difference between the least and the most deprived end.
    Slope,
    /// Ratio of the two.
    Relative,
    /// Concentration index.
    Concentration,
    /// Gini's coefficient.
    Gini,
    /// Theil's T.
    Theil,
    /// 80th over 20th percentile of people.
    EightyTwenty,
}

/// The inequality of one measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// `minutes`, `supply_in_reach` or `supply_by_registration`.
    pub measure: &'static str,
    /// Areas with a figure.
    pub areas: usize,
    /// Each index with its 95% limits, or why there is none.
    pub indices: Vec<(Index, Result<Figure, NoFigure>)>,
}

/// Inequality of minutes and of supply.
pub(super) fn measured(areas: &[AreaReach], supply: Option<&Supply>) -> Vec<Measured> {
    let minutes: Vec<Option<f64>> = areas.iter().map(|area| area.minutes).collect();
    let mut all = vec![of("minutes", areas, &minutes)];
    if let Some(supply) = supply {
        all.push(of("supply_in_reach", areas, &supply.catchment));
        if supply.registered.iter().any(Option::is_some) {
            all.push(of("supply_by_registration", areas, &supply.registered));
        }
    }
    all
}

fn of(measure: &'static str, areas: &[AreaReach], values: &[Option<f64>]) -> Measured {
    let level = Level::new(Confidence::P95);
    let known: Vec<(&AreaReach, f64)> =
        areas.iter().zip(values).filter_map(|(area, value)| Some((area, (*value)?))).collect();
    let holdings: Vec<Holding> = known
        .iter()
        .map(|(area, value)| Holding { people: area.area.people, value: *value })
        .collect();
    let ranked: Vec<Ranked> = known
        .iter()
        .filter_map(|(area, value)| {
            Some(Ranked { position: -area.area.score?, people: area.area.people, value: *value })
        })
        .collect();
    let fitted = gradient(&ranked);
    let many = holdings.len() > MANY_AREAS;
    let repetitions = if many { REPETITIONS_OF_MANY } else { REPETITIONS };
    let spread = |measure: Spread| measure.with_limits(&holdings, &level, SEED, repetitions);
    let indices = vec![
        (Index::Slope, fitted.map(|fit| fit.slope_index(&level))),
        (Index::Relative, fitted.and_then(|fit| fit.relative_index(&level))),
        (Index::Concentration, fitted.and_then(|fit| fit.concentration_figure(&level))),
        (Index::Gini, spread(Spread::Gini)),
        (Index::Theil, spread(Spread::Theil)),
        (Index::EightyTwenty, spread(Spread::EightyTwenty)),
    ];
    Measured { measure, areas: known.len(), indices }
}

impl Index {
    /// Its word in downloads.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Slope => "sii",
            Self::Relative => "rii",
            Self::Concentration => "concentration_index",
            Self::Gini => "gini",
            Self::Theil => "theil",
            Self::EightyTwenty => "ratio_80_20",
        }
    }

    /// Its name on a page.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Slope => "Slope index: least deprived end less most deprived end",
            Self::Relative => "Relative index: least deprived end over most deprived end",
            Self::Concentration => "Concentration index: above 0, the less deprived have more",
            Self::Gini => "Gini: 0 is equal",
            Self::Theil => "Theil: 0 is equal",
            Self::EightyTwenty => "80th over 20th percentile of people",
        }
    }
}

//! How long a group of people takes to the nearest site: the share within a standard, and the spread of times.

use super::Ground;
use super::people::Neighbourhood;
use super::travel::{Mode, Pace};

/// Whose reach is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Everybody.
    Everybody,
    /// People of the most deprived fifth of England's small areas.
    MostDeprived,
    /// People of 75 and over.
    Older,
    /// People likely to live with moderate or severe frailty: a stand-in for complex needs.
    Complex,
    /// People without a car.
    WithoutCar,
}

impl Group {
    /// All groups.
    pub const ALL: [Self; 5] =
        [Self::Everybody, Self::MostDeprived, Self::Older, Self::Complex, Self::WithoutCar];

    /// Its word in addresses and downloads.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Everybody => "all",
            Self::MostDeprived => "most_deprived",
            Self::Older => "over_75",
            Self::Complex => "complex_needs",
            Self::WithoutCar => "without_car",
        }
    }

    /// The group of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.as_str() == word)
    }

    /// Its name on a page.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Everybody => "Everybody",
            Self::MostDeprived => "Most deprived fifth of England",
            Self::Older => "75 and over",
            Self::Complex => "Complex needs (stand-in: frailty by age)",
            Self::WithoutCar => "Without a car",
        }
    }

    /// How fast its people walk.
    #[must_use]
    pub const fn pace(self) -> Pace {
        match self {
            Self::Older => Pace::Older,
            Self::Complex => Pace::Frail,
            _ => Pace::Adult,
        }
    }

    /// Whether the evidence tells who its people are; the others are always told by area and age.
    #[must_use]
    pub fn is_known(self, ground: &Ground) -> bool {
        self != Self::WithoutCar || ground.knows_cars()
    }

    /// Whether its people travel so at all.
    #[must_use]
    pub fn goes_by(self, mode: Mode) -> bool {
        self != Self::WithoutCar || mode != Mode::Drive
    }

    /// How many of its people live in an area; nothing where the evidence does not know.
    #[must_use]
    pub fn people(self, area: &Neighbourhood) -> Option<f64> {
        match self {
            Self::Everybody => Some(area.people),
            Self::MostDeprived => {
                area.decile.map(|decile| if decile <= 2 { area.people } else { 0.0 })
            }
            Self::Older => area.older,
            Self::Complex => area.frail,
            Self::WithoutCar => area.without_car,
        }
    }
}

/// The reach of a group by a mode.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupReach {
    /// Whose.
    pub group: Group,
    /// By which mode.
    pub mode: Mode,
    /// Minutes that count as within reach.
    pub standard: f64,
    /// People of the group in the place; nothing where the evidence does not know.
    pub people: Option<f64>,
    /// The share of them within the standard.
    pub within: Option<f64>,
    /// Minutes that half of them do not exceed.
    pub median: Option<f64>,
    /// Minutes that nine in ten do not exceed.
    pub ninety: Option<f64>,
    /// Minutes of those who take longest.
    pub longest: Option<f64>,
}

/// The reach of a group whose areas take these minutes (nothing where no site can be reached).
pub(super) fn reach_of(
    group: Group,
    mode: Mode,
    standard: f64,
    areas: &[(&Neighbourhood, Option<f64>)],
) -> GroupReach {
    let mut timed: Vec<(f64, f64)> = areas
        .iter()
        .filter_map(|(area, minutes)| Some((minutes.unwrap_or(f64::INFINITY), group.people(area)?)))
        .filter(|(_, people)| *people > 0.0 && group.goes_by(mode))
        .collect();
    timed.sort_by(|a, b| a.0.total_cmp(&b.0));
    let known = group.goes_by(mode) && areas.iter().any(|(area, _)| group.people(area).is_some());
    let people: f64 = timed.iter().fold(0.0, |sum, (_, people)| sum + people);
    let near = timed.iter().filter(|(minutes, _)| *minutes <= standard);
    let near: f64 = near.fold(0.0, |sum, (_, people)| sum + people);
    let minutes_of = |share: f64| {
        let mut below = 0.0;
        let reached = timed.iter().find(|(_, here)| {
            below += here;
            below >= share * people * (1.0 - 1e-12)
        });
        reached.map(|(minutes, _)| *minutes).filter(|minutes| minutes.is_finite())
    };
    GroupReach {
        group,
        mode,
        standard,
        people: known.then_some(people),
        within: (people > 0.0).then(|| near / people),
        median: minutes_of(0.5),
        ninety: minutes_of(0.9),
        longest: minutes_of(1.0),
    }
}

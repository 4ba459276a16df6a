//! Organisations and areas, and the levels at which figures are compared.

use std::fmt;

/// A level of the health service at which figures are added up and compared, smallest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// General practice.
    Practice,
    /// Primary care network.
    Network,
    /// Sub-ICB location.
    SubIcb,
    /// Integrated care board.
    Icb,
    /// A place that somebody named: a list of sub-ICBs, networks or practices.
    Place,
    /// Region of NHS England.
    Region,
    /// England.
    England,
}

impl Level {
    /// All levels, smallest first.
    pub const ALL: [Self; 7] = [
        Self::Practice,
        Self::Network,
        Self::SubIcb,
        Self::Icb,
        Self::Place,
        Self::Region,
        Self::England,
    ];

    /// The word used in definitions, addresses and downloads.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Practice => "practice",
            Self::Network => "network",
            Self::SubIcb => "sub_icb",
            Self::Icb => "icb",
            Self::Place => "place",
            Self::Region => "region",
            Self::England => "england",
        }
    }

    /// The level behind a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.as_str() == word)
    }

    /// One of them, as it stands in a sentence.
    #[must_use]
    pub const fn singular(self) -> &'static str {
        match self {
            Self::Practice => "practice",
            Self::Network => "network",
            Self::SubIcb => "sub-ICB location",
            Self::Icb => "integrated care board",
            Self::Place => "place",
            Self::Region => "region",
            Self::England => "England",
        }
    }

    /// The plural as it stands in a sentence.
    #[must_use]
    pub const fn plural(self) -> &'static str {
        match self {
            Self::Practice => "practices",
            Self::Network => "networks",
            Self::SubIcb => "sub-ICB locations",
            Self::Icb => "integrated care boards",
            Self::Place => "places",
            Self::Region => "regions",
            Self::England => "England",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// What the sum of every practice stands for: the country, or less than it.
///
/// Where the evidence does not reach every region of the country, the sum is not England's figure, and no
/// page may call it so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Whole {
    /// Every region is there.
    #[default]
    England,
    /// Some regions only, or an invented place.
    Imported,
}

impl Whole {
    /// Regions of NHS England.
    const REGIONS: usize = 7;

    /// What the practices of a number of regions add up to; without any region, figures that came for the
    /// country as a whole.
    #[must_use]
    pub const fn of_regions(regions: usize) -> Self {
        if regions == 0 || regions >= Self::REGIONS { Self::England } else { Self::Imported }
    }

    /// The name as it stands in a sentence.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::England => "England",
            Self::Imported => "all imported practices",
        }
    }

    /// The name as a heading.
    #[must_use]
    pub const fn heading(self) -> &'static str {
        match self {
            Self::England => "England",
            Self::Imported => "All imported practices",
        }
    }

    /// The figure that belongs to it, as it opens a sentence.
    #[must_use]
    pub const fn figure(self) -> &'static str {
        match self {
            Self::England => "England’s figure",
            Self::Imported => "The figure of all imported practices",
        }
    }
}

/// An organisation or area at a level, by its code; names come second and change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Organisation {
    /// The level it stands at.
    pub level: Level,
    /// Its code; `ENGLAND` for England and the chosen key for a place.
    pub code: String,
}

impl Organisation {
    /// The code under which England is kept.
    pub const ENGLAND: &'static str = "ENGLAND";

    /// England as a whole.
    #[must_use]
    pub fn england() -> Self {
        Self { level: Level::England, code: Self::ENGLAND.to_owned() }
    }
}

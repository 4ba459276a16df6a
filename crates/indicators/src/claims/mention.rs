//! What the words of a sentence can be: a quantity, an age, a time, a name, an indicator, a concept.

use evidence::Place;
use vocab::{Level, Period};

use crate::definition::Ages;

/// A stretch of words and what it is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Mention {
    /// The first word.
    pub from: usize,
    /// The first word past it.
    pub to: usize,
    /// What it is.
    pub what: What,
    /// How many of its words were corrected.
    pub corrected: usize,
}

impl Mention {
    pub(crate) fn new(from: usize, to: usize, what: What) -> Self {
        Self { from, to, what, corrected: 0 }
    }

    /// The word list that it is of.
    pub(crate) fn list(&self) -> Option<&str> {
        match &self.what {
            What::Concept(list) => Some(list),
            _ => None,
        }
    }

    pub(crate) fn length(&self) -> usize {
        self.to - self.from
    }

    /// Words between two mentions; nought where they touch or overlap.
    pub(crate) fn gap(&self, other: &Self) -> usize {
        other.from.saturating_sub(self.to).max(self.from.saturating_sub(other.to))
    }

    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        self.from < other.to && other.from < self.to
    }

    pub(crate) fn contains(&self, other: &Self) -> bool {
        self.from <= other.from && other.to <= self.to && self.length() > other.length()
    }
}

/// What a stretch of words is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum What {
    /// A word of a list, by the name of the list: `england`, `closed`.
    Concept(String),
    /// A figure.
    Quantity(Quantity),
    /// A range of ages.
    Ages(Ages),
    /// A time.
    When(When),
    /// An organisation or place; several where the name fits several.
    Subject(Vec<Place>),
    /// The place that the sentence is seen from: by its name, `the city`, `here`.
    Home(Place),
    /// An indicator.
    Indicator(String),
    /// A side of a comparison.
    Direction(Direction),
    /// A change over time.
    Change(Change),
    /// A kind of organisation.
    Level(Level),
    /// A word that turns a sentence into something else: a denial, an aim, a cause, a condition.
    Guard(String),
}

/// A figure as it was said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantity {
    /// The figure; shares as fractions of one.
    pub value: f64,
    /// The other end, where a range was given: `12 or 13`.
    pub upper: Option<f64>,
    /// What it counts.
    pub kind: QuantityKind,
    /// Whether it is a bound.
    pub bound: Bound,
    /// The unit of its last digit: 0.01 for 13%.
    pub step: f64,
}

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum QuantityKind {
    /// People, posts, practices.
    Count,
    /// A share of a whole.
    Share,
    /// Pounds.
    Pounds,
    /// Minutes.
    Minutes,
    /// Percentage points, or points of a score.
    Points,
}

/// Whether a figure is a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bound {
    /// As it is, to the digits given.
    Exactly,
    /// About.
    About,
    /// At least or more than.
    AtLeast,
    /// At most or fewer than.
    AtMost,
}

impl Quantity {
    /// Whether it is a figure and no bound.
    #[must_use]
    pub fn is_figure(&self) -> bool {
        matches!(self.bound, Bound::Exactly | Bound::About)
    }

    /// Whether a figure agrees with what was said: within the digits given, or within a tenth where it was said to
    /// be about so much.
    #[must_use]
    pub fn agrees(&self, figure: f64) -> bool {
        let upper = self.upper.unwrap_or(self.value);
        let slack = match self.bound {
            Bound::About => (self.step / 2.0).max(self.value.abs() * 0.1),
            _ => self.step / 2.0,
        } + 1e-12;
        match self.bound {
            Bound::AtLeast => figure >= self.value - slack,
            Bound::AtMost => figure <= upper + slack,
            Bound::Exactly | Bound::About => (self.value - slack..=upper + slack).contains(&figure),
        }
    }
}

/// A time as it was said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum When {
    /// In a period.
    In(Period),
    /// Since a period.
    Since(Period),
    /// By a period to come.
    By(Period),
    /// From one period to another.
    Between(Period, Period),
    /// Over so many years to come.
    Ahead(f64),
    /// Over so many years past.
    Back(f64),
}

/// A side of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// Less.
    Below,
    /// More.
    Above,
    /// No different.
    Similar,
    /// In the good direction.
    Better,
    /// In the bad direction.
    Worse,
    /// The most of all.
    Highest,
    /// The least of all.
    Lowest,
    /// The best of all.
    Best,
    /// The worst of all.
    Worst,
}

/// A change over time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// More than before.
    Rising,
    /// Less than before.
    Falling,
    /// In the good direction.
    Improving,
    /// In the bad direction.
    Worsening,
    /// As before.
    Unchanged,
}

impl Quantity {
    /// As it is written in answers and examples: `0.4`, `12-13`, `>=500`, `~0.33`, `£88000000`.
    #[must_use]
    pub fn in_words(&self) -> String {
        let sign = match self.bound {
            Bound::Exactly => "",
            Bound::About => "~",
            Bound::AtLeast => ">=",
            Bound::AtMost => "<=",
        };
        let short = |value: f64| format!("{}", libm::round(value * 1e6) / 1e6);
        let pounds = if self.kind == QuantityKind::Pounds { "£" } else { "" };
        let upper = self.upper.map(|upper| format!("-{}", short(upper))).unwrap_or_default();
        format!("{sign}{pounds}{}{upper}", short(self.value))
    }
}

impl When {
    /// As it is written in answers and examples: `since 2019`, `in 2025-10`, `3 years ahead`.
    #[must_use]
    pub fn in_words(self) -> String {
        match self {
            Self::In(period) => format!("in {period}"),
            Self::Since(period) => format!("since {period}"),
            Self::By(period) => format!("by {period}"),
            Self::Between(from, to) => format!("from {from} to {to}"),
            Self::Ahead(years) => format!("{years} years ahead"),
            Self::Back(years) => format!("{years} years back"),
        }
    }
}

impl Direction {
    /// Whether it is the end of a ranking.
    #[must_use]
    pub const fn is_extreme(self) -> bool {
        matches!(self, Self::Highest | Self::Lowest | Self::Best | Self::Worst)
    }
}

impl Change {
    /// The change that a side of the same figure at another time tells of.
    #[must_use]
    pub const fn of_side(side: Direction) -> Self {
        match side {
            Direction::Above | Direction::Highest => Self::Rising,
            Direction::Below | Direction::Lowest => Self::Falling,
            Direction::Similar => Self::Unchanged,
            Direction::Better | Direction::Best => Self::Improving,
            Direction::Worse | Direction::Worst => Self::Worsening,
        }
    }
}

macro_rules! words {
    ($( $name:ident { $( $variant:ident = $word:literal, )* } )*) => { $(
        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[ $(Self::$variant),* ];

            /// The word in files and answers.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// The one behind a word.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.as_str() == word)
            }
        }
    )* };
}

words! {
    Direction {
        Below = "below",
        Above = "above",
        Similar = "similar",
        Better = "better",
        Worse = "worse",
        Highest = "highest",
        Lowest = "lowest",
        Best = "best",
        Worst = "worst",
    }
    Change {
        Rising = "rising",
        Falling = "falling",
        Improving = "improving",
        Worsening = "worsening",
        Unchanged = "unchanged",
    }
    QuantityKind {
        Count = "count",
        Share = "share",
        Pounds = "pounds",
        Minutes = "minutes",
        Points = "points",
    }
    Bound {
        Exactly = "exactly",
        About = "about",
        AtLeast = "at_least",
        AtMost = "at_most",
    }
}

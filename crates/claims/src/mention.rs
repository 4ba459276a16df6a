//! What the words of a sentence can be: a quantity, an age, a time, a name, an indicator, a concept.

use evidence::Place;
use vocab::{Level, Period};

use indicators::definition::Ages;

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
    /// Of how many it is one or more, where it was said so: 5 of `one in five`; nought for other figures.
    pub out_of: f64,
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
    /// A little more than.
    JustOver,
    /// A little less than.
    JustUnder,
    /// At least.
    AtLeast,
    /// More than.
    MoreThan,
    /// At most.
    AtMost,
    /// Fewer than.
    LessThan,
}

/// How far a count may lie from one that was said to be about so much, as a share of it (an assumption).
const ABOUT: f64 = 0.1;
/// How far from a hedged count with two digits or more the truth may lie, as a share of its last digit (an assumption).
const OF_LAST_DIGIT: f64 = 0.75;
/// The same of a share.
const ABOUT_SHARE: f64 = 0.05;
/// How far it may lie from a round count, as a share of it, whatever its noughts (an assumption).
const ROUND: f64 = 0.05;
/// From where on noughts are rounding: fewer things are counted one by one.
const COUNTED: f64 = 1_000.0;
/// Sums in binary differ by less than this share.
const BINARY: f64 = 1e-9;

impl Bound {
    /// Whether it is a lowest figure: `at least`, `more than`.
    #[must_use]
    pub const fn is_lowest(self) -> bool {
        matches!(self, Self::AtLeast | Self::MoreThan)
    }

    /// Whether it is a highest figure: `at most`, `fewer than`.
    #[must_use]
    pub const fn is_highest(self) -> bool {
        matches!(self, Self::AtMost | Self::LessThan)
    }
}

impl Quantity {
    /// Whether it is a figure and no bound.
    #[must_use]
    pub fn is_figure(&self) -> bool {
        !self.bound.is_lowest() && !self.bound.is_highest()
    }

    /// How far below and above a figure that was said plainly the truth may lie: half of its last digit, of a round
    /// count no more than a twentieth of it; `one in five` is between one in 5.5 and one in 4.5.
    fn width(&self) -> (f64, f64) {
        if self.out_of > 1.0 {
            let part = self.value * self.out_of;
            return (
                self.value - part / (self.out_of + 0.5),
                part / (self.out_of - 0.5) - self.value,
            );
        }
        let half = self.step / 2.0;
        let is_round = self.step >= 10.0 && self.kind != QuantityKind::Share;
        let half = match self.value.abs() {
            small if is_round && small < COUNTED => 0.5,
            large if is_round => half.min(large * ROUND),
            _ => half,
        };
        (half, half)
    }

    /// Whether a figure agrees with what was said: bounds are strict, a plain figure holds within the digits given, one
    /// that was said to be about so much within a tenth.
    #[must_use]
    pub fn agrees(&self, figure: f64) -> bool {
        let upper = self.upper.unwrap_or(self.value);
        let same = BINARY * self.value.abs().max(1e-6);
        // Halves are rounded up by some and down by others.
        let half = same + self.step.min(1.0) / 200.0;
        let (below, above) = self.width();
        let about = if self.kind == QuantityKind::Share { ABOUT_SHARE } else { ABOUT };
        let about = self.value.abs() * about;
        // `Nearly 32 million` is none of 31.1: two digits are given.
        let is_fine = self.step >= 10.0 && self.step < self.value.abs() / 10.0;
        let about = if is_fine && self.kind != QuantityKind::Share {
            about.min(self.step * OF_LAST_DIGIT)
        } else {
            about
        };
        let (below, above) = match self.bound {
            Bound::About => (below.max(about), above.max(about)),
            Bound::JustUnder => (below.max(about), 0.0),
            Bound::JustOver => (0.0, above.max(about)),
            _ => (below, above),
        };
        match self.bound {
            Bound::AtLeast => figure >= self.value - same,
            Bound::MoreThan => figure > self.value + same,
            Bound::AtMost => figure <= upper + same,
            Bound::LessThan => figure < upper - same,
            _ => (self.value - below - half..=upper + above + half).contains(&figure),
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

/// What a sentence asks of something that is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Amount {
    /// How many: `the number of GPs`.
    Number,
    /// More of them or fewer: how many over time, how many for their size where places are compared.
    MoreOrFewer,
    /// Things that can be counted, without a word on how: `missed appointments`.
    Things,
    /// A share, a rate or a score.
    Rate,
}

impl Direction {
    /// The side of what is left of a whole: fewer within four hours are more over them. Good stays good.
    pub(crate) const fn of_the_rest(self) -> Self {
        match self {
            Self::Below => Self::Above,
            Self::Above => Self::Below,
            Self::Highest => Self::Lowest,
            Self::Lowest => Self::Highest,
            other => other,
        }
    }
}

impl Change {
    /// The change of what is left of a whole.
    pub(crate) const fn of_the_rest(self) -> Self {
        match self {
            Self::Rising => Self::Falling,
            Self::Falling => Self::Rising,
            other => other,
        }
    }
}

impl Quantity {
    /// What is left of a whole when this share of it is taken: over 80% leave less than 20%.
    pub(crate) fn of_the_rest(self) -> Self {
        if self.kind != QuantityKind::Share {
            return self;
        }
        // What is rough of the share is as rough of the rest.
        let rough = self.value * ABOUT_SHARE;
        let (low, high, bound) = match self.bound {
            Bound::About => (self.value - rough, Some(self.value + rough), Bound::Exactly),
            Bound::JustOver => (self.value, Some(self.value + rough), Bound::Exactly),
            Bound::JustUnder => (self.value - rough, Some(self.value), Bound::Exactly),
            Bound::AtLeast => (self.value, self.upper, Bound::AtMost),
            Bound::AtMost => (self.value, self.upper, Bound::AtLeast),
            Bound::MoreThan => (self.value, self.upper, Bound::LessThan),
            Bound::LessThan => (self.value, self.upper, Bound::MoreThan),
            Bound::Exactly => (self.value, self.upper, Bound::Exactly),
        };
        let upper = high.map(|_| 1.0 - low);
        Self { value: 1.0 - high.unwrap_or(low), upper, bound, out_of: 0.0, ..self }
    }

    /// As it is written in answers and examples: `0.4`, `12-13`, `>=500`, `~0.33`, `£88000000`.
    #[must_use]
    pub fn in_words(&self) -> String {
        let sign = match self.bound {
            Bound::Exactly => "",
            Bound::About => "~",
            Bound::JustOver => "~>",
            Bound::JustUnder => "~<",
            Bound::AtLeast => ">=",
            Bound::MoreThan => ">",
            Bound::AtMost => "<=",
            Bound::LessThan => "<",
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
    Amount {
        Number = "number",
        MoreOrFewer = "more_or_fewer",
        Things = "things",
        Rate = "rate",
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
        JustOver = "just_over",
        JustUnder = "just_under",
        AtLeast = "at_least",
        MoreThan = "more_than",
        AtMost = "at_most",
        LessThan = "less_than",
    }
}

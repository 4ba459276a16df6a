//! The words, symbols and colours of a comparison: always all three, never colour alone.
//!
//! A comparison has a *side* (above, below or within what chance would give), a *strength* (95% or 99.8%) and,
//! where the indicator has a good direction, a *value*. Shape tells the side, fill tells the strength, colour
//! tells the value.

use serde::Serialize;

/// On which side of its reference a figure lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Above, by more than chance would give.
    Above,
    /// Below, by more than chance would give.
    Below,
    /// No more different than chance would give.
    Within,
}

/// How unlikely chance alone is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// Outside the 95% limits: about one in twenty by chance.
    P95,
    /// Outside the 99.8% limits: about one in five hundred by chance.
    P998,
}

/// Whether the side is good news.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// The good side.
    Good,
    /// The bad side.
    Bad,
    /// The indicator has no good direction.
    Neutral,
}

/// The outcome of a comparison, ready to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Different from the reference.
    Different(Side, Strength, Value),
    /// No more different than chance would give.
    Similar,
    /// No comparison could be made.
    NotCompared,
}

impl Verdict {
    /// Better, Worse, Higher, Lower, Similar or Not compared.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Different(_, _, Value::Good) => "Better",
            Self::Different(_, _, Value::Bad) => "Worse",
            Self::Different(Side::Above, _, Value::Neutral) => "Higher",
            Self::Different(Side::Below, _, Value::Neutral) => "Lower",
            Self::Similar | Self::Different(Side::Within, _, Value::Neutral) => "Similar",
            Self::NotCompared => "Not compared",
        }
    }

    /// A triangle up for above, down for below, a circle for similar; hollow at 95%, filled at 99.8%.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Different(Side::Above, Strength::P998, _) => "▲",
            Self::Different(Side::Above, Strength::P95, _) => "△",
            Self::Different(Side::Below, Strength::P998, _) => "▼",
            Self::Different(Side::Below, Strength::P95, _) => "▽",
            Self::Similar | Self::Different(Side::Within, ..) => "●",
            Self::NotCompared => "–",
        }
    }

    /// The word with how sure it is: `Worse (99.8%)`.
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::Different(_, Strength::P998, _) => format!("{} (99.8%)", self.word()),
            Self::Different(_, Strength::P95, _) => format!("{} (95%)", self.word()),
            Self::Similar | Self::NotCompared => self.word().to_owned(),
        }
    }

    /// The colour of the symbol, at least 3:1 against white.
    #[must_use]
    pub const fn colour(self) -> &'static str {
        match self {
            Self::Different(_, _, Value::Good) => "#12436D",
            Self::Different(_, _, Value::Bad) => "#D4500F",
            Self::Different(Side::Below, _, Value::Neutral) => "#1F7F76",
            Self::Different(_, _, Value::Neutral) => "#801650",
            Self::Similar => "#757575",
            Self::NotCompared => "#3D3D3D",
        }
    }

    /// The name of the class in styles: `better-998`.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Different(_, _, Value::Good) => "better",
            Self::Different(_, _, Value::Bad) => "worse",
            Self::Different(Side::Below, _, Value::Neutral) => "lower",
            Self::Different(_, _, Value::Neutral) => "higher",
            Self::Similar => "similar",
            Self::NotCompared => "not-compared",
        }
    }

    /// Whether the symbol is filled: everything but a difference at 95% only.
    #[must_use]
    pub const fn is_filled(self) -> bool {
        !matches!(self, Self::Different(_, Strength::P95, _) | Self::NotCompared)
    }

    /// What the word means, in one sentence, for the legend.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Different(_, Strength::P998, _) => {
                "chance alone would give so large a difference about once in 500"
            }
            Self::Different(_, Strength::P95, _) => {
                "chance alone would give so large a difference about once in 20"
            }
            Self::Similar => "no more different than chance would give",
            Self::NotCompared => "no figure, or no reference to compare it with",
        }
    }
}

/// A trend in words with its symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Trend {
    /// Rising, with what that means.
    Rising(Value),
    /// Falling, with what that means.
    Falling(Value),
    /// No change beyond chance.
    Steady,
    /// Too few points to judge.
    TooFew,
}

impl Trend {
    /// `Increasing and getting better`, `No significant change`, `Cannot be judged`.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Rising(Value::Good) => "Increasing and getting better",
            Self::Rising(Value::Bad) => "Increasing and getting worse",
            Self::Rising(Value::Neutral) => "Increasing",
            Self::Falling(Value::Good) => "Decreasing and getting better",
            Self::Falling(Value::Bad) => "Decreasing and getting worse",
            Self::Falling(Value::Neutral) => "Decreasing",
            Self::Steady => "No significant change",
            Self::TooFew => "Cannot be judged",
        }
    }

    /// An arrow, an equals sign or a dash.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Rising(_) => "↑",
            Self::Falling(_) => "↓",
            Self::Steady => "→",
            Self::TooFew => "–",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn value_gives_the_word_and_side_gives_the_shape() {
        let low_is_good = Verdict::Different(Side::Below, Strength::P998, Value::Good);
        assert_eq!((low_is_good.word(), low_is_good.symbol()), ("Better", "▼"));
        let neutral = Verdict::Different(Side::Above, Strength::P95, Value::Neutral);
        assert_eq!(neutral.label(), "Higher (95%)");
        assert!(!neutral.is_filled());
    }
}

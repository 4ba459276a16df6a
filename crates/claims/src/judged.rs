//! How a claim is judged, whatever it says: the verdict, the weight that it bears, and the figures that are shown for it.

use models::outlook::Band;
use serde::Deserialize;
use vocab::Period;

use super::said::Unit;

/// Whether the evidence bears a claim out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It does.
    Supported,
    /// It does not.
    NotSupported,
    /// The published data cannot tell.
    CannotTell,
}

impl Verdict {
    /// The word in downloads and addresses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::NotSupported => "not_supported",
            Self::CannotTell => "cannot_tell",
        }
    }

    /// The verdict on the denial of a claim.
    #[must_use]
    pub const fn denied(self) -> Self {
        match self {
            Self::Supported => Self::NotSupported,
            Self::NotSupported => Self::Supported,
            Self::CannotTell => Self::CannotTell,
        }
    }

    pub(crate) const fn of(holds: bool) -> Self {
        if holds { Self::Supported } else { Self::NotSupported }
    }
}

/// How much weight a reading bears; the meanings stand in `claims/lexicon/grades.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Grade {
    /// Counts of everybody by an official method.
    A,
    /// Counts of part, or experimental statistics.
    B,
    /// A survey, an association or an estimate.
    C,
    /// Arithmetic on figures that somebody stated, or a model in which figures of elsewhere stand in.
    D,
}

impl Grade {
    /// All grades, the best first.
    pub const ALL: [Self; 4] = [Self::A, Self::B, Self::C, Self::D];

    /// The letter.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
        }
    }

    /// What it means, in a sentence.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        GRADES.get(self.as_str()).map_or("", String::as_str)
    }
}

static GRADES: std::sync::LazyLock<std::collections::BTreeMap<String, String>> =
    std::sync::LazyLock::new(|| {
        toml::from_str(include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../claims/lexicon/grades.toml"
        )))
        .expect("the file inside the program can be read because a test reads it")
    });

/// A figure of a reading.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// What it is.
    pub label: String,
    /// The figure.
    pub value: f64,
    /// Lower and upper limit.
    pub limits: Option<(f64, f64)>,
    /// What the limits are.
    pub span: Span,
    /// How it is printed.
    pub unit: Unit,
    /// Its period.
    pub period: Option<Period>,
}

/// What the limits of a figure hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// The true value, with 95% confidence.
    Confidence,
    /// Eight of ten draws of a model.
    Draws,
}

impl Span {
    /// The word in downloads.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Confidence => "confidence_95",
            Self::Draws => "draws_80",
        }
    }
}

impl Shown {
    pub(crate) fn new(label: impl Into<String>, value: f64, unit: Unit) -> Self {
        Self {
            label: label.into(),
            value,
            limits: None,
            span: Span::Confidence,
            unit,
            period: None,
        }
    }

    pub(crate) fn in_period(self, period: Period) -> Self {
        Self { period: Some(period), ..self }
    }

    pub(crate) fn limits(self, limits: Option<(f64, f64)>) -> Self {
        Self { limits, ..self }
    }

    /// A figure over the draws of the outlook.
    pub(crate) fn drawn(label: impl Into<String>, range: Band, unit: Unit) -> Self {
        let limits = Some((range.p10, range.p90));
        Self { limits, span: Span::Draws, ..Self::new(label, range.mean, unit) }
    }
}

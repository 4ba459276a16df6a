//! What a claim comes back with: a verdict, figures with intervals, what to draw, who makes or breaks it, how sure it
//! is, what it rests on, what it leaves out and what would change it.

use evidence::Place;
use models::outlook::Band;
use serde::Deserialize;
use vocab::{Organisation, Period, Whole};

use super::parse::Claim;
use super::said::{Said, Unit};
use indicators::evaluate::{Evaluation, Row};
use indicators::trend::Series;
use std::sync::Arc;

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

/// A reading of a claim.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The claim.
    pub claim: Claim,
    /// The place or organisation that it was read for.
    pub subject: Place,
    /// What all practices of the evidence are.
    pub whole: Whole,
    /// Whether the evidence bears it out.
    pub verdict: Verdict,
    /// The answer in a sentence or two.
    pub answer: Vec<Said>,
    /// The figures.
    pub figures: Vec<Shown>,
    /// What to draw.
    pub exhibit: Option<Exhibit>,
    /// Organisations that make or break it.
    pub named: Vec<Named>,
    /// How much weight it bears.
    pub grade: Grade,
    /// The releases that it rests on.
    pub releases: Vec<String>,
    /// The heading of the methods chapter.
    pub method: String,
    /// What it leaves out.
    pub limits: Vec<String>,
    /// What would change it.
    pub change: Vec<String>,
    /// The data that would tell.
    pub lacks: Vec<String>,
    /// The place whose outlook it rests on, where it does.
    pub outlook: Option<Place>,
}

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

impl Named {
    pub(crate) fn of(row: &Row, why: Said) -> Self {
        Self { organisation: row.organisation.clone(), name: row.name.clone(), why }
    }
}

/// An organisation that makes or breaks a claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// Which.
    pub organisation: Organisation,
    /// Its name as published.
    pub name: String,
    /// Why it is named.
    pub why: Said,
}

/// What to draw.
#[derive(Debug, Clone)]
pub enum Exhibit {
    /// Organisations against their size, with the limits of chance.
    Funnel(Box<Evaluation>),
    /// A figure over time.
    Trend(Arc<Series>),
    /// Bars with intervals.
    Bars {
        /// The finding.
        title: String,
        /// How figures are printed.
        unit: Unit,
        /// The bars from the top.
        bars: Vec<Bar>,
    },
    /// Figures of the years to come over the draws: today, in one year and so on.
    Fan {
        /// The finding.
        title: String,
        /// How figures are printed.
        unit: Unit,
        /// The lines: name, and a range for each year.
        lines: Vec<(String, Vec<Band>)>,
    },
}

/// A bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// What it is.
    pub name: String,
    /// Its figure.
    pub value: f64,
    /// Lower and upper 95% limit.
    pub limits: Option<(f64, f64)>,
    /// Whether it is what the others are held against.
    pub is_reference: bool,
    /// Whether it is what the claim speaks of.
    pub is_subject: bool,
}

impl Bar {
    pub(crate) fn new(name: impl Into<String>, value: f64) -> Self {
        Self { name: name.into(), value, limits: None, is_reference: false, is_subject: false }
    }

    pub(crate) fn subject(self) -> Self {
        Self { is_subject: true, ..self }
    }

    pub(crate) fn reference(self) -> Self {
        Self { is_reference: true, ..self }
    }

    pub(crate) fn limits(self, limits: Option<(f64, f64)>) -> Self {
        Self { limits, ..self }
    }
}

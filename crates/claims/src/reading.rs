//! What a claim comes back with: a verdict, figures with intervals, what to draw, who makes or breaks it, how sure it
//! is, what it rests on, what it leaves out and what would change it.

use evidence::Place;
use models::outlook::Band;
use vocab::{Organisation, Whole};

pub use super::judged::{Grade, Shown, Span, Verdict};
use super::parse::Claim;
use super::said::{Said, Unit};
use indicators::evaluate::{Evaluation, Row};
use indicators::trend::Series;
use std::sync::Arc;

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

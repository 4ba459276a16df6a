//! What the years to come bring, as the models above this crate say it. A checker is handed it and knows nothing of how
//! it is worked out; without it, claims about the future say that it is missing.

use std::fmt::Debug;
use std::sync::Arc;

use evidence::Place;

/// Whoever can look ahead.
pub trait Ahead: Debug + Send + Sync {
    /// The outlook of a place over so many years when nothing is done; the same question is worked out once.
    ///
    /// # Errors
    /// What is missing, in a sentence.
    fn outlook(&self, place: &Place, years: u32) -> Result<Arc<Outlook>, String>;

    /// What pulling a lever does to the gap, on the draws of doing nothing.
    ///
    /// # Errors
    /// What is missing, in a sentence.
    fn with(&self, place: &Place, years: u32, lever: Lever) -> Result<Effect, String>;
}

/// Something that a claim says would be done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Lever {
    /// GPs are recruited, evenly over all years.
    Recruits {
        /// How many.
        heads: u32,
        /// Share of them who arrive.
        arrive: f64,
        /// Full-time equivalents of each who does.
        fte: f64,
        /// Their age.
        age: u8,
        /// The rate at which they leave, beside others of their age.
        leaving: f64,
    },
    /// GPs telephone every patient who would be seen face to face on the same day.
    Triage {
        /// Contacts for each that there was before; the first of them is the call.
        contacts: f64,
    },
}

/// A figure over the draws.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// Half of the draws lie below.
    pub middle: f64,
    /// One of ten draws lies below.
    pub low: f64,
    /// One of ten draws lies above.
    pub high: f64,
}

/// The outlook of a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    /// How many draws it rests on.
    pub draws: u32,
    /// The base year and every year after it.
    pub years: Vec<Year>,
    /// The assumptions that move the gap of the last year most, the strongest first.
    pub moved_by: Vec<Moved>,
    /// How much GPs work.
    pub hours: Hours,
    /// The practices of the place, in order of code.
    pub practices: Vec<Practice>,
    /// What stands in for figures that are not published, and what is assumed.
    pub rests_on: Vec<String>,
    /// Whether figures of elsewhere stand in for the appointments or the GPs of half of the patients.
    pub is_stood_in: bool,
}

/// A year of the outlook.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Year {
    /// What need lacks, as the work of so many full-time GPs.
    pub gap: Range,
    /// The gap as a share of need.
    pub share: Range,
    /// Share of the draws in which need is more than capacity.
    pub is_open: f64,
    /// Share of the draws in which the gap is wider than in the base year.
    pub is_wider: f64,
    /// Contacts that waiting for hospital causes.
    pub waiting: Range,
    /// The same as a share of all contacts of the base year.
    pub waiting_share: Range,
    /// Share of the draws in which they are more than in the base year.
    pub waits_more: f64,
}

/// What an assumption does to the gap of the last year when it alone moves.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    /// What it is, in a sentence.
    pub about: String,
    /// At its low end, as the work of so many full-time GPs.
    pub low: f64,
    /// At its high end.
    pub high: f64,
}

/// How much GPs work, in full-time equivalents a person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hours {
    /// Newly qualified GPs of England.
    pub new: Range,
    /// Fully qualified GPs in post in the place, where its practices publish them.
    pub in_post: Option<f64>,
}

/// A practice of the outlook, in the base year.
#[derive(Debug, Clone, PartialEq)]
pub struct Practice {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its network.
    pub network: Option<String>,
    /// People on its list.
    pub list: f64,
    /// Fully qualified GPs, in people; nothing where the practice publishes none.
    pub gps: Option<f64>,
    /// By draw: how many more people its capacity would serve than its need takes; below nought where it serves fewer.
    pub room: Vec<f64>,
}

/// What a lever does to the gap, as the work of so many full-time GPs.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// By year, the base year first: the gap without it.
    pub without: Vec<Range>,
    /// The gap with it.
    pub with: Vec<Range>,
    /// By how much it narrows the gap of the last year; below nought where it widens it.
    pub narrows: Range,
    /// The same as a share of the gap of the last year; nothing where there is none in one of ten draws.
    pub closes: Option<Range>,
    /// Share of the draws in which a gap is left in the last year.
    pub is_open: f64,
}

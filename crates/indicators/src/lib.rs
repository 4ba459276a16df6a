//! Indicators defined once over the canonical tables, evaluated and compared the same way everywhere.
//!
//! A definition is a small text file: what is counted, over what, how the interval is made, what it means and what it
//! hides, with an example that anybody can check by hand. One evaluator works it out for practices, networks, sub-ICB
//! locations, integrated care boards, regions, named places and England, from whatever the evidence holds. Organisations whose
//! figure is missing or withheld are left out above and below the line and counted, never read as nought. This crate
//! knows nothing of files published by others, of sentences or of pages.

pub mod compare;
pub mod definition;
pub mod evaluate;
pub mod example;
pub mod felt;
pub mod hospital;
pub mod library;
pub mod monday;
pub mod reach;
pub mod recording;
pub mod registration;
pub mod rural;
pub mod seasons;
mod service_codes;
pub mod shape;
pub mod small_areas;
pub mod trend;
pub mod variation;
pub mod week;

pub mod interval;
mod measure;
mod units;

pub use definition::{
    Ages, AreaFigure, Break, Definition, Example, Interval, National, Operand, Pace, Polarity,
    Problem, Review, Statistic, Theme,
};
pub use evaluate::{
    Comparison, Counted, Coverage, Doubt, EvaluateError, Evaluation, Funnel, FunnelPoint,
    FunnelPosition, HeldBack, Prepared, Rank, Reference, Row, Verdict, evaluate, evaluate_all,
    latest_period, limits_in_words, prepare,
};
pub use library::Library;

//! What the next years bring: population, people, staff, demand, money and the gap between them.
//!
//! Every model is stochastic over draws, keyed so that a baseline and a scenario share their luck, and keeps its named
//! steps, so that the change from now to then adds up. A scenario reaches the models as dated changes of the place;
//! this crate knows nothing of how people write them, nor of pages.

pub mod backtest;
mod band;
pub mod calendar;
pub mod change;
pub mod decisions;
pub mod demand;
pub mod hindcast;
pub mod money;
pub mod outlook;
pub mod parameters;
pub mod people;
pub mod place;
pub mod population;
pub mod standards;
pub mod workforce;

//! What was found, as sentences, tables, charts and maps of `kit`: one file a topic.
//!
//! Nothing here works out a figure, reads a file or knows of pages: what a page, a command and a file say of a topic is
//! written here once.

pub mod assumptions;
pub mod backtest;
pub mod capacity;
pub mod claims;
pub mod findings;
pub mod money;
pub mod outlook;
pub mod place;
pub mod population;
pub mod ranking;
pub mod reach;
pub mod registration;

//! How an outlook was asked for, and what came of it.

use vocab::Month;

use super::draw::Draw;
use super::settings::Settings;

/// The outlook of a place under one scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    /// How it was run.
    pub settings: Settings,
    /// The first month of the first year.
    pub from: Month,
    /// The draws in order.
    pub draws: Vec<Draw>,
    /// Practices that open, with the people who register there.
    pub opened: Vec<(String, u32)>,
    /// What of the scenario this model does not read, in words.
    pub unread: Vec<String>,
}

//! What the draws of a run share.

use vocab::Month;

use super::mix::Steady;
use super::residents::Residents;
use super::settings::Settings;
use crate::change::Change;
use crate::place::Base;
use crate::workforce::Staff;

/// Everything that the draws of a run share.
#[derive(Debug, Clone, Copy)]
pub(super) struct Job<'a> {
    pub base: &'a Base,
    pub residents: &'a Residents,
    pub steady: &'a Steady,
    pub staff: &'a Staff,
    pub changes: &'a [Change],
    /// Practices that open, with the people who register there.
    pub opened: &'a [(String, u32)],
    pub settings: Settings,
    pub from: Month,
}

impl Job<'_> {
    pub(super) fn years(&self) -> usize {
        self.settings.years as usize
    }

    /// Practices, those that open among them.
    pub(super) fn practices(&self) -> usize {
        self.base.practices.len() + self.opened.len()
    }
}

//! Evidence held in memory, row by row: for the worked examples of indicators and for tests.

use std::collections::BTreeMap;
use std::sync::Arc;

use vocab::Period;

use crate::evidence::Evidence;
use crate::frame::Frame;
use crate::table::{Cell, Table, Written};

/// Rows of tables in the making.
#[derive(Debug, Default, Clone)]
pub struct Given(BTreeMap<(&'static str, Period), Frame>);

impl Given {
    /// The same with typed rows of a table in a period.
    #[must_use]
    pub fn with<'a, R: Written<'a>>(
        mut self,
        period: Period,
        rows: impl IntoIterator<Item = R>,
    ) -> Self {
        for row in rows {
            self.add(period, row);
        }
        self
    }

    /// Adds a typed row of a period.
    pub fn add<'a, R: Written<'a>>(&mut self, period: Period, row: R) {
        row.give(|cells| self.push(R::TABLE, period, cells));
    }

    /// Adds a row of a table that only a definition names: one cell for each column after `period`.
    pub fn push(&mut self, table: &'static Table, period: Period, cells: &[Cell<'_>]) {
        self.0.entry((table.name, period)).or_insert_with(|| Frame::empty(table)).push(cells);
    }

    /// Its tables, each with its period and rows.
    pub fn frames(&self) -> impl Iterator<Item = (&'static str, Period, &Frame)> {
        self.0.iter().map(|((table, period), frame)| (*table, *period, frame))
    }

    /// The rows by table and period, to be shared.
    pub(crate) fn shared(self) -> BTreeMap<(&'static str, Period), Arc<Frame>> {
        self.0.into_iter().map(|(key, frame)| (key, Arc::new(frame))).collect()
    }

    /// The evidence that holds these rows and nothing else.
    #[must_use]
    pub fn evidence(self) -> Evidence {
        Evidence::of_frames(self.shared())
    }
}

//! What the next years bring a place: need in minutes, capacity in minutes, and the gap between them, role by role, over many
//! draws. Today is in balance, because what was held was met; whether today is enough is for [`crate::standards`] to say.
//!
//! Every draw takes its own value of every uncertain parameter and its own luck; draw 0 takes the middle values. Need
//! follows who lives here, what they live with, person by person, and what they expect; capacity follows who joins and
//! leaves. Both are told by named steps in whole minutes, so that the change from now to then adds up exactly. Two
//! scenarios share all their draws: their difference is the scenario. A run works through blocks of draws, says how far it
//! is, can be stopped, and goes on where it was.
//!
//! Method: [`methods.md#outlook-of-a-place`](../../../docs/book/methods.md#outlook-of-a-place).

mod ahead;
mod blocks;
mod capacity;
mod counted;
mod draw;
mod found;
mod fragile;
mod job;
mod lives;
mod mix;
mod moves;
mod need;
mod parts;
mod ranking;
mod residents;
mod result;
mod run;
mod sensitivity;
mod settings;
mod step;
mod summary;
mod visible;

use evidence::Place;

use crate::place::Base;

pub use crate::band::Band;

pub use self::ahead::{fills, month_ahead, tables_ahead};
pub use self::blocks::{Blocks, NotKept};
pub use self::capacity::{gps_by_age, hours_of_contracts};
pub(crate) use self::counted::counted;
pub use self::draw::{Amounts, Draw};
pub use self::found::{Found, Given, NotFound, look};
pub use self::fragile::{Fragile, fragile};
pub use self::need::unread;
pub use self::parts::{NoParts, look_in_parts};
pub use self::ranking::{Outcome, Ranking};
pub use self::residents::{Lacking, Residents};
pub use self::result::Outlook;
pub use self::run::{Go, OutlookError, run};
pub use self::sensitivity::{Influence, sensitivity};
pub use self::settings::{BLOCK, Settings};
pub use self::step::Step;
pub use self::summary::{
    Measure, MonthRow, RiskRow, Row, StepRow, Unit, growth, months, risks, rows, s_curve, steps,
};
pub use self::visible::{Visible, visible};

/// Practices whose outlook is worked out while a reader waits: more than any integrated care board has.
const MOST_PRACTICES: usize = 450;

/// Why the outlook of a place is not worked out while a reader waits; nothing for a board or anything smaller.
///
/// # Errors
/// One sentence that says what to ask for instead.
pub fn while_waiting(base: &Base, place: &Place) -> Result<(), String> {
    if base.practices.len() <= MOST_PRACTICES {
        return Ok(());
    }
    Err(format!(
        "a smaller place: an outlook of {} practices takes minutes; ask for a board, or run `catchment project {}`",
        base.practices.len(),
        place.key
    ))
}

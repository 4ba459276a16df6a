//! Everybody, one by one: who they are, what they live with, and what the next years bring them.
//!
//! A person is sixteen bytes: age, sex, practice or area, deprivation, ethnic group, about twenty long-term conditions,
//! frailty, where they live, whether their care is complex and whether they are on a list. Each year a person may fall ill,
//! become frailer, have a child or die, by hazards that depend on all of these. To nineteen people in twenty nothing
//! happens in a year; one draw compared with a bound on everything that could happen says so, and the rest is worked out
//! only for the others. Every draw is keyed by person and year, so that a person more or fewer changes nobody else's life,
//! two scenarios share their luck, and any number of threads gives the same bytes.
//!
//! Methods: [ageing](../../../docs/book/methods.md#ageing).

mod calibration;
mod hazards;
mod knowledge;
mod life;
mod luck;
mod margins;
mod person;
mod projection;
pub mod risk;
mod synthesis;

pub use calibration::{Calibrated, Change, Onset};
pub use hazards::{BadHazards, Flows, Hazards, Multipliers, Rates};
pub use knowledge::{Knowledge, STATES, State};
pub use life::{End, Events, Lives, Watch};
pub use luck::Luck;
pub use margins::{AGE_BANDS, ETHNIC_GROUPS, Margins, Missed, PracticeMargins, UNKNOWN_GROUP};
pub use person::{COUNTED, Frailty, MOST_AGE, MOST_CONDITIONS, Person, Setting};
pub use projection::{Count, GROUPS, KINDS, Kind, Projected, project};
pub use synthesis::{Synthesis, synthesise};

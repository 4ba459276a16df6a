//! The nouns of English primary care as types.
//!
//! A code, a period, an age band, a quantity: each is a type here, so that a practice code can never stand
//! where a network code is meant and a missing figure can never be read as nought. This crate knows nothing
//! of files, formats or randomness.

pub mod age;
pub mod codes;
pub mod counts;
pub mod estimate;
pub mod observed;
pub mod organisation;
pub mod period;
pub mod provenance;
pub mod roles;
pub mod weekday;

pub use age::{AgeBand, Sex};
pub use codes::CodeError;
pub use estimate::{Confidence, Estimate};
pub use observed::{Mark, Observed};
pub use organisation::{Level, Organisation, Whole};
pub use period::{FinancialYear, Month, Period, PeriodError, Spell};
pub use provenance::Provenance;
pub use roles::{Contract, StaffGroup};

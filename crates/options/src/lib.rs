//! Everything that changes the future is an intervention: a dated change with typed parameters, written by people.
//!
//! A scenario is a short list of them with a parent; doing nothing is always one. Each kind of intervention is one file of this
//! crate, which turns what people write into the dated changes that the models understand.

pub mod interventions;
pub mod money;
pub mod scenario;

mod field;
mod intervention;
mod limits;
mod value;

pub use field::{Field, Form, Label, Start};
pub use intervention::{Cost, Dated, GpsReached, Intervention, Kind, Touches, When};
pub use limits::{Limit, Pot, Wanted, pots};
pub use value::{Day, Value};

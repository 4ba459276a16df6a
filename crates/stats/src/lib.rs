//! Published statistical methods of OHID and NHS England, each citing its source.
//!
//! Every method takes plain numbers and slices and returns plain values, so that each answer can be checked
//! by hand. Nothing here knows of files, practices or pages. A zero count, a single row and an empty group are
//! ordinary input: where a method gives no answer it says why ([`NoFigure`]), and it never answers "not a number".
//!
//! The equations are written once, in the methods chapter (`docs/book/methods.md`); each function names the
//! paper it follows by its key in `docs/references.toml`.

pub mod chart;
pub mod correlation;
pub mod count;
pub mod distributions;
pub mod explained;
pub mod forecast;
pub mod funnel;
pub mod inequality;
pub mod life_expectancy;
pub mod mean;
pub mod mixed;
pub mod proportion;
pub mod quantile;
pub mod raking;
pub mod random;
pub mod standardise;
pub mod trend;

mod figure;
mod level;
mod solve;

pub use figure::{Figure, Limits, NoFigure, counted};
pub use level::Level;

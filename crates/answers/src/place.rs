//! What a place is: its practices, its people by age, its week and its map, read from the canonical tables.

mod areas;
mod hospital;
mod people;
mod week;

pub use self::areas::{Shading, boundaries_of_icbs, outlined, small_areas, spots};
pub use self::hospital::{emergency, waits};
pub use self::people::pyramid;
pub use self::week::week;

//! Reach: how much supply people can get to, allowing for everybody else who can get to it too.
//!
//! People live at origins, supply stands at sites, and a journey joins one to the other at a cost (minutes, as a
//! rule). A floating catchment draws a circle of journeys around every site to find how many people share it, and
//! one around every origin to add up what is left for them; a rational agent goes where distance and crowding
//! together cost least. Journeys are kept sparse: only those within reach, origin by origin. Where no site is in
//! reach the answer is missing, never nought: nought means that the sites in reach have nothing to give.
//!
//! What is ignored: supply and people outside the table, opening times, and that people are registered with one
//! practice. Methods: [reach](../../../docs/book/methods.md#floating-catchments).

mod catchment;
mod decay;
mod journeys;
mod nearby;
mod rational;

pub use catchment::{Access, Catchment, floating_catchment};
pub use decay::Decay;
pub use journeys::{Journey, Journeys};
pub use nearby::{Point, journeys_within};
pub use rational::{Crowding, RationalAccess, rational_agents};

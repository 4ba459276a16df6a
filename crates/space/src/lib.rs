//! Where things are and how long it takes between them: journeys, routes over roads, the National Grid, and how well
//! people reach what there is.
//!
//! Every method takes plain coordinates and numbers and returns plain values. Nothing here knows of practices,
//! deprivation or pages. Equations are written once, in the methods chapter (`docs/book/methods.md`).

pub mod access;
pub mod national_grid;
pub mod routes;

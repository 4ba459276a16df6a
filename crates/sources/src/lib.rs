//! Published datasets: how each is recognised, read, checked and fetched, and the invented place.
pub mod synth;

//! Claims: every template against its own sentences, two hundred sentences against all, and readings on a small England.

mod ahead;
mod amounts;
mod apart;
mod corpus;
mod flips;
mod fuzzed;
mod names;
mod perturbed;
mod readings;
mod recruits;
mod runs;
mod support;
mod templates;

//! Official answers reproduced.
//!
//! The test data of the official packages and the stored answers of their runs are licensed apart from this
//! project, so they are read where they lie (`CATCHMENT_PEERS`) and never copied; without them each test says
//! that it was skipped, and fails where the variable names a folder that does not hold them.

#![expect(clippy::unwrap_used, reason = "helpers of tests stop at the first surprise, as tests do")]

#[path = "../../../sources/tests/support/at_hand.rs"]
mod at_hand;
mod funnels;
mod intervals;
mod life_expectancy;
mod means_and_quantiles;
mod peers;
mod reach;
mod slope_index;
mod standardised;
mod xmr;

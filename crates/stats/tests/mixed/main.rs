//! Mixed models beside lme4 and glmmTMB, on tables read where they lie and on small tables made here.
#![expect(clippy::unwrap_used, reason = "helpers of tests stop at the first surprise, as tests do")]

mod answers_of_r;
#[path = "../../../sources/tests/support/at_hand.rs"]
mod at_hand;
mod laws;
mod peers;

//! Quantiles of the distributions behind the intervals.
//!
//! The limits that boards see are quantiles of the normal, Student and chi-squared distributions. They are
//! computed here to the last few digits of a double, so that an interval can be compared with the official
//! tools digit by digit.

pub mod chi_squared;
pub mod normal;
pub mod polygamma;
pub mod student;

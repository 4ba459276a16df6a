//! The command line of Catchment.

fn main() {}

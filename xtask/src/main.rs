//! The two commands of the project: `cargo demo` and `cargo verify`.

fn main() {}

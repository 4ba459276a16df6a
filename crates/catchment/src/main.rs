//! The command line of Catchment.
//!
//! Exit codes: 0 done; 1 a bug; 2 the command was not understood; 3 problems in what was given; 4 the world failed
//! (disk, network). This crate alone reads the clock and the environment and opens network listeners.

#[macro_use(say)]
extern crate terminal;

mod commands;
mod outcome;

use outcome::Outcome;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    let arguments = commands::Arguments::read();
    let outcome = arguments.run();
    if let Outcome::Failed(error) = &outcome {
        eprintln!("error: {error:#}");
    }
    outcome.code()
}

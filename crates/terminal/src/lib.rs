//! The door of the terminal: every question of the house is a command of its word, and what may be chosen are its options.
//!
//! A command prints the answer that its page shows, in words or, with `--json`, as the file beside the page holds it. Nothing
//! is worked out here; the manifest names the answers and what prints them, and nothing below.

/// Prints a line; ends the program quietly when nobody reads on, as when its output is piped into `head`.
#[macro_export]
macro_rules! say {
    ($($words:tt)*) => {{
        use std::io::Write as _;
        if writeln!(std::io::stdout(), $($words)*).is_err() {
            std::process::exit(0);
        }
    }};
}

mod answer;
mod ask;
mod claim;

pub use answer::say as say_answer;
pub use ask::{Ask, NotTold};
pub use claim::Claim;

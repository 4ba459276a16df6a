//! Names of new things: snake case, as the files and modules of the project are called.

use crate::run::Failed;

/// Words that Rust keeps for itself, so that no module can be called so.
const KEPT: [&str; 20] = [
    "as", "async", "box", "const", "crate", "dyn", "enum", "fn", "for", "if", "impl", "in", "loop",
    "match", "mod", "move", "self", "super", "type", "use",
];

/// A name, if it is snake case and free for use.
pub fn checked(name: &str) -> Result<&str, Failed> {
    let is_word = |word: &str| {
        !word.is_empty()
            && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    let begins = name.starts_with(|first: char| first.is_ascii_lowercase());
    if !begins || !name.split('_').all(is_word) {
        return Err(Failed(format!(
            "`{name}` is no name: expected small letters and digits joined by `_`, such as `calls_answered`"
        )));
    }
    if KEPT.contains(&name) {
        return Err(Failed(format!("`{name}` is a word of Rust: choose another name")));
    }
    Ok(name)
}

/// The type of a name: `health_checks` is `HealthChecks`.
pub fn type_of(name: &str) -> String {
    let capitalised = |word: &str| {
        let mut letters = word.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>()
    };
    name.split('_').map(capitalised).collect()
}

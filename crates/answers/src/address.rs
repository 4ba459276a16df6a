//! The addresses of pages, which links in tables and sentences name: one scheme for every door that can follow them.

use std::fmt::Write as _;

use evidence::Place;
use vocab::{Level, Organisation};

use crate::choices::Choices;

/// The page of an organisation.
#[must_use]
pub fn to(organisation: &Organisation) -> String {
    page(organisation.level, &organisation.code)
}

/// The page of a code at a level.
#[must_use]
pub fn page(level: Level, code: &str) -> String {
    let code = encoded(code);
    match level {
        Level::Practice => format!("/practice/{code}"),
        Level::Network => format!("/network/{code}"),
        Level::SubIcb | Level::Icb | Level::Region | Level::Place | Level::England => {
            format!("/place/{code}")
        }
    }
}

/// The page of a place.
#[must_use]
pub fn place(place: &Place) -> String {
    match place.single() {
        Some((level @ (Level::Practice | Level::Network), code)) => page(level, code),
        _ => format!("/place/{}", encoded(&place.key)),
    }
}

/// Levels whose organisations can be compared with those like them.
pub const COMPARED: [Level; 4] = [Level::Practice, Level::Network, Level::SubIcb, Level::Icb];

/// The page of those like an organisation, if its level can be compared.
#[must_use]
pub fn similar(level: Level, code: &str) -> Option<String> {
    COMPARED.contains(&level).then(|| format!("/similar/{}", encoded(code)))
}

/// The list of indicators with the figures of a place.
#[must_use]
pub fn indicators(place: &Place) -> String {
    format!("/indicators{}", written(&[("within", &place.key)]))
}

/// The page of a question about a place, and what of the choices follows its address.
#[must_use]
pub fn question(word: &str, of: &Place, choices: &Choices) -> (String, Choices) {
    let within = || choices.without("indicator").with("within", &of.key);
    match (word, choices.get("indicator")) {
        ("about", _) => (place(of), choices.clone()),
        ("similar", _) => (format!("/similar/{}", encoded(&of.key)), choices.clone()),
        ("indicator", Some(id)) => (format!("/indicator/{}", encoded(id)), within()),
        ("why", Some(id)) => (format!("/indicator/{}/why", encoded(id)), within()),
        _ => (format!("/place/{}/{word}", encoded(&of.key)), choices.clone()),
    }
}

/// Pairs as they stand in an address, with the question mark; nothing for none.
#[must_use]
pub fn written(pairs: &[(&str, &str)]) -> String {
    let mut out = String::new();
    for (name, value) in pairs {
        out.push(if out.is_empty() { '?' } else { '&' });
        let _ = write!(out, "{}={}", encoded(name), encoded(value));
    }
    out
}

/// Text as it may stand in an address.
#[must_use]
pub fn encoded(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

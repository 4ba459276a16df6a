//! The addresses of organisations.

use vocab::{Level, Organisation};

use crate::query::encoded;

/// The page of an organisation.
pub(crate) fn to(organisation: &Organisation) -> Option<String> {
    page(organisation.level, &organisation.code)
}

/// The page of a code at a level.
pub(crate) fn page(level: Level, code: &str) -> Option<String> {
    let code = encoded(code);
    Some(match level {
        Level::Practice => format!("/practice/{code}"),
        Level::Network if code == "U" => return None,
        Level::Network => format!("/network/{code}"),
        Level::SubIcb | Level::Icb | Level::Region | Level::Place | Level::England => {
            format!("/place/{code}")
        }
    })
}

/// The page of a place.
pub(crate) fn place(place: &evidence::Place) -> String {
    match place.single() {
        Some((level @ (Level::Practice | Level::Network), code)) => page(level, code),
        _ => None,
    }
    .unwrap_or_else(|| format!("/place/{}", encoded(&place.key)))
}

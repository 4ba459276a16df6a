//! The curve of contacts by sex and age, read from `parameters/contacts_by_age.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::place::{AGES, Ages};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Curve {
    #[expect(dead_code, reason = "for readers of the file")]
    description: String,
    #[expect(dead_code, reason = "for readers of the file")]
    unit: String,
    female: [f64; AGES],
    male: [f64; AGES],
    #[expect(dead_code, reason = "for readers of the file")]
    source: toml::Table,
}

static CURVE: LazyLock<Ages> = LazyLock::new(|| {
    let file =
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../parameters/contacts_by_age.toml"));
    let read: Curve = toml::from_str(file)
        .expect("the file inside the program can be read because a test reads it");
    Ages([read.female, read.male])
});

/// Contacts of a person in a year by sex (female, male) and five-year band.
#[must_use]
pub fn contacts_by_age() -> &'static Ages {
    &CURVE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_rise_with_age_from_forty() {
        for sex in contacts_by_age().0 {
            assert!(sex[8..17].windows(2).all(|pair| pair[0] < pair[1]), "{sex:?}");
        }
    }
}

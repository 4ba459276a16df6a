//! The choices in an address: read without failing, written back in a fixed order.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The choices of an address; of a name given twice the last counts, an empty choice is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Choices(BTreeMap<String, String>);

impl Choices {
    /// Out of the pairs of an address.
    pub(crate) fn of(pairs: Vec<(String, String)>) -> Self {
        let pairs = pairs.into_iter().map(|(name, value)| (name, value.trim().to_owned()));
        Self(pairs.filter(|(_, value)| !value.is_empty()).collect())
    }

    /// The choice of a name.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// The choices as they stand in an address, with the question mark; nothing for none.
    pub(crate) fn written(&self) -> String {
        let pairs: Vec<(&str, &str)> =
            self.0.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        written(&pairs)
    }
}

/// Pairs as they stand in an address, with the question mark; nothing for none.
pub(crate) fn written(pairs: &[(&str, &str)]) -> String {
    let mut out = String::new();
    for (name, value) in pairs {
        out.push(if out.is_empty() { '?' } else { '&' });
        let _ = write!(out, "{}={}", encoded(name), encoded(value));
    }
    out
}

/// Text as it may stand in an address.
pub(crate) fn encoded(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_written_in_a_fixed_order_and_encoded() {
        let pairs = [("within", "03W+04C"), ("level", "practice"), ("period", " ")];
        let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(Choices::of(pairs.to_vec()).written(), "?level=practice&within=03W%2B04C");
    }
}

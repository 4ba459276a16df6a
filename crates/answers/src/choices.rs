//! The choices of who asks, by name: in an address what follows the question mark, in a command its options.

use std::collections::BTreeMap;

use crate::address::written;

/// The choices of an address; of a name given twice the last counts, an empty choice is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices(BTreeMap<String, String>);

impl Choices {
    /// Out of the pairs of an address.
    #[must_use]
    pub fn of(pairs: Vec<(String, String)>) -> Self {
        let pairs = pairs.into_iter().map(|(name, value)| (name, value.trim().to_owned()));
        Self(pairs.filter(|(_, value)| !value.is_empty()).collect())
    }

    /// Those of some names.
    #[must_use]
    pub fn only(&self, is_one: impl Fn(&str) -> bool) -> Self {
        let kept = self.0.iter().filter(|(name, _)| is_one(name));
        Self(kept.map(|(name, value)| (name.clone(), value.clone())).collect())
    }

    /// The same without the choice of a name.
    #[must_use]
    pub fn without(&self, name: &str) -> Self {
        self.only(|one| one != name)
    }

    /// The same with this chosen.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.0.insert(name.to_owned(), value.to_owned());
        self
    }

    /// The names of what was chosen, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The choice of a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// The choices as they stand in an address, with the question mark; nothing for none.
    #[must_use]
    pub fn written(&self) -> String {
        let pairs: Vec<(&str, &str)> =
            self.0.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        written(&pairs)
    }
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

    #[test]
    fn choices_that_nobody_offers_are_left_behind() {
        let pairs = [("mode", "drive"), ("colour", "red")];
        let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let known = Choices::of(pairs.to_vec()).only(|name| name == "mode");
        assert_eq!(known.written(), "?mode=drive");
    }
}

//! What was found in a sentence, by name.

use std::collections::BTreeMap;

use evidence::Place;
use vocab::Level;

use super::super::mention::{Amount, Change, Direction, Quantity, What, When};
use super::super::template::Element;
use indicators::definition::Ages;

/// What was found in a sentence.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Slots {
    /// The indicator.
    pub indicator: Option<String>,
    /// Whether it speaks of how many or of a share or rate.
    pub amount: Option<Amount>,
    /// Of whom it speaks; nothing for the place at hand.
    pub subject: Option<Place>,
    /// With whom it compares.
    pub reference: Option<Place>,
    /// The side.
    pub direction: Option<Direction>,
    /// The change.
    pub change: Option<Change>,
    /// The kind of organisation.
    pub level: Option<Level>,
    /// The ages.
    pub ages: Option<Ages>,
    /// The time.
    pub when: Option<When>,
    /// Figures by name.
    pub numbers: BTreeMap<String, Quantity>,
    /// Values that the form gives.
    pub given: BTreeMap<String, String>,
    /// Whether the sentence denies it.
    pub denied: bool,
}

impl Slots {
    pub(super) fn take(&mut self, element: &Element, what: &What) {
        match what {
            What::Indicator(id) => self.indicator = Some(id.clone()),
            What::Subject(places) if *element == Element::Reference => {
                self.reference = places.first().cloned();
            }
            What::Home(place) if *element == Element::Reference => {
                self.reference = Some(place.clone());
            }
            What::Subject(places) => self.subject = places.first().cloned(),
            What::Direction(direction) => self.direction = Some(*direction),
            What::Change(change) => self.change = Some(*change),
            What::Level(level) => self.level = self.level.or(Some(*level)),
            What::Ages(ages) => self.ages = Some(*ages),
            What::When(when) => self.when = Some(*when),
            What::Home(_) | What::Concept(_) | What::Guard(_) | What::Quantity(_) => {}
        }
    }

    pub(super) fn is_free(&self, element: &Element) -> bool {
        match element {
            Element::Indicator => self.indicator.is_none(),
            Element::Place => self.subject.is_none(),
            Element::Reference => self.reference.is_none(),
            Element::Direction | Element::Extreme => self.direction.is_none(),
            Element::Change => self.change.is_none(),
            Element::Ages => self.ages.is_none(),
            Element::When | Element::Since | Element::At | Element::Ahead => self.when.is_none(),
            Element::Quantity { .. } => false,
            // Word lists, and kinds of organisations that are named again, may be met more than once.
            Element::Concepts(_) | Element::Leading(_) | Element::Guard(_) | Element::Level => true,
        }
    }

    pub(super) fn give(&mut self, name: &str, value: &str) {
        match name {
            "indicator" => self.indicator = Some(value.to_owned()),
            "direction" => self.direction = Direction::parse(value),
            // `lower than in 2019` says that it fell.
            "change" if value == "direction" => {
                self.change = self.direction.take().map(Change::of_side);
            }
            "change" => self.change = Change::parse(value),
            "denied" => self.denied = !self.denied,
            "complement" => {
                self.direction = self.direction.map(Direction::of_the_rest);
                self.change = self.change.map(Change::of_the_rest);
                for name in ["value", "from", "to"] {
                    if let Some(number) = self.numbers.get_mut(name) {
                        *number = number.of_the_rest();
                    }
                }
            }
            "level" => self.level = Level::parse(value),
            "amount" => self.amount = Amount::parse(value),
            _ => {}
        }
    }

    /// The slots by name, as they are written in answers and examples.
    #[must_use]
    pub fn in_words(&self) -> BTreeMap<String, String> {
        let mut words = self.given.clone();
        words.remove("denied");
        words.remove("amount");
        words.remove("whole");
        let mut put = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                words.insert(name.to_owned(), value);
            }
        };
        put("indicator", self.indicator.clone());
        let says_number = self.amount == Some(Amount::Number);
        put("amount", says_number.then(|| Amount::Number.as_str().to_owned()));
        put("place", self.subject.as_ref().map(|place| place.key.clone()));
        put("reference", self.reference.as_ref().map(|place| place.key.clone()));
        put("direction", self.direction.map(|one| one.as_str().to_owned()));
        put("change", self.change.map(|one| one.as_str().to_owned()));
        put("level", self.level.map(|one| one.as_str().to_owned()));
        put(
            "ages",
            self.ages.map(|ages| match ages.to {
                Some(to) => format!("{}-{}", ages.from, to.saturating_sub(1)),
                None => format!("{}+", ages.from),
            }),
        );
        put("when", self.when.map(When::in_words));
        put("denied", self.denied.then(|| "yes".to_owned()));
        for (name, quantity) in &self.numbers {
            words.insert(name.clone(), quantity.in_words());
        }
        words
    }
}

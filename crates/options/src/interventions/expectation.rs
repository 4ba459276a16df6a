//! What people of the same health expect.

use models::change::{Change, Contacts, Effect, Scope};
use vocab::Month;

use crate::field::Start;
use crate::intervention::{Cost, Intervention, assumed, intervention};
use crate::interventions::words::{ages, change_in_percent};

intervention! {
    Expectation, "expectation", "Change in expectation",
    "People of the same age and health ask for more or less than today, year on year.";
    growth: f64, "share a year", -0.1..=0.1, Start::Needed, "How much more (with a minus less) is asked for each year, compounding.";
    from_age: u32, "years", 0.0..=110.0, assumed("0"), "The youngest age concerned.";
    to_age: u32, "years", 1.0..=120.0, assumed("120"), "The age from which it concerns nobody.";
}

impl Intervention for Expectation {
    fn says(&self) -> String {
        format!(
            "people {} ask for {} contacts each year at the same health",
            ages(self.from_age, self.to_age),
            change_in_percent(self.growth)
        )
    }

    fn costs(&self) -> Vec<Cost> {
        Vec::new()
    }

    fn changes(&self, from: Month) -> Vec<Change> {
        let scope = Scope {
            from_age: self.from_age as u8,
            to_age: Some(self.to_age as u8),
            ..Scope::default()
        };
        let contacts =
            Contacts { scope, factor: 1.0, growth: self.growth, number: 0.0, ramp_months: 0 };
        vec![Change { from, effect: Effect::Contacts(contacts) }]
    }

    fn contradictions(&self) -> Vec<String> {
        let empty = self.to_age <= self.from_age;
        empty
            .then(|| {
                format!("`to_age` {} must lie above `from_age` {}", self.to_age, self.from_age)
            })
            .into_iter()
            .collect()
    }
}

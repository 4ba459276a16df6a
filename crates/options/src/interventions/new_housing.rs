//! New homes and who moves into them.

use models::change::{Change, Effect, People};
use vocab::Month;
use vocab::codes::PracticeCode;

use crate::field::Start;
use crate::intervention::{ANY, Cost, Intervention, Touches, assumed, intervention};
use crate::interventions::words::{more_than_everybody, near};

intervention! {
    NewHousing, "new_housing", "New housing",
    "New homes bring people, mostly younger than those who live here.";
    homes: u32, "homes", 1.0..=100_000.0, Start::Needed, "How many are built.";
    people_per_home: f64, "people", 0.5..=6.0, assumed("2.4"), "How many people live in each.";
    over_months: u32, "months", 1.0..=240.0, assumed("36"), "Over how many months they are occupied, evenly.";
    under_18: f64, "share", 0.0..=1.0, assumed("0.27"), "Share of the people under 18.";
    from_65: f64, "share", 0.0..=1.0, assumed("0.06"), "Share of the people of 65 and over.";
    practices: Vec<PracticeCode>, "practice codes", ANY, Start::Optional, "The practices they register with; left out, all of the place.";
}

impl Intervention for NewHousing {
    fn says(&self) -> String {
        format!(
            "{} homes for {:.0} people are occupied over {} months {}",
            self.homes,
            self.people(),
            self.over_months,
            near(&self.practices)
        )
    }

    fn costs(&self) -> Vec<Cost> {
        Vec::new()
    }

    fn changes(&self, from: Month) -> Vec<Change> {
        let people = People {
            practices: self.practices.clone(),
            people: self.people() as i32,
            over_months: self.over_months,
            ages: [self.under_18, 1.0 - self.under_18 - self.from_65, self.from_65],
        };
        vec![Change { from, effect: Effect::People(people) }]
    }

    fn touches(&self) -> Touches {
        Touches::needing(self.practices.iter().copied()).arriving(self.people() as u32)
    }

    fn contradictions(&self) -> Vec<String> {
        more_than_everybody(self.under_18, self.from_65)
    }
}

impl NewHousing {
    /// How many people move in.
    fn people(&self) -> f64 {
        libm::round(f64::from(self.homes) * self.people_per_home)
    }
}

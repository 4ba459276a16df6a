//! People who come or go beyond the projection.

use models::change::{Change, Effect, People};
use vocab::Month;
use vocab::codes::PracticeCode;

use crate::field::Start;
use crate::intervention::{ANY, Cost, Intervention, Touches, assumed, intervention};
use crate::interventions::words::{more_or_fewer, more_than_everybody, near};

intervention! {
    PopulationChange, "population_change", "More or fewer people",
    "People come or go beyond what the projection has: a university, a closure of a large employer, an asylum centre.";
    people: i32, "people", -500_000.0..=500_000.0, Start::Needed, "How many more, with a minus fewer.";
    over_months: u32, "months", 1.0..=240.0, assumed("12"), "Over how many months, evenly.";
    under_18: f64, "share", 0.0..=1.0, assumed("0.21"), "Share of them under 18.";
    from_65: f64, "share", 0.0..=1.0, assumed("0.19"), "Share of them of 65 and over.";
    practices: Vec<PracticeCode>, "practice codes", ANY, Start::Optional, "The practices concerned; left out, all of the place.";
}

impl Intervention for PopulationChange {
    fn says(&self) -> String {
        format!(
            "there are {} people {} than projected, within {} months",
            more_or_fewer(f64::from(self.people)),
            near(&self.practices),
            self.over_months
        )
    }

    fn costs(&self) -> Vec<Cost> {
        Vec::new()
    }

    fn changes(&self, from: Month) -> Vec<Change> {
        let people = People {
            practices: self.practices.clone(),
            people: self.people,
            over_months: self.over_months,
            ages: [self.under_18, 1.0 - self.under_18 - self.from_65, self.from_65],
        };
        vec![Change { from, effect: Effect::People(people) }]
    }

    fn touches(&self) -> Touches {
        Touches {
            residents: Some((self.practices.clone(), self.people)),
            ..Touches::needing(self.practices.iter().copied())
                .arriving(self.people.max(0).unsigned_abs())
        }
    }

    fn contradictions(&self) -> Vec<String> {
        more_than_everybody(self.under_18, self.from_65)
    }
}

//! Training places for registrars.

use models::change::{Change, Effect};
use models::money::Tag;
use vocab::Month;

use crate::field::Start;
use crate::intervention::{Cost, Intervention, Touches, When, assumed, intervention};
use crate::interventions::words::more_or_fewer;

intervention! {
    TrainingPlaces, "training_places", "Training places",
    "More or fewer registrars in the practices of the place; whoever finishes may be a GP of the place some months later.";
    places: i32, "registrars at any time", -500.0..=500.0, Start::Needed, "How many more (with a minus fewer) are in training at any time.";
    local_cost: f64, "pounds a year for each place", 0.0..=100_000.0, assumed("0"), "What the place itself pays; trainers and salaries are paid nationally.";
}

impl Intervention for TrainingPlaces {
    fn says(&self) -> String {
        format!("there are {} training places", more_or_fewer(f64::from(self.places)))
    }

    fn costs(&self) -> Vec<Cost> {
        vec![Cost {
            what: format!("{} training places", more_or_fewer(f64::from(self.places))),
            pounds: f64::from(self.places) * self.local_cost,
            when: When::EachYear,
            tag: Tag::Enabler,
        }]
    }

    fn cost_remark(&self) -> Option<&'static str> {
        (self.places != 0).then_some(
            "Trainers and registrars’ salaries are paid nationally and are not in the money; nor are salaries of those who finish and stay as GPs: how many do is for the outlook to say.",
        )
    }

    fn changes(&self, from: Month) -> Vec<Change> {
        vec![Change { from, effect: Effect::TrainingPlaces { places: self.places } }]
    }

    fn touches(&self) -> Touches {
        Touches { in_training: self.places, ..Touches::default() }
    }
}

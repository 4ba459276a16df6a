//! A cap on the list of a practice.

use models::change::{Change, Effect};
use vocab::Month;
use vocab::codes::PracticeCode;

use crate::field::Start;
use crate::intervention::{ANY, Cost, Intervention, Touches, intervention};

intervention! {
    CapList, "cap_list", "Cap a list",
    "A practice takes no patients above a number.";
    practice: PracticeCode, "practice code", ANY, Start::Needed, "The practice.";
    patients: u32, "people", 1.0..=200_000.0, Start::Needed, "The greatest list.";
}

impl Intervention for CapList {
    fn says(&self) -> String {
        format!(
            "{} takes no new patients above a list of {}; whoever is on it stays",
            self.practice, self.patients
        )
    }

    fn costs(&self) -> Vec<Cost> {
        Vec::new()
    }

    fn changes(&self, from: Month) -> Vec<Change> {
        let effect = Effect::ListCap { practice: self.practice, patients: self.patients };
        vec![Change { from, effect }]
    }

    fn touches(&self) -> Touches {
        Touches::needing([self.practice])
    }
}

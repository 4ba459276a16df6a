//! A new practice.

use models::change::{Change, Effect};
use models::money::Tag;
use vocab::Month;
use vocab::codes::PracticeCode;

use crate::field::Start;
use crate::intervention::{ANY, Cost, Intervention, Touches, When, assumed, intervention};

intervention! {
    OpenPractice, "open_practice", "Open a practice",
    "A new practice opens; people of the place register with it, and GPs who join come to it as to other vacant posts.";
    practice: PracticeCode, "practice code", ANY, Start::Needed, "Its code, one that no practice of the place has.";
    patients: u32, "people", 1.0..=100_000.0, Start::Needed, "People of the place who register with it.";
    once: f64, "pounds, once", 0.0..=50_000_000.0, assumed("500000"), "What premises and equipment cost.";
    yearly_cost: f64, "pounds a year", 0.0..=50_000_000.0, assumed("0"), "What is paid beyond what follows its patients.";
}

impl Intervention for OpenPractice {
    fn says(&self) -> String {
        format!("{} opens and {} people register with it", self.practice, self.patients)
    }

    fn costs(&self) -> Vec<Cost> {
        vec![
            Cost {
                what: format!("premises and equipment of {}", self.practice),
                pounds: self.once,
                when: When::Once,
                tag: Tag::Enabler,
            },
            Cost {
                what: format!("payments to {} beyond what follows its patients", self.practice),
                pounds: self.yearly_cost,
                when: When::EachYear,
                tag: Tag::Service,
            },
        ]
    }

    fn cost_remark(&self) -> Option<&'static str> {
        Some(
            "Which network a new practice joins is not stated: what networks are paid for its patients is left with the networks of the lists that they come from.",
        )
    }

    fn changes(&self, from: Month) -> Vec<Change> {
        let effect = Effect::Opens { practice: self.practice, patients: self.patients };
        vec![Change { from, effect }]
    }

    fn touches(&self) -> Touches {
        Touches { opens: Some((self.practice, self.patients)), ..Touches::default() }
    }
}

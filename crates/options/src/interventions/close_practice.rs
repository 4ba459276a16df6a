//! The closure of a practice.

use models::change::{Change, Effect};
use models::money::Tag;
use vocab::Month;
use vocab::codes::PracticeCode;

use crate::field::Start;
use crate::intervention::{ANY, Cost, Intervention, Touches, When, assumed, intervention};
use crate::interventions::words::list;

intervention! {
    ClosePractice, "close_practice", "Close a practice",
    "A practice ends; its patients, and those of its staff who do not leave, go to those named in equal shares, or wherever they choose.";
    practice: PracticeCode, "practice code", ANY, Start::Needed, "The practice that closes.";
    to: Vec<PracticeCode>, "practice codes", ANY, Start::Optional, "Who takes over, in equal shares; left out, patients choose and staff look around.";
    once: f64, "pounds, once", 0.0..=10_000_000.0, assumed("100000"), "What winding up, letters and moving records cost.";
}

impl Intervention for ClosePractice {
    fn says(&self) -> String {
        if self.to.is_empty() {
            format!("{} closes and its patients choose another practice", self.practice)
        } else {
            format!(
                "{} closes and its patients go to {}, as do those of its staff who do not leave",
                self.practice,
                list(&self.to)
            )
        }
    }

    fn costs(&self) -> Vec<Cost> {
        vec![Cost {
            what: format!("closing {}", self.practice),
            pounds: self.once,
            when: When::Once,
            tag: Tag::Structure,
        }]
    }

    fn changes(&self, from: Month) -> Vec<Change> {
        let share = 1.0 / self.to.len().max(1) as f64;
        let to = self.to.iter().map(|practice| (*practice, share)).collect();
        vec![Change { from, effect: Effect::Closes { practice: self.practice, to } }]
    }

    fn touches(&self) -> Touches {
        let needs = self.to.iter().copied().chain([self.practice]);
        Touches { ends: Some(self.practice), ..Touches::needing(needs) }
    }

    fn contradictions(&self) -> Vec<String> {
        let itself = self.to.contains(&self.practice);
        itself
            .then(|| format!("{} cannot take over from itself", self.practice))
            .into_iter()
            .collect()
    }
}

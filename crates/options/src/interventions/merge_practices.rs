//! The merger of two practices.

use models::change::{Change, Effect};
use models::money::Tag;
use vocab::Month;
use vocab::codes::PracticeCode;

use crate::field::Start;
use crate::intervention::{ANY, Cost, Intervention, Touches, When, assumed, intervention};

intervention! {
    MergePractices, "merge_practices", "Merge two practices",
    "All of a practice becomes part of another one: patients, staff and contract.";
    practice: PracticeCode, "practice code", ANY, Start::Needed, "The practice that ends.";
    into: PracticeCode, "practice code", ANY, Start::Needed, "The practice it becomes part of.";
    once: f64, "pounds, once", 0.0..=10_000_000.0, assumed("60000"), "What joining systems, contracts and premises costs.";
}

impl Intervention for MergePractices {
    fn says(&self) -> String {
        format!("{} becomes part of {}", self.practice, self.into)
    }

    fn costs(&self) -> Vec<Cost> {
        vec![Cost {
            what: format!("merging {} into {}", self.practice, self.into),
            pounds: self.once,
            when: When::Once,
            tag: Tag::Structure,
        }]
    }

    fn changes(&self, from: Month) -> Vec<Change> {
        vec![Change { from, effect: Effect::Merges { practice: self.practice, into: self.into } }]
    }

    fn touches(&self) -> Touches {
        let needs = [self.practice, self.into];
        Touches { ends: Some(self.practice), ..Touches::needing(needs) }
    }

    fn contradictions(&self) -> Vec<String> {
        let itself = self.practice == self.into;
        itself.then(|| format!("{} cannot merge into itself", self.practice)).into_iter().collect()
    }
}

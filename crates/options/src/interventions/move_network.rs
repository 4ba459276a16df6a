//! A practice that changes its network.

use models::change::{Change, Effect};
use models::money::Tag;
use vocab::Month;
use vocab::codes::{NetworkCode, PracticeCode};

use crate::field::Start;
use crate::intervention::{ANY, Cost, Intervention, Touches, When, assumed, intervention};

intervention! {
    MoveNetwork, "move_network", "Move a practice to another network",
    "A practice leaves its network and joins another one; network money follows its patients.";
    practice: PracticeCode, "practice code", ANY, Start::Needed, "The practice.";
    to: NetworkCode, "network code", ANY, Start::Needed, "The network it joins.";
    once: f64, "pounds, once", 0.0..=1_000_000.0, assumed("5000"), "What the change of agreements costs.";
}

impl Intervention for MoveNetwork {
    fn says(&self) -> String {
        format!("{} moves to the network {}", self.practice, self.to)
    }

    fn costs(&self) -> Vec<Cost> {
        vec![Cost {
            what: format!("moving {} to {}", self.practice, self.to),
            pounds: self.once,
            when: When::Once,
            tag: Tag::Structure,
        }]
    }

    fn changes(&self, from: Month) -> Vec<Change> {
        vec![Change { from, effect: Effect::MovesNetwork { practice: self.practice, to: self.to } }]
    }

    fn touches(&self) -> Touches {
        Touches {
            networks: vec![self.to],
            joins: Some((self.practice, self.to)),
            ..Touches::needing([self.practice])
        }
    }
}

//! TO BE WRITTEN: what it is, in a sentence.

use models::change::Change;
use models::money::Tag;
use vocab::Month;

use crate::field::Start;
use crate::intervention::{Cost, Intervention, Touches, When, intervention};

intervention! {
    TYPE, "NAME", "TO BE WRITTEN",
    "TO BE WRITTEN: what it does, in a sentence or two.";
    people: u32, "people", 0.0..=5_000_000.0, Start::Needed, "TO BE WRITTEN: how many it reaches in a year.";
    cost_each: f64, "pounds a person", 0.0..=10_000.0, Start::Needed, "TO BE WRITTEN: what it costs for each of them.";
}

impl Intervention for TYPE {
    fn says(&self) -> String {
        format!("TO BE WRITTEN: {} people are reached in a year", self.people)
    }

    fn costs(&self) -> Vec<Cost> {
        vec![Cost {
            what: "TO BE WRITTEN: what the money is for".to_owned(),
            pounds: f64::from(self.people) * self.cost_each,
            when: When::EachYear,
            tag: Tag::Service,
        }]
    }

    fn changes(&self, _from: Month) -> Vec<Change> {
        Vec::new()
    }

    fn touches(&self) -> Touches {
        Touches::default().reaching(self.people)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_says_what_it_does_what_it_costs_and_what_it_changes() {
        let written: toml::Table = "people = 100\ncost_each = 2.5".parse().unwrap();
        let example = (KIND.read)(&written).unwrap();
        let pounds: Vec<String> = example.costs().iter().map(|cost| cost.pounds.to_string()).collect();
        let changes = example.changes(Month { year: 2026, month: 4 });
        assert_eq!(example.says(), "TO BE WRITTEN: the sentence of this example");
        assert_eq!(pounds, ["TO BE WRITTEN: the pounds, worked out by hand"]);
        assert_eq!(format!("{changes:?}"), "TO BE WRITTEN: what changes from April 2026 on");
    }
}

//! How much newly qualified GPs work.

use models::change::{Change, Effect};
use vocab::Month;

use crate::field::Start;
use crate::intervention::{Cost, Intervention, assumed, intervention};
use crate::interventions::words::percent;

intervention! {
    JoinerHours, "joiner_hours", "How much new GPs work",
    "Another share of newly qualified GPs works full time, or the others work more or less.";
    full_time: f64, "share of joiners", 0.0..=1.0, Start::Needed, "Share of those who join who work full time.";
    part: f64, "full-time equivalents", 0.1..=1.0, assumed("0.55"), "How much each of the others works.";
}

impl Intervention for JoinerHours {
    fn says(&self) -> String {
        format!(
            "{} of new GPs work full time and the others {} of it",
            percent(self.full_time),
            percent(self.part)
        )
    }

    fn costs(&self) -> Vec<Cost> {
        Vec::new()
    }

    fn cost_remark(&self) -> Option<&'static str> {
        Some(
            "What longer or shorter hours of new GPs cost or save in salaries is not in the money: how many join is for the outlook to say.",
        )
    }

    fn changes(&self, from: Month) -> Vec<Change> {
        let effect = Effect::JoinerHours { full_time: self.full_time, part: self.part };
        vec![Change { from, effect }]
    }
}

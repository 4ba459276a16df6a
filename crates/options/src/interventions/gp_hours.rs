//! How much GPs in post work.

use models::change::{Change, Effect};
use models::money::Tag;
use vocab::Month;

use crate::field::Start;
use crate::intervention::{Cost, Intervention, When, intervention};
use crate::interventions::words::change_in_percent;

intervention! {
    GpHours, "gp_hours", "How much GPs in post work",
    "Every GP in post works more or fewer hours than before.";
    change: f64, "share of hours", -0.5..=0.5, Start::Needed, "How much more (with a minus less) each works.";
    yearly_cost: f64, "pounds a year in all", -100_000_000.0..=100_000_000.0, Start::Needed, "What the hours cost, with a minus what they save; nobody gives hours for nothing, and no file says who pays for them.";
}

impl Intervention for GpHours {
    fn says(&self) -> String {
        format!("GPs in post work {}", change_in_percent(self.change))
    }

    fn costs(&self) -> Vec<Cost> {
        vec![Cost {
            what: "hours of GPs in post".to_owned(),
            pounds: self.yearly_cost,
            when: When::EachYear,
            tag: Tag::Service,
        }]
    }

    fn cost_remark(&self) -> Option<&'static str> {
        (self.yearly_cost != 0.0).then_some(
            "Hours of GPs in post are changed for those who are in post then. Who joins later works as joiners do, so that the change fades as people leave; its cost stays as it is written.",
        )
    }

    fn changes(&self, from: Month) -> Vec<Change> {
        vec![Change { from, effect: Effect::HoursInPost { factor: 1.0 + self.change } }]
    }
}

//! Written advice from specialists instead of referrals.

use models::change::{Change, Contacts, Effect, Scope, Who};
use models::money::Tag;
use vocab::Month;

use crate::intervention::{Cost, Intervention, When, assumed, intervention};
use crate::interventions::words::{change_in_percent, number};

intervention! {
    AdviceAndGuidance, "advice_and_guidance", "Advice and guidance",
    "GPs ask specialists in writing instead of referring; some work of the hospital comes back to them, some waiting patients no longer ring.";
    gp_contacts: f64, "share of GP contacts", -0.1..=0.1, assumed("0.005"), "How many more contacts GPs have (with a minus fewer): writing and carrying out advice, less the calls of those who would be waiting.";
    ramp_months: u32, "months", 0.0..=60.0, assumed("12"), "How long it takes until all of it is there.";
    requests: u32, "requests a year", 0.0..=1_000_000.0, assumed("0"), "Requests that are paid for.";
    fee: f64, "pounds a request", 0.0..=100.0, assumed("20"), "What a request pays the practice.";
}

impl Intervention for AdviceAndGuidance {
    fn says(&self) -> String {
        format!(
            "GPs ask for written advice before they refer and have {} contacts, within {} months",
            change_in_percent(self.gp_contacts),
            self.ramp_months
        )
    }

    fn costs(&self) -> Vec<Cost> {
        vec![Cost {
            what: format!("{} requests for advice", number(f64::from(self.requests))),
            pounds: f64::from(self.requests) * self.fee,
            when: When::EachYear,
            tag: Tag::Service,
        }]
    }

    fn changes(&self, from: Month) -> Vec<Change> {
        let contacts = Contacts {
            scope: Scope { seen_by: Some(Who::Gp), ..Scope::default() },
            factor: 1.0 + self.gp_contacts,
            growth: 0.0,
            ramp_months: self.ramp_months,
        };
        vec![Change { from, effect: Effect::Contacts(contacts) }]
    }
}

//! Written advice from specialists instead of referrals.

use models::change::{Change, Contacts, Effect, Scope, Who};
use models::money::Tag;
use vocab::Month;

use crate::field::Start;
use crate::intervention::{Cost, Intervention, Touches, When, assumed, intervention};
use crate::interventions::words::{more_or_fewer, number};

intervention! {
    AdviceAndGuidance, "advice_and_guidance", "Advice and guidance",
    "GPs ask specialists in writing instead of referring; some work of the hospital comes back to them, some waiting patients no longer ring.";
    requests: u32, "requests a year", 0.0..=1_000_000.0, Start::Needed, "Requests for advice in a year.";
    gp_contacts_each: f64, "GP contacts for each request", -5.0..=5.0, assumed("0.25"), "How many more contacts GPs have for each (with a minus fewer): writing and carrying out advice, less the calls of those who would be waiting.";
    ramp_months: u32, "months", 0.0..=60.0, assumed("12"), "How long it takes until all of it is there.";
    fee: f64, "pounds a request", 0.0..=100.0, assumed("20"), "What a request pays the practice.";
}

impl Intervention for AdviceAndGuidance {
    fn says(&self) -> String {
        format!(
            "GPs ask for written advice {} times a year before they refer and have {} contacts for each, within {} months",
            number(f64::from(self.requests)),
            more_or_fewer(self.gp_contacts_each),
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
            factor: 1.0,
            growth: 0.0,
            number: f64::from(self.requests) * self.gp_contacts_each,
            ramp_months: self.ramp_months,
        };
        vec![Change { from, effect: Effect::Contacts(contacts) }]
    }

    fn touches(&self) -> Touches {
        Touches::default().reaching(self.requests)
    }
}

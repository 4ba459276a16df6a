//! Link workers for people whose need is social.

use models::change::{Change, Contacts, Effect, Scope, Who};
use models::money::Tag;
use vocab::Month;
use vocab::codes::PracticeCode;

use crate::field::Start;
use crate::intervention::{ANY, Cost, Intervention, Touches, When, assumed, intervention};
use crate::interventions::words::{near, number, percent};

intervention! {
    SocialPrescribing, "social_prescribing", "Social prescribing",
    "Link workers see people whose need is social; some of them see their GP less often.";
    referred: u32, "people a year", 0.0..=1_000_000.0, Start::Needed, "How many people link workers see in a year.";
    fewer_gp_contacts: f64, "share of GP contacts", 0.0..=0.2, assumed("0.003"), "How many contacts fewer all GPs together have because of it; trials differ and some find none.";
    ramp_months: u32, "months", 0.0..=60.0, assumed("12"), "How long it takes until all of it is there.";
    practices: Vec<PracticeCode>, "practice codes", ANY, Start::Optional, "The practices that do it; left out, all of the place.";
    cost_each: f64, "pounds a person", 0.0..=2000.0, assumed("250"), "What seeing a person and the activities cost, beside posts that are counted elsewhere.";
}

impl Intervention for SocialPrescribing {
    fn says(&self) -> String {
        format!(
            "link workers see {} people a year {} and GPs have {} fewer contacts, within {} months",
            self.referred,
            near(&self.practices),
            percent(self.fewer_gp_contacts),
            self.ramp_months
        )
    }

    fn costs(&self) -> Vec<Cost> {
        vec![Cost {
            what: format!("social prescribing for {} people", number(f64::from(self.referred))),
            pounds: f64::from(self.referred) * self.cost_each,
            when: When::EachYear,
            tag: Tag::Service,
        }]
    }

    fn changes(&self, from: Month) -> Vec<Change> {
        let scope = Scope {
            practices: self.practices.clone(),
            from_age: 18,
            seen_by: Some(Who::Gp),
            ..Scope::default()
        };
        let contacts = Contacts {
            scope,
            factor: 1.0 - self.fewer_gp_contacts,
            growth: 0.0,
            ramp_months: self.ramp_months,
        };
        vec![Change { from, effect: Effect::Contacts(contacts) }]
    }

    fn touches(&self) -> Touches {
        Touches::needing(self.practices.iter().copied())
    }
}

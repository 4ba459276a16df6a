//! Link workers for people whose need is social.

use models::change::{Change, Contacts, Effect, Scope, Who};
use models::money::Tag;
use vocab::Month;
use vocab::codes::PracticeCode;

use crate::field::Start;
use crate::intervention::{
    ANY, Cost, Intervention, Touches, When, assumed, intervention, published,
};
use crate::interventions::words::{more_or_fewer, near, number};

intervention! {
    SocialPrescribing, "social_prescribing", "Social prescribing",
    "Link workers see people whose need is social; trials find little or no effect on how often they see their GP.";
    referred: u32, "people a year", 0.0..=1_000_000.0, Start::Needed, "How many people link workers see in a year.";
    gp_contacts_each: f64, "GP contacts a year for each person", -20.0..=20.0, published("0"), "How many more contacts with GPs each person has in a year because of it (with a minus fewer): three trials with 3,873 people found little or no effect (Kiely 2022).";
    ramp_months: u32, "months", 0.0..=60.0, assumed("12"), "How long it takes until all of it is there.";
    practices: Vec<PracticeCode>, "practice codes", ANY, Start::Optional, "The practices that do it; left out, all of the place.";
    cost_each: f64, "pounds a person", 0.0..=2000.0, assumed("250"), "What seeing a person and the activities cost, beside posts that are counted elsewhere.";
}

impl Intervention for SocialPrescribing {
    fn says(&self) -> String {
        format!(
            "link workers see {} people a year {}, who have {} contacts with GPs each, within {} months",
            self.referred,
            near(&self.practices),
            more_or_fewer(self.gp_contacts_each),
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
        let scope =
            Scope { practices: self.practices.clone(), seen_by: Some(Who::Gp), ..Scope::default() };
        let contacts = Contacts {
            scope,
            factor: 1.0,
            growth: 0.0,
            number: f64::from(self.referred) * self.gp_contacts_each,
            ramp_months: self.ramp_months,
        };
        vec![Change { from, effect: Effect::Contacts(contacts) }]
    }

    fn touches(&self) -> Touches {
        Touches::needing(self.practices.iter().copied()).reaching(self.referred)
    }
}

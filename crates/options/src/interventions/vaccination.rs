//! A higher uptake of vaccinations.

use models::change::{Change, Contacts, Effect, Scope, Who};
use models::money::Tag;
use models::workforce::Role;
use vocab::Month;

use crate::field::Start;
use crate::intervention::{Cost, Intervention, When, assumed, intervention};
use crate::interventions::words::{ages, number, percent};

intervention! {
    Vaccination, "vaccination", "Vaccination uptake",
    "More people are vaccinated: contacts of nurses when it is given, fewer contacts for infections afterwards.";
    doses: u32, "doses a year", 0.0..=10_000_000.0, Start::Needed, "How many more are given in a year.";
    from_age: u32, "years", 0.0..=110.0, assumed("65"), "The youngest age it is for.";
    to_age: u32, "years", 1.0..=120.0, assumed("120"), "The age from which it is for nobody.";
    more_nurse_contacts: f64, "share of nurse contacts of those ages", 0.0..=1.0, assumed("0.03"), "How many more contacts nurses have with people of those ages.";
    fewer_gp_contacts: f64, "share of GP contacts of those ages", 0.0..=0.3, assumed("0.004"), "How many fewer contacts GPs have with people of those ages.";
    payment: f64, "pounds a dose", 0.0..=200.0, assumed("10.06"), "What a dose pays the practice.";
}

impl Intervention for Vaccination {
    fn says(&self) -> String {
        format!(
            "{} more doses a year are given to people {}, with whom GPs have {} fewer contacts",
            self.doses,
            ages(self.from_age, self.to_age),
            percent(self.fewer_gp_contacts)
        )
    }

    fn costs(&self) -> Vec<Cost> {
        vec![Cost {
            what: format!("{} doses", number(f64::from(self.doses))),
            pounds: f64::from(self.doses) * self.payment,
            when: When::EachYear,
            tag: Tag::Service,
        }]
    }

    fn changes(&self, from: Month) -> Vec<Change> {
        let contacts = |who: Who, factor: f64| {
            let scope = Scope {
                from_age: self.from_age as u8,
                to_age: Some(self.to_age as u8),
                seen_by: Some(who),
                ..Scope::default()
            };
            let contacts = Contacts { scope, factor, growth: 0.0, ramp_months: 0 };
            Change { from, effect: Effect::Contacts(contacts) }
        };
        vec![
            contacts(Who::Role(Role::Nurse), 1.0 + self.more_nurse_contacts),
            contacts(Who::Gp, 1.0 - self.fewer_gp_contacts),
        ]
    }

    fn contradictions(&self) -> Vec<String> {
        let empty = self.to_age <= self.from_age;
        empty
            .then(|| format!("`to_age` {} must lie above `from_age` {}", self.to_age, self.from_age))
            .into_iter()
            .collect()
    }
}

//! A higher uptake of vaccinations.

use models::change::{Change, Contacts, Effect, Scope, Who};
use models::money::Tag;
use models::workforce::Role;
use vocab::Month;

use crate::field::Start;
use crate::intervention::{Cost, Intervention, Touches, When, assumed, intervention};
use crate::interventions::words::{ages, more_or_fewer, number};

intervention! {
    Vaccination, "vaccination", "Vaccination uptake",
    "More people are vaccinated: contacts of nurses when it is given, fewer contacts for infections afterwards.";
    doses: u32, "doses a year", 0.0..=10_000_000.0, Start::Needed, "How many more are given in a year.";
    from_age: u32, "years", 0.0..=110.0, assumed("65"), "The youngest age it is for.";
    to_age: u32, "years", 1.0..=120.0, assumed("120"), "The age from which it is for nobody.";
    nurse_contacts_each: f64, "nurse contacts a dose", 0.0..=2.0, assumed("1"), "Contacts with nurses for each dose.";
    gp_contacts_each: f64, "GP contacts a dose", -2.0..=2.0, assumed("-0.02"), "How many more contacts GPs have for each dose (with a minus fewer): infections that do not happen.";
    payment: f64, "pounds a dose", 0.0..=200.0, assumed("10.06"), "What a dose pays the practice.";
}

impl Intervention for Vaccination {
    fn says(&self) -> String {
        format!(
            "{} more doses a year are given to people {}; each takes {} of nurses and brings {} contacts of GPs",
            self.doses,
            ages(self.from_age, self.to_age),
            contacts(self.nurse_contacts_each),
            more_or_fewer(self.gp_contacts_each)
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
        let contacts = |who: Who, each: f64| {
            let scope = Scope {
                from_age: self.from_age as u8,
                to_age: Some(self.to_age as u8),
                seen_by: Some(who),
                ..Scope::default()
            };
            let number = f64::from(self.doses) * each;
            let contacts = Contacts { scope, factor: 1.0, growth: 0.0, number, ramp_months: 0 };
            Change { from, effect: Effect::Contacts(contacts) }
        };
        vec![
            contacts(Who::Role(Role::Nurse), self.nurse_contacts_each),
            contacts(Who::Gp, self.gp_contacts_each),
        ]
    }

    fn touches(&self) -> Touches {
        Touches::default().reaching(self.doses)
    }

    fn contradictions(&self) -> Vec<String> {
        let empty = self.to_age <= self.from_age;
        empty
            .then(|| {
                format!("`to_age` {} must lie above `from_age` {}", self.to_age, self.from_age)
            })
            .into_iter()
            .collect()
    }
}

/// `1 contact`, `0.5 contacts`.
fn contacts(each: f64) -> String {
    let noun = if (each - 1.0).abs() < f64::EPSILON { "contact" } else { "contacts" };
    format!("{} {noun}", number(each))
}

//! Health checks for people of 40 to 74.

use models::change::{Change, Contacts, Effect, Scope, Who};
use models::money::Tag;
use models::workforce::Role;
use vocab::Month;

use crate::field::Start;
use crate::intervention::{Cost, Intervention, Touches, When, assumed, intervention};
use crate::interventions::words::{number, percent};

intervention! {
    HealthChecks, "health_checks", "Health checks",
    "More people of 40 to 74 are offered a health check: contacts now, somewhat fewer new long-term conditions later.";
    checks: u32, "checks a year", 0.0..=5_000_000.0, Start::Needed, "How many more are done in a year.";
    contacts_each: f64, "contacts a check", 0.0..=5.0, assumed("1"), "Contacts with healthcare assistants for each check.";
    fewer_cases: f64, "share of new cases", 0.0..=0.3, assumed("0.01"), "How many fewer of those who are checked have a new long-term condition in a year.";
    cost_each: f64, "pounds a check", 0.0..=500.0, assumed("30"), "What a check costs.";
}

impl Intervention for HealthChecks {
    fn says(&self) -> String {
        format!(
            "{} more health checks a year are done at 40 to 74, and of those who are checked {} fewer have a new condition",
            self.checks,
            percent(self.fewer_cases)
        )
    }

    fn costs(&self) -> Vec<Cost> {
        vec![Cost {
            what: format!("{} health checks", number(f64::from(self.checks))),
            pounds: f64::from(self.checks) * self.cost_each,
            when: When::EachYear,
            tag: Tag::Service,
        }]
    }

    fn changes(&self, from: Month) -> Vec<Change> {
        let number = f64::from(self.checks) * self.contacts_each;
        let scope = Scope {
            from_age: 40,
            to_age: Some(75),
            seen_by: Some(Who::Role(Role::HealthcareAssistant)),
            ..Scope::default()
        };
        let contacts = Contacts { scope, factor: 1.0, growth: 0.0, number, ramp_months: 12 };
        let onset = Effect::Onset {
            condition: String::new(),
            factor: 1.0 - self.fewer_cases,
            from_age: 40,
            to_age: 75,
            reached: Some(self.checks),
        };
        vec![Change { from, effect: Effect::Contacts(contacts) }, Change { from, effect: onset }]
    }

    fn touches(&self) -> Touches {
        Touches::default().reaching(self.checks)
    }

    fn contradictions(&self) -> Vec<String> {
        let nothing = self.checks == 0 && self.fewer_cases > 0.0;
        nothing
            .then(|| {
                "`checks` is 0 and `fewer_cases` is not: what is not done changes nothing"
                    .to_owned()
            })
            .into_iter()
            .collect()
    }
}

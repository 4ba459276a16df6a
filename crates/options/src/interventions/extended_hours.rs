//! More hours on a day of the week.

use models::change::{Change, Effect, Hours, Who};
use models::money::Tag;
use vocab::Month;

use crate::field::Start;
use crate::intervention::{ANY, Cost, Intervention, Touches, When, assumed, intervention};
use crate::interventions::words::number;
use crate::value::{Day, Employer};

intervention! {
    ExtendedHours, "extended_hours", "Extended hours",
    "More hours of appointments on one day of the week, such as an evening or a Saturday.";
    employer: Employer, "practice or network code", ANY, Start::Needed, "Whose hours.";
    who: Who, "role", ANY, assumed("\"gp\""), "Who works them.";
    hours: f64, "hours a week", 0.1..=500.0, Start::Needed, "How many more hours of appointments.";
    day: Day, "day", ANY, Start::Needed, "The day that has them.";
    hourly_cost: f64, "pounds an hour", 0.0..=500.0, assumed("90"), "What an hour costs, premises and reception included.";
}

impl Intervention for ExtendedHours {
    fn says(&self) -> String {
        format!(
            "{} offers {} more hours of {} on {}",
            self.employer.0,
            number(self.hours),
            self.who.people(),
            self.day.name()
        )
    }

    fn costs(&self) -> Vec<Cost> {
        vec![Cost {
            what: format!(
                "{} hours a week of {} on {}",
                number(self.hours),
                self.who.people(),
                self.day.name()
            ),
            pounds: self.hours * 52.0 * self.hourly_cost,
            when: When::EachYear,
            tag: Tag::Service,
        }]
    }

    fn changes(&self, from: Month) -> Vec<Change> {
        let mut by_weekday = [0.0; 7];
        by_weekday[self.day.position()] = self.hours;
        let hours = Hours { employer: self.employer.0.clone(), who: self.who, by_weekday };
        vec![Change { from, effect: Effect::Hours(hours) }]
    }

    fn touches(&self) -> Touches {
        Touches::employer(&self.employer.0)
    }
}

//! Hours that move from one day of the week to another.

use models::change::{Change, Effect, Hours, Who};
use vocab::Month;

use crate::field::Start;
use crate::intervention::{ANY, Cost, Intervention, Touches, assumed, intervention};
use crate::interventions::words::number;
use crate::value::{Day, Employer};

intervention! {
    MoveHours, "move_hours", "Move hours between weekdays",
    "Hours of appointments move from one day of the week to another.";
    employer: Employer, "practice or network code", ANY, Start::Needed, "Whose hours.";
    who: Who, "role", ANY, assumed("\"gp\""), "Who works them.";
    hours: f64, "hours a week", 0.1..=200.0, Start::Needed, "How many move.";
    from_day: Day, "day", ANY, Start::Needed, "The day that has them now.";
    to_day: Day, "day", ANY, Start::Needed, "The day that has them then.";
}

impl Intervention for MoveHours {
    fn says(&self) -> String {
        format!(
            "{} hours a week of {} at {} move from {} to {}",
            number(self.hours),
            self.who.people(),
            self.employer.0,
            self.from_day.name(),
            self.to_day.name()
        )
    }

    fn costs(&self) -> Vec<Cost> {
        Vec::new()
    }

    fn changes(&self, from: Month) -> Vec<Change> {
        vec![Change { from, effect: Effect::Hours(self.moved()) }]
    }

    fn touches(&self) -> Touches {
        Touches { hours: Some(self.moved()), ..Touches::employer(&self.employer.0) }
    }

    fn contradictions(&self) -> Vec<String> {
        let same = self.from_day == self.to_day;
        same.then(|| "`from_day` and `to_day` are the same day".to_owned()).into_iter().collect()
    }
}

impl MoveHours {
    fn moved(&self) -> Hours {
        let mut by_weekday = [0.0; 7];
        by_weekday[self.from_day.position()] = -self.hours;
        by_weekday[self.to_day.position()] = self.hours;
        Hours { employer: self.employer.0.clone(), who: self.who, by_weekday }
    }
}

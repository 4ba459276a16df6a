//! GPs recruited from elsewhere in the country.

use models::change::{Change, Effect, GpsJoin};
use models::money::Tag;
use vocab::Month;
use vocab::codes::PracticeCode;

use crate::field::Start;
use crate::intervention::{
    ANY, Cost, Intervention, Touches, When, assumed, intervention, published,
};
use crate::interventions::words::{SALARIES_OF_RECRUITS, joining, number};
use crate::limits::Wanted;

intervention! {
    RecruitGps, "recruit_gps", "Recruit GPs",
    "GPs join on top of those who would have come anyway, from elsewhere in the country.";
    heads: u32, "GPs", 0.0..=1000.0, Start::Needed, "How many are to join.";
    over_months: u32, "months", 1.0..=120.0, assumed("24"), "Over how many months they join, evenly.";
    fte: f64, "full-time equivalents of each", 0.1..=1.2, assumed("0.7"), "How much each of them works.";
    age: u32, "years", 25.0..=70.0, assumed("38"), "Their age when they join.";
    arrive: f64, "share", 0.0..=1.0, assumed("0.9"), "Share of those recruited who do join.";
    employer: Option<PracticeCode>, "practice code", ANY, Start::Optional, "The practice they join; left out, those of the place where posts are vacant, or by their number of GPs.";
    welcome: f64, "pounds for each, once", 0.0..=200_000.0, assumed("10000"), "What advertising, introduction and a welcome payment cost.";
    salary: f64, "pounds a year for each full-time equivalent", 0.0..=300_000.0, published("105882"), "Salary with what comes on top; the most that the additional roles paid for a GP in 2025/26.";
    posts: Option<u32>, "posts", 0.0..=1000.0, Start::Optional, "Funded posts there are for them, one for each; left out, posts are not checked.";
    money: Option<f64>, "pounds a year", 0.0..=1_000_000_000.0, Start::Optional, "Money there is a year for their salaries; left out, money is not checked.";
}

impl Intervention for RecruitGps {
    fn says(&self) -> String {
        joining(&self.recruits(), (self.over_months, self.arrive), self.fte, self.employer)
    }

    fn costs(&self) -> Vec<Cost> {
        let joined = f64::from(self.recruits().taken_on()) * self.arrive;
        vec![
            Cost {
                what: format!("advertising and welcoming {} GPs", number(joined)),
                pounds: joined * self.welcome,
                when: When::Over(self.over_months),
                tag: Tag::Enabler,
            },
            Cost {
                what: format!(
                    "salaries of {} full-time equivalents once all have joined, as if none left again",
                    number(joined * self.fte)
                ),
                pounds: joined * self.fte * self.salary,
                when: When::Rising(self.over_months),
                tag: Tag::Service,
            },
        ]
    }

    fn cost_remark(&self) -> Option<&'static str> {
        (self.recruits().taken_on() > 0).then_some(SALARIES_OF_RECRUITS)
    }

    fn changes(&self, from: Month) -> Vec<Change> {
        let join = GpsJoin {
            employer: self.employer,
            heads: self.recruits().taken_on(),
            over_months: self.over_months,
            fte: self.fte,
            age: self.age as u8,
            arrive: self.arrive,
            leaving: 1.0,
        };
        vec![Change { from, effect: Effect::GpsJoin(join) }]
    }

    fn wanted(&self) -> Option<Wanted> {
        Some(self.recruits())
    }

    fn touches(&self) -> Touches {
        Touches::needing(self.employer)
    }
}

impl RecruitGps {
    /// Those asked for, and what there is for them.
    fn recruits(&self) -> Wanted {
        Wanted {
            who: if self.heads == 1 { "GP" } else { "GPs" },
            asked: self.heads,
            posts: self.posts,
            money: self.money,
            each: self.fte * self.salary,
        }
    }
}

//! GPs recruited from overseas, with the cost of their move.

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
    RecruitOverseas, "recruit_overseas", "Recruit GPs from overseas",
    "GPs come from overseas, with help to move, a period of introduction and a higher rate of leaving than others of their age.";
    heads: u32, "GPs", 0.0..=1000.0, Start::Needed, "How many are to come.";
    over_months: u32, "months", 1.0..=120.0, assumed("60"), "Over how many months they come, evenly.";
    fte: f64, "full-time equivalents of each", 0.1..=1.2, assumed("0.9"), "How much each of them works.";
    age: u32, "years", 25.0..=70.0, assumed("38"), "Their age when they come.";
    arrive: f64, "share", 0.0..=1.0, assumed("0.75"), "Share of those recruited who do arrive and are registered.";
    leaving: f64, "ratio of rates", 0.1..=5.0, assumed("1.5"), "How readily they leave, beside others of their age.";
    employer: Option<PracticeCode>, "practice code", ANY, Start::Optional, "The practice they join; left out, those of the place where posts are vacant, or by their number of GPs.";
    relocation: f64, "pounds for each, once", 0.0..=200_000.0, assumed("18000"), "What the move, registration and introduction cost.";
    paid_centrally: u32, "GPs", 0.0..=1000.0, assumed("0"), "For how many of them somebody else pays the relocation.";
    salary: f64, "pounds a year for each full-time equivalent", 0.0..=300_000.0, published("105882"), "Salary with what comes on top; the most that the additional roles paid for a GP in 2025/26.";
    posts: Option<u32>, "posts", 0.0..=1000.0, Start::Optional, "Funded posts there are for them, one for each; left out, posts are not checked.";
    money: Option<f64>, "pounds a year", 0.0..=1_000_000_000.0, Start::Optional, "Money there is a year for their salaries; left out, money is not checked.";
}

impl Intervention for RecruitOverseas {
    fn says(&self) -> String {
        joining(&self.recruits(), (self.over_months, self.arrive), self.fte, self.employer)
    }

    fn costs(&self) -> Vec<Cost> {
        let arrived = f64::from(self.recruits().taken_on()) * self.arrive;
        let paid_here = (arrived - f64::from(self.paid_centrally)).max(0.0);
        vec![
            Cost {
                what: format!(
                    "relocation of {} GPs, {} paid by others",
                    number(paid_here),
                    self.paid_centrally
                ),
                pounds: paid_here * self.relocation,
                when: When::Over(self.over_months),
                tag: Tag::Enabler,
            },
            Cost {
                what: format!(
                    "salaries of {} full-time equivalents once all have come, as if none left again",
                    number(arrived * self.fte)
                ),
                pounds: arrived * self.fte * self.salary,
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
            leaving: self.leaving,
        };
        vec![Change { from, effect: Effect::GpsJoin(join) }]
    }

    fn contradictions(&self) -> Vec<String> {
        let more = self.paid_centrally > self.heads;
        let said = format!(
            "`paid_centrally` is {} and `heads` is {}: others pay the relocation of no more than are to come",
            self.paid_centrally, self.heads
        );
        more.then_some(said).into_iter().collect()
    }

    fn wanted(&self) -> Option<Wanted> {
        Some(self.recruits())
    }

    fn touches(&self) -> Touches {
        Touches::needing(self.employer)
    }
}

impl RecruitOverseas {
    /// Those asked for, and what there is for them.
    fn recruits(&self) -> Wanted {
        Wanted {
            who: if self.heads == 1 { "GP from overseas" } else { "GPs from overseas" },
            asked: self.heads,
            posts: self.posts,
            money: self.money,
            each: self.fte * self.salary,
        }
    }
}

//! Posts of other roles, advertised until they are filled.

use models::change::{Change, Effect, Posts};
use models::money::Tag;
use models::workforce::Role;
use vocab::Month;

use crate::field::Start;
use crate::intervention::{ANY, Cost, Intervention, Touches, When, assumed, intervention};
use crate::interventions::words::{number, percent};
use crate::value::Employer;

intervention! {
    AddPosts, "posts", "Posts by role",
    "Posts of a role are advertised, filled after a while, and vacated and filled again; money is drawn only while somebody is in post.";
    role: Role, "role", ANY, Start::Needed, "What they do.";
    posts: u32, "posts", 0.0..=2000.0, Start::Needed, "How many are advertised.";
    employer: Employer, "practice or network code", ANY, Start::Needed, "Who employs them.";
    fte: f64, "full-time equivalents of each", 0.1..=1.2, assumed("0.9"), "How much each of them works.";
    fill: f64, "probability", 0.05..=0.99, assumed("0.7"), "Chance that one round of advertising fills a post.";
    round_months: f64, "months", 0.5..=24.0, assumed("4"), "How long a round takes.";
    yearly_cost: f64, "pounds a year for each full-time equivalent", 0.0..=200_000.0, assumed("48000"), "Salary with what comes on top; the ceilings read for April 2025 run from 32,159 to 73,334, and to 105,882 for GPs.";
    reimbursed: f64, "share", 0.0..=1.0, assumed("1"), "Share that the additional roles pay back while somebody is in post.";
}

impl Intervention for AddPosts {
    fn says(&self) -> String {
        format!(
            "{} posts for {} at {} full-time equivalents are advertised by {}; each round of {} months fills {} of them",
            self.posts,
            self.role.people(),
            number(self.fte),
            self.employer.0,
            number(self.round_months),
            percent(self.fill)
        )
    }

    fn costs(&self) -> Vec<Cost> {
        let fte = f64::from(self.posts) * self.fte;
        let own = fte * self.yearly_cost * (1.0 - self.reimbursed);
        vec![
            Cost {
                what: format!(
                    "{} paid by the additional roles, as if every post were always filled: the most it can cost",
                    self.role.people()
                ),
                pounds: fte * self.yearly_cost * self.reimbursed,
                when: When::EachYear,
                tag: Tag::Service,
            },
            Cost {
                what: format!(
                    "{} paid by the place itself, as if every post were always filled: the most it can cost",
                    self.role.people()
                ),
                pounds: own,
                when: When::EachYear,
                tag: Tag::Service,
            },
        ]
    }

    fn cost_remark(&self) -> Option<&'static str> {
        (self.posts > 0).then_some(
            "Posts are counted as if every one were always filled: the most they can cost.",
        )
    }

    fn changes(&self, from: Month) -> Vec<Change> {
        let posts = Posts {
            employer: self.employer.0.clone(),
            role: self.role,
            posts: self.posts,
            fte: self.fte,
            fill: self.fill,
            round_months: self.round_months,
        };
        vec![Change { from, effect: Effect::Posts(posts) }]
    }

    fn touches(&self) -> Touches {
        Touches::employer(&self.employer.0)
    }
}

//! Contacts that another role takes.

use models::change::{Change, Effect, Scope, Shift, Who};
use models::money::Tag;
use vocab::Month;
use vocab::codes::PracticeCode;

use crate::field::Start;
use crate::intervention::{ANY, Cost, Intervention, Touches, When, assumed, intervention};
use crate::interventions::words::{near, percent, times_as_long};

intervention! {
    ShiftRole, "shift_role", "Shift contacts to another role",
    "Some contacts that one role has now are taken by another one, within a while.";
    from_who: Who, "role", ANY, assumed("\"gp\""), "Who sees them now.";
    to_who: Who, "role", ANY, Start::Needed, "Who sees them then.";
    share: f64, "share of contacts", 0.0..=1.0, Start::Needed, "How many of them move.";
    minutes: f64, "ratio", 0.2..=5.0, assumed("1.3"), "Minutes of a moved contact beside those it took before.";
    ramp_months: u32, "months", 0.0..=60.0, assumed("12"), "How long it takes until all of it is there.";
    practices: Vec<PracticeCode>, "practice codes", ANY, Start::Optional, "The practices that do it; left out, all of the place.";
    once: f64, "pounds, once", 0.0..=10_000_000.0, assumed("0"), "What training and systems cost.";
}

impl Intervention for ShiftRole {
    fn says(&self) -> String {
        format!(
            "{} of the contacts of {} go to {}, each taking {}, within {} months {}",
            percent(self.share),
            self.from_who.people(),
            self.to_who.people(),
            times_as_long(self.minutes),
            self.ramp_months,
            near(&self.practices)
        )
    }

    fn costs(&self) -> Vec<Cost> {
        vec![Cost {
            what: format!("training {} and their systems", self.to_who.people()),
            pounds: self.once,
            when: When::Once,
            tag: Tag::Enabler,
        }]
    }

    fn changes(&self, from: Month) -> Vec<Change> {
        let scope = Scope {
            practices: self.practices.clone(),
            seen_by: Some(self.from_who),
            ..Scope::default()
        };
        let shift = Shift {
            scope,
            share: self.share,
            to_who: Some(self.to_who),
            to_mode: None,
            minutes: Some(self.minutes),
            again: 0.0,
            ramp_months: self.ramp_months,
        };
        vec![Change { from, effect: Effect::Shift(shift) }]
    }

    fn touches(&self) -> Touches {
        let shifts = Some((self.from_who, self.share));
        Touches { shifts, ..Touches::needing(self.practices.iter().copied()) }
    }

    fn contradictions(&self) -> Vec<String> {
        let same = self.from_who == self.to_who;
        same.then(|| "`from_who` and `to_who` are the same".to_owned()).into_iter().collect()
    }
}

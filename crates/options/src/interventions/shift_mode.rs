//! Contacts that take place in another way.

use models::change::{Change, Effect, Mode, Scope, Shift, Who};
use models::money::Tag;
use vocab::Month;
use vocab::codes::PracticeCode;

use crate::field::Start;
use crate::intervention::{ANY, Cost, Intervention, Touches, When, assumed, intervention};
use crate::interventions::words::{mode, near, percent, times_as_long};

intervention! {
    ShiftMode, "shift_mode", "Shift contacts to another mode",
    "Some contacts take place in another way: triage by telephone, consultations in writing, more at home.";
    from_mode: Mode, "mode", ANY, assumed("\"face_to_face\""), "How they take place now.";
    to_mode: Mode, "mode", ANY, Start::Needed, "How they take place then.";
    share: f64, "share of contacts", 0.0..=1.0, Start::Needed, "How many of them move, those who are seen as well counted: 0.76, of whom half are seen, leaves 38% fewer meetings, as telephone first did (Newbould 2017).";
    who: Who, "role", ANY, assumed("\"gp\""), "Whose contacts.";
    minutes: f64, "ratio", 0.2..=5.0, assumed("0.6"), "Minutes of a moved contact beside those it took before; a call to a GP takes 5 to 7 minutes where a meeting takes 11 (Stevens 2017).";
    again: f64, "contacts for each that moves", 0.0..=1.0, assumed("0.5"), "How many of those who were helped in the new way are seen in the old one as well: with telephone first about half (Newbould 2017).";
    ramp_months: u32, "months", 0.0..=60.0, assumed("12"), "How long it takes until all of it is there.";
    practices: Vec<PracticeCode>, "practice codes", ANY, Start::Optional, "The practices that do it; left out, all of the place.";
    yearly_cost: f64, "pounds a year", 0.0..=10_000_000.0, assumed("0"), "What systems cost.";
}

impl Intervention for ShiftMode {
    fn says(&self) -> String {
        format!(
            "{} of the contacts of {} {} take place {}, each taking {} and {} of them followed by another one, within {} months {}",
            percent(self.share),
            self.who.people(),
            mode(self.from_mode),
            mode(self.to_mode),
            times_as_long(self.minutes),
            percent(self.again),
            self.ramp_months,
            near(&self.practices)
        )
    }

    fn costs(&self) -> Vec<Cost> {
        vec![Cost {
            what: format!("systems for contacts {}", mode(self.to_mode)),
            pounds: self.yearly_cost,
            when: When::EachYear,
            tag: Tag::Enabler,
        }]
    }

    fn changes(&self, from: Month) -> Vec<Change> {
        let scope = Scope {
            practices: self.practices.clone(),
            mode: Some(self.from_mode),
            seen_by: Some(self.who),
            ..Scope::default()
        };
        let shift = Shift {
            scope,
            share: self.share,
            to_who: None,
            to_mode: Some(self.to_mode),
            minutes: Some(self.minutes),
            again: self.again,
            ramp_months: self.ramp_months,
        };
        vec![Change { from, effect: Effect::Shift(shift) }]
    }

    fn touches(&self) -> Touches {
        Touches::needing(self.practices.iter().copied())
    }

    fn contradictions(&self) -> Vec<String> {
        let same = self.from_mode == self.to_mode;
        same.then(|| "`from_mode` and `to_mode` are the same".to_owned()).into_iter().collect()
    }
}

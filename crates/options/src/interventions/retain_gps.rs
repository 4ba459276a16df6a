//! Keeping GPs who would have left.

use std::ops::Range;

use models::change::{Change, Effect};
use models::money::Tag;
use models::workforce::AGE_BANDS;
use vocab::Month;

use crate::field::Start;
use crate::intervention::{Cost, GpsReached, Intervention, Touches, When, assumed, intervention};
use crate::interventions::words::{ages, fewer, number};

intervention! {
    RetainGps, "retain_gps", "Keep GPs longer",
    "Retainer schemes, mentoring or lighter work let fewer GPs of some ages leave.";
    fewer: f64, "share of leavers", 0.0..=0.9, assumed("0.1"), "Share of those who take part and would leave in a year who stay.";
    from_age: u32, "years", 25.0..=70.0, assumed("55"), "The youngest age it reaches.";
    to_age: u32, "years", 26.0..=120.0, assumed("120"), "The age from which it no longer reaches.";
    reached: u32, "GPs", 0.0..=5000.0, Start::Needed, "GPs who take part.";
    yearly_cost: f64, "pounds a year for each GP who takes part", 0.0..=50_000.0, assumed("5000"), "What the scheme costs.";
}

impl Intervention for RetainGps {
    fn says(&self) -> String {
        format!(
            "of {} GPs {} who take part {} leave in a year",
            number(f64::from(self.reached)),
            ages(self.from_age, self.to_age),
            fewer(self.fewer)
        )
    }

    fn costs(&self) -> Vec<Cost> {
        vec![Cost {
            what: format!(
                "a scheme that keeps GPs, {} taking part",
                number(f64::from(self.reached))
            ),
            pounds: f64::from(self.reached) * self.yearly_cost,
            when: When::EachYear,
            tag: Tag::Enabler,
        }]
    }

    fn cost_remark(&self) -> Option<&'static str> {
        (self.reached > 0).then_some(
            "Salaries of GPs whom a scheme keeps are not in the money: practices pay them today and go on paying them.",
        )
    }

    fn changes(&self, from: Month) -> Vec<Change> {
        let effect = Effect::Leaving {
            factor: 1.0 - self.fewer,
            from_age: self.ages().start,
            to_age: self.ages().end,
            reached: Some(self.reached),
        };
        vec![Change { from, effect }]
    }

    fn contradictions(&self) -> Vec<String> {
        let empty = self.to_age <= self.from_age;
        let ages = empty.then(|| {
            format!("`to_age` {} must lie above `from_age` {}", self.to_age, self.from_age)
        });
        let no_band = (!empty && !AGE_BANDS.iter().any(|band| self.ages().contains(band))).then(|| {
            format!(
                "`from_age` {} and `to_age` {}: ages of GPs are known by bands that begin at 25, 30, … 70, and none begins between them",
                self.from_age, self.to_age
            )
        });
        let nobody = (self.reached == 0 && self.fewer > 0.0).then(|| {
            "`reached` is 0 and `fewer` is not: where nobody takes part nobody stays".to_owned()
        });
        ages.into_iter().chain(no_band).chain(nobody).collect()
    }

    fn touches(&self) -> Touches {
        let gps = GpsReached { heads: self.reached, ages: self.ages() };
        Touches { gps: Some(gps), ..Touches::default() }
    }
}

impl RetainGps {
    /// The ages that it reaches, the end left out.
    const fn ages(&self) -> Range<u8> {
        self.from_age as u8..self.to_age as u8
    }
}

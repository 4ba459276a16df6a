//! What the balance of a week rests on, read from `parameters/week.toml`.

use std::sync::LazyLock;

use jiff::civil::Weekday;
use serde::Deserialize;

/// A figure and the range in which it is taken to lie.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assumed {
    /// The figure.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Where a figure comes from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// `published` or `assumption`.
    pub kind: String,
    /// What it rests on.
    pub reference: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Demand {
    about: String,
    unit: String,
    monday: Assumed,
    tuesday: Assumed,
    wednesday: Assumed,
    thursday: Assumed,
    friday: Assumed,
    source: Origin,
}

/// Minutes of an appointment.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Minutes {
    /// What it is.
    pub about: String,
    /// `minutes`.
    pub unit: String,
    /// How many.
    pub value: f64,
    /// Where from.
    pub source: Origin,
}

/// All of them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assumptions {
    #[expect(dead_code, reason = "for readers of the file")]
    description: String,
    demand: Demand,
    /// The length of an appointment.
    pub minutes: Minutes,
}

impl Assumptions {
    /// Share of the requests of Monday to Friday that come on a day; nought at the weekend.
    #[must_use]
    pub const fn demand(&self, weekday: Weekday) -> Assumed {
        match weekday {
            Weekday::Monday => self.demand.monday,
            Weekday::Tuesday => self.demand.tuesday,
            Weekday::Wednesday => self.demand.wednesday,
            Weekday::Thursday => self.demand.thursday,
            Weekday::Friday => self.demand.friday,
            Weekday::Saturday | Weekday::Sunday => Assumed { value: 0.0, low: 0.0, high: 0.0 },
        }
    }

    /// What the page says of them, one sentence each.
    #[must_use]
    pub fn in_words(&self) -> Vec<String> {
        let demand = &self.demand;
        let minutes = &self.minutes;
        vec![
            format!(
                "{} In {}. Kind: {} ({}).",
                demand.about, demand.unit, demand.source.kind, demand.source.reference
            ),
            format!(
                "{} {} {}. Kind: {} ({}).",
                minutes.about,
                minutes.value,
                minutes.unit,
                minutes.source.kind,
                minutes.source.reference
            ),
        ]
    }
}

static READ: LazyLock<Assumptions> = LazyLock::new(|| {
    let file = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../parameters/week.toml"));
    toml::from_str(file).expect("the file inside the program can be read because a test reads it")
});

/// The assumptions inside the program.
#[must_use]
pub fn assumptions() -> &'static Assumptions {
    &READ
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::monday::WEEKDAYS;

    #[test]
    fn the_demand_of_five_days_is_a_whole_week() {
        let sum: f64 = WEEKDAYS.iter().map(|day| assumptions().demand(*day).value).sum();
        assert!((sum - 1.0).abs() < 1e-12);
    }

    #[test]
    fn every_share_lies_in_its_range() {
        let inside = |day: &Weekday| {
            let share = assumptions().demand(*day);
            share.low <= share.value && share.value <= share.high
        };
        assert!(WEEKDAYS.iter().all(inside));
    }
}

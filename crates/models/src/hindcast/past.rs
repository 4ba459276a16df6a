//! What was published of England's lists and appointments, read from `parameters/england_past.toml`.

use std::sync::LazyLock;

use serde::{Deserialize, Deserializer, de};
use vocab::{Month, Period};

/// The file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Past {
    #[expect(dead_code, reason = "for readers of the file")]
    description: String,
    /// People registered, in order.
    #[serde(rename = "list")]
    pub lists: Vec<List>,
    /// Projections of England's residents, in order.
    #[serde(rename = "projection")]
    pub projections: Vec<Projection>,
    /// Appointments of twelve months, in order.
    #[serde(rename = "year")]
    pub years: Vec<Year>,
    /// Those that were not with GPs.
    pub split: Split,
}

/// People registered on the first day of a month.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct List {
    /// The month.
    #[serde(deserialize_with = "month")]
    pub month: Month,
    /// How many.
    pub registered: f64,
    /// Whether England is run from here.
    #[serde(default)]
    pub start: bool,
    /// Where it was published, for readers of the file.
    #[serde(rename = "source")]
    _source: Written,
}

/// Growth of England's residents as it was projected.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Projection {
    /// The month in which it was published.
    #[serde(deserialize_with = "month")]
    pub published: Month,
    /// Growth over ten years, as a share.
    pub ten_years: f64,
    /// Where it was published, for readers of the file.
    #[serde(rename = "source")]
    _source: Written,
}

/// Appointments of twelve months.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Year {
    /// The last of the months.
    #[serde(deserialize_with = "month")]
    pub ends: Month,
    /// All of them.
    pub appointments: f64,
    /// Those with GPs; nothing where they were not found.
    pub with_gps: Option<f64>,
    /// Whether England is run from here.
    #[serde(default)]
    pub start: bool,
    /// Where it was published, for readers of the file.
    #[serde(rename = "source")]
    _source: Written,
}

/// Appointments that were not with GPs, by who saw the patient.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Split {
    /// With nurses.
    pub nurses: f64,
    /// With others in direct patient care.
    pub others: f64,
    #[serde(rename = "source")]
    _source: Written,
}

/// Words that must be there and are for readers of the file.
#[derive(Debug, Clone, Copy)]
struct Written;

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        match String::deserialize(from)?.trim() {
            "" => Err(de::Error::custom("a figure needs its `source`")),
            _ => Ok(Self),
        }
    }
}

fn month<'de, D: Deserializer<'de>>(from: D) -> Result<Month, D::Error> {
    let text = String::deserialize(from)?;
    match text.parse() {
        Ok(Period::Month(month)) => Ok(month),
        _ => Err(de::Error::custom(format!("{text} is no month like 2018-08"))),
    }
}

static PAST: LazyLock<Past> = LazyLock::new(|| {
    let file =
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../parameters/england_past.toml"));
    toml::from_str(file).expect("the file inside the program can be read because a test reads it")
});

/// What was published.
pub(super) fn past() -> &'static Past {
    &PAST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_series_is_in_order_and_has_three_starts() {
        let (lists, years) = (&past().lists, &past().years);
        assert!(lists.windows(2).all(|pair| pair[0].month < pair[1].month));
        assert!(years.windows(2).all(|pair| pair[0].ends < pair[1].ends));
        assert_eq!(lists.iter().filter(|one| one.start).count(), 3);
        assert_eq!(years.iter().filter(|one| one.start && one.with_gps.is_some()).count(), 3);
    }

    /// Of the appointments of 2022 that were with nobody known as a GP, those by role and those of unknown staff come to as many.
    #[test]
    fn the_parts_of_2022_come_to_the_whole() {
        let year =
            past().years.iter().find(|one| one.ends == Month { year: 2022, month: 12 }).unwrap();
        let others = (year.appointments - year.with_gps.unwrap()) / 1e6;
        let by_role = past().split.nurses + past().split.others;
        assert!(by_role < others && others - by_role < 0.2 * others, "{by_role} of {others}");
    }
}

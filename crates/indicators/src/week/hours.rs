//! Hours in which a doctor sits, by weekday: the days on which a practice has fewer than on its others.

use std::collections::BTreeMap;

use evidence::{Evidence, EvidenceError, Place, tables};
use jiff::civil::Weekday;
use vocab::{Level, Organisation, Period, weekday};

use crate::monday::WEEKDAYS;

/// A day is thin when it has less than this share of the mean hours of the practice's other weekdays: an assumption.
const THIN: f64 = 0.6;

/// A practice's hours with a doctor.
#[derive(Debug, Clone, PartialEq)]
pub struct Hours {
    /// Which.
    pub practice: Organisation,
    /// Its name.
    pub name: String,
    /// Hours on Monday to Friday, all its sites together.
    pub hours: [f64; 5],
}

impl Hours {
    /// The weekdays with far fewer hours than the others have on average.
    #[must_use]
    pub fn thin_days(&self) -> Vec<Weekday> {
        let sum: f64 = self.hours.iter().sum();
        let days = WEEKDAYS.into_iter().zip(self.hours);
        days.filter(|(_, own)| *own < THIN * (sum - own) / 4.0).map(|(day, _)| day).collect()
    }
}

/// Hours with a doctor of the practices of a place whose hours are published, in order of code, and the edition.
///
/// # Errors
/// When a table cannot be read.
pub fn doctor_hours(
    evidence: &Evidence,
    within: &Place,
) -> Result<Option<(Period, Vec<Hours>)>, EvidenceError> {
    let Some(period) = evidence.periods("opening").last().copied() else { return Ok(None) };
    let frame = evidence.frame("opening", period)?;
    let known = evidence.affiliations(period.first_day())?;
    let practice_of = practices_of_sites(evidence)?;
    let open = tables::opening::Columns::of(&frame);
    let mut sums: BTreeMap<String, [f64; 5]> = BTreeMap::new();
    for row in (0..frame.rows()).filter(|row| open.service.get(*row) == Some("gp")) {
        let (Some(site), Some(day)) = (open.site.get(row), open.weekday.get(row)) else { continue };
        let hours = open.opens.get(row).zip(open.closes.get(row));
        let hours = hours.and_then(|(opens, closes)| Some(clock(closes)? - clock(opens)?));
        let hours = hours.filter(|hours| *hours > 0.0);
        // A main site's code is its practice's with three noughts behind it.
        let main = site.strip_suffix("000");
        let code = practice_of.get(site).map(String::as_str).or(main).unwrap_or(site);
        let weekday = WEEKDAYS.into_iter().position(|weekday| weekday::word(weekday) == day);
        let inside = within.is_everywhere() || known.of(code).is_some_and(|at| within.holds(at));
        if let (Some(weekday), Some(hours), true) = (weekday, hours, inside)
            && let Some(sum) = sums.entry(code.to_owned()).or_default().get_mut(weekday)
        {
            *sum += hours;
        }
    }
    let hours = sums.into_iter().map(|(code, hours)| Hours {
        name: known.name_of(Level::Practice, &code).to_owned(),
        practice: Organisation { level: Level::Practice, code },
        hours,
    });
    Ok(Some((period, hours.collect())))
}

/// The practice that each registered site belongs to.
fn practices_of_sites(evidence: &Evidence) -> Result<BTreeMap<String, String>, EvidenceError> {
    let mut found = BTreeMap::new();
    for period in evidence.periods("site") {
        let frame = evidence.frame("site", period)?;
        let sites = tables::site::Columns::of(&frame);
        for row in 0..frame.rows() {
            if let (Some(site), Some(practice)) = (sites.site.get(row), sites.practice.get(row)) {
                found.insert(site.to_owned(), practice.to_owned());
            }
        }
    }
    Ok(found)
}

/// `08:30` as hours of the day.
fn clock(text: &str) -> Option<f64> {
    let (hours, minutes) = text.split_once(':')?;
    Some(hours.parse::<f64>().ok()? + minutes.parse::<f64>().ok()? / 60.0)
}

//! The outlook of a place as an answer: a plain sentence first, the number second. The page, the command, its JSON and its files
//! print this one answer.

mod ahead;
mod charts;
mod past;
mod people;
mod scenario;
mod sentences;
mod tables;

use models::outlook::{Band, Found, Measure, Row as Figure};
use models::place::{Base, Clinician};
use vocab::Level;

use kit::answer::{Answer, Exhibit};
use kit::caption::Caption;
use kit::number::{capitalise, plain};

pub use self::ahead::{OfRun, exhibit as ahead};
pub use self::people::{risk_bars, risk_sentence, risk_table};
pub use self::scenario::Compared;
pub use self::sentences::stood_in;

/// Makes the caption of an exhibit from its name and what it shows.
pub type Captions<'a> = &'a dyn Fn(&str, &str) -> Caption;

/// The outlook of a place, and what a scenario makes of it if there is one.
#[must_use]
pub fn answer(baseline: &Found, scenario: Option<&Compared<'_>>, captions: Captions<'_>) -> Answer {
    let shown = scenario.map_or(baseline, |one| one.found);
    let mut sentences = sentences::of(shown);
    if let Some(scenario) = scenario {
        let difference = scenario::difference(baseline, scenario.found);
        sentences.splice(1..1, std::iter::once(difference).chain(scenario.limits.iter().cloned()));
    }
    let lead = sentences.remove(0);
    let words = |id: &str, what: &str| {
        let of = scenario.map_or_else(String::new, |one| format!(", “{}”", one.name));
        let mut caption = captions(id, &format!("{what}, {}{of}", shown.base.name));
        caption.description = format!("{what}. The table holds the same figures.");
        caption
    };
    let mut exhibits = Vec::new();
    if let Some(scenario) = scenario {
        exhibits.extend(scenario::exhibits(baseline, scenario, &words));
    }
    exhibits.extend(of_outlook(shown, &words));
    Answer {
        lead,
        sentences,
        exhibits,
        limits: limits(shown),
        method: "outlook-of-a-place",
        ..Answer::default()
    }
}

fn of_outlook(found: &Found, words: Captions<'_>) -> Vec<Exhibit> {
    let counts = found.base.counts(Clinician::Gp);
    let mut exhibits = Vec::new();
    if Clinician::ALL.iter().any(|role| found.base.counts(*role)) {
        exhibits
            .push(charts::roles(found, words("roles", "Need beyond what staff can give, by role")));
    }
    exhibits
        .push(tables::standards(found, words("standards", "The GPs of today beside standards")));
    if counts {
        exhibits.push(tables::published(
            found,
            words("published", "Published shortages at this place’s share"),
        ));
        exhibits.push(charts::waterfall(found, words("steps", "What makes the gap of GPs")));
        exhibits.push(charts::gps(found, words("gps", "Permanent fully qualified GPs by year")));
    }
    exhibits
        .push(charts::need(found, words("need", "Need for GPs and what they can give, by year")));
    if counts {
        exhibits
            .push(charts::tornado(found, words("assumptions", "What moves the gap of GPs most")));
        exhibits.push(charts::curve(found, words("curve", "How likely each gap of GPs is")));
    }
    exhibits.push(tables::known(found, words("known", "What is known and what is assumed")));
    let told = words("hindcast", "England’s GPs, lists and appointments, told from the past");
    exhibits.push(past::hindcast(told));
    exhibits
        .push(people::risks(found, words("risk_groups", "People by risk group and their need")));
    for (id, heading, level) in [
        ("networks", "Network by network", Level::Network),
        ("practices", "Practice by practice", Level::Practice),
    ] {
        exhibits.push(tables::units(found, level, (id, heading), words(id, heading)));
    }
    exhibits
}

/// What had to stand in, and what of a scenario is not read.
fn limits(found: &Found) -> Vec<String> {
    let unread = found.outlook.unread.iter().map(in_a_sentence);
    let made = remarks_of(found);
    remarks(&found.base).into_iter().chain(made).chain(unread).collect()
}

/// What had to stand in where nothing is published.
#[must_use]
pub fn remarks(base: &Base) -> Vec<String> {
    base.remarks.iter().map(in_a_sentence).collect()
}

/// What had to stand in for the registers that people are made from.
#[must_use]
pub fn remarks_of(found: &Found) -> Vec<String> {
    found.lacking.remarks().iter().map(in_a_sentence).collect()
}

fn in_a_sentence(what: &impl std::fmt::Display) -> String {
    capitalise(&format!("{what}."))
}

/// A year of the outlook in words: `Today`, `In 3 years`.
#[must_use]
pub fn year(ahead: u32) -> String {
    match ahead {
        0 => "Today".to_owned(),
        1 => "In 1 year".to_owned(),
        ahead => format!("In {ahead} years"),
    }
}

/// A figure of the place in a year.
fn figure(rows: &[Figure], ahead: u32, measure: Measure) -> Option<Band> {
    let fits = |row: &&Figure| {
        row.unit.level == Level::Place && row.year == ahead && row.measure == measure
    };
    rows.iter().find(fits).map(|row| row.band)
}

/// The mean of the draws and their range.
fn in_range(band: Band, decimals: u8) -> String {
    let [mean, low, high] = [band.mean, band.p10, band.p90].map(|one| plain(one, decimals));
    if low == high { mean } else { format!("{mean} ({})", range(band, decimals)) }
}

/// The range of the draws.
fn range(band: Band, decimals: u8) -> String {
    if band.p10 >= band.p90 {
        return "without a range: of one draw there is none".to_owned();
    }
    format!("8 of 10 draws: {} to {}", plain(band.p10, decimals), plain(band.p90, decimals))
}

/// The same of shares, in percent.
fn percent(band: Band, decimals: u8) -> String {
    let times = |share: f64| 100.0 * share;
    let (mean, p10, p90) = (times(band.mean), times(band.p10), times(band.p90));
    format!("{}% ({}% to {}%)", plain(mean, decimals), plain(p10, decimals), plain(p90, decimals))
}

//! Where care is given: practices and emergency departments with their places, hours and supply.

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Affiliations, Evidence, EvidenceError, tables};
use space::access::Point;
use space::national_grid::to_national_grid;
use vocab::{Level, Period, weekday};

/// What is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Service {
    /// The main site of any practice with registered patients.
    Practice,
    /// A site that opens on a Saturday or Sunday.
    Weekend,
    /// A site that opens after 18:30 or before 08:00 on a weekday.
    Evening,
    /// An emergency department.
    Emergency,
    /// One site or practice, by its code.
    One(String),
}

/// A stretch of opening: weekday, minutes of the day from and to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Open {
    /// Which weekday.
    pub weekday: i8,
    /// Minute of the day of opening.
    pub from: u16,
    /// Minute of the day of closing.
    pub to: u16,
}

/// A site.
#[derive(Debug, Clone, PartialEq)]
pub struct Site {
    /// Its code: of the practice, or of the department.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether it is a practice.
    pub is_practice: bool,
    /// Where it stands, in kilometres of the National Grid.
    pub at: Point,
    /// Patients on its list.
    pub patients: f64,
    /// When anything is open there; empty where hours are not known.
    pub hours: Vec<Open>,
}

/// When anything is open at each site.
type HoursBySite = BTreeMap<String, Vec<Open>>;

/// All sites whose place is known, and what could not be placed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sites {
    pub all: Vec<Site>,
    /// Practices with patients and without a location.
    pub without_location: Vec<String>,
    /// Codes with opening hours and without a location, branches as a rule.
    pub hours_without_location: Vec<String>,
    /// Practices with a location and no patients: closed, or no general practice.
    pub without_patients: usize,
    pub lists: Option<Period>,
    pub hours: Option<Period>,
}

impl Service {
    /// Its word in addresses and on the command line.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Practice => "practice",
            Self::Weekend => "weekend",
            Self::Evening => "evening",
            Self::Emergency => "emergency",
            Self::One(code) => code,
        }
    }

    /// The service of a word; any other word is taken for a code.
    #[must_use]
    pub fn of(word: &str) -> Self {
        match word {
            "practice" => Self::Practice,
            "weekend" => Self::Weekend,
            "evening" => Self::Evening,
            "emergency" => Self::Emergency,
            code => Self::One(code.to_ascii_uppercase()),
        }
    }

    /// Whether a site gives it.
    #[must_use]
    pub fn is_at(&self, site: &Site) -> bool {
        const MORNING: u16 = 8 * 60;
        const EVENING: u16 = 18 * 60 + 30;
        let open = |found: &dyn Fn(&Open) -> bool| site.hours.iter().any(found);
        match self {
            Self::Practice => site.is_practice,
            Self::Weekend => open(&|span| span.weekday >= 5),
            Self::Evening => {
                open(&|span| span.weekday < 5 && (span.to > EVENING || span.from < MORNING))
            }
            Self::Emergency => !site.is_practice,
            Self::One(code) => site.code == *code,
        }
    }
}

impl Site {
    /// Whether anything is open there at an hour of a weekday, Monday being 0.
    #[must_use]
    pub fn is_open(&self, weekday: i8, hour: u8) -> bool {
        let minute = u16::from(hour) * 60;
        self.hours
            .iter()
            .any(|span| span.weekday == weekday && span.from < minute + 60 && span.to > minute)
    }
}

impl Sites {
    /// The sites of England whose place is known, in order of code.
    pub fn of(evidence: &Evidence, known: &Affiliations) -> Result<Self, EvidenceError> {
        let (patients, lists) = patients(evidence)?;
        let (mut hours, hours_period) = opening(evidence)?;
        let (mut sites, mut without_patients) = (BTreeMap::new(), 0);
        for period in evidence.periods("location") {
            let frame = evidence.frame("location", period)?;
            let places = tables::location::Columns::of(&frame);
            for (row, (latitude, longitude)) in
                places.latitude.iter().copied().zip(places.longitude.iter().copied()).enumerate()
            {
                let Some(code) = places.organisation.get(row) else { continue };
                let is_practice = places.kind.get(row) == Some("practice");
                let list = patients.get(code).copied().unwrap_or(0.0);
                if !(latitude.is_finite() && longitude.is_finite()) {
                    continue;
                }
                if is_practice && list <= 0.0 {
                    without_patients += 1;
                    continue;
                }
                let (east, north) = to_national_grid(longitude, latitude);
                let named = places.name.get(row).unwrap_or_default();
                let name = if is_practice { known.name_of(Level::Practice, code) } else { named };
                let site = Site {
                    code: code.to_owned(),
                    name: name.to_owned(),
                    is_practice,
                    at: Point { x: east / 1000.0, y: north / 1000.0 },
                    patients: list,
                    hours: hours.remove(code).unwrap_or_default(),
                };
                sites.insert(code.to_owned(), site);
            }
        }
        let without_location =
            patients.keys().filter(|code| !sites.contains_key(*code)).cloned().collect();
        Ok(Self {
            all: sites.into_values().collect(),
            without_location,
            hours_without_location: hours.into_keys().collect(),
            without_patients,
            lists,
            hours: hours_period,
        })
    }
}

/// Patients of every practice with any, in the latest extract.
fn patients(evidence: &Evidence) -> Result<(BTreeMap<String, f64>, Option<Period>), EvidenceError> {
    let Some(period) = evidence.periods("list_size").last().copied() else {
        return Ok((BTreeMap::new(), None));
    };
    let frame = evidence.frame("list_size", period)?;
    let lists = tables::list_size::Columns::of(&frame);
    let listed = (0..frame.rows()).filter_map(|row| {
        let size = lists.patients.get(row).copied().filter(|size| *size > 0.0)?;
        Some((lists.practice.get(row)?.to_owned(), size))
    });
    Ok((listed.collect(), Some(period)))
}

/// Hours at which anything is open at a site. A main site's code is its practice's with 000 behind it: its hours are
/// given under the practice's code.
fn opening(evidence: &Evidence) -> Result<(HoursBySite, Option<Period>), EvidenceError> {
    let Some(period) = evidence.periods("opening").last().copied() else {
        return Ok((BTreeMap::new(), None));
    };
    let frame = evidence.frame("opening", period)?;
    let spans = tables::opening::Columns::of(&frame);
    let mut hours: BTreeMap<String, BTreeSet<Open>> = BTreeMap::new();
    for row in 0..frame.rows() {
        let span = (|| {
            let weekday = weekday::parse(spans.weekday.get(row)?)?.to_monday_zero_offset();
            Some(Open {
                weekday,
                from: minute(spans.opens.get(row)?)?,
                to: minute(spans.closes.get(row)?)?,
            })
        })();
        if let (Some(site), Some(span)) = (spans.site.get(row), span) {
            let main = site.strip_suffix("000").filter(|code| code.len() == 6);
            hours.entry(main.unwrap_or(site).to_owned()).or_default().insert(span);
        }
    }
    let hours = hours.into_iter().map(|(site, spans)| (site, spans.into_iter().collect()));
    Ok((hours.collect(), Some(period)))
}

/// The minute of the day of `HH:MM`.
fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    Some(hour.parse::<u16>().ok()? * 60 + minute.parse::<u16>().ok()?)
}

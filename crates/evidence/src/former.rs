//! Codes that were: sub-ICBs, ICBs, regions and networks that earlier extracts name and later ones no longer do.
//!
//! An area has ended when at least half of its last practices are named by later extracts, all of them elsewhere. What it
//! became is where they are now. An extract of a part of England ends nothing that it does not name.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use vocab::{Level, Period};

use crate::evidence::{Evidence, EvidenceError};
use crate::frame::Frame;

/// The levels of areas whose codes come and go, and the columns that hold code and name.
const LEVELS: [(Level, &str, &str); 4] = [
    (Level::SubIcb, "sub_icb", "sub_icb_name"),
    (Level::Icb, "icb", "icb_name"),
    (Level::Region, "region", "region_name"),
    (Level::Network, "network", "network_name"),
];

/// An area that has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// Its name when it was last stated.
    pub name: String,
    /// The last extract that names it.
    pub last: Period,
    /// The first extract after that one.
    pub by: Date,
    /// The codes under which its last practices are now, with how many of them, and the names of the codes.
    pub became: BTreeMap<String, (usize, String)>,
}

impl Ended {
    /// The one code that it became, where it was not divided.
    #[must_use]
    pub fn successor(&self) -> Option<&str> {
        let mut codes = self.became.keys();
        codes.next().filter(|_| self.became.len() == 1).map(String::as_str)
    }

    /// What became of it, as a sentence.
    #[must_use]
    pub fn in_words(&self, code: &str) -> String {
        let now = |(code, (practices, name)): (&String, &(usize, String))| {
            format!("`{code}` ({name}; {practices} of its practices)")
        };
        let now: Vec<String> = self.became.iter().map(now).collect();
        format!(
            "`{code}` ({}) ended: it is last named by the extract of {}, and later extracts place its practices in {}: ask for that",
            self.name,
            self.last.in_words(),
            now.join(" and ")
        )
    }
}

/// The areas that have ended, by level and code.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Former {
    ended: BTreeMap<(Level, String), Ended>,
}

/// An area as its latest extract states it.
struct Stay {
    name: String,
    last: Period,
    practices: BTreeSet<String>,
}

/// Where the latest extract that names a practice puts it: codes and names in the order of the levels.
type Home = (Period, [(String, String); 4]);

impl Former {
    /// Reads every extract, earliest first.
    pub(crate) fn of(evidence: &Evidence) -> Result<Self, EvidenceError> {
        let periods = evidence.periods("affiliation");
        let (mut stays, mut homes) = (BTreeMap::new(), BTreeMap::new());
        if periods.len() > 1 {
            for period in &periods {
                take(&*evidence.frame("affiliation", *period)?, *period, &mut stays, &mut homes);
            }
        }
        let ended = stays.into_iter().filter_map(|(key, stay)| {
            let next = periods.iter().find(|period| period.first_day() > stay.last.first_day())?;
            Some((key.clone(), ended(key.0, stay, next.first_day(), &homes)?))
        });
        Ok(Self { ended: ended.collect() })
    }

    /// What became of an area, if it had ended by a day.
    #[must_use]
    pub fn ended(&self, level: Level, code: &str, day: Date) -> Option<&Ended> {
        self.ended.get(&(level, code.to_owned())).filter(|ended| ended.by <= day)
    }

    /// The area that had ended by a day under a code, in any case of letters.
    #[must_use]
    pub fn of_code(&self, asked: &str, day: Date) -> Option<(&str, &Ended)> {
        self.find(day, |code, _| code.eq_ignore_ascii_case(asked.trim()))
    }

    /// The area that had ended by a day under a name, with or without the words for its kind.
    #[must_use]
    pub fn of_name(&self, asked: &str, day: Date) -> Option<(&str, &Ended)> {
        self.find(day, |_, ended| plain(&ended.name) == plain(asked))
    }

    fn find(&self, day: Date, is: impl Fn(&str, &Ended) -> bool) -> Option<(&str, &Ended)> {
        self.ended
            .iter()
            .find(|((_, code), ended)| ended.by <= day && is(code, ended))
            .map(|((_, code), ended)| (code.as_str(), ended))
    }

    /// The areas that ended and became part of an area that kept its code: their codes, and by when.
    pub fn taken_in<'a>(
        &'a self,
        level: Level,
        code: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a Ended)> {
        self.ended
            .iter()
            .filter(move |((of, _), ended)| *of == level && ended.became.contains_key(code))
            .map(|((_, was), ended)| (was.as_str(), ended))
    }
}

/// A name without the words that say what kind of area it is.
fn plain(name: &str) -> String {
    let lower = name.to_lowercase();
    let kept = lower.trim().trim_start_matches("nhs ");
    let ends = [" integrated care board", " icb", " clinical commissioning group", " ccg"];
    ends.iter().find_map(|end| kept.strip_suffix(end)).unwrap_or(kept).to_owned()
}

fn take(
    frame: &Frame,
    period: Period,
    stays: &mut BTreeMap<(Level, String), Stay>,
    homes: &mut BTreeMap<String, Home>,
) {
    let get = |name: &str, row: usize| {
        frame.text(name).and_then(|column| column.get(row)).unwrap_or_default().to_owned()
    };
    for row in 0..frame.rows() {
        let practice = get("practice", row);
        let home = LEVELS.map(|(_, code, name)| (get(code, row), get(name, row)));
        for ((level, _, _), (code, name)) in LEVELS.iter().zip(&home) {
            if code.is_empty() {
                continue;
            }
            let stay = stays.entry((*level, code.clone())).or_insert_with(|| Stay {
                name: name.clone(),
                last: period,
                practices: BTreeSet::new(),
            });
            if stay.last != period {
                (stay.name, stay.last) = (name.clone(), period);
                stay.practices.clear();
            }
            stay.practices.insert(practice.clone());
        }
        homes.insert(practice, (period, home));
    }
}

fn ended(level: Level, stay: Stay, by: Date, homes: &BTreeMap<String, Home>) -> Option<Ended> {
    let at = LEVELS.iter().position(|(of, _, _)| *of == level)?;
    let mut became: BTreeMap<String, (usize, String)> = BTreeMap::new();
    let mut later = 0;
    let is_later = |home: &&Home| home.0.first_day() > stay.last.first_day();
    for practice in &stay.practices {
        let Some((_, home)) = homes.get(practice).filter(is_later) else { continue };
        later += 1;
        if let Some((code, name)) = home.get(at).filter(|(code, _)| !code.is_empty()) {
            became.entry(code.clone()).or_insert((0, name.clone())).0 += 1;
        }
    }
    let has_ended = 2 * later >= stay.practices.len() && !became.is_empty();
    has_ended.then_some(Ended { name: stay.name, last: stay.last, by, became })
}

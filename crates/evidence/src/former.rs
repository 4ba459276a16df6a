//! Codes that were: sub-ICBs, ICBs, regions and networks that earlier publications name and later ones no longer do.
//!
//! An area has ended when at least half of its last practices are named by later publications, all of them elsewhere.
//! What it became is where they are now. An extract of a part of England ends nothing that it does not name.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use vocab::{Level, Period};

use crate::error::EvidenceError;
use crate::evidence::Evidence;
use crate::stated::{Area, Home, LEVELS, Statement, statements};

/// An area that has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// Its name when it was last stated.
    pub name: String,
    /// The period of the last publication that names it.
    pub last: Period,
    /// The day of the first publication after that one.
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

    /// When it was last named and what it became, in a few words.
    #[must_use]
    pub fn in_brief(&self) -> String {
        let now: Vec<&str> = self.became.keys().map(String::as_str).collect();
        format!("last named by the extract of {}; now {}", self.last.in_words(), now.join(" and "))
    }

    /// What became of it, as a sentence.
    #[must_use]
    pub fn in_words(&self, code: &str) -> String {
        let now = |(code, (practices, name)): (&String, &(usize, String))| {
            let name = if name.is_empty() { String::new() } else { format!("{name}; ") };
            format!("`{code}` ({name}{practices} of its practices)")
        };
        let now: Vec<String> = self.became.iter().map(now).collect();
        format!(
            "`{code}`{} ended: it is last named by the extract of {}, and later extracts place its practices in {}: ask for that, or for a period in which it stood",
            if self.name.is_empty() { String::new() } else { format!(" ({})", self.name) },
            self.last.in_words(),
            now.join(" and ")
        )
    }
}

/// The areas that have ended, by level and code, and where each practice was last.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Former {
    ended: BTreeMap<(Level, String), Ended>,
    last_sub_icb: BTreeMap<String, String>,
}

/// An area as the latest publication that names it states it.
struct Stay {
    name: String,
    day: Date,
    last: Period,
    practices: BTreeSet<String>,
}

/// Everything that was stated, in order of time.
#[derive(Default)]
struct Told {
    stays: BTreeMap<(Level, String), Stay>,
    /// Where the latest publication puts a practice at a level, and its day.
    homes: BTreeMap<(Level, String), (Date, Area)>,
    /// The days on which a level was stated.
    days: BTreeMap<Level, BTreeSet<Date>>,
}

impl Evidence {
    /// The areas that have ended, worked out once.
    pub(crate) fn former(&self) -> Result<Arc<Former>, EvidenceError> {
        self.kept().once("", || Former::of(self))
    }
}

impl Former {
    /// Reads every statement, earliest first.
    pub(crate) fn of(evidence: &Evidence) -> Result<Self, EvidenceError> {
        let statements = statements(evidence);
        let mut told = Told::default();
        if statements.len() > 1 {
            for statement in &statements {
                for (practice, home) in statement.homes(evidence)? {
                    told.take(statement, &practice, home);
                }
            }
        }
        let ended = told
            .stays
            .iter()
            .filter_map(|(key, stay)| Some((key.clone(), told.ended(key.0, stay)?)));
        let ended = ended.collect();
        let sub_icbs = told.homes.into_iter().filter(|((level, _), _)| *level == Level::SubIcb);
        let last_sub_icb =
            sub_icbs.map(|((_, practice), (_, (code, _)))| (practice, code)).collect();
        Ok(Self { ended, last_sub_icb })
    }

    /// The sub-ICB that a practice was last in, or what that became.
    #[must_use]
    pub fn last_sub_icb(&self, practice: &str) -> Option<&str> {
        self.last_sub_icb.get(practice).map(|code| self.now(Level::SubIcb, code))
    }

    /// What an area is now: itself, or what it and its successors became where none was divided.
    #[must_use]
    pub fn now<'a>(&'a self, level: Level, code: &'a str) -> &'a str {
        let mut now = code;
        for _ in 0..self.ended.len() {
            match self.ended(level, now, Date::MAX).and_then(Ended::successor) {
                Some(next) => now = next,
                None => break,
            }
        }
        now
    }

    /// The level of an area that ended, whenever that was.
    #[must_use]
    pub fn level_of(&self, code: &str) -> Option<Level> {
        self.ended.keys().find(|(_, of)| of == code).map(|(level, _)| *level)
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

impl Told {
    fn take(&mut self, statement: &Statement, practice: &str, home: Home) {
        for ((level, _, _), area) in LEVELS.into_iter().zip(home) {
            let Some((code, name)) = area else { continue };
            self.days.entry(level).or_default().insert(statement.day);
            if !code.is_empty() {
                let stay = self.stays.entry((level, code.clone())).or_insert_with(|| Stay {
                    name: String::new(),
                    day: statement.day,
                    last: statement.period,
                    practices: BTreeSet::new(),
                });
                if stay.day != statement.day {
                    (stay.day, stay.last) = (statement.day, statement.period);
                    stay.practices.clear();
                }
                if !name.is_empty() {
                    stay.name.clone_from(&name);
                }
                stay.practices.insert(practice.to_owned());
            }
            self.homes.insert((level, practice.to_owned()), (statement.day, (code, name)));
        }
    }

    fn ended(&self, level: Level, stay: &Stay) -> Option<Ended> {
        let by = *self.days.get(&level)?.iter().find(|day| **day > stay.day)?;
        let mut became: BTreeMap<String, (usize, String)> = BTreeMap::new();
        let mut later = 0;
        for practice in &stay.practices {
            let home = self.homes.get(&(level, practice.clone()));
            let Some((_, (code, _))) = home.filter(|(day, _)| *day > stay.day) else { continue };
            later += 1;
            if !code.is_empty() {
                let name = || self.stays.get(&(level, code.clone())).map(|stay| stay.name.clone());
                became.entry(code.clone()).or_insert_with(|| (0, name().unwrap_or_default())).0 +=
                    1;
            }
        }
        let has_ended = 2 * later >= stay.practices.len() && !became.is_empty();
        has_ended.then(|| Ended { name: stay.name.clone(), last: stay.last, by, became })
    }
}

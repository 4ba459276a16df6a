//! Who belonged to whom on a day: practice, network, sub-ICB, ICB, region.
//!
//! Memberships change every month. Three publications state them: the extract of patients registered and the mapping
//! files of other publications (as they stood on a day), and the register of networks (spells with first and
//! last day). For each practice the extract nearest to the day speaks; where the nearest extract is more than three
//! months away and the register of networks covers the day, the register names the network.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use vocab::{Level, Period, Spell, Whole};

use crate::evidence::{Evidence, EvidenceError};
use crate::former::Former;
use crate::frame::Frame;
use crate::standing::Standing;

/// Days past which the register of networks is believed over the nearest extract.
const NEAR_DAYS: i32 = 92;

/// Where a practice belonged.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Affiliation {
    /// Practice code.
    pub practice: String,
    /// Its name.
    pub name: String,
    /// Its postcode.
    pub postcode: String,
    /// Network code; empty for a practice in no network.
    pub network: String,
    /// Sub-ICB code.
    pub sub_icb: String,
    /// ICB code.
    pub icb: String,
    /// Region code.
    pub region: String,
    /// Codes of the council areas in which its main site stands; none where it is not placed.
    pub stands_in: Vec<String>,
    /// The period of the table that said so.
    pub stated_by: String,
}

impl Affiliation {
    /// The code at a level; nothing where the practice belongs to none.
    #[must_use]
    pub fn code(&self, level: Level) -> Option<&str> {
        let code = match level {
            Level::Practice => &self.practice,
            Level::Network => &self.network,
            Level::SubIcb => &self.sub_icb,
            Level::Icb => &self.icb,
            Level::Region => &self.region,
            Level::England => vocab::Organisation::ENGLAND,
            Level::Place => return None,
        };
        (!code.is_empty()).then_some(code)
    }
}

/// All practices known on a day, by code, and the names of everything they belong to.
#[derive(Debug, Clone, PartialEq)]
pub struct Affiliations {
    day: Date,
    rows: BTreeMap<String, Affiliation>,
    names: BTreeMap<(Level, String), String>,
    /// The larger organisation that most patients' practices of a smaller one belong to, by level.
    parents: BTreeMap<(Level, String), BTreeMap<Level, String>>,
    standing: Arc<Standing>,
    former: Arc<Former>,
}

impl Affiliations {
    /// Works out the affiliations of a day from the tables.
    pub(crate) fn on(evidence: &Evidence, day: Date) -> Result<Self, EvidenceError> {
        let mut found = Self {
            day,
            rows: BTreeMap::new(),
            names: BTreeMap::new(),
            parents: BTreeMap::new(),
            standing: evidence.standing()?,
            former: evidence.former()?,
        };
        let mut periods = evidence.periods("affiliation");
        periods.sort_by_key(|period| period.distance_in_days(Period::Day(day)));
        for period in periods {
            let far = period.distance_in_days(Period::Day(day)) > NEAR_DAYS;
            found.take_extract(&*evidence.frame("affiliation", period)?, period, far);
        }
        found.take_register(evidence)?;
        found.follow_areas();
        found.find_parents();
        let standing = Arc::clone(&found.standing);
        standing.place(&mut found.rows);
        Ok(found)
    }

    fn take_extract(&mut self, frame: &Frame, period: Period, far: bool) {
        let get = |name: &str, row: usize| {
            frame.text(name).and_then(|column| column.get(row)).unwrap_or_default().to_owned()
        };
        for row in 0..frame.rows() {
            let practice = get("practice", row);
            if self.rows.contains_key(&practice) {
                continue;
            }
            let said = Affiliation {
                name: get("name", row),
                postcode: get("postcode", row),
                network: get("network", row),
                sub_icb: get("sub_icb", row),
                icb: get("icb", row),
                region: get("region", row),
                stands_in: Vec::new(),
                stated_by: if far { format!("{period} (far)") } else { period.to_string() },
                practice: practice.clone(),
            };
            self.name(Level::Practice, &said.practice, said.name.clone());
            self.name(Level::Network, &said.network, get("network_name", row));
            self.name(Level::SubIcb, &said.sub_icb, get("sub_icb_name", row));
            self.name(Level::Icb, &said.icb, get("icb_name", row));
            self.name(Level::Region, &said.region, get("region_name", row));
            self.rows.insert(practice, said);
        }
    }

    fn name(&mut self, level: Level, code: &str, name: String) {
        if !code.is_empty() && !name.is_empty() {
            self.names.entry((level, code.to_owned())).or_insert(name);
        }
    }

    /// Lets the register of networks speak where the nearest extract is far away.
    fn take_register(&mut self, evidence: &Evidence) -> Result<(), EvidenceError> {
        let editions = evidence.periods("membership");
        let Some(edition) = editions
            .iter()
            .find(|edition| edition.first_day() >= self.day)
            .or_else(|| editions.last())
        else {
            return Ok(());
        };
        let covers = edition.first_day() >= self.day;
        for (practice, network, name, spell) in spells(&*evidence.frame("membership", *edition)?) {
            if !spell.contains(self.day) {
                continue;
            }
            self.name(Level::Network, &network, name);
            if let Some(known) = self.rows.get_mut(&practice)
                && (known.network.is_empty() || (covers && known.stated_by.ends_with("(far)")))
            {
                known.network = network;
            }
        }
        Ok(())
    }

    /// Practices that no later extract names go with their area into the one that it became.
    fn follow_areas(&mut self) {
        let (former, day) = (Arc::clone(&self.former), self.day);
        for row in self.rows.values_mut() {
            let areas = [
                (Level::SubIcb, &mut row.sub_icb),
                (Level::Icb, &mut row.icb),
                (Level::Region, &mut row.region),
            ];
            for (level, code) in areas {
                let now = former.ended(level, code, day).and_then(|ended| ended.successor());
                if let Some(now) = now {
                    now.clone_into(code);
                }
            }
        }
    }

    fn find_parents(&mut self) {
        const SMALLER: [Level; 4] = [Level::Network, Level::SubIcb, Level::Icb, Level::Practice];
        const LARGER: [Level; 4] = [Level::Network, Level::SubIcb, Level::Icb, Level::Region];
        let mut votes: BTreeMap<(Level, String, Level), BTreeMap<String, usize>> = BTreeMap::new();
        for row in self.rows.values() {
            for small in SMALLER {
                for large in LARGER.into_iter().filter(|large| *large > small) {
                    if let (Some(child), Some(parent)) = (row.code(small), row.code(large)) {
                        *votes
                            .entry((small, child.to_owned(), large))
                            .or_default()
                            .entry(parent.to_owned())
                            .or_default() += 1;
                    }
                }
            }
        }
        for ((small, child, large), counts) in votes {
            let most = counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)));
            if let Some((parent, _)) = most {
                self.parents.entry((small, child)).or_default().insert(large, parent);
            }
        }
    }

    /// The council areas with a known outline.
    #[must_use]
    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    /// The areas that have ended, and what became of them.
    #[must_use]
    pub fn former(&self) -> &Former {
        &self.former
    }

    /// The day they hold for.
    #[must_use]
    pub const fn day(&self) -> Date {
        self.day
    }

    /// Where a practice belonged.
    #[must_use]
    pub fn of(&self, practice: &str) -> Option<&Affiliation> {
        self.rows.get(practice)
    }

    /// Every practice known, by code.
    pub fn iter(&self) -> impl Iterator<Item = &Affiliation> {
        self.rows.values()
    }

    /// The name of an organisation; its code where none is known.
    #[must_use]
    pub fn name_of<'a>(&'a self, level: Level, code: &'a str) -> &'a str {
        if level == Level::England {
            return self.whole().heading();
        }
        if let (Level::Place, Some(area)) = (level, self.standing.area(code)) {
            return &area.name;
        }
        self.names.get(&(level, code.to_owned())).map_or(code, String::as_str)
    }

    /// What the sum of every practice known stands for.
    #[must_use]
    pub fn whole(&self) -> Whole {
        let named = |code: &str| self.names.contains_key(&(Level::Region, code.to_owned()));
        Whole::of_regions(self.codes(Level::Region).into_iter().filter(|code| named(code)).count())
    }

    /// The larger organisation at a level that most practices of a smaller one belong to.
    #[must_use]
    pub fn parent(&self, level: Level, code: &str, of_level: Level) -> Option<&str> {
        if of_level == Level::England {
            return Some(vocab::Organisation::ENGLAND);
        }
        self.parents.get(&(level, code.to_owned()))?.get(&of_level).map(String::as_str)
    }

    /// The codes of all organisations at a level, in order.
    #[must_use]
    pub fn codes(&self, level: Level) -> BTreeSet<&str> {
        self.rows.values().filter_map(|row| row.code(level)).collect()
    }
}

/// The spells of a register of networks: practice, network, its name, and when.
fn spells(frame: &Frame) -> Vec<(String, String, String, Spell)> {
    let get = |name: &str, row: usize| frame.text(name).and_then(|column| column.get(row));
    (0..frame.rows())
        .filter_map(|row| {
            let start = get("start", row)?.parse().ok()?;
            let end = get("end", row).and_then(|end| end.parse().ok());
            Some((
                get("practice", row)?.to_owned(),
                get("network", row)?.to_owned(),
                get("network_name", row).unwrap_or_default().to_owned(),
                Spell { start, end },
            ))
        })
        .collect()
}

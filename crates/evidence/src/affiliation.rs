//! Who belonged to whom on a day: practice, network, sub-ICB, ICB, region.
//!
//! Memberships change every month. Three publications state them: the extract of patients registered and the mapping
//! files of other publications (as they stood on a day), and the register of networks (spells with first and
//! last day). For each practice the extract nearest to the day speaks; where the nearest extract is more than three
//! months away and the register of networks covers the day, the register names the network. "In no network" is a
//! statement too: only a register newer than the extract puts such a practice into one.
//!
//! Lists and publications of figures print the commissioner beside the practice. It stands where the nearest extract is more than
//! a year away, so that figures of an older year are grouped by the areas of their own file. Practices that no extract names
//! are placed by it, or else by the register of practices, and not listed among the practices of the day.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use vocab::{Level, Month, Period, Spell, Whole};

use crate::error::EvidenceError;
use crate::evidence::Evidence;
use crate::former::Former;
use crate::frame::Frame;
use crate::known_codes::KnownCodes;
use crate::standing::Standing;
use crate::stated::{Area, statements};

/// Days past which the register of networks is believed over the nearest extract.
const NEAR_DAYS: i32 = 92;

/// Days past which the commissioner that a list or a file of figures prints is believed over the nearest extract.
const YEAR_DAYS: i32 = 366;

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
    /// Its sub-ICB where that still stands; else the one that it was last in, or what that became: where it counts when areas
    /// of today are asked for.
    pub last_sub_icb: String,
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

    /// Whether it belongs to an area, on the day or by what its area became.
    #[must_use]
    pub fn is_of(&self, level: Level, code: &str) -> bool {
        self.code(level) == Some(code) || level == Level::SubIcb && self.last_sub_icb == code
    }
}

/// All practices known on a day, by code, and the names of everything they belong to.
#[derive(Debug, Clone, PartialEq)]
pub struct Affiliations {
    day: Date,
    rows: BTreeMap<String, Affiliation>,
    /// Practices that no extract names, by what lists, figures and the register print.
    others: BTreeMap<String, Affiliation>,
    names: BTreeMap<(Level, String), String>,
    /// The larger organisation that most patients' practices of a smaller one belong to, by level.
    parents: BTreeMap<(Level, String), BTreeMap<Level, String>>,
    standing: Arc<Standing>,
    former: Arc<Former>,
    codes: Arc<KnownCodes>,
}

/// What the statements nearest to the day say.
#[derive(Default)]
struct Nearest {
    /// Commissioners that lists and figures print, of practices that no nearer extract names.
    printed: BTreeMap<String, Area>,
    /// The day of the extract that a practice's row was taken from, and whether that extract names networks.
    extracts: BTreeMap<String, (Date, bool)>,
}

impl Evidence {
    /// Who belonged to whom on a day.
    ///
    /// # Errors
    /// When a table cannot be read.
    pub fn affiliations(&self, day: Date) -> Result<Arc<Affiliations>, EvidenceError> {
        self.kept().once(&day.to_string(), || Affiliations::on(self, day))
    }
}

impl Affiliations {
    /// Works out the affiliations of a day from the tables.
    pub(crate) fn on(evidence: &Evidence, day: Date) -> Result<Self, EvidenceError> {
        let mut found = Self {
            day,
            rows: BTreeMap::new(),
            others: BTreeMap::new(),
            names: BTreeMap::new(),
            parents: BTreeMap::new(),
            standing: evidence.standing()?,
            former: evidence.former()?,
            codes: evidence.known_codes()?,
        };
        let mut nearest = Nearest::default();
        let mut statements = statements(evidence);
        let away = |from: Date| Period::Day(from).distance_in_days(Period::Day(day));
        statements.sort_by_key(|statement| (away(statement.day), !statement.is_extract()));
        for statement in statements {
            if statement.is_extract() {
                let frame = evidence.frame(statement.table, statement.period)?;
                found.take_extract(&frame, statement.period, away(statement.day), &mut nearest);
                continue;
            }
            for (practice, [sub_icb, ..]) in statement.homes(evidence)? {
                if let Some(area) = sub_icb.filter(|_| !found.rows.contains_key(&practice)) {
                    nearest.printed.entry(practice).or_insert(area);
                }
            }
        }
        found.take_register(evidence, &nearest)?;
        found.follow_areas();
        found.follow_figures(evidence, &nearest)?;
        found.find_parents();
        found.place_others(evidence, nearest.printed)?;
        found.find_last_areas();
        found.take_postcodes(evidence)?;
        let standing = Arc::clone(&found.standing);
        standing.place(&mut found.rows);
        standing.place(&mut found.others);
        Ok(found)
    }

    fn take_extract(&mut self, frame: &Frame, period: Period, away: i32, nearest: &mut Nearest) {
        let far = away > NEAR_DAYS;
        let networks = frame.text("network").map_or(&[][..], |column| &column.words);
        let has_networks = networks.iter().any(|network| !network.is_empty());
        let get = |name: &str, row: usize| {
            frame.text(name).and_then(|column| column.get(row)).unwrap_or_default().to_owned()
        };
        for row in 0..frame.rows() {
            let practice = get("practice", row);
            if self.rows.contains_key(&practice) {
                continue;
            }
            let mut said = Affiliation {
                name: get("name", row),
                postcode: get("postcode", row),
                network: get("network", row),
                sub_icb: get("sub_icb", row),
                icb: get("icb", row),
                region: get("region", row),
                last_sub_icb: String::new(),
                stands_in: Vec::new(),
                stated_by: if far { format!("{period} (far)") } else { period.to_string() },
                practice: practice.clone(),
            };
            self.name(Level::Practice, &said.practice, said.name.clone());
            self.name(Level::Network, &said.network, get("network_name", row));
            self.name(Level::SubIcb, &said.sub_icb, get("sub_icb_name", row));
            self.name(Level::Icb, &said.icb, get("icb_name", row));
            self.name(Level::Region, &said.region, get("region_name", row));
            let printed = nearest.printed.remove(&practice);
            if let Some((code, name)) = printed.filter(|_| away > YEAR_DAYS) {
                self.name(Level::SubIcb, &code, name);
                said.sub_icb = code;
            }
            nearest.extracts.insert(practice.clone(), (period.as_at(), has_networks));
            self.rows.insert(practice, said);
        }
    }

    /// Postcodes from the latest register, where no extract gives one.
    fn take_postcodes(&mut self, evidence: &Evidence) -> Result<(), EvidenceError> {
        let Some(edition) = evidence.periods("practice").last().copied() else { return Ok(()) };
        let frame = evidence.frame("practice", edition)?;
        let (Some(codes), Some(postcodes)) = (frame.text("practice"), frame.text("postcode"))
        else {
            return Ok(());
        };
        for row in 0..frame.rows() {
            let held = codes.get(row).and_then(|code| self.rows.get_mut(code));
            if let (Some(held), Some(postcode)) = (held, postcodes.get(row))
                && held.postcode.is_empty()
            {
                postcode.clone_into(&mut held.postcode);
            }
        }
        Ok(())
    }

    fn name(&mut self, level: Level, code: &str, name: String) {
        if !code.is_empty() && !name.is_empty() {
            self.names.entry((level, code.to_owned())).or_insert(name);
        }
    }

    /// Lets the register of networks speak where the nearest extract is far away, or says nothing of networks.
    fn take_register(
        &mut self,
        evidence: &Evidence,
        nearest: &Nearest,
    ) -> Result<(), EvidenceError> {
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
            let Some(known) = self.rows.get_mut(&practice) else { continue };
            let far = known.stated_by.ends_with("(far)");
            let (said, has_networks) = nearest.extracts.get(&practice).copied().unwrap_or_default();
            let is_newer = edition.first_day() > said;
            let is_open = known.network.is_empty() && (!has_networks || far && is_newer);
            if is_open || covers && far {
                known.network = network;
            }
        }
        Ok(())
    }

    /// Places practices that no extract names: by the commissioner that the nearest list or file of figures prints, or that
    /// the register of practices does.
    fn place_others(
        &mut self,
        evidence: &Evidence,
        printed: BTreeMap<String, Area>,
    ) -> Result<(), EvidenceError> {
        for (practice, (code, name)) in printed {
            self.name(Level::SubIcb, &code, name);
            let sub_icb = self.in_use(Level::SubIcb, code);
            let row = Affiliation { practice: practice.clone(), sub_icb, ..Affiliation::default() };
            self.others.insert(practice, row);
        }
        let mut editions = evidence.periods("practice");
        let day = Period::Day(self.day);
        editions.sort_by_key(|edition| edition.distance_in_days(day));
        for edition in editions {
            self.take_practices(&*evidence.frame("practice", edition)?);
        }
        let mut others = std::mem::take(&mut self.others);
        for row in others.values_mut() {
            for (level, code) in [(Level::Icb, &mut row.icb), (Level::Region, &mut row.region)] {
                if let Some(parent) = self.parent(Level::SubIcb, &row.sub_icb, level) {
                    parent.clone_into(code);
                }
            }
        }
        self.others = others;
        Ok(())
    }

    /// Takes general practices of a register that nothing else places, and the names of the others.
    fn take_practices(&mut self, frame: &Frame) {
        let get = |name: &str, row: usize| {
            frame.text(name).and_then(|column| column.get(row)).unwrap_or_default().to_owned()
        };
        for row in 0..frame.rows() {
            let practice = get("practice", row);
            if self.rows.contains_key(&practice) || get("setting", row) != "general_practice" {
                continue;
            }
            let sub_icb = self.in_use(Level::SubIcb, get("sub_icb", row));
            let said = self.others.entry(practice.clone()).or_insert_with(|| Affiliation {
                icb: get("icb", row),
                region: get("region", row),
                practice: practice.clone(),
                sub_icb,
                ..Affiliation::default()
            });
            if said.name.is_empty() {
                (said.name, said.postcode) = (get("name", row), get("postcode", row));
                let name = said.name.clone();
                self.name(Level::Practice, &practice, name);
            }
        }
    }

    /// A code under which the practices of the day stand: itself, or what it became where nobody stands under it.
    fn in_use(&self, level: Level, code: String) -> String {
        if self.parents.contains_key(&(level, code.clone())) {
            return code;
        }
        let now = self.former.now(level, &code);
        if self.parents.contains_key(&(level, now.to_owned())) { now.to_owned() } else { code }
    }

    /// Notes for every practice the sub-ICB in which it counts when areas of today are asked for.
    fn find_last_areas(&mut self) {
        let former = Arc::clone(&self.former);
        for row in self.rows.values_mut().chain(self.others.values_mut()) {
            let stands = !row.sub_icb.is_empty()
                && former.ended(Level::SubIcb, &row.sub_icb, Date::MAX).is_none();
            let last = former.last_sub_icb(&row.practice).filter(|_| !stands);
            row.last_sub_icb =
                last.unwrap_or_else(|| former.now(Level::SubIcb, &row.sub_icb)).to_owned();
        }
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

    /// Puts practices back into the board that the figures of the month still name, where only a later extract, which names
    /// another, says where they belong: a lookup knows to which board their sub-ICB belonged.
    fn follow_figures(
        &mut self,
        evidence: &Evidence,
        nearest: &Nearest,
    ) -> Result<(), EvidenceError> {
        let month = Period::Month(Month::of(self.day));
        if !evidence.periods("urgent").contains(&month) {
            return Ok(());
        }
        let frame = evidence.frame("urgent", month)?;
        let codes = frame.text("organisation").map_or(&[][..], |column| &column.words);
        let service =
            |code: &String| self.codes.of_ons(code).map_or(code.clone(), |(_, of)| of.to_owned());
        let named: BTreeSet<String> = codes.iter().map(service).collect();
        for row in self.rows.values_mut().filter(|row| !named.contains(&row.icb)) {
            let said = nearest.extracts.get(&row.practice).map(|(day, _)| *day);
            let board = self.codes.parent(Level::SubIcb, &row.sub_icb, Level::Icb);
            if let Some(board) = board.filter(|board| named.contains(*board))
                && said.is_some_and(|day| day > self.day)
            {
                board.clone_into(&mut row.icb);
            }
        }
        Ok(())
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

    /// The codes and names that lookups print.
    #[must_use]
    pub fn lookups(&self) -> &KnownCodes {
        &self.codes
    }

    /// The day they hold for.
    #[must_use]
    pub const fn day(&self) -> Date {
        self.day
    }

    /// Where a practice belonged.
    #[must_use]
    pub fn of(&self, practice: &str) -> Option<&Affiliation> {
        self.rows.get(practice).or_else(|| self.others.get(practice))
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
        if level == Level::Place
            && let Some(name) = self.standing.name_of(code)
        {
            return name;
        }
        let known = self.names.get(&(level, code.to_owned())).map(String::as_str);
        known.or_else(|| self.codes.name_of(level, code)).unwrap_or(code)
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
        let of_practices = self.parents.get(&(level, code.to_owned()));
        let of_practices = of_practices.and_then(|above| above.get(&of_level)).map(String::as_str);
        of_practices.or_else(|| self.codes.parent(level, code, of_level))
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

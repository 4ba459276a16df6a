//! Which ages and sexes are on lists less often than the rest: young men, most places find.
//!
//! Contacts are not published by age, so whether a group uses its practice less than it should cannot be seen in
//! published data. Whether it is on a list at all can: registered over resident people of each sex and age band, beside
//! the same ratio of everybody in the place.

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Affiliations, Evidence, EvidenceError, Place, tables};
use vocab::{Level, Period};

use crate::compare::operand;
use crate::definition::{Ages, Operand};
use crate::units::{Amounts, as_at, period_of};

/// First ages of the bands; the last is open.
const BANDS: [u8; 10] = [0, 5, 15, 20, 25, 35, 45, 55, 65, 75];

/// Registered and resident people of a sex and age band.
#[derive(Debug, Clone, PartialEq)]
pub struct AgeGap {
    /// `female` or `male`; `all` where residents are not published by sex.
    pub sex: &'static str,
    /// First age.
    pub from: u8,
    /// First age past the band; none where it is open.
    pub to: Option<u8>,
    /// People on the lists of the place's practices.
    pub registered: f64,
    /// People who live in the place's sub-ICB locations.
    pub resident: f64,
}

impl AgeGap {
    /// Registered people over residents.
    #[must_use]
    pub fn ratio(&self) -> f64 {
        self.registered / self.resident
    }
}

/// The groups of a place, women first, and what they were counted from.
#[derive(Debug, Clone, PartialEq)]
pub struct AgeGaps {
    /// The day of the lists.
    pub lists: Period,
    /// The year of the residents.
    pub residents: Period,
    /// By sex and age.
    pub groups: Vec<AgeGap>,
}

/// Registered and resident people of a place by sex and age; nothing where either is not known by age, or where the
/// two would count different people.
///
/// # Errors
/// When a table cannot be read.
pub fn age_gaps(evidence: &Evidence, within: &Place) -> Result<Option<AgeGaps>, EvidenceError> {
    // Lists by age are not published by small area: only whole boards and sub-ICB locations have both sides.
    if within.is_of_councils() || super::withheld(evidence, within)?.is_some() {
        return Ok(None);
    }
    let Some(lists) = evidence.periods("registered").last().copied() else { return Ok(None) };
    let wanted = operand("resident", "residents");
    let Some(residents) = period_of(evidence, &wanted, "registered", lists) else {
        return Ok(None);
    };
    let mut groups = Vec::new();
    for sex in sexes(evidence, residents)? {
        for (index, from) in BANDS.into_iter().enumerate() {
            let to = BANDS.get(index + 1).copied();
            let count = |table: &str, column: &str| {
                let mut wanted =
                    Operand { ages: Some(Ages { from, to }), ..operand(table, column) };
                if *sex != "all" {
                    wanted.rows.insert("sex".to_owned(), vec![(*sex).to_owned()]);
                }
                people(evidence, &wanted, lists, within)
            };
            let (registered, resident) =
                (count("registered", "patients")?, count("resident", "residents")?);
            if resident > 0.0 && registered > 0.0 {
                groups.push(AgeGap { sex, from, to, registered, resident });
            }
        }
    }
    Ok((!groups.is_empty()).then_some(AgeGaps { lists, residents, groups }))
}

/// The sexes that residents are published by.
fn sexes(evidence: &Evidence, period: Period) -> Result<&'static [&'static str], EvidenceError> {
    let frame = evidence.frame("resident", period)?;
    let apart = tables::resident::Columns::of(&frame).sex.code_of("female").is_some();
    Ok(if apart { &["female", "male"] } else { &["all"] })
}

/// The sub-ICB locations of a place: those of which more than half of the practices belong to it. A board may have a practice in
/// the location of another; all the people of that location are not its own.
fn sub_icbs<'a>(within: &Place, known: &'a Affiliations) -> BTreeSet<&'a str> {
    let mut practices: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for row in known.iter() {
        let (held, all) = practices.entry(row.sub_icb.as_str()).or_default();
        *held += usize::from(within.is_everywhere() || within.holds(row));
        *all += 1;
    }
    practices.into_iter().filter(|(_, (held, all))| held * 2 > *all).map(|(code, _)| code).collect()
}

/// The people of a place that an operand counts, added up over its sub-ICB locations.
fn people(
    evidence: &Evidence,
    wanted: &Operand,
    lists: Period,
    within: &Place,
) -> Result<f64, EvidenceError> {
    let Some(period) = period_of(evidence, wanted, "registered", lists) else { return Ok(0.0) };
    let known = evidence.affiliations(as_at(lists))?;
    let found = Amounts::of(evidence, wanted, period, Level::SubIcb, &known)?;
    let inside = sub_icbs(within, &known);
    let sums = found.totals.iter().filter(|(code, _)| inside.contains(code.as_str()));
    Ok(sums.filter_map(|(_, total)| total.value()).sum())
}

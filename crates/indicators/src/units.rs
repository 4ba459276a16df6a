//! The organisations that a figure is added up from: where each belongs, whether it is open, and its patients.

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Affiliation, Affiliations, Evidence, EvidenceError};
use jiff::civil::Date;
use vocab::{Level, Period};

use crate::definition::Operand;
use crate::measure::{Total, Totals, base_level, more_telling, totals};

/// One operand, worked out for the organisations of its table.
#[derive(Debug, Clone)]
pub(crate) struct Amounts {
    pub totals: Totals,
    pub period: Period,
}

/// The day on which memberships are taken: the day itself, the first of a month, the middle of a year.
pub(crate) fn as_at(period: Period) -> Date {
    match period {
        Period::Day(_) | Period::Month(_) => period.first_day(),
        Period::FinancialYear(year) => Date::constant(year.begins, 10, 1),
        Period::Year(year) => Date::constant(year, 7, 1),
    }
}

/// A day some months earlier.
fn months_before(day: Date, months: u32) -> Date {
    day.checked_sub(jiff::Span::new().months(i64::from(months))).unwrap_or(day)
}

/// The period of a table in which an operand is taken for a figure of a period; nothing where none is near enough.
pub(crate) fn period_of(
    evidence: &Evidence,
    operand: &Operand,
    table: &str,
    period: Period,
) -> Option<Period> {
    if operand.table == table && operand.months_before == 0 {
        return Some(period);
    }
    let day = Period::Day(months_before(as_at(period), operand.months_before));
    let nearest = evidence
        .periods(&operand.table)
        .into_iter()
        .min_by_key(|candidate| Period::Day(as_at(*candidate)).distance_in_days(day))?;
    (Period::Day(as_at(nearest)).distance_in_days(day) <= operand.within_days).then_some(nearest)
}

impl Amounts {
    /// Works out an operand and rolls it up to a level of organisation.
    pub(crate) fn of(
        evidence: &Evidence,
        operand: &Operand,
        period: Period,
        level: Level,
        known: &Affiliations,
    ) -> Result<Self, EvidenceError> {
        let frame = evidence.frame(&operand.table, period)?;
        let mut found = totals(operand, &frame);
        let mut from = base_level(operand).unwrap_or(level);
        if frame.text("area").is_some() && frame.number("residents").is_some() {
            found = from_areas(evidence, &found, period)?;
        } else if from == Level::Icb {
            found = with_service_codes(evidence, found, known)?;
        }
        if from < level {
            found = rolled_up(&found, from, level, known);
            from = level;
        }
        debug_assert_eq!(from, level, "an operand is never larger than the level it is wanted at");
        Ok(Self { totals: found, period })
    }
}

/// Adds practices up to networks, networks to sub-ICBs and so on. What has no figure is left out.
fn rolled_up(fine: &Totals, from: Level, to: Level, known: &Affiliations) -> Totals {
    let mut coarse = Totals::new();
    for (code, total) in fine {
        let Some(parent) = parent_of(known, from, code, to) else { continue };
        let sum = coarse.entry(parent.to_owned()).or_insert(Total { sum: 0.0, ..*total });
        if let Some(value) = total.value() {
            sum.mark =
                if sum.value().is_none() { total.mark } else { more_telling(sum.mark, total.mark) };
            sum.sum += value;
        }
    }
    coarse
}

fn parent_of<'a>(
    known: &'a Affiliations,
    from: Level,
    code: &'a str,
    to: Level,
) -> Option<&'a str> {
    if from == Level::Practice {
        return known.of(code).and_then(|affiliation| affiliation.code(to));
    }
    known.parent(from, code, to)
}

/// Adds small areas up to sub-ICBs by the lookup that holds them, with its weights.
fn from_areas(
    evidence: &Evidence,
    areas: &Totals,
    period: Period,
) -> Result<Totals, EvidenceError> {
    let mut found = Totals::new();
    let Some(lookup) = evidence.nearest_period("lookup", period) else { return Ok(found) };
    let frame = evidence.frame("lookup", lookup)?;
    let (Some(area), Some(parent), Some(kind), Some(weight)) = (
        frame.text("area"),
        frame.text("parent"),
        frame.text("parent_kind"),
        frame.number("weight"),
    ) else {
        return Ok(found);
    };
    for row in (0..frame.rows()).filter(|row| kind.get(*row) == Some("sub_icb")) {
        let (Some(area), Some(parent)) = (area.get(row), parent.get(row)) else { continue };
        let Some(value) = areas.get(area).and_then(|total| total.value()) else { continue };
        let share = weight.get(row).copied().filter(|share| share.is_finite()).unwrap_or(1.0);
        let nought = Total { sum: 0.0, mark: vocab::Mark::Value };
        found.entry(parent.to_owned()).or_insert(nought).sum += value * share;
    }
    Ok(found)
}

/// Emergency attendances name ICBs by their ONS code: the code of the health service is found by name.
fn with_service_codes(
    evidence: &Evidence,
    totals: Totals,
    known: &Affiliations,
) -> Result<Totals, EvidenceError> {
    let by_name: BTreeMap<String, &str> = known
        .codes(Level::Icb)
        .into_iter()
        .map(|code| (plain(known.name_of(Level::Icb, code)), code))
        .collect();
    let mut service = BTreeMap::new();
    for period in evidence.periods("boundary") {
        let frame = evidence.frame("boundary", period)?;
        let (Some(code), Some(name)) = (frame.text("area"), frame.text("name")) else { continue };
        for row in 0..frame.rows() {
            if let (Some(code), Some(name)) = (code.get(row), name.get(row))
                && let Some(found) = by_name.get(&plain(name))
            {
                service.insert(code.to_owned(), (*found).to_owned());
            }
        }
    }
    Ok(totals
        .into_iter()
        .map(|(code, total)| (service.get(&code).cloned().unwrap_or(code), total))
        .collect())
}

/// The name of an ICB without what differs between publications.
fn plain(name: &str) -> String {
    name.to_ascii_lowercase()
        .replace("integrated care board", "")
        .replace("nhs", "")
        .replace(" icb", "")
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect()
}

/// The organisations of a figure, in order of code.
#[derive(Debug, Clone)]
pub(crate) struct Units {
    pub level: Level,
    pub codes: Vec<String>,
    pub affiliations: Vec<Affiliation>,
    /// Practices open in each; 1 or 0 for a practice.
    pub open: Vec<usize>,
    /// Their patients.
    pub patients: Vec<f64>,
}

impl Units {
    /// All organisations that either operand or the list of patients names.
    pub(crate) fn of(
        evidence: &Evidence,
        level: Level,
        day: Date,
        known: &Affiliations,
        operands: [&Amounts; 2],
    ) -> Result<Self, EvidenceError> {
        let lists = lists(evidence, level, day, known)?;
        let codes: BTreeSet<&String> =
            operands.iter().flat_map(|amounts| amounts.totals.keys()).chain(lists.keys()).collect();
        let mut units = Self {
            level,
            codes: Vec::new(),
            affiliations: Vec::new(),
            open: Vec::new(),
            patients: Vec::new(),
        };
        for code in codes {
            let (open, patients) = lists.get(code).copied().unwrap_or_default();
            units.affiliations.push(affiliation(known, level, code));
            units.open.push(open);
            units.patients.push(patients);
            units.codes.push(code.clone());
        }
        Ok(units)
    }
}

/// Practices and patients of the nearest list of patients, by organisation.
fn lists(
    evidence: &Evidence,
    level: Level,
    day: Date,
    known: &Affiliations,
) -> Result<BTreeMap<String, (usize, f64)>, EvidenceError> {
    let mut lists: BTreeMap<String, (usize, f64)> = BTreeMap::new();
    let Some(period) = evidence.nearest_period("list_size", Period::Day(day)) else {
        return Ok(lists);
    };
    let frame = evidence.frame("list_size", period)?;
    let (Some(practice), Some(patients)) = (frame.text("practice"), frame.number("patients"))
    else {
        return Ok(lists);
    };
    for (row, patients) in patients.iter().enumerate() {
        let Some(practice) = practice.get(row).filter(|_| *patients > 0.0) else { continue };
        let code = if level == Level::Practice {
            Some(practice)
        } else {
            parent_of(known, Level::Practice, practice, level)
        };
        let Some(code) = code else { continue };
        let (open, sum) = lists.entry(code.to_owned()).or_default();
        *open += 1;
        *sum += patients;
    }
    Ok(lists)
}

/// Where an organisation of any level belongs.
fn affiliation(known: &Affiliations, level: Level, code: &str) -> Affiliation {
    if level == Level::Practice {
        return known.of(code).cloned().unwrap_or_else(|| Affiliation {
            practice: code.to_owned(),
            ..Affiliation::default()
        });
    }
    let at = |wanted: Level| {
        if wanted == level {
            return code.to_owned();
        }
        if wanted < level { None } else { known.parent(level, code, wanted) }
            .unwrap_or_default()
            .to_owned()
    };
    Affiliation {
        name: known.name_of(level, code).to_owned(),
        network: at(Level::Network),
        sub_icb: at(Level::SubIcb),
        icb: at(Level::Icb),
        region: at(Level::Region),
        ..Affiliation::default()
    }
}

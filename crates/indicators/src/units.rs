//! The organisations that a figure is added up from: where each belongs, whether it is open, and its patients.

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Affiliation, Affiliations, Evidence, EvidenceError, Frame, Whose, tables};
use jiff::civil::Date;
use vocab::codes::Lsoa21;
use vocab::{Level, Period};

use crate::definition::Operand;
use crate::measure::{AreaFigures, Total, Totals, area_figures, base_level, more_telling, totals};
use crate::service_codes::ServiceCodes;

/// One operand, worked out for the organisations of its table.
#[derive(Debug, Clone)]
pub(crate) struct Amounts {
    pub totals: Totals,
    pub period: Period,
}

/// The day on which memberships are taken: the day itself, the first of a month, the middle of a year.
pub(crate) fn as_at(period: Period) -> Date {
    period.as_at()
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
    let day = wanted(operand, period);
    let nearest = usable(evidence, operand)
        .into_iter()
        .min_by_key(|candidate| Period::Day(as_at(*candidate)).distance_in_days(day))?;
    (Period::Day(as_at(nearest)).distance_in_days(day) <= operand.within_days).then_some(nearest)
}

/// The day of which an operand is wanted for a figure of a period.
pub(crate) fn wanted(operand: &Operand, period: Period) -> Period {
    Period::Day(months_before(as_at(period), operand.months_before))
}

/// The periods of an operand's table that hold rows of its kind.
pub(crate) fn usable(evidence: &Evidence, operand: &Operand) -> Vec<Period> {
    let mut periods = evidence.periods(&operand.table);
    periods.retain(|period| holds_its_rows(evidence, &operand.table, *period));
    periods
}

/// Whether a table by small area names any in a period; some editions give the country's total only.
fn holds_its_rows(evidence: &Evidence, table: &str, period: Period) -> bool {
    let Some(Whose::Areas(column)) = tables::find(table).map(|table| table.whose) else {
        return true;
    };
    let is_small = |area: &String| Lsoa21::is_valid(area);
    let frame = evidence.frame(table, period);
    frame.is_ok_and(|frame| frame.text(column).is_some_and(|area| area.words.iter().any(is_small)))
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
        let areas = area_figures_for(evidence, operand, &frame)?;
        let mut found = totals(operand, &frame, areas.as_ref())?;
        let from = base_level(operand);
        let from = from.ok_or_else(|| EvidenceError::NoOneLevel(operand.table.clone()))?;
        if is_by_area(operand) {
            found = from_areas(evidence, &found)?;
        } else if from == Level::Icb {
            found = with_service_codes(evidence, found)?;
        }
        if from < level {
            found = rolled_up(&found, from, level, known);
        }
        Ok(Self { totals: found, period })
    }
}

fn is_by_area(operand: &Operand) -> bool {
    tables::find(&operand.table).is_some_and(|table| matches!(table.whose, Whose::Areas(_)))
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

/// Adds small areas up to sub-ICBs by the lookup that knows most of them, with its weights; areas of the census of 2011
/// may go by way of those of 2021.
fn from_areas(evidence: &Evidence, areas: &Totals) -> Result<Totals, EvidenceError> {
    let newer = best_lookup(evidence, "lsoa21", &[("lsoa11", areas)])?;
    best_lookup(evidence, "sub_icb", &[("lsoa21", areas), ("lsoa11", areas), ("lsoa21", &newer)])
}

/// The sums of the larger areas by the lookup, and of the sums offered for a kind of area, that place most.
fn best_lookup(
    evidence: &Evidence,
    parent_kind: &str,
    offered: &[(&str, &Totals)],
) -> Result<Totals, EvidenceError> {
    let (mut best, mut most) = (Totals::new(), 0.0);
    let codes = ServiceCodes::of(evidence)?;
    for period in evidence.periods("lookup") {
        let lookup = evidence.frame("lookup", period)?;
        for (kind, areas) in offered {
            let (found, placed) = by_lookup(&lookup, &codes, (kind, parent_kind), areas);
            if placed > most {
                (best, most) = (found, placed);
            }
        }
    }
    Ok(best)
}

/// The sums of the larger areas of a lookup for a kind of area, and how much of the whole they hold.
fn by_lookup(
    lookup: &Frame,
    codes: &ServiceCodes,
    (kind, parent_kind): (&str, &str),
    areas: &Totals,
) -> (Totals, f64) {
    let (mut found, mut placed) = (Totals::new(), 0.0);
    let links = tables::lookup::Columns::of(lookup);
    let kinds = (Some(kind), Some(parent_kind));
    let counts = |row: &usize| (links.area_kind.get(*row), links.parent_kind.get(*row)) == kinds;
    for row in (0..lookup.rows()).filter(counts) {
        let (Some(area), Some(parent)) = (links.area.get(row), links.parent.get(row)) else {
            continue;
        };
        let Some(value) = areas.get(area).and_then(|total| total.value()) else { continue };
        let weight = links.weight.get(row).copied().filter(|share| share.is_finite());
        let share = value * weight.unwrap_or(1.0);
        found
            .entry(codes.at(parent).to_owned())
            .or_insert(Total { sum: 0.0, mark: vocab::Mark::Value })
            .sum += share;
        placed += share;
    }
    (found, placed)
}

/// Emergency attendances name ICBs by their ONS code; practices by that of the health service.
fn with_service_codes(evidence: &Evidence, totals: Totals) -> Result<Totals, EvidenceError> {
    let codes = ServiceCodes::of(evidence)?;
    let named = |(code, total): (String, Total)| (codes.at(&code).to_owned(), total);
    Ok(totals.into_iter().map(named).collect())
}

/// The figures of the areas that an operand asks for, from the period that knows most of its areas, the latest of equals.
fn area_figures_for(
    evidence: &Evidence,
    operand: &Operand,
    frame: &Frame,
) -> Result<Option<AreaFigures>, EvidenceError> {
    let Some(wanted) = &operand.area else { return Ok(None) };
    let areas = frame.words("area")?;
    let (mut best, mut most) = (AreaFigures::new(), 0);
    for period in evidence.periods(&wanted.table) {
        let figures = area_figures(wanted, &*evidence.frame(&wanted.table, period)?)?;
        let known = areas.words.iter().filter(|area| figures.contains_key(*area)).count();
        if known > 0 && known >= most {
            (best, most) = (figures, known);
        }
    }
    Ok(Some(best))
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
    let listed = tables::list_size::Columns::of(&frame);
    for (row, patients) in listed.patients.iter().enumerate().filter(|(_, size)| **size > 0.0) {
        let Some(practice) = listed.practice.get(row) else { continue };
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

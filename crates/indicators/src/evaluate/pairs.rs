//! The two amounts of each organisation side by side.

use std::sync::Arc;

use evidence::{Affiliations, Evidence, Release};
use jiff::civil::Date;
use vocab::{Level, Mark, Period, Provenance};

use super::change;
use super::doubt::{is_register, judge};
use super::{Doubt, EvaluateError, HeldBack};
use crate::definition::{Definition, Operand, Statistic};
use crate::interval::method;
use crate::measure::{Total, more_telling, national_total};
use crate::units::{Amounts, Units, as_at, period_of, usable, wanted};

/// How long before a register its own of the year before may lie: a year and half of one.
const MOST_DAYS: i32 = 550;

/// What an indicator covers in a period, over the whole evidence.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Coverage {
    /// Organisations of the smallest level with figures on both sides.
    pub counted: usize,
    /// Practices open on the day of the memberships.
    pub practices_open: usize,
    /// Their patients.
    pub patients: f64,
    /// Patients of the organisations counted.
    pub patients_covered: f64,
    /// Organisations whose figure was withheld.
    pub suppressed: usize,
    /// Open organisations without a figure.
    pub missing: usize,
    /// Organisations for which the question does not arise.
    pub not_applicable: usize,
    /// Organisations counted whose figure was estimated by the publisher.
    pub estimated: usize,
    /// Organisations counted in England but in no row of the level, by code: no table says where they belong. At the
    /// smallest level, those in no region.
    pub unplaced: Vec<String>,
    /// Organisations with an amount above the line, be it nought or negative, and none below it, and those amounts added up.
    pub without_below: (usize, f64),
    /// Records that cannot be right, kept out of every sum.
    pub held_back: Vec<HeldBack>,
}

/// What an organisation adds to a larger one.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) enum Part {
    /// Its two amounts, where both count.
    #[default]
    Own,
    /// These two, whether or not it has a figure of its own.
    Of(f64, f64),
    /// Nothing: the larger one lacks it.
    Apart,
}

/// One organisation's two amounts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Pair {
    pub above: Option<f64>,
    pub below: Option<f64>,
    /// Value or estimated when the pair counts.
    pub mark: Mark,
    /// Why it is held back or not ranked.
    pub doubt: Option<Doubt>,
    /// What it adds to a larger organisation.
    pub part: Part,
}

impl Pair {
    fn of(statistic: Statistic, above: Total, below: Total) -> Self {
        let mut mark = more_telling(above.mark, below.mark);
        let (numerator, denominator) = (above.value(), below.value());
        if mark <= Mark::Estimated && denominator.is_none_or(|below| below <= 0.0) {
            mark = Mark::NotApplicable;
        }
        let weighted = statistic == Statistic::WeightedMean;
        let numerator = match (numerator, denominator) {
            (Some(mean), Some(weight)) if weighted => Some(mean * weight),
            _ => numerator,
        };
        Self { above: numerator, below: denominator, mark, doubt: None, part: Part::Own }
    }

    /// Whether nothing stands below the line.
    pub(crate) fn lacks_below(&self) -> bool {
        self.below.is_none_or(|below| below <= 0.0)
    }

    /// The amounts that it adds to a larger organisation.
    pub(super) fn added(&self) -> Option<(f64, f64)> {
        match self.part {
            Part::Own => self.complete(),
            Part::Of(above, below) => Some((above, below)),
            Part::Apart => None,
        }
    }

    /// Both amounts, when the pair counts.
    pub(crate) fn complete(&self) -> Option<(f64, f64)> {
        if self.mark <= Mark::Estimated { self.above.zip(self.below) } else { None }
    }
}

/// An indicator paired for a period, ready to be added up to any level.
#[derive(Debug)]
pub struct Prepared {
    pub(crate) definition: Definition,
    pub(crate) period: Period,
    pub(crate) numerator_period: Period,
    pub(crate) denominator_period: Period,
    pub(crate) units: Units,
    pub(crate) pairs: Vec<Pair>,
    pub(crate) known: Arc<Affiliations>,
    pub(crate) coverage: Coverage,
    /// The two amounts as published for England, where they are imported for the period.
    pub(crate) national: Option<(f64, f64)>,
    pub(crate) provenance: Provenance,
}

/// Reads the tables of an indicator for a period and pairs its amounts.
///
/// # Errors
/// When the tables lack the period or the evidence cannot be read.
pub fn prepare(
    evidence: &Evidence,
    definition: &Definition,
    period: Period,
) -> Result<Prepared, EvaluateError> {
    prepare_as(evidence, definition, period, as_at(period))
}

/// The same with practices where they belonged on another day: the later one of a comparison over time.
///
/// # Errors
/// When the tables lack the period or the evidence cannot be read.
pub(crate) fn prepare_as(
    evidence: &Evidence,
    definition: &Definition,
    period: Period,
    memberships: Date,
) -> Result<Prepared, EvaluateError> {
    let table = definition.pacing_table();
    let held = evidence.periods(table);
    let Some(period) = named(&held, period) else {
        let (indicator, table) = (definition.id.clone(), table.to_owned());
        return Err(EvaluateError::NoPeriod { indicator, table, period, held });
    };
    let level = definition.base_level().unwrap_or(Level::Practice);
    let known = evidence.affiliations(memberships)?;
    let amounts = |operand: &Operand| -> Result<Amounts, EvaluateError> {
        let found = near(evidence, definition, operand, period)?;
        Ok(Amounts::of(evidence, operand, found, level, &known)?)
    };
    let (above, below) = (amounts(&definition.numerator)?, amounts(&definition.denominator)?);
    let units = Units::of(evidence, level, as_at(period), &known, [&above, &below])?;
    let of =
        |amounts: &Amounts, code: &str| amounts.totals.get(code).copied().unwrap_or(Total::MISSING);
    let mut pairs: Vec<Pair> = units
        .codes
        .iter()
        .map(|code| Pair::of(definition.statistic, of(&above, code), of(&below, code)))
        .collect();
    let before = year_before(evidence, definition, period, &units, &known)?;
    let held_back = judge(definition, &units, &mut pairs, &before);
    if definition.statistic == Statistic::Change {
        let took_over = change::took_over(evidence, below.period, above.period)?;
        change::join(&units, &mut pairs, &took_over);
    }
    let coverage = Coverage { held_back, ..coverage(&units, &pairs) };
    let national = national(evidence, definition, period)?;
    let mut tables = vec![
        (&definition.numerator.table, above.period),
        (&definition.denominator.table, below.period),
    ];
    let used = definition.national.iter().filter(|_| national.is_some());
    tables.extend(used.map(|national| (&national.numerator.table, period)));
    let provenance = provenance(evidence, definition, &tables);
    Ok(Prepared {
        definition: definition.clone(),
        period,
        numerator_period: above.period,
        denominator_period: below.period,
        units,
        pairs,
        known,
        coverage,
        national,
        provenance,
    })
}

/// The amounts of the figure as published for England; nothing where the period is not imported whole.
fn national(
    evidence: &Evidence,
    definition: &Definition,
    period: Period,
) -> Result<Option<(f64, f64)>, EvaluateError> {
    let Some(national) = &definition.national else { return Ok(None) };
    let amount = |operand: &Operand| -> Result<Option<f64>, EvaluateError> {
        if !evidence.periods(&operand.table).contains(&period) {
            return Ok(None);
        }
        Ok(national_total(operand, &*evidence.frame(&operand.table, period)?)?)
    };
    let (above, below) = (amount(&national.numerator)?, amount(&national.denominator)?);
    Ok(above.zip(below).filter(|(_, below)| *below > 0.0))
}

/// The two amounts of each organisation in the year before, for registers; none where that year is not imported.
fn year_before(
    evidence: &Evidence,
    definition: &Definition,
    period: Period,
    units: &Units,
    known: &Affiliations,
) -> Result<Vec<Option<(f64, f64)>>, EvaluateError> {
    let held = evidence.periods(definition.pacing_table());
    let earlier = held.iter().rev().find(|one| one.first_day() < period.first_day());
    let near =
        earlier.filter(|one| is_register(definition) && one.distance_in_days(period) <= MOST_DAYS);
    let Some(earlier) = near.copied() else { return Ok(Vec::new()) };
    let amounts = |operand: &Operand| Amounts::of(evidence, operand, earlier, units.level, known);
    let (above, below) = (amounts(&definition.numerator)?, amounts(&definition.denominator)?);
    let value =
        |amounts: &Amounts, code: &str| amounts.totals.get(code).and_then(|one| one.value());
    let both = |code: &String| value(&above, code).zip(value(&below, code));
    Ok(units.codes.iter().map(both).collect())
}

/// The period held that is asked for: itself, or the only one that begins within it, such as the day of a month.
fn named(held: &[Period], asked: Period) -> Option<Period> {
    if held.contains(&asked) {
        return Some(asked);
    }
    let within = |period: &&Period| {
        asked.first_day() <= period.first_day() && period.first_day() < asked.end()
    };
    let mut found = held.iter().filter(within);
    found.next().copied().filter(|_| found.next().is_none())
}

/// Whether both amounts have a period near enough to a period of the indicator.
pub(super) fn within_reach(
    evidence: &Evidence,
    definition: &Definition,
    period: Period,
) -> Result<(), EvaluateError> {
    near(evidence, definition, &definition.numerator, period)?;
    near(evidence, definition, &definition.denominator, period)?;
    Ok(())
}

fn near(
    evidence: &Evidence,
    definition: &Definition,
    operand: &Operand,
    period: Period,
) -> Result<Period, EvaluateError> {
    period_of(evidence, operand, definition.pacing_table(), period).ok_or_else(|| {
        EvaluateError::TooFar {
            indicator: definition.id.clone(),
            table: operand.table.clone(),
            period,
            wanted: wanted(operand, period),
            within_days: operand.within_days,
            held: usable(evidence, operand),
        }
    })
}

fn coverage(units: &Units, pairs: &[Pair]) -> Coverage {
    let mut coverage = Coverage::default();
    for (index, pair) in pairs.iter().enumerate() {
        let patients = units.patients.get(index).copied().unwrap_or_default();
        let open = units.open.get(index).copied().unwrap_or_default();
        coverage.practices_open += open;
        coverage.patients += patients;
        let lost = pair.above.filter(|_| pair.lacks_below());
        let lost = lost.filter(|_| pair.part == Part::Own);
        if let Some(above) = lost {
            coverage.without_below.0 += 1;
            coverage.without_below.1 += above;
        }
        match pair.mark {
            Mark::Value | Mark::Estimated => {
                coverage.counted += 1;
                coverage.patients_covered += patients;
                coverage.estimated += usize::from(pair.mark == Mark::Estimated);
            }
            Mark::Suppressed => coverage.suppressed += 1,
            Mark::NotApplicable => coverage.not_applicable += 1,
            Mark::Missing => {
                coverage.missing += usize::from(open > 0 && pair.doubt.is_none());
            }
        }
    }
    coverage
}

fn provenance(
    evidence: &Evidence,
    definition: &Definition,
    tables: &[(&String, Period)],
) -> Provenance {
    let mut releases: Vec<String> = Vec::new();
    for (table, period) in tables {
        let found: Vec<&Release> = evidence.releases(table, *period);
        releases.extend(found.into_iter().map(|release| release.id.clone()));
    }
    releases.sort();
    releases.dedup();
    Provenance {
        releases,
        definition: definition.id.clone(),
        method: method(definition).to_owned(),
    }
}

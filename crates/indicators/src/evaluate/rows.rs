//! From sums to rows: figure, interval, comparisons, funnel and rank.

use std::collections::BTreeMap;

use evidence::Place;
use stats::quantile::{Ties, quantiles};
use vocab::{Level, Organisation};

use super::reference::is_enough;
use super::sums::Sums;
use super::{
    Comparison, Coverage, EvaluateError, Evaluation, Funnel, Prepared, Reference, Row, name_of,
};
use crate::definition::Definition;
use crate::interval::{Intervals, estimate};

/// The place of a figure among all of its level in England.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rank {
    /// 1 for the lowest figure; equal figures share the lowest rank.
    pub rank: usize,
    /// How many have a figure.
    pub of: usize,
    /// Whether others have the same figure and so the same rank.
    pub joint: bool,
    /// 1 for the lowest fifth to 5 for the highest; nothing for fewer than five.
    pub quintile: Option<u32>,
}

impl Prepared {
    /// Adds the pairs up to a level; `within` keeps the rows of a place and compares with it.
    ///
    /// # Errors
    /// When the indicator is not worked out at the level.
    pub fn at(&self, level: Level, within: Option<&Place>) -> Result<Evaluation, EvaluateError> {
        self.reaches(level)?;
        let maker = Maker::of(self, within.filter(|place| !place.is_everywhere()));
        let sums = if level == Level::Place { BTreeMap::new() } else { self.sums(level) };
        let mut rows: Vec<Row> =
            sums.iter().map(|(code, sums)| maker.row(level, code, sums)).collect();
        let funnel = maker.funnel(&mut rows);
        rank(&mut rows);
        let place = maker.place_row();
        if level == Level::Place {
            rows.extend(place.clone());
        } else if let Some(place) = maker.within {
            let held = self.codes_within(level, place);
            rows.retain(|row| held.contains(row.organisation.code.as_str()));
        }
        Ok(Evaluation {
            indicator: self.definition.id.clone(),
            period: self.period,
            numerator_period: self.numerator_period,
            denominator_period: self.denominator_period,
            level,
            base: self.units.level,
            england: maker.england_row(),
            reference: maker.reference,
            place,
            rows,
            funnel,
            coverage: Coverage { unplaced: self.unplaced(level), ..self.coverage.clone() },
            provenance: self.provenance.clone(),
        })
    }

    /// A row for each local authority: the practices whose main site stands in it. Where a place is given, those in
    /// which one of its practices stands.
    ///
    /// # Errors
    /// When the indicator is not worked out at the level of places.
    pub fn councils(&self, within: Option<&Place>) -> Result<Evaluation, EvaluateError> {
        let mut found = self.at(Level::Place, None)?;
        let here = |code: &str| {
            let mut rows =
                self.known.iter().filter(|row| row.stands_in.iter().any(|at| at == code));
            within.is_none_or(|place| place.is_everywhere() || rows.any(|row| place.holds(row)))
        };
        let areas = self.known.standing().areas();
        let councils = areas.filter(|(code, area)| area.kind == "local_authority" && here(code));
        found.rows =
            councils.map(|(code, area)| self.place(&Place::council(code, &area.name))).collect();
        found.place = within.filter(|place| !place.is_everywhere()).map(|place| self.place(place));
        rank(&mut found.rows);
        found.coverage.unplaced = self.in_no_council();
        Ok(found)
    }

    /// Those counted in England that stand in no local authority.
    fn in_no_council(&self) -> Vec<String> {
        let council = |code: &String| {
            let area = self.known.standing().area(code);
            area.is_some_and(|area| area.kind == "local_authority")
        };
        let counts = |index: &usize| {
            let placed = |row: &evidence::Affiliation| row.stands_in.iter().any(council);
            self.pairs.get(*index).is_some_and(|pair| pair.complete().is_some())
                && !self.units.affiliations.get(*index).is_some_and(placed)
        };
        let codes = (0..self.pairs.len()).filter(counts);
        codes.filter_map(|index| self.units.codes.get(index).cloned()).collect()
    }

    /// England as a whole, and how much of it has figures.
    #[must_use]
    pub fn england(&self) -> (Row, Reference) {
        let maker = Maker::of(self, None);
        (maker.england_row(), maker.reference)
    }

    /// Those counted in England that belong to nothing at a level, or to no region where all count at it.
    fn unplaced(&self, level: Level) -> Vec<String> {
        let level = self.placed_by(level);
        let counts = |index: &usize| {
            self.pairs.get(*index).is_some_and(|pair| pair.complete().is_some())
                && self.code_at(*index, level).is_none()
        };
        let codes = (0..self.pairs.len()).filter(counts);
        codes.filter_map(|index| self.units.codes.get(index).cloned()).collect()
    }

    /// The level that an organisation counted must belong to, to stand in a row.
    fn placed_by(&self, level: Level) -> Level {
        let is_between = level > self.units.level && level < Level::Region && level != Level::Place;
        if is_between { level } else { Level::Region }
    }

    /// A place as a whole.
    #[must_use]
    pub fn place(&self, place: &Place) -> Row {
        let maker = Maker::of(self, Some(place));
        maker.place_row().unwrap_or_else(|| maker.england_row())
    }

    /// One organisation, without funnel and rank; nothing when no table names it.
    ///
    /// # Errors
    /// When the indicator is not worked out at its level.
    pub fn organisation(&self, organisation: &Organisation) -> Result<Option<Row>, EvaluateError> {
        let level = organisation.level;
        self.reaches(level)?;
        let sums = self.sums(level);
        let maker = Maker::of(self, None);
        let stated = sums.get(&organisation.code).copied();
        let found = stated.filter(|sums| sums.counted > 0);
        let found = found.or_else(|| self.sum_of_today(organisation)).or(stated);
        Ok(found.map(|sums| maker.row(level, &organisation.code, &sums)))
    }

    /// The sums of an area that did not stand in the period, over the practices of what became it.
    fn sum_of_today(&self, area: &Organisation) -> Option<Sums> {
        let lies_in = |index: usize| {
            let affiliation = self.units.affiliations.get(index);
            affiliation.is_some_and(|affiliation| affiliation.is_of(area.level, &area.code))
        };
        (0..self.pairs.len()).any(lies_in).then(|| self.sum_where(lies_in))
    }

    fn reaches(&self, level: Level) -> Result<(), EvaluateError> {
        let is_shown = self.definition.levels.contains(&level) || level == Level::England;
        if level >= self.units.level && is_shown {
            return Ok(());
        }
        Err(EvaluateError::NoLevel {
            indicator: self.definition.id.clone(),
            level,
            expected: self.definition.levels.clone(),
        })
    }

    /// The organisations of a level with a part in a place.
    fn codes_within(&self, level: Level, place: &Place) -> std::collections::BTreeSet<&str> {
        (0..self.pairs.len())
            .filter(|index| self.lies_within(*index, place))
            .filter_map(|index| self.code_at(index, level))
            .collect()
    }

    pub(super) fn lies_within(&self, index: usize, place: &Place) -> bool {
        let holds = |affiliation| place.holds(affiliation);
        place.members.contains(&(Level::England, Organisation::ENGLAND.to_owned()))
            || self.units.affiliations.get(index).is_some_and(holds)
    }
}

/// Makes rows of sums, with the references at hand.
struct Maker<'a> {
    prepared: &'a Prepared,
    intervals: Intervals,
    within: Option<&'a Place>,
    england: Sums,
    england_value: Option<f64>,
    reference: Reference,
    place: Option<Sums>,
    /// Sums of the larger organisations that smaller ones are compared with.
    larger: BTreeMap<(Level, String), Sums>,
}

impl<'a> Maker<'a> {
    fn of(prepared: &'a Prepared, within: Option<&'a Place>) -> Self {
        let intervals = Intervals::default();
        let england = prepared.sum_where(|_| true);
        let reference = prepared.reference(&england);
        let amounts =
            reference.published.or((england.counted > 0).then_some((england.above, england.below)));
        let england_value = amounts
            .and_then(|(above, below)| estimate(&prepared.definition, above, below, &intervals))
            .map(|found| found.value)
            .filter(|_| !reference.is_withheld());
        let place =
            within.map(|place| prepared.sum_where(|index| prepared.lies_within(index, place)));
        let mut larger = BTreeMap::new();
        for level in [Level::Icb, Level::Region] {
            for (code, sums) in prepared.sums(level) {
                larger.insert((level, code), sums);
            }
        }
        Self { prepared, intervals, within, england, england_value, reference, place, larger }
    }

    fn row(&self, level: Level, code: &str, sums: &Sums) -> Row {
        let definition = &self.prepared.definition;
        let amounts = (sums.counted > 0).then_some((sums.above, sums.below));
        let estimate =
            amounts.and_then(|(above, below)| estimate(definition, above, below, &self.intervals));
        let compare = |reference| Comparison::of(definition, &self.intervals, amounts, reference);
        let is_base = level == self.prepared.units.level;
        let counted = sums.counted();
        let doubt = sums.doubt.filter(|doubt| is_base || doubt.holds_back());
        let is_judged = doubt.is_none() && is_enough(&counted);
        Row {
            organisation: Organisation { level, code: code.to_owned() },
            name: if level == Level::England {
                self.reference.heading()
            } else {
                name_of(&self.prepared.known, level, code)
            },
            numerator: amounts.map_or(sums.alone.0, |(above, _)| Some(above)),
            denominator: amounts.map_or(sums.alone.1, |(_, below)| Some(below)),
            mark: sums.mark(),
            estimate,
            doubt,
            counted,
            england: if sums.is_all_of(&self.england) || !is_judged {
                Comparison::NONE
            } else {
                compare(self.england_value)
            },
            parent: self.parent(level, code).filter(|(_, larger)| !sums.is_all_of(larger)).map(
                |(parent, larger)| {
                    let both =
                        is_judged && is_enough(&larger.counted()) && !sums.is_most_of(&larger);
                    let reference = self.value(&larger).filter(|_| both);
                    (parent, compare(reference))
                },
            ),
            funnel: None,
            rank: None,
        }
    }

    /// England as a whole: as published, or all that has figures.
    fn england_row(&self) -> Row {
        let mut row = self.row(Level::England, Organisation::ENGLAND, &self.england);
        if let Some((above, below)) = self.reference.published {
            row.estimate = estimate(&self.prepared.definition, above, below, &self.intervals);
            (row.numerator, row.denominator) = (Some(above), Some(below));
            (row.mark, row.doubt) = (vocab::Mark::Value, None);
        }
        row
    }

    /// Whom an organisation is compared with besides England: the place asked for, or the ICB or region it lies in.
    fn parent(&self, level: Level, code: &str) -> Option<(Organisation, Sums)> {
        if level >= Level::Region || level == Level::Place {
            return None;
        }
        if let (Some(place), Some(sums)) = (self.within, self.place) {
            let organisation = match place.single() {
                Some((level, code)) => Organisation { level, code: code.to_owned() },
                None => Organisation { level: Level::Place, code: place.key.clone() },
            };
            return (organisation.code != code).then_some((organisation, sums));
        }
        let larger = if level == Level::Icb { Level::Region } else { Level::Icb };
        let known = &self.prepared.known;
        let parent = match level {
            Level::Practice => known.of(code)?.code(larger)?,
            _ => known.parent(level, code, larger)?,
        };
        let sums = *self.larger.get(&(larger, parent.to_owned()))?;
        Some((Organisation { level: larger, code: parent.to_owned() }, sums))
    }

    fn value(&self, sums: &Sums) -> Option<f64> {
        value(&self.prepared.definition, &self.intervals, sums)
    }

    fn place_row(&self) -> Option<Row> {
        let (place, sums) = (self.within?, self.place?);
        let mut row = self.row(Level::Place, &place.key, &sums);
        row.name.clone_from(&place.name);
        Some(row)
    }

    fn funnel(&self, rows: &mut [Row]) -> Option<Funnel> {
        let england =
            (self.england.counted > 0).then_some((self.england.above, self.england.below))?;
        let amounts: Vec<Option<(f64, f64)>> = rows
            .iter()
            .map(|row| {
                let found = row.estimate.filter(|_| row.doubt.is_none());
                found.map(|estimate| (estimate.numerator, estimate.denominator))
            })
            .collect();
        let (funnel, positions) = Funnel::of(&self.prepared.definition, england, &amounts)?;
        for (row, position) in rows.iter_mut().zip(positions) {
            row.funnel = position;
        }
        Some(funnel)
    }
}

fn value(definition: &Definition, intervals: &Intervals, sums: &Sums) -> Option<f64> {
    let found = (sums.counted > 0).then(|| estimate(definition, sums.above, sums.below, intervals));
    found.flatten().map(|estimate| estimate.value)
}

/// Whether a figure may be called the highest or the lowest.
fn is_ranked(row: &Row) -> bool {
    row.estimate.is_some() && row.doubt.is_none()
}

fn rank(rows: &mut [Row]) {
    let values: Vec<f64> =
        rows.iter().filter(|row| is_ranked(row)).filter_map(Row::value).collect();
    let fifths = quantiles(&values, 5, false, Ties::Lowest).ok();
    let mut ordered = values.clone();
    ordered.sort_by(f64::total_cmp);
    let ranked = rows.iter_mut().filter(|row| is_ranked(row));
    for (index, (row, value)) in ranked.zip(&values).enumerate() {
        let rank = 1 + ordered.partition_point(|other| other < value);
        let joint = ordered.partition_point(|other| other <= value) > rank;
        let quintile = fifths.as_ref().and_then(|fifths| fifths.get(index).copied());
        row.rank = Some(Rank { rank, of: values.len(), joint, quintile });
    }
}

//! Draws added up: figures with their eight-in-ten range by practice, network, board and place, and the steps.

use std::collections::BTreeMap;

use vocab::{Level, Month};

use crate::people::risk::RiskGroup;
use crate::place::Base;

use super::Outlook;
use super::step::Step;

/// A figure over the draws.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// With the middle value of every parameter.
    pub central: f64,
    /// One of ten draws lies below.
    pub p10: f64,
    /// Half of the draws lie below.
    pub p50: f64,
    /// One of ten draws lies above.
    pub p90: f64,
}

impl Band {
    /// The band of figures, one a draw, the first with middle values.
    #[must_use]
    pub fn of(figures: &[f64]) -> Self {
        let mut sorted = figures.to_vec();
        sorted.sort_by(f64::total_cmp);
        let at = |share: f64| {
            let place = share * (sorted.len().max(1) - 1) as f64;
            let (low, high) = (place.floor() as usize, place.ceil() as usize);
            let value = |at: usize| sorted.get(at).copied().unwrap_or(f64::NAN);
            value(low) + (value(high) - value(low)) * (place - place.floor())
        };
        Self {
            central: figures.first().copied().unwrap_or(f64::NAN),
            p10: at(0.1),
            p50: at(0.5),
            p90: at(0.9),
        }
    }
}

/// What a row tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// Need in minutes a year.
    Need,
    /// Capacity in minutes a year.
    Capacity,
    /// Need less capacity, in minutes a year.
    Gap,
    /// The gap in full-time GPs.
    GapFte,
    /// People whose whole need would fill the gap.
    PeopleWithoutCare,
    /// People on the lists.
    People,
    /// Contacts needed in a year.
    Contacts,
    /// Those of them that cannot wait.
    UrgentContacts,
    /// The others.
    RoutineContacts,
    /// Permanent fully qualified GPs in full-time equivalents: neither in training nor locums, as the indicators count them.
    Gps,
    /// The gap of what only GPs are to do, in minutes a year.
    GapOfGps,
    /// The gap of nurses.
    GapOfNurses,
    /// The gap of others in direct patient care.
    GapOfOthers,
}

impl Measure {
    /// The word of tables and JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Need => "need_minutes",
            Self::Capacity => "capacity_minutes",
            Self::Gap => "gap_minutes",
            Self::GapFte => "gap_gp_fte",
            Self::PeopleWithoutCare => "people_without_care",
            Self::People => "people",
            Self::Contacts => "contacts_needed",
            Self::UrgentContacts => "urgent_contacts_needed",
            Self::RoutineContacts => "routine_contacts_needed",
            Self::Gps => "qualified_gp_fte",
            Self::GapOfGps => "gap_minutes_of_gps",
            Self::GapOfNurses => "gap_minutes_of_nurses",
            Self::GapOfOthers => "gap_minutes_of_others",
        }
    }
}

/// An organisation or the place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unit {
    /// Its level.
    pub level: Level,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// A figure of a unit in a year; year 0 is the base year.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Whose.
    pub unit: Unit,
    /// Years after the base year.
    pub year: u32,
    /// What.
    pub measure: Measure,
    /// The figure.
    pub band: Band,
}

/// Every figure by year: of the place, its boards, networks and practices.
#[must_use]
pub fn rows(outlook: &Outlook, base: &Base) -> Vec<Row> {
    let mut rows = Vec::new();
    place_rows(outlook, base, &mut rows);
    for (unit, practices) in units(outlook, base) {
        for year in 0..=outlook.settings.years {
            let of =
                |practice: usize| practice * (outlook.settings.years as usize + 1) + year as usize;
            let sum = |need: bool| -> Vec<f64> {
                let of_draw = |draw: &super::Draw| {
                    let amounts = practices.iter().filter_map(|at| draw.practices.get(of(*at)));
                    amounts.map(|one| f64::from(if need { one.need } else { one.capacity })).sum()
                };
                outlook.draws.iter().map(of_draw).collect()
            };
            let people: f64 = practices.iter().map(|at| people(outlook, base, *at)).sum();
            let of = OfYear { unit: &unit, year, people };
            of.add(outlook, &sum(true), &sum(false), &mut rows);
        }
    }
    rows
}

/// A figure of a draw in a year.
type Figure = fn(&super::Draw, usize) -> f64;

fn place_rows(outlook: &Outlook, base: &Base, rows: &mut Vec<Row>) {
    let unit = Unit { level: Level::Place, code: base.key.clone(), name: base.name.clone() };
    for year in 0..=outlook.settings.years {
        let at = year as usize;
        let each =
            |of: Figure| -> Vec<f64> { outlook.draws.iter().map(|draw| of(draw, at)).collect() };
        let need = each(|draw, year| draw.need(year) as f64);
        let capacity = each(|draw, year| draw.capacity(year) as f64);
        let of = OfYear { unit: &unit, year, people: base.list() };
        of.add(outlook, &need, &capacity, rows);
        for (role, measure) in
            [Measure::GapOfGps, Measure::GapOfNurses, Measure::GapOfOthers].into_iter().enumerate()
        {
            let of = |draw: &super::Draw| {
                draw.roles.get(at).map(|roles| roles[role][0] - roles[role][1])
            };
            let band = Band::of(&outlook.draws.iter().filter_map(of).collect::<Vec<_>>());
            rows.push(Row { unit: unit.clone(), year, measure, band });
        }
        let figures: [(Measure, Figure); 5] = [
            (Measure::People, |draw, year| draw.people[year][0]),
            (Measure::Contacts, |draw, year| draw.people[year][1]),
            (Measure::UrgentContacts, |draw, year| draw.people[year][1] * draw.urgent),
            (Measure::RoutineContacts, |draw, year| draw.people[year][1] * (1.0 - draw.urgent)),
            (Measure::Gps, |draw, year| draw.people[year][2]),
        ];
        for (measure, of) in figures {
            rows.push(Row { unit: unit.clone(), year, measure, band: Band::of(&each(of)) });
        }
    }
}

/// A unit in a year, and its people in the base year.
struct OfYear<'a> {
    unit: &'a Unit,
    year: u32,
    people: f64,
}

impl OfYear<'_> {
    /// Adds need, capacity and the gap between them in every unit of measure.
    fn add(&self, outlook: &Outlook, need: &[f64], capacity: &[f64], rows: &mut Vec<Row>) {
        let pairs = || need.iter().zip(capacity);
        let gap: Vec<f64> = pairs().map(|(need, capacity)| need - capacity).collect();
        let gps = gap.iter().zip(&outlook.draws).map(|(gap, draw)| gap / draw.gp_minutes);
        let share = |gap: &f64, need: &f64| if *need > 0.0 { gap / need } else { 0.0 };
        let without = gap.iter().zip(need).map(|(gap, need)| share(gap, need) * self.people);
        for (measure, figures) in [
            (Measure::Need, need.to_vec()),
            (Measure::Capacity, capacity.to_vec()),
            (Measure::GapFte, gps.collect()),
            (Measure::PeopleWithoutCare, without.collect()),
            (Measure::Gap, gap),
        ] {
            let (unit, band) = (self.unit.clone(), Band::of(&figures));
            rows.push(Row { unit, year: self.year, measure, band });
        }
    }
}

/// People on the list of a practice in the base year; of one that opens, those who register there.
fn people(outlook: &Outlook, base: &Base, at: usize) -> f64 {
    if let Some(practice) = base.practices.get(at) {
        return practice.list();
    }
    outlook.opened.get(at - base.practices.len()).map_or(0.0, |(_, people)| f64::from(*people))
}

/// The boards, networks and practices of a place, with the positions of their practices; a practice that opens is of the
/// board of all others, where they have one in common.
fn units(outlook: &Outlook, base: &Base) -> BTreeMap<Unit, Vec<usize>> {
    let mut units: BTreeMap<Unit, Vec<usize>> = BTreeMap::new();
    let mut add = |level, code: &str, name: &str, at: usize| {
        let unit = Unit { level, code: code.to_owned(), name: name.to_owned() };
        units.entry(unit).or_default().push(at);
    };
    let names: BTreeMap<&str, &str> =
        base.networks.iter().map(|one| (one.code.as_str(), one.name.as_str())).collect();
    for (at, practice) in base.practices.iter().enumerate() {
        add(Level::Practice, &practice.code, &practice.name, at);
        if let Some(code) = &practice.network {
            add(Level::Network, code, names.get(code.as_str()).copied().unwrap_or(code), at);
        }
        if !practice.icb.is_empty() {
            add(Level::Icb, &practice.icb, &practice.icb, at);
        }
    }
    let board = base.practices.first().map_or("", |practice| &practice.icb);
    let is_common = base.practices.iter().all(|practice| practice.icb == board);
    for (number, (code, _)) in outlook.opened.iter().enumerate() {
        let at = base.practices.len() + number;
        add(Level::Practice, code, code, at);
        if is_common && !board.is_empty() {
            add(Level::Icb, board, board, at);
        }
    }
    units
}

/// People of a risk group in a year, before interventions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RiskRow {
    /// Years after the base year.
    pub year: u32,
    /// The group.
    pub group: RiskGroup,
    /// People on the lists.
    pub people: Band,
    /// The share of need that is theirs.
    pub share_of_need: Band,
}

/// People by risk group and what share of need they are, in the base year and the last.
#[must_use]
pub fn risks(outlook: &Outlook) -> Vec<RiskRow> {
    let mut rows = Vec::new();
    for year in [0, outlook.settings.years] {
        for group in RiskGroup::ALL {
            let each = |of: &dyn Fn(&[[f64; 2]]) -> f64| {
                let of_draw = |draw: &super::Draw| draw.risks.get(year as usize).map(|one| of(one));
                Band::of(&outlook.draws.iter().filter_map(of_draw).collect::<Vec<_>>())
            };
            let at = group as usize;
            let people = each(&|risks| risks[at][0]);
            let share_of_need = each(&|risks| {
                let all: f64 = risks.iter().map(|[_, need]| need).sum();
                if all > 0.0 { risks[at][1] / all } else { 0.0 }
            });
            rows.push(RiskRow { year, group, people, share_of_need });
        }
    }
    rows
}

/// A step of a year over the draws.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StepRow {
    /// Years after the base year.
    pub year: u32,
    /// The step.
    pub step: Step,
    /// What it adds to the gap, in whole minutes summed over all draws: steps of capacity with their sign turned.
    pub sum: i64,
    /// The same a draw: mean and band.
    pub mean: f64,
    /// Its band.
    pub band: Band,
}

/// The steps of every year, as they add to the gap; over all draws they sum exactly to it.
#[must_use]
pub fn steps(outlook: &Outlook) -> Vec<StepRow> {
    let mut rows = Vec::new();
    for year in 0..=outlook.settings.years {
        for (place, step) in Step::ALL.into_iter().enumerate() {
            let sign = if step.is_need() { 1 } else { -1 };
            let each: Vec<i64> = outlook
                .draws
                .iter()
                .filter_map(|draw| draw.steps.get(year as usize).map(|steps| steps[place] * sign))
                .collect();
            let sum: i64 = each.iter().sum();
            let figures: Vec<f64> = each.iter().map(|minutes| *minutes as f64).collect();
            let mean = sum as f64 / each.len().max(1) as f64;
            rows.push(StepRow { year, step, sum, mean, band: Band::of(&figures) });
        }
    }
    rows
}

/// Need, capacity or gap of a unit in a month.
#[derive(Debug, Clone, PartialEq)]
pub struct MonthRow {
    /// Whose.
    pub unit: Unit,
    /// When.
    pub month: Month,
    /// What: need, capacity or gap, in minutes.
    pub measure: Measure,
    /// The figure.
    pub band: Band,
}

/// Need, capacity and gap by month: of the place, its boards, networks and practices. The year of a practice goes through its
/// months as that of the place does, so that in each draw the practices add up to the place.
#[must_use]
pub fn months(outlook: &Outlook, base: &Base) -> Vec<MonthRow> {
    let place = Unit { level: Level::Place, code: base.key.clone(), name: base.name.clone() };
    let units = units(outlook, base).into_iter().map(|(unit, at)| (unit, Some(at)));
    let units = std::iter::once((place, None)).chain(units);
    units.flat_map(|(unit, practices)| months_of(outlook, &unit, practices.as_deref())).collect()
}

/// The months of a unit of some practices, or of the whole place.
fn months_of(outlook: &Outlook, unit: &Unit, practices: Option<&[usize]>) -> Vec<MonthRow> {
    let mut month = outlook.from;
    let mut rows = Vec::new();
    for at in 0..outlook.settings.years as usize * 12 {
        let of_draws: Vec<[f64; 2]> = outlook
            .draws
            .iter()
            .map(|draw| {
                let of_place = draw.months[at].map(|minutes| minutes as f64);
                let years = outlook.settings.years as usize;
                practices.map_or(of_place, |some| part_of(of_place, draw, some, (at, years)))
            })
            .collect();
        for (measure, [of_need, of_capacity]) in [
            (Measure::Need, [1.0, 0.0]),
            (Measure::Capacity, [0.0, 1.0]),
            (Measure::Gap, [1.0, -1.0]),
        ] {
            let of = |[need, capacity]: &[f64; 2]| of_need * need + of_capacity * capacity;
            let band = Band::of(&of_draws.iter().map(of).collect::<Vec<_>>());
            rows.push(MonthRow { unit: unit.clone(), month, measure, band });
        }
        month = month.next();
    }
    rows
}

/// The part that some practices have in need and capacity of a month of the place: that which they have in its year's.
fn part_of(
    of_place: [f64; 2],
    draw: &super::Draw,
    practices: &[usize],
    (month, years): (usize, usize),
) -> [f64; 2] {
    let year = month / 12 + 1;
    let mut part = [0.0; 2];
    for amounts in practices.iter().filter_map(|at| draw.practices.get(at * (years + 1) + year)) {
        part[0] += f64::from(amounts.need);
        part[1] += f64::from(amounts.capacity);
    }
    let whole = [draw.need(year) as f64, draw.capacity(year) as f64];
    let share = |which: usize| if whole[which] > 0.0 { part[which] / whole[which] } else { 0.0 };
    std::array::from_fn(|which| of_place[which] * share(which))
}

/// The share of draws whose gap in a year lies below each of a row of amounts, from the least to the greatest.
#[must_use]
pub fn s_curve(outlook: &Outlook, year: u32) -> Vec<(f64, f64)> {
    let mut gaps: Vec<i64> = outlook.draws.iter().map(|draw| draw.gap(year as usize)).collect();
    gaps.sort_unstable();
    let count = gaps.len().max(1) as f64;
    gaps.into_iter().enumerate().map(|(at, gap)| (gap as f64, (at + 1) as f64 / count)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_band_of_a_hundred_and_one_figures_is_read_off() {
        let figures: Vec<f64> = (0..=100).map(f64::from).collect();
        let band = Band::of(&figures);
        assert!((band.p10 - 10.0).abs() < 1e-9 && (band.p50 - 50.0).abs() < 1e-9);
        assert!((band.p90 - 90.0).abs() < 1e-9 && band.central.abs() < 1e-9);
    }
}

//! Draws added up: figures with their eight-in-ten range by practice, network, board and place, and the steps.

use std::collections::BTreeMap;

use vocab::{Level, Month};

use crate::people::risk::RiskGroup;
use crate::place::{Base, Clinician, ROLES};

use super::draw::Draw;
use super::result::Outlook;
use super::step::Step;
use crate::band::Band;

/// What a row tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// Need of a role in minutes a year.
    Need(Clinician),
    /// Capacity of a role in minutes a year.
    Capacity(Clinician),
    /// Need of a role less its capacity, in minutes a year.
    Gap(Clinician),
    /// The same in full-time equivalents of the role.
    GapFte(Clinician),
    /// The gap of a role as a share of its need.
    GapShare(Clinician),
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
}

impl Measure {
    /// The word of tables and JSON.
    #[must_use]
    pub fn word(self) -> String {
        match self {
            Self::Need(role) => format!("need_minutes_of_{}", role.as_str()),
            Self::Capacity(role) => format!("capacity_minutes_of_{}", role.as_str()),
            Self::Gap(role) => format!("gap_minutes_of_{}", role.as_str()),
            Self::GapFte(role) => format!("gap_fte_of_{}", role.as_str()),
            Self::GapShare(role) => format!("gap_share_of_need_of_{}", role.as_str()),
            Self::People => "people".to_owned(),
            Self::Contacts => "contacts_needed".to_owned(),
            Self::UrgentContacts => "urgent_contacts_needed".to_owned(),
            Self::RoutineContacts => "routine_contacts_needed".to_owned(),
            Self::Gps => "qualified_gp_fte".to_owned(),
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

/// Every figure by year: of the place, its boards, networks and practices. What a role has to give, and so its gap, is
/// told only of those most of whose patients have a practice that publishes it.
#[must_use]
pub fn rows(outlook: &Outlook, base: &Base) -> Vec<Row> {
    let mut rows = Vec::new();
    let place = Unit { level: Level::Place, code: base.key.clone(), name: base.name.clone() };
    let counts = Clinician::ALL.map(|role| base.counts(role));
    let of_place = OfUnit { unit: &place, counts, outlook };
    for year in 0..=outlook.settings.years {
        of_place.add_roles(year, &|draw, role, year| draw.need_and_capacity(role, year), &mut rows);
        of_place.add_people(year, &mut rows);
    }
    let years = outlook.settings.years as usize + 1;
    for (unit, practices) in units(outlook, base) {
        let counts = Clinician::ALL.map(|role| base.counts_of(role, practices.iter().copied()));
        let of = OfUnit { unit: &unit, counts, outlook };
        let sum = |draw: &Draw, role: Clinician, year: usize| {
            let amounts = practices.iter().filter_map(|at| draw.practices.get(at * years + year));
            let role = role as usize;
            amounts.fold([0.0; 2], |[need, capacity], one| {
                [need + f64::from(one.need[role]), capacity + f64::from(one.capacity[role])]
            })
        };
        for year in 0..=outlook.settings.years {
            of.add_roles(year, &sum, &mut rows);
        }
    }
    rows
}

/// Need and capacity of a role in a year of a draw.
type NeedAndCapacity<'a> = &'a dyn Fn(&Draw, Clinician, usize) -> [f64; 2];

/// A unit whose figures are told.
struct OfUnit<'a> {
    unit: &'a Unit,
    /// Whether each role is published for most of its patients.
    counts: [bool; ROLES],
    outlook: &'a Outlook,
}

impl OfUnit<'_> {
    fn add(&self, year: u32, measure: Measure, of: impl Fn(&Draw) -> f64, rows: &mut Vec<Row>) {
        let figures: Vec<f64> = self.outlook.draws.iter().map(of).collect();
        rows.push(Row { unit: self.unit.clone(), year, measure, band: Band::of(&figures) });
    }

    /// Adds need, capacity and the gap between them of every role.
    fn add_roles(&self, year: u32, of: NeedAndCapacity<'_>, rows: &mut Vec<Row>) {
        let at = year as usize;
        for role in Clinician::ALL {
            let gap = |draw: &Draw| {
                let [need, capacity] = of(draw, role, at);
                need - capacity
            };
            self.add(year, Measure::Need(role), |draw| of(draw, role, at)[0], rows);
            let is_there =
                self.outlook.draws.iter().all(|draw| draw.full_time[role as usize] > 0.0);
            if !is_there || !self.counts[role as usize] {
                continue;
            }
            self.add(year, Measure::Capacity(role), |draw| of(draw, role, at)[1], rows);
            self.add(year, Measure::Gap(role), gap, rows);
            let fte = |draw: &Draw| gap(draw) / draw.full_time[role as usize];
            self.add(year, Measure::GapFte(role), fte, rows);
            let share = |draw: &Draw| share(gap(draw), of(draw, role, at)[0]);
            self.add(year, Measure::GapShare(role), share, rows);
        }
    }

    fn add_people(&self, year: u32, rows: &mut Vec<Row>) {
        let at = year as usize;
        self.add(year, Measure::People, |draw| draw.people[at][0], rows);
        self.add(year, Measure::Contacts, |draw| draw.people[at][1], rows);
        self.add(year, Measure::UrgentContacts, |draw| draw.people[at][1] * draw.urgent, rows);
        let routine = |draw: &Draw| draw.people[at][1] * (1.0 - draw.urgent);
        self.add(year, Measure::RoutineContacts, routine, rows);
        if self.counts[Clinician::Gp as usize] {
            self.add(year, Measure::Gps, |draw| draw.people[at][2], rows);
        }
    }
}

fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// The networks and practices of a place, and the boards of England, with the positions of their practices: of another place a board
/// may have practices elsewhere.
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
        if base.is_england && !practice.icb.is_empty() {
            add(Level::Icb, &practice.icb, &practice.icb, at);
        }
    }
    for (number, (code, _)) in outlook.opened.iter().enumerate() {
        let at = base.practices.len() + number;
        add(Level::Practice, code, code, at);
    }
    units
}

/// How need and capacity of a role in a year stand beside the base year: shares by which they grew.
#[must_use]
pub fn growth(outlook: &Outlook, role: Clinician, year: u32) -> [Band; 2] {
    let of = |which: usize| {
        let grown = |draw: &Draw| {
            let [now, then] = [0, year as usize].map(|at| draw.need_and_capacity(role, at)[which]);
            share(then - now, now)
        };
        Band::of(&outlook.draws.iter().map(grown).collect::<Vec<_>>())
    };
    [of(0), of(1)]
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
                let of_draw = |draw: &Draw| draw.risks.get(year as usize).map(|one| of(one));
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
    /// Whose need or capacity.
    pub role: Clinician,
    /// The step.
    pub step: Step,
    /// What it adds to the gap of the role, in whole minutes summed over all draws: steps of capacity with their sign turned.
    pub sum: i64,
    /// The same in full-time equivalents of the role, a draw; its means sum to the mean of the gap.
    pub fte: Band,
}

/// The steps of every year, as they add to the gap of each role; over all draws they sum exactly to it.
#[must_use]
pub fn steps(outlook: &Outlook) -> Vec<StepRow> {
    let mut rows = Vec::new();
    for year in 0..=outlook.settings.years {
        for role in Clinician::ALL {
            for (place, step) in Step::ALL.into_iter().enumerate() {
                let sign = if step.is_need() { 1 } else { -1 };
                let of = |draw: &Draw| draw.steps[year as usize][role as usize][place] * sign;
                let sum = outlook.draws.iter().map(of).sum();
                let fte = |draw: &Draw| of(draw) as f64 / draw.full_time[role as usize];
                let fte = Band::of(&outlook.draws.iter().map(fte).collect::<Vec<_>>());
                rows.push(StepRow { year, role, step, sum, fte });
            }
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
    units
        .flat_map(|(unit, practices)| {
            let counts = |role: &Clinician| match &practices {
                None => base.counts(*role),
                Some(some) => base.counts_of(*role, some.iter().copied()),
            };
            let told = Clinician::ALL.into_iter().filter(counts);
            told.flat_map(|role| months_of(outlook, &unit, role, practices.as_deref()))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// The months of a role of a unit of some practices, or of the whole place.
fn months_of(
    outlook: &Outlook,
    unit: &Unit,
    role: Clinician,
    practices: Option<&[usize]>,
) -> Vec<MonthRow> {
    let mut month = outlook.from;
    let mut rows = Vec::new();
    for at in 0..outlook.settings.years as usize * 12 {
        let of_draws: Vec<[f64; 2]> = outlook
            .draws
            .iter()
            .map(|draw| {
                let of_place = draw.months[at][role as usize].map(|minutes| minutes as f64);
                let years = outlook.settings.years as usize;
                let part = |some| part_of(of_place, (draw, role), some, (at, years));
                practices.map_or(of_place, part)
            })
            .collect();
        for (measure, [of_need, of_capacity]) in [
            (Measure::Need(role), [1.0, 0.0]),
            (Measure::Capacity(role), [0.0, 1.0]),
            (Measure::Gap(role), [1.0, -1.0]),
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
    (draw, role): (&Draw, Clinician),
    practices: &[usize],
    (month, years): (usize, usize),
) -> [f64; 2] {
    let year = month / 12 + 1;
    let mut part = [0.0; 2];
    for amounts in practices.iter().filter_map(|at| draw.practices.get(at * (years + 1) + year)) {
        part[0] += f64::from(amounts.need[role as usize]);
        part[1] += f64::from(amounts.capacity[role as usize]);
    }
    let whole = draw.need_and_capacity(role, year);
    std::array::from_fn(|which| of_place[which] * share(part[which], whole[which]))
}

/// The share of draws whose gap of GPs in a year lies below each of a row of amounts of full-time GPs, from the least to the
/// greatest.
#[must_use]
pub fn s_curve(outlook: &Outlook, year: u32) -> Vec<(f64, f64)> {
    let of = |draw: &Draw| draw.gap_fte(Clinician::Gp, year as usize);
    let mut gaps: Vec<f64> = outlook.draws.iter().map(of).collect();
    gaps.sort_by(f64::total_cmp);
    let count = gaps.len().max(1) as f64;
    gaps.into_iter().enumerate().map(|(at, gap)| (gap, (at + 1) as f64 / count)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_band_of_a_hundred_and_one_figures_is_read_off() {
        let figures: Vec<f64> = (0..=100).map(f64::from).collect();
        let band = Band::of(&figures);
        assert!((band.p10 - 10.0).abs() < 1e-9 && (band.p50 - 50.0).abs() < 1e-9);
        assert!((band.p90 - 90.0).abs() < 1e-9 && (band.mean - 50.0).abs() < 1e-9);
    }
}

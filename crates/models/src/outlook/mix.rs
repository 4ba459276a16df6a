//! What the people on the lists live with, weighed: contacts of each group of sex and age in a year beside the base year, and
//! which part of them are those of people at risk.

use crate::change::{Change, Effect, months_between};
use crate::demand::{Needs, Weights};
use crate::parameters::{NoParameter, Parameters, Values};
use crate::people::{
    self, AGE_BANDS, BadHazards, GROUPS, Hazards, KINDS, Kind, Knowledge, Luck, Onset, Projected,
    Setting, project, risk::RiskGroup,
};
use crate::place::Ages;

use super::draw::Job;
use super::residents::Residents;
use super::{OutlookError, Settings};

/// Draws that share lives: to follow everybody anew in each draw would take most of a run and tell little more.
const SHARING: u32 = 8;
/// Rows of luck from which is told what stays when nothing changes.
const LUCKS: u32 = 4;
/// Risk groups.
pub(super) const RISKS: usize = RiskGroup::ALL.len();
/// The parameters that lives are lived by. Draws that share lives share them.
const OF_LIVES: [&str; 4] = ["people_onset", "people_frailer", "people_deaths", "people_joining"];

/// Whether a parameter changes lives.
pub(super) fn is_of_lives(name: &str) -> bool {
    OF_LIVES.contains(&name)
}

/// The draw whose lives a draw shares. Draw 0 has its own, because it takes the middle values.
pub(super) const fn leader(draw: u32) -> u32 {
    match (draw, draw / SHARING * SHARING) {
        (0, _) => 0,
        (_, 0) => 1,
        (_, first) => first,
    }
}

/// The values of a draw, those of lives from the draw that leads it.
pub(super) fn values_of(
    parameters: &Parameters,
    seed: u64,
    draw: u32,
) -> Result<Values, NoParameter> {
    let mut values = parameters.values(seed, draw);
    if leader(draw) != draw {
        let leading = parameters.values(seed, leader(draw));
        for name in OF_LIVES {
            values = values.with(name, leading.get(name)?)?;
        }
    }
    Ok(values)
}

/// What of a scenario changes lives, refused where a condition is not known.
pub(super) fn problems(changes: &[Change]) -> Vec<String> {
    let unknown = changes.iter().filter_map(|change| match &change.effect {
        Effect::Onset { condition, .. } => Some(condition)
            .filter(|condition| Knowledge::embedded().conditions(condition).is_none()),
        _ => None,
    });
    let known = || {
        let states = Knowledge::embedded().states.iter();
        let names = states.map(|state| state.register.as_str()).filter(|name| !name.is_empty());
        names.collect::<Vec<_>>().join(", ")
    };
    unknown
        .map(|condition| {
            format!(
                "there is no condition `{condition}`; expected nothing for all, or one of {}",
                known()
            )
        })
        .collect()
}

impl Job<'_> {
    /// The lives of the draws that one leads, with the values that it has.
    pub(super) fn lives(&self, values: &Values, leader: u32) -> Result<Projected, OutlookError> {
        let mut years: Vec<(people::Change, Hazards)> = Vec::new();
        let mut of_year = Vec::new();
        for year in 0..=self.settings.years {
            let change = self.change(values, year)?;
            if years.last().is_none_or(|(last, _)| *last != change) {
                let hazards = self.residents.calibrated.hazards(&change)?;
                years.push((change, hazards));
            }
            of_year.push(years.len() - 1);
        }
        let years: Vec<&Hazards> = of_year.into_iter().map(|at| &years[at].1).collect();
        Ok(project(&self.residents.people, &years, Luck::new(self.settings.seed, leader)))
    }

    /// What the draw and the scenario make of the rates of a year of lives.
    fn change(&self, values: &Values, year: u32) -> Result<people::Change, NoParameter> {
        let joins = if year == 0 { 1.0 } else { values.get("people_joining")? };
        Ok(people::Change {
            onset: values.get("people_onset")?,
            onsets: self.changes.iter().filter_map(|change| self.onset(change, year)).collect(),
            frailer: values.get("people_frailer")?,
            death: values.get("people_deaths")?,
            birth: 1.0,
            joins,
        })
    }

    /// A change of onset in the months of a year in which it holds; nothing where it changes nothing.
    fn onset(&self, change: &Change, year: u32) -> Option<Onset> {
        let Effect::Onset { condition, factor, from_age, to_age } = &change.effect else {
            return None;
        };
        let begins = f64::from(months_between(self.from, change.from)) / 12.0;
        let there = (f64::from(year) + 1.0 - begins).clamp(0.0, 1.0);
        let factor = 1.0 + (factor - 1.0) * there;
        let conditions = Knowledge::embedded().conditions(condition)?;
        let (from_age, to_age) = (*from_age, *to_age);
        ((factor - 1.0).abs() > 0.0).then_some(Onset { conditions, factor, from_age, to_age })
    }
}

/// What holds the shares of risk groups where they are when nothing changes, by year and band: the calibration of lives misses a
/// little at the highest ages, and what it misses is no news.
#[derive(Debug)]
pub(super) struct Steady(Vec<[f64; RISKS]>);

impl Steady {
    /// Follows everybody through years in which nothing changes, a few times over.
    pub(super) fn of(residents: &Residents, settings: Settings) -> Result<Self, BadHazards> {
        let hazards = residents.calibrated.hazards(&people::Change::NONE)?;
        let years = vec![&hazards; settings.years as usize + 1];
        let risks: Vec<usize> = Kind::all().map(|kind| kind.risk() as usize).collect();
        let mut people = vec![[0.0; RISKS]; years.len() * AGE_BANDS];
        for luck in 0..LUCKS {
            let lives = project(&residents.people, &years, Luck::new(settings.seed, luck));
            for (area, year) in
                (0..lives.areas()).flat_map(|area| (0..years.len()).map(move |year| (area, year)))
            {
                for group in 0..GROUPS {
                    let band = &mut people[year * AGE_BANDS + group % AGE_BANDS];
                    for count in lives.of(area, year, group) {
                        band[risks[usize::from(count.kind)]] += f64::from(count.people);
                    }
                }
            }
        }
        let share = |people: &[f64; RISKS], risk: usize| people[risk] / people.iter().sum::<f64>();
        let factor = |base: f64, now: f64| if base > 0.0 && now > 0.0 { base / now } else { 1.0 };
        let factors = people.iter().enumerate().map(|(at, now)| {
            let base = &people[at % AGE_BANDS];
            std::array::from_fn(|risk| factor(share(base, risk), share(now, risk)))
        });
        Ok(Self(factors.collect()))
    }

    fn factor(&self, year: usize, group: usize, risk: usize) -> f64 {
        self.0[year * AGE_BANDS + group % AGE_BANDS][risk]
    }
}

/// People and their weighed contacts by risk group.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    people: [f64; RISKS],
    contacts: [f64; RISKS],
}

/// Who is on the lists in a draw, weighed by what they need.
pub(super) struct Mix {
    years: usize,
    /// By practice, year and group.
    cells: Vec<Sums>,
    /// By year and group, of the whole place, for lists without anybody of a group.
    place: Vec<Sums>,
}

/// The people of a list in a year: by sex (female, male) and band what one needs beside the place's mean of the base year,
/// and the shares of risk groups.
pub(super) struct OfList<'a> {
    mix: &'a Mix,
    at: usize,
    year: usize,
}

impl Mix {
    /// Weighs the lives of a draw.
    pub(super) fn new(
        projected: &Projected,
        steady: &Steady,
        (practices, years): (usize, usize),
        values: &Values,
    ) -> Result<Self, NoParameter> {
        let kinds = kinds(&Weights::of(values)?);
        let mut mix = Self {
            years,
            cells: Vec::with_capacity(practices * years * GROUPS),
            place: vec![Sums::default(); years * GROUPS],
        };
        for practice in 0..practices {
            for year in 0..years {
                for group in 0..GROUPS {
                    let mut sums = Sums::default();
                    for count in projected.of(practice, year, group) {
                        let (risk, weight) = kinds[usize::from(count.kind)];
                        let people = f64::from(count.people) * steady.factor(year, group, risk);
                        sums.people[risk] += people;
                        sums.contacts[risk] += people * weight;
                    }
                    mix.place[year * GROUPS + group].add(&sums);
                    mix.cells.push(sums);
                }
            }
        }
        Ok(mix)
    }

    pub(super) fn of(&self, practice: usize, year: usize) -> OfList<'_> {
        OfList { mix: self, at: (practice * self.years + year) * GROUPS, year }
    }
}

impl OfList<'_> {
    /// Contacts of one person of a group beside the mean of the place in the base year.
    pub(super) fn weights(&self) -> Ages {
        self.each(|sums, base| {
            let mean = sums.mean().unwrap_or(1.0);
            mean / base.mean().unwrap_or(mean)
        })
    }

    /// The share of a risk group among people and among their contacts, by sex (female, male) and band.
    pub(super) fn shares(&self, risk: usize) -> [Ages; 2] {
        let share = |of: &[f64; RISKS]| {
            let all: f64 = of.iter().sum();
            if all > 0.0 { of[risk] / all } else { 0.0 }
        };
        [self.each(|sums, _| share(&sums.people)), self.each(|sums, _| share(&sums.contacts))]
    }

    /// A figure of every sex (female, male) and band, from the sums of the list and those of the place in the base year.
    fn each(&self, of: impl Fn(&Sums, &Sums) -> f64) -> Ages {
        let mut ages = Ages::default();
        for (sex, of_sex) in ages.0.iter_mut().enumerate() {
            for (band, figure) in of_sex.iter_mut().enumerate() {
                let group = (1 - sex) * AGE_BANDS + band;
                let mut sums = &self.mix.cells[self.at + group];
                if sums.mean().is_none() {
                    sums = &self.mix.place[self.year * GROUPS + group];
                }
                *figure = of(sums, &self.mix.place[group]);
            }
        }
        ages
    }
}

impl Sums {
    fn add(&mut self, other: &Self) {
        for risk in 0..RISKS {
            self.people[risk] += other.people[risk];
            self.contacts[risk] += other.contacts[risk];
        }
    }

    /// Contacts of a person; nothing where there is nobody.
    fn mean(&self) -> Option<f64> {
        let people: f64 = self.people.iter().sum();
        (people > 0.0).then(|| self.contacts.iter().sum::<f64>() / people)
    }
}

/// The risk group of every kind of people, and the contacts of one beside a fit person of the same age and sex.
///
/// A list lies in one fifth of deprivation, in every year the same, so that calibration to what it recorded takes it in.
fn kinds(weights: &Weights) -> Vec<(usize, f64)> {
    let weigh = |kind: Kind| {
        let needs = Needs {
            conditions: kind.conditions,
            frailty: kind.frailty as u8,
            in_care_home: kind.setting == Setting::CareHome,
            has_no_fixed_abode: kind.setting == Setting::NoFixedAbode,
            is_new: kind.is_new,
            fifth: 0,
        };
        (kind.risk() as usize, weights.of_person(&needs))
    };
    let all: Vec<_> = Kind::all().map(weigh).collect();
    debug_assert_eq!(all.len(), KINDS);
    all
}

const _: () =
    assert!(super::BLOCK.is_multiple_of(SHARING), "draws that share lives are of one block");

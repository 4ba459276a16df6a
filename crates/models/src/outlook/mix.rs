//! What the people on the lists live with, weighed: contacts of each group of sex and age in a year beside the base year, and
//! which part of them are those of people at risk.

use crate::demand::{Needs, Weights};
use crate::parameters::Values;
use crate::people::{
    self, AGE_BANDS, BadHazards, GROUPS, Kind, Luck, Projected, Setting, project, risk::RiskGroup,
};
use crate::place::Ages;

use super::residents::Residents;
use super::settings::Settings;

/// Rows of luck from which is told what stays when nothing changes.
const LUCKS: u32 = 4;
/// Risk groups.
pub(super) const RISKS: usize = RiskGroup::ALL.len();

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
    ) -> Self {
        let kinds = kinds(&Weights::of(values));
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
        mix
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
/// A list lies in one fifth of deprivation, in every year the same: it weighs where the contacts of an area are shared out over its
/// practices, not here.
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
    Kind::all().map(weigh).collect()
}

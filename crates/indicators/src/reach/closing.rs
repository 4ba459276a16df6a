//! Where the patients of a practice would go if it closed: each small area to the practices it can reach, readily to the
//! near and the large, and on to others where one is full.
//!
//! Method: [`methods.md#where-patients-would-go`](../../../../docs/book/methods.md#where-patients-would-go).

use std::collections::BTreeMap;

use evidence::{Evidence, EvidenceError, tables};
use vocab::Period;

use super::Ground;
use super::people::Neighbourhood;
use super::sites::Site;
use super::times::Clock;
use super::travel::{Mode, Setting, Travel};

/// How patients choose: the weight of a practice is `list^size × exp(−per_minute × minutes)`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Choice {
    /// The power of the list.
    pub size: f64,
    /// How fast a practice loses weight with every minute of the journey by car.
    pub per_minute: f64,
    /// Minutes beyond which nobody goes.
    pub longest: f64,
}

/// Patients of a practice by small area, and whom else they can reach.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaving {
    /// Patients whose area is known.
    pub patients: f64,
    /// The practices that any of them can reach, in order of code: code and, for those who would choose it, mean minutes.
    pub others: Vec<(String, f64)>,
    areas: Vec<Choosing>,
}

/// The patients of a small area, and the weights of the practices in their reach by position.
#[derive(Debug, Clone, PartialEq)]
struct Choosing {
    patients: f64,
    weights: Vec<(usize, f64)>,
}

/// Patients of every practice by small area.
#[derive(Debug, Clone, PartialEq)]
pub struct Homes {
    /// When they were counted.
    pub period: Period,
    by_practice: BTreeMap<String, Vec<(String, f64)>>,
}

/// Rounds in which those who found no room look further.
const ROUNDS: usize = 20;

impl Homes {
    /// The latest patients by small area; nothing where none are imported.
    ///
    /// # Errors
    /// When a table cannot be read.
    pub fn of(evidence: &Evidence) -> Result<Option<Self>, EvidenceError> {
        let Some(period) = evidence.periods("registered_area").last().copied() else {
            return Ok(None);
        };
        let frame = evidence.frame("registered_area", period)?;
        let mut by_practice: BTreeMap<String, Vec<(String, f64)>> = BTreeMap::new();
        let registered = tables::registered_area::Columns::of(&frame);
        for row in 0..frame.rows() {
            let count = registered.patients.get(row).copied().filter(|count| *count > 0.0);
            if let (Some(practice), Some(area), Some(count)) =
                (registered.practice.get(row), registered.area.get(row), count)
            {
                let homes = by_practice.entry(practice.to_owned()).or_default();
                homes.push((area.to_owned(), count));
            }
        }
        Ok(Some(Self { period, by_practice }))
    }
}

impl Ground {
    /// Whom the patients of a practice can reach among the practices that stay; nothing where nobody's area is known.
    /// Without homes all are taken to live at the practice.
    #[must_use]
    pub fn leaving(
        &self,
        homes: Option<&Homes>,
        practice: &str,
        stay: &[&str],
        choice: Choice,
    ) -> Option<Leaving> {
        let at_practice;
        let homes: Vec<(&Neighbourhood, f64)> = if let Some(homes) = homes {
            let homes = homes.by_practice.get(practice)?.iter();
            homes.filter_map(|(code, count)| Some((self.area(code)?, *count))).collect()
        } else {
            at_practice = self.at_practice(practice)?;
            vec![(&at_practice, at_practice.people)]
        };
        let (areas, patients): (Vec<&Neighbourhood>, Vec<f64>) = homes.into_iter().unzip();
        let stays = |site: &&Site| {
            site.is_practice && site.code != practice && stay.contains(&site.code.as_str())
        };
        let sites: Vec<&Site> = self.sites.all.iter().filter(stays).collect();
        let travel = Travel::stated();
        let clock = Clock { travel, imported: &self.imported, mode: Mode::Drive };
        let journeys = clock.within(&areas, &sites, choice.longest);
        let weight = |site: usize, minutes: f64| {
            libm::pow(sites[site].patients, choice.size) * libm::exp(-choice.per_minute * minutes)
        };
        let mut minutes = vec![(0.0, 0.0); sites.len()];
        let mut found = Leaving { patients: 0.0, others: Vec::new(), areas: Vec::new() };
        for (at, count) in patients.iter().enumerate() {
            let reached: Vec<(usize, f64)> = journeys.from(at).collect();
            for (site, time) in &reached {
                let weight = weight(*site, *time) * count;
                minutes[*site] = (minutes[*site].0 + weight * time, minutes[*site].1 + weight);
            }
            let weights = reached.iter().map(|(site, time)| (*site, weight(*site, *time)));
            found.areas.push(Choosing { patients: *count, weights: weights.collect() });
            found.patients += count;
        }
        let others = sites.iter().zip(minutes);
        found.others = others.map(|(site, (sum, all))| (site.code.clone(), sum / all)).collect();
        (found.patients > 0.0).then_some(found)
    }
}

impl Ground {
    fn area(&self, code: &str) -> Option<&Neighbourhood> {
        let areas = &self.country.areas;
        areas.get(areas.binary_search_by(|area| area.code.as_str().cmp(code)).ok()?)
    }

    /// A practice as if all of its patients lived there.
    fn at_practice(&self, practice: &str) -> Option<Neighbourhood> {
        let site = self.sites.all.iter().find(|site| site.code == practice)?;
        Some(Neighbourhood {
            code: site.code.clone(),
            name: site.name.clone(),
            at: site.at,
            people: site.patients,
            older: None,
            frail: None,
            without_car: None,
            score: None,
            decile: None,
            setting: Setting::Suburban,
        })
    }
}

impl Leaving {
    /// How many each of the others takes, where each has room for so many; who finds no room is in none.
    #[must_use]
    pub fn settle(&self, room: &[f64]) -> Vec<f64> {
        let mut placed = vec![0.0; self.others.len()];
        let mut looking: Vec<f64> = self.areas.iter().map(|area| area.patients).collect();
        for _ in 0..ROUNDS {
            let left = |other: usize| room.get(other).copied().unwrap_or(0.0) - placed[other];
            let wanted = self.wanted(&looking, &|other| left(other) > 1e-9);
            let asked = wanted.iter().flatten().fold(vec![0.0; placed.len()], |mut sum, one| {
                sum[one.0] += one.1;
                sum
            });
            if asked.iter().sum::<f64>() < 0.5 {
                break;
            }
            let taken: Vec<f64> = asked
                .iter()
                .enumerate()
                .map(
                    |(other, asked)| {
                        if *asked > 0.0 { (left(other) / asked).min(1.0) } else { 0.0 }
                    },
                )
                .collect();
            for (patients, wanted) in looking.iter_mut().zip(&wanted) {
                for (other, people) in wanted {
                    *patients -= people * taken[*other];
                    placed[*other] += people * taken[*other];
                }
            }
        }
        placed
    }

    /// Of those who still look, by area, how many ask at each practice that is open to them.
    fn wanted(&self, looking: &[f64], is_open: &dyn Fn(usize) -> bool) -> Vec<Vec<(usize, f64)>> {
        let of_area = |(area, looking): (&Choosing, &f64)| {
            let open = || area.weights.iter().filter(|(other, _)| is_open(*other));
            let all: f64 = open().map(|(_, weight)| weight).sum();
            open().map(|(other, weight)| (*other, looking * weight / all)).collect()
        };
        self.areas.iter().zip(looking).map(of_area).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaving() -> Leaving {
        Leaving {
            patients: 100.0,
            others: vec![("A".to_owned(), 3.0), ("B".to_owned(), 8.0)],
            areas: vec![
                Choosing { patients: 60.0, weights: vec![(0, 3.0), (1, 1.0)] },
                Choosing { patients: 40.0, weights: vec![(0, 1.0)] },
            ],
        }
    }

    #[test]
    fn with_room_everywhere_patients_go_as_the_weights_say() {
        assert_eq!(leaving().settle(&[f64::INFINITY; 2]), [85.0, 15.0]);
    }

    #[test]
    fn who_finds_a_practice_full_looks_further() {
        let placed = leaving().settle(&[50.0, 100.0]);
        assert!((placed[0] - 50.0).abs() < 1e-6, "{placed:?}");
        assert!(placed[1] > 15.0 && placed[1] < 60.0, "{placed:?}");
    }

    #[test]
    fn nobody_is_placed_where_there_is_no_room() {
        assert_eq!(leaving().settle(&[0.0, -5.0]), [0.0, 0.0]);
    }
}

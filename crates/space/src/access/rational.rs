//! Rational agents: everybody goes where travel and crowding together cost least.

use rayon::prelude::*;

use super::journeys::Journeys;
use stats::{NoFigure, counted};

/// How crowding is weighed against travel, and how people move until nobody gains by moving.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crowding {
    /// The journey that weighs as much as the average crowding.
    pub tau: f64,
    /// People for each unit of supply that count as average; the table's own average where missing.
    pub rho: Option<f64>,
    /// Rounds of moving.
    pub rounds: u32,
    /// Share of an origin's people who may move in the first round.
    pub first_step: f64,
    /// Share who may move at least.
    pub least_step: f64,
    /// Rounds after which the share has halved.
    pub half_life: f64,
    /// Rounds in which no site may be asked to take more people than it has places.
    pub settling: u32,
}

impl Default for Crowding {
    fn default() -> Self {
        Self {
            tau: 60.0,
            rho: None,
            rounds: 150,
            first_step: 0.2,
            least_step: 0.005,
            half_life: 50.0,
            settling: 20,
        }
    }
}

/// Where people went and what it costs them.
#[derive(Debug, Clone, PartialEq)]
pub struct RationalAccess {
    /// Crowding and travel together, by origin, 1 being the average crowding; missing where nobody lives or no
    /// site is in reach. Lower is better.
    pub costs: Vec<Option<f64>>,
    /// People at each site when they stopped moving.
    pub people: Vec<f64>,
    /// People who still moved in the last round.
    pub moved_last: f64,
}

/// Journeys to sites with supply, from origins with people, and who goes where.
struct Choice<'a> {
    demand: &'a [f64],
    starts: Vec<usize>,
    site: Vec<u32>,
    travel: Vec<f64>,
    people: Vec<f64>,
}

/// A move from the dearest site in use to the cheapest.
#[derive(Clone, Copy, Default)]
struct Move {
    from: usize,
    to: usize,
    people: f64,
}

/// The cost of care where everybody chooses the site with the least crowding and travel.
///
/// Equations: [`methods.md#rational-agents`](../../../docs/book/methods.md#rational-agents). The rounds are those
/// of the authors' program: whole people move, so an origin of fewer than 1/`least_step` people stops early.
///
/// # Shape
/// `demand` \[origin\], `supply` \[site\].
///
/// # Errors
/// People or supply missing or below nought; no supply at all.
///
/// # Panics
/// When the lengths differ from the journeys': the caller has a bug.
///
/// # Source
/// `saxon_snow_2020`
pub fn rational_agents(
    journeys: &Journeys,
    demand: &[f64],
    supply: &[f64],
    crowding: &Crowding,
) -> Result<RationalAccess, NoFigure> {
    assert_eq!(demand.len(), journeys.origins(), "one number of people for each origin");
    assert_eq!(supply.len(), journeys.sites(), "one supply for each site");
    counted(demand)?;
    counted(supply)?;
    let average = demand.iter().sum::<f64>() / supply.iter().sum::<f64>();
    let rho = crowding.rho.unwrap_or(average);
    if !rho.is_finite() || rho <= 0.0 || crowding.tau <= 0.0 {
        return Err(NoFigure::EmptyDenominator);
    }
    let places: Vec<f64> = supply.iter().map(|supply| supply * rho).collect();
    let mut choice = Choice::new(journeys, demand, &places, crowding.tau);
    let (mut people, mut crowds) = (choice.at_sites(&places), vec![0.0; places.len()]);
    let mut moved_last = 0.0;
    for round in 0..crowding.rounds {
        for (crowd, (people, places)) in crowds.iter_mut().zip(people.iter().zip(&places)) {
            *crowd = people / places;
        }
        let step = crowding.first_step * libm::exp2(-f64::from(round) / crowding.half_life);
        let mut moves = choice.moves(&crowds, &people, &places, step.max(crowding.least_step));
        if round < crowding.settling {
            choice.hold_back(&mut moves, &places);
        }
        moved_last = choice.apply(&moves, &mut people);
    }
    Ok(RationalAccess { costs: choice.costs(&crowds), people, moved_last })
}

impl<'a> Choice<'a> {
    /// Everybody at the nearest site.
    fn new(journeys: &Journeys, demand: &'a [f64], places: &[f64], tau: f64) -> Self {
        let mut choice =
            Self { demand, starts: vec![0], site: vec![], travel: vec![], people: vec![] };
        for (origin, people) in demand.iter().enumerate() {
            let first = choice.site.len();
            if *people > 0.0 {
                let open = journeys.from(origin).filter(|(site, _)| places[*site] > 0.0);
                for (site, cost) in open {
                    choice.site.push(site as u32);
                    choice.travel.push(cost / tau);
                }
            }
            choice.people.resize(choice.site.len(), 0.0);
            let nearest = (first..choice.site.len()).reduce(|best, next| {
                if choice.travel[next] < choice.travel[best] { next } else { best }
            });
            if let Some(nearest) = nearest {
                choice.people[nearest] = *people;
            }
            choice.starts.push(choice.site.len());
        }
        choice
    }

    fn at_sites(&self, places: &[f64]) -> Vec<f64> {
        let mut sum = vec![0.0; places.len()];
        for (site, people) in self.site.iter().zip(&self.people) {
            sum[*site as usize] += people;
        }
        sum
    }

    /// What every origin would move this round, origin by origin.
    fn moves(&self, crowds: &[f64], at_sites: &[f64], places: &[f64], step: f64) -> Vec<Move> {
        let origins = (0..self.demand.len()).into_par_iter().with_min_len(256);
        origins.map(|origin| self.best_move(origin, crowds, at_sites, places, step)).collect()
    }

    fn best_move(
        &self,
        origin: usize,
        crowds: &[f64],
        at_sites: &[f64],
        places: &[f64],
        step: f64,
    ) -> Move {
        let row = self.starts[origin]..self.starts[origin + 1];
        let (mut to, mut from) = (row.start, row.start);
        let (mut cheapest, mut dearest) = (f64::INFINITY, f64::NEG_INFINITY);
        let journeys = self.site[row.clone()].iter().zip(&self.travel[row.clone()]);
        for ((offset, (site, travel)), people) in
            journeys.enumerate().zip(&self.people[row.clone()])
        {
            let cost = crowds[*site as usize] + travel;
            if cost < cheapest {
                (cheapest, to) = (cost, row.start + offset);
            }
            if cost > dearest && *people > 0.0 {
                (dearest, from) = (cost, row.start + offset);
            }
        }
        if to == from {
            return Move::default();
        }
        let (near, far) = (self.site[to] as usize, self.site[from] as usize);
        let (near_places, far_places) = (places[near], places[far]);
        let both = self.people[to] + self.people[from];
        let others_near = at_sites[near] - self.people[to];
        let others_far = at_sites[far] - self.people[from];
        let even = ((near_places * far_places) / (near_places + far_places))
            * ((self.travel[from] - self.travel[to]) + (both + others_far) / far_places
                - others_near / near_places);
        let people =
            (even - self.people[to]).min(self.people[from]).min(step * self.demand[origin]);
        Move { from, to, people: people.trunc() }
    }

    /// Scales moves down where more people than a site has places would come at once.
    fn hold_back(&self, moves: &mut [Move], places: &[f64]) {
        let mut coming = vec![0.0; places.len()];
        for step in moves.iter().filter(|step| step.to != step.from) {
            coming[self.site[step.to] as usize] += step.people;
        }
        for step in moves.iter_mut().filter(|step| step.to != step.from) {
            let site = self.site[step.to] as usize;
            let excess = (coming[site] / places[site]).max(1.0);
            step.people = (step.people / excess).round_ties_even();
        }
    }

    /// Moves people, and answers how many moved.
    fn apply(&mut self, moves: &[Move], at_sites: &mut [f64]) -> f64 {
        let mut moved = 0.0;
        for step in moves.iter().filter(|step| step.to != step.from) {
            self.people[step.to] += step.people;
            self.people[step.from] -= step.people;
            at_sites[self.site[step.to] as usize] += step.people;
            at_sites[self.site[step.from] as usize] -= step.people;
            moved += step.people;
        }
        moved
    }

    /// Mean cost of an origin's people where they are now, at the crowding before their last move.
    fn costs(&self, crowds: &[f64]) -> Vec<Option<f64>> {
        let of_origin = |origin: usize| {
            let row = self.starts[origin]..self.starts[origin + 1];
            let (mut cost, mut people) = (0.0, 0.0);
            for place in row {
                let each = crowds[self.site[place] as usize] + self.travel[place];
                cost += each * self.people[place];
                people += self.people[place];
            }
            (people > 0.0).then(|| cost / people)
        };
        (0..self.demand.len()).map(of_origin).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Journey;
    use super::*;

    fn two_sites(to_far: f64) -> Journeys {
        let journey = |origin, site, cost| Journey { origin, site, cost };
        let given =
            [journey(0, 0, 0.0), journey(0, 1, to_far), journey(1, 0, 0.0), journey(1, 1, to_far)];
        Journeys::new(2, 2, &given).unwrap()
    }

    #[test]
    fn people_move_until_crowding_and_travel_cost_the_same() {
        let people = [10_000.0, 10_000.0];
        let patient = Crowding { rounds: 1000, ..Crowding::default() };
        let access = rational_agents(&two_sites(30.0), &people, &[10.0, 10.0], &patient).unwrap();
        // With half an average crowding of travel between them: 1.25 and 0.75 of the average.
        // The last steps are of 50 people from each origin, so they come to rest within 100.
        assert!((access.people[0] - 12_500.0).abs() <= 100.0, "{:?}", access.people);
        assert!((access.people.iter().sum::<f64>() - 20_000.0).abs() < 1e-9);
        assert!(access.costs.iter().all(|cost| (cost.unwrap() - 1.25).abs() < 0.02));
    }

    #[test]
    fn where_travel_is_dear_everybody_stays() {
        let people = [10_000.0, 10_000.0];
        let access =
            rational_agents(&two_sites(600.0), &people, &[10.0, 10.0], &Crowding::default())
                .unwrap();
        assert!(access.people[1].abs() < 1e-9, "{:?}", access.people);
        assert!(access.costs.iter().all(|cost| (cost.unwrap() - 2.0).abs() < 1e-12));
    }

    #[test]
    fn an_origin_without_people_or_sites_has_no_cost() {
        let given = [Journey { origin: 0, site: 0, cost: 0.0 }];
        let journeys = Journeys::new(3, 1, &given).unwrap();
        let people = [0.0, 500.0, 500.0];
        let access = rational_agents(&journeys, &people, &[1.0], &Crowding::default()).unwrap();
        // Nobody lives at the first; the others reach nothing.
        assert!(access.costs.iter().all(Option::is_none));
    }

    #[test]
    fn no_supply_at_all_is_refused() {
        let journeys = two_sites(1.0);
        let answer = rational_agents(&journeys, &[1.0, 1.0], &[0.0, 0.0], &Crowding::default());
        assert_eq!(answer, Err(NoFigure::EmptyDenominator));
    }
}

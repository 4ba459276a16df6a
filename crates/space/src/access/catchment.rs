//! The family of floating catchments: one kernel, five ways to share out people and supply.

use super::decay::Decay;
use super::journeys::Journeys;
use stats::{NoFigure, counted};

/// Which floating catchment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Catchment {
    /// 2SFCA and E2SFCA (the one with equal weights, the other with weights that fall with cost).
    TwoStep,
    /// 3SFCA: people split themselves over the sites in reach before they are counted.
    ThreeStep,
    /// MH3SFCA: people split themselves by the sites' size as well as by cost.
    Huff,
    /// Balanced: each person and each unit of supply is counted once in all.
    Balanced,
}

/// What people can reach.
#[derive(Debug, Clone, PartialEq)]
pub struct Access {
    /// Supply for each person, by origin; missing where no site is in reach.
    pub scores: Vec<Option<f64>>,
    /// Supply for each person who shares it, by site; missing where nobody is in reach.
    pub ratios: Vec<Option<f64>>,
    /// Supply at sites that nobody can reach, which the scores leave out.
    pub supply_out_of_reach: f64,
    /// People at origins from which no site is in reach.
    pub people_out_of_reach: f64,
}

/// How much each journey counts: when people are added up at the site, and when supply is at the origin.
struct Weights {
    claim: Vec<f64>,
    /// The same as `claim` where missing.
    gain: Option<Vec<f64>>,
}

/// Supply for each person by a floating catchment.
///
/// Equations: [`methods.md#floating-catchments`](../../../docs/book/methods.md#floating-catchments).
/// For [`Catchment::TwoStep`] and [`Catchment::ThreeStep`] the scores times the people add up to the supply in
/// reach; for [`Catchment::Balanced`] the scores themselves add up to the sites' ratios.
///
/// # Shape
/// `demand` \[origin\], `supply` \[site\].
///
/// # Errors
/// People or supply missing or below nought.
///
/// # Panics
/// When the lengths differ from the journeys': the caller has a bug.
///
/// # Source
/// `luo_wang_2003`, `luo_qi_2009`, `wan_2012`, `subal_2021`, `paez_2019`
///
/// # Example
/// ```
/// use space::access::{Catchment, Decay, Journey, Journeys, floating_catchment};
/// let journeys = Journeys::new(1, 1, &[Journey { origin: 0, site: 0, cost: 5.0 }]).unwrap();
/// let access =
///     floating_catchment(Catchment::TwoStep, &journeys, &[8000.0], &[4.0], &Decay::slow()).unwrap();
/// assert_eq!(access.scores, [Some(0.0005)]);
/// ```
pub fn floating_catchment(
    catchment: Catchment,
    journeys: &Journeys,
    demand: &[f64],
    supply: &[f64],
    decay: &Decay,
) -> Result<Access, NoFigure> {
    assert_eq!(demand.len(), journeys.origins(), "one number of people for each origin");
    assert_eq!(supply.len(), journeys.sites(), "one supply for each site");
    counted(demand)?;
    counted(supply)?;
    let weights = weights(catchment, journeys, supply, decay);
    let mut claims = vec![0.0; supply.len()];
    for (origin, people) in demand.iter().enumerate() {
        for place in journeys.row(origin) {
            claims[journeys.site[place] as usize] += people * weights.claim[place];
        }
    }
    let ratios: Vec<Option<f64>> = supply
        .iter()
        .zip(&claims)
        .map(|(supply, claim)| (*claim > 0.0).then(|| supply / claim))
        .collect();
    let given: Vec<f64> = ratios.iter().map(|ratio| ratio.unwrap_or(0.0)).collect();
    let gain = weights.gain.as_ref().unwrap_or(&weights.claim);
    let scores: Vec<Option<f64>> =
        (0..demand.len()).map(|origin| score(journeys, origin, gain, &given)).collect();
    let lost = supply.iter().zip(&ratios).filter(|(_, ratio)| ratio.is_none());
    let stranded = demand.iter().zip(&scores).filter(|(_, score)| score.is_none());
    let supply_out_of_reach = lost.fold(0.0, |sum, (supply, _)| sum + supply);
    let people_out_of_reach = stranded.fold(0.0, |sum, (people, _)| sum + people);
    Ok(Access { scores, ratios, supply_out_of_reach, people_out_of_reach })
}

/// The supply that an origin gains from the sites in its reach; missing where there are none.
fn score(journeys: &Journeys, origin: usize, gain: &[f64], ratios: &[f64]) -> Option<f64> {
    let row = journeys.row(origin);
    let (mut sum, mut reached) = (0.0, false);
    for (site, gain) in journeys.site[row.clone()].iter().zip(&gain[row]) {
        sum += ratios[*site as usize] * gain;
        reached |= *gain > 0.0;
    }
    reached.then_some(sum)
}

fn weights(catchment: Catchment, journeys: &Journeys, supply: &[f64], decay: &Decay) -> Weights {
    let weight: Vec<f64> = journeys.cost.iter().map(|cost| decay.weight(*cost)).collect();
    match catchment {
        Catchment::TwoStep => Weights { claim: weight, gain: None },
        Catchment::ThreeStep => {
            let mut claim = shared_by_origin(journeys, weight.clone());
            for (share, weight) in claim.iter_mut().zip(&weight) {
                *share *= weight;
            }
            Weights { claim, gain: None }
        }
        Catchment::Huff => {
            let pull = weight.iter().zip(&journeys.site);
            let pull = pull.map(|(weight, site)| weight * supply[*site as usize]).collect();
            let claim = shared_by_origin(journeys, pull);
            let gain = claim.iter().zip(&weight).map(|(share, weight)| share * weight).collect();
            Weights { claim, gain: Some(gain) }
        }
        Catchment::Balanced => {
            let gain = shared_by_site(journeys, weight.clone());
            Weights { claim: shared_by_origin(journeys, weight), gain: Some(gain) }
        }
    }
}

/// Weights divided by their sum over the origin's sites.
fn shared_by_origin(journeys: &Journeys, mut weights: Vec<f64>) -> Vec<f64> {
    for origin in 0..journeys.origins() {
        let row = &mut weights[journeys.row(origin)];
        let sum: f64 = row.iter().sum();
        if sum > 0.0 {
            for weight in row {
                *weight /= sum;
            }
        }
    }
    weights
}

/// Weights divided by their sum over the site's origins.
fn shared_by_site(journeys: &Journeys, mut weights: Vec<f64>) -> Vec<f64> {
    let mut sums = vec![0.0; journeys.sites()];
    for (weight, site) in weights.iter().zip(&journeys.site) {
        sums[*site as usize] += weight;
    }
    for (weight, site) in weights.iter_mut().zip(&journeys.site) {
        let sum = sums[*site as usize];
        if sum > 0.0 {
            *weight /= sum;
        }
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::super::{Journey, Point, journeys_within};
    use super::*;
    use stats::random::{Key, Stream};

    const PEOPLE: [f64; 3] = [8000.0, 12_000.0, 5000.0];
    const SUPPLY: [f64; 2] = [5.0, 6.0];
    const ALL: [Catchment; 4] =
        [Catchment::TwoStep, Catchment::ThreeStep, Catchment::Huff, Catchment::Balanced];

    /// The worked example of the methods chapter: three origins, two sites, minutes.
    fn worked() -> Journeys {
        let minutes = [[5.0, 22.0], [12.0, 8.0], [28.0, 15.0]];
        let journeys: Vec<Journey> = (0..6_u32)
            .map(|cell| Journey {
                origin: cell / 2,
                site: cell % 2,
                cost: minutes[cell as usize / 2][cell as usize % 2],
            })
            .collect();
        Journeys::new(3, 2, &journeys).unwrap()
    }

    fn per_ten_thousand(catchment: Catchment, decay: &Decay, digits: usize) -> Vec<String> {
        let access = floating_catchment(catchment, &worked(), &PEOPLE, &SUPPLY, decay).unwrap();
        access.scores.iter().map(|score| format!("{:.digits$}", score.unwrap() * 1e4)).collect()
    }

    /// A scattered country, some of whose origins reach nothing.
    fn country() -> (Journeys, Vec<f64>, Vec<f64>) {
        let mut draw = Stream::new(Key { seed: 8, decision: 0, unit: 0, time: 0 });
        let mut points = |count: usize| -> Vec<Point> {
            let mut along = || draw.uniform() * 100.0;
            (0..count).map(|_| Point { x: along(), y: along() }).collect()
        };
        let (origins, sites) = (points(300), points(40));
        let demand = (0..300).map(|origin| f64::from(500 + origin % 7 * 300)).collect();
        let supply = (0..40).map(|site| f64::from(1 + site % 5)).collect();
        (journeys_within(&origins, &sites, 20.0, |distance| distance * 1.5), demand, supply)
    }

    #[test]
    fn the_worked_example_holds_to_the_printed_digit() {
        let slow = Decay::slow();
        assert_eq!(per_ten_thousand(Catchment::TwoStep, &slow, 3), ["3.666", "5.466", "3.015"]);
        let within = Decay::Within(20.0);
        assert_eq!(per_ten_thousand(Catchment::TwoStep, &within, 2), ["2.50", "6.03", "3.53"]);
        assert_eq!(per_ten_thousand(Catchment::ThreeStep, &slow, 2), ["4.28", "4.92", "3.34"]);
        assert_eq!(per_ten_thousand(Catchment::Huff, &slow, 2), ["3.58", "3.93", "2.62"]);
        let access =
            floating_catchment(Catchment::TwoStep, &worked(), &PEOPLE, &SUPPLY, &slow).unwrap();
        let ratios: Vec<String> =
            access.ratios.iter().map(|ratio| format!("{:.3}", ratio.unwrap() * 1e4)).collect();
        assert_eq!(ratios, ["2.897", "3.497"]);
    }

    #[test]
    fn what_people_get_adds_up_to_the_supply_in_reach() {
        let (journeys, demand, supply) = country();
        for catchment in [Catchment::TwoStep, Catchment::ThreeStep] {
            for decay in [Decay::slow(), Decay::Within(25.0)] {
                let access =
                    floating_catchment(catchment, &journeys, &demand, &supply, &decay).unwrap();
                let scores = access.scores.iter().zip(&demand);
                let given: f64 = scores.map(|(score, people)| score.unwrap_or(0.0) * people).sum();
                let there: f64 = supply.iter().sum::<f64>() - access.supply_out_of_reach;
                assert!((given / there - 1.0).abs() < 1e-12, "{catchment:?}: {given} of {there}");
            }
        }
    }

    #[test]
    fn balanced_catchments_count_every_person_and_every_site_once() {
        let (journeys, demand, supply) = country();
        let access =
            floating_catchment(Catchment::Balanced, &journeys, &demand, &supply, &Decay::slow())
                .unwrap();
        let scores: f64 = access.scores.iter().flatten().sum();
        let ratios: f64 = access.ratios.iter().flatten().sum();
        assert!((scores / ratios - 1.0).abs() < 1e-12);
        let sharing =
            access.ratios.iter().zip(&supply).filter_map(|(ratio, s)| Some(s / (*ratio)?));
        let people: f64 = demand.iter().sum::<f64>() - access.people_out_of_reach;
        assert!((sharing.sum::<f64>() / people - 1.0).abs() < 1e-12);
    }

    #[test]
    fn more_supply_at_a_site_lowers_nobodys_two_step_score() {
        let (journeys, demand, mut supply) = country();
        let scores = |supply: &[f64]| {
            let decay = Decay::slow();
            floating_catchment(Catchment::TwoStep, &journeys, &demand, supply, &decay)
                .unwrap()
                .scores
        };
        let before = scores(&supply);
        supply[3] += 2.0;
        let after = scores(&supply);
        assert!(before.iter().zip(&after).all(|(before, after)| after >= before));
        assert!(before.iter().zip(&after).any(|(before, after)| after > before));
    }

    #[test]
    fn a_site_without_supply_changes_no_two_step_score() {
        let journeys = worked();
        let cells = (0..3).flat_map(|origin| {
            journeys.from(origin).map(move |(site, cost)| (origin, site, cost)).collect::<Vec<_>>()
        });
        let extra = (0..3).map(|origin| (origin, 2, 1.0));
        let journey = |(origin, site, cost): (usize, usize, f64)| Journey {
            origin: origin as u32,
            site: site as u32,
            cost,
        };
        let wider: Vec<Journey> = cells.chain(extra).map(journey).collect();
        let wider = Journeys::new(3, 3, &wider).unwrap();
        let decay = Decay::slow();
        let scores = |journeys: &Journeys, supply: &[f64]| {
            floating_catchment(Catchment::TwoStep, journeys, &PEOPLE, supply, &decay)
                .unwrap()
                .scores
        };
        assert_eq!(scores(&journeys, &SUPPLY), scores(&wider, &[5.0, 6.0, 0.0]));
    }

    #[test]
    fn nothing_in_reach_is_missing_and_nothing_to_give_is_nought() {
        let journey = |origin, site, cost| Journey { origin, site, cost };
        let given = [journey(0, 0, 5.0), journey(1, 1, 5.0), journey(2, 0, 50.0)];
        let journeys = Journeys::new(3, 3, &given).unwrap();
        for catchment in ALL {
            let supply = [2.0, 0.0, 7.0];
            let access =
                floating_catchment(catchment, &journeys, &[100.0; 3], &supply, &Decay::slow())
                    .unwrap();
            let empty_site = if catchment == Catchment::Huff { None } else { Some(0.0) };
            assert_eq!(access.scores.get(1..), Some(&[empty_site, None][..]), "{catchment:?}");
            assert!((access.supply_out_of_reach - 7.0).abs() < 1e-15);
        }
    }
}

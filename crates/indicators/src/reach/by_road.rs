//! Minutes over roads from the small areas of a place to sites: the table that takes the place of stated speeds.

use evidence::{Affiliations, Evidence, EvidenceError, Place};
use space::access::Point;
use space::routes::{Door, MINUTE, Network};

use super::people::People;
use super::{Ground, Mode, Travel};

/// Roads for a mode, and how people get to them.
#[derive(Debug, Clone, Copy)]
pub struct Ways<'a> {
    /// The mode.
    pub mode: Mode,
    /// Its network.
    pub network: &'a Network,
    /// Kilometres an hour from a point to the nearest road.
    pub to_the_road: f64,
    /// Kilometres beyond which a point is off the road.
    pub within_km: f64,
}

/// A journey with its minutes one way.
#[derive(Debug, Clone, PartialEq)]
pub struct Timed {
    /// The small area.
    pub area: String,
    /// The site.
    pub site: String,
    /// Minutes, with those to park.
    pub minutes: f64,
}

/// The journeys of a mode, and what has no road.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ByRoad {
    /// In order of area and site.
    pub journeys: Vec<Timed>,
    /// Areas of the place looked at.
    pub areas: usize,
    /// Areas of the place too far from any road of the extract.
    pub areas_off: Vec<String>,
    /// Sites, of all that have a location, too far from any road of the extract.
    pub sites_off: usize,
    /// Sites on its roads.
    pub sites: usize,
}

/// Journeys of at most so many minutes from the areas of a place to all sites on the roads; `progress` is told the areas
/// done one by one.
///
/// Method: [`methods.md#ways-by-road`](../../../../docs/book/methods.md#ways-by-road).
///
/// # Errors
/// When a table cannot be read.
pub fn by_road(
    (evidence, ground): (&Evidence, &Ground),
    (place, known): (&Place, &Affiliations),
    ways: Ways<'_>,
    limit: f64,
    progress: &(dyn Fn() + Sync),
) -> Result<ByRoad, EvidenceError> {
    let people = People::of(evidence, &ground.country, place, known)?;
    let sites = &ground.sites.all;
    let at: Vec<Point> = people.areas.iter().map(|area| area.at).collect();
    let (areas, areas_off) = on_the_road(ways, &at);
    let at: Vec<Point> = sites.iter().map(|site| site.at).collect();
    let (ends, sites_off) = on_the_road(ways, &at);
    let doors = |found: &[(usize, Door)]| found.iter().map(|one| one.1).collect::<Vec<_>>();
    let park = Travel::stated().minutes_to_park(ways.mode);
    let most = ((limit - park).max(0.0) * MINUTE) as u32;
    let times = ways.network.times(&doors(&areas), &doors(&ends), most, progress);
    let mut journeys = Vec::new();
    for ((area, _), reached) in areas.iter().zip(times) {
        journeys.extend(reached.into_iter().map(|(door, time)| Timed {
            area: people.areas[*area].code.clone(),
            site: sites[ends[door].0].code.clone(),
            minutes: f64::from(time) / MINUTE + park,
        }));
    }
    journeys.sort_by(|a, b| (&a.area, &a.site).cmp(&(&b.area, &b.site)));
    Ok(ByRoad {
        journeys,
        areas: people.areas.len(),
        areas_off: areas_off.into_iter().map(|area| people.areas[area].code.clone()).collect(),
        sites_off: sites_off.len(),
        sites: ends.len(),
    })
}

/// The points with their doors, and those without.
fn on_the_road(ways: Ways<'_>, points: &[Point]) -> (Vec<(usize, Door)>, Vec<usize>) {
    let doors = ways.network.doors(points, ways.to_the_road, ways.within_km);
    let (mut on, mut off) = (Vec::new(), Vec::new());
    for (number, door) in doors.into_iter().enumerate() {
        match door {
            Some(door) => on.push((number, door)),
            None => off.push(number),
        }
    }
    (on, off)
}

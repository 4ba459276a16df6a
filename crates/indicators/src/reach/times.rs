//! Minutes from small areas to sites: imported where there are any, worked out from stated speeds elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Evidence, EvidenceError};
use stats::access::{Point, journeys_within};
use vocab::Period;

use super::people::Neighbourhood;
use super::sites::Site;
use super::travel::{Mode, Pace, Travel};

/// Imported times by area and mode: the sites that can be reached, and how long it takes.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Imported {
    times: BTreeMap<(String, Mode), BTreeMap<String, f64>>,
    pub period: Option<Period>,
    /// Sites that the times name and the evidence does not place.
    pub unknown_sites: BTreeSet<String>,
}

impl Imported {
    /// The times of the latest table.
    pub fn of(evidence: &Evidence, sites: &[Site]) -> Result<Self, EvidenceError> {
        let Some(period) = evidence.periods("travel").last().copied() else {
            return Ok(Self::default());
        };
        let frame = evidence.frame("travel", period)?;
        let known: BTreeSet<&str> = sites.iter().map(|site| site.code.as_str()).collect();
        let mut found = Self { period: Some(period), ..Self::default() };
        let text = |name: &str, row: usize| frame.text(name).and_then(|column| column.get(row));
        let minutes = frame.number("minutes").unwrap_or_default();
        for row in 0..frame.rows() {
            if let (Some(area), Some(site), Some(mode), Some(minutes)) = (
                text("area", row),
                text("site", row),
                text("mode", row).and_then(Mode::of),
                minutes.get(row),
            ) {
                if !known.contains(site) {
                    found.unknown_sites.insert(site.to_owned());
                }
                let times = found.times.entry((area.to_owned(), mode)).or_default();
                times.insert(site.to_owned(), *minutes);
            }
        }
        Ok(found)
    }

    /// The imported times of an area, where it has any of this mode; they stand for all its journeys.
    fn of_area(&self, area: &str, mode: Mode) -> Option<&BTreeMap<String, f64>> {
        if self.times.is_empty() {
            return None;
        }
        self.times.get(&(area.to_owned(), mode))
    }

    /// How many of these areas have imported times for a mode.
    pub fn areas_with(&self, areas: &[&Neighbourhood], mode: Mode) -> usize {
        areas.iter().filter(|area| self.of_area(&area.code, mode).is_some()).count()
    }
}

/// Everything that minutes depend on.
#[derive(Clone, Copy)]
pub(super) struct Clock<'a> {
    pub travel: &'a Travel,
    pub imported: &'a Imported,
    pub mode: Mode,
}

/// The nearest of the sites, by straight distance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Nearest {
    site: usize,
    kilometres: f64,
}

/// The nearest site of every area; nothing where there is no site at all.
pub(super) fn nearest(areas: &[&Neighbourhood], sites: &[&Site]) -> Vec<Option<Nearest>> {
    const FIRST_KILOMETRES: f64 = 4.0;
    let points: Vec<Point> = sites.iter().map(|site| site.at).collect();
    let mut found: Vec<Option<Nearest>> = vec![None; areas.len()];
    let mut radius = FIRST_KILOMETRES;
    while !points.is_empty() && radius < 5000.0 {
        let open: Vec<usize> = (0..areas.len()).filter(|area| found[*area].is_none()).collect();
        if open.is_empty() {
            break;
        }
        let origins: Vec<Point> = open.iter().map(|area| areas[*area].at).collect();
        let journeys = journeys_within(&origins, &points, radius, |distance| distance);
        for (row, area) in open.iter().enumerate() {
            let best = journeys.from(row).min_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
            found[*area] = best.map(|(site, kilometres)| Nearest { site, kilometres });
        }
        radius *= 2.0;
    }
    found
}

impl Clock<'_> {
    /// Minutes to the nearest site and which one it is; nothing where none can be reached.
    pub fn to_nearest(
        self,
        area: &Neighbourhood,
        nearest: Option<Nearest>,
        sites: &[&Site],
        pace: Pace,
    ) -> Option<(usize, f64)> {
        if let Some(times) = self.imported.of_area(&area.code, self.mode) {
            let timed = sites.iter().enumerate();
            let timed = timed.filter_map(|(number, site)| Some((number, *times.get(&site.code)?)));
            return timed.min_by(|a, b| a.1.total_cmp(&b.1));
        }
        let Nearest { site, kilometres } = nearest?;
        Some((site, self.travel.minutes(self.mode, pace, area.setting, kilometres)))
    }

    /// For each area the sites within so many minutes, with the minutes.
    pub fn within(
        &self,
        areas: &[&Neighbourhood],
        sites: &[&Site],
        limit: f64,
    ) -> Vec<Vec<(usize, f64)>> {
        let origins: Vec<Point> = areas.iter().map(|area| area.at).collect();
        let points: Vec<Point> = sites.iter().map(|site| site.at).collect();
        let radius = self.travel.farthest(self.mode, limit) + 1e-9;
        let journeys = journeys_within(&origins, &points, radius, |distance| distance);
        let timed = |(number, area): (usize, &&Neighbourhood)| {
            let mut reached: Vec<(usize, f64)> = match self.imported.of_area(&area.code, self.mode)
            {
                Some(times) => sites
                    .iter()
                    .enumerate()
                    .filter_map(|(site, found)| Some((site, *times.get(&found.code)?)))
                    .collect(),
                None => journeys
                    .from(number)
                    .map(|(site, kilometres)| {
                        let pace = Pace::Adult;
                        (site, self.travel.minutes(self.mode, pace, area.setting, kilometres))
                    })
                    .collect(),
            };
            reached.retain(|(_, minutes)| *minutes <= limit);
            reached.sort_unstable_by_key(|(site, _)| *site);
            reached
        };
        areas.iter().enumerate().map(timed).collect()
    }
}

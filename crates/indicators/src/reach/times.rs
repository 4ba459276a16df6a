//! Minutes from small areas to sites: imported where there are any, worked out from stated speeds elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Evidence, EvidenceError, tables};
use space::access::{Journey, Journeys, Point, journeys_within};
use vocab::Period;

use super::people::Neighbourhood;
use super::sites::Site;
use super::travel::{Mode, Pace, Setting, Travel};

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
        let journeys = tables::travel::Columns::of(&frame);
        for (row, minutes) in journeys.minutes.iter().enumerate() {
            let mode = journeys.mode.get(row).and_then(Mode::of);
            if let (Some(area), Some(site), Some(mode)) =
                (journeys.area.get(row), journeys.site.get(row), mode)
            {
                if !known.contains(site) {
                    found.unknown_sites.insert(site.to_owned());
                }
                let times = found.times.entry((area.to_owned(), mode)).or_default();
                times.insert(site.to_owned(), *minutes);
            }
        }
        Ok(found)
    }

    /// Whether any times were imported.
    pub fn has_any(&self) -> bool {
        !self.times.is_empty()
    }

    /// The imported times of an area, where it has any of this mode; they stand for all its journeys.
    fn of_area(&self, area: &str, mode: Mode) -> Option<&BTreeMap<String, f64>> {
        if !self.has_any() {
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

    /// Journeys from areas to sites within so many minutes, at the pace of adults.
    pub fn within(self, areas: &[&Neighbourhood], sites: &[&Site], limit: f64) -> Journeys {
        let settings = [Setting::Urban, Setting::Suburban, Setting::Rural];
        let straight = settings.map(|setting| self.straight(areas, sites, setting, limit));
        let mut journeys = straight.concat();
        if self.imported.has_any() {
            journeys.retain(|journey| {
                let area = areas[journey.origin as usize];
                self.imported.of_area(&area.code, self.mode).is_none()
            });
            self.add_imported(&mut journeys, areas, sites, limit);
        }
        Journeys::new(areas.len(), sites.len(), &journeys)
            .expect("minutes are checked on import and worked out from positive speeds")
    }

    /// Journeys by stated speeds from the areas of one setting.
    fn straight(
        self,
        areas: &[&Neighbourhood],
        sites: &[&Site],
        setting: Setting,
        limit: f64,
    ) -> Vec<Journey> {
        let of_setting = |(_, area): &(usize, &&Neighbourhood)| area.setting == setting;
        let numbers: Vec<usize> =
            areas.iter().enumerate().filter(of_setting).map(|(number, _)| number).collect();
        let origins: Vec<Point> = numbers.iter().map(|number| areas[*number].at).collect();
        let points: Vec<Point> = sites.iter().map(|site| site.at).collect();
        let radius = self.travel.farthest(self.mode, setting, limit) + 1e-9;
        let minutes =
            |kilometres: f64| self.travel.minutes(self.mode, Pace::Adult, setting, kilometres);
        let found = journeys_within(&origins, &points, radius, minutes);
        let mut journeys = Vec::with_capacity(found.len());
        for (row, number) in numbers.iter().enumerate() {
            let mut reached: Vec<(usize, f64)> =
                found.from(row).filter(|(_, minutes)| *minutes <= limit).collect();
            reached.sort_unstable_by_key(|(site, _)| *site);
            let journey =
                |(site, cost)| Journey { origin: *number as u32, site: site as u32, cost };
            journeys.extend(reached.into_iter().map(journey));
        }
        journeys
    }

    /// Journeys whose times were imported.
    fn add_imported(
        self,
        journeys: &mut Vec<Journey>,
        areas: &[&Neighbourhood],
        sites: &[&Site],
        limit: f64,
    ) {
        for (origin, area) in areas.iter().enumerate() {
            let Some(times) = self.imported.of_area(&area.code, self.mode) else { continue };
            for (number, site) in sites.iter().enumerate() {
                let minutes = times.get(&site.code).copied().filter(|minutes| *minutes <= limit);
                journeys.extend(minutes.map(|cost| Journey {
                    origin: origin as u32,
                    site: number as u32,
                    cost,
                }));
            }
        }
    }
}

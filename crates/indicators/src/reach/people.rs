//! Who lives where: small areas with their people, and how many of them are old, frail or among the most deprived.

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Affiliations, Evidence, EvidenceError, Frame, Place, tables};
use space::access::{Point, journeys_within};
use vocab::{Level, Period};

use super::travel::{Setting, Travel};
use crate::small_areas::{areas_of, deprivation, each_lookup, names};

/// A small area and its people.
#[derive(Debug, Clone, PartialEq)]
pub struct Neighbourhood {
    /// LSOA code of 2021.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Where its people live on average, in kilometres of the National Grid.
    pub at: Point,
    /// People: residents, or patients where the place is a practice or network.
    pub people: f64,
    /// Of them 75 and over; nothing where ages are not known.
    pub older: Option<f64>,
    /// Of them likely to live with moderate or severe frailty, by their ages alone.
    pub frail: Option<f64>,
    /// Of them in households without a car or van, if households with and without one are of a size.
    pub without_car: Option<f64>,
    /// Score of deprivation; higher is more deprived.
    pub score: Option<f64>,
    /// Tenth of deprivation; 1 is the most deprived.
    pub decile: Option<u8>,
    /// Town or country.
    pub setting: Setting,
}

/// The small areas of the country with people.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Country {
    /// Areas with residents and a centroid, in order of code.
    pub areas: Vec<Neighbourhood>,
    /// When residents were counted.
    pub period: Option<Period>,
    /// Areas with a centroid.
    placed: BTreeSet<String>,
}

/// The people of a place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct People {
    /// Its areas, in order of code.
    pub areas: Vec<Neighbourhood>,
    pub period: Option<Period>,
    /// Areas of the place for which people or a centroid are missing.
    pub unpeopled: Vec<String>,
    pub unplaced: Vec<String>,
    /// Whether people are patients of the place's practices rather than residents.
    pub registered: bool,
}

/// People of an area by what matters for reach.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    people: f64,
    older: f64,
    frail: f64,
}

impl Country {
    /// All areas with people.
    pub fn of(evidence: &Evidence, travel: &Travel) -> Result<Self, EvidenceError> {
        let (residents, period) = residents(evidence, travel)?;
        let (deprivation, places) = (deprivation(evidence)?, centroids(evidence)?);
        let without_car = without_car(evidence)?;
        let mut areas: Vec<Neighbourhood> = Vec::new();
        let placed = places.keys().cloned().collect();
        for (code, (name, at)) in places {
            let Some(counts) = residents.get(&code).filter(|counts| counts.people > 0.0) else {
                continue;
            };
            let (score, decile) = deprivation.get(&code).copied().unzip();
            let without_car = without_car.get(&code).map(|share| share * counts.people);
            areas.push(Neighbourhood {
                code,
                name,
                at,
                people: counts.people,
                older: Some(counts.older),
                frail: Some(counts.frail),
                without_car,
                score,
                decile,
                setting: Setting::Rural,
            });
        }
        find_settings(&mut areas, travel);
        Ok(Self { areas, period, placed })
    }
}

impl People {
    /// The people of a place.
    pub fn of(
        evidence: &Evidence,
        country: &Country,
        place: &Place,
        known: &Affiliations,
    ) -> Result<Self, EvidenceError> {
        let small = place.members.iter().any(|(level, _)| *level <= Level::Network);
        if small {
            let patients = registered(evidence, &place.practices(known))?;
            let period = evidence.periods("registered_area").last().copied();
            return Ok(Self::of_patients(country, &patients, period));
        }
        let inside = areas_of(evidence, place, known)?;
        let held = country.areas.iter().filter(|area| inside.contains(&area.code));
        let areas: Vec<Neighbourhood> = held.cloned().collect();
        let (unpeopled, unplaced) = country.missing(&areas, inside.iter());
        Ok(Self { areas, period: country.period, unpeopled, unplaced, registered: false })
    }

    /// The people of a place as patients by area; their ages are not known.
    fn of_patients(
        country: &Country,
        patients: &BTreeMap<String, f64>,
        period: Option<Period>,
    ) -> Self {
        let of_area = |area: &Neighbourhood| {
            let people = patients.get(&area.code).copied().filter(|people| *people > 0.0)?;
            let without_car = area.without_car.map(|without| without / area.people * people);
            Some(Neighbourhood { people, older: None, frail: None, without_car, ..area.clone() })
        };
        let areas: Vec<Neighbourhood> = country.areas.iter().filter_map(of_area).collect();
        let (unpeopled, unplaced) = country.missing(&areas, patients.keys());
        Self { areas, period, unpeopled, unplaced, registered: true }
    }
}

impl Country {
    /// Of the codes of a place those without people, and those without a centroid.
    fn missing<'a>(
        &self,
        areas: &[Neighbourhood],
        codes: impl Iterator<Item = &'a String>,
    ) -> (Vec<String>, Vec<String>) {
        let held: BTreeSet<&str> = areas.iter().map(|area| area.code.as_str()).collect();
        let lost = codes.filter(|code| !held.contains(code.as_str())).cloned();
        lost.partition(|code| self.placed.contains(code))
    }
}

/// Town or country by the number of small areas around.
fn find_settings(areas: &mut [Neighbourhood], travel: &Travel) {
    let points: Vec<Point> = areas.iter().map(|area| area.at).collect();
    let around = journeys_within(&points, &points, travel.setting.radius_km, |distance| distance);
    for (number, area) in areas.iter_mut().enumerate() {
        area.setting = travel.setting_of(around.from(number).count());
    }
}

/// Patients of practices by small area, in the latest extract.
fn registered(
    evidence: &Evidence,
    practices: &BTreeSet<&str>,
) -> Result<BTreeMap<String, f64>, EvidenceError> {
    let mut people = BTreeMap::new();
    let Some(period) = evidence.periods("registered_area").last().copied() else {
        return Ok(people);
    };
    let frame = evidence.frame("registered_area", period)?;
    let registered = tables::registered_area::Columns::of(&frame);
    for row in 0..frame.rows() {
        let count = registered.patients.get(row).copied().filter(|count| count.is_finite());
        if let (Some(practice), Some(area), Some(count)) =
            (registered.practice.get(row), registered.area.get(row), count)
            && practices.contains(practice)
        {
            *people.entry(area.to_owned()).or_default() += count;
        }
    }
    Ok(people)
}

/// Residents of every small area of 2021: of the period that knows most areas, the latest of equals. Areas of 2011
/// are shared out by the lookup.
fn residents(
    evidence: &Evidence,
    travel: &Travel,
) -> Result<(BTreeMap<String, Counts>, Option<Period>), EvidenceError> {
    let mut best: (BTreeMap<String, Counts>, Option<Period>) = Default::default();
    for period in evidence.periods("resident") {
        let frame = evidence.frame("resident", period)?;
        let found = counted(&frame, travel);
        let old = tables::resident::Columns::of(&frame).census.get(0) == Some("2011");
        let found = if old { to_areas_of_2021(evidence, &found)? } else { found };
        if found.len() >= best.0.len() {
            best = (found, Some(period));
        }
    }
    Ok(best)
}

/// People of each area of a frame; where both sexes together are given, the sexes apart are not added.
fn counted(frame: &Frame, travel: &Travel) -> BTreeMap<String, Counts> {
    let residents = tables::resident::Columns::of(frame);
    let (area, sex) = (residents.area, residents.sex);
    let together = sex.code_of("all");
    let mut sums = vec![[Counts::default(); 2]; area.words.len()];
    for row in 0..frame.rows() {
        let code = area.codes.get(row).and_then(|code| sums.get_mut(*code as usize));
        let people = residents.residents.get(row).copied().filter(|people| people.is_finite());
        if let (Some(sums), Some(people)) = (code, people) {
            let which = usize::from(sex.codes.get(row).copied() != together);
            let age = residents.age_from.get(row).copied().unwrap_or(f64::NAN);
            let sum = &mut sums[which];
            sum.people += people;
            sum.older += if age >= 75.0 { people } else { 0.0 };
            sum.frail += people * travel.frail_share(age);
        }
    }
    let chosen = |[all, apart]: &[Counts; 2]| if all.people > 0.0 { *all } else { *apart };
    area.words.iter().cloned().zip(sums.iter().map(chosen)).collect()
}

/// Counts of areas of 2011 shared out over those of 2021.
fn to_areas_of_2021(
    evidence: &Evidence,
    old: &BTreeMap<String, Counts>,
) -> Result<BTreeMap<String, Counts>, EvidenceError> {
    let mut new: BTreeMap<String, Counts> = BTreeMap::new();
    let mut done = BTreeSet::new();
    for period in evidence.periods("lookup") {
        let frame = evidence.frame("lookup", period)?;
        each_lookup(&frame, "lsoa11", |area, kind, parent, weight| {
            if kind != "lsoa21" || !done.insert((area.to_owned(), parent.to_owned())) {
                return;
            }
            if let Some(counts) = old.get(area) {
                let sum = new.entry(parent.to_owned()).or_default();
                sum.people += counts.people * weight;
                sum.older += counts.older * weight;
                sum.frail += counts.frail * weight;
            }
        });
    }
    Ok(new)
}

/// Share of the households of every small area without a car or van, at the latest census.
fn without_car(evidence: &Evidence) -> Result<BTreeMap<String, f64>, EvidenceError> {
    let Some(period) = evidence.periods("car").last().copied() else {
        return Ok(BTreeMap::new());
    };
    let frame = evidence.frame("car", period)?;
    let cars = tables::car::Columns::of(&frame);
    let share = |row: usize| {
        let share = cars.without.get(row)? / cars.households.get(row)?;
        Some((cars.area.get(row)?.to_owned(), share))
    };
    let rows = (0..frame.rows()).filter_map(share);
    Ok(rows.filter(|(_, share)| share.is_finite()).collect())
}

/// Name and population-weighted centroid of every small area of England, in kilometres.
fn centroids(evidence: &Evidence) -> Result<BTreeMap<String, (String, Point)>, EvidenceError> {
    let Some(period) = evidence.periods("area").last().copied() else {
        return Ok(BTreeMap::new());
    };
    let frame = evidence.frame("area", period)?;
    let names = names(evidence)?;
    let areas = tables::area::Columns::of(&frame);
    let (east, north) = (areas.easting_metres, areas.northing_metres);
    Ok((0..frame.rows())
        .filter_map(|row| {
            let code = areas.area.get(row)?;
            let at = Point { x: east.get(row)? / 1000.0, y: north.get(row)? / 1000.0 };
            let name = names.get(code).cloned().unwrap_or_else(|| code.to_owned());
            (at.x.is_finite() && at.y.is_finite()).then(|| (code.to_owned(), (name, at)))
        })
        .collect())
}

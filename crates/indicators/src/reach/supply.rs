//! How much general practice people can draw on: by floating catchment, and by whom they are registered with.
//!
//! Supply is the full-time equivalent GPs of each practice, or its appointments of a month, whichever is known around
//! more of the place's people. A practice without a figure gives nothing, so an area is given a score only where the
//! practices with a figure make up most of what it can reach; elsewhere the score is missing.

use std::collections::BTreeMap;

use evidence::{Evidence, EvidenceError, TextColumn, tables};
use space::access::{Catchment, Journeys, floating_catchment};
use vocab::Period;

use super::people::Neighbourhood;
use super::sites::Site;
use super::times::Clock;

/// Share of what an area can reach, weighed by distance, that practices with a figure must make up.
const NEEDED_SHARE: f64 = 0.8;

/// Share of the place's people who must live in areas with a score.
const NEEDED_PEOPLE: f64 = 0.5;

/// What supply is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Full-time equivalent GPs.
    Gp,
    /// Appointments in a month.
    Appointments,
}

/// Supply by small area of the place.
#[derive(Debug, Clone, PartialEq)]
pub struct Supply {
    /// What is counted.
    pub unit: Unit,
    /// When.
    pub period: Period,
    /// Practices in reach of the place's people that have a figure.
    pub practices_with: usize,
    /// Those that have none.
    pub practices_without: Vec<String>,
    /// Share of the place's people in areas with a score.
    pub covered: f64,
    /// Supply for so many people as [`Unit::people`] says by floating catchment, area by area of the place; missing where none
    /// is in reach or too many practices in reach have no figure.
    pub catchment: Vec<Option<f64>>,
    /// Supply for as many patients by registration; missing where patients' areas are not known.
    pub registered: Vec<Option<f64>>,
}

/// Where supply is looked for.
pub(super) struct Reached<'a> {
    /// Everybody who shares the sites.
    pub country: &'a [Neighbourhood],
    /// The areas of the place.
    pub inside: &'a [Neighbourhood],
    /// Practices anywhere.
    pub practices: Vec<&'a Site>,
    /// By car.
    pub clock: Clock<'a>,
}

/// Supply by practice, and when.
type Figures = (BTreeMap<String, f64>, Period);

/// Supply of the areas of a place, or why there is none.
pub(super) fn supply(
    evidence: &Evidence,
    reached: &Reached<'_>,
) -> Result<Result<Supply, String>, EvidenceError> {
    let near = reached.near();
    if near.is_empty() {
        return Ok(Err("no practice is in reach by car".to_owned()));
    }
    let journeys = reached.journeys(reached.inside, &near);
    let (mut best, mut why) = (None::<Supply>, Vec::new());
    for unit in [Unit::Gp, Unit::Appointments] {
        let Some((figures, period)) = figures(evidence, unit, &near)? else { continue };
        let with: Vec<(&Site, f64)> = near
            .iter()
            .filter_map(|site| Some((*site, figures.get(&site.code).copied()?)))
            .collect();
        let known: Vec<bool> = near.iter().map(|site| figures.contains_key(&site.code)).collect();
        let enough = reached.enough(&journeys, &known);
        let covered = share_of_people(reached.inside, &enough);
        why.push(format!(
            "{} of {} practices in reach have {}, enough for the areas of {:.0}% of the people",
            with.len(),
            near.len(),
            unit.in_words(),
            covered * 100.0
        ));
        if covered < NEEDED_PEOPLE {
            continue;
        }
        if covered <= best.as_ref().map_or(0.0, |best| best.covered) {
            continue;
        }
        let scaled = |score: Option<f64>| score.map(|score| score * unit.people());
        let scores = reached.by_catchment(&with).into_iter().map(scaled).zip(&enough);
        let without = near.iter().filter(|site| !figures.contains_key(&site.code));
        best = Some(Supply {
            unit,
            period,
            practices_with: with.len(),
            practices_without: without.map(|site| site.code.clone()).collect(),
            covered,
            catchment: scores.map(|(score, enough)| score.filter(|_| *enough)).collect(),
            registered: by_registration(evidence, reached.inside, &figures)?
                .into_iter()
                .map(scaled)
                .collect(),
        });
    }
    if why.is_empty() {
        why.push("neither staff nor appointments of practices were imported".to_owned());
    }
    Ok(best.ok_or_else(|| why.join("; ")))
}

fn share_of_people(areas: &[Neighbourhood], chosen: &[bool]) -> f64 {
    let people = |wanted: bool| {
        let counted = areas.iter().zip(chosen).filter(|(_, chosen)| **chosen || !wanted);
        counted.fold(0.0, |sum, (area, _)| sum + area.people)
    };
    people(true) / people(false)
}

impl<'a> Reached<'a> {
    fn journeys(&self, areas: &[Neighbourhood], sites: &[&Site]) -> Journeys {
        let areas: Vec<&Neighbourhood> = areas.iter().collect();
        self.clock.within(&areas, sites, self.clock.travel.decay().limit())
    }

    /// Practices in reach of anybody in the place.
    fn near(&self) -> Vec<&'a Site> {
        let journeys = self.journeys(self.inside, &self.practices);
        let mut wanted = vec![false; self.practices.len()];
        for (site, _) in (0..self.inside.len()).flat_map(|area| journeys.from(area)) {
            wanted[site] = true;
        }
        let kept = self.practices.iter().zip(&wanted).filter(|(_, wanted)| **wanted);
        kept.map(|(site, _)| *site).collect()
    }

    /// Whether enough of what each area can reach has a figure.
    fn enough(&self, journeys: &Journeys, known: &[bool]) -> Vec<bool> {
        let decay = self.clock.travel.decay();
        let enough = |area: usize| {
            let (mut with, mut all) = (0.0, 0.0);
            for (site, minutes) in journeys.from(area) {
                let weight = decay.weight(minutes);
                all += weight;
                with += if known[site] { weight } else { 0.0 };
            }
            all > 0.0 && with >= NEEDED_SHARE * all
        };
        (0..journeys.origins()).map(enough).collect()
    }

    /// Scores of the areas of the place; people elsewhere share the sites too.
    fn by_catchment(&self, sites: &[(&Site, f64)]) -> Vec<Option<f64>> {
        let decay = self.clock.travel.decay();
        let places: Vec<&Site> = sites.iter().map(|(site, _)| *site).collect();
        let journeys = self.journeys(self.country, &places);
        let people: Vec<f64> = self.country.iter().map(|area| area.people).collect();
        let supply: Vec<f64> = sites.iter().map(|(_, supply)| *supply).collect();
        let access = floating_catchment(Catchment::TwoStep, &journeys, &people, &supply, &decay);
        let scores: BTreeMap<&str, Option<f64>> = access.map_or_else(
            |_| BTreeMap::new(),
            |access| {
                let codes = self.country.iter().map(|area| area.code.as_str());
                codes.zip(access.scores).collect()
            },
        );
        let score = |area: &Neighbourhood| scores.get(area.code.as_str()).copied().flatten();
        self.inside.iter().map(score).collect()
    }
}

/// Supply for each patient of an area, from the practices its people are registered with.
fn by_registration(
    evidence: &Evidence,
    areas: &[Neighbourhood],
    figures: &BTreeMap<String, f64>,
) -> Result<Vec<Option<f64>>, EvidenceError> {
    let nothing = vec![None; areas.len()];
    let Some(period) = evidence.periods("registered_area").last().copied() else {
        return Ok(nothing);
    };
    let frame = evidence.frame("registered_area", period)?;
    let registered = tables::registered_area::Columns::of(&frame);
    let rows = || {
        (0..frame.rows()).filter_map(|row| {
            let count = registered.patients.get(row).copied().filter(|count| count.is_finite())?;
            Some((registered.practice.get(row)?, registered.area.get(row)?, count))
        })
    };
    let mut lists: BTreeMap<&str, f64> = BTreeMap::new();
    for (practice, _, count) in rows() {
        *lists.entry(practice).or_default() += count;
    }
    let mut sums: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for (practice, area, count) in rows() {
        if let (Some(figure), Some(list)) = (figures.get(practice), lists.get(practice)) {
            let (gained, people) = sums.entry(area).or_default();
            *gained += count * figure / list;
            *people += count;
        }
    }
    let score = |area: &Neighbourhood| {
        let (gained, people) = sums.get(area.code.as_str())?;
        (*people > 0.0).then(|| gained / people)
    };
    Ok(areas.iter().map(score).collect())
}

/// Supply of every practice in the latest period that knows at least half of these; or else in the period that knows
/// most of them.
fn figures(
    evidence: &Evidence,
    unit: Unit,
    near: &[&Site],
) -> Result<Option<Figures>, EvidenceError> {
    let mut best: Option<(usize, Figures)> = None;
    for period in evidence.periods(unit.table()).into_iter().rev() {
        let figures = figures_of(evidence, unit, period)?;
        let known = near.iter().filter(|site| figures.contains_key(&site.code)).count();
        if known > best.as_ref().map_or(0, |best| best.0) {
            best = Some((known, (figures, period)));
        }
        if 2 * known >= near.len() {
            break;
        }
    }
    Ok(best.map(|(_, figures)| figures))
}

/// Supply of every practice in a period.
fn figures_of(
    evidence: &Evidence,
    unit: Unit,
    period: Period,
) -> Result<BTreeMap<String, f64>, EvidenceError> {
    let frame = evidence.frame(unit.table(), period)?;
    Ok(match unit {
        Unit::Gp => {
            let staff = tables::staff::Columns::of(&frame);
            sums(staff.organisation, staff.value, |row| are_all_gps(staff, row))
        }
        Unit::Appointments => {
            let booked = tables::appointment::Columns::of(&frame);
            sums(booked.practice, booked.appointments, |_| true)
        }
    })
}

/// Whether a row gives the full-time equivalents of all GPs of a practice together.
fn are_all_gps(staff: tables::staff::Columns<'_>, row: usize) -> bool {
    staff.level.get(row) == Some("practice")
        && staff.group.get(row) == Some("gp")
        && staff.role.get(row) == Some("total")
        && staff.measure.get(row) == Some("fte")
        && staff.sex.get(row).is_none()
        && staff.age_band.get(row).is_none()
}

/// The sums of the figures of each practice over the rows that count.
fn sums(
    code: &TextColumn,
    values: &[f64],
    counts: impl Fn(usize) -> bool,
) -> BTreeMap<String, f64> {
    let mut sums: BTreeMap<String, f64> = BTreeMap::new();
    for (row, value) in values.iter().enumerate().filter(|(row, _)| counts(*row)) {
        if let Some(code) = code.get(row).filter(|_| value.is_finite()) {
            if let Some(sum) = sums.get_mut(code) {
                *sum += value;
            } else {
                sums.insert(code.to_owned(), *value);
            }
        }
    }
    sums
}

impl Unit {
    /// The table that holds it.
    const fn table(self) -> &'static str {
        match self {
            Self::Gp => "staff",
            Self::Appointments => "appointment",
        }
    }

    /// People for whom supply is given: scores, the slopes of their inequality and every door count for so many.
    #[must_use]
    pub const fn people(self) -> f64 {
        match self {
            Self::Gp => 10_000.0,
            Self::Appointments => 1.0,
        }
    }

    /// What a score counts, in words.
    #[must_use]
    pub const fn of_people(self) -> &'static str {
        match self {
            Self::Gp => "full-time equivalent GPs per 10,000 people",
            Self::Appointments => "appointments a person and month",
        }
    }

    /// As it stands in a sentence.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Gp => "full-time equivalent GPs",
            Self::Appointments => "appointments in a month",
        }
    }
}

//! How much general practice people can draw on: by floating catchment, and by whom they are registered with.
//!
//! Supply is the full-time equivalent GPs of each practice where most practices around have a figure, or else its
//! appointments of a month. Practices without a figure are left out of the supply and named; the people near them
//! still count, so that what the place gets looks smaller than it is where gaps are many.

use std::collections::BTreeMap;

use evidence::{Evidence, EvidenceError};
use stats::access::{Catchment, Journey, Journeys, floating_catchment};
use vocab::Period;

use super::people::Neighbourhood;
use super::sites::Site;
use super::times::Clock;

/// Practices around that need a figure before supply is worked out.
const NEEDED_SHARE: f64 = 0.8;

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
    /// Supply for each person by floating catchment, area by area of the place; nothing where none is in reach.
    pub catchment: Vec<Option<f64>>,
    /// Supply for each patient by registration; nothing where patients' areas are not known.
    pub registered: Vec<Option<f64>>,
    /// Supply out of everybody's reach.
    pub out_of_reach: f64,
}

/// Supply of the areas inside, or why there is none.
pub(super) fn supply(
    evidence: &Evidence,
    areas: &[Neighbourhood],
    sites: &[&Site],
    clock: &Clock<'_>,
) -> Result<Result<Supply, String>, EvidenceError> {
    let decay = clock.travel.decay();
    let inside: Vec<&Neighbourhood> = areas.iter().filter(|area| area.inside).collect();
    let mut wanted = vec![false; sites.len()];
    for (site, _) in clock.within(&inside, sites, decay.limit()).into_iter().flatten() {
        wanted[site] = true;
    }
    let near: Vec<&Site> =
        sites.iter().zip(&wanted).filter(|(_, wanted)| **wanted).map(|(site, _)| *site).collect();
    if near.is_empty() {
        return Ok(Err("no practice is in reach by car".to_owned()));
    }
    let mut tried = Vec::new();
    for unit in [Unit::Gp, Unit::Appointments] {
        let Some((figures, period)) = figures(evidence, unit)? else { continue };
        let with: Vec<(&Site, f64)> = near
            .iter()
            .filter_map(|site| Some((*site, figures.get(&site.code).copied()?)))
            .collect();
        if (with.len() as f64) < NEEDED_SHARE * near.len() as f64 {
            tried.push(format!(
                "{} of {} practices in reach have {}",
                with.len(),
                near.len(),
                unit.in_words()
            ));
            continue;
        }
        let without = near.iter().filter(|site| !figures.contains_key(&site.code));
        let practices_without = without.map(|site| site.code.clone()).collect();
        let (catchment, out_of_reach) = by_catchment(areas, &with, clock);
        let registered = by_registration(evidence, &inside, &figures)?;
        let practices_with = with.len();
        return Ok(Ok(Supply {
            unit,
            period,
            practices_with,
            practices_without,
            catchment,
            registered,
            out_of_reach,
        }));
    }
    if tried.is_empty() {
        tried.push("neither staff nor appointments of practices were imported".to_owned());
    }
    Ok(Err(tried.join("; ")))
}

/// Scores of the areas inside; people outside share the sites too.
fn by_catchment(
    areas: &[Neighbourhood],
    sites: &[(&Site, f64)],
    clock: &Clock<'_>,
) -> (Vec<Option<f64>>, f64) {
    let decay = clock.travel.decay();
    let origins: Vec<&Neighbourhood> = areas.iter().collect();
    let places: Vec<&Site> = sites.iter().map(|(site, _)| *site).collect();
    let mut journeys = Vec::new();
    for (origin, reached) in clock.within(&origins, &places, decay.limit()).iter().enumerate() {
        journeys.extend(reached.iter().map(|(site, cost)| Journey {
            origin: origin as u32,
            site: *site as u32,
            cost: *cost,
        }));
    }
    let people: Vec<f64> = areas.iter().map(|area| area.people).collect();
    let supply: Vec<f64> = sites.iter().map(|(_, supply)| *supply).collect();
    let access = Journeys::new(areas.len(), sites.len(), &journeys).and_then(|journeys| {
        floating_catchment(Catchment::TwoStep, &journeys, &people, &supply, &decay)
    });
    let Ok(access) = access else {
        return (vec![None; areas.iter().filter(|area| area.inside).count()], 0.0);
    };
    let inside = areas.iter().zip(access.scores).filter(|(area, _)| area.inside);
    (inside.map(|(_, score)| score).collect(), access.supply_out_of_reach)
}

/// Supply for each patient of an area, from the practices its people are registered with.
fn by_registration(
    evidence: &Evidence,
    areas: &[&Neighbourhood],
    figures: &BTreeMap<String, f64>,
) -> Result<Vec<Option<f64>>, EvidenceError> {
    let nothing = vec![None; areas.len()];
    let Some(period) = evidence.periods("registered_area").last().copied() else {
        return Ok(nothing);
    };
    let frame = evidence.frame("registered_area", period)?;
    let (Some(practice), Some(area), Some(patients)) =
        (frame.text("practice"), frame.text("area"), frame.number("patients"))
    else {
        return Ok(nothing);
    };
    let rows = || {
        (0..frame.rows()).filter_map(|row| {
            let count = patients.get(row).copied().filter(|count| count.is_finite())?;
            Some((practice.get(row)?, area.get(row)?, count))
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
    let score = |area: &&Neighbourhood| {
        let (gained, people) = sums.get(area.code.as_str())?;
        (*people > 0.0).then(|| gained / people)
    };
    Ok(areas.iter().map(score).collect())
}

/// Supply by practice, and when.
type Figures = (BTreeMap<String, f64>, Period);

/// Supply of every practice in the latest period that has any.
fn figures(evidence: &Evidence, unit: Unit) -> Result<Option<Figures>, EvidenceError> {
    let table = match unit {
        Unit::Gp => "staff",
        Unit::Appointments => "appointment",
    };
    for period in evidence.periods(table).into_iter().rev() {
        let frame = evidence.frame(table, period)?;
        let text = |name: &str, row: usize| frame.text(name).and_then(|column| column.get(row));
        let mut sums: BTreeMap<String, f64> = BTreeMap::new();
        for row in 0..frame.rows() {
            let (code, figure) = match unit {
                Unit::Gp => {
                    let total = text("level", row) == Some("practice")
                        && text("group", row) == Some("gp")
                        && text("role", row) == Some("total")
                        && text("measure", row) == Some("fte")
                        && text("sex", row).is_none()
                        && text("age_band", row).is_none();
                    if !total {
                        continue;
                    }
                    (text("organisation", row), frame.number("value"))
                }
                Unit::Appointments => (text("practice", row), frame.number("appointments")),
            };
            let figure = figure.and_then(|values| values.get(row)).copied();
            if let (Some(code), Some(figure)) = (code, figure.filter(|figure| figure.is_finite())) {
                *sums.entry(code.to_owned()).or_default() += figure;
            }
        }
        if !sums.is_empty() {
            return Ok(Some((sums, period)));
        }
    }
    Ok(None)
}

impl Unit {
    /// As it stands in a sentence.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Gp => "full-time equivalent GPs",
            Self::Appointments => "appointments in a month",
        }
    }
}

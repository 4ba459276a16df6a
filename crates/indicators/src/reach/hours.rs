//! Reach by weekday and hour: the share of people near a site that is open.

use vocab::Period;

use super::people::Neighbourhood;
use super::sites::Site;
use super::times::Clock;

/// Share of people near an open site, for every hour of a week.
#[derive(Debug, Clone, PartialEq)]
pub struct Hours {
    /// [weekday from Monday × hour of the day].
    pub shares: Vec<[f64; 24]>,
    /// Sites of the service with known hours near the place.
    pub sites_with_hours: usize,
    /// Sites of the service near the place whose hours are not known; they count as closed.
    pub sites_without_hours: usize,
    /// When the hours were stated.
    pub period: Period,
}

/// The hours of a week; nothing where no hours were imported.
pub(super) fn hours(
    areas: &[&Neighbourhood],
    sites: &[&Site],
    clock: &Clock<'_>,
    standard: f64,
    period: Option<Period>,
) -> Option<Hours> {
    let period = period?;
    let reached = clock.within(areas, sites, standard);
    let mut near = vec![false; sites.len()];
    for (site, _) in (0..areas.len()).flat_map(|area| reached.from(area)) {
        near[site] = true;
    }
    let timed = sites.iter().zip(&near).filter(|(_, near)| **near);
    let (known, unknown): (Vec<_>, Vec<_>) = timed.partition(|(site, _)| !site.hours.is_empty());
    let people: f64 = areas.iter().fold(0.0, |sum, area| sum + area.people);
    if known.is_empty() || people <= 0.0 {
        return None;
    }
    let share = |weekday: i8, hour: u8| {
        let open: Vec<bool> = sites.iter().map(|site| site.is_open(weekday, hour)).collect();
        let served = areas
            .iter()
            .enumerate()
            .filter(|(number, _)| reached.from(*number).any(|(site, _)| open[site]));
        served.fold(0.0, |sum, (_, area)| sum + area.people) / people
    };
    let day = |weekday: i8| std::array::from_fn(|hour| share(weekday, hour as u8));
    Some(Hours {
        shares: (0..7).map(day).collect(),
        sites_with_hours: known.len(),
        sites_without_hours: unknown.len(),
        period,
    })
}

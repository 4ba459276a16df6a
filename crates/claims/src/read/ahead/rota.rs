//! The smallest cluster of practices that can staff a rota of seven days.

use std::collections::BTreeMap;

use super::super::super::ahead::Told;
use super::super::super::reading::{Bar, Exhibit, Shown, Verdict};
use super::super::super::said::{Said, Unit, count, name, number};
use super::super::asking::{Asking, Found, lacking};
use super::basis::{outlook, reading};

const GPS: Unit = Unit::Number(0, "GPs");

/// Groups of practices, and how many of them have GPs enough.
struct Enough {
    of: usize,
    able: usize,
    /// GPs of the middle one.
    middle: f64,
}

impl Enough {
    fn of(mut gps: Vec<f64>, needed: f64) -> Option<Self> {
        gps.sort_by(f64::total_cmp);
        let middle = *gps.get(gps.len() / 2)?;
        let able = gps.iter().filter(|gps| **gps >= needed).count();
        Some(Self { of: gps.len(), able, middle })
    }

    /// Whether hardly any of them has.
    fn is_rare(&self) -> bool {
        self.able * 10 <= self.of
    }

    /// Whether most of them have.
    fn is_common(&self) -> bool {
        self.able * 2 > self.of
    }
}

/// `Seven-day working could not be delivered at practice level and would need to be organised on a wider scale`.
pub(super) fn found(asking: &Asking<'_>) -> Result<Found, String> {
    let figure = |name: &str| asking.claim.template.figure(name);
    let (Some(shifts), Some(weekends)) = (figure("shifts"), figure("weekends")) else {
        return Ok(Found::default());
    };
    let outlook = outlook(asking, &asking.place)?;
    let needed = shifts * weekends;
    let (practices, networks) = (practices(&outlook), networks(&outlook));
    let listed = practices.len();
    let (Some(single), Some(joint)) = (Enough::of(practices, needed), Enough::of(networks, needed))
    else {
        return Ok(lacking(
            Said::plain("How many GPs each practice has is not known."),
            ["General Practice Workforce, practice level: heads of GPs".to_owned()],
        ));
    };
    let smallest = libm::ceil(needed / single.middle.max(1.0));
    let mut found = reading(asking, &outlook, &asking.place);
    found.lowered = usize::from(listed * 2 < outlook.practices.len());
    found.answer.push(Said::new(
        "A GP on duty through both days of every weekend takes {} shifts, and with one in {} weekends worked {} GPs.",
        [number(shifts, 0, ""), number(weekends, 0, ""), number(needed, 0, "")],
    ));
    found.answer.push(Said::new(
        "Of {} of {} whose GPs are published {} that many, of its {} {}; practices of middle size reach it from a cluster of {}.",
        [
            count(single.of as f64, "practice", "practices"),
            name(&asking.place.name),
            count(single.able as f64, "has", "have"),
            count(joint.of as f64, "network", "networks"),
            number(joint.able as f64, 0, ""),
            number(smallest, 0, ""),
        ],
    ));
    found.verdict = verdict(asking, &single, &joint, smallest);
    let heads = |label: &str, gps: f64| Shown::new(label, gps, GPS);
    found.figures = vec![
        heads("GPs that the rota needs", needed),
        heads("GPs of the middle practice", single.middle),
        heads("GPs of the middle network", joint.middle),
        Shown::new(
            "Practices of middle size in the smallest cluster",
            smallest,
            Unit::Number(0, ""),
        ),
    ];
    let parameters = asking.claim.template.parameter.values();
    found.figures.extend(parameters.map(|one| one.shown(Unit::Number(0, ""))));
    found.exhibit = Some(Exhibit::Bars {
        title: "GPs beside those that a rota of seven days needs".to_owned(),
        unit: GPS,
        bars: vec![
            Bar::new("Needed", needed).reference(),
            Bar::new("Middle practice", single.middle).subject(),
            Bar::new("Middle network", joint.middle),
        ],
    });
    Ok(found)
}

fn verdict(asking: &Asking<'_>, single: &Enough, joint: &Enough, smallest: f64) -> Option<Verdict> {
    let says = asking.claim.slots.given.get("says")?;
    if let Some(stated) = asking.number("count") {
        return Some(Verdict::of(smallest <= stated.value));
    }
    let (takes_more, one_will_do) = (single.is_rare() && joint.is_common(), single.is_common());
    match (says.as_str(), takes_more, one_will_do) {
        ("together", true, _) | ("alone", _, true) => Some(Verdict::Supported),
        ("alone", true, _) | ("together", _, true) => Some(Verdict::NotSupported),
        _ => None,
    }
}

/// GPs of every practice that publishes them.
fn practices(outlook: &Told) -> Vec<f64> {
    outlook.practices.iter().filter_map(|practice| practice.gps).collect()
}

/// GPs of every network all of whose practices publish them.
fn networks(outlook: &Told) -> Vec<f64> {
    let mut networks: BTreeMap<&str, Option<f64>> = BTreeMap::new();
    for practice in &outlook.practices {
        if let Some(network) = &practice.network {
            let sum = networks.entry(network).or_insert(Some(0.0));
            *sum = sum.zip(practice.gps).map(|(sum, gps)| sum + gps);
        }
    }
    networks.into_values().flatten().collect()
}

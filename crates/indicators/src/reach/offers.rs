//! Extended services: which practice offers what, which neighbourhoods are served, and how that follows deprivation.
//!
//! Nobody publishes a list of services. What is taken as an offer is said beside each: a payment for it in the
//! financial year, hours on a Saturday, a branch. A practice that is not in a table is not known, which is neither yes
//! nor no.

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Affiliations, Evidence, EvidenceError, Place, tables};
use stats::inequality::gradient::{Ranked, gradient};
use stats::{Figure, Level as Confidently, NoFigure};
use vocab::{Confidence, Level, Period};

use super::Ground;
use super::sites::{Service, Sites};

/// Lines of payment that stand for a service.
const PAID: [(&str, &str); 7] = [
    ("extended_hours_access", "Extended hours"),
    ("minor_surgery", "Minor surgery"),
    ("learning_disabilities", "Health checks for people with a learning disability"),
    ("weight_management_service", "Weight management"),
    ("services_for_violent_patients", "Special allocation (violent patients)"),
    ("out_of_area_in_hours_urgent_care", "Out-of-area urgent care"),
    ("local_incentive_schemes", "Local incentive schemes"),
];

/// A service and the practices that offer it.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// Its word in downloads.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What is taken as an offer.
    pub basis: &'static str,
    /// When.
    pub period: Period,
    /// Whether each practice offers it; a practice that is not known is missing.
    pub practices: BTreeMap<String, bool>,
    /// Share of patients (of practices that are known) whose practice offers it.
    pub patients: Option<f64>,
    /// The same of practices in the most deprived fifth of England.
    pub most_deprived: Option<f64>,
    /// Erreygers' index along practices' deprivation: above 0, the less deprived are better served.
    pub index: Result<Figure, NoFigure>,
    /// Share of patients by neighbourhood (network).
    pub neighbourhoods: BTreeMap<String, Option<f64>>,
}

/// All services of a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Offers {
    /// Practices with patients, their names and patients.
    pub practices: BTreeMap<String, (String, f64)>,
    /// Neighbourhoods (networks) with their names.
    pub neighbourhoods: BTreeMap<String, String>,
    /// The services.
    pub services: Vec<Offer>,
    /// Practices without a score of deprivation.
    pub without_score: usize,
}

/// What practices offer, before it is weighed.
struct Stated {
    id: &'static str,
    name: &'static str,
    basis: &'static str,
    period: Period,
    /// Practices of which something is known, and whether they offer it.
    practices: BTreeMap<String, bool>,
}

/// The services of the practices of a place.
///
/// # Errors
/// When a table cannot be read.
pub fn offers(
    evidence: &Evidence,
    ground: &Ground,
    place: &Place,
    known: &Affiliations,
) -> Result<Offers, EvidenceError> {
    let practices = practices(evidence, place, known)?;
    let scores = scores(evidence)?;
    let mut stated = paid(evidence)?;
    stated.extend(opened(&ground.sites));
    stated.extend(branches(evidence, &practices)?);
    let network = |code: &str| known.of(code).and_then(|row| row.code(Level::Network));
    let mut neighbourhoods = BTreeMap::new();
    let mut members: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for practice in practices.keys() {
        let Some(code) = network(practice) else { continue };
        members.entry(code).or_default().push(practice);
        neighbourhoods.insert(code.to_owned(), known.name_of(Level::Network, code).to_owned());
    }
    let services = stated.into_iter().filter_map(|stated| {
        let held: BTreeMap<String, bool> = practices
            .keys()
            .filter_map(|code| Some((code.clone(), *stated.practices.get(code)?)))
            .collect();
        (!held.is_empty()).then(|| weighed(&stated, held, &practices, &scores, &members))
    });
    let services = services.collect();
    let without_score = practices.keys().filter(|code| !scores.contains_key(*code)).count();
    Ok(Offers { practices, neighbourhoods, services, without_score })
}

fn weighed(
    stated: &Stated,
    held: BTreeMap<String, bool>,
    practices: &BTreeMap<String, (String, f64)>,
    scores: &BTreeMap<String, (f64, u8)>,
    members: &BTreeMap<&str, Vec<&str>>,
) -> Offer {
    let list = |code: &str| practices.get(code).map_or(0.0, |(_, patients)| *patients);
    let share = |among: &mut dyn Iterator<Item = &str>| {
        let (mut offered, mut all) = (0.0, 0.0);
        for (code, offers) in among.filter_map(|code| held.get_key_value(code)) {
            all += list(code);
            offered += if *offers { list(code) } else { 0.0 };
        }
        (all > 0.0).then(|| offered / all)
    };
    let ranked: Vec<Ranked> = held
        .iter()
        .filter_map(|(code, offers)| {
            let (score, _) = scores.get(code)?;
            Some(Ranked { position: -score, people: list(code), value: f64::from(*offers) })
        })
        .collect();
    let level = Confidently::new(Confidence::P95);
    let deprived = |code: &str| scores.get(code).is_some_and(|(_, decile)| *decile <= 2);
    let everybody = || held.keys().map(String::as_str);
    let neighbourhood = |(of, practices): (&&str, &Vec<&str>)| {
        ((*of).to_owned(), share(&mut practices.iter().copied()))
    };
    Offer {
        id: stated.id,
        name: stated.name,
        basis: stated.basis,
        period: stated.period,
        patients: share(&mut everybody()),
        most_deprived: share(&mut everybody().filter(|code| deprived(code))),
        index: gradient(&ranked).and_then(|fit| fit.erreygers(0.0, 1.0, &level)),
        neighbourhoods: members.iter().map(neighbourhood).collect(),
        practices: held,
    }
}

/// Practices of the place with patients in the latest extract.
fn practices(
    evidence: &Evidence,
    place: &Place,
    known: &Affiliations,
) -> Result<BTreeMap<String, (String, f64)>, EvidenceError> {
    let Some(period) = evidence.periods("list_size").last().copied() else {
        return Ok(BTreeMap::new());
    };
    let frame = evidence.frame("list_size", period)?;
    let lists = tables::list_size::Columns::of(&frame);
    let members = place.practices(known);
    let everywhere = place.is_everywhere();
    let rows = (0..frame.rows()).filter_map(|row| {
        let code = lists.practice.get(row)?;
        let size = lists.patients.get(row).copied().filter(|size| *size > 0.0)?;
        let name = known.name_of(Level::Practice, code).to_owned();
        (everywhere || members.contains(code)).then(|| (code.to_owned(), (name, size)))
    });
    Ok(rows.collect())
}

/// Score and tenth of deprivation of every practice, as published.
fn scores(evidence: &Evidence) -> Result<BTreeMap<String, (f64, u8)>, EvidenceError> {
    let Some(period) = evidence.periods("practice_deprivation").last().copied() else {
        return Ok(BTreeMap::new());
    };
    let frame = evidence.frame("practice_deprivation", period)?;
    let scored = tables::practice_deprivation::Columns::of(&frame);
    let rows = (0..frame.rows()).filter(|row| scored.level.get(*row) == Some("practice"));
    let rows = rows.filter_map(|row| {
        let (score, decile) = (*scored.score.get(row)?, *scored.decile.get(row)?);
        let known = score.is_finite() && decile.is_finite();
        known
            .then(|| Some((scored.organisation.get(row)?.to_owned(), (score, decile as u8))))
            .flatten()
    });
    Ok(rows.collect())
}

/// Services that a payment of the latest financial year stands for. A practice that was paid anything is known.
fn paid(evidence: &Evidence) -> Result<Vec<Stated>, EvidenceError> {
    let Some(period) = evidence.periods("payment").last().copied() else { return Ok(Vec::new()) };
    let frame = evidence.frame("payment", period)?;
    let payments = tables::payment::Columns::of(&frame);
    let mut services = Vec::new();
    for (id, name) in PAID {
        let Some(wanted) = payments.line.code_of(id) else { continue };
        let mut practices: BTreeMap<String, bool> = BTreeMap::new();
        let is_wanted = |row: &usize| payments.line.codes.get(*row) == Some(&wanted);
        for row in (0..frame.rows()).filter(is_wanted) {
            let amount = payments.pounds.get(row).copied().filter(|amount| amount.is_finite());
            if let (Some(code), Some(amount)) = (payments.practice.get(row), amount) {
                practices.insert(code.to_owned(), amount > 0.0);
            }
        }
        if practices.values().any(|paid| *paid) {
            let basis = "paid for it in the financial year";
            services.push(Stated { id, name, basis, period, practices });
        }
    }
    Ok(services)
}

/// Services that opening hours stand for. A practice without hours is not known.
fn opened(sites: &Sites) -> Vec<Stated> {
    let Some(period) = sites.hours else { return Vec::new() };
    let services = [
        ("evening_hours", "Evenings and early mornings", Service::Evening),
        ("weekend_hours", "Weekends", Service::Weekend),
    ];
    let stated = services.map(|(id, name, service)| {
        let timed = sites.all.iter().filter(|site| site.is_practice && !site.hours.is_empty());
        let practices = timed.map(|site| (site.code.clone(), service.is_at(site))).collect();
        let basis = "open at the main site at that time";
        Stated { id, name, basis, period, practices }
    });
    stated.into_iter().collect()
}

/// Practices with a branch; once branches are known, a practice without one has none.
fn branches(
    evidence: &Evidence,
    practices: &BTreeMap<String, (String, f64)>,
) -> Result<Option<Stated>, EvidenceError> {
    let Some(period) = evidence.periods("site").last().copied() else { return Ok(None) };
    let frame = evidence.frame("site", period)?;
    let sites = tables::site::Columns::of(&frame);
    let open = (0..frame.rows()).filter(|row| sites.closed.get(*row).is_none());
    let with: BTreeSet<&str> = open.filter_map(|row| sites.practice.get(row)).collect();
    let practices = practices.keys().map(|code| (code.clone(), with.contains(code.as_str())));
    let (id, name, basis) = ("branch", "A branch surgery", "a branch open on the register");
    Ok(Some(Stated { id, name, basis, period, practices: practices.collect() }))
}

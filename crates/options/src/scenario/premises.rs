//! What a scenario is checked against: the practices, networks, lists and GPs of a place, and whose codes are taken.

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Affiliations, Evidence, Place};
use models::change::Who;
use models::outlook::{gps_by_age, hours_of_contracts};
use models::parameters::Values;
use models::place::BaseError;
use models::workforce::GpsByAge;
use vocab::codes::{NetworkCode, PracticeCode};
use vocab::{Level, Month};

use super::Resolved;

/// What a scenario is checked against.
#[derive(Debug, Clone, PartialEq)]
pub struct Premises {
    /// The practices of the place that have patients.
    pub practices: BTreeSet<PracticeCode>,
    /// Practices of the place without patients on the latest lists: they have closed.
    pub closed: BTreeSet<PracticeCode>,
    /// The networks of those.
    pub networks: BTreeSet<NetworkCode>,
    /// The network of each that is in one.
    pub network_of: BTreeMap<PracticeCode, NetworkCode>,
    /// People on the lists; nothing where they are not known.
    pub people: Option<f64>,
    /// People on the list of each practice; empty where they are not known.
    pub lists: BTreeMap<PracticeCode, f64>,
    /// Its qualified GPs by age; nothing where no scenario asked for them or nobody is known.
    pub gps: Option<GpsByAge>,
    /// Hours of a week that the contracts of an employer's staff make up, by employer and role, of those who publish them; empty
    /// where no scenario moves hours.
    pub hours: BTreeMap<(String, Who), f64>,
    /// Names of practices and networks of anywhere, of now or before, that have a code which a scenario gives to a new practice.
    pub names: BTreeMap<PracticeCode, String>,
    /// The first month of the outlook.
    pub base: Month,
    /// Its months.
    pub months: u32,
}

impl Premises {
    /// Those of a place; `patients` are its lists by practice where they are known.
    #[must_use]
    pub fn of(
        known: &Affiliations,
        place: &Place,
        patients: Option<&BTreeMap<String, f64>>,
        (base, months): (Month, u32),
    ) -> Self {
        let held: Vec<_> =
            known.iter().filter(|one| place.is_everywhere() || place.holds(one)).collect();
        let has_patients = |code: &str| patients.is_none_or(|lists| lists.contains_key(code));
        let open = held.iter().filter(|one| has_patients(&one.practice));
        let network = |code: &str| code.parse::<NetworkCode>().ok();
        let network_of: BTreeMap<PracticeCode, NetworkCode> = open
            .filter_map(|one| {
                Some((one.practice.parse().ok()?, network(one.code(Level::Network)?)?))
            })
            .collect();
        let networks = held.iter().filter(|one| has_patients(&one.practice));
        let networks = networks.filter_map(|one| network(one.code(Level::Network)?)).collect();
        let (open, closed): (Vec<_>, Vec<_>) =
            held.iter().map(|one| one.practice.as_str()).partition(|code| has_patients(code));
        Self {
            practices: open.iter().filter_map(|code| code.parse().ok()).collect(),
            closed: closed.iter().filter_map(|code| code.parse().ok()).collect(),
            networks,
            network_of,
            people: patients.map(|lists| lists.values().sum()),
            lists: patients.map(by_practice).unwrap_or_default(),
            gps: None,
            hours: BTreeMap::new(),
            names: BTreeMap::new(),
            base,
            months,
        }
    }

    /// The same with what only this scenario asks of the evidence: the ages of GPs whom it reaches, the hours of those whose days
    /// it changes, and whose the codes are that it gives to new practices. `values` are those of the first draw.
    ///
    /// # Errors
    /// When a table cannot be read.
    pub fn asked_by(
        self,
        resolved: &Resolved<'_>,
        (evidence, known): (&Evidence, &Affiliations),
        place: &Place,
        values: &Values,
    ) -> Result<Self, BaseError> {
        let touched: Vec<_> =
            resolved.interventions.iter().map(|(.., dated)| dated.what.touches()).collect();
        let gps = if touched.iter().any(|touches| touches.gps.is_some() || touches.in_training < 0)
        {
            match gps_by_age(evidence, place, values) {
                Err(BaseError::Nobody { .. }) => None,
                found => Some(found?),
            }
        } else {
            None
        };
        let hours = if touched.iter().any(|touches| touches.hours.is_some()) {
            hours_of_contracts(evidence, place, values)?
        } else {
            BTreeMap::new()
        };
        let opened = touched.iter().filter_map(|touches| Some(touches.opens?.0));
        let name = |code: PracticeCode| Some((code, whose(known, code.as_str())?));
        Ok(Self { gps, hours, names: opened.filter_map(name).collect(), ..self })
    }
}

fn by_practice(lists: &BTreeMap<String, f64>) -> BTreeMap<PracticeCode, f64> {
    lists.iter().filter_map(|(code, people)| Some((code.parse().ok()?, *people))).collect()
}

/// The name of the practice or network that has or had a code; nothing where none had it.
fn whose(known: &Affiliations, code: &str) -> Option<String> {
    let practice = known.of(code).map(|practice| practice.name.clone());
    practice.or_else(|| {
        let is_network = known.codes(Level::Network).contains(code);
        let name = known.name_of(Level::Network, code);
        (is_network || name != code).then(|| format!("the network {name}"))
    })
}

//! The registry: every dataset the program knows, one module each. Adding one is its file and its line here.

use crate::sample::{Match, Sample};
use crate::source::Source;

macro_rules! sources {
    ($( $module:ident ),* $(,)?) => {
        $( pub mod $module; )*

        /// All datasets, in the order in which a file is offered to them.
        pub static ALL: &[&Source] = &[ $( &$module::SOURCE ),* ];
    };
}

sources! {
    organisation_register,
    network_register,
    patients_registered_map,
    patients_registered_ages,
    patients_registered_areas,
    patients_registered,
    appointments_practice,
    appointments_network,
    appointments_categories,
    appointments_sub_icb,
    appointments_coverage,
    appointments_extracts,
    online_consultations,
    online_consultation_hours,
    telephony,
    appointments_map,
    site_register,
    pharmacies,
    trust_register,
    succession,
    commissioner_spells,
    deprivation,
    practice_deprivation,
    small_areas,
    rural_urban,
    lookups,
    boundaries,
    residents,
    population_projections,
    census_ethnicity,
    census_cars,
    locations,
    care_homes,
    opening_hours,
    travel_times,
    urgent_care,
    urgent_providers,
    urgent_calls,
    referral_waits,
    published_indicators,
    network_contract,
    network_workforce,
    practice_workforce,
    practice_workforce_roles,
    workforce_individuals,
    practice_workforce_extract,
    quality_prevalence,
    quality_achievement,
    quality_achievement_total,
    quality_indicators,
    quality_geographies,
    quality_references,
    payments,
    patient_survey,
    vaccinations,
}

/// The dataset that a file belongs to, by its first rows.
#[must_use]
pub fn recognise(sample: &Sample) -> Option<(&'static Source, Match)> {
    ALL.iter().find_map(|source| (source.recognise)(sample).map(|found| (*source, found)))
}

/// The dataset whose header comes nearest to a file that is of none, with the columns that are not there.
pub(crate) fn nearest(sample: &Sample) -> Option<(&'static Source, Vec<String>)> {
    let near = |source: &&'static Source| {
        let _ = sample.nearest();
        (source.recognise)(sample)
            .is_none()
            .then(|| sample.nearest())
            .flatten()
            .map(|near| (*source, near))
    };
    let all = ALL.iter().filter_map(near);
    let nearest = all.min_by_key(|(_, near)| (near.missing.len(), std::cmp::Reverse(near.found)));
    nearest.map(|(source, near)| (source, near.missing))
}

/// The dataset of a name.
#[must_use]
pub fn find(id: &str) -> Option<&'static Source> {
    ALL.iter().copied().find(|source| source.id == id)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use evidence::{Table, tables};

    use super::*;

    #[test]
    fn every_source_says_what_it_is() {
        let mut names = BTreeSet::new();
        for source in ALL {
            assert!(names.insert(source.id), "two sources are called {}", source.id);
            assert!(source.landing_page.starts_with("https://"), "{}", source.id);
            for text in [source.title, source.publisher, source.cadence, source.about] {
                assert!(!text.is_empty(), "{}", source.id);
            }
        }
    }

    #[test]
    fn every_table_is_filled_by_a_source() {
        for table in tables::ALL {
            let is_it = |stated: &&Table| stated.name == table.name;
            let is_filled = ALL.iter().any(|source| source.writes.iter().any(is_it));
            assert!(is_filled, "no source states `{}` in its `writes`", table.name);
        }
    }

    #[test]
    fn a_source_states_its_tables_in_the_order_of_the_dictionary() {
        for source in ALL {
            let place =
                |stated: &&Table| tables::ALL.iter().position(|table| table.name == stated.name);
            let places: Vec<_> = source.writes.iter().map(place).collect();
            assert!(places.is_sorted_by(|one, next| one < next), "{}", source.id);
        }
    }
}

//! The templates inside the program. A new claim is one file under `claims/` and one word in the list below; a test
//! names what is missing on either side.

use std::sync::LazyLock;

use super::template::Template;

macro_rules! built_in {
    ($($id:ident)*) => {
        /// The files: identifier and text.
        static BUILT_IN: &[(&str, &str)] = &[ $( (
            stringify!($id),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../claims/", stringify!($id), ".toml")),
        ), )* ];
    };
}

built_in! {
    average_list
    busiest_day
    cannot_traverse
    capacity_not_felt
    capacity_sufficient
    changed_since
    compared_with_another
    compared_with_england
    compared_with_parent
    contracts_of_practices
    demand_and_capacity_gap
    deprived_neighbourhoods
    emergency_at_ages
    gps_from_abroad
    groups_the_data_cannot_see
    high_because_of_care_homes
    highest_or_lowest
    hub_use_as_indicator
    immunisations_and_checks
    inequality_gap
    inequity_of_extended_services
    largest_list
    leavers_and_trainees
    list_inflation
    lists_have_grown
    live_in_deprived_areas
    low_presentation_more_emergency
    networks_in_range
    new_gps_work_fewer_sessions
    not_drawn_down
    number_of_ages
    number_of_gps
    number_of_networks
    number_of_nurses
    number_of_patients
    number_of_practices
    number_of_practices_changed
    patients_refused
    patients_waited
    population_registered
    posts_per_network
    practices_and_patients
    practices_closed
    practices_in_crisis
    real_terms_uplift
    recruits_of_gap
    residents
    residents_by_ethnic_group
    seven_day_cover
    share_of_ages
    share_of_practices
    small_practices
    staff_of_networks
    survey_rise
    survey_too_early
    triage_and_workload
    unregistered_people
    value_of_indicator
    variation_between_practices
    variation_explained
    variation_is_chance
    variation_not_explained
    waits_for_hospital
    walk_in_centres_and_pressure
    weekday_imbalance
    where_would_patients_go
    within_minutes
}

/// Every template, in order of identifier.
pub static TEMPLATES: LazyLock<Vec<Template>> = LazyLock::new(|| {
    BUILT_IN
        .iter()
        .map(|(id, text)| {
            Template::parse(id, text)
                .unwrap_or_else(|error| panic!("a test reads every file: {error}"))
        })
        .collect()
});

/// A template by its identifier.
#[must_use]
pub fn template(id: &str) -> Option<&'static Template> {
    TEMPLATES.iter().find(|template| template.id == id)
}

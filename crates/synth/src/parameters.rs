//! The figures the generator is calibrated with, read from `parameters/synth/*.toml` and `parameters/england/*.toml`.
//!
//! Every figure carries its unit, its source and how sure we are of it. They are embedded in the program, so that a
//! seed gives the same place wherever it runs.

use std::sync::LazyLock;

use serde::Deserialize;

/// A figure or table with its origin.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter<T> {
    pub value: T,
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "for readers and for the test that every figure has one")
    )]
    unit: String,
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "for readers and for the test that every figure has one")
    )]
    source: String,
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "for readers and for the test that every figure has one")
    )]
    mark: String,
}

/// All figures of the generator.
#[derive(Debug)]
pub struct Parameters {
    pub population: Population,
    pub deprivation: Deprivation,
    pub activity: Activity,
    pub conditions: Conditions,
    pub indicators: Vec<Indicator>,
    pub places: Places,
    pub workforce: Workforce,
    pub survey: Survey,
    pub payments: Payments,
    pub urgent: Urgent,
    pub reasons: Reasons,
}

macro_rules! figures {
    ($(#[$doc:meta])* $name:ident { $( $number:ident, )* } tables { $( $table:ident : $kind:ty, )* }) => {
        $(#[$doc])*
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $( pub $number: Parameter<f64>, )*
            $( pub $table: $kind, )*
        }

        impl $name {
            /// Name, unit, source and mark of each single figure.
            #[cfg(test)]
            fn origins(&self) -> Vec<(&'static str, &str, &str, &str)> {
                vec![ $( (
                    stringify!($number), self.$number.unit.as_str(),
                    self.$number.source.as_str(), self.$number.mark.as_str(),
                ), )* ]
            }
        }
    };
}

type Row = Parameter<Vec<f64>>;
type Table = Parameter<Vec<Vec<f64>>>;
type Words = Parameter<Vec<String>>;

figures! {
    /// Who lives in an area and how people come to be on a list.
    Population {
        residents_log_spread, registered_per_resident,
        registered_per_resident_spread, area_age_concentration, town_age_spread, practice_age_spread,
        male_log_spread, travel_decay_km, travel_floor, list_growth_per_year, list_growth_spread,
        ethnic_concentration, people_per_household, without_car_most_deprived, without_car_least_deprived,
        without_car_concentration, list_log_median, list_log_spread, list_least, list_most, list_mean,
        practices_per_network, weight_mean, weight_by_deprivation, weight_deprivation_mean, weight_spread,
    }
    tables {
        aged_90_shares: Row, male: Row, female: Row, group_share_most_deprived: Row, group_share_least_deprived: Row,
        ethnic_share: Row, weight_male: Row, weight_female: Row,
    }
}

figures! {
    /// Deprivation of small areas.
    Deprivation {
        areas_of_england, between_towns_spread, dock_pull, dock_reach, smooth_pull, own_spread,
        domain_correlation,
    }
    tables { score_twentieths: Row, domain: Vec<Domain>, }
}

/// One of the seven domains of the Indices of Deprivation.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Domain {
    pub name: String,
    pub label: String,
    /// Score at each tenth of areas, least deprived first.
    pub tenths: Vec<f64>,
}

figures! {
    /// Appointments and online consultations.
    Activity {
        status_unknown, status_unknown_log_spread, not_attended_log_spread, not_attended_by_deprivation,
        rate_per_person_year, rate_log_spread, same_day_spread, category_concentration, mode_concentration,
        staff_concentration, wait_concentration, growth_per_year, bank_holiday_weight, online_rate_log_median,
        online_rate_log_spread, online_clinical_share, online_administrative_share,
    }
    tables {
        categories: Vec<String>, category_share: Row, staff_by_category: Table,
        mode_by_category_and_staff: Parameter<Vec<Vec<Vec<f64>>>>, wait_by_category: Table,
        wait_adjustment: Row, not_attended_by_wait: Row, rate_male: Row, rate_female: Row,
        rate_by_deprivation_fifth: Row, month_factor: Row, weekday_weight: Row, role_share: Row,
        bank_holidays: Words, suppliers: Words, supplier_share: Row, online_suppliers: Words,
    }
}

/// The conditions on the quality registers.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conditions {
    /// Ages at which the bands of the shapes begin, after the first from birth.
    pub bands: Vec<usize>,
    pub condition: Vec<Condition>,
}

/// One condition.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    pub group: String,
    /// The list that the register is a share of, as the publication names it.
    pub list_type: String,
    /// The first age on that list.
    pub from_age: usize,
    /// Mean between practices, per cent, and its standard deviation without sampling noise: what the generator meets.
    #[cfg_attr(not(test), expect(dead_code, reason = "what the acceptance test compares with"))]
    pub mean_percent: f64,
    #[cfg_attr(not(test), expect(dead_code, reason = "what the acceptance test compares with"))]
    pub between_spread: f64,
    /// Per cent of males with the condition, by age band.
    pub male: Vec<f64>,
    pub female: Vec<f64>,
    /// How sure we are of the shape.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "for readers and for the test that every figure has one")
    )]
    pub shape_mark: String,
    /// Logarithm per tenth of deprivation, at a given age.
    pub deprivation_slope: f64,
    /// What the shape is multiplied by to meet the published level.
    pub scale: f64,
    /// Spread of the practices' own factor, standard deviation of its logarithm.
    pub log_spread: f64,
}

/// One indicator of the Quality and Outcomes Framework.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    pub code: String,
    pub points: f64,
    pub group: String,
    pub group_name: String,
    pub domain: String,
    pub domain_name: String,
    pub list_type: String,
    pub register_only: bool,
    pub mean_percent: f64,
    pub spread: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Indicators {
    indicator: Vec<Indicator>,
}

/// Names and codes of the invented places.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Places {
    pub networks_taken: Vec<u32>,
    pub first_names: Vec<String>,
    pub practice_kinds: Vec<String>,
    pub network_names: Vec<String>,
    pub street_kinds: Vec<String>,
    pub town_starts: Vec<String>,
    pub town_ends: Vec<String>,
    pub town: TownNames,
    pub country: Mosaic,
}

/// Names and place of the example town.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TownNames {
    pub region: String,
    pub icb: String,
    pub icb_long: String,
    pub sub_icbs: Vec<String>,
    pub sub_icb_codes: Vec<String>,
    pub authorities: Vec<String>,
    pub name: String,
    pub easting: f64,
    pub northing: f64,
}

/// How the towns of a whole country are laid out, in metres.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mosaic {
    pub easting: f64,
    pub northing: f64,
    pub towns_per_row: usize,
    pub spacing: f64,
}

figures! {
    /// Staff of practices and networks.
    Workforce {
        gp_per_10000, gp_log_spread, gp_by_deprivation, nurse_per_10000, nurse_log_spread, direct_per_10000,
        direct_log_spread, admin_per_10000, admin_log_spread, network_direct_per_10000, trainee_share,
        locum_share, partner_share, retainer_share, gp_female_share, estimated_share, nurse_female_share,
        admin_female_share,
    }
    tables {
        gp_fte_male: Row, gp_fte_female: Row, gp_age_share: Row, staff_age_share: Row, staff_fte: Row,
        nurse_roles: Vec<RoleShare>, direct_roles: Vec<RoleShare>, admin_roles: Vec<RoleShare>,
        network_roles: Vec<NetworkRole>,
    }
}

/// A role and its share of its staff group.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleShare {
    /// As it stands in a column of the wide file, such as `PRAC_NURSE`.
    pub column: String,
    /// As it stands in the long file.
    pub name: String,
    pub share: f64,
}

/// A role employed by networks and its share of their staff.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NetworkRole {
    pub group: String,
    pub role: String,
    pub detail: String,
    pub share: f64,
    pub fte: f64,
}

figures! {
    /// The GP Patient Survey.
    Survey {
        sent_per_practice, response_share, response_by_deprivation, overall, overall_spread,
        overall_by_deprivation, overall_by_log_list, phone, phone_spread, phone_on_overall, rise_2025,
    }
    tables { question: Vec<Question>, }
}

/// One question of the survey.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The stem of the columns from 2024.
    pub stem: String,
    /// The column to 2023, where there is one.
    pub old: String,
    pub mean: f64,
    pub spread: f64,
    /// Correlation with the overall experience.
    pub on_overall: f64,
    /// How many respondents answer it, of all.
    pub base_share: f64,
}

figures! {
    /// Payments to practices.
    Payments {
        price_per_weighted_patient, out_of_hours_deduction, personal_share,
        alternative_share, rural_share, quality_points, quality_points_first,
        quality_points_second,
    }
    tables { line: Vec<PaymentLine>, }
}

/// One line of income: pounds a registered patient a year.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentLine {
    pub column: String,
    pub pounds: f64,
    pub log_spread: f64,
    /// Who gets it: `all`, `dispensing`, `general` (GMS) or `personal` (PMS).
    pub paid_to: String,
}

figures! {
    /// Urgent care, care homes, opening hours.
    Urgent {
        attendances_per_1000_year, type_1_share, over_four_hours_type_1, over_four_hours_other,
        admission_share, attendance_by_deprivation, beds_per_1000_aged_85, beds_per_home, nursing_share,
        branch_share, half_day_share,
    }
    tables { month_factor: Row, }
}

/// What is planted in the example town, and how strongly.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reasons {
    pub student_share_factor: Parameter<f64>,
    pub oldest_factor: Parameter<f64>,
    pub inclusion_list: Parameter<f64>,
    pub lost_share_of_gps: Parameter<f64>,
    pub lost_appointments: Parameter<f64>,
    pub lost_satisfaction: Parameter<f64>,
    pub capacity_factor: Parameter<f64>,
    pub continuity_drop: Parameter<f64>,
    pub unmapped_share: Parameter<f64>,
    pub ghost_share: Parameter<f64>,
    pub ghost_pull: Parameter<f64>,
    pub ghost_level: Parameter<f64>,
    pub merged_share: Parameter<f64>,
    pub board_asthma: Parameter<f64>,
    pub board_emergency: Parameter<f64>,
    pub board_late: Parameter<f64>,
}

macro_rules! embedded {
    ($file:literal) => {
        toml::from_str(include_str!(concat!("../../../parameters/", $file)))
            .unwrap_or_else(|problem| panic!("parameters/{}: {problem}", $file))
    };
}

static PARAMETERS: LazyLock<Parameters> = LazyLock::new(|| Parameters {
    population: embedded!("england/population.toml"),
    deprivation: embedded!("synth/deprivation.toml"),
    activity: embedded!("synth/activity.toml"),
    conditions: embedded!("england/conditions.toml"),
    indicators: {
        let read: Indicators = embedded!("synth/indicators.toml");
        read.indicator
    },
    places: embedded!("synth/places.toml"),
    workforce: embedded!("synth/workforce.toml"),
    survey: embedded!("synth/survey.toml"),
    payments: embedded!("synth/payments.toml"),
    urgent: embedded!("synth/urgent.toml"),
    reasons: embedded!("synth/harbourton.toml"),
});

/// The embedded figures.
pub fn parameters() -> &'static Parameters {
    &PARAMETERS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_names_its_unit_source_and_mark() {
        let all = parameters();
        let origins = [
            all.population.origins(),
            all.deprivation.origins(),
            all.activity.origins(),
            all.workforce.origins(),
            all.survey.origins(),
            all.payments.origins(),
            all.urgent.origins(),
        ];
        for (name, unit, source, mark) in origins.concat() {
            assert!(!unit.is_empty() && !source.is_empty(), "{name} lacks its origin");
            let known = ["F", "D", "M", "MODEL", "assumption", "calibrated"].contains(&mark);
            assert!(known, "{name} has the unknown mark `{mark}`");
        }
    }

    #[test]
    fn every_condition_says_how_sure_its_shape_is_and_what_it_meets() {
        for condition in &parameters().conditions.condition {
            let group = &condition.group;
            assert!(["M", "assumption"].contains(&condition.shape_mark.as_str()), "{group}");
            assert!(condition.between_spread < condition.mean_percent, "{group}");
            assert_eq!(condition.male.len(), parameters().conditions.bands.len() + 1, "{group}");
        }
    }

    #[test]
    fn shares_sum_to_one() {
        let activity = &parameters().activity;
        for shares in &activity.wait_by_category.value {
            assert!((shares.iter().sum::<f64>() - 1.0).abs() < 0.002);
        }
        assert!((activity.category_share.value.iter().sum::<f64>() - 1.0).abs() < 0.02);
        assert_eq!(activity.categories.len(), activity.category_share.value.len());
    }
}

//! Where each publication is found: fixed addresses, a page with links, or a series with a page for each edition.

/// How the files of a publication are found.
#[derive(Debug)]
pub enum Finding {
    /// At fixed addresses.
    Address(&'static [&'static str]),
    /// As links on one page; for each pattern (`*` stands for anything) the first that matches.
    Page {
        /// The page.
        page: &'static str,
        /// Patterns of the names of the files.
        files: &'static [&'static str],
    },
    /// As links on the page of the newest edition of a series.
    Series {
        /// The page that lists the editions.
        series: &'static str,
        /// Patterns of the names of the files.
        files: &'static [&'static str],
    },
}

/// A publication and where it is found.
#[derive(Debug)]
pub struct Publication {
    /// The dataset of the registry.
    pub source: &'static str,
    /// How its files are found.
    pub finding: Finding,
}

/// The publication of a dataset.
#[must_use]
pub fn find(source: &str) -> Option<&'static Publication> {
    ALL.iter().find(|publication| publication.source == source)
}

macro_rules! statistical {
    ($slug:literal) => {
        concat!("https://digital.nhs.uk/data-and-information/publications/statistical/", $slug)
    };
}

const REGISTERED: &str = statistical!("patients-registered-at-a-gp-practice");
const APPOINTMENTS: &str = statistical!("appointments-in-general-practice");
const WORKFORCE: &str = statistical!("general-and-personal-medical-services");
const NETWORK_WORKFORCE: &str = statistical!("primary-care-workforce-quarterly-update");
const QUALITY: &str =
    statistical!("quality-and-outcomes-framework-achievement-prevalence-and-exceptions-data");
const PAYMENTS: &str = statistical!("nhs-payments-to-general-practice");
const ONLINE: &str =
    statistical!("submissions-via-online-consultation-systems-in-general-practice");
const CONTRACT: &str = statistical!("mi-network-contract-des");

const fn series(
    source: &'static str,
    series: &'static str,
    files: &'static [&'static str],
) -> Publication {
    Publication { source, finding: Finding::Series { series, files } }
}

const fn page(
    source: &'static str,
    page: &'static str,
    files: &'static [&'static str],
) -> Publication {
    Publication { source, finding: Finding::Page { page, files } }
}

const fn address(source: &'static str, addresses: &'static [&'static str]) -> Publication {
    Publication { source, finding: Finding::Address(addresses) }
}

/// Every publication that can be fetched.
pub static ALL: &[Publication] = &[
    series("patients_registered", REGISTERED, &["gp-reg-pat-prac-all*"]),
    series("patients_registered_map", REGISTERED, &["gp-reg-pat-prac-map*"]),
    series("patients_registered_ages", REGISTERED, &["gp-reg-pat-prac-quin-age*"]),
    series("patients_registered_areas", REGISTERED, &["gp-reg-pat-prac-lsoa*"]),
    series("appointments_practice", APPOINTMENTS, &["Practice_Level_Crosstab_*.zip"]),
    series(
        "appointments_sub_icb",
        APPOINTMENTS,
        &["Appointments_GP_Daily_*.zip", "Appointments_GP_Regional_*.zip"],
    ),
    series("appointments_coverage", APPOINTMENTS, &["APPOINTMENTS_GP_COVERAGE*"]),
    series("practice_workforce", WORKFORCE, &["GPWPracticeCSV*.zip"]),
    series("network_workforce", NETWORK_WORKFORCE, &["*Primary*Care*Networks*Individual*"]),
    series("quality_achievement", QUALITY, &["QOF*.zip"]),
    series("payments", PAYMENTS, &["nhspaymentsgp-*-prac-csv*"]),
    series("online_consultations", ONLINE, &["*OC*.csv"]),
    series("network_contract", CONTRACT, &["*.csv"]),
    address(
        "organisation_register",
        &["https://www.odsdatasearchandexport.nhs.uk/api/getReport?report=epraccur"],
    ),
    address("network_register", &["https://files.digital.nhs.uk/assets/ods/current/ePCN.zip"]),
    address(
        "site_register",
        &["https://www.odsdatasearchandexport.nhs.uk/api/getReport?report=ebranchs"],
    ),
    address(
        "trust_register",
        &["https://www.odsdatasearchandexport.nhs.uk/api/getReport?report=etr"],
    ),
    address("succession", &["https://files.digital.nhs.uk/assets/ods/current/succ.zip"]),
    address("commissioner_spells", &["https://files.digital.nhs.uk/assets/ods/current/epcmem.zip"]),
    page(
        "deprivation",
        "https://www.gov.uk/government/statistics/english-indices-of-deprivation-2025",
        &["File_7_*.csv"],
    ),
    address(
        "census_ethnicity",
        &["https://www.nomisweb.co.uk/output/census/2021/census2021-ts021.zip"],
    ),
    address("census_cars", &["https://www.nomisweb.co.uk/output/census/2021/census2021-ts045.zip"]),
    page(
        "residents",
        "https://www.ons.gov.uk/peoplepopulationandcommunity/populationandmigration/populationestimates/datasets/lowersuperoutputareamidyearpopulationestimates",
        &["*.xlsx"],
    ),
    page(
        "population_projections",
        crate::registry::population_projections::LANDING_PAGE,
        &["*snpp*population*.zip"],
    ),
    page(
        "urgent_care",
        "https://www.england.nhs.uk/statistics/statistical-work-areas/ae-waiting-times-and-activity/ae-attendances-and-emergency-admissions-2025-26/",
        &["*.csv"],
    ),
    page(
        "care_homes",
        "https://www.cqc.org.uk/about-us/transparency/using-cqc-data",
        &["*HSCA_Active_Locations*"],
    ),
    page(
        "patient_survey",
        "https://gp-patient.co.uk/surveysandreports",
        &["GPPS_*_Practice_data_*_PUBLIC.csv"],
    ),
    address(
        "published_indicators",
        &[
            "https://fingertips.phe.org.uk/api/all_data/csv/by_profile_id?profile_id=20&child_area_type_id=7&parent_area_type_id=15",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_publication_is_a_dataset_of_the_registry() {
        for publication in ALL {
            let source = publication.source;
            assert!(crate::registry::find(source).is_some(), "there is no dataset `{source}`");
        }
    }
}

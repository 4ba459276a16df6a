//! Every canonical table. Adding one is adding it here; the book's page of tables is made from this list.

use crate::table::{Column, Kind, Table};

const fn text(name: &'static str, about: &'static str) -> Column {
    Column { name, kind: Kind::Text, about }
}

const fn count(name: &'static str, about: &'static str) -> Column {
    Column { name, kind: Kind::Count, about }
}

const fn amount(name: &'static str, about: &'static str) -> Column {
    Column { name, kind: Kind::Amount, about }
}

macro_rules! tables {
    ($( $constant:ident = $name:literal, $about:literal, key $key:expr, columns [ $($column:expr),* $(,)? ]; )*) => {
        $(
            #[doc = $about]
            pub static $constant: Table =
                Table { name: $name, about: $about, columns: &[ $($column),* ], key: &$key };
        )*

        /// All tables in the order of this page.
        pub static ALL: &[&Table] = &[ $(&$constant),* ];
    };
}

/// The table of a name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Table> {
    ALL.iter().copied().find(|table| table.name == name)
}

tables! {
    PRACTICE = "practice", "An organisation on the register of practices on the day of the edition, whatever its setting.", key ["practice"], columns [
        text("practice", "practice code"),
        text("name", "name"),
        text("address", "address in one line"),
        text("postcode", "postcode"),
        text("status", "active, inactive, dormant or proposed"),
        text("setting", "general_practice or other"),
        text("opened", "day of opening"),
        text("closed", "day of closing, if closed"),
        text("sub_icb", "commissioner"),
        text("icb", "ICB code"),
        text("region", "region code"),
    ];
    SITE = "site", "A building that a practice works from.", key ["site"], columns [
        text("site", "site code"),
        text("practice", "practice code"),
        text("name", "name"),
        text("postcode", "postcode"),
        text("opened", "day of opening"),
        text("closed", "day of closing, if closed"),
    ];
    PHARMACY = "pharmacy", "A community pharmacy on the register.", key ["pharmacy"], columns [
        text("pharmacy", "pharmacy code"),
        text("name", "name"),
        text("postcode", "postcode"),
        text("status", "active, inactive or proposed"),
        text("opened", "day of opening"),
        text("closed", "day of closing, if closed"),
        text("icb", "ICB code; empty for bodies before the boards"),
        text("region", "region code"),
        count("pharmacies", "1, to be added up"),
    ];
    NETWORK = "network", "A primary care network in the edition.", key ["network"], columns [
        text("network", "network code"),
        text("name", "name"),
        text("sub_icb", "sub-ICB of the network"),
        text("sub_icb_name", "its name"),
        text("opened", "first day"),
        text("closed", "first day it no longer existed"),
    ];
    MEMBERSHIP = "membership", "A spell of a practice in a network, from `start` up to but not including `end`.", key ["practice"], columns [
        text("practice", "practice code"),
        text("practice_name", "name in the edition"),
        text("network", "network code"),
        text("network_name", "name"),
        text("practice_sub_icb", "sub-ICB of the practice"),
        text("network_sub_icb", "sub-ICB of the network"),
        text("start", "first day"),
        text("end", "first day it no longer held, if ended"),
    ];
    AFFILIATION = "affiliation", "Where a practice belonged on the day of the extract.", key ["practice"], columns [
        text("practice", "practice code"),
        text("name", "name"),
        text("postcode", "postcode"),
        text("network", "network code; empty if in none"),
        text("network_name", "its name"),
        text("sub_icb", "sub-ICB code"),
        text("sub_icb_name", "its name"),
        text("icb", "ICB code"),
        text("icb_name", "its name"),
        text("region", "region code"),
        text("region_name", "its name"),
        text("supplier", "supplier of the record system"),
    ];
    SUCCESSOR = "successor", "An organisation that took over from one that closed.", key ["practice"], columns [
        text("practice", "practice code"),
        text("successor", "who took over"),
        text("day", "day it took effect"),
        text("reason", "reason as published"),
    ];
    COMMISSIONER = "commissioner", "The commissioner that a publication of figures prints beside a practice, as it belonged in the period of the figures.", key ["practice"], columns [
        text("practice", "practice code"),
        text("sub_icb", "sub-ICB or CCG code"),
        text("sub_icb_name", "its name, where printed"),
        text("region", "code of the region, or of the local office of NHS England that stood in its place; empty where not printed"),
        text("region_name", "its name, where printed"),
    ];
    COMMISSIONER_SPELL = "commissioner_spell", "A spell of a practice under a commissioner, from `start` up to but not including `end`.", key ["practice"], columns [
        text("practice", "practice code"),
        text("commissioner", "code of the commissioner"),
        text("start", "first day"),
        text("end", "first day it no longer held, if ended"),
    ];
    PROVIDER = "provider", "An NHS trust on the register.", key ["provider"], columns [
        text("provider", "trust code"),
        text("name", "name"),
        text("postcode", "postcode"),
        text("icb", "ICB code"),
        text("opened", "day of opening"),
        text("closed", "day of closing, if closed"),
    ];
    LOCATION = "location", "Where an organisation stands.", key ["organisation"], columns [
        text("organisation", "code"),
        text("kind", "practice, emergency_department"),
        text("name", "name, where given"),
        text("postcode", "postcode"),
        amount("latitude", "degrees north, WGS84"),
        amount("longitude", "degrees east, WGS84"),
    ];
    AREA = "area", "A small area with its population-weighted centroid.", key ["area"], columns [
        text("area", "LSOA code"),
        text("census", "2011 or 2021"),
        text("name", "name"),
        amount("easting_metres", "British National Grid"),
        amount("northing_metres", "British National Grid"),
    ];
    RURAL_URBAN = "rural_urban", "How rural a small area is.", key ["area"], columns [
        text("area", "LSOA code"),
        text("census", "2011"),
        text("class", "class, such as A1 or E2"),
        text("class_name", "its name"),
        text("setting", "urban (classes A to C) or rural (D to F)"),
    ];
    LOOKUP = "lookup", "A smaller area and the larger one that holds it, or the share of it.", key ["area", "area_kind", "parent_kind"], columns [
        text("area", "code of the smaller area"),
        text("area_kind", "lsoa11, lsoa21, msoa11, msoa21, ward; sub_icb, ccg, icb, stp, nhs_region (codes of the NHS) or local_authority"),
        text("area_name", "name"),
        text("parent", "code of the larger area"),
        text("parent_kind", "lsoa21, msoa11, msoa21, ward, local_authority, county, combined_authority, region, sub_icb, ccg, icb, stp, nhs_region (codes of the NHS); sub_icb_ons, ccg_ons, icb_ons, stp_ons, nhs_region_ons (codes of the ONS)"),
        text("parent_name", "name"),
        amount("weight", "share of the smaller area that lies in the larger"),
        text("change", "how the area changed between censuses, as published"),
    ];
    BOUNDARY = "boundary", "The outline of an area as rings of longitude and latitude.", key ["area"], columns [
        text("area", "code"),
        text("kind", "lsoa21, local_authority, icb"),
        text("name", "name"),
        text("rings", "rings as JSON: polygons of rings of [longitude, latitude]"),
    ];
    DEPRIVATION = "deprivation", "A domain of the Indices of Deprivation for a small area; decile 1 is the most deprived tenth.", key ["area", "domain"], columns [
        text("area", "LSOA code"),
        text("census", "2011 or 2021"),
        text("domain", "overall, income, employment, education, health, crime, housing, environment, ..."),
        amount("score", "score; higher is more deprived"),
        count("rank", "rank; 1 is the most deprived"),
        count("decile", "1 is the most deprived tenth"),
    ];
    PRACTICE_DEPRIVATION = "practice_deprivation", "Deprivation of a practice or network, the mean of its patients’ areas, as derived by a third party, or here where the areas of patients are known.", key ["organisation"], columns [
        text("organisation", "code"),
        text("level", "practice or network"),
        amount("score", "IMD score"),
        count("decile", "1 is the most deprived tenth"),
    ];
    RESIDENT = "resident", "People living in an area at mid-year, by single year of age.", key ["area", "sex"], columns [
        text("area", "LSOA code"),
        text("census", "2011 or 2021"),
        text("sex", "female, male or all"),
        count("age_from", "first age"),
        count("age_to", "first age past the band; empty if open"),
        count("residents", "people"),
    ];
    PROJECTED_RESIDENT = "projected_resident", "People whom a published projection expects to live in a local authority at mid-year, by single year of age.", key ["area", "sex"], columns [
        text("area", "local authority code"),
        text("sex", "female or male"),
        count("age_from", "first age"),
        count("age_to", "first age past the band; empty if open"),
        amount("people", "people; fractions as published"),
    ];
    ETHNICITY = "ethnicity", "People living in an area by ethnic group, at the census.", key ["area"], columns [
        text("area", "LSOA code"),
        text("ethnic_group", "group as published"),
        count("residents", "people"),
    ];
    CAR = "car", "Households of an area with and without a car or van, at the census.", key ["area"], columns [
        text("area", "LSOA code"),
        count("households", "households"),
        count("without", "households without a car or van"),
    ];
    CARE_HOME = "care_home", "A care home and its beds.", key ["location"], columns [
        text("location", "location id"),
        text("name", "name"),
        text("postcode", "postcode"),
        count("beds", "registered beds"),
        amount("latitude", "degrees north"),
        amount("longitude", "degrees east"),
    ];
    OPENING = "opening", "Hours at which a service is open at a site on a weekday.", key ["site", "service"], columns [
        text("site", "site code"),
        text("service", "service"),
        text("weekday", "monday to sunday"),
        text("opens", "HH:MM"),
        text("closes", "HH:MM"),
    ];
    TRAVEL = "travel", "Minutes one way from a small area to a site by a mode; imported times replace stated speeds.", key ["area", "mode"], columns [
        text("area", "LSOA code"),
        text("site", "code of the practice or emergency department"),
        text("mode", "walk, walk_or_bus or drive"),
        amount("minutes", "minutes one way"),
    ];
    LIST_SIZE = "list_size", "Patients registered at a practice on the day of the extract.", key ["practice"], columns [
        text("practice", "practice code"),
        text("sub_icb", "sub-ICB in the extract"),
        count("patients", "people on the list"),
    ];
    REGISTERED = "registered", "Patients registered at a practice by sex and five-year age band.", key ["practice"], columns [
        text("practice", "practice code"),
        text("sex", "female or male"),
        count("age_from", "first age"),
        count("age_to", "first age past the band; empty if open"),
        count("patients", "people on the list"),
    ];
    REGISTERED_SINGLE_AGE = "registered_single_age", "Patients registered at a practice by sex and year of age.", key ["practice", "sex"], columns [
        text("practice", "practice code"),
        text("sex", "female or male"),
        count("age_from", "first age"),
        count("age_to", "first age past the band; empty if open"),
        count("patients", "people on the list"),
    ];
    REGISTERED_AREA = "registered_area", "Patients of a practice who live in a small area.", key ["practice"], columns [
        text("practice", "practice code"),
        text("area", "LSOA code; empty where the area is not known"),
        text("area_note", "closed, no_area or wales where the area is not an English one"),
        text("sex", "female, male or all"),
        count("patients", "people on the list"),
    ];
    APPOINTMENT = "appointment", "Appointments of a practice in a month.", key ["practice"], columns [
        text("practice", "practice code"),
        text("staff", "gp, other_practice_staff or unknown"),
        text("mode", "face_to_face, telephone, video_or_online, home_visit or unknown"),
        text("status", "attended, did_not_attend or unknown"),
        text("wait", "same_day, 1_day, 2_to_7_days, 8_to_14_days, 15_to_21_days, 22_to_28_days, over_28_days or unknown"),
        text("category", "national category"),
        count("appointments", "appointments"),
    ];
    APPOINTMENT_SUB_ICB = "appointment_sub_icb", "Appointments of a sub-ICB location in a month.", key ["sub_icb"], columns [
        text("sub_icb", "sub-ICB code"),
        text("staff", "gp, other_practice_staff or unknown"),
        text("mode", "face_to_face, telephone, video_or_online, home_visit or unknown"),
        text("status", "attended, did_not_attend or unknown"),
        text("wait", "same_day, 1_day, 2_to_7_days, 8_to_14_days, 15_to_21_days, 22_to_28_days, over_28_days or unknown"),
        count("appointments", "appointments"),
    ];
    APPOINTMENT_DAY = "appointment_day", "Appointments of a sub-ICB location on a day; its period is the month.", key ["sub_icb"], columns [
        text("sub_icb", "sub-ICB code"),
        text("day", "day"),
        text("staff", "gp, other_practice_staff or unknown; empty where not split"),
        text("role", "staff role group; empty where not split"),
        text("mode", "mode; empty where not split"),
        text("status", "status; empty where not split"),
        text("wait", "wait band; empty where not split"),
        text("duration", "duration band; empty where not split"),
        count("appointments", "appointments"),
    ];
    APPOINTMENT_CATEGORY_DAY = "appointment_category_day", "Appointments of a sub-ICB location on a day by national category; its period is the month.", key ["sub_icb"], columns [
        text("sub_icb", "sub-ICB code"),
        text("day", "day"),
        text("setting", "service setting as published, such as General Practice"),
        text("context", "context as published, such as Care Related Encounter"),
        text("category", "national category"),
        count("appointments", "appointments"),
    ];
    APPOINTMENT_NETWORK_SUB_ICB = "appointment_network_sub_icb", "Appointments that the primary care networks of a sub-ICB location held in a month; another publication than that of general practice, and never to be added to it.", key ["sub_icb"], columns [
        text("sub_icb", "sub-ICB code"),
        text("staff", "gp, other_practice_staff or unknown"),
        text("mode", "face_to_face, telephone, video_or_online, home_visit or unknown"),
        text("status", "attended, did_not_attend, booked, arrived, cancelled or unknown"),
        text("wait", "same_day, 1_day, 2_to_7_days, 8_to_14_days, 15_to_21_days, 22_to_28_days, over_28_days or unknown"),
        count("appointments", "appointments"),
    ];
    APPOINTMENT_TOTAL = "appointment_total", "All appointments of a practice or sub-ICB in a month, as derived by a third party.", key ["organisation"], columns [
        text("organisation", "code"),
        text("level", "practice or sub_icb"),
        count("appointments", "appointments"),
    ];
    APPOINTMENT_NATIONAL = "appointment_national", "A figure of the national summary of appointments in a month, as derived by a third party.", key ["section", "metric"], columns [
        text("section", "section of the summary"),
        text("metric", "line"),
        count("appointments", "appointments"),
    ];
    COVERAGE = "coverage", "How many practices and patients the appointment data of a month cover.", key ["sub_icb"], columns [
        text("sub_icb", "sub-ICB code"),
        count("practices_included", "practices"),
        count("practices_open", "practices"),
        count("patients_included", "people"),
        count("patients_open", "people"),
    ];
    ONLINE_CONSULTATION = "online_consultation", "Online consultation submissions to a practice in a month.", key ["practice"], columns [
        text("practice", "practice code"),
        text("supplier", "supplier"),
        text("kind", "all, clinical, administrative or other"),
        count("submissions", "submissions"),
        text("mark", "value, estimated, suppressed, missing or not_applicable"),
    ];
    ONLINE_CONSULTATION_HOUR = "online_consultation_hour", "Online consultation submissions to a practice in a month by weekday and hours of the day.", key ["practice"], columns [
        text("practice", "practice code"),
        text("supplier", "supplier"),
        text("weekday", "monday to sunday"),
        text("hour_from", "HH:MM, first hour"),
        text("hour_to", "HH:MM, first hour past the band"),
        count("submissions", "submissions"),
        text("mark", "value, estimated, suppressed, missing or not_applicable"),
    ];
    CALL = "call", "Calls to a practice by cloud based telephony on a day; its period is the month. The same calls are split in three ways: keep to one split and one indicator.", key ["practice", "region", "split"], columns [
        text("practice", "practice code; empty for accounts that several practices share"),
        text("region", "region code as published; empty where there is none"),
        text("day", "day"),
        text("indicator", "CBT001 all calls from outside, CBT002 ended in the menu, CBT003 answered, CBT004 missed (voicemail too), CBT005 call back asked for, CBT006 call back made, CBT007 answered, by length"),
        text("split", "time (of the day), duration or wait"),
        text("band", "band of the time, the length or the wait as published, such as 08:00-09:59 or 121_180"),
        text("hours", "core or outside_core, for waits; what counts as core hours stands in the publisher's notes"),
        count("calls", "calls"),
        text("mark", "value, estimated, suppressed, missing or not_applicable"),
    ];
    STAFF = "staff", "Staff of a practice, a network or the practices of a sub-ICB by group and role.", key ["organisation"], columns [
        text("organisation", "practice, network or sub-ICB code"),
        text("level", "practice, network or sub_icb"),
        text("group", "gp, nurse, direct_patient_care, admin or director"),
        text("role", "role as published, or total (which repeats the roles of its group); of GPs also excluding_trainees, excluding_locums and excluding_trainees_and_locums"),
        text("sex", "female, male or other_or_unknown; empty where not split"),
        text("age_band", "age band; empty where not split"),
        text("measure", "fte or headcount"),
        amount("value", "full-time equivalents or people"),
        text("mark", "value, estimated, suppressed, missing or not_applicable"),
    ];
    WORKFORCE_LIST = "workforce_list", "Registered patients as printed beside the workforce of a practice, and whether its return was complete.", key ["practice"], columns [
        text("practice", "practice code"),
        count("patients", "people"),
        text("gp_source", "provided or estimated"),
        text("nurse_source", "provided or estimated"),
        text("direct_patient_care_source", "provided or estimated"),
        text("admin_source", "provided or estimated"),
    ];
    CONDITION = "condition", "Patients of a practice on a disease register and the list it is drawn from.", key ["practice"], columns [
        text("practice", "practice code"),
        text("register", "register, such as DM"),
        text("list_type", "ages that the list counts, such as 17OV"),
        count("patients", "people on the register"),
        count("list_size", "people on the list of those ages"),
        text("mark", "value, estimated, suppressed, missing or not_applicable"),
    ];
    ACHIEVEMENT = "achievement", "What a practice achieved on an indicator of the Quality and Outcomes Framework.", key ["practice"], columns [
        text("practice", "practice code"),
        text("indicator", "indicator, such as HYP008"),
        text("measure", "numerator, denominator, exceptions (personalised care adjustments), exclusions, points or register"),
        amount("value", "people or points"),
        text("mark", "value, estimated, suppressed, missing or not_applicable"),
    ];
    ACHIEVEMENT_TOTAL = "achievement_total", "Points of the Quality and Outcomes Framework that a practice achieved.", key ["practice"], columns [
        text("practice", "practice code"),
        amount("points", "points achieved"),
        amount("points_available", "points that could be achieved"),
        count("list_size", "people on the list"),
        text("mark", "value, estimated, suppressed, missing or not_applicable"),
    ];
    QOF_INDICATOR = "qof_indicator", "An indicator of the Quality and Outcomes Framework in a year.", key ["indicator"], columns [
        text("indicator", "indicator"),
        amount("points", "points it is worth"),
        text("group", "group"),
        text("group_name", "its name"),
        text("domain", "domain"),
        text("list_type", "ages of the list"),
    ];
    EXPERIENCE = "experience", "Share of respondents of a practice who gave an answer in the GP Patient Survey.", key ["practice"], columns [
        text("practice", "practice code"),
        text("question", "overall, contact, phone, website, continuity, wait, needs, ...; to 2023 such as q28_to_2023, which is another series"),
        amount("share", "share of respondents, 0 to 1, weighted"),
        amount("responses", "respondents to the question; empty where not given"),
        text("mark", "value, estimated, suppressed, missing or not_applicable"),
    ];
    EXPERIENCE_RESPONSE = "experience_response", "Questionnaires of the GP Patient Survey sent and returned at a practice.", key ["practice"], columns [
        text("practice", "practice code"),
        count("sent", "questionnaires"),
        count("returned", "questionnaires"),
    ];
    PAYMENT = "payment", "A line of NHS payments to a practice in a financial year, in pounds of that year.", key ["practice"], columns [
        text("practice", "practice code"),
        text("line", "line"),
        amount("pounds", "pounds, nominal; negative for deductions"),
        text("mark", "value, estimated, suppressed, missing or not_applicable"),
    ];
    CONTRACT = "contract", "The contract and the average lists of a practice in a financial year.", key ["practice"], columns [
        text("practice", "practice code"),
        text("contract", "GMS, PMS, APMS or other"),
        text("dispensing", "yes or no"),
        text("rurality", "rural or urban"),
        amount("registered_average", "patients"),
        amount("weighted_average", "weighted patients"),
        text("opened", "day"),
        text("closed", "day, if closed"),
    ];
    VACCINATION = "vaccination", "Children of a practice who had a vaccine by an age, of those due.", key ["practice"], columns [
        text("practice", "practice code"),
        text("age", "12 months, 24 months or 5 years"),
        text("vaccine", "vaccine as published, such as MMR1"),
        count("vaccinated", "children"),
        count("due", "children"),
        text("mark", "value, estimated, suppressed, missing or not_applicable"),
    ];
    URGENT_CALL = "urgent_call", "A figure of NHS 111 in a month by area of contract, which is no board.", key ["contract"], columns [
        text("contract", "code of the contract"),
        text("name", "its area"),
        text("provider", "who answers"),
        text("item", "number of the item as published, such as A01 (calls received)"),
        amount("value", "calls, seconds or what the item counts"),
        text("mark", "value, estimated, suppressed, missing or not_applicable"),
    ];
    REFERRAL_WAIT = "referral_wait", "Pathways between referral and treatment by consultants in a month, of a commissioner or of a provider; levels may not be added.", key ["organisation"], columns [
        text("organisation", "sub-ICB code, code of another commissioner, or provider code"),
        text("level", "sub_icb, other_commissioner (hubs of NHS England and others without a board) or provider"),
        text("board", "its ICB as published, of the boards of that month"),
        text("part", "waiting, waiting_decided (of these, with a decision to admit), treated_admitted, treated_not_admitted or started"),
        text("treatment", "area of treatment, such as C_130"),
        text("treatment_name", "its name"),
        count("pathways", "pathways; a person may be on several"),
        count("timed", "of these, pathways whose wait is known; empty where no weeks are counted"),
        count("within_18_weeks", "of these, waits of up to 18 weeks"),
        count("over_52_weeks", "of these, waits of more than 52 weeks"),
    ];
    PROVIDER_BOARD = "provider_board", "The board to which the emergency care of a provider is counted.", key ["provider"], columns [
        text("provider", "provider code"),
        text("name", "name"),
        text("icb", "ICB code; empty where the board is not known"),
        text("icb_name", "its name"),
        text("region", "region as published"),
    ];
    URGENT = "urgent", "Emergency attendances at an organisation in a month.", key ["organisation"], columns [
        text("organisation", "ICB or provider code; some releases print the ONS code of a board and others that of the NHS, so that one board may stand under both: add up one kind"),
        text("level", "icb or provider"),
        text("measure", "attendances, attendances_over_4_hours, emergency_admissions, ..."),
        count("value", "people"),
        text("mark", "value, estimated, suppressed, missing or not_applicable"),
    ];
    PUBLISHED = "published", "A figure that was published ready made.", key ["indicator_id", "area"], columns [
        text("indicator_id", "publisher's number"),
        text("indicator", "name"),
        text("area", "code"),
        text("area_type", "type as published"),
        text("sex", "sex"),
        text("age", "ages"),
        amount("value", "value"),
        amount("lower", "lower 95% limit"),
        amount("upper", "upper 95% limit"),
        amount("count", "count"),
        amount("denominator", "denominator"),
        text("mark", "value, estimated, suppressed, missing or not_applicable"),
        text("time_period", "years or months that the figure covers, as published"),
    ];
    NETWORK_INDICATOR = "network_indicator", "A value of the Network Contract indicators for a practice.", key ["practice"], columns [
        text("practice", "practice code"),
        text("indicator", "indicator"),
        text("field", "field"),
        count("value", "people"),
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_names_differ_and_keys_are_columns() {
        let mut names = std::collections::BTreeSet::new();
        for table in ALL {
            assert!(names.insert(table.name), "two tables are called {}", table.name);
            for key in table.key {
                assert!(table.position(key).is_some(), "{}: {key} is no column", table.name);
            }
        }
    }
}

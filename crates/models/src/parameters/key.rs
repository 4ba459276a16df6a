//! The names of parameters, as the compiler knows them: a name that no file has is not written in the code, and a file that lacks one is
//! not read.

macro_rules! keys {
    ($($key:ident = $name:literal,)*) => {
        /// A parameter.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Key {
            $(#[doc = concat!("`", $name, "`")] $key,)*
        }

        impl Key {
            /// All, in the order of their names.
            pub const ALL: &[Self] = &[$(Self::$key,)*];

            /// The name in the files.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$key => $name,)*
                }
            }
        }
    };
}

keys! {
    AdminFtePer10000 = "admin_fte_per_10000",
    AdminLeaverRate = "admin_leaver_rate",
    AppointmentsPerPerson = "appointments_per_person",
    AppointmentsShareGp = "appointments_share_gp",
    AppointmentsShareHome = "appointments_share_home",
    AppointmentsShareNurse = "appointments_share_nurse",
    AppointmentsShareOnline = "appointments_share_online",
    AppointmentsShareTelephone = "appointments_share_telephone",
    ContactsAgeTilt = "contacts_age_tilt",
    ContactsCareHome = "contacts_care_home",
    ContactsConditionFirst = "contacts_condition_first",
    ContactsConditionFurther = "contacts_condition_further",
    ContactsConditionSecond = "contacts_condition_second",
    ContactsFifth1 = "contacts_fifth_1",
    ContactsFifth1WithConditions = "contacts_fifth_1_with_conditions",
    ContactsFifth2 = "contacts_fifth_2",
    ContactsFifth2WithConditions = "contacts_fifth_2_with_conditions",
    ContactsFifth4 = "contacts_fifth_4",
    ContactsFifth4WithConditions = "contacts_fifth_4_with_conditions",
    ContactsFifth5 = "contacts_fifth_5",
    ContactsFifth5WithConditions = "contacts_fifth_5_with_conditions",
    ContactsFrailtyMild = "contacts_frailty_mild",
    ContactsFrailtyModerate = "contacts_frailty_moderate",
    ContactsFrailtySevere = "contacts_frailty_severe",
    ContactsNewlyRegistered = "contacts_newly_registered",
    ContactsNoFixedAbode = "contacts_no_fixed_abode",
    ContactsOfWaiting = "contacts_of_waiting",
    DaysWorked = "days_worked",
    DirectFteOfAPlace = "direct_fte_of_a_place",
    DirectFtePer10000 = "direct_fte_per_10000",
    DirectPatientCareLeaverRate = "direct_patient_care_leaver_rate",
    ExpectationGrowthDirect = "expectation_growth_direct",
    ExpectationGrowthGp = "expectation_growth_gp",
    ExpectationGrowthNurse = "expectation_growth_nurse",
    FirstYearMinutes = "first_year_minutes",
    FullTimeHours = "full_time_hours",
    GpFteOfAHead = "gp_fte_of_a_head",
    GpFteOfAPlace = "gp_fte_of_a_place",
    GpFteQualifiedPer10000 = "gp_fte_qualified_per_10000",
    GpFteRegistrarPer10000 = "gp_fte_registrar_per_10000",
    GpHoursSpread = "gp_hours_spread",
    GpHoursTrend = "gp_hours_trend",
    GpHoursWorked = "gp_hours_worked",
    GpLeaverOverseasUnder50 = "gp_leaver_overseas_under_50",
    GpLeaverRate3034 = "gp_leaver_rate_30_34",
    GpLeaverRate3539 = "gp_leaver_rate_35_39",
    GpLeaverRate4049 = "gp_leaver_rate_40_49",
    GpLeaverRate5054 = "gp_leaver_rate_50_54",
    GpLeaverRate5559 = "gp_leaver_rate_55_59",
    GpLeaverRate6064 = "gp_leaver_rate_60_64",
    GpLeaverRate65AndOver = "gp_leaver_rate_65_and_over",
    GpLeaverRateUnder30 = "gp_leaver_rate_under_30",
    GpLeaverRetires5059 = "gp_leaver_retires_50_59",
    GpLeaverRetires60AndOver = "gp_leaver_retires_60_and_over",
    GpLeavingAtClosure = "gp_leaving_at_closure",
    GpLeavingOfLocums = "gp_leaving_of_locums",
    GpLeavingOfShortHours = "gp_leaving_of_short_hours",
    GpLeavingOfTheYears = "gp_leaving_of_the_years",
    GpLeavingOfWomen = "gp_leaving_of_women",
    GpLocumFteShare = "gp_locum_fte_share",
    GpLongAbsence = "gp_long_absence",
    GpLongAbsenceMonths = "gp_long_absence_months",
    GpMovesWithinPlace = "gp_moves_within_place",
    GpOverseasJoiners = "gp_overseas_joiners",
    GpPartnerToSalaried = "gp_partner_to_salaried",
    GpReturners = "gp_returners",
    GpSalariedFteShare = "gp_salaried_fte_share",
    GpSalariedToPartner = "gp_salaried_to_partner",
    GpShare3034 = "gp_share_30_34",
    GpShare3539 = "gp_share_35_39",
    GpShare4044 = "gp_share_40_44",
    GpShare4549 = "gp_share_45_49",
    GpShare5054 = "gp_share_50_54",
    GpShare5559 = "gp_share_55_59",
    GpShare6064 = "gp_share_60_64",
    GpShare6569 = "gp_share_65_69",
    GpShare70AndOver = "gp_share_70_and_over",
    GpShareUnder30 = "gp_share_under_30",
    GpShareWomen = "gp_share_women",
    GpSupervision = "gp_supervision",
    GpsNeededOf202122 = "gps_needed_of_2021_22",
    GpsNeededOf203031 = "gps_needed_of_2030_31",
    GpsQualifiedOfAPracticesSum = "gps_qualified_of_a_practices_sum",
    GpsQualifiedOfASum = "gps_qualified_of_a_sum",
    ImbalanceWeight55AndOver = "imbalance_weight_55_and_over",
    ImbalanceWeightAccess = "imbalance_weight_access",
    ImbalanceWeightBelowGood = "imbalance_weight_below_good",
    ImbalanceWeightLeavers = "imbalance_weight_leavers",
    ImbalanceWeightOneOrTwoGps = "imbalance_weight_one_or_two_gps",
    ImbalanceWeightPremises = "imbalance_weight_premises",
    ImbalanceWeightVacancies = "imbalance_weight_vacancies",
    ImbalanceWeightWorkload = "imbalance_weight_workload",
    IndirectDirect = "indirect_direct",
    IndirectGp = "indirect_gp",
    IndirectNurse = "indirect_nurse",
    JoinerFullTimeShare = "joiner_full_time_share",
    JoinerLocumShare = "joiner_locum_share",
    JoinerParticipation = "joiner_participation",
    JoinersToVacancies = "joiners_to_vacancies",
    LagAppointments = "lag_appointments",
    LagWorkforce = "lag_workforce",
    ListGrowthBesideResidents = "list_growth_beside_residents",
    ListGrowthGoesOn = "list_growth_goes_on",
    ListGrowthToCome = "list_growth_to_come",
    LocalEvidenceStrength = "local_evidence_strength",
    LocalGpLeavers = "local_gp_leavers",
    LocalGpYears = "local_gp_years",
    MinutesDirectFaceToFace = "minutes_direct_face_to_face",
    MinutesDirectHomeVisit = "minutes_direct_home_visit",
    MinutesDirectOnline = "minutes_direct_online",
    MinutesDirectTelephone = "minutes_direct_telephone",
    MinutesGpFaceToFace = "minutes_gp_face_to_face",
    MinutesGpHomeVisit = "minutes_gp_home_visit",
    MinutesGpOnline = "minutes_gp_online",
    MinutesGpTelephone = "minutes_gp_telephone",
    MinutesGrowth = "minutes_growth",
    MinutesNurseFaceToFace = "minutes_nurse_face_to_face",
    MinutesNurseHomeVisit = "minutes_nurse_home_visit",
    MinutesNurseOnline = "minutes_nurse_online",
    MinutesNurseTelephone = "minutes_nurse_telephone",
    MorbidityGrowth = "morbidity_growth",
    NeedBeyondWhatIsTold = "need_beyond_what_is_told",
    NetworkDirectFtePer10000 = "network_direct_fte_per_10000",
    NewGpOldest = "new_gp_oldest",
    NewGpYoungest = "new_gp_youngest",
    NewlyRegisteredShare = "newly_registered_share",
    NoiseOfAppointments = "noise_of_appointments",
    NoiseOfGpFte = "noise_of_gp_fte",
    NurseFteOfAPlace = "nurse_fte_of_a_place",
    NurseFtePer10000 = "nurse_fte_per_10000",
    NurseLeaverRate = "nurse_leaver_rate",
    OtherFteOfAHead = "other_fte_of_a_head",
    OverseasOldest = "overseas_oldest",
    OverseasYoungest = "overseas_youngest",
    PatientsAGpOf2015 = "patients_a_gp_of_2015",
    PatientsAGpOfOnesOwn = "patients_a_gp_of_ones_own",
    PeopleDeaths = "people_deaths",
    PeopleFrailer = "people_frailer",
    PeopleJoining = "people_joining",
    PeopleOnset = "people_onset",
    PostFillChance = "post_fill_chance",
    PostRoundMonths = "post_round_months",
    PriceGrowth = "price_growth",
    RegistrarShareOfGp = "registrar_share_of_gp",
    RegistrarYearsInPractice = "registrar_years_in_practice",
    ReturnerOldest = "returner_oldest",
    ReturnerYoungest = "returner_youngest",
    SafeContactsADay = "safe_contacts_a_day",
    St3InPostAfter1Year = "st3_in_post_after_1_year",
    St3InPostAfter2Years = "st3_in_post_after_2_years",
    St3InPostAfter6Months = "st3_in_post_after_6_months",
    TrainingPlacesKept = "training_places_kept",
    TrainingPlacesOf2024 = "training_places_of_2024",
    TrainingPlacesOf2025 = "training_places_of_2025",
    TrainingPlacesOf2027 = "training_places_of_2027",
    TrainingPlacesOf2031 = "training_places_of_2031",
    UrgentShare = "urgent_share",
    WaitingGrowth = "waiting_growth",
    WaitingPeople = "waiting_people",
}

impl Key {
    /// How many there are.
    pub const COUNT: usize = Self::ALL.len();

    /// The parameter of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let found = Self::ALL.binary_search_by(|key| key.as_str().cmp(name)).ok()?;
        Self::ALL.get(found).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stand_in_the_order_of_their_names() {
        assert!(Key::ALL.is_sorted_by_key(|key| key.as_str()));
        assert_eq!(Key::named("urgent_share"), Some(Key::UrgentShare));
        assert_eq!(Key::named("urgent"), None);
    }
}

//! The definitions: those inside the program, and those that somebody adds.
//!
//! A new indicator is one file under `indicators/<theme>/` and one word in the list below; a test names what is
//! missing on either side. One that is added with the identifier of a built-in one takes its place.

use std::collections::BTreeMap;

use crate::definition::{Definition, Problem, Theme};

/// Every definition, by theme and identifier.
#[derive(Debug, Clone, Default)]
pub struct Library {
    by_id: BTreeMap<String, Definition>,
}

macro_rules! built_in {
    ($( $theme:ident [ $($id:ident)* ] )*) => {
        /// The built-in files: theme, identifier, text.
        pub(crate) static BUILT_IN: &[(Theme, &str, &str)] = &[ $( $(
            (
                Theme::$theme,
                stringify!($id),
                include_str!(concat!(
                    env!("CARGO_MANIFEST_DIR"), "/../../indicators/", folder!($theme), "/", stringify!($id), ".toml"
                )),
            ),
        )* )* ];
    };
}

macro_rules! folder {
    (Access) => {
        "access"
    };
    (Care) => {
        "care"
    };
    (Outcomes) => {
        "outcomes"
    };
    (Experience) => {
        "experience"
    };
    (Workforce) => {
        "workforce"
    };
    (Money) => {
        "money"
    };
    (Population) => {
        "population"
    };
}

built_in! {
    Access [
        appointments_per_1000
        appointments_per_1000_sub_icb
        calls_answered
        calls_missed
        calls_on_mondays
        calls_per_1000
        did_not_attend
        did_not_attend_sub_icb
        face_to_face
        face_to_face_sub_icb
        home_visits
        home_visits_sub_icb
        monday_share
        online_clinical_share
        online_consultations_on_mondays
        online_consultations_per_1000
        over_21_days
        over_21_days_sub_icb
        over_28_days
        over_28_days_sub_icb
        pharmacies_per_100000
        same_day
        same_day_sub_icb
        telephone
        telephone_sub_icb
        unmapped
        video_or_online
        video_or_online_sub_icb
        weekend_share
        with_a_gp
        with_a_gp_sub_icb
        within_two_weeks
        within_two_weeks_sub_icb
    ]
    Care [
        blood_pressure_80_and_over
        blood_pressure_under_80
        cholesterol_cardiovascular
        diabetes_sugar_control
        measles_vaccine_at_5
        prevalence_asthma
        prevalence_atrial_fibrillation
        prevalence_cancer
        prevalence_chronic_kidney_disease
        prevalence_copd
        prevalence_coronary_heart_disease
        prevalence_dementia
        prevalence_depression
        prevalence_diabetes
        prevalence_epilepsy
        prevalence_heart_failure
        prevalence_hypertension
        prevalence_learning_disability
        prevalence_non_diabetic_hyperglycaemia
        prevalence_obesity
        prevalence_osteoporosis
        prevalence_palliative_care
        prevalence_peripheral_arterial_disease
        prevalence_rheumatoid_arthritis
        prevalence_severe_mental_illness
        prevalence_stroke
        qof_points
        severe_mental_illness_blood_pressure
        statins_cardiovascular
    ]
    Outcomes [
        emergency_admissions_per_1000
        emergency_attendances_per_1000
        emergency_over_4_hours
        referral_over_52_weeks
        referral_waits_per_1000
        referral_within_18_weeks
    ]
    Experience [
        survey_contact
        survey_continuity
        survey_needs_met
        survey_overall
        survey_phone
        survey_response
        survey_wait
        survey_website
    ]
    Workforce [
        admin_per_10000
        direct_care_per_10000
        fully_qualified_gp_per_10000
        gp_change
        gp_per_10000
        network_staff_per_10000
        nurses_per_10000
        patients_per_gp
        qualified_gp_per_10000
    ]
    Money [
        global_sum_per_weighted
        payments_per_registered
        payments_per_weighted
        quality_payments_per_registered
        weighted_per_registered
    ]
    Population [
        aged_20_to_24
        aged_65_and_over
        aged_75_and_over
        aged_under_15
        deprivation_score
        list_growth
        registered_per_resident
        rural_share
        women_20_to_44
    ]
}

impl Library {
    /// The definitions inside the program.
    ///
    /// # Errors
    /// All problems of all files; a test keeps them out of a release.
    pub fn built_in() -> Result<Self, Vec<Problem>> {
        let mut library = Self::default();
        let mut problems = Vec::new();
        for (theme, id, text) in BUILT_IN {
            library.take(*theme, id, text, &mut problems);
        }
        if problems.is_empty() { Ok(library) } else { Err(problems) }
    }

    /// The built-in definitions and those that somebody adds: theme, identifier and text of each.
    ///
    /// # Errors
    /// All problems of all files.
    pub fn with<'a>(
        added: impl IntoIterator<Item = (Theme, &'a str, &'a str)>,
    ) -> Result<Self, Vec<Problem>> {
        let mut library = Self::built_in()?;
        let mut problems = Vec::new();
        for (theme, id, text) in added {
            library.take(theme, id, text, &mut problems);
        }
        if problems.is_empty() { Ok(library) } else { Err(problems) }
    }

    fn take(&mut self, theme: Theme, id: &str, text: &str, problems: &mut Vec<Problem>) {
        match Definition::parse(theme, id, text) {
            Ok(definition) => {
                self.by_id.insert(id.to_owned(), definition);
            }
            Err(found) => problems.extend(found),
        }
    }

    /// A definition by its identifier.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Definition> {
        self.by_id.get(id)
    }

    /// All definitions, by theme and then by name.
    #[must_use]
    pub fn all(&self) -> Vec<&Definition> {
        let mut all: Vec<_> = self.by_id.values().collect();
        all.sort_by(|left, right| {
            (left.theme, &left.name, &left.id).cmp(&(right.theme, &right.name, &right.id))
        });
        all
    }

    /// The definitions of a theme, by name.
    #[must_use]
    pub fn of_theme(&self, theme: Theme) -> Vec<&Definition> {
        self.all().into_iter().filter(|definition| definition.theme == theme).collect()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    fn on_disk() -> BTreeSet<String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../indicators");
        let of_theme = |theme: &Theme| {
            let entries =
                std::fs::read_dir(root.join(theme.as_str())).into_iter().flatten().flatten();
            let name = |entry: std::fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
            entries.map(|entry| format!("{theme}/{}", name(entry))).collect::<Vec<_>>()
        };
        Theme::ALL.iter().flat_map(of_theme).collect()
    }

    #[test]
    fn every_file_of_the_folder_is_in_the_list() {
        let listed: BTreeSet<String> =
            BUILT_IN.iter().map(|(theme, id, _)| format!("{theme}/{id}.toml")).collect();
        let missing: Vec<_> = on_disk().difference(&listed).cloned().collect();
        assert!(missing.is_empty(), "add to the list in library.rs: {missing:?}");
    }

    #[test]
    fn every_built_in_definition_is_sound() {
        if let Err(problems) = Library::built_in() {
            let all: Vec<_> = problems.iter().map(ToString::to_string).collect();
            panic!("{}", all.join("\n"));
        }
    }

    #[test]
    fn a_definition_has_one_identifier_in_all_themes() {
        let ids: BTreeSet<_> = BUILT_IN.iter().map(|(_, id, _)| id).collect();
        assert_eq!(ids.len(), BUILT_IN.len());
    }

    #[test]
    fn an_added_definition_takes_the_place_of_a_built_in_one() {
        let (theme, id, text) = BUILT_IN[0];
        let changed = text.replacen("name = \"", "name = \"Our own ", 1);
        let library = Library::with([(theme, id, changed.as_str())]).unwrap();
        assert!(library.get(id).unwrap().name.starts_with("Our own "));
    }

    #[test]
    fn a_wrong_definition_names_file_key_and_what_was_expected() {
        let (theme, id, text) = BUILT_IN[0];
        let wrong = text.replacen("table = \"", "table = \"no_", 1);
        let problems = Library::with([(theme, id, wrong.as_str())]).unwrap_err();
        let said = problems[0].to_string();
        assert!(
            said.starts_with(&format!("{theme}/{id}.toml, numerator.table: found `no_")),
            "{said}"
        );
        assert!(said.contains("expected a canonical table: practice"), "{said}");
    }
}

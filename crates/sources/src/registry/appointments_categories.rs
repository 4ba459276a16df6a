//! Appointments in General Practice by sub-ICB location, day, service setting, context and national category.
//!
//! Laid out as in a real regional file of 2024. What a practice has not mapped to a category stands as `Unmapped`, and
//! what it maps to a category of another context as `Inconsistent Mapping`.

use std::collections::BTreeSet;

use evidence::tables;
use vocab::codes::SubIcbCode;
use vocab::{Month, Period};

use crate::appointment_words as words;
use crate::input::Input;
use crate::intake::Intake;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::source::Source;

/// Appointments by national category.
pub static SOURCE: Source = Source {
    id: "appointments_categories",
    title: "Appointments in General Practice: national categories, by sub-ICB location and day",
    publisher: "NHS England",
    landing_page: "https://digital.nhs.uk/data-and-information/publications/statistical/appointments-in-general-practice",
    cadence: "monthly",
    about: "What appointments were for, in the national categories, with the setting that held them. Practices map their own slot types: unmapped ones are many.",
    writes: &[&tables::APPOINTMENT_CATEGORY_DAY],
    recognise,
    read,
};

const COLUMNS: [&str; 6] = [
    "SUB_ICB_LOCATION_CODE",
    "APPOINTMENT_DATE",
    "SERVICE_SETTING",
    "CONTEXT_TYPE",
    "NATIONAL_CATEGORY",
    "COUNT_OF_APPOINTMENTS",
];

fn recognise(sample: &Sample) -> Option<Match> {
    sample.matches(&COLUMNS, "")
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let mut at = [0; COLUMNS.len()];
    for (at, name) in at.iter_mut().zip(COLUMNS) {
        *at = input.column(&[name], intake)?;
    }
    let [sub_icb, day, setting, context, category, count] = at;
    input.figures_in(&[count]);
    let (mut places, mut strange, mut appointments) = (BTreeSet::new(), BTreeSet::new(), 0.0);
    input.each(intake, |row, intake| {
        let (Some(place), Some(day), Some(number)) = (
            intake.code::<SubIcbCode>(row, sub_icb),
            intake.day(row, day),
            intake.count(row, count),
        ) else {
            return Ok(());
        };
        let [setting, context, category] =
            [setting, context, category].map(|column| words::single_blanks(row.get(column)));
        if !words::CATEGORIES.contains(&category.as_str()) {
            strange.insert(category.clone());
        }
        let period = Period::Month(Month::of(day));
        intake.edition(period);
        places.extend(place.parse::<SubIcbCode>().ok());
        appointments += number;
        let day = day.to_string();
        let row = tables::appointment_category_day::Row {
            sub_icb: place.into(),
            day: day.as_str().into(),
            setting: setting.as_str().into(),
            context: context.as_str().into(),
            category: category.as_str().into(),
            appointments: number.into(),
        };
        intake.add(period, row)
    })?;
    for category in strange {
        intake.remark(format!("the national category `{category}` has not been met before"));
    }
    let detail = format!("{} sub-ICB locations, {appointments} appointments", places.len());
    intake.check("there are appointments", appointments > 0.0, detail);
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;

    #[test]
    fn categories_are_kept_and_a_strange_one_is_remarked() {
        let file = "SUB_ICB_LOCATION_CODE,SUB_ICB_LOCATION_ONS_CODE,SUB_ICB_LOCATION_NAME,ICB_ONS_CODE,REGION_ONS_CODE,APPOINTMENT_DATE,SERVICE_SETTING,CONTEXT_TYPE,NATIONAL_CATEGORY,COUNT_OF_APPOINTMENTS\n\
            00L,E38999999,SUB,E54999999,E40999999,02JAN2024,General Practice,Care Related Encounter,Clinical  Triage,23\n\
            00L,E38999999,SUB,E54999999,E40999999,02JAN2024,Other,Care Related Encounter,Tea Round,4\n";
        let trial = Trial::of("a.csv", file);
        let expected = [
            "00L|2024-01-02|General Practice|Care Related Encounter|Clinical Triage|23",
            "00L|2024-01-02|Other|Care Related Encounter|Tea Round|4",
        ];
        assert_eq!(
            trial.rows("appointment_category_day", "2024-01"),
            expected,
            "{}",
            trial.problems()
        );
        assert!(trial.remarks().contains("`Tea Round` has not been met"), "{}", trial.remarks());
    }
}

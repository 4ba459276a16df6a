//! What a reader of an explanation must bear in mind.

use indicators::Definition;
use indicators::variation::{Gap, Variation};

use kit::number::{capitalise, counted};

/// What a reader must bear in mind.
#[must_use]
pub fn warnings(definition: &Definition, found: &Variation) -> Vec<String> {
    let mut notes = vec![
        "Differences between practices are not differences between patients: that practices with more older patients have higher figures does not say that older patients do (the ecological fallacy).".to_owned(),
        "Explained does not mean justified: care may be worse where patients are poorer, and a model that allows for deprivation then hides it.".to_owned(),
        "Left over is not the practices' doing alone: it holds everything that is not measured, and how each practice records.".to_owned(),
    ];
    let tables = [&definition.numerator.table, &definition.denominator.table];
    if tables.iter().any(|table| table.starts_with("condition") || table.starts_with("achievement"))
    {
        notes.push(
            "Registers count what was recorded: a practice that looks harder finds more."
                .to_owned(),
        );
    }
    let counted_out = &found.counted;
    if !counted_out.not_comparable.is_empty() {
        let many = counted_out.not_comparable.len();
        notes.push(format!(
            "{} left out because of how appointments were recorded.",
            capitalise(&counted(many, "practice is", "practices are"))
        ));
    }
    if counted_out.without_covariate > 0 {
        let many = counted_out.without_covariate;
        notes.push(format!(
            "{} left out because something about their patients is not known.",
            capitalise(&counted(many, "practice is", "practices are"))
        ));
    }
    notes.extend(old(found));
    notes.extend(found.gaps.iter().map(Gap::to_string).map(|gap| capitalise(&gap) + "."));
    notes.extend(found.remarks.iter().map(|remark| capitalise(&remark.to_string()) + "."));
    if found.explanation.replicates < found.asked.replicates {
        notes.push(format!(
            "The intervals rest on {} of {} replicates; the models of the others gave no answer.",
            found.explanation.replicates, found.asked.replicates
        ));
    }
    notes
}

/// Covariates taken from a period far from the figures.
fn old(found: &Variation) -> Option<String> {
    let far: Vec<String> = found
        .stages
        .iter()
        .flat_map(|stage| stage.periods.iter().map(move |period| (stage, *period)))
        .filter(|(_, period)| period.distance_in_days(found.period) > 550)
        .map(|(stage, period)| format!("{} of {}", stage.case_mix.in_words(), period.in_words()))
        .collect();
    (!far.is_empty()).then(|| {
        format!("Some of what is known of patients is from another time: {}.", far.join("; "))
    })
}

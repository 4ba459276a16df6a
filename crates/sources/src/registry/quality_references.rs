//! Quality and Outcomes Framework: three small files that are recognised and left out: maximum points of each practice,
//! practices that failed the publisher's validation, and the reasons for personalised care adjustments.
//!
//! Nothing of them is kept, because no figure of the program rests on them; the practices that failed validation are
//! counted in a remark, since their achievement should be read with care.

use crate::input::Input;
use crate::intake::Intake;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::source::Source;

/// Small reference files of the framework.
pub static SOURCE: Source = Source {
    id: "quality_references",
    title: "Quality and Outcomes Framework: reference files",
    publisher: "NHS England",
    landing_page: "https://digital.nhs.uk/data-and-information/publications/statistical/quality-and-outcomes-framework-achievement-prevalence-and-exceptions-data",
    cadence: "yearly",
    about: "Maximum points, validation outcomes and reasons for adjustments: recognised, checked and left out, as no figure rests on them.",
    writes: &[],
    recognise,
    read,
};

const VALIDATION: &str = "validation outcomes";

fn recognise(sample: &Sample) -> Option<Match> {
    sample
        .matches(&["PRACTICE_CODE", "REVISED_MAXIMUM_POINTS"], "maximum points")
        .or_else(|| {
            sample.matches(&["PRACTICE_CODE", "VALIDATION_RULE", "RULE_DESCRIPTION"], VALIDATION)
        })
        .or_else(|| {
            sample.matches(
                &["INDICATOR_CODE", "PCA_EXCL_NAME", "PCA_EXCL_DESCRIPTION"],
                "adjustments",
            )
        })
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let era = input.era;
    intake.only_describes();
    let mut rows = 0_u64;
    input.each(intake, |_, intake| {
        rows += 1;
        intake.leave_out("reference rows on which no figure rests");
        Ok(())
    })?;
    intake
        .remark("reference rows on which no figure of the program rests: nothing is kept of them");
    if era == VALIDATION {
        intake.remark(format!(
            "{rows} outcomes of validation: read the achievement of their practices with care"
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use evidence::Verdict;

    use crate::trial::Trial;

    #[test]
    fn each_is_recognised_and_left_out_with_the_reason() {
        for file in [
            "PRACTICE_CODE,REVISED_MAXIMUM_POINTS\nA81001,567\n",
            "PRACTICE_CODE,VALIDATION_RULE,RULE_DESCRIPTION\nA82034,1,Achieved\n",
            "INDICATOR_CODE,PCA_EXCL_NAME,PCA_EXCL_SHORT_NAME,PCA_EXCL_DESCRIPTION\nAF006,A,B,C\n",
        ] {
            let trial = Trial::of("a.csv", file);
            assert_eq!(trial.release().source, "quality_references");
            assert_eq!(trial.release().left_out.len(), 1);
            assert!(
                trial.remarks().contains("no figure of the program rests"),
                "{}",
                trial.remarks()
            );
        }
    }

    #[test]
    fn one_without_rows_is_refused() {
        assert_eq!(
            Trial::of("a.csv", "PRACTICE_CODE,REVISED_MAXIMUM_POINTS\n").verdict(),
            Verdict::Refused
        );
    }
}

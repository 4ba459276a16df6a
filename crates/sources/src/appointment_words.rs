//! The words of the appointment publications, brought to those that the tables keep.
//!
//! Blanks within a word come single or double, a missing word means unknown, and the older editions say
//! `HCP Type Not Provided` where the newer ones say `Unknown`.

/// Words of `staff` and what a reader may expect.
pub const STAFF_EXPECTED: &str = "GP, Other Practice staff or Unknown";
/// Words of `mode`.
pub const MODE_EXPECTED: &str =
    "Face-to-Face, Telephone, Video/Online, Video Conference/Online, Home Visit or Unknown";
/// Words of `status`.
pub const STATUS_EXPECTED: &str = "Attended, DNA or Unknown";
/// Words of `wait`.
pub const WAIT_EXPECTED: &str = "Same Day, 1 Day, 2 to 7 Days, 8 to 14 Days, 15 to 21 Days, 22 to 28 Days, More than 28 Days or Unknown / Data Quality";

/// A word in lower case with single blanks.
fn tidy(text: &str) -> String {
    single_blanks(text).to_ascii_lowercase()
}

/// A text whose runs of blanks are single ones.
pub fn single_blanks(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Who saw the patient.
pub fn staff(text: &str) -> Option<&'static str> {
    match text {
        "GP" => return Some("gp"),
        "Other Practice staff" => return Some("other_practice_staff"),
        "Unknown" | "" => return Some("unknown"),
        _ => {}
    }
    match tidy(text).as_str() {
        "gp" => Some("gp"),
        "other practice staff" => Some("other_practice_staff"),
        "unknown" | "hcp type not provided" | "unknown hcp" => Some("unknown"),
        _ => None,
    }
}

/// How the appointment was held.
pub fn mode(text: &str) -> Option<&'static str> {
    match text {
        "Face-to-Face" => return Some("face_to_face"),
        "Telephone" => return Some("telephone"),
        "Video Conference/Online" | "Video/Online" => return Some("video_or_online"),
        "Home Visit" => return Some("home_visit"),
        "Unknown" | "" => return Some("unknown"),
        _ => {}
    }
    match tidy(text).as_str() {
        "face-to-face" | "face to face" => Some("face_to_face"),
        "telephone" => Some("telephone"),
        "video conference/online" | "video/online" => Some("video_or_online"),
        "home visit" => Some("home_visit"),
        "unknown" | "appt mode not provided" | "unknown mode" => Some("unknown"),
        _ => None,
    }
}

/// What came of it.
pub fn status(text: &str) -> Option<&'static str> {
    match text {
        "Attended" => return Some("attended"),
        "DNA" => return Some("did_not_attend"),
        "Unknown" | "" => return Some("unknown"),
        _ => {}
    }
    match tidy(text).as_str() {
        "attended" => Some("attended"),
        "dna" | "did not attend" => Some("did_not_attend"),
        "unknown" | "appt status not provided" | "unknown status" => Some("unknown"),
        _ => None,
    }
}

/// Days between booking and appointment.
pub fn wait(text: &str) -> Option<&'static str> {
    match text {
        "Same Day" => return Some("same_day"),
        "1 Day" => return Some("1_day"),
        "2 to 7 Days" => return Some("2_to_7_days"),
        "8  to 14 Days" => return Some("8_to_14_days"),
        "15  to 21 Days" => return Some("15_to_21_days"),
        "22  to 28 Days" => return Some("22_to_28_days"),
        "More than 28 Days" => return Some("over_28_days"),
        "Unknown / Data Issue" | "Unknown / Data Quality" | "" => return Some("unknown"),
        _ => {}
    }
    match tidy(text).as_str() {
        "same day" => Some("same_day"),
        "1 day" => Some("1_day"),
        "2 to 7 days" => Some("2_to_7_days"),
        "8 to 14 days" => Some("8_to_14_days"),
        "15 to 21 days" => Some("15_to_21_days"),
        "22 to 28 days" => Some("22_to_28_days"),
        "more than 28 days" => Some("over_28_days"),
        "unknown" | "unknown / data issue" | "unknown / data quality" => Some("unknown"),
        _ => None,
    }
}

/// The national categories met so far.
pub const CATEGORIES: [&str; 19] = [
    "Care Home Needs Assessment & Personalised Care and Support Planning",
    "Care Home Visit",
    "Care Related Encounter but does not fit into any other category",
    "Clinical Triage",
    "General Consultation Acute",
    "General Consultation Routine",
    "Group Consultation and Group Education",
    "Home Visit",
    "Inconsistent Mapping",
    "Non-contractual chargeable work",
    "Patient contact during Care Home Round",
    "Planned Clinical Procedure",
    "Planned Clinics",
    "Service provided by organisation external to the practice",
    "Social Prescribing Service",
    "Structured Medication Review",
    "Unmapped",
    "Unplanned Clinical Activity",
    "Walk-in",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn double_blanks_and_older_words_are_read() {
        for text in ["8  to 14 Days", "8 to 14 Days", "8 To 14 days"] {
            assert_eq!(wait(text), Some("8_to_14_days"), "{text}");
        }
        assert_eq!(staff("HCP Type Not Provided"), Some("unknown"));
        assert_eq!(status("Appt Status Not Provided"), Some("unknown"));
        assert_eq!(mode("Video Conference/Online"), mode("Video/Online"));
    }

    #[test]
    fn a_blank_means_unknown_and_a_strange_word_nothing() {
        for word in [staff, mode, status, wait] {
            assert_eq!(word(""), Some("unknown"));
            assert_eq!(word("Carrier pigeon"), None);
        }
    }
}

//! The staff groups of the NHS workforce publications.

/// A staff group of the general practice workforce.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StaffGroup {
    /// Doctors in general practice, registrars included.
    Gp,
    /// Nurses.
    Nurse,
    /// Pharmacists, physiotherapists, paramedics, link workers and others in direct patient care.
    DirectPatientCare,
    /// Administrative and other non-clinical staff.
    Admin,
}

impl StaffGroup {
    /// The word kept in the tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Gp => "gp",
            Self::Nurse => "nurse",
            Self::DirectPatientCare => "direct_patient_care",
            Self::Admin => "admin",
        }
    }

    /// Reads the publishers' names of the groups.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim().to_ascii_lowercase().as_str() {
            "gp" | "gps" | "general practitioners" => Some(Self::Gp),
            "nurses" | "nurse" => Some(Self::Nurse),
            "direct patient care" | "dpc" | "other direct patient care" => {
                Some(Self::DirectPatientCare)
            }
            "admin/non-clinical"
            | "admin"
            | "non-clinical"
            | "admin and non-clinical"
            | "administrative" => Some(Self::Admin),
            _ => None,
        }
    }
}

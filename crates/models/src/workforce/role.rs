//! The roles of staff other than GPs, and the groups that tables show.

pub use vocab::Contract;
use vocab::StaffGroup;

// One line a role: the word of tables and scenarios, the published staff group, what to call several.
macro_rules! roles {
    ($( $(#[$doc:meta])* $name:ident = $word:literal, $group:ident, $people:literal; )*) => {
        /// A role of staff other than GPs with a contract of their own.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Role { $( $(#[$doc])* $name, )* }

        impl Role {
            /// Every role.
            pub const ALL: &'static [Self] = &[$( Self::$name, )*];

            /// The word kept in tables and scenarios.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$name => $word, )* }
            }

            /// The staff group that the publications count it in.
            #[must_use]
            pub const fn group(self) -> StaffGroup {
                match self { $( Self::$name => StaffGroup::$group, )* }
            }

            /// What to call several of them.
            #[must_use]
            pub const fn people(self) -> &'static str {
                match self { $( Self::$name => $people, )* }
            }
        }
    };
}

roles! {
    /// A salaried GP paid through a network's additional roles.
    NetworkGp = "network_gp", Gp, "network GPs";
    /// A nurse of a practice.
    Nurse = "nurse", Nurse, "practice nurses";
    /// An advanced practitioner, mostly a nurse.
    AdvancedPractitioner = "advanced_practitioner", Nurse, "advanced practitioners";
    /// An enhanced practice nurse.
    EnhancedNurse = "enhanced_nurse", Nurse, "enhanced nurses";
    /// A clinical pharmacist.
    Pharmacist = "pharmacist", DirectPatientCare, "clinical pharmacists";
    /// A pharmacy technician.
    PharmacyTechnician = "pharmacy_technician", DirectPatientCare, "pharmacy technicians";
    /// A first contact physiotherapist.
    Physiotherapist = "physiotherapist", DirectPatientCare, "first contact physiotherapists";
    /// A paramedic.
    Paramedic = "paramedic", DirectPatientCare, "paramedics";
    /// A physician associate.
    PhysicianAssociate = "physician_associate", DirectPatientCare, "physician associates";
    /// A mental health practitioner.
    MentalHealthPractitioner = "mental_health_practitioner", DirectPatientCare, "mental health practitioners";
    /// A dietitian.
    Dietitian = "dietitian", DirectPatientCare, "dietitians";
    /// A podiatrist.
    Podiatrist = "podiatrist", DirectPatientCare, "podiatrists";
    /// An occupational therapist.
    OccupationalTherapist = "occupational_therapist", DirectPatientCare, "occupational therapists";
    /// A social prescribing link worker.
    LinkWorker = "link_worker", DirectPatientCare, "social prescribing link workers";
    /// A health and wellbeing coach.
    HealthCoach = "health_coach", DirectPatientCare, "health and wellbeing coaches";
    /// A care coordinator.
    CareCoordinator = "care_coordinator", DirectPatientCare, "care coordinators";
    /// A nursing associate.
    NursingAssociate = "nursing_associate", DirectPatientCare, "nursing associates";
    /// A GP assistant.
    GpAssistant = "gp_assistant", DirectPatientCare, "GP assistants";
    /// A healthcare assistant or phlebotomist.
    HealthcareAssistant = "healthcare_assistant", DirectPatientCare, "healthcare assistants";
    /// Others in direct patient care.
    OtherDirect = "other_direct_patient_care", DirectPatientCare, "others in direct patient care";
    /// Administrative and other non-clinical staff.
    Admin = "admin", Admin, "administrative staff";
}

impl Role {
    /// Reads the word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.as_str() == word)
    }
}

/// What one line of the workforce counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// GPs of one contract.
    Gp(Contract),
    /// Another role.
    Other(Role),
}

impl Group {
    /// The word kept in the tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Gp(contract) => contract.as_str(),
            Self::Other(role) => role.as_str(),
        }
    }

    /// The staff group that the publications count it in.
    #[must_use]
    pub const fn staff_group(self) -> StaffGroup {
        match self {
            Self::Gp(_) => StaffGroup::Gp,
            Self::Other(role) => role.group(),
        }
    }

    /// Whether it counts fully qualified GPs of practices.
    #[must_use]
    pub const fn is_qualified_gp(self) -> bool {
        matches!(self, Self::Gp(contract) if contract.is_qualified())
    }

    /// Whether it counts permanent fully qualified GPs.
    #[must_use]
    pub const fn is_permanent_gp(self) -> bool {
        matches!(self, Self::Gp(contract) if contract.is_permanent())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_read_from_its_word() {
        assert!(Role::ALL.iter().all(|role| Role::parse(role.as_str()) == Some(*role)));
    }
}

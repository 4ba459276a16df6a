//! The named steps from the base year to a later one.

/// A step of the change from the gap of the base year to that of a later year, in minutes a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Need of the base year.
    BaseNeed,
    /// How many people live here and how old they are.
    Demographic,
    /// What those on the lists live with as they grow older, person by person.
    Illness,
    /// Illness that becomes more common at the same age.
    Morbidity,
    /// Contacts that neither explains.
    Expectation,
    /// Longer contacts.
    Longer,
    /// People waiting for hospital.
    Waiting,
    /// What interventions do to need.
    InterventionsOnNeed,
    /// Capacity of the base year.
    BaseCapacity,
    /// GPs who join.
    Joiners,
    /// GPs who leave.
    Leavers,
    /// GPs in post who work more or less, or under another contract.
    Participation,
    /// Registrars, by how many there are.
    Registrars,
    /// GPs and others away for long or new in their post.
    Absence,
    /// Nurses and others employed by practices.
    PracticeStaff,
    /// Additional roles employed by networks.
    AdditionalRoles,
}

impl Step {
    /// All steps: need first, then capacity.
    pub const ALL: [Self; 16] = [
        Self::BaseNeed,
        Self::Demographic,
        Self::Illness,
        Self::Morbidity,
        Self::Expectation,
        Self::Longer,
        Self::Waiting,
        Self::InterventionsOnNeed,
        Self::BaseCapacity,
        Self::Joiners,
        Self::Leavers,
        Self::Participation,
        Self::Registrars,
        Self::Absence,
        Self::PracticeStaff,
        Self::AdditionalRoles,
    ];

    /// Whether it adds to need; otherwise to capacity.
    #[must_use]
    pub const fn is_need(self) -> bool {
        (self as usize) < Self::BaseCapacity as usize
    }

    /// Whether it is the start and no change.
    #[must_use]
    pub const fn is_base(self) -> bool {
        matches!(self, Self::BaseNeed | Self::BaseCapacity)
    }

    /// The word of tables and JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BaseNeed => "base_need",
            Self::Demographic => "demographic",
            Self::Illness => "illness",
            Self::Morbidity => "morbidity",
            Self::Expectation => "expectation",
            Self::Longer => "longer_contacts",
            Self::Waiting => "hospital_waits",
            Self::InterventionsOnNeed => "interventions_on_need",
            Self::BaseCapacity => "base_capacity",
            Self::Joiners => "gp_joiners",
            Self::Leavers => "gp_leavers",
            Self::Participation => "gp_participation",
            Self::Registrars => "registrars",
            Self::Absence => "absence",
            Self::PracticeStaff => "practice_staff",
            Self::AdditionalRoles => "additional_roles",
        }
    }

    /// What it is in a sentence.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::BaseNeed => "need today",
            Self::Demographic => "more and older people",
            Self::Illness => "what those on the lists live with",
            Self::Morbidity => "more illness at the same age",
            Self::Expectation => "expectations and prevention",
            Self::Longer => "longer contacts",
            Self::Waiting => "waiting for hospital",
            Self::InterventionsOnNeed => "interventions, on need",
            Self::BaseCapacity => "capacity today",
            Self::Joiners => "GPs who join",
            Self::Leavers => "GPs who leave",
            Self::Participation => "hours and contracts of GPs",
            Self::Registrars => "registrars",
            Self::Absence => "long absence and first year in post",
            Self::PracticeStaff => "nurses and others of practices",
            Self::AdditionalRoles => "additional roles of networks",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_stand_at_their_number() {
        for (number, step) in Step::ALL.into_iter().enumerate() {
            assert_eq!(step as usize, number);
        }
    }
}

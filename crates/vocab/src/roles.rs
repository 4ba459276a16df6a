//! The staff groups of the NHS workforce publications, and the contracts of GPs.

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

/// The contract that a GP works under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Contract {
    /// An owner of the practice.
    Partner,
    /// An employee, retainers included.
    Salaried,
    /// A regular locum.
    Locum,
    /// A doctor in training.
    Registrar,
}

impl Contract {
    /// Every contract.
    pub const ALL: [Self; 4] = [Self::Partner, Self::Salaried, Self::Locum, Self::Registrar];

    /// Those of fully qualified GPs.
    pub const QUALIFIED: [Self; 3] = [Self::Partner, Self::Salaried, Self::Locum];

    /// The word kept in the tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Partner => "partner",
            Self::Salaried => "salaried",
            Self::Locum => "locum",
            Self::Registrar => "registrar",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|contract| contract.as_str() == word)
    }

    /// The contract behind a role of GPs as published, in long words or as the name of a column; nothing for totals.
    #[must_use]
    pub fn of_role(role: &str) -> Option<Self> {
        let role = role.trim().to_ascii_lowercase();
        let has = |parts: &[&str]| parts.iter().any(|part| role.contains(part));
        match () {
            () if role == "total" || role.starts_with("excluding") => None,
            () if has(&["train", "trn_gr"]) => Some(Self::Registrar),
            () if has(&["locum"]) => Some(Self::Locum),
            () if has(&["partner", "ptnr"]) => Some(Self::Partner),
            () => Some(Self::Salaried),
        }
    }

    /// Whether it is of a fully qualified GP: anybody but those in training, regular locums among them.
    #[must_use]
    pub const fn is_qualified(self) -> bool {
        !matches!(self, Self::Registrar)
    }

    /// Whether it is of a permanent fully qualified GP, neither in training nor a locum: those whom the indicators count.
    #[must_use]
    pub const fn is_permanent(self) -> bool {
        matches!(self, Self::Partner | Self::Salaried)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_of_a_role_are_one_contract() {
        for (words, column) in [
            ("Salaried By Practice", "sal_by_prac"),
            ("Partner/Provider", "ptnr_prov"),
            ("Training Grade ST3", "trn_gr_st3"),
            ("Locum - Vacancy", "locum_vac"),
        ] {
            assert_eq!(Contract::of_role(words), Contract::of_role(column), "{words}");
        }
    }

    #[test]
    fn totals_are_no_contract() {
        assert_eq!(Contract::of_role("Total"), None);
        assert_eq!(Contract::of_role("excluding_trainees"), None);
    }

    #[test]
    fn qualified_are_all_but_registrars_and_permanent_are_those_but_locums() {
        let of = |is: fn(Contract) -> bool| Contract::ALL.into_iter().filter(move |one| is(*one));
        assert!(of(Contract::is_qualified).eq(Contract::QUALIFIED));
        assert!(of(Contract::is_permanent).eq([Contract::Partner, Contract::Salaried]));
    }

    #[test]
    fn a_contract_is_read_from_its_word() {
        assert!(Contract::ALL.iter().all(|one| Contract::parse(one.as_str()) == Some(*one)));
    }
}

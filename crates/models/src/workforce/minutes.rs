//! What full-time equivalents are worth in minutes with patients.
//!
//! Hours contracted → weeks worked → share of them with patients; supervision by GPs is taken from the GPs' minutes.
//!
//! Method: [minutes](../../../../docs/book/methods.md#minutes).

use vocab::StaffGroup;

use super::role::{Contract, Group, Role};
use crate::parameters::{NoParameter, Values};

/// Minutes with patients of a full-time equivalent, by group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Worth {
    minutes_a_month: f64,
    gp: f64,
    registrar: f64,
    nurse: f64,
    direct: f64,
    supervision: f64,
}

impl Worth {
    /// What a full-time equivalent is worth in a draw.
    ///
    /// # Errors
    /// A parameter that no file knows.
    pub fn new(values: &Values) -> Result<Self, NoParameter> {
        let hours = values.get("full_time_hours")? * values.get("weeks_worked")?;
        Ok(Self {
            minutes_a_month: hours * 60.0 / 12.0,
            gp: values.get("gp_share_with_patients")?,
            registrar: values.get("registrar_share_of_gp")?,
            nurse: values.get("nurse_share_with_patients")?,
            direct: values.get("direct_patient_care_share_with_patients")?,
            supervision: values.get("gp_supervision")?,
        })
    }

    /// Minutes with patients a month of this many full-time equivalents that are there.
    #[must_use]
    pub fn minutes(&self, group: Group, fte: f64) -> f64 {
        let share = match group {
            Group::Gp(Contract::Registrar) => self.gp * self.registrar,
            Group::Gp(_) | Group::Other(Role::NetworkGp) => self.gp,
            Group::Other(role) => match role.group() {
                StaffGroup::Nurse => self.nurse,
                StaffGroup::Admin => 0.0,
                StaffGroup::Gp | StaffGroup::DirectPatientCare => self.direct,
            },
        };
        fte * share * self.minutes_a_month
    }

    /// Minutes a month that GPs spend on supervising this many full-time equivalents, to be taken from the GPs'.
    #[must_use]
    pub fn supervision(&self, group: Group, fte: f64) -> f64 {
        let supervised = match group {
            Group::Other(role) => role.is_supervised_by_gps(),
            Group::Gp(_) => false,
        };
        if supervised { fte * self.supervision * self.minutes_a_month } else { 0.0 }
    }
}

impl Role {
    /// Whether GPs supervise the clinical work of the role: direct patient care of networks and practices, not nurses.
    #[must_use]
    pub const fn is_supervised_by_gps(self) -> bool {
        matches!(
            self,
            Self::AdvancedPractitioner
                | Self::Pharmacist
                | Self::PharmacyTechnician
                | Self::Physiotherapist
                | Self::Paramedic
                | Self::PhysicianAssociate
                | Self::MentalHealthPractitioner
                | Self::Dietitian
                | Self::Podiatrist
                | Self::OccupationalTherapist
                | Self::NursingAssociate
                | Self::GpAssistant
                | Self::OtherDirect
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::Parameters;

    #[test]
    fn a_full_time_gp_has_some_seven_thousand_minutes_with_patients_a_month() {
        let worth = Worth::new(&Parameters::embedded().values(1, 0)).unwrap();
        let minutes = worth.minutes(Group::Gp(Contract::Partner), 1.0);
        assert!((minutes - 37.5 * 43.0 * 60.0 / 12.0 * 0.725).abs() < 1e-9, "{minutes}");
    }

    #[test]
    fn supervision_never_takes_all_that_a_role_brings() {
        for draw in 0..200 {
            let worth = Worth::new(&Parameters::embedded().values(1, draw)).unwrap();
            for role in Role::ALL {
                let group = Group::Other(*role);
                assert!(worth.supervision(group, 1.0) <= worth.minutes(group, 1.0));
            }
        }
    }
}

//! What the full-time equivalents of a group are worth beside a fully qualified member of their role.
//!
//! A registrar gives a part of a qualified GP's time with patients; whoever is supervised takes a part of a GP's.
//!
//! Method: [minutes](../../../../docs/book/methods.md#minutes).

use vocab::StaffGroup;

use super::role::{Contract, Group, Role};
use crate::parameters::{Key, Values};

/// What full-time equivalents are worth, by group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Worth {
    registrar: f64,
    supervision: f64,
}

impl Worth {
    /// What a full-time equivalent is worth in a draw.
    #[must_use]
    pub fn new(values: &Values) -> Self {
        Self {
            registrar: values.get(Key::RegistrarShareOfGp),
            supervision: values.get(Key::GpSupervision),
        }
    }

    /// A full-time equivalent beside a fully qualified member of its role; nought for those without patients.
    #[must_use]
    pub fn of(&self, group: Group) -> f64 {
        match group {
            Group::Gp(Contract::Registrar) => self.registrar,
            Group::Other(role) if role.group() == StaffGroup::Admin => 0.0,
            Group::Gp(_) | Group::Other(_) => 1.0,
        }
    }

    /// Full-time GPs spent on supervising a full-time equivalent, to be taken from the GPs.
    #[must_use]
    pub fn supervision(&self, group: Group) -> f64 {
        let is_supervised = match group {
            Group::Other(role) => role.is_supervised_by_gps(),
            Group::Gp(_) => false,
        };
        if is_supervised { self.supervision } else { 0.0 }
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
    fn ten_registrars_are_worth_four_gps_and_a_pharmacist_takes_a_part_of_one() {
        let worth = Worth::new(&Parameters::embedded().values(1, 0));
        assert!((10.0 * worth.of(Group::Gp(Contract::Registrar)) - 4.0).abs() < 1e-12);
        assert!((worth.supervision(Group::Other(Role::Pharmacist)) - 0.036).abs() < 1e-12);
        let nobody = [Role::Nurse, Role::LinkWorker, Role::Admin, Role::NetworkGp];
        assert!(nobody.iter().all(|role| worth.supervision(Group::Other(*role)) == 0.0));
    }

    #[test]
    fn those_without_patients_are_worth_nothing() {
        let worth = Worth::new(&Parameters::embedded().values(1, 0));
        assert!(worth.of(Group::Other(Role::Admin)) == 0.0);
    }
}

//! What an indicator is of, as far as a sentence about it can mean that only: read from its definition, never from its
//! name, so that a new indicator is understood as it is defined.

use std::collections::BTreeMap;

use indicators::{Definition, Library};

/// What an indicator is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Matter {
    /// Patients of an age, sex or kind of list.
    People,
    /// Patients on the register of a condition.
    Condition,
    /// Money.
    Money,
    /// All appointments, of every kind.
    Appointments,
    /// Appointments with a GP.
    WithGp,
    /// Appointments by the days between booking and appointment.
    Days,
    /// Anything else.
    Other,
}

impl Matter {
    fn of(definition: &Definition) -> Self {
        let counted = &definition.numerator;
        let rows = |column: &str| counted.rows.get(column);
        match counted.table.trim_end_matches("_sub_icb") {
            "registered" => Self::People,
            "condition" => Self::Condition,
            "payment" => Self::Money,
            "appointment" if rows("wait").is_some() => Self::Days,
            "appointment" if rows("staff").is_some() => Self::WithGp,
            "appointment" if counted.rows.is_empty() => Self::Appointments,
            _ => Self::Other,
        }
    }

    /// That of every built-in indicator.
    pub(super) fn of_all() -> BTreeMap<String, Self> {
        let library = Library::built_in().unwrap_or_default();
        library.all().into_iter().map(|one| (one.id.clone(), Self::of(one))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_indicator_is_of_stands_in_its_definition() {
        let all = Matter::of_all();
        for (id, matter) in [
            ("aged_75_and_over", Matter::People),
            ("women_20_to_44", Matter::People),
            ("prevalence_copd", Matter::Condition),
            ("payments_per_weighted", Matter::Money),
            ("global_sum_per_weighted", Matter::Money),
            ("weighted_per_registered", Matter::Other),
            ("appointments_per_1000", Matter::Appointments),
            ("with_a_gp", Matter::WithGp),
            ("over_21_days", Matter::Days),
            ("face_to_face", Matter::Other),
            ("blood_pressure_under_80", Matter::Other),
        ] {
            assert_eq!(all.get(id), Some(&matter), "{id}");
        }
    }
}

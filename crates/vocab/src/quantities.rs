//! Quantities that must not be mixed up: people on a list are not residents, a full-time equivalent is not a head.
//!
//! The block of laws is the dimensional analysis of the program: only the products and quotients written there
//! exist, and a wrong one does not compile.
//!
//! ```compile_fail
//! use vocab::quantities::{Fte, Headcount};
//! let nonsense = Fte::new(1.0).unwrap() + Headcount::new(2.0).unwrap();
//! ```

use std::fmt;
use std::ops::{Add, Div, Mul, Sub};

macro_rules! quantities {
    ($( $(#[$doc:meta])* $name:ident in $unit:literal; )*) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
        pub struct $name(f64);

        impl $name {
            /// The unit in words.
            pub const UNIT: &'static str = $unit;

            /// A finite amount; nothing for NaN and infinity.
            #[must_use]
            pub fn new(amount: f64) -> Option<Self> {
                amount.is_finite().then_some(Self(amount))
            }

            /// The bare number, for printing and for kernels.
            #[must_use]
            pub const fn get(self) -> f64 {
                self.0
            }
        }

        impl Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }

        impl Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0 - other.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{} {}", self.0, Self::UNIT)
            }
        }
    )* };
}

/// Writes the four true laws of `left * right = product`.
macro_rules! laws {
    ($( $left:ident * $right:ident = $product:ident; )*) => { $(
        impl Mul<$right> for $left {
            type Output = $product;
            fn mul(self, other: $right) -> $product {
                $product(self.0 * other.0)
            }
        }
        impl Mul<$left> for $right {
            type Output = $product;
            fn mul(self, other: $left) -> $product {
                $product(self.0 * other.0)
            }
        }
        impl Div<$left> for $product {
            type Output = $right;
            fn div(self, other: $left) -> $right {
                $right(self.0 / other.0)
            }
        }
        impl Div<$right> for $product {
            type Output = $left;
            fn div(self, other: $right) -> $left {
                $left(self.0 / other.0)
            }
        }
    )* };
}

quantities! {
    /// People on a practice's list on the day of the extract.
    RegisteredPatients in "registered patients";
    /// The list weighted by the global sum formula.
    WeightedPatients in "weighted patients";
    /// People living in an area.
    Residents in "residents";
    /// Whole-time equivalents: contracted hours over 37.5.
    Fte in "full-time equivalents";
    /// People employed, whatever their hours.
    Headcount in "people employed";
    /// Appointments in a period.
    Appointments in "appointments";
    /// Appointments for each registered patient in the same period.
    AppointmentsPerPatient in "appointments per registered patient";
    /// Registered patients for each full-time equivalent.
    PatientsPerFte in "registered patients per full-time equivalent";
    /// Pounds of the year in which they were paid.
    NominalPounds in "pounds";
    /// Pounds for each weighted patient.
    PoundsPerWeightedPatient in "pounds per weighted patient";
}

laws! {
    RegisteredPatients * AppointmentsPerPatient = Appointments;
    Fte * PatientsPerFte = RegisteredPatients;
    WeightedPatients * PoundsPerWeightedPatient = NominalPounds;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_laws_hold_both_ways() {
        let list = RegisteredPatients::new(8_000.0).unwrap();
        let rate = AppointmentsPerPatient::new(0.5).unwrap();
        let appointments: Appointments = list * rate;
        assert_eq!(appointments, Appointments::new(4_000.0).unwrap());
        assert_eq!(appointments / list, rate);
        assert_eq!(appointments / rate, list);
    }

    #[test]
    fn infinity_is_no_quantity() {
        assert_eq!(Fte::new(f64::INFINITY), None);
        assert_eq!(Fte::new(f64::NAN), None);
    }
}

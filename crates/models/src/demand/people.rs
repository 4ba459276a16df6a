//! How much more or less care a person needs than others of their age and sex.

use crate::parameters::{Key, Values};

/// What weighs on a person's need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Needs {
    /// Long-term conditions.
    pub conditions: u32,
    /// 0 fit, 1 mildly, 2 moderately, 3 severely frail.
    pub frailty: u8,
    /// Lives in a care home.
    pub in_care_home: bool,
    /// Has no fixed abode.
    pub has_no_fixed_abode: bool,
    /// Joined the list in the last year.
    pub is_new: bool,
    /// Fifth of deprivation, 1 the most deprived; 0 where it is not known.
    pub fifth: u8,
}

/// Multipliers of contacts in one draw.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights {
    conditions: [f64; 3],
    frailty: [f64; 3],
    care_home: f64,
    no_fixed_abode: f64,
    new: f64,
    fifth: [f64; 5],
}

impl Weights {
    /// The multipliers of a draw.
    #[must_use]
    pub fn of(values: &Values) -> Self {
        Self {
            conditions: [
                values.get(Key::ContactsConditionFirst),
                values.get(Key::ContactsConditionSecond),
                values.get(Key::ContactsConditionFurther),
            ],
            frailty: [
                values.get(Key::ContactsFrailtyMild),
                values.get(Key::ContactsFrailtyModerate),
                values.get(Key::ContactsFrailtySevere),
            ],
            care_home: values.get(Key::ContactsCareHome),
            no_fixed_abode: values.get(Key::ContactsNoFixedAbode),
            new: values.get(Key::ContactsNewlyRegistered),
            fifth: super::with_conditions(values),
        }
    }

    /// Contacts of a person beside a fit one of the same age and sex, without conditions, in the middle fifth; frailty
    /// stands in place of conditions where it weighs more.
    #[must_use]
    pub fn of_person(&self, needs: &Needs) -> f64 {
        let [first, second, further] = self.conditions;
        let ill = match needs.conditions {
            0 => 1.0,
            1 => first,
            more => first * second * libm::pow(further, f64::from(more - 2)),
        };
        let frail = match needs.frailty {
            0 => 1.0,
            some => self.frailty[usize::from(some.min(3)) - 1],
        };
        let place = usize::from(needs.fifth).checked_sub(1);
        let fifth = place.and_then(|place| self.fifth.get(place)).copied().unwrap_or(1.0);
        let or_one = |applies: bool, factor: f64| if applies { factor } else { 1.0 };
        ill.max(frail)
            * fifth
            * or_one(needs.in_care_home, self.care_home)
            * or_one(needs.has_no_fixed_abode, self.no_fixed_abode)
            * or_one(needs.is_new, self.new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::Parameters;

    fn weights() -> Weights {
        Weights::of(&Parameters::embedded().values(1, 0))
    }

    #[test]
    fn three_conditions_are_worth_the_product_of_their_steps() {
        let ill = Needs { conditions: 3, ..Needs::default() };
        assert!((weights().of_person(&ill) - 1.25 * 1.2 * 1.12).abs() < 1e-12);
    }

    #[test]
    fn more_need_never_means_fewer_contacts() {
        let weights = weights();
        for conditions in 0..8 {
            for frailty in 0..4 {
                let of = |conditions, frailty| {
                    weights.of_person(&Needs { conditions, frailty, ..Needs::default() })
                };
                assert!(of(conditions + 1, frailty) >= of(conditions, frailty));
                assert!(of(conditions, frailty + 1) >= of(conditions, frailty));
            }
        }
    }

    #[test]
    fn a_fit_person_of_the_middle_fifth_is_the_measure() {
        let fit = Needs { fifth: 3, ..Needs::default() };
        assert!((weights().of_person(&fit) - 1.0).abs() < 1e-12);
    }
}

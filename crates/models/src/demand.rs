//! How much care people need: contacts by who they are, from whom and how, and the minutes that go with them.
//!
//! A curve of contacts by sex and age, multipliers for conditions, frailty, where somebody lives, deprivation and being
//! new on the list say how people differ; the appointments that an area held are shared out over its practices as they say.
//! From there need moves by named steps: who lives here, what they live with, what they expect, how long a contact
//! takes, and how many wait for hospital. The base year is in balance: what was held was met. What was asked for in vain
//! no file of appointments counts; surveys tell it beside, in [`crate::standards`].
//!
//! Method: [`methods.md#need`](../../../docs/book/methods.md#need).

mod ageing;
mod curve;
mod minutes;
mod people;
mod practices;

use vocab::Observed;

use crate::parameters::{Key, Values};
use crate::place::{Activity, Ages, Base, ROLES};

pub use self::ageing::{ageing, ageing_of};
pub use self::curve::contacts_by_age;
pub use self::minutes::Minutes;
pub use self::people::{Needs, Weights};
pub use self::practices::needed;

/// What turns people into contacts in one draw.
#[derive(Debug, Clone, PartialEq)]
pub struct Rates {
    /// Contacts a person, a year, by sex (female, male) and five-year band.
    pub by_age: Ages,
    /// Contacts of a fifth of deprivation beside the middle one, 1 the most deprived first, conditions not told apart.
    pub by_fifth: [f64; 5],
    /// The same at the same conditions.
    pub by_fifth_with_conditions: [f64; 5],
    /// How far the needs of practices differ beyond what is told of their people, as the spread of a logarithm.
    pub untold: f64,
    /// Minutes of contacts.
    pub minutes: Minutes,
    /// Contacts of somebody in their first year on a list beside the mean of the list.
    pub newly: f64,
    /// Share of contacts that cannot wait.
    pub urgent: f64,
    /// How need grows.
    pub growth: Growth,
}

/// How need grows beyond who lives here, a year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Growth {
    /// Contacts at the same age and sex from illness that becomes more common there; lives hold it as it is at every age.
    pub morbidity: f64,
    /// Contacts that neither age nor illness explains, of GPs, nurses and others.
    pub expectation: [f64; ROLES],
    /// Minutes of a contact.
    pub minutes: f64,
    /// Contacts a registered person, a year, that waiting for hospital causes in the base year.
    pub waiting: f64,
    /// Growth of the number of people waiting.
    pub waiting_growth: f64,
}

impl Rates {
    /// The rates of a draw.
    #[must_use]
    pub fn of(values: &Values) -> Self {
        let tilt = values.get(Key::ContactsAgeTilt);
        let mut by_age = *contacts_by_age();
        for (band, age) in (0..crate::place::AGES).map(|band| (band, band as f64 * 5.0 + 2.5)) {
            let factor = libm::exp(tilt * (age - 45.0) / 40.0);
            by_age.0[0][band] *= factor;
            by_age.0[1][band] *= factor;
        }
        let new = values.get(Key::ContactsNewlyRegistered);
        Self {
            by_age,
            by_fifth: [
                values.get(Key::ContactsFifth1),
                values.get(Key::ContactsFifth2),
                1.0,
                values.get(Key::ContactsFifth4),
                values.get(Key::ContactsFifth5),
            ],
            by_fifth_with_conditions: with_conditions(values),
            untold: values.get(Key::NeedBeyondWhatIsTold),
            minutes: Minutes::of(values),
            newly: new / (1.0 + (new - 1.0) * values.get(Key::NewlyRegisteredShare)),
            urgent: values.get(Key::UrgentShare),
            growth: Growth {
                morbidity: values.get(Key::MorbidityGrowth),
                expectation: [
                    values.get(Key::ExpectationGrowthGp),
                    values.get(Key::ExpectationGrowthNurse),
                    values.get(Key::ExpectationGrowthDirect),
                ],
                minutes: values.get(Key::MinutesGrowth),
                waiting: values.get(Key::WaitingPeople) * values.get(Key::ContactsOfWaiting),
                waiting_growth: values.get(Key::WaitingGrowth),
            },
        }
    }

    /// Contacts a year that people of these ages would have at England's rates in a fifth of deprivation.
    #[must_use]
    pub fn expected(&self, ages: &Ages, fifth: Option<u8>) -> f64 {
        let pairs = ages.0.iter().flatten().zip(self.by_age.0.iter().flatten());
        pairs.map(|(people, rate)| people * rate).sum::<f64>() * of_fifth(&self.by_fifth, fifth)
    }

    /// What deprivation adds to contacts at the same age, sex and conditions.
    #[must_use]
    pub fn more_of_fifth(&self, fifth: Option<u8>) -> f64 {
        of_fifth(&self.by_fifth_with_conditions, fifth)
    }
}

/// Contacts by fifth of deprivation at the same conditions, the middle fifth as it is.
pub(crate) fn with_conditions(values: &Values) -> [f64; 5] {
    [
        values.get(Key::ContactsFifth1WithConditions),
        values.get(Key::ContactsFifth2WithConditions),
        1.0,
        values.get(Key::ContactsFifth4WithConditions),
        values.get(Key::ContactsFifth5WithConditions),
    ]
}

fn of_fifth(fifths: &[f64; 5], fifth: Option<u8>) -> f64 {
    fifth.map_or(1.0, |fifth| fifths[usize::from(fifth.clamp(1, 5)) - 1])
}

/// Need by named steps, in minutes a year; every step is the change that it brings.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Steps {
    /// Need of the base year.
    pub base: f64,
    /// Who lives here: how many, how old.
    pub demographic: f64,
    /// What those on the list live with as they grow older, person by person.
    pub illness: f64,
    /// Illness that becomes more common at the same age.
    pub morbidity: f64,
    /// What neither explains.
    pub expectation: f64,
    /// Longer contacts.
    pub longer: f64,
    /// People waiting for hospital.
    pub waiting: f64,
}

impl Steps {
    /// All of it.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.base
            + self.demographic
            + self.illness
            + self.morbidity
            + self.expectation
            + self.longer
            + self.waiting
    }

    /// Adds another practice.
    pub fn add(&mut self, other: &Self) {
        self.base += other.base;
        self.demographic += other.demographic;
        self.illness += other.illness;
        self.morbidity += other.morbidity;
        self.expectation += other.expectation;
        self.longer += other.longer;
        self.waiting += other.waiting;
    }
}

/// How the people of a practice changed since the base year: contacts expected of them beside those of the base year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Changed {
    /// From how many there are and how old they are.
    pub demographic: f64,
    /// From what those on the list live with.
    pub illness: f64,
    /// From illness that becomes more common at the same age.
    pub morbidity: f64,
    /// How many there are beside the base year.
    pub people: f64,
}

/// Who is on the list of a practice, and the contacts that they need in the base year.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    /// Contacts by role and mode.
    pub contacts: &'a Activity,
    /// People on the list in the base year.
    pub list: f64,
}

impl Rates {
    /// The need of a practice some years after the base year for each role, in minutes a year and by steps.
    #[must_use]
    pub fn steps(&self, asking: Asking<'_>, changed: &Changed, years: f64) -> [Steps; ROLES] {
        let minutes = self.minutes.by_role(asking.contacts);
        let held = asking.contacts.total();
        let longer = libm::pow(1.0 + self.growth.minutes, years);
        let more_waiting = libm::pow(1.0 + self.growth.waiting_growth, years) - 1.0;
        let of_waiting = asking.list * changed.people * self.growth.waiting * more_waiting;
        std::array::from_fn(|role| {
            let base = minutes[role];
            let after_people = base * changed.demographic;
            let after_illness = after_people * changed.illness;
            let after_trend = after_illness * changed.morbidity;
            let expectation = libm::pow(1.0 + self.growth.expectation[role], years);
            let after_expectation = after_trend * expectation;
            let a_contact = if held > 0.0 { base / held } else { 0.0 };
            Steps {
                base,
                demographic: after_people - base,
                illness: after_illness - after_people,
                morbidity: after_trend - after_illness,
                expectation: after_expectation - after_trend,
                longer: after_expectation * (longer - 1.0),
                waiting: of_waiting * a_contact * longer,
            }
        })
    }
}

/// Share of the people of a place who are on a register, of those practices that publish it.
#[must_use]
pub fn prevalence(base: &Base, register: &str) -> Observed<f64> {
    let (mut people, mut list) = (0.0, 0.0);
    for practice in &base.practices {
        let Some(found) = practice.registers.get(register) else { continue };
        if let Some(value) = found.people.value() {
            people += value;
            list += found.list;
        }
    }
    if list > 0.0 { Observed::Value(people / list) } else { Observed::Missing }
}

/// Appointments of a place in its base year.
#[must_use]
pub fn held(base: &Base) -> Activity {
    base.practices.iter().fold(Activity::default(), |sum, one| sum.with(&one.activity))
}

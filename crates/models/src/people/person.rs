//! The record of one person.

use std::fmt;

use vocab::Sex;

/// The last single year of age; it stands for everybody of that age and over.
pub const MOST_AGE: u8 = 100;
/// How many conditions and other states a record has room for.
pub const MOST_CONDITIONS: usize = 24;
/// Conditions with a lower number than this are counted; those from it on are states of risk, kept but not counted.
pub const COUNTED: usize = 18;
/// The state that stands for living in a care home.
pub(super) const CARE_HOME: usize = 20;
/// How many areas or practices a record can tell apart.
const MOST_AREAS: usize = 1 << 16;
/// Conditions are counted up to here: more is the same.
pub(super) const MOST_COUNTED: u32 = 7;

/// Where each part of a person stands in the record, lowest bit and width. Age, sex, deprivation, number of conditions and
/// frailty come first: together they are the place of the person in the table of bounds.
const AGE: Part = Part { from: 0, width: 7 };
const SEX: Part = Part { from: 7, width: 1 };
const FIFTH: Part = Part { from: 8, width: 3 };
const COUNT: Part = Part { from: 11, width: 3 };
const FRAILTY: Part = Part { from: 14, width: 2 };
const CONDITIONS: Part = Part { from: 16, width: 24 };
const ETHNIC_GROUP: Part = Part { from: 40, width: 3 };
const WAY_OF_LIFE: Part = Part { from: 43, width: 2 };
const REGISTERED: Part = Part { from: 46, width: 1 };
const NEW: Part = Part { from: 47, width: 1 };
const AREA: Part = Part { from: 48, width: 16 };

/// One person, in sixteen bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Person {
    /// The number that keys all draws of this person; no two share it, and it never changes.
    pub luck: u64,
    state: u64,
}

/// The category of the electronic frailty index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Frailty {
    /// Fit.
    Fit,
    /// Mildly frail.
    Mild,
    /// Moderately frail.
    Moderate,
    /// Severely frail.
    Severe,
}

/// Where a person lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Setting {
    /// At home.
    OwnHome,
    /// In a care home.
    CareHome,
    /// As a student.
    Student,
    /// Without a fixed abode.
    NoFixedAbode,
}

struct Part {
    from: u32,
    width: u32,
}

impl Part {
    const fn of(&self, state: u64) -> u64 {
        (state >> self.from) & ((1 << self.width) - 1)
    }

    const fn set(&self, state: u64, value: u64) -> u64 {
        let mask = ((1 << self.width) - 1) << self.from;
        (state & !mask) | ((value << self.from) & mask)
    }
}

impl Frailty {
    /// All categories, fit first.
    pub const ALL: [Self; 4] = [Self::Fit, Self::Mild, Self::Moderate, Self::Severe];
}

impl Setting {
    /// All settings.
    pub const ALL: [Self; 4] = [Self::OwnHome, Self::CareHome, Self::Student, Self::NoFixedAbode];
}

impl Person {
    /// A fit person without conditions, at home, on the list of the area or practice with this number.
    ///
    /// # Panics
    /// When the deprivation fifth is not 0 to 4, the sex is neither of two or the area is beyond what a record holds: the caller has a bug.
    #[must_use]
    pub fn new(luck: u64, age: u8, sex: Sex, fifth: u8, area: usize) -> Self {
        assert!(fifth < 5, "deprivation fifths are numbered 0 to 4");
        assert!(area < MOST_AREAS, "a record tells {MOST_AREAS} areas apart");
        assert!(sex != Sex::OtherOrUnknown, "a record holds one of two sexes");
        let state = AGE.set(0, u64::from(age.min(MOST_AGE)));
        let state = SEX.set(state, u64::from(sex == Sex::Female));
        let state = FIFTH.set(state, u64::from(fifth));
        let state = REGISTERED.set(state, 1);
        Self { luck, state: AREA.set(state, area as u64) }
    }

    /// Age in whole years; [`MOST_AGE`] is everybody of that age and over.
    #[must_use]
    pub const fn age(&self) -> u8 {
        AGE.of(self.state) as u8
    }

    /// The sex.
    #[must_use]
    pub const fn sex(&self) -> Sex {
        if SEX.of(self.state) == 0 { Sex::Male } else { Sex::Female }
    }

    /// The deprivation fifth, 0 to 4, in the order of the tables that the person lives by.
    #[must_use]
    pub const fn fifth(&self) -> u8 {
        FIFTH.of(self.state) as u8
    }

    /// The number of the practice or area.
    #[must_use]
    pub const fn area(&self) -> usize {
        AREA.of(self.state) as usize
    }

    /// The conditions and other states, one bit each.
    #[must_use]
    pub const fn conditions(&self) -> u32 {
        CONDITIONS.of(self.state) as u32
    }

    /// How many conditions that count; seven stands for seven and more.
    #[must_use]
    pub const fn count(&self) -> u32 {
        COUNT.of(self.state) as u32
    }

    /// The frailty category.
    #[must_use]
    pub const fn frailty(&self) -> Frailty {
        Frailty::ALL[FRAILTY.of(self.state) as usize]
    }

    /// The number of the ethnic group, 0 to 7.
    #[must_use]
    pub const fn ethnic_group(&self) -> u8 {
        ETHNIC_GROUP.of(self.state) as u8
    }

    /// Where the person lives: in a care home, else as their way of life has it at their age.
    #[must_use]
    pub const fn setting(&self) -> Setting {
        if self.conditions() >> CARE_HOME & 1 == 1 {
            return Setting::CareHome;
        }
        match (WAY_OF_LIFE.of(self.state), self.age()) {
            (1, 18..22) => Setting::Student,
            (2, 18..65) => Setting::NoFixedAbode,
            _ => Setting::OwnHome,
        }
    }

    /// Whether they are on a list.
    #[must_use]
    pub const fn is_registered(&self) -> bool {
        REGISTERED.of(self.state) == 1
    }

    /// Whether they joined the list within the last year.
    #[must_use]
    pub const fn is_new(&self) -> bool {
        NEW.of(self.state) == 1
    }

    /// The same person with other conditions.
    #[must_use]
    pub const fn with_conditions(self, conditions: u32) -> Self {
        let count = (conditions & ((1 << COUNTED) - 1)).count_ones();
        let count = if count > MOST_COUNTED { MOST_COUNTED } else { count };
        let state = CONDITIONS.set(self.state, conditions as u64);
        Self { luck: self.luck, state: COUNT.set(state, count as u64) }
    }

    /// The same person of another frailty category.
    #[must_use]
    pub const fn with_frailty(self, frailty: Frailty) -> Self {
        Self { luck: self.luck, state: FRAILTY.set(self.state, frailty as u64) }
    }

    /// The same person of another ethnic group, 0 to 7.
    #[must_use]
    pub const fn with_ethnic_group(self, group: u8) -> Self {
        Self { luck: self.luck, state: ETHNIC_GROUP.set(self.state, group as u64) }
    }

    /// The same person living elsewhere. Students and people without a fixed abode are so at the ages of adults who are:
    /// 18 to 21 and 18 to 64.
    #[must_use]
    pub const fn with_setting(self, setting: Setting) -> Self {
        let home = 1 << CARE_HOME;
        let way = match setting {
            Setting::CareHome => return self.with_conditions(self.conditions() | home),
            Setting::OwnHome => 0,
            Setting::Student => 1,
            Setting::NoFixedAbode => 2,
        };
        let person = self.with_conditions(self.conditions() & !home);
        Self { luck: self.luck, state: WAY_OF_LIFE.set(person.state, way) }
    }

    /// The same person on a list or on none.
    #[must_use]
    pub const fn with_registered(self, is_registered: bool) -> Self {
        Self { luck: self.luck, state: REGISTERED.set(self.state, is_registered as u64) }
    }

    /// The same person, new on the list or not.
    #[must_use]
    pub const fn with_new(self, is_new: bool) -> Self {
        Self { luck: self.luck, state: NEW.set(self.state, is_new as u64) }
    }

    /// Somebody like this person with luck of their own.
    pub(super) const fn with_luck(self, luck: u64) -> Self {
        Self { luck, state: self.state }
    }

    /// The person a year later.
    pub(super) const fn older(self) -> Self {
        let years = (self.age() < MOST_AGE) as u64;
        Self { luck: self.luck, state: self.state + years }
    }

    /// Age, sex and deprivation as a place in a table.
    pub(super) const fn row(&self) -> usize {
        (self.state & 0x7FF) as usize
    }

    /// Age, sex, deprivation, number of conditions and frailty as a place in a table.
    pub(super) const fn bound(&self) -> u16 {
        self.state as u16
    }
}

impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Person")
            .field("luck", &self.luck)
            .field("age", &self.age())
            .field("sex", &self.sex())
            .field("fifth", &self.fifth())
            .field("area", &self.area())
            .field("conditions", &format_args!("{:b}", self.conditions()))
            .field("frailty", &self.frailty())
            .field("setting", &self.setting())
            .finish_non_exhaustive()
    }
}

/// Age, sex and deprivation at a place of a table; nothing where no person can be.
pub(super) fn of_row(row: usize) -> Option<(usize, Sex, usize)> {
    let state = row as u64;
    let (age, fifth) = (AGE.of(state), FIFTH.of(state));
    let sex = if SEX.of(state) == 0 { Sex::Male } else { Sex::Female };
    (age <= u64::from(MOST_AGE) && fifth < 5).then_some((age as usize, sex, fifth as usize))
}

/// The places of tables by age, sex and deprivation.
pub(super) const ROWS: usize = 1 << 11;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_sixteen_bytes() {
        assert_eq!(size_of::<Person>(), 16);
    }

    #[test]
    fn every_part_keeps_to_its_place() {
        let person = Person::new(9, 47, Sex::Female, 4, 65_535)
            .with_conditions(0xFF_FFFF)
            .with_frailty(Frailty::Severe)
            .with_ethnic_group(7)
            .with_new(true);
        let plain = person
            .with_conditions(0b101)
            .with_frailty(Frailty::Mild)
            .with_ethnic_group(1)
            .with_setting(Setting::Student)
            .with_registered(false)
            .with_new(false);
        assert_eq!((person.conditions(), person.count()), (0xFF_FFFF, 7));
        assert_eq!((plain.conditions(), plain.count(), plain.frailty()), (0b101, 2, Frailty::Mild));
        assert_eq!(
            (plain.age(), plain.sex(), plain.fifth(), plain.area()),
            (47, Sex::Female, 4, 65_535)
        );
        assert_eq!((plain.ethnic_group(), plain.setting()), (1, Setting::OwnHome));
        assert_eq!(person.setting(), Setting::CareHome);
        assert!(person.is_complex() && person.is_registered() && person.is_new());
        assert!(!plain.is_complex() && !plain.is_registered() && !plain.is_new());
    }

    #[test]
    fn students_are_students_at_the_age_of_students() {
        let at =
            |age| Person::new(1, age, Sex::Female, 0, 0).with_setting(Setting::Student).setting();
        assert_eq!(
            [17, 18, 21, 22].map(at).map(|setting| setting == Setting::Student),
            [false, true, true, false]
        );
    }

    #[test]
    fn states_of_risk_are_not_counted() {
        let person = Person::new(1, 50, Sex::Male, 0, 0).with_conditions(0b11 << COUNTED | 1);
        assert_eq!(person.count(), 1);
    }

    #[test]
    fn the_oldest_stay_in_the_last_year_of_age() {
        let person = Person::new(1, 99, Sex::Male, 0, 0).older();
        assert_eq!((person.age(), person.older().age()), (100, 100));
    }
}

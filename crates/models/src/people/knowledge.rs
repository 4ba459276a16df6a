//! What is known of births, deaths, illness and frailty, read from `parameters/people.toml` and the shapes of conditions
//! that the invented place shares.

use std::sync::LazyLock;

use serde::Deserialize;

use super::person::{CARE_HOME, COUNTED, MOST_AGE};
use vocab::Sex;

/// Ages in whole years, the last open.
pub(super) const AGES: usize = MOST_AGE as usize + 1;
/// Conditions, states of risk and the care home.
pub const STATES: usize = CARE_HOME + 1;
/// Ages in the middle of the bands by which shapes are given.
pub(super) const MIDDLES: [f64; 8] = [9.0, 26.5, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0];
/// Ages from which the bands of the shapes begin.
pub(super) const BANDS: [u8; 8] = [0, 18, 35, 45, 55, 65, 75, 85];

/// A condition, a state of risk, or the care home.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// The register, such as `DM`.
    pub register: String,
    /// What it is called.
    pub name: String,
    /// Ratio of yearly deaths with and without, other things equal.
    pub deaths: f64,
    /// Weight in the multimorbidity score.
    pub score: f64,
    /// The age from which its register counts people.
    pub from_age: usize,
    /// Shares by band, males and females.
    shares: [[f64; 8]; 2],
    /// Logarithm by which a tenth of deprivation raises it.
    slope: f64,
    scale: f64,
}

/// Everything known.
#[derive(Debug, Clone)]
pub struct Knowledge {
    /// Conditions in the order of a person's bits, the care home last.
    pub states: Vec<State>,
    file: File,
    /// Probabilities of dying within a year by sex and age.
    deaths: [Vec<f64>; 2],
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    deaths: BySex,
    deaths_by_fifth: Figure<[f64; 5]>,
    births: ByAge,
    girls: Figure<f64>,
    frailty: Frailties,
    frailty_deaths: Figure<[f64; 4]>,
    frailty_by_condition: Figure<f64>,
    shared: Figure<f64>,
    onset_by_others: Figure<f64>,
    joins: ByAge,
    students: Figure<f64>,
    no_fixed_abode: Figure<f64>,
    unregistered: Figure<f64>,
    care_homes: CareHomes,
    condition: Vec<Condition>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Figure<T> {
    value: T,
    #[serde(rename = "unit")]
    _unit: String,
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "mark")]
    _mark: String,
}

#[derive(Debug, Clone, Deserialize)]
struct BySex {
    ages: Vec<f64>,
    male: Vec<f64>,
    female: Vec<f64>,
}

#[derive(Debug, Clone, Deserialize)]
struct ByAge {
    ages: Vec<f64>,
    value: Vec<f64>,
}

#[derive(Debug, Clone, Deserialize)]
struct Frailties {
    ages: Vec<f64>,
    shares: Vec<[f64; 4]>,
}

#[derive(Debug, Clone, Deserialize)]
struct CareHomes {
    male: [f64; 8],
    female: [f64; 8],
    deaths: f64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Condition {
    group: String,
    name: String,
    deaths: f64,
    score: f64,
}

/// The part that is read of the shapes.
#[derive(Deserialize)]
struct Shapes {
    condition: Vec<Shape>,
}

#[derive(Deserialize)]
struct Shape {
    group: String,
    from_age: usize,
    male: [f64; 8],
    female: [f64; 8],
    deprivation_slope: f64,
    scale: f64,
}

#[derive(Deserialize)]
struct England {
    male: Counts,
    female: Counts,
}

#[derive(Deserialize)]
struct Counts {
    value: Vec<f64>,
}

static EMBEDDED: LazyLock<Knowledge> = LazyLock::new(|| {
    let file = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../parameters/people.toml"));
    let shapes = include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../parameters/england/conditions.toml"
    ));
    Knowledge::read(file, shapes).expect("the files inside the program are read by a test")
});

/// England's people by sex (male, female) and single year of age, mid-2023; the last year is open.
pub(super) static ENGLAND: LazyLock<[Vec<f64>; 2]> = LazyLock::new(|| {
    let file = include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../parameters/england/population.toml"
    ));
    let england: England =
        toml::from_str(file).expect("the file inside the program is read by a test");
    [england.male.value, england.female.value].map(|counts| open_up(&counts))
});

/// Spreads those of 90 and over, the last of the counts, over the years up to 100 by a fixed decline.
fn open_up(counts: &[f64]) -> Vec<f64> {
    let (last, years) = counts.split_last().map_or((0.0, counts), |(last, years)| (*last, years));
    let mut ages = years.to_vec();
    let decline: Vec<f64> =
        (0..AGES - ages.len()).map(|year| libm::pow(0.80, year as f64)).collect();
    let total: f64 = decline.iter().sum();
    ages.extend(decline.iter().map(|share| last * share / total));
    ages
}

impl Knowledge {
    /// What is inside the program.
    #[must_use]
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    fn read(file: &str, shapes: &str) -> Result<Self, String> {
        let file: File = toml::from_str(file).map_err(|error| error.to_string())?;
        let shapes: Shapes = toml::from_str(shapes).map_err(|error| error.to_string())?;
        let mut states = Vec::new();
        for condition in &file.condition {
            let shape = shapes.condition.iter().find(|shape| shape.group == condition.group);
            let shape = shape.ok_or_else(|| format!("there is no shape of {}", condition.group))?;
            states.push(state(condition, shape));
        }
        if states.len() != CARE_HOME {
            return Err(format!("{} conditions: expected {CARE_HOME}", states.len()));
        }
        let homes = &file.care_homes;
        states.push(State {
            register: String::new(),
            name: "living in a care home".to_owned(),
            deaths: homes.deaths,
            score: 0.0,
            from_age: 18,
            shares: [homes.male, homes.female],
            slope: 0.0,
            scale: 1.0,
        });
        let deaths = [Sex::Male, Sex::Female].map(|sex| deaths(&file.deaths, sex));
        Ok(Self { states, file, deaths })
    }

    /// The conditions that are counted.
    #[must_use]
    pub fn counted(&self) -> &[State] {
        &self.states[..COUNTED]
    }

    /// The bits of the conditions that a register or a name, such as `DM` or `diabetes`, tells; of all conditions and states of
    /// risk where it is empty. Nothing where there is no such condition.
    #[must_use]
    pub fn conditions(&self, called: &str) -> Option<u32> {
        if called.is_empty() {
            return Some((1 << CARE_HOME) - 1);
        }
        let is = |state: &State| state.register == called || state.name == called;
        self.states[..CARE_HOME].iter().position(is).map(|state| 1 << state)
    }

    /// The share of people of an age, sex and deprivation fifth (0 most deprived) in a state, in England.
    #[must_use]
    pub fn share(&self, state: usize, age: usize, sex: Sex, fifth: usize) -> f64 {
        let state = &self.states[state];
        if age < state.from_age {
            return 0.0;
        }
        let by_band = &state.shares[sex as usize];
        let years = age as f64;
        let share = interpolate(&MIDDLES, by_band, years) * (years / MIDDLES[0]).min(1.0);
        let tenth = 1.5 + 2.0 * fifth as f64;
        (share * state.scale * libm::exp(state.slope * (5.5 - tenth))).min(0.97)
    }

    /// The probability of dying within a year, before conditions and frailty.
    #[must_use]
    pub fn death(&self, age: usize, sex: Sex) -> f64 {
        self.deaths[sex as usize][age]
    }

    /// What a deprivation fifth does to deaths, before the mean is set to that of all.
    pub(crate) fn death_by_fifth(&self, age: usize, fifth: usize) -> f64 {
        let fades = ((95.0 - age as f64) / 20.0).clamp(0.0, 1.0);
        1.0 + (self.file.deaths_by_fifth.value[fifth] - 1.0) * fades
    }

    /// Births of a woman within a year.
    #[must_use]
    pub fn birth(&self, age: usize) -> f64 {
        let births = &self.file.births;
        interpolate(&births.ages, &births.value, age as f64)
    }

    /// The share of girls among births.
    #[must_use]
    pub fn girls(&self) -> f64 {
        self.file.girls.value
    }

    /// Shares of the frailty categories at an age, fit first.
    #[must_use]
    pub fn frailty(&self, age: usize) -> [f64; 4] {
        let frailty = &self.file.frailty;
        std::array::from_fn(|category| {
            let shares: Vec<f64> = frailty.shares.iter().map(|shares| shares[category]).collect();
            interpolate(&frailty.ages, &shares, age as f64)
        })
    }

    /// Ratio of deaths of each frailty category to fit people of the same age and sex.
    #[must_use]
    pub fn frailty_deaths(&self) -> [f64; 4] {
        self.file.frailty_deaths.value
    }

    /// What a condition adds to the log odds of a frailer category.
    pub(super) fn frailty_by_condition(&self) -> f64 {
        self.file.frailty_by_condition.value
    }

    /// Variance of what the conditions of a person share.
    pub(super) fn shared(&self) -> f64 {
        self.file.shared.value
    }

    /// What each other condition adds to an onset, as a share of it.
    pub(super) fn onset_by_others(&self) -> f64 {
        self.file.onset_by_others.value
    }

    /// The share of people of an age who joined their list within a year.
    #[must_use]
    pub fn joins(&self, age: usize) -> f64 {
        interpolate(&self.file.joins.ages, &self.file.joins.value, age as f64)
    }

    /// The share of people who study away from home at the age of students, and who have no fixed abode as adults.
    pub(super) fn students_and_no_fixed_abode(&self) -> [f64; 2] {
        [self.file.students.value, self.file.no_fixed_abode.value]
    }

    /// Residents on no list, as a share of those on lists.
    #[must_use]
    pub fn unregistered(&self) -> f64 {
        self.file.unregistered.value
    }
}

fn state(condition: &Condition, shape: &Shape) -> State {
    State {
        register: condition.group.clone(),
        name: condition.name.clone(),
        deaths: condition.deaths,
        score: condition.score,
        from_age: shape.from_age,
        shares: [shape.male, shape.female].map(|shares| shares.map(|percent| percent / 100.0)),
        slope: shape.deprivation_slope,
        scale: shape.scale,
    }
}

/// Probabilities of dying at every age: their logarithms are interpolated.
fn deaths(given: &BySex, sex: Sex) -> Vec<f64> {
    let by_age = if sex == Sex::Male { &given.male } else { &given.female };
    let logarithms: Vec<f64> = by_age.iter().map(|death| libm::log(*death)).collect();
    let at = |age: usize| libm::exp(interpolate(&given.ages, &logarithms, age as f64));
    (0..AGES).map(at).collect()
}

/// A value between those given, straight from each to the next; the ends go on.
pub(super) fn interpolate(at: &[f64], values: &[f64], x: f64) -> f64 {
    let next = at.partition_point(|known| *known <= x);
    if next == 0 {
        return values[0];
    }
    if next == at.len() {
        return values[next - 1];
    }
    let share = (x - at[next - 1]) / (at[next] - at[next - 1]);
    values[next - 1] + share * (values[next] - values[next - 1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_inside_the_program_are_sound() {
        let knowledge = Knowledge::embedded();
        assert_eq!((knowledge.states.len(), knowledge.counted().len()), (STATES, 18));
        assert_eq!(ENGLAND[0].len(), AGES);
        for age in 0..AGES {
            let shares: f64 = knowledge.frailty(age).iter().sum();
            assert!((shares - 1.0).abs() < 1e-9, "age {age}: {shares}");
        }
    }

    #[test]
    fn total_fertility_is_the_published_one() {
        let total: f64 = (0..AGES).map(|age| Knowledge::embedded().birth(age)).sum();
        assert!((total - 1.44).abs() < 0.01, "{total}");
    }

    /// Registered in England in 2023: 563,561.
    #[test]
    fn women_of_england_have_the_births_that_were_registered() {
        let [women, _] = crate::population::rates::England::of_2023().female_and_male();
        let births =
            women.iter().enumerate().map(|(age, women)| women * Knowledge::embedded().birth(age));
        let births: f64 = births.sum();
        assert!((births / 563_561.0 - 1.0).abs() < 0.005, "{births}");
    }

    /// Published: 79.0 to 79.3 for males, 82.9 to 83.2 for females.
    #[test]
    fn life_expectancy_is_near_the_published_one() {
        for (sex, published) in [(Sex::Male, 79.15), (Sex::Female, 83.05)] {
            let (mut alive, mut years) = (1.0, 0.0);
            for age in 0..130 {
                let death = Knowledge::embedded().death(age.min(AGES - 1), sex);
                years += alive * (1.0 - death / 2.0);
                alive *= 1.0 - death;
            }
            assert!((years - published).abs() < 0.6, "{sex:?}: {years}");
        }
    }
}

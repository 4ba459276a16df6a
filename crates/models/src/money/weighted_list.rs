//! The weighted list on which the global sum is paid, computed from who is on the list.
//!
//! The formula is a dated file of its own, so that another one can stand beside it. An index of which nothing is known is
//! taken as England's mean and named.

use std::sync::LazyLock;

use indicators::Evaluation;
use serde::Deserialize;
use vocab::Sex;

use super::Mark;
use crate::place::{Ages, Practice};

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct AgeSex {
    from_age: Vec<u8>,
    male: Vec<f64>,
    female: Vec<f64>,
    england: f64,
    mark: Mark,
    source: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Homes {
    weight: f64,
    england: f64,
    mark: Mark,
    source: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct New {
    weight: f64,
    england_share: f64,
    mark: Mark,
    source: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Needs {
    constant: f64,
    mortality: f64,
    illness: f64,
    mark: Mark,
    source: String,
}

/// A formula that weighs lists.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Formula {
    /// What it is called.
    pub name: String,
    /// The first day of its use.
    pub from: String,
    age_sex: AgeSex,
    homes: Homes,
    new: New,
    needs: Needs,
}

static CARR_HILL: LazyLock<Formula> = LazyLock::new(|| {
    let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../rules/weighted_list.toml"));
    toml::from_str(text).expect("the file inside the program can be read because a test reads it")
});

impl Formula {
    /// The formula in use since 2004.
    #[must_use]
    pub fn carr_hill() -> &'static Self {
        &CARR_HILL
    }

    /// What each part rests on: part, mark, source.
    #[must_use]
    pub fn sources(&self) -> [(&'static str, Mark, &str); 4] {
        [
            ("age and sex", self.age_sex.mark, &self.age_sex.source),
            ("nursing and residential homes", self.homes.mark, &self.homes.source),
            ("new patients", self.new.mark, &self.new.source),
            ("additional needs", self.needs.mark, &self.needs.source),
        ]
    }

    /// Whether everybody from one age to another weighs the same.
    #[must_use]
    pub fn weighs_alike(&self, from: u8, to: u8) -> bool {
        let band = |age: u8| self.age_sex.from_age.iter().rposition(|from| *from <= age);
        from <= to && band(from) == band(to)
    }

    fn workload(&self, age: u8, sex: Sex) -> f64 {
        let weights = if sex == Sex::Female { &self.age_sex.female } else { &self.age_sex.male };
        let band = self.age_sex.from_age.iter().rposition(|from| *from <= age);
        band.and_then(|band| weights.get(band)).copied().unwrap_or(1.0)
    }
}

/// Who is on a list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct List {
    /// Patients by the youngest age of their band and sex; bands must not cross 5, 15, 45, 65, 75 and 85.
    pub people: Vec<(u8, Sex, f64)>,
    /// Patients in nursing and residential homes.
    pub in_homes: Option<f64>,
    /// Patients registered within the last twelve months.
    pub new: Option<f64>,
    /// Standardised mortality ratio under 65 and limiting long-term illness, England 100.
    pub needs: Option<(f64, f64)>,
    /// Market forces factor of staff, England 1.
    pub market_forces: Option<f64>,
    /// Rurality, England 1.
    pub rurality: Option<f64>,
}

impl List {
    /// A list of which only sexes and ages are known.
    #[must_use]
    pub fn of_ages(ages: &Ages) -> Self {
        let of = |sex: Sex, people: [f64; crate::place::AGES]| {
            (0_u8..).step_by(5).zip(people).map(move |(age, people)| (age, sex, people))
        };
        let [women, men] = ages.0;
        Self {
            people: of(Sex::Female, women).chain(of(Sex::Male, men)).collect(),
            ..Self::default()
        }
    }
}

/// Weighted patients of a practice.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weighed {
    /// How many.
    pub patients: f64,
    /// Whether they rest on its published weighted list; otherwise they are an estimate from sexes and ages alone.
    pub published: bool,
}

/// The weighted list of a practice today: the published weighted patients for each registered one, or where none are
/// published what the formula makes of its sexes and ages; nothing for a practice without patients.
#[must_use]
pub fn weighed(practice: &Practice, published: Option<&Evaluation>) -> Option<Weighed> {
    let row = published.and_then(|evaluation| evaluation.row(&practice.code));
    let ratio = row.and_then(|row| Some(row.estimate?.value));
    if let Some(ratio) = ratio {
        return Some(Weighed { patients: ratio * practice.list(), published: true });
    }
    let indices = weighted_list(Formula::carr_hill(), &List::of_ages(&practice.ages))?;
    Some(Weighed { patients: indices.weighted(), published: false })
}

/// The indices of a list, each beside England's 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Indices {
    /// Patients on the list.
    pub list: f64,
    /// Age and sex.
    pub age_sex: f64,
    /// Homes.
    pub homes: f64,
    /// New patients.
    pub new: f64,
    /// Additional needs.
    pub needs: f64,
    /// Market forces factor.
    pub market_forces: f64,
    /// Rurality.
    pub rurality: f64,
    /// Parts of which nothing is known and that are taken as England's mean.
    pub taken_as_england: Vec<&'static str>,
}

impl Indices {
    /// Weighted patients, before England's weighted list is set to its list.
    #[must_use]
    pub fn weighted(&self) -> f64 {
        self.list
            * self.age_sex
            * self.homes
            * self.new
            * self.needs
            * self.market_forces
            * self.rurality
    }
}

/// Weighs a list; nothing for a list without patients.
#[must_use]
pub fn weighted_list(formula: &Formula, list: &List) -> Option<Indices> {
    let patients: f64 = list.people.iter().map(|(_, _, people)| people).sum();
    if patients <= 0.0 {
        return None;
    }
    let mut missing = Vec::new();
    let mut index = |name: &'static str, known: Option<f64>| {
        known.unwrap_or_else(|| {
            missing.push(name);
            1.0
        })
    };
    let workload: f64 =
        list.people.iter().map(|(age, sex, people)| people * formula.workload(*age, *sex)).sum();
    let counted = |people: f64, weight: f64| 1.0 + (weight - 1.0) * people / patients;
    let homes =
        list.in_homes.map(|people| counted(people, formula.homes.weight) / formula.homes.england);
    let england_new = 1.0 + (formula.new.weight - 1.0) * formula.new.england_share;
    let new = list.new.map(|people| counted(people, formula.new.weight) / england_new);
    let rule = &formula.needs;
    let needs = list.needs.map(|(mortality, illness)| {
        (rule.constant + rule.mortality * mortality + rule.illness * illness) / 100.0
    });
    Some(Indices {
        list: patients,
        age_sex: workload / patients / formula.age_sex.england,
        homes: index("nursing and residential homes", homes),
        new: index("new patients", new),
        needs: index("additional needs", needs),
        market_forces: index("market forces factor", list.market_forces),
        rurality: index("rurality", list.rurality),
        taken_as_england: missing,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn worked() -> List {
        let ages = [0, 5, 15, 45, 65, 75, 85];
        let men = [250.0, 560.0, 2100.0, 1250.0, 420.0, 260.0, 80.0];
        let women = [240.0, 540.0, 2150.0, 1280.0, 450.0, 310.0, 110.0];
        let of = |sex: Sex, people: [f64; 7]| {
            ages.into_iter().zip(people).map(move |(age, people)| (age, sex, people))
        };
        List {
            people: of(Sex::Male, men).chain(of(Sex::Female, women)).collect(),
            in_homes: Some(120.0),
            new: Some(900.0),
            needs: Some((108.0, 112.0)),
            market_forces: Some(1.0),
            rurality: Some(0.99),
        }
    }

    fn rounded(value: f64) -> f64 {
        libm::round(value * 1e4) / 1e4
    }

    #[test]
    fn the_worked_list_of_ten_thousand_is_met_to_the_printed_digits() {
        let indices = weighted_list(Formula::carr_hill(), &worked()).unwrap();
        let found = [indices.age_sex, indices.homes, indices.new, indices.needs].map(rounded);
        let printed = [0.9779, 1.0022, 1.0022, 1.0284];
        assert!(found.iter().zip(printed).all(|(a, b)| (a - b).abs() < 1e-9), "{found:?}");
        assert!((indices.weighted() / 10_000.0 - 1.0).abs() < 5e-5, "{}", indices.weighted());
        let dearer = Indices { market_forces: 1.1, ..indices.clone() };
        assert!((dearer.weighted() / indices.weighted() - 1.1).abs() < 1e-9);
        let million = indices.weighted() * 123.34 / 1e6;
        assert!((million - 1.233).abs() < 5e-4, "{million}");
    }

    #[test]
    fn bands_of_five_years_weigh_what_the_bands_of_the_formula_weigh() {
        let mut ages = Ages::default();
        // 100 girls of 0 to 4, 100 men of 40 to 44 and 100 women of 85 and over: 2.241, 0.913 and 3.090.
        (ages.0[0][0], ages.0[1][8], ages.0[0][17]) = (100.0, 100.0, 100.0);
        let indices = weighted_list(Formula::carr_hill(), &List::of_ages(&ages)).unwrap();
        let expected = 100.0 * (2.241 + 0.913 + 3.090) / 1.7826;
        assert!((indices.weighted() - expected).abs() < 1e-9, "{}", indices.weighted());
        assert_eq!(indices.taken_as_england.len(), 5);
    }

    #[test]
    fn what_is_not_known_is_named() {
        let list = List { needs: None, rurality: None, ..worked() };
        let indices = weighted_list(Formula::carr_hill(), &list).unwrap();
        assert_eq!(indices.taken_as_england, ["additional needs", "rurality"]);
        assert!(weighted_list(Formula::carr_hill(), &List::default()).is_none());
    }
}

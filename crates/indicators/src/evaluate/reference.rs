//! Whom a figure is compared with: England, all that was imported of it, or only the part that has figures.
//!
//! England’s figure is the sum over all who returned one. Where these look after too few of its patients, it is called by
//! the part that it is; where they look after fewer still, or a whole region has none, nothing is compared with it. Both
//! limits stand in `parameters/comparison.toml`.

use std::sync::LazyLock;

use serde::Deserialize;
use vocab::counts::{of_noun, thousands};
use vocab::{Level, Whole};

use super::sums::Sums;
use super::{Counted, Evaluation, Prepared, Row};

/// What stands behind the figure that others are compared with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reference {
    /// England, or all that was imported.
    pub whole: Whole,
    /// The level of the organisations counted.
    pub base: Level,
    /// How many of them have a figure, and their patients.
    pub counted: Counted,
    /// Regions with a figure, where some of those known have none.
    pub regions: Option<(usize, usize)>,
    /// The two amounts as published for England, used because those counted are a part of it.
    pub published: Option<(f64, f64)>,
}

impl Reference {
    /// Share of the whole that has figures, 0 to 1: of patients where lists are there, else of organisations.
    #[must_use]
    pub fn share(&self) -> f64 {
        share(&self.counted)
    }

    /// Whether it stands for a part of the whole only.
    #[must_use]
    pub fn is_part(&self) -> bool {
        self.is_counted_in_part() && self.published.is_none()
    }

    /// Whether those counted are a part of the whole only, published or not.
    fn is_counted_in_part(&self) -> bool {
        self.regions.is_some() || self.share() < LIMITS.named_below.value
    }

    /// Whether it stands for too little to be compared with.
    #[must_use]
    pub fn is_withheld(&self) -> bool {
        let is_little = self.regions.is_some() || self.share() < LIMITS.compared_from.value;
        is_little && self.published.is_none()
    }

    /// The name as it stands in a sentence: `England`, `England as published`, or `35 of England’s 42 integrated care
    /// boards, 51.2 of 63.9 million patients`.
    #[must_use]
    pub fn name(&self) -> String {
        match (self.published, self.is_part()) {
            (Some(_), _) => "England as published".to_owned(),
            (None, false) => self.whole.name().to_owned(),
            (None, true) => self.counted_name(),
        }
    }

    /// What is compared with, at the head of a column of verdicts; the whole where none is given.
    #[must_use]
    pub fn compared(&self) -> String {
        if self.is_withheld() { self.whole.name().to_owned() } else { self.name() }
    }

    /// Those counted, as a part of the whole where they are one.
    #[must_use]
    pub fn counted_name(&self) -> String {
        if !self.is_counted_in_part() {
            return self.whole.name().to_owned();
        }
        let (counted, of) = (self.organisations(), thousands(self.counted.of as u64));
        let level = self.base.plural();
        match self.whole {
            Whole::England => format!("{counted} of England’s {of} {level}{}", self.patients()),
            Whole::Imported => format!("{counted} of {of} imported {level}{}", self.patients()),
        }
    }

    /// The name as a heading.
    #[must_use]
    pub fn heading(&self) -> String {
        if self.is_part() || self.published.is_some() {
            self.name()
        } else {
            self.whole.heading().to_owned()
        }
    }

    /// The figure that belongs to it, as it opens a sentence.
    #[must_use]
    pub fn figure(&self) -> String {
        match (self.published, self.is_part()) {
            (Some(_), _) => "England’s published figure".to_owned(),
            (None, false) => self.whole.figure().to_owned(),
            (None, true) => format!("The figure of {}", self.name()),
        }
    }

    /// What to add to a comparison where those counted are a part of the whole: whom it is made with, or why it is not.
    #[must_use]
    pub fn note(&self) -> Option<String> {
        if self.published.is_some() {
            return Some(format!(
                "England’s figure is the published one; those imported are {}.",
                self.counted_name()
            ));
        }
        let of_part =
            || format!("What stands for {} is the figure of {}.", self.whole.name(), self.name());
        self.withheld().or_else(|| self.is_part().then(of_part))
    }

    /// On how much the figure of the whole rests.
    #[must_use]
    pub fn basis(&self) -> String {
        let published = || "as published for England".to_owned();
        self.published.map_or_else(|| self.counted.in_words(self.base), |_| published())
    }

    /// Why nothing is compared with it, if so, with the rule.
    #[must_use]
    pub fn withheld(&self) -> Option<String> {
        if !self.is_withheld() {
            return None;
        }
        let whole = self.whole.name();
        let has = format!("the figures imported are those of {}", self.name());
        let lacking = match self.regions {
            Some((some, all)) => format!(", in {some} of {all} regions"),
            None => String::new(),
        };
        Some(format!("Not compared with {whole}: {has}{lacking}; {}.", needed()))
    }

    fn organisations(&self) -> String {
        thousands(self.counted.counted as u64)
    }

    fn patients(&self) -> String {
        self.counted.patients_in_words().map_or_else(String::new, |said| format!(", {said}"))
    }
}

/// The least that a verdict needs.
fn needed() -> String {
    let Limit { value, source, .. } = &LIMITS.compared_from;
    format!(
        "those of at least {:.0}% of patients, in every region, are needed ({})",
        100.0 * value,
        source.kind
    )
}

impl Evaluation {
    /// Organisations and patients behind the figure of a row.
    #[must_use]
    pub fn basis(&self, row: &Row) -> String {
        if row.organisation.level == Level::England {
            return self.reference.basis();
        }
        row.counted.in_words(self.base)
    }

    /// Why a row is held against nothing, where its own figure or that of the whole stands for too little.
    #[must_use]
    pub fn withheld(&self, row: &Row) -> Option<String> {
        row.estimate?;
        if let Some(doubt) = row.doubt {
            return Some(format!("Not compared: the figure of {} is {doubt}.", row.name));
        }
        let Counted { counted, of, .. } = row.counted;
        if row.organisation.level == Level::England || is_enough(&row.counted) {
            return self.reference.withheld();
        }
        let (counted, of) = (thousands(counted as u64), thousands(of as u64));
        let (whose, base) = (&row.name, self.base.plural());
        Some(format!(
            "Not compared: the figure of {whose} is that of {counted} of {of} {base}; {}.",
            needed()
        ))
    }
}

impl Counted {
    /// Organisations and patients behind a figure: `35 of 42 integrated care boards, 51.2 of 63.9 million patients`.
    #[must_use]
    pub fn in_words(&self, base: Level) -> String {
        let (counted, of) = (thousands(self.counted as u64), thousands(self.of as u64));
        let organisations = if self.of == 1 { base.singular() } else { base.plural() };
        let said = if self.counted == self.of {
            format!("{counted} {organisations}")
        } else {
            format!("{counted} of {of} {organisations}")
        };
        self.patients_in_words()
            .map_or_else(|| said.clone(), |patients| format!("{said}, {patients}"))
    }

    /// Patients behind a figure, of those who might be; nothing without a list of patients.
    #[must_use]
    pub fn patients_in_words(&self) -> Option<String> {
        let patients = self.patients?;
        let of = self.patients_of()?;
        let whole = |count: f64| thousands(count.round().max(0.0) as u64);
        let millions = |count: f64| format!("{:.1}", count / 1e6);
        Some(match (patients >= 1e6, patients.round() >= of.round()) {
            (true, true) => format!("{} million patients", millions(of)),
            (true, false) => format!("{} of {} million patients", millions(patients), millions(of)),
            (false, true) => of_noun(of.round() as u64, "patient"),
            (false, false) => format!("{} of {} patients", whole(patients), whole(of)),
        })
    }

    /// Registered patients of all who might have a figure.
    #[must_use]
    pub fn patients_of(&self) -> Option<f64> {
        let (patients, share) = (self.patients?, self.patients_share?);
        if share > 0.0 { Some(patients / share) } else { None }
    }
}

/// Whether enough of an organisation has figures for a verdict on it, or on others by it.
pub(super) fn is_enough(counted: &Counted) -> bool {
    share(counted) >= LIMITS.compared_from.value
}

fn share(counted: &Counted) -> f64 {
    let of_organisations = counted.counted as f64 / counted.of.max(1) as f64;
    counted.patients_share.unwrap_or(of_organisations)
}

impl Prepared {
    /// What the sum over all of its organisations stands for.
    pub(super) fn reference(&self, all: &Sums) -> Reference {
        let mut counted = all.counted();
        if counted.patients.is_none() {
            counted.of = counted.of.max(self.known.codes(self.units.level).len());
        }
        let whole = self.known.whole();
        let held = self.sums(Level::Region);
        let some = held.values().filter(|sums| sums.counted > 0).count();
        let all = self.known.codes(Level::Region).len();
        let is_country = |regions| Whole::of_regions(regions) == Whole::England;
        let is_part =
            whole == Whole::England && all > 0 && is_country(all) && some > 0 && !is_country(some);
        let regions = is_part.then_some((some, all));
        let mut found =
            Reference { whole, base: self.units.level, counted, regions, published: None };
        found.published = self.national.filter(|_| found.is_counted_in_part());
        found
    }
}

/// The limits, with their sources, one sentence each.
#[must_use]
pub fn limits_in_words() -> Vec<String> {
    let limit = |one: &Limit| {
        let Limit { about, value, unit, source: Source { kind, reference } } = one;
        format!("{about} {value} ({unit}). Kind: {kind} ({reference}).")
    };
    vec![limit(&LIMITS.named_below), limit(&LIMITS.compared_from)]
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Limits {
    #[expect(dead_code, reason = "for readers of the file")]
    description: String,
    named_below: Limit,
    compared_from: Limit,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Limit {
    about: String,
    unit: String,
    value: f64,
    source: Source,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    kind: String,
    reference: String,
}

static LIMITS: LazyLock<Limits> = LazyLock::new(|| {
    toml::from_str(include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../parameters/comparison.toml"
    )))
    .expect("the file inside the program can be read because a test reads it")
});

#[cfg(test)]
mod tests {
    use super::*;

    fn of_practices(counted: usize, of: usize, patients_share: Option<f64>) -> Reference {
        let patients = patients_share.map(|share| share * 63_947_100.0);
        let counted = Counted { counted, of, estimated: 0, patients, patients_share };
        Reference {
            whole: Whole::England,
            base: Level::Practice,
            counted,
            regions: None,
            published: None,
        }
    }

    #[test]
    fn the_limits_are_read_and_say_that_they_are_assumptions() {
        let words = limits_in_words();
        assert!(words.iter().all(|said| said.contains("Kind: assumption")), "{words:?}");
        assert!(LIMITS.compared_from.value < LIMITS.named_below.value);
    }

    #[test]
    fn a_third_of_england_is_named_and_not_compared_with() {
        let part = of_practices(2_101, 6_200, Some(0.334));
        assert_eq!(
            part.name(),
            "2,101 of England’s 6,200 practices, 21.4 of 63.9 million patients"
        );
        let said = part.withheld().unwrap();
        assert!(said.contains("at least 80% of patients") && said.contains("assumption"), "{said}");
    }

    #[test]
    fn nine_tenths_are_named_and_compared_with_and_nearly_all_is_england() {
        let most = of_practices(35, 42, Some(0.9));
        assert!(most.is_part() && most.withheld().is_none());
        assert_eq!(of_practices(41, 42, Some(0.96)).name(), "England");
    }

    #[test]
    fn a_published_figure_stands_for_the_country_and_says_so() {
        let part = of_practices(2_101, 6_200, Some(0.334));
        let published = Reference { published: Some((5.0, 100.0)), ..part };
        assert_eq!(published.name(), "England as published");
        assert!(published.withheld().is_none() && published.basis() == "as published for England");
        assert!(published.note().unwrap().contains("2,101 of England’s 6,200 practices"));
    }

    #[test]
    fn without_lists_organisations_are_counted_and_a_missing_region_withholds() {
        assert!(of_practices(19, 6_200, None).is_withheld());
        let region = Reference { regions: Some((6, 7)), ..of_practices(6_000, 6_200, Some(0.97)) };
        assert!(region.is_withheld());
    }
}

//! Who the patients of each practice are: the covariates, stage by stage, from whatever tables the evidence holds.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use evidence::{Evidence, EvidenceError, Frame, tables};
use stats::mixed::NoModel;
use vocab::{Level, Period};

use super::columns::{Column, Columns, StageColumns};
use crate::compare::{Feature, Profiles, Special, nearest, operand, shares};
use crate::definition::{Ages, Definition, Operand};
use crate::evaluate::TINY;

/// Share of practices that must have a covariate for it to be used.
const KNOWN: f64 = 0.8;

/// The stages, in the order in which they enter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CaseMix {
    /// Age and sex.
    AgeAndSex,
    /// Deprivation.
    Deprivation,
    /// Ethnic group of the areas where patients live.
    EthnicGroup,
    /// Long-term conditions, as recorded.
    Conditions,
    /// Care homes, frailty, students, rural and dispensing practices.
    Setting,
    /// All of them as one score, weighed elsewhere.
    Together,
}

impl CaseMix {
    /// The word in downloads.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AgeAndSex => "age_and_sex",
            Self::Deprivation => "deprivation",
            Self::EthnicGroup => "ethnic_group",
            Self::Conditions => "long_term_conditions",
            Self::Setting => "setting",
            Self::Together => "case_mix",
        }
    }

    /// The name on pages.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::AgeAndSex => "age and sex",
            Self::Deprivation => "deprivation",
            Self::EthnicGroup => "ethnic group",
            Self::Conditions => "long-term conditions",
            Self::Setting => "care homes, frailty, students and rural practices",
            Self::Together => "all that is known of the patients, put together",
        }
    }
}

/// A covariate that could not be used.
#[derive(Debug, Clone, PartialEq)]
pub enum Gap {
    /// The evidence does not hold it.
    NotHeld {
        /// What it would have told.
        label: String,
        /// The tables that would hold it.
        tables: &'static str,
    },
    /// Too few practices of the place have it.
    TooFew {
        /// The covariate.
        label: String,
        /// Share of practices that have it.
        known: f64,
    },
    /// It is the indicator itself.
    IsTheIndicator {
        /// The covariate.
        label: String,
    },
    /// The model with this stage gave no answer; the one before it is shown.
    NoAnswer {
        /// The stage.
        case_mix: CaseMix,
        /// Why.
        why: NoModel,
    },
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotHeld { label, tables } => {
                write!(f, "{label}: not in the evidence (it would come from {tables})")
            }
            Self::TooFew { label, known } => {
                write!(f, "{label}: known for only {:.0}% of practices, not used", 100.0 * known)
            }
            Self::NoAnswer { case_mix, why } => {
                write!(
                    f,
                    "{}: not used, since the model gives no answer: {why}",
                    case_mix.in_words()
                )
            }
            Self::IsTheIndicator { label } => {
                write!(f, "{label}: left out, since it is what is to be explained")
            }
        }
    }
}

/// One covariate of all practices.
#[derive(Debug, Clone)]
struct Known {
    case_mix: CaseMix,
    label: String,
    period: Period,
    values: BTreeMap<String, f64>,
}

/// Everything known of the patients of practices.
#[derive(Debug, Default)]
pub struct Mix {
    known: Vec<Known>,
    gaps: Vec<Gap>,
    /// Why the list of a practice is special, if it is.
    pub special: BTreeMap<String, Special>,
}

/// Registers used as long-term conditions, with their names.
const REGISTERS: [(&str, &str); 6] = [
    ("DM", "patients with diabetes"),
    ("HYP", "patients with high blood pressure"),
    ("CHD", "patients with coronary heart disease"),
    ("COPD", "patients with COPD"),
    ("DEP", "patients with depression"),
    ("MH", "patients with severe mental illness"),
];

/// Age groups, and women of childbearing age.
const AGES: [(&str, Ages, Option<&str>); 5] = [
    ("patients under 5", Ages { from: 0, to: Some(5) }, None),
    ("patients aged 65 to 74", Ages { from: 65, to: Some(75) }, None),
    ("patients aged 75 to 84", Ages { from: 75, to: Some(85) }, None),
    ("patients aged 85 and over", Ages { from: 85, to: None }, None),
    ("women aged 15 to 44", Ages { from: 15, to: Some(45) }, Some("female")),
];

/// Words in the fields of the network indicators.
const FIELDS: [(&str, &str); 2] = [
    ("patients living in care homes", "permanent care home residents"),
    ("patients with severe frailty", "living with severe frailty"),
];

impl Mix {
    /// Gathers the covariates nearest to a period, and leaves out what the indicator itself measures.
    pub fn gather(
        evidence: &Evidence,
        definition: &Definition,
        period: Period,
    ) -> Result<Self, EvidenceError> {
        let mut mix = Self::default();
        let profiles = Profiles::of(evidence, period, Level::Practice)?;
        mix.ages(evidence, period)?;
        mix.feature(&profiles, Feature::Deprivation, CaseMix::Deprivation, "deprivation score");
        mix.ethnic_groups(evidence, period)?;
        mix.conditions(evidence, definition, period)?;
        mix.network_indicators(evidence, period)?;
        mix.feature(&profiles, Feature::Aged20To24, CaseMix::Setting, "patients aged 20 to 24");
        mix.contracts(evidence, period)?;
        let special = profiles.members.into_iter();
        mix.special = special.filter_map(|(code, of)| Some((code, of.special?))).collect();
        Ok(mix)
    }

    fn know(
        &mut self,
        case_mix: CaseMix,
        label: &str,
        period: Period,
        values: BTreeMap<String, f64>,
    ) {
        self.known.push(Known { case_mix, label: label.to_owned(), period, values });
    }

    fn lacks(&mut self, label: &str, tables: &'static str) {
        self.gaps.push(Gap::NotHeld { label: label.to_owned(), tables });
    }

    fn feature(&mut self, profiles: &Profiles, feature: Feature, case_mix: CaseMix, label: &str) {
        let Some(period) = profiles.periods.get(&feature) else {
            self.lacks(
                label,
                "patients registered by area with an index of deprivation, or by age",
            );
            return;
        };
        let value = |code: &String| profiles.members.get(code)?.values.get(&feature).copied();
        let values = profiles.members.keys();
        let values = values.filter_map(|code| Some((code.clone(), value(code)?))).collect();
        self.know(case_mix, label, *period, values);
    }

    fn ages(&mut self, evidence: &Evidence, period: Period) -> Result<(), EvidenceError> {
        let all = operand("registered", "patients");
        let Some((mut everybody, found)) = nearest(evidence, &all, period)? else {
            self.lacks("age and sex", "patients registered by age band");
            return Ok(());
        };
        everybody.retain(|_, total| total.value().is_some_and(|patients| patients >= TINY));
        for (label, ages, sex) in AGES {
            let mut part = Operand { ages: Some(ages), ..all.clone() };
            if let Some(sex) = sex {
                part.rows.insert("sex".to_owned(), vec![sex.to_owned()]);
            }
            if let Some((some, _)) = nearest(evidence, &part, period)? {
                self.know(CaseMix::AgeAndSex, label, found, shares(&some, &everybody));
            }
        }
        Ok(())
    }

    fn conditions(
        &mut self,
        evidence: &Evidence,
        definition: &Definition,
        period: Period,
    ) -> Result<(), EvidenceError> {
        let own = definition.numerator.rows.get("register");
        for (register, label) in REGISTERS {
            if own.is_some_and(|own| own.iter().any(|word| word == register)) {
                self.gaps.push(Gap::IsTheIndicator { label: label.to_owned() });
                continue;
            }
            let of = |column: &str| {
                let mut found = operand("condition", column);
                found.rows.insert("register".to_owned(), vec![register.to_owned()]);
                found
            };
            let some = nearest(evidence, &of("patients"), period)?;
            let all = nearest(evidence, &of("list_size"), period)?;
            if let (Some((some, found)), Some((all, _))) = (some, all) {
                self.know(CaseMix::Conditions, label, found, shares(&some, &all));
            } else {
                self.lacks(label, "the disease registers of the Quality and Outcomes Framework");
            }
        }
        Ok(())
    }

    /// Shares of patients by the broad ethnic group of the people of their areas; the largest group is left out.
    fn ethnic_groups(&mut self, evidence: &Evidence, period: Period) -> Result<(), EvidenceError> {
        const TABLES: &str = "patients registered by area and the census of ethnic groups";
        let lives = evidence.nearest_period("registered_area", period);
        let census = evidence.nearest_period("ethnicity", period);
        let (Some(lives), Some(census)) = (lives, census) else {
            self.lacks("ethnic group", TABLES);
            return Ok(());
        };
        let (areas, groups) = area_shares(&*evidence.frame("ethnicity", census)?);
        let frame = evidence.frame("registered_area", lives)?;
        let found = by_practice(&frame, &areas, groups.len());
        for (position, group) in groups.iter().enumerate().skip(1) {
            let label = format!("patients in areas of ethnic group {group}");
            let share = |sums: &Vec<f64>| sums[position + 1] / sums[0];
            let known = found.iter().filter(|(_, sums)| sums[0] > 0.0);
            let values = known.map(|(code, sums)| (code.clone(), share(sums))).collect();
            self.know(CaseMix::EthnicGroup, &label, lives, values);
        }
        Ok(())
    }

    fn network_indicators(
        &mut self,
        evidence: &Evidence,
        period: Period,
    ) -> Result<(), EvidenceError> {
        let lists = nearest(evidence, &operand("list_size", "patients"), period)?;
        let found = evidence.nearest_period("network_indicator", period);
        let (Some((lists, _)), Some(found)) = (lists, found) else {
            for (label, _) in FIELDS {
                self.lacks(label, "the indicators of the Network Contract");
            }
            return Ok(());
        };
        let frame = evidence.frame("network_indicator", found)?;
        let network = tables::network_indicator::Columns::of(&frame);
        for (label, words) in FIELDS {
            let mut shares = BTreeMap::new();
            let known = network.value.iter().enumerate().filter(|(_, value)| value.is_finite());
            for (row, value) in known {
                let Some(code) = network.practice.get(row) else { continue };
                let list = lists.get(code).and_then(|list| list.value());
                let is_wanted = network.field.get(row).is_some_and(|field| field.contains(words));
                if let (true, Some(list)) = (is_wanted, list.filter(|list| *list > 0.0)) {
                    shares.insert(code.to_owned(), value / list);
                }
            }
            self.know(CaseMix::Setting, label, found, shares);
        }
        Ok(())
    }

    fn contracts(&mut self, evidence: &Evidence, period: Period) -> Result<(), EvidenceError> {
        let labels = ["rural practice", "dispensing practice"];
        let Some(found) = evidence.nearest_period("contract", period) else {
            for label in labels {
                self.lacks(label, "payments to practices");
            }
            return Ok(());
        };
        let frame = evidence.frame("contract", found)?;
        let contracts = tables::contract::Columns::of(&frame);
        let words = [(contracts.rurality, "rural"), (contracts.dispensing, "yes")];
        for (label, (words, yes)) in labels.into_iter().zip(words) {
            let value = |row: usize| {
                let word = words.get(row)?;
                Some((contracts.practice.get(row)?.to_owned(), f64::from(u8::from(word == yes))))
            };
            self.know(
                CaseMix::Setting,
                label,
                found,
                (0..frame.rows()).filter_map(value).collect(),
            );
        }
        Ok(())
    }

    /// Whether a practice has every covariate that enough of the practices asked about have.
    pub fn complete<'a>(&self, codes: &[&'a str]) -> BTreeSet<&'a str> {
        let used: Vec<&Known> = self.known.iter().filter(|known| is_used(known, codes)).collect();
        let has_all = |code: &&str| used.iter().all(|known| known.values.contains_key(*code));
        codes.iter().copied().filter(has_all).collect()
    }

    /// The columns of practices that have them all; `codes` are those of the model.
    pub fn columns(&self, codes: &[&str]) -> Columns {
        let mut gaps = self.gaps.clone();
        let mut stages: Vec<StageColumns> = Vec::new();
        for known in &self.known {
            let share = share_known(known, codes);
            if share < 1.0 {
                gaps.push(Gap::TooFew { label: known.label.clone(), known: share });
                continue;
            }
            let values = codes.iter().filter_map(|code| known.values.get(*code).copied()).collect();
            let column = Column { label: known.label.clone(), period: known.period, values };
            match stages.last_mut().filter(|stage| stage.case_mix == known.case_mix) {
                Some(stage) => stage.columns.push(column),
                None => {
                    stages.push(StageColumns { case_mix: known.case_mix, columns: vec![column] });
                }
            }
        }
        Columns { stages, gaps }
    }
}

fn share_known(known: &Known, codes: &[&str]) -> f64 {
    let found = codes.iter().filter(|code| known.values.contains_key(**code)).count();
    found as f64 / codes.len().max(1) as f64
}

fn is_used(known: &Known, codes: &[&str]) -> bool {
    share_known(known, codes) >= KNOWN
}

/// For each area the share of people of each broad group; groups in order of size.
fn area_shares(census: &Frame) -> (BTreeMap<String, Vec<f64>>, Vec<String>) {
    let mut counts: BTreeMap<String, BTreeMap<String, f64>> = BTreeMap::new();
    let mut totals: BTreeMap<String, f64> = BTreeMap::new();
    let census = tables::ethnicity::Columns::of(census);
    let counted = census.residents.iter().enumerate().filter(|(_, people)| people.is_finite());
    for (row, people) in counted {
        let of_row = (census.area.get(row), census.ethnic_group.get(row));
        let (Some(area), Some(group)) = of_row else { continue };
        let broad = group.split([':', ',']).next().unwrap_or(group).trim();
        *counts.entry(area.to_owned()).or_default().entry(broad.to_owned()).or_default() += people;
        *totals.entry(broad.to_owned()).or_default() += people;
    }
    let mut names: Vec<String> = totals.keys().cloned().collect();
    names.sort_by(|a, b| totals[b].total_cmp(&totals[a]).then_with(|| a.cmp(b)));
    let shares = |of: BTreeMap<String, f64>| -> Vec<f64> {
        let all: f64 = of.values().sum();
        names.iter().map(|name| of.get(name).copied().unwrap_or(0.0) / all.max(1.0)).collect()
    };
    (counts.into_iter().map(|(area, of)| (area, shares(of))).collect(), names.clone())
}

/// For each practice its patients in known areas, then those expected of each group.
fn by_practice(
    frame: &Frame,
    areas: &BTreeMap<String, Vec<f64>>,
    groups: usize,
) -> BTreeMap<String, Vec<f64>> {
    let mut found: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    let lives = tables::registered_area::Columns::of(frame);
    let counted = lives.patients.iter().enumerate().filter(|(_, count)| count.is_finite());
    for (row, patients) in counted {
        let (Some(practice), Some(area)) = (lives.practice.get(row), lives.area.get(row)) else {
            continue;
        };
        let Some(shares) = areas.get(area) else { continue };
        let sums = found.entry(practice.to_owned()).or_insert_with(|| vec![0.0; groups + 1]);
        sums[0] += patients;
        for (sum, share) in sums.iter_mut().skip(1).zip(shares) {
            *sum += patients * share;
        }
    }
    found
}

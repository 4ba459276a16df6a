//! Practices, networks and boards that look after similar patients, so that each is compared with its like and not only with England.
//!
//! Distance is stated, not learned: each feature (size of the list on a logarithmic scale, share aged 65 and over,
//! share under 15, share aged 20 to 24, deprivation) is brought to mean 0 and standard deviation 1 over all open ones of
//! its level; the distance of two is the root of the weighted mean of the squared differences.
//! Practices with a special list (tiny, nearly all students, nearly no children, mostly old) are flagged, and are
//! neighbours of nobody but each other.

use std::collections::BTreeMap;

use evidence::{Affiliations, Evidence, EvidenceError};
use vocab::{Level, Period};

use crate::definition::{Ages, Definition, Operand};
use crate::evaluate::{Comparison, Evaluation, TINY};
use crate::measure::Totals;
use crate::units::{Amounts, as_at};

/// What practices are compared on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Feature {
    /// Registered patients, on a logarithmic scale.
    ListSize,
    /// Share aged 65 and over.
    Aged65AndOver,
    /// Share aged under 15.
    AgedUnder15,
    /// Share aged 20 to 24.
    Aged20To24,
    /// Score of deprivation.
    Deprivation,
}

impl Feature {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::ListSize,
        Self::Aged65AndOver,
        Self::AgedUnder15,
        Self::Aged20To24,
        Self::Deprivation,
    ];

    /// The word in addresses and on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ListSize => "list_size",
            Self::Aged65AndOver => "aged_65_and_over",
            Self::AgedUnder15 => "aged_under_15",
            Self::Aged20To24 => "aged_20_to_24",
            Self::Deprivation => "deprivation",
        }
    }

    /// The feature behind a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|feature| feature.as_str() == word)
    }
}

/// How much each feature counts, and how many neighbours are wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct Likeness {
    /// Weight of each feature; 1 where it is not named, 0 leaves it out.
    pub weights: BTreeMap<Feature, f64>,
    /// Neighbours wanted.
    pub neighbours: usize,
}

impl Default for Likeness {
    fn default() -> Self {
        Self { weights: BTreeMap::new(), neighbours: 20 }
    }
}

/// Why a list is special. The thresholds are assumptions of this project, chosen to set apart about one list in fifty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Special {
    /// Fewer than 1,000 patients.
    Tiny,
    /// More than a quarter aged 20 to 24; of every 100 practices one has more than 1 in 5.
    Students,
    /// Fewer than 1 in 20 under 15 (of every 50 practices one has fewer than 1 in 15) and fewer than 1 in 5 aged 65 and over: a service for homeless people, mostly.
    FewChildren,
    /// More than half aged 65 and over: care homes, mostly.
    Old,
}

impl Special {
    /// The list in words.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Tiny => "fewer than 1,000 patients",
            Self::Students => "more than a quarter aged 20 to 24",
            Self::FewChildren => "hardly any children, few older people",
            Self::Old => "more than half aged 65 and over",
        }
    }
}

/// The features of a practice, or of all patients of a network, sub-ICB location or board.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The features as they are: patients (not their logarithm), shares of 1, score; nothing where not known.
    pub values: BTreeMap<Feature, f64>,
    /// Why its list is special, if it is.
    pub special: Option<Special>,
    scaled: [Option<f64>; 5],
}

/// A neighbour.
#[derive(Debug, Clone, PartialEq)]
pub struct Similar<'a> {
    /// The neighbour.
    pub profile: &'a Profile,
    /// Distance in standard deviations.
    pub distance: f64,
}

/// The features of every open practice, or of every organisation of another level, near a period.
#[derive(Debug, Clone, PartialEq)]
pub struct Profiles {
    /// Who they are of, by code.
    pub members: BTreeMap<String, Profile>,
    /// The period that each feature was taken from; a feature without one is not known for anybody.
    pub periods: BTreeMap<Feature, Period>,
}

impl Profiles {
    /// Gathers the features of the organisations of a level from the tables nearest to a period.
    ///
    /// # Errors
    /// When a table cannot be read.
    pub fn of(evidence: &Evidence, period: Period, level: Level) -> Result<Self, EvidenceError> {
        let mut found = Features::default();
        found.lists(evidence, period)?;
        found.ages(evidence, period)?;
        found.deprivation(evidence, period)?;
        let known = evidence.affiliations(as_at(period))?;
        if level != Level::Practice {
            found = found.added_up(&known, level);
        }
        Ok(found.profiles(&known, level))
    }

    /// Those most like one, nearest first; equals in order of code.
    #[must_use]
    pub fn similar(&self, code: &str, likeness: &Likeness) -> Vec<Similar<'_>> {
        let Some(mine) = self.members.get(code) else { return Vec::new() };
        let mut others: Vec<Similar<'_>> = self
            .members
            .values()
            .filter(|other| other.code != code && other.special.is_some() == mine.special.is_some())
            .filter_map(|profile| {
                Some(Similar { profile, distance: distance(mine, profile, &likeness.weights)? })
            })
            .collect();
        others.sort_by(|left, right| {
            left.distance
                .total_cmp(&right.distance)
                .then_with(|| left.profile.code.cmp(&right.profile.code))
        });
        others.truncate(likeness.neighbours);
        others
    }
}

/// Root of the weighted mean of squared differences, over the features that both have.
fn distance(left: &Profile, right: &Profile, weights: &BTreeMap<Feature, f64>) -> Option<f64> {
    let (mut sum, mut total) = (0.0, 0.0);
    for (index, feature) in Feature::ALL.into_iter().enumerate() {
        let weight = weights.get(&feature).copied().unwrap_or(1.0);
        let (Some(Some(mine)), Some(Some(theirs))) =
            (left.scaled.get(index), right.scaled.get(index))
        else {
            continue;
        };
        sum += weight * (mine - theirs) * (mine - theirs);
        total += weight;
    }
    (total > 0.0).then(|| (sum / total).sqrt())
}

/// Features as they are gathered, by feature and practice.
#[derive(Debug, Default)]
struct Features {
    values: BTreeMap<Feature, BTreeMap<String, f64>>,
    periods: BTreeMap<Feature, Period>,
}

impl Features {
    fn lists(&mut self, evidence: &Evidence, period: Period) -> Result<(), EvidenceError> {
        let Some((lists, found)) = nearest(evidence, &operand("list_size", "patients"), period)?
        else {
            return Ok(());
        };
        let open = lists.iter().filter_map(|(code, total)| {
            Some((code.clone(), total.value().filter(|size| *size > 0.0)?))
        });
        self.take(Feature::ListSize, open.collect(), found);
        Ok(())
    }

    fn ages(&mut self, evidence: &Evidence, period: Period) -> Result<(), EvidenceError> {
        let all = operand("registered", "patients");
        let Some((everybody, found)) = nearest(evidence, &all, period)? else { return Ok(()) };
        let bands = [
            (Feature::Aged65AndOver, Ages { from: 65, to: None }),
            (Feature::AgedUnder15, Ages { from: 0, to: Some(15) }),
            (Feature::Aged20To24, Ages { from: 20, to: Some(25) }),
        ];
        for (feature, ages) in bands {
            let Some((some, _)) =
                nearest(evidence, &Operand { ages: Some(ages), ..all.clone() }, period)?
            else {
                continue;
            };
            self.take(feature, shares(&some, &everybody), found);
        }
        Ok(())
    }

    fn deprivation(&mut self, evidence: &Evidence, period: Period) -> Result<(), EvidenceError> {
        let mut scores = operand("practice_deprivation", "score");
        scores.rows.insert("level".to_owned(), vec![Level::Practice.as_str().to_owned()]);
        if let Some((scores, found)) = nearest(evidence, &scores, period)? {
            let known =
                scores.iter().filter_map(|(code, total)| Some((code.clone(), total.value()?)));
            self.take(Feature::Deprivation, known.collect(), found);
        }
        Ok(())
    }

    fn take(&mut self, feature: Feature, values: BTreeMap<String, f64>, period: Period) {
        self.values.insert(feature, values);
        self.periods.insert(feature, period);
    }

    /// The features of all patients of each organisation of a level: lists summed, the rest weighed by them.
    fn added_up(self, known: &Affiliations, level: Level) -> Self {
        let empty = BTreeMap::new();
        let lists = self.values.get(&Feature::ListSize).unwrap_or(&empty);
        let group = |code: &str| known.of(code)?.code(level).map(str::to_owned);
        let grouped = |values: &BTreeMap<String, f64>, is_size: bool| {
            let mut sums: BTreeMap<String, (f64, f64)> = BTreeMap::new();
            for (code, value) in values {
                let (Some(group), Some(list)) = (group(code), lists.get(code)) else { continue };
                let sum = sums.entry(group).or_default();
                sum.0 += if is_size { *value } else { value * list };
                sum.1 += list;
            }
            let mean = |(sum, list): (f64, f64)| if is_size { sum } else { sum / list };
            sums.into_iter().map(|(code, sum)| (code, mean(sum))).collect()
        };
        let values = self
            .values
            .iter()
            .map(|(feature, values)| (*feature, grouped(values, *feature == Feature::ListSize)));
        Self { values: values.collect(), periods: self.periods }
    }

    /// Profiles of those that have a list.
    fn profiles(self, known: &Affiliations, level: Level) -> Profiles {
        let open: Vec<String> = self
            .values
            .get(&Feature::ListSize)
            .into_iter()
            .flat_map(BTreeMap::keys)
            .cloned()
            .collect();
        let scales = Feature::ALL.map(|feature| self.scale(feature, &open));
        let members = open
            .into_iter()
            .map(|code| {
                let value = |feature| self.values.get(&feature)?.get(&code).copied();
                let values: BTreeMap<Feature, f64> = Feature::ALL
                    .into_iter()
                    .filter_map(|feature| Some((feature, value(feature)?)))
                    .collect();
                let mut scaled = [None; 5];
                for ((slot, feature), scale) in scaled.iter_mut().zip(Feature::ALL).zip(&scales) {
                    *slot = value(feature)
                        .zip(*scale)
                        .map(|(value, (mean, sd))| (on_scale(feature, value) - mean) / sd);
                }
                let name = known.name_of(level, &code).to_owned();
                let special = (level == Level::Practice).then(|| special(&values)).flatten();
                (code.clone(), Profile { code, name, values, special, scaled })
            })
            .collect();
        Profiles { members, periods: self.periods }
    }

    /// Mean and standard deviation of a feature over open practices; nothing where all are equal.
    fn scale(&self, feature: Feature, open: &[String]) -> Option<(f64, f64)> {
        let values = self.values.get(&feature)?;
        let known: Vec<f64> = open
            .iter()
            .filter_map(|code| values.get(code))
            .map(|value| on_scale(feature, *value))
            .collect();
        let count = known.len() as f64;
        let mean = known.iter().sum::<f64>() / count;
        let variance =
            known.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / count;
        (variance > 0.0).then(|| (mean, variance.sqrt()))
    }
}

fn on_scale(feature: Feature, value: f64) -> f64 {
    if feature == Feature::ListSize { libm::log(value) } else { value }
}

fn special(values: &BTreeMap<Feature, f64>) -> Option<Special> {
    let value = |feature| values.get(&feature).copied();
    let is = |feature, test: fn(f64) -> bool| value(feature).is_some_and(test);
    if is(Feature::ListSize, |patients| patients < TINY) {
        Some(Special::Tiny)
    } else if is(Feature::Aged20To24, |share| share > 0.25) {
        Some(Special::Students)
    } else if is(Feature::AgedUnder15, |share| share < 0.05)
        && is(Feature::Aged65AndOver, |share| share < 0.2)
    {
        Some(Special::FewChildren)
    } else if is(Feature::Aged65AndOver, |share| share > 0.5) {
        Some(Special::Old)
    } else {
        None
    }
}

/// Everything in a column of a table.
pub(crate) fn operand(table: &str, column: &str) -> Operand {
    Operand {
        table: table.to_owned(),
        column: column.to_owned(),
        times: None,
        rows: BTreeMap::new(),
        ages: None,
        months_before: 0,
        within_days: i32::MAX,
        absent: None,
        area: None,
    }
}

pub(crate) fn nearest(
    evidence: &Evidence,
    operand: &Operand,
    period: Period,
) -> Result<Option<(Totals, Period)>, EvidenceError> {
    let Some(found) = evidence.nearest_period(&operand.table, period) else { return Ok(None) };
    Ok(Some((
        Amounts::of(
            evidence,
            operand,
            found,
            Level::Practice,
            &*evidence.affiliations(as_at(period))?,
        )?
        .totals,
        found,
    )))
}

pub(crate) fn shares(some: &Totals, all: &Totals) -> BTreeMap<String, f64> {
    let share = |code: &String, total: f64| Some(some.get(code)?.value()? / total);
    all.iter()
        .filter_map(|(code, total)| {
            let total = total.value().filter(|total| *total > 0.0)?;
            Some((code.clone(), share(code, total)?))
        })
        .collect()
}

/// Compares an organisation with others of an evaluation taken together, such as the practices most like it.
/// Nothing when it, or all of them, have no figure, or one that is not judged.
#[must_use]
pub fn against(
    definition: &Definition,
    evaluation: &Evaluation,
    code: &str,
    others: &[&str],
) -> Option<Comparison> {
    let amounts = |code: &str| {
        let row = evaluation.row(code).filter(|row| row.doubt.is_none())?;
        row.estimate.map(|estimate| (estimate.numerator, estimate.denominator))
    };
    let (above, below) = others
        .iter()
        .filter_map(|code| amounts(code))
        .fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    let mine = amounts(code).filter(|_| below > 0.0)?;
    Some(Comparison::between(definition, mine, (above, below)))
}

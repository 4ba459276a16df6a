//! What every answer rests on: a study, the place that is meant where none is named, and the name of the evidence.

use std::sync::Arc;

use evidence::place::NamedPlace;
use evidence::{Affiliations, Evidence, Place};
use indicators::{Definition, Evaluation, Library, Row};
use models::parameters::Parameters;
use models::place::Base;
use study::Study;
use vocab::{Level, Period, Whole};

use crate::choices::Choices;
use crate::refusal::Refusal;
use crate::register;

/// What every answer rests on. Cheap to clone; all clones share what the study keeps.
#[derive(Debug, Clone)]
pub struct Context {
    study: Study,
    home: Place,
    scenarios: Arc<Vec<(String, String)>>,
    run: String,
}

impl Context {
    /// Answers of a study. `home` is the key of the place that is meant where none is named, England where it is empty;
    /// `scenarios` are those that readers may begin with, key and file of each; `program` is its name, version and commit.
    ///
    /// # Errors
    /// When the memberships cannot be read or the home place is not known.
    pub fn new(
        study: Study,
        home: &str,
        scenarios: Vec<(String, String)>,
        program: &str,
    ) -> Result<Self, Refusal> {
        let home = if home.is_empty() {
            Place::everywhere(study.whole())
        } else {
            named(study.place(home)?.map_err(Refusal::no_place)?)
        };
        let run = format!("{}, {program}", fingerprint(study.evidence()));
        Ok(Self { study, home, scenarios: Arc::new(scenarios), run })
    }

    /// Everything that is worked out.
    #[must_use]
    pub fn study(&self) -> &Study {
        &self.study
    }

    /// The evidence.
    #[must_use]
    pub fn evidence(&self) -> &Evidence {
        self.study.evidence()
    }

    /// The definitions.
    #[must_use]
    pub fn library(&self) -> &Library {
        self.study.library()
    }

    /// What all practices together stand for.
    #[must_use]
    pub fn whole(&self) -> Whole {
        self.study.whole()
    }

    /// The place that is meant where none is named.
    #[must_use]
    pub fn home(&self) -> &Place {
        &self.home
    }

    /// The places that somebody named.
    #[must_use]
    pub fn named_places(&self) -> &[NamedPlace] {
        self.study.named_places()
    }

    /// The fingerprint of the evidence and the program, which every table and picture bears.
    #[must_use]
    pub fn run(&self) -> &str {
        &self.run
    }

    /// Who belongs to whom now: on the day of the latest extract.
    ///
    /// # Errors
    /// When the evidence cannot be read.
    pub fn known(&self) -> Result<Arc<Affiliations>, Refusal> {
        Ok(self.study.affiliations()?)
    }

    /// Scenarios to begin with, key and file of each.
    #[must_use]
    pub fn scenarios(&self) -> &[(String, String)] {
        &self.scenarios
    }

    /// A place by key, code or name; a practice that has closed by its code.
    ///
    /// # Errors
    /// When there is none, or several may be meant.
    pub fn place(&self, key: &str) -> Result<Place, Refusal> {
        match self.study.place(key)? {
            Ok(place) => Ok(named(place)),
            Err(none) => {
                register::closed(self.evidence(), key)?.ok_or_else(|| Refusal::no_place(none))
            }
        }
    }

    /// A practice or a network by its code.
    ///
    /// # Errors
    /// When there is none of this kind.
    pub fn organisation(&self, kind: &str, code: &str) -> Result<Place, Refusal> {
        let is_one =
            |place: &Place| place.single().is_some_and(|(level, _)| level.as_str() == kind);
        let found = self.place(code).ok().filter(is_one);
        found.ok_or_else(|| Refusal::no_organisation(kind, code))
    }

    /// The place that is chosen as `within`, or the home place.
    ///
    /// # Errors
    /// As [`Self::place`].
    pub fn chosen_place(&self, choices: &Choices) -> Result<Place, Refusal> {
        choices.get("within").map_or_else(|| Ok(self.home().clone()), |key| self.place(key))
    }

    /// The same; an area that has ended as it was in a period in which it stood.
    ///
    /// # Errors
    /// As [`Self::place`].
    pub fn place_in(&self, key: &str, period: Period) -> Result<Place, Refusal> {
        let found = self.study.place_in(key, Some(period))?;
        Ok(named(found.map_err(Refusal::no_place)?))
    }

    /// The period that is chosen, or the latest with figures.
    ///
    /// # Errors
    /// When it has no figures.
    pub fn chosen_period(
        &self,
        definition: &Definition,
        choices: &Choices,
    ) -> Result<Period, Refusal> {
        let Some(word) = choices.get("period") else { return self.latest(definition) };
        let periods = definition.periods(self.evidence());
        let known = word.parse().ok().filter(|period| periods.contains(period));
        known.ok_or_else(|| {
            let expected = match periods.as_slice() {
                [] => "nothing: there are no figures yet".to_owned(),
                [only] => format!("`{only}`"),
                [first, .., last] => {
                    format!("one of the {} periods from `{first}` to `{last}`", periods.len())
                }
            };
            Refusal::bad_choice("period", word, &expected)
        })
    }

    /// A definition by its identifier.
    ///
    /// # Errors
    /// When there is none.
    pub fn definition(&self, id: &str) -> Result<&Definition, Refusal> {
        self.library().get(id).ok_or_else(|| Refusal::no_indicator(id))
    }

    /// The latest period of an indicator.
    ///
    /// # Errors
    /// When it has no figures.
    pub fn latest(&self, definition: &Definition) -> Result<Period, Refusal> {
        self.study.latest(definition).map_err(|_| Refusal::no_figures(definition))
    }

    /// An indicator worked out for a period at a level.
    ///
    /// # Errors
    /// When there are no figures for it.
    pub fn evaluate(
        &self,
        definition: &Definition,
        period: Period,
        level: Level,
        within: Option<&Place>,
    ) -> Result<Evaluation, Refusal> {
        Ok(self.study.evaluate(definition, period, level, within)?)
    }

    /// The base year of a place with the middle values.
    ///
    /// # Errors
    /// When nobody is registered in the place or the evidence cannot be read.
    pub fn base(&self, place: &Place, parameters: &Parameters) -> Result<Base, Refusal> {
        self.study.base(place, parameters, 0).map_err(|error| Refusal::no_outlook(&error))
    }

    /// The figure of a place in the latest period of an indicator, and the evaluation it stands in; for a practice or
    /// another single organisation its own row with its comparisons.
    #[must_use]
    pub fn figure_of(&self, definition: &Definition, place: &Place) -> Option<(Evaluation, Row)> {
        let period = self.study.latest(definition).ok()?;
        self.figure_in(definition, place, period)
    }

    /// The same in a period.
    #[must_use]
    pub fn figure_in(
        &self,
        definition: &Definition,
        place: &Place,
        period: Period,
    ) -> Option<(Evaluation, Row)> {
        let (evaluation, row) = self.study.figure(definition, period, place).ok()?;
        Some((evaluation, row?))
    }
}

/// A place whose name, published in capitals, reads as a name.
fn named(place: Place) -> Place {
    let parts: Vec<String> = place.name.split(" and ").map(kit::text::title_case).collect();
    let name = match parts.as_slice() {
        // A name that itself has an `and` is left as it is.
        [first, rest @ ..]
            if place.members.len() > 3 && parts.len() == place.key.split('+').count() =>
        {
            format!("{first} and {}", kit::number::counted(rest.len(), "other", "others"))
        }
        _ => parts.join(" and "),
    };
    Place { name, ..place }
}

/// Sixteen characters that name the rows in force, whatever the order of their import (FNV-1a, 64 bits).
fn fingerprint(evidence: &Evidence) -> String {
    let parts = evidence.manifest().releases.iter().flat_map(|release| &release.parts);
    let mut ids: Vec<&str> = parts.map(|part| part.sha256.as_str()).collect();
    ids.sort_unstable();
    let hash =
        ids.iter().flat_map(|id| id.bytes()).fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    format!("{hash:016x}")
}

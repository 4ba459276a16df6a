//! Claims that can be checked: a sentence goes in, a reading comes out.
//!
//! Boards argue about sentences. A claim is a typed sentence template (`claims/*.toml`): the words and slots that it
//! needs, how it is read, what it leaves out and what would change it. The parser is deterministic and knows no
//! language but these lists; a sentence that it does not wholly understand is answered with the nearest claims, never
//! guessed. A reading is worked out from the evaluator's figures alone and says supported, not supported or cannot
//! tell, with figure and interval, the organisations that make or break it, and the weight that it bears.

pub mod ahead;
mod compound;
mod dated;
mod lexicon;
mod library;
mod mention;
mod names;
mod parse;
mod quantities;
mod read;
mod reading;
mod said;
mod sentences;
mod sheet;
mod spelling;
mod template;
mod times;
mod tokens;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use evidence::place::NamedPlace;
use evidence::{Affiliations, Evidence, Place};
use jiff::civil::Date;
use vocab::{Level, Period};

pub use lexicon::{KnownWords, known_words};
pub use library::{TEMPLATES, template};
pub use mention::{Amount, Bound, Change, Direction, Quantity, QuantityKind, When};
pub use parse::{Claim, Parsed, Slots, Suggestion, THRESHOLD};
pub use quantities::read as read_figures;
pub use read::Method;
pub use reading::{Bar, Exhibit, Grade, Named, Reading, Shown, Span, Verdict};
pub use said::{Argument, Said, Unit};
pub use sentences::{sentences, sentences_by_line};
pub use sheet::{SHEETS, Sheet};
pub use template::{Element, Example, Parameter, Pattern, Template};

use ahead::Runs;
use indicators::definition::Definition;
use indicators::evaluate::{EvaluateError, Evaluation, Prepared, Row, prepare};
use indicators::library::Library;
use indicators::reach::{Ground, Homes};
use names::Names;

/// Indicators kept paired at once.
const MOST_KEPT: usize = 200;

/// Indicators paired, by identifier and period.
type Kept<'a> = BTreeMap<(String, Period), Arc<Prepared<'a>>>;

/// Everything that sentences are read against.
#[derive(Debug)]
pub struct Checker<'a> {
    evidence: &'a Evidence,
    library: &'a Library,
    names: Names,
    known: Arc<Affiliations>,
    ground: OnceLock<Ground>,
    homes: OnceLock<Option<Homes>>,
    ahead: Option<Runs<'a>>,
    kept: Mutex<Kept<'a>>,
}

/// What became of a sentence.
#[derive(Debug, Clone)]
pub enum Answer {
    /// A claim with its reading.
    Reading(Box<Reading>),
    /// Several claims in one sentence, each as a sentence with its reading.
    Several(Vec<Reading>),
    /// Near to claims.
    Near(Vec<Suggestion>),
    /// No claim that figures could answer.
    NotAClaim,
}

impl Answer {
    /// What is said of the sentence: of several claims all must hold, and one that fails suffices.
    #[must_use]
    pub fn verdict(&self) -> Option<Verdict> {
        match self {
            Self::Reading(reading) => Some(reading.verdict),
            Self::Several(readings) => {
                let with = |verdict| move |one: &Reading| one.verdict == verdict;
                Some(if readings.iter().any(with(Verdict::NotSupported)) {
                    Verdict::NotSupported
                } else if readings.iter().all(with(Verdict::Supported)) {
                    Verdict::Supported
                } else {
                    Verdict::CannotTell
                })
            }
            Self::Near(_) | Self::NotAClaim => None,
        }
    }
}

impl<'a> Checker<'a> {
    /// A checker of an evidence, with the names of its latest lists and of named places.
    ///
    /// # Errors
    /// When the affiliations cannot be read.
    pub fn new(
        evidence: &'a Evidence,
        library: &'a Library,
        named: &[NamedPlace],
    ) -> Result<Self, EvaluateError> {
        let latest = ["list_size", "affiliation", "membership"]
            .into_iter()
            .find_map(|table| evidence.periods(table).last().copied());
        let day =
            latest.map_or(vocab::Month { year: 2000, month: 1 }.first_day(), Period::first_day);
        let known = evidence.affiliations(day)?;
        let names = Names::of(&known, named);
        Ok(Self {
            evidence,
            library,
            names,
            known,
            ground: OnceLock::new(),
            homes: OnceLock::new(),
            ahead: None,
            kept: Mutex::default(),
        })
    }

    /// The same, able to read claims about the years to come.
    #[must_use]
    pub fn looking_ahead(self, runs: Runs<'a>) -> Self {
        Self { ahead: Some(runs), ..self }
    }

    /// What a sentence is, seen from a place.
    #[must_use]
    pub fn parse(&self, sentence: &str, home: &Place) -> Parsed {
        parse::parse(sentence, &TEMPLATES, &self.names, home)
    }

    /// The claims that a sentence makes which is not one itself, if it can be taken apart.
    #[must_use]
    pub fn parts(&self, sentence: &str, home: &Place) -> Option<Vec<Claim>> {
        compound::claims(sentence, &TEMPLATES, &self.names, home)
    }

    /// Reads a sentence for a place.
    ///
    /// # Errors
    /// When the evidence cannot be read. Figures that the evidence lacks are no error but a reading.
    pub fn answer(&self, sentence: &str, home: &Place) -> Result<Answer, EvaluateError> {
        self.answer_of(sentence, home, None)
    }

    /// Reads a sentence that was said on a day, where the day is known.
    ///
    /// # Errors
    /// As [`Self::answer`].
    pub fn answer_of(
        &self,
        sentence: &str,
        home: &Place,
        day: Option<Date>,
    ) -> Result<Answer, EvaluateError> {
        let read = |claim: Claim| match day {
            Some(day) => Ok(dated::withheld(self.read(dated::from_day(claim, day), home)?, day)),
            None => self.read(claim, home),
        };
        let parsed = self.parse(sentence, home);
        if let Parsed::Claim(claim) = parsed {
            return Ok(Answer::Reading(Box::new(read(*claim)?)));
        }
        if let Some(claims) = self.parts(sentence, home) {
            let mut readings = claims.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
            return Ok(match readings.len() {
                1 => Answer::Reading(Box::new(readings.remove(0))),
                _ => Answer::Several(readings),
            });
        }
        Ok(match parsed {
            Parsed::Near(suggestions) => Answer::Near(suggestions),
            _ => Answer::NotAClaim,
        })
    }

    /// Reads a claim for a place, unless it names another.
    ///
    /// # Errors
    /// When the evidence cannot be read.
    pub fn read(&self, claim: Claim, home: &Place) -> Result<Reading, EvaluateError> {
        read::read(self, claim, home)
    }

    /// Reads the sentences of minutes, each for itself.
    ///
    /// # Errors
    /// When the evidence cannot be read.
    pub fn minutes(
        &self,
        text: &str,
        home: &Place,
    ) -> Result<Vec<(String, Answer)>, EvaluateError> {
        sentences(text)
            .into_iter()
            .map(|sentence| {
                let answer = self.answer(&sentence, home)?;
                Ok((sentence, answer))
            })
            .collect()
    }

    /// The ground of reach, read by the first claim that needs it.
    pub(crate) fn ground(&self) -> Result<&Ground, EvaluateError> {
        if let Some(ground) = self.ground.get() {
            return Ok(ground);
        }
        let ground = Ground::of(self.evidence, &self.known)?;
        Ok(self.ground.get_or_init(|| ground))
    }

    /// Patients of every practice by small area, read by the first claim that needs them.
    pub(crate) fn homes(&self) -> Result<Option<&Homes>, EvaluateError> {
        if let Some(homes) = self.homes.get() {
            return Ok(homes.as_ref());
        }
        let homes = Homes::of(self.evidence)?;
        Ok(self.homes.get_or_init(|| homes).as_ref())
    }

    /// Who can look ahead, if anybody.
    pub(crate) fn ahead(&self) -> Option<&Runs<'a>> {
        self.ahead.as_ref()
    }

    pub(crate) fn evidence(&self) -> &'a Evidence {
        self.evidence
    }

    pub(crate) fn known(&self) -> &Affiliations {
        &self.known
    }

    pub(crate) fn library(&self) -> &'a Library {
        self.library
    }

    /// An indicator with its amounts paired, kept for the next claim.
    pub(crate) fn prepared(
        &self,
        definition: &'a Definition,
        period: Period,
    ) -> Result<Arc<Prepared<'a>>, EvaluateError> {
        let key = (definition.id.clone(), period);
        if let Some(found) = self.lock().get(&key) {
            return Ok(Arc::clone(found));
        }
        let fresh = Arc::new(prepare(self.evidence, definition, period)?);
        let mut kept = self.lock();
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        Ok(Arc::clone(kept.entry(key).or_insert(fresh)))
    }

    fn lock(&self) -> MutexGuard<'_, Kept<'a>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The row of a place or organisation, and the evaluation of its level that it stands in.
    pub(crate) fn row_of(
        &self,
        definition: &'a Definition,
        period: Period,
        place: &Place,
    ) -> Result<(Evaluation, Option<Row>), EvaluateError> {
        let prepared = self.prepared(definition, period)?;
        row_of(&prepared, place)
    }
}

/// The row of a place or organisation in an indicator that is paired, and the evaluation of its level that it stands in.
pub(crate) fn row_of(
    prepared: &Prepared<'_>,
    place: &Place,
) -> Result<(Evaluation, Option<Row>), EvaluateError> {
    match place.single() {
        Some((Level::England, _)) => {
            let evaluation = prepared.at(Level::England, None)?;
            let mut row = evaluation.england.clone();
            // What is published for England is of all of it, however little of it is imported by practice.
            if evaluation.reference.published.is_some() {
                row.counted.patients_share = Some(1.0);
            }
            Ok((evaluation, Some(row)))
        }
        Some((level, code)) => {
            let evaluation = prepared.at(level, None)?;
            let row = evaluation.row(code).cloned();
            Ok((evaluation, row))
        }
        None => {
            let evaluation = prepared.at(Level::Place, Some(place))?;
            let row = evaluation.place.clone();
            Ok((evaluation, row))
        }
    }
}

//! Claims that can be checked: a sentence goes in, a reading comes out.
//!
//! Boards argue about sentences. A claim is a typed sentence template (`claims/*.toml`): the words and slots that it
//! needs, how it is read, what it leaves out and what would change it. The parser is deterministic and knows no
//! language but these lists; a sentence that it does not wholly understand is answered with the nearest claims, never
//! guessed. A reading is worked out from the evaluator's figures alone and says supported, not supported or cannot
//! tell, with figure and interval, the organisations that make or break it, and the weight that it bears.

pub mod ahead;
mod checker;
mod compound;
mod dated;
mod judged;
mod lexicon;
mod library;
mod mention;
mod method;
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

use evidence::Place;
use jiff::civil::Date;

pub use checker::Checker;
pub use lexicon::{KnownWords, known_words};
pub use library::{TEMPLATES, template};
pub use mention::{Amount, Bound, Change, Direction, Quantity, QuantityKind, When};
pub use method::Method;
pub use parse::{Claim, Parsed, Slots, Suggestion, THRESHOLD};
pub use quantities::read as read_figures;
pub use reading::{Bar, Exhibit, Grade, Named, Reading, Shown, Span, Verdict};
pub use said::{Argument, Said, Unit};
pub use sentences::{sentences, sentences_by_line};
pub use sheet::{SHEETS, Sheet};
pub use template::{Element, Example, Parameter, Pattern, Template};

use indicators::evaluate::EvaluateError;

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

impl Checker {
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
        let apart = compound::of_existence(sentence, &TEMPLATES, &self.names, home);
        if let (None, Parsed::Claim(claim)) = (&apart, &parsed) {
            return Ok(Answer::Reading(Box::new(read(claim.as_ref().clone())?)));
        }
        if let Some(claims) = apart.or_else(|| self.parts(sentence, home)) {
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
}

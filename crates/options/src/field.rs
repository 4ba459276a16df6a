//! What a parameter of an intervention is: enough to check a file, to explain it and to draw a form.

use std::ops::RangeInclusive;

/// What can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A number.
    Number,
    /// A whole number.
    Whole,
    /// The code of a practice.
    Practice,
    /// Codes of practices; none for all of the place.
    Practices,
    /// The code of a network.
    Network,
    /// The code of a practice or network.
    Employer,
    /// A role of staff, or `gp`.
    Who,
    /// A role of staff other than GPs of practices.
    Role,
    /// How a contact takes place.
    Mode,
    /// A day of the week.
    Day,
}

impl Form {
    /// What is expected, in words.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Number => "a number",
            Self::Whole => "a whole number",
            Self::Practice => "a practice code such as \"A81034\"",
            Self::Practices => "a list of practice codes such as [\"A81034\"]",
            Self::Network => "a network code such as \"U89141\"",
            Self::Employer => "a practice or network code such as \"A81034\"",
            Self::Who => "\"gp\" or a role such as \"pharmacist\"",
            Self::Role => "a role such as \"pharmacist\"",
            Self::Mode => "\"face_to_face\", \"telephone\", \"video_or_online\" or \"home_visit\"",
            Self::Day => "a day such as \"monday\"",
        }
    }
}

/// What a default rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// A publication.
    Published,
    /// Nothing but our judgement; write your own.
    Assumption,
}

/// What holds where nothing is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// It must be written.
    Needed,
    /// It may be left out, and then there is none.
    Optional,
    /// This value, as it is written, with what it rests on.
    Is(&'static str, Label),
}

/// A parameter of an intervention.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name in the file.
    pub name: &'static str,
    /// Its unit in words.
    pub unit: &'static str,
    /// One plain sentence.
    pub about: &'static str,
    /// What can be written.
    pub form: Form,
    /// The least and the most that a number may be.
    pub range: RangeInclusive<f64>,
    /// What holds where nothing is written.
    pub start: Start,
}

impl Field {
    /// The range in words; nothing where there is none.
    #[must_use]
    pub fn range_in_words(&self) -> Option<String> {
        let finite = self.range.start().is_finite() && self.range.end().is_finite();
        finite.then(|| format!("{} to {}", self.range.start(), self.range.end()))
    }
}

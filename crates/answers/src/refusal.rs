//! What a reader is told where there is no answer: why, in a sentence, and what to do.

use evidence::EvidenceError;
use evidence::place::NoPlace;
use indicators::{Definition, EvaluateError};
use serde::Serialize;

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// What was asked for is not there.
    Missing,
    /// Several things may have been meant.
    Several,
    /// A choice that is not offered.
    Choice,
    /// No time or no room just now.
    Busy,
    /// A fault of the program or of its store.
    Fault,
}

/// An answer that cannot be given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[error("{sentence} {remedy}")]
pub struct Refusal {
    /// What kind of refusal it is.
    #[serde(skip)]
    pub kind: Why,
    /// The heading of the page.
    pub title: String,
    /// What was found and what was expected.
    pub sentence: String,
    /// What to do.
    pub remedy: String,
    /// Pages of which one may have been meant: address and words.
    pub links: Vec<(String, String)>,
}

impl Refusal {
    fn new(kind: Why, title: &str, sentence: impl Into<String>, remedy: &str) -> Self {
        Self {
            kind,
            title: title.to_owned(),
            sentence: sentence.into(),
            remedy: remedy.to_owned(),
            links: Vec::new(),
        }
    }

    /// There is no page at this address.
    #[must_use]
    pub fn not_found(path: &str) -> Self {
        Self::new(
            Why::Missing,
            "Page not found",
            format!("There is no page at `{path}`."),
            "Check the address, go to the home page, or search by name, postcode or code.",
        )
    }

    /// There is no such organisation.
    #[must_use]
    pub fn no_organisation(kind: &str, code: &str) -> Self {
        Self::new(
            Why::Missing,
            &format!("No such {kind}"),
            format!("There is no {kind} with the code `{code}` in the evidence."),
            "Search by name, postcode or code, or import a release that holds it.",
        )
    }

    /// There is no such place.
    #[expect(clippy::needless_pass_by_value, reason = "it is given to `map_err`")]
    #[must_use]
    pub fn no_place(error: NoPlace) -> Self {
        if let NoPlace::Several { found, candidates } | NoPlace::Like { found, candidates, .. } =
            &error
        {
            let sentence = if let NoPlace::Like { beside, .. } = &error {
                let beside = beside.trim_start_matches('.');
                let end = if beside.is_empty() { "" } else { "." };
                format!(
                    "No place is called just “{found}”. These have it in their names.{beside}{end}"
                )
            } else {
                format!("“{found}” is the name of {}.", candidates.len())
            };
            let several =
                Self::new(Why::Several, "Which one is meant?", sentence, "Choose one of them.");
            let link = |told: &String| {
                let code = told.split(" (").next().unwrap_or_default();
                (format!("/place/{}", crate::address::encoded(code)), told.clone())
            };
            return Self { links: candidates.iter().map(link).collect(), ..several };
        }
        Self::new(
            Why::Missing,
            "No such place",
            sentence(&error.to_string()),
            "Search by name, postcode or code.",
        )
    }

    /// A question about a place that is asked of one indicator.
    #[must_use]
    pub fn which_indicator(asks: &str, place: &str, links: Vec<(String, String)>) -> Self {
        let several = Self::new(
            Why::Several,
            "Which indicator is meant?",
            format!("“{asks}” is asked of one indicator; of {place} none is named."),
            "Choose one of them.",
        );
        Self { links, ..several }
    }

    /// A place whose future cannot be looked at.
    #[must_use]
    pub fn no_outlook(why: &str) -> Self {
        Self::new(
            Why::Missing,
            "No outlook",
            sentence(why),
            "Import what is missing, or choose another place.",
        )
    }

    /// There is no such indicator.
    #[must_use]
    pub fn no_indicator(id: &str) -> Self {
        Self::new(
            Why::Missing,
            "No such indicator",
            format!("There is no indicator `{id}`."),
            "Choose one from the list of indicators; identifiers are written in small letters.",
        )
    }

    /// An indicator without any figure.
    #[must_use]
    pub fn no_figures(definition: &Definition) -> Self {
        Self::new(
            Why::Missing,
            "No figures yet",
            format!(
                "The evidence holds nothing for “{}”: it needs the table `{}`.",
                definition.name, definition.numerator.table
            ),
            "Import a release that fills this table, or choose another indicator.",
        )
    }

    /// A choice in the address that is none of those offered.
    #[must_use]
    pub fn bad_choice(name: &str, found: &str, expected: &str) -> Self {
        Self::new(
            Why::Choice,
            "This choice is not offered",
            format!("`{name}` is `{found}`; expected {expected}."),
            "Choose again, or leave the choice out.",
        )
    }

    /// A choice of a name that the question does not know, with the names that it does.
    #[must_use]
    pub fn unknown_choice(found: &str, known: &[&str]) -> Self {
        let there = if known.is_empty() {
            "nothing may be chosen".to_owned()
        } else {
            let names: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
            format!("there are {}", names.join(", "))
        };
        Self::new(
            Why::Choice,
            "There is no such choice",
            format!("`{found}` is no choice of this page; {there}."),
            "Check the address, or leave the choice out.",
        )
    }

    /// A choice that was understood and cannot be used, with everything that is wrong with it.
    #[must_use]
    pub fn unusable(name: &str, why: &str) -> Self {
        let why = kit::number::capitalise(why.trim());
        Self::new(
            Why::Choice,
            "This choice cannot be used",
            sentence(&format!("`{name}` cannot be used. {why}")),
            "Mend what is named, or leave the choice out.",
        )
    }

    /// A place that is too large or too mixed for others to be like it.
    #[must_use]
    pub fn not_compared(place: &str) -> Self {
        Self::new(
            Why::Choice,
            "Nothing is like it",
            format!(
                "Those like {place} are not looked for: only practices, networks, sub-ICB locations and integrated care boards are compared with others of their kind."
            ),
            "Ask about one of them.",
        )
    }

    /// The work took too long.
    #[must_use]
    pub fn too_slow() -> Self {
        Self::new(
            Why::Busy,
            "This page takes too long",
            "The figures of this page were not ready in 60 seconds.",
            "Try again in a minute: what was worked out is kept.",
        )
    }

    /// Too many pages are being made.
    #[must_use]
    pub fn too_busy() -> Self {
        Self::new(
            Why::Busy,
            "Too many readers at once",
            "Other pages are being worked out, and this one waited 10 seconds for its turn.",
            "Try again in a few seconds.",
        )
    }

    /// Something broke that should not.
    #[must_use]
    pub fn bug(what: &str) -> Self {
        Self::new(
            Why::Fault,
            "Something went wrong",
            format!("The page could not be made: {what}."),
            "This is a fault of the program, not yours. Please report the address of this page and the sentence above.",
        )
    }
}

impl From<&EvidenceError> for Refusal {
    fn from(error: &EvidenceError) -> Self {
        Self::new(
            Why::Fault,
            "The evidence cannot be read",
            sentence(&error.to_string()),
            "Check that the store is where it was when the program started, and start it again.",
        )
    }
}

impl From<EvidenceError> for Refusal {
    fn from(error: EvidenceError) -> Self {
        Self::from(&error)
    }
}

impl From<&EvaluateError> for Refusal {
    fn from(error: &EvaluateError) -> Self {
        match error {
            EvaluateError::Evidence(error) => Self::from(error),
            other => Self::new(
                Why::Missing,
                "No figures for this choice",
                sentence(&other.to_string()),
                "Choose another period or level on the page of the indicator.",
            ),
        }
    }
}

impl From<EvaluateError> for Refusal {
    fn from(error: EvaluateError) -> Self {
        Self::from(&error)
    }
}

/// A message as a sentence: capital first, full stop last.
fn sentence(message: &str) -> String {
    let message = kit::number::capitalise(message.trim());
    if message.ends_with('.') { message } else { message + "." }
}

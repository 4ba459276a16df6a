//! Values that a reader changed, carried in the address: nothing is kept on the server, and to send the address is to send them.

use models::parameters::Parameters;

use crate::address::written;
use crate::choices::Choices;
use crate::refusal::Refusal;

/// The choice that carries them.
pub const NAME: &str = "edits";
/// The same as a choice of a question.
pub const CHOICE: (&str, &str) = (NAME, "changed values, as a file of assumptions holds them");

/// Changed values as they stand in an address: one table a parameter, in TOML.
#[derive(Debug, Clone, Default)]
pub struct Edits(toml::Table);

impl Edits {
    /// Those of an address.
    ///
    /// # Errors
    /// Text that is no file of changed values.
    pub fn of(choices: &Choices) -> Result<Self, Refusal> {
        let text = choices.get(NAME).unwrap_or_default();
        let table = text.parse().map_err(|error: toml::de::Error| {
            Refusal::bad_choice(
                NAME,
                text,
                &format!("a file of changed values ({})", error.message()),
            )
        })?;
        Ok(Self(table))
    }

    /// The embedded parameters with these in their place.
    ///
    /// # Errors
    /// Values outside their bounds, without a reason, or of no parameter.
    pub fn parameters(&self) -> Result<Parameters, Refusal> {
        Parameters::embedded().edited("the address", &self.written()).map_err(|problems| {
            let words: Vec<String> = problems.iter().map(ToString::to_string).collect();
            Refusal::unusable(NAME, &words.join("; "))
        })
    }

    /// The same with one value changed.
    #[must_use]
    pub fn with(mut self, name: &str, value: f64, reason: &str) -> Self {
        let entry = toml::Table::from_iter([
            ("value".to_owned(), toml::Value::Float(value)),
            ("reason".to_owned(), toml::Value::String(reason.to_owned())),
        ]);
        self.0.insert(name.to_owned(), toml::Value::Table(entry));
        self
    }

    /// The same with one value as it was.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.0.remove(name);
        self
    }

    /// Whether nothing is changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Choices and, if any value is changed, these as the end of an address.
    #[must_use]
    pub fn after(&self, choices: &[(&str, &str)]) -> String {
        let changed = self.written();
        let own = (!self.is_empty()).then_some((NAME, changed.as_str()));
        written(&choices.iter().copied().chain(own).collect::<Vec<_>>())
    }

    /// As it stands in an address.
    #[must_use]
    pub fn written(&self) -> String {
        self.0.to_string()
    }
}

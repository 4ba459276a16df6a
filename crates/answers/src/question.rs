//! What a question is: a word, how people ask it, what may be chosen, and who answers it.
//!
//! Every door finds questions here and asks them in the same way: a page shows the answer, a command prints it, a file holds
//! it as JSON. None of them knows how it is worked out, so none can tell it differently.

use evidence::{Belonging, Place};
use kit::{Answer, Exhibit};

use crate::choices::Choices;
use crate::context::Context;
use crate::refusal::Refusal;

/// A question about a place.
#[derive(Debug)]
pub struct Question {
    /// Its word in addresses and commands.
    pub word: &'static str,
    /// As people ask it.
    pub asks: &'static str,
    /// The title of its page, before the name of the place: `Capacity of`.
    pub title: &'static str,
    /// Which theme of the site it belongs to.
    pub theme: Theme,
    /// Whom its downloads count, where the place is one of councils.
    pub counts: Belonging,
    /// The names of what may be chosen, each with what it is.
    pub choices: &'static [(&'static str, &'static str)],
    /// Answers it.
    pub answer: fn(&Asked<'_>) -> Result<Answer, Refusal>,
}

/// A theme of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// A place as it is.
    Place,
    /// The years to come.
    Outlook,
}

/// A question as somebody asks it.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// What answers rest on.
    pub context: &'a Context,
    /// Of which place.
    pub place: &'a Place,
    /// What was chosen.
    pub choices: &'a Choices,
}

impl Question {
    /// Of what was chosen what the question knows.
    #[must_use]
    pub fn known(&self, choices: &Choices) -> Choices {
        choices.only(|name| self.choices.iter().any(|(known, _)| *known == name))
    }

    /// Answers it of a place. Of a place of councils it says whom it counts, and so do its tables.
    ///
    /// # Errors
    /// Why there is no answer.
    pub fn of(&self, asked: &Asked<'_>) -> Result<Answer, Refusal> {
        let mut answer = (self.answer)(asked)?;
        if answer.question.is_empty() {
            self.asks.clone_into(&mut answer.question);
        }
        if asked.place.belonging(self.counts).is_some() && !answer.exhibits.is_empty() {
            answer.sentences.extend(asked.place.counts(self.counts));
        }
        answer.exhibits = counted(asked.context, asked.place, self.counts, answer.exhibits);
        Ok(answer)
    }
}

/// The exhibits of a place; where it is one of councils, their downloads say whom they count and of when the lists are.
/// A map holds areas and practices, which go by different rules.
#[must_use]
pub fn counted(
    context: &Context,
    place: &Place,
    rule: Belonging,
    exhibits: Vec<Exhibit>,
) -> Vec<Exhibit> {
    let Some(rule) = place.belonging(rule) else { return exhibits };
    let lists = context.evidence().periods("list_size").last().map(ToString::to_string);
    let lists = lists.unwrap_or_default();
    let told = |exhibit: Exhibit| match exhibit.id {
        "map" => exhibit,
        _ => exhibit.counted(rule, &lists),
    };
    exhibits.into_iter().map(told).collect()
}

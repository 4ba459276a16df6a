//! What a question is: a word, how people ask it, what may be chosen, and who answers it.
//!
//! Every door finds questions here and asks them in the same way: a page shows the answer, a command prints it, a file holds
//! it as JSON. None of them knows how it is worked out, so none can tell it differently.

use evidence::{Belonging, Place};
use kit::{Answer, Exhibit, Link};
use vocab::Level;

use crate::address;
use crate::choices::Choices;
use crate::context::Context;
use crate::refusal::{Refusal, Why};
use crate::register;

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
    /// Whether the site answers it. What ranks practices by a risk is for the place itself: a command answers it, a page does not.
    pub on_site: bool,
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
    /// One indicator.
    Indicators,
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
    /// Whether something of this name may be chosen.
    #[must_use]
    pub fn knows(&self, name: &str) -> bool {
        self.choices.iter().any(|(known, _)| *known == name)
    }

    /// Of what was chosen what the question knows.
    #[must_use]
    pub fn known(&self, choices: &Choices) -> Choices {
        choices.only(|name| self.knows(name))
    }

    /// Whether the place alone is enough to ask it, beside what the place is.
    #[must_use]
    pub fn is_of_a_place(&self) -> bool {
        self.theme != Theme::Indicators && !matches!(self.word, "about" | "similar")
    }

    /// The place that is meant: of a question about a period as it was then, of none the home place.
    ///
    /// # Errors
    /// When there is none, several may be meant, or there is no such indicator or period.
    pub fn place(
        &self,
        context: &Context,
        key: Option<&str>,
        choices: &Choices,
    ) -> Result<Place, Refusal> {
        let Some(key) = key else { return Ok(context.home().clone()) };
        let Some(id) = choices.get("indicator").filter(|_| self.knows("period")) else {
            return context.place(key);
        };
        // Which of several places is meant is asked before whether there are figures of it.
        if let Some(several) = context.place(key).err().filter(|one| one.kind == Why::Several) {
            return Err(several);
        }
        let period = context.chosen_period(context.definition(id)?, choices)?;
        context.place_in(key, period)
    }

    /// Answers it of a place. Of a place of councils it says whom it counts, and so do its tables.
    ///
    /// # Errors
    /// Why there is no answer.
    pub fn of(&self, asked: &Asked<'_>) -> Result<Answer, Refusal> {
        let Asked { context, place, .. } = *asked;
        let closed = closed(asked)?;
        let mut answer = match closed.clone().filter(|_| self.is_of_now(asked.choices)) {
            Some(closed) => Answer { refused: Some(closed), ..Answer::default() },
            None => (self.answer)(asked)?,
        };
        answer.warnings.extend(closed.filter(|_| self.theme == Theme::Indicators));
        answer.warnings.extend(place.told_apart(&*context.known()?));
        if answer.question.is_empty() {
            self.asks.clone_into(&mut answer.question);
        }
        if answer.title.is_empty() {
            answer.title = format!("{} {}", self.title, place.name);
            answer.over = vec![Link::new(&place.name, address::place(place))];
            answer.above = answer.over.clone();
        }
        if place.belonging(self.counts).is_some() && !answer.exhibits.is_empty() {
            answer.sentences.extend(place.counts(self.counts));
        }
        answer.exhibits = counted(context, place, self.counts, answer.exhibits);
        Ok(answer)
    }

    /// Whether it is asked of a place as it is now, so that a practice that has closed has no answer.
    fn is_of_now(&self, choices: &Choices) -> bool {
        let is_of_a_day = self.knows("on") && choices.get("on").is_some();
        (self.is_of_a_place() || self.word == "similar") && !is_of_a_day
    }
}

/// That the practice that is asked about has closed and has no list any more.
fn closed(asked: &Asked<'_>) -> Result<Option<String>, Refusal> {
    let Asked { context, place, .. } = *asked;
    let Some((Level::Practice, code)) = place.single() else { return Ok(None) };
    let lists = context.study().lists(place)?;
    if lists.is_some_and(|lists| !lists.patients.is_empty()) {
        return Ok(None);
    }
    Ok(register::closure(context.evidence(), &*context.known()?, code)?)
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
        _ if exhibit.is_counted() => exhibit,
        _ => exhibit.counted(rule, &lists),
    };
    exhibits.into_iter().map(told).collect()
}

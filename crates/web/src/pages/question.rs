//! A page that answers one question about a place: the answer first, then its exhibits, then what it leaves out.

use axum::response::Response;
use evidence::{Belonging, Place};
use serde::Serialize;

use super::html;
use crate::exhibit::{Exhibit, Shown};
use crate::failure::Failure;
use crate::layout::{Layout, Section, Step};
use crate::links;
use crate::query::{Choices, encoded};
use crate::serving::unfinished;
use crate::state::AppState;

/// Part of a page that is still being worked out.
#[derive(Serialize)]
pub(super) struct Working {
    /// What it is, as the beginning of a sentence.
    pub(super) what: &'static str,
    /// Draws done.
    pub(super) done: u32,
    /// Of how many.
    pub(super) of: u32,
}

/// What such a page says.
pub(super) struct Answer<'a> {
    pub(super) place: &'a Place,
    pub(super) section: Section,
    /// The title, before the name of the place: `Capacity of`.
    pub(super) title: &'static str,
    /// The last part of the address.
    pub(super) word: &'static str,
    pub(super) question: &'static str,
    pub(super) lead: String,
    pub(super) sentences: Vec<String>,
    /// What is still being worked out, if anything is; the page looks again by itself.
    pub(super) working: Option<Working>,
    pub(super) exhibits: Vec<Exhibit>,
    pub(super) limits: Vec<String>,
    /// The heading of the methods chapter.
    pub(super) method: &'static str,
    /// Whom it counts, where the place is one of councils; nothing where nobody is counted.
    pub(super) counts: Option<Belonging>,
}

#[derive(Serialize)]
struct Page {
    layout: Layout,
    place: String,
    place_href: String,
    question: &'static str,
    lead: String,
    sentences: Vec<String>,
    working: Option<Working>,
    exhibits: Vec<Shown>,
    limits: Vec<String>,
    method: &'static str,
}

impl Answer<'_> {
    /// The page.
    pub(super) fn page(mut self, state: &AppState, choices: &Choices) -> Result<Response, Failure> {
        let place = self.place;
        self.sentences.extend(self.counts.and_then(|rule| place.counts(rule)));
        let path = format!("/place/{}/{}", encoded(&place.key), self.word);
        let shown = |exhibit: &Exhibit| exhibit.shown(&path, &choices.written());
        let page = Page {
            layout: Layout::new(
                state,
                &format!("{} {}", self.title, place.name),
                self.section,
                vec![Step::new(&place.name, links::place(place))],
            ),
            place: place.name.clone(),
            place_href: links::place(place),
            question: self.question,
            lead: self.lead,
            sentences: self.sentences,
            working: self.working,
            exhibits: self.exhibits.iter().map(shown).collect(),
            limits: self.limits,
            method: self.method,
        };
        let working = page.working.is_some();
        let answer = html(state, "question.html", &page)?;
        Ok(if working { unfinished(answer) } else { answer })
    }
}

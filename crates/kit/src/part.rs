//! A part of an answer in words: what stands out, key figures, facts, what can be asked next.

use serde::Serialize;

use crate::link::Link;

/// Words and figures under one heading, in this order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The heading; empty for none.
    pub heading: String,
    /// How deep it stands: 2 under the question, 3 under another part.
    pub depth: u8,
    /// What is said first.
    pub paragraphs: Vec<String>,
    /// What is said point by point.
    pub points: Vec<Point>,
    /// Figures in large type.
    pub figures: Vec<KeyFigure>,
    /// Facts with their names.
    pub facts: Vec<Fact>,
    /// Where the words lead on.
    pub links: Vec<Link>,
}

/// A point, which may lead on to the page that it speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Point {
    /// The point.
    pub link: Link,
    /// Whether what it says is bad news.
    pub is_bad: bool,
}

/// A fact with its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// What it is: `Postcode`.
    pub label: String,
    /// The fact, which may lead on to its page.
    pub value: Link,
}

/// A figure in large type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyFigure {
    /// What it is.
    pub name: String,
    /// The figure with its unit.
    pub value: String,
    /// What it is compared with, and of when it is.
    pub note: String,
    /// The page that tells more.
    pub href: String,
}

impl Part {
    /// A part with this heading, under the question.
    #[must_use]
    pub fn headed(heading: &str) -> Self {
        Self { heading: heading.to_owned(), depth: 2, ..Self::default() }
    }

    /// The same under another part.
    #[must_use]
    pub fn under(self) -> Self {
        Self { depth: 3, ..self }
    }

    /// The same that says this first.
    #[must_use]
    pub fn saying(self, paragraphs: Vec<String>) -> Self {
        Self { paragraphs, ..self }
    }

    /// The same with these points.
    #[must_use]
    pub fn points(self, points: Vec<Point>) -> Self {
        Self { points, ..self }
    }

    /// The same with these facts.
    #[must_use]
    pub fn facts(self, facts: Vec<Fact>) -> Self {
        Self { facts, ..self }
    }

    /// The same that leads on to these.
    #[must_use]
    pub fn leading(self, links: Vec<Link>) -> Self {
        Self { links, ..self }
    }
}

impl Point {
    /// A point in words alone.
    pub fn new(text: impl Into<String>) -> Self {
        Self::linked(Link::new(text, ""))
    }

    /// A point that leads on.
    #[must_use]
    pub const fn linked(link: Link) -> Self {
        Self { link, is_bad: false }
    }
}

impl Fact {
    /// A fact in words alone.
    pub fn new(label: &str, value: impl Into<String>) -> Self {
        Self::linked(label, Link::new(value, ""))
    }

    /// A fact that leads on.
    #[must_use]
    pub fn linked(label: &str, value: Link) -> Self {
        Self { label: label.to_owned(), value }
    }
}

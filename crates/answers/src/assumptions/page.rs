//! Every uncertain number of the outlook with those that a reader changed, and one of them with what changing it needs.

use kit::{Exhibit, Link};
use models::parameters::Parameter;
use serde::Serialize;

use super::{grade, kind, sentence, style, table};
use crate::address::encoded;
use crate::choices::Choices;
use crate::context::Context;
use crate::edits::Edits;
use crate::origin::caption;
use crate::refusal::Refusal;

/// All of them.
#[derive(Debug, Serialize)]
pub struct All {
    /// How many there are and what they rest on.
    pub lead: String,
    /// The table of them.
    #[serde(skip)]
    pub exhibits: Vec<Exhibit>,
    /// Those that were changed.
    pub changed: Vec<Link>,
    /// The address of the outlook that rests on them.
    pub outlook: String,
}

/// One of them.
#[derive(Debug, Serialize)]
pub struct One {
    /// The page above.
    #[serde(skip)]
    pub above: Link,
    /// Its name in files.
    pub name: String,
    /// What it is.
    pub about: String,
    /// Its value.
    pub value: String,
    /// Between which values eight of ten draws lie.
    pub range: String,
    /// Its unit.
    pub unit: String,
    /// The shape of the draws.
    pub shape: String,
    /// What it rests on, in a word.
    pub kind: &'static str,
    /// The source.
    pub reference: String,
    /// The date of the source.
    pub date: String,
    /// How much it can carry.
    pub grade: &'static str,
    /// Why it was changed, where it was.
    pub changed_because: Option<String>,
    /// The address at which it is as it was.
    pub undo: String,
    /// The address of its page without choices.
    pub path: String,
    /// The changed values as they stand in an address.
    pub edits: String,
    /// The value that was typed.
    pub new_value: String,
    /// The reason that was typed.
    pub because: String,
    /// What is wrong with them.
    pub problem: Option<String>,
}

/// What is told of one of them.
#[derive(Debug)]
pub enum Told {
    /// The number as it is.
    One(Box<One>),
    /// It has been changed: the address at which it is.
    Changed(String),
}

/// All of them, with the changes that are chosen.
///
/// # Errors
/// Changed values outside their bounds, without a reason, or of no number.
pub fn all(context: &Context, choices: &Choices) -> Result<All, Refusal> {
    let edits = Edits::of(choices)?;
    let parameters = edits.parameters()?;
    let changed = parameters.iter().filter(|(_, one)| one.changed_because.is_some());
    Ok(All {
        lead: sentence(&parameters),
        exhibits: exhibits(context, choices)?,
        changed: changed
            .map(|(key, one)| Link::new(&one.about, address(key.as_str(), &edits)))
            .collect(),
        outlook: format!("/place/{}/outlook{}", encoded(&context.home().key), edits.after(&[])),
    })
}

/// The table alone.
///
/// # Errors
/// As [`all`].
pub fn exhibits(context: &Context, choices: &Choices) -> Result<Vec<Exhibit>, Refusal> {
    let edits = Edits::of(choices)?;
    let title = "Every uncertain number of the outlook";
    let mut caption = caption(context, "parameters", title, &[]);
    "the sources named in each line".clone_into(&mut caption.source);
    let table = table(&edits.parameters()?, caption, &|name| address(name, &edits));
    let reading = "Follow a line to see it whole and to change it with a reason.";
    Ok(vec![Exhibit::table("parameters", "All of them", reading, table)])
}

/// One of them; where a value and a reason are chosen it is changed.
///
/// # Errors
/// When there is none of this name, or as [`all`].
pub fn one(name: &str, choices: &Choices) -> Result<Told, Refusal> {
    let edits = Edits::of(choices)?;
    let parameters = edits.parameters()?;
    let Some(parameter) = parameters.get(name) else {
        return Err(Refusal::not_found(&format!("/assumption/{name}")));
    };
    Ok(match changed(name, &edits, choices) {
        Some(Ok(changed)) => Told::Changed(address(name, &changed)),
        Some(Err(problem)) => {
            let problem = Some(problem);
            Told::One(Box::new(One { problem, ..One::of(name, parameter, &edits, choices) }))
        }
        None => Told::One(Box::new(One::of(name, parameter, &edits, choices))),
    })
}

impl One {
    fn of(name: &str, parameter: &Parameter, edits: &Edits, choices: &Choices) -> Self {
        let (style, source) = (style(parameter), &parameter.source);
        let typed = choices.get("value").map(str::to_owned);
        Self {
            above: Link::new("Assumptions", format!("/assumptions{}", edits.after(&[]))),
            name: name.to_owned(),
            about: parameter.about.clone(),
            value: style.figure(parameter.value),
            range: style.interval(parameter.low, parameter.high),
            unit: parameter.unit.clone(),
            shape: format!("{:?}", parameter.distribution),
            kind: kind(source.kind),
            reference: source.reference.clone(),
            date: source.date.clone(),
            grade: grade(parameter.grade),
            changed_because: parameter.changed_because.clone(),
            undo: address(name, &edits.clone().without(name)),
            path: format!("/assumption/{}", encoded(name)),
            edits: if edits.is_empty() { String::new() } else { edits.written() },
            new_value: typed.unwrap_or_else(|| parameter.value.to_string()),
            because: choices.get("because").unwrap_or_default().to_owned(),
            problem: None,
        }
    }
}

/// The change that is chosen, or what is wrong with it; nothing where none is.
fn changed(name: &str, edits: &Edits, choices: &Choices) -> Option<Result<Edits, String>> {
    let word = choices.get("value")?;
    let Ok(value) = word.parse::<f64>() else {
        return Some(Err(format!("“{word}” is no number.")));
    };
    let Some(reason) = choices.get("because") else {
        return Some(Err("A changed value needs a reason: say in a sentence why.".to_owned()));
    };
    let changed = edits.clone().with(name, value, reason);
    Some(changed.parameters().map(|_| changed).map_err(|failure| failure.sentence))
}

/// The address of one of them.
#[must_use]
pub fn address(name: &str, edits: &Edits) -> String {
    format!("/assumption/{}{}", encoded(name), edits.after(&[]))
}

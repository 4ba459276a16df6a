//! The form of a kind of intervention: drawn from its fields, read back into the scenario.

use options::scenario::{DO_NOTHING, Scenario};
use options::{Field, Kind, Label, Start};
use serde::Serialize;

use super::OWN;
use crate::choices::Choices;

/// A field of the form.
#[derive(Debug, Serialize)]
pub struct Input {
    /// Its name in files and addresses.
    pub name: &'static str,
    /// What it is, with its unit.
    pub label: String,
    /// What may be written into it.
    pub hint: String,
    /// What is written into it.
    pub value: String,
}

/// A form, filled in as far as the reader has.
#[derive(Debug, Serialize)]
pub struct Form {
    /// The word of the kind of intervention.
    pub id: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// What it does.
    pub about: &'static str,
    /// The first month.
    pub from: String,
    /// The fields.
    pub inputs: Vec<Input>,
    /// What is wrong with what was written.
    pub problems: Vec<String>,
}

impl Form {
    pub(super) fn of(kind: &'static Kind, choices: &Choices, problems: Vec<String>) -> Self {
        let input = |field: &Field| Input {
            name: field.name,
            label: label(field),
            hint: hint(field),
            value: choices.get(field.name).map_or_else(|| start(field), str::to_owned),
        };
        Self {
            id: kind.id,
            title: kind.title,
            about: kind.about,
            from: choices.get("from").unwrap_or("2026-04").to_owned(),
            inputs: kind.fields.iter().map(input).collect(),
            problems,
        }
    }
}

fn hint(field: &Field) -> String {
    let range = field.range_in_words().map(|range| format!(", {range}")).unwrap_or_default();
    let needed = match field.start {
        Start::Needed => "",
        Start::Optional => "; may be left empty",
        Start::Is(_, Label::Published) => "; the value given is published",
        Start::Is(_, Label::Assumption) => "; the value given is an assumption",
    };
    format!("{}{range}{needed}", field.form.in_words())
}

fn start(field: &Field) -> String {
    match field.start {
        Start::Is(text, _) => text.trim_matches('"').to_owned(),
        Start::Needed | Start::Optional => String::new(),
    }
}

/// The scenario with the intervention that a form asks for, as a file; what is wrong with it; nothing where the form has
/// not been sent.
pub(super) fn added(
    own: &Scenario,
    kind: &Kind,
    choices: &Choices,
) -> Option<Result<String, Vec<String>>> {
    choices.get("put")?;
    let mut one = toml::Table::new();
    one.insert("kind".to_owned(), kind.id.into());
    one.insert("from".to_owned(), choices.get("from").unwrap_or_default().into());
    for field in kind.fields {
        if let Some(word) = choices.get(field.name) {
            one.insert(field.name.to_owned(), value(word));
        }
    }
    let mut table: toml::Table = own.write().parse().unwrap_or_default();
    let all = table.entry("intervention").or_insert_with(|| toml::Value::Array(Vec::new()));
    if let toml::Value::Array(all) = all {
        all.push(toml::Value::Table(one));
    }
    if own.key == DO_NOTHING {
        table.insert("name".to_owned(), "My scenario".into());
    }
    let text = table.to_string();
    Some(match Scenario::read(OWN, &text) {
        Ok(_) => Ok(text),
        Err(problems) => {
            Err(problems.into_iter().map(|problem| labelled(kind, &problem.what)).collect())
        }
    })
}

/// A problem with the labels of the form in the place of the names of the file.
fn labelled(kind: &Kind, problem: &str) -> String {
    let named = kind.fields.iter().map(|field| (field.name, label(field)));
    let all = named.chain([("from", "First month".to_owned())]);
    all.fold(problem.to_owned(), |text, (name, label)| {
        text.replace(&format!("`{name}`"), &format!("“{label}”"))
    })
}

fn label(field: &Field) -> String {
    format!("{} ({})", field.about.trim_end_matches('.'), field.unit)
}

/// What a reader typed as it would stand in a file: a number, a list, or words.
fn value(word: &str) -> toml::Value {
    let parsed = format!("value = {word}").parse::<toml::Table>().ok();
    let typed = parsed.and_then(|table| table.get("value").cloned());
    let is_list = word.contains(',') && typed.is_none();
    match typed {
        Some(typed) => typed,
        None if is_list => {
            word.split(',').map(|part| toml::Value::from(part.trim())).collect::<Vec<_>>().into()
        }
        None => word.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choices(pairs: &[(&str, &str)]) -> Choices {
        Choices::of(pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect())
    }

    #[test]
    fn a_form_that_was_sent_becomes_a_line_of_the_scenario() {
        let kind = options::interventions::kind("recruit_gps").expect("a kind");
        let sent = choices(&[("put", "1"), ("from", "2026-04"), ("heads", "30")]);
        let text = added(&Scenario::do_nothing(), kind, &sent).expect("sent").expect("sound");
        let read = Scenario::read("yours", &text).expect("sound");
        assert_eq!(read.interventions.len(), 1);
        assert_eq!(read.name, "My scenario");
    }

    #[test]
    fn what_is_wrong_is_said_and_nothing_is_added() {
        let kind = options::interventions::kind("recruit_gps").expect("a kind");
        let sent = choices(&[("put", "1"), ("from", "soon"), ("heads", "many")]);
        let problems = added(&Scenario::do_nothing(), kind, &sent).expect("sent").unwrap_err();
        assert!(
            problems.iter().any(|one| one.contains("“First month” is \"soon\"")),
            "{problems:?}"
        );
        assert!(problems.iter().all(|one| !one.contains('`')), "{problems:?}");
        let sent = choices(&[("put", "1"), ("from", "2026-04"), ("heads", "-5")]);
        let problems = added(&Scenario::do_nothing(), kind, &sent).expect("sent").unwrap_err();
        assert!(
            problems.iter().any(|one| one.contains("is -5; expected a whole number from 0 to")),
            "{problems:?}"
        );
    }
}

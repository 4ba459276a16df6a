//! The templates, embedded; an undefined name is an error, so a page with a gap cannot be shown.

use answers::Refusal;
use minijinja::value::{Serde, Value};
use minijinja::{Environment, UndefinedBehavior};
use serde::Serialize;

macro_rules! templates {
    ($($name:literal)*) => {
        const ALL: &[(&str, &str)] =
            &[ $( ($name, include_str!(concat!("../templates/", $name))) ),* ];
    };
}

templates! {
    "accessibility.html"
    "assumption.html"
    "assumptions.html"
    "claim.html"
    "claims.html"
    "claims_words.html"
    "claims_working.html"
    "exhibits.html"
    "failure.html"
    "glossary.html"
    "indicators.html"
    "layout.html"
    "methods.html"
    "origin.html"
    "own_place.html"
    "question.html"
    "release.html"
    "scenarios.html"
    "search.html"
    "sources.html"
}

/// The environment with every template.
pub(crate) fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    for (name, text) in ALL {
        environment.add_template(name, text).expect("the embedded templates are well formed");
    }
    environment
}

/// A template filled in.
pub(crate) fn render(
    environment: &Environment<'static>,
    name: &str,
    page: &impl Serialize,
) -> Result<String, Refusal> {
    let rendered = environment
        .get_template(name)
        .and_then(|template| template.render(Value::from(Serde(page))));
    rendered.map_err(|error| Refusal::bug(&format!("the template `{name}` failed ({error:#})")))
}

//! The templates inside the program. A new claim is one file under `claims/` and one word in the list below; a test
//! names what is missing on either side.

use std::sync::LazyLock;

use super::template::Template;

macro_rules! built_in {
    ($($id:ident)*) => {
        /// The files: identifier and text.
        static BUILT_IN: &[(&str, &str)] = &[ $( (
            stringify!($id),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../claims/", stringify!($id), ".toml")),
        ), )* ];
    };
}

built_in! {
    compared_with_england
}

/// Every template, in order of identifier.
pub static TEMPLATES: LazyLock<Vec<Template>> = LazyLock::new(|| {
    BUILT_IN
        .iter()
        .map(|(id, text)| {
            Template::parse(id, text).unwrap_or_else(|error| panic!("a test reads every file: {error}"))
        })
        .collect()
});

/// A template by its identifier.
#[must_use]
pub fn template(id: &str) -> Option<&'static Template> {
    TEMPLATES.iter().find(|template| template.id == id)
}

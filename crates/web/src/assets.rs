//! Styles, type and script, embedded from the front end's `dist` folder.

use std::borrow::Cow;

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "assets/dist"]
#[allow_missing = true]
struct Dist;

/// What to do when the program was built without its front end.
pub(crate) const MISSING: &str = "The styles of this page are missing: the program was built before its front end. \
                                  Run `cargo xtask assets` (it needs Node.js 20 or later) and build the program again.";

/// Whether the front end was built before the program.
pub(crate) fn are_there() -> bool {
    Dist::get("app.css").is_some()
}

/// The TrueType files for pictures.
pub(crate) fn fonts() -> Vec<Cow<'static, [u8]>> {
    let names = ["SourceSans3-Regular.ttf", "SourceSans3-Semibold.ttf"];
    names.iter().filter_map(|name| Dist::get(name)).map(|file| file.data).collect()
}

/// A file of the front end, with its type; cached for an hour.
pub(crate) fn answer(name: &str) -> Option<Response> {
    let file = Dist::get(name)?;
    let kind = file.metadata.mimetype().to_owned();
    let kind = if kind.starts_with("text/") { format!("{kind}; charset=utf-8") } else { kind };
    let headers = [(CONTENT_TYPE, kind), (CACHE_CONTROL, "public, max-age=3600".to_owned())];
    Some((headers, file.data.into_owned()).into_response())
}

//! Every address of the site.

use answers::{Choices, Refusal};
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{StatusCode, Uri};
use axum::middleware::from_fn_with_state;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use crate::pages::{
    self, accessibility, assumptions, claims, glossary, indicator, indicators, methods, origin,
    own_place, place, practice, question, release, scenarios, search, similar, sources, why, words,
};
use crate::security::secured;
use crate::serving::{served, unless_known};
use crate::state::AppState;
use crate::{assets, markdown};

type Pairs = Query<Vec<(String, String)>>;

/// An address with choices only.
macro_rules! page {
    ($answer:path) => {
        get(|State(state): State<AppState>, Query(pairs): Pairs| {
            served(state, move |state| $answer(state, &Choices::of(pairs)))
        })
    };
}

/// An address with one name in it.
macro_rules! named_page {
    ($answer:path) => {
        get(|State(state): State<AppState>, Path(name): Path<String>, Query(pairs): Pairs| {
            served(state, move |state| $answer(state, &name, &Choices::of(pairs)))
        })
    };
}

/// The file of an exhibit of a page.
macro_rules! file {
    ($exhibits:path) => {
        get(
            |State(state): State<AppState>,
             Path((name, file)): Path<(String, String)>,
             Query(pairs): Pairs| {
                served(state, move |state| {
                    pages::file($exhibits(state, &name, &Choices::of(pairs))?, &file)
                })
            },
        )
    };
}

/// The whole site. The caller listens.
pub fn router(state: AppState) -> Router {
    let router = Router::new()
        .route("/", page!(place::home))
        .route("/places/own", page!(own_place::page))
        .route("/place/{key}", named_page!(place::page))
        .route("/place/{key}/{word}", get(place_part))
        .route("/place/{key}/why", named_page!(why::of_place))
        .route("/place/{key}/{word}/{file}", get(answer_file))
        .route("/network/{code}", named_page!(place::network))
        .route("/network/{code}/{file}", file!(place::exhibits))
        .route("/practice/{code}", named_page!(practice::page))
        .route("/practice/{code}/{file}", file!(practice::exhibits))
        .route("/indicators", page!(indicators::page))
        .route("/indicators/{theme}/{file}", file!(indicators::exhibits))
        .route("/indicator/{id}", named_page!(indicator::page))
        .route("/indicator/{id}/why", named_page!(why::page))
        .route("/indicator/{id}/why/{file}", file!(why::exhibits))
        .route("/indicator/{id}/{file}", file!(indicator::exhibits))
        .route("/claims", page!(claims::page))
        .route("/claims/words", page!(words::page))
        .route("/claims/{part}/{file}", get(claims_file))
        .route("/scenarios", page!(scenarios::page))
        .route("/scenarios/{part}/{file}", file!(scenarios::exhibits))
        .route("/assumptions", page!(assumptions::page))
        .route("/assumptions/{part}/{file}", file!(assumptions::exhibits))
        .route("/assumption/{name}", named_page!(assumptions::one))
        .route("/origin", page!(origin::page))
        .route("/similar/{code}", named_page!(similar::page))
        .route("/similar/{code}/{file}", file!(similar::exhibits))
        .route("/sources", page!(sources::page))
        .route("/sources/{part}/{file}", file!(sources::exhibits))
        .route("/release/{id}", named_page!(release::page))
        .route("/methods", page!(methods::page))
        .route("/glossary", page!(glossary::page))
        .route("/search", page!(search::page))
        .route("/accessibility", page!(accessibility::page))
        .route("/assets/{name}", get(asset))
        .fallback(nothing_here)
        .layer(from_fn_with_state(state.clone(), unless_known))
        .with_state(state)
        .layer(CatchPanicLayer::custom(|_| last_resort()))
        .layer(CompressionLayer::new());
    secured(router)
}

/// The answer to a question about a place, or the file of an exhibit of the place itself.
async fn place_part(
    State(state): State<AppState>,
    Path((key, word)): Path<(String, String)>,
    Query(pairs): Pairs,
) -> Response {
    served(state, move |state| {
        let choices = Choices::of(pairs);
        if word.contains('.') {
            return pages::file(place::exhibits(state, &key, &choices)?, &word);
        }
        question::page(state, (&key, &word), &choices)
    })
    .await
}

/// A file of an answer.
async fn answer_file(
    State(state): State<AppState>,
    Path((key, word, file)): Path<(String, String, String)>,
    Query(pairs): Pairs,
) -> Response {
    served(state, move |state| question::file(state, (&key, &word, &file), &Choices::of(pairs)))
        .await
}

/// A file of a reading or of a sheet of claims.
async fn claims_file(
    State(state): State<AppState>,
    Path((part, file)): Path<(String, String)>,
    Query(pairs): Pairs,
) -> Response {
    served(state, move |state| claims::file(state, &part, &file, &Choices::of(pairs))).await
}

/// A file of the front end.
async fn asset(State(state): State<AppState>, Path(name): Path<String>) -> Response {
    assets::answer(&name)
        .unwrap_or_else(|| pages::failure(&state, &Refusal::not_found(&format!("/assets/{name}"))))
}

/// Any other address.
async fn nothing_here(State(state): State<AppState>, uri: Uri) -> Response {
    pages::failure(&state, &Refusal::not_found(uri.path()))
}

/// When even the page of failures fails.
fn last_resort() -> Response {
    let text =
        markdown::rendered("The page could not be made. Go back, or open the [home page](/).").0;
    let headers = [(CONTENT_TYPE, "text/html; charset=utf-8")];
    (StatusCode::INTERNAL_SERVER_ERROR, headers, Html(text)).into_response()
}

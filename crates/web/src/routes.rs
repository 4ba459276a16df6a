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

use crate::pages::question::Wanted;
use crate::pages::{
    self, accessibility, assumptions, claims, glossary, indicators, methods, origin, own_place,
    question, release, scenarios, search, sources, words,
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

/// The answer to a question whose address names one thing.
macro_rules! question {
    ($wanted:path) => {
        get(|State(state): State<AppState>, Path(name): Path<String>, Query(pairs): Pairs| {
            let wanted = $wanted(&name, Choices::of(pairs));
            served(state, move |state| question::page(state, &wanted))
        })
    };
}

/// A file of such an answer.
macro_rules! question_file {
    ($wanted:path) => {
        get(
            |State(state): State<AppState>,
             Path((name, file)): Path<(String, String)>,
             Query(pairs): Pairs| {
                let wanted = $wanted(&name, Choices::of(pairs));
                served(state, move |state| question::file(state, &wanted, &file))
            },
        )
    };
}

/// The whole site. The caller listens.
pub fn router(state: AppState) -> Router {
    let router = Router::new()
        .route("/", get(home))
        .route("/places/own", page!(own_place::page))
        .route("/place/{key}", question!(Wanted::place))
        .route("/place/{key}/{word}", get(place_part))
        .route("/place/{key}/{word}/{file}", get(answer_file))
        .route("/network/{code}", question!(Wanted::network))
        .route("/network/{code}/{file}", question_file!(Wanted::network))
        .route("/practice/{code}", question!(Wanted::practice))
        .route("/practice/{code}/{file}", question_file!(Wanted::practice))
        .route("/indicators", page!(indicators::page))
        .route("/indicators/{theme}/{file}", file!(indicators::exhibits))
        .route("/indicator/{id}", question!(Wanted::indicator))
        .route("/indicator/{id}/why", question!(Wanted::why))
        .route("/indicator/{id}/why/{file}", question_file!(Wanted::why))
        .route("/indicator/{id}/{file}", question_file!(Wanted::indicator))
        .route("/similar/{code}", question!(Wanted::similar))
        .route("/similar/{code}/{file}", question_file!(Wanted::similar))
        .route("/claims", page!(claims::page))
        .route("/claims/words", page!(words::page))
        .route("/claims/{part}/{file}", get(claims_file))
        .route("/scenarios", page!(scenarios::page))
        .route("/scenarios/{part}/{file}", file!(scenarios::exhibits))
        .route("/assumptions", page!(assumptions::page))
        .route("/assumptions/{part}/{file}", file!(assumptions::exhibits))
        .route("/assumption/{name}", named_page!(assumptions::one))
        .route("/origin", page!(origin::page))
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

/// The home page.
async fn home(State(state): State<AppState>, Query(pairs): Pairs) -> Response {
    let wanted = Wanted::home(Choices::of(pairs));
    served(state, move |state| question::page(state, &wanted)).await
}

/// The answer to a question about a place, or a file of what the place is.
async fn place_part(
    State(state): State<AppState>,
    Path((key, word)): Path<(String, String)>,
    Query(pairs): Pairs,
) -> Response {
    let choices = Choices::of(pairs);
    served(state, move |state| {
        if word.contains('.') {
            return question::file(state, &Wanted::place(&key, choices), &word);
        }
        question::page(state, &Wanted::question((key, word), choices))
    })
    .await
}

/// A file of an answer.
async fn answer_file(
    State(state): State<AppState>,
    Path((key, word, file)): Path<(String, String, String)>,
    Query(pairs): Pairs,
) -> Response {
    let wanted = Wanted::question((key, word), Choices::of(pairs));
    served(state, move |state| question::file(state, &wanted, &file)).await
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

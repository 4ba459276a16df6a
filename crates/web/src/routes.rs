//! Every address of the site.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{StatusCode, Uri};
use axum::middleware::from_fn_with_state;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use evidence::Belonging;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use crate::failure::Failure;
use crate::pages::{
    self, accessibility, assumptions, backtest, capacity, claims, glossary, indicator, indicators,
    methods, money, need, origin, outlook, own_place, place, population, practice, reach,
    registered, release, scenarios, search, similar, sources, why, words, workforce,
};
use crate::query::Choices;
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

/// The file of an exhibit of a page; of a page of a place with the rule by which it counts.
macro_rules! file {
    ($exhibits:path, $rule:expr) => {
        get(
            |State(state): State<AppState>,
             Path((key, file)): Path<(String, String)>,
             Query(pairs): Pairs| {
                served(state, move |state| {
                    let exhibits = $exhibits(state, &key, &Choices::of(pairs))?;
                    let place = state.place(&key)?;
                    pages::file(pages::counted(state, &place, $rule, exhibits), &file)
                })
            },
        )
    };
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
        .route("/place/{key}/{file}", file!(place::exhibits, Belonging::Stand))
        .route("/place/{key}/why", named_page!(why::of_place))
        .route("/place/{key}/reach", named_page!(reach::page))
        .route("/place/{key}/reach/{file}", file!(reach::exhibits, Belonging::Live))
        .route("/place/{key}/capacity", named_page!(capacity::page))
        .route("/place/{key}/capacity/{file}", file!(capacity::exhibits, Belonging::Stand))
        .route("/place/{key}/outlook", named_page!(outlook::page))
        .route("/place/{key}/outlook/{file}", file!(outlook::exhibits, Belonging::Stand))
        .route("/place/{key}/workforce", named_page!(workforce::page))
        .route("/place/{key}/workforce/{file}", file!(workforce::exhibits, Belonging::Stand))
        .route("/place/{key}/need", named_page!(need::page))
        .route("/place/{key}/need/{file}", file!(need::exhibits, Belonging::Stand))
        .route("/place/{key}/population", named_page!(population::page))
        .route("/place/{key}/population/{file}", file!(population::exhibits, Belonging::Live))
        .route("/place/{key}/money", named_page!(money::page))
        .route("/place/{key}/money/{file}", file!(money::exhibits, Belonging::Stand))
        .route("/place/{key}/backtest", named_page!(backtest::page))
        .route("/place/{key}/backtest/{file}", file!(backtest::exhibits, Belonging::Stand))
        .route("/place/{key}/registered", named_page!(registered::page))
        .route("/place/{key}/registered/{file}", file!(registered::exhibits, Belonging::Live))
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
        .unwrap_or_else(|| pages::failure(&state, &Failure::not_found(&format!("/assets/{name}"))))
}

/// Any other address.
async fn nothing_here(State(state): State<AppState>, uri: Uri) -> Response {
    pages::failure(&state, &Failure::not_found(uri.path()))
}

/// When even the page of failures fails.
fn last_resort() -> Response {
    let text =
        markdown::rendered("The page could not be made. Go back, or open the [home page](/).").0;
    let headers = [(CONTENT_TYPE, "text/html; charset=utf-8")];
    (StatusCode::INTERNAL_SERVER_ERROR, headers, Html(text)).into_response()
}

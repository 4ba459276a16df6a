//! How pages are served: as many at once as the machine has room for, within the patience of a reader, and not made again for a
//! reader who has them.

use std::time::Duration;

use answers::Refusal;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, ETAG, HeaderValue, IF_NONE_MATCH, RETRY_AFTER};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::pages;
use crate::state::AppState;

/// The longest that a page may take.
const PATIENCE: Duration = Duration::from_mins(1);
/// The longest that a reader waits for others to be served.
const QUEUE: Duration = Duration::from_secs(10);

/// Works an answer out on a thread that may block, within the patience of a reader; a panic becomes a page. Its place is given
/// back when the work has ended, not when the reader has left: a page that takes too long keeps others out, not the machine busy
/// with more and more of them.
pub(crate) async fn served(
    state: AppState,
    work: impl FnOnce(&AppState) -> Result<Response, Refusal> + Send + 'static,
) -> Response {
    let Some(place) = state.gate().place(QUEUE).await else {
        let mut busy = pages::failure(&state, &Refusal::too_busy());
        busy.headers_mut().insert(RETRY_AFTER, HeaderValue::from(QUEUE.as_secs()));
        return busy;
    };
    let inner = state.clone();
    let task = tokio::task::spawn_blocking(move || {
        let _place = place;
        work(&inner)
    });
    let answer = match tokio::time::timeout(PATIENCE, task).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(_)) => Err(Refusal::bug("a rule of the program was broken while it was made")),
        Err(_) => Err(Refusal::too_slow()),
    };
    answer.unwrap_or_else(|failure| pages::failure(&state, &failure))
}

/// A page that is not finished: it must be asked for again.
pub(crate) fn unfinished(mut answer: Response) -> Response {
    answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

/// Spares a reader who has a page of this edition from having it made and sent again.
pub(crate) async fn unless_known(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    let Ok(edition) = HeaderValue::from_str(state.edition()) else {
        return next.run(request).await;
    };
    if has(request.headers(), state.edition()) {
        let headers = [(ETAG, edition), (CACHE_CONTROL, HeaderValue::from_static("no-cache"))];
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    let mut answer = next.run(request).await;
    if answer.status() == StatusCode::OK && !answer.headers().contains_key(CACHE_CONTROL) {
        answer.headers_mut().insert(ETAG, edition);
        answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    }
    answer
}

/// Whether a reader has a page of this edition.
fn has(headers: &HeaderMap, edition: &str) -> bool {
    let known = headers.get(IF_NONE_MATCH).and_then(|known| known.to_str().ok());
    known.is_some_and(|known| known.split(',').any(|one| one.trim() == edition))
}

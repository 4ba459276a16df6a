//! How pages are served: as many at once as the machine has room for, within the patience of a reader, and not made again for a
//! reader who has them.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::num::NonZero;
use std::sync::Arc;
use std::time::Duration;

use answers::Refusal;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, ETAG, HeaderValue, IF_NONE_MATCH, RETRY_AFTER};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::pages;
use crate::state::AppState;

/// The longest that a page may take.
const PATIENCE: Duration = Duration::from_mins(1);
/// The longest that a reader waits for others to be served.
const QUEUE: Duration = Duration::from_secs(10);
/// Pages made at once for each processor: half of them may wait for a file or for another page.
const PAGES_A_PROCESSOR: usize = 2;

/// Room for so many pages at once.
#[derive(Debug, Clone)]
pub(crate) struct Gate(Arc<Semaphore>);

impl Default for Gate {
    fn default() -> Self {
        let processors = std::thread::available_parallelism().map_or(1, NonZero::get);
        Self::of(processors * PAGES_A_PROCESSOR)
    }
}

impl Gate {
    fn of(pages: usize) -> Self {
        Self(Arc::new(Semaphore::new(pages)))
    }

    /// A place, held until it is dropped; none where none becomes free within a time.
    async fn place(&self, within: Duration) -> Option<OwnedSemaphorePermit> {
        tokio::time::timeout(within, self.0.clone().acquire_owned()).await.ok()?.ok()
    }
}

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

/// What all pages of a site rest on, beside their address: evidence with program, and the words of everything else.
pub(crate) fn edition(run: &str, words: &str) -> String {
    let mut hasher = DefaultHasher::new();
    (run, words).hash(&mut hasher);
    format!("W/\"{:016x}\"", hasher.finish())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_place_is_free_again_once_the_work_that_held_it_has_ended() {
        let (gate, moment) = (Gate::of(1), Duration::from_millis(20));
        let held = gate.place(moment).await;
        assert!(held.is_some() && gate.place(moment).await.is_none());
        drop(held);
        assert!(gate.place(moment).await.is_some());
    }
}

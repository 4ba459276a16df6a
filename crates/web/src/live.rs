//! The site while it runs: when evidence is imported beside it, readers see the new one from the next page on.
//!
//! Pages in progress end on the evidence they began with, so that no page mixes two.

use std::sync::{Arc, PoisonError, RwLock};

use axum::Router;
use axum::extract::Request;
use tower::ServiceExt;

use crate::routes;
use crate::state::AppState;

/// A site whose evidence can be exchanged. Cheap to clone; all clones show the same.
#[derive(Debug, Clone)]
pub struct Live(Arc<RwLock<Router>>);

impl Live {
    /// A site that shows this.
    #[must_use]
    pub fn new(state: AppState) -> Self {
        Self(Arc::new(RwLock::new(routes::router(state))))
    }

    /// Shows this from the next page on.
    pub fn show(&self, state: AppState) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = routes::router(state);
    }

    /// The whole site. The caller listens.
    pub fn router(&self) -> Router {
        let live = self.clone();
        Router::new().fallback(move |request: Request| {
            let shown = live.0.read().unwrap_or_else(PoisonError::into_inner).clone();
            shown.oneshot(request)
        })
    }
}

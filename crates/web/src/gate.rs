//! How many pages are made at once.

use std::num::NonZero;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

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
    pub(crate) async fn place(&self, within: Duration) -> Option<OwnedSemaphorePermit> {
        tokio::time::timeout(within, self.0.clone().acquire_owned()).await.ok()?.ok()
    }
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

//! Runs of the outlook: each works on a thread of its own, so that a page can say how far it is.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use evidence::{Evidence, Place};
use models::change::Change;
use models::outlook::{Go, Influence, Outlook, Row, Settings, rows, run, sensitivity};
use models::parameters::Parameters;
use models::place::Base;

/// Runs kept at once; the oldest makes room.
const MOST: usize = 12;

/// What a run found.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) base: Base,
    pub(crate) outlook: Outlook,
    pub(crate) rows: Vec<Row>,
    pub(crate) influences: Vec<Influence>,
}

/// A run, going or done.
#[derive(Debug, Default)]
pub(crate) struct Run {
    done: AtomicU32,
    found: OnceLock<Result<Found, String>>,
}

impl Run {
    /// What it found, or why there is nothing; nothing yet while it goes.
    pub(crate) fn found(&self) -> Option<&Result<Found, String>> {
        self.found.get()
    }

    /// Draws done, of how many.
    pub(crate) fn progress(&self) -> (u32, u32) {
        (self.done.load(Ordering::Relaxed), Settings::default().draws)
    }
}

/// What a run is of.
pub(crate) struct Asked {
    pub(crate) place: Place,
    pub(crate) parameters: Parameters,
    pub(crate) changes: Vec<Change>,
    /// Tells it from every other: the place, the changed values and what is done.
    pub(crate) key: String,
}

/// The runs of a site.
#[derive(Debug, Default)]
pub(crate) struct Outlooks(Mutex<Vec<(String, Arc<Run>)>>);

impl Outlooks {
    /// The run that is asked for, begun if it is new.
    pub(crate) fn run(&self, evidence: &'static Evidence, asked: Asked) -> Arc<Run> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, run)) = kept.iter().find(|(key, _)| *key == asked.key) {
            return run.clone();
        }
        let begun = Arc::new(Run::default());
        kept.push((asked.key.clone(), begun.clone()));
        if kept.len() > MOST {
            kept.remove(0);
        }
        let going = begun.clone();
        std::thread::spawn(move || {
            let found = work(evidence, &asked, &going.done).map_err(|error| error.to_string());
            // A run is begun once, so nothing is there yet.
            let _ = going.found.set(found);
        });
        begun
    }
}

fn work(
    evidence: &Evidence,
    asked: &Asked,
    done: &AtomicU32,
) -> Result<Found, Box<dyn std::error::Error>> {
    let Asked { place, parameters, changes, .. } = asked;
    let settings = Settings::default();
    let base = Base::of(evidence, place, &parameters.values(settings.seed, 0))?;
    let progress = |draws: u32| {
        done.store(draws, Ordering::Relaxed);
        Go::On
    };
    let outlook = run(&base, parameters, changes, settings, &(), &progress)?;
    let influences = sensitivity(&outlook, &base, parameters, changes)?;
    Ok(Found { rows: rows(&outlook, &base), base, outlook, influences })
}

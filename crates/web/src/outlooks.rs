//! Runs of the outlook: each works on a thread of its own, so that a page can say how far it is.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use evidence::{Evidence, Place};
use models::change::Change;
use models::outlook::{
    Go, Influence, Outlook, Ranking, Residents, Row, Settings, rows, run, sensitivity,
};
use models::parameters::Parameters;
use models::place::Base;

/// Runs kept at once; the oldest makes room.
const MOST: usize = 12;

/// Places whose people are kept; sixteen bytes a person.
const MOST_PLACES: usize = 3;

/// What a run found.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) base: Base,
    pub(crate) residents: Arc<Residents>,
    pub(crate) outlook: Outlook,
    pub(crate) rows: Vec<Row>,
    pub(crate) influences: Vec<Influence>,
    /// How a published score ranks the people.
    pub(crate) rankings: Vec<Ranking>,
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

/// The people of a place, made when first asked for.
type Made = Arc<OnceLock<Arc<Residents>>>;

/// The runs of a site, and the people of its places.
#[derive(Debug, Default)]
pub(crate) struct Outlooks {
    runs: Mutex<Vec<(String, Arc<Run>)>>,
    residents: Mutex<Vec<(String, Made)>>,
}

impl Outlooks {
    /// The run that is asked for, begun if it is new.
    pub(crate) fn run(&self, evidence: &'static Evidence, asked: Asked) -> Arc<Run> {
        let mut kept = self.runs.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, run)) = kept.iter().find(|(key, _)| *key == asked.key) {
            return run.clone();
        }
        let begun = Arc::new(Run::default());
        kept.push((asked.key.clone(), begun.clone()));
        if kept.len() > MOST {
            kept.remove(0);
        }
        let going = begun.clone();
        let made = self.made(&asked.place.key);
        std::thread::spawn(move || {
            let found =
                work(evidence, &asked, &made, &going.done).map_err(|error| error.to_string());
            // A run is begun once, so nothing is there yet.
            let _ = going.found.set(found);
        });
        begun
    }

    /// Where the people of a place are kept: they hang on its lists only, not on parameters or scenarios.
    fn made(&self, place: &str) -> Made {
        let mut kept = self.residents.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, made)) = kept.iter().find(|(key, _)| key == place) {
            return made.clone();
        }
        if kept.len() == MOST_PLACES {
            kept.remove(0);
        }
        let made = Made::default();
        kept.push((place.to_owned(), made.clone()));
        made
    }
}

fn work(
    evidence: &Evidence,
    asked: &Asked,
    made: &OnceLock<Arc<Residents>>,
    done: &AtomicU32,
) -> Result<Found, Box<dyn std::error::Error>> {
    let Asked { place, parameters, changes, .. } = asked;
    let settings = Settings::default();
    let base = Base::of(evidence, place, &parameters.values(settings.seed, 0))?;
    let progress = |draws: u32| {
        done.store(draws, Ordering::Relaxed);
        Go::On
    };
    let residents = made.get_or_init(|| Arc::new(Residents::of(&base, settings.seed))).clone();
    let rankings = residents.rankings()?;
    let place = (&base, &*residents);
    let outlook = run(place, parameters, changes, settings, &(), &progress)?;
    let influences = sensitivity(&outlook, place, parameters, changes)?;
    Ok(Found { rows: rows(&outlook, &base), base, residents, outlook, influences, rankings })
}

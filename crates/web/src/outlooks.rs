//! Runs of the outlook: each works on a thread of its own, so that a page can say how far it is. One works at a time; one that no
//! page has asked after for a while gives its turn to the next and begins anew when it is asked for again.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use evidence::{Evidence, Place};
use models::change::Change;
use models::outlook::{Found, Given, Go, Residents, Settings, look, while_waiting};
use models::parameters::Parameters;
use models::place::Base;

/// Runs kept at once; the oldest makes room.
const MOST: usize = 12;

/// Places whose people are kept; sixteen bytes a person.
const MOST_PLACES: usize = 3;

/// How long a run goes on that no page asks after: a page looks again every few seconds.
const PATIENCE: Duration = Duration::from_mins(1);

/// A run, going or done.
#[derive(Debug)]
pub(crate) struct Run {
    done: AtomicU32,
    found: OnceLock<Result<Found, String>>,
    /// When a page last asked after it.
    asked: Mutex<Instant>,
    /// Given up because no page asked after it.
    left: AtomicBool,
}

impl Run {
    fn begun() -> Self {
        let asked = Mutex::new(Instant::now());
        Self {
            done: AtomicU32::new(0),
            found: OnceLock::new(),
            asked,
            left: AtomicBool::new(false),
        }
    }

    /// Notes that a page asks after it; whether it still goes or is done.
    fn is_kept_on(&self) -> bool {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        *asked = Instant::now();
        !self.left.load(Ordering::Relaxed)
    }

    /// Whether it should go on; once it should not, it is left for good.
    fn go(&self) -> Go {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if asked.elapsed() > PATIENCE {
            self.left.store(true, Ordering::Relaxed);
        }
        if self.left.load(Ordering::Relaxed) { Go::Stop } else { Go::On }
    }

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
    /// Held by the run that works.
    turn: Arc<Mutex<()>>,
}

impl Outlooks {
    /// The run that is asked for, begun if it is new.
    pub(crate) fn run(&self, evidence: &'static Evidence, asked: Asked) -> Arc<Run> {
        let mut kept = self.runs.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, run)) = kept.iter().find(|(key, run)| *key == asked.key && run.is_kept_on())
        {
            return run.clone();
        }
        kept.retain(|(key, _)| *key != asked.key);
        let begun = Arc::new(Run::begun());
        kept.push((asked.key.clone(), begun.clone()));
        if kept.len() > MOST {
            kept.remove(0);
        }
        let (going, turn) = (begun.clone(), self.turn.clone());
        let made = self.made(&asked.place.key);
        std::thread::spawn(move || {
            let _turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
            if going.go() == Go::Stop {
                return;
            }
            let found = work(evidence, &asked, &made, &going).map_err(|error| error.to_string());
            if going.go() == Go::On {
                // A run is begun once, so nothing is there yet.
                let _ = going.found.set(found);
            }
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
    going: &Run,
) -> Result<Found, Box<dyn std::error::Error>> {
    let Asked { place, parameters, changes, .. } = asked;
    let settings = Settings::default();
    let base = Base::of(evidence, place, &parameters.values(settings.seed, 0))?;
    while_waiting(&base, place).map_err(|instead| format!("There is one of {instead}"))?;
    let progress = |draws: u32| {
        going.done.store(draws, Ordering::Relaxed);
        going.go()
    };
    let residents = made.get_or_init(|| Arc::new(Residents::of(&base, settings.seed))).clone();
    let given = Given { parameters, changes, settings };
    Ok(look(Arc::new(base), &residents, given, &(), &progress)?)
}

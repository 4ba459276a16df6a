//! Runs of the outlook: each works on a thread of its own, so that whoever asks can say how far it is. One works at a time, since
//! it takes the whole machine; one that nobody waits for or has asked after for a while gives its turn to the next and
//! begins anew when it is asked for again.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use evidence::Place;
use models::change::Change;
use models::outlook::{Found, Given, Go, Residents, Settings, look, while_waiting};
use models::parameters::Parameters;
use models::place::Base;

use crate::{Study, Weighs};

/// Runs kept at once; the oldest makes room. The outlook of a board takes some ten megabytes.
const MOST: usize = 12;

/// How long a run goes on that nobody waits for and nobody asks after: a page looks again every few seconds.
const PATIENCE: Duration = Duration::from_mins(1);

/// What a run is of.
#[derive(Debug, Clone)]
pub struct OutlookOf {
    /// The place.
    pub place: Place,
    /// The values of every parameter.
    pub parameters: Parameters,
    /// What a scenario changes; nothing when nothing is done.
    pub changes: Vec<Change>,
    /// How far and how often to look.
    pub settings: Settings,
}

impl OutlookOf {
    /// A place when nothing is done, by the parameters inside the program.
    #[must_use]
    pub fn place(place: &Place, settings: Settings) -> Self {
        let parameters = Parameters::embedded().clone();
        Self { place: place.clone(), parameters, changes: Vec::new(), settings }
    }

    /// Tells it from every other.
    fn key(&self) -> String {
        let mut hasher = DefaultHasher::new();
        format!("{:?}\n{:?}\n{:?}", self.parameters, self.changes, self.settings).hash(&mut hasher);
        format!("{}\n{:016x}", self.place.key, hasher.finish())
    }
}

/// A run, going or done.
#[derive(Debug)]
pub struct Run {
    done: AtomicU32,
    of: u32,
    found: OnceLock<Result<Found, String>>,
    interest: Mutex<Interest>,
}

/// Who still wants a run.
#[derive(Debug)]
struct Interest {
    /// When somebody last asked after it.
    asked: Instant,
    /// How many wait for its end.
    waiting: usize,
    /// Given up because nobody wanted it.
    is_left: bool,
}

impl Run {
    fn begun(of: u32) -> Self {
        let interest = Interest { asked: Instant::now(), waiting: 0, is_left: false };
        let interest = Mutex::new(interest);
        Self { done: AtomicU32::new(0), of, found: OnceLock::new(), interest }
    }

    fn interest(&self) -> MutexGuard<'_, Interest> {
        self.interest.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that somebody asks after it, and whether they wait; whether it still goes or is done.
    fn is_kept_on(&self, waiting: usize) -> bool {
        let mut interest = self.interest();
        interest.asked = Instant::now();
        interest.waiting += waiting;
        !interest.is_left
    }

    /// Whether it should go on; once it should not, it is left for good.
    fn go(&self) -> Go {
        let mut interest = self.interest();
        interest.is_left |= interest.waiting == 0 && interest.asked.elapsed() > PATIENCE;
        if interest.is_left { Go::Stop } else { Go::On }
    }

    /// What it found, or why there is nothing; nothing yet while it goes.
    pub fn found(&self) -> Option<&Result<Found, String>> {
        self.found.get()
    }

    /// Draws done, of how many.
    pub fn progress(&self) -> (u32, u32) {
        (self.done.load(Ordering::Relaxed), self.of)
    }
}

/// A run that somebody waits for: it goes on for as long as this is held.
#[derive(Debug)]
pub struct Awaited(Arc<Run>);

impl Awaited {
    /// What it found, once it has; not to be called on a thread of the pool that the run itself works on.
    ///
    /// # Errors
    /// Why there is nothing, in a sentence.
    pub fn found(&self) -> Result<&Found, String> {
        self.0.found.wait().as_ref().map_err(Clone::clone)
    }
}

impl Drop for Awaited {
    fn drop(&mut self) {
        self.0.interest().waiting -= 1;
    }
}

/// The runs of a study.
#[derive(Debug, Default)]
pub(crate) struct Runs {
    runs: Mutex<Vec<(String, Arc<Run>)>>,
    /// Held by the run that works.
    turn: Arc<Mutex<()>>,
}

impl Weighs for Residents {
    fn bytes(&self) -> usize {
        Self::bytes(self)
    }
}

impl Study {
    /// The run that is asked for, begun if it is new. It stops a while after nobody has asked for it again.
    #[must_use]
    pub fn outlook(&self, asked: OutlookOf) -> Arc<Run> {
        self.run(asked, 0)
    }

    /// The same, going on for as long as somebody waits.
    #[must_use]
    pub fn awaited_outlook(&self, asked: OutlookOf) -> Awaited {
        Awaited(self.run(asked, 1))
    }

    /// The place in its base year.
    ///
    /// # Errors
    /// When the evidence cannot be read or nobody is registered in the place, in a sentence.
    pub fn base(&self, place: &Place, parameters: &Parameters, seed: u64) -> Result<Base, String> {
        let base = Base::of(self.evidence(), place, &parameters.values(seed, 0));
        base.map_err(|error| error.to_string())
    }

    /// The people of a place, made when first asked for: they hang on its lists only, not on parameters or scenarios.
    #[must_use]
    pub fn residents(&self, place: &Place, base: &Base, seed: u64) -> Arc<Residents> {
        let key = format!("{}\n{seed}", place.key);
        let made = self.kept(&key, || Ok::<_, std::convert::Infallible>(Residents::of(base, seed)));
        match made {
            Ok(made) => made,
            Err(never) => match never {},
        }
    }

    fn run(&self, asked: OutlookOf, waiting: usize) -> Arc<Run> {
        let key = asked.key();
        let mut kept = self.0.runs.runs.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, run)) = kept.iter().find(|(known, _)| *known == key)
            && run.is_kept_on(waiting)
        {
            return run.clone();
        }
        kept.retain(|(known, _)| *known != key);
        let begun = Arc::new(Run::begun(asked.settings.draws));
        begun.is_kept_on(waiting);
        kept.push((key, begun.clone()));
        if kept.len() > MOST {
            kept.remove(0);
        }
        let (study, going) = (self.clone(), begun.clone());
        std::thread::spawn(move || study.work(&asked, &going));
        begun
    }

    /// Works a run out when its turn has come, and gives up where nobody wants it any more.
    fn work(&self, asked: &OutlookOf, going: &Run) {
        let turn = self.0.runs.turn.clone();
        let _turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
        if going.go() == Go::Stop {
            return;
        }
        let found = self.look(asked, going);
        if going.go() == Go::On {
            // A run is begun once, so nothing is there yet.
            let _ = going.found.set(found);
        }
    }

    fn look(&self, asked: &OutlookOf, going: &Run) -> Result<Found, String> {
        let OutlookOf { place, parameters, changes, settings } = asked;
        let base = self.base(place, parameters, settings.seed)?;
        while_waiting(&base, place).map_err(|instead| format!("There is one of {instead}"))?;
        let progress = |draws: u32| {
            going.done.store(draws, Ordering::Relaxed);
            going.go()
        };
        let residents = self.residents(place, &base, settings.seed);
        let given = Given { parameters, changes, settings: *settings };
        look(Arc::new(base), &residents, given, &(), &progress).map_err(|error| error.to_string())
    }
}

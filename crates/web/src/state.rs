//! What every page rests on: one evidence, one library, and indicators already worked out.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use ::claims::{Answer, Checker};
use answers::{Context, Refusal};
use evidence::place::NamedPlace;
use evidence::{Evidence, Place};
use indicators::Library;
use jiff::civil::Date;
use minijinja::Environment;
use study::Study;

use crate::pages::claims;
use crate::serving::{Gate, edition};
use crate::templates;

/// Everything the site is made of; the caller reads it, the site only shows it.
#[derive(Debug)]
pub struct Site {
    /// The evidence of one moment.
    pub evidence: Evidence,
    /// The definitions.
    pub library: Library,
    /// Places that somebody named.
    pub places: Vec<NamedPlace>,
    /// The key or code of the place that the home page shows; England where it is empty.
    pub home: String,
    /// The methods chapter, in Markdown.
    pub methods: String,
    /// Scenarios that readers may begin with: key and file of each.
    pub scenarios: Vec<(String, String)>,
    /// Name, version and commit of the program, printed beside the evidence.
    pub program: String,
}

/// The site as its pages share it. Cheap to clone.
#[derive(Debug, Clone)]
pub struct AppState(Arc<Inner>);

/// What sentences say, or how many of them have been read.
pub(crate) enum Answers {
    All(Vec<Arc<Answer>>),
    SoFar(usize),
}

/// How long a reader waits without a word of how far it is.
const WORDLESS: Duration = Duration::from_secs(1);

/// A sentence, the key of the place that it speaks of, and the day on which it was said.
type Spoken = (String, String, Option<Date>);
/// What became of a sentence, once somebody has read it; others wait meanwhile.
type Reading = Arc<Mutex<Option<Arc<Answer>>>>;

#[derive(Debug)]
struct Inner {
    context: Context,
    methods: String,
    edition: String,
    gate: Gate,
    templates: Environment<'static>,
    checker: OnceLock<Arc<Checker>>,
    answers: Mutex<BTreeMap<Spoken, Reading>>,
    sheets: Mutex<BTreeMap<String, Arc<Sheet>>>,
}

/// Sentences that are being read.
#[derive(Debug)]
struct Sheet {
    reader: Mutex<Reader>,
    /// Told of every sentence that is read, and of the end.
    moved: Condvar,
}

/// Who reads a sheet, and for whom.
#[derive(Debug)]
struct Reader {
    /// When a page last asked after the sentences.
    asked: Instant,
    is_going: bool,
}

impl Default for Sheet {
    fn default() -> Self {
        let reader = Mutex::new(Reader { asked: Instant::now(), is_going: false });
        Self { reader, moved: Condvar::new() }
    }
}

impl Sheet {
    fn reader(&self) -> MutexGuard<'_, Reader> {
        self.reader.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that a page asks after it; whether somebody has to begin to read.
    fn begins(&self) -> bool {
        let mut reader = self.reader();
        reader.asked = Instant::now();
        !std::mem::replace(&mut reader.is_going, true)
    }

    /// Waits for the next sentence or the end, but no longer than until a moment; whether it still goes.
    fn waits(&self, until: Instant) -> bool {
        let left = until.saturating_duration_since(Instant::now());
        let reader = self.reader();
        if !reader.is_going {
            return false;
        }
        let waited = self.moved.wait_timeout(reader, left);
        waited.unwrap_or_else(PoisonError::into_inner).0.is_going
    }

    fn is_left(&self) -> bool {
        self.reader().asked.elapsed() > PATIENCE
    }

    fn ends(&self) {
        self.reader().is_going = false;
        self.moved.notify_all();
    }
}

/// How long sentences are read on that no page asks after: a page looks again every few seconds.
const PATIENCE: Duration = Duration::from_mins(1);

/// Sentences read and kept at once; beyond it the memory is emptied and filled again.
const MOST_ANSWERS: usize = 2_000;

impl AppState {
    /// The site of an evidence.
    ///
    /// # Errors
    /// When the affiliations cannot be read or the home place is not known.
    pub fn new(site: Site) -> Result<Self, Refusal> {
        let words = format!(
            "{:?}\n{:?}\n{:?}\n{:?}\n{:?}",
            site.home, site.methods, site.scenarios, site.library, site.places
        );
        let study = Study::new(site.evidence, site.library, site.places);
        let context = Context::new(study, &site.home, site.scenarios, &site.program)?;
        let edition = edition(context.run(), &words);
        Ok(Self(Arc::new(Inner {
            edition,
            gate: Gate::default(),
            context,
            methods: site.methods,
            templates: templates::environment(),
            checker: OnceLock::new(),
            answers: Mutex::default(),
            sheets: Mutex::default(),
        })))
    }

    /// Works out the latest period of every indicator, so that the first reader need not wait.
    pub fn warm(&self) {
        self.0.context.study().warm();
        answers::questions::outlook::warm(self.context());
        claims::warm(self);
    }

    /// What every answer rests on.
    pub(crate) fn context(&self) -> &Context {
        &self.0.context
    }

    /// The methods chapter, in Markdown.
    pub(crate) fn methods(&self) -> &str {
        &self.0.methods
    }

    /// What all pages rest on beside their address, as a tag.
    pub(crate) fn edition(&self) -> &str {
        &self.0.edition
    }

    /// How many pages are made at once.
    pub(crate) fn gate(&self) -> &Gate {
        &self.0.gate
    }

    /// The templates.
    pub(crate) fn templates(&self) -> &Environment<'static> {
        &self.0.templates
    }

    /// What sentences are read against, gathered by the first who asks.
    pub(crate) fn checker(&self) -> Result<Arc<Checker>, Refusal> {
        if let Some(kept) = self.0.checker.get() {
            return Ok(Arc::clone(kept));
        }
        let fresh = Arc::new(Checker::new(self.0.context.study())?);
        Ok(Arc::clone(self.0.checker.get_or_init(|| fresh)))
    }

    /// What a sentence says of a place, read once and kept for the next reader.
    pub(crate) fn answer(
        &self,
        sentence: &str,
        place: &Place,
        day: Option<Date>,
    ) -> Result<Arc<Answer>, Refusal> {
        let reading = {
            let mut all = self.0.answers.lock().unwrap_or_else(PoisonError::into_inner);
            if all.len() >= MOST_ANSWERS {
                all.clear();
            }
            Arc::clone(all.entry((sentence.to_owned(), place.key.clone(), day)).or_default())
        };
        let mut kept = reading.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(answer) = &*kept {
            return Ok(Arc::clone(answer));
        }
        let fresh = Arc::new(self.checker()?.answer_of(sentence, place, day)?);
        Ok(Arc::clone(kept.insert(fresh)))
    }

    /// What sentences say of a place; where reading them takes longer than a reader should wait without a word, how many
    /// are read so far. They are read on by one thread for as long as pages ask after them, and kept.
    pub(crate) fn answers(
        &self,
        sentences: &[String],
        place: &Place,
        day: Option<Date>,
    ) -> Result<Answers, Refusal> {
        let sheet = self.sheet(sentences, place, day);
        if sheet.begins() {
            let (state, sheet) = (self.clone(), Arc::clone(&sheet));
            let (asked, place) = (sentences.to_vec(), place.clone());
            std::thread::spawn(move || state.read(&sheet, &asked, &place, day));
        }
        let until = Instant::now() + WORDLESS;
        while sheet.waits(until) {
            let known = sentences.iter().filter_map(|one| self.known_answer(one, place, day));
            let known: Vec<Arc<Answer>> = known.collect();
            if known.len() == sentences.len() {
                return Ok(Answers::All(known));
            }
            if Instant::now() >= until {
                return Ok(Answers::SoFar(known.len()));
            }
        }
        let all = sentences.iter().map(|one| self.answer(one, place, day));
        Ok(Answers::All(all.collect::<Result<_, _>>()?))
    }

    /// Reads sentences one after another until all are read, one cannot be, or nobody has asked after them for a while.
    fn read(&self, sheet: &Sheet, sentences: &[String], place: &Place, day: Option<Date>) {
        for sentence in sentences {
            if sheet.is_left() || self.answer(sentence, place, day).is_err() {
                break;
            }
            sheet.moved.notify_all();
        }
        sheet.ends();
    }

    /// Who reads these sentences.
    fn sheet(&self, sentences: &[String], place: &Place, day: Option<Date>) -> Arc<Sheet> {
        let key = format!("{}\n{day:?}\n{}", place.key, sentences.join("\n"));
        let mut all = self.0.sheets.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, sheet| !sheet.is_left());
        Arc::clone(all.entry(key).or_default())
    }

    /// What a sentence says, if somebody has read it.
    fn known_answer(
        &self,
        sentence: &str,
        place: &Place,
        day: Option<Date>,
    ) -> Option<Arc<Answer>> {
        let key = (sentence.to_owned(), place.key.clone(), day);
        let reading = {
            let all = self.0.answers.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(all.get(&key)?)
        };
        reading.try_lock().ok()?.clone()
    }
}

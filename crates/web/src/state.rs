//! What every page rests on: one evidence, one library, and indicators already worked out.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use ::claims::{Answer, Checker};
use evidence::place::NamedPlace;
use evidence::{Affiliations, Evidence, JoinReport, Place};
use indicators::{Definition, Evaluation, Library, Row};
use jiff::civil::Date;
use minijinja::Environment;
use study::Study;
use vocab::{Level, Period, Whole};

use crate::failure::Failure;
use crate::pages::{claims, outlook};
use crate::query::Choices;
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
    study: Study,
    home: Place,
    methods: String,
    scenarios: Vec<(String, String)>,
    run: String,
    edition: String,
    gate: Gate,
    templates: Environment<'static>,
    joins: OnceLock<Arc<Vec<JoinReport>>>,
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
    pub fn new(site: Site) -> Result<Self, Failure> {
        let evidence = fingerprint(&site.evidence);
        let edition = edition(&evidence, &site);
        let study = Study::new(site.evidence, site.library, site.places);
        let home = if site.home.is_empty() {
            Place::everywhere(study.whole())
        } else {
            named(study.place(&site.home)?.map_err(Failure::no_place)?)
        };
        Ok(Self(Arc::new(Inner {
            run: format!("{evidence}, {}", site.program),
            edition,
            gate: Gate::default(),
            study,
            home,
            methods: site.methods,
            scenarios: site.scenarios,
            templates: templates::environment(),
            joins: OnceLock::new(),
            checker: OnceLock::new(),
            answers: Mutex::default(),
            sheets: Mutex::default(),
        })))
    }

    /// Works out the latest period of every indicator, so that the first reader need not wait.
    pub fn warm(&self) {
        self.0.study.warm();
        outlook::warm(self);
        claims::warm(self);
    }

    /// What every page asks.
    pub(crate) fn study(&self) -> &Study {
        &self.0.study
    }

    /// The evidence.
    pub(crate) fn evidence(&self) -> &Evidence {
        self.0.study.evidence()
    }

    /// The definitions.
    pub(crate) fn library(&self) -> &Library {
        self.0.study.library()
    }

    /// What all practices together stand for.
    pub(crate) fn whole(&self) -> Whole {
        self.0.study.whole()
    }

    /// The place of the home page.
    pub(crate) fn home(&self) -> &Place {
        &self.0.home
    }

    /// The places that somebody named.
    pub(crate) fn named_places(&self) -> &[NamedPlace] {
        self.0.study.named_places()
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

    /// The fingerprint of the evidence and the program, printed in every exported picture.
    pub(crate) fn run(&self) -> &str {
        &self.0.run
    }

    /// The templates.
    pub(crate) fn templates(&self) -> &Environment<'static> {
        &self.0.templates
    }

    /// Who belongs to whom now: on the day of the latest extract.
    pub(crate) fn known(&self) -> Result<Arc<Affiliations>, Failure> {
        Ok(self.0.study.affiliations()?)
    }

    /// Scenarios to begin with.
    pub(crate) fn scenarios(&self) -> &[(String, String)] {
        &self.0.scenarios
    }

    /// A place by key or code.
    pub(crate) fn place(&self, key: &str) -> Result<Place, Failure> {
        Ok(named(self.0.study.place(key)?.map_err(Failure::no_place)?))
    }

    /// The place that an address chooses, or the home place.
    pub(crate) fn chosen_place(&self, choices: &Choices) -> Result<Place, Failure> {
        choices.get("within").map_or_else(|| Ok(self.home().clone()), |key| self.place(key))
    }

    /// The same; an area that has ended as it was in a period in which it stood.
    pub(crate) fn chosen_place_in(
        &self,
        choices: &Choices,
        period: Period,
    ) -> Result<Place, Failure> {
        let Some(key) = choices.get("within") else { return Ok(self.home().clone()) };
        let found = self.0.study.place_in(key, Some(period))?;
        Ok(named(found.map_err(Failure::no_place)?))
    }

    /// The period that an address chooses, or the latest with figures.
    pub(crate) fn chosen_period(
        &self,
        definition: &Definition,
        choices: &Choices,
    ) -> Result<Period, Failure> {
        let Some(word) = choices.get("period") else { return self.latest(definition) };
        let periods = definition.periods(self.evidence());
        let known = word.parse().ok().filter(|period| periods.contains(period));
        known.ok_or_else(|| {
            let expected = match periods.as_slice() {
                [] => "nothing: there are no figures yet".to_owned(),
                [only] => format!("`{only}`"),
                [first, .., last] => {
                    format!("one of the {} periods from `{first}` to `{last}`", periods.len())
                }
            };
            Failure::bad_choice("period", word, &expected)
        })
    }

    /// A definition by its identifier.
    pub(crate) fn definition(&self, id: &str) -> Result<&Definition, Failure> {
        self.library().get(id).ok_or_else(|| Failure::no_indicator(id))
    }

    /// The latest period of an indicator.
    pub(crate) fn latest(&self, definition: &Definition) -> Result<Period, Failure> {
        self.0.study.latest(definition).map_err(|_| Failure::no_figures(definition))
    }

    /// An indicator worked out for a period at a level.
    pub(crate) fn evaluate(
        &self,
        definition: &Definition,
        period: Period,
        level: Level,
        within: Option<&Place>,
    ) -> Result<Evaluation, Failure> {
        Ok(self.0.study.evaluate(definition, period, level, within)?)
    }

    /// The figure of a place in the latest period of an indicator, and the evaluation it stands in; for a practice or
    /// another single organisation its own row with its comparisons.
    pub(crate) fn figure_of(
        &self,
        definition: &Definition,
        place: &Place,
    ) -> Option<(Evaluation, Row)> {
        let period = self.0.study.latest(definition).ok()?;
        self.figure_in(definition, place, period)
    }

    /// The same in a period.
    pub(crate) fn figure_in(
        &self,
        definition: &Definition,
        place: &Place,
        period: Period,
    ) -> Option<(Evaluation, Row)> {
        let (evaluation, row) = self.0.study.figure(definition, period, place).ok()?;
        Some((evaluation, row?))
    }

    /// What sentences are read against, gathered by the first who asks.
    pub(crate) fn checker(&self) -> Result<Arc<Checker>, Failure> {
        if let Some(kept) = self.0.checker.get() {
            return Ok(Arc::clone(kept));
        }
        let fresh = Arc::new(Checker::new(&self.0.study)?);
        Ok(Arc::clone(self.0.checker.get_or_init(|| fresh)))
    }

    /// What a sentence says of a place, read once and kept for the next reader.
    pub(crate) fn answer(
        &self,
        sentence: &str,
        place: &Place,
        day: Option<Date>,
    ) -> Result<Arc<Answer>, Failure> {
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
    ) -> Result<Answers, Failure> {
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

    /// The join reports, worked out by the first who asks.
    pub(crate) fn kept_joins(
        &self,
        work: impl FnOnce() -> Result<Vec<JoinReport>, Failure>,
    ) -> Result<Arc<Vec<JoinReport>>, Failure> {
        if let Some(kept) = self.0.joins.get() {
            return Ok(Arc::clone(kept));
        }
        let fresh = Arc::new(work()?);
        Ok(Arc::clone(self.0.joins.get_or_init(|| fresh)))
    }
}

/// A place whose name, published in capitals, reads as a name.
fn named(place: Place) -> Place {
    let parts: Vec<String> = place.name.split(" and ").map(kit::text::title_case).collect();
    let name = match parts.as_slice() {
        [first, rest @ ..] if place.members.len() > 3 => {
            format!("{first} and {}", kit::number::counted(rest.len(), "other", "others"))
        }
        _ => parts.join(" and "),
    };
    Place { name, ..place }
}

/// Sixteen characters that name the rows in force, whatever the order of their import (FNV-1a, 64 bits).
fn fingerprint(evidence: &Evidence) -> String {
    let parts = evidence.manifest().releases.iter().flat_map(|release| &release.parts);
    let mut ids: Vec<&str> = parts.map(|part| part.sha256.as_str()).collect();
    ids.sort_unstable();
    let hash =
        ids.iter().flat_map(|id| id.bytes()).fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    format!("{hash:016x}")
}

//! Sentences read and kept: whoever asks again, at whichever door, gets the same reading without waiting for it.
//!
//! A sheet of sentences is read by one thread of its own for as long as somebody asks after it, so that a reader who would have
//! to wait is told how far it is.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use claims::{Answer, Checker, SHEETS};
use evidence::Place;
use jiff::civil::Date;

use crate::context::Context;
use crate::refusal::Refusal;

/// Sentences with what became of them. Cheap to clone; all clones share what was read.
#[derive(Debug, Clone)]
pub struct Readings(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    context: Context,
    checker: OnceLock<Arc<Checker>>,
    kept: Mutex<BTreeMap<Spoken, Kept>>,
    sheets: Mutex<BTreeMap<String, Arc<Sheet>>>,
}

/// A sentence, the key of the place that it speaks of, and the day on which it was said.
type Spoken = (String, String, Option<Date>);
/// What became of a sentence, once somebody has read it; others wait meanwhile.
type Kept = Arc<Mutex<Option<Arc<Answer>>>>;

/// Of where sentences speak, and on which day they were said, where that is known.
#[derive(Debug, Clone)]
pub struct Heard {
    /// The place.
    pub place: Place,
    /// The day.
    pub day: Option<Date>,
}

/// What sentences say, or how many of them have been read.
#[derive(Debug)]
pub enum Answers {
    /// What became of each, in order.
    All(Vec<Arc<Answer>>),
    /// How many have been read so far.
    SoFar(usize),
}

/// How long a reader waits without a word of how far it is.
const WORDLESS: Duration = Duration::from_secs(1);
/// How long sentences are read on that nobody asks after: a page looks again every few seconds.
const PATIENCE: Duration = Duration::from_mins(1);
/// Sentences read and kept at once; beyond it the memory is emptied and filled again.
const MOST: usize = 2_000;

impl Readings {
    /// No sentence has been read yet.
    #[must_use]
    pub fn new(context: Context) -> Self {
        Self(Arc::new(Inner {
            context,
            checker: OnceLock::new(),
            kept: Mutex::default(),
            sheets: Mutex::default(),
        }))
    }

    /// What they rest on.
    #[must_use]
    pub fn context(&self) -> &Context {
        &self.0.context
    }

    /// Reads the sheets of the example boards for the home place, so that the first reader need not wait.
    pub fn warm(&self) {
        let heard = Heard { place: self.context().home().clone(), day: None };
        for sentence in SHEETS.iter().flat_map(|sheet| &sheet.claims) {
            let _ = self.answer(sentence, &heard);
        }
    }

    /// What a sentence says, read once and kept.
    ///
    /// # Errors
    /// When the evidence cannot be read.
    pub fn answer(&self, sentence: &str, heard: &Heard) -> Result<Arc<Answer>, Refusal> {
        let reading = {
            let mut all = held(&self.0.kept);
            if all.len() >= MOST {
                all.clear();
            }
            Arc::clone(all.entry(spoken(sentence, heard)).or_default())
        };
        let mut kept = held(&reading);
        if let Some(answer) = &*kept {
            return Ok(Arc::clone(answer));
        }
        let fresh = Arc::new(self.checker()?.answer_of(sentence, &heard.place, heard.day)?);
        Ok(Arc::clone(kept.insert(fresh)))
    }

    /// What sentences say; where reading them takes longer than somebody should wait without a word, how many are read so far.
    /// They are read on by one thread for as long as somebody asks after them, and kept.
    ///
    /// # Errors
    /// When the evidence cannot be read.
    pub fn answers(&self, sentences: &[String], heard: &Heard) -> Result<Answers, Refusal> {
        let sheet = self.sheet(sentences, heard);
        if sheet.begins() {
            let (readings, sheet) = (self.clone(), Arc::clone(&sheet));
            let (asked, heard) = (sentences.to_vec(), heard.clone());
            std::thread::spawn(move || readings.read(&sheet, &asked, &heard));
        }
        let until = Instant::now() + WORDLESS;
        while sheet.waits(until) {
            let known = sentences.iter().filter_map(|one| self.known(one, heard));
            let known: Vec<Arc<Answer>> = known.collect();
            if known.len() == sentences.len() {
                return Ok(Answers::All(known));
            }
            if Instant::now() >= until {
                return Ok(Answers::SoFar(known.len()));
            }
        }
        let all = sentences.iter().map(|one| self.answer(one, heard));
        Ok(Answers::All(all.collect::<Result<_, _>>()?))
    }

    /// Reads sentences one after another until all are read, one cannot be, or nobody has asked after them for a while.
    fn read(&self, sheet: &Sheet, sentences: &[String], heard: &Heard) {
        for sentence in sentences {
            if sheet.is_left() || self.answer(sentence, heard).is_err() {
                break;
            }
            sheet.moved.notify_all();
        }
        sheet.ends();
    }

    /// What sentences are read against, gathered by the first who asks.
    fn checker(&self) -> Result<Arc<Checker>, Refusal> {
        if let Some(kept) = self.0.checker.get() {
            return Ok(Arc::clone(kept));
        }
        let fresh = Arc::new(Checker::new(self.0.context.study())?);
        Ok(Arc::clone(self.0.checker.get_or_init(|| fresh)))
    }

    /// Who reads these sentences.
    fn sheet(&self, sentences: &[String], heard: &Heard) -> Arc<Sheet> {
        let key = format!("{}\n{:?}\n{}", heard.place.key, heard.day, sentences.join("\n"));
        let mut all = held(&self.0.sheets);
        all.retain(|_, sheet| !sheet.is_left());
        Arc::clone(all.entry(key).or_default())
    }

    /// What a sentence says, if somebody has read it.
    fn known(&self, sentence: &str, heard: &Heard) -> Option<Arc<Answer>> {
        let reading = Arc::clone(held(&self.0.kept).get(&spoken(sentence, heard))?);
        reading.try_lock().ok()?.clone()
    }
}

fn spoken(sentence: &str, heard: &Heard) -> Spoken {
    (sentence.to_owned(), heard.place.key.clone(), heard.day)
}

/// What a lock holds, whoever else broke off while holding it.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
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
    /// When somebody last asked after the sentences.
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
    /// Notes that somebody asks after it; whether somebody has to begin to read.
    fn begins(&self) -> bool {
        let mut reader = held(&self.reader);
        reader.asked = Instant::now();
        !std::mem::replace(&mut reader.is_going, true)
    }

    /// Waits for the next sentence or the end, but no longer than until a moment; whether it still goes.
    fn waits(&self, until: Instant) -> bool {
        let left = until.saturating_duration_since(Instant::now());
        let reader = held(&self.reader);
        if !reader.is_going {
            return false;
        }
        let waited = self.moved.wait_timeout(reader, left);
        waited.unwrap_or_else(PoisonError::into_inner).0.is_going
    }

    fn is_left(&self) -> bool {
        held(&self.reader).asked.elapsed() > PATIENCE
    }

    fn ends(&self) {
        held(&self.reader).is_going = false;
        self.moved.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_who_asks_begins_to_read_until_it_has_ended() {
        let sheet = Sheet::default();
        assert!(sheet.begins());
        assert!(!sheet.begins());
        sheet.ends();
        assert!(!sheet.waits(Instant::now() + PATIENCE), "who waits is told of the end");
        assert!(sheet.begins());
    }
}

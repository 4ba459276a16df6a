//! The evidence of a place, frozen: what a manifest says is in force, read when it is asked for.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jiff::civil::Date;
use vocab::Period;

use crate::derived::{self, Derived};
use crate::error::EvidenceError;
use crate::frame::Frame;
use crate::given::Given;
use crate::kept::Kept;
use crate::manifest::{Manifest, Part, Release};
use crate::storage::{Memory, Storage};
use crate::store::{Store, StoreError};
use crate::table::Table;
use crate::tables;

/// Memory that frames may hold between uses.
const CACHE_BYTES: usize = 1 << 30;

/// One place's evidence at one moment. Cheap to share; never changes.
#[derive(Debug)]
pub struct Evidence {
    storage: Arc<dyn Storage>,
    manifest: Manifest,
    parts: BTreeMap<(&'static str, Period), Vec<(usize, Part)>>,
    given: BTreeMap<(&'static str, Period), Arc<Frame>>,
    derived: OnceLock<BTreeMap<Period, Derived>>,
    cache: Arc<Mutex<Cache>>,
    kept: Kept,
    /// The day that now is, where periods of the given tables lie ahead of it.
    now: Option<Date>,
}

#[derive(Debug, Default)]
struct Cache {
    frames: BTreeMap<(&'static str, Period), Arc<Frame>>,
    order: VecDeque<(&'static str, Period)>,
    bytes: usize,
}

impl Evidence {
    /// The day that "now" is: of the latest lists of patients, else of the latest extract that names practices, else of the
    /// register of networks; the first of 2000 where nothing names any.
    #[must_use]
    pub fn now(&self) -> Date {
        if let Some(now) = self.now {
            return now;
        }
        let tables = ["list_size", "affiliation", "membership"];
        let latest = tables.into_iter().find_map(|table| self.periods(table).last().copied());
        latest.map_or(vocab::Month { year: 2000, month: 1 }.first_day(), Period::first_day)
    }

    /// The evidence that the store holds now.
    ///
    /// # Errors
    /// When the manifest cannot be read.
    pub fn open(store: &Store) -> Result<Self, StoreError> {
        let manifest = store.manifest()?;
        Ok(Self::of(store.storage(), manifest, BTreeMap::new()))
    }

    /// Evidence of frames in memory alone.
    pub(crate) fn of_frames(given: BTreeMap<(&'static str, Period), Arc<Frame>>) -> Self {
        Self::of(Arc::new(Memory::default()), Manifest::default(), given)
    }

    fn of(
        storage: Arc<dyn Storage>,
        manifest: Manifest,
        given: BTreeMap<(&'static str, Period), Arc<Frame>>,
    ) -> Self {
        let mut parts: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for table in tables::ALL {
            for number in manifest.order_of(table.name) {
                for part in manifest.releases.get(number).into_iter().flat_map(|one| &one.parts) {
                    let Ok(period) = part.period.parse() else { continue };
                    if part.table == table.name {
                        let of_period: &mut Vec<_> = parts.entry((table.name, period)).or_default();
                        of_period.push((number, part.clone()));
                    }
                }
            }
        }
        Self {
            storage,
            manifest,
            parts,
            given,
            derived: OnceLock::new(),
            cache: Arc::default(),
            kept: Kept::default(),
            now: None,
        }
    }

    /// The same with rows that would be: tables of periods to come, in the shape of those of the past. Now stays now; rows of a
    /// period that a table has already stand in place of its own.
    #[must_use]
    pub fn with_ahead(&self, ahead: Given) -> Self {
        let mut given = self.given.clone();
        given.extend(ahead.shared());
        let (storage, manifest) = (Arc::clone(&self.storage), self.manifest.clone());
        let cache = Arc::clone(&self.cache);
        Self { cache, now: Some(self.now()), ..Self::of(storage, manifest, given) }
    }

    /// What was worked out once from the whole of it.
    pub(crate) const fn kept(&self) -> &Kept {
        &self.kept
    }

    /// What the store says of itself.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The periods for which a table holds rows, earliest first.
    #[must_use]
    pub fn periods(&self, table: &str) -> Vec<Period> {
        let follows = tables::find(table).map_or_else(Vec::new, |table| {
            self.derived(table).into_iter().flat_map(|frames| frames.keys().copied()).collect()
        });
        let mut periods: Vec<Period> = self
            .parts
            .keys()
            .chain(self.given.keys())
            .filter(|(name, _)| *name == table)
            .map(|(_, period)| *period)
            .chain(follows)
            .collect();
        periods.sort_by_key(|period| (period.first_day(), *period));
        periods.dedup();
        periods
    }

    /// The period of a table nearest to a day, the earlier of two as near.
    #[must_use]
    pub fn nearest_period(&self, table: &str, to: Period) -> Option<Period> {
        self.periods(table).into_iter().min_by_key(|period| period.distance_in_days(to))
    }

    /// The releases that a table rests on in a period, later editions last.
    #[must_use]
    pub fn releases(&self, table: &str, period: Period) -> Vec<&Release> {
        let Some(table) = tables::find(table) else { return Vec::new() };
        let of = |table: &Table, period: Period| {
            let parts = self.parts.get(&(table.name, period));
            parts
                .into_iter()
                .flatten()
                .filter_map(|(number, _)| self.manifest.releases.get(*number))
        };
        let mut releases: Vec<&Release> = of(table, period).collect();
        if releases.is_empty()
            && let Some(derived) = self.derived(table).and_then(|all| all.get(&period))
        {
            releases.extend(derived.basis.iter().flat_map(|(basis, period)| of(basis, *period)));
        }
        releases.dedup_by_key(|release| &release.id);
        releases
    }

    /// The rows of a table in a period: of each key the latest edition that holds it.
    ///
    /// # Errors
    /// When there is no such table or it cannot be read.
    pub fn frame(&self, table: &str, period: Period) -> Result<Arc<Frame>, EvidenceError> {
        let table = tables::find(table).ok_or_else(|| EvidenceError::NoTable(table.to_owned()))?;
        let key = (table.name, period);
        if let Some(frame) = self.given.get(&key) {
            return Ok(Arc::clone(frame));
        }
        if !self.parts.contains_key(&key)
            && let Some(derived) = self.derived(table).and_then(|all| all.get(&period))
        {
            return Ok(Arc::clone(&derived.frame));
        }
        if let Some(frame) = self.lock_cache().frames.get(&key) {
            return Ok(Arc::clone(frame));
        }
        let frame = Arc::new(self.read(table, period)?);
        self.lock_cache().keep(key, Arc::clone(&frame));
        Ok(frame)
    }

    /// The periods of a table that follows from others, worked out once; nothing for a table that does not, or
    /// where one of the others cannot be read (whoever asks for that one is told).
    fn derived(&self, table: &Table) -> Option<&BTreeMap<Period, Derived>> {
        derived::follows(table)
            .then(|| self.derived.get_or_init(|| derived::frames(self).unwrap_or_default()))
    }

    fn lock_cache(&self) -> std::sync::MutexGuard<'_, Cache> {
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read(&self, table: &'static Table, period: Period) -> Result<Frame, EvidenceError> {
        let parts = self.parts.get(&(table.name, period)).map_or(&[][..], Vec::as_slice);
        let mut whole = Frame::empty(table);
        if let [(_, only)] = parts {
            whole.read(&mut *self.storage.open(&only.path)?)?;
            return Ok(whole);
        }
        // What stands first; a key that one of them holds is left out of every earlier one.
        let mut taken = rustc_hash::FxHashSet::default();
        for group in parts.chunk_by(|left, right| left.0 == right.0).rev() {
            let mut frame = Frame::empty(table);
            for (_, part) in group {
                frame.read(&mut *self.storage.open(&part.path)?)?;
            }
            let keys = frame.keys(table.key);
            whole.extend_where(&frame, |row| keys.get(row).is_some_and(|key| !taken.contains(key)));
            taken.extend(frame.key_set(table.key));
        }
        Ok(whole)
    }
}

impl Cache {
    fn keep(&mut self, key: (&'static str, Period), frame: Arc<Frame>) {
        self.bytes += frame.bytes();
        self.frames.insert(key, frame);
        self.order.push_back(key);
        while self.bytes > CACHE_BYTES && self.order.len() > 1 {
            let Some(oldest) = self.order.pop_front() else { break };
            if let Some(frame) = self.frames.remove(&oldest) {
                self.bytes = self.bytes.saturating_sub(frame.bytes());
            }
        }
    }
}

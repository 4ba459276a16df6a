//! Places generated once for all tests, in memory.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::OnceLock;

use synth::{Settings, Sink, generate};

use crate::at_hand::at_hand;
use crate::table::Table;

/// The files of a place by path.
#[derive(Default, PartialEq, Eq)]
pub struct Place(pub BTreeMap<String, Vec<u8>>);

impl Sink for Place {
    fn file(
        &mut self,
        path: &str,
        write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut bytes = Vec::new();
        write(&mut bytes)?;
        assert!(self.0.insert(path.to_owned(), bytes).is_none(), "{path} was written twice");
        Ok(())
    }
}

impl Place {
    pub fn of(settings: &Settings) -> Self {
        let mut place = Self::default();
        generate(settings, &mut place, &|_, _, _| ()).expect("memory takes every file");
        place
    }

    /// The only file whose path contains `part`.
    pub fn table(&self, part: &str) -> Table {
        let found: Vec<&String> = self.0.keys().filter(|path| path.contains(part)).collect();
        assert_eq!(found.len(), 1, "`{part}` is in {found:?}");
        Table::read(&self.0[found[0]])
    }
}

pub fn harbourton() -> &'static Place {
    static PLACE: OnceLock<Place> = OnceLock::new();
    PLACE.get_or_init(|| Place::of(&Settings::harbourton()))
}

/// A country of 600 practices.
pub fn country() -> &'static Place {
    static PLACE: OnceLock<Place> = OnceLock::new();
    PLACE.get_or_init(|| Place::of(&Settings::country(7, 6_000_000)))
}

/// A file below the folder of published data, where that is at hand.
pub fn published(path: &str) -> Option<PathBuf> {
    at_hand("CATCHMENT_DATA", &[path])?.pop()
}

//! The files of an invented place and how each is written, one module a publisher's series.

mod appointments;
mod geography;
mod key;
mod networks;
mod organisations;
mod payments;
mod people;
mod places;
mod quality;
mod registered;
mod survey;
mod urgent;
mod workforce;

use std::io::{self, Write};

use super::world::World;

/// Fills one file.
type Fill<'a> = dyn Fn(&mut dyn Write) -> io::Result<()> + 'a;

/// One file to be written.
pub struct File<'a> {
    pub path: String,
    pub write: Box<Fill<'a>>,
}

impl<'a> File<'a> {
    fn new(path: impl Into<String>, write: impl Fn(&mut dyn Write) -> io::Result<()> + 'a) -> Self {
        Self { path: path.into(), write: Box::new(write) }
    }
}

/// Every file of the place, in the order of writing.
pub fn plan(world: &World) -> Vec<File<'_>> {
    let mut files = Vec::new();
    files.extend(organisations::files(world));
    files.extend(networks::files(world));
    files.extend(registered::files(world));
    files.extend(geography::files(world));
    files.extend(people::files(world));
    files.extend(appointments::files(world));
    files.extend(workforce::files(world));
    files.extend(quality::files(world));
    files.extend(payments::files(world));
    files.extend(survey::files(world));
    files.extend(urgent::files(world));
    files.extend(places::files(world));
    files.extend(key::files(world));
    files
}

//! A published dataset as the program knows it.

use evidence::Table;

use crate::input::Input;
use crate::intake::Intake;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};

/// A published dataset: who publishes it and how often, how a file of it is recognised and how it is read.
pub struct Source {
    /// Its name in the manifest and on the command line.
    pub id: &'static str,
    /// Its title as published.
    pub title: &'static str,
    /// Who publishes it.
    pub publisher: &'static str,
    /// The page where the current release is found.
    pub landing_page: &'static str,
    /// How often it comes out.
    pub cadence: &'static str,
    /// What a planner should know of it, caveats first.
    pub about: &'static str,
    /// The tables that it fills, in the order of the data dictionary; none where it only describes others.
    pub writes: &'static [&'static Table],
    /// Tells from the first rows whether a file is of this dataset.
    pub recognise: fn(&Sample) -> Option<Match>,
    /// Reads a file into the tables.
    pub read: fn(&mut Input<'_>, &mut Intake) -> Result<(), ReadError>,
}

/// The licence of everything that the sources publish.
pub const LICENCE: &str = "Open Government Licence v3.0";

//! The invented place: files in the publishers' own formats, so that an example goes through the same door as the
//! real thing.
//!
//! A seed and a size give a place: its small areas, its people by age and sex, who is registered where, and from
//! these, practice by practice, appointments, staff, conditions, survey answers and payments. Levels, spreads and
//! slopes are calibrated to published figures, kept with their origin in `parameters/synth`. What a practice draws
//! does not depend on how many others there are nor on threads: the same settings give the same bytes. Every name
//! and code is invented and held by no real organisation; the ground lies in the open sea.
//!
//! The default place is *Harbourton*, a port city of about 260,000 people in 30 practices, whose practices differ for
//! reasons that are written beside it in a key, so that later work can check its findings.
//! It can be set inside a coarse country, so that its pages compare it with an England: 13 more boards in seven regions,
//! with lists, ages, staff, registers and survey, and appointments by each of their kinds, but no small areas. Harbourton's
//! own draws do not change by it; its appointments by practice go back 13 months instead of 24. The key also says what
//! was planted in its board as a whole, to be found beside the other boards.

mod activity;
mod calendar;
mod conditions;
mod csv;
mod draw;
mod files;
mod geography;
mod layout;
mod lists;
mod national_grid;
mod organisations;
mod parameters;
mod partition;
mod providers;
mod reasons;
mod staff;
mod survey;
mod world;

use std::io::{self, Write};

use calendar::{Calendar, LONG_SERIES};
use world::World;

/// What to invent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// The same seed gives the same place.
    pub seed: u64,
    /// How large it is.
    pub size: Size,
    /// Months of appointments by practice, the last being October 2025. Daily and list figures always cover 24.
    pub appointment_months: u32,
    /// Quarters of lists by age and of staff, the last being the latest.
    pub quarters: u32,
}

/// How large the invented place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// Harbourton: about 260,000 people, 30 practices, 6 networks, with planted reasons.
    Town,
    /// Harbourton, the same to the last figure, inside a country of seven regions whose other 13 boards have
    /// practices but no small areas.
    TownInCountry,
    /// A country of about this many registered people in the proportions of England (62 million: 6,200 practices,
    /// 33,755 areas). The least is about 70,000.
    Registered(u64),
}

impl Settings {
    /// The example place.
    #[must_use]
    pub const fn harbourton() -> Self {
        Self { seed: 2025, size: Size::Town, appointment_months: 24, quarters: 5 }
    }

    /// The example place with an invented country around it, so that it can be compared with a whole England.
    #[must_use]
    pub const fn harbourton_in_england() -> Self {
        Self { size: Size::TownInCountry, appointment_months: 13, ..Self::harbourton() }
    }

    /// A country of this many registered people, with one month of appointments and one quarter of lists.
    #[must_use]
    pub const fn country(seed: u64, registered: u64) -> Self {
        Self { seed, size: Size::Registered(registered), appointment_months: 1, quarters: 1 }
    }

    /// All of England.
    #[must_use]
    pub const fn england(seed: u64) -> Self {
        Self::country(seed, 62_000_000)
    }

    fn calendar(&self) -> Calendar {
        let regional = match self.size {
            Size::TownInCountry => LONG_SERIES,
            Size::Town | Size::Registered(_) => self.appointment_months,
        };
        Calendar::new(self.appointment_months, regional, self.quarters)
    }
}

/// Where generated files go. The caller decides what a path means: a folder, a zip, a checksum.
pub trait Sink {
    /// Makes one file at a relative path and fills it by calling `write` once.
    ///
    /// # Errors
    /// Whatever prevents the file from being made or written.
    fn file(
        &mut self,
        path: &str,
        write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()>;
}

/// Writes all files of the place. `progress` hears the path about to be written, how many files are done, and how
/// many there will be.
///
/// Memory grows with practices and areas, not with rows written. The bytes depend on the settings only.
///
/// # Errors
/// The first error of the sink; files written before it stay.
///
/// # Example
/// ```no_run
/// use synth::{Settings, Sink, generate};
/// # fn example(folder: &mut dyn Sink) -> std::io::Result<()> {
/// generate(&Settings::harbourton(), folder, &|path, done, total| eprintln!("{done} of {total}: {path}"))
/// # }
/// ```
pub fn generate(
    settings: &Settings,
    sink: &mut dyn Sink,
    progress: &dyn Fn(&str, usize, usize),
) -> io::Result<()> {
    progress("the place itself", 0, 1);
    let world = World::build(settings);
    let plan = files::plan(&world);
    for (done, file) in plan.iter().enumerate() {
        progress(&file.path, done, plan.len());
        sink.file(&file.path, &mut |out| (file.write)(out))?;
    }
    progress("", plan.len(), plan.len());
    Ok(())
}

//! The tables of the years ahead, of the same shape as those that importers fill: an indicator is defined once and read of what
//! was and of what would be.
//!
//! Written are the lists of practices and their permanent fully qualified GPs, those of practices that publish how many they have: of the
//! others an indicator has no figure today either. Contacts that would be needed are not written as appointments, for they are not
//! what would be held.

use std::collections::BTreeMap;

use evidence::{Given, tables};
use vocab::{Month, Period};

use crate::place::Base;

use super::draw::Draw;
use super::result::Outlook;

/// The role that holds permanent fully qualified GPs, as it is published.
const PERMANENT: &str = "excluding_trainees_and_locums";

/// Whether the rows of a table that hold these words in these columns are among those that an outlook tells.
#[must_use]
pub fn fills(table: &str, rows: &BTreeMap<String, Vec<String>>) -> bool {
    let ours = |column: &str| match column {
        "level" => "practice",
        "group" => "gp",
        "role" => PERMANENT,
        "measure" => "fte",
        _ => "",
    };
    match table {
        "list_size" | "workforce_list" => rows.is_empty(),
        "staff" => ["level", "group", "role", "measure"]
            .into_iter()
            .chain(rows.keys().map(String::as_str))
            .all(|column| rows.get(column).is_some_and(|words| words.as_slice() == [ours(column)])),
        _ => false,
    }
}

/// The month whose figures those of a year are: that of the lists, as many years later.
#[must_use]
pub fn month_ahead(base: &Base, years: u32) -> Month {
    Month::of(base.day).later(years * 12)
}

/// What one draw puts into the tables of the years to come; of today the published tables tell.
#[must_use]
pub fn tables_ahead(outlook: &Outlook, base: &Base, draw: &Draw) -> Given {
    let years = outlook.settings.years + 1;
    let known = base.practices.iter().map(|one| (&one.code, one.counts_its_gps()));
    let opened = outlook.opened.iter().map(|(code, _)| (code, true));
    let mut given = Given::default();
    for ((code, publishes), amounts) in
        known.chain(opened).zip(draw.practices.chunks(years as usize))
    {
        for (year, amounts) in (0..).zip(amounts).skip(1) {
            let month = month_ahead(base, year);
            let (patients, gps) = (f64::from(amounts.people_at_end), f64::from(amounts.gps));
            if patients > 0.0 {
                add_list(&mut given, month, code, patients);
                if publishes {
                    add_gps(&mut given, month, code, gps);
                }
            }
        }
    }
    given
}

fn add_list(given: &mut Given, month: Month, code: &str, patients: f64) {
    let (practice, patients) = (code.into(), patients.into());
    let list = tables::list_size::Row { practice, patients, ..Default::default() };
    given.add(Period::Day(month.first_day()), list);
    let list = tables::workforce_list::Row { practice, patients, ..Default::default() };
    given.add(Period::Month(month), list);
}

fn add_gps(given: &mut Given, month: Month, code: &str, gps: f64) {
    let row = tables::staff::Row {
        organisation: code.into(),
        level: "practice".into(),
        group: "gp".into(),
        role: PERMANENT.into(),
        measure: "fte".into(),
        value: gps.into(),
        mark: vocab::Mark::Estimated.into(),
        ..Default::default()
    };
    given.add(Period::Month(month), row);
}

//! A place too large to be looked at whole, a region or England, looked at board by board: one board is in memory at a time, and
//! draws of the same number are added up, because they share every parameter. What comes is the sum of the outlooks of its
//! boards, each as a reader of that board sees it.
//!
//! Method: [`methods.md#outlook-of-england`](../../../../docs/book/methods.md#outlook-of-england).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use evidence::{Evidence, EvidenceError, Place};

use super::blocks::Blocks;
use super::draw::{Amounts, Draw};
use super::found::{Found, Given, NotFound};
use super::residents::{Lacking, Residents};
use super::result::Outlook;
use super::run::{Go, run};
use super::sensitivity::{Influence, of_part, of_whole};
use super::summary::rows;
use crate::place::{Base, BaseError, ROLES};
use crate::standards::standing;

/// Why a place is not looked at in parts.
#[derive(Debug, thiserror::Error)]
pub enum NoParts {
    /// A table cannot be read.
    #[error(transparent)]
    Evidence(#[from] EvidenceError),
    /// A board has nobody.
    #[error(transparent)]
    Base(#[from] BaseError),
    /// A scenario is asked for.
    #[error("a scenario is tested on a board or a smaller place; name one")]
    Scenario,
    /// The place is not made of whole boards.
    #[error(
        "the outlook of a place of so many practices is the sum of its boards, and practices of it are in none that lies in it whole: {}; \
         name boards, joined by `+`", .0.join(", ")
    )]
    NotOfBoards(Vec<String>),
}

/// What has been added up of the boards done.
struct Sum {
    draws: Vec<Draw>,
    /// By draw and role: full-time equivalents of the base year that the minutes of the draw are of.
    full_time: Vec<[f64; ROLES]>,
    influences: Vec<Influence>,
    lacking: Lacking,
}

/// Looks ahead from a place board by board; `progress` is told draws as if the place were run whole.
///
/// # Errors
/// A place that is not made of whole boards, a scenario, a run that was stopped.
pub fn look_in_parts(
    (evidence, place): (&Evidence, &Place),
    base: Arc<Base>,
    given: Given<'_>,
    kept: &dyn Blocks,
    progress: &dyn Fn(u32) -> Go,
) -> Result<Found, NotFound> {
    let Given { parameters, changes, settings } = given;
    if !changes.is_empty() {
        return Err(NoParts::Scenario.into());
    }
    let boards = boards(evidence, place, &base)?;
    let values = parameters.values(settings.seed, 0);
    let mut sum = Sum::of(&base, given);
    for (number, board) in (0..).zip(&boards) {
        let mut part = Base::of(evidence, board, &values).map_err(NoParts::from)?;
        part.is_england = base.is_england;
        let residents = Residents::of(&part, settings.seed);
        let so_far = |done: u32| progress((number * settings.draws + done) / boards.len() as u32);
        let of_board = (&part, &residents);
        let outlook = run(of_board, parameters, changes, settings, kept, &so_far)?;
        sum.influences.extend(of_part(&outlook, of_board, parameters)?);
        sum.lacking = sum.lacking.with(residents.lacking);
        sum.add(&outlook, &part, &base);
    }
    let (influences, lacking) = (std::mem::take(&mut sum.influences), sum.lacking);
    let outlook = Outlook {
        settings,
        from: base.first_month(),
        draws: sum.in_full_time(),
        opened: Vec::new(),
        unread: Vec::new(),
    };
    let influences = of_whole(&outlook, &influences, parameters);
    let standing = standing(&base, parameters, (settings.seed, settings.draws));
    let rows = rows(&outlook, &base);
    Ok(Found { base, lacking, outlook, rows, influences, rankings: Vec::new(), standing })
}

/// The boards that a place is made of.
fn boards(evidence: &Evidence, place: &Place, base: &Base) -> Result<Vec<Place>, NoParts> {
    let known = evidence.affiliations(base.day)?;
    let holds = |row: &&evidence::Affiliation| place.is_everywhere() || place.holds(row);
    let inside: BTreeSet<&str> =
        known.iter().filter(holds).map(|row| row.practice.as_str()).collect();
    let whole = |code: &str| {
        known.iter().filter(|row| row.icb == code).all(|row| inside.contains(row.practice.as_str()))
    };
    let mut of_boards: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for practice in &base.practices {
        let board = known.of(&practice.code).map_or("", |row| row.icb.as_str());
        of_boards.entry(board).or_default().push(&practice.code);
    }
    let find = |code: &str| Place::find(code, &[], &known).ok().filter(|_| whole(code));
    let (mut found, mut lost) = (Vec::new(), Vec::new());
    for (code, practices) in of_boards {
        match find(code) {
            Some(board) => found.push(board),
            None => lost.extend(practices.into_iter().map(str::to_owned)),
        }
    }
    if lost.is_empty() { Ok(found) } else { Err(NoParts::NotOfBoards(lost)) }
}

impl Sum {
    fn of(base: &Base, given: Given<'_>) -> Self {
        let (years, draws) = (given.settings.years as usize, given.settings.draws as usize);
        let nothing = Draw {
            steps: vec![Default::default(); years + 1],
            months: vec![Default::default(); years * 12],
            practices: vec![Amounts::default(); base.practices.len() * (years + 1)],
            people: vec![Default::default(); years + 1],
            risks: vec![Default::default(); years + 1],
            urgent: 0.0,
            full_time: [0.0; ROLES],
        };
        Self {
            draws: vec![nothing; draws],
            full_time: vec![[0.0; ROLES]; draws],
            influences: Vec::new(),
            lacking: Lacking::default(),
        }
    }

    /// Adds the draws of a board to those of the same number.
    fn add(&mut self, outlook: &Outlook, part: &Base, whole: &Base) {
        let place =
            |code: &str| whole.practices.binary_search_by(|one| one.code.as_str().cmp(code));
        let places: Vec<Option<usize>> =
            part.practices.iter().map(|one| place(&one.code).ok()).collect();
        let years = outlook.settings.years as usize + 1;
        for ((sum, full_time), draw) in
            self.draws.iter_mut().zip(&mut self.full_time).zip(&outlook.draws)
        {
            sum.add(draw);
            for (at, place) in places.iter().enumerate() {
                if let Some(place) = place {
                    sum.practices[place * years..][..years]
                        .copy_from_slice(&draw.practices[at * years..][..years]);
                }
            }
            for (role, sum) in full_time.iter_mut().enumerate() {
                if draw.full_time[role] > 0.0 {
                    *sum += base_need(draw, role) / draw.full_time[role];
                }
            }
        }
    }

    /// The draws, with the minutes of somebody who works full time: need of the base year, which is in balance, over those who
    /// met it.
    fn in_full_time(mut self) -> Vec<Draw> {
        for (draw, people) in self.draws.iter_mut().zip(&self.full_time) {
            for role in (0..ROLES).filter(|role| people[*role] > 0.0) {
                draw.full_time[role] = base_need(draw, role) / people[role];
            }
        }
        self.draws
    }
}

/// Minutes that a role was needed for in the base year.
fn base_need(draw: &Draw, role: usize) -> f64 {
    draw.need(crate::place::Clinician::ALL[role], 0) as f64
}

//! The residents of a place today and in the years to come, small area by small area.
//!
//! The estimate of a past mid-year is taken forward year by year by England's deaths and births. The areas of a local authority
//! together meet what is projected for it, by age where the files of the projection are imported and else in all as the program
//! holds it; net moves are what that takes. Every area of an authority is reckoned with, whether or not it lies in the place.
//! Where nothing is projected, moves follow England's projected growth.
//!
//! Methods: [cohort component](../../../../docs/book/methods.md#cohort-component).

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Affiliations, Evidence, EvidenceError, Place};
use indicators::reach::Gap;
use indicators::small_areas::{areas_of, deprivation, names, parents};
use jiff::civil::Date;
use rayon::prelude::*;
use vocab::{Organisation, Period};

use super::counted::Counted;
use super::fifths::Fifths;
use super::group::{Group, groups};
use super::projected::{FIRST_YEAR, LAST_YEAR, Published, growth_between, projected, source};
use super::rates::{Banded, ages_of_movers, england_between};
use super::{Area, Books, Rates};

/// What the people of a small area's authority are brought to, year by year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Met {
    /// Nothing: England's rates and growth alone.
    Nothing,
    /// The number of people projected for the authority, all ages together.
    InAll,
    /// The people projected for the authority by sex and age.
    ByAge,
}

/// A local authority of which some small area lies in the place.
#[derive(Debug, Clone, PartialEq)]
pub struct Authority {
    /// Its code.
    pub code: String,
    /// Its name; the code where it has none.
    pub name: String,
    /// What its people are brought to.
    pub met: Met,
    /// Everybody in it at the base, in the place or not.
    pub now: Area,
    /// The same at the end.
    pub then: Area,
    /// Those of them in the place, at the base and at the end.
    pub here: [f64; 2],
}

/// A small area of the place.
#[derive(Debug, Clone, PartialEq)]
pub struct Small {
    /// LSOA code of 2021.
    pub code: String,
    /// Its name; the code where it has none.
    pub name: String,
    /// Code of its local authority, where the lookup knows one.
    pub authority: Option<String>,
    /// What its authority's people were brought to in the years ahead for which it is projected.
    pub met: Met,
    /// Its people at the base.
    pub now: Area,
    /// Its people at the end.
    pub then: Area,
    /// Its years, in the order of [`Residents::years`].
    pub books: Vec<Books>,
}

/// The residents of a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Residents {
    /// The year in whose middle they were estimated.
    pub counted: Period,
    /// The year in whose middle today is placed.
    pub base: i16,
    /// The years in whose middle a year ends, earliest first; those up to the base catch up with it.
    pub years: Vec<i16>,
    /// What happened in each.
    pub books: Vec<Books>,
    /// By sex (male, female) and age at the base.
    pub now: Area,
    /// The same at the end.
    pub then: Area,
    /// The small areas, in order of code.
    pub areas: Vec<Small>,
    /// The local authorities of which a projection is met, in order of code.
    pub authorities: Vec<Authority>,
    /// The last year to which every projection that is met goes; England's rates from there on.
    pub met_to: Option<i16>,
    /// Whether the estimate was made for areas of 2011.
    pub of_2011: bool,
    /// Whether years up to [`FIRST_YEAR`] are left out: what they bring is mostly what the estimate was wrong by,
    /// beside that of the census which the projection starts from.
    pub rebased: bool,
    /// Whether the estimate does not tell the sexes apart, so that England's shares of an age do.
    pub sexes_by_shares: bool,
    /// England's projected growth a year, which moves follow where nothing is projected for the authority.
    pub growth: f64,
    /// What did not join.
    pub gaps: Vec<Gap>,
}

/// Why there are no residents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoResidents {
    /// The small areas of the place are not known.
    NoAreas,
    /// Nobody is known to live in them.
    NoPeople,
}

impl NoResidents {
    /// Why, and what would help.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::NoAreas => {
                "which small areas belong here is not known. Residents are counted for sub-ICB locations, boards and regions, not for \
                 lists of practices or networks; import the lookup from small areas to boards where it is missing"
            }
            Self::NoPeople => {
                "how many people live here is not known: import residents by small area and single year of age (ONS)"
            }
        }
    }
}

impl Residents {
    /// The years ahead added up: from the base to the end.
    #[must_use]
    pub fn ahead(&self) -> Books {
        let ahead = self.years.iter().zip(&self.books).filter(|(year, _)| **year > self.base);
        let mut sum = Books::default();
        for (_, books) in ahead.clone() {
            sum.births += books.births;
            sum.deaths += books.deaths;
            sum.moves += books.moves;
            sum.end = books.end;
        }
        sum.start = ahead.map(|(_, books)| books.start).next().unwrap_or_default();
        sum
    }

    /// Small areas whose authority is brought to this.
    #[must_use]
    pub fn met(&self, met: Met) -> usize {
        self.areas.iter().filter(|area| area.met == met).count()
    }

    /// What deaths, births and moves rest on, one sentence each.
    #[must_use]
    pub fn assumptions(&self) -> Vec<String> {
        let (kind, reference) = Banded::stated().source();
        let mut words = vec![format!(
            "Births and the ages of those who move are England’s, the same in every small area; deaths are England’s, higher in deprived small areas and lower in others where deprivation is imported. Kind: {kind} ({reference})."
        )];
        if self.met(Met::InAll) > 0 {
            words.push(format!(
                "How many people each local authority has in each year, and how many of 75 and over to 2035, is projected ({}); which ages \
                 under 75 move, and to which small areas, is an assumption: at 18 to 34, and less and less up to 44, each small area keeps its shape, so that students and \
                 people in their first work make way for the next, and what the projection adds or takes comes at the ages of moving, to \
                 each small area by its people of that age. Beside the projection by age, people of \
                 65 to 74 in 2030 were 10% too few to 22% too many in fifteen authorities looked at, most too many in London. Import the \
                 projection by age and sex to have all its ages.",
                source()
            ));
        }
        if self.met(Met::Nothing) > 0 {
            words.push(format!(
                "Where nothing is projected for the authority, net moves are a stated assumption: of every age the same share everywhere, so \
                 that England grows by {:.1}% a year as its projection does; at 18 to 34, and less and less up to 44, each small area keeps \
                 its shape.",
                self.growth * 100.0
            ));
        }
        words.push("A projection carries recent births, deaths and moves on; plans for new homes are in it only so far as homes were built before.".to_owned());
        if self.sexes_by_shares {
            words.push("The estimate does not tell women from men: of every age England’s shares of mid-2023 do.".to_owned());
        }
        words
    }
}

/// The residents of a place from their estimate to some years after today, which is the last middle of a year before
/// the latest lists. `Err` inside says why there are none.
///
/// # Errors
/// When a table cannot be read.
pub fn residents(
    evidence: &Evidence,
    place: &Place,
    known: &Affiliations,
    years: i16,
) -> Result<Result<Residents, NoResidents>, EvidenceError> {
    let inside = areas_of(evidence, place, known)?;
    if inside.is_empty() {
        return Ok(Err(NoResidents::NoAreas));
    }
    let authorities = parents(evidence, "local_authority")?;
    let beside = beside(&inside, &authorities);
    let counted = Counted::of(evidence, &beside)?;
    let Some(period) = counted.period.filter(|_| counted.areas.keys().any(|c| inside.contains(c)))
    else {
        return Ok(Err(NoResidents::NoPeople));
    };
    let first = period.first_day().year();
    let lists = evidence.periods("list_size").last().map(|period| period.first_day());
    let base = lists.map_or(first, middle_before).max(first);
    let wanted = counted.areas.keys().filter_map(|code| authorities.get(code)).map(String::as_str);
    let published = projected(evidence, &wanted.collect(), first + 1..=base + years)?;
    let last = base + years;
    let growth = growth_of_england(base);
    let rates = Rates::of_england(growth);
    let england = england_between(&rates, first..last);
    let rates = Fifths::of(&rates, deprivation(evidence)?);
    let span = Span { first, base, last, rates, movers: ages_of_movers(), england };
    let groups = groups(&counted, &authorities, &published);
    let grown: Vec<Grown> =
        groups.par_iter().map(|group| span.take_forward(group, &inside)).collect();
    let mut found = Residents {
        counted: period,
        base,
        years: (first + 1..=span.last).collect(),
        books: vec![Books::default(); usize::try_from(span.last - first).unwrap_or_default()],
        now: Area::nobody(),
        then: Area::nobody(),
        areas: Vec::new(),
        authorities: Vec::new(),
        met_to: None,
        sexes_by_shares: counted.by_shares,
        of_2011: counted.of_2011,
        rebased: false,
        growth,
        gaps: Vec::new(),
    };
    found.gather(grown, &names(evidence)?, known);
    found.forget_before_the_projection();
    found.gaps = gaps(&found, &inside);
    Ok(Ok(found))
}

/// England's projected growth a year over the ten years from a base, as far as it is projected: the same whatever is asked for.
fn growth_of_england(base: i16) -> f64 {
    let from = base.clamp(FIRST_YEAR, LAST_YEAR - 1);
    let to = (from + 10).min(LAST_YEAR);
    growth_between(Organisation::ENGLAND, from, to).unwrap_or_default()
}

/// The last middle of a year on or before a day.
fn middle_before(day: Date) -> i16 {
    day.year() - i16::from((day.month(), day.day()) < (6, 30))
}

/// The areas of a place and the others of their authorities.
fn beside(inside: &BTreeSet<String>, authorities: &BTreeMap<String, String>) -> BTreeSet<String> {
    let touched: BTreeSet<&String> =
        inside.iter().filter_map(|code| authorities.get(code)).collect();
    let others = authorities.iter().filter(|(_, authority)| touched.contains(authority));
    inside.iter().cloned().chain(others.map(|(code, _)| code.clone())).collect()
}

/// The years to go and the rates on the way.
struct Span {
    first: i16,
    base: i16,
    last: i16,
    rates: Fifths,
    /// How those who move are spread over single years of age.
    movers: Vec<f64>,
    /// England at the beginning and at the end of each year.
    england: Vec<[Area; 2]>,
}

/// The areas of a group that lie in the place, and their people added up.
struct Grown {
    areas: Vec<Small>,
    authority: Option<Authority>,
    /// The last year in which the projection is met, if any is.
    met_to: Option<i16>,
    now: Area,
    then: Area,
}

impl Span {
    fn take_forward(&self, group: &Group<'_>, inside: &BTreeSet<String>) -> Grown {
        let mut people: Vec<Area> = group.areas.iter().map(|(_, area)| (*area).clone()).collect();
        let held: Vec<bool> = group.areas.iter().map(|(code, _)| inside.contains(*code)).collect();
        let mut grown = Grown::of(group, self, &held);
        grown.note(&people, &held, self.first == self.base, false);
        for year in self.first + 1..=self.last {
            let target = group.published.and_then(|years| years.get(&year));
            let still = target.is_some();
            let mut later: Vec<(Area, Books)> = people
                .iter()
                .zip(&group.areas)
                .map(|(area, (code, _))| area.after_a_year(self.rates.of_area(code, still)))
                .collect();
            let by_age = matches!(target, Some(Published::ByAge(_)));
            let england = self.england.get((year - self.first - 1) as usize).filter(|_| !by_age);
            if let Some([then, now]) = england {
                for ((area, books), before) in later.iter_mut().zip(&people) {
                    area.keep_shape(before, [then, now], books);
                }
            }
            if let Some(target) = target {
                target.is_met_by(&mut later, &self.movers);
            }
            let books = later.iter().zip(&held).filter(|(_, held)| **held).map(|((_, b), _)| *b);
            grown.areas.iter_mut().zip(books).for_each(|(area, books)| area.books.push(books));
            people = later.into_iter().map(|(area, _)| area).collect();
            grown.note(&people, &held, year == self.base, year == self.last);
        }
        grown
    }
}

impl Grown {
    fn of(group: &Group<'_>, span: &Span, held: &[bool]) -> Self {
        let (met, met_to) = group.met(span.base + 1..=span.last);
        let small = |code: &str| Small {
            code: code.to_owned(),
            name: code.to_owned(),
            authority: group.authority.map(str::to_owned),
            met,
            now: Area::nobody(),
            then: Area::nobody(),
            books: Vec::new(),
        };
        let inside = group.areas.iter().zip(held).filter(|(_, held)| **held);
        let authority = group.authority.filter(|_| met != Met::Nothing);
        Self {
            areas: inside.map(|((code, _), _)| small(code)).collect(),
            met_to: (met != Met::Nothing).then_some(met_to),
            authority: authority.map(|code| Authority {
                code: code.to_owned(),
                name: code.to_owned(),
                met,
                now: Area::nobody(),
                then: Area::nobody(),
                here: [0.0; 2],
            }),
            now: Area::nobody(),
            then: Area::nobody(),
        }
    }

    /// Notes the people of the areas in the place at the base and at the end.
    fn note(&mut self, people: &[Area], held: &[bool], is_base: bool, is_last: bool) {
        if let Some(authority) = &mut self.authority {
            for area in people {
                if is_base {
                    authority.now.add(area);
                }
                if is_last {
                    authority.then.add(area);
                }
            }
        }
        let inside = people.iter().zip(held).filter(|(_, held)| **held).map(|(area, _)| area);
        for (small, area) in self.areas.iter_mut().zip(inside) {
            if is_base {
                self.now.add(area);
                small.now.clone_from(area);
            }
            if is_last {
                self.then.add(area);
                small.then.clone_from(area);
            }
        }
    }
}

impl Residents {
    /// Leaves out the years up to the one in which the projection starts: its people are those of a later census than the
    /// estimate's, so that the difference is no move of anybody.
    fn forget_before_the_projection(&mut self) {
        if self.met(Met::InAll) == 0 || self.base < FIRST_YEAR {
            return;
        }
        let before = self.years.iter().filter(|year| **year <= FIRST_YEAR).count();
        self.rebased = before > 0;
        self.years.drain(..before);
        self.books.drain(..before);
        for area in &mut self.areas {
            area.books.drain(..before);
        }
    }

    /// Adds the groups up and names the areas.
    fn gather(
        &mut self,
        grown: Vec<Grown>,
        names: &BTreeMap<String, String>,
        known: &Affiliations,
    ) {
        for mut group in grown {
            self.now.add(&group.now);
            self.then.add(&group.then);
            self.areas.extend(group.areas);
            self.met_to = self.met_to.into_iter().chain(group.met_to).min();
            if let Some(authority) = &mut group.authority {
                authority.here = [group.now.total(), group.then.total()];
                if let Some(name) = known.standing().name_of(&authority.code) {
                    name.clone_into(&mut authority.name);
                }
            }
            self.authorities.extend(group.authority);
        }
        self.authorities.sort_by(|a, b| a.code.cmp(&b.code));
        self.areas.sort_by(|a, b| a.code.cmp(&b.code));
        for area in &mut self.areas {
            area.name = names.get(&area.code).cloned().unwrap_or_else(|| area.code.clone());
            for (sum, books) in self.books.iter_mut().zip(&area.books) {
                sum.add(books);
            }
        }
    }
}

/// Areas of the place without people, and those of whose authority nothing is projected.
fn gaps(found: &Residents, inside: &BTreeSet<String>) -> Vec<Gap> {
    const SHOWN: usize = 5;
    let gap = |what: &str, codes: Vec<&str>| Gap {
        what: what.to_owned(),
        count: codes.len(),
        examples: codes.into_iter().take(SHOWN).map(str::to_owned).collect(),
    };
    let peopled: BTreeSet<&str> = found.areas.iter().map(|area| area.code.as_str()).collect();
    let empty = inside.iter().map(String::as_str).filter(|code| !peopled.contains(code));
    let lost = found.areas.iter().filter(|area| area.met == Met::Nothing);
    let mut gaps = vec![
        gap("small areas of the place without residents", empty.collect()),
        gap(
            "small areas of whose local authority no projection is at hand, or not of the small areas at hand",
            lost.map(|area| area.code.as_str()).collect(),
        ),
    ];
    gaps.retain(|gap| gap.count > 0);
    gaps
}

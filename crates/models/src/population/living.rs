//! The residents of a place today and in the years to come, small area by small area.
//!
//! The estimate of a past mid-year is taken forward year by year by England's deaths and births; who moves in follows
//! England's growth, unless a projection of the local authority is published: then the areas of the authority together
//! meet it, and moves are what it takes. Every area of an authority is reckoned with, whether or not it lies in the place.
//!
//! Methods: [cohort component](../../../../docs/book/methods.md#cohort-component).

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Affiliations, Evidence, EvidenceError, Place};
use indicators::reach::Gap;
use indicators::small_areas::{areas_of, names};
use jiff::civil::Date;
use rayon::prelude::*;
use vocab::Period;

use super::counted::Counted;
use super::projected::{Years, authorities, projected};
use super::rates::Banded;
use super::{Area, Books, Rates, meet};

/// A small area of the place.
#[derive(Debug, Clone, PartialEq)]
pub struct Small {
    /// LSOA code of 2021.
    pub code: String,
    /// Its name; the code where it has none.
    pub name: String,
    /// Code of its local authority, where the lookup knows one.
    pub authority: Option<String>,
    /// Whether its authority's published projection was met in every year ahead.
    pub published: bool,
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
    /// Whether the estimate does not tell the sexes apart, so that England's shares of an age do.
    pub sexes_by_shares: bool,
    /// The growth of lists a year that moves follow where nothing is published.
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
            sum.arrivals += books.arrivals;
            sum.deaths += books.deaths;
            sum.departures += books.departures;
            sum.end = books.end;
        }
        sum.start = ahead.map(|(_, books)| books.start).next().unwrap_or_default();
        sum
    }

    /// Small areas whose authority's published projection was met.
    #[must_use]
    pub fn published(&self) -> usize {
        self.areas.iter().filter(|area| area.published).count()
    }

    /// What deaths, births and moves rest on, one sentence each.
    #[must_use]
    pub fn assumptions(&self) -> Vec<String> {
        let (kind, reference) = Banded::stated().source();
        let mut words = vec![format!(
            "Deaths, births and the ages of those who move in are England’s, the same in every small area. Kind: {kind} ({reference})."
        )];
        if self.published() < self.areas.len() {
            words.push(format!(
                "Who moves in, net, is a stated assumption: of every age the same share everywhere, so that England grows by {:.1}% a year \
                 as lists do. New homes are not in it, nor who leaves a neighbourhood: students grow older where they studied, so that places with universities show too many people in their thirties.",
                self.growth * 100.0
            ));
        }
        if self.sexes_by_shares {
            words.push("The estimate does not tell women from men: of every age England’s shares of mid-2023 do.".to_owned());
        }
        words
    }
}

/// The residents of a place from their estimate to some years after today, which is the last middle of a year before
/// the latest lists; `growth` is that of lists a year. `Err` inside says why there are none.
///
/// # Errors
/// When a table cannot be read.
pub fn residents(
    evidence: &Evidence,
    place: &Place,
    known: &Affiliations,
    years: i16,
    growth: f64,
) -> Result<Result<Residents, NoResidents>, EvidenceError> {
    let inside = areas_of(evidence, place, known)?;
    if inside.is_empty() {
        return Ok(Err(NoResidents::NoAreas));
    }
    let authorities = authorities(evidence)?;
    let beside = beside(evidence, &inside, &authorities);
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
    let span = Span { first, base, last: base + years, rates: Rates::of_england(growth) };
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
        sexes_by_shares: counted.by_shares,
        growth,
        gaps: Vec::new(),
    };
    found.gather(grown, &names(evidence)?);
    let is_published = !evidence.periods("projected_resident").is_empty();
    found.gaps = gaps(&found, &inside, is_published);
    Ok(Ok(found))
}

/// The last middle of a year on or before a day.
fn middle_before(day: Date) -> i16 {
    day.year() - i16::from((day.month(), day.day()) < (6, 30))
}

/// The areas of a place and, where projections are published, the others of their authorities.
fn beside(
    evidence: &Evidence,
    inside: &BTreeSet<String>,
    authorities: &BTreeMap<String, String>,
) -> BTreeSet<String> {
    let mut all = inside.clone();
    if !evidence.periods("projected_resident").is_empty() {
        let touched: BTreeSet<&String> =
            inside.iter().filter_map(|code| authorities.get(code)).collect();
        let others = authorities.iter().filter(|(_, authority)| touched.contains(authority));
        all.extend(others.map(|(code, _)| code.clone()));
    }
    all
}

/// Areas that are taken forward together, and what is published of them.
struct Group<'a> {
    authority: Option<&'a str>,
    published: Option<&'a Years>,
    areas: Vec<(&'a str, &'a Area)>,
}

/// An authority of which something is published is a group; any other area is one for itself.
fn groups<'a>(
    counted: &'a Counted,
    authorities: &'a BTreeMap<String, String>,
    published: &'a BTreeMap<String, Years>,
) -> Vec<Group<'a>> {
    let mut of_authority: BTreeMap<&str, Group<'a>> = BTreeMap::new();
    let mut groups = Vec::new();
    for (code, area) in &counted.areas {
        let authority = authorities.get(code).map(String::as_str);
        let alone = Group { authority, published: None, areas: vec![(code, area)] };
        match authority.and_then(|authority| published.get_key_value(authority)) {
            None => groups.push(alone),
            Some((authority, years)) => of_authority
                .entry(authority)
                .or_insert(Group { published: Some(years), areas: Vec::new(), ..alone })
                .areas
                .push((code, area)),
        }
    }
    groups.extend(of_authority.into_values());
    groups
}

/// The years to go and the rates on the way.
struct Span {
    first: i16,
    base: i16,
    last: i16,
    rates: Rates,
}

/// The areas of a group that lie in the place, and their people added up.
struct Grown {
    areas: Vec<Small>,
    now: Area,
    then: Area,
}

impl Span {
    fn take_forward(&self, group: &Group<'_>, inside: &BTreeSet<String>) -> Grown {
        let mut people: Vec<Area> = group.areas.iter().map(|(_, area)| (*area).clone()).collect();
        let held: Vec<bool> = group.areas.iter().map(|(code, _)| inside.contains(*code)).collect();
        let mut grown = Grown::of(group, self, &held);
        grown.note(&people, &held, self.first == self.base, false);
        let still = self.rates.without_moves();
        for year in self.first + 1..=self.last {
            let target = group.published.and_then(|years| years.get(&year));
            let rates = if target.is_some() { &still } else { &self.rates };
            let mut later: Vec<(Area, Books)> =
                people.iter().map(|area| area.after_a_year(rates)).collect();
            if let Some(target) = target {
                meet(&mut later, target);
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
        let mut ahead = span.base + 1..=span.last;
        let published = group.published.is_some_and(|of| ahead.all(|year| of.contains_key(&year)));
        let small = |code: &str| Small {
            code: code.to_owned(),
            name: code.to_owned(),
            authority: group.authority.map(str::to_owned),
            published,
            now: Area::nobody(),
            then: Area::nobody(),
            books: Vec::new(),
        };
        let inside = group.areas.iter().zip(held).filter(|(_, held)| **held);
        Self {
            areas: inside.map(|((code, _), _)| small(code)).collect(),
            now: Area::nobody(),
            then: Area::nobody(),
        }
    }

    /// Notes the people of the areas in the place at the base and at the end.
    fn note(&mut self, people: &[Area], held: &[bool], is_base: bool, is_last: bool) {
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
    /// Adds the groups up and names the areas.
    fn gather(&mut self, grown: Vec<Grown>, names: &BTreeMap<String, String>) {
        for group in grown {
            self.now.add(&group.now);
            self.then.add(&group.then);
            self.areas.extend(group.areas);
        }
        self.areas.sort_by(|a, b| a.code.cmp(&b.code));
        for area in &mut self.areas {
            area.name = names.get(&area.code).cloned().unwrap_or_else(|| area.code.clone());
            for (sum, books) in self.books.iter_mut().zip(&area.books) {
                sum.add(books);
            }
        }
    }
}

/// Areas of the place without people, and, where projections are published, without one of their authority.
fn gaps(found: &Residents, inside: &BTreeSet<String>, is_published: bool) -> Vec<Gap> {
    const SHOWN: usize = 5;
    let gap = |what: &str, codes: Vec<&str>| Gap {
        what: what.to_owned(),
        count: codes.len(),
        examples: codes.into_iter().take(SHOWN).map(str::to_owned).collect(),
    };
    let peopled: BTreeSet<&str> = found.areas.iter().map(|area| area.code.as_str()).collect();
    let empty = inside.iter().map(String::as_str).filter(|code| !peopled.contains(code));
    let mut gaps = vec![gap("small areas of the place without residents", empty.collect())];
    if is_published {
        let lost = found.areas.iter().filter(|area| !area.published);
        let lost = lost.map(|area| area.code.as_str()).collect();
        gaps.push(gap(
            "small areas whose local authority has no published projection for every year ahead",
            lost,
        ));
    }
    gaps.retain(|gap| gap.count > 0);
    gaps
}

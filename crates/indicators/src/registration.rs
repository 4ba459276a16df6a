//! Who is on a list and who lives there: registered, resident, left-over entries, and people on no list.
//!
//! "99% of the population are registered" cannot be read off two totals: entries of people who have left (list
//! inflation) hide people who never joined. With R registered and P resident, the people on no list are P − R plus the
//! left-over entries, and nobody counts those. So the answer is a range, from the least to the most left-over entries
//! that are plausible (`parameters/registration.toml`). For small areas the patients of every practice are counted where
//! they live; for sub-ICB locations, where only lists are known, patients are counted where their practice is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use evidence::{Affiliations, Evidence, EvidenceError, Frame, Place, TextColumn, tables};
use serde::Deserialize;
use vocab::{Level, Period};

use crate::definition::Definition;
use crate::evaluate::{EvaluateError, evaluate, latest_period};
use crate::units::as_at;

mod ages;
mod living;

pub use self::ages::{AgeGap, AgeGaps, age_gaps};
pub use self::living::{Living, living};

/// Registered and resident people of an area, with the plausible range of people on no list.
#[derive(Debug, Clone, PartialEq)]
pub struct Registration {
    /// The code of the area: a small area or a sub-ICB location.
    pub code: String,
    /// Its name; the code where it has none.
    pub name: String,
    /// People on lists.
    pub registered: f64,
    /// People who live there.
    pub resident: f64,
}

impl Registration {
    /// Registered people over residents.
    #[must_use]
    pub fn ratio(&self) -> f64 {
        self.registered / self.resident
    }

    /// The fewest and the most residents who may be on no list.
    #[must_use]
    pub fn unregistered(&self) -> (f64, f64) {
        let assumed = &*ASSUMPTIONS;
        let spread = assumed.residents_error.value * self.resident;
        let short = self.resident - self.registered;
        let fewest = short - spread + assumed.list_inflation.low * self.registered;
        let most = short + spread + assumed.list_inflation.high * self.registered;
        (fewest.clamp(0.0, self.resident), most.clamp(0.0, self.resident))
    }

    /// The least and the largest share of residents who may be on a list.
    #[must_use]
    pub fn registered_share(&self) -> (f64, f64) {
        let (fewest, most) = self.unregistered();
        (1.0 - most / self.resident, 1.0 - fewest / self.resident)
    }
}

/// Registered and resident people of a place, by area.
#[derive(Debug, Clone, PartialEq)]
pub struct Registrations {
    /// The day of the lists.
    pub lists: Period,
    /// The year of the residents.
    pub residents: Period,
    /// Whether the areas are small areas, with patients counted where they live.
    pub by_small_area: bool,
    /// In order of code.
    pub areas: Vec<Registration>,
    /// The sum of the areas.
    pub whole: Registration,
    /// Patients of the place's practices whose area is not known or has no residents counted.
    pub unplaced: f64,
    /// Locations that are left out because practices came or went since their residents were counted.
    pub redrawn: Vec<String>,
}

/// Days that lists and residents may be apart to be held against one another (an assumption): estimates of residents come out
/// within eighteen months.
const APART: i32 = 550;
/// Days of half a year.
const HALF_A_YEAR: i32 = 182;

/// How many years lists are from the middle of the year that residents are counted for, at least one; nothing where that is near
/// enough. What people moved, were born and died between them would pass for people on no list or for entries left over.
#[must_use]
pub fn years_apart(lists: Period, residents: Period) -> Option<i32> {
    let span = residents.first_day().until(lists.first_day());
    let days = span.map_or(i32::MAX / 2, |span| (span.get_days() - HALF_A_YEAR).abs());
    (days > APART).then(|| ((days + HALF_A_YEAR) / (2 * HALF_A_YEAR)).max(1))
}

impl Registrations {
    /// How many years the lists are from the residents where they are too far apart to be set against each other.
    #[must_use]
    pub fn years_apart(&self) -> Option<i32> {
        years_apart(self.lists, self.residents)
    }

    /// The fewest and the most residents of the whole who may be on no list: the sums over its areas, because
    /// left-over entries in one area put nobody of another on a list.
    #[must_use]
    pub fn unregistered(&self) -> (f64, f64) {
        let ranges = self.areas.iter().map(Registration::unregistered);
        ranges.fold((0.0, 0.0), |sum, area| (sum.0 + area.0, sum.1 + area.1))
    }

    /// The least and the largest share of the residents of the whole who may be on a list.
    #[must_use]
    pub fn registered_share(&self) -> (f64, f64) {
        let (fewest, most) = self.unregistered();
        (1.0 - most / self.whole.resident, 1.0 - fewest / self.whole.resident)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Assumptions {
    #[expect(dead_code, reason = "for readers of the file")]
    description: String,
    residents_error: Share,
    list_inflation: Range,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Share {
    about: String,
    unit: String,
    value: f64,
    source: Origin,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Range {
    about: String,
    unit: String,
    low: f64,
    high: f64,
    source: Origin,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Origin {
    kind: String,
    reference: String,
}

static ASSUMPTIONS: LazyLock<Assumptions> = LazyLock::new(|| {
    let file =
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../parameters/registration.toml"));
    toml::from_str(file).expect("the file inside the program can be read because a test reads it")
});

/// What the ranges rest on, one sentence each.
#[must_use]
pub fn assumptions_in_words() -> Vec<String> {
    let Assumptions { residents_error: error, list_inflation: inflation, .. } = &*ASSUMPTIONS;
    vec![
        format!(
            "{} {} ({}). Kind: {} ({}).",
            error.about, error.value, error.unit, error.source.kind, error.source.reference
        ),
        format!(
            "{} {} to {} ({}). Kind: {} ({}).",
            inflation.about,
            inflation.low,
            inflation.high,
            inflation.unit,
            inflation.source.kind,
            inflation.source.reference
        ),
    ]
}

/// Registered and resident people of a place: by small area where the areas of patients are known, else by sub-ICB
/// location, by the indicator of registered patients per resident.
///
/// Both must count the same people. A council's lists are those of practices that stand in it, its residents live
/// there: they are set against each other only where patients are known by small area. Networks and practices have no
/// residents.
///
/// # Errors
/// When neither is known, the two would count different people, or a table cannot be read.
pub fn registrations(
    evidence: &Evidence,
    definition: &Definition,
    within: &Place,
) -> Result<Registrations, EvaluateError> {
    if let Some(why) = withheld(evidence, within)? {
        return Err(EvaluateError::Withheld(format!("{}: {why}", within.name)));
    }
    match small_areas(evidence, within)? {
        Some(found) if !found.areas.is_empty() => Ok(found),
        _ if within.is_of_councils() => Err(EvaluateError::Withheld(format!(
            "{}: no residents of its small areas are known, so its lists cannot be set against them; import an estimate of residents by small area and the lookup of small areas to councils",
            within.name
        ))),
        _ => locations(evidence, definition, within),
    }
}

/// Why lists and residents of a place cannot be set against each other, if they cannot.
fn withheld(evidence: &Evidence, within: &Place) -> Result<Option<String>, EvidenceError> {
    if !within.is_of_areas() {
        return Ok(Some(
            "networks, practices and postcodes have no area of their own, so nobody can say who lives there and the ratio of lists to residents is withheld".to_owned(),
        ));
    }
    if within.is_of_councils() {
        let split = !evidence.periods("registered_area").is_empty();
        return Ok((!split).then(|| "lists are of practices whose main site stands in the outline, residents are people who live there: two different groups, so their ratio is withheld. Import patients by practice and small area (gp-reg-pat-prac-lsoa), which tell where patients live".to_owned()));
    }
    without_residents(evidence, within)
}

/// Why the residents of a place are those of a part of it only, where small areas are known of some of its sub-ICB
/// locations and not of others.
fn without_residents(evidence: &Evidence, within: &Place) -> Result<Option<String>, EvidenceError> {
    let Some(lists) = evidence.periods("list_size").last().copied() else { return Ok(None) };
    let known = evidence.affiliations(as_at(lists))?;
    let all: BTreeSet<&str> = known
        .iter()
        .filter(|row| within.is_everywhere() || within.holds(row))
        .filter_map(|row| row.code(Level::SubIcb))
        .collect();
    let mut counted = BTreeSet::new();
    for period in evidence.periods("lookup") {
        let lookup = evidence.frame("lookup", period)?;
        let links = tables::lookup::Columns::of(&lookup);
        let parents = (0..lookup.rows())
            .filter(|row| links.parent_kind.get(*row) == Some("sub_icb"))
            .filter_map(|row| links.parent.get(row).and_then(|code| all.get(code)));
        counted.extend(parents.copied());
    }
    if counted.is_empty() || counted.len() == all.len() {
        return Ok(None);
    }
    let some: Vec<&str> = counted.iter().take(8).copied().collect();
    Ok(Some(format!(
        "residents are known of {} of its {} sub-ICB locations, lists of all: two different groups, so their ratio is withheld. Ask for one whose residents are known ({}), or import the small areas and residents of the others",
        counted.len(),
        all.len(),
        some.join(", ")
    )))
}

/// The sub-ICB locations of a place.
fn locations(
    evidence: &Evidence,
    definition: &Definition,
    within: &Place,
) -> Result<Registrations, EvaluateError> {
    let period = latest_period(evidence, definition, None)?;
    let evaluation = evaluate(evidence, definition, period, Level::SubIcb, Some(within))?;
    let area = |row: &crate::Row| {
        row.estimate?;
        Some(Registration {
            code: row.organisation.code.clone(),
            name: row.name.clone(),
            registered: row.numerator?,
            resident: row.denominator?,
        })
    };
    let areas: Vec<Registration> = evaluation.rows.iter().filter_map(area).collect();
    let moved = moved_since_the_first_lists(evidence, evaluation.numerator_period)?;
    let is_redrawn = |area: &Registration| {
        moved.get(&area.code).is_some_and(|patients| *patients > REDRAWN * area.registered)
    };
    let (mut redrawn, mut areas): (Vec<Registration>, Vec<Registration>) =
        areas.into_iter().partition(is_redrawn);
    if redrawn.len() > 1 {
        areas.push(together(&std::mem::take(&mut redrawn)));
    }
    let redrawn: Vec<String> =
        redrawn.into_iter().map(|area| format!("{} ({})", area.name, area.code)).collect();
    if areas.is_empty() && !redrawn.is_empty() {
        return Err(EvaluateError::Withheld(format!(
            "{}: practices with more than a twentieth of its patients came from another location or went to one since its residents were counted, so the two are of different areas; import residents of the area as it is now",
            within.name
        )));
    }
    Ok(Registrations {
        lists: evaluation.numerator_period,
        residents: evaluation.denominator_period,
        by_small_area: false,
        whole: whole(&areas, within),
        areas,
        unplaced: 0.0,
        redrawn,
    })
}

/// Locations of one place between which practices went, as one area: what one lost another has.
fn together(redrawn: &[Registration]) -> Registration {
    let codes: Vec<&str> = redrawn.iter().map(|area| area.code.as_str()).collect();
    Registration {
        code: codes.join("+"),
        name: "Locations between which practices were moved, together".to_owned(),
        registered: redrawn.iter().map(|area| area.registered).sum(),
        resident: redrawn.iter().map(|area| area.resident).sum(),
    }
}

/// The share of a location's patients whose practices came or went from which on its residents are of another area (an
/// assumption).
const REDRAWN: f64 = 0.05;

/// Patients of practices that went from one sub-ICB location to another since the first lists that are imported, under both; a
/// location that ended or began meanwhile was merged or renamed as a whole.
fn moved_since_the_first_lists(
    evidence: &Evidence,
    lists: Period,
) -> Result<BTreeMap<String, f64>, EvidenceError> {
    let mut moved = BTreeMap::new();
    let Some(first) = evidence.periods("list_size").first().copied() else { return Ok(moved) };
    let (then, now) = (evidence.affiliations(as_at(first))?, evidence.affiliations(as_at(lists))?);
    let stands =
        |code: &str| [&then, &now].iter().all(|known| known.codes(Level::SubIcb).contains(code));
    let frame = evidence.frame("list_size", lists)?;
    let listed = tables::list_size::Columns::of(&frame);
    for row in 0..frame.rows() {
        let code = listed.practice.get(row).unwrap_or_default();
        let of = |known: &Affiliations| known.of(code)?.code(Level::SubIcb).map(str::to_owned);
        let (Some(from), Some(to)) = (of(&then), of(&now)) else { continue };
        if from != to && stands(&from) && stands(&to) {
            let people = listed.patients.get(row).copied().unwrap_or_default();
            *moved.entry(from).or_insert(0.0) += people;
            *moved.entry(to).or_insert(0.0) += people;
        }
    }
    Ok(moved)
}

/// The small areas of a place, with the residents of the year that knows most of the areas where patients live.
///
/// An area belongs to the place when its sub-ICB location does by the lookup; patients of practices outside the place
/// who live in it count as registered.
fn small_areas(
    evidence: &Evidence,
    within: &Place,
) -> Result<Option<Registrations>, EvidenceError> {
    let Some(lists) = evidence.periods("registered_area").last().copied() else { return Ok(None) };
    let frame = evidence.frame("registered_area", lists)?;
    let lives = tables::registered_area::Columns::of(&frame);
    let registered = by_area(lives.area, lives.sex, lives.patients);
    let mut best: Option<Registrations> = None;
    for residents in evidence.periods("resident") {
        let resident = residents_by_area(&*evidence.frame("resident", residents)?);
        let held = areas_of(evidence, within)?;
        let areas: Vec<Registration> = resident
            .iter()
            .filter(|(area, people)| held.contains_key(*area) && **people > 0.0)
            .map(|(area, people)| Registration {
                code: area.clone(),
                name: held.get(area).cloned().unwrap_or_else(|| area.clone()),
                registered: registered.get(area).copied().unwrap_or_default(),
                resident: *people,
            })
            .collect();
        let placed: f64 = areas.iter().map(|area| area.registered).sum();
        if placed > best.as_ref().map_or(0.0, |best| best.whole.registered) {
            let unplaced = unplaced(evidence, lives, within, &resident)?;
            best = Some(Registrations {
                lists,
                residents,
                by_small_area: true,
                whole: whole(&areas, within),
                areas,
                unplaced,
                redrawn: Vec::new(),
            });
        }
    }
    Ok(best)
}

fn whole(areas: &[Registration], within: &Place) -> Registration {
    Registration {
        code: within.key.clone(),
        name: within.name.clone(),
        registered: areas.iter().map(|area| area.registered).sum(),
        resident: areas.iter().map(|area| area.resident).sum(),
    }
}

fn residents_by_area(frame: &Frame) -> BTreeMap<String, f64> {
    let residents = tables::resident::Columns::of(frame);
    by_area(residents.area, residents.sex, residents.residents)
}

/// The sums of people by area. Rows for both sexes together are left out where the sexes are given apart.
fn by_area(area: &TextColumn, sex: &TextColumn, people: &[f64]) -> BTreeMap<String, f64> {
    let apart = sex.code_of("female").is_some();
    let mut sums = BTreeMap::new();
    for (row, people) in people.iter().enumerate().filter(|(_, people)| people.is_finite()) {
        let together = sex.get(row).is_none_or(|sex| sex == "all");
        if let Some(code) = area.get(row).filter(|_| !(apart && together)) {
            *sums.entry(code.to_owned()).or_insert(0.0) += people;
        }
    }
    sums
}

/// The small areas whose sub-ICB location lies in the place, with their names.
fn areas_of(
    evidence: &Evidence,
    within: &Place,
) -> Result<BTreeMap<String, String>, EvidenceError> {
    if within.is_of_councils() {
        return of_councils(evidence, within);
    }
    let mut held = BTreeMap::new();
    for period in evidence.periods("lookup") {
        let lookup = evidence.frame("lookup", period)?;
        let known = evidence.affiliations(as_at(period))?;
        let inside = |code: &str| {
            within.is_everywhere()
                || known.iter().any(|row| row.sub_icb == code && within.holds(row))
        };
        let links = tables::lookup::Columns::of(&lookup);
        let mut judged: BTreeMap<String, bool> = BTreeMap::new();
        let in_sub_icb = |row: &usize| links.parent_kind.get(*row) == Some("sub_icb");
        for row in (0..lookup.rows()).filter(in_sub_icb) {
            let of_row = (links.area.get(row), links.parent.get(row));
            let (Some(area), Some(parent)) = of_row else { continue };
            if *judged.entry(parent.to_owned()).or_insert_with(|| inside(parent)) {
                held.insert(area.to_owned(), links.area_name.get(row).unwrap_or(area).to_owned());
            }
        }
    }
    Ok(held)
}

/// The small areas of a place of councils, with their names.
fn of_councils(
    evidence: &Evidence,
    within: &Place,
) -> Result<BTreeMap<String, String>, EvidenceError> {
    let day = evidence
        .periods("registered_area")
        .last()
        .map_or(jiff::civil::Date::MAX, |period| as_at(*period));
    let areas = crate::small_areas::areas_of(evidence, within, &*evidence.affiliations(day)?)?;
    let names = crate::small_areas::names(evidence)?;
    let name = |code: &String| names.get(code).unwrap_or(code).clone();
    Ok(areas.into_iter().map(|code| (code.clone(), name(&code))).collect())
}

/// Patients of the place's practices in areas unknown or without residents.
fn unplaced(
    evidence: &Evidence,
    lives: tables::registered_area::Columns<'_>,
    within: &Place,
    resident: &BTreeMap<String, f64>,
) -> Result<f64, EvidenceError> {
    let Some(day) = evidence.periods("registered_area").last().map(|period| period.first_day())
    else {
        return Ok(0.0);
    };
    let known = evidence.affiliations(day)?;
    let inside: Vec<bool> = lives
        .practice
        .words
        .iter()
        .map(|code| within.is_everywhere() || known.of(code).is_some_and(|at| within.holds(at)))
        .collect();
    let lost = lives.patients.iter().enumerate().filter(|(row, people)| {
        let held = lives.practice.codes.get(*row).and_then(|code| inside.get(*code as usize));
        people.is_finite()
            && held.copied().unwrap_or_default()
            && lives.area.get(*row).is_none_or(|area| !resident.contains_key(area))
    });
    Ok(lost.map(|(_, people)| people).sum())
}

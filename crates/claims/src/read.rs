//! How each kind of claim is read. A method is one arm of one match; what is worked out elsewhere is asked for here.

mod ages;
mod ahead;
mod amounts;
mod arithmetic;
mod compare;
mod contracts;
mod counts;
mod ethnicity;
mod explained;
mod extreme;
mod felt;
mod figures;
mod gap;
mod largest;
mod lists;
mod method;
mod neighbourhoods;
mod networks;
mod numbers;
mod pending;
mod power;
mod practices;
mod reach;
mod registered;
mod residents;
mod spread;
mod staff;
mod time;
mod week;

pub use method::Method;

use std::collections::BTreeSet;

use evidence::Place;
use vocab::{Level, Period};

use super::Checker;
use super::lexicon::{LEXICON, Matter};
use super::mention::{Quantity, When};
use super::parse::Claim;
use super::reading::{Exhibit, Grade, Named, Reading, Shown, Verdict};
use super::said::{self, Argument, Said, words};
use indicators::definition::Definition;
use indicators::evaluate::{EvaluateError, Evaluation, Row};

/// A claim with everything that its reading needs.
pub(crate) struct Asking<'a> {
    pub checker: &'a Checker,
    pub claim: &'a Claim,
    /// Of whom the claim speaks.
    pub place: Place,
    /// The place at hand.
    pub home: Place,
}

/// What a method found; the rest of a reading is the same for all.
#[derive(Default)]
pub(crate) struct Found {
    pub verdict: Option<Verdict>,
    pub answer: Vec<Said>,
    pub figures: Vec<Shown>,
    pub exhibit: Option<Exhibit>,
    pub named: Vec<Named>,
    pub releases: Vec<String>,
    pub method: Option<String>,
    /// Steps by which the grade falls.
    pub lowered: usize,
    pub limits: Vec<String>,
    pub lacks: Vec<String>,
    /// The place whose outlook it rests on.
    pub outlook: Option<Place>,
}

/// The least share of the patients of a place whose practices have a figure for it to be one of the place (an
/// assumption).
const WHOLE: f64 = 0.95;

impl Found {
    fn without_verdict(self) -> Self {
        Self { verdict: None, ..self }
    }

    /// With the releases and the method of an evaluation; the grade falls where it covers part of the patients only.
    pub(crate) fn of(evaluation: &Evaluation) -> Self {
        let is_partial = evaluation.reference.is_part();
        Self {
            releases: evaluation.provenance.releases.clone(),
            method: Some(evaluation.provenance.method.clone()),
            lowered: usize::from(is_partial),
            limits: evaluation.reference.note().into_iter().collect(),
            ..Self::default()
        }
    }
}

/// Whether the practices behind a figure look after nearly all patients.
fn is_of_whole(row: &Row) -> bool {
    row.counted.patients_share.is_none_or(|share| share >= WHOLE)
}

/// Reads a claim for a place, unless it names another.
pub(super) fn read(
    checker: &Checker,
    claim: Claim,
    home: &Place,
) -> Result<Reading, EvaluateError> {
    let place = claim.slots.subject.clone().unwrap_or_else(|| home.clone());
    let asking = Asking { checker, claim: &claim, place: place.clone(), home: home.clone() };
    let found = match asking.found() {
        Ok(found) => asking.of_its_time(found),
        Err(EvaluateError::Evidence(error)) => return Err(error.into()),
        Err(other) => no_figures(checker, &other),
    };
    // The outlook of a place is held against no other place.
    let is_part = found.outlook.is_none() && checker.known().whole() != vocab::Whole::England;
    let found = if is_part && claim.slots.given.contains_key("whole") {
        Found {
            lacks: vec!["the same files of all of England".to_owned()],
            ..found.without_verdict()
        }
    } else {
        found
    };
    let mut found = found;
    if found.outlook.is_some() {
        found.answer.insert(0, Said::plain("By a model of the years to come, not by a count:"));
    }
    if let Some(part) = claim.slots.given.get("complement").filter(|_| found.verdict.is_some()) {
        found.answer.push(Said::new(
            "The others are those {}: what the sentence says of them is read of what is left.",
            [words(part.clone())],
        ));
    }
    let template = claim.template;
    let verdict = found.verdict.unwrap_or(Verdict::CannotTell);
    let verdict = if claim.slots.denied { verdict.denied() } else { verdict };
    let cannot_tell = verdict == Verdict::CannotTell && template.grade < Grade::C;
    let lowered = found.lowered + usize::from(is_part) + usize::from(cannot_tell);
    // Grade D is for models on stand-ins and arithmetic on stated figures: published ones do not fall below C.
    let worst = if found.outlook.is_some() { Grade::D } else { Grade::C };
    let possible = Grade::ALL.iter().filter(|grade| **grade >= template.grade && **grade <= worst);
    let grade = possible.take(lowered + 1).last().copied().unwrap_or(template.grade);
    let mut limits = found.limits;
    if is_part {
        limits.push(
            "Not every region of England is imported: all imported practices stand in its place."
                .to_owned(),
        );
    }
    limits.extend(all_staff(&asking));
    limits.extend(template.limits.iter().cloned());
    let mut lacks = found.lacks;
    if verdict == Verdict::CannotTell {
        lacks.extend(template.lacks.iter().cloned());
    }
    Ok(Reading {
        subject: place,
        whole: checker.known().whole(),
        verdict,
        answer: found.answer,
        figures: found.figures,
        exhibit: found.exhibit,
        named: found.named,
        grade,
        releases: found.releases,
        method: found.method.unwrap_or_else(|| template.anchor.clone()),
        limits,
        change: template.change.clone(),
        lacks,
        outlook: found.outlook,
        claim,
    })
}

/// What is said where a sentence calls appointments of general practice those of GPs.
fn all_staff(asking: &Asking<'_>) -> Option<String> {
    let definition = asking.definition()?;
    let of_practices = definition.numerator.table.starts_with("appointment")
        && LEXICON.matter(&definition.id) != Matter::WithGp;
    let says_gp = asking.claim.sentence.to_lowercase().contains("gp appointment");
    (of_practices && says_gp).then(|| {
        "Appointments with all staff of general practices are counted, not with GPs alone."
            .to_owned()
    })
}

/// A reading without figures: what the evidence lacks.
fn no_figures(checker: &Checker, error: &EvaluateError) -> Found {
    let name_of =
        |id: &str| checker.library().get(id).map_or(id.to_owned(), |one| one.name.clone());
    let lacks = match error {
        EvaluateError::NoPeriod { indicator, held, .. } if held.is_empty() => {
            format!("a release with figures of “{}”: none is imported", name_of(indicator))
        }
        other => other.to_string(),
    };
    Found {
        answer: vec![Said::plain(match error {
            EvaluateError::NoPeriod { held, .. } if !held.is_empty() => {
                "This cannot be worked out of the imported releases for that time."
            }
            _ => "The imported releases hold no figures for this.",
        })],
        lacks: vec![lacks],
        ..Found::default()
    }
}

impl<'a> Asking<'a> {
    /// Without its verdict where the sentence speaks of another time than the figures.
    fn of_its_time(&self, found: Found) -> Found {
        let Some(when) =
            self.claim.slots.when.filter(|_| self.claim.template.method.is_of_one_time())
        else {
            return found;
        };
        let mut periods = found.figures.iter().filter_map(|one| one.period).peekable();
        let is_then = match when {
            // A month is not the year that it lies in.
            When::In(wanted) => {
                let is_of = |period: Period| {
                    let part = matches!(period, Period::Month(_))
                        && matches!(wanted, Period::Year(_) | Period::FinancialYear(_));
                    time::overlaps(period, wanted) && !part
                };
                periods.peek().is_some() && periods.all(is_of)
            }
            _ => false,
        };
        if is_then || found.verdict.is_none() {
            return found;
        }
        let mut found = found;
        found.verdict = None;
        found.answer.push(Said::new(
            "The sentence speaks of {}; these figures are of another time, and say nothing of that.",
            [words(time::in_words(when))],
        ));
        found.lacks.push(format!("figures of {}", time::in_words(when)));
        found
    }

    fn found(&self) -> Result<Found, EvaluateError> {
        match self.claim.template.method {
            Method::Compare => compare::found(self),
            Method::Value => figures::value(self),
            Method::Extreme => extreme::found(self),
            Method::Practices => practices::found(self),
            Method::Ages => ages::found(self),
            Method::DeprivedAreas => figures::deprived_areas(self),
            Method::Variation => spread::variation(self),
            Method::Explained => explained::found(self),
            Method::MadeBy => explained::made_by(self),
            Method::Gap => gap::found(self),
            Method::Felt => felt::found(self),
            Method::Trend => time::trend(self),
            Method::Growth => lists::growth(self),
            Method::Counted => counts::counted(self),
            Method::NetworkSizes => networks::network_sizes(self),
            Method::Largest => largest::found(self),
            Method::Neighbourhoods => neighbourhoods::found(self),
            Method::Contracts => contracts::found(self),
            Method::Residents => residents::found(self),
            Method::Ethnicity => ethnicity::found(self),
            Method::NetworkRoles => staff::network_roles(self),
            Method::Closures => counts::closures(self),
            Method::Staff => staff::staff(self),
            Method::NetworkPosts => staff::network_posts(self),
            Method::Signs => Ok(staff::signs(self)),
            Method::Registered => registered::found(self),
            Method::Week => week::found(self),
            Method::Within => reach::within(self),
            Method::Traverse => reach::traverse(self),
            Method::Offers => reach::offered(self),
            Method::Leavers => Ok(arithmetic::leavers(self)),
            Method::Power => Ok(power::rise(self)),
            Method::SmallestChange => power::smallest_change(self),
            Method::Recruits => ahead::recruits(self),
            Method::Uplift => Ok(arithmetic::uplift(self)),
            Method::NotDrawn => Ok(arithmetic::not_drawn(self)),
            Method::GapToCome => Ok(ahead::gap(self)),
            Method::Triage => Ok(ahead::triage(self)),
            Method::NewGps => Ok(ahead::new_gps(self)),
            Method::Waits => Ok(ahead::waits(self)),
            Method::Rota => Ok(ahead::rota(self)),
            Method::Closing => ahead::closing(self),
            Method::Pending => Ok(pending::found(self)),
        }
    }

    /// The indicator of the claim, or of its template; the variant published for sub-ICB locations where only that
    /// one has figures.
    pub(crate) fn definition(&self) -> Option<&'a Definition> {
        let id = self.claim.slots.indicator.as_ref().or(self.claim.template.indicator.as_ref())?;
        self.definition_of(id)
    }

    /// A definition with figures, or its variant for sub-ICB locations.
    pub(crate) fn definition_of(&self, id: &str) -> Option<&'a Definition> {
        let library = self.checker.library();
        let own = library.get(id)?;
        let has_figures =
            |definition: &Definition| !definition.periods(self.checker.evidence()).is_empty();
        let published = library.get(&format!("{id}_sub_icb")).filter(|other| has_figures(other));
        match published {
            Some(published) if !has_figures(own) || !self.is_whole(own) => Some(published),
            _ => Some(own),
        }
    }

    /// Whether the latest figure of the place covers its patients, or the place is too small for published sums.
    fn is_whole(&self, definition: &'a Definition) -> bool {
        if self.place.single().is_some_and(|(level, _)| level < Level::SubIcb) {
            return true;
        }
        let Ok(period) = self.period(definition) else { return false };
        let row = self.checker.row_of(definition, period, &self.place);
        row.is_ok_and(|(_, row)| row.is_some_and(|row| row.estimate.is_some() && is_of_whole(&row)))
    }

    /// What is said where a figure covers a part of a place, which is not the place.
    pub(crate) fn part_only(&self, definition: &Definition, row: &Row) -> Option<Found> {
        let of = self.place.single().is_none_or(|(level, _)| level > Level::Practice);
        (of && !is_of_whole(row)).then(|| {
            lacking(
                Said::new(
                    "“{}” has figures of {} of the {} practices of {}, with {} of its patients: a part is not the whole.",
                    [
                        words(definition.name.clone()),
                        words(row.counted.counted.to_string()),
                        words(row.counted.of.to_string()),
                        said::name(&self.place.name),
                        said::share(row.counted.patients_share.unwrap_or(0.0)),
                    ],
                ),
                [format!("“{}” of all its practices, or the published sum", definition.name)],
            )
        })
    }

    /// The period that the claim speaks of, or the latest with figures.
    pub(crate) fn period(&self, definition: &'a Definition) -> Result<Period, EvaluateError> {
        let periods = definition.periods(self.checker.evidence());
        let missing = |period: Period| EvaluateError::NoPeriod {
            indicator: definition.id.clone(),
            table: definition.pacing_table().to_owned(),
            period,
            held: periods.clone(),
        };
        if let Some(When::In(wanted)) = self.claim.slots.when {
            let within = |period: &&Period| time::overlaps(**period, wanted);
            return periods.iter().rev().find(within).copied().ok_or_else(|| missing(wanted));
        }
        periods
            .iter()
            .rev()
            .copied()
            .find(|period| self.checker.prepared(definition, *period).is_ok())
            .ok_or_else(|| missing(Period::Day(self.checker.known().day())))
    }

    /// Whether the place is all of England.
    pub(crate) fn is_england(&self) -> bool {
        self.place.single().is_some_and(|(level, _)| level == Level::England)
    }

    /// What all practices of the evidence are called: England, where every region is there.
    pub(crate) fn whole(&self) -> &'static str {
        self.checker.known().whole().name()
    }

    /// Whether the place at hand is all of England.
    pub(crate) fn home_is_england(&self) -> bool {
        self.home.single().is_some_and(|(level, _)| level == Level::England)
    }

    /// A figure of the sentence.
    pub(crate) fn number(&self, name: &str) -> Option<Quantity> {
        self.claim.slots.numbers.get(name).copied()
    }

    /// The releases behind a table in a period.
    pub(crate) fn releases(&self, table: &str, period: Period) -> Vec<String> {
        self.checker.evidence().releases(table, period).iter().map(|one| one.id.clone()).collect()
    }

    /// The period of an indicator nearest to another.
    pub(crate) fn nearest(
        &self,
        definition: &'a Definition,
        to: Period,
    ) -> Result<Period, EvaluateError> {
        let held = definition.periods(self.checker.evidence());
        held.iter().copied().min_by_key(|period| period.distance_in_days(to)).ok_or_else(|| {
            EvaluateError::NoPeriod {
                indicator: definition.id.clone(),
                table: definition.pacing_table().to_owned(),
                period: to,
                held: Vec::new(),
            }
        })
    }

    /// The figure of the place: the evaluation of its level, its row, the indicator and period.
    pub(crate) fn figure(
        &self,
        definition: &'a Definition,
    ) -> Result<(Evaluation, Option<Row>), EvaluateError> {
        let period = self.period(definition)?;
        match self.checker.row_of(definition, period, &self.place) {
            Ok((evaluation, Some(row))) if row.estimate.is_some() => Ok((evaluation, Some(row))),
            other => match self.board() {
                Some(board) => self.checker.row_of(definition, period, &board),
                None => other,
            },
        }
    }

    /// The integrated care board that a place of sub-ICB locations is all of.
    pub(crate) fn board(&self) -> Option<Place> {
        let known = self.checker.known();
        let own: BTreeSet<&str> = self
            .place
            .members
            .iter()
            .filter(|(level, _)| *level == Level::SubIcb)
            .map(|(_, code)| code.as_str())
            .collect();
        let board = known.parent(Level::SubIcb, own.first()?, Level::Icb)?;
        let of_board = known
            .codes(Level::SubIcb)
            .into_iter()
            .filter(|code| known.parent(Level::SubIcb, code, Level::Icb) == Some(board));
        let is_whole = own.len() == self.place.members.len() && of_board.eq(own.iter().copied());
        is_whole.then(|| Place {
            key: board.to_owned(),
            name: self.place.name.clone(),
            members: vec![(Level::Icb, board.to_owned())],
        })
    }

    /// The rows of a level within the place.
    pub(crate) fn rows_within(
        &self,
        definition: &'a Definition,
        period: Period,
        level: Level,
    ) -> Result<Evaluation, EvaluateError> {
        let within = (!self.is_england()).then_some(&self.place);
        self.checker.prepared(definition, period)?.at(level, within)
    }
}

/// A reading whose comparison is withheld, and why.
pub(crate) fn withheld(why: String) -> Found {
    let lacks = "releases that cover the rest".to_owned();
    lacking(Said::new("{}", [Argument::Words(why)]), [lacks])
}

/// What a claim lacks, as a reading.
pub(crate) fn lacking(answer: Said, lacks: impl IntoIterator<Item = String>) -> Found {
    Found { answer: vec![answer], lacks: lacks.into_iter().collect(), ..Found::default() }
}

/// What is said where the place has no figure.
pub(crate) fn no_figure_of(place: &Place, definition: &Definition) -> Found {
    lacking(
        Said::new(
            "{} has no figure for “{}” in the imported releases.",
            [super::said::name(&place.name), words(definition.name.clone())],
        ),
        [format!("figures of “{}” for {}", definition.name, place.name)],
    )
}

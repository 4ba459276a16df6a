//! How each kind of claim is read. A method is one arm of one match; what is worked out elsewhere is asked for here.

mod ages;
mod ahead;
mod amounts;
mod arithmetic;
mod asking;
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
mod when;
mod window;

use evidence::Place;
use indicators::evaluate::EvaluateError;
use vocab::Period;

use super::checker::Checker;
use super::lexicon::{LEXICON, Matter};
use super::mention::When;
use super::method::Method;
use super::parse::Claim;
use super::reading::{Grade, Reading, Verdict};
use super::said::{Said, words};
use asking::{Asking, Found};

/// Reads a claim for a place, unless it names another.
pub(super) fn read(
    checker: &Checker,
    claim: Claim,
    home: &Place,
) -> Result<Reading, EvaluateError> {
    let place = claim.slots.subject.clone().unwrap_or_else(|| home.clone());
    let asking = Asking { checker, claim: &claim, place: place.clone(), home: home.clone() };
    let found = found(&asking)?;
    let template = claim.template;
    let (verdict, grade) = judged(&asking, &found);
    let limits = limits(&asking, &found);
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

/// What the figures say to a sentence, without a verdict where they are of a part of what it speaks of.
fn found(asking: &Asking<'_>) -> Result<Found, EvaluateError> {
    let mut found = match asking.found() {
        Ok(found) => asking.of_its_time(found),
        Err(EvaluateError::Evidence(error)) => return Err(error.into()),
        Err(other) => no_figures(asking.checker, &other),
    };
    let given = &asking.claim.slots.given;
    if is_part(asking, &found) && given.contains_key("whole") {
        found = Found {
            lacks: vec!["the same files of all of England".to_owned()],
            ..found.without_verdict()
        };
    }
    if found.outlook.is_some() {
        found.answer.insert(0, Said::plain("By a model of the years to come, not by a count:"));
    }
    if let Some(part) = given.get("complement").filter(|_| found.verdict.is_some()) {
        found.answer.push(Said::new(
            "The others are those {}: what the sentence says of them is read of what is left.",
            [words(part.clone())],
        ));
    }
    Ok(found)
}

/// Whether imported practices stand in for England; the outlook of a place is held against no other place.
fn is_part(asking: &Asking<'_>, found: &Found) -> bool {
    found.outlook.is_none() && asking.checker.known().whole() != vocab::Whole::England
}

/// The verdict on a sentence and its grade.
fn judged(asking: &Asking<'_>, found: &Found) -> (Verdict, Grade) {
    let template = asking.claim.template;
    let verdict = found.verdict.unwrap_or(Verdict::CannotTell);
    let verdict = if asking.claim.slots.denied { verdict.denied() } else { verdict };
    let cannot_tell = verdict == Verdict::CannotTell && template.grade < Grade::C;
    let lowered = found.lowered + usize::from(is_part(asking, found)) + usize::from(cannot_tell);
    (verdict, lower(template.grade, lowered, found.outlook.is_some()))
}

/// What a reading cannot say: of its figures, of its place and its times, of its kind.
fn limits(asking: &Asking<'_>, found: &Found) -> Vec<String> {
    let of_part =
        "Not every region of England is imported: all imported practices stand in its place.";
    let mut limits = found.limits.clone();
    limits.extend(is_part(asking, found).then(|| of_part.to_owned()));
    limits.extend(asking.place.told_apart(asking.checker.known()));
    limits.extend(two_times(asking));
    limits.extend(all_staff(asking));
    limits.extend(asking.claim.template.limits.iter().cloned());
    limits
}

/// A grade so many steps lower. Grade D is for models on stand-ins and arithmetic on stated figures: published ones do not fall
/// below C.
fn lower(grade: Grade, steps: usize, is_of_a_model: bool) -> Grade {
    let worst = if is_of_a_model { Grade::D } else { Grade::C };
    let possible = Grade::ALL.iter().filter(|one| **one >= grade && **one <= worst);
    possible.take(steps + 1).last().copied().unwrap_or(grade)
}

/// What is said where the two amounts of a figure are of times apart.
fn two_times(asking: &Asking<'_>) -> Option<String> {
    let definition = asking.definition()?;
    let period = asking.period(definition).ok()?;
    let other = asking.checker.prepared(definition, period).ok()?.of_another_time()?;
    Some(format!("{}, {}: {other}.", definition.name, period.in_words()))
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

impl Asking<'_> {
    /// Without its verdict where the sentence speaks of another time than the figures.
    fn of_its_time(&self, found: Found) -> Found {
        let Some(spoken) =
            self.claim.slots.when.filter(|_| self.claim.template.method.is_of_one_time())
        else {
            return found;
        };
        let mut periods = found.figures.iter().filter_map(|one| one.period).peekable();
        let is_then = match spoken {
            // A month is not the year that it lies in.
            When::In(wanted) => {
                let is_of = |period: Period| {
                    let part = matches!(period, Period::Month(_))
                        && matches!(wanted, Period::Year(_) | Period::FinancialYear(_));
                    when::overlaps(period, wanted) && !part
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
            [words(when::in_words(spoken))],
        ));
        found.lacks.push(format!("figures of {}", when::in_words(spoken)));
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
}

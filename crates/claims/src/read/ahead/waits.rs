//! Contacts that waiting for hospital causes.

use super::super::super::mention::Change;
use super::super::super::reading::{Exhibit, Shown};
use super::super::super::said::{Argument, Said, Unit, count, name};
use super::super::asking::{Asking, Found};
use super::basis::{last, middle_and_range, of_all, of_draws, outlook, reading};

const CONTACTS: Unit = Unit::Count("contacts");

/// `Increasing waits between referral and intervention add to GP workload`: whether those waiting take more contacts
/// than today. That waits rise is for the figures of hospitals to say.
pub(super) fn found(asking: &Asking<'_>) -> Result<Found, String> {
    let outlook = outlook(asking, &asking.place)?;
    let (Some(today), Some((years, then))) = (outlook.years.first(), last(&outlook.years)) else {
        return Ok(Found::default());
    };
    let mut found = reading(asking, &outlook, &asking.place);
    let [middle, range] = middle_and_range(today.waiting, &CONTACTS);
    let part = today.waiting_share;
    found.answer.push(Said::new(
        "In the outlook people of {} who wait for hospital cause {} a year (8 of 10 draws: {}), {} of all (8 of 10 draws: {}).",
        [
            name(&asking.place.name),
            middle,
            range,
            Argument::Figure(part.mean, Unit::Share(1)),
            Argument::Interval(part.p10, part.p90, Unit::Share(1)),
        ],
    ));
    found.answer.push(Said::new(
        "In {} they are more than today in {} of the draws. How many contacts a person who waits causes is an assumption.",
        [count(f64::from(years), "year", "years"), of_all(then.waits_more)],
    ));
    if asking.claim.slots.given.contains_key("adds") {
        found.verdict = match asking.claim.slots.change {
            Some(Change::Rising | Change::Worsening) => of_draws(then.waits_more),
            Some(Change::Falling | Change::Improving) => of_draws(1.0 - then.waits_more),
            _ => None,
        };
    }
    found.figures = vec![
        Shown::drawn("Contacts that waiting causes, today", today.waiting, CONTACTS),
        Shown::drawn(format!("The same in {years} years"), then.waiting, CONTACTS),
        Shown::drawn("Share of all contacts, today", part, Unit::Share(1)),
    ];
    found.exhibit = Some(Exhibit::Fan {
        title: "Contacts a year that waiting for hospital causes".to_owned(),
        unit: CONTACTS,
        lines: vec![("Contacts".to_owned(), outlook.years.iter().map(|one| one.waiting).collect())],
    });
    Ok(found)
}

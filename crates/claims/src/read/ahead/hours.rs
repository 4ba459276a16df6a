//! How much newly qualified GPs work, beside those in post.

use super::super::super::reading::{Bar, Exhibit, Shown, Verdict};
use super::super::super::said::{Argument, Said, Unit, name, number, words};
use super::super::asking::{Asking, Found};
use super::basis::{outlook, reading};

const OF_FULL_TIME: Unit = Unit::Number(2, "of full time");

/// `Newly qualified GPs work fewer clinical sessions`.
pub(super) fn found(asking: &Asking<'_>) -> Result<Found, String> {
    let outlook = outlook(asking, &asking.place)?;
    let mut found = reading(asking, &outlook, &asking.place);
    let new = outlook.hours.new;
    found.answer.push(Said::new(
        "In England a newly qualified GP who joins a practice works {} ({}).",
        [
            Argument::Figure(new.mean, OF_FULL_TIME),
            Argument::Interval(new.p10, new.p90, Unit::Number(2, "")),
        ],
    ));
    found.figures.push(Shown::drawn("A newly qualified GP, England", new, OF_FULL_TIME));
    if let Some(in_post) = outlook.hours.in_post {
        found.answer.push(Said::new(
            "The fully qualified GPs of {} work {} in the mean, {} that range.",
            [
                name(&asking.place.name),
                number(in_post, 2, ""),
                words(match in_post {
                    more if more > new.p90 => "above",
                    less if less < new.p10 => "below",
                    _ => "within",
                }),
            ],
        ));
        // Within the range of the new, those in post work neither more nor less.
        let is_told = !(new.p10..=new.p90).contains(&in_post);
        found.verdict = is_told.then(|| Verdict::of(in_post > new.p90));
        let label = format!("A GP in post, {}", asking.place.name);
        found.figures.push(Shown::new(label, in_post, OF_FULL_TIME));
    } else {
        found.lacks.push(
            "General Practice Workforce, practice level: hours and heads of the place’s GPs"
                .to_owned(),
        );
    }
    let intentions = asking.claim.template.parameter.values();
    found.figures.extend(intentions.map(|one| one.shown(Unit::Share(1))));
    let shown = found.figures.iter().filter(|one| one.unit == OF_FULL_TIME);
    let bars = shown.map(|one| Bar::new(one.label.clone(), one.value)).collect();
    let title = "Full-time equivalents of a GP".to_owned();
    found.exhibit = Some(Exhibit::Bars { title, unit: OF_FULL_TIME, bars });
    Ok(found)
}

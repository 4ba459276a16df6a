//! Phrases that several interventions use.

use models::change::Mode;
use vocab::codes::PracticeCode;

use crate::limits::Wanted;

/// What must be known of the salaries of recruits in the table of money.
pub(super) const SALARIES_OF_RECRUITS: &str =
    "Salaries of recruits are those of as many as are expected to come, as if none left again.";

/// A number with as many decimals as it needs, at most two.
pub(crate) fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A share as a percentage.
pub(super) fn percent(share: f64) -> String {
    format!("{}%", number(share * 100.0))
}

/// `10% fewer`.
pub(super) fn fewer(share: f64) -> String {
    format!("{} fewer", percent(share))
}

/// `5% more` or `5% fewer`.
pub(super) fn change_in_percent(share: f64) -> String {
    let side = if share < 0.0 { "fewer" } else { "more" };
    format!("{} {side}", percent(share.abs()))
}

/// `of 40 to 74`, or `of 55 and over` where nobody is as old as the end; ends before `to`.
pub(crate) fn ages(from: u32, to: u32) -> String {
    if to >= 110 { format!("of {from} and over") } else { format!("of {from} to {}", to - 1) }
}

/// `as long as before` or `1.3 times as long`.
pub(super) fn times_as_long(ratio: f64) -> String {
    let same = (ratio - 1.0).abs() < 0.005;
    if same { "as long as before".to_owned() } else { format!("{} times as long", number(ratio)) }
}

/// `12 more` or `12 fewer`.
pub(super) fn more_or_fewer(count: f64) -> String {
    let side = if count < 0.0 { "fewer" } else { "more" };
    format!("{} {side}", number(count.abs()))
}

/// What is said where the shares of the young and the old are more than everybody.
pub(super) fn more_than_everybody(under_18: f64, from_65: f64) -> Vec<String> {
    let over = under_18 + from_65 > 1.0;
    over.then(|| "`under_18` and `from_65` are more than everybody".to_owned())
        .into_iter()
        .collect()
}

/// `A, B and C`.
pub(crate) fn joined(words: &[String]) -> String {
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}

/// The codes of practices, `A, B and C`.
pub(super) fn list(practices: &[PracticeCode]) -> String {
    joined(&practices.iter().map(ToString::to_string).collect::<Vec<_>>())
}

/// `at A and B`, or `in the whole place`.
pub(super) fn near(practices: &[PracticeCode]) -> String {
    if practices.is_empty() {
        "in the whole place".to_owned()
    } else {
        format!("at {}", list(practices))
    }
}

/// How a contact takes place.
pub(super) const fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::FaceToFace => "face to face",
        Mode::Telephone => "by telephone",
        Mode::Online => "by video or in writing",
        Mode::HomeVisit => "at home",
    }
}

/// `0.8 full-time equivalents`.
fn full_time(fte: f64) -> String {
    let unit = if (fte - 1.0).abs() < f64::EPSILON { "equivalent" } else { "equivalents" };
    format!("{} full-time {unit}", number(fte))
}

/// `30 GPs join over 24 months, each working 0.9 full-time equivalents, 27 of whom are expected to come`, or as many of them as can be taken on.
pub(super) fn joining(
    wanted: &Wanted,
    (over_months, arrive): (u32, f64),
    fte: f64,
    employer: Option<PracticeCode>,
) -> String {
    let where_to = match employer {
        Some(practice) => format!(" {practice}"),
        None => " practices of the place".to_owned(),
    };
    let months =
        if over_months == 1 { "1 month".to_owned() } else { format!("{over_months} months") };
    let comes = match wanted.taken_on() {
        0 => String::new(),
        taken => format!(", {} of whom are expected to come", number(f64::from(taken) * arrive)),
    };
    format!(
        "{} join{where_to} over {months}, each working {}{comes}",
        wanted.people(),
        full_time(fte)
    )
}

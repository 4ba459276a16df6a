//! The outlook in sentences, the answer first.

use models::outlook::{Band, Found, Measure, growth};
use models::place::{Base, Clinician};
use models::standards::{Finding, PUBLISHED, findings};

use super::{figure, in_range, percent, range, year};
use kit::number::{capitalise, plain};

/// The answer, then what must be known with it.
pub(super) fn of(found: &Found) -> Vec<String> {
    let mut said = vec![lead(found)];
    said.extend(alone(&found.base));
    said.extend(stood_in(&found.base));
    said.extend(today(found));
    said.push(others(found));
    said.extend(gps(found));
    said.extend(published(found));
    said.extend(beyond_contract(found));
    said.push(in_vain(&found.base));
    said
}

/// Of a practice by itself.
fn alone(base: &Base) -> Option<String> {
    (base.practices.len() == 1).then(|| {
        "A practice by itself is in balance with itself today; beside others of its board it may have more or fewer GPs for the same need, as the table of practices there tells.".to_owned()
    })
}

/// The gap of GPs to come; what their need grows by where what they can give is not known.
fn lead(found: &Found) -> String {
    let last = found.outlook.settings.years;
    let [need, gives] = growth(&found.outlook, Clinician::Gp, last);
    let when = year(last);
    let grown = |band: Band| percent(band, 1);
    let Some(gap) = figure(&found.rows, last, Measure::GapFte(Clinician::Gp)) else {
        return format!(
            "{when}, need for GPs changes by {} beside today; what GPs here can give is not known, so there is no gap to tell.",
            grown(need)
        );
    };
    format!(
        "{when}, beside today, {}: need for them changes by {}, what they can give by {}.",
        wider(gap),
        grown(need),
        grown(gives)
    )
}

/// Decimals of full-time equivalents: one where they are few.
fn fine(band: Band) -> u8 {
    u8::from(band.p10.abs().max(band.p90.abs()) < 20.0)
}

/// So many full-time GPs.
fn full_time(gap: Band) -> String {
    let many = plain(gap.mean, fine(gap));
    let who = if many == "1" { "GP" } else { "GPs" };
    format!("{many} full-time {who}")
}

/// Which way a gap moves, and by how much.
fn wider(gap: Band) -> String {
    if plain(gap.mean.abs(), fine(gap)).parse() == Ok(0.0) {
        return format!(
            "need and what GPs can give move alike (a gap of {}{}, below nought that they can give more)",
            full_time(Band { mean: 0.0, ..gap }),
            range(gap, fine(gap))
        );
    }
    if gap.mean >= 0.0 {
        return format!(
            "need outgrows what GPs can give by the work of {} ({}{})",
            full_time(gap),
            range(gap, fine(gap)),
            if gap.p10 < 0.0 { ", below nought that they can give more" } else { "" }
        );
    }
    let gap = gap.turned();
    format!(
        "what GPs can give outgrows need by the work of {} ({}{})",
        full_time(gap),
        range(gap, fine(gap)),
        if gap.p10 < 0.0 { ", below nought that need is more" } else { "" }
    )
}

/// The GPs of today by every standard.
fn today(found: &Found) -> Option<String> {
    let lacks: Vec<String> = found
        .standing
        .against
        .iter()
        .filter_map(|one| {
            let lacks = one.lacks?;
            let (size, what) =
                if lacks.mean < 0.0 { (lacks.turned(), "more") } else { (lacks, "fewer") };
            Some(format!("{}: {} {what}", one.standard.in_words(), in_range(size, fine(size))))
        })
        .collect();
    (!lacks.is_empty()).then(|| {
        format!(
            "Today is the measure, because what was held was met. Whether today’s GPs are enough depends on the standard; full-time GPs beside each: {}.",
            lacks.join("; ")
        )
    })
}

/// Nurses and others, each in their own full-time equivalents; what need grows by where they are not published.
fn others(found: &Found) -> String {
    let last = found.outlook.settings.years;
    let of = |role: Clinician| {
        let Some(gap) = figure(&found.rows, last, Measure::GapFte(role)) else {
            let need = growth(&found.outlook, role, last)[0];
            return format!(
                "need for {} changes by {}, and what they can give is not known, because too few practices publish how many they are",
                role.in_words(),
                percent(need, 1)
            );
        };
        let (size, what) = if gap.mean < 0.0 {
            (gap.turned(), "more than need asks for")
        } else {
            (gap, "too few")
        };
        format!("{} {} {what}", in_range(size, fine(size)), role.in_words())
    };
    format!(
        "{}, beside today and in their own full-time equivalents: {}; {}. One role’s room is not set against another’s lack; what GPs spend on supervising others is taken from GPs.",
        year(last),
        of(Clinician::Nurse),
        of(Clinician::Other)
    )
}

fn gps(found: &Found) -> Option<String> {
    let last = found.outlook.settings.years;
    let [now, then] = [0, last]
        .map(|ahead| figure(&found.rows, ahead, Measure::Gps))
        .map(|band| band.unwrap_or(NOBODY));
    (now.mean.is_finite()).then(|| {
        format!(
            "Permanent fully qualified GPs (no trainees, no locums): {} full-time equivalents today, {} {}.",
            in_range(now, fine(now)),
            in_range(then, fine(now)),
            year(last).to_lowercase()
        )
    })
}

const NOBODY: Band = Band { mean: f64::NAN, p10: f64::NAN, p50: f64::NAN, p90: f64::NAN };

/// What others published, at the place's share of patients.
fn published(found: &Found) -> Option<String> {
    let share = found.standing.share;
    let [first, later, _, plan, _] = PUBLISHED;
    let (low, high) = later.range?;
    found.base.counts(Clinician::Gp).then(|| {
        let at = |england: f64| plain(england * share, u8::from(england * share < 20.0));
        format!(
            "Published shortages of England at this place’s share of its patients ({}%): REAL Centre {} in 2021/22 and {} in 2030/31 ({} to {}), Long Term Workforce Plan {} in 2036/37.",
            plain(100.0 * share, if share < 0.01 { 3 } else { 1 }),
            at(first.england),
            at(later.england),
            at(low),
            at(high),
            at(plan.england)
        )
    })
}

fn beyond_contract(found: &Found) -> Option<String> {
    let more = found.standing.beyond_contract?;
    Some(format!(
        "At {} hours a week a GP (a survey of England in 2021 found 38.0) those here do {} full-time equivalents beyond their contracts. Today’s care rests on that work; it is not added to any gap.",
        plain(found.standing.taken.hours, 1),
        in_range(more, fine(more))
    ))
}

/// What surveys found of people who asked in vain.
fn in_vain(base: &Base) -> String {
    let board = base.practices.first().map_or("", |one| one.icb.as_str());
    let is_common = base.practices.iter().all(|one| one.icb == board);
    let found = findings(if is_common { board } else { "" });
    let is_own = found.first().is_some_and(|one| !one.board.is_empty());
    let told = |one: &&Finding| {
        let (low, high) = one.interval();
        let of = |share: f64| plain(100.0 * share, 1);
        format!("{}% ({}% to {}%) {}", of(one.share), of(low), of(high), one.what)
    };
    let told: Vec<String> = found.iter().map(told).collect();
    format!(
        "No file counts what was asked for in vain. Surveys of {}: {}. {}It is not added to any gap.",
        if is_own { "this board" } else { "England" },
        told.join("; "),
        if is_own || base.is_england { "" } else { "No such figure of this place is at hand. " }
    )
}

/// Whose GPs are not counted in what is told of all: a sentence where practices publish none and other figures stand in.
#[must_use]
pub fn stood_in(base: &Base) -> Option<String> {
    let (own, all) = (base.with_own_gps().count(), base.practices.len());
    if own == all {
        return None;
    }
    let whose = match own {
        0 if all == 1 => "the practice does not publish its GPs here".to_owned(),
        0 => format!("none of the {all} practices publishes its GPs here"),
        _ => format!("{own} of the {all} practices publish their GPs here"),
    };
    Some(if base.is_england {
        format!(
            "{}: England’s published rate stands in for the others, so that all of them have as many as England has.",
            capitalise(&whose)
        )
    } else if base.counts(Clinician::Gp) {
        format!(
            "{}: the rate of the others stands in for the rest, and the range holds how far places differ.",
            capitalise(&whose)
        )
    } else {
        format!(
            "{}, fewer than serve half of the patients, so no figure of GPs in post is told; the practice level of the General Practice Workforce would tell.",
            capitalise(&whose)
        )
    })
}

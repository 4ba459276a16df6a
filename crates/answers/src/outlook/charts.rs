//! Charts of the outlook.

use models::outlook::{Found, Influence, Measure, Step, StepRow, s_curve, steps};
use models::place::Clinician;

use super::{figure, year};
use kit::answer::Exhibit;
use kit::caption::Caption;
use kit::chart::fan::{Fan, Line, Point};
use kit::chart::spans::{Kind, Span, Spans};
use kit::number::{Style, capitalise, plain};

/// Minutes in a thousand hours.
const THOUSAND_HOURS: f64 = 60_000.0;
/// Shares of draws at which the S-curve is read.
const SHARES: [f64; 11] = [0.02, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.98];
/// Assumptions shown.
const MOST: usize = 10;

/// The gap of every role by year.
pub(super) fn roles(found: &Found, caption: Caption) -> Exhibit {
    let lines: Vec<(&str, &str, Measure)> = Clinician::ALL
        .into_iter()
        .filter(|role| figure(&found.rows, 0, Measure::GapFte(*role)).is_some())
        .map(|role| (role.in_words(), role.as_str(), Measure::GapFte(role)))
        .collect();
    let style = Style::number(0, "full-time equivalents");
    let fan = drawn(found, caption, style, 1.0, &lines);
    Exhibit::chart(
        "roles",
        "What need asks for beyond what staff can give",
        "Full-time equivalents of each role by which need is more than what staff can give, beside today, when by definition they are alike; below nought staff can give more. Among others in direct patient care all roles count alike. The line is the mean of the draws; eight of ten lie in the band.",
        fan,
    )
}

/// Need for GPs and what they can give by year.
pub(super) fn need(found: &Found, caption: Caption) -> Exhibit {
    let role = Clinician::Gp;
    let all = [
        ("Need for GPs", "need", Measure::Need(role)),
        ("What GPs can give", "capacity", Measure::Capacity(role)),
    ];
    let lines = if found.base.counts(Clinician::Gp) { &all[..] } else { &all[..1] };
    let style = Style::number(0, "thousand hours a year");
    let fan = drawn(found, caption, style, THOUSAND_HOURS, lines);
    Exhibit::chart(
        "need",
        "Need for GPs and what they can give",
        "Hours of contacts and of the work that follows them, as long as contacts were and become. Contacts are those recorded, missed ones among them.",
        fan,
    )
    .detail()
}

/// Permanent fully qualified GPs by year.
pub(super) fn gps(found: &Found, caption: Caption) -> Exhibit {
    let style = Style::number(1, "full-time equivalents");
    let line = [("Permanent fully qualified GPs", "gps", Measure::Gps)];
    Exhibit::chart(
        "gps",
        "Permanent fully qualified GPs",
        "GPs join, leave and change their hours one by one, month by month. Neither trainees nor locums are among them, as in the indicators; what GPs can give counts both.",
        drawn(found, caption, style, 1.0, &line),
    )
}

/// The gap of GPs by year, of several runs.
pub(super) fn compared(runs: &[(&str, &str, &Found)], caption: Caption) -> Fan {
    let years = runs.first().map_or(0, |(_, _, found)| found.outlook.settings.years);
    let line = |(name, key, found): &(&str, &str, &Found)| Line {
        name: (*name).to_owned(),
        key: (*key).to_owned(),
        points: points(found, Measure::GapFte(Clinician::Gp), 1.0),
    };
    Fan {
        caption,
        style: Style::number(0, "full-time GPs that need lacks"),
        heading: "Year".to_owned(),
        labels: (0..=years).map(year).collect(),
        lines: runs.iter().map(line).collect(),
    }
}

fn drawn(
    found: &Found,
    caption: Caption,
    style: Style,
    per: f64,
    lines: &[(&str, &str, Measure)],
) -> Fan {
    let line = |(name, key, measure): &(&str, &str, Measure)| Line {
        name: capitalise(name),
        key: (*key).to_owned(),
        points: points(found, *measure, per),
    };
    Fan {
        caption,
        style,
        heading: "Year".to_owned(),
        labels: (0..=found.outlook.settings.years).map(year).collect(),
        lines: lines.iter().map(line).collect(),
    }
}

fn points(found: &Found, measure: Measure, per: f64) -> Vec<Option<Point>> {
    let point = |ahead: u32| {
        let band = figure(&found.rows, ahead, measure)?;
        Some(Point { middle: band.mean / per, range: Some((band.p10 / per, band.p90 / per)) })
    };
    (0..=found.outlook.settings.years).map(point).collect()
}

/// The way from today to the gap of GPs of the last year by named steps; the bars sum exactly.
pub(super) fn waterfall(found: &Found, caption: Caption) -> Exhibit {
    let last = found.outlook.settings.years;
    let is_shown = |row: &StepRow| row.year == last && row.role == Clinician::Gp;
    let rows: Vec<StepRow> = steps(&found.outlook).into_iter().filter(is_shown).collect();
    let base: f64 = rows.iter().filter(|row| row.step.is_base()).map(|row| row.fte.mean).sum();
    let whole = |name: &str, fte: f64| Span {
        name: name.to_owned(),
        from: 0.0,
        to: fte,
        label: plain(fte, 1),
        kind: Kind::Whole,
    };
    let mut spans = vec![whole("Today, in balance", if base.abs() < 5e-3 { 0.0 } else { base })];
    let mut at = base;
    for row in rows.iter().filter(|row| !row.step.is_base() && row.sum != 0) {
        let (next, more) = (at + row.fte.mean, row.fte.mean > 0.0);
        let sign = if more { "+" } else { "" };
        spans.push(Span {
            name: named(row.step),
            from: at,
            to: next,
            label: format!("{sign}{}", plain(row.fte.mean, 1)),
            kind: if more { Kind::More } else { Kind::Less },
        });
        at = next;
    }
    spans.push(whole(&year(last), at));
    let spans = Spans {
        caption,
        style: Style::number(0, "full-time GPs"),
        heading: "Step".to_owned(),
        ends: ("Gap before".to_owned(), "Gap after".to_owned()),
        spans,
    };
    Exhibit::chart(
        "steps",
        "What makes the gap of GPs",
        "Each bar is the mean over all draws of one named step; they sum exactly to the gap of the first sentence. Steps of nurses and others are what GPs spend on supervising them.",
        spans,
    )
}

fn named(step: Step) -> String {
    capitalise(step.in_words())
}

/// What the gap of GPs lies below in each share of the draws.
pub(super) fn curve(found: &Found, caption: Caption) -> Exhibit {
    let gaps = s_curve(&found.outlook, found.outlook.settings.years);
    let at = |share: f64| {
        let below = gaps.iter().find(|(_, part)| *part >= share);
        below.map(|(gap, _)| Point { middle: *gap, range: None })
    };
    let points = SHARES.map(at).into();
    let fan = Fan {
        caption,
        style: Style::number(0, "full-time GPs"),
        heading: "Share of draws".to_owned(),
        labels: SHARES.iter().map(|share| format!("{}%", plain(100.0 * share, 0))).collect(),
        lines: vec![Line { name: "Gap at most".to_owned(), key: "gap".to_owned(), points }],
    };
    Exhibit::chart(
        "curve",
        "How likely each gap of GPs is",
        "Read up from a share of the draws: in that share the gap of the last year is at most what the line shows.",
        fan,
    )
    .detail()
}

/// How far each assumption moves the gap of GPs, when it alone goes from one end of its range to the other.
pub(super) fn tornado(found: &Found, caption: Caption) -> Exhibit {
    let span = |one: &Influence| Span {
        name: one.about.trim_end_matches('.').to_owned(),
        from: one.low,
        to: one.high,
        label: format!("{} to {}", plain(one.low, 1), plain(one.high, 1)),
        kind: if one.high >= one.low { Kind::More } else { Kind::Less },
    };
    let spans = Spans {
        caption,
        style: Style::number(0, "full-time GPs"),
        heading: "Assumption".to_owned(),
        ends: ("Gap moves, at its low end".to_owned(), "Gap moves, at its high end".to_owned()),
        spans: found.influences.iter().take(MOST).map(span).collect(),
    };
    Exhibit::chart(
        "assumptions",
        "What moves the answer most",
        "The gap of GPs of the last year when one assumption alone goes from one end of its range to the other.",
        spans,
    )
}

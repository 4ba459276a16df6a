//! The outlook in words, charts and tables: a plain sentence first, the number second.

use models::outlook::{
    Band, Influence, Measure, Outlook, Residents, RiskRow, Row as Figure, Step, StepRow, risks,
    s_curve, steps,
};
use models::people::risk::RiskGroup;
use models::place::Base;
use vocab::Level;

use crate::caption::Caption;
use crate::chart::bars::{Bar, Bars};
use crate::chart::fan::{Fan, Line, Point};
use crate::chart::spans::{Kind, Span, Spans};
use crate::number::{Style, capitalise, plain};
use crate::table::{Cell, Column, Row, Table};
use crate::text::title_case;

/// Minutes in a thousand hours.
const THOUSAND_HOURS: f64 = 60_000.0;

/// Shares of draws at which the S-curve is read.
const SHARES: [f64; 11] = [0.02, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.98];

/// Assumptions shown.
const MOST: usize = 10;

/// A year of the outlook in words: `today`, `in 3 years`.
#[must_use]
pub fn year(ahead: u32) -> String {
    match ahead {
        0 => "Today".to_owned(),
        1 => "In 1 year".to_owned(),
        ahead => format!("In {ahead} years"),
    }
}

fn figure(rows: &[Figure], level: Level, ahead: u32, measure: Measure) -> Option<Band> {
    let fits =
        |row: &&Figure| row.unit.level == level && row.year == ahead && row.measure == measure;
    rows.iter().find(fits).map(|row| row.band)
}

fn in_range(band: Band, decimals: u8) -> String {
    format!(
        "{} (8 of 10 draws: {} to {})",
        plain(band.p50, decimals),
        plain(band.p10, decimals),
        plain(band.p90, decimals)
    )
}

/// The gap now and in the last year, in a sentence each.
#[must_use]
pub fn sentences(outlook: &Outlook, rows: &[Figure]) -> Vec<String> {
    let last = outlook.settings.years;
    let at = |ahead, measure| figure(rows, Level::Place, ahead, measure);
    let gap = |ahead: u32| -> Option<String> {
        let (fte, people) = (at(ahead, Measure::GapFte)?, at(ahead, Measure::PeopleWithoutCare)?);
        let lead = if fte.p50 >= 0.0 {
            "need is more than capacity by the work of"
        } else {
            "capacity is more than need by the work of"
        };
        let turned = if fte.p50 >= 0.0 { fte } else { negated(fte) };
        Some(format!(
            "{}, {lead} {} full-time GPs, the care of {} people.",
            year(ahead),
            in_range(turned, 0),
            plain(people.p50.abs(), 0)
        ))
    };
    let gps = at(0, Measure::Gps).zip(at(last, Measure::Gps)).map(|(now, then)| {
        format!(
            "Permanent fully qualified GPs (no trainees, no locums): {} full-time equivalents today, {} {}.",
            plain(now.p50, 0),
            in_range(then, 0),
            year(last).to_lowercase()
        )
    });
    [gap(0), gap(last), gps].into_iter().flatten().collect()
}

fn negated(band: Band) -> Band {
    Band { central: -band.central, p10: -band.p90, p50: -band.p50, p90: -band.p10 }
}

/// Need and capacity by year, each in its band.
#[must_use]
pub fn fan(outlook: &Outlook, rows: &[Figure], caption: Caption) -> Fan {
    let style = Style::number(0, "thousand hours a year");
    let lines = [("Need", "need", Measure::Need), ("Capacity", "capacity", Measure::Capacity)];
    drawn(outlook, rows, caption, style, THOUSAND_HOURS, &lines)
}

/// Permanent fully qualified GPs by year.
#[must_use]
pub fn gps(outlook: &Outlook, rows: &[Figure], caption: Caption) -> Fan {
    let style = Style::number(1, "full-time equivalents");
    drawn(
        outlook,
        rows,
        caption,
        style,
        1.0,
        &[("Permanent fully qualified GPs", "gps", Measure::Gps)],
    )
}

/// The gap by year in full-time GPs, of one or two runs.
#[must_use]
pub fn gaps(runs: &[(&str, &[Figure])], years: u32, caption: Caption) -> Fan {
    let keys = ["do_nothing", "scenario"];
    let line = |((name, rows), key): (&(&str, &[Figure]), &str)| Line {
        name: (*name).to_owned(),
        key: key.to_owned(),
        points: points(rows, years, Measure::GapFte, 1.0),
    };
    Fan {
        caption,
        style: Style::number(0, "full-time GPs that need lacks"),
        heading: "Year".to_owned(),
        labels: (0..=years).map(year).collect(),
        lines: runs.iter().zip(keys).map(line).collect(),
    }
}

fn drawn(
    outlook: &Outlook,
    rows: &[Figure],
    caption: Caption,
    style: Style,
    per: f64,
    lines: &[(&str, &str, Measure)],
) -> Fan {
    let years = outlook.settings.years;
    let line = |(name, key, measure): &(&str, &str, Measure)| Line {
        name: (*name).to_owned(),
        key: (*key).to_owned(),
        points: points(rows, years, *measure, per),
    };
    Fan {
        caption,
        style,
        heading: "Year".to_owned(),
        labels: (0..=years).map(year).collect(),
        lines: lines.iter().map(line).collect(),
    }
}

fn points(rows: &[Figure], years: u32, measure: Measure, per: f64) -> Vec<Option<Point>> {
    let point = |ahead: u32| {
        let band = figure(rows, Level::Place, ahead, measure)?;
        Some(Point { middle: band.p50 / per, range: Some((band.p10 / per, band.p90 / per)) })
    };
    (0..=years).map(point).collect()
}

/// The way from the gap today to that of the last year by named steps; the bars sum exactly.
#[must_use]
pub fn waterfall(outlook: &Outlook, caption: Caption) -> Spans {
    let last = outlook.settings.years;
    let rows: Vec<StepRow> = steps(outlook).into_iter().filter(|row| row.year == last).collect();
    let hours = |minutes: f64| minutes / THOUSAND_HOURS;
    let base: f64 = rows.iter().filter(|row| row.step.is_base()).map(|row| row.mean).sum();
    let whole = |name: &str, minutes: f64| Span {
        name: name.to_owned(),
        from: 0.0,
        to: hours(minutes),
        label: plain(hours(minutes), 1),
        kind: Kind::Whole,
    };
    let mut spans = vec![whole("Gap today", base)];
    let mut at = base;
    for row in rows.iter().filter(|row| !row.step.is_base() && row.sum != 0) {
        let next = at + row.mean;
        spans.push(Span {
            name: step(row.step),
            from: hours(at),
            to: hours(next),
            label: format!(
                "{}{}",
                if row.mean > 0.0 { "+" } else { "" },
                plain(hours(row.mean), 1)
            ),
            kind: if row.mean > 0.0 { Kind::More } else { Kind::Less },
        });
        at = next;
    }
    spans.push(whole(&format!("Gap {}", year(last).to_lowercase()), at));
    Spans {
        caption,
        style: Style::number(0, "thousand hours a year"),
        heading: "Step".to_owned(),
        ends: ("Gap before".to_owned(), "Gap after".to_owned()),
        spans,
    }
}

fn step(step: Step) -> String {
    capitalise(step.in_words())
}

/// What a run of the gap lies below in each share of the draws.
#[must_use]
pub fn curve(outlook: &Outlook, caption: Caption) -> Fan {
    let gaps = s_curve(outlook, outlook.settings.years);
    let at = |share: f64| {
        let below = gaps.iter().find(|(_, part)| *part >= share);
        below.map(|(gap, _)| Point { middle: gap / THOUSAND_HOURS, range: None })
    };
    let points = SHARES.map(at).into();
    Fan {
        caption,
        style: Style::number(0, "thousand hours a year"),
        heading: "Share of draws".to_owned(),
        labels: SHARES.iter().map(|share| format!("{}%", plain(100.0 * share, 0))).collect(),
        lines: vec![Line { name: "Gap at most".to_owned(), key: "gap".to_owned(), points }],
    }
}

/// How far each assumption moves the gap of the last year, when it alone goes from one end of its range to the other.
#[must_use]
pub fn tornado(influences: &[Influence], caption: Caption) -> Spans {
    let hours = |minutes: f64| minutes / THOUSAND_HOURS;
    let span = |one: &Influence| Span {
        name: one.about.trim_end_matches('.').to_owned(),
        from: hours(one.low),
        to: hours(one.high),
        label: format!("{} to {}", plain(hours(one.low), 1), plain(hours(one.high), 1)),
        kind: if one.high >= one.low { Kind::More } else { Kind::Less },
    };
    Spans {
        caption,
        style: Style::number(0, "thousand hours a year"),
        heading: "Assumption".to_owned(),
        ends: ("Gap moves, at its low end".to_owned(), "Gap moves, at its high end".to_owned()),
        spans: influences.iter().take(MOST).map(span).collect(),
    }
}

/// Need, capacity and gap of every organisation of a level, today and in the last year, the widest gap first.
#[must_use]
pub fn table(
    (outlook, base): (&Outlook, &Base),
    rows: &[Figure],
    level: Level,
    caption: Caption,
) -> Table {
    let last = outlook.settings.years;
    let mut units: Vec<&Figure> = rows
        .iter()
        .filter(|row| row.unit.level == level && row.year == last && row.measure == Measure::GapFte)
        .collect();
    units.sort_by(|a, b| b.band.p50.total_cmp(&a.band.p50).then_with(|| a.unit.cmp(&b.unit)));
    let of = |unit: &Figure, ahead: u32, measure: Measure| {
        let fits =
            |row: &&Figure| row.unit == unit.unit && row.year == ahead && row.measure == measure;
        rows.iter().find(fits).map(|row| row.band)
    };
    let hours = |band: Option<Band>| Cell::maybe(band.map(|band| band.p50 / THOUSAND_HOURS));
    let line = |unit: &&Figure| {
        let now = of(unit, 0, Measure::GapFte);
        Row::new(vec![
            Cell::text(format!("{}{}", title_case(&unit.unit.name), part_here(base, unit))),
            Cell::text(&unit.unit.code),
            hours(of(unit, last, Measure::Need)),
            hours(of(unit, last, Measure::Capacity)),
            hours(of(unit, last, Measure::Gap)),
            Cell::maybe(now.map(|band| band.p50)),
            Cell::value(unit.band.p50),
            Cell::value(unit.band.p10),
            Cell::value(unit.band.p90),
        ])
    };
    let hours_of = |heading: &str, key: &str| {
        let style = Style::number(1, "thousand hours a year");
        Column::number(&style.heading(heading), key, style)
    };
    let gps = |heading: &str, key: &str| {
        let style = Style::number(1, "full-time GPs");
        Column::number(&style.heading(heading), key, style)
    };
    Table {
        caption,
        columns: vec![
            Column::text("Name", "name"),
            Column::text("Code", "code"),
            hours_of("Need then", "need"),
            hours_of("Capacity then", "capacity"),
            hours_of("Gap then", "gap_hours"),
            gps("Gap today", "gap_today"),
            gps("Gap then", "gap"),
            gps("Gap then, 1 in 10 below", "p10"),
            gps("Gap then, 1 in 10 above", "p90"),
        ],
        rows: units.iter().map(line).collect(),
        notes: vec![format!(
            "“Then” is {}. A gap below nought is capacity to spare; in full-time GPs it is the hours of the gap over those of one GP. Each figure is the middle draw of its own, so need less capacity is not exactly the gap. A network that crosses the border of the place is shown with its practices here only.",
            year(last).to_lowercase()
        )],
    }
}

/// Whose GPs are not counted in what is told of all: a sentence where practices publish none and other figures stand in.
#[must_use]
pub fn stood_in(base: &Base) -> Option<String> {
    let (own, all) = (base.with_own_gps().count(), base.practices.len());
    let whose = match own {
        _ if own == all => return None,
        0 => format!("None of the {all} practices publishes its GPs here"),
        _ => format!("{own} of the {all} practices publish their GPs here"),
    };
    Some(format!(
        "{whose}: figures of larger areas stand in for the others, so the GPs, and the gap of today, are assumed and not counted."
    ))
}

/// How much of a network lies in the place, where that is not all of it.
fn part_here(base: &Base, unit: &Figure) -> String {
    let network = base.networks.iter().find(|one| one.code == unit.unit.code);
    let share = network.map(|one| one.share).filter(|share| *share < 0.9995);
    share.map_or_else(String::new, |share| {
        format!(" (the {} of its patients in the place)", Style::percentage(0, "").figure(share))
    })
}

/// What had to stand in where nothing is published.
#[must_use]
pub fn remarks(base: &Base) -> Vec<String> {
    base.remarks.iter().map(in_a_sentence).collect()
}

/// What had to stand in for the registers that people are made from.
#[must_use]
pub fn remarks_of(residents: &Residents) -> Vec<String> {
    residents.remarks.iter().map(in_a_sentence).collect()
}

fn in_a_sentence(what: &impl std::fmt::Display) -> String {
    capitalise(&format!("{what}."))
}

/// What had to stand in, and what of a scenario is not read.
#[must_use]
pub fn limits(base: &Base, residents: &Residents, outlook: &Outlook) -> Vec<String> {
    let unread = outlook.unread.iter().map(in_a_sentence);
    remarks(base).into_iter().chain(remarks_of(residents)).chain(unread).collect()
}

/// People by risk group in the last year beside today.
#[must_use]
pub fn risk_bars(outlook: &Outlook, caption: Caption) -> Bars {
    let [now, then] = risks_now_and_then(outlook);
    let thousand = |row: &RiskRow| Some(row.people.p50 / 1000.0);
    let bar = |(now, then): (&RiskRow, &RiskRow)| Bar {
        name: short(then.group).to_owned(),
        value: thousand(now),
        reference: thousand(then),
    };
    Bars {
        caption,
        style: Style::number(1, "thousand people"),
        name: year(0),
        reference: Some(year(outlook.settings.years)),
        heading: "Risk group".to_owned(),
        bars: now.iter().zip(&then).map(bar).collect(),
    }
}

/// People by risk group and the share of need that is theirs, today and in the last year, each with its range.
#[must_use]
pub fn risk_table(outlook: &Outlook, caption: Caption) -> Table {
    let people = |heading: &str, key: &str| Column::number(heading, key, Style::count("people"));
    let share =
        |heading: &str, key: &str| Column::number(heading, key, Style::percentage(1, "of need"));
    let line = |row: &RiskRow| {
        let bands = [row.people, row.share_of_need];
        let cells = bands.iter().flat_map(|band| [band.p50, band.p10, band.p90]).map(Cell::value);
        let words = [year(row.year), capitalise(row.group.in_words())].map(Cell::text);
        Row::new(words.into_iter().chain(cells).collect())
    };
    Table {
        caption,
        columns: vec![
            Column::text("Year", "year"),
            Column::text("Risk group", "group"),
            people("People", "people"),
            people("1 in 10 below", "people_p10"),
            people("1 in 10 above", "people_p90"),
            share("Share of need", "share_of_need"),
            share("1 in 10 below", "share_p10"),
            share("1 in 10 above", "share_p90"),
        ],
        rows: risks(outlook).iter().map(line).collect(),
        notes: vec!["The people are synthetic: made to agree with published lists and registers, nobody’s record is among them. Today they are as many in every draw.".to_owned()],
    }
}

/// In a sentence: how many people need complex care today and then, and what share of need is theirs.
#[must_use]
pub fn risk_sentence(outlook: &Outlook) -> Option<String> {
    let [now, then] = risks_now_and_then(outlook);
    let (now, then) = (now.last()?, then.last()?);
    let share = |row: &RiskRow| plain(100.0 * row.share_of_need.p50, 1);
    Some(format!(
        "{} people need complex care today, {}% of all need; {} it is {}, {}% of need.",
        plain(now.people.p50, 0),
        share(now),
        year(then.year).to_lowercase(),
        in_range(then.people, 0),
        share(then)
    ))
}

fn risks_now_and_then(outlook: &Outlook) -> [Vec<RiskRow>; 2] {
    let (now, then) = risks(outlook).into_iter().partition(|row| row.year == 0);
    [now, then]
}

/// A risk group under a bar, where there is no room for all of it.
const fn short(group: RiskGroup) -> &'static str {
    match group {
        RiskGroup::Well => "Well",
        RiskGroup::SomeConditions => "1–2 conditions",
        RiskGroup::SeveralConditions => "3 conditions",
        RiskGroup::Complex => "Complex",
    }
}

/// What a scenario changes in the last year, draw by draw, in sentences; both runs have the same settings.
#[must_use]
pub fn difference(baseline: &Outlook, scenario: &Outlook) -> Vec<String> {
    let last = baseline.settings.years;
    let pairs = baseline.draws.iter().zip(&scenario.draws);
    let of = |(one, other): (&models::outlook::Draw, &models::outlook::Draw)| {
        (other.gap(last as usize) - one.gap(last as usize)) as f64 / one.gp_minutes
    };
    let band = Band::of(&pairs.map(of).collect::<Vec<_>>());
    let (what, turned) =
        if band.p50 <= 0.0 { ("narrows", negated(band)) } else { ("widens", band) };
    if band.p10 == 0.0 && band.p90 == 0.0 {
        return vec!["It changes nothing of need or capacity.".to_owned()];
    }
    if plain(band.p50.abs(), 1) == "0.0" {
        return vec![format!(
            "{}, the gap with it is about the same as with doing nothing: in the middle draw it changes by less than the work of 0.1 full-time GPs, and eight of ten draws lie between {} and {}. Compared draw by draw; the middles of the two runs may differ by more.",
            year(last),
            plain(band.p10, 1),
            plain(band.p90, 1)
        )];
    }
    vec![format!(
        "{}, it {what} the gap by the work of {} full-time GPs against doing nothing, draw by draw; the middles of the two runs may differ by another amount.",
        year(last),
        in_range(turned, 1)
    )]
}

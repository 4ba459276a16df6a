//! Tables of the outlook.

use models::outlook::{Band, Found, Influence, Measure, Row as Figure};
use models::parameters::{Kind, Parameters};
use models::place::{Base, Basis, Clinician, Practice};
use models::population::FIRST_YEAR;
use models::standards::{Against, PUBLISHED};
use vocab::{Level, Period, StaffGroup};

use super::year;
use kit::answer::Exhibit;
use kit::caption::Caption;
use kit::number::{Style, capitalise, plain};
use kit::table::{Cell, Column, Row, Table};
use kit::text::title_case;

/// Minutes in a thousand hours.
const THOUSAND_HOURS: f64 = 60_000.0;

fn gps(heading: &str, key: &str) -> Column {
    let style = Style::number(1, "full-time GPs");
    Column::number(&style.heading(heading), key, style)
}

/// The mean of a band and its ends.
pub(super) fn cells(band: Option<Band>) -> [Cell; 3] {
    [band.map(|one| one.mean), band.map(|one| one.p10), band.map(|one| one.p90)].map(Cell::maybe)
}

/// The GPs of today beside every standard.
pub(super) fn standards(found: &Found, caption: Caption) -> Exhibit {
    let line = |one: &Against| {
        let mut row = vec![Cell::text(capitalise(&one.standard.in_words()))];
        row.extend(cells(Some(one.asked)));
        row.push(Cell::maybe(one.there.map(|band| band.mean)));
        row.extend(cells(one.lacks));
        Row::new(row)
    };
    let table = Table {
        caption,
        columns: vec![
            Column::text("Standard", "standard"),
            gps("Asked for", "asked"),
            gps("Asked for, 1 in 10 below", "asked_p10"),
            gps("Asked for, 1 in 10 above", "asked_p90"),
            gps("There", "there"),
            gps("Lacking", "lacking"),
            gps("Lacking, 1 in 10 below", "lacking_p10"),
            gps("Lacking, 1 in 10 above", "lacking_p90"),
        ],
        rows: found.standing.against.iter().map(line).collect(),
        notes: standard_notes(found),
    };
    Exhibit::table(
        "standards",
        "Are there enough GPs today?",
        "It depends on the standard, so all are told. Hours beyond contract and what was asked for in vain are in none of them.",
        table,
    )
}

fn standard_notes(found: &Found) -> Vec<String> {
    let style = Style::number(1, "");
    let need = found.standing.need;
    let month = Period::Month(found.standing.month).in_words();
    let mut notes = Vec::new();
    notes.push(if found.base.counts(Clinician::Gp) {
        let by = if found.base.lists_with_staff.is_some() {
            "by the lists printed beside them"
        } else {
            "by their growth since"
        };
        format!(
            "All figures are of {month}, when the GPs were counted, for the people whom the lists had then {by}; contacts of the last year are taken back to as many people. Below nought the place has more than the standard asks for. Fully qualified GPs with regular locums; for the care of 2018/19 permanent ones only, along the line between the needs that were published for 2021/22 and 2030/31."
        )
    } else {
        format!("What each standard asks for in {month}; how many GPs are there too few practices publish.")
    });
    let beside = (!found.base.is_england).then(|| format!(
        "By age, sex and deprivation the people of the place need {} contacts where as many of England’s mean need 100 ({} to {} in 8 of 10 draws); the first two standards take that in, the ratio of 2015 does not.",
        style.figure(100.0 * need.mean),
        style.figure(100.0 * need.p10),
        style.figure(100.0 * need.p90)
    ));
    notes.extend(beside);
    let taken = found.standing.taken;
    notes.push(format!(
        "In 2015 a GP had {} patients. The BMA calls {} contacts a day safe and names no number of days: {} days of seven and a half hours a year are an assumption. Contacts are the appointments of GPs and their part of those whose staff is not recorded; those in training count as {} of a qualified GP, an assumption too.",
        plain(taken.patients_of_2015, 0),
        plain(taken.safe_contacts, 0),
        plain(taken.days, 0),
        plain(taken.of_trainee, 2)
    ));
    notes.extend(
        found.standing.own_reason.as_ref().map(|why| format!("Your own standard, because: {why}.")),
    );
    notes
}

/// Published shortages of England at the place's share of patients.
pub(super) fn published(found: &Found, caption: Caption) -> Exhibit {
    let share = found.standing.share;
    let line = |one: &models::standards::Published| {
        let (low, high) = one.range.map_or((None, None), |(low, high)| (Some(low), Some(high)));
        let at = |england: Option<f64>| Cell::maybe(england.map(|england| england * share));
        Row::new(vec![
            Cell::text(one.what),
            Cell::value(one.england),
            at(Some(one.england)),
            at(low),
            at(high),
        ])
    };
    let table = Table {
        caption,
        columns: vec![
            Column::text("Published", "published"),
            Column::number("England, full-time GPs", "england", Style::count("full-time GPs")),
            gps("At this share", "at_share"),
            gps("Hopeful case", "hopeful"),
            gps("Gloomy case", "gloomy"),
        ],
        rows: PUBLISHED.iter().map(line).collect(),
        notes: vec![format!(
            "The place has {}% of the people registered in England. A share of England’s shortage is no shortage of the place: its need and its GPs are its own.",
            Style::number(2, "").figure(100.0 * share)
        )],
    };
    Exhibit::table("published", "What others published", "Shortages of GPs in England.", table)
        .detail()
}

/// What an output rests on.
struct Known {
    what: &'static str,
    rests_on: String,
}

/// What is fixed by published figures, what by studies and what is assumed.
pub(super) fn known(found: &Found, caption: Caption) -> Exhibit {
    let base = &found.base;
    let mut known = vec![
        Known {
            what: "People on the lists, their age and sex",
            rests_on: format!("published, {}", Period::Day(base.day).in_words()),
        },
        Known { what: "Appointments today", rests_on: by_basis(base, |one| Some(one.activity_basis)) },
        Known { what: "GPs in post today", rests_on: by_basis(base, |one| basis_of(one, StaffGroup::Gp)) },
        Known { what: "Nurses in post today", rests_on: by_basis(base, |one| basis_of(one, StaffGroup::Nurse)) },
        Known {
            what: "Others in direct patient care in post today",
            rests_on: by_basis(base, |one| basis_of(one, StaffGroup::DirectPatientCare)) + "; those of networks as their returns say",
        },
        Known {
            what: "Need of one practice beside another",
            rests_on: "England’s rates by age, sex, deprivation and registers, in part assumed; what a practice recorded counts little".to_owned(),
        },
        Known {
            what: "Growth of lists",
            rests_on: growth_of_lists(base, found.outlook.settings.years),
        },
        Known { what: "The gap to come", rests_on: by_kind(&found.influences) },
        Known {
            what: "What a lever does",
            rests_on: "trials where there are any, named beside the lever; else an assumption".to_owned(),
        },
        Known {
            what: "What was asked for in vain; hours beyond contract",
            rests_on: "surveys, mostly of England; in no gap".to_owned(),
        },
        Known {
            what: "Waits, calls, continuity, outcomes of patients",
            rests_on: "not in the outlook at all".to_owned(),
        },
    ];
    if !base.counts(Clinician::Gp) {
        known.retain(|one| one.what != "The gap to come");
    }
    let line = |one: Known| Row::new(vec![Cell::text(one.what), Cell::text(one.rests_on)]);
    let table = Table {
        caption,
        columns: vec![Column::text("What", "what"), Column::text("Rests on", "rests_on")],
        rows: known.into_iter().map(line).collect(),
        notes: vec![format!(
            "Nothing of this outlook has come true yet. England was told again from past years, each published figure from every start before it; in the range of eight draws in ten lie {}. How forecasts of appointments did is on the page of forecasts held against the past.",
            super::past::by_kind()
        )],
    };
    Exhibit::table("known", "What we can and cannot know", "What each figure rests on.", table)
}

fn basis_of(practice: &Practice, group: StaffGroup) -> Option<Basis> {
    practice.staff.iter().find(|line| line.group == group).map(|line| line.basis)
}

/// For which part of the patients a figure is published, and what stands in for the others.
fn by_basis(base: &Base, of: impl Fn(&Practice) -> Option<Basis>) -> String {
    let lists = base.list();
    let part = |basis: Basis| {
        let with = base.practices.iter().filter(|one| of(one) == Some(basis));
        let share = with.map(Practice::list).sum::<f64>() / lists;
        (share > 0.0).then(|| {
            format!("{} of patients: {}", Style::percentage(0, "").figure(share), in_words(basis))
        })
    };
    let all = [Basis::Own, Basis::Split, Basis::SubIcb, Basis::Place, Basis::England];
    all.into_iter().filter_map(part).collect::<Vec<_>>().join("; ")
}

const fn in_words(basis: Basis) -> &'static str {
    match basis {
        Basis::Own => "published for their practice",
        Basis::Split => {
            "published for their practice in one sum with those in training, split like England’s"
        }
        Basis::SubIcb => "shared down from their sub-ICB location",
        Basis::Place => "the rate of the practices of the place that publish",
        Basis::England => "England’s rate",
    }
}

/// What the growth of lists to come rests on.
fn growth_of_lists(base: &Base, years: u32) -> String {
    let percent = |share: f64| Style::number(2, "").figure(100.0 * share);
    let from = base.day.year();
    let to = from + i16::try_from(years).unwrap_or_default();
    let whose = if base.growth.authorities.is_empty() {
        "England"
    } else {
        "its local authorities, each by its patients,"
    };
    let residents = format!(
        "residents of {whose} as projected from {from} to {to} ({}% a year)",
        percent(base.growth.projected(from, to))
    );
    match (base.growth.lists, base.growth.projected_before(base)) {
        (Some(lists), Some(before)) => format!(
            "{residents}, and a part, assumed, of what its lists did otherwise before: those of its sub-ICB locations grew by {}% a year since {}, \
             their residents were projected to grow by {}% a year from {FIRST_YEAR} on",
            percent(lists.a_year),
            Period::Day(lists.since).in_words(),
            percent(before)
        ),
        _ => format!(
            "{residents}; no lists of one and a half to six years before that can be compared are at hand"
        ),
    }
}

/// Which part of what moves the gap is published, derived and assumed: squared distances between the ends of each assumption.
fn by_kind(influences: &[Influence]) -> String {
    let square = |one: &Influence| (one.high - one.low) * (one.high - one.low);
    let all: f64 = influences.iter().map(square).sum();
    let part = |kind: Kind| {
        let is = |one: &&Influence| {
            Parameters::embedded().of(one.key).is_some_and(|known| known.source.kind == kind)
        };
        let share = influences.iter().filter(is).map(square).sum::<f64>() / all;
        Style::percentage(0, "").figure(share)
    };
    if all <= 0.0 {
        return "nothing that moves it".to_owned();
    }
    format!(
        "of what moves it {} is published, {} derived from published figures and {} assumed",
        part(Kind::Published),
        part(Kind::Derived),
        part(Kind::Assumption)
    )
}

/// Every organisation of a level, the widest gap of GPs to come first; those whose GPs are not known last.
pub(super) fn units(
    found: &Found,
    level: Level,
    (id, heading): (&'static str, &str),
    caption: Caption,
) -> Exhibit {
    let last = found.outlook.settings.years;
    let gp = Clinician::Gp;
    let of = |unit: &Figure, ahead: u32, measure: Measure| {
        let fits =
            |row: &&Figure| row.year == ahead && row.measure == measure && row.unit == unit.unit;
        found.rows.iter().find(fits).map(|row| row.band)
    };
    let is_unit = |row: &&Figure| {
        row.unit.level == level && row.year == last && row.measure == Measure::Need(gp)
    };
    let mut units: Vec<(&Figure, Option<Band>)> = found
        .rows
        .iter()
        .filter(is_unit)
        .map(|unit| (unit, of(unit, last, Measure::GapFte(gp))))
        .collect();
    let width = |gap: Option<Band>| gap.map_or(f64::NEG_INFINITY, |band| band.mean);
    units.sort_by(|a, b| width(b.1).total_cmp(&width(a.1)).then_with(|| a.0.unit.cmp(&b.0.unit)));
    let line = |(unit, gap): &(&Figure, Option<Band>)| {
        let hours = of(unit, last, Measure::Need(gp)).map(|band| band.mean / THOUSAND_HOURS);
        let mean = |measure| Cell::maybe(of(unit, last, measure).map(|band| band.mean));
        let mut row = vec![
            Cell::text(format!("{}{}", title_case(&unit.unit.name), part_here(&found.base, unit))),
            Cell::text(&unit.unit.code),
            Cell::maybe(hours),
            Cell::maybe(of(unit, 0, Measure::GapFte(gp)).map(|band| band.mean)),
        ];
        row.extend(cells(*gap));
        row.push(mean(Measure::GapFte(Clinician::Nurse)));
        row.push(mean(Measure::GapFte(Clinician::Other)));
        Row::new(row)
    };
    let table = Table {
        caption,
        columns: unit_columns(),
        rows: units.iter().map(line).collect(),
        notes: vec![format!(
            "“Then” is {}. The place is in balance today, its practices are not: a gap above nought is fewer GPs than others of the place have for the same need, below nought more. Need is told from who the patients are, hardly from what the practice recorded. No gap of GPs where less than half of the patients have a practice that publishes its GPs. A network that crosses the border of the place is shown with its practices here only.",
            year(last).to_lowercase()
        )],
    };
    Exhibit::table(
        id,
        heading,
        "Widest gap of GPs first. A single practice is far less certain than the place.",
        table,
    )
    .detail()
}

fn unit_columns() -> Vec<Column> {
    let hours = Style::number(1, "thousand hours a year");
    let need = Column::number(&hours.heading("Need for GPs then"), "need_thousand_hours", hours);
    let staff = |heading: &str, key: &str| {
        let style = Style::number(1, "full-time equivalents");
        Column::number(&style.heading(heading), key, style)
    };
    vec![
        Column::text("Name", "name"),
        Column::text("Code", "code"),
        need,
        gps("Gap today", "gap_today_fte"),
        gps("Gap then", "gap_fte"),
        gps("Gap then, 1 in 10 below", "gap_fte_p10"),
        gps("Gap then, 1 in 10 above", "gap_fte_p90"),
        staff("Nurses too few then", "gap_of_nurses_fte"),
        staff("Others too few then", "gap_of_others_fte"),
    ]
}

/// How much of a network lies in the place, where that is not all of it.
fn part_here(base: &Base, unit: &Figure) -> String {
    let network = base.networks.iter().find(|one| one.code == unit.unit.code);
    let share = network.map(|one| one.share).filter(|share| *share < 0.9995);
    share.map_or_else(String::new, |share| {
        format!(" (the {} of its patients in the place)", Style::percentage(0, "").figure(share))
    })
}

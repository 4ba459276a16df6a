//! Who works here: staff of practices and networks, what each practice could carry, and where the figures come from.

use std::collections::BTreeMap;

use axum::response::Response;
use evidence::Place;
use models::place::{Base, Basis, Practice};
use present::number::{counted, plain};
use present::text::title_case;
use present::{Cell, Column, Row, Style, Table, outlook as shown};
use vocab::StaffGroup;

use super::question::Answer;
use super::{caption, need};
use crate::edits::Edits;
use crate::exhibit::Exhibit;
use crate::failure::Failure;
use crate::layout::Section;
use crate::links;
use crate::query::Choices;
use crate::state::AppState;

/// The kind of line that counts trainees.
const REGISTRAR: &str = "registrar";

/// The age from which GPs are near retirement.
const NEAR_RETIREMENT: u8 = 55;

/// The page.
pub(crate) fn page(state: &AppState, key: &str, choices: &Choices) -> Result<Response, Failure> {
    let place = state.place(key)?;
    let base = need::base(state, &place, &Edits::of(choices)?.parameters()?)?;
    let exhibits = exhibits_of(state, &place, &base);
    let mut limits = vec![
        "Who is ill for long is not published for practices.".to_owned(),
        "The risk that a practice lacks both staff and access is for the place itself and not on this site: `catchment resilience` works it out.".to_owned(),
    ];
    limits.extend(shown::remarks(&base));
    Answer {
        place: &place,
        section: Section::Outlook,
        title: "Who works in",
        word: "workforce",
        question: "Who works here?",
        lead: lead(&base),
        sentences: sentences(&base),
        working: None,
        exhibits,
        limits,
        method: "workforce",
    }
    .page(state, choices)
}

/// The exhibits of the page.
pub(crate) fn exhibits(
    state: &AppState,
    key: &str,
    choices: &Choices,
) -> Result<Vec<Exhibit>, Failure> {
    let place = state.place(key)?;
    let base = need::base(state, &place, &Edits::of(choices)?.parameters()?)?;
    Ok(exhibits_of(state, &place, &base))
}

/// Fully qualified GPs: people and full-time equivalents.
fn qualified(practice: &Practice) -> (f64, f64) {
    let lines = practice.staff.iter();
    let gps = lines.filter(|line| line.group == StaffGroup::Gp && line.kind != REGISTRAR);
    gps.fold((0.0, 0.0), |sum, line| (sum.0 + line.heads, sum.1 + line.fte))
}

/// Where the figures of a practice's GPs come from.
fn basis(practice: &Practice) -> Option<Basis> {
    let gps = practice.staff.iter().filter(|line| line.group == StaffGroup::Gp);
    gps.map(|line| line.basis).max()
}

fn lead(base: &Base) -> String {
    let (mut heads, mut fte) = (0.0, 0.0);
    for (people, hours) in base.practices.iter().map(qualified) {
        heads += people;
        fte += hours;
    }
    format!(
        "{} with {} patients {} {} fully qualified GPs, who work as much as {} full-time: {} patients for each.",
        counted(base.practices.len(), "practice", "practices"),
        plain(base.list(), 0),
        if shown::stood_in(base).is_none() { "have" } else { "are reckoned to have" },
        plain(heads, 0),
        plain(fte, 0),
        plain(base.list() / fte, 0),
    )
}

fn sentences(base: &Base) -> Vec<String> {
    let known: Vec<&Practice> = base.with_own_gps().collect();
    if known.is_empty() {
        let nothing = "Nothing can be said of a single practice.".to_owned();
        return shown::stood_in(base).into_iter().chain([nothing]).collect();
    }
    let alone = known.iter().filter(|practice| qualified(practice).0 < 1.5).count();
    let mut sentences: Vec<String> = shown::stood_in(base).into_iter().collect();
    sentences.push(format!(
        "Of {} whose own GPs are published, {} one qualified GP or none: if that GP is away, nobody is there.",
        counted(known.len(), "practice", "practices"),
        counted(alone, "has", "have"),
    ));
    let older: Vec<f64> = base.practices.iter().filter_map(share_near_retirement).collect();
    if !older.is_empty() {
        sentences.push(format!(
            "Of {} whose GPs’ ages are published, {} half of them or more at 55 and over.",
            counted(older.len(), "practice", "practices"),
            counted(older.iter().filter(|share| **share >= 0.5).count(), "has", "have"),
        ));
    }
    sentences
}

/// Share of the GPs of a practice who are 55 and over; nothing where their ages are not published.
fn share_near_retirement(practice: &Practice) -> Option<f64> {
    let heads = |from: u8| -> f64 {
        let of_age = practice.gps_by_age.iter().filter(|one| one.from_age >= from);
        of_age.map(|one| one.heads).sum()
    };
    (!practice.gps_by_age.is_empty()).then(|| heads(NEAR_RETIREMENT) / heads(0))
}

fn exhibits_of(state: &AppState, place: &Place, base: &Base) -> Vec<Exhibit> {
    let title = format!("Staff of practices in {}", place.name);
    let caption_of = |id: &str, title: &str| caption(state, id, title, &["staff", "list_size"]);
    let fte = |heading: &str, key: &str| {
        Column::number(heading, key, Style::number(1, "full-time equivalents"))
    };
    let mut practices: Vec<&Practice> = base.practices.iter().collect();
    let load = |practice: &Practice| practice.list() / qualified(practice).1;
    practices.sort_by(|a, b| load(b).total_cmp(&load(a)).then_with(|| a.code.cmp(&b.code)));
    let row = |practice: &&Practice| {
        let (heads, gps) = qualified(practice);
        let load = load(practice);
        Row::new(vec![
            Cell::link(
                title_case(&practice.name),
                links::page(vocab::Level::Practice, &practice.code).unwrap_or_default(),
            ),
            Cell::text(&practice.code),
            Cell::value(practice.list()),
            Cell::value(heads),
            Cell::value(gps),
            Cell::maybe(load.is_finite().then_some(load)),
            Cell::value(practice.fte(StaffGroup::Nurse)),
            Cell::value(practice.fte(StaffGroup::DirectPatientCare)),
            Cell::maybe(share_near_retirement(practice)),
            Cell::text(basis(practice).map_or("nothing", Basis::as_str)),
        ])
    };
    let table = Table {
        caption: caption_of("staff", &title),
        columns: vec![
            Column::text("Practice", "practice"),
            Column::text("Code", "code"),
            Column::number("Patients", "patients", Style::count("patients")),
            Column::number("Qualified GPs", "gps", Style::number(1, "people")),
            fte("Qualified GPs, full time", "gp_fte"),
            Column::number("Patients per full-time GP", "patients_per_gp", Style::count("patients")),
            fte("Nurses, full time", "nurse_fte"),
            fte("Others in patient care, full time", "others_fte"),
            Column::number("GPs of 55 and over", "gps_55_and_over", Style::percentage(0, "of GPs")),
            Column::text("GPs published for", "basis"),
        ],
        rows: practices.iter().map(row).collect(),
        notes: vec!["“GPs published for”: the practice itself, or the larger area whose figure stands in, shared by list.".to_owned()],
    };
    let reading = "Most patients for each full-time GP first.";
    let mut exhibits = vec![Exhibit::table("staff", "Practice by practice", reading, table, None)];
    let mut roles: BTreeMap<&str, f64> = BTreeMap::new();
    for network in &base.networks {
        for line in &network.staff {
            *roles.entry(line.kind).or_default() += line.fte * network.share;
        }
    }
    if !roles.is_empty() {
        let rows = roles.iter().map(|(role, sum)| {
            Row::new(vec![Cell::text(role.replace('_', " ")), Cell::value(*sum)])
        });
        let title = format!("Staff of networks in {}", place.name);
        let table = Table {
            caption: caption(state, "networks", &title, &["staff"]),
            columns: vec![Column::text("Role", "role"), fte("Full-time equivalents", "fte")],
            rows: rows.collect(),
            notes: Vec::new(),
        };
        let reading = "People whom networks employ themselves, most of them paid through the additional roles.";
        exhibits.push(Exhibit::table("networks", "Networks’ own staff", reading, table, None));
    }
    exhibits
}

//! Who works here: staff of practices and networks, what each practice could carry, and where the figures come from.

use std::collections::BTreeMap;
use std::iter;

use evidence::{Belonging, Place};
use indicators::Row as Figure;
use kit::number::{capitalise, counted, plain, some};
use kit::text::title_case;
use kit::{Answer, Cell, Column, Exhibit, Row, Style, Table};
use models::place::{Base, Basis, Clinician, NEAR_RETIREMENT, Network, Practice};
use vocab::{Level, Period, StaffGroup};

use crate::context::Context;
use crate::edits::{self, Edits};
use crate::origin::caption;
use crate::question::{Asked, Question, Theme};
use crate::refusal::Refusal;
use crate::{address, outlook as shown};

/// Patients for each permanent fully qualified GP, as the indicator has them.
const LOAD: &str = "patients_per_gp";

/// What the indicator says of the place and of its practices.
#[derive(Default)]
struct Load {
    period: Option<Period>,
    place: Option<f64>,
    practices: BTreeMap<String, f64>,
}

impl Load {
    fn of(context: &Context, place: &Place) -> Self {
        let Ok(definition) = context.definition(LOAD) else { return Self::default() };
        let Ok(period) = context.latest(definition) else { return Self::default() };
        // A figure of fewer than half of the practices is none of the place.
        let stands = |row: &Figure| row.counted.counted * 2 > row.counted.of;
        let figure = context.figure_in(definition, place, period).filter(|(_, row)| stands(row));
        let figure = figure.and_then(|(_, row)| row.value());
        let rows = context.evaluate(definition, period, Level::Practice, Some(place));
        let rows = rows.map(|evaluation| evaluation.rows).unwrap_or_default();
        let practices =
            rows.iter().filter_map(|row| Some((row.organisation.code.clone(), row.value()?)));
        Self { period: Some(period), place: figure, practices: practices.collect() }
    }

    /// The figure of the place in a sentence; nothing where there is none.
    fn sentence(&self) -> Option<String> {
        let (period, patients) = (self.period?, self.place?);
        Some(format!(
            "For each full-time equivalent {} patients were registered in {}, by the lists of the workforce publication.",
            plain(patients, 0),
            period.in_words()
        ))
    }
}

/// Who works here.
pub const QUESTION: Question = Question {
    word: "workforce",
    asks: "Who works here?",
    title: "Who works in",
    theme: Theme::Outlook,
    counts: Belonging::Stand,
    on_site: true,
    choices: &[edits::CHOICE],
    answer,
};

fn answer(asked: &Asked<'_>) -> Result<Answer, Refusal> {
    let Asked { context, place, choices } = *asked;
    let base = context.base(place, &Edits::of(choices)?.parameters()?)?;
    let load = Load::of(context, place);
    let mut limits = vec![
        "Who is ill for long is not published for practices.".to_owned(),
        "The risk that a practice lacks both staff and access is for the place itself and not on this site: `catchment resilience` works it out.".to_owned(),
    ];
    limits.extend(shown::remarks(&base));
    Ok(Answer {
        lead: lead(&base),
        sentences: load.sentence().into_iter().chain(sentences(&base)).collect(),
        exhibits: exhibits(context, place, &base, &load),
        limits,
        method: "workforce",
        ..Answer::default()
    })
}

/// Where the figures of a practice's GPs come from.
fn basis(practice: &Practice) -> Option<Basis> {
    let gps = practice.staff.iter().filter(|line| line.group == StaffGroup::Gp);
    gps.map(|line| line.basis).max()
}

fn lead(base: &Base) -> String {
    let (mut heads, mut fte) = (0.0, 0.0);
    for (people, hours) in base.practices.iter().map(Practice::permanent_gps) {
        heads += people;
        fte += hours;
    }
    let dates = dates(base);
    let practices = counted(base.practices.len(), "practice", "practices");
    let patients = plain(base.list(), 0);
    if let Some(why) = not_told(base) {
        return format!("{} with {patients} patients. {why} ({dates}).", capitalise(&practices));
    }
    let alone = base.practices.len() == 1;
    let is_reckoned = shown::stood_in(base).is_some()
        || alone && base.practices.iter().any(|one| basis(one) != Some(Basis::Own));
    let have = match (is_reckoned, alone) {
        (false, true) => "has",
        (false, false) => "have",
        (true, true) => "is reckoned to have",
        (true, false) => "are reckoned to have",
    };
    if fte <= 0.0 {
        return format!(
            "{} with {patients} patients {have} no permanent fully qualified GP, {dates}.",
            capitalise(&practices)
        );
    }
    // People are whole unless a larger area's figure stands in.
    let whole = (heads - heads.round()).abs() < 0.05;
    let people = if whole {
        counted(
            heads.round() as usize,
            "permanent fully qualified GP",
            "permanent fully qualified GPs",
        )
    } else {
        format!("{} permanent fully qualified GPs", plain(heads, 1))
    };
    format!(
        "{} with {patients} patients {have} {people}, in full-time equivalents {} ({dates}). Trainees and locums are not among them, as in the indicators.",
        capitalise(&practices),
        plain(fte, 1),
    )
}

/// Of which days lists and staff are.
fn dates(base: &Base) -> String {
    let lists = format!("lists of {}", Period::Day(base.day).in_words());
    match base.staff_periods {
        None => format!("{lists}, no staff of practices published"),
        Some((first, last)) if first == last => format!("{lists}, staff of {}", last.in_words()),
        Some((first, last)) => {
            format!("{lists}, staff of {} to {}", first.in_words(), last.in_words())
        }
    }
}

/// Why nothing is told of all GPs, where too few practices publish theirs.
fn not_told(base: &Base) -> Option<String> {
    let is_told = base.is_england || base.counts(Clinician::Gp);
    shown::stood_in(base).filter(|_| !is_told).map(|why| why.trim_end_matches('.').to_owned())
}

fn sentences(base: &Base) -> Vec<String> {
    let known: Vec<&Practice> = base.with_own_gps().collect();
    let stood_in = || shown::stood_in(base).filter(|_| not_told(base).is_none());
    if known.is_empty() {
        let nothing = "Nothing can be said of a single practice.".to_owned();
        return stood_in().into_iter().chain([nothing]).collect();
    }
    let mut sentences: Vec<String> = stood_in().into_iter().collect();
    let counts: Vec<&&Practice> = known.iter().filter(|one| one.counts_its_gps()).collect();
    let alone = counts.iter().filter(|practice| practice.has_no_more_gps_than(1)).count();
    sentences.push(match counts.len() {
        0 => "How many GPs a practice has is not told here: their hours are published in one sum, without people.".to_owned(),
        of => format!(
            "Of {} whose own GPs are published, {} one permanent qualified GP or none: if that GP is away, nobody is there.",
            counted(of, "practice", "practices"),
            some(alone, "has", "have"),
        ),
    });
    let older: Vec<f64> =
        base.practices.iter().filter_map(Practice::share_near_retirement).collect();
    if !older.is_empty() {
        sentences.push(format!(
            "Of {} whose GPs’ ages are published, {} half of the hours of fully qualified GPs or more with those of {NEAR_RETIREMENT} and over.",
            counted(older.len(), "practice", "practices"),
            some(older.iter().filter(|share| **share >= 0.5).count(), "has", "have"),
        ));
    }
    sentences
}

fn exhibits(context: &Context, place: &Place, base: &Base, load: &Load) -> Vec<Exhibit> {
    let title = format!("Staff of practices in {}", place.name);
    let caption_of = |id: &str, title: &str| caption(context, id, title, &["staff", "list_size"]);
    let mut practices: Vec<&Practice> = base.practices.iter().collect();
    let load_of = |practice: &Practice| load.practices.get(&practice.code).copied();
    let order = |practice: &Practice| load_of(practice).unwrap_or(f64::NEG_INFINITY);
    practices.sort_by(|a, b| order(b).total_cmp(&order(a)).then_with(|| a.code.cmp(&b.code)));
    let row = |practice: &&Practice| {
        let (heads, gps) = practice.permanent_gps();
        Row::new(vec![
            Cell::link(
                title_case(&practice.name),
                address::page(vocab::Level::Practice, &practice.code),
            ),
            Cell::text(&practice.code),
            Cell::value(practice.list()),
            Cell::value(heads),
            Cell::value(gps),
            Cell::maybe(load_of(practice)),
            Cell::value(practice.fte(StaffGroup::Nurse)),
            Cell::value(practice.fte(StaffGroup::DirectPatientCare)),
            Cell::maybe(practice.share_near_retirement()),
            Cell::text(basis(practice).map_or("nothing", Basis::as_str)),
        ])
    };
    let table = Table {
        caption: caption_of("staff", &title),
        columns: vec![
            Column::text("Practice", "practice"),
            Column::text("Code", "code"),
            Column::number("Patients", "patients", Style::count("patients")),
            Column::number("Permanent qualified GPs", "gps", Style::number(1, "people")),
            fte_column("Permanent qualified GPs, full time", "gp_fte"),
            Column::number("Patients per full-time GP", "patients_per_gp", Style::count("patients")),
            fte_column("Nurses, full time", "nurse_fte"),
            fte_column("Others in patient care, full time", "others_fte"),
            Column::number(
                &format!("Hours with GPs of {NEAR_RETIREMENT} and over"),
                "hours_of_55_and_over",
                Style::percentage(0, "of hours of qualified GPs"),
            ),
            Column::text("GPs published for", "basis"),
        ],
        rows: practices.iter().map(row).collect(),
        notes: vec![format!("Permanent qualified GPs are neither in training nor locums. {}.", capitalise(&dates(base))), "“GPs published for”: the practice itself, or the larger area whose figure stands in, shared by list.".to_owned(), "Hours with GPs near retirement are full-time equivalents, of all fully qualified GPs with regular locums: which of them are permanent is not told by age.".to_owned(), "Patients per full-time GP are the figure of the indicator, by the lists of the workforce publication.".to_owned()],
    };
    let reading = "Most patients for each full-time GP first; those without a figure last.";
    let staff = Exhibit::table("staff", "Practice by practice", reading, table);
    iter::once(staff).chain(networks(context, place, base)).collect()
}

/// The staff that networks employ themselves; nothing where there are none.
fn networks(context: &Context, place: &Place, base: &Base) -> Option<Exhibit> {
    let mut roles: BTreeMap<&str, f64> = BTreeMap::new();
    for network in &base.networks {
        for line in &network.staff {
            *roles.entry(line.kind).or_default() += line.fte * network.share;
        }
    }
    if roles.is_empty() {
        return None;
    }
    let rows = roles
        .iter()
        .map(|(role, sum)| Row::new(vec![Cell::text(role.replace('_', " ")), Cell::value(*sum)]));
    let title = format!("Staff of networks in {}", place.name);
    let table = Table {
        caption: caption(context, "networks", &title, &["staff"]),
        columns: vec![Column::text("Role", "role"), fte_column("Full-time equivalents", "fte")],
        rows: rows.collect(),
        notes: Vec::new(),
    };
    let returned =
        |network: &&Network| network.staff.iter().all(|line| line.basis != Basis::England);
    let without = base.networks.iter().filter(|network| !returned(network)).count();
    let stands_in = if without == 0 {
        String::new()
    } else {
        format!(
            " {} no return: England’s rate for their patients stands in, as other direct patient care.",
            capitalise(&counted(without, "network has", "networks have"))
        )
    };
    let reading = format!(
        "People whom networks employ themselves, most of them paid through the additional roles.{stands_in}"
    );
    Some(Exhibit::table("networks", "Networks’ own staff", reading, table))
}

fn fte_column(heading: &str, key: &str) -> Column {
    Column::number(heading, key, Style::number(1, "full-time equivalents"))
}

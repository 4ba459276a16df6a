//! Appointments of the base year: how many, by whom and how.

use std::collections::BTreeMap;

use evidence::{Evidence, EvidenceError, Frame, tables};
use indicators::recording::{RecordingVerdict, recording};
use stats::forecast::pattern;
use vocab::{Level, Month, Period, StaffGroup};

use super::{Base, BaseError, Basis, Remark, named};
use crate::parameters::{Key, Values};

/// Who sees the patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clinician {
    /// GPs.
    Gp,
    /// Nurses.
    Nurse,
    /// Others in direct patient care.
    Other,
}

impl Clinician {
    /// All, in the order of every figure by role.
    pub const ALL: [Self; ROLES] = [Self::Gp, Self::Nurse, Self::Other];

    /// The role that a group of staff serves; nothing for those without patients.
    #[must_use]
    pub const fn of(group: StaffGroup) -> Option<Self> {
        match group {
            StaffGroup::Gp => Some(Self::Gp),
            StaffGroup::Nurse => Some(Self::Nurse),
            StaffGroup::DirectPatientCare => Some(Self::Other),
            StaffGroup::Admin => None,
        }
    }

    /// The word of tables and JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Gp => "gps",
            Self::Nurse => "nurses",
            Self::Other => "others",
        }
    }

    /// Who they are, in a sentence.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Gp => "GPs",
            Self::Nurse => "nurses",
            Self::Other => "others in direct patient care",
        }
    }
}

/// Kinds of people who see patients: GPs, nurses, others in direct patient care.
pub const ROLES: usize = 3;
/// How: face to face, by telephone, by video or online, at home.
pub const MODES: usize = 4;

/// Words of the modes in the tables.
const MODE_WORDS: [&str; MODES] = ["face_to_face", "telephone", "video_or_online", "home_visit"];
/// Months of the base year.
const YEAR: usize = 12;

/// Appointments of a year by role and mode.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Activity(pub [[f64; MODES]; ROLES]);

impl Activity {
    /// All appointments.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.0.iter().flatten().sum()
    }

    fn scaled(&self, to: f64) -> Self {
        let sum = self.total();
        self.times(if sum > 0.0 { to / sum } else { 0.0 })
    }

    /// So many times as many.
    #[must_use]
    pub fn times(&self, factor: f64) -> Self {
        Self(self.0.map(|role| role.map(|count| count * factor)))
    }

    /// These and others.
    #[must_use]
    pub fn with(&self, others: &Self) -> Self {
        let mut sum = *self;
        for (mine, theirs) in sum.0.iter_mut().flatten().zip(others.0.iter().flatten()) {
            *mine += theirs;
        }
        sum
    }
}

/// Appointments by staff as published (GP, others) and mode; those of unknown staff or mode are shared in proportion.
type Published = [[f64; MODES]; 2];

/// Adds the appointments of the base year to every practice.
pub(super) fn add(
    evidence: &Evidence,
    base: &mut Base,
    values: &Values,
    remarks: &mut Vec<Remark>,
) -> Result<(), BaseError> {
    let areas = areas(evidence)?;
    if let (Some(first), Some(last)) = (areas.months.first(), areas.months.last()) {
        base.year = Some((*first, *last));
    }
    months(evidence, base)?;
    let own = own(evidence, base, &areas, remarks)?;
    let split = split_of(values);
    let rate = values.get(Key::AppointmentsPerPerson);
    let sub_icb_lists = lists_of_sub_icbs(evidence, base)?;
    for practice in &mut base.practices {
        let nurses = areas.nurse_share.get(&practice.sub_icb).copied().unwrap_or(split.nurse_share);
        let shape = own.get(&practice.code).map(|own| own.shape);
        let shape = shape.or_else(|| areas.shape.get(&practice.sub_icb).copied());
        let activity = with_roles(&shape.unwrap_or(split.shape), nurses);
        let of_area = areas
            .totals
            .get(&practice.sub_icb)
            .zip(sub_icb_lists.get(&practice.sub_icb))
            .map(|(total, list)| total / list * practice.list());
        let (total, basis) = match (own.get(&practice.code), of_area) {
            (Some(own), _) => (own.total, Basis::Own),
            (None, Some(total)) => (total, Basis::SubIcb),
            (None, None) => (rate * practice.list(), Basis::England),
        };
        practice.activity = activity.scaled(total);
        practice.activity_basis = basis;
    }
    say_what_stands_in(base, remarks);
    judge_recording(evidence, base, remarks)?;
    Ok(())
}

fn say_what_stands_in(base: &Base, remarks: &mut Vec<Remark>) {
    for (basis, instead) in [
        (Basis::SubIcb, "they have the appointments per patient of their sub-ICB location"),
        (Basis::England, "they have England's appointments per patient"),
    ] {
        let of = base.practices.iter().filter(|one| one.activity_basis == basis);
        if let Some(which) = named(of.map(|one| one.code.as_str()), base.practices.len()) {
            remarks.push(Remark {
                what: format!("{which} have no published appointments"),
                instead: instead.to_owned(),
            });
        }
    }
}

/// What is known of sub-ICB locations over the latest twelve months.
#[derive(Default)]
struct Areas {
    months: Vec<Month>,
    by_month: BTreeMap<String, Vec<f64>>,
    totals: BTreeMap<String, f64>,
    nurse_share: BTreeMap<String, f64>,
    shape: BTreeMap<String, Published>,
}

fn areas(evidence: &Evidence) -> Result<Areas, EvidenceError> {
    let mut areas = Areas::default();
    let daily = last_year(evidence, "appointment_day");
    let monthly = last_year(evidence, "appointment_sub_icb");
    let (table, months) = if daily.len() >= monthly.len() {
        ("appointment_day", daily)
    } else {
        ("appointment_sub_icb", monthly.clone())
    };
    if months.len() < YEAR {
        return Ok(areas);
    }
    let mut nurses: BTreeMap<String, [f64; 2]> = BTreeMap::new();
    for (at, month) in months.iter().enumerate() {
        let frame = evidence.frame(table, Period::Month(*month))?;
        each(&frame, "sub_icb", |row, code, count| {
            let of = areas.by_month.entry(code.to_owned()).or_insert_with(|| vec![0.0; YEAR]);
            of[at] += count;
            let role = frame.text("role").and_then(|roles| roles.get(row));
            let other = matches!(role, Some("Nurses" | "Other Direct Patient Care"));
            if other {
                nurses.entry(code.to_owned()).or_default()[usize::from(role == Some("Nurses"))] +=
                    count;
            }
        });
    }
    areas.by_month.retain(|_, counts| counts.iter().all(|count| *count > 0.0));
    areas.totals =
        areas.by_month.iter().map(|(code, counts)| (code.clone(), counts.iter().sum())).collect();
    areas.nurse_share =
        nurses.into_iter().map(|(code, [other, nurse])| (code, nurse / (nurse + other))).collect();
    for month in &monthly {
        let frame = evidence.frame("appointment_sub_icb", Period::Month(*month))?;
        for (code, shape) in shapes(&frame, "sub_icb") {
            let sum = areas.shape.entry(code).or_default();
            add_shape(sum, &shape);
        }
    }
    areas.months = months;
    Ok(areas)
}

/// The latest twelve months without a gap of a table; fewer where there are no twelve.
fn last_year(evidence: &Evidence, table: &str) -> Vec<Month> {
    let mut run: Vec<Month> = Vec::new();
    for period in evidence.periods(table) {
        let Period::Month(month) = period else { continue };
        if run.last().is_some_and(|last| last.next() != month) {
            run.clear();
        }
        run.push(month);
    }
    run.split_off(run.len().saturating_sub(YEAR))
}

/// The pattern of the year: of England where its months are known, else of the evidence.
fn months(evidence: &Evidence, base: &mut Base) -> Result<(), EvidenceError> {
    let Some(panel) = crate::backtest::panels(evidence, Level::SubIcb)?.into_iter().next() else {
        return Ok(());
    };
    let first = usize::try_from(panel.reference_first.month - 1).unwrap_or(0);
    if let Ok(pattern) = pattern(first, &panel.reference, 36.0) {
        let factors = pattern.months.map(libm::exp);
        let mean = factors.iter().sum::<f64>() / YEAR as f64;
        base.months = factors.map(|factor| factor / mean);
    }
    Ok(())
}

/// What a practice published: appointments of a year, and their shape.
struct Own {
    total: f64,
    shape: Published,
}

/// Appointments of practices: the sum of twelve months where they are published, else of the latest month, brought to a
/// year as the sub-ICB location's year goes.
fn own(
    evidence: &Evidence,
    base: &Base,
    areas: &Areas,
    remarks: &mut Vec<Remark>,
) -> Result<BTreeMap<String, Own>, EvidenceError> {
    let months = last_year(evidence, "appointment");
    let mut found: BTreeMap<String, Own> = BTreeMap::new();
    let mut seen: BTreeMap<String, Vec<Month>> = BTreeMap::new();
    for month in &months {
        let frame = evidence.frame("appointment", Period::Month(*month))?;
        for (code, shape) in shapes(&frame, "practice") {
            let own = found
                .entry(code.clone())
                .or_insert(Own { total: 0.0, shape: Published::default() });
            own.total += shape.iter().flatten().sum::<f64>();
            add_shape(&mut own.shape, &shape);
            seen.entry(code).or_default().push(*month);
        }
    }
    let homes: BTreeMap<&str, &str> =
        base.practices.iter().map(|one| (one.code.as_str(), one.sub_icb.as_str())).collect();
    found.retain(|code, own| {
        let of = seen.get(code).map_or(&[][..], Vec::as_slice);
        let Some(home) = homes.get(code.as_str()) else { return false };
        if of.len() == YEAR {
            return true;
        }
        let Some((total, counts)) = areas.totals.get(*home).zip(areas.by_month.get(*home)) else {
            return false;
        };
        let part: f64 = areas
            .months
            .iter()
            .zip(counts)
            .filter(|(month, _)| of.contains(month))
            .map(|(_, count)| count)
            .sum();
        own.total *= if part > 0.0 { total / part } else { f64::NAN };
        own.total.is_finite()
    });
    let short = found.keys().filter(|code| seen.get(*code).is_some_and(|of| of.len() < YEAR));
    let count = found.len();
    if let Some(which) = named(short.map(String::as_str), count) {
        remarks.push(Remark {
            what: format!(
                "{which} that publish appointments do so here for fewer than twelve months"
            ),
            instead:
                "theirs were brought to a year as the appointments of their sub-ICB location went"
                    .to_owned(),
        });
    }
    Ok(found)
}

/// Shares of England where nothing is published.
struct Split {
    nurse_share: f64,
    shape: Published,
}

fn split_of(values: &Values) -> Split {
    let gp = values.get(Key::AppointmentsShareGp);
    let nurse = values.get(Key::AppointmentsShareNurse);
    let modes = [
        1.0 - values.get(Key::AppointmentsShareTelephone)
            - values.get(Key::AppointmentsShareOnline)
            - values.get(Key::AppointmentsShareHome),
        values.get(Key::AppointmentsShareTelephone),
        values.get(Key::AppointmentsShareOnline),
        values.get(Key::AppointmentsShareHome),
    ];
    Split {
        nurse_share: nurse / (1.0 - gp),
        shape: [modes.map(|mode| mode * gp), modes.map(|mode| mode * (1.0 - gp))],
    }
}

fn with_roles(shape: &Published, nurses: f64) -> Activity {
    Activity([
        shape[0],
        shape[1].map(|count| count * nurses),
        shape[1].map(|count| count * (1.0 - nurses)),
    ])
}

/// Appointments of each organisation by staff and mode.
fn shapes(frame: &Frame, column: &str) -> BTreeMap<String, Published> {
    let mut known: BTreeMap<String, [[f64; MODES + 1]; 3]> = BTreeMap::new();
    each(frame, column, |row, code, count| {
        let word = |name: &str| frame.text(name).and_then(|column| column.get(row));
        let staff = match word("staff") {
            Some("gp") => 0,
            Some("other_practice_staff") => 1,
            _ => 2,
        };
        let mode = word("mode").and_then(|mode| MODE_WORDS.iter().position(|one| *one == mode));
        let of = known.entry(code.to_owned()).or_default();
        of[staff][mode.unwrap_or(MODES)] += count;
    });
    known.into_iter().map(|(code, counts)| (code, shared(&counts))).collect()
}

/// Shares out what is of unknown mode, then what is of unknown staff, in proportion to what is known.
fn shared(counts: &[[f64; MODES + 1]; 3]) -> Published {
    let mut found = Published::default();
    let all: f64 = counts.iter().flatten().sum();
    for staff in 0..2 {
        let known: f64 = counts[staff][..MODES].iter().sum();
        let with_unknown = known + counts[staff][MODES];
        for mode in 0..MODES {
            let share =
                if known > 0.0 { counts[staff][mode] / known } else { f64::from(mode == 0) };
            found[staff][mode] = share * with_unknown;
        }
    }
    let known: f64 = found.iter().flatten().sum();
    if known > 0.0 {
        found.iter_mut().flatten().for_each(|count| *count *= all / known);
    }
    found
}

fn add_shape(sum: &mut Published, other: &Published) {
    for (mine, theirs) in sum.iter_mut().flatten().zip(other.iter().flatten()) {
        *mine += theirs;
    }
}

/// Every row with a code and a count.
fn each(frame: &Frame, column: &str, mut row_of: impl FnMut(usize, &str, f64)) {
    let (Some(codes), Some(counts)) = (frame.text(column), frame.number("appointments")) else {
        return;
    };
    for (row, count) in counts.iter().enumerate().filter(|(_, count)| count.is_finite()) {
        if let Some(code) = codes.get(row) {
            row_of(row, code, *count);
        }
    }
}

/// Patients of whole sub-ICB locations, not only of the practices of the place.
fn lists_of_sub_icbs(
    evidence: &Evidence,
    base: &Base,
) -> Result<BTreeMap<String, f64>, EvidenceError> {
    let known = evidence.affiliations(base.day)?;
    let mut sums: BTreeMap<String, f64> = BTreeMap::new();
    let Some(period) = evidence.periods("list_size").last().copied() else { return Ok(sums) };
    let frame = evidence.frame("list_size", period)?;
    let lists = tables::list_size::Columns::of(&frame);
    let listed = lists.patients.iter().enumerate().filter(|(_, patients)| patients.is_finite());
    for (row, patients) in listed {
        if let Some(of) = lists.practice.get(row).and_then(|code| known.of(code)) {
            *sums.entry(of.sub_icb.clone()).or_default() += patients;
        }
    }
    Ok(sums)
}

fn judge_recording(
    evidence: &Evidence,
    base: &mut Base,
    remarks: &mut Vec<Remark>,
) -> Result<(), EvidenceError> {
    let Some(period) = evidence.periods("appointment").last().copied() else { return Ok(()) };
    let verdicts: BTreeMap<String, RecordingVerdict> =
        recording(evidence, period, Level::Practice)?
            .into_iter()
            .map(|found| (found.organisation.code, found.verdict))
            .collect();
    for practice in &mut base.practices {
        practice.recording = verdicts.get(&practice.code).copied();
    }
    let doubtful =
        base.practices.iter().filter(|one| one.recording == Some(RecordingVerdict::NotComparable));
    if let Some(which) = named(doubtful.map(|one| one.code.as_str()), base.practices.len()) {
        remarks.push(Remark {
            what: format!(
                "the recording of appointments of {which} cannot be compared with others"
            ),
            instead: "their own figures are used all the same".to_owned(),
        });
    }
    Ok(())
}

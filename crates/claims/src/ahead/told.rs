//! A run of the outlook, as claims are told it.

use models::outlook::{Band, Draw, Found, Outlook as Run, growth};
use models::parameters::{Key, Parameters, Values};
use models::place::{Base, Basis, Clinician, StaffLine};
use models::standards::Against;
use models::workforce::Contract;

/// What is missing where too few practices publish their GPs.
pub(crate) const NO_GPS: &str = "General Practice Workforce, practice level: practices of less than half of the patients publish their GPs, so that what GPs can give is not known";

/// The outlook of a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    /// How many draws it rests on.
    pub draws: u32,
    /// The base year and every year after it.
    pub years: Vec<Year>,
    /// The GPs of the place today beside every standard.
    pub standards: Vec<Against>,
    /// Whether enough practices publish their GPs to say what they can give.
    pub counts_gps: bool,
    /// The assumptions that move the gap of the last year most, the strongest first.
    pub moved_by: Vec<Moved>,
    /// How much GPs work.
    pub hours: Hours,
    /// The practices of the place, in order of code.
    pub practices: Vec<Practice>,
    /// What stands in for figures that are not published, and what is assumed.
    pub rests_on: Vec<String>,
    /// Whether figures of elsewhere stand in for the appointments or the GPs of half of the patients.
    pub is_stood_in: bool,
}

/// A year of the outlook.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Year {
    /// What need for GPs lacks beside the base year, as the work of so many full-time GPs.
    pub gap: Band,
    /// The gap as a share of that need.
    pub share: Band,
    /// What need for GPs grew by since the base year, as a share.
    pub need: Band,
    /// Share of the draws in which need for GPs is more than they can give: wider than in the base year, which is in balance.
    pub is_open: f64,
    /// Contacts that waiting for hospital causes.
    pub waiting: Band,
    /// The same as a share of all contacts of the base year.
    pub waiting_share: Band,
    /// Share of the draws in which they are more than in the base year.
    pub waits_more: f64,
}

/// What an assumption does to the gap of the last year when it alone moves.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    /// What it is, in a sentence.
    pub about: String,
    /// At its low end, as the work of so many full-time GPs.
    pub low: f64,
    /// At its high end.
    pub high: f64,
}

/// How much GPs work, in full-time equivalents a person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hours {
    /// Newly qualified GPs of England.
    pub new: Band,
    /// Fully qualified GPs in post in the place, where its practices publish them.
    pub in_post: Option<f64>,
}

/// A practice of the outlook, in the base year.
#[derive(Debug, Clone, PartialEq)]
pub struct Practice {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its network.
    pub network: Option<String>,
    /// People on its list.
    pub list: f64,
    /// Fully qualified GPs, in people; nothing where the practice publishes none.
    pub gps: Option<f64>,
    /// By draw: how many more people its GPs would serve at the mean of the place, need for need; below nought where they serve
    /// fewer.
    pub room: Vec<f64>,
}

/// What a lever does to the gap, as the work of so many full-time GPs.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// By year, the base year first: the gap without it.
    pub without: Vec<Band>,
    /// The gap with it.
    pub with: Vec<Band>,
    /// By how much it narrows the gap of the last year; below nought where it widens it.
    pub narrows: Band,
    /// The same as a share of the gap of the last year; nothing where there is none in one of ten draws.
    pub closes: Option<Band>,
    /// Share of the draws in which a gap is left in the last year.
    pub is_open: f64,
}

/// Share of the draws for which something holds.
fn share(draws: &[Draw], holds: impl Fn(&Draw) -> bool) -> f64 {
    draws.iter().filter(|draw| holds(draw)).count() as f64 / draws.len().max(1) as f64
}

/// Everything that claims ask of an outlook.
pub(super) fn outlook(found: &Found) -> Outlook {
    let Found { base, lacking, outlook, influences, standing, .. } = found;
    let settings = outlook.settings;
    let values: Vec<Values> = (0..settings.draws)
        .map(|draw| Parameters::embedded().values(settings.seed, draw))
        .collect();
    let years: Vec<Year> =
        (0..=settings.years as usize).map(|at| year(base, outlook, &values, at)).collect();
    let moved_by = influences.iter().map(|one| Moved {
        about: one.about.clone(),
        low: one.low,
        high: one.high,
    });
    let joiners: Vec<f64> =
        values.iter().map(|values| values.get(Key::JoinerParticipation)).collect();
    let rests_on = base.remarks.iter().cloned().chain(lacking.remarks());
    Outlook {
        draws: settings.draws,
        years,
        standards: standing.against.clone(),
        counts_gps: base.counts(Clinician::Gp),
        moved_by: moved_by.collect(),
        hours: Hours { new: Band::of(&joiners), in_post: in_post(base) },
        practices: practices(base, outlook),
        rests_on: rests_on.map(|remark| format!("In the base year: {remark}.")).collect(),
        is_stood_in: is_stood_in(base),
    }
}

fn year(base: &Base, outlook: &Run, values: &[Values], at: usize) -> Year {
    let draws = &outlook.draws;
    let each = |of: &dyn Fn(&Draw) -> f64| Band::of(&draws.iter().map(of).collect::<Vec<_>>());
    let mut waiting = Vec::with_capacity(draws.len());
    let mut of_contacts = Vec::with_capacity(draws.len());
    let mut more = 0;
    for (draw, values) in draws.iter().zip(values) {
        let now = values.get(Key::WaitingPeople) * values.get(Key::ContactsOfWaiting) * base.list();
        let then = now * libm::pow(1.0 + values.get(Key::WaitingGrowth), at as f64);
        let contacts = draw.people.first().map_or(f64::NAN, |[_, contacts, _]| *contacts);
        waiting.push(then);
        of_contacts.push(then / contacts);
        more += usize::from(then > now);
    }
    let gp = Clinician::Gp;
    Year {
        gap: each(&|draw| draw.gap_fte(gp, at)),
        share: each(&|draw| draw.gap(gp, at) as f64 / draw.need(gp, at) as f64),
        need: growth(outlook, gp, at as u32)[0],
        is_open: share(draws, |draw| draw.gap(gp, at) > 0),
        waiting: Band::of(&waiting),
        waiting_share: Band::of(&of_contacts),
        waits_more: more as f64 / draws.len().max(1) as f64,
    }
}

/// Whether a line of staff is of fully qualified GPs whose hours and heads the practice itself publishes.
fn is_published_gp(line: &StaffLine) -> bool {
    line.contract().is_some_and(Contract::is_qualified) && line.basis == Basis::Own
}

/// Full-time equivalents of a fully qualified GP in post, where practices publish them.
fn in_post(base: &Base) -> Option<f64> {
    let lines = base.practices.iter().flat_map(|practice| &practice.staff);
    let (fte, heads) = lines
        .filter(|line| is_published_gp(line))
        .fold((0.0, 0.0), |(fte, heads), line| (fte + line.fte, heads + line.heads));
    (heads > 0.0).then(|| fte / heads)
}

fn practices(base: &Base, outlook: &Run) -> Vec<Practice> {
    let years = outlook.settings.years as usize + 1;
    let of = |(at, practice): (usize, &models::place::Practice)| {
        let gps: f64 =
            practice.staff.iter().filter(|line| is_published_gp(line)).map(|line| line.heads).sum();
        let room = |draw: &Draw| {
            draw.practices.get(at * years).map_or(0.0, |amounts| {
                let of_gps = |minutes: &[f32; 3]| f64::from(minutes[Clinician::Gp as usize]);
                let (need, capacity) = (of_gps(&amounts.need), of_gps(&amounts.capacity));
                if need > 0.0 { (capacity - need) / need * practice.list() } else { 0.0 }
            })
        };
        Practice {
            code: practice.code.clone(),
            name: practice.name.clone(),
            network: practice.network.clone(),
            list: practice.list(),
            gps: (gps > 0.0).then_some(gps),
            room: outlook.draws.iter().map(room).collect(),
        }
    };
    base.practices.iter().enumerate().map(of).collect()
}

/// Whether less than half of the patients have a practice that publishes its own appointments, or its own GPs.
fn is_stood_in(base: &Base) -> bool {
    let patients = |has: &dyn Fn(&models::place::Practice) -> bool| -> f64 {
        base.practices.iter().filter(|one| has(one)).map(models::place::Practice::list).sum()
    };
    let appointments = patients(&|one| one.activity_basis == Basis::Own);
    let gps: f64 = base.with_own_gps().map(models::place::Practice::list).sum();
    appointments.min(gps) * 2.0 < base.list()
}

/// What is different with something done; nothing where too few practices publish their GPs.
pub(super) fn effect(base: &Base, without: &Run, with: &Run) -> Result<Effect, String> {
    if !base.counts(Clinician::Gp) {
        return Err(NO_GPS.to_owned());
    }
    let last = without.settings.years as usize;
    let pairs = || without.draws.iter().zip(&with.draws);
    let gp = Clinician::Gp;
    // Both runs tell gaps in GPs of the baseline, so that a lever on hours does not change the unit.
    let after = |year: usize| -> Vec<f64> {
        let of =
            |(one, other): (&Draw, &Draw)| other.gap(gp, year) as f64 / one.full_time[gp as usize];
        pairs().map(of).collect()
    };
    let before = |year: usize| -> Vec<f64> {
        without.draws.iter().map(|one| one.gap_fte(gp, year)).collect()
    };
    let narrows: Vec<f64> =
        before(last).iter().zip(after(last)).map(|(before, after)| before - after).collect();
    let gaps = Band::of(&before(last));
    let closes: Vec<f64> = narrows.iter().zip(before(last)).map(|(less, gap)| less / gap).collect();
    let narrows = Band::of(&narrows);
    // Of a ratio with a divisor that may be small no mean is told, but that of the means.
    let closes = Band { mean: narrows.mean / gaps.mean, ..Band::of(&closes) };
    Ok(Effect {
        without: (0..=last).map(|year| Band::of(&before(year))).collect(),
        with: (0..=last).map(|year| Band::of(&after(year))).collect(),
        narrows,
        closes: (gaps.p10 > 0.0).then_some(closes),
        is_open: share(&with.draws, |draw| draw.gap(gp, last) > 0),
    })
}

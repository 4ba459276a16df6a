//! Why the practices of the example town differ: reasons planted on purpose, for later work to find again.

use super::geography::Area;
use super::organisations::Practice;
use super::parameters::parameters;

/// A reason planted in a practice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    StudentQuarter,
    CareHomes,
    Inclusion,
    LosingGps,
    MondayShortage,
    LowContinuity,
    Misrecording,
    GhostPatients,
    Successor,
}

impl Reason {
    /// The word that the key uses.
    pub const fn key(self) -> &'static str {
        match self {
            Self::StudentQuarter => "student_quarter",
            Self::CareHomes => "care_homes",
            Self::Inclusion => "inclusion_service",
            Self::LosingGps => "losing_gps",
            Self::MondayShortage => "monday_shortage",
            Self::LowContinuity => "low_continuity_despite_capacity",
            Self::Misrecording => "misrecorded_appointments",
            Self::GhostPatients => "ghost_patients",
            Self::Successor => "took_over_a_closed_practice",
        }
    }
}

/// Gives each reason to the practice whose place suits it best.
pub fn plant(practices: &mut [Practice], areas: &[Area]) {
    let near_docks = |p: &Practice| areas[p.area].remoteness;
    let at_edge = |p: &Practice| -areas[p.area].remoteness - p.sub_icb as f64;
    let university = |p: &Practice| (areas[p.area].remoteness - 0.4).abs();
    let poor = |p: &Practice| -areas[p.area].score;
    let middling = |p: &Practice| (p.aim - 9_000.0).abs();
    let large = |p: &Practice| -p.aim;
    assign(practices, Reason::Inclusion, near_docks);
    assign(practices, Reason::Successor, large);
    assign(practices, Reason::StudentQuarter, university);
    assign(practices, Reason::CareHomes, at_edge);
    assign(practices, Reason::LosingGps, poor);
    assign(practices, Reason::LosingGps, poor);
    assign(practices, Reason::GhostPatients, poor);
    assign(practices, Reason::Misrecording, middling);
    assign(practices, Reason::MondayShortage, middling);
    assign(practices, Reason::LowContinuity, middling);
}

fn assign(practices: &mut [Practice], reason: Reason, distance: impl Fn(&Practice) -> f64) {
    let usable =
        |p: &&mut Practice| p.reason.is_none() && (reason == Reason::Inclusion || p.aim > 5_000.0);
    let best = practices
        .iter_mut()
        .filter(usable)
        .min_by(|a, b| distance(a).total_cmp(&distance(b)).then(a.name.cmp(&b.name)));
    if let Some(practice) = best {
        practice.reason = Some(reason);
        shape(practice, reason);
    }
}

/// What a reason says about the practice itself.
fn shape(practice: &mut Practice, reason: Reason) {
    let figures = &parameters().reasons;
    match reason {
        Reason::Inclusion => {
            practice.aim = figures.inclusion_list.value;
            practice.contract = "APMS";
            practice.branches = 0;
            practice.name = "ANCHORAGE INCLUSION HEALTH SERVICE".into();
        }
        Reason::StudentQuarter => practice.name = "UNIVERSITY QUARTER MEDICAL CENTRE".into(),
        Reason::LosingGps => practice.growth = -0.01,
        _ => {}
    }
}

/// How much larger than the residents' need for places the list of a practice is, by people who live elsewhere.
pub fn ghosts(practice: &Practice) -> f64 {
    match practice.reason {
        Some(Reason::GhostPatients) => parameters().reasons.ghost_share.value,
        _ => 0.0,
    }
}

//! The key to the example town: what was planted, where, and which figures should show it.

use std::io::{self, Write};

use super::super::reasons::Reason;
use super::super::world::World;
use super::File;

/// The key, where anything was planted.
pub fn files(world: &World) -> Vec<File<'_>> {
    if world.practices.iter().all(|practice| practice.reason.is_none()) {
        return Vec::new();
    }
    vec![File::new("key.toml", |out| key(world, out))]
}

/// A figure that shows a reason: what it is, and on which side of the town's other practices it should lie.
type Shows = (&'static str, &'static str);

/// What was planted in the board as a whole, to be found beside the other boards of an invented England.
const OF_THE_BOARD: [(&str, &str, &[Shows]); 3] = [
    (
        "asthma_recorded_more",
        "Its practices record two fifths more asthma than the ages and deprivation of their lists would give.",
        &[("prevalence_asthma", "above")],
    ),
    (
        "more_emergency_attendances",
        "Half as many people again come to its emergency departments as their number and deprivation would give.",
        &[("emergency_attendances_per_1000", "above")],
    ),
    (
        "longer_emergency_waits",
        "Three in ten more of those at its main emergency department wait over four hours than elsewhere.",
        &[("emergency_over_4_hours", "above")],
    ),
];

fn shows(reason: Reason) -> (&'static str, &'static [Shows]) {
    match reason {
        Reason::StudentQuarter => (
            "The list is that of the student quarter: two in five are aged 18 to 24.",
            &[("share_aged_18_to_24", "above")],
        ),
        Reason::CareHomes => (
            "Many care homes stand around the practice and register with it.",
            &[
                ("share_aged_85_and_over", "above"),
                ("prevalence_dementia", "above"),
                ("share_care_home_categories", "above"),
            ],
        ),
        Reason::Inclusion => (
            "A service for people without a home or with complex needs: a small list of men of working age.",
            &[
                ("list_size", "below"),
                ("share_male", "above"),
                ("prevalence_mental_health", "above"),
                ("share_not_attended", "above"),
            ],
        ),
        Reason::LosingGps => (
            "More than half of its GPs left within three quarters.",
            &[
                ("change_of_gp_fte", "below"),
                ("change_of_appointments", "below"),
                ("change_of_overall_experience", "below"),
            ],
        ),
        Reason::MondayShortage => {
            ("No GP sits on Monday mornings.", &[("gp_hours_on_monday", "below")])
        }
        Reason::LowContinuity => (
            "It has the GPs but patients do not see the one they prefer.",
            &[("gp_fte_per_10000", "above"), ("share_seeing_preferred", "below")],
        ),
        Reason::Misrecording => (
            "Nearly half of its appointments carry no national category.",
            &[("share_unmapped", "above")],
        ),
        Reason::GhostPatients => (
            "A sixth of its list lives elsewhere: too many patients for its appointments and registers.",
            &[("appointments_per_patient", "below"), ("share_of_list_beyond_ten_areas", "above")],
        ),
        Reason::Successor => (
            "It took over the list of a practice that closed on 1 July 2024.",
            &[("change_of_list", "above")],
        ),
    }
}

fn key(world: &World, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "# What was planted in Harbourton, where, and which figures should show it. Written by the generator.\n"
    )?;
    writeln!(out, "seed = {}", world.seed)?;
    for (reason, meaning, figures) in OF_THE_BOARD {
        let board = &world.layout.icbs[0];
        write_reason(out, "board", &board.code, &board.long_name, reason, meaning, figures)?;
    }
    for practice in &world.practices {
        let Some(reason) = practice.reason else { continue };
        let (meaning, figures) = shows(reason);
        write_reason(
            out,
            "practice",
            &practice.code,
            &practice.name,
            reason.key(),
            meaning,
            figures,
        )?;
    }
    for (index, network) in world.networks.iter().enumerate() {
        let mut sub_icbs = world.practices.iter().filter(|p| p.network == index).map(|p| p.sub_icb);
        let first = sub_icbs.next();
        if sub_icbs.any(|sub_icb| Some(sub_icb) != first) {
            let meaning = "Its practices belong to two sub-ICBs.";
            let figures = &[("sub_icbs_of_members", "above")];
            write_reason(
                out,
                "network",
                &network.code,
                &network.name,
                "spans_two_sub_icbs",
                meaning,
                figures,
            )?;
        }
    }
    for closed in &world.closed {
        let meaning = format!(
            "Closed on 1 July 2024; {} took over its list.",
            world.practices[closed.successor].code
        );
        let figures = &[("list_size_after_closure", "below")];
        write_reason(
            out,
            "practice",
            &closed.code,
            &closed.name,
            "closed_and_merged",
            &meaning,
            figures,
        )?;
    }
    Ok(())
}

#[expect(clippy::too_many_arguments, reason = "the parts of one entry, written in one place")]
fn write_reason(
    out: &mut dyn Write,
    kind: &str,
    code: &str,
    name: &str,
    reason: &str,
    meaning: &str,
    figures: &[Shows],
) -> io::Result<()> {
    writeln!(
        out,
        "\n[[reason]]\n{kind} = \"{code}\"\nname = \"{name}\"\nreason = \"{reason}\"\nmeaning = \"{meaning}\""
    )?;
    let shown: Vec<String> = figures
        .iter()
        .map(|(figure, direction)| {
            format!("  {{ figure = \"{figure}\", direction = \"{direction}\" }},")
        })
        .collect();
    writeln!(out, "figures = [\n{}\n]", shown.join("\n"))
}

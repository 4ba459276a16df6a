//! A scenario beside doing nothing.

use models::outlook::{Band, Draw, Found, Visible};
use models::place::Clinician;
use vocab::Period;

use super::{Captions, charts, in_range, percent, year};
use kit::answer::Exhibit;
use kit::number::{Style, plain};
use kit::table::{Cell, Column, Row, Table};

/// A scenario and what is known of it; the intervention by intervention where somebody worked it out.
#[derive(Debug)]
pub struct Compared<'a> {
    /// Its name.
    pub name: &'a str,
    /// The place under it, on the draws of doing nothing.
    pub found: &'a Found,
    /// Each intervention in words and by how many full-time GPs it moves their gap of the last year, in the mean.
    pub moves: &'a [(String, f64)],
    /// What limits those whom it recruits, and what was not checked, in words.
    pub limits: &'a [String],
    /// When it could be seen.
    pub visible: &'a [Visible],
}

/// What a scenario changes in the last year, role by role and draw by draw; both runs have the same settings. Of a role that too few
/// practices publish what it does to need is told.
pub(super) fn difference(baseline: &Found, scenario: &Found) -> String {
    let last = baseline.outlook.settings.years;
    let each = |of: &dyn Fn(&Draw, &Draw) -> f64| {
        let pairs = baseline.outlook.draws.iter().zip(&scenario.outlook.draws);
        Band::of(&pairs.map(|(one, other)| of(one, other)).collect::<Vec<_>>())
    };
    let at = last as usize;
    let told = Clinician::ALL.map(|role| {
        let counts = baseline.base.counts(role);
        let band = if counts {
            each(&|one, other| {
                (other.gap(role, at) - one.gap(role, at)) as f64 / one.full_time[role as usize]
            })
        } else {
            each(&|one, other| other.need(role, at) as f64 / one.need(role, at) as f64 - 1.0)
        };
        (role, counts, band)
    });
    if told.iter().all(|(_, _, band)| band.p10 == 0.0 && band.p90 == 0.0) {
        return format!("In {last} years it changes nothing of need or of what staff can give.");
    }
    let sentence = |(role, counts, band): (Clinician, bool, Band)| {
        let who = role.in_words();
        if !counts {
            return format!("need for {who} changes by {}", percent(band, 1));
        }
        if plain(band.mean.abs(), 1) == "0.0" && plain(band.p90 - band.p10, 1) == "0.0" {
            return format!("the gap of {who} is as it was");
        }
        let (way, size) =
            if band.mean <= 0.0 { ("narrower", band.turned()) } else { ("wider", band) };
        format!("the gap of {who} is {way} by {} full-time equivalents", in_range(size, 1))
    };
    format!(
        "{}, against doing nothing and draw by draw: {}.",
        year(last),
        told.map(sentence).join("; ")
    )
}

pub(super) fn exhibits(
    baseline: &Found,
    scenario: &Compared<'_>,
    words: Captions<'_>,
) -> Vec<Exhibit> {
    let mut exhibits = Vec::new();
    if baseline.base.counts(Clinician::Gp) {
        let runs =
            [("Do nothing", "do_nothing", baseline), (scenario.name, "scenario", scenario.found)];
        let caption = words("gaps", "The gap of GPs with and without the scenario");
        let reading = "Both runs share every draw of chance and of the assumptions: their difference is the scenario.";
        let fan = charts::compared(&runs, caption);
        exhibits.push(Exhibit::chart("gaps", "With and without", reading, fan));
    }
    if !scenario.moves.is_empty() {
        exhibits.push(moves(scenario, words));
    }
    if !scenario.visible.is_empty() {
        exhibits.push(visible(scenario, words));
    }
    exhibits
}

fn moves(scenario: &Compared<'_>, words: Captions<'_>) -> Exhibit {
    let line = |(what, fte): &(String, f64)| Row::new(vec![Cell::text(what), Cell::value(*fte)]);
    let style = Style::number(1, "full-time GPs");
    let table = Table {
        caption: words("interventions", "What each intervention does to the gap of GPs"),
        columns: vec![
            Column::text("Intervention", "intervention"),
            Column::number(&style.heading("Moves the gap by"), "moves_gap", style),
        ],
        rows: scenario.moves.iter().map(line).collect(),
        notes: vec!["Below nought the gap is narrower. Each is told on top of those before it, in the mean of the draws of the last year.".to_owned()],
    };
    Exhibit::table(
        "interventions",
        "Intervention by intervention",
        "In the order in which they begin.",
        table,
    )
}

fn visible(scenario: &Compared<'_>, words: Captions<'_>) -> Exhibit {
    let line = |one: &Visible| {
        let month = one.month.map(|month| Period::Month(month).in_words());
        Row::new(vec![
            Cell::text(one.indicator),
            Cell::value(one.effect),
            Cell::value(one.least),
            Cell::text(month.unwrap_or_else(|| "not within these years".to_owned())),
        ])
    };
    let percent = |heading: &str, key: &str| Column::number(heading, key, Style::percentage(1, ""));
    let table = Table {
        caption: words("visible", "When the scenario could be seen"),
        columns: vec![
            Column::text("Indicator", "indicator"),
            percent("Effect", "effect"),
            percent("Least that can be seen", "least"),
            Column::text("First seen in the figures of", "month"),
        ],
        rows: scenario.visible.iter().map(line).collect(),
        notes: Vec::new(),
    };
    Exhibit::table(
        "visible",
        "When it could be seen",
        "Before that, a red flag says nothing.",
        table,
    )
}

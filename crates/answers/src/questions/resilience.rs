//! Which practices hang on few GPs. It is for the place itself: commands answer it, the site does not.

use std::collections::BTreeMap;

use evidence::Belonging;
use kit::number::{counted, some};
use kit::text::title_case;
use kit::{Answer, Cell, Column, Exhibit, Row, Style, Table};
use models::outlook::{Fragile, Settings, fragile};
use models::parameters::Values;
use models::place::{Base, Basis, NEAR_RETIREMENT, Practice};
use models::workforce::{Imbalance, PUBLISHED_DISCRIMINATION, imbalance};
use vocab::{Contract, Level, StaffGroup};

use crate::context::Context;
use crate::edits::{self, Edits};
use crate::origin::caption;
use crate::question::{Asked, Question, Theme};
use crate::refusal::Refusal;

/// Good experience of contacting the practice: the lower, the worse.
const ACCESS: &str = "survey_contact";
/// Patients for each GP: the higher, the worse.
const WORKLOAD: &str = "patients_per_gp";
/// Draws of who leaves, joins and is away.
const DRAWS: u32 = 256;

/// Which practices hang on few GPs.
pub const QUESTION: Question = Question {
    word: "resilience",
    asks: "Which practices hang on few GPs?",
    title: "Resilience of",
    theme: Theme::Outlook,
    counts: Belonging::Stand,
    on_site: false,
    choices: &[edits::CHOICE],
    answer,
};

/// A practice with what is known of its risk.
struct Line<'a> {
    practice: &'a Practice,
    /// Whose figure of GPs it is.
    basis: &'static str,
    fragile: Fragile,
    known: Imbalance,
    /// The index and the share of its weights that is known.
    index: Option<(f64, f64)>,
}

fn answer(asked: &Asked<'_>) -> Result<Answer, Refusal> {
    let Asked { context, place, choices } = *asked;
    let parameters = Edits::of(choices)?.parameters()?;
    let base = context.base(place, &parameters)?;
    let settings = Settings { draws: DRAWS, ..Settings::default() };
    let found = fragile(&base, &parameters, settings);
    let ranks = (ranks(context, ACCESS), ranks(context, WORKLOAD));
    let values = parameters.values(settings.seed, 0);
    let lines = base.practices.iter().zip(found);
    let lines = lines.map(|(practice, fragile)| Line::of(practice, fragile, &ranks, &values));
    let mut lines: Vec<Line<'_>> = lines.collect();
    sort(&mut lines);
    let title = format!("Resilience of practices in {}", place.name);
    let words = caption(context, "practices", &title, &["staff", "list_size", "survey"]);
    let reading =
        "Highest index first, then most months without a GP; the index is no probability.";
    let table = Exhibit::table("practices", "Practice by practice", reading, table(&lines, words));
    Ok(Answer {
        lead: lead(&lines, settings.years),
        exhibits: vec![table],
        limits: limits(&base),
        method: "imbalance-of-staff-and-access",
        ..Answer::default()
    })
}

/// Ranks of every practice of England on access and on workload.
type Ranks = (BTreeMap<String, f64>, BTreeMap<String, f64>);

impl<'a> Line<'a> {
    /// Share of months without a GP and its error; nothing where the practice does not publish how many GPs it has.
    fn alone(&self) -> Option<(f64, f64)> {
        let found = (self.fragile.months_without_a_gp, self.fragile.error);
        self.practice.counts_its_gps().then_some(found)
    }

    fn of(
        practice: &'a Practice,
        fragile: Fragile,
        (access, workload): &Ranks,
        values: &Values,
    ) -> Self {
        let known = Imbalance {
            access: access.get(&practice.code).map(|rank| 1.0 - rank),
            workload: workload.get(&practice.code).copied(),
            share_near_retirement: practice.share_near_retirement(),
            one_or_two_gps: practice.counts_its_gps().then(|| practice.has_no_more_gps_than(2)),
            ..Imbalance::default()
        };
        let index = imbalance(&known, values);
        let gps = practice.staff.iter().filter(|line| line.group == StaffGroup::Gp);
        let basis = gps.map(|line| line.basis).max().map_or("nothing", Basis::as_str);
        Self { practice, basis, fragile, known, index }
    }
}

/// Highest index first, then most months without a GP.
fn sort(lines: &mut [Line<'_>]) {
    let index = |line: &Line<'_>| line.index.map_or(-1.0, |(index, _)| index);
    let alone = |line: &Line<'_>| line.alone().map_or(-1.0, |(share, _)| share);
    lines.sort_by(|a, b| {
        let by_risk = index(b).total_cmp(&index(a)).then(alone(b).total_cmp(&alone(a)));
        by_risk.then_with(|| a.fragile.code.cmp(&b.fragile.code))
    });
}

/// The rank of every practice of England with a figure, from 0 for the lowest to 1 for the highest; of nobody where the
/// figures are not imported.
fn ranks(context: &Context, id: &str) -> BTreeMap<String, f64> {
    let rows = context.definition(id).ok().and_then(|definition| {
        let period = context.latest(definition).ok()?;
        context.evaluate(definition, period, Level::Practice, None).ok()
    });
    let ranked = rows.into_iter().flat_map(|evaluation| evaluation.rows).filter_map(|row| {
        let rank = row.rank?;
        let share = (rank.rank as f64 - 1.0) / (rank.of as f64 - 1.0).max(1.0);
        Some((row.organisation.code, share))
    });
    ranked.collect()
}

/// How many practices hang on few GPs and how many are without any at times, in a sentence.
fn lead(lines: &[Line<'_>], years: u32) -> String {
    let known: Vec<&Line<'_>> = lines.iter().filter(|line| line.alone().is_some()).collect();
    if known.is_empty() {
        return "No practice here publishes how many GPs it has: how often one is without any cannot be told.".to_owned();
    }
    let few = known.iter().filter(|line| line.practice.has_no_more_gps_than(2)).count();
    let is_alone =
        |line: &&&Line<'_>| line.alone().is_some_and(|(share, error)| share - 2.0 * error >= 0.01);
    let alone = known.iter().filter(is_alone).count();
    format!(
        "Of {} whose own GPs are published, {} two permanent qualified GPs or fewer; {} without any GP in one month of a hundred or more over the next {}, if nobody does anything.",
        counted(known.len(), "practice", "practices"),
        some(few, "has", "have"),
        some(alone, "would be", "would be"),
        counted(years as usize, "year", "years"),
    )
}

fn table(lines: &[Line<'_>], caption: kit::Caption) -> Table {
    Table { caption, columns: columns(), rows: lines.iter().map(row).collect(), notes: Vec::new() }
}

fn columns() -> Vec<Column> {
    let people =
        |heading: &str, key: &str| Column::number(heading, key, Style::number(1, "people"));
    let share =
        |heading: &str, key: &str, of: &str| Column::number(heading, key, Style::percentage(0, of));
    let rank = |heading: &str, key: &str| Column::number(heading, key, Style::number(2, "of 1"));
    vec![
        Column::text("Practice", "name"),
        Column::text("Code", "practice"),
        Column::text("GPs published for", "gps_published_for"),
        Column::number("Patients", "patients", Style::count("patients")),
        people("Permanent qualified GPs", "permanent_gps"),
        people("Qualified GPs", "qualified_gps"),
        people("Registrars", "registrars"),
        share("Hours lost with one GP", "hours_lost_with_one_gp", "of hours of GPs"),
        share(
            &format!("Hours with GPs of {NEAR_RETIREMENT} and over"),
            "hours_of_55_and_over",
            "of hours of qualified GPs",
        ),
        Column::number(
            "Months without a GP",
            "months_without_a_gp",
            Style::percentage(1, "of months"),
        ),
        Column::number("give or take", "standard_error", Style::percentage(1, "points")),
        rank("Rank of poor access", "rank_of_poor_access"),
        rank("Rank of workload", "rank_of_workload"),
        rank("Index of imbalance", "imbalance_index"),
        share("Known of the index", "index_rests_on", "of its weights"),
    ]
}

fn row(line: &Line<'_>) -> Row {
    let gps = |counts: fn(Contract) -> bool| Cell::value(line.practice.gps(counts).0);
    Row::new(vec![
        Cell::text(title_case(&line.practice.name)),
        Cell::text(&line.fragile.code),
        Cell::text(line.basis),
        Cell::value(line.practice.list().round()),
        gps(Contract::is_permanent),
        gps(Contract::is_qualified),
        gps(|contract| !contract.is_qualified()),
        Cell::maybe(line.practice.lost_with_one_gp()),
        Cell::maybe(line.practice.share_near_retirement()),
        Cell::maybe(line.alone().map(|(share, _)| share)),
        Cell::maybe(line.alone().map(|(_, error)| error)),
        Cell::maybe(line.known.access),
        Cell::maybe(line.known.workload),
        Cell::maybe(line.index.map(|(index, _)| index)),
        Cell::maybe(line.index.map(|(_, known)| known)),
    ])
}

/// What the table does not say.
fn limits(base: &Base) -> Vec<String> {
    let remarks = base.remarks.iter().map(ToString::to_string).filter(|said| said.contains("GPs"));
    let own = [
        "Months without a GP are told of practices that publish how many GPs they have. They are shares of 256 draws, and “give or take” is their standard error; who comes hangs on who else in the place looks for GPs, so that a practice asked for alone has another figure.".to_owned(),
        "The index of imbalance is no probability: its weights are assumptions, set in parameters/outlook/workforce.toml.".to_owned(),
        format!("The published model behind it ranked practices that it was not fitted to with an area under the curve of {PUBLISHED_DISCRIMINATION}; its coefficients were not printed."),
        "It is meant for the place itself: the site does not show it.".to_owned(),
    ];
    remarks.chain(own).collect()
}

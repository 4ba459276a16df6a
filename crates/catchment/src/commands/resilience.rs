//! `catchment resilience`: which practices hang on few GPs, for the place itself and not for the site.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use models::outlook::{Fragile, Settings, fragile};
use models::place::{Base, Basis, Practice};
use models::workforce::{Imbalance, PUBLISHED_DISCRIMINATION, imbalance};
use vocab::{Contract, Level, StaffGroup};

use super::outlook::{assumed, refused};
use super::{Common, place_of};
use crate::outcome::Outcome;
use calc::Answer;
use study::Study;

/// Good experience of contacting the practice: the lower, the worse.
const ACCESS: &str = "survey_contact";
/// Patients for each GP: the higher, the worse.
const WORKLOAD: &str = "patients_per_gp";

#[derive(Debug, Args)]
pub struct ShowResilience {
    /// A code, codes joined by `+`, or a named place
    place: String,
    /// Years ahead
    #[arg(long, default_value_t = Settings::default().years)]
    years: u32,
    /// Draws of who leaves, joins and is away
    #[arg(long, default_value_t = 64)]
    draws: u32,
    /// The seed of the draws
    #[arg(long, default_value_t = Settings::default().seed)]
    seed: u64,
    /// A file of assumptions to take in place of the built-in ones, of each `[name]` its `value` and the `reason`
    #[arg(long)]
    assumptions: Option<PathBuf>,
    /// A CSV or Parquet file for the table
    #[arg(long)]
    output: Option<PathBuf>,
}

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

impl ShowResilience {
    pub fn run(&self, common: &Common) -> anyhow::Result<Outcome> {
        let study = common.study()?;
        let evidence = study.evidence();
        let place = place_of(&study, &self.place)?;
        let parameters = &assumed(self.assumptions.as_deref())?;
        let values = parameters.values(self.seed, 0);
        let base = Base::of(evidence, &place, &values).map_err(refused)?;
        let settings = Settings { years: self.years, draws: self.draws, seed: self.seed };
        let access = ranks(&study, ACCESS);
        let workload = ranks(&study, WORKLOAD);
        let mut lines = Vec::with_capacity(base.practices.len());
        for (practice, fragile) in base.practices.iter().zip(fragile(&base, parameters, settings)?)
        {
            let known = Imbalance {
                access: access.get(&practice.code).map(|rank| 1.0 - rank),
                workload: workload.get(&practice.code).copied(),
                share_near_retirement: practice.share_near_retirement(),
                one_or_two_gps: Some(practice.has_no_more_gps_than(2)),
                ..Imbalance::default()
            };
            let index = imbalance(&known, &values)?;
            let gps = practice.staff.iter().filter(|line| line.group == StaffGroup::Gp);
            lines.push(Line {
                practice,
                basis: gps.map(|line| line.basis).max().map_or("nothing", Basis::as_str),
                fragile,
                known,
                index,
            });
        }
        let index = |line: &Line<'_>| line.index.map_or(-1.0, |(index, _)| index);
        let alone = |line: &Line<'_>| line.fragile.months_without_a_gp;
        lines.sort_by(|a, b| {
            let by_risk = index(b).total_cmp(&index(a)).then(alone(b).total_cmp(&alone(a)));
            by_risk.then_with(|| a.fragile.code.cmp(&b.fragile.code))
        });
        table(&lines).write(self.output.as_deref(), common.json)?;
        if !common.json {
            eprintln!("{}", limits(&base));
        }
        Ok(Outcome::Done)
    }
}

/// The rank of every practice of England with a figure, from 0 for the lowest to 1 for the highest; of nobody where the
/// figures are not imported.
fn ranks(study: &Study, id: &str) -> BTreeMap<String, f64> {
    let rows = study.library().get(id).and_then(|definition| {
        let period = study.latest(definition).ok()?;
        study.evaluate(definition, period, Level::Practice, None).ok()
    });
    let ranked = rows.into_iter().flat_map(|evaluation| evaluation.rows).filter_map(|row| {
        let rank = row.rank?;
        let share = (rank.rank as f64 - 1.0) / (rank.of as f64 - 1.0).max(1.0);
        Some((row.organisation.code, share))
    });
    ranked.collect()
}

fn table(lines: &[Line<'_>]) -> Answer {
    let mut answer = Answer::default();
    answer.words("practice", lines.iter().map(|line| line.fragile.code.as_str()));
    answer.words("name", lines.iter().map(|line| line.practice.name.as_str()));
    answer.words("gps_published_for", lines.iter().map(|line| line.basis));
    let mut numbers = |name: &str, of: &dyn Fn(&Line<'_>) -> Option<f64>| {
        answer.numbers(name, lines.iter().map(of));
    };
    let people = |line: &Line<'_>, counts: fn(Contract) -> bool| Some(line.practice.gps(counts).0);
    numbers("patients", &|line| Some(line.practice.list().round()));
    numbers("permanent_gps", &|line| people(line, Contract::is_permanent));
    numbers("qualified_gps", &|line| people(line, Contract::is_qualified));
    numbers("registrars", &|line| people(line, |contract| !contract.is_qualified()));
    numbers("hours_lost_with_one_gp", &|line| line.practice.lost_with_one_gp());
    numbers("hours_of_55_and_over", &|line| line.practice.share_near_retirement());
    numbers("months_without_a_gp", &|line| Some(line.fragile.months_without_a_gp));
    numbers("rank_of_poor_access", &|line| line.known.access);
    numbers("rank_of_workload", &|line| line.known.workload);
    numbers("imbalance_index", &|line| line.index.map(|(index, _)| index));
    numbers("index_rests_on", &|line| line.index.map(|(_, known)| known));
    answer
}

/// What the table does not say.
fn limits(base: &Base) -> String {
    let remarks = base.remarks.iter().map(ToString::to_string).filter(|said| said.contains("GPs"));
    let rest = remarks.collect::<Vec<_>>().join("\n- ");
    format!(
        "{rest}\n\
         The index of imbalance is no probability: its weights are assumptions, set in parameters/outlook/workforce.toml. \
         The published model behind it ranked practices that it was not fitted to with an area under the curve of \
         {PUBLISHED_DISCRIMINATION}; its coefficients were not printed. It is meant for the place itself: the site does not \
         show it."
    )
}

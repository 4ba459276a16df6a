//! `catchment calc`: the methods applied to a table of the user's own, CSV or Parquet.
//!
//! For people who work in R, Python or a spreadsheet and want the official methods without the packages: each
//! subcommand reads one table, groups its rows, and writes one table. Rows with problems stop the answer, named
//! by file, row and column, unless `--skip-bad-rows` is given. A figure that a method withholds is empty, and
//! the column `withheld` says why.

mod access;
mod ageing;
mod ages;
mod answer;
mod counts;
mod funnel;
mod groups;
mod inequality;
mod life_expectancy;
mod mixed;
mod quality_payment;
mod rake;
mod sii;
mod spc;
mod standardised;
mod table;
mod totals;
mod values;
mod weighted_list;
mod wrong;

use std::path::PathBuf;

use clap::{Args, Subcommand};
use stats::{Level, NoFigure};
use vocab::Confidence;

pub use answer::Answer;
use table::Rejected;
pub use wrong::Wrong;

/// Work out rates, charts and indices from a table of your own.
#[derive(Debug, Args)]
pub struct Calc {
    #[command(subcommand)]
    method: Method,
}

#[derive(Debug, Subcommand)]
enum Method {
    /// Proportions with Wilson's limits
    Proportion(counts::Counts),
    /// Crude rates with Byar's limits (exact below 10 events)
    Rate(counts::Rates),
    /// Means with Student's limits
    Mean(values::Means),
    /// Directly standardised rates with Dobson's limits (not given below 10 events)
    Dsr(standardised::Direct),
    /// Indirectly standardised ratios or rates
    Isr(standardised::Indirect),
    /// Where each row stands on a funnel plot, or the funnel itself
    Funnel(funnel::Funnel),
    /// Quantiles by the rule of OHID's deprivation guidance
    Quantile(values::Quantiles),
    /// Slope and relative index of inequality
    Sii(sii::Sii),
    /// Life expectancy by abridged life table
    LifeExpectancy(life_expectancy::LifeExpectancy),
    /// Counts explained by covariates, with a random intercept per group
    Mixed(mixed::Mixed),
    /// Floating catchments and rational agents: the supply that people can reach
    Access(Box<access::Access>),
    /// Ageing: people taken through years of illness, births and deaths
    Ageing(ageing::Ageing),
    /// Raking: people of many zones from a known table and the margins of each
    Rake(rake::Rake),
    /// Concentration, slope and relative index, Gini, Theil and 80:20 over many areas
    Inequality(inequality::Inequality),
    /// Control charts (XmR) by the rules of Making Data Count
    Spc(spc::Spc),
    /// Checked totals by practice and month
    Totals(totals::Totals),
    /// Weighted lists of practices by the Carr-Hill formula, from who is on the list
    WeightedList(weighted_list::WeightedList),
    /// What the quality framework pays for what was achieved on its indicators
    QualityPayment(quality_payment::QualityPayment),
}

/// The table read and the table written.
#[derive(Debug, Args)]
struct Files {
    /// Table to read: `.parquet`, a workbook (`.xlsx`), or text with commas, tabs or semicolons
    #[arg(long)]
    input: PathBuf,
    /// Table to write, `.parquet` or `.csv`; printed as CSV when left out
    #[arg(long)]
    output: Option<PathBuf>,
    /// Columns that name the groups, separated by commas; without any the table is one group
    #[arg(long, value_delimiter = ',')]
    by: Vec<String>,
    /// Leave out rows with problems and say how many, instead of refusing the table
    #[arg(long)]
    skip_bad_rows: bool,
}

/// The confidence levels of the limits.
#[derive(Debug, Args)]
struct Levels {
    /// Confidence levels, as fractions or percentages, separated by commas
    #[arg(long, value_delimiter = ',', default_value = "0.95", value_parser = confidence)]
    confidence: Vec<Confidence>,
}

fn confidence(text: &str) -> Result<Confidence, String> {
    let level: f64 = text.parse().map_err(|_| format!("`{text}` is no number"))?;
    Confidence::new(level).map_err(|_| "expected a level such as 0.95 or 99.8".to_owned())
}

impl Levels {
    fn levels(&self) -> Vec<Level> {
        self.confidence.iter().map(|confidence| Level::new(*confidence)).collect()
    }

    /// Names of the two limit columns of a level: `lower_95`, `upper_99_8`.
    fn names(&self) -> impl Iterator<Item = [String; 2]> + '_ {
        self.confidence.iter().copied().map(limit_names)
    }
}

/// Names of the two limit columns of a level.
fn limit_names(confidence: Confidence) -> [String; 2] {
    let percent = confidence.to_string().trim_end_matches('%').replace('.', "_");
    [format!("lower_{percent}"), format!("upper_{percent}")]
}

/// People by how many events each had.
#[derive(Debug, Args)]
struct Repeated {
    /// Columns of people who had one, two, three … events each, in this order: events of one person are not independent, and limits
    /// widen for those with several. Without it every event counts as independent
    #[arg(long, value_delimiter = ',')]
    people_with: Vec<String>,
}

impl Repeated {
    /// The people with one event, two and so on, if they had these events together; none where none were asked for.
    fn events<'a>(&self, people: &'a [f64], events: f64) -> Result<&'a [f64], Rejected> {
        let sum: f64 =
            people.iter().zip(1_u32..).map(|(people, each)| people * f64::from(each)).sum();
        if people.is_empty()
            || sum.is_nan()
            || events.is_nan()
            || (sum - events).abs() < 1e-6 * events.max(1.0)
        {
            return Ok(people);
        }
        Err(Rejected {
            column: self.people_with.join(", "),
            value: format!("{sum} events, not {events}"),
            rule: "people times their events make the numerator",
            remedy: "name the columns in order of one, two, three … events, up to the most that anybody had",
        })
    }
}

/// The reason for the column `withheld`; empty where a figure is given.
fn reason<T>(result: &Result<T, NoFigure>) -> String {
    result.as_ref().err().map_or_else(String::new, ToString::to_string)
}

impl Calc {
    /// Runs the method and writes its answer.
    ///
    /// # Errors
    /// What is wrong with the table or with what was asked of it.
    pub fn run(&self, as_json: bool) -> anyhow::Result<()> {
        let (files, answer) = match &self.method {
            Method::Access(access) => {
                access.answer()?.write(access.output.as_deref(), as_json)?;
                return Ok(());
            }
            Method::Ageing(ageing) => {
                ageing.answer()?.write(ageing.output.as_deref(), as_json)?;
                return Ok(());
            }
            Method::Rake(rake) => {
                rake.answer()?.write(rake.output.as_deref(), as_json)?;
                return Ok(());
            }
            Method::Inequality(inequality) => (&inequality.files, inequality.answer()?),
            Method::Proportion(counts) => (&counts.files, counts.proportions()?),
            Method::Rate(rates) => (rates.files(), rates.answer()?),
            Method::Mean(means) => (&means.files, means.answer()?),
            Method::Dsr(direct) => (&direct.files, direct.answer()?),
            Method::Isr(indirect) => (&indirect.files, indirect.answer()?),
            Method::Funnel(funnel) => (&funnel.files, funnel.answer()?),
            Method::Quantile(quantiles) => (&quantiles.files, quantiles.answer()?),
            Method::Sii(sii) => (&sii.files, sii.answer()?),
            Method::LifeExpectancy(life) => (&life.files, life.answer()?),
            Method::Mixed(mixed) => (&mixed.files, mixed.answer()?),
            Method::Spc(spc) => (&spc.files, spc.answer()?),
            Method::Totals(totals) => (&totals.files, totals.answer()?),
            Method::WeightedList(list) => (&list.files, list.answer()?),
            Method::QualityPayment(payment) => (&payment.files, payment.answer()?),
        };
        Answer::write(&answer, files.output.as_deref(), as_json)
    }
}

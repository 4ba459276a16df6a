//! `calc quality-payment`.

use clap::Args;
use models::money::{Achieved, Amount, Pence, Rules, quality_payment};
use vocab::FinancialYear;

use super::Files;
use super::answer::Answer;
use super::table::{Wanted, read};
use crate::wrong::Wrong;

/// What the quality framework pays practices, from one row for each indicator.
#[derive(Debug, Args)]
pub struct QualityPayment {
    #[command(flatten)]
    pub(super) files: Files,
    /// The financial year whose value of a point is taken, such as 2025/26
    #[arg(long)]
    year: String,
    /// Column of the points that the indicator has
    #[arg(long)]
    points: String,
    /// Column of the share from which points are given
    #[arg(long)]
    lower: String,
    /// Column of the share from which all points are given
    #[arg(long)]
    upper: String,
    /// Column of the share achieved
    #[arg(long)]
    achieved: String,
    /// Column of the practice's list
    #[arg(long)]
    list: String,
    /// Column of the prevalence in the practice, for points that are weighted by it
    #[arg(long, requires = "england_prevalence")]
    prevalence: Option<String>,
    /// Column of the prevalence in England
    #[arg(long, requires = "prevalence")]
    england_prevalence: Option<String>,
}

impl QualityPayment {
    /// The payment of all groups.
    pub fn answer(&self) -> anyhow::Result<Answer> {
        let rules = FinancialYear::parse(&self.year).and_then(Rules::of).ok_or_else(|| {
            let years: Vec<String> =
                Rules::years().map(|year| vocab::Period::FinancialYear(year).to_string()).collect();
            Wrong(format!("`{}`: there are rules for {}", self.year, years.join(", ")))
        })?;
        let mut wanted = Wanted {
            words: vec![],
            numbers: vec![&self.points, &self.lower, &self.upper, &self.achieved, &self.list],
        };
        wanted.numbers.extend(self.prevalence.as_deref());
        wanted.numbers.extend(self.england_prevalence.as_deref());
        let mut groups: Vec<Sum> = Vec::new();
        let reading = read(&self.files, &wanted, &mut |record| {
            groups.resize(groups.len().max(record.group + 1), Sum::default());
            let [points, lower, upper, achieved, list] =
                [0, 1, 2, 3, 4].map(|column| record.numbers[column]);
            let prevalence = match record.numbers {
                [.., practice, england] if self.prevalence.is_some() => Some((*practice, *england)),
                _ => None,
            };
            let indicator = Achieved { points, lower, upper, achieved, prevalence };
            groups[record.group].add(quality_payment(&rules.quality, list, indicator));
            Ok(())
        })?;
        let why = |group: usize| {
            let gap = reading.gap(group).map(str::to_owned);
            gap.or_else(|| groups[group].why.clone()).unwrap_or_default()
        };
        let reasons: Vec<String> = (0..groups.len()).map(why).collect();
        let pounds = groups.iter().zip(&reasons);
        let pounds = pounds.map(|(sum, why)| why.is_empty().then(|| sum.pounds.pounds()));
        let mut answer = Answer::of_groups(&self.files.by, &reading.groups);
        answer.wholes("indicators", groups.iter().map(|sum| sum.indicators));
        answer.numbers("pounds", pounds);
        answer.withheld(reasons.iter());
        Ok(answer)
    }
}

/// The indicators of a practice so far.
#[derive(Clone, Default)]
struct Sum {
    indicators: i64,
    pounds: Pence,
    why: Option<String>,
}

impl Sum {
    fn add(&mut self, amount: Amount) {
        self.indicators += 1;
        match amount {
            Amount::Known(pence) => self.pounds = self.pounds + pence,
            Amount::Unknown(why) => self.why = Some(why),
        }
    }
}

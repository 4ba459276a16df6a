//! `catchment payments`: what the rules of a year pay a network or a practice of these numbers.

use anyhow::Context;
use clap::Args;
use kit::number::counted;
use models::money::{
    Amount, DEFLATOR, Mark, Network, Payment, Pence, Rules, Settled, Stage, Statement, Tag, covers,
    enhanced_access_hours, global_sum, network_payments, out_of_hours, real, years_covered,
};
use models::parameters::Parameters;
use vocab::FinancialYear;

use crate::outcome::{Outcome, Wrong};

#[derive(Debug, Args)]
pub struct Payments {
    /// The financial year, such as 2025/26
    year: String,
    /// Registered patients on 1 January before the year
    #[arg(long)]
    registered: Option<f64>,
    /// The network's adjusted population
    #[arg(long)]
    adjusted: Option<f64>,
    /// The weighted list
    #[arg(long)]
    weighted: Option<f64>,
    /// Beds of the care homes aligned to the network
    #[arg(long)]
    beds: Option<f64>,
    /// Take the rates after the pay award of the year, where they were read
    #[arg(long)]
    uplifted: bool,
    /// Show the sum in the prices of another year too, such as 2024/25
    #[arg(long)]
    prices_of: Option<String>,
    /// A practice's global sum instead of a network's payments
    #[arg(long)]
    practice: bool,
}

impl Payments {
    pub fn run(&self, in_json: bool) -> anyhow::Result<Outcome> {
        let rules = Self::rules(&self.year)?;
        let bases = [self.registered, self.adjusted, self.weighted, self.beds];
        let is_number = |base: f64| base.is_finite() && base >= 0.0;
        let people = [self.registered, self.adjusted, self.weighted];
        if !bases.into_iter().flatten().all(is_number) || people.contains(&Some(0.0)) {
            let words = "patients: expected numbers above 0, and beds from 0 up; leave out what is not known";
            return Err(Wrong(words.to_owned()).into());
        }
        let statement = self.statement(rules);
        if in_json {
            say!("{:#}", json(rules, &statement));
            return Ok(Outcome::Done);
        }
        say_lines(&statement);
        if let (Some(prices), Some(sum)) = (&self.prices_of, statement.known()) {
            say!("{}", in_prices_of(rules, prices, sum)?);
        }
        if let (Some(adjusted), false) = (self.adjusted, self.practice) {
            let hours = enhanced_access_hours(adjusted);
            say!("{hours:.1} hours of enhanced access a week are owed");
        }
        for line in statement.left_out() {
            say!("left out: {line}");
        }
        for note in &rules.notes {
            say!("note: {note}");
        }
        Ok(Outcome::Done)
    }

    fn rules(year: &str) -> anyhow::Result<&'static Rules> {
        FinancialYear::parse(year).and_then(Rules::of).ok_or_else(|| {
            let years: Vec<String> =
                Rules::years().map(|year| vocab::Period::FinancialYear(year).to_string()).collect();
            Wrong(format!("`{year}`: there are rules for {}", years.join(", "))).into()
        })
    }

    const fn settled(&self) -> Settled {
        if self.uplifted { Settled::Uplifted } else { Settled::Announced }
    }

    fn statement(&self, rules: &Rules) -> Statement {
        let settled = self.settled();
        if self.practice {
            let sum = global_sum(rules, self.weighted, settled);
            let off = sum.as_ref().map(|sum| out_of_hours(rules, sum));
            return Statement { payments: sum.into_iter().chain(off).collect() };
        }
        let network = Network {
            registered: self.registered,
            adjusted: self.adjusted,
            weighted: self.weighted,
            beds: self.beds,
            points: None,
        };
        network_payments(rules, &network, settled)
    }
}

/// A statement line by line, its sum and the sum of each kind of money.
fn say_lines(statement: &Statement) {
    for payment in &statement.payments {
        let stage =
            payment.stage.map_or_else(String::new, |stage| format!(", {}", stage.in_words()));
        say!("{:>16}  {} ({}{stage})", amount(payment), payment.name, payment.tag.as_str());
    }
    say!("{:>16}  known in all", in_words(statement.known()));
    let has_lines = |tag: &Tag| statement.payments.iter().any(|payment| payment.tag == *tag);
    for tag in Tag::ALL.into_iter().filter(has_lines) {
        let without = match (statement.of(tag), statement.unknown(tag)) {
            (None, _) | (_, 0) => String::new(),
            (_, lines) => {
                let are = if lines == 1 { "is" } else { "are" };
                format!(" ({} {are} not known)", counted(lines, "more line", "more lines"))
            }
        };
        say!("{:>16}  {}{without}", in_words(statement.of(tag)), tag.as_str());
    }
}

/// The sum in the prices of another year, with the deflator that it rests on.
fn in_prices_of(rules: &Rules, prices: &str, sum: Pence) -> anyhow::Result<String> {
    let years = FinancialYear::parse(&rules.financial_year).zip(FinancialYear::parse(prices));
    let Some((year, prices)) = years else {
        return Err(Wrong(format!("`{prices}`: expected a financial year such as 2024/25")).into());
    };
    if !covers(year) || !covers(prices) {
        let [first, last] = years_covered().map(vocab::Period::FinancialYear);
        let words = format!(
            "--prices-of {}: the growth of prices is known from {first} to {last} only; compare years within them",
            vocab::Period::FinancialYear(prices)
        );
        return Err(Wrong(words).into());
    }
    let parameters = Parameters::embedded();
    let later = f64::from(year.begins) - f64::from(prices.begins);
    let worth = real(sum.pounds(), later, &parameters.values(0, 0));
    let deflator = parameters.of(DEFLATOR).context("the growth of prices is a parameter")?;
    Ok(format!(
        "{:>16}  in the prices of {}, which rise by {:.2}% a year ({})",
        Pence::of_pounds(worth).to_string(),
        vocab::Period::FinancialYear(prices),
        deflator.value * 100.0,
        deflator.source.reference
    ))
}

fn amount(payment: &Payment) -> String {
    in_words(payment.amount.known())
}

fn in_words(amount: Option<Pence>) -> String {
    amount.map_or_else(|| "not known".to_owned(), |pence| pence.to_string())
}

fn json(rules: &Rules, statement: &Statement) -> serde_json::Value {
    let lines: Vec<_> = statement
        .payments
        .iter()
        .map(|payment| {
            let why = match &payment.amount {
                Amount::Known(_) => None,
                Amount::Unknown(why) => Some(why),
            };
            serde_json::json!({
                "line": payment.line, "name": payment.name, "tag": payment.tag.as_str(),
                "pounds": payment.amount.known().map(Pence::pounds), "not_known_because": why,
                "source": payment.source, "mark": payment.mark.map(Mark::in_words),
                "award": payment.stage.map(Stage::in_words),
            })
        })
        .collect();
    serde_json::json!({
        "year": rules.financial_year, "lines": lines, "pounds": statement.known().map(Pence::pounds),
        "left_out": statement.left_out(), "notes": rules.notes,
    })
}

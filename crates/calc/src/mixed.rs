//! `calc mixed`.

use anyhow::anyhow;
use clap::{Args, ValueEnum};
use stats::Level;
use stats::mixed::{Covariate, Family, Fit, Method, Model, NoModel, Rows, Spread, fit};

use super::answer::Answer;
use super::groups::Groups;
use super::table::{Record, Rejected, Wanted, read};
use super::{Files, Levels};
use crate::wrong::Wrong;

/// Counts explained by covariates, with a random intercept per group.
#[derive(Debug, Args)]
pub struct Mixed {
    #[command(flatten)]
    pub(super) files: Files,
    #[command(flatten)]
    levels: Levels,
    /// Column of counts
    #[arg(long)]
    outcome: String,
    /// Column of people or expected events (its logarithm is the offset), or of how many could have had one
    /// (binomial families)
    #[arg(long)]
    denominator: Option<String>,
    /// Column added to the linear predictor as it is
    #[arg(long)]
    offset: Option<String>,
    /// Column that names the group with a random intercept; without it the plain model is fitted
    #[arg(long)]
    group: Option<String>,
    /// Column that names a second level, of which every group is part
    #[arg(long, requires = "group")]
    upper_group: Option<String>,
    /// Columns that may explain the counts, separated by commas
    #[arg(long, value_delimiter = ',')]
    covariates: Vec<String>,
    /// How counts vary around their means
    #[arg(long, value_enum, default_value_t = Kind::Poisson)]
    family: Kind,
    /// How the likelihood is integrated over the random intercepts
    #[arg(long, value_enum, default_value_t = Integral::Laplace)]
    method: Integral,
    /// Points of the quadrature
    #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u8).range(1..=50))]
    points: u8,
    /// Answer the random intercept of every group instead of the model's figures
    #[arg(long, requires = "group")]
    effects: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    /// Events; variance equals mean
    Poisson,
    /// Events; variance grows with the square of the mean
    NegativeBinomial,
    /// Part of a known number
    Binomial,
    /// Part of a known number, with chances that vary between rows
    BetaBinomial,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Integral {
    /// One point at the mode
    Laplace,
    /// Several points around the mode, for one level
    Quadrature,
}

/// The rows of one model.
#[derive(Default)]
struct Table {
    events: Vec<f64>,
    denominator: Vec<f64>,
    offset: Vec<f64>,
    covariates: Vec<Vec<f64>>,
    groups: Vec<u32>,
    upper: Vec<u32>,
}

impl Mixed {
    /// One model for each group of `--by`, its figures below one another.
    pub fn answer(&self) -> anyhow::Result<Answer> {
        let family = self.family();
        if family.has_trials() && self.denominator.is_none() {
            let words = "the binomial families need `--denominator`: the column of how many could have had one";
            return Err(Wrong(words.to_owned()).into());
        }
        let mut wanted = Wanted { words: vec![], numbers: vec![&self.outcome] };
        wanted.words.extend(self.group.as_deref());
        wanted.words.extend(self.upper_group.as_deref());
        wanted.numbers.extend(self.denominator.as_deref());
        wanted.numbers.extend(self.offset.as_deref());
        wanted.numbers.extend(self.covariates.iter().map(String::as_str));
        let (mut tables, mut groups, mut upper) =
            (Vec::new(), Groups::default(), Groups::default());
        let reading = read(&self.files, &wanted, &mut |record| {
            if record.group >= tables.len() {
                tables.resize_with(record.group + 1, Table::default);
            }
            self.take(record, &mut tables[record.group], &mut groups, &mut upper)
        })?;
        let fits: Vec<Result<Fit, NoModel>> =
            tables.iter().map(|table| self.fitted(table)).collect();
        let mut lines = Lines::default();
        for (position, fitted) in fits.iter().enumerate() {
            if self.effects {
                lines.effects(position, fitted, &groups);
            } else {
                lines.figures(position, fitted);
            }
        }
        if let ([Err(why)], true) = (fits.as_slice(), self.effects) {
            return Err(anyhow!(Wrong(why.to_string())));
        }
        let mut answer = Answer::of_rows(&self.files.by, &reading.groups, &lines.models);
        lines.fill(&mut answer, &self.levels);
        Ok(answer)
    }

    fn family(&self) -> Family {
        match self.family {
            Kind::Poisson => Family::Poisson,
            Kind::NegativeBinomial => Family::NegativeBinomial,
            Kind::Binomial => Family::Binomial,
            Kind::BetaBinomial => Family::BetaBinomial,
        }
    }

    fn take(
        &self,
        record: &Record<'_>,
        table: &mut Table,
        groups: &mut Groups,
        upper: &mut Groups,
    ) -> Result<(), Rejected> {
        let named = |position: usize, column: &Option<String>| match (record.word)(position) {
            "" => Err(Rejected {
                column: column.clone().unwrap_or_default(),
                value: String::new(),
                rule: "a row has a group",
                remedy: "name the group, or leave the row out",
            }),
            word => Ok(word.to_owned()),
        };
        if self.group.is_some() {
            table.groups.push(groups.number(&named(0, &self.group)?) as u32);
        }
        if self.upper_group.is_some() {
            table.upper.push(upper.number(&named(1, &self.upper_group)?) as u32);
        }
        let mut numbers = record.numbers.iter().copied();
        let mut next = || numbers.next().unwrap_or(f64::NAN);
        table.events.push(next());
        if self.denominator.is_some() {
            table.denominator.push(next());
        }
        if self.offset.is_some() {
            table.offset.push(next());
        }
        table.covariates.resize_with(self.covariates.len(), Vec::new);
        table.covariates.iter_mut().for_each(|column| column.push(next()));
        Ok(())
    }

    fn fitted(&self, table: &Table) -> Result<Fit, NoModel> {
        let family = self.family();
        let mut offset = table.offset.clone();
        if self.denominator.is_some() && !family.has_trials() {
            offset.resize(table.denominator.len(), 0.0);
            for (offset, people) in offset.iter_mut().zip(&table.denominator) {
                *offset += if *people > 0.0 { people.ln() } else { f64::NAN };
            }
        }
        let named = self.covariates.iter().zip(&table.covariates);
        let rows = Rows {
            events: &table.events,
            trials: family.has_trials().then_some(table.denominator.as_slice()),
            offset: (!offset.is_empty()).then_some(offset.as_slice()),
            covariates: named.map(|(name, values)| Covariate { name, values }).collect(),
            groups: self.group.as_ref().map(|_| table.groups.as_slice()),
            upper: self.upper_group.as_ref().map(|_| table.upper.as_slice()),
        };
        let method = match self.method {
            Integral::Laplace => Method::Laplace,
            Integral::Quadrature => Method::Quadrature { points: usize::from(self.points) },
        };
        fit(&rows, Model { family, method, errors: !self.effects })
    }
}

/// The answer in the making.
#[derive(Default)]
struct Lines {
    models: Vec<u32>,
    parts: Vec<&'static str>,
    names: Vec<String>,
    values: Vec<Option<f64>>,
    errors: Vec<Option<f64>>,
    /// Whether the limits lie around the logarithm: spreads and sizes.
    are_logarithms: Vec<bool>,
    withheld: Vec<String>,
}

impl Lines {
    fn add(&mut self, model: usize, part: &'static str, name: &str, value: Option<f64>) {
        self.models.push(model as u32);
        self.parts.push(part);
        self.names.push(name.to_owned());
        self.values.push(value);
        self.errors.push(None);
        self.are_logarithms.push(false);
        self.withheld.push(String::new());
    }

    fn with_error(&mut self, error: Option<f64>, is_logarithm: bool) {
        if let (Some(last), Some(kind)) = (self.errors.last_mut(), self.are_logarithms.last_mut()) {
            (*last, *kind) = (error, is_logarithm);
        }
    }

    fn spread(&mut self, model: usize, part: &'static str, name: &str, spread: Option<Spread>) {
        if let Some(spread) = spread {
            self.add(model, part, name, Some(spread.value));
            self.with_error(spread.standard_error, true);
        }
    }

    fn refused(&mut self, model: usize, why: &NoModel) {
        self.add(model, "model", "", None);
        if let Some(last) = self.withheld.last_mut() {
            *last = why.to_string();
        }
    }

    fn figures(&mut self, model: usize, fitted: &Result<Fit, NoModel>) {
        let fitted = match fitted {
            Ok(fitted) => fitted,
            Err(why) => return self.refused(model, why),
        };
        for coefficient in &fitted.coefficients {
            self.add(model, "coefficient", &coefficient.name, coefficient.value);
            self.with_error(coefficient.standard_error, false);
        }
        self.spread(model, "standard deviation", "group", fitted.groups);
        self.spread(model, "standard deviation", "upper group", fitted.upper);
        self.spread(model, "size", "rows", fitted.size);
        self.add(model, "log-likelihood", "", Some(fitted.log_likelihood));
        self.add(model, "rows", "", Some(fitted.rows as f64));
        for remark in &fitted.remarks {
            self.add(model, "remark", &remark.to_string(), None);
        }
    }

    fn effects(&mut self, model: usize, fitted: &Result<Fit, NoModel>, groups: &Groups) {
        match fitted {
            Ok(fitted) => {
                for effect in &fitted.effects {
                    let name = groups.word(effect.group as usize, 0);
                    self.add(model, "effect", name, Some(effect.value));
                    self.with_error(Some(effect.variance.sqrt()), false);
                }
            }
            Err(why) => self.refused(model, why),
        }
    }

    fn limits(&self, row: usize, level: &Level) -> Option<(f64, f64)> {
        let (value, reach) = (self.values[row]?, level.z() * self.errors[row]?);
        if self.are_logarithms[row] {
            let factor = (reach / value).exp();
            return Some((value / factor, value * factor));
        }
        Some((value - reach, value + reach))
    }

    fn fill(&self, answer: &mut Answer, levels: &Levels) {
        answer.words("part", self.parts.iter());
        answer.words("name", self.names.iter());
        answer.numbers("value", self.values.iter().copied());
        answer.numbers("standard_error", self.errors.iter().copied());
        for (level, names) in levels.levels().iter().zip(levels.names()) {
            let limits: Vec<_> =
                (0..self.models.len()).map(|row| self.limits(row, level)).collect();
            answer.numbers(&names[0], limits.iter().map(|limits| limits.map(|l| l.0)));
            answer.numbers(&names[1], limits.iter().map(|limits| limits.map(|l| l.1)));
        }
        answer.withheld(self.withheld.iter());
    }
}

//! `calc sii`.

use clap::{Args, ValueEnum};
use stats::inequality::{Group, IndexLimits, Line, Measure, SlopeIndex, slope_index};
use stats::{Level, Limits, NoFigure};

use super::answer::Answer;
use super::table::{Wanted, read};
use super::{Files, Levels, reason};
use crate::wrong::Wrong;

/// What the values are.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    /// Means, life expectancy: normal errors
    Amount,
    /// Rates: normal errors of the logarithm
    Rate,
    /// Proportions between 0 and 1: normal errors of the logit
    Proportion,
}

/// Slope and relative index of inequality of groups.
#[derive(Debug, Args)]
pub struct Sii {
    #[command(flatten)]
    pub(super) files: Files,
    #[command(flatten)]
    levels: Levels,
    /// Column that ranks the rows of a group, most deprived first
    #[arg(long)]
    quantile: String,
    /// Column of people
    #[arg(long)]
    population: String,
    /// Column of values
    #[arg(long)]
    value: String,
    /// Column of standard errors, on the scale of the measure
    #[arg(long, required_unless_present = "lower")]
    standard_error: Option<String>,
    /// Column of lower 95% limits, from which standard errors are worked out
    #[arg(long, requires = "upper", conflicts_with = "standard_error")]
    lower: Option<String>,
    /// Column of upper 95% limits
    #[arg(long, requires = "lower")]
    upper: Option<String>,
    /// What the values are
    #[arg(long, value_enum, default_value_t = Kind::Amount)]
    measure: Kind,
    /// Fit the line through logarithms (rates) or logits (proportions)
    #[arg(long)]
    transform: bool,
    /// Multiplies the slope index; a negative one turns the gradient round
    #[arg(long, default_value_t = 1.0, allow_negative_numbers = true)]
    multiplier: f64,
    /// Sample the limits this many times, as the official package does, instead of the closed form
    #[arg(long)]
    repetitions: Option<u32>,
    /// Seed of the sampling
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

impl Sii {
    /// Both indices of all groups.
    pub fn answer(&self) -> anyhow::Result<Answer> {
        if self.repetitions.is_some_and(|repetitions| repetitions < 1000) {
            return Err(Wrong("sampled limits need at least 1,000 repetitions".to_owned()).into());
        }
        let mut wanted =
            Wanted { words: vec![], numbers: vec![&self.quantile, &self.population, &self.value] };
        wanted.numbers.extend(self.standard_error.as_deref());
        wanted.numbers.extend(self.lower.as_deref());
        wanted.numbers.extend(self.upper.as_deref());
        let mut groups: Vec<Vec<(f64, Result<Group, NoFigure>)>> = Vec::new();
        let reading = read(&self.files, &wanted, &mut |record| {
            groups.resize(groups.len().max(record.group + 1), Vec::new());
            groups[record.group].push((record.numbers[0], self.group(record.numbers)));
            Ok(())
        })?;
        let indices: Vec<_> = groups.iter_mut().map(|rows| self.index(rows)).collect();
        let mut answer = Answer::of_groups(&self.files.by, &reading.groups);
        let known = || indices.iter().map(|index| index.as_ref().ok());
        answer.numbers("sii", known().map(|index| Some(index?.sii * self.multiplier)));
        answer.numbers("rii", known().map(|index| Some(self.turned(index?.rii))));
        answer.numbers("intercept", known().map(|index| Some(index?.intercept)));
        for (level, names) in self.levels.levels().iter().zip(self.levels.names()) {
            let limits: Vec<_> = known().map(|index| Some(self.limits(index?, level))).collect();
            for (index, pick) in [
                ("sii", (|l: &IndexLimits| l.sii) as fn(&IndexLimits) -> Limits),
                ("rii", |l| l.rii),
            ] {
                let ends = || limits.iter().map(|limits| limits.as_ref().map(pick));
                answer
                    .numbers(&format!("{index}_{}", names[0]), ends().map(|l| l.map(|l| l.lower)));
                answer
                    .numbers(&format!("{index}_{}", names[1]), ends().map(|l| l.map(|l| l.upper)));
            }
        }
        let why = indices
            .iter()
            .enumerate()
            .map(|(group, index)| reading.gap(group).map_or_else(|| reason(index), str::to_owned));
        answer.withheld(why);
        Ok(answer)
    }

    fn kind(&self) -> Measure {
        match self.measure {
            Kind::Amount => Measure::Amount,
            Kind::Rate => Measure::Rate,
            Kind::Proportion => Measure::Proportion,
        }
    }

    fn group(&self, numbers: &[f64]) -> Result<Group, NoFigure> {
        let standard_error = match numbers {
            [_, _, _, lower, upper] => {
                self.kind().standard_error(Limits { lower: *lower, upper: *upper })?
            }
            _ => numbers[3],
        };
        Ok(Group { population: numbers[1], value: numbers[2], standard_error })
    }

    fn index(&self, rows: &mut [(f64, Result<Group, NoFigure>)]) -> Result<SlopeIndex, NoFigure> {
        rows.sort_by(|a, b| a.0.total_cmp(&b.0));
        let groups: Vec<Group> = rows.iter().map(|row| row.1).collect::<Result<_, _>>()?;
        let line = if self.transform { Line::Transformed } else { Line::Natural };
        slope_index(self.kind(), line, &groups)
    }

    fn limits(&self, index: &SlopeIndex, level: &Level) -> IndexLimits {
        let limits = match self.repetitions {
            Some(repetitions) => index.sampled_limits(level, self.seed, repetitions),
            None => index.limits(level),
        };
        let (first, second) = (self.turned(limits.rii.lower), self.turned(limits.rii.upper));
        let rii = Limits { lower: first.min(second), upper: first.max(second) };
        IndexLimits { sii: limits.sii.scaled(self.multiplier), rii }
    }

    /// The relative index seen from the other end, where the multiplier is negative.
    fn turned(&self, rii: f64) -> f64 {
        if self.multiplier < 0.0 { 1.0 / rii } else { rii }
    }
}

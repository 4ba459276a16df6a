//! `calc proportion` and `calc rate`.

use clap::Args;
use stats::count::crude_rate;
use stats::proportion::proportion;
use stats::{Figure, Level, NoFigure};

use super::answer::Answer;
use super::table::{Wanted, read};
use super::{Files, Levels, reason};

/// Counts over denominators, added up by group.
#[derive(Debug, Args)]
pub struct Counts {
    #[command(flatten)]
    pub(super) files: Files,
    #[command(flatten)]
    levels: Levels,
    /// Column of counts above the line
    #[arg(long)]
    numerator: String,
    /// Column below the line
    #[arg(long)]
    denominator: String,
    /// What figures are given per: 100 for percentages [default: 1 for proportions, 100000 for rates]
    #[arg(long)]
    multiplier: Option<f64>,
}

impl Counts {
    /// Proportions with Wilson's limits.
    pub fn proportions(&self) -> anyhow::Result<Answer> {
        let multiplier = self.multiplier.unwrap_or(1.0);
        self.answer(|numerator, denominator, level| {
            let figure = proportion(numerator, denominator, level)?;
            let limits = figure.limits.scaled(multiplier);
            Ok(Figure { value: figure.value * multiplier, limits })
        })
    }

    /// Crude rates with Poisson limits.
    pub fn rates(&self) -> anyhow::Result<Answer> {
        let multiplier = self.multiplier.unwrap_or(100_000.0);
        self.answer(|count, people, level| crude_rate(count, people, multiplier, level))
    }

    fn answer(
        &self,
        method: impl Fn(f64, f64, &Level) -> Result<Figure, NoFigure>,
    ) -> anyhow::Result<Answer> {
        let wanted = Wanted { words: vec![], numbers: vec![&self.numerator, &self.denominator] };
        let mut sums: Vec<[f64; 2]> = Vec::new();
        let reading = read(&self.files, &wanted, &mut |record| {
            if record.group >= sums.len() {
                sums.resize(record.group + 1, [0.0; 2]);
            }
            let sum = &mut sums[record.group];
            *sum = [sum[0] + record.numbers[0], sum[1] + record.numbers[1]];
            Ok(())
        })?;
        let mut answer = Answer::of_groups(&self.files.by, &reading.groups);
        let given = |number: f64| number.is_finite().then_some(number);
        answer.numbers("numerator", sums.iter().map(|sum| given(sum[0])));
        answer.numbers("denominator", sums.iter().map(|sum| given(sum[1])));
        let mut reasons = Vec::new();
        for (position, (level, names)) in
            self.levels.levels().iter().zip(self.levels.names()).enumerate()
        {
            let figures: Vec<_> = sums.iter().map(|sum| method(sum[0], sum[1], level)).collect();
            if position == 0 {
                answer.numbers("value", figures.iter().map(|f| f.ok().map(|f| f.value)));
                let why = |(group, figure): (usize, &Result<Figure, NoFigure>)| match reading
                    .gap(group)
                {
                    Some(gap) => gap.to_owned(),
                    None => reason(figure),
                };
                reasons = figures.iter().enumerate().map(why).collect();
            }
            answer.numbers(&names[0], figures.iter().map(|f| f.ok().map(|f| f.limits.lower)));
            answer.numbers(&names[1], figures.iter().map(|f| f.ok().map(|f| f.limits.upper)));
        }
        answer.withheld(reasons.iter());
        Ok(answer)
    }
}

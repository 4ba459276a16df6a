//! `calc proportion` and `calc rate`.

use clap::Args;
use stats::count::crude_rate;
use stats::proportion::proportion;
use stats::standardise::Direct;
use stats::{Figure, Level, NoFigure};

use super::answer::Answer;
use super::table::{Wanted, read};
use super::{Files, Levels, Repeated, reason};

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

/// Crude rates.
#[derive(Debug, Args)]
pub struct Rates {
    #[command(flatten)]
    counts: Counts,
    #[command(flatten)]
    repeated: Repeated,
}

impl Rates {
    /// The table read and the table written.
    pub const fn files(&self) -> &Files {
        &self.counts.files
    }

    /// Crude rates with Poisson limits, wider where people had several events.
    pub fn answer(&self) -> anyhow::Result<Answer> {
        let multiplier = self.counts.multiplier.unwrap_or(100_000.0);
        let repeated = !self.repeated.people_with.is_empty();
        self.counts.answer(Some(&self.repeated), |sum, level| {
            if !repeated {
                return crude_rate(sum[0], sum[1], multiplier, level);
            }
            let mut one_band = Direct::default();
            one_band.add_repeated(&sum[2..], sum[1], 1.0);
            let rate = one_band.rate(multiplier)?;
            Ok(Figure { value: rate.value, limits: rate.limits(level) })
        })
    }
}

impl Counts {
    /// Proportions with Wilson's limits.
    pub fn proportions(&self) -> anyhow::Result<Answer> {
        let multiplier = self.multiplier.unwrap_or(1.0);
        self.answer(None, |sum, level| {
            let figure = proportion(sum[0], sum[1], level)?;
            let limits = figure.limits.scaled(multiplier);
            Ok(Figure { value: figure.value * multiplier, limits })
        })
    }

    fn answer(
        &self,
        repeated: Option<&Repeated>,
        method: impl Fn(&[f64], &Level) -> Result<Figure, NoFigure>,
    ) -> anyhow::Result<Answer> {
        let mut wanted =
            Wanted { words: vec![], numbers: vec![&self.numerator, &self.denominator] };
        let people_with = repeated.iter().flat_map(|repeated| &repeated.people_with);
        wanted.numbers.extend(people_with.map(String::as_str));
        let width = wanted.numbers.len();
        let mut sums: Vec<Vec<f64>> = Vec::new();
        let reading = read(&self.files, &wanted, &mut |record| {
            if let Some(repeated) = repeated {
                repeated.events(&record.numbers[2..], record.numbers[0])?;
            }
            if record.group >= sums.len() {
                sums.resize(record.group + 1, vec![0.0; width]);
            }
            for (sum, number) in sums[record.group].iter_mut().zip(record.numbers) {
                *sum += number;
            }
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
            let figures: Vec<_> = sums.iter().map(|sum| method(sum, level)).collect();
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

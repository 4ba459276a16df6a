//! `calc mean` and `calc quantile`.

use clap::{Args, ValueEnum};
use stats::quantile::{Ties, quantiles};

use super::answer::Answer;
use super::table::{Gap, Wanted, read};
use super::{Files, Levels, reason};

/// Means of groups.
#[derive(Debug, Args)]
pub struct Means {
    #[command(flatten)]
    pub(super) files: Files,
    #[command(flatten)]
    levels: Levels,
    /// Column of values
    #[arg(long)]
    value: String,
}

impl Means {
    /// The means of all groups.
    pub fn answer(&self) -> anyhow::Result<Answer> {
        let mut groups: Vec<stats::mean::Values> = Vec::new();
        let wanted = Wanted { words: vec![], numbers: vec![&self.value] };
        let reading = read(&self.files, &wanted, &mut |record| {
            if record.group >= groups.len() {
                groups.resize(record.group + 1, stats::mean::Values::default());
            }
            groups[record.group].add(record.numbers[0]);
            Ok(())
        })?;
        let means: Vec<_> = groups.iter().map(stats::mean::Values::mean).collect();
        let mut answer = Answer::of_groups(&self.files.by, &reading.groups);
        answer.numbers("count", means.iter().map(|mean| mean.ok().map(|mean| mean.count as f64)));
        answer.numbers("sum", means.iter().map(|mean| mean.ok().map(|mean| mean.sum)));
        let deviation = means.iter().map(|mean| mean.ok()?.standard_deviation);
        answer.numbers("standard_deviation", deviation);
        answer.numbers("value", means.iter().map(|mean| mean.ok().map(|mean| mean.value)));
        for (level, names) in self.levels.levels().iter().zip(self.levels.names()) {
            let limits: Vec<_> =
                means.iter().map(|mean| mean.ok()?.limits(level.confidence())).collect();
            answer.numbers(&names[0], limits.iter().map(|limits| limits.map(|l| l.lower)));
            answer.numbers(&names[1], limits.iter().map(|limits| limits.map(|l| l.upper)));
        }
        let why = means
            .iter()
            .enumerate()
            .map(|(group, mean)| reading.gap(group).map_or_else(|| reason(mean), str::to_owned));
        answer.withheld(why);
        Ok(answer)
    }
}

/// What equal values share.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Share {
    /// Their lowest rank
    Lowest,
    /// The mean of their ranks
    Average,
    /// Nothing: they are ranked in the order of the table
    First,
}

/// Quantiles of rows within groups.
#[derive(Debug, Args)]
pub struct Quantiles {
    #[command(flatten)]
    pub(super) files: Files,
    /// Column of values
    #[arg(long)]
    value: String,
    /// How many quantiles
    #[arg(long = "quantiles", default_value_t = 10)]
    count: u32,
    /// Put the highest values into quantile 1
    #[arg(long)]
    highest_first: bool,
    /// What equal values share
    #[arg(long, value_enum, default_value_t = Share::Lowest)]
    ties: Share,
    /// Columns that name a row, copied to the answer
    #[arg(long, value_delimiter = ',')]
    label: Vec<String>,
}

impl Quantiles {
    /// The quantile of every row.
    pub fn answer(&self) -> anyhow::Result<Answer> {
        let wanted = Wanted {
            words: self.label.iter().map(String::as_str).collect(),
            numbers: vec![&self.value],
        };
        let mut labels = vec![Vec::new(); self.label.len()];
        let (mut values, mut group_of_row, mut why) = (Vec::new(), Vec::new(), Vec::new());
        let reading = read(&self.files, &wanted, &mut |record| {
            for (position, column) in labels.iter_mut().enumerate() {
                column.push((record.word)(position).to_owned());
            }
            values.push(record.numbers[0]);
            why.push(record.gap.map(Gap::in_words).unwrap_or_default());
            group_of_row.push(record.group as u32);
            Ok(())
        })?;
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); reading.groups.len()];
        for (row, group) in group_of_row.iter().enumerate() {
            if values[row].is_finite() {
                members[*group as usize].push(row);
            }
        }
        let mut places: Vec<Option<f64>> = vec![None; values.len()];
        for rows in &members {
            self.place(rows, &values, &mut places, &mut why);
        }
        let mut answer = Answer::of_rows(&self.files.by, &reading.groups, &group_of_row);
        for (name, words) in self.label.iter().zip(&labels) {
            answer.words(name, words.iter());
        }
        let given = |value: &f64| value.is_finite().then_some(*value);
        answer.numbers("value", values.iter().map(given));
        answer.numbers("quantile", places.into_iter());
        answer.withheld(why.iter());
        Ok(answer)
    }

    fn place(
        &self,
        rows: &[usize],
        values: &[f64],
        places: &mut [Option<f64>],
        why: &mut [String],
    ) {
        let ties = match self.ties {
            Share::Lowest => Ties::Lowest,
            Share::Average => Ties::Average,
            Share::First => Ties::First,
        };
        let group: Vec<f64> = rows.iter().map(|row| values[*row]).collect();
        let found = quantiles(&group, self.count, self.highest_first, ties);
        for (position, row) in rows.iter().enumerate() {
            places[*row] = found.as_ref().ok().map(|found| f64::from(found[position]));
            why[*row] = reason(&found);
        }
    }
}

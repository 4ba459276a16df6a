//! `calc inequality`: how unequally something is spread over areas, and how far that follows deprivation.

use clap::Args;
use stats::inequality::gradient::{Gradient, Ranked, gradient};
use stats::inequality::spread::{Holding, Spread};
use stats::{Figure, Level, NoFigure};

use super::answer::Answer;
use super::table::{Wanted, read};
use super::{Files, Levels, reason};
use crate::wrong::Wrong;

/// Indices of inequality over many areas.
#[derive(Debug, Args)]
pub struct Inequality {
    #[command(flatten)]
    pub(super) files: Files,
    #[command(flatten)]
    levels: Levels,
    /// Column of values
    #[arg(long)]
    value: String,
    /// Column of people
    #[arg(long)]
    population: String,
    /// Column that ranks the areas, most deprived lowest; without it nothing is said of deprivation
    #[arg(long)]
    rank: Option<String>,
    /// Lowest and highest possible value, for Erreygers' index
    #[arg(long, value_delimiter = ',', requires = "rank")]
    bounds: Option<Vec<f64>>,
    /// Times that areas are drawn anew for the limits of Gini, Theil and 80:20
    #[arg(long, default_value_t = 1000)]
    repetitions: u32,
    /// Seed of the draws
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

type Answered = Result<Figure, NoFigure>;

/// An index of a fitted gradient.
type OfGradient = Box<dyn Fn(&Gradient, &Level) -> Answered>;

impl Inequality {
    /// One row for each group of areas.
    pub fn answer(&self) -> anyhow::Result<Answer> {
        if self.repetitions < 100 {
            return Err(Wrong("limits need at least 100 repetitions".to_owned()).into());
        }
        if self.bounds.as_ref().is_some_and(|bounds| bounds.len() != 2) {
            let words = "--bounds: expected the lowest and the highest value, such as 0,1";
            return Err(Wrong(words.to_owned()).into());
        }
        let mut wanted = Wanted { words: vec![], numbers: vec![&self.value, &self.population] };
        wanted.numbers.extend(self.rank.as_deref());
        let mut groups: Vec<Vec<Ranked>> = Vec::new();
        let reading = read(&self.files, &wanted, &mut |record| {
            groups.resize(groups.len().max(record.group + 1), Vec::new());
            let position = record.numbers.get(2).copied().unwrap_or_default();
            let [value, people] = [record.numbers[0], record.numbers[1]];
            groups[record.group].push(Ranked { position, people, value });
            Ok(())
        })?;
        let mut answer = Answer::of_groups(&self.files.by, &reading.groups);
        let fitted: Vec<_> = groups.iter().map(|areas| gradient(areas)).collect();
        let means = groups.iter().map(|areas| mean(areas));
        answer.numbers("mean", means);
        let ranges = groups.iter().map(|areas| range(areas));
        answer.numbers("range", ranges);
        let mut first: Vec<Result<(), NoFigure>> = vec![Ok(()); groups.len()];
        if self.rank.is_some() {
            for (name, pick) in self.ranked() {
                let figure = |level: &Level| -> Vec<Answered> {
                    fitted.iter().map(|fit| fit.and_then(|fit| pick(&fit, level))).collect()
                };
                self.add(&mut answer, name, figure, &mut first);
            }
        }
        for (name, spread) in [
            ("gini", Spread::Gini),
            ("theil", Spread::Theil),
            ("ratio_80_20", Spread::EightyTwenty),
        ] {
            let figure = |level: &Level| -> Vec<Answered> {
                let held = groups.iter().map(|areas| holdings(areas));
                held.map(|held| spread.with_limits(&held, level, self.seed, self.repetitions))
                    .collect()
            };
            self.add(&mut answer, name, figure, &mut first);
        }
        let why = first
            .iter()
            .enumerate()
            .map(|(group, first)| reading.gap(group).map_or_else(|| reason(first), str::to_owned));
        answer.withheld(why);
        Ok(answer)
    }

    /// The indices that follow deprivation.
    fn ranked(&self) -> Vec<(&'static str, OfGradient)> {
        let mut indices: Vec<(&'static str, OfGradient)> = vec![
            ("concentration_index", Box::new(Gradient::concentration_figure)),
            ("sii", Box::new(|fit, level| Ok(fit.slope_index(level)))),
            ("rii", Box::new(Gradient::relative_index)),
        ];
        if let Some([low, high]) = self.bounds.as_deref() {
            let (low, high) = (*low, *high);
            let erreygers = move |fit: &Gradient, level: &Level| fit.erreygers(low, high, level);
            indices.push(("erreygers_index", Box::new(erreygers)));
        }
        indices
    }

    /// Adds an index and its limits, and keeps the first reason for which a group has none.
    fn add(
        &self,
        answer: &mut Answer,
        name: &str,
        figure: impl Fn(&Level) -> Vec<Answered>,
        first: &mut [Result<(), NoFigure>],
    ) {
        for (number, (level, names)) in
            self.levels.levels().iter().zip(self.levels.names()).enumerate()
        {
            let figures = figure(level);
            let known = || figures.iter().map(|figure| figure.as_ref().ok());
            if number == 0 {
                answer.numbers(name, known().map(|figure| Some(figure?.value)));
                for (first, figure) in first.iter_mut().zip(&figures) {
                    *first = first.and(figure.map(|_| ()));
                }
            }
            let (lower, upper) = (format!("{name}_{}", names[0]), format!("{name}_{}", names[1]));
            answer.numbers(&lower, known().map(|figure| Some(figure?.limits.lower)));
            answer.numbers(&upper, known().map(|figure| Some(figure?.limits.upper)));
        }
    }
}

fn holdings(areas: &[Ranked]) -> Vec<Holding> {
    areas.iter().map(|area| Holding { people: area.people, value: area.value }).collect()
}

/// The value of an average person; nothing where a number is missing or nobody is there.
fn mean(areas: &[Ranked]) -> Option<f64> {
    let people: f64 = areas.iter().map(|area| area.people).sum();
    let sum: f64 = areas.iter().map(|area| area.people * area.value).sum();
    Some(sum / people).filter(|mean| mean.is_finite())
}

/// Largest less smallest value where anybody lives.
fn range(areas: &[Ranked]) -> Option<f64> {
    let values = || areas.iter().filter(|area| area.people > 0.0).map(|area| area.value);
    let range = values().fold(f64::NEG_INFINITY, f64::max) - values().fold(f64::INFINITY, f64::min);
    Some(range).filter(|range| range.is_finite())
}

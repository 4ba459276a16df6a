//! `calc funnel`.

use std::sync::Arc;

use arrow::array::StringArray;
use clap::{Args, ValueEnum};
use stats::funnel::overdispersion::{Model, Scale, Spread};
use stats::funnel::{
    Axis, ControlLimits, RateKind, Rates, Spacing, Standing, expected_at_limits, proportion_limits,
};
use stats::{Limits, NoFigure};
use vocab::Confidence;

use super::Files;
use super::answer::Answer;
use super::table::{Gap, Wanted, read};
use crate::wrong::Wrong;

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Statistic {
    /// Numerator over denominator
    Proportion,
    /// Observed over expected events
    Ratio,
    /// Crude rates
    Rate,
    /// Directly standardised rates (give `--rate`)
    Dsr,
}

/// Standings on a funnel plot, or the funnel itself.
#[derive(Debug, Args)]
pub struct Funnel {
    #[command(flatten)]
    pub(super) files: Files,
    /// What is compared
    #[arg(long, value_enum)]
    statistic: Statistic,
    /// Column of events
    #[arg(long)]
    numerator: String,
    /// Column of people, or of expected events
    #[arg(long)]
    denominator: String,
    /// Column of published rates; without it rates are worked out from the two counts
    #[arg(long)]
    rate: Option<String>,
    /// What figures are given per [default: 100 for proportions and ratios, 100000 for rates]
    #[arg(long)]
    multiplier: Option<f64>,
    /// Columns that name a row, copied to the answer
    #[arg(long, value_delimiter = ',')]
    label: Vec<String>,
    /// Write the limits at a hundred places along the axis instead of the standings
    #[arg(long)]
    limits: bool,
    /// Allow for the spread between all rows (additive model): each row's z-score and standing with it, or limits with it
    #[arg(long)]
    overdispersion: bool,
    /// The two confidence levels of the limits, the narrower first
    #[arg(long, value_delimiter = ',', default_value = "0.95,0.998", value_parser = super::confidence)]
    confidence: Vec<Confidence>,
}

/// The rows of one funnel.
#[derive(Default, Clone)]
struct Places {
    rows: Vec<usize>,
    above: Vec<f64>,
    below: Vec<f64>,
    rates: Vec<f64>,
}

type Judged = Vec<Result<Standing, NoFigure>>;

impl Funnel {
    /// The standings of all rows, or the limits of all funnels.
    pub fn answer(&self) -> anyhow::Result<Answer> {
        let mut wanted = Wanted {
            words: self.label.iter().map(String::as_str).collect(),
            numbers: vec![&self.numerator, &self.denominator],
        };
        wanted.numbers.extend(self.rate.as_deref());
        let control = self.control()?;
        let mut funnels: Vec<Places> = Vec::new();
        let mut group_of_row = Vec::new();
        let mut labels = vec![Vec::new(); self.label.len()];
        let mut why = Vec::new();
        let reading = read(&self.files, &wanted, &mut |record| {
            funnels.resize(funnels.len().max(record.group + 1), Places::default());
            for (position, column) in labels.iter_mut().enumerate() {
                column.push((record.word)(position).to_owned());
            }
            let unsound = record.gap.map(Gap::in_words);
            let unsound =
                unsound.or_else(|| self.unsound(record.numbers).map(|why| why.to_string()));
            if unsound.is_none() {
                let places = &mut funnels[record.group];
                places.rows.push(group_of_row.len());
                places.above.push(record.numbers[0]);
                places.below.push(record.numbers[1]);
                places.rates.push(record.numbers.get(2).copied().unwrap_or(f64::NAN));
            }
            why.push(unsound.unwrap_or_default());
            group_of_row.push(record.group as u32);
            Ok(())
        })?;
        let left_out = why.iter().filter(|why| !why.is_empty()).count();
        if left_out > 0 {
            let rows = why.len();
            eprintln!(
                "{left_out} of {rows} rows carry no figure and are left out of the average; `withheld` says why"
            );
        }
        if self.limits {
            return Ok(self.limit_table(&control, &reading.groups, &funnels));
        }
        let mut answer = Answer::of_rows(&self.files.by, &reading.groups, &group_of_row);
        for (name, words) in self.label.iter().zip(&labels) {
            answer.words(name, words.iter());
        }
        self.standings(&control, &mut answer, &funnels, why);
        Ok(answer)
    }

    /// Why a row of numbers that are all there can neither be judged nor enter the average.
    fn unsound(&self, numbers: &[f64]) -> Option<NoFigure> {
        let [above, below] = [numbers[0], numbers[1]];
        let of_proportion = self.statistic == Statistic::Proportion;
        match below {
            _ if numbers.iter().any(|number| *number < 0.0) => Some(NoFigure::Negative),
            _ if below == 0.0 && self.rate.is_none() => Some(NoFigure::EmptyDenominator),
            _ if of_proportion && above > below => Some(NoFigure::NumeratorAboveDenominator),
            _ => None,
        }
    }

    /// The limits at the levels asked for.
    fn control(&self) -> anyhow::Result<ControlLimits> {
        let control = match self.confidence.as_slice() {
            [inner, outer] => ControlLimits::at(*inner, *outer),
            _ => None,
        };
        let words = "--confidence: expected two levels, the narrower first, such as 0.95,0.998";
        control.ok_or_else(|| Wrong(words.to_owned()).into())
    }

    fn per(&self) -> f64 {
        self.multiplier.unwrap_or(match self.statistic {
            Statistic::Proportion | Statistic::Ratio => 100.0,
            Statistic::Rate | Statistic::Dsr => 100_000.0,
        })
    }

    fn standings(
        &self,
        control: &ControlLimits,
        answer: &mut Answer,
        funnels: &[Places],
        mut why: Vec<String>,
    ) {
        let rows = why.len();
        let mut values = vec![None; rows];
        let mut standings = vec![String::new(); rows];
        for places in funnels {
            let judged = self.judge(places, control);
            for (position, row) in places.rows.iter().enumerate() {
                let value = if self.rate.is_some() {
                    places.rates[position]
                } else {
                    places.above[position] / places.below[position] * self.per()
                };
                values[*row] = value.is_finite().then_some(value);
                match judged.as_ref().map(|judged| judged[position]) {
                    Ok(Ok(standing)) => standings[*row] = control.in_words(standing),
                    Ok(Err(reason)) | Err(&reason) => why[*row] = reason.to_string(),
                }
            }
        }
        answer.numbers("value", values.into_iter());
        if self.overdispersion {
            self.spreads(control, answer, funnels, rows);
        }
        answer.words("standing", standings.iter());
        answer.withheld(why.iter());
    }

    fn judge(&self, places: &Places, control: &ControlLimits) -> Result<Judged, NoFigure> {
        let pairs = || places.above.iter().copied().zip(places.below.iter().copied());
        // The average of one place is itself: it would be held against nothing else.
        if places.rows.len() < 2 && self.statistic != Statistic::Ratio {
            return Err(NoFigure::TooFewValues);
        }
        match self.statistic {
            Statistic::Proportion => {
                let average = average(places)?;
                Ok(pairs().map(|(x, n)| control.proportion_standing(x, n, average)).collect())
            }
            Statistic::Ratio => {
                Ok(pairs().map(|(x, n)| control.count_standing(x, n, 1.0)).collect())
            }
            Statistic::Rate | Statistic::Dsr => self.rates(places)?.standings(control),
        }
    }

    fn rates(&self, places: &Places) -> Result<Rates, NoFigure> {
        let kind =
            if self.statistic == Statistic::Dsr { RateKind::Standardised } else { RateKind::Crude };
        let worked_out: Vec<f64> =
            places.above.iter().zip(&places.below).map(|(x, n)| x / n * self.per()).collect();
        let rates = if self.rate.is_some() { &places.rates } else { &worked_out };
        Rates::new(kind, self.per(), &places.above, rates, &places.below)
    }

    fn spread(&self, places: &Places) -> Option<Spread> {
        let scale = match self.statistic {
            Statistic::Proportion => Scale::Proportion,
            Statistic::Ratio => Scale::RatioLogarithm,
            Statistic::Rate | Statistic::Dsr => Scale::CountsLogarithm,
        };
        Spread::measure(scale, &places.above, &places.below, 0.1).ok()
    }

    fn spreads(
        &self,
        control: &ControlLimits,
        answer: &mut Answer,
        funnels: &[Places],
        rows: usize,
    ) {
        let mut columns = [vec![None; rows], vec![None; rows], vec![None; rows]];
        let mut standings = vec![String::new(); rows];
        for places in funnels {
            let Some(spread) = self.spread(places) else { continue };
            for (row, score) in places.rows.iter().zip(spread.scores(Model::Additive)) {
                standings[*row] = control.in_words(control.standing_of_score(score));
                let cells = [score, spread.phi(), spread.tau_squared()];
                for (column, cell) in columns.iter_mut().zip(cells) {
                    column[*row] = Some(cell);
                }
            }
        }
        for (name, column) in ["score", "phi", "tau_squared"].into_iter().zip(columns) {
            answer.numbers(name, column.into_iter());
        }
        answer.words("standing_with_spread", standings.iter());
    }

    /// A hundred places along the axis of every funnel, with the limits there.
    fn limit_table(
        &self,
        control: &ControlLimits,
        groups: &super::groups::Groups,
        funnels: &[Places],
    ) -> Answer {
        let levels = [control.inner(), control.outer()];
        let (mut group_of_row, mut place_of_row, mut baselines) =
            (Vec::new(), Vec::new(), Vec::new());
        let mut limits: [Vec<Limits>; 2] = [Vec::new(), Vec::new()];
        for (group, places) in funnels.iter().enumerate() {
            let Some((average, axis)) = self.axis(places) else { continue };
            let spread = self.spread(places).filter(|_| self.overdispersion);
            if self.overdispersion && spread.is_none() {
                eprintln!(
                    "a group has no limits: its spread cannot be measured (fewer than two rows, or a ratio of nought)"
                );
                continue;
            }
            let spacing =
                if self.statistic == Statistic::Ratio { Spacing::Ratio } else { Spacing::Standard };
            for place in axis.places(spacing) {
                group_of_row.push(group as u32);
                place_of_row.push(place);
                baselines.push(average * self.per());
                for (column, level) in limits.iter_mut().zip(levels) {
                    if let Some(spread) = &spread {
                        let by_events = matches!(self.statistic, Statistic::Rate | Statistic::Dsr);
                        let size = if by_events { place / average } else { place };
                        let limits = spread.limits(size, level.z(), Model::Additive);
                        column.push(limits.scaled(self.per()));
                        continue;
                    }
                    column.push(if self.statistic == Statistic::Proportion {
                        proportion_limits(average, place, level).scaled(self.per())
                    } else {
                        let at = expected_at_limits(place, level);
                        let scale = place * average * self.per();
                        Limits { lower: scale / at.upper, upper: scale / at.lower }
                    });
                }
            }
        }
        let mut answer = Answer::of_rows(&self.files.by, groups, &group_of_row);
        let place = if self.statistic == Statistic::Proportion { "population" } else { "events" };
        answer.numbers(place, place_of_row.into_iter().map(Some));
        for (level, column) in self.confidence.iter().zip(&limits) {
            let [lower, upper] = super::limit_names(*level);
            answer.numbers(&lower, column.iter().map(|limits| Some(limits.lower)));
            answer.numbers(&upper, column.iter().map(|limits| Some(limits.upper)));
        }
        answer.numbers("average", baselines.into_iter().map(Some));
        let label = Arc::new(StringArray::from(vec![format!("per {}", self.per())]));
        let first = vec![0; group_of_row.len()];
        answer.repeated("unit", label, &first);
        answer
    }

    /// The average and the axis of a funnel; none where it has no people.
    fn axis(&self, places: &Places) -> Option<(f64, Axis)> {
        let mut average = average(places).ok()?;
        let mut sizes: Vec<f64> = places.below.clone();
        if matches!(self.statistic, Statistic::Rate | Statistic::Dsr) {
            let rates = self.rates(places).ok()?;
            average = rates.average().ok()?;
            sizes = rates.populations().iter().flatten().copied().collect();
        }
        let smallest = sizes.iter().copied().fold(f64::INFINITY, f64::min);
        let largest = sizes.iter().copied().fold(0.0, f64::max);
        let axis = Axis::around(smallest, largest);
        match self.statistic {
            Statistic::Proportion => Some((average, axis)),
            Statistic::Ratio => Some((1.0, axis)),
            Statistic::Rate | Statistic::Dsr => {
                let low = (axis.low * average).floor();
                Some((average, Axis { low, high: (axis.high * average).ceil() }))
            }
        }
    }
}

fn average(places: &Places) -> Result<f64, NoFigure> {
    let below: f64 = places.below.iter().sum();
    if below > 0.0 {
        Ok(places.above.iter().sum::<f64>() / below)
    } else if below.is_nan() {
        Err(NoFigure::NotFinite)
    } else {
        Err(NoFigure::EmptyDenominator)
    }
}

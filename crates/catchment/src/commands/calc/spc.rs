//! `calc spc`.

mod order;

use std::sync::Arc;

use arrow::array::StringArray;
use clap::{Args, ValueEnum};
use stats::chart::{Assurance, Better, Chart, Rebase, Rules, Signal, Variation, xmr};

use super::Files;
use super::answer::Answer;
use super::groups::Groups;
use super::table::{Wanted, read};
use crate::outcome::Wrong;
use order::{Series, When};

/// Which way is better.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Way {
    Higher,
    Lower,
    Neither,
}

/// Control charts of series, in order of time where labels are days or months, else in the order of the table.
#[derive(Debug, Args)]
pub struct Spc {
    #[command(flatten)]
    pub(super) files: Files,
    /// Column of values; without dates in `--label` the rows of a series stand in order of time
    #[arg(long)]
    value: String,
    /// Column that names the points: days or months in any form put them in order; copied to the answer and used by `--rebase`
    #[arg(long)]
    label: Option<String>,
    /// Which way is better
    #[arg(long, value_enum, default_value_t = Way::Neither)]
    better: Way,
    /// A target to judge the latest limits against
    #[arg(long, allow_negative_numbers = true)]
    target: Option<f64>,
    /// Start new limits at a point, with the reason: `2024-04-01=new telephone system`; may be repeated
    #[arg(long, requires = "label")]
    rebase: Vec<String>,
    /// Leave out moving ranges above 3.267 times their average, once
    #[arg(long)]
    screen: bool,
    /// Work out limits from only this many points at the start
    #[arg(long)]
    baseline: Option<usize>,
    /// Points on one side of the mean that make a run
    #[arg(long, default_value_t = Rules::MAKING_DATA_COUNT.run)]
    run: usize,
    /// Points rising or falling that make a trend
    #[arg(long, default_value_t = Rules::MAKING_DATA_COUNT.trend)]
    trend: usize,
    /// Average moving ranges from the mean to a limit
    #[arg(long, default_value_t = Rules::MAKING_DATA_COUNT.limit_factor)]
    limit_factor: f64,
    /// One row for each series with its icons, instead of one for each point
    #[arg(long)]
    summary: bool,
}

/// The chart of a series, or in words why there is none.
type Charted = Result<Chart, String>;

impl Spc {
    /// Every point with its limits and signals, or every series with its icons.
    pub fn answer(&self) -> anyhow::Result<Answer> {
        let wanted = Wanted {
            words: self.label.iter().map(String::as_str).collect(),
            numbers: vec![&self.value],
        };
        let (mut series, mut labels): (Vec<Series>, _) = (Vec::new(), Groups::default());
        let reading = read(&self.files, &wanted, &mut |record| {
            if record.group >= series.len() {
                series.resize(record.group + 1, Series::default());
            }
            let label = labels.number((record.word)(0)) as u32;
            series[record.group].add(record.numbers[0], label, record.gap);
            Ok(())
        })?;
        let rules = Rules {
            run: self.run,
            trend: self.trend,
            limit_factor: self.limit_factor,
            screen_moving_ranges: self.screen,
            baseline: self.baseline,
        };
        let starts = self.starts()?;
        let mut ordered = Vec::with_capacity(series.len());
        for series in &mut series {
            ordered.push(match self.label {
                Some(_) => series.put_in_order(&mut labels),
                None => Ok(()),
            });
        }
        check_starts(&starts, &labels)?;
        let charts: Vec<Charted> = series
            .iter()
            .zip(ordered)
            .map(|(series, order)| order.and_then(|()| chart(series, &labels, &starts, &rules)))
            .collect();
        let answer = if self.summary {
            self.summaries(&reading.groups, &series, &labels, &charts)
        } else {
            self.points(&reading.groups, &series, &labels, &charts)
        };
        Ok(answer)
    }

    /// The labels at which limits start afresh, with their reasons.
    fn starts(&self) -> anyhow::Result<Vec<(&str, &str)>> {
        let parse = |text: &'_ String| -> anyhow::Result<(usize, usize)> {
            let split = text.split_once('=').filter(|(_, reason)| !reason.trim().is_empty());
            let Some((label, reason)) = split else {
                let words = format!(
                    "`--rebase {text}`: expected a point and the reason, `2024-04-01=new telephone system`"
                );
                return Err(Wrong(words).into());
            };
            Ok((label.len(), reason.len()))
        };
        self.rebase
            .iter()
            .map(|text| {
                parse(text)?;
                Ok(text.split_once('=').unwrap_or_default())
            })
            .collect()
    }

    fn points(
        &self,
        groups: &Groups,
        series: &[Series],
        labels: &Groups,
        charts: &[Charted],
    ) -> Answer {
        let (mut group_of_row, mut segment_of_row, mut label_of_row) =
            (Vec::new(), Vec::new(), Vec::new());
        let mut segments = Vec::new();
        let mut why = Vec::new();
        for (group, (series, chart)) in series.iter().zip(charts).enumerate() {
            group_of_row.extend(std::iter::repeat_n(group as u32, series.values.len()));
            label_of_row.extend_from_slice(&series.labels);
            for segment in chart.iter().flat_map(|chart| &chart.segments) {
                segment_of_row
                    .extend(std::iter::repeat_n(segments.len() as u32, segment.points.len()));
                segments.push(Some(segment));
                why.push(
                    if segment.limits.is_some() { "" } else { "no two neighbours have figures" }
                        .to_owned(),
                );
            }
            if let Err(reason) = chart {
                segment_of_row
                    .extend(std::iter::repeat_n(segments.len() as u32, series.values.len()));
                segments.push(None);
                why.push(reason.clone());
            }
        }
        let mut answer = Answer::of_rows(&self.files.by, groups, &group_of_row);
        if let Some(name) = &self.label {
            let words: Vec<&str> = (0..labels.len()).map(|label| labels.word(label, 0)).collect();
            answer.repeated(name, Arc::new(StringArray::from(words)), &label_of_row);
        }
        let values = series.iter().flat_map(|series| &series.values);
        answer.numbers("value", values.map(|value| value.is_finite().then_some(*value)));
        let known = || segments.iter().copied();
        let at = &segment_of_row;
        answer.repeated_numbers("mean", known().map(|s| finite(s?.mean)), at);
        answer.repeated_numbers("lower", known().map(|s| Some(s?.limits?.lower)), at);
        answer.repeated_numbers("upper", known().map(|s| Some(s?.limits?.upper)), at);
        answer.repeated_numbers("near_lower", known().map(|s| Some(s?.near_limits?.lower)), at);
        answer.repeated_numbers("near_upper", known().map(|s| Some(s?.near_limits?.upper)), at);
        let flags = [
            ("outside", Signal::Outside),
            ("run", Signal::Run),
            ("trend", Signal::Trend),
            ("two_of_three", Signal::TwoOfThree),
        ];
        for (name, signal) in flags {
            answer.flags(name, signals(series, charts).map(|signals| signals.has(signal)));
        }
        answer.flags("special_cause", signals(series, charts).map(|s| !s.is_common_cause()));
        let reasons: Vec<&str> =
            segments.iter().map(|s| s.and_then(|s| s.reason.as_deref()).unwrap_or("")).collect();
        answer.repeated("rebased_because", Arc::new(said(&reasons)), at);
        let gaps = series.iter().flat_map(|series| &series.gaps);
        answer.withheld(gaps.zip(at).map(|(gap, segment)| match why[*segment as usize].as_str() {
            "" => gap.as_str(),
            why => why,
        }));
        answer
    }

    fn summaries(
        &self,
        groups: &Groups,
        series: &[Series],
        labels: &Groups,
        charts: &[Charted],
    ) -> Answer {
        let better = match self.better {
            Way::Higher => Better::Higher,
            Way::Lower => Better::Lower,
            Way::Neither => Better::Neither,
        };
        let known = || charts.iter().map(|chart| chart.as_ref().ok());
        let mut answer = Answer::of_groups(&self.files.by, groups);
        let figures = |series: &Series| series.gaps.iter().filter(|gap| gap.is_empty()).count();
        answer.wholes(
            "points",
            series.iter().map(|series| i64::try_from(figures(series)).unwrap_or(i64::MAX)),
        );
        answer.words("without_figure", series.iter().map(|series| series.without_figure(labels)));
        answer.numbers("mean", known().map(|chart| finite(chart?.latest().mean)));
        answer.numbers("lower", known().map(|chart| Some(chart?.latest().limits?.lower)));
        answer.numbers("upper", known().map(|chart| Some(chart?.latest().limits?.upper)));
        answer.flags("few_points", known().map(|c| c.is_none_or(|c| c.latest().is_short())));
        answer
            .words("variation", known().map(|c| c.map_or("", |c| variation(c.variation(better)))));
        let assured = known().map(|chart| chart?.assurance(self.target?, better));
        answer.words("assurance", assured.map(|found| found.map_or("", assurance)));
        answer.withheld(charts.iter().map(|chart| chart.as_ref().err().map_or("", String::as_str)));
        answer
    }
}

/// Words of which the empty ones are left out.
fn said<S: AsRef<str>>(words: &[S]) -> StringArray {
    words.iter().map(|word| Some(word.as_ref()).filter(|word| !word.is_empty())).collect()
}

fn finite(number: f64) -> Option<f64> {
    number.is_finite().then_some(number)
}

/// Whether a point is the one asked for, however its date is written.
fn is_point(label: &str, asked: &str) -> bool {
    label == asked || When::read(label).zip(When::read(asked)).is_some_and(|(a, b)| a.is(b))
}

/// Refuses a start of new limits at a point that no series has, and names those there are.
fn check_starts(starts: &[(&str, &str)], labels: &Groups) -> anyhow::Result<()> {
    let names = || (0..labels.len()).map(|label| labels.word(label, 0));
    for (asked, _) in starts {
        if !names().any(|label| is_point(label, asked)) {
            let there = listed(&names().collect::<Vec<_>>());
            let words = format!("--rebase {asked}: there is no such point: the table has {there}");
            return Err(Wrong(words).into());
        }
    }
    Ok(())
}

/// Names, or the first and the last where they are many.
fn listed(names: &[&str]) -> String {
    match names {
        [first, .., last] if names.len() > 24 => format!("{first} to {last}"),
        _ => names.join(", "),
    }
}

fn chart(series: &Series, labels: &Groups, starts: &[(&str, &str)], rules: &Rules) -> Charted {
    let mut rebases = Vec::new();
    for (asked, reason) in starts {
        let is_asked = |point: &u32| is_point(labels.word(*point as usize, 0), asked);
        let at = series.labels.iter().position(is_asked);
        let at = at.ok_or_else(|| format!("there is no point {asked} to start new limits at"))?;
        rebases.extend(Rebase::new(at, reason));
    }
    xmr(&series.values, &rebases, rules).map_err(|reason| reason.to_string())
}

/// The signals of every point; a series without a chart has none.
fn signals<'a>(
    series: &'a [Series],
    charts: &'a [Charted],
) -> impl Iterator<Item = stats::chart::Signals> + 'a {
    series.iter().zip(charts).flat_map(|(series, chart)| {
        let marks = chart.as_ref().map_or(&[][..], |chart| &chart.signals);
        (0..series.values.len()).map(move |point| marks.get(point).copied().unwrap_or_default())
    })
}

const fn variation(variation: Variation) -> &'static str {
    match variation {
        Variation::CommonCause => "common cause",
        Variation::Improvement { high: true } => "improvement, high",
        Variation::Improvement { high: false } => "improvement, low",
        Variation::Concern { high: true } => "concern, high",
        Variation::Concern { high: false } => "concern, low",
        Variation::Neutral { high: true } => "special cause, high",
        Variation::Neutral { high: false } => "special cause, low",
    }
}

const fn assurance(assurance: Assurance) -> &'static str {
    match assurance {
        Assurance::Passes => "consistently passes",
        Assurance::Fails => "consistently fails",
        Assurance::HitAndMiss => "hit and miss",
    }
}

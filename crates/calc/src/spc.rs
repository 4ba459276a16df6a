//! `calc spc`.

mod order;
mod run;

use std::sync::Arc;

use arrow::array::StringArray;
use clap::{Args, ValueEnum};
use sources::value;
use stats::chart::{
    Assurance, Better, Chart, Kind, Rebase, Rules, Signal, Variation, attributes, xmr,
};
use stats::{Limits, NoFigure};
use vocab::Observed;

use super::Files;
use super::answer::Answer;
use super::groups::Groups;
use super::table::{Gap, Record, Rejected, Wanted, read};
use crate::wrong::Wrong;
use order::{Point, Series, When};

/// Which chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Drawn {
    /// Single values, with limits from the distances between neighbours
    Xmr,
    /// Shares of counts: `--value` is the count, `--denominator` those it could happen to
    P,
    /// Rates of counts: `--value` is the count, `--denominator` people or days
    U,
    /// Counts of periods that give each the same chance
    C,
    /// Cases between rare events
    G,
    /// Time between rare events
    T,
    /// Values about their median, without limits
    Run,
}

impl Drawn {
    const fn kind(self) -> Option<Kind> {
        match self {
            Self::Xmr | Self::Run => None,
            Self::P => Some(Kind::P),
            Self::U => Some(Kind::U),
            Self::C => Some(Kind::C),
            Self::G => Some(Kind::G),
            Self::T => Some(Kind::T),
        }
    }
}

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
    /// Which chart is drawn
    #[arg(long, value_enum, default_value_t = Drawn::Xmr)]
    chart: Drawn,
    /// Column of people, days or cases that counts are divided by in charts of shares and rates
    #[arg(long, required_if_eq_any = [("chart", "p"), ("chart", "u")])]
    denominator: Option<String>,
    /// Column that names the points: days or months in any form put them in order; copied to the answer and used by `--rebase`
    #[arg(long)]
    label: Option<String>,
    /// Which way is better
    #[arg(long, value_enum, default_value_t = Way::Neither)]
    better: Way,
    /// A target to judge the latest limits against
    #[arg(long, allow_negative_numbers = true)]
    target: Option<f64>,
    /// Column of targets that change: the latest is judged
    #[arg(long, conflicts_with = "target")]
    target_column: Option<String>,
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
        if self.denominator.is_some() && !self.chart.kind().is_some_and(Kind::has_denominators) {
            let words =
                "--denominator: only charts of shares and rates divide (`--chart p` or `u`)";
            return Err(Wrong(words.to_owned()).into());
        }
        let mut wanted = Wanted {
            words: self.label.iter().chain(&self.target_column).map(String::as_str).collect(),
            numbers: vec![&self.value],
        };
        wanted.numbers.extend(self.denominator.as_deref());
        let (mut series, mut labels): (Vec<Series>, _) = (Vec::new(), Groups::default());
        let reading = read(&self.files, &wanted, &mut |record| {
            if record.group >= series.len() {
                series.resize(record.group + 1, Series::default());
            }
            let word = if self.label.is_some() { (record.word)(0) } else { "" };
            let label = labels.number(word) as u32;
            series[record.group].add(self.point(record, label)?);
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
        let ordered = self.put_in_order(&mut series, &mut labels);
        check_starts(&starts, &labels)?;
        if self.chart == Drawn::Run {
            return Ok(run::answer(self, &reading.groups, &series, &labels, &ordered));
        }
        let charts: Vec<Charted> = series
            .iter()
            .zip(ordered)
            .map(|(series, order)| {
                order.and_then(|()| self.charted(series, &labels, &starts, &rules))
            })
            .collect();
        let answer = if self.summary {
            self.summaries(&reading.groups, &series, &labels, &charts)
        } else {
            self.points(&reading.groups, &series, &labels, &charts)
        };
        Ok(answer)
    }

    /// A row as a point; one that the chart has no place for is a gap with its own reason.
    fn point(&self, record: &Record<'_>, label: u32) -> Result<Point, Rejected> {
        let target = match &self.target_column {
            Some(column) => stated(column, (record.word)(usize::from(self.label.is_some())))?,
            None => self.target.unwrap_or(f64::NAN),
        };
        let mut value = record.numbers[0];
        let below = record.numbers.get(1).copied().unwrap_or(1.0);
        let check = |kind: Kind| match kind.check(value, below).err()? {
            NoFigure::OutsideTransformation => Some("no time lies between two events".to_owned()),
            reason => Some(reason.to_string()),
        };
        let gap = record.gap.map(Gap::in_words).or_else(|| self.chart.kind().and_then(check));
        if gap.is_some() {
            value = f64::NAN;
        }
        Ok(Point { value, below, target, label, gap: gap.unwrap_or_default() })
    }

    /// Puts every series in order of time, and says where the labels do not tell it.
    fn put_in_order(&self, series: &mut [Series], labels: &mut Groups) -> Vec<Result<(), String>> {
        let mut as_they_stand = false;
        let mut ordered = Vec::with_capacity(series.len());
        for series in series {
            let order = if self.label.is_some() { series.put_in_order(labels) } else { Ok(true) };
            as_they_stand |= order == Ok(false);
            let order = order.map(|_| ()).and_then(|()| match series.mixed_scales() {
                Some((share, percentage)) if self.chart.kind().is_none() => Err(format!(
                    "{share} looks like a share and {percentage} like a percentage: give all values alike"
                )),
                _ => Ok(()),
            });
            ordered.push(order);
        }
        if as_they_stand {
            eprintln!("the labels are no dates: points are charted in the order of the table");
        }
        ordered
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
        let values = series.iter().flat_map(|series| series.values.iter().zip(&series.below));
        answer.numbers("value", values.map(|(value, below)| finite(value / below)));
        if self.target_column.is_some() {
            let targets = series.iter().flat_map(|series| &series.targets);
            answer.numbers("target", targets.map(|target| finite(*target)));
        }
        let known = || segments.iter().copied();
        let at = &segment_of_row;
        answer.repeated_numbers("mean", known().map(|s| finite(s?.mean)), at);
        let limits: Vec<_> = series.iter().zip(charts).flat_map(limits).collect();
        let of = |pick: fn([Limits; 2]) -> f64| limits.iter().map(move |both| both.map(pick));
        answer.numbers("lower", of(|both| both[0].lower));
        answer.numbers("upper", of(|both| both[0].upper));
        answer.numbers("near_lower", of(|both| both[1].lower));
        answer.numbers("near_upper", of(|both| both[1].upper));
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
        let assured = known().zip(series);
        let assured =
            assured.map(|(chart, series)| chart?.assurance(series.latest_target()?, better));
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

/// The limits and near limits at every point of a series; a series without a chart has none.
fn limits<'a>(
    (series, chart): (&'a Series, &'a Charted),
) -> impl Iterator<Item = Option<[Limits; 2]>> + 'a {
    (0..series.values.len()).map(move |at| chart.as_ref().ok()?.limits_at(at))
}

/// A target as a cell states it; not a number where it states none.
fn stated(column: &str, text: &str) -> Result<f64, Rejected> {
    let rejected = || Rejected {
        column: column.to_owned(),
        value: text.to_owned(),
        rule: "expected a target as a number",
        remedy: "write the number, or leave the cell empty where the target before it stands",
    };
    Ok(value::figure(text).map(Observed::value).ok_or_else(rejected)?.unwrap_or(f64::NAN))
}

impl Spc {
    fn charted(
        &self,
        series: &Series,
        labels: &Groups,
        starts: &[(&str, &str)],
        rules: &Rules,
    ) -> Charted {
        let mut rebases = Vec::new();
        for (asked, reason) in starts {
            let is_asked = |point: &u32| is_point(labels.word(*point as usize, 0), asked);
            let at = series.labels.iter().position(is_asked);
            let at =
                at.ok_or_else(|| format!("there is no point {asked} to start new limits at"))?;
            rebases.extend(Rebase::new(at, reason));
        }
        let chart = match self.chart.kind() {
            Some(kind) => attributes(kind, &series.values, &series.below, &rebases, rules),
            None => xmr(&series.values, &rebases, rules),
        };
        chart.map_err(|reason| reason.to_string())
    }
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

//! Run charts of series.

use std::sync::Arc;

use arrow::array::StringArray;
use stats::chart::{RunChart, run_chart};

use super::Spc;
use super::order::Series;
use crate::answer::Answer;
use crate::groups::Groups;

/// A figure of a run chart.
type Figure = fn(&RunChart) -> f64;

/// Every series with its runs and crossings, or every point with the median.
pub fn answer(
    spc: &Spc,
    groups: &Groups,
    series: &[Series],
    labels: &Groups,
    ordered: &[Result<(), String>],
) -> Answer {
    let charts: Vec<Result<RunChart, String>> = series
        .iter()
        .zip(ordered)
        .map(|(series, order)| {
            order.clone()?;
            run_chart(&series.values)
                .map_err(|_| "fewer than ten figures off the median".to_owned())
        })
        .collect();
    if spc.summary {
        summaries(spc, groups, series, labels, &charts)
    } else {
        points(spc, groups, series, labels, &charts)
    }
}

fn summaries(
    spc: &Spc,
    groups: &Groups,
    series: &[Series],
    labels: &Groups,
    charts: &[Result<RunChart, String>],
) -> Answer {
    let mut answer = Answer::of_groups(&spc.files.by, groups);
    answer.words("without_figure", series.iter().map(|series| series.without_figure(labels)));
    let columns: [(&str, Figure); 6] = [
        ("median", |chart| chart.median),
        ("useful", |chart| chart.useful as f64),
        ("longest_run", |chart| chart.longest_run as f64),
        ("longest_usual", |chart| chart.longest_usual as f64),
        ("crossings", |chart| chart.crossings as f64),
        ("fewest_usual", |chart| chart.fewest_usual as f64),
    ];
    for (name, pick) in columns {
        answer.numbers(name, charts.iter().map(|chart| chart.as_ref().ok().map(pick)));
    }
    answer
        .flags("signal", charts.iter().map(|chart| chart.as_ref().is_ok_and(RunChart::is_signal)));
    answer.withheld(charts.iter().map(|chart| chart.as_ref().err().map_or("", String::as_str)));
    answer
}

fn points(
    spc: &Spc,
    groups: &Groups,
    series: &[Series],
    labels: &Groups,
    charts: &[Result<RunChart, String>],
) -> Answer {
    let lengths = || (0..).zip(series).map(|(group, series)| (group, series.values.len()));
    let group_of_row: Vec<u32> =
        lengths().flat_map(|(group, length)| std::iter::repeat_n(group, length)).collect();
    let mut answer = Answer::of_rows(&spc.files.by, groups, &group_of_row);
    if let Some(name) = &spc.label {
        let words: Vec<&str> = (0..labels.len()).map(|label| labels.word(label, 0)).collect();
        let label_of_row: Vec<u32> =
            series.iter().flat_map(|series| series.labels.clone()).collect();
        answer.repeated(name, Arc::new(StringArray::from(words)), &label_of_row);
    }
    let values = series.iter().flat_map(|series| &series.values);
    answer.numbers("value", values.map(|value| value.is_finite().then_some(*value)));
    let medians = charts.iter().map(|chart| chart.as_ref().ok().map(|chart| chart.median));
    answer.repeated_numbers("median", medians, &group_of_row);
    let gaps = series.iter().flat_map(|series| &series.gaps);
    answer.withheld(gaps.zip(&group_of_row).map(|(gap, group)| {
        let why = charts[*group as usize].as_ref().err();
        why.map_or(gap.as_str(), String::as_str)
    }));
    answer
}

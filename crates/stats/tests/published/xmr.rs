//! Control charts beside the flags of another implementation, with its constants.

use stats::chart::{Rules, Signal, xmr};

use crate::peers::{Table, Tally, peers};

const POINTS: usize = 36;

#[test]
fn every_flag_of_a_thousand_series_is_the_same() {
    let Some(folder) = peers() else { return };
    let mut tally = Tally::of("control chart flags and limits");
    let answers = Table::csv(&folder.join("answers/p10_1000x36.csv"));
    let rules = Rules { run: 8, trend: 6, limit_factor: 3.0 / 1.128, ..Rules::MAKING_DATA_COUNT };
    let flags = [
        ("rule1", Signal::Outside),
        ("rule2", Signal::Run),
        ("rule3", Signal::Trend),
        ("rule4", Signal::TwoOfThree),
    ];
    let values = answers.numbers("value");
    for (series, rows) in values.chunks(POINTS).zip(answers.rows.chunks(POINTS)) {
        let chart = xmr(series, &[], &rules).unwrap();
        let segment = chart.latest();
        for (signals, row) in chart.signals.iter().zip(rows) {
            for (name, signal) in flags {
                let expected = answers.word(row, name) == "True";
                tally.same(&signals.has(signal), &expected, name);
            }
        }
        let number = |name: &str| answers.number(&rows[0], name).unwrap();
        tally.close(segment.mean, number("mean"), 1e-13, "mean");
        tally.close(segment.limits.unwrap().upper, number("ucl"), 1e-13, "upper");
        tally.close(segment.limits.unwrap().lower, number("lcl"), 1e-12, "lower");
        tally.close(segment.near_limits.unwrap().upper, number("uwl"), 1e-13, "near upper");
        tally.close(segment.near_limits.unwrap().lower, number("lwl"), 1e-12, "near lower");
    }
}

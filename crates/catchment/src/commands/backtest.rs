//! `catchment backtest`: how well our forecasts would have done, beside those that anybody can make.

use clap::Args;
use kit::number::{counted, some};
use models::backtest::{Backtest, DatedTest, Tested, backtest};
use vocab::{Month, Period};

use super::{Common, place_of};
use crate::outcome::Outcome;

#[derive(Debug, Args)]
pub struct ShowBacktest {
    /// A code, codes joined by `+`, or a named place; everything imported when not given
    place: Option<String>,
}

impl ShowBacktest {
    pub fn run(&self, common: &Common) -> anyhow::Result<Outcome> {
        let study = common.study()?;
        let evidence = study.evidence();
        let place = self.place.as_deref().map(|key| place_of(&study, key)).transpose()?;
        let found = backtest(evidence, place.as_ref())?;
        if common.json {
            let name = place.as_ref().map(|place| place.name.as_str());
            say!("{:#}", json(name, &found));
            return Ok(Outcome::Done);
        }
        for tested in &found.monthly {
            show_monthly(tested);
        }
        for test in &found.dated {
            show_dated(test);
        }
        for reason in &found.untested {
            say!("not tested: {reason}");
        }
        Ok(Outcome::Done)
    }
}

fn show_monthly(tested: &Tested) {
    let (first, last) = words(tested.months);
    say!("{}, {first} to {last}: {} series", tested.source, tested.series);
    if tested.with_gaps > 0 {
        say!(
            "  {} more have no figures in a month before the first forecast and were left out",
            tested.with_gaps
        );
    }
    if tested.in_part > 0 {
        say!(
            "  {} have a later month without figures and are judged on the others",
            tested.in_part
        );
    }
    say!(
        "  months ahead, method, forecasts, mean error, scaled error, root mean square, inside 80%"
    );
    for score in &tested.scores {
        let inside =
            score.coverage.map_or_else(|| "-".to_owned(), |share| format!("{:.1}%", share * 100.0));
        say!(
            "  {:>2}  {:<21} {:>6}  {:>5.2}%  {:.3}  {:>9.0}  {inside}",
            score.horizon,
            score.method.as_str(),
            score.forecasts,
            score.mape * 100.0,
            score.mase,
            score.rmse
        );
    }
}

fn show_dated(test: &DatedTest) {
    say!(
        "{} of practices, learnt from {} to {}, predicted for {}: {} ({} no figure on that date)",
        test.figure,
        test.seen.0,
        test.seen.1,
        test.predicted,
        counted(test.practices, "practice", "practices"),
        some(test.without_end, "other has", "others have")
    );
    for score in &test.scores {
        let inside =
            score.coverage.map_or_else(|| "-".to_owned(), |share| format!("{:.1}%", share * 100.0));
        say!(
            "  {:<30} {:>5.2}%  {:>9.1}  {inside}",
            score.method,
            score.error_share * 100.0,
            score.rmse
        );
    }
}

fn words((first, last): (Month, Month)) -> (String, String) {
    (Period::Month(first).in_words(), Period::Month(last).in_words())
}

fn json(place: Option<&str>, found: &Backtest) -> serde_json::Value {
    let monthly = found.monthly.iter().map(|tested| {
        let scores = tested.scores.iter().map(|score| {
            serde_json::json!({
                "method": score.method.as_str(), "months_ahead": score.horizon, "origins": score.origins,
                "forecasts": score.forecasts, "mase": score.mase, "mape": score.mape, "rmse": score.rmse,
                "inside_80": score.coverage,
            })
        });
        serde_json::json!({
            "level": tested.level.as_str(), "source": tested.source,
            "first_month": Period::Month(tested.months.0).to_string(),
            "last_month": Period::Month(tested.months.1).to_string(),
            "series": tested.series, "left_out_with_gaps": tested.with_gaps,
            "judged_in_part": tested.in_part,
            "scores": scores.collect::<Vec<_>>(),
        })
    });
    let dated = found.dated.iter().map(|test| {
        let scores = test.scores.iter().map(|score| {
            serde_json::json!({
                "method": score.method, "error_share": score.error_share, "rmse": score.rmse, "inside_80": score.coverage,
            })
        });
        serde_json::json!({
            "figure": test.figure, "seen_from": test.seen.0.to_string(), "seen_to": test.seen.1.to_string(),
            "predicted": test.predicted.to_string(), "practices": test.practices,
            "without_figure_then": test.without_end, "scores": scores.collect::<Vec<_>>(),
        })
    });
    serde_json::json!({
        "place": place, "monthly": monthly.collect::<Vec<_>>(), "dated": dated.collect::<Vec<_>>(),
        "untested": found.untested,
    })
}

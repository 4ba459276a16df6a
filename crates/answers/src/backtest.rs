//! How well forecasts would have done, in words and tables.

use models::backtest::{Backtest, DatedTest, Method, Score, Tested};
use vocab::Level;

use kit::caption::Caption;
use kit::number::{Style, capitalise, counted, plain};
use kit::table::{Cell, Column, Row, Table};

/// Who forecasts, in words.
#[must_use]
pub const fn method(method: Method) -> &'static str {
    match method {
        Method::Together => "This program",
        Method::PooledLevel => "A wandering level with common months",
        Method::SharedLevel => "A smoothed level with common months",
        Method::Theta => "Theta with common months",
        Method::LastYear => "The month of the year before with common growth",
        Method::SeasonalNaive => "The same month of the year before",
        Method::Smoothing => "Smoothing with months of its own",
    }
}

/// Those that the first sentence sets beside this program: what anybody can do.
const RIVALS: [Method; 4] =
    [Method::SeasonalNaive, Method::LastYear, Method::Theta, Method::Smoothing];

/// The level of a test in words.
#[must_use]
pub fn whose(tested: &Tested) -> String {
    let level = if tested.level == Level::SubIcb { "sub-ICB locations" } else { "practices" };
    format!("monthly appointments of {level}")
}

/// What could not be tested and why, a line each.
#[must_use]
pub fn untested(found: &Backtest) -> Vec<String> {
    found.untested.iter().map(|words| format!("Not tested: {words}.")).collect()
}

/// What a reader should know first: how far twelve months ahead was off, and whether the simple ways did better.
#[must_use]
pub fn sentences(found: &Backtest) -> Vec<String> {
    let tested = found.monthly.iter().filter_map(sentence);
    tested.chain(found.dated.iter().filter_map(dated_sentence)).collect()
}

fn sentence(tested: &Tested) -> Option<String> {
    let farthest = tested.scores.iter().map(|score| score.horizon).max()?;
    let at = |method| {
        tested.scores.iter().find(|score| score.method == method && score.horizon == farthest)
    };
    let ours = at(Method::Together)?;
    let percent = |share: f64| format!("{}%", plain(100.0 * share, 1));
    let others: Vec<String> = RIVALS
        .into_iter()
        .filter_map(|other| {
            let words = method(other).to_lowercase();
            at(other).map(|score| format!("{words} {}", percent(score.mape)))
        })
        .collect();
    let inside = ours.coverage.map_or_else(String::new, |share| {
        format!(
            " Of the months to come, {} fell inside the range that should hold 80%.",
            percent(share)
        )
    });
    Some(format!(
        "Forecasts of {} {farthest} months ahead would have been {} off on average; {}.{inside}",
        whose(tested),
        percent(ours.mape),
        others.join(", ")
    ))
}

fn dated_sentence(test: &DatedTest) -> Option<String> {
    let (ours, others) = test.scores.split_first()?;
    let percent = |share: f64| format!("{}%", plain(100.0 * share, 1));
    let others: Vec<String> = others
        .iter()
        .map(|other| format!("{} {}", other.method, percent(other.error_share)))
        .collect();
    Some(format!(
        "{} on {}, predicted for {} from what was known until {}: {} off in sum; {}.",
        capitalise(&test.figure),
        test.predicted,
        counted(test.practices, "practice", "practices"),
        test.seen.1,
        percent(ours.error_share),
        others.join(" and ")
    ))
}

/// The scores of monthly forecasts.
#[must_use]
pub fn table(tested: &Tested, caption: Caption) -> Table {
    let columns = vec![
        Column::number("Months ahead", "horizon", Style::count("months")),
        Column::text("Who forecasts", "method"),
        Column::number("Mean error", "mape", Style::percentage(1, "of what came")),
        Column::number("Scaled error", "mase", Style::number(2, "")),
        Column::number("Root of squared error", "rmse", Style::count("appointments of a month")),
        Column::number("Inside the 80% range", "coverage", Style::percentage(0, "of months")),
        Column::number("Forecasts", "forecasts", Style::count("forecasts")),
        Column::number("Starting months", "origins", Style::count("months")),
    ];
    let row = |score: &Score| {
        Row::new(vec![
            Cell::value(score.horizon as f64),
            Cell::text(method(score.method)),
            Cell::value(score.mape),
            Cell::value(score.mase),
            Cell::value(score.rmse),
            Cell::maybe(score.coverage),
            Cell::value(score.forecasts as f64),
            Cell::value(score.origins as f64),
        ])
    };
    let notes = vec![
        "Scaled error: the mean error over the mean change from one month to the next in the past of each series.".to_owned(),
        "This program: the next four together, weighed by their errors before each starting month.".to_owned(),
        "Common months and growth: England’s, or those of all series together where England’s are not imported.".to_owned(),
        format!(
            "{} left out because a month before the first forecast is missing; {} judged on the months that they have.",
            plain(tested.with_gaps as f64, 0),
            plain(tested.in_part as f64, 0)
        ),
    ];
    Table { caption, columns, rows: tested.scores.iter().map(row).collect(), notes }
}

/// The scores of figures known on a few dates.
#[must_use]
pub fn dated_table(tests: &[DatedTest], caption: Caption) -> Table {
    let columns = vec![
        Column::text("Figure", "figure"),
        Column::text("Seen until", "seen"),
        Column::text("Predicted for", "predicted"),
        Column::text("Who predicts", "method"),
        Column::number("Error", "error_share", Style::percentage(1, "of what came")),
        Column::number("Inside the 80% range", "coverage", Style::percentage(0, "of practices")),
        Column::number("Practices", "practices", Style::count("practices")),
        Column::number("Gone by then", "without_end", Style::count("practices")),
    ];
    let rows = tests.iter().flat_map(|test| {
        test.scores.iter().map(|score| {
            Row::new(vec![
                Cell::text(&test.figure),
                Cell::text(test.seen.1.to_string()),
                Cell::text(test.predicted.to_string()),
                Cell::text(score.method),
                Cell::value(score.error_share),
                Cell::maybe(score.coverage),
                Cell::value(test.practices as f64),
                Cell::value(test.without_end as f64),
            ])
        })
    });
    Table { caption, columns, rows: rows.collect(), notes: Vec::new() }
}

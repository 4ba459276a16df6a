//! An outlook as JSON.

use models::outlook::{Band, Outlook, Ranking, Visible, risks, rows, steps};
use serde_json::{Value, json};
use vocab::{Level, Period};

use super::{Compared, Told};

pub fn of(told: &Told) -> Value {
    let Told { base, residents, baseline, influences, rankings, scenario } = told;
    let influences: Vec<Value> = influences
        .iter()
        .map(|one| {
            json!({ "parameter": one.name, "about": one.about, "low_minutes": one.low,
                "high_minutes": one.high, "share_of_variance": one.share })
        })
        .collect();
    json!({
        "place": base.key, "name": base.name, "lists_of": base.day.to_string(), "people": base.list(),
        "practices": base.practices.len(), "seed": baseline.settings.seed, "draws": baseline.settings.draws,
        "from": Period::Month(baseline.from).to_string(), "baseline": outlook(baseline, told),
        "sensitivity": influences,
        "risk_score": rankings.iter().map(ranking).collect::<Vec<_>>(),
        "scenario": scenario.as_ref().map(|one| compared(one, told)),
        "remarks": base.remarks.iter().chain(&residents.remarks).map(ToString::to_string).collect::<Vec<_>>(),
    })
}

fn ranking(one: &Ranking) -> Value {
    let tenths = one.assessment.tenths.iter().map(|tenth| {
        json!({ "people": tenth.people, "mean_score": tenth.score, "observed_share": tenth.observed })
    });
    json!({ "outcome_within_a_year": one.outcome.as_str(), "area_under_curve": one.assessment.auc,
        "groups_by_score": tenths.collect::<Vec<_>>() })
}

fn outlook(outlook: &Outlook, told: &Told) -> Value {
    let years: Vec<Value> = rows(outlook, &told.base)
        .into_iter()
        .filter(|row| row.unit.level == Level::Place)
        .map(|row| json!({ "years_ahead": row.year, "measure": row.measure.as_str(), "figure": band(&row.band) }))
        .collect();
    let steps: Vec<Value> = steps(outlook)
        .into_iter()
        .map(|row| {
            json!({ "years_ahead": row.year, "step": row.step.as_str(), "sum_of_draws_minutes": row.sum,
                "mean_minutes": row.mean, "figure": band(&row.band) })
        })
        .collect();
    let risks: Vec<Value> = risks(outlook)
        .into_iter()
        .map(|row| {
            json!({ "years_ahead": row.year, "group": row.group.as_str(), "people": band(&row.people),
                "share_of_need": band(&row.share_of_need) })
        })
        .collect();
    json!({ "years": years, "steps": steps, "risk_groups": risks, "not_read": outlook.unread })
}

fn compared(one: &Compared, told: &Told) -> Value {
    let moves: Vec<Value> = one
        .asked
        .in_words
        .iter()
        .zip(&one.moves)
        .map(|(words, moved)| json!({ "intervention": words, "gap_minutes_by_year": moved }))
        .collect();
    json!({
        "name": one.asked.name, "outlook": outlook(&one.outlook, told), "interventions": moves,
        "visible": one.visible.iter().map(seen).collect::<Vec<_>>(),
    })
}

fn seen(one: &Visible) -> Value {
    json!({
        "indicator": one.indicator, "effect": one.effect, "least": one.least,
        "month": one.month.map(|month| Period::Month(month).to_string()),
    })
}

fn band(band: &Band) -> Value {
    json!({ "central": band.central, "p10": band.p10, "p50": band.p50, "p90": band.p90 })
}

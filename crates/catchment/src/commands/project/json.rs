//! An outlook as JSON: the answer of its page with every exhibit as records, and every figure of the place by year and step.

use answers::json::records;
use models::outlook::{Band, Found, steps};
use serde_json::{Value, json};
use vocab::{Level, Period};

use super::Told;
use crate::commands::scenario::{pots, recruits};

pub fn of(told: &Told) -> Value {
    let answer = told.answer();
    let Found { base, outlook, .. } = &told.baseline;
    let settings = outlook.settings;
    let exhibits = answer.exhibits.iter().map(|one| {
        json!({ "id": one.id, "heading": one.heading, "reading": one.reading,
            "records": records(&one.to_table()) })
    });
    json!({
        "place": base.key, "name": base.name, "lists_of": base.day.to_string(), "people": base.list(),
        "practices": base.practices.len(), "seed": settings.seed, "draws": settings.draws,
        "from": Period::Month(outlook.from).to_string(),
        "lead": answer.lead, "sentences": answer.sentences, "exhibits": exhibits.collect::<Vec<_>>(),
        "limits": answer.limits, "method": answer.method,
        "baseline": figures(&told.baseline),
        "scenario": told.scenario.as_ref().map(|one| figures(&one.found)),
        "recruits": told.scenario.as_ref().map(|one| recruits(&one.wanted)),
        "pots": told.scenario.as_ref().map(|one| pots(&one.wanted)),
    })
}

/// Every figure of the place by year, and every step of every role.
fn figures(found: &Found) -> Value {
    let of_place = found.rows.iter().filter(|row| row.unit.level == Level::Place);
    let years = of_place.map(|row| {
        json!({ "years_ahead": row.year, "measure": row.measure.word(), "figure": band(&row.band) })
    });
    let told = steps(&found.outlook).into_iter().filter(|row| found.base.counts(row.role));
    let steps = told.map(|row| {
        json!({ "years_ahead": row.year, "role": row.role.as_str(), "step": row.step.as_str(),
            "sum_of_draws_minutes": row.sum, "full_time_equivalents": band(&row.fte) })
    });
    json!({ "years": years.collect::<Vec<_>>(), "steps": steps.collect::<Vec<_>>() })
}

fn band(band: &Band) -> Value {
    json!({ "mean": band.mean, "p10": band.p10, "p50": band.p50, "p90": band.p90 })
}

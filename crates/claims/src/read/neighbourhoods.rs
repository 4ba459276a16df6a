//! Small areas of a place among the most or least deprived of England.

use std::collections::BTreeSet;

use evidence::tables;
use indicators::evaluate::EvaluateError;
use indicators::small_areas::areas_of;
use vocab::Period;

use super::super::mention::{QuantityKind, When};
use super::super::reading::{Bar, Exhibit, Shown, Verdict};
use super::super::said::{Argument, Said, Unit, name, number, share, words};
use super::asking::{Asking, Found, lacking};
use super::when;

/// `Eighteen of the 152 neighbourhoods are in the most deprived tenth`.
pub(super) fn found(asking: &Asking<'_>) -> Result<Found, EvaluateError> {
    if is_of_another(&asking.claim.sentence) {
        return Ok(lacking(
            Said::plain(
                "The index ranks all small areas of England on all its domains: of another whole, of one domain or of some areas only it is not told.",
            ),
            ["a sentence of the most or least deprived tenth or fifth of England".to_owned()],
        ));
    }
    let evidence = asking.checker.evidence();
    let held = evidence.periods("deprivation");
    let wanted = |period: &&Period| match asking.claim.slots.when {
        Some(When::In(wanted)) => when::overlaps(**period, wanted),
        _ => true,
    };
    let Some(period) = held.iter().rev().find(wanted).copied() else {
        return Ok(lacking(
            Said::plain("No index of deprivation by small area of that time is imported."),
            ["Indices of Deprivation by LSOA".to_owned()],
        ));
    };
    let inside = areas_of(evidence, &asking.place, asking.checker.known())?;
    let frame = evidence.frame("deprivation", period)?;
    let areas = tables::deprivation::Columns::of(&frame);
    let mut deciles = Vec::new();
    let mut known = BTreeSet::new();
    for (row, decile) in areas.decile.iter().enumerate().filter(|(_, one)| one.is_finite()) {
        let code = areas.area.get(row).filter(|_| areas.domain.get(row) == Some("overall"));
        if let Some(code) = code.filter(|code| inside.contains(*code)) {
            deciles.push(*decile);
            known.insert(code);
        }
    }
    if inside.is_empty() || known.len() != inside.len() {
        return Ok(lacking(
            Said::new(
                "The small areas of {} are not all in the index of deprivation of {}: {} of {} are.",
                [
                    name(&asking.place.name),
                    Argument::Period(period),
                    words(known.len().to_string()),
                    words(inside.len().to_string()),
                ],
            ),
            ["a lookup of small areas to the place, of the same census as the index".to_owned()],
        ));
    }
    Ok(counted(asking, &deciles, period))
}

/// Whether a sentence speaks of a tenth of something else than England’s areas, or of some neighbourhoods only: `of the city`,
/// `for health`, `neighbourhoods with a surgery`.
fn is_of_another(sentence: &str) -> bool {
    const PARTS: [&str; 6] = ["tenth", "decile", "fifth", "quintile", "%", "cent"];
    const WHOLES: [&str; 14] = [
        "areas",
        "neighbourhoods",
        "lsoas",
        "small",
        "england",
        "england's",
        "country",
        "all",
        "english",
        "2025",
        "2019",
        "index",
        "imd",
        "indices",
    ];
    const SKIPPED: [&str; 5] = ["the", "of", "in", "on", "by"];
    let low = sentence.to_lowercase().replace('\u{2019}', "'");
    let words: Vec<&str> = low
        .split(|one: char| one.is_whitespace() || matches!(one, ',' | '.' | ';' | '(' | ')'))
        .filter(|word| !word.is_empty())
        .collect();
    let word = |at: usize| words.get(at).copied().unwrap_or("");
    let led = |at: usize| {
        let links = matches!(word(at), "of" | "for" | "in" | "by" | "within" | "on");
        let next = (at..words.len()).find(|at| !SKIPPED.contains(&word(*at))).map_or("", word);
        word(at) == "locally" || (links && !WHOLES.contains(&next))
    };
    let is_part = |at: usize| PARTS.iter().any(|part| word(at).ends_with(part)) && at > 0;
    let deprived = words.iter().position(|word| *word == "deprived").unwrap_or(0);
    let after = (deprived..words.len()).filter(|at| is_part(*at)).any(|at| led(at + 1));
    let some = words.iter().enumerate().any(|(at, one)| {
        let area = one.starts_with("neighbourhood") || one.starts_with("lsoa");
        area && matches!(
            word(at + 1),
            "with" | "without" | "that" | "where" | "whose" | "near" | "which"
        )
    });
    after || some
}

/// How many lie in the part of England’s areas that the sentence names.
fn counted(asking: &Asking<'_>, deciles: &[f64], period: Period) -> Found {
    let given = |name: &str| asking.claim.slots.given.get(name).map_or("", String::as_str);
    let (tenths, part) = if given("part") == "tenth" { (1.0, "tenth") } else { (2.0, "fifth") };
    let least = given("end") == "least";
    let is_in = |decile: f64| if least { decile > 10.0 - tenths } else { decile <= tenths };
    let met = deciles.iter().filter(|decile| is_in(**decile)).count() as f64;
    let all = deciles.len() as f64;
    let stated = asking.number("count");
    let holds = match (stated, given("many")) {
        (Some(stated), _) if stated.kind == QuantityKind::Share => stated.agrees(met / all),
        (Some(stated), _) => stated.agrees(met),
        (None, "none") => met < 0.5,
        (None, "most") => met / all > 0.5,
        _ => return Found::default(),
    };
    let holds = holds && asking.number("all").is_none_or(|stated| stated.agrees(all));
    let end = if least { "least" } else { "most" };
    let label = format!("Small areas in the {end} deprived {part} of England");
    let shown =
        |label: &str, value: f64| Shown::new(label, value, Unit::Number(0, "")).in_period(period);
    Found {
        verdict: Some(Verdict::of(holds)),
        releases: asking.releases("deprivation", period),
        answer: vec![Said::new(
            "{} of the {} small areas of {} ({}) are among the {} deprived {} of England’s, by the index of {}.",
            [
                number(met, 0, ""),
                number(all, 0, ""),
                name(&asking.place.name),
                share(met / all),
                words(end),
                words(part),
                Argument::Period(period),
            ],
        )],
        figures: vec![shown(&label, met), shown("Small areas", all)],
        exhibit: Some(by_tenth(asking, deciles)),
        ..Found::default()
    }
}

fn by_tenth(asking: &Asking<'_>, deciles: &[f64]) -> Exhibit {
    let bar = |tenth: u8| {
        let of = deciles.iter().filter(|decile| (**decile - f64::from(tenth)).abs() < 0.5);
        let label = match tenth {
            1 => "1, most deprived".to_owned(),
            10 => "10, least deprived".to_owned(),
            other => other.to_string(),
        };
        Bar::new(label, of.count() as f64)
    };
    Exhibit::Bars {
        title: format!("Small areas of {} by tenth of England’s deprivation", asking.place.name),
        unit: Unit::Number(0, ""),
        bars: (1..=10).map(bar).collect(),
    }
}

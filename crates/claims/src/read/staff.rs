//! Claims about staff and about practices in trouble: people in post, staff of networks, warning signs.

use std::collections::BTreeMap;

use vocab::{Level, Period};

use super::super::mention::Quantity;
use super::super::reading::{Bar, Exhibit, Named, Shown, Verdict};
use super::super::said::{Argument, Said, Unit, count, name, number, words};
use super::asking::{Asking, Found, lacking};
use indicators::evaluate::{EvaluateError, Rank, Row, Verdict as Word, prepare};

fn shown(label: &str, value: f64, unit: Unit, period: Period) -> Shown {
    Shown::new(label, value, unit).in_period(period)
}

/// `There are {count} GPs`: full-time equivalents, and people where the sentence does not say which.
pub(super) fn staff(asking: &Asking<'_>) -> Result<Found, EvaluateError> {
    let given = &asking.claim.slots.given;
    let id = given.get("role").map_or("gp_per_10000", String::as_str);
    let Some(stated) = asking.number("count") else { return Ok(Found::default()) };
    of_role(asking, id, given.get("noun").map_or("GPs", String::as_str), stated)
}

/// How many are in post in a role, against a stated number.
pub(super) fn of_role(
    asking: &Asking<'_>,
    id: &str,
    role: &str,
    stated: Quantity,
) -> Result<Found, EvaluateError> {
    let Some(definition) = asking.definition_of(id) else { return Ok(Found::default()) };
    let period = asking.period(definition)?;
    let evidence = asking.checker.evidence();
    let fte = prepare(evidence, definition, period)?.place(&asking.place);
    let mut people = definition.clone();
    people.numerator.rows.insert("measure".to_owned(), vec!["headcount".to_owned()]);
    let heads = prepare(evidence, &people, period)?.place(&asking.place);
    let Some(equivalents) = fte.numerator.filter(|_| fte.estimate.is_some()) else {
        return Ok(super::asking::no_figure_of(&asking.place, definition));
    };
    let says_fte = asking.claim.slots.given.get("measure").is_some_and(|measure| measure == "fte");
    let headcount = heads.numerator.filter(|_| heads.estimate.is_some());
    let holds = stated.agrees(equivalents)
        || (!says_fte && headcount.is_some_and(|heads| stated.agrees(heads)));
    let mut found = Found {
        verdict: Some(Verdict::of(holds)),
        releases: asking.releases("staff", period),
        ..Found::default()
    };
    found.answer.push(Said::new(
        "{}, {}: {} {}{}; the sentence says {}.",
        [
            name(&asking.place.name),
            Argument::Period(period),
            number(equivalents, 0, "full-time equivalent"),
            words(role.to_owned()),
            words(headcount.map(|heads| format!(" ({heads:.0} posts held)")).unwrap_or_default()),
            Argument::Quantity(stated),
        ],
    ));
    found.limits.push(
        "Staff who work at two practices are counted at both when heads are counted.".to_owned(),
    );
    found.figures = vec![shown(
        &format!("{role}, full-time equivalent"),
        equivalents,
        Unit::Number(1, ""),
        period,
    )];
    found.figures.extend(
        headcount
            .map(|heads| shown(&format!("{role}, posts held"), heads, Unit::Count(""), period)),
    );
    let bars = found.figures.iter().map(|one| Bar::new(one.label.clone(), one.value)).collect();
    found.exhibit = Some(Exhibit::Bars {
        title: format!("{role}, {}", asking.place.name),
        unit: Unit::Number(0, ""),
        bars,
    });
    Ok(found)
}

/// Roles by word, as the return calls them, and the advanced form of some.
const ROLES: [(&str, &str, Option<&str>); 8] = [
    ("pharmacists", "Pharmacist", Some("Advanced Pharmacist Practitioner")),
    ("pharmacy_technicians", "Pharmacy Technician", None),
    ("care_coordinators", "Care Coordinator", None),
    ("link_workers", "Social Prescribing Link Worker", None),
    ("paramedics", "Paramedic", Some("Advanced Paramedic Practitioner")),
    ("physiotherapists", "Physiotherapist", Some("Advanced Physiotherapist Practitioner")),
    ("physician_associates", "Physician Associate", None),
    ("health_coaches", "Health and Wellbeing Coach", None),
];

/// `Networks employ 90 full-time equivalent care coordinators`: without and with those of advanced practice, who must say the
/// same.
pub(super) fn network_roles(asking: &Asking<'_>) -> Result<Found, EvaluateError> {
    let word = asking.claim.slots.given.get("role").map_or("", String::as_str);
    let (Some(definition), Some(stated), Some((_, plain, advanced))) = (
        asking.definition_of("network_staff_per_10000"),
        asking.number("count"),
        ROLES.iter().find(|(role, ..)| *role == word),
    ) else {
        return Ok(Found::default());
    };
    let period = asking.period(definition)?;
    let all = prepare(asking.checker.evidence(), definition, period)?.place(&asking.place);
    let of = |role: &str, measure: &str| -> Result<Option<f64>, EvaluateError> {
        let mut of = definition.clone();
        of.numerator.rows.insert("role".to_owned(), vec![role.to_owned()]);
        of.numerator.rows.insert("measure".to_owned(), vec![measure.to_owned()]);
        Ok(prepare(asking.checker.evidence(), &of, period)?.place(&asking.place).numerator)
    };
    if all.estimate.is_none() {
        return Ok(super::asking::no_figure_of(&asking.place, definition));
    }
    let both = |measure: &str| -> Result<(f64, f64), EvaluateError> {
        let own = of(plain, measure)?.unwrap_or(0.0);
        let more = advanced.map(|title| of(title, measure)).transpose()?.flatten().unwrap_or(0.0);
        Ok((own, more))
    };
    let ((own, more), (heads, more_heads)) = (both("fte")?, both("headcount")?);
    let sentence = asking.claim.sentence.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| sentence.contains(word));
    let says_heads = says(&["headcount", "head count", "heads"]);
    let says_fte = says(&["equivalent", "fte", "wte"]);
    let agrees = |fte: f64, heads: f64| {
        (!says_heads && stated.agrees(fte)) || (!says_fte && stated.agrees(heads))
    };
    let (without, with) = (agrees(own, heads), agrees(own + more, heads + more_heads));
    let mut found = Found {
        verdict: (without == with).then(|| Verdict::of(with)),
        releases: asking.releases("staff", period),
        ..Found::default()
    };
    let role = word.replace('_', " ");
    found.answer.push(Said::new(
        "{}, {}: networks returned {} {} ({} people){}; the sentence says {}.",
        [
            name(&asking.place.name),
            Argument::Period(period),
            number(own, 1, "full-time equivalent"),
            words(role.clone()),
            number(heads, 0, ""),
            words(
                advanced.map_or_else(String::new, |title| {
                    format!(" and {more:.1} in the role “{title}”")
                }),
            ),
            Argument::Quantity(stated),
        ],
    ));
    if found.verdict.is_none() {
        found
            .lacks
            .push("a sentence that says whether those of advanced practice count".to_owned());
    }
    found.figures =
        vec![shown(&format!("{role}, full-time equivalent"), own, Unit::Number(1, ""), period)];
    Ok(found)
}

/// `Each network has 12 or 13 additional staff`.
pub(super) fn network_posts(asking: &Asking<'_>) -> Result<Found, EvaluateError> {
    let (Some(definition), Some(stated)) =
        (asking.definition_of("network_staff_per_10000"), asking.number("count"))
    else {
        return Ok(Found::default());
    };
    let period = asking.period(definition)?;
    let evaluation = asking.rows_within(definition, period, Level::Network)?;
    let mut posts: Vec<(&Row, f64)> = evaluation
        .rows
        .iter()
        .filter(|row| row.estimate.is_some())
        .filter_map(|row| Some((row, row.numerator?)))
        .collect();
    if posts.is_empty() {
        return Ok(super::asking::no_figure_of(&asking.place, definition));
    }
    posts.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.organisation.cmp(&b.0.organisation)));
    let mean = posts.iter().map(|(_, fte)| fte).sum::<f64>() / posts.len() as f64;
    let reached = posts.iter().filter(|(_, fte)| *fte >= stated.value).count();
    let each = asking.claim.slots.given.get("many").is_some_and(|many| many == "each");
    let is_mean = asking.claim.sentence.to_lowercase().contains("average");
    let holds = match (is_mean, each) {
        (true, _) => Some(stated.agrees(mean)),
        (false, true) => Some(posts.iter().all(|(_, fte)| stated.agrees(*fte))),
        (false, false) => None,
    };
    let mut found = Found {
        verdict: holds.map(Verdict::of),
        releases: evaluation.provenance.releases.clone(),
        method: Some(evaluation.provenance.method.clone()),
        ..Found::default()
    };
    found.answer.push(Said::new(
        "In {} the networks of {} employ {} each on average in direct patient care; {} of {} have {} or more.",
        [
            Argument::Period(period),
            name(&asking.place.name),
            number(mean, 1, "full-time equivalents"),
            words(reached.to_string()),
            words(posts.len().to_string()),
            number(stated.value, 0, ""),
        ],
    ));
    if holds.is_none() {
        found.lacks.push(
            "a sentence that says whether it is of each network or of all together".to_owned(),
        );
    }
    found.figures =
        vec![shown("Mean of a network", mean, Unit::Number(1, "full-time equivalents"), period)];
    found.named = posts
        .iter()
        .rev()
        .take(3)
        .map(|(row, fte)| Named {
            organisation: row.organisation.clone(),
            name: row.name.clone(),
            why: Said::new("{}", [number(*fte, 1, "full-time equivalents")]),
        })
        .collect();
    found.exhibit = Some(Exhibit::Bars {
        title: format!("Network staff in direct patient care, {}", period.in_words()),
        unit: Unit::Number(1, "full-time equivalents"),
        bars: posts.iter().take(40).map(|(row, fte)| Bar::new(row.name.clone(), *fte)).collect(),
    });
    Ok(found)
}

/// `Six practices are in crisis`: how many show several published warning signs, never which.
pub(super) fn signs(asking: &Asking<'_>) -> Found {
    const SIGNS: [(&str, bool); 5] = [
        ("patients_per_gp", true),
        ("survey_overall", false),
        ("qof_points", false),
        ("appointments_per_1000", false),
        ("list_growth", false),
    ];
    let mut signs: BTreeMap<String, usize> = BTreeMap::new();
    let mut looked_at = Vec::new();
    let mut releases = Vec::new();
    for (id, high) in SIGNS {
        let Some(definition) = asking.checker.library().get(id) else { continue };
        let Ok(period) = asking.period(definition) else { continue };
        let Ok(evaluation) = asking.rows_within(definition, period, Level::Practice) else {
            continue;
        };
        looked_at.push(definition.name.clone());
        releases.extend(evaluation.provenance.releases.clone());
        for row in &evaluation.rows {
            let count = signs.entry(row.organisation.code.clone()).or_default();
            *count += usize::from(
                row.rank.is_some_and(|rank| is_extreme(rank, high))
                    || row.england.at_998 == Word::Worse && id == "survey_overall",
            );
        }
    }
    if looked_at.len() < 3 || signs.is_empty() {
        return lacking(
            Said::plain("Fewer than three of the published warning signs are imported."),
            ["workforce, survey, quality framework, appointments and lists of practices"
                .to_owned()],
        );
    }
    releases.sort();
    releases.dedup();
    let with = |least: usize| signs.values().filter(|count| **count >= least).count() as f64;
    let mut found = Found { releases, ..Found::default() };
    found.answer.push(Said::new(
        "No published figure says “in crisis”. Of {} in {}, {} two or more of {} warning signs and {} three or more. They are not named: a list of this kind can bring about what it warns of.",
        [
            count(signs.len() as f64, "practice", "practices"),
            name(&asking.place.name),
            count(with(2), "shows", "show"),
            words(looked_at.len().to_string()),
            count(with(3), "shows", "show"),
        ],
    ));
    found.limits.push(format!(
        "A warning sign is a place among the worst tenth of England on one of: {}. The rule is ours (assumption) and has not been tested against closures.",
        looked_at.join(", ")
    ));
    found.figures = (1..=3)
        .map(|least| {
            let label = format!("Practices with {least} or more signs");
            Shown::new(label, with(least), Unit::Number(0, ""))
        })
        .collect();
    let bars = found.figures.iter().map(|one| Bar::new(one.label.clone(), one.value)).collect();
    found.exhibit = Some(Exhibit::Bars {
        title: "Practices by number of warning signs".to_owned(),
        unit: Unit::Number(0, ""),
        bars,
    });
    found
}

fn is_extreme(rank: Rank, high: bool) -> bool {
    let share = rank.rank as f64 / rank.of.max(1) as f64;
    if high { share > 0.9 } else { share <= 0.1 }
}

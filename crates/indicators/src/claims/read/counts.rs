//! Claims that count: practices, networks, patients, lists below a size, closures, staff, warning signs.

use std::collections::BTreeMap;

use evidence::{Affiliation, Place};
use vocab::{Level, Organisation, Period};

use super::super::mention::{Quantity, QuantityKind, When};
use super::super::reading::{Bar, Exhibit, Named, Shown, Verdict};
use super::super::said::{Argument, Said, Unit, count, name, number, share, words};
use super::{Asking, Found, lacking};
use crate::evaluate::{EvaluateError, Rank, Row, Verdict as Word, prepare};

/// The size rule of the Network Contract: 30,000 to 50,000 patients.
const NETWORK_RANGE: (f64, f64) = (30_000.0, 50_000.0);

/// The practices of a place with their patients on a day.
pub(super) fn lists(
    asking: &Asking<'_, '_>,
    period: Period,
    place: &Place,
) -> Result<Vec<(Affiliation, f64)>, EvaluateError> {
    let evidence = asking.checker.evidence();
    let known = evidence.affiliations(period.first_day())?;
    let frame = evidence.frame("list_size", period)?;
    let (Some(code), Some(patients)) = (frame.text("practice"), frame.number("patients")) else {
        return Ok(Vec::new());
    };
    let mut found: Vec<(Affiliation, f64)> = patients
        .iter()
        .enumerate()
        .filter(|(_, patients)| patients.is_finite() && **patients > 0.0)
        .filter_map(|(row, patients)| {
            let affiliation = known.of(code.get(row)?)?.clone();
            let england = place.single().is_some_and(|(level, _)| level == Level::England);
            (england || place.holds(&affiliation)).then_some((affiliation, *patients))
        })
        .collect();
    found.sort_by(|a, b| a.0.practice.cmp(&b.0.practice));
    Ok(found)
}

/// The latest lists of the place at hand.
fn latest_lists(asking: &Asking<'_, '_>) -> Result<Option<(Vec<(Affiliation, f64)>, Period)>, EvaluateError> {
    let Some(period) = asking.checker.evidence().periods("list_size").last().copied() else { return Ok(None) };
    Ok(Some((lists(asking, period, &asking.place)?, period)))
}

fn no_lists() -> Found {
    lacking(Said::plain("No lists of patients are imported."), ["Patients Registered at a GP Practice".to_owned()])
}

/// `There are {count} practices`, `the average list is {count}`, `{count} practices have fewer than {size} patients`.
pub(super) fn counted(asking: &Asking<'_, '_>) -> Result<Found, EvaluateError> {
    let Some((lists, period)) = latest_lists(asking)? else { return Ok(no_lists()) };
    let Some(stated) = asking.number("count") else { return Ok(Found::default()) };
    if lists.is_empty() {
        return Ok(lacking(
            Said::new("{} has no practice in the latest lists.", [name(&asking.place.name)]),
            ["lists that name its practices".to_owned()],
        ));
    }
    let what = asking.claim.slots.given.get("what").map_or("practices", String::as_str);
    let practices = lists.len() as f64;
    let patients: f64 = lists.iter().map(|(_, patients)| patients).sum();
    let networks: std::collections::BTreeSet<&str> =
        lists.iter().filter_map(|(row, _)| row.code(Level::Network)).filter(|code| *code != "U").collect();
    let size = asking.number("size").map_or(f64::NAN, |size| size.value);
    let (value, unit, label): (f64, &'static str, &str) = match what {
        "networks" => (networks.len() as f64, "networks", "Primary care networks"),
        "patients" => (patients, "patients", "Registered patients"),
        "average_list" => (patients / practices, "patients", "Mean list of a practice"),
        "below" => (lists.iter().filter(|(_, one)| *one < size).count() as f64, "practices", "Practices below that size"),
        _ => (practices, "practices", "General practices with a list"),
    };
    let holds = match stated.kind {
        QuantityKind::Share => stated.agrees(value / practices),
        _ => stated.agrees(value),
    };
    let mut found = Found {
        verdict: Some(Verdict::of(holds)),
        releases: asking.releases("list_size", period),
        ..Found::default()
    };
    found.answer.push(Said::new(
        "{}, {}, {}: {}; the sentence says {}.",
        [
            words(label),
            name(&asking.place.name),
            Argument::Period(period),
            Argument::Figure(value, Unit::Count(unit)),
            Argument::Quantity(stated),
        ],
    ));
    found.figures = vec![
        shown(label, value, Unit::Count(unit), period),
        shown("General practices with a list", practices, Unit::Count("practices"), period),
        shown("Registered patients", patients, Unit::Count("patients"), period),
    ];
    found.figures.dedup();
    found.exhibit = Some(largest_lists(&lists, period));
    Ok(found)
}

fn shown(label: &str, value: f64, unit: Unit, period: Period) -> Shown {
    Shown { label: label.to_owned(), value, limits: None, unit, period: Some(period) }
}

fn largest_lists(lists: &[(Affiliation, f64)], period: Period) -> Exhibit {
    let mut sorted: Vec<&(Affiliation, f64)> = lists.iter().collect();
    sorted.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.practice.cmp(&b.0.practice)));
    Exhibit::Bars {
        title: format!("The largest lists, {}", period.in_words()),
        unit: Unit::Count("patients"),
        bars: sorted.into_iter().take(12).map(|(row, patients)| Bar::new(row.name.clone(), *patients)).collect(),
    }
}

/// `All networks are within 30,000 to 50,000 patients`.
pub(super) fn network_sizes(asking: &Asking<'_, '_>) -> Result<Found, EvaluateError> {
    let Some((lists, period)) = latest_lists(asking)? else { return Ok(no_lists()) };
    let mut sizes: BTreeMap<String, (f64, usize)> = BTreeMap::new();
    for (row, patients) in &lists {
        if let Some(code) = row.code(Level::Network).filter(|code| *code != "U") {
            let size = sizes.entry(code.to_owned()).or_default();
            size.0 += patients;
            size.1 += 1;
        }
    }
    if sizes.is_empty() {
        return Ok(lacking(
            Said::new("No practice of {} is known to be in a network.", [name(&asking.place.name)]),
            ["the mapping of practices to networks".to_owned()],
        ));
    }
    let range = asking.number("range").and_then(|range| Some((range.value, range.upper?))).unwrap_or(NETWORK_RANGE);
    let within = |size: f64| (range.0..=range.1).contains(&size);
    let inside = sizes.values().filter(|(size, _)| within(*size)).count();
    let below = sizes.values().filter(|(size, _)| *size < range.0).count();
    let part = inside as f64 / sizes.len() as f64;
    let holds = match (asking.number("share"), asking.claim.slots.given.get("many").map(String::as_str)) {
        (Some(stated), _) if stated.kind == QuantityKind::Share => stated.agrees(part),
        (Some(stated), _) => stated.agrees(inside as f64),
        (None, Some("most")) => part > 0.5,
        _ => inside == sizes.len(),
    };
    let mut found = Found {
        verdict: Some(Verdict::of(holds)),
        releases: asking.releases("list_size", period),
        ..Found::default()
    };
    found.answer.push(Said::new(
        "{} of {} in {} ({}) have between {} and {} registered patients; {} below and {} above.",
        [
            words(inside.to_string()),
            count(sizes.len() as f64, "network", "networks"),
            name(&asking.place.name),
            share(part),
            number(range.0, 0, ""),
            number(range.1, 0, ""),
            words(below.to_string()),
            words((sizes.len() - inside - below).to_string()),
        ],
    ));
    found.figures = vec![
        shown("Networks within the range", inside as f64, Unit::Count("networks"), period),
        shown("Networks", sizes.len() as f64, Unit::Count("networks"), period),
    ];
    name_networks(asking, &sizes, range, period, &mut found);
    Ok(found)
}

/// The networks that lie furthest outside, and all sizes as bars.
fn name_networks(
    asking: &Asking<'_, '_>,
    sizes: &BTreeMap<String, (f64, usize)>,
    range: (f64, f64),
    period: Period,
    found: &mut Found,
) {
    let known = asking.checker.known();
    let far = |size: f64| (range.0 - size).max(size - range.1);
    let mut sorted: Vec<(&String, f64, usize)> =
        sizes.iter().map(|(code, (size, practices))| (code, *size, *practices)).collect();
    sorted.sort_by(|a, b| far(b.1).total_cmp(&far(a.1)).then_with(|| a.0.cmp(b.0)));
    found.named = sorted
        .iter()
        .filter(|(_, size, _)| far(*size) > 0.0)
        .take(3)
        .map(|(code, size, practices)| Named {
            organisation: Organisation { level: Level::Network, code: (*code).clone() },
            name: known.name_of(Level::Network, code).to_owned(),
            why: Said::new(
                "{} in {}",
                [Argument::Figure(*size, Unit::Count("patients")), count(*practices as f64, "practice", "practices")],
            ),
        })
        .collect();
    sorted.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    sorted.truncate(40);
    found.exhibit = Some(Exhibit::Bars {
        title: format!("Registered patients of networks, {}", period.in_words()),
        unit: Unit::Count("patients"),
        bars: sorted
            .iter()
            .map(|(code, size, _)| Bar::new(known.name_of(Level::Network, code), *size))
            .collect(),
    });
}

/// `{count} practices have closed since {time}`.
pub(super) fn closures(asking: &Asking<'_, '_>) -> Result<Found, EvaluateError> {
    let evidence = asking.checker.evidence();
    let Some(edition) = evidence.periods("practice").last().copied() else {
        return Ok(lacking(Said::plain("No register of practices is imported."), ["the ODS register epraccur".to_owned()]));
    };
    let (Some(stated), Some(when)) = (asking.number("count"), asking.claim.slots.when) else {
        return Ok(Found::default());
    };
    let (from, end) = match when {
        When::Since(period) => (period.first_day(), edition.end()),
        When::In(period) => (period.first_day(), period.end()),
        When::Back(years) => {
            let months = jiff::Span::new().months(libm::round(years * 12.0) as i64);
            (edition.first_day().checked_sub(months).unwrap_or(edition.first_day()), edition.end())
        }
        When::By(_) | When::Ahead(_) => return Ok(Found::default()),
    };
    let closed = closed_between(asking, edition, from, end)?;
    let merged = successors(asking)?;
    let mut found = Found {
        verdict: Some(Verdict::of(stated.agrees(closed.len() as f64))),
        releases: asking.releases("practice", edition),
        ..Found::default()
    };
    let taken_over = closed.iter().filter(|(code, ..)| merged.contains(code)).count();
    found.answer.push(Said::new(
        "The register of {} shows {} of {} that closed in that time, {} of them with a successor on record; the sentence says {}.",
        [
            Argument::Period(edition),
            count(closed.len() as f64, "general practice", "general practices"),
            name(&asking.place.name),
            words(present_or_none(taken_over)),
            Argument::Quantity(stated),
        ],
    ));
    found.figures = vec![
        shown("General practices closed", closed.len() as f64, Unit::Count("practices"), edition),
        shown("with a successor on record", taken_over as f64, Unit::Count("practices"), edition),
    ];
    found.named = closed
        .iter()
        .rev()
        .take(3)
        .map(|(code, title, day)| Named {
            organisation: Organisation { level: Level::Practice, code: code.clone() },
            name: title.clone(),
            why: Said::new("closed on {}", [Argument::Period(Period::Day(*day))]),
        })
        .collect();
    let mut by_year: BTreeMap<i16, usize> = BTreeMap::new();
    for (_, _, day) in &closed {
        *by_year.entry(day.year()).or_default() += 1;
    }
    found.exhibit = Some(Exhibit::Bars {
        title: "General practices closed, by year".to_owned(),
        unit: Unit::Count("practices"),
        bars: by_year.into_iter().map(|(year, closed)| Bar::new(year.to_string(), closed as f64)).collect(),
    });
    Ok(found)
}

fn present_or_none(count: usize) -> String {
    if count == 0 { "none".to_owned() } else { count.to_string() }
}

/// General practices of the place that closed in a stretch of time: code, name and day, by day.
fn closed_between(
    asking: &Asking<'_, '_>,
    edition: Period,
    from: jiff::civil::Date,
    end: jiff::civil::Date,
) -> Result<Vec<(String, String, jiff::civil::Date)>, EvaluateError> {
    let frame = asking.checker.evidence().frame("practice", edition)?;
    let get = |column: &str, row: usize| {
        frame.text(column).and_then(|column| column.get(row)).unwrap_or_default().to_owned()
    };
    let mut closed: Vec<(String, String, jiff::civil::Date)> = (0..frame.rows())
        .filter_map(|row| {
            let day: jiff::civil::Date = get("closed", row).parse().ok()?;
            let affiliation = Affiliation {
                practice: get("practice", row),
                sub_icb: get("sub_icb", row),
                icb: get("icb", row),
                region: get("region", row),
                ..Affiliation::default()
            };
            let here = asking.is_england() || asking.place.holds(&affiliation);
            let wanted = here && get("setting", row) == "general_practice" && (from..end).contains(&day);
            wanted.then(|| (affiliation.practice, get("name", row), day))
        })
        .collect();
    closed.sort_by(|a, b| (a.2, &a.0).cmp(&(b.2, &b.0)));
    Ok(closed)
}

fn successors(asking: &Asking<'_, '_>) -> Result<std::collections::BTreeSet<String>, EvaluateError> {
    let evidence = asking.checker.evidence();
    let mut found = std::collections::BTreeSet::new();
    for period in evidence.periods("successor") {
        let frame = evidence.frame("successor", period)?;
        let codes = frame.text("practice").map(|column| column.words.clone()).unwrap_or_default();
        found.extend(codes);
    }
    Ok(found)
}

/// `There are {count} GPs`: full-time equivalents, and people where the sentence does not say which.
pub(super) fn staff(asking: &Asking<'_, '_>) -> Result<Found, EvaluateError> {
    let id = asking.claim.slots.given.get("role").map_or("gp_per_10000", String::as_str);
    let (Some(definition), Some(stated)) = (asking.definition_of(id), asking.number("count")) else {
        return Ok(Found::default());
    };
    let period = asking.period(definition)?;
    let evidence = asking.checker.evidence();
    let fte = prepare(evidence, definition, period)?.place(&asking.place);
    let mut people = definition.clone();
    people.numerator.rows.insert("measure".to_owned(), vec!["headcount".to_owned()]);
    let heads = prepare(evidence, &people, period)?.place(&asking.place);
    let Some(equivalents) = fte.numerator.filter(|_| fte.estimate.is_some()) else {
        return Ok(super::no_figure_of(&asking.place, definition));
    };
    let says_fte = asking.claim.slots.given.get("measure").is_some_and(|measure| measure == "fte");
    let headcount = heads.numerator.filter(|_| heads.estimate.is_some());
    let holds = stated.agrees(equivalents) || (!says_fte && headcount.is_some_and(|heads| stated.agrees(heads)));
    let mut found = Found {
        verdict: Some(Verdict::of(holds)),
        releases: asking.releases("staff", period),
        ..Found::default()
    };
    let role = asking.claim.slots.given.get("noun").cloned().unwrap_or_else(|| "GPs".to_owned());
    found.answer.push(Said::new(
        "{}, {}: {} {}{}; the sentence says {}.",
        [
            name(&asking.place.name),
            Argument::Period(period),
            number(equivalents, 0, "full-time equivalent"),
            words(role.clone()),
            words(headcount.map(|heads| format!(" ({heads:.0} posts held)")).unwrap_or_default()),
            Argument::Quantity(stated),
        ],
    ));
    found.limits.push("Staff who work at two practices are counted at both when heads are counted.".to_owned());
    found.figures = vec![shown(&format!("{role}, full-time equivalent"), equivalents, Unit::Number(1, ""), period)];
    found.figures.extend(headcount.map(|heads| shown(&format!("{role}, posts held"), heads, Unit::Count(""), period)));
    let bars = found.figures.iter().map(|one| Bar::new(one.label.clone(), one.value)).collect();
    found.exhibit = Some(Exhibit::Bars { title: format!("{role}, {}", asking.place.name), unit: Unit::Number(0, ""), bars });
    Ok(found)
}

/// `Each network has 12 or 13 additional staff`.
pub(super) fn network_posts(asking: &Asking<'_, '_>) -> Result<Found, EvaluateError> {
    let (Some(definition), Some(stated)) = (asking.definition_of("network_staff_per_10000"), asking.number("count")) else {
        return Ok(Found::default());
    };
    let period = asking.period(definition)?;
    let evaluation = asking.rows_within(definition, period, Level::Network)?;
    let mut posts: Vec<(&Row, f64)> =
        evaluation.rows.iter().filter(|row| row.estimate.is_some()).filter_map(|row| Some((row, row.numerator?))).collect();
    if posts.is_empty() {
        return Ok(super::no_figure_of(&asking.place, definition));
    }
    posts.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.organisation.cmp(&b.0.organisation)));
    let mean = posts.iter().map(|(_, fte)| fte).sum::<f64>() / posts.len() as f64;
    let reached = posts.iter().filter(|(_, fte)| *fte >= stated.value).count();
    let mut found = Found {
        verdict: Some(Verdict::of(mean >= stated.value)),
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
    found.figures = vec![shown("Mean of a network", mean, Unit::Number(1, "full-time equivalents"), period)];
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
pub(super) fn signs(asking: &Asking<'_, '_>) -> Result<Found, EvaluateError> {
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
        let Ok(evaluation) = asking.rows_within(definition, period, Level::Practice) else { continue };
        looked_at.push(definition.name.clone());
        releases.extend(evaluation.provenance.releases.clone());
        for row in &evaluation.rows {
            let count = signs.entry(row.organisation.code.clone()).or_default();
            *count += usize::from(row.rank.is_some_and(|rank| is_extreme(rank, high)) || row.england.at_998 == Word::Worse && id == "survey_overall");
        }
    }
    if looked_at.len() < 3 || signs.is_empty() {
        return Ok(lacking(
            Said::plain("Fewer than three of the published warning signs are imported."),
            ["workforce, survey, quality framework, appointments and lists of practices".to_owned()],
        ));
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
        .map(|least| Shown {
            label: format!("Practices with {least} or more signs"),
            value: with(least),
            limits: None,
            unit: Unit::Count("practices"),
            period: None,
        })
        .collect();
    let bars = found.figures.iter().map(|one| Bar::new(one.label.clone(), one.value)).collect();
    found.exhibit = Some(Exhibit::Bars { title: "Practices by number of warning signs".to_owned(), unit: Unit::Count("practices"), bars });
    Ok(found)
}

fn is_extreme(rank: Rank, high: bool) -> bool {
    let share = rank.rank as f64 / rank.of.max(1) as f64;
    if high { share > 0.9 } else { share <= 0.1 }
}

/// `99% of the population are registered`, `lists hold 9% more than live here`.
pub(super) fn registered(asking: &Asking<'_, '_>) -> Result<Found, EvaluateError> {
    let Some(definition) = asking.definition_of("registered_per_resident") else { return Ok(Found::default()) };
    let (evaluation, row) = asking.figure(definition)?;
    let Some((row, estimate)) = row.and_then(|row| row.estimate.map(|one| (row, one))) else {
        return Ok(super::no_figure_of(&asking.place, definition));
    };
    let ratio = estimate.value;
    let mut found = Found {
        releases: evaluation.provenance.releases.clone(),
        method: Some("registered-and-resident".to_owned()),
        ..Found::default()
    };
    found.answer.push(Said::new(
        "{}: {} on lists ({}) for {} by the official estimate ({}): {} registered for each resident.",
        [
            name(&asking.place.name),
            Argument::Figure(estimate.numerator, Unit::Count("people")),
            Argument::Period(evaluation.numerator_period),
            Argument::Figure(estimate.denominator, Unit::Count("residents")),
            Argument::Period(evaluation.denominator_period),
            number(ratio, 3, ""),
        ],
    ));
    let stated = asking.number("share");
    let ghosts = asking.claim.slots.given.get("says").is_some_and(|says| says == "ghosts");
    if ghosts {
        let holds = stated.map_or(ratio > 1.0, |stated| stated.agrees(ratio - 1.0));
        found.verdict = Some(Verdict::of(holds));
    } else if let Some(stated) = stated {
        registered_share(&mut found, ratio, stated);
    }
    found.figures = vec![
        super::figures::line("Registered patients per resident", ratio, Unit::Number(3, ""), Some(evaluation.period)),
        super::figures::line("Registered patients", estimate.numerator, Unit::Count("people"), Some(evaluation.numerator_period)),
        super::figures::line("Residents", estimate.denominator, Unit::Count("people"), Some(evaluation.denominator_period)),
    ];
    let mut bars = vec![
        Bar::new("Registered patients", estimate.numerator).subject(),
        Bar::new("Residents", estimate.denominator).reference(),
    ];
    bars.dedup();
    found.exhibit = Some(Exhibit::Bars {
        title: format!("Registered and resident, {}", row.name),
        unit: Unit::Count("people"),
        bars,
    });
    Ok(found)
}

/// What must be true for a share of residents to be registered.
fn registered_share(found: &mut Found, ratio: f64, stated: Quantity) {
    if ratio < stated.value - stated.step / 2.0 {
        found.verdict = Some(Verdict::NotSupported);
        found.answer.push(Said::new(
            "Even if every entry were a resident, no more than {} could be registered with practices of the place.",
            [share(ratio)],
        ));
        return;
    }
    let inflation = 1.0 - stated.value / ratio;
    found.answer.push(Said::new(
        "The figure cannot be told from this: it would be right if {} of the entries were people who do not live there. A list larger than its population hides both ghosts and people without a doctor.",
        [share(inflation)],
    ));
}

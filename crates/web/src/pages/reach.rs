//! Reach: who can get to care in how long, at which hours, how unequal that is, and what each neighbourhood is offered.

use axum::response::Response;
use evidence::Place;
use indicators::reach::{Ground, Group, Mode, Offers, Question, Reach, Service, offers, reach};
use kit::{Caption, Table};
use present::reach::{self as shown, gap_words, target_words};
use serde::Serialize;
use vocab::weekday;

use super::{caption, html, origin_of_table, source_line};
use crate::exhibit::{Exhibit, Shown};
use crate::failure::Failure;
use crate::layout::{Layout, Section, Step};
use crate::links;
use crate::query::{Choices, encoded};
use crate::state::AppState;

/// A choice of a form: its value, its words, and whether it is the one in force.
type Choice = (String, String, bool);

#[derive(Serialize)]
struct Page {
    layout: Layout,
    place: String,
    place_href: String,
    refused: Option<&'static str>,
    lead: String,
    sentences: Vec<String>,
    supply: Option<String>,
    services: Vec<Choice>,
    site: String,
    modes: Vec<Choice>,
    groups: Vec<Choice>,
    whens: Vec<Choice>,
    standard: String,
    imported: Option<String>,
    gaps: Vec<String>,
    exhibits: Vec<Shown>,
    path: String,
}

/// The page.
pub(crate) fn page(state: &AppState, key: &str, choices: &Choices) -> Result<Response, Failure> {
    let place = state.place(key)?;
    let known = state.known()?;
    let ground = state.study().ground()?;
    let question = question(&ground, choices)?;
    let found = reach(state.evidence(), &ground, &place, &known, &question)?;
    let offered = offers(state.evidence(), &ground, &place, &known)?;
    let exhibits = build(state, &place, found.as_ref().ok(), &offered)?;
    let path = format!("/place/{}/reach", encoded(&place.key));
    let title = format!("Reach in {}", place.name);
    let above = vec![Step::new(&place.name, links::place(&place))];
    let mut sentences =
        found.as_ref().map(|found| shown::sentences(found, &place.name)).unwrap_or_default();
    sentences.extend(place.counts(evidence::Belonging::Live));
    let lead = if sentences.is_empty() { String::new() } else { sentences.remove(0) };
    let page = Page {
        layout: Layout::new(state, &title, Section::Place, above),
        place: place.name.clone(),
        place_href: links::place(&place),
        refused: found.as_ref().err().map(|why| why.in_words()),
        lead,
        sentences,
        supply: found.as_ref().ok().map(shown::supply_words),
        services: services(&question),
        site: site(&question),
        modes: modes(&question),
        groups: groups(&ground, &question),
        whens: whens(&question),
        standard: question.standard.map(|minutes| minutes.to_string()).unwrap_or_default(),
        imported: found.as_ref().ok().and_then(imported),
        gaps: found.as_ref().map(|f| f.gaps.iter().map(gap_words).collect()).unwrap_or_default(),
        exhibits: exhibits.iter().map(|exhibit| exhibit.shown(&path, &choices.written())).collect(),
        path,
    };
    html(state, "reach.html", &page)
}

/// The exhibits of the page.
pub(crate) fn exhibits(
    state: &AppState,
    key: &str,
    choices: &Choices,
) -> Result<Vec<Exhibit>, Failure> {
    let place = state.place(key)?;
    let known = state.known()?;
    let ground = state.study().ground()?;
    let found = reach(state.evidence(), &ground, &place, &known, &question(&ground, choices)?)?;
    let offered = offers(state.evidence(), &ground, &place, &known)?;
    build(state, &place, found.as_ref().ok(), &offered)
}

/// The question of an address.
fn question(ground: &Ground, choices: &Choices) -> Result<Question, Failure> {
    let choice = |name: &str| choices.get(name);
    let mode = match choice("mode") {
        None => Mode::WalkOrBus,
        Some(word) => Mode::of(word)
            .ok_or_else(|| Failure::bad_choice("mode", word, "walk, walk_or_bus or drive"))?,
    };
    let group = match choice("group") {
        None => Group::Everybody,
        Some(word) => Group::of(word)
            .filter(|group| group.is_known(ground) && group.goes_by(mode))
            .ok_or_else(|| Failure::bad_choice("group", word, &groups_expected(ground, mode)))?,
    };
    let when = choice("when")
        .map(|word| {
            let expected = "a weekday and an hour, such as saturday-10";
            shown::hour_of(word).ok_or_else(|| Failure::bad_choice("when", word, expected))
        })
        .transpose()?;
    let standard = choice("standard")
        .map(|word| {
            let minutes = word.parse::<f64>().ok().filter(|m| *m > 0.0 && *m <= 600.0);
            minutes.ok_or_else(|| Failure::bad_choice("standard", word, "minutes from 1 to 600"))
        })
        .transpose()?;
    let service = choice("site").or(choice("service")).unwrap_or("practice");
    Ok(Question { service: Service::of(service), mode, group, when, standard })
}

/// The groups that can be asked for.
fn groups_expected(ground: &Ground, mode: Mode) -> String {
    let known = Group::ALL.iter().filter(|group| group.is_known(ground) && group.goes_by(mode));
    let words: Vec<&str> = known.map(|group| group.as_str()).collect();
    format!("one of {} {}", words.join(", "), mode.in_words())
}

fn imported(found: &Reach) -> Option<String> {
    let all = found.areas.len();
    (found.imported_areas > 0).then(|| {
        format!("Travel times were imported for {} of {all} small areas.", found.imported_areas)
    })
}

fn build(
    state: &AppState,
    place: &Place,
    found: Option<&Reach>,
    offered: &Offers,
) -> Result<Vec<Exhibit>, Failure> {
    let mut exhibits = Vec::new();
    if let Some(found) = found {
        exhibits.push(map(state, place, found)?);
        exhibits.extend(figures(state, place, found));
    }
    if !offered.services.is_empty() {
        exhibits.extend(services_offered(state, place, offered));
    }
    if found.is_some() {
        let caption = caption(state, "assumptions", "Speeds and standards behind the minutes", &[]);
        let table = Table { caption, ..shown::assumptions() };
        let reading = "Every parameter with its source. Change a speed in parameters/travel.toml, or import travel times, and every figure here follows.";
        exhibits.push(Exhibit::table(
            "assumptions",
            "What the minutes rest on",
            reading,
            table,
            None,
        ));
    }
    Ok(exhibits)
}

/// The map of minutes with the small areas as its table.
fn map(state: &AppState, place: &Place, found: &Reach) -> Result<Exhibit, Failure> {
    let Question { mode, group, .. } = &found.question;
    let title = format!(
        "Minutes {} to {} from the small areas of {}",
        mode.in_words(),
        target_words(&found.question),
        place.name
    );
    let mut caption = about_people(state, found, "reach-map", &title);
    caption.description = format!(
        "A map of small areas shaded by minutes one way, for {}. The table holds the same figures.",
        group.in_words()
    );
    let table = Table { caption: caption.clone(), ..shown::areas(found) };
    let drawn = shown::map(state.evidence(), found, caption)?;
    let people = if found.registered { "registered_area" } else { "resident" };
    let origin = found.people_period.map(|period| origin_of_table(people, period));
    let reading = match (&drawn, group) {
        (None, _) => {
            "No outlines of small areas have been imported for this place, so there is no map; the table holds every area."
        }
        (Some(_), Group::Older | Group::Complex) if *mode != Mode::Drive => {
            "Small areas from light (near) to dark (far), at the walking speed of the group."
        }
        (Some(_), _) => "Small areas (LSOAs) from light (near) to dark (far).",
    };
    let Some(drawn) = drawn else {
        return Ok(Exhibit::table("map", "Minutes by small area", reading, table, origin));
    };
    Ok(Exhibit { table, ..Exhibit::chart("map", "Minutes by small area", reading, &drawn, origin) })
}

/// Groups and modes, hours, inequality.
fn figures(state: &AppState, place: &Place, found: &Reach) -> Vec<Exhibit> {
    let target = target_words(&found.question);
    let name = &place.name;
    let title = format!("Who in {name} can get to {target}, and how long it takes");
    let table =
        Table { caption: about_people(state, found, "groups", &title), ..shown::groups(found) };
    let reading = "Can people cross the place to get there? Half, nine in ten and the longest journey, one way, for each group and mode.";
    let mut exhibits = vec![Exhibit::table("groups", "Who can get there", reading, table, None)];
    if let Some(hours) = shown::hours(found) {
        let title = format!("Share of people of {name} near an open site, by weekday and hour");
        let table =
            Table { caption: caption(state, "hours", &title, &["opening", "location"]), ..hours };
        let reading = format!(
            "The share of people with a site open within {} minutes {}.",
            found.question.standard.unwrap_or_else(
                || indicators::reach::Travel::stated().standard(found.question.mode)
            ),
            found.question.mode.in_words()
        );
        exhibits.push(Exhibit::table("hours", "Through the week", reading, table, None));
    }
    let title = format!("How unequal reach is between the small areas of {name}");
    let caption = about_people(state, found, "inequality", &title);
    let table = Table { caption, ..shown::inequality(found) };
    let reading = "Along deprivation (slope, relative and concentration index) and between areas whoever lives there (Gini, Theil, 80:20).";
    exhibits.push(Exhibit::table("inequality", "How unequal it is", reading, table, None));
    exhibits
}

/// Services by neighbourhood and practice.
fn services_offered(state: &AppState, place: &Place, offered: &Offers) -> Vec<Exhibit> {
    let tables = ["payment", "opening", "site", "list_size"];
    let name = &place.name;
    let build = |id: &'static str, heading: &str, title: &str, reading: &str, table: Table| {
        let caption = caption(state, id, &format!("{title} of {name}"), &tables);
        Exhibit::table(id, heading, reading, Table { caption, ..table }, None)
    };
    let services = build(
        "services",
        "Extended services",
        "Extended services and who is served, among the practices",
        "What each practice offers beyond the core, as far as published data show, and whether it follows deprivation.",
        shown::services(offered),
    );
    let neighbourhoods = build(
        "neighbourhoods",
        "Services by neighbourhood",
        "Share of patients whose practice offers each service, by network",
        "The share of each network’s patients who are registered with a practice that offers the service.",
        shown::neighbourhoods(offered),
    );
    let practices = build(
        "practices",
        "Services by practice",
        "What each practice offers, among the practices",
        "In order of code. “Not known” is neither yes nor no.",
        shown::practices(offered),
    );
    vec![services, neighbourhoods, practices]
}

/// Words around an exhibit that rests on people, in the period in which they were counted.
fn about_people(state: &AppState, found: &Reach, id: &str, title: &str) -> Caption {
    let evidence = state.evidence();
    let latest = |table| Some((table, evidence.periods(table).last().copied()?));
    let people = if found.registered { "registered_area" } else { "resident" };
    let tables = ["area", "location", "deprivation", "car"].into_iter().filter_map(latest);
    let tables = tables.chain(found.people_period.map(|period| (people, period)));
    let releases = tables.flat_map(|(table, period)| evidence.releases(table, period));
    Caption { source: source_line(releases), ..caption(state, id, title, &[]) }
}

fn choice(value: &str, words: &str, current: &str) -> Choice {
    (value.to_owned(), words.to_owned(), value == current)
}

fn services(question: &Question) -> Vec<Choice> {
    let all = [Service::Practice, Service::Weekend, Service::Evening, Service::Emergency];
    let current = question.service.as_str();
    all.iter()
        .map(|service| {
            let words = kit::number::capitalise(&shown::service_words(service));
            choice(service.as_str(), &words, current)
        })
        .collect()
}

fn site(question: &Question) -> String {
    match &question.service {
        Service::One(code) => code.clone(),
        _ => String::new(),
    }
}

fn modes(question: &Question) -> Vec<Choice> {
    let current = question.mode.as_str();
    Mode::ALL.iter().map(|mode| choice(mode.as_str(), shown::mode_name(*mode), current)).collect()
}

fn groups(ground: &Ground, question: &Question) -> Vec<Choice> {
    let current = question.group.as_str();
    let known = Group::ALL.iter().filter(|group| group.is_known(ground));
    known.map(|group| choice(group.as_str(), group.in_words(), current)).collect()
}

/// Any time, and every second hour of the day on each weekday.
fn whens(question: &Question) -> Vec<Choice> {
    let current = question.when.map_or_else(String::new, |(day, hour)| {
        let day = weekday::WORDS.get(usize::try_from(day).unwrap_or_default()).unwrap_or(&"");
        format!("{day}-{hour}")
    });
    let mut whens = vec![choice("", "Any time", &current)];
    for day in weekday::WORDS {
        for hour in [8, 10, 12, 14, 16, 18, 20] {
            let words = format!("{}, {hour}:00", kit::number::capitalise(day));
            whens.push(choice(&format!("{day}-{hour}"), &words, &current));
        }
    }
    whens
}

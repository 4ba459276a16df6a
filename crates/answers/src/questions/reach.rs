//! Reach: who can get to care in how long, at which hours, how unequal that is, and what each neighbourhood is offered.

use evidence::{Belonging, Place};
use indicators::reach::{
    Ground, Group, Mode, Offers, Question as Wanted, Reach, Service, offers, reach,
};
use kit::answer::Field;
use kit::{Answer, Caption, Exhibit, Table};
use vocab::weekday;

use crate::choices::Choices;
use crate::context::Context;
use crate::origin::{caption, origin_of_table, source_line};
use crate::question::{Asked, Question, Theme};
use crate::reach::{self as shown, gap_words, target_words};
use crate::refusal::Refusal;

/// Who can get to care.
pub const QUESTION: Question = Question {
    word: "reach",
    asks: "Who can get to care?",
    title: "Reach in",
    theme: Theme::Place,
    counts: Belonging::Live,
    on_site: true,
    choices: &[
        ("service", "practice, weekend, evening or emergency; left out, the practice"),
        ("site", "the code of one site, in place of a service"),
        ("mode", "walk, walk_or_bus or drive; left out, walk_or_bus"),
        ("group", "all, most_deprived, over_75, complex_needs or without_car; left out, all"),
        ("when", "a weekday and an hour, such as saturday-10; left out, any time"),
        ("standard", "minutes; left out, those of the mode"),
    ],
    answer,
};

fn answer(asked: &Asked<'_>) -> Result<Answer, Refusal> {
    let Asked { context, place, choices } = *asked;
    let known = context.known()?;
    let ground = context.study().ground()?;
    let question = wanted(&ground, choices)?;
    let found = reach(context.evidence(), &ground, place, &known, &question)?;
    let offered = offers(context.evidence(), &ground, place, &known)?;
    let exhibits = exhibits(context, place, found.as_ref().ok(), &offered)?;
    let mut limits: Vec<String> = Vec::new();
    let mut sentences = Vec::new();
    if let Ok(found) = &found {
        sentences = shown::sentences(found, &place.name);
        sentences.push(shown::supply_words(found));
        sentences.push(planning(found));
        limits.extend(found.gaps.iter().map(gap_words));
    }
    limits.push("Who has a car, who can use stairs or a bus, and who needs somebody to come along: no publication imported so far says.".to_owned());
    limits.push("People beyond the border of England, and sites there.".to_owned());
    let refused = found.as_ref().err();
    Ok(Answer {
        lead: if sentences.is_empty() { String::new() } else { sentences.remove(0) },
        sentences,
        refused: refused.map(|why| format!("Reach cannot be told. {}", why.in_words())),
        fields: fields(&ground, &question),
        exhibits,
        limits,
        method: "reach-of-a-place",
        ..Answer::default()
    })
}

/// What kind of minutes they are.
fn planning(found: &Reach) -> String {
    let (imported, minutes) = match imported(found) {
        Some(imported) => (format!("{imported} "), "Elsewhere minutes"),
        None => (String::new(), "Minutes"),
    };
    format!(
        "These are planning values, not timetables. {imported}{minutes} come from straight distances and stated speeds; roads, rivers, timetables and traffic are not in them."
    )
}

/// What is chosen.
fn wanted(ground: &Ground, choices: &Choices) -> Result<Wanted, Refusal> {
    let choice = |name: &str| choices.get(name);
    let mode = match choice("mode") {
        None => Mode::WalkOrBus,
        Some(word) => Mode::of(word)
            .ok_or_else(|| Refusal::bad_choice("mode", word, "walk, walk_or_bus or drive"))?,
    };
    let group = match choice("group") {
        None => Group::Everybody,
        Some(word) => Group::of(word)
            .filter(|group| group.is_known(ground) && group.goes_by(mode))
            .ok_or_else(|| Refusal::bad_choice("group", word, &groups_expected(ground, mode)))?,
    };
    let when = choice("when")
        .map(|word| {
            let expected = "a weekday and an hour, such as saturday-10";
            shown::hour_of(word).ok_or_else(|| Refusal::bad_choice("when", word, expected))
        })
        .transpose()?;
    let standard = choice("standard")
        .map(|word| {
            let minutes = word.parse::<f64>().ok().filter(|m| *m > 0.0 && *m <= 600.0);
            minutes.ok_or_else(|| Refusal::bad_choice("standard", word, "minutes from 1 to 600"))
        })
        .transpose()?;
    let service = match (choice("site"), choice("service")) {
        (Some(code), _) => Service::One(code.to_ascii_uppercase()),
        (None, None) => Service::Practice,
        (None, Some(word)) => match Service::of(word) {
            Service::One(_) => {
                let expected =
                    "practice, weekend, evening or emergency; one site is chosen as `site`";
                return Err(Refusal::bad_choice("service", word, expected));
            }
            known => known,
        },
    };
    Ok(Wanted { service, mode, group, when, standard })
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

fn exhibits(
    context: &Context,
    place: &Place,
    found: Option<&Reach>,
    offered: &Offers,
) -> Result<Vec<Exhibit>, Refusal> {
    let mut exhibits = Vec::new();
    if let Some(found) = found {
        exhibits.push(map(context, place, found)?);
        exhibits.extend(figures(context, place, found));
    }
    if !offered.services.is_empty() {
        exhibits.extend(services_offered(context, place, offered));
    }
    if found.is_some() {
        let caption =
            caption(context, "assumptions", "Speeds and standards behind the minutes", &[]);
        let table = Table { caption, ..shown::assumptions() };
        let reading = "Every parameter with its source. Change a speed in parameters/travel.toml, or import travel times, and every figure here follows.";
        exhibits.push(Exhibit::table("assumptions", "What the minutes rest on", reading, table));
    }
    Ok(exhibits)
}

/// The map of minutes with the small areas as its table.
fn map(context: &Context, place: &Place, found: &Reach) -> Result<Exhibit, Refusal> {
    let Wanted { mode, group, .. } = &found.question;
    let title = format!(
        "Minutes {} to {} from the small areas of {}",
        mode.in_words(),
        target_words(&found.question),
        place.name
    );
    let mut caption = about_people(context, found, "reach-map", &title);
    caption.description = format!(
        "A map of small areas shaded by minutes one way, for {}. The table holds the same figures.",
        group.in_words()
    );
    let table = Table { caption: caption.clone(), ..shown::areas(found) };
    let drawn = shown::map(context.evidence(), found, caption)?;
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
        return Ok(Exhibit::table("map", "Minutes by small area", reading, table).origin(origin));
    };
    let map = Exhibit::chart_of("map", "Minutes by small area", reading, drawn, table);
    Ok(map.origin(origin))
}

/// Groups and modes, hours, inequality.
fn figures(context: &Context, place: &Place, found: &Reach) -> Vec<Exhibit> {
    let target = target_words(&found.question);
    let name = &place.name;
    let title = format!("Who in {name} can get to {target}, and how long it takes");
    let table =
        Table { caption: about_people(context, found, "groups", &title), ..shown::groups(found) };
    let reading = "Can people cross the place to get there? Half, nine in ten and the longest journey, one way, for each group and mode.";
    let mut exhibits = vec![Exhibit::table("groups", "Who can get there", reading, table)];
    if let Some(hours) = shown::hours(found) {
        let title = format!("Share of people of {name} near an open site, by weekday and hour");
        let table =
            Table { caption: caption(context, "hours", &title, &["opening", "location"]), ..hours };
        let reading = format!(
            "The share of people with a site open within {} minutes {}.",
            found.question.standard.unwrap_or_else(
                || indicators::reach::Travel::stated().standard(found.question.mode)
            ),
            found.question.mode.in_words()
        );
        exhibits.push(Exhibit::table("hours", "Through the week", reading, table));
    }
    let title = format!("How unequal reach is between the small areas of {name}");
    let caption = about_people(context, found, "inequality", &title);
    let table = Table { caption, ..shown::inequality(found) };
    let reading = "Along deprivation (slope, relative and concentration index) and between areas whoever lives there (Gini, Theil, 80:20).";
    exhibits.push(Exhibit::table("inequality", "How unequal it is", reading, table));
    exhibits
}

/// Services by neighbourhood and practice.
fn services_offered(context: &Context, place: &Place, offered: &Offers) -> Vec<Exhibit> {
    let tables = ["payment", "opening", "site", "list_size"];
    let name = &place.name;
    let build = |id: &'static str, heading: &str, title: &str, reading: &str, table: Table| {
        let caption = caption(context, id, &format!("{title} of {name}"), &tables);
        Exhibit::table(id, heading, reading, Table { caption, ..table })
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
fn about_people(context: &Context, found: &Reach, id: &str, title: &str) -> Caption {
    let evidence = context.evidence();
    let latest = |table| Some((table, evidence.periods(table).last().copied()?));
    let people = if found.registered { "registered_area" } else { "resident" };
    let tables = ["area", "location", "deprivation", "car"].into_iter().filter_map(latest);
    let tables = tables.chain(found.people_period.map(|period| (people, period)));
    let releases = tables.flat_map(|(table, period)| evidence.releases(table, period));
    Caption { source: source_line(releases), ..caption(context, id, title, &[]) }
}

/// What may be chosen, with what is.
fn fields(ground: &Ground, question: &Wanted) -> Vec<Field> {
    let choice = |value: &str, words: &str| (value.to_owned(), words.to_owned());
    let services = [Service::Practice, Service::Weekend, Service::Evening, Service::Emergency];
    let services = services.iter().map(|service| {
        choice(service.as_str(), &kit::number::capitalise(&shown::service_words(service)))
    });
    let modes = Mode::ALL.iter().map(|mode| choice(mode.as_str(), shown::mode_name(*mode)));
    let groups = Group::ALL.iter().filter(|group| group.is_known(ground));
    let groups = groups.map(|group| choice(group.as_str(), group.in_words()));
    let (service, site) = match &question.service {
        Service::One(code) => (String::new(), code.clone()),
        service => (service.as_str().to_owned(), String::new()),
    };
    let when = question.when.map_or_else(String::new, |(day, hour)| {
        let day = weekday::WORDS.get(usize::try_from(day).unwrap_or_default()).unwrap_or(&"");
        format!("{day}-{hour}")
    });
    let standard = question.standard.map(|minutes| minutes.to_string()).unwrap_or_default();
    let field = |name, label, value: String, options: Vec<(String, String)>| Field {
        name,
        label,
        value,
        options,
        is_number: name == "standard",
    };
    vec![
        field("service", "Get to", service, services.collect()),
        field("site", "or one site (code)", site, Vec::new()),
        field("mode", "How", question.mode.as_str().to_owned(), modes.collect()),
        field("group", "Who, on the map", question.group.as_str().to_owned(), groups.collect()),
        field("when", "Open on", when, whens()),
        field("standard", "Within (minutes)", standard, Vec::new()),
    ]
}

/// Any time, and every second hour of the day on each weekday.
fn whens() -> Vec<(String, String)> {
    let mut whens = vec![(String::new(), "Any time".to_owned())];
    for day in weekday::WORDS {
        for hour in [8, 10, 12, 14, 16, 18, 20] {
            let words = format!("{}, {hour}:00", kit::number::capitalise(day));
            whens.push((format!("{day}-{hour}"), words));
        }
    }
    whens
}

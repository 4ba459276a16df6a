//! A practice: who it is, all its figures beside England and its board, where it stands, and its people.
//! A closed practice keeps its page, with the day it closed and who took over.

use evidence::{Affiliation, Place, tables};
use indicators::{Definition, Evaluation, Row as Figure};
use kit::answer::Field;
use kit::text::title_case;
use kit::{Answer, Caption, Cell, Column, Exhibit, Fact, Link, Part, Point, Row, Style, Table};
use rayon::prelude::*;
use vocab::Level;

use crate::address::{self, written};
use crate::choices::Choices;
use crate::context::Context;
use crate::findings::{self, observed, style, verdict};
use crate::origin::{origin_of, sources_of};
use crate::overview::pyramid;
use crate::question::Asked;
use crate::refusal::Refusal;
use crate::register::{Registered, closure, name, registered, row_of, successors};

/// How figures are judged.
const METHOD: &str = "whom-a-figure-is-compared-with";
/// What every finding must be read with.
const OUTSTANDING: &str = "Figures outside of the 99.8% limits, which are widened where practices differ by more than chance throughout, among the fifth of practices at either end; the nearest to an end first. Words such as “Lower (99.8%)” elsewhere on this page judge a figure by chance alone. Who the patients are and how the practice records explain part of any difference.";
/// What a rank is worth.
const RANKS: &str =
    "A rank says little of a small practice: read the interval and the comparison first.";
/// Sentences of what stands out, at most.
const MOST_SENTENCES: usize = 6;

/// One figure of the practice.
struct Found<'a> {
    definition: &'a Definition,
    evaluation: Evaluation,
    row: Figure,
}

/// What a practice is.
///
/// # Errors
/// When there is no such practice, the evidence cannot be read, or the strip is to show what has no figure.
pub(crate) fn answer(asked: &Asked<'_>, code: &str) -> Result<Answer, Refusal> {
    let Asked { context, choices, .. } = *asked;
    let known = context.known()?;
    let affiliation = known.of(code);
    let registered = registered(context.evidence(), code)?;
    if affiliation.is_none() && registered.is_none() {
        return Err(Refusal::no_organisation("practice", code));
    }
    let name = name(affiliation, registered.as_ref(), code);
    let found = figures(context, code);
    let closure = closure(context.evidence(), &known, code)?;
    let mut opening =
        vec![Part::default().facts(facts(context, code, affiliation, registered.as_ref())?)];
    opening.extend(outstanding(&found));
    if affiliation.is_some() && closure.is_none() {
        opening.extend(address::similar(Level::Practice, code).map(|href| {
            Part::default().leading(vec![Link::new("Which practices are like it?", href)])
        }));
    }
    let exhibits = exhibits(context, code, &name, &found, choices)?;
    let none = "There are no figures for this practice in the latest periods.".to_owned();
    let warnings = closure.into_iter().chain(exhibits.is_empty().then_some(none));
    Ok(Answer {
        question: name.clone(),
        over: vec![Link::new("General practice", "")],
        above: above(context, code)?,
        lead: summary(context, code, &name)?,
        warnings: warnings.collect(),
        opening,
        fields: strip_field(&found, choices)?.into_iter().collect(),
        exhibits,
        method: METHOD,
        title: name,
        ..Answer::default()
    })
}

/// What stands out, if anything does.
fn outstanding(found: &[Found<'_>]) -> Option<Part> {
    let points: Vec<Point> = sentences(found).into_iter().map(Point::new).collect();
    let reading = vec![OUTSTANDING.to_owned()];
    (!points.is_empty()).then(|| Part::headed("What stands out").saying(reading).points(points))
}

fn exhibits(
    context: &Context,
    code: &str,
    name: &str,
    found: &[Found<'_>],
    choices: &Choices,
) -> Result<Vec<Exhibit>, Refusal> {
    let mut exhibits = Vec::new();
    exhibits.extend((!found.is_empty()).then(|| table(context, name, found)));
    exhibits.extend(strip(context, found, choices)?);
    exhibits.extend(pyramid(context, name, &|member| member == code)?);
    Ok(exhibits)
}

/// All figures of the practice, by theme and name.
fn figures<'a>(context: &'a Context, code: &str) -> Vec<Found<'a>> {
    let place = Place {
        key: code.to_owned(),
        name: String::new(),
        members: vec![(Level::Practice, code.to_owned())],
    };
    let definitions = context.library().all();
    let found = definitions.par_iter().filter_map(|definition| {
        let (evaluation, row) = context.figure_of(definition, &place)?;
        Some(Found { definition, evaluation, row })
    });
    found.collect()
}

/// The table of all figures.
fn table(context: &Context, name: &str, found: &[Found<'_>]) -> Exhibit {
    let rows = found.iter().map(|found| {
        let style = style(found.definition);
        let figure = |value: Option<f64>| {
            value.map_or(Cell::Empty, |value| {
                Cell::Figure(vocab::Observed::Value(value), style.clone())
            })
        };
        let estimate = found.row.estimate;
        let parent = found.row.parent.as_ref();
        let within = parent.map(|(parent, _)| parent.code.clone()).unwrap_or_default();
        let href = format!("/indicator/{}{}", found.definition.id, written(&[("within", &within)]));
        Row::new(vec![
            Cell::link(&found.definition.name, href),
            Cell::text(found.evaluation.period.in_words()),
            Cell::Figure(observed(&found.row), style.clone()),
            Cell::text(&style.unit),
            figure(estimate.and_then(|estimate| estimate.lower)),
            figure(estimate.and_then(|estimate| estimate.upper)),
            figure(found.row.england.reference),
            Cell::Verdict(verdict(found.definition, &found.row.england)),
            figure(parent.and_then(|(_, comparison)| comparison.reference)),
            parent.map_or(Cell::Empty, |(_, comparison)| {
                Cell::Verdict(verdict(found.definition, comparison))
            }),
            found.row.rank.map_or(Cell::Empty, |rank| Cell::text(findings::ranked(rank))),
        ])
    });
    let whole = context.whole().name();
    let plain = |heading: &str, key: &str| Column::number(heading, key, Style::number(1, ""));
    let table = Table {
        caption: Caption {
            id: "figures".to_owned(),
            title: format!("All figures of {name}"),
            description: format!(
                "Every indicator with a figure for the practice, beside {whole} and its board."
            ),
            source: "the releases named on each indicator’s page".to_owned(),
            run: context.run().to_owned(),
        },
        columns: vec![
            Column::text("Indicator", "indicator"),
            Column::text("Period", "period"),
            plain("Figure", "figure"),
            Column::text("Unit", "unit"),
            plain("Lower 95% limit", "lower"),
            plain("Upper 95% limit", "upper"),
            plain(context.whole().heading(), "england"),
            Column::verdict(&format!("Compared with {whole}"), "compared_with_england"),
            plain("Its board (ICB) then", "icb"),
            Column::verdict("Compared with its board then", "compared_with_icb"),
            Column::text("Rank, lowest first", "rank"),
        ],
        rows: rows.collect(),
        notes: vec![boards(found), RANKS.to_owned()],
    };
    let reading = "A figure is called better, worse, higher or lower only where its interval leaves the other figure out.";
    Exhibit::table("figures", "All figures", reading, table)
}

/// Of when the figures of its board are, and of which boards where it has belonged to several.
fn boards(found: &[Found<'_>]) -> String {
    let mut boards: Vec<(&str, String)> = Vec::new();
    for one in found {
        let Some((board, _)) = &one.row.parent else { continue };
        let period = one.evaluation.period.in_words();
        match boards.iter_mut().find(|(code, _)| *code == board.code) {
            Some((_, periods)) if periods.split(", ").any(|known| known == period) => {}
            Some((_, periods)) => *periods = format!("{periods}, {period}"),
            None => boards.push((&board.code, period)),
        }
    }
    let several = boards.iter().map(|(code, periods)| format!("{code} in {periods}"));
    let several = several.collect::<Vec<_>>().join("; ");
    let of_which =
        if boards.len() > 1 { format!(" It has belonged to {several}.") } else { String::new() };
    format!(
        "The figure of its board is of the period of the line, and of the board to which it belonged then.{of_which}"
    )
}

/// The figure that the strip shows: the one chosen or the first with a figure.
fn chosen_strip<'a>(
    found: &'a [Found<'a>],
    choices: &Choices,
) -> Result<Option<&'a Found<'a>>, Refusal> {
    let mut with_figure = found.iter().filter(|found| found.row.estimate.is_some());
    let Some(id) = choices.get("strip") else { return Ok(with_figure.next()) };
    with_figure.find(|found| found.definition.id == id).map(Some).ok_or_else(|| {
        Refusal::bad_choice("strip", id, "an indicator with a figure for this practice")
    })
}

/// Which indicator the strip shows.
fn strip_field(found: &[Found<'_>], choices: &Choices) -> Result<Option<Field>, Refusal> {
    let chosen = chosen_strip(found, choices)?;
    let with_figure = found.iter().filter(|found| found.row.estimate.is_some());
    let choice = |found: &Found<'_>| (found.definition.id.clone(), found.definition.name.clone());
    Ok(chosen.map(|chosen| Field {
        name: "strip",
        label: "Indicator to place among all practices",
        value: chosen.definition.id.clone(),
        options: with_figure.map(choice).collect(),
        is_number: false,
    }))
}

/// Where the practice stands among all.
fn strip(
    context: &Context,
    found: &[Found<'_>],
    choices: &Choices,
) -> Result<Option<Exhibit>, Refusal> {
    let Some(found) = chosen_strip(found, choices)? else { return Ok(None) };
    let source = sources_of(context, &found.evaluation);
    let mut caption =
        findings::caption(found.definition, &found.evaluation, "strip", &source, context.run());
    caption.title = format!(
        "{} among all practices, {}",
        found.definition.name,
        found.evaluation.period.in_words()
    );
    caption.description = format!(
        "A strip with a stroke for every practice, the middle half shaded, the practice and {} marked.",
        context.whole().name()
    );
    let strip = findings::strip(found.definition, &found.evaluation, &found.row, caption);
    let reading = "Each thin stroke is a practice; the shaded band holds the middle half of them.";
    Ok(Some(
        Exhibit::chart("strip", "Where it stands", reading, strip)
            .origin(Some(origin_of(&found.evaluation))),
    ))
}

/// What stands out among all practices, in sentences, the farthest from the middle of them first.
fn sentences(found: &[Found<'_>]) -> Vec<String> {
    let mut outstanding: Vec<(&Found<'_>, f64)> = found
        .iter()
        .filter_map(|one| {
            Some((one, findings::outstanding(one.definition, &one.evaluation, &one.row)?))
        })
        .collect();
    outstanding.sort_by(|a, b| b.1.total_cmp(&a.1));
    let sentences = outstanding.into_iter().filter_map(|(one, _)| {
        let words = findings::against_england(one.definition, &one.row, &one.evaluation)?;
        let rank =
            one.row.rank.map(|rank| format!(" It is {}, lowest first.", findings::ranked(rank)));
        Some(words + &rank.unwrap_or_default())
    });
    sentences.take(MOST_SENTENCES).collect()
}

/// The practice in a sentence.
fn summary(context: &Context, code: &str, name: &str) -> Result<String, Refusal> {
    let evidence = context.evidence();
    let Some(period) = evidence.periods("list_size").last().copied() else {
        return Ok("No list of registered patients has been imported yet.".to_owned());
    };
    let frame = evidence.frame("list_size", period)?;
    let lists = tables::list_size::Columns::of(&frame);
    let row = row_of(lists.practice, code);
    let patients = row.and_then(|row| lists.patients.get(row)).copied().filter(|size| *size > 0.0);
    Ok(match patients {
        Some(patients) => format!(
            "{name} had {} registered patients on {}.",
            kit::number::plain(patients, 0),
            period.in_words()
        ),
        None => {
            format!("{name} has no registered patients in the extract of {}.", period.in_words())
        }
    })
}

/// Address, network, sub-ICB location and board, with links; a fact without a page has no address.
fn facts(
    context: &Context,
    code: &str,
    affiliation: Option<&Affiliation>,
    registered: Option<&Registered>,
) -> Result<Vec<Fact>, Refusal> {
    let known = context.known()?;
    let mut facts = vec![Fact::new("Practice code", code)];
    if let Some(row) = registered {
        let address = format!("{} {}", title_case(&row.address), row.postcode);
        facts.push(Fact::new("Address", address.trim()));
        facts.extend(row.opened.map(|day| Fact::new("Opened", day.in_words())));
    } else if let Some(row) = affiliation {
        facts.push(Fact::new("Postcode", &row.postcode));
    }
    let setting = setting(context, affiliation)?;
    facts.extend(setting.map(|words| Fact::new("Town or country", words)));
    let levels = [
        (Level::Network, "Primary care network (PCN)"),
        (Level::SubIcb, "Sub-ICB location"),
        (Level::Icb, "Integrated care board (ICB)"),
        (Level::Region, "Region"),
    ];
    for (level, words) in levels {
        if let Some(parent) = affiliation.and_then(|row| row.code(level)) {
            let name = title_case(known.name_of(level, parent));
            facts.push(Fact::linked(words, Link::new(name, address::page(level, parent))));
        }
    }
    facts.extend(successors(context.evidence(), code)?.iter().map(|to| {
        let name = title_case(known.name_of(Level::Practice, to));
        Fact::linked("Its work went to", Link::new(name, address::page(Level::Practice, to)))
    }));
    Ok(facts)
}

/// How rural the small area is in which the practice stands, where its outline and the classification are imported.
fn setting(
    context: &Context,
    affiliation: Option<&Affiliation>,
) -> Result<Option<String>, Refusal> {
    let areas = affiliation.map_or(&[][..], |row| row.stands_in.as_slice());
    let Some(area) = areas.iter().find(|code| code.starts_with("E01")) else { return Ok(None) };
    let class = indicators::rural::class_of(context.evidence(), area)?;
    Ok(class.map(|class| {
        format!("{} ({}): where it stands, by the classification of 2011", class.name, class.code)
    }))
}

/// The larger organisations that hold it.
fn above(context: &Context, code: &str) -> Result<Vec<Link>, Refusal> {
    let known = context.known()?;
    let Some(row) = known.of(code) else { return Ok(Vec::new()) };
    let steps = [Level::Icb, Level::SubIcb, Level::Network].into_iter().filter_map(|level| {
        let parent = row.code(level)?;
        Some(Link::new(title_case(known.name_of(level, parent)), address::page(level, parent)))
    });
    Ok(steps.collect())
}

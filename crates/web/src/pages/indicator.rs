//! An indicator: the compare table, the funnel, the map, the trend, and what it means.

mod exhibits;

use answers::address::{encoded, written};
use answers::origin::origin_of;
use answers::{Choices, Refusal, address, findings};
use axum::response::Response;
use evidence::{Belonging, Place};
use indicators::{Definition, Evaluation, Polarity};
use kit::Exhibit;
use serde::Serialize;
use vocab::{Level, Period, Whole};

use super::html;
use crate::exhibit::Shown;
use crate::layout::{Layout, Section, Step};
use crate::state::AppState;

/// What the address asks for, checked.
pub(super) struct Asked<'a> {
    pub(super) definition: &'a Definition,
    pub(super) place: Place,
    pub(super) level: Level,
    pub(super) levels: Vec<Level>,
    pub(super) period: Period,
    pub(super) periods: Vec<Period>,
    pub(super) order: Order,
}

/// The order of the compare table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// By code.
    Code,
    /// By name.
    Name,
    /// Highest figure first.
    Highest,
    /// Lowest figure first.
    Lowest,
}

const ORDERS: [(&str, &str, Order); 4] = [
    ("highest", "Highest figure first", Order::Highest),
    ("lowest", "Lowest figure first", Order::Lowest),
    ("name", "Name", Order::Name),
    ("code", "Code", Order::Code),
];

/// An option of a choice: what the address says, what the reader sees, whether it is chosen.
type Choice = (String, String, bool);

#[derive(Serialize)]
struct Page {
    layout: Layout,
    name: String,
    id: String,
    theme: &'static str,
    lead: String,
    spread: Option<String>,
    within: String,
    place: String,
    place_href: String,
    levels: Vec<Choice>,
    periods: Vec<Choice>,
    orders: Vec<Choice>,
    exhibits: Vec<Shown>,
    meaning: String,
    why: String,
    caveats: Vec<String>,
    breaks: Vec<String>,
    facts: Vec<(&'static str, String)>,
    coverage: String,
    part: Option<String>,
    is_country: bool,
    unplaced: Option<String>,
    origin: String,
    why_href: Option<String>,
}

/// The page of an indicator.
pub(crate) fn page(state: &AppState, id: &str, choices: &Choices) -> Result<Response, Refusal> {
    let asked = Asked::of(state, id, choices)?;
    let evaluation = asked.evaluation(state)?;
    let exhibits = exhibits::all(state, &asked, &evaluation)?;
    let definition = asked.definition;
    let summary = state.context().figure_in(definition, &asked.place, asked.period);
    let lead = summary.map_or_else(
        || findings::lead(definition, &evaluation),
        |(mut own, row)| {
            own.place = Some(row);
            findings::lead(definition, &own)
        },
    );
    let path = format!("/indicator/{}", encoded(id));
    let above =
        vec![Step::new("Indicators", format!("/indicators?within={}", encoded(&asked.place.key)))];
    let page = Page {
        layout: Layout::new(state, &definition.name, Section::Indicators, above),
        name: definition.name.clone(),
        id: definition.id.clone(),
        theme: definition.theme.title(),
        lead,
        spread: findings::spread(definition, &evaluation),
        within: asked.place.key.clone(),
        place: asked.place.name.clone(),
        place_href: address::place(&asked.place),
        levels: asked.level_choices(),
        periods: asked.period_choices(),
        orders: asked.order_choices(),
        exhibits: exhibits
            .iter()
            .map(|exhibit| Shown::of(exhibit, &path, &choices.written()))
            .collect(),
        meaning: definition.meaning.clone(),
        why: definition.why_it_matters.clone(),
        caveats: definition.caveats.clone(),
        breaks: breaks(definition),
        facts: facts(definition, &evaluation),
        coverage: findings::coverage(definition, evaluation.base, &evaluation.coverage),
        part: evaluation.reference.note(),
        is_country: evaluation.reference.whole == Whole::England,
        unplaced: unplaced(&evaluation),
        origin: origin_of(&evaluation),
        why_href: (evaluation.base == Level::Practice
            && indicators::variation::can_be_asked(definition))
        .then(|| format!("{path}/why{}", why_choices(&asked))),
    };
    html(state, "indicator.html", &page)
}

/// The place and period of this page, for the page that explains them.
fn why_choices(asked: &Asked<'_>) -> String {
    let period = asked.period.to_string();
    written(&[("period", period.as_str()), ("within", asked.place.key.as_str())])
}

/// The exhibits of an indicator.
pub(crate) fn exhibits(
    state: &AppState,
    id: &str,
    choices: &Choices,
) -> Result<Vec<Exhibit>, Refusal> {
    let asked = Asked::of(state, id, choices)?;
    let evaluation = asked.evaluation(state)?;
    let exhibits = exhibits::all(state, &asked, &evaluation)?;
    let Some(rule) = asked.place.belonging(Belonging::Stand) else { return Ok(exhibits) };
    let by_lists = asked.definition.denominator.table == "list_size";
    let lists = if by_lists { evaluation.denominator_period.to_string() } else { String::new() };
    Ok(exhibits.into_iter().map(|exhibit| exhibit.counted(rule, &lists)).collect())
}

impl<'a> Asked<'a> {
    fn of(state: &'a AppState, id: &str, choices: &Choices) -> Result<Self, Refusal> {
        let definition = state.context().definition(id)?;
        let periods = definition.periods(state.context().evidence());
        let period = state.context().chosen_period(definition, choices)?;
        let place = state.context().chosen_place_in(choices, period)?;
        let base = state.context().evaluate(definition, period, Level::England, None)?.base;
        let levels: Vec<Level> = definition
            .levels
            .iter()
            .copied()
            .filter(|level| *level >= base && !matches!(level, Level::England | Level::Place))
            .collect();
        let level = match choices.get("level") {
            None => usual_level(&place, &levels),
            Some(word) => chosen_level(word, &levels)?,
        };
        let order = match choices.get("order") {
            None => Order::Highest,
            Some(word) => ORDERS
                .iter()
                .find(|(known, ..)| *known == word)
                .map(|(.., order)| *order)
                .ok_or_else(|| {
                    Refusal::bad_choice("order", word, "`highest`, `lowest`, `name` or `code`")
                })?,
        };
        Ok(Self { definition, place, level, levels, period, periods, order })
    }

    /// Whether the place is the whole country.
    pub(super) fn is_england(&self) -> bool {
        self.place.is_everywhere()
    }

    /// The evaluation at the level, within the place, in the order asked for.
    fn evaluation(&self, state: &AppState) -> Result<Evaluation, Refusal> {
        let within = (!self.is_england()).then_some(&self.place);
        let mut evaluation =
            state.context().evaluate(self.definition, self.period, self.level, within)?;
        let value = |row: &indicators::Row| row.estimate.map(|estimate| estimate.value);
        match self.order {
            Order::Code => {}
            Order::Name => evaluation.rows.sort_by(|a, b| a.name.cmp(&b.name)),
            Order::Highest => evaluation.rows.sort_by(|a, b| {
                let key = |row| value(row).unwrap_or(f64::NEG_INFINITY);
                key(b).total_cmp(&key(a))
            }),
            Order::Lowest => evaluation.rows.sort_by(|a, b| {
                let key = |row| value(row).unwrap_or(f64::INFINITY);
                key(a).total_cmp(&key(b))
            }),
        }
        Ok(evaluation)
    }

    fn level_choices(&self) -> Vec<Choice> {
        let choice = |level: &Level| {
            let words = kit::number::capitalise(level.plural());
            (level.as_str().to_owned(), words, *level == self.level)
        };
        self.levels.iter().map(choice).collect()
    }

    fn period_choices(&self) -> Vec<Choice> {
        let choice =
            |period: &Period| (period.to_string(), period.in_words(), *period == self.period);
        self.periods.iter().rev().map(choice).collect()
    }

    fn order_choices(&self) -> Vec<Choice> {
        let choice = |(word, text, order): &(&str, &str, Order)| {
            ((*word).to_owned(), (*text).to_owned(), *order == self.order)
        };
        ORDERS.iter().map(choice).collect()
    }
}

/// The level that a place is usually looked at: practices, for England boards, and what the tables reach.
fn usual_level(place: &Place, levels: &[Level]) -> Level {
    let whole = place.single().is_some_and(|(level, _)| level >= Level::Region);
    let wanted = if whole { Level::Icb } else { Level::Practice };
    levels
        .iter()
        .copied()
        .find(|level| *level >= wanted)
        .or(levels.last().copied())
        .unwrap_or(Level::England)
}

fn chosen_level(word: &str, levels: &[Level]) -> Result<Level, Refusal> {
    let known = Level::parse(word).filter(|level| levels.contains(level));
    known.ok_or_else(|| {
        let words: Vec<String> = levels.iter().map(|level| format!("`{level}`")).collect();
        Refusal::bad_choice("level", word, &format!("one of {}", words.join(", ")))
    })
}

/// The breaks of the series in words.
fn breaks(definition: &Definition) -> Vec<String> {
    let words =
        |one: &indicators::Break| format!("{}: {}", Period::Day(one.at).in_words(), one.reason);
    definition.breaks.iter().map(words).collect()
}

/// Definition, method and review as a list of facts.
fn facts(definition: &Definition, evaluation: &Evaluation) -> Vec<(&'static str, String)> {
    let good = match definition.polarity {
        Polarity::HigherIsBetter => "Higher is better",
        Polarity::LowerIsBetter => "Lower is better",
        Polarity::Neither => "Neither direction is better",
    };
    let operand = |operand: &indicators::Operand| {
        let rows = operand.rows.iter().map(|(column, words)| {
            let words: Vec<&str> =
                words.iter().map(|word| if word.is_empty() { "empty" } else { word }).collect();
            format!("; {} is {}", column.replace('_', " "), words.join(" or ").replace('_', " "))
        });
        format!(
            "sum of {} in the table {}{}",
            operand.column.replace('_', " "),
            operand.table,
            rows.collect::<String>()
        )
    };
    let mut facts = vec![
        ("Above the line", operand(&definition.numerator)),
        ("Below the line", operand(&definition.denominator)),
        ("Good direction", good.to_owned()),
        ("Method", evaluation.provenance.method.clone()),
        ("Period", evaluation.period.in_words()),
    ];
    if evaluation.denominator_period != evaluation.period {
        facts.push(("Period below the line", evaluation.denominator_period.in_words()));
    }
    facts.push(("When figures are compared", indicators::limits_in_words().join(" ")));
    let review = &definition.review;
    facts.push((
        "Reviewed",
        format!(
            "{} by {}; due again {}",
            Period::Day(review.on).in_words(),
            review.by,
            Period::Day(review.due).in_words()
        ),
    ));
    facts
}

/// Organisations that count in England but lie in no region, said aloud.
fn unplaced(evaluation: &Evaluation) -> Option<String> {
    let codes = &evaluation.coverage.unplaced;
    if codes.is_empty() {
        return None;
    }
    let first: Vec<&str> = codes.iter().take(10).map(String::as_str).collect();
    let more = if codes.len() > first.len() { " and others" } else { "" };
    Some(format!(
        "{} counted in the whole but in no row of this level, because no table near the period says where they belong: {}{more}.",
        kit::number::capitalise(&kit::number::counted(
            codes.len(),
            "organisation is",
            "organisations are"
        )),
        first.join(", ")
    ))
}

//! An indicator: the compare table, the funnel, the map, the trend, and what it means.

mod comparisons;
mod exhibits;

use evidence::Place;
use indicators::{Definition, Evaluation, Polarity, Row};
use kit::answer::Field;
use kit::{Answer, Fact, Link, Part, Point};
use vocab::{Level, Period, Whole};

use crate::address::{self, encoded, written};
use crate::context::Context;
use crate::findings;
use crate::origin::origin_of;
use crate::question::Asked;
use crate::refusal::Refusal;

/// What is compared, checked.
pub(super) struct Compared<'a> {
    pub(super) definition: &'a Definition,
    pub(super) place: &'a Place,
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

/// What an indicator says of a place.
///
/// # Errors
/// When there is no such indicator, it has no figures, or a choice is none of those offered.
pub(crate) fn answer(asked: &Asked<'_>) -> Result<Answer, Refusal> {
    let Asked { context, place, .. } = *asked;
    let compared = Compared::of(asked)?;
    let evaluation = compared.evaluation(context)?;
    let definition = compared.definition;
    let warnings = evaluation.reference.note();
    let own = context.figure_in(definition, place, compared.period);
    let row = own.as_ref().map(|(_, row)| row.clone());
    let mut exhibits = exhibits::all(context, &compared, &evaluation)?;
    if let Some(row) = &row {
        let caption = exhibits::caption(context, &compared, &evaluation, "comparisons");
        let others = comparisons::of(context, &compared, &evaluation, row, caption)?;
        exhibits.splice(1..1, others);
    }
    let is_told = own.as_ref().is_some_and(|(_, row)| row.estimate.is_some());
    let elsewhere = findings::by_location(context.study(), definition, place);
    let sentences = elsewhere.filter(|_| !is_told).into_iter();
    let sentences = sentences.chain(findings::spread(definition, &evaluation));
    let has_any = is_told || evaluation.rows.iter().any(|row| row.estimate.is_some());
    let lead = lead(definition, own, &evaluation);
    let (lead, refused) = if has_any { (lead, None) } else { (String::new(), Some(lead)) };
    Ok(Answer {
        question: definition.name.clone(),
        title: format!("{}, {}", definition.name, place.name),
        over: vec![Link::new(definition.theme.title(), "")],
        above: vec![Link::new("Indicators", address::indicators(place))],
        lead,
        refused,
        warnings: warnings.into_iter().collect(),
        sentences: sentences.chain([definition.meaning.clone()]).collect(),
        opening: vec![Part::default().leading(onward(&compared, &evaluation))],
        fields: compared.fields(),
        exhibits,
        closing: about(definition, &evaluation),
        method: "whom-a-figure-is-compared-with",
        ..Answer::default()
    })
}

/// The figure of the place beside that of all.
fn lead(
    definition: &Definition,
    own: Option<(Evaluation, Row)>,
    evaluation: &Evaluation,
) -> String {
    own.map_or_else(
        || findings::lead(definition, evaluation),
        |(mut own, row)| {
            own.place = Some(row);
            findings::lead(definition, &own)
        },
    )
}

/// Where the answer leads on: why practices differ, the place, everywhere.
fn onward(compared: &Compared<'_>, evaluation: &Evaluation) -> Vec<Link> {
    let Compared { definition, place, period, .. } = compared;
    let path = format!("/indicator/{}", encoded(&definition.id));
    let mut links = Vec::new();
    if evaluation.base == Level::Practice && indicators::variation::can_be_asked(definition) {
        let period = period.to_string();
        let choices = written(&[("period", period.as_str()), ("within", place.key.as_str())]);
        links.push(Link::new("Why do practices differ?", format!("{path}/why{choices}")));
    }
    let is_country = evaluation.reference.whole == Whole::England;
    let all = if is_country { "All of England" } else { "All imported practices" };
    links.push(Link::new(&place.name, address::place(place)));
    links.push(Link::new(all, format!("{path}?within=ENGLAND")));
    links
}

/// What the indicator is, what it hides, and how it is made.
fn about(definition: &Definition, evaluation: &Evaluation) -> Vec<Part> {
    let points = |all: Vec<String>| all.into_iter().map(Point::new).collect::<Vec<_>>();
    let breaks = breaks(definition);
    let mut coverage = vec![findings::coverage(definition, evaluation.base, &evaluation.coverage)];
    coverage.extend(unplaced(evaluation));
    let origin = Link::new("Where does this come from?", origin_of(evaluation));
    let mut parts = vec![
        Part::headed("What this indicator is").saying(vec![definition.why_it_matters.clone()]),
        Part::headed("What it hides").under().points(points(definition.caveats.clone())),
    ];
    if !breaks.is_empty() {
        parts.push(Part::headed("Breaks in the series").under().points(points(breaks)));
    }
    parts.push(
        Part::headed("How it is worked out")
            .under()
            .saying(coverage)
            .facts(facts(definition, evaluation))
            .leading(vec![origin]),
    );
    parts
}

impl<'a> Compared<'a> {
    fn of(asked: &Asked<'a>) -> Result<Self, Refusal> {
        let Asked { context, place, choices } = *asked;
        let definition = chosen(("indicator", ASKS), asked, |_| true)?;
        let periods = definition.periods(context.evidence());
        let period = context.chosen_period(definition, choices)?;
        let base = context.evaluate(definition, period, Level::England, None)?.base;
        let levels: Vec<Level> = definition
            .levels
            .iter()
            .copied()
            .filter(|level| *level >= base && !matches!(level, Level::England | Level::Place))
            .collect();
        let level = match choices.get("level") {
            None => usual_level(place, &levels),
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
    fn evaluation(&self, context: &Context) -> Result<Evaluation, Refusal> {
        let within = (!self.is_england()).then_some(self.place);
        let mut evaluation = context.evaluate(self.definition, self.period, self.level, within)?;
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

    /// What may be chosen otherwise.
    fn fields(&self) -> Vec<Field> {
        let field = |name, label, value: String, options| Field {
            name,
            label,
            value,
            options,
            is_number: false,
        };
        let level =
            |level: &Level| (level.as_str().to_owned(), kit::number::capitalise(level.plural()));
        let period = |period: &Period| (period.to_string(), period.in_words());
        let order =
            |(word, text, _): &(&str, &str, Order)| ((*word).to_owned(), (*text).to_owned());
        let chosen = ORDERS.iter().find(|(.., order)| *order == self.order);
        let chosen = chosen.map_or("", |(word, ..)| word).to_owned();
        vec![
            field("within", "Place (code or name)", self.place.key.clone(), Vec::new()),
            field(
                "level",
                "Compare",
                self.level.as_str().to_owned(),
                self.levels.iter().map(level).collect(),
            ),
            field(
                "period",
                "Period",
                self.period.to_string(),
                self.periods.iter().rev().map(period).collect(),
            ),
            field("order", "Order", chosen, ORDERS.iter().map(order).collect()),
        ]
    }
}

/// How people ask it.
pub(crate) const ASKS: &str = "How do they compare?";
/// The choice that names an indicator.
pub(crate) const NAME: &str = "indicator";

/// The indicator that a question is asked of; where none is named, which of those it can be asked of.
///
/// # Errors
/// When none is named, or there is none of this name.
pub(crate) fn chosen<'a>(
    (word, asks): (&str, &str),
    asked: &Asked<'a>,
    can_be_asked: impl Fn(&Definition) -> bool,
) -> Result<&'a Definition, Refusal> {
    let Asked { context, place, choices } = *asked;
    if let Some(id) = choices.get(NAME) {
        return context.definition(id);
    }
    let link = |one: &Definition| {
        let (path, choices) = address::question(word, place, &choices.clone().with(NAME, &one.id));
        (path + &choices.written(), one.name.clone())
    };
    let all = context.library().all();
    let links = all.into_iter().filter(|one| can_be_asked(one)).map(link).collect();
    Err(Refusal::which_indicator(asks, &place.name, links))
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
fn facts(definition: &Definition, evaluation: &Evaluation) -> Vec<Fact> {
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
    let method = &evaluation.provenance.method;
    let review = &definition.review;
    let reviewed = format!(
        "{} by {}; due again {}",
        Period::Day(review.on).in_words(),
        review.by,
        Period::Day(review.due).in_words()
    );
    let below = (evaluation.denominator_period != evaluation.period)
        .then(|| Fact::new("Period below the line", evaluation.denominator_period.in_words()));
    let mut facts = vec![
        Fact::new("Above the line", operand(&definition.numerator)),
        Fact::new("Below the line", operand(&definition.denominator)),
        Fact::new("Good direction", good),
        Fact::linked("Method", Link::new(method.replace('-', " "), format!("/methods#{method}"))),
        Fact::new("Period", evaluation.period.in_words()),
    ];
    facts.extend(below);
    facts.push(Fact::new("When figures are compared", indicators::limits_in_words().join(" ")));
    facts.push(Fact::new("Reviewed", reviewed));
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

//! Readings of claims in words, as charts, tables, text and JSON.
//!
//! A reading comes with its figures apart from its sentences; here they are printed, once for the page, the command line
//! and the downloads.

mod json;
pub mod list;
pub mod page;
mod plain;
pub mod reading;
mod readings;
pub mod spoken;
pub mod words;

use claims::{Argument, Bar, Exhibit, Reading, Said, Span, Unit, Verdict};
use indicators::Library;
use jiff::civil::Date;
use models::outlook::Band;
use vocab::Period;

use crate::findings;
use kit::caption::Caption;
use kit::chart::Chart;
use kit::chart::compare::{Bar as Drawn, Compare};
use kit::chart::fan::{Fan, Line, Point};
use kit::chart::funnel::Funnel;
use kit::chart::trend::Trend;
use kit::number::{Style, capitalise, counted, plain as digits};
use kit::table::{Cell, Column, Row, Table};
use kit::text::title_case;

pub use json::{json, sheet_json, suggestions as suggestions_json};
pub use plain::{refusal, text, wanting};
pub use readings::{Answers, Heard, Readings};

/// The verdict in words.
#[must_use]
pub const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Supported => "Supported",
        Verdict::NotSupported => "Not supported",
        Verdict::CannotTell => "Cannot tell",
    }
}

/// The verdict as a word for its colour.
const fn class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Supported => "supported",
        Verdict::NotSupported => "unsupported",
        Verdict::CannotTell => "open",
    }
}

/// A sentence with its figures printed.
#[must_use]
pub fn said(said: &Said, library: &Library) -> String {
    let mut out = String::new();
    let mut arguments = said.arguments.iter();
    for (index, piece) in said.text.split("{}").enumerate() {
        if index > 0
            && let Some(argument) = arguments.next()
        {
            out.push_str(&printed(argument, said, library));
        }
        out.push_str(piece);
    }
    capitalise(&out)
}

/// All sentences of an answer.
#[must_use]
pub fn answer(reading: &Reading, library: &Library) -> String {
    let sentences: Vec<String> = reading.answer.iter().map(|one| said(one, library)).collect();
    sentences.join(" ")
}

/// How the figures of an indicator are printed in a sentence: with the digits that tell those apart that differ, for a
/// verdict may rest on them.
fn style_in(said: &Said, unit: &Unit, library: &Library) -> Style {
    let style = style(unit, library);
    if !matches!(unit, Unit::Indicator(_)) {
        return style;
    }
    let values = said.arguments.iter().flat_map(|argument| match argument {
        Argument::Figure(value, of) if of == unit => vec![*value],
        Argument::Interval(lower, upper, of) if of == unit => vec![*lower, *upper],
        _ => Vec::new(),
    });
    style.apart(&values.collect::<Vec<f64>>())
}

fn printed(argument: &Argument, said: &Said, library: &Library) -> String {
    match argument {
        Argument::Figure(value, unit) => style_in(said, unit, library).phrase(*value),
        Argument::Interval(lower, upper, unit) => {
            style_in(said, unit, library).interval(*lower, *upper)
        }
        Argument::Name(name) => title_case(name),
        Argument::Words(words) => words.clone(),
        Argument::Count(value, one, many) => {
            let whole = libm::round(*value);
            if (0.0..10.0).contains(&whole) {
                counted(whole as usize, one, many)
            } else {
                format!("{} {many}", digits(whole, 0))
            }
        }
        Argument::Period(period) => period.in_words(),
        Argument::Quantity(quantity) => quantity_in_words(quantity),
    }
}

/// What is said of sentences that were said on a day, or on none that is known.
#[must_use]
pub fn of_day(day: Option<Date>) -> String {
    match day {
        Some(day) => format!(
            "Read as said on {}: “over the last year” ends with the month before, and figures of a later time, or of long before, say nothing of what was said then.",
            Period::Day(day).in_words()
        ),
        None => "No day of the meeting is known: every sentence that names no time is held against the newest figures.".to_owned(),
    }
}

/// A figure as a sentence had it, printed our way.
/// A stated figure in words: `about 3,000`, `more than 8%`.
#[must_use]
pub fn quantity_in_words(quantity: &claims::Quantity) -> String {
    use claims::{Bound, QuantityKind};
    let one = |value: f64| match quantity.kind {
        QuantityKind::Share => {
            let shown = libm::round(value * 1000.0) / 10.0;
            let decimals = u8::from((shown - libm::round(shown)).abs() > 1e-9);
            Style::percentage(decimals, "").figure(value)
        }
        QuantityKind::Pounds => pounds(value),
        QuantityKind::Minutes => format!("{} minutes", digits(value, 0)),
        QuantityKind::Points => format!("{} points", digits(value, u8::from(value.fract() > 0.0))),
        QuantityKind::Count => digits(value, u8::from((libm::round(value) - value).abs() > 1e-9)),
    };
    let sign = match quantity.bound {
        Bound::Exactly => "",
        Bound::About => "about ",
        Bound::JustOver => "just over ",
        Bound::JustUnder => "just under ",
        Bound::AtLeast => "at least ",
        Bound::MoreThan => "more than ",
        Bound::AtMost => "at most ",
        Bound::LessThan => "less than ",
    };
    let upper = quantity.upper.map(|upper| format!(" to {}", one(upper))).unwrap_or_default();
    format!("{sign}{}{upper}", one(quantity.value))
}

/// Pounds, in millions from a million on.
fn pounds(value: f64) -> String {
    if value.abs() >= 1e6 {
        let millions = value / 1e6;
        let decimals = u8::from((millions - libm::round(millions)).abs() > 0.049);
        return format!("{} million", Style::pounds(decimals, "").figure(millions));
    }
    Style::pounds(if value.abs() < 1000.0 { 2 } else { 0 }, "").figure(value)
}

/// How the figures of a unit are printed.
#[must_use]
pub fn style(unit: &Unit, library: &Library) -> Style {
    match unit {
        Unit::Indicator(id) => {
            library.get(id).map_or_else(|| Style::number(1, ""), findings::style)
        }
        Unit::Count(noun) => Style::count(noun),
        Unit::Share(decimals) => Style::percentage(*decimals, ""),
        Unit::Pounds => Style::pounds(0, ""),
        Unit::Number(decimals, unit) => Style::number(*decimals, unit),
    }
}

/// The chart of a reading.
#[derive(Debug)]
pub enum Picture {
    /// Organisations against their size.
    Funnel(Box<Funnel>),
    /// A figure over time.
    Trend(Box<Trend>),
    /// Bars.
    Bars(Box<Compare>),
    /// Years to come.
    Fan(Box<Fan>),
}

impl Chart for Picture {
    fn to_svg(&self) -> String {
        match self {
            Self::Funnel(chart) => chart.to_svg(),
            Self::Trend(chart) => chart.to_svg(),
            Self::Bars(chart) => chart.to_svg(),
            Self::Fan(chart) => chart.to_svg(),
        }
    }

    fn to_table(&self) -> Table {
        match self {
            Self::Funnel(chart) => chart.to_table(),
            Self::Trend(chart) => chart.to_table(),
            Self::Bars(chart) => chart.to_table(),
            Self::Fan(chart) => chart.to_table(),
        }
    }
}

/// The chart of a reading, if it has one.
#[must_use]
pub fn picture(reading: &Reading, library: &Library, source: &str, run: &str) -> Option<Picture> {
    let caption = |title: String| Caption {
        id: format!("claim-{}", reading.claim.template.id.replace('_', "-")),
        title,
        description: answer(reading, library),
        source: source.to_owned(),
        run: run.to_owned(),
    };
    match reading.exhibit.as_ref()? {
        Exhibit::Funnel(evaluation) => {
            let definition = library.get(&evaluation.indicator)?;
            let title = format!("{}, {}", definition.name, evaluation.period.in_words());
            let funnel = findings::funnel(definition, evaluation, caption(title))?;
            Some(Picture::Funnel(Box::new(funnel)))
        }
        Exhibit::Trend(series) => {
            let definition = library.get(&series.indicator)?;
            let title = format!("{} over time", definition.name);
            let name = title_case(&reading.subject.name);
            let is_whole = matches!(reading.subject.single(), Some((vocab::Level::England, _)));
            let reference = (!is_whole).then_some(reading.whole.heading());
            let trend = findings::trend(definition, (&name, reference), series, caption(title));
            Some(Picture::Trend(Box::new(trend)))
        }
        Exhibit::Bars { title, unit, bars } => Some(Picture::Bars(Box::new(Compare {
            caption: caption(title.clone()),
            style: style(unit, library),
            bars: bars.iter().map(bar).collect(),
        }))),
        Exhibit::Fan { title, unit, lines } => {
            let years = lines.first().map_or(0, |(_, years)| years.len());
            Some(Picture::Fan(Box::new(Fan {
                caption: caption(title.clone()),
                style: style(unit, library),
                heading: "Year".to_owned(),
                labels: (0..years as u32).map(crate::outlook::year).collect(),
                lines: lines.iter().map(line).collect(),
            })))
        }
    }
}

fn line((name, years): &(String, Vec<Band>)) -> Line {
    let point = |year: &Band| Some(Point { middle: year.p50, range: Some((year.p10, year.p90)) });
    Line {
        name: name.clone(),
        key: name.to_lowercase().replace(' ', "_"),
        points: years.iter().map(point).collect(),
    }
}

/// What the limits of a reading's figures hold.
#[must_use]
pub fn span(reading: &Reading) -> &'static str {
    let with_limits = || reading.figures.iter().filter(|one| one.limits.is_some());
    if with_limits().any(|one| one.span == Span::Draws) { "8 of 10 draws" } else { "95% interval" }
}

fn bar(bar: &Bar) -> Drawn {
    Drawn {
        code: String::new(),
        name: title_case(&bar.name),
        href: None,
        value: Some(bar.value).filter(|value| value.is_finite()),
        interval: bar.limits,
        verdict: kit::words::Verdict::NotCompared,
        reference: bar.is_reference,
        highlighted: bar.is_subject,
        unranked: false,
    }
}

/// The figures of a reading as a table: always there, with or without a chart. Units differ from line to line, so that
/// figures stand as they are printed and bare beside that, for spreadsheets.
#[must_use]
pub fn figures(reading: &Reading, library: &Library, source: &str, run: &str) -> Table {
    let rows = reading.figures.iter().map(|shown| {
        let style = style(&shown.unit, library);
        let limits = shown.limits.map(|(lower, upper)| style.interval(lower, upper));
        Row::new(vec![
            Cell::text(title_case(&shown.label)),
            Cell::text(style.phrase(shown.value)),
            Cell::text(limits.unwrap_or_default()),
            Cell::text(shown.period.map(vocab::Period::in_words).unwrap_or_default()),
            Cell::value(shown.value),
            Cell::limit(shown.limits.map(|limits| limits.0)),
            Cell::limit(shown.limits.map(|limits| limits.1)),
        ])
    });
    let bare = |heading: &str, key: &str| {
        Column::number(heading, key, Style::number(6, "")).download_only()
    };
    Table {
        caption: Caption {
            id: format!("claim-{}-figures", reading.claim.template.id.replace('_', "-")),
            title: reading.claim.sentence.clone(),
            description: answer(reading, library),
            source: source.to_owned(),
            run: run.to_owned(),
        },
        columns: vec![
            Column::text("What", "what"),
            Column::text("Figure", "figure"),
            Column::text(span(reading), "interval"),
            Column::text("Period", "period"),
            bare("Value", "value"),
            bare(&format!("Lower end of {}", span(reading)), "lower"),
            bare(&format!("Upper end of {}", span(reading)), "upper"),
        ],
        rows: rows.collect(),
        notes: Vec::new(),
    }
}

//! The uncertain numbers of the outlook: what each is, its range, what it rests on, and who changed it and why.

pub mod page;

use models::parameters::{Grade, Kind, Parameter, Parameters};
use vocab::Observed;

use kit::caption::Caption;
use kit::number::{Style, counted};
use kit::table::{Cell, Column, Row, Table};

/// How many there are and what they rest on, in a sentence.
#[must_use]
pub fn sentence(parameters: &Parameters) -> String {
    let of = |kind| parameters.iter().filter(|(_, one)| one.source.kind == kind).count();
    let all = parameters.iter().count();
    format!(
        "The outlook rests on {}: {} in a source, {} from published figures, and {} chosen here because nothing published carries them.",
        counted(all, "uncertain number", "uncertain numbers"),
        counted(of(Kind::Published), "is printed", "are printed"),
        counted(of(Kind::Derived), "is worked out", "are worked out"),
        counted(of(Kind::Assumption), "is", "are"),
    )
}

/// What a number rests on, in a word.
#[must_use]
pub const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Published => "published",
        Kind::Derived => "derived from published figures",
        Kind::Assumption => "assumption",
    }
}

/// How much a number can carry, in words.
#[must_use]
pub const fn grade(grade: Grade) -> &'static str {
    match grade {
        Grade::A => "A: exact and published",
        Grade::B => "B: published, for another place or time",
        Grade::C => "C: pieced together from published figures",
        Grade::D => "D: a plausible guess",
    }
}

/// As many decimals as the size of a figure needs for three digits that count.
#[must_use]
pub fn style(parameter: &Parameter) -> Style {
    let size = parameter.value.abs().max(parameter.high.abs());
    let decimals = match size {
        size if size >= 100.0 => 0,
        size if size >= 10.0 => 1,
        size if size >= 1.0 => 2,
        _ => 3,
    };
    Style::number(decimals, &parameter.unit)
}

/// Every number; `link` leads from a name to where it can be changed.
#[must_use]
pub fn table(parameters: &Parameters, caption: Caption, link: &dyn Fn(&str) -> String) -> Table {
    let columns = vec![
        Column::text("What it is", "about"),
        Column::text("Name", "name").download_only(),
        Column::number("Value", "value", Style::number(3, "")),
        Column::number("1 in 10 below", "low", Style::number(3, "")),
        Column::number("1 in 10 above", "high", Style::number(3, "")),
        Column::text("Unit", "unit"),
        Column::text("Rests on", "kind"),
        Column::text("Source", "source"),
        Column::text("Date", "date"),
        Column::text("Grade", "grade"),
        Column::text("Changed because", "changed_because"),
    ];
    let rows = parameters.iter().map(|(key, one)| {
        let figure = |value| Cell::Figure(Observed::Value(value), style(one));
        Row::new(vec![
            Cell::link(&one.about, link(key.as_str())),
            Cell::text(key.as_str()),
            figure(one.value),
            figure(one.low),
            figure(one.high),
            Cell::text(&one.unit),
            Cell::text(kind(one.source.kind)),
            Cell::text(&one.source.reference),
            Cell::text(&one.source.date),
            Cell::text(format!("{:?}", one.grade)),
            one.changed_because.as_ref().map_or(Cell::Empty, Cell::text),
        ])
    });
    let notes = vec![
        "In a run of many draws each takes another value in every draw: one in ten lies below the first bound, one in ten above the second.".to_owned(),
        "Grades: A exact and published; B published, for another place or time; C pieced together from published figures; D a plausible guess.".to_owned(),
    ];
    Table { caption, columns, rows: rows.collect(), notes }
}

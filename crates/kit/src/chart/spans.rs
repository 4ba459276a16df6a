//! Floating bars, one a line: the steps of a waterfall, or how far each assumption moves an answer.

use super::Chart;
use super::canvas::{Canvas, Room, axis_look};
use super::palette::{CONCERN, CONTEXT, PLACE};
use super::scale::Scale;
use crate::caption::Caption;
use crate::number::Style;
use crate::svg::Anchor;
use crate::table::{Cell, Column, Row, Table};

const STEP: f64 = 30.0;
/// Characters of a name that fit beside its bar.
const NAME: usize = 44;

/// What a bar is, which decides its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A total.
    Whole,
    /// It adds.
    More,
    /// It takes away.
    Less,
}

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Span {
    /// Its name.
    pub name: String,
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// What stands at its end, in words.
    pub label: String,
    /// What it is.
    pub kind: Kind,
}

/// Floating bars over one scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Spans {
    /// Words around it.
    pub caption: Caption,
    /// How figures are shown.
    pub style: Style,
    /// What a line is: `Step`, `Assumption`.
    pub heading: String,
    /// Names of the two ends in the table.
    pub ends: (String, String),
    /// The bars from the top.
    pub spans: Vec<Span>,
}

impl Chart for Spans {
    fn to_svg(&self) -> String {
        let room = Room {
            above: 8.0,
            plot: self.spans.len() as f64 * STEP + 8.0,
            left: 320.0,
            right: 72.0,
            below: 52.0,
        };
        let mut canvas = Canvas::new(&self.caption, &room, &[]);
        let plot = canvas.plot;
        let values = self.spans.iter().flat_map(|span| [span.from, span.to]).chain([0.0]);
        let x = Scale::over(values, (plot.left, plot.right), 5.0);
        canvas.x_axis(&x, &self.style, &self.style.axis());
        if self.spans.is_empty() {
            canvas.nothing();
        }
        for (place, span) in self.spans.iter().enumerate() {
            let top = plot.top + place as f64 * STEP + 6.0;
            let (left, right) = (x.at(span.from.min(span.to)), x.at(span.from.max(span.to)));
            let colour = match span.kind {
                Kind::Whole => PLACE,
                Kind::More => CONCERN,
                Kind::Less => CONTEXT,
            };
            let hover = format!("{}: {}", span.name, span.label);
            canvas.svg.linked(None, &hover, |svg| {
                let size = ((right - left).max(1.0), STEP - 10.0);
                svg.rect((left, top), size, &format!(r#"fill="{colour}""#));
            });
            let name = shortened(&span.name);
            let at = (plot.left - 8.0, top + 14.5);
            canvas.svg.text(at, Anchor::End, r#"font-size="13""#, &name);
            canvas.svg.text(
                (right + 6.0, top + 14.5),
                Anchor::Start,
                r#"font-size="12""#,
                &span.label,
            );
        }
        canvas.svg.line((x.at(0.0), plot.top), (x.at(0.0), plot.bottom), &axis_look());
        canvas.svg.finish(&self.caption)
    }

    fn to_table(&self) -> Table {
        let number = |heading: &str, key: &str| {
            Column::number(&self.style.heading(heading), key, self.style.clone())
        };
        let columns = vec![
            Column::text(&self.heading, &self.heading.to_lowercase()),
            number(&self.ends.0, "from"),
            number(&self.ends.1, "to"),
            Column::text("In words", "label"),
        ];
        let rows = self.spans.iter().map(|span| {
            Row::new(vec![
                Cell::text(&span.name),
                Cell::value(span.from),
                Cell::value(span.to),
                Cell::text(&span.label),
            ])
        });
        Table { caption: self.caption.clone(), columns, rows: rows.collect(), notes: Vec::new() }
    }
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= NAME {
        return name.to_owned();
    }
    let cut: String = name.chars().take(NAME - 1).collect();
    format!("{}…", cut.trim_end())
}

//! One bar cut into parts that sum to the whole, each with its interval beneath.

use super::Chart;
use super::canvas::{Canvas, Room};
use super::palette::{CONTEXT, INK, PLACE, SECOND};
use super::scale::Scale;
use crate::caption::Caption;
use crate::number::Style;
use crate::svg::Anchor;
use crate::table::{Cell, Column, Row, Table};

const BAR: f64 = 44.0;
const STEP: f64 = 26.0;
const COLOURS: [&str; 3] = [CONTEXT, SECOND, PLACE];

/// One part of the whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// What it is.
    pub name: String,
    /// Its share, 0 to 1.
    pub value: f64,
    /// Lower and upper limit of the share.
    pub interval: Option<(f64, f64)>,
}

/// A whole in parts, at most three.
#[derive(Debug, Clone, PartialEq)]
pub struct Shares {
    /// Words around it.
    pub caption: Caption,
    /// The parts, from the left.
    pub parts: Vec<Part>,
}

impl Shares {
    /// The colour of a part: the last parts keep theirs where the first is missing.
    fn colour(&self, position: usize) -> &'static str {
        let at = position + COLOURS.len().saturating_sub(self.parts.len());
        COLOURS.get(at).copied().unwrap_or(INK)
    }

    fn style() -> Style {
        Style::percentage(0, "of the variation")
    }
}

impl Chart for Shares {
    fn to_svg(&self) -> String {
        let room = Room {
            above: 8.0,
            plot: BAR + 18.0 + self.parts.len() as f64 * STEP,
            left: 200.0,
            right: 60.0,
            below: 52.0,
        };
        let mut canvas = Canvas::new(&self.caption, &room, &[]);
        let plot = canvas.plot;
        let x = Scale::over([0.0, 1.0], (plot.left, plot.right), 5.0);
        let style = Self::style();
        canvas.x_axis(&x, &style, &style.axis());
        let mut from = 0.0;
        let label = (plot.left - 8.0, plot.top + BAR / 2.0 + 4.5);
        canvas.svg.text(label, Anchor::End, r#"font-size="13" font-weight="600""#, "All variation");
        for (position, part) in self.parts.iter().enumerate() {
            let (left, right) = (x.at(from), x.at(from + part.value));
            let look = format!(r##"fill="{}" stroke="#ffffff""##, self.colour(position));
            let hover = format!("{}: {}", part.name, style.phrase(part.value));
            canvas.svg.linked(None, &hover, |svg| {
                svg.rect((left, plot.top), (right - left, BAR), &look);
            });
            from += part.value;
        }
        for (position, part) in self.parts.iter().enumerate() {
            let y = plot.top + BAR + 18.0 + (position as f64 + 0.3) * STEP;
            let colour = self.colour(position);
            let svg = &mut canvas.svg;
            svg.text((plot.left - 8.0, y + 4.5), Anchor::End, r#"font-size="13""#, &part.name);
            let mut end = x.at(part.value);
            if let Some((low, high)) = part.interval {
                let look = format!(r#"stroke="{INK}" stroke-width="2""#);
                svg.line((x.at(low), y), (x.at(high), y), &look);
                end = end.max(x.at(high));
            }
            svg.circle((x.at(part.value), y), 5.5, &format!(r#"fill="{colour}""#));
            let figure = style.figure(part.value);
            svg.text((end + 10.0, y + 4.5), Anchor::Start, r#"font-size="13""#, &figure);
        }
        canvas.svg.finish(&self.caption)
    }

    fn to_table(&self) -> Table {
        let rows = self.parts.iter().map(|part| Row {
            cells: vec![
                Cell::text(&part.name),
                Cell::maybe(Some(part.value)),
                Cell::limit(part.interval.map(|limits| limits.0)),
                Cell::limit(part.interval.map(|limits| limits.1)),
            ],
            pinned: false,
        });
        let number =
            |heading: &str, key: &str| Column::number(heading, key, Style::percentage(1, ""));
        Table {
            caption: self.caption.clone(),
            columns: vec![
                Column::text("Part", "part"),
                number("Share of the variation", "share"),
                number("Lower 95% limit", "lower"),
                number("Upper 95% limit", "upper"),
            ],
            rows: rows.collect(),
            notes: Vec::new(),
        }
    }
}

//! Bars with intervals: a few places beside each other, references as bars of their own colour.

use super::Chart;
use super::canvas::{Canvas, Room, axis_look};
use super::palette::{CONTEXT, INK, PLACE, REFERENCE};
use super::scale::Scale;
use crate::caption::Caption;
use crate::number::Style;
use crate::svg::{Anchor, Svg};
use crate::table::{Cell, Column, Row, Table};
use crate::text::shorten_middle;
use crate::words::Verdict;

const STEP: f64 = 26.0;

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: Option<String>,
    /// Its figure; a bar without one is drawn as a gap with a mark.
    pub value: Option<f64>,
    /// Lower and upper limit.
    pub interval: Option<(f64, f64)>,
    /// How it compares with the reference.
    pub verdict: Verdict,
    /// England or the parent.
    pub reference: bool,
    /// The place that the page is about.
    pub highlighted: bool,
    /// Too small a list, or a record in doubt: it does not stretch the scale, and is marked.
    pub unranked: bool,
}

/// Bars beside each other, in the order given.
#[derive(Debug, Clone, PartialEq)]
pub struct Compare {
    /// Words around it.
    pub caption: Caption,
    /// How figures are shown.
    pub style: Style,
    /// The bars, from the top.
    pub bars: Vec<Bar>,
}

impl Chart for Compare {
    fn to_svg(&self) -> String {
        let room = Room {
            above: 12.0,
            plot: (self.bars.len().max(1) as f64) * STEP + 6.0,
            left: 260.0,
            right: 80.0,
            below: 56.0,
        };
        let mut canvas = Canvas::new(&self.caption, &room, &[]);
        let plot = canvas.plot;
        let others = self.bars.iter().any(|bar| !bar.unranked && bar.value.is_some());
        let shaping = self.bars.iter().filter(|bar| !others || !bar.unranked);
        let values = shaping.flat_map(|bar| {
            bar.value
                .into_iter()
                .chain(bar.interval.into_iter().flat_map(|(low, high)| [low, high]))
        });
        let x = Scale::over(values.chain([0.0]), (plot.left, plot.right), 5.0);
        canvas.x_axis(&x, &self.style, &self.style.axis());
        if self.bars.is_empty() {
            canvas.nothing();
        }
        for (index, bar) in self.bars.iter().enumerate() {
            let y = plot.top + 3.0 + (index as f64 + 0.5) * STEP;
            canvas
                .svg
                .linked(bar.href.as_deref(), &self.hover(bar), |svg| self.draw(svg, &x, y, bar));
        }
        let nought = x.at(0.0);
        canvas.svg.line((nought, plot.top), (nought, plot.bottom), &axis_look());
        canvas.svg.finish(&self.caption)
    }

    fn to_table(&self) -> Table {
        let rows = self.bars.iter().map(|bar| Row {
            cells: vec![
                Cell::text(&bar.name),
                Cell::text(&bar.code),
                Cell::maybe(bar.value),
                Cell::limit(bar.interval.map(|limits| limits.0)),
                Cell::limit(bar.interval.map(|limits| limits.1)),
                Cell::Verdict(bar.verdict),
            ],
            pinned: bar.reference,
        });
        let number = |heading: &str, key: &str| Column::number(heading, key, self.style.clone());
        Table {
            caption: self.caption.clone(),
            columns: vec![
                Column::text("Name", "name"),
                Column::text("Code", "code"),
                number(&self.style.axis(), "value"),
                number("Lower 95% limit", "lower"),
                number("Upper 95% limit", "upper"),
                Column::verdict("Compared", "compared"),
            ],
            rows: rows.collect(),
            notes: Vec::new(),
        }
    }
}

impl Compare {
    /// One bar with its name, interval and figure.
    fn draw(&self, svg: &mut Svg, x: &Scale, y: f64, bar: &Bar) {
        let weight = if bar.highlighted || bar.reference { r#" font-weight="600""# } else { "" };
        let (nought, label) = (x.at(0.0), shorten_middle(&bar.name, 38));
        let edge = nought.min(x.at(x.ends().0));
        svg.text((edge - 8.0, y + 4.5), Anchor::End, &format!(r#"font-size="13"{weight}"#), &label);
        let Some(value) = bar.value.filter(|value| value.is_finite()) else {
            svg.text((nought + 6.0, y + 4.5), Anchor::Start, r#"font-size="13""#, "[x] no figure");
            return;
        };
        let colour = match (bar.reference, bar.highlighted) {
            (true, _) => REFERENCE,
            (_, true) => PLACE,
            _ => CONTEXT,
        };
        let end = x.at(value);
        let size = ((end - nought).abs(), STEP - 8.0);
        svg.rect(
            (nought.min(end), y - size.1 / 2.0),
            size,
            &format!(r#"fill="{colour}" fill-opacity="0.8""#),
        );
        let mut label_at = nought.max(end);
        if let Some((low, high)) = bar.interval {
            let look = format!(r#"stroke="{INK}" stroke-width="1.5""#);
            let (low, high) = (x.at(low), x.at(high));
            svg.line((low, y), (high, y), &look);
            svg.line((low, y - 4.0), (low, y + 4.0), &look);
            svg.line((high, y - 4.0), (high, y + 4.0), &look);
            label_at = label_at.max(high);
        }
        let mark = if bar.unranked { " *" } else { "" };
        let figure = format!("{}{mark}", self.style.figure(value));
        svg.text((label_at + 6.0, y + 4.5), Anchor::Start, r#"font-size="13""#, &figure);
    }

    /// What a bar says when the pointer rests on it.
    fn hover(&self, bar: &Bar) -> String {
        let figure =
            bar.value.map_or_else(|| "no figure".to_owned(), |value| self.style.phrase(value));
        let interval = bar
            .interval
            .map(|(low, high)| format!(" ({})", self.style.interval(low, high)))
            .unwrap_or_default();
        let mark = if bar.unranked { ", not ranked" } else { "" };
        format!("{} ({}): {figure}{interval}{mark}", bar.name, bar.code)
    }
}

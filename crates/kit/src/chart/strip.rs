//! Where one place stands among all: every value as a thin stroke, the middle half as a band, the place marked.

use std::fmt::Write as _;

use super::Chart;
use super::canvas::{Canvas, Room, axis_look};
use super::palette::{CONTEXT, PLACE, REFERENCE};
use super::scale::Scale;
use crate::caption::Caption;
use crate::number::Style;
use crate::svg::{Anchor, fixed};
use crate::table::{Cell, Column, Row, Table};

/// A strip of all values with one of them marked.
#[derive(Debug, Clone, PartialEq)]
pub struct Strip {
    /// Words around it.
    pub caption: Caption,
    /// How figures are shown.
    pub style: Style,
    /// Name and figure of the place that is marked.
    pub marked: Option<(String, f64)>,
    /// Name and figure of the reference.
    pub reference: Option<(String, f64)>,
    /// Every value, in any order.
    pub values: Vec<f64>,
}

impl Chart for Strip {
    fn to_svg(&self) -> String {
        let room = Room { above: 12.0, plot: 92.0, left: 24.0, right: 24.0, below: 56.0 };
        let mut canvas = Canvas::new(&self.caption, &room, &[]);
        let plot = canvas.plot;
        let known = self.marked.iter().chain(&self.reference).map(|(_, value)| *value);
        let x = Scale::over(self.values.iter().copied().chain(known), (plot.left, plot.right), 6.0);
        canvas.x_axis(&x, &self.style, &self.style.axis());
        let (top, bottom) = (plot.top + 44.0, plot.bottom - 8.0);
        if let Some([lower, _, upper]) = self.quartiles() {
            let size = (x.at(upper) - x.at(lower), bottom - top);
            canvas.svg.rect((x.at(lower), top), size, r##"fill="#DCE9F5""##);
        }
        let look = format!(r#"stroke="{CONTEXT}" stroke-width="1" stroke-opacity="0.6""#);
        canvas.svg.path(&self.strokes(&x, top + 6.0, bottom - 6.0), &look);
        for (named, colour, row) in
            [(&self.reference, REFERENCE, 30.0), (&self.marked, PLACE, 10.0)]
        {
            let Some((name, value)) = named.as_ref().filter(|(_, value)| value.is_finite()) else {
                continue;
            };
            let at = x.at(*value);
            let look = format!(r#"stroke="{colour}" stroke-width="3""#);
            canvas.svg.line((at, plot.top + row + 4.0), (at, bottom), &look);
            let anchor = if at < 250.0 {
                Anchor::Start
            } else if at > 510.0 {
                Anchor::End
            } else {
                Anchor::Middle
            };
            let text = format!("{}: {}", crate::text::shorten(name, 44), self.style.figure(*value));
            let look = format!(r#"font-size="13" font-weight="600" fill="{colour}""#);
            canvas.svg.text((at, plot.top + row), anchor, &look, &text);
        }
        canvas.svg.line((plot.left, plot.bottom), (plot.right, plot.bottom), &axis_look());
        canvas.svg.finish(&self.caption)
    }

    fn to_table(&self) -> Table {
        let mut rows = Vec::new();
        for (name, value) in self.marked.iter().chain(&self.reference) {
            rows.push(Row::new(vec![Cell::text(name), Cell::value(*value)]));
        }
        let names = ["Lower quartile", "Median", "Upper quartile"];
        for (name, value) in names.into_iter().zip(self.quartiles().into_iter().flatten()) {
            rows.push(Row::new(vec![Cell::text(name), Cell::value(value)]));
        }
        let finite = self.values.iter().copied().filter(|value| value.is_finite());
        if let Some(lowest) = finite.clone().reduce(f64::min) {
            rows.push(Row::new(vec![Cell::text("Lowest"), Cell::value(lowest)]));
        }
        if let Some(highest) = finite.reduce(f64::max) {
            rows.push(Row::new(vec![Cell::text("Highest"), Cell::value(highest)]));
        }
        Table {
            caption: self.caption.clone(),
            columns: vec![
                Column::text("Figure", "figure"),
                Column::number(&self.style.axis(), "value", self.style.clone()),
            ],
            rows,
            notes: vec![format!("{} figures.", crate::number::plain(self.values.len() as f64, 0))],
        }
    }
}

impl Strip {
    /// Lower quartile, median and upper quartile, between the values where they fall between two.
    fn quartiles(&self) -> Option<[f64; 3]> {
        let mut sorted: Vec<f64> =
            self.values.iter().copied().filter(|value| value.is_finite()).collect();
        sorted.sort_by(f64::total_cmp);
        let at = |share: f64| {
            let place = share * (sorted.len().checked_sub(1)? as f64);
            let (below, part) = (libm::floor(place), place - libm::floor(place));
            let lower = *sorted.get(below as usize)?;
            let upper = sorted.get(below as usize + 1).copied().unwrap_or(lower);
            Some(lower + part * (upper - lower))
        };
        Some([at(0.25)?, at(0.5)?, at(0.75)?])
    }

    /// One thin stroke a value, as a single path, equal strokes drawn once.
    fn strokes(&self, x: &Scale, top: f64, bottom: f64) -> String {
        let finite = self.values.iter().copied().filter(|value| value.is_finite());
        let mut at: Vec<i64> = finite.map(|value| libm::round(x.at(value) * 2.0) as i64).collect();
        at.sort_unstable();
        at.dedup();
        let (top, bottom) = (fixed(top), fixed(bottom));
        at.iter().fold(String::new(), |mut data, &half| {
            let _ = write!(data, "M{} {top}V{bottom}", fixed(half as f64 / 2.0));
            data
        })
    }
}

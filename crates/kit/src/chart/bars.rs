//! Bars by day of the week or by age: the place beside the reference.

use super::Chart;
use super::canvas::{Canvas, Entry, Room, axis_look};
use super::palette::{PLACE, SECOND};
use super::pyramid::swatch;
use super::scale::Scale;
use crate::caption::Caption;
use crate::number::Style;
use crate::svg::Anchor;
use crate::table::{Cell, Column, Row, Table};

/// One day or age.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// Its name.
    pub name: String,
    /// The figure of the place.
    pub value: Option<f64>,
    /// The figure of the reference.
    pub reference: Option<f64>,
}

/// Bars in an order of their own.
#[derive(Debug, Clone, PartialEq)]
pub struct Bars {
    /// Words around it.
    pub caption: Caption,
    /// How figures are shown.
    pub style: Style,
    /// The name of the place.
    pub name: String,
    /// The name of the reference, if one is drawn.
    pub reference: Option<String>,
    /// What the bars are: `Day`, `Age`.
    pub heading: String,
    /// The bars, in order.
    pub bars: Vec<Bar>,
}

/// The share of a bar's step that each of its two bars takes.
const BAR: f64 = 0.44;
/// The width of a digit beside the size of its type.
const DIGIT: f64 = 0.54;

impl Bars {
    /// How the figures over bars of a width are written: as large as all of them fit; not at all where they would run
    /// into each other, since the axis and the table beside the chart carry them.
    fn figures(&self, width: f64) -> Option<String> {
        let values = self.bars.iter().flat_map(|bar| bar.value.into_iter().chain(bar.reference));
        let longest = values.map(|value| self.style.figure(value).chars().count()).max()?;
        let size = [12, 11, 10]
            .into_iter()
            .find(|size| longest as f64 * DIGIT * f64::from(*size) <= width)?;
        Some(format!(r#"font-size="{size}""#))
    }
}

impl Chart for Bars {
    fn to_svg(&self) -> String {
        let mut legend =
            vec![Entry { draw: &|svg, at| swatch(svg, at, PLACE), text: self.name.clone() }];
        if let Some(name) = &self.reference {
            legend.push(Entry { draw: &|svg, at| swatch(svg, at, SECOND), text: name.clone() });
        }
        let room = Room { above: 36.0, plot: 240.0, left: 72.0, right: 24.0, below: 40.0 };
        let mut canvas = Canvas::new(&self.caption, &room, &legend);
        let plot = canvas.plot;
        let values = self.bars.iter().flat_map(|bar| bar.value.into_iter().chain(bar.reference));
        let highest = values.clone().fold(0.0, f64::max);
        let y = Scale::over(values.chain([0.0, 1.08 * highest]), (plot.bottom, plot.top), 5.0);
        canvas.y_axis(&y, &self.style, &self.style.axis());
        if self.bars.is_empty() {
            canvas.nothing();
        }
        let step = (plot.right - plot.left) / self.bars.len().max(1) as f64;
        let width = step * BAR;
        let figures = self.figures(width);
        for (index, bar) in self.bars.iter().enumerate() {
            let middle = plot.left + step * (index as f64 + 0.5);
            for (value, colour, x) in
                [(bar.value, PLACE, middle - width), (bar.reference, SECOND, middle)]
            {
                let Some(value) = value.filter(|value| value.is_finite()) else { continue };
                let (top, nought) = (y.at(value), y.at(0.0));
                let size = (width - 2.0, (nought - top).abs());
                canvas.svg.rect((x, top.min(nought)), size, &format!(r#"fill="{colour}""#));
                if let Some(look) = &figures {
                    let at = (x + width / 2.0 - 1.0, top.min(nought) - 4.0);
                    canvas.svg.text(at, Anchor::Middle, look, &self.style.figure(value));
                }
            }
            canvas.svg.text((middle, plot.bottom + 19.0), Anchor::Middle, "", &bar.name);
        }
        canvas.svg.line((plot.left, y.at(0.0)), (plot.right, y.at(0.0)), &axis_look());
        canvas.svg.finish(&self.caption)
    }

    fn to_table(&self) -> Table {
        let mut columns = vec![
            Column::text(&self.heading, &self.heading.to_lowercase()),
            Column::number(&self.style.heading(&self.name), "value", self.style.clone()),
        ];
        columns.extend(self.reference.iter().map(|name| {
            Column::number(&self.style.heading(name), "reference", self.style.clone())
        }));
        let rows = self.bars.iter().map(|bar| {
            let mut cells = vec![Cell::text(&bar.name), Cell::maybe(bar.value)];
            if self.reference.is_some() {
                cells.push(Cell::maybe(bar.reference));
            }
            Row::new(cells)
        });
        Table { caption: self.caption.clone(), columns, rows: rows.collect(), notes: Vec::new() }
    }
}

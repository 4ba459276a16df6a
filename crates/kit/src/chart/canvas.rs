//! The paper that every chart is drawn on: title above, legend, plot with axes, source and run below.

use crate::caption::Caption;
use crate::number::Style;
use crate::svg::{Anchor, Svg};
use crate::text::wrap;

use super::palette::{GRID, INK};
use super::scale::Scale;

/// The width of every chart, in its own units.
pub(crate) const WIDTH: f64 = 760.0;
const MARGIN: f64 = 16.0;
const LINE: f64 = 17.0;

/// One entry of a legend: how the mark is drawn around a point, and what it means.
pub(crate) struct Entry<'a> {
    /// Draws the mark centred on a point.
    pub(crate) draw: &'a dyn Fn(&mut Svg, (f64, f64)),
    /// What it means.
    pub(crate) text: String,
}

/// The plot's edges.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Plot {
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) top: f64,
    pub(crate) bottom: f64,
}

/// A chart being drawn.
pub(crate) struct Canvas {
    pub(crate) svg: Svg,
    pub(crate) plot: Plot,
}

/// How much room a chart needs around its plot.
pub(crate) struct Room {
    /// Room above the plot, for the name of a vertical axis.
    pub(crate) above: f64,
    /// Height of the plot itself.
    pub(crate) plot: f64,
    /// Room on the left for labels of the vertical axis.
    pub(crate) left: f64,
    /// Room on the right for labels of lines.
    pub(crate) right: f64,
    /// Room between plot and source for the labels of the horizontal axis.
    pub(crate) below: f64,
}

impl Canvas {
    /// Paper with title, legend, source and run; the plot is empty.
    pub(crate) fn new(caption: &Caption, room: &Room, legend: &[Entry<'_>]) -> Self {
        let title = wrap(&caption.title, 82);
        let source = wrap(&caption.source_line(), 118);
        let rows = legend_rows(legend);
        let legend_height = if rows.is_empty() { 0.0 } else { rows.len() as f64 * 20.0 + 6.0 };
        let top = MARGIN + title.len() as f64 * 22.0 + legend_height + room.above;
        let bottom = top + room.plot;
        let height = bottom + room.below + source.len() as f64 * LINE + MARGIN;
        let mut svg = Svg::new(WIDTH, height);
        for (index, line) in title.iter().enumerate() {
            let at = (MARGIN, MARGIN + 14.0 + index as f64 * 22.0);
            svg.text(at, Anchor::Start, r#"font-size="18" font-weight="600""#, line);
        }
        draw_legend(&mut svg, legend, &rows, MARGIN + title.len() as f64 * 22.0 + 14.0);
        for (index, line) in source.iter().enumerate() {
            let at = (MARGIN, bottom + room.below + 12.0 + index as f64 * LINE);
            svg.text(at, Anchor::Start, &format!(r#"font-size="12" fill="{INK}""#), line);
        }
        let plot = Plot { left: room.left, right: WIDTH - room.right, top, bottom };
        Self { svg, plot }
    }

    /// Vertical gridlines with figures below and the name of the axis.
    pub(crate) fn x_axis(&mut self, scale: &Scale, style: &Style, label: &str) {
        let style = style.for_step(scale.step());
        let (top, bottom) = (self.plot.top, self.plot.bottom);
        for tick in scale.ticks() {
            let x = scale.at(tick);
            self.svg.line((x, top), (x, bottom), &format!(r#"stroke="{GRID}""#));
            let figure = style.figure(tick);
            self.svg.text((x, bottom + 18.0), Anchor::Middle, r#"font-size="13""#, &figure);
        }
        self.svg.line((self.plot.left, bottom), (self.plot.right, bottom), &axis_look());
        let middle = f64::midpoint(self.plot.left, self.plot.right);
        self.svg.text((middle, bottom + 38.0), Anchor::Middle, "", label);
    }

    /// Horizontal gridlines with figures to the left and the name of the axis above.
    pub(crate) fn y_axis(&mut self, scale: &Scale, style: &Style, label: &str) {
        let style = style.for_step(scale.step());
        let (left, right) = (self.plot.left, self.plot.right);
        for tick in scale.ticks() {
            let y = scale.at(tick);
            self.svg.line((left, y), (right, y), &format!(r#"stroke="{GRID}""#));
            let figure = style.figure(tick);
            self.svg.text((left - 6.0, y + 4.0), Anchor::End, r#"font-size="13""#, &figure);
        }
        self.svg.text((MARGIN, self.plot.top - 12.0), Anchor::Start, r#"font-size="13""#, label);
    }

    /// A sentence in the middle of the plot where there is nothing to draw.
    pub(crate) fn nothing(&mut self) {
        let at = (
            f64::midpoint(self.plot.left, self.plot.right),
            f64::midpoint(self.plot.top, self.plot.bottom),
        );
        self.svg.text(at, Anchor::Middle, "", "No figures to draw for this choice.");
    }
}

/// The look of an axis line.
pub(crate) fn axis_look() -> String {
    format!(r#"stroke="{INK}""#)
}

/// Which entries stand on which row, with the coordinate of each.
fn legend_rows(legend: &[Entry<'_>]) -> Vec<Vec<(usize, f64)>> {
    let mut rows: Vec<Vec<(usize, f64)>> = Vec::new();
    let mut x = WIDTH;
    for (index, entry) in legend.iter().enumerate() {
        let width = entry.text.chars().count() as f64 * 6.5 + 40.0;
        if x + width > WIDTH - MARGIN {
            rows.push(Vec::new());
            x = MARGIN;
        }
        if let Some(row) = rows.last_mut() {
            row.push((index, x));
        }
        x += width;
    }
    rows
}

/// Draws the legend from the top down.
fn draw_legend(svg: &mut Svg, legend: &[Entry<'_>], rows: &[Vec<(usize, f64)>], top: f64) {
    for (line, row) in rows.iter().enumerate() {
        let y = top + line as f64 * 20.0;
        for &(index, x) in row {
            if let Some(entry) = legend.get(index) {
                (entry.draw)(svg, (x + 10.0, y));
                svg.text((x + 25.0, y + 4.5), Anchor::Start, r#"font-size="13""#, &entry.text);
            }
        }
    }
}

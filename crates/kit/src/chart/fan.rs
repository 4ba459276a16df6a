//! At most three lines over the same labels: the years to come, each in the band in which eight of ten draws lie, or the months
//! of past years.

use super::Chart;
use super::canvas::{Canvas, Entry, Room};
use super::palette::{CONCERN, PLACE, SECOND};
use super::pyramid::swatch;
use super::scale::Scale;
use crate::caption::Caption;
use crate::number::Style;
use crate::svg::{Anchor, Svg, polyline};
use crate::table::{Cell, Column, Row, Table};

const COLOURS: [&str; 3] = [CONCERN, PLACE, SECOND];

/// Draws what stands in the legend.
type Swatch = &'static dyn Fn(&mut Svg, (f64, f64));

/// What stands in the legend for each of them.
const SWATCHES: [Swatch; 3] =
    [&|svg, at| swatch(svg, at, CONCERN), &|svg, at| swatch(svg, at, PLACE), &|svg, at| {
        swatch(svg, at, SECOND);
    }];

/// A figure with its range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// The middle.
    pub middle: f64,
    /// One of ten draws lies below and one above; nothing where there is no range.
    pub range: Option<(f64, f64)>,
}

/// One line, a point for each label.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// Its word in downloads.
    pub key: String,
    /// Its points; a label without one leaves a gap.
    pub points: Vec<Option<Point>>,
}

/// Lines in their bands, at most three.
#[derive(Debug, Clone, PartialEq)]
pub struct Fan {
    /// Words around it.
    pub caption: Caption,
    /// How figures are shown.
    pub style: Style,
    /// What the labels are: `Year`.
    pub heading: String,
    /// The labels along the bottom.
    pub labels: Vec<String>,
    /// The lines.
    pub lines: Vec<Line>,
}

impl Chart for Fan {
    fn to_svg(&self) -> String {
        let room = Room { above: 36.0, plot: 280.0, left: 84.0, right: 28.0, below: 44.0 };
        let legend: Vec<Entry<'_>> = self
            .lines
            .iter()
            .zip(SWATCHES)
            .map(|(line, draw)| Entry { draw, text: line.name.clone() })
            .collect();
        let mut canvas = Canvas::new(&self.caption, &room, &legend);
        let plot = canvas.plot;
        let values =
            self.lines.iter().flat_map(|line| line.points.iter().flatten()).flat_map(|point| {
                let (low, high) = point.range.unwrap_or((point.middle, point.middle));
                [low, point.middle, high]
            });
        let y = Scale::over(values, (plot.bottom, plot.top), 5.0);
        canvas.y_axis(&y, &self.style, &self.style.axis());
        let steps = self.labels.len().max(2) - 1;
        let x = |at: usize| {
            plot.left + 20.0 + (plot.right - plot.left - 40.0) * at as f64 / steps as f64
        };
        for (number, line) in self.lines.iter().enumerate() {
            let colour = colour(number);
            let edge = |of: fn((f64, f64)) -> f64| {
                let at = |(place, point): (usize, &Option<Point>)| {
                    Some((x(place), y.at(of(point.as_ref()?.range?))))
                };
                line.points.iter().enumerate().map(at).collect::<Vec<_>>()
            };
            let mut band = edge(|range| range.1);
            band.extend(edge(|range| range.0).into_iter().rev());
            if band.iter().all(Option::is_some) && !band.is_empty() {
                let look = format!(r#"fill="{colour}" fill-opacity="0.18""#);
                canvas.svg.path(&format!("{}Z", polyline(band)), &look);
            }
            let middle = line.points.iter().enumerate();
            let middle =
                middle.map(|(place, point)| point.map(|point| (x(place), y.at(point.middle))));
            let look = format!(r#"fill="none" stroke="{colour}" stroke-width="2.5""#);
            canvas.svg.path(&polyline(middle), &look);
            for (place, point) in line.points.iter().enumerate() {
                let Some(point) = point else { continue };
                let hover = self.hover(line, place, point);
                let at = (x(place), y.at(point.middle));
                canvas.svg.linked(None, &hover, |svg| {
                    svg.circle(at, 4.0, &format!(r#"fill="{colour}""#));
                });
            }
        }
        for (place, label) in self.labels.iter().enumerate() {
            let at = (x(place), plot.bottom + 19.0);
            canvas.svg.text(at, Anchor::Middle, r#"font-size="12""#, label);
        }
        canvas.svg.finish(&self.caption)
    }

    fn to_table(&self) -> Table {
        let mut columns = vec![Column::text(&self.heading, &self.heading.to_lowercase())];
        for line in &self.lines {
            let number = |words: &str, key: &str| {
                let key = format!("{}_{key}", line.key);
                let heading = self.style.heading(&format!("{}{words}", line.name));
                Column::number(&heading, &key, self.style.clone())
            };
            columns.push(number("", "middle"));
            if has_range(line) {
                columns.push(number(", 1 in 10 below", "p10"));
                columns.push(number(", 1 in 10 above", "p90"));
            }
        }
        let row = |(place, label): (usize, &String)| {
            let mut cells = vec![Cell::text(label)];
            for line in &self.lines {
                let point = line.points.get(place).copied().flatten();
                cells.push(Cell::maybe(point.map(|point| point.middle)));
                if has_range(line) {
                    let range = point.and_then(|point| point.range);
                    cells.push(Cell::maybe(range.map(|range| range.0)));
                    cells.push(Cell::maybe(range.map(|range| range.1)));
                }
            }
            Row::new(cells)
        };
        let rows = self.labels.iter().enumerate().map(row).collect();
        Table { caption: self.caption.clone(), columns, rows, notes: Vec::new() }
    }
}

impl Fan {
    fn hover(&self, line: &Line, place: usize, point: &Point) -> String {
        let label = self.labels.get(place).map_or("", String::as_str);
        let range = point.range.map_or_else(String::new, |(low, high)| {
            format!(" ({})", self.style.interval(low, high))
        });
        format!("{label}, {}: {}{range}", line.name, self.style.phrase(point.middle))
    }
}

fn has_range(line: &Line) -> bool {
    line.points.iter().flatten().any(|point| point.range.is_some())
}

fn colour(line: usize) -> &'static str {
    COLOURS.get(line).copied().unwrap_or(PLACE)
}

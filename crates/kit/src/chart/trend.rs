//! A series over time, cut where its figures changed their meaning, with control limits and the signals of *Making Data Count* where they apply.

use std::ops::RangeInclusive;

use super::Chart;
use super::canvas::{Canvas, Entry, Room};
use super::funnel::dash;
use super::palette::{CONCERN, CONTEXT, GRID, INK, PLACE, REFERENCE};
use super::scale::Scale;
use crate::caption::Caption;
use crate::number::Style;
use crate::svg::{Anchor, Svg, polyline};
use crate::table::{Cell, Column, Row, Table};
use crate::words::Value;

/// What a point of a control chart says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// Common cause: chance alone.
    Common,
    /// Special cause with its value, and the rule that found it.
    Special(Value),
}

/// One period.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The period in words.
    pub period: String,
    /// The figure; a period without one leaves a gap.
    pub value: Option<f64>,
    /// Lower and upper limit of the figure itself.
    pub interval: Option<(f64, f64)>,
    /// The same figure for the reference, if it is shown.
    pub reference: Option<f64>,
    /// What the control chart says of it.
    pub signal: Signal,
    /// The rule behind the signal, in words.
    pub rule: Option<String>,
}

/// Mean and limits of a stretch of a control chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
    /// Positions of its first and last point.
    pub points: RangeInclusive<usize>,
    /// Mean of the baseline.
    pub mean: f64,
    /// Lower process limit.
    pub lower: f64,
    /// Upper process limit.
    pub upper: f64,
}

/// The variation icon of *Making Data Count* with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Icon {
    /// One letter or sign: H, L or nothing for common cause.
    pub letter: String,
    /// Whether it is improvement, concern or neither; none for common cause.
    pub value: Option<Value>,
    /// In words: `Common cause: no significant change`.
    pub words: String,
}

/// A series over time.
#[derive(Debug, Clone, PartialEq)]
pub struct Trend {
    /// Words around it.
    pub caption: Caption,
    /// How figures are shown.
    pub style: Style,
    /// The name of the series.
    pub name: String,
    /// The name of the reference series, if any.
    pub reference: Option<String>,
    /// The periods, oldest first.
    pub points: Vec<Point>,
    /// Breaks in the meaning of the figures: the first point after each, and why. No line crosses one.
    pub cuts: Vec<(usize, String)>,
    /// Mean and limits of each stretch between breaks with enough points.
    pub limits: Vec<Limits>,
    /// The variation icon, where there are enough points.
    pub icon: Option<Icon>,
}

impl Chart for Trend {
    fn to_svg(&self) -> String {
        let legend = self.legend();
        let room = Room { above: 36.0, plot: 280.0, left: 72.0, right: 24.0, below: 44.0 };
        let mut canvas = Canvas::new(&self.caption, &room, &legend);
        let plot = canvas.plot;
        let y = Scale::over(self.values(), (plot.bottom, plot.top), 5.0);
        canvas.y_axis(&y, &self.style, &self.style.axis());
        let across = |index: usize| {
            let count = self.points.len().max(2) - 1;
            let room = plot.right - plot.left - 40.0;
            if self.points.len() < 2 {
                f64::midpoint(plot.left, plot.right)
            } else {
                plot.left + 20.0 + room * index as f64 / count as f64
            }
        };
        if !self.points.iter().any(|point| point.value.is_some_and(f64::is_finite)) {
            canvas.nothing();
        }
        self.draw_periods(&mut canvas, &across);
        self.draw_cuts(&mut canvas, &across);
        self.draw_limits(&mut canvas.svg, &across, &y);
        self.draw_lines(&mut canvas.svg, &across, &y);
        if let Some(icon) = &self.icon {
            draw_icon(&mut canvas.svg, (plot.right - 16.0, plot.top - 14.0), icon);
        }
        canvas.svg.finish(&self.caption)
    }

    fn to_table(&self) -> Table {
        let number = |heading: &str, key: &str| Column::number(heading, key, self.style.clone());
        let mut columns = vec![
            Column::text("Period", "period"),
            number(&self.name, "value"),
            number("Lower 95% limit", "lower"),
            number("Upper 95% limit", "upper"),
        ];
        columns.extend(self.reference.iter().map(|name| number(name, "reference")));
        columns.push(Column::text("Signal", "signal"));
        let rows = self.points.iter().map(|point| {
            let mut cells = vec![
                Cell::text(&point.period),
                Cell::maybe(point.value),
                Cell::limit(point.interval.map(|limits| limits.0)),
                Cell::limit(point.interval.map(|limits| limits.1)),
            ];
            if self.reference.is_some() {
                cells.push(Cell::maybe(point.reference));
            }
            cells.push(Cell::text(signal_words(point)));
            Row::new(cells)
        });
        let mut notes: Vec<String> =
            self.icon.iter().map(|icon| format!("{}.", icon.words)).collect();
        notes.extend(self.limits.iter().map(|limits| {
            format!(
                "{} to {}: mean {}, process limits {}.",
                self.period(*limits.points.start()),
                self.period(*limits.points.end()),
                self.style.figure(limits.mean),
                self.style.interval(limits.lower, limits.upper)
            )
        }));
        notes.extend(self.cuts.iter().map(|(first, reason)| {
            format!(
                "Break before {}, which nothing is compared across: {reason}",
                self.period(*first)
            )
        }));
        Table { caption: self.caption.clone(), columns, rows: rows.collect(), notes }
    }
}

/// The signal of a period in words.
fn signal_words(point: &Point) -> String {
    let what = match point.signal {
        Signal::Common => return String::new(),
        Signal::Special(Value::Good) => "Improvement",
        Signal::Special(Value::Bad) => "Concern",
        Signal::Special(Value::Neutral) => "Special cause",
    };
    point.rule.as_ref().map_or_else(|| what.to_owned(), |rule| format!("{what}: {rule}"))
}

impl Trend {
    /// All values that the vertical axis has to hold.
    fn values(&self) -> impl Iterator<Item = f64> {
        let limits = self.limits.iter().flat_map(|limits| [limits.lower, limits.upper]);
        let points = self.points.iter().flat_map(|point| {
            let interval = point.interval.into_iter().flat_map(|(low, high)| [low, high]);
            point.value.into_iter().chain(point.reference).chain(interval)
        });
        points.chain(limits)
    }

    /// What the lines and dots mean.
    fn legend(&self) -> Vec<Entry<'static>> {
        let mut entries =
            vec![Entry { draw: &|svg, at| dash(svg, at, PLACE, ""), text: self.name.clone() }];
        if let Some(reference) = &self.reference {
            entries.push(Entry {
                draw: &|svg, at| dash(svg, at, REFERENCE, "2 3"),
                text: reference.clone(),
            });
        }
        if !self.limits.is_empty() {
            entries.push(Entry {
                draw: &|svg, at| dash(svg, at, CONTEXT, "6 4"),
                text: "mean and process limits".to_owned(),
            });
        }
        let special =
            |value| self.points.iter().any(|point| point.signal == Signal::Special(value));
        if special(Value::Bad) {
            entries.push(Entry {
                draw: &|svg, at| dot(svg, at, Signal::Special(Value::Bad)),
                text: "concern".to_owned(),
            });
        }
        if special(Value::Good) {
            entries.push(Entry {
                draw: &|svg, at| dot(svg, at, Signal::Special(Value::Good)),
                text: "improvement".to_owned(),
            });
        }
        entries
    }

    /// Names under the axis, as many as there is room for.
    fn draw_periods(&self, canvas: &mut Canvas, across: &dyn Fn(usize) -> f64) {
        let every = self.points.len().div_ceil(7).max(1);
        let bottom = canvas.plot.bottom;
        for (index, point) in self.points.iter().enumerate() {
            if index % every == 0 {
                let at = (across(index), bottom + 18.0);
                canvas.svg.text(at, Anchor::Middle, r#"font-size="13""#, &point.period);
                canvas.svg.line(
                    (at.0, bottom),
                    (at.0, bottom + 5.0),
                    &format!(r#"stroke="{INK}""#),
                );
            }
        }
        let (left, right) = (canvas.plot.left, canvas.plot.right);
        canvas.svg.line((left, bottom), (right, bottom), &format!(r#"stroke="{INK}""#));
    }

    /// A period in words.
    fn period(&self, index: usize) -> &str {
        self.points.get(index).map_or("", |point| point.period.as_str())
    }

    /// A line between the last point before each break and the first after it.
    fn draw_cuts(&self, canvas: &mut Canvas, across: &dyn Fn(usize) -> f64) {
        let (top, bottom) = (canvas.plot.top, canvas.plot.bottom);
        for (first, reason) in &self.cuts {
            let x = f64::midpoint(across(first.saturating_sub(1)), across(*first));
            let hover = format!("Break before {}: {reason}", self.period(*first));
            canvas.svg.linked(None, &hover, |svg| {
                let look = format!(r#"stroke="{INK}" stroke-width="1.5" stroke-dasharray="1 4""#);
                svg.line((x, top), (x, bottom), &look);
                svg.text((x, top - 6.0), Anchor::Middle, r#"font-size="12""#, "break");
            });
        }
    }

    /// Mean and process limits of each stretch.
    fn draw_limits(&self, svg: &mut Svg, across: &dyn Fn(usize) -> f64, y: &Scale) {
        for limits in &self.limits {
            let (from, to) = (across(*limits.points.start()), across(*limits.points.end()));
            let dashed = r#" stroke-dasharray="6 4""#;
            for (value, dashes) in
                [(limits.mean, ""), (limits.lower, dashed), (limits.upper, dashed)]
            {
                if y.holds(value) {
                    let look = format!(r#"stroke="{CONTEXT}" stroke-width="1.5"{dashes}"#);
                    svg.line((from, y.at(value)), (to, y.at(value)), &look);
                }
            }
        }
    }

    /// Intervals, the reference, the series and its dots.
    fn draw_lines(&self, svg: &mut Svg, across: &dyn Fn(usize) -> f64, y: &Scale) {
        let line = |pick: &dyn Fn(&Point) -> Option<f64>| {
            polyline(self.points.iter().enumerate().flat_map(|(index, point)| {
                let at = pick(point)
                    .filter(|value| value.is_finite())
                    .map(|value| (across(index), y.at(value)));
                let is_cut = self.cuts.iter().any(|(first, _)| *first == index);
                is_cut.then_some(None).into_iter().chain([at])
            }))
        };
        for (index, point) in self.points.iter().enumerate() {
            if let Some((low, high)) = point.interval {
                let x = across(index);
                svg.line(
                    (x, y.at(low)),
                    (x, y.at(high)),
                    &format!(r#"stroke="{GRID}" stroke-width="4""#),
                );
            }
        }
        let look =
            format!(r#"fill="none" stroke="{REFERENCE}" stroke-width="2" stroke-dasharray="2 3""#);
        svg.path(&line(&|point| point.reference), &look);
        svg.path(
            &line(&|point| point.value),
            &format!(r#"fill="none" stroke="{PLACE}" stroke-width="2""#),
        );
        for (index, point) in self.points.iter().enumerate() {
            if let Some(value) = point.reference.filter(|value| value.is_finite()) {
                svg.circle((across(index), y.at(value)), 2.0, &format!(r#"fill="{REFERENCE}""#));
            }
            let Some(value) = point.value.filter(|value| value.is_finite()) else { continue };
            let hover = format!("{}: {}", point.period, self.style.phrase(value));
            svg.linked(None, &hover, |svg| dot(svg, (across(index), y.at(value)), point.signal));
        }
    }
}

/// A dot: round for common cause, a diamond of the signal's colour for special cause.
fn dot(svg: &mut Svg, (x, y): (f64, f64), signal: Signal) {
    let colour = match signal {
        Signal::Common => {
            svg.circle((x, y), 3.5, &format!(r#"fill="{PLACE}""#));
            return;
        }
        Signal::Special(Value::Bad) => CONCERN,
        Signal::Special(Value::Good) => "#0072CE",
        Signal::Special(Value::Neutral) => REFERENCE,
    };
    let corners = [(x, y - 6.0), (x + 6.0, y), (x, y + 6.0), (x - 6.0, y)];
    let data = format!("{}Z", polyline(corners.map(Some)));
    svg.path(&data, &format!(r##"fill="{colour}" stroke="#ffffff""##));
}

/// The variation icon: a ring with a letter, its words beside it.
fn draw_icon(svg: &mut Svg, (x, y): (f64, f64), icon: &Icon) {
    let colour = match icon.value {
        None => CONTEXT,
        Some(Value::Good) => "#0072CE",
        Some(Value::Bad) => CONCERN,
        Some(Value::Neutral) => REFERENCE,
    };
    svg.circle((x, y), 11.0, &format!(r##"fill="#ffffff" stroke="{colour}" stroke-width="3""##));
    let letter = if icon.letter.is_empty() { "∼" } else { icon.letter.as_str() };
    svg.text((x, y + 5.0), Anchor::Middle, r#"font-weight="600""#, letter);
    svg.text((x - 18.0, y + 4.5), Anchor::End, r#"font-size="13" font-weight="600""#, &icon.words);
}

//! Funnel plot: each practice's figure against its size, with the limits that chance alone would respect.
//!
//! Small practices scatter more; the funnel says how much. Limits are drawn as chance alone gives them and, where
//! practices differ more than chance in general (over-dispersion), as widened for it.

use std::fmt::Write as _;

use super::Chart;
use super::canvas::{Canvas, Entry, Room};
use super::marks::{legend_text, mark, present};
use super::palette::{ADJUSTED, INK, REFERENCE};
use super::scale::Scale;
use crate::caption::Caption;
use crate::number::Style;
use crate::svg::{Anchor, Svg, polyline};
use crate::table::{Cell, Column, Row, Table};
use crate::words::Verdict;

/// Above this many points the marks carry no links and hover texts.
const MOST_LINKS: usize = 600;

/// One practice, network or area.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: Option<String>,
    /// The number of people or events that the figure is of.
    pub size: f64,
    /// Its figure.
    pub value: f64,
    /// Where it stands against the limits.
    pub verdict: Verdict,
    /// Whether it is named in the picture.
    pub named: bool,
}

/// Limits at one size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// The number of people or events that the figure is of.
    pub size: f64,
    /// Lower and upper limit at 95%, where they are drawn.
    pub p95: Option<(f64, f64)>,
    /// Lower and upper limit at 99.8%.
    pub p998: (f64, f64),
}

/// A funnel plot.
#[derive(Debug, Clone, PartialEq)]
pub struct Funnel {
    /// Words around it.
    pub caption: Caption,
    /// What the size is: `Registered patients`, `Appointments`.
    pub size_label: String,
    /// How sizes are shown.
    pub size_style: Style,
    /// How figures are shown.
    pub style: Style,
    /// The reference in words and its figure.
    pub reference: (String, f64),
    /// Limits by chance alone, by rising size.
    pub raw: Vec<Limits>,
    /// Limits widened for over-dispersion, by rising size; empty where they are not needed.
    pub adjusted: Vec<Limits>,
    /// The points.
    pub points: Vec<Point>,
}

impl Chart for Funnel {
    fn to_svg(&self) -> String {
        let verdicts = present(self.points.iter().map(|point| point.verdict));
        let draws: Vec<_> = verdicts
            .iter()
            .map(|&verdict| move |svg: &mut Svg, at: (f64, f64)| mark(svg, at, verdict, 6.0))
            .collect();
        let mut legend: Vec<Entry<'_>> = draws
            .iter()
            .zip(&verdicts)
            .map(|(draw, &verdict)| Entry { draw, text: legend_text(verdict) })
            .collect();
        legend.extend(line_entries(
            &self.reference.0,
            !self.raw.is_empty(),
            !self.adjusted.is_empty(),
        ));
        let room = Room { above: 32.0, plot: 340.0, left: 72.0, right: 24.0, below: 56.0 };
        let mut canvas = Canvas::new(&self.caption, &room, &legend);
        let (x, y) = self.scales(&canvas);
        canvas.x_axis(&x, &self.size_style, &self.size_label);
        canvas.y_axis(&y, &self.style, &self.style.axis());
        if self.drawable().next().is_none() {
            canvas.nothing();
        }
        self.draw_limits(&mut canvas.svg, &x, &y);
        self.draw_points(&mut canvas.svg, &x, &y);
        canvas.svg.finish(&self.caption)
    }

    fn to_table(&self) -> Table {
        let rows = self.points.iter().map(|point| {
            Row::new(vec![
                point
                    .href
                    .as_ref()
                    .map_or_else(|| Cell::text(&point.name), |href| Cell::link(&point.name, href)),
                Cell::text(&point.code),
                Cell::value(point.size),
                Cell::value(point.value),
                Cell::Verdict(point.verdict),
            ])
        });
        Table {
            caption: self.caption.clone(),
            columns: vec![
                Column::text("Name", "name"),
                Column::text("Code", "code"),
                Column::number(&self.size_label, "size", self.size_style.clone()),
                Column::number(&self.style.axis(), "value", self.style.clone()),
                Column::verdict("Against the limits", "against_limits"),
            ],
            rows: rows.collect(),
            notes: vec![format!(
                "Reference: {} ({}).",
                self.reference.0,
                self.style.phrase(self.reference.1)
            )],
        }
    }
}

impl Funnel {
    /// The points that have both a size and a figure.
    fn drawable(&self) -> impl Iterator<Item = &Point> {
        self.points.iter().filter(|point| point.size.is_finite() && point.value.is_finite())
    }

    /// Sizes from nought; figures over the points, the reference and the limits at the middle size.
    fn scales(&self, canvas: &Canvas) -> (Scale, Scale) {
        let plot = canvas.plot;
        let sizes = self.drawable().map(|point| point.size).chain([0.0]);
        let x = Scale::over(sizes, (plot.left, plot.right), 6.0);
        let middle =
            |limits: &[Limits]| limits.get(limits.len() / 2).map(|at| [at.p998.0, at.p998.1]);
        let values = self
            .drawable()
            .map(|point| point.value)
            .chain([self.reference.1])
            .chain(middle(&self.raw).into_iter().flatten())
            .chain(middle(&self.adjusted).into_iter().flatten());
        (x, Scale::over(values, (plot.bottom, plot.top), 6.0))
    }

    /// The reference and the two pairs of limits, raw and adjusted.
    fn draw_limits(&self, svg: &mut Svg, x: &Scale, y: &Scale) {
        let curve = |limits: &[Limits], pick: &dyn Fn(&Limits) -> Option<f64>| {
            polyline(limits.iter().map(|at| {
                let value = pick(at)?;
                (x.holds(at.size) && y.holds(value)).then(|| (x.at(at.size), y.at(value)))
            }))
        };
        for (limits, colour) in [(&self.raw, INK), (&self.adjusted, ADJUSTED)] {
            let near = format!(
                r#"fill="none" stroke="{colour}" stroke-width="1.5" stroke-dasharray="5 4""#
            );
            let far = format!(r#"fill="none" stroke="{colour}" stroke-width="1.5""#);
            svg.path(&curve(limits, &|at| Some(at.p95?.0)), &near);
            svg.path(&curve(limits, &|at| Some(at.p95?.1)), &near);
            svg.path(&curve(limits, &|at| Some(at.p998.0)), &far);
            svg.path(&curve(limits, &|at| Some(at.p998.1)), &far);
        }
        if y.holds(self.reference.1) {
            let (from, to) = x.ends();
            let at = y.at(self.reference.1);
            let look = format!(r#"stroke="{REFERENCE}" stroke-width="2""#);
            svg.line((x.at(from), at), (x.at(to), at), &look);
        }
    }

    /// The points, those that stand out last and on top; the named ones with their names.
    fn draw_points(&self, svg: &mut Svg, x: &Scale, y: &Scale) {
        let links = self.points.len() <= MOST_LINKS;
        let size = if links { 5.0 } else { 3.0 };
        let mut points: Vec<&Point> = self.drawable().collect();
        points.sort_by(|a, b| b.verdict.cmp(&a.verdict).then_with(|| a.code.cmp(&b.code)));
        for point in &points {
            let at = (x.at(point.size), y.at(point.value));
            if links {
                svg.linked(point.href.as_deref(), &self.hover(point), |svg| {
                    mark(svg, at, point.verdict, size);
                });
            } else {
                mark(svg, at, point.verdict, size);
            }
        }
        draw_names(svg, x, y, points.iter().copied().filter(|point| point.named));
    }

    /// What a point says when the pointer rests on it.
    fn hover(&self, point: &Point) -> String {
        let mut text =
            format!("{} ({}): {}", point.name, point.code, self.style.phrase(point.value));
        let _ = write!(
            text,
            "; {}; {}",
            self.size_style.phrase(point.size),
            point.verdict.label().to_lowercase()
        );
        text
    }
}

/// Writes names beside their points; a name that would lie over another is left to the table.
fn draw_names<'a>(svg: &mut Svg, x: &Scale, y: &Scale, points: impl Iterator<Item = &'a Point>) {
    let (from, to) = x.ends();
    let mut taken: Vec<(f64, f64, f64)> = Vec::new();
    for point in points {
        let at = (x.at(point.size), y.at(point.value));
        let to_left = at.0 > x.at(f64::midpoint(from, to));
        let anchor = if to_left { Anchor::End } else { Anchor::Start };
        let shift = if to_left { -9.0 } else { 9.0 };
        let name = crate::text::shorten(&point.name, 40);
        let width = name.chars().count() as f64 * 7.0;
        let left = if to_left { at.0 - 9.0 - width } else { at.0 + 9.0 };
        let right = left + width;
        let is_free = taken.iter().all(|&(other_left, other_right, height)| {
            (height - at.1).abs() > 15.0 || right < other_left || left > other_right
        });
        if !is_free {
            continue;
        }
        taken.push((left, right, at.1));
        let look = r##"font-size="13" font-weight="600" stroke="#ffffff" stroke-width="3" paint-order="stroke""##;
        svg.text((at.0 + shift, at.1 + 4.0), anchor, look, &name);
    }
}

/// Legend entries of the lines.
fn line_entries(reference: &str, raw: bool, adjusted: bool) -> Vec<Entry<'static>> {
    let mut entries =
        vec![Entry { draw: &|svg, at| dash(svg, at, REFERENCE, ""), text: reference.to_owned() }];
    if raw {
        entries.push(Entry {
            draw: &|svg, at| dash(svg, at, INK, "5 4"),
            text: "95% limits".to_owned(),
        });
        entries.push(Entry {
            draw: &|svg, at| dash(svg, at, INK, ""),
            text: "99.8% limits".to_owned(),
        });
    }
    if adjusted {
        entries.push(Entry {
            draw: &|svg, at| dash(svg, at, ADJUSTED, ""),
            text: "99.8% limits widened for over-dispersion".to_owned(),
        });
    }
    entries
}

/// A short piece of line for the legend.
pub(crate) fn dash(svg: &mut Svg, (x, y): (f64, f64), colour: &str, dashes: &str) {
    let dashes =
        if dashes.is_empty() { String::new() } else { format!(r#" stroke-dasharray="{dashes}""#) };
    let look = format!(r#"stroke="{colour}" stroke-width="2"{dashes}"#);
    svg.line((x - 9.0, y), (x + 10.0, y), &look);
}

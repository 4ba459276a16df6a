//! Population pyramid: shares by age band, women to the left and men to the right, a reference as an outline.

use super::Chart;
use super::canvas::{Canvas, Entry, Room, axis_look};
use super::palette::{GRID, INK, PLACE, SECOND};
use super::scale::Scale;
use crate::caption::Caption;
use crate::number::Style;
use crate::svg::{Anchor, Svg, polyline};
use crate::table::{Cell, Column, Row, Table};

const STEP: f64 = 18.0;
const GAP: f64 = 64.0;

/// One age band.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// Its name: `75 to 79`.
    pub name: String,
    /// Women and girls, as a count.
    pub females: f64,
    /// Men and boys, as a count.
    pub males: f64,
    /// The shares of women and men of this band in the reference, as fractions of everybody.
    pub reference: Option<(f64, f64)>,
}

/// A population pyramid.
#[derive(Debug, Clone, PartialEq)]
pub struct Pyramid {
    /// Words around it.
    pub caption: Caption,
    /// The name of the reference drawn as an outline.
    pub reference: Option<String>,
    /// The bands, youngest first.
    pub bands: Vec<Band>,
}

impl Chart for Pyramid {
    fn to_svg(&self) -> String {
        let mut legend = vec![
            Entry { draw: &|svg, at| swatch(svg, at, PLACE), text: "Female".to_owned() },
            Entry { draw: &|svg, at| swatch(svg, at, SECOND), text: "Male".to_owned() },
        ];
        if let Some(name) = &self.reference {
            legend.push(Entry {
                draw: &|svg, at| super::funnel::dash(svg, at, INK, ""),
                text: name.clone(),
            });
        }
        let plot_height = self.bands.len().max(1) as f64 * STEP;
        let room = Room { above: 12.0, plot: plot_height, left: 24.0, right: 24.0, below: 56.0 };
        let mut canvas = Canvas::new(&self.caption, &room, &legend);
        let plot = canvas.plot;
        let middle = f64::midpoint(plot.left, plot.right);
        let shares = self.shares();
        let largest = shares.iter().flat_map(|&(f, m)| [f, m]);
        let references =
            self.bands.iter().filter_map(|band| band.reference).flat_map(|(f, m)| [f, m]);
        let values: Vec<f64> = largest.chain(references).chain([0.0]).collect();
        let left = Scale::over(values.iter().copied(), (middle - GAP / 2.0, plot.left), 4.0);
        let right = Scale::over(values.iter().copied(), (middle + GAP / 2.0, plot.right), 4.0);
        if self.bands.is_empty() {
            canvas.nothing();
        }
        for scale in [&left, &right] {
            Self::axis(&mut canvas, scale);
        }
        for (index, (band, share)) in self.bands.iter().zip(&shares).enumerate() {
            let y = plot.bottom - (index as f64 + 1.0) * STEP;
            let hover = format!(
                "{}: {} female, {} male",
                band.name,
                crate::number::plain(band.females, 0),
                crate::number::plain(band.males, 0)
            );
            canvas.svg.linked(None, &hover, |svg| {
                bar(svg, &left, share.0, y, PLACE);
                bar(svg, &right, share.1, y, SECOND);
            });
            canvas.svg.text((middle, y + 13.0), Anchor::Middle, r#"font-size="12""#, &band.name);
        }
        self.outline(&mut canvas.svg, &left, plot.bottom, |reference| reference.0);
        self.outline(&mut canvas.svg, &right, plot.bottom, |reference| reference.1);
        let label = "Percentage of all registered patients";
        canvas.svg.text((middle, plot.bottom + 38.0), Anchor::Middle, "", label);
        canvas.svg.finish(&self.caption)
    }

    fn to_table(&self) -> Table {
        let patients =
            |heading: &str, key: &str| Column::number(heading, key, Style::count("patients"));
        let share =
            |heading: &str, key: &str| Column::number(heading, key, Style::percentage(1, ""));
        let mut columns = vec![
            Column::text("Age", "age"),
            patients("Female", "female_patients"),
            patients("Male", "male_patients"),
            share("Female share", "female_share"),
            share("Male share", "male_share"),
        ];
        if let Some(name) = &self.reference {
            columns.push(share(&format!("{name}, female share"), "reference_female_share"));
            columns.push(share(&format!("{name}, male share"), "reference_male_share"));
        }
        let rows = self.bands.iter().zip(self.shares()).map(|(band, share)| {
            let mut cells = vec![
                Cell::text(&band.name),
                Cell::value(band.females),
                Cell::value(band.males),
                Cell::value(share.0),
                Cell::value(share.1),
            ];
            if self.reference.is_some() {
                cells.push(Cell::maybe(band.reference.map(|reference| reference.0)));
                cells.push(Cell::maybe(band.reference.map(|reference| reference.1)));
            }
            Row::new(cells)
        });
        Table {
            caption: self.caption.clone(),
            columns,
            rows: rows.rev().collect(),
            notes: Vec::new(),
        }
    }
}

impl Pyramid {
    /// The share of everybody in each band, female and male; nought where there is nobody.
    fn shares(&self) -> Vec<(f64, f64)> {
        let count = |value: f64| if value.is_finite() { value.max(0.0) } else { 0.0 };
        let total: f64 =
            self.bands.iter().map(|band| count(band.females) + count(band.males)).sum();
        let share = |value: f64| if total > 0.0 { count(value) / total } else { 0.0 };
        self.bands.iter().map(|band| (share(band.females), share(band.males))).collect()
    }

    /// Gridlines and figures of one side.
    fn axis(canvas: &mut Canvas, scale: &Scale) {
        let style = Style::percentage(0, "").for_step(scale.step());
        let (top, bottom) = (canvas.plot.top, canvas.plot.bottom);
        for tick in scale.ticks() {
            let x = scale.at(tick);
            canvas.svg.line((x, top), (x, bottom), &format!(r#"stroke="{GRID}""#));
            canvas.svg.text(
                (x, bottom + 18.0),
                Anchor::Middle,
                r#"font-size="13""#,
                &style.figure(tick),
            );
        }
        canvas.svg.line((scale.at(0.0), top), (scale.at(0.0), bottom), &axis_look());
    }

    /// The reference as a stepped outline.
    fn outline(&self, svg: &mut Svg, scale: &Scale, bottom: f64, side: impl Fn((f64, f64)) -> f64) {
        let steps = self.bands.iter().enumerate().flat_map(|(index, band)| {
            let x = band
                .reference
                .map(&side)
                .filter(|share| share.is_finite())
                .map(|share| scale.at(share));
            let y = bottom - index as f64 * STEP;
            [x.map(|x| (x, y)), x.map(|x| (x, y - STEP))]
        });
        svg.path(&polyline(steps), &format!(r#"fill="none" stroke="{INK}" stroke-width="1.5""#));
    }
}

/// One bar from nought outwards.
fn bar(svg: &mut Svg, scale: &Scale, share: f64, y: f64, colour: &str) {
    let (nought, end) = (scale.at(0.0), scale.at(share));
    let size = ((end - nought).abs(), STEP - 3.0);
    svg.rect((nought.min(end), y + 1.5), size, &format!(r#"fill="{colour}""#));
}

/// A square of colour for the legend.
pub(crate) fn swatch(svg: &mut Svg, (x, y): (f64, f64), colour: &str) {
    svg.rect((x - 6.0, y - 6.0), (12.0, 12.0), &format!(r#"fill="{colour}""#));
}

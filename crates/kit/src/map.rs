//! Maps as SVG: areas shaded by quantile and points for practices, on the British National Grid.
//!
//! Every map is readable without it: the same figures stand in the table twin, area by area.

mod classes;
mod shape;

use crate::caption::Caption;
use crate::chart::Chart;
use crate::chart::canvas::{Canvas, Entry, Room, WIDTH};
use crate::chart::marks::{legend_text, mark, present};
use crate::chart::palette::{INK, PLACE, SEQUENTIAL};
use crate::chart::pyramid::swatch;
use crate::number::Style;
use crate::svg::{Anchor, Svg};
use crate::table::{Cell, Column, Row, Table};
use crate::text::shorten;
use crate::words::Verdict;
use vocab::Observed;

use self::classes::Classes;
use space::national_grid::to_national_grid;

/// Corners nearer than this to the simplified line are left out, in units of the picture.
const TOLERANCE: f64 = 0.35;
/// Above this many areas or points, links and hover texts are left out.
const MOST_LINKS: usize = 1_500;
const NO_FIGURE: &str = "#EEEEEE";

/// What the coordinates of a map are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coordinates {
    /// Longitude and latitude in degrees, WGS84.
    LongitudeLatitude,
    /// Easting and northing in metres, EPSG:27700.
    NationalGrid,
}

/// An area with its outline.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: Option<String>,
    /// Its figure; without one it is drawn in grey.
    pub value: Option<f64>,
    /// Outer rings and holes alike, each closed.
    pub rings: Vec<Vec<(f64, f64)>>,
}

/// A point: a practice or site.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: Option<String>,
    /// Where it is.
    pub at: (f64, f64),
    /// Its figure.
    pub value: Option<f64>,
    /// How it compares; drawn as shape and colour.
    pub verdict: Verdict,
    /// Whether it is named in the picture.
    pub named: bool,
}

/// A map of areas, points or both.
#[derive(Debug, Clone, PartialEq)]
pub struct Map {
    /// Words around it.
    pub caption: Caption,
    /// What the coordinates are.
    pub coordinates: Coordinates,
    /// How the figures of areas are shown.
    pub area_style: Style,
    /// How the figures of points are shown.
    pub spot_style: Style,
    /// The areas, in any order.
    pub areas: Vec<Area>,
    /// The points, in any order.
    pub spots: Vec<Spot>,
}

impl Chart for Map {
    fn to_svg(&self) -> String {
        let classes =
            Classes::quantiles(self.areas.iter().filter_map(|area| area.value), SEQUENTIAL.len());
        let fit = Fit::of(self);
        let legend = self.legend(classes.as_ref());
        let draws: Vec<_> = legend
            .iter()
            .map(|(key, _)| move |svg: &mut Svg, at: (f64, f64)| draw_key(svg, at, *key))
            .collect();
        let entries: Vec<Entry<'_>> = draws
            .iter()
            .zip(&legend)
            .map(|(draw, (_, text))| Entry { draw, text: text.clone() })
            .collect();
        let room = Room { above: 12.0, plot: fit.height, left: 16.0, right: 16.0, below: 16.0 };
        let mut canvas = Canvas::new(&self.caption, &room, &entries);
        if self.areas.is_empty() && self.spots.is_empty() {
            canvas.nothing();
        }
        let fit = Fit { top: canvas.plot.top, ..fit };
        self.draw_areas(&mut canvas.svg, &fit, classes.as_ref());
        self.draw_spots(&mut canvas.svg, &fit);
        scale_bar(&mut canvas.svg, &fit);
        canvas.svg.finish(&self.caption)
    }

    fn to_table(&self) -> Table {
        let linked = |name: &String, href: &Option<String>| {
            href.as_ref().map_or_else(|| Cell::text(name), |href| Cell::link(name, href))
        };
        // Areas and marks may show different things: each figure is written in its own style, and what it is stands beside it.
        let own = |value: Option<f64>, style: &Style| match value {
            Some(value) => Cell::Figure(Observed::Value(value), style.clone()),
            None => Cell::maybe(None),
        };
        let areas = self.areas.iter().map(|area| {
            Row::new(vec![
                linked(&area.name, &area.href),
                Cell::text(&area.code),
                own(area.value, &self.area_style),
                Cell::text(self.area_style.axis()),
                Cell::Empty,
            ])
        });
        let spots = self.spots.iter().map(|spot| {
            Row::new(vec![
                linked(&spot.name, &spot.href),
                Cell::text(&spot.code),
                own(spot.value, &self.spot_style),
                Cell::text(self.spot_style.axis()),
                Cell::Verdict(spot.verdict),
            ])
        });
        let style = if self.spots.is_empty() { &self.area_style } else { &self.spot_style };
        Table {
            caption: self.caption.clone(),
            columns: vec![
                Column::text("Name", "name"),
                Column::text("Code", "code"),
                Column::number("Figure", "value", style.clone()),
                Column::text("What it is", "what"),
                Column::verdict("Compared", "compared"),
            ],
            rows: spots.chain(areas).collect(),
            notes: Vec::new(),
        }
    }
}

/// A mark of the legend.
#[derive(Debug, Clone, Copy)]
enum Key {
    Shade(&'static str),
    Mark(Verdict),
}

/// Draws a mark of the legend.
fn draw_key(svg: &mut Svg, at: (f64, f64), key: Key) {
    match key {
        Key::Shade(colour) => {
            swatch(svg, at, colour);
            svg.rect(
                (at.0 - 6.0, at.1 - 6.0),
                (12.0, 12.0),
                &format!(r#"fill="none" stroke="{INK}""#),
            );
        }
        Key::Mark(verdict) => mark(svg, at, verdict, 6.0),
    }
}

impl Map {
    /// Classes of areas, then verdicts of points.
    fn legend(&self, classes: Option<&Classes>) -> Vec<(Key, String)> {
        let mut legend = Vec::new();
        if let Some(classes) = classes {
            for class in 0..classes.len() {
                let words = classes.words(class, &self.area_style);
                let unit = self.area_style.axis();
                let is_named = class == 0 && !unit.is_empty();
                let words = if is_named { format!("{unit}: {words}") } else { words };
                legend.push((Key::Shade(shade(classes, class)), words));
            }
        }
        if self.areas.iter().any(|area| area.value.is_none()) && classes.is_some() {
            legend.push((Key::Shade(NO_FIGURE), "no figure".to_owned()));
        }
        let verdicts = present(self.spots.iter().map(|spot| spot.verdict));
        legend
            .extend(verdicts.into_iter().map(|verdict| (Key::Mark(verdict), legend_text(verdict))));
        legend
    }

    /// The areas, shaded.
    fn draw_areas(&self, svg: &mut Svg, fit: &Fit, classes: Option<&Classes>) {
        let line = if self.areas.len() > 400 { 0.3 } else { 0.8 };
        for area in &self.areas {
            let fill = area
                .value
                .filter(|value| value.is_finite())
                .and_then(|value| classes.map(|classes| shade(classes, classes.of(value))))
                .unwrap_or(NO_FIGURE);
            let rings: Vec<Vec<(f64, f64)>> = area
                .rings
                .iter()
                .map(|ring| {
                    ring.iter().filter_map(|&point| fit.place(self.coordinates, point)).collect()
                })
                .collect();
            let data = shape::path_data(&rings, TOLERANCE);
            let look = format!(
                r##"fill="{fill}" fill-rule="evenodd" stroke="#5f6b73" stroke-width="{line}" stroke-linejoin="round""##
            );
            if self.areas.len() > MOST_LINKS {
                svg.path(&data, &look);
            } else {
                let figure = self
                    .area_style
                    .cell(area.value.map_or(vocab::Observed::Missing, vocab::Observed::Value));
                let hover =
                    format!("{} ({}): {figure} {}", area.name, area.code, self.area_style.unit);
                svg.linked(area.href.as_deref(), hover.trim_end(), |svg| svg.path(&data, &look));
            }
        }
    }

    /// The points, those that stand out on top, the named ones with their names.
    fn draw_spots(&self, svg: &mut Svg, fit: &Fit) {
        let size = if self.spots.len() > 300 { 3.0 } else { 5.5 };
        let mut spots: Vec<&Spot> = self.spots.iter().collect();
        spots.sort_by(|a, b| b.verdict.cmp(&a.verdict).then_with(|| a.code.cmp(&b.code)));
        let places: Vec<_> =
            spots.iter().map(|spot| fit.place(self.coordinates, spot.at)).collect();
        for (spot, at) in spots.iter().zip(&places) {
            let Some(at) = *at else { continue };
            if self.spots.len() > MOST_LINKS {
                mark(svg, at, spot.verdict, size);
                continue;
            }
            let figure = spot
                .value
                .map_or_else(|| "no figure".to_owned(), |value| self.spot_style.phrase(value));
            let hover = format!("{} ({}): {figure}", spot.name, spot.code);
            svg.linked(spot.href.as_deref(), &hover, |svg| mark(svg, at, spot.verdict, size));
        }
        for (spot, at) in spots.iter().zip(&places).filter(|(spot, _)| spot.named) {
            let Some((x, y)) = *at else { continue };
            let to_left = x > WIDTH * 0.6;
            let anchor = if to_left { Anchor::End } else { Anchor::Start };
            let x = if to_left { x - 9.0 } else { x + 9.0 };
            let look = r##"font-size="13" font-weight="600" stroke="#ffffff" stroke-width="3" paint-order="stroke""##;
            svg.text((x, y + 4.0), anchor, look, &shorten(&spot.name, 34));
        }
    }
}

/// The shade of a class; few classes are spread over the whole scale.
fn shade(classes: &Classes, class: usize) -> &'static str {
    let last = SEQUENTIAL.len() - 1;
    let step = if classes.len() > 1 { class * last / (classes.len() - 1) } else { last / 2 };
    SEQUENTIAL.get(step).copied().unwrap_or(PLACE)
}

/// How grid metres fit the paper.
#[derive(Debug, Clone, Copy)]
struct Fit {
    west: f64,
    north: f64,
    /// Units of the picture for one metre.
    scale: f64,
    left: f64,
    top: f64,
    height: f64,
}

impl Fit {
    /// Fits everything into the width, at most 620 units high; an empty map has a plain height.
    fn of(map: &Map) -> Self {
        let rings = map.areas.iter().flat_map(|area| area.rings.iter().flatten());
        let all = rings.chain(map.spots.iter().map(|spot| &spot.at));
        let grid = all.filter_map(|&point| on_grid(map.coordinates, point));
        let start = (f64::INFINITY, f64::NEG_INFINITY, f64::INFINITY, f64::NEG_INFINITY);
        let (west, east, south, north) =
            grid.fold(start, |(w, e, s, n), (x, y)| (w.min(x), e.max(x), s.min(y), n.max(y)));
        let room = (WIDTH - 64.0, 620.0);
        if west > east {
            return Self { west: 0.0, north: 0.0, scale: 0.0, left: 0.0, top: 0.0, height: 120.0 };
        }
        let (width, tall) = ((east - west).max(1_000.0), (north - south).max(1_000.0));
        let scale = (room.0 / width).min(room.1 / tall);
        let left = 32.0 + (room.0 - (east - west) * scale) / 2.0;
        Self { west, north, scale, left, top: 0.0, height: (north - south) * scale + 48.0 }
    }

    /// Where a point stands on the paper; nothing for what is no coordinate.
    fn place(&self, coordinates: Coordinates, point: (f64, f64)) -> Option<(f64, f64)> {
        let (x, y) = on_grid(coordinates, point)?;
        let at = (
            self.left + (x - self.west) * self.scale,
            self.top + 12.0 + (self.north - y) * self.scale,
        );
        Some(at)
    }
}

/// Grid metres of a point, refused where it is not finite or far off Great Britain.
fn on_grid(coordinates: Coordinates, (x, y): (f64, f64)) -> Option<(f64, f64)> {
    let (x, y) = match coordinates {
        Coordinates::LongitudeLatitude => to_national_grid(x, y),
        Coordinates::NationalGrid => (x, y),
    };
    ((-500_000.0..1_500_000.0).contains(&x) && (-500_000.0..2_000_000.0).contains(&y))
        .then_some((x, y))
}

/// A bar of a round number of kilometres.
fn scale_bar(svg: &mut Svg, fit: &Fit) {
    if fit.scale <= 0.0 {
        return;
    }
    let lengths = [0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0];
    let Some(kilometres) = lengths.into_iter().rev().find(|km| km * 1_000.0 * fit.scale <= 160.0)
    else {
        return;
    };
    let (x, y) = (20.0, fit.top + fit.height - 8.0);
    let end = x + kilometres * 1_000.0 * fit.scale;
    svg.path(
        &crate::svg::polyline([(x, y - 5.0), (x, y), (end, y), (end, y - 5.0)].map(Some)),
        &format!(r#"fill="none" stroke="{INK}" stroke-width="1.5""#),
    );
    let words = format!("{kilometres} km");
    svg.text((end + 6.0, y + 2.0), Anchor::Start, r#"font-size="12""#, &words);
}

//! Two figures of the same organisations against each other, with those that stand out named.

use super::Chart;
use super::canvas::{Canvas, Entry, Room};
use super::marks::mark;
use crate::caption::Caption;
use crate::number::Style;
use crate::svg::{Anchor, Svg};
use crate::table::{Cell, Column, Row, Table};
use crate::words::{Side, Strength, Value, Verdict};

/// Above this many points, links and hover texts are left out.
const MOST_LINKS: usize = 600;

/// How a point stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stand {
    /// It does not, and belongs to the place.
    Inside,
    /// It does not, and lies elsewhere.
    Outside,
    /// High on the first figure and low on the second.
    FirstHigh,
    /// Low on the first figure and high on the second.
    SecondHigh,
}

impl Stand {
    /// Its mark, drawn as the verdict of this kind is.
    const fn mark(self) -> Verdict {
        match self {
            Self::Inside => Verdict::Similar,
            Self::Outside => Verdict::NotCompared,
            Self::FirstHigh => Verdict::Different(Side::Below, Strength::P998, Value::Bad),
            Self::SecondHigh => Verdict::Different(Side::Above, Strength::P998, Value::Good),
        }
    }
}

/// A point.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// Name of the organisation.
    pub name: String,
    /// Its code.
    pub code: String,
    /// Its page.
    pub href: Option<String>,
    /// The figure along the foot.
    pub first: f64,
    /// The figure up the side.
    pub second: f64,
    /// How it stands out.
    pub stand: Stand,
}

/// Two figures against each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Scatter {
    /// Words around it.
    pub caption: Caption,
    /// Name and style of the figure along the foot.
    pub first: (String, Style),
    /// Name and style of the figure up the side.
    pub second: (String, Style),
    /// What each stand is called.
    pub words: Vec<(Stand, String)>,
    /// The points.
    pub points: Vec<Point>,
}

impl Scatter {
    fn word(&self, stand: Stand) -> &str {
        self.words.iter().find(|(of, _)| *of == stand).map_or("", |(_, word)| word)
    }

    fn draw_points(&self, svg: &mut Svg, at: &dyn Fn(&Point) -> (f64, f64)) {
        let links = self.points.len() <= MOST_LINKS;
        let mut points: Vec<&Point> = self.points.iter().collect();
        let depth = |stand| match stand {
            Stand::Outside => 0,
            Stand::Inside => 1,
            Stand::FirstHigh | Stand::SecondHigh => 2,
        };
        points.sort_by_key(|point| (depth(point.stand), point.code.clone()));
        for point in points {
            let size = if point.stand == Stand::Outside { 3.0 } else { 5.5 };
            let draw = |svg: &mut Svg| mark(svg, at(point), point.stand.mark(), size);
            if links {
                let (first, second) =
                    (self.first.1.phrase(point.first), self.second.1.phrase(point.second));
                let hover = format!("{} ({}): {first}; {second}", point.name, point.code);
                svg.linked(point.href.as_deref(), &hover, draw);
            } else {
                draw(svg);
            }
        }
    }
}

impl Chart for Scatter {
    fn to_svg(&self) -> String {
        let shown: Vec<&(Stand, String)> = self
            .words
            .iter()
            .filter(|(stand, _)| self.points.iter().any(|point| point.stand == *stand))
            .collect();
        let draws: Vec<_> = shown
            .iter()
            .map(|(stand, _)| move |svg: &mut Svg, at: (f64, f64)| mark(svg, at, stand.mark(), 5.5))
            .collect();
        let legend: Vec<Entry<'_>> = draws
            .iter()
            .zip(&shown)
            .map(|(draw, (_, text))| Entry { draw, text: text.clone() })
            .collect();
        let room = Room { above: 32.0, plot: 340.0, left: 72.0, right: 24.0, below: 56.0 };
        let mut canvas = Canvas::new(&self.caption, &room, &legend);
        let plot = canvas.plot;
        let firsts = self.points.iter().map(|point| point.first);
        let seconds = self.points.iter().map(|point| point.second);
        let x = super::scale::Scale::over(firsts, (plot.left, plot.right), 6.0);
        let y = super::scale::Scale::over(seconds, (plot.bottom, plot.top), 6.0);
        canvas.x_axis(&x, &self.first.1, &self.first.0);
        canvas.y_axis(&y, &self.second.1, &self.second.0);
        if self.points.is_empty() {
            canvas.nothing();
        }
        self.draw_points(&mut canvas.svg, &|point| (x.at(point.first), y.at(point.second)));
        for point in self.points.iter().filter(|point| point.stand == Stand::FirstHigh).take(5) {
            let at = (x.at(point.first) - 9.0, y.at(point.second) + 4.0);
            let look = r##"font-size="13" stroke="#ffffff" stroke-width="3" paint-order="stroke""##;
            canvas.svg.text(at, Anchor::End, look, &crate::text::shorten(&point.name, 36));
        }
        canvas.svg.finish(&self.caption)
    }

    fn to_table(&self) -> Table {
        let inside = self.points.iter().filter(|point| point.stand != Stand::Outside);
        let rows = inside.map(|point| {
            let name = point
                .href
                .as_ref()
                .map_or_else(|| Cell::text(&point.name), |href| Cell::link(&point.name, href));
            Row::new(vec![
                name,
                Cell::text(&point.code),
                Cell::value(point.first),
                Cell::value(point.second),
                Cell::text(self.word(point.stand)),
            ])
        });
        Table {
            caption: self.caption.clone(),
            columns: vec![
                Column::text("Name", "name"),
                Column::text("Code", "code"),
                Column::number(&self.first.0, "first", self.first.1.clone()),
                Column::number(&self.second.0, "second", self.second.1.clone()),
                Column::text("Standing", "standing"),
            ],
            rows: rows.collect(),
            notes: Vec::new(),
        }
    }
}

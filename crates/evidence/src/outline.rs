//! An outline on the map: rings of longitude and latitude, what lies inside, and what is wrong with one that was drawn.

/// A point: longitude and latitude.
type Point = (f64, f64);

/// Rings and the box around them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Outline {
    rings: Vec<Vec<Point>>,
    west: f64,
    east: f64,
    south: f64,
    north: f64,
}

impl Outline {
    /// An outline out of the JSON of a boundary; nothing for what is no list of polygons.
    pub(crate) fn of_json(polygons: &str) -> Option<Self> {
        let polygons: Vec<Vec<Vec<Point>>> = serde_json::from_str(polygons).ok()?;
        Some(Self::of(polygons.into_iter().flatten().collect()))
    }

    /// An outline of rings; a ring inside another is a hole.
    pub(crate) fn of(rings: Vec<Vec<Point>>) -> Self {
        let mut outline = Self {
            rings,
            west: f64::INFINITY,
            east: f64::NEG_INFINITY,
            south: f64::INFINITY,
            north: f64::NEG_INFINITY,
        };
        for (x, y) in outline.rings.iter().flatten() {
            outline.west = outline.west.min(*x);
            outline.east = outline.east.max(*x);
            outline.south = outline.south.min(*y);
            outline.north = outline.north.max(*y);
        }
        outline
    }

    /// Whether a point lies inside: a line from it crosses the rings an odd number of times.
    pub(crate) fn holds(&self, (x, y): Point) -> bool {
        if x < self.west || x > self.east || y < self.south || y > self.north {
            return false;
        }
        let crossings = self.rings.iter().flat_map(|ring| {
            sides(ring).filter(|((x1, y1), (x2, y2))| {
                (*y1 > y) != (*y2 > y) && x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
            })
        });
        crossings.count() % 2 == 1
    }
}

/// The sides of a ring; one that is not closed is closed.
fn sides(ring: &[Point]) -> impl Iterator<Item = (Point, Point)> + '_ {
    let next = ring.iter().cycle().skip(1);
    ring.iter().copied().zip(next.copied()).filter(|(from, to)| from != to)
}

/// What is wrong with a ring that somebody drew, each with its remedy.
pub(crate) fn faults(ring: &[Point]) -> Vec<String> {
    let mut faults = Vec::new();
    let sides: Vec<(Point, Point)> = sides(ring).collect();
    if sides.len() < 3 {
        faults.push(format!("a ring of {} corners encloses nothing: give three or more, each longitude then latitude", sides.len()));
    }
    if let Some((x, y)) =
        ring.iter().find(|(x, y)| !(-9.0..=3.0).contains(x) || !(49.0..=61.0).contains(y))
    {
        faults.push(format!("the corner {x},{y} is not in the United Kingdom: give longitude first, then latitude, in degrees"));
    }
    for (index, one) in sides.iter().enumerate() {
        for (other_index, other) in sides.iter().enumerate().skip(index + 2) {
            let neighbours = index == 0 && other_index + 1 == sides.len();
            if !neighbours && cross(*one, *other) {
                let ((x1, y1), (x2, y2)) = (one.0, other.0);
                faults.push(format!("the outline crosses itself: the sides from {x1},{y1} and from {x2},{y2} cut each other; put the corners in the order in which one walks around"));
            }
        }
    }
    faults
}

/// Whether two sides cut each other.
fn cross((a, b): (Point, Point), (c, d): (Point, Point)) -> bool {
    let turn = |p: Point, q: Point, r: Point| (q.0 - p.0) * (r.1 - p.1) - (q.1 - p.1) * (r.0 - p.0);
    (turn(a, b, c) > 0.0) != (turn(a, b, d) > 0.0) && (turn(c, d, a) > 0.0) != (turn(c, d, b) > 0.0)
}

//! Roads of an OpenStreetMap extract (`.osm.pbf`), as networks for walking and driving.
//!
//! An extract of a county or region comes from any of the project's mirrors. The file is read twice: first the ways that
//! people may use, then the nodes that these ways name. A way becomes links between neighbouring nodes, each with the time
//! it takes at the speed of its kind (`parameters/roads.toml`). One-way streets and closed roads are kept for cars; people on
//! foot walk both ways. A node that somebody may not pass (a bollard, a locked gate) ends every link there: it is reached from each
//! side and crossed from none. Ways whose nodes lie outside the extract end at its edge, and are counted.
//!
//! Method: [`methods.md#ways-by-road`](../../../docs/book/methods.md#ways-by-road).

#[cfg(test)]
mod extract;
mod rules;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use osmpbf::{Element, ElementReader};
use rustc_hash::FxHashMap;
use space::access::Point;
use space::national_grid::to_national_grid;
use space::routes::{Link, MINUTE, Network};
use thiserror::Error;

use self::rules::{Closed, Use, closed_to, use_of};

pub use self::rules::{Rules, rules};

/// The networks of an extract.
#[derive(Debug, Clone, PartialEq)]
pub struct Roads {
    /// On foot.
    pub walk: Network,
    /// By car.
    pub drive: Network,
    /// Ways kept.
    pub ways: usize,
    /// Nodes that a way names and the extract does not hold.
    pub missing_nodes: usize,
}

/// An extract that cannot be used.
#[derive(Debug, Error)]
pub enum RoadsError {
    /// The disk refused.
    #[error("{path}: {source}")]
    Disk {
        /// The file.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// It is no extract.
    #[error("{path} cannot be read as an OpenStreetMap extract (.osm.pbf): {reason}")]
    Unreadable {
        /// The file.
        path: String,
        /// Why.
        reason: String,
    },
    /// It holds no road.
    #[error(
        "{path} holds no road that people may use; an extract of all features is needed, not of boundaries or places"
    )]
    NoRoads {
        /// The file.
        path: String,
    },
}

/// A way: what it may be used for, and its nodes by their place in the list of nodes.
struct Way {
    used: Use,
    nodes: Vec<u32>,
}

/// Reads an extract; `progress` is told how many of its bytes, counted over both readings, are done, and how many there are.
///
/// # Errors
/// A file that cannot be read, is no extract, or holds no road.
pub fn read(path: &Path, progress: &(dyn Fn(u64, u64) + Sync)) -> Result<Roads, RoadsError> {
    let shown = path.display().to_string();
    let disk = |source| RoadsError::Disk { path: shown.clone(), source };
    let bytes = std::fs::metadata(path).map_err(disk)?.len();
    let elements = |before: u64, each: &mut dyn FnMut(Element<'_>)| -> Result<(), RoadsError> {
        let file = File::open(path).map_err(disk)?;
        let told = Told { file, done: before, all: 2 * bytes, progress };
        ElementReader::new(BufReader::new(told)).for_each(each).map_err(|error| {
            RoadsError::Unreadable { path: shown.clone(), reason: error.to_string() }
        })
    };
    let mut numbers: FxHashMap<i64, u32> = FxHashMap::default();
    let mut ways: Vec<Way> = Vec::new();
    elements(0, &mut |element| {
        let Element::Way(way) = element else { return };
        let Some(used) = use_of(way.tags()) else { return };
        let mut nodes = Vec::with_capacity(way.raw_refs().len());
        for node in way.refs() {
            let next = numbers.len() as u32;
            nodes.push(*numbers.entry(node).or_insert(next));
        }
        ways.push(Way { used, nodes });
    })?;
    if ways.is_empty() {
        return Err(RoadsError::NoRoads { path: shown });
    }
    let mut places = vec![None; numbers.len()];
    let mut closed = vec![Closed::default(); numbers.len()];
    let mut place = |node: i64, longitude: f64, latitude: f64| {
        let at = *numbers.get(&node)? as usize;
        let (east, north) = to_national_grid(longitude, latitude);
        places[at] = Some(Point { x: east / 1000.0, y: north / 1000.0 });
        Some(at)
    };
    elements(bytes, &mut |element| match element {
        Element::Node(node) => {
            if let Some(at) = place(node.id(), node.lon(), node.lat()) {
                closed[at] = closed_to(node.tags());
            }
        }
        Element::DenseNode(node) => {
            if let Some(at) = place(node.id(), node.lon(), node.lat()) {
                closed[at] = closed_to(node.tags());
            }
        }
        _ => {}
    })?;
    Ok(networks(&ways, &places, &closed))
}

/// The two networks of the ways.
fn networks(ways: &[Way], places: &[Option<Point>], closed: &[Closed]) -> Roads {
    let (mut walk, mut drive) = (Building::default(), Building::default());
    for way in ways {
        for pair in way.nodes.windows(2) {
            let (Some(from), Some(to)) = (places[pair[0] as usize], places[pair[1] as usize])
            else {
                continue;
            };
            let kilometres = libm::hypot(from.x - to.x, from.y - to.y);
            let link = |is_closed: fn(&Closed) -> bool| {
                let end = |node: u32, other: u32| {
                    (node, is_closed(&closed[node as usize]).then_some(other))
                };
                let there = ((end(pair[0], pair[1]), from), (end(pair[1], pair[0]), to));
                [there, (there.1, there.0)]
            };
            if let Some(speed) = way.used.walk {
                for way in link(|closed| closed.walk) {
                    walk.add(way, kilometres, speed);
                }
            }
            if let Some(speed) = way.used.drive {
                let [there, back] = link(|closed| closed.drive);
                if way.used.there {
                    drive.add(there, kilometres, speed);
                }
                if way.used.back {
                    drive.add(back, kilometres, speed);
                }
            }
        }
    }
    Roads {
        walk: walk.network(),
        drive: drive.network(),
        ways: ways.len(),
        missing_nodes: places.iter().filter(|place| place.is_none()).count(),
    }
}

/// The end of a link: its node and, where the node may not be passed, the node at the other end, so that it joins no other link.
type End = (u32, Option<u32>);

/// Links of one network, with numbers of their own for the ends that it uses.
#[derive(Default)]
struct Building {
    numbers: FxHashMap<End, u32>,
    places: Vec<Point>,
    links: Vec<Link>,
}

impl Building {
    fn add(&mut self, (from, to): ((End, Point), (End, Point)), kilometres: f64, speed: f64) {
        let time = (kilometres / speed * 60.0 * MINUTE).round() as u32;
        let link = Link { from: self.number(from), to: self.number(to), time };
        self.links.push(link);
    }

    fn number(&mut self, (end, place): (End, Point)) -> u32 {
        let next = self.places.len() as u32;
        let number = *self.numbers.entry(end).or_insert(next);
        if number == next {
            self.places.push(place);
        }
        number
    }

    fn network(self) -> Network {
        Network::new(self.places, &self.links).expect("links begin and end at numbered nodes")
    }
}

/// A file that tells how far it has been read.
struct Told<'a> {
    file: File,
    done: u64,
    all: u64,
    progress: &'a (dyn Fn(u64, u64) + Sync),
}

impl Read for Told<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.done += read as u64;
        (self.progress)(self.done, self.all);
        Ok(read)
    }
}

//! Quickest ways over a network of roads, from many places to many.
//!
//! Times are whole tenths of a second, so that sums are exact and the same on any machine and number of threads. From each
//! origin the network is searched outwards (Dijkstra) until the limit: what lies beyond is not looked at.
//!
//! Method: [`methods.md#ways-by-road`](../../../docs/book/methods.md#ways-by-road).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rayon::prelude::*;

use crate::access::{Point, journeys_within};

/// Tenths of a second of a minute.
pub const MINUTE: f64 = 600.0;

/// A stretch of road in one direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// The node at which it begins.
    pub from: u32,
    /// The node at which it ends.
    pub to: u32,
    /// Tenths of a second that it takes.
    pub time: u32,
}

/// Where somebody enters or leaves the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Door {
    /// The node.
    pub node: u32,
    /// Tenths of a second from the door to the node.
    pub time: u32,
}

/// A network of roads: the links of each node, one after the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    starts: Vec<u32>,
    ends: Vec<(u32, u32)>,
    /// Where the nodes stand, in kilometres.
    places: Vec<Point>,
    /// Whether a node can be reached from most others.
    is_joined: Vec<bool>,
}

impl Network {
    /// A network over nodes that stand at places (kilometres); nothing where a link begins or ends at a node that is not there.
    #[must_use]
    pub fn new(places: Vec<Point>, links: &[Link]) -> Option<Self> {
        let nodes = places.len();
        let inside = |node: u32| (node as usize) < nodes;
        if !links.iter().all(|link| inside(link.from) && inside(link.to)) {
            return None;
        }
        let mut starts = vec![0_u32; nodes + 1];
        for link in links {
            starts[link.from as usize + 1] += 1;
        }
        for node in 0..nodes {
            starts[node + 1] += starts[node];
        }
        let mut next = starts.clone();
        let mut ends = vec![(0, 0); links.len()];
        for link in links {
            let at = &mut next[link.from as usize];
            ends[*at as usize] = (link.to, link.time);
            *at += 1;
        }
        let is_joined = joined(nodes, links);
        Some(Self { starts, ends, places, is_joined })
    }

    /// Nodes of the network.
    #[must_use]
    pub fn nodes(&self) -> usize {
        self.places.len()
    }

    /// The nearest joined node to each point, entered at a speed (kilometres an hour); nothing where none is within the
    /// distance (kilometres).
    #[must_use]
    pub fn doors(&self, points: &[Point], speed: f64, within: f64) -> Vec<Option<Door>> {
        let nodes: Vec<u32> =
            (0..self.nodes() as u32).filter(|node| self.is_joined[*node as usize]).collect();
        let places: Vec<Point> = nodes.iter().map(|node| self.places[*node as usize]).collect();
        let mut doors = vec![None; points.len()];
        let mut radius = within / 16.0;
        while radius <= within {
            let open: Vec<usize> = (0..points.len()).filter(|at| doors[*at].is_none()).collect();
            let origins: Vec<Point> = open.iter().map(|at| points[*at]).collect();
            let near = journeys_within(&origins, &places, radius, |distance| distance);
            for (row, at) in open.into_iter().enumerate() {
                let nearest = near.from(row).min_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
                doors[at] = nearest.map(|(place, kilometres)| Door {
                    node: nodes[place],
                    time: (kilometres / speed * 60.0 * MINUTE).round() as u32,
                });
            }
            radius *= 2.0;
        }
        doors
    }

    /// Tenths of a second from each origin to each door within the limit, in the order of the doors; `progress` is told
    /// whenever an origin is done.
    #[must_use]
    pub fn times(
        &self,
        origins: &[Door],
        doors: &[Door],
        limit: u32,
        progress: &(dyn Fn() + Sync),
    ) -> Vec<Vec<(usize, u32)>> {
        let from = |search: &mut Search, origin: &Door| {
            search.from(self, *origin, limit);
            progress();
            let reached = doors.iter().enumerate().filter_map(|(number, door)| {
                let time = search.times[door.node as usize].saturating_add(door.time);
                (time <= limit).then_some((number, time))
            });
            reached.collect()
        };
        origins.par_iter().map_init(|| Search::over(self.nodes()), from).collect()
    }
}

/// The times of one origin; its memory serves the next one too.
struct Search {
    times: Vec<u32>,
    seen: Vec<u32>,
    open: BinaryHeap<Reverse<(u32, u32)>>,
}

impl Search {
    fn over(nodes: usize) -> Self {
        Self { times: vec![u32::MAX; nodes], seen: Vec::new(), open: BinaryHeap::new() }
    }

    fn from(&mut self, network: &Network, origin: Door, limit: u32) {
        for node in self.seen.drain(..) {
            self.times[node as usize] = u32::MAX;
        }
        self.reach(origin.node, origin.time, limit);
        while let Some(Reverse((time, node))) = self.open.pop() {
            if time > self.times[node as usize] {
                continue;
            }
            let links = network.starts[node as usize]..network.starts[node as usize + 1];
            for at in links {
                let (to, takes) = network.ends[at as usize];
                self.reach(to, time.saturating_add(takes), limit);
            }
        }
    }

    fn reach(&mut self, node: u32, time: u32, limit: u32) {
        let known = &mut self.times[node as usize];
        if time > limit || time >= *known {
            return;
        }
        if *known == u32::MAX {
            self.seen.push(node);
        }
        *known = time;
        self.open.push(Reverse((time, node)));
    }
}

/// Which nodes belong to a part of the network that is at least a hundredth of its largest part: a car park that the map
/// does not join to any road is no place to set out from.
fn joined(nodes: usize, links: &[Link]) -> Vec<bool> {
    let mut parents: Vec<u32> = (0..nodes as u32).collect();
    for link in links {
        let (from, to) = (root(&mut parents, link.from), root(&mut parents, link.to));
        parents[from.max(to) as usize] = from.min(to);
    }
    let mut sizes = vec![0_u32; nodes];
    let roots: Vec<u32> = (0..nodes as u32).map(|node| root(&mut parents, node)).collect();
    for root in &roots {
        sizes[*root as usize] += 1;
    }
    let largest = sizes.iter().copied().max().unwrap_or(0);
    roots.iter().map(|root| sizes[*root as usize] >= largest.div_ceil(100).max(2)).collect()
}

fn root(parents: &mut [u32], mut node: u32) -> u32 {
    while parents[node as usize] != node {
        parents[node as usize] = parents[parents[node as usize] as usize];
        node = parents[node as usize];
    }
    node
}

#[cfg(test)]
mod tests {
    use super::*;
    use stats::random::{Key, Stream};

    fn line(count: u32) -> Network {
        let places = (0..count).map(|at| Point { x: f64::from(at), y: 0.0 }).collect();
        let there = (1..count).map(|to| Link { from: to - 1, to, time: 600 });
        let back = (1..count).map(|to| Link { from: to, to: to - 1, time: 600 });
        Network::new(places, &there.chain(back).collect::<Vec<_>>()).expect("a network")
    }

    fn door(node: u32) -> Door {
        Door { node, time: 0 }
    }

    /// Every pair by the textbook: as many rounds as there are nodes.
    fn by_rounds(nodes: usize, links: &[Link], from: u32) -> Vec<u32> {
        let mut times = vec![u32::MAX; nodes];
        times[from as usize] = 0;
        for _ in 0..nodes {
            for link in links {
                let time = times[link.from as usize].saturating_add(link.time);
                times[link.to as usize] = times[link.to as usize].min(time);
            }
        }
        times
    }

    #[test]
    fn the_quickest_way_is_that_of_the_textbook() {
        let mut draws = Stream::new(Key { seed: 7, decision: 0, unit: 0, time: 0 });
        let mut draw = |most: f64| (draws.uniform() * most) as u32;
        let nodes = 60;
        let links: Vec<Link> = (0..200)
            .map(|_| Link { from: draw(60.0), to: draw(60.0), time: 1 + draw(500.0) })
            .collect();
        let places = vec![Point { x: 0.0, y: 0.0 }; nodes];
        let network = Network::new(places, &links).expect("a network");
        let doors: Vec<Door> = (0..nodes as u32).map(door).collect();
        let found = network.times(&doors, &doors, u32::MAX - 1, &|| {});
        for (from, reached) in found.iter().enumerate() {
            let wanted = by_rounds(nodes, &links, from as u32);
            let wanted: Vec<(usize, u32)> =
                wanted.into_iter().enumerate().filter(|(_, time)| *time < u32::MAX).collect();
            assert_eq!(*reached, wanted, "from {from}");
        }
    }

    #[test]
    fn what_lies_beyond_the_limit_is_left_out() {
        let found = line(10).times(&[door(0)], &[door(3), door(4)], 1800, &|| {});
        assert_eq!(found, [[(0, 1800)]]);
    }

    #[test]
    fn a_quicker_road_never_makes_a_way_longer() {
        let network = line(10);
        let mut links: Vec<Link> = (1..10).map(|to| Link { from: to - 1, to, time: 600 }).collect();
        links.push(Link { from: 0, to: 5, time: 100 });
        let quicker = Network::new(network.places.clone(), &links).expect("a network");
        let all: Vec<Door> = (0..10).map(door).collect();
        let before = network.times(&[door(0)], &all, 60_000, &|| {});
        let after = quicker.times(&[door(0)], &all, 60_000, &|| {});
        assert!(before[0].iter().zip(&after[0]).all(|(before, after)| after.1 <= before.1));
        assert_eq!(after[0][9], (9, 100 + 4 * 600));
    }

    #[test]
    fn nobody_sets_out_from_a_road_that_leads_nowhere() {
        let mut places: Vec<Point> = (0..5).map(|at| Point { x: f64::from(at), y: 0.0 }).collect();
        places.push(Point { x: 2.0, y: 0.1 });
        let links: Vec<Link> = (1..5).map(|to| Link { from: to - 1, to, time: 600 }).collect();
        let network = Network::new(places, &links).expect("a network");
        let doors = network.doors(&[Point { x: 2.0, y: 0.2 }, Point { x: 90.0, y: 0.0 }], 6.0, 4.0);
        // 200 metres at 6 km/h are two minutes.
        assert_eq!(doors, [Some(Door { node: 2, time: 1200 }), None]);
    }

    #[test]
    fn a_link_to_nowhere_is_refused() {
        let links = [Link { from: 0, to: 7, time: 1 }];
        assert_eq!(Network::new(vec![Point { x: 0.0, y: 0.0 }], &links), None);
    }
}

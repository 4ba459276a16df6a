//! Rings made light enough for a page: corners closer than a fraction of a pixel to the line are left out.

use std::fmt::Write as _;

use crate::svg::fixed;

/// Douglas and Peucker's line simplification of a closed ring; fewer than four points are kept as they are.
pub(crate) fn simplified(ring: &[(f64, f64)], tolerance: f64) -> Vec<(f64, f64)> {
    if ring.len() < 4 {
        return ring.to_vec();
    }
    let mut keep = vec![false; ring.len()];
    let last = ring.len() - 1;
    let far = farthest_from_start(ring);
    for corner in [0, far, last] {
        if let Some(kept) = keep.get_mut(corner) {
            *kept = true;
        }
    }
    let mut stretches = vec![(0, far), (far, last)];
    while let Some((from, to)) = stretches.pop() {
        let Some((corner, distance)) = farthest_from_line(ring, from, to) else { continue };
        if distance > tolerance {
            if let Some(kept) = keep.get_mut(corner) {
                *kept = true;
            }
            stretches.push((from, corner));
            stretches.push((corner, to));
        }
    }
    ring.iter().zip(keep).filter_map(|(&point, kept)| kept.then_some(point)).collect()
}

/// The corner farthest from the first.
fn farthest_from_start(ring: &[(f64, f64)]) -> usize {
    let start = ring.first().copied().unwrap_or_default();
    let distance = |point: &(f64, f64)| libm::hypot(point.0 - start.0, point.1 - start.1);
    let corners = ring.iter().enumerate();
    corners.max_by(|a, b| distance(a.1).total_cmp(&distance(b.1))).map_or(0, |(index, _)| index)
}

/// The corner between two others that lies farthest from the line through them, with its distance.
fn farthest_from_line(ring: &[(f64, f64)], from: usize, to: usize) -> Option<(usize, f64)> {
    let (start, end) = (*ring.get(from)?, *ring.get(to)?);
    let (dx, dy) = (end.0 - start.0, end.1 - start.1);
    let length = libm::hypot(dx, dy);
    let distance = |point: (f64, f64)| {
        let (px, py) = (point.0 - start.0, point.1 - start.1);
        if length > 0.0 { (dx * py - dy * px).abs() / length } else { libm::hypot(px, py) }
    };
    let between = ring.iter().enumerate().take(to).skip(from + 1);
    between.map(|(index, &point)| (index, distance(point))).max_by(|a, b| a.1.total_cmp(&b.1))
}

/// Path data of rings, each closed; a ring that shrank to fewer than three corners is left out.
pub(crate) fn path_data(rings: &[Vec<(f64, f64)>], tolerance: f64) -> String {
    let mut data = String::new();
    for ring in rings {
        let ring = simplified(ring, tolerance);
        if ring.len() < 3 {
            continue;
        }
        for (index, (x, y)) in ring.iter().enumerate() {
            let (x, y) = (libm::round(x * 10.0) / 10.0, libm::round(y * 10.0) / 10.0);
            let _ = write!(data, "{}{} {}", if index == 0 { "M" } else { "L" }, fixed(x), fixed(y));
        }
        data.push('Z');
    }
    data
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_on_the_line_are_left_out_and_real_corners_stay() {
        let ring = [(0.0, 0.0), (5.0, 0.01), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (0.0, 0.0)];
        let light = simplified(&ring, 0.3);
        assert_eq!(light, [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (0.0, 0.0)]);
    }

    #[test]
    fn a_ring_of_one_point_draws_nothing() {
        assert_eq!(path_data(&[vec![(1.0, 1.0); 5]], 0.3), "");
    }
}

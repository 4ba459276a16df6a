//! Cutting a set of places into neighbouring groups of about equal weight: networks, wards, middle-layer areas.

use stats::random::Stream;

/// A place with what it weighs.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    pub x: f64,
    pub y: f64,
    pub weight: f64,
}

/// Gives every place the number of its group, 0 to `groups` − 1.
///
/// Cut after cut across the longer side, so that every group is one stretch of land. `unevenness` moves each cut by
/// up to that share of the weight.
pub fn partition(
    places: &[Place],
    groups: usize,
    unevenness: f64,
    stream: &mut Stream,
) -> Vec<usize> {
    let mut answer = vec![0; places.len()];
    let mut members: Vec<usize> = (0..places.len()).collect();
    let mut next = 0;
    let groups = groups.clamp(1, places.len().max(1));
    cut(places, &mut members, groups, unevenness, stream, &mut next, &mut answer);
    answer
}

#[expect(
    clippy::too_many_arguments,
    reason = "one recursion whose state would only be renamed by a struct"
)]
fn cut(
    places: &[Place],
    members: &mut [usize],
    groups: usize,
    unevenness: f64,
    stream: &mut Stream,
    next: &mut usize,
    answer: &mut [usize],
) {
    if groups <= 1 || members.len() <= 1 {
        for member in members.iter() {
            answer[*member] = *next;
        }
        *next += 1;
        return;
    }
    sort_along_longer_side(places, members);
    let low_groups = groups / 2;
    let tilt = 1.0 + unevenness * (2.0 * stream.uniform() - 1.0);
    let share = (low_groups as f64 / groups as f64 * tilt).clamp(0.02, 0.98);
    let total: f64 = members.iter().map(|member| places[*member].weight).sum();
    let mut sum = 0.0;
    let split = members
        .iter()
        .position(|member| {
            sum += places[*member].weight;
            sum - places[*member].weight / 2.0 > share * total
        })
        .unwrap_or(members.len());
    let split = split.clamp(low_groups, members.len() - (groups - low_groups));
    let (low, high) = members.split_at_mut(split);
    cut(places, low, low_groups, unevenness, stream, next, answer);
    cut(places, high, groups - low_groups, unevenness, stream, next, answer);
}

fn sort_along_longer_side(places: &[Place], members: &mut [usize]) {
    let extent = |of: fn(&Place) -> f64| {
        let values = members.iter().map(|member| of(&places[*member]));
        let (low, high) = values.fold((f64::MAX, f64::MIN), |(l, h), v| (l.min(v), h.max(v)));
        high - low
    };
    let along: fn(&Place) -> f64 =
        if extent(|place| place.x) >= extent(|place| place.y) { |p| p.x } else { |p| p.y };
    members.sort_by(|a, b| along(&places[*a]).total_cmp(&along(&places[*b])).then(a.cmp(b)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::{Decision, draw};

    #[test]
    fn every_group_has_members_and_about_its_share() {
        let places: Vec<Place> = (0..100)
            .map(|i| Place { x: f64::from(i % 10), y: f64::from(i / 10), weight: 1.0 })
            .collect();
        let groups = partition(&places, 7, 0.0, &mut draw(1, Decision::Partition, 0, 0));
        for group in 0..7 {
            let size = groups.iter().filter(|g| **g == group).count();
            assert!((10..=19).contains(&size), "group {group} has {size}");
        }
    }
}

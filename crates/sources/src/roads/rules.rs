//! Who may use a way, which way round, and how fast.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// Speeds of kinds of road, as the file holds them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    #[expect(dead_code, reason = "for readers of the file")]
    description: String,
    #[expect(dead_code, reason = "for readers of the file")]
    unit: String,
    #[expect(dead_code, reason = "for readers of the file")]
    review: toml::Table,
    #[expect(dead_code, reason = "for readers of the file")]
    source: toml::Table,
    /// Kilometres an hour by car, by kind of road.
    pub drive: BTreeMap<String, f64>,
    walk: Walk,
    /// The way to the nearest road.
    pub doors: Doors,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Walk {
    speed: f64,
    kinds: Vec<String>,
}

/// The way from a point to the nearest road.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Doors {
    /// Kilometres an hour on foot.
    pub walk: f64,
    /// Kilometres an hour by car.
    pub drive: f64,
    /// Kilometres beyond which a point is off the road.
    pub within_km: f64,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let file = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../parameters/roads.toml"));
    toml::from_str(file).expect("the file inside the program can be read because a test reads it")
});

/// The rules that come with the program.
#[must_use]
pub fn rules() -> &'static Rules {
    &RULES
}

/// What a way may be used for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Use {
    /// Kilometres an hour on foot.
    pub walk: Option<f64>,
    /// Kilometres an hour by car.
    pub drive: Option<f64>,
    /// Whether cars may go the way it is drawn.
    pub there: bool,
    /// Whether cars may go the other way.
    pub back: bool,
}

/// The use of a way with these tags; nothing where it is no road, or nobody may use it.
pub(super) fn use_of<'a>(tags: impl Iterator<Item = (&'a str, &'a str)>) -> Option<Use> {
    let tags: BTreeMap<&str, &str> = tags.collect();
    let of = |key: &str| tags.get(key).copied().unwrap_or("");
    let kind = of("highway");
    let rules = rules();
    let is_motor_road = of("motorroad") == "yes";
    let walks = rules.walk.kinds.iter().any(|one| one == kind) && !is_motor_road;
    let walk = (walks && is_open(of("foot"), of("access"))).then_some(rules.walk.speed);
    let drive = rules.drive.get(kind).copied().filter(|_| is_open(of_cars(of), of("access")));
    let round = ["roundabout", "circular"].contains(&of("junction"));
    let one_way = [of("oneway:motor_vehicle"), of("oneway")];
    let (there, back) = match one_way.into_iter().find(|one| !one.is_empty()).unwrap_or("") {
        "reversible" => (false, false),
        "yes" | "true" | "1" => (true, false),
        "-1" | "reverse" => (false, true),
        "no" | "false" | "0" => (true, true),
        _ => (true, !(round || kind == "motorway")),
    };
    (walk.is_some() || drive.is_some()).then_some(Use { walk, drive, there, back })
}

/// Who may not pass a point of a road.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Closed {
    /// Nobody on foot.
    pub walk: bool,
    /// No car.
    pub drive: bool,
}

/// What stands on a road and lets cars through unless more is said: everything else (bollards, blocks, planters) stops them.
const PASSED_BY_CARS: [&str; 12] = [
    "",
    "no",
    "gate",
    "lift_gate",
    "swing_gate",
    "cattle_grid",
    "toll_booth",
    "border_control",
    "entrance",
    "height_restrictor",
    "arch",
    "kerb",
];

/// Who may not pass a point with these tags: a bollard stops cars and not people on foot, a locked or private gate both, unless it is
/// said that they may.
pub(super) fn closed_to<'a>(tags: impl Iterator<Item = (&'a str, &'a str)>) -> Closed {
    let tags: BTreeMap<&str, &str> = tags.collect();
    let of = |key: &str| tags.get(key).copied().unwrap_or("");
    let stops_cars = !PASSED_BY_CARS.contains(&of("barrier"));
    let locked = of("locked") == "yes";
    let said = |own: &str| !own.is_empty() || !of("access").is_empty();
    let (cars, feet) = (of_cars(of), of("foot"));
    if of("barrier").is_empty() {
        return Closed { walk: false, drive: !is_open(cars, "") };
    }
    Closed {
        walk: !is_open(feet, of("access")) || locked && feet.is_empty(),
        drive: !is_open(cars, of("access")) || (stops_cars || locked) && !said(cars),
    }
}

/// What is said of cars, the narrowest first.
fn of_cars<'a>(of: impl Fn(&str) -> &'a str) -> &'a str {
    let by_car = ["motorcar", "motor_vehicle", "vehicle"].map(of);
    by_car.into_iter().find(|value| !value.is_empty()).unwrap_or("")
}

/// Whether people may pass, by what is said of them, or of everybody where nothing is.
fn is_open(own: &str, everybody: &str) -> bool {
    const CLOSED: [&str; 10] = [
        "no",
        "private",
        "use_sidepath",
        "agricultural",
        "forestry",
        "psv",
        "bus",
        "emergency",
        "military",
        "permit",
    ];
    !CLOSED.contains(&if own.is_empty() { everybody } else { own })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(tags: &[(&'static str, &'static str)]) -> Option<Use> {
        use_of(tags.iter().copied())
    }

    #[test]
    fn a_street_is_open_to_all_both_ways() {
        let street = of(&[("highway", "residential")]).expect("a street");
        assert_eq!(street, Use { walk: Some(4.8), drive: Some(22.0), there: true, back: true });
    }

    #[test]
    fn a_motorway_is_one_way_and_nobody_walks_there() {
        let motorway = of(&[("highway", "motorway")]).expect("a motorway");
        assert_eq!((motorway.walk, motorway.there, motorway.back), (None, true, false));
    }

    #[test]
    fn a_private_drive_is_closed_unless_people_on_foot_may_pass() {
        assert_eq!(of(&[("highway", "service"), ("access", "private")]), None);
        let path = [("highway", "service"), ("access", "private"), ("foot", "yes")];
        let path = of(&path).expect("a path");
        assert_eq!((path.walk.is_some(), path.drive.is_some()), (true, false));
    }

    #[test]
    fn a_street_against_its_drawing_is_open_the_other_way() {
        let street = of(&[("highway", "primary"), ("oneway", "-1")]).expect("a street");
        assert_eq!((street.there, street.back), (false, true));
    }

    #[test]
    fn a_lane_of_buses_is_closed_to_cars_and_a_reversible_road_both_ways() {
        let lane = of(&[("highway", "primary"), ("motor_vehicle", "psv")]).expect("a lane");
        assert_eq!((lane.walk.is_some(), lane.drive), (true, None));
        let street = of(&[("highway", "primary"), ("oneway", "reversible")]).expect("a street");
        assert_eq!((street.there, street.back), (false, false));
    }

    #[test]
    fn what_stands_on_a_road_stops_those_whom_it_stops() {
        let closed = |tags: &[(&'static str, &'static str)]| {
            let closed = closed_to(tags.iter().copied());
            (closed.walk, closed.drive)
        };
        assert_eq!(closed(&[]), (false, false));
        assert_eq!(closed(&[("highway", "traffic_signals")]), (false, false));
        assert_eq!(closed(&[("entrance", "yes"), ("access", "private")]), (false, false));
        assert_eq!(closed(&[("traffic_sign", "yes"), ("motor_vehicle", "no")]), (false, true));
        for barrier in ["bollard", "block", "planter", "cycle_barrier", "bus_trap", "stile"] {
            assert_eq!(closed(&[("barrier", barrier)]), (false, true), "{barrier}");
        }
        assert_eq!(closed(&[("barrier", "bollard"), ("motor_vehicle", "yes")]), (false, false));
        assert_eq!(closed(&[("barrier", "bollard"), ("foot", "no")]), (true, true));
        assert_eq!(closed(&[("barrier", "gate")]), (false, false));
        assert_eq!(closed(&[("barrier", "gate"), ("locked", "yes")]), (true, true));
        assert_eq!(closed(&[("barrier", "gate"), ("access", "private")]), (true, true));
        let for_walkers = [("barrier", "gate"), ("access", "private"), ("foot", "yes")];
        assert_eq!(closed(&for_walkers), (false, true));
        assert_eq!(closed(&[("barrier", "gate"), ("motor_vehicle", "no")]), (false, true));
    }

    #[test]
    fn a_river_is_no_road() {
        assert_eq!(of(&[("waterway", "river")]), None);
    }
}

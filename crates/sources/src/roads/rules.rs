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
    let by_car = ["motorcar", "motor_vehicle", "vehicle"].map(of);
    let said = by_car.into_iter().find(|value| !value.is_empty()).unwrap_or("");
    let drive = rules.drive.get(kind).copied().filter(|_| is_open(said, of("access")));
    let round = ["roundabout", "circular"].contains(&of("junction"));
    let (there, back) = match of("oneway") {
        "yes" | "true" | "1" => (true, false),
        "-1" | "reverse" => (false, true),
        "no" | "false" | "0" => (true, true),
        _ => (true, !(round || kind == "motorway")),
    };
    (walk.is_some() || drive.is_some()).then_some(Use { walk, drive, there, back })
}

/// Whether people may pass, by what is said of them, or of everybody where nothing is.
fn is_open(own: &str, everybody: &str) -> bool {
    let said = if own.is_empty() { everybody } else { own };
    !["no", "private", "use_sidepath", "agricultural", "forestry"].contains(&said)
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
    fn a_river_is_no_road() {
        assert_eq!(of(&[("waterway", "river")]), None);
    }
}

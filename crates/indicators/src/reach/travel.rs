//! How long a journey takes: a stated speed for each mode, or an imported time.
//!
//! Speeds, detours and fixed minutes stand with their sources in `parameters/travel.toml`; readers see them on the
//! page. They are planning values: no road, timetable or traffic is behind them. Times imported as a table
//! (`travel`) replace them, area by area and mode by mode.

use std::sync::LazyLock;

use serde::Deserialize;
use space::access::Decay;

/// How people travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// On foot.
    Walk,
    /// On foot or by bus, whichever is quicker.
    WalkOrBus,
    /// By car.
    Drive,
}

/// Who travels, as far as it changes their pace on foot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// Adults at large.
    Adult,
    /// People of 75 and over.
    Older,
    /// People with frailty.
    Frail,
}

/// How densely people live around a place, which decides the speed of a car.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Setting {
    /// Towns and cities.
    Urban,
    /// Their edges, and small towns.
    Suburban,
    /// The country.
    Rural,
}

/// The parameters of travel, as the file holds them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Travel {
    /// What they are for.
    pub description: String,
    #[expect(dead_code, reason = "for readers of the file")]
    review: toml::Table,
    walk: Walk,
    bus: Bus,
    drive: Drive,
    pub(super) setting: Settings,
    standard: Standard,
    catchment: CatchmentZones,
    frailty: Frailty,
}

/// Where a parameter comes from.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    kind: String,
    reference: String,
    #[expect(dead_code, reason = "for readers of the file")]
    on: toml::value::Datetime,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Walk {
    detour: f64,
    speed: f64,
    speed_from_75: f64,
    speed_frail: f64,
    unit: String,
    source: Source,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Bus {
    detour: f64,
    speed: f64,
    fixed_minutes: f64,
    unit: String,
    source: Source,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Drive {
    detour: f64,
    speed_urban: f64,
    speed_suburban: f64,
    speed_rural: f64,
    fixed_minutes: f64,
    unit: String,
    source: Source,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Settings {
    pub radius_km: f64,
    urban_from: usize,
    suburban_from: usize,
    unit: String,
    source: Source,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Standard {
    walk: f64,
    walk_or_bus: f64,
    drive: f64,
    unit: String,
    source: Source,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct CatchmentZones {
    method: String,
    zones: Vec<(f64, f64)>,
    unit: String,
    source: Source,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Frailty {
    from_age: Vec<f64>,
    share: Vec<f64>,
    unit: String,
    source: Source,
}

static TRAVEL: LazyLock<Travel> = LazyLock::new(|| {
    toml::from_str(include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../parameters/travel.toml"
    )))
    .expect("the file inside the program can be read because a test reads it")
});

/// A parameter in words for a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Assumption {
    /// What it is about.
    pub about: &'static str,
    /// Its values.
    pub values: String,
    /// What they are.
    pub unit: &'static str,
    /// `published` or `assumption`.
    pub kind: &'static str,
    /// Where they come from.
    pub reference: &'static str,
}

impl Travel {
    /// The parameters that come with the program.
    #[must_use]
    pub fn stated() -> &'static Self {
        &TRAVEL
    }

    /// Minutes one way for a straight distance in kilometres.
    #[must_use]
    pub fn minutes(&self, mode: Mode, pace: Pace, setting: Setting, kilometres: f64) -> f64 {
        match mode {
            Mode::Walk => self.on_foot(pace, kilometres),
            Mode::WalkOrBus => {
                let aboard = kilometres * self.bus.detour / self.bus.speed * 60.0;
                self.on_foot(pace, kilometres).min(aboard + self.bus.fixed_minutes)
            }
            Mode::Drive => {
                let speed = self.car_speed(setting);
                kilometres * self.drive.detour / speed * 60.0 + self.drive.fixed_minutes
            }
        }
    }

    /// Minutes of a journey that no distance explains, where its road is known: those to park.
    pub(super) const fn minutes_to_park(&self, mode: Mode) -> f64 {
        match mode {
            Mode::Walk | Mode::WalkOrBus => 0.0,
            Mode::Drive => self.drive.fixed_minutes,
        }
    }

    fn on_foot(&self, pace: Pace, kilometres: f64) -> f64 {
        let speed = match pace {
            Pace::Adult => self.walk.speed,
            Pace::Older => self.walk.speed_from_75,
            Pace::Frail => self.walk.speed_frail,
        };
        kilometres * self.walk.detour / speed * 60.0
    }

    const fn car_speed(&self, setting: Setting) -> f64 {
        match setting {
            Setting::Urban => self.drive.speed_urban,
            Setting::Suburban => self.drive.speed_suburban,
            Setting::Rural => self.drive.speed_rural,
        }
    }

    /// The straight distance in kilometres beyond which nobody arrives within so many minutes.
    pub(super) fn farthest(&self, mode: Mode, setting: Setting, minutes: f64) -> f64 {
        let on_foot = minutes / 60.0 * self.walk.speed / self.walk.detour;
        match mode {
            Mode::Walk => on_foot,
            Mode::WalkOrBus => {
                let aboard = (minutes - self.bus.fixed_minutes).max(0.0) / 60.0;
                on_foot.max(aboard * self.bus.speed / self.bus.detour)
            }
            Mode::Drive => {
                let moving = (minutes - self.drive.fixed_minutes).max(0.0) / 60.0;
                moving * self.car_speed(setting) / self.drive.detour
            }
        }
    }

    /// The setting of a place with so many small areas around it.
    pub(super) const fn setting_of(&self, areas_around: usize) -> Setting {
        if areas_around >= self.setting.urban_from {
            Setting::Urban
        } else if areas_around >= self.setting.suburban_from {
            Setting::Suburban
        } else {
            Setting::Rural
        }
    }

    /// Minutes that count as within reach.
    #[must_use]
    pub const fn standard(&self, mode: Mode) -> f64 {
        match mode {
            Mode::Walk => self.standard.walk,
            Mode::WalkOrBus => self.standard.walk_or_bus,
            Mode::Drive => self.standard.drive,
        }
    }

    /// How much less a site counts the farther away it is by car.
    pub(super) fn decay(&self) -> Decay {
        Decay::Steps(self.catchment.zones.clone())
    }

    /// The share of people of an age who live with moderate or severe frailty.
    pub(super) fn frail_share(&self, age: f64) -> f64 {
        let band = self.frailty.from_age.iter().rposition(|from| age >= *from);
        band.and_then(|band| self.frailty.share.get(band)).copied().unwrap_or(0.0)
    }

    /// Every parameter in words.
    #[must_use]
    pub fn assumptions(&'static self) -> Vec<Assumption> {
        let of = |about, values, unit: &'static str, source: &'static Source| Assumption {
            about,
            values,
            unit,
            kind: &source.kind,
            reference: &source.reference,
        };
        let Self { walk, bus, drive, setting, standard, catchment, frailty, .. } = self;
        let walking = format!(
            "{}; {} from 75, {} with frailty; detour {}",
            walk.speed, walk.speed_from_75, walk.speed_frail, walk.detour
        );
        let boarding =
            format!("{}; {} minutes; detour {}", bus.speed, bus.fixed_minutes, bus.detour);
        let driving = format!(
            "{} in towns, {} at their edges, {} in the country; {} minutes; detour {}",
            drive.speed_urban,
            drive.speed_suburban,
            drive.speed_rural,
            drive.fixed_minutes,
            drive.detour
        );
        let density = format!(
            "town from {}, edge from {}, within {} km",
            setting.urban_from, setting.suburban_from, setting.radius_km
        );
        let limits = format!(
            "{} on foot, {} on foot or by bus, {} by car",
            standard.walk, standard.walk_or_bus, standard.drive
        );
        let zones: Vec<String> =
            catchment.zones.iter().map(|(limit, weight)| format!("to {limit}: {weight}")).collect();
        let zones = format!("{}, {}", catchment.method, zones.join(", "));
        let ages: Vec<String> = frailty
            .from_age
            .iter()
            .zip(&frailty.share)
            .map(|(age, share)| format!("from {age}: {share}"))
            .collect();
        vec![
            of("Walking", walking, &walk.unit, &walk.source),
            of("Bus", boarding, &bus.unit, &bus.source),
            of("Car", driving, &drive.unit, &drive.source),
            of("Town or country", density, &setting.unit, &setting.source),
            of("Within reach", limits, &standard.unit, &standard.source),
            of("Supply in reach", zones, &catchment.unit, &catchment.source),
            of("Complex needs (stand-in)", ages.join(", "), &frailty.unit, &frailty.source),
        ]
    }
}

impl Mode {
    /// All modes.
    pub const ALL: [Self; 3] = [Self::Walk, Self::WalkOrBus, Self::Drive];

    /// Its word in tables and addresses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Walk => "walk",
            Self::WalkOrBus => "walk_or_bus",
            Self::Drive => "drive",
        }
    }

    /// The mode of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.as_str() == word)
    }

    /// As it stands in a sentence: `on foot`.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Walk => "on foot",
            Self::WalkOrBus => "on foot or by bus",
            Self::Drive => "by car",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minutes(mode: Mode, pace: Pace, kilometres: f64) -> f64 {
        Travel::stated().minutes(mode, pace, Setting::Urban, kilometres)
    }

    #[test]
    fn a_kilometre_takes_what_the_stated_speeds_say() {
        assert!((minutes(Mode::Walk, Pace::Adult, 1.0) - 1.3 / 4.8 * 60.0).abs() < 1e-12);
        assert!((minutes(Mode::Drive, Pace::Adult, 1.0) - (3.0 + 1.3 / 25.0 * 60.0)).abs() < 1e-12);
    }

    #[test]
    fn nobody_waits_for_a_bus_that_walking_beats() {
        assert!(
            (minutes(Mode::WalkOrBus, Pace::Adult, 0.2) - minutes(Mode::Walk, Pace::Adult, 0.2))
                .abs()
                < 1e-12
        );
        assert!(minutes(Mode::WalkOrBus, Pace::Frail, 2.0) < minutes(Mode::Walk, Pace::Frail, 2.0));
    }

    #[test]
    fn nobody_beyond_the_farthest_distance_arrives_in_time() {
        let travel = Travel::stated();
        for mode in Mode::ALL {
            for setting in [Setting::Urban, Setting::Suburban, Setting::Rural] {
                let beyond = travel.farthest(mode, setting, 20.0) + 0.01;
                assert!(travel.minutes(mode, Pace::Adult, setting, beyond) > 20.0, "{mode:?}");
            }
        }
    }

    #[test]
    fn every_parameter_has_its_source() {
        for assumption in Travel::stated().assumptions() {
            assert!(matches!(assumption.kind, "published" | "assumption"), "{assumption:?}");
            assert!(!assumption.reference.is_empty() && !assumption.unit.is_empty());
        }
    }
}

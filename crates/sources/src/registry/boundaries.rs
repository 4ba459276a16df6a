//! Outlines of small areas, local authorities and integrated care boards, as GeoJSON.
//!
//! Longitude and latitude in degrees (WGS 84), generalised for drawing: an outline says what a map should show, not on
//! which side of a street a border runs.

use evidence::tables;
use serde_json::Value;
use vocab::Period;

use crate::input::Input;
use crate::intake::Intake;
use crate::problem::Problem;
use crate::read_error::ReadError;
use crate::registry::lookups::{Part, parse_name};
use crate::sample::{Format, Match, Sample};
use crate::source::Source;

/// Outlines.
pub static SOURCE: Source = Source {
    id: "boundaries",
    title: "Boundaries of small areas, local authorities and integrated care boards",
    publisher: "Office for National Statistics",
    landing_page: "https://geoportal.statistics.gov.uk/search?q=boundaries%20generalised",
    cadence: "yearly",
    about: "Outlines for maps, generalised. Contains Ordnance Survey data © Crown copyright and database right.",
    writes: &[&tables::BOUNDARY],
    recognise,
    read,
};

const KINDS: [&str; 3] = ["lsoa21", "local_authority", "icb"];

fn recognise(sample: &Sample) -> Option<Match> {
    let names = sample.rows.first().filter(|_| sample.format == Format::GeoJson)?;
    kind_of(names.iter().map(String::as_str))?;
    Some(Match { header_row: None, era: "" })
}

/// The kind of area, its vintage and the names of the properties that hold its code and its name.
fn kind_of<'a>(
    names: impl Iterator<Item = &'a str> + Clone,
) -> Option<(&'static str, i16, &'a str, Option<&'a str>)> {
    let (kind, year, code) = names.clone().find_map(|name| {
        let column = parse_name(name).filter(|column| column.part == Part::Code)?;
        let kind = KINDS.into_iter().find(|kind| *kind == column.kind)?;
        Some((kind, column.year, name))
    })?;
    let is_name =
        |name: &&str| parse_name(name).is_some_and(|c| c.kind == kind && c.part == Part::Name);
    let mut names = names;
    Some((kind, year, code, names.find(is_name)))
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let keys: Vec<String> = input
        .features()
        .first()
        .and_then(|feature| feature.get("properties")?.as_object())
        .map(|properties| properties.keys().cloned().collect())
        .unwrap_or_default();
    let Some((kind, year, code, name)) = kind_of(keys.iter().map(String::as_str)) else {
        return Err(ReadError::Structure);
    };
    let period = Period::Year(year);
    intake.edition(period);
    let mut areas = 0;
    for (number, feature) in input.features().iter().enumerate() {
        intake.begin_row(number as u64 + 1);
        let text =
            |key: &str| feature.get("properties").and_then(|p| p.get(key)).and_then(Value::as_str);
        match (text(code), rings(feature)) {
            (Some(area), Ok(rings)) => {
                let row = tables::boundary::Row {
                    area: area.into(),
                    kind: kind.into(),
                    name: name.and_then(text).into(),
                    rings: rings.as_str().into(),
                };
                intake.add(period, row)?;
                areas += 1;
            }
            (area, outline) => intake.feature_problem(Problem {
                column: code.to_owned(),
                value: area.unwrap_or_default().to_owned(),
                rule: outline.err().unwrap_or("the feature has no code").to_owned(),
                remedy: "download the boundaries again, in longitude and latitude".to_owned(),
                ..Problem::default()
            }),
        }
    }
    intake.check("there are outlines", areas > 0, format!("{areas} outlines"));
    Ok(())
}

/// The outline of a feature as polygons of rings, every point within the British Isles.
fn rings(feature: &Value) -> Result<String, &'static str> {
    let geometry = feature.get("geometry").ok_or("the feature has no outline")?;
    let coordinates = geometry.get("coordinates").ok_or("the outline has no points")?;
    let polygons = match geometry.get("type").and_then(Value::as_str) {
        Some("Polygon") => Value::Array(vec![coordinates.clone()]),
        Some("MultiPolygon") => coordinates.clone(),
        _ => return Err("the outline is neither Polygon nor MultiPolygon"),
    };
    let list =
        polygons.as_array().filter(|list| !list.is_empty()).ok_or("the outline has no points")?;
    let all_rings = list.iter().flat_map(|polygon| polygon.as_array().into_iter().flatten());
    for ring in all_rings {
        let points = ring.as_array().ok_or("a ring is not a list of points")?;
        if points.len() < 4 || points.first() != points.last() {
            return Err("a ring is not closed");
        }
        if !points.iter().all(is_near) {
            return Err("a point is not longitude and latitude within the British Isles");
        }
    }
    Ok(polygons.to_string())
}

fn is_near(point: &Value) -> bool {
    let degrees = |index: usize| point.get(index).and_then(Value::as_f64);
    degrees(0).is_some_and(|longitude| (-15.0..5.0).contains(&longitude))
        && degrees(1).is_some_and(|latitude| (48.0..67.0).contains(&latitude))
}

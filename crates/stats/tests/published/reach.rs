//! Floating catchments and rational agents beside `PySAL` access.

use std::path::Path;

use space::access::{
    Catchment, Crowding, Decay, Journeys, Point, floating_catchment, journeys_within,
    rational_agents,
};

use crate::peers::{Table, Tally, peers};

/// A clustered country as the peers' generator makes it: 30 km at 40 km/h, no journey shorter than 0.2 km.
struct Country {
    journeys: Journeys,
    people: Vec<f64>,
    supply: Vec<f64>,
}

fn country(folder: &Path, origins: usize, sites: usize) -> Country {
    let origins = Table::csv(&folder.join(format!("data/p5_o_{origins}.csv")));
    let sites = Table::csv(&folder.join(format!("data/p5_s_{}_{sites}.csv", origins.rows.len())));
    let points = |table: &Table| -> Vec<Point> {
        let places = table.numbers("x").into_iter().zip(table.numbers("y"));
        places.map(|(x, y)| Point { x, y }).collect()
    };
    let minutes = |kilometres: f64| kilometres.max(0.2) * 1.5;
    let journeys = journeys_within(&points(&origins), &points(&sites), 30.0, minutes);
    Country { journeys, people: origins.numbers("pop"), supply: sites.numbers("fte") }
}

/// Compares with the peer's answers; it too gives none where nothing is in reach.
fn compare(folder: &Path, name: &str, of: &'static str, found: &[Option<f64>], relative: f64) {
    let theirs = Table::csv(&folder.join(format!("answers/p5_{name}.csv")));
    let column = format!("{}_fte", name.split('_').next().unwrap());
    assert_eq!(theirs.rows.len(), found.len());
    let mut tally = Tally::of(of);
    for (row, found) in theirs.rows.iter().zip(found) {
        let id = theirs.word(row, "id");
        match (theirs.number(row, &column), found) {
            (Some(expected), Some(found)) => tally.close(*found, expected, relative, id),
            (expected, found) => tally.same(found, &expected, id),
        }
    }
}

fn zones(zones: &[(f64, f64)]) -> Decay {
    Decay::steps(zones.to_vec()).unwrap()
}

#[test]
fn floating_catchments_equal_the_peers_at_both_sizes() {
    let Some(folder) = peers() else { return };
    let sharp = zones(&[(15.0, 1.0), (30.0, 0.68), (45.0, 0.22)]);
    let fine = zones(&[(10.0, 0.962), (20.0, 0.704), (30.0, 0.377), (45.0, 0.042)]);
    for (origins, sites) in [(2110, 394), (33_755, 6300)] {
        let country = country(&folder, origins, sites);
        for (name, catchment, decay) in [
            ("2sfca", Catchment::TwoStep, &Decay::Within(45.0)),
            ("e2sfca", Catchment::TwoStep, &sharp),
            ("3sfca", Catchment::ThreeStep, &fine),
        ] {
            let (people, supply) = (&country.people, &country.supply);
            let access =
                floating_catchment(catchment, &country.journeys, people, supply, decay).unwrap();
            let file = format!("{name}_{origins}_{sites}");
            compare(&folder, &file, "floating catchments", &access.scores, 1e-12);
        }
    }
}

#[test]
fn rational_agents_equal_the_peers() {
    let Some(folder) = peers() else { return };
    for (origins, sites) in [(2110, 394), (8439, 1575)] {
        let country = country(&folder, origins, sites);
        let crowding = Crowding { tau: 30.0, ..Crowding::default() };
        let access =
            rational_agents(&country.journeys, &country.people, &country.supply, &crowding)
                .unwrap();
        let file = format!("raam_{origins}_{sites}");
        compare(&folder, &file, "rational agents", &access.costs, 1e-12);
    }
}

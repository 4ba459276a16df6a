//! A small place in memory and its site.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use evidence::table::Cell;
use evidence::{Evidence, tables};
use study::Study;
use tower::ServiceExt as _;
use vocab::Period;
use web::{AppState, Site, router};

type Rows = Vec<Vec<Cell<'static>>>;

/// A period by its word.
fn period(word: &str) -> Period {
    word.parse().expect("a period")
}

/// The code of a practice.
fn code(index: usize) -> &'static str {
    ["X00001", "X00002", "X00003", "X00004", "X00005", "X00006"][index]
}

/// Six practices in two networks and two sub-ICB locations.
fn affiliations() -> Rows {
    let row = |index: usize| {
        let (network, sub_icb) = if index < 3 { ("U00001", "01X") } else { ("U00002", "02X") };
        vec![
            Cell::Text(code(index)),
            Cell::Text(if index == 0 { "THE <WILLOWS> SURGERY" } else { "HARBOUR PRACTICE" }),
            Cell::Text("HB1 1AA"),
            Cell::Text(network),
            Cell::Text("NORTH PCN"),
            Cell::Text(sub_icb),
            Cell::Text("NHS HARBOURTON ICB - 01X"),
            Cell::Text("QXX"),
            Cell::Text("NHS HARBOURTON INTEGRATED CARE BOARD"),
            Cell::Text("Y99"),
            Cell::Text("COAST"),
            Cell::Text("EMIS"),
        ]
    };
    (0..6).map(row).collect()
}

/// Appointments of a month: practice 5 misses many.
fn appointments(month: usize) -> Rows {
    let mut rows = Vec::new();
    for index in 0..6 {
        let missed = if index == 5 { 900.0 } else { 150.0 + month as f64 };
        for (status, count) in [("attended", 3_000.0), ("did_not_attend", missed)] {
            rows.push(vec![
                Cell::Text(code(index)),
                Cell::Text("gp"),
                Cell::Text("face_to_face"),
                Cell::Text(status),
                Cell::Text("same_day"),
                Cell::Text("General Consultation Acute"),
                Cell::Number(count),
            ]);
        }
    }
    rows
}

/// The first age of a band that is printed although nobody is in it.
const NOBODY: f64 = 20.0;

/// Patients by sex and age band.
fn registered() -> Rows {
    let band = |index: usize, sex: &'static str, from: f64, to: Option<f64>| {
        vec![
            Cell::Text(code(index)),
            Cell::Text(sex),
            Cell::Number(from),
            Cell::from(to),
            Cell::Number(if from == NOBODY { 0.0 } else { 1_000.0 }),
        ]
    };
    (0..6)
        .flat_map(|index| {
            ["female", "male"].into_iter().flat_map(move |sex| {
                [
                    band(index, sex, 0.0, Some(5.0)),
                    band(index, sex, NOBODY, Some(NOBODY + 5.0)),
                    band(index, sex, 75.0, Some(80.0)),
                    band(index, sex, 95.0, None),
                ]
            })
        })
        .collect()
}

/// The site of the place.
pub fn site() -> AppState {
    let lists = (0..6)
        .map(|index| {
            vec![
                Cell::Text(code(index)),
                Cell::Text("01X"),
                Cell::Number(6_000.0 + 500.0 * index as f64),
            ]
        })
        .collect();
    let location = (0..6)
        .map(|index| {
            vec![
                Cell::Text(code(index)),
                Cell::Text("practice"),
                Cell::Text("HARBOUR PRACTICE"),
                Cell::Text("HB1 1AA"),
                Cell::Number(52.6 + 0.01 * index as f64),
                Cell::Number(-1.1),
            ]
        })
        .collect();
    let closed = vec![vec![
        Cell::Text("X09999"),
        Cell::Text("OLD MILL SURGERY"),
        Cell::Text("MILL LANE"),
        Cell::Text("HB9 9ZZ"),
        Cell::Text("inactive"),
        Cell::Text("general_practice"),
        Cell::Text("1974-04-01"),
        Cell::Text("2024-03-31"),
        Cell::Text("01X"),
        Cell::Text("QXX"),
        Cell::Text("Y99"),
    ]];
    let successor = vec![vec![
        Cell::Text("X09999"),
        Cell::Text("X00001"),
        Cell::Text("2024-04-01"),
        Cell::Text("merger"),
    ]];
    let evidence = Evidence::in_memory(&[
        (&tables::AFFILIATION, period("2025-11-01"), affiliations()),
        (&tables::LIST_SIZE, period("2025-11-01"), lists),
        (&tables::REGISTERED, period("2025-11-01"), registered()),
        (&tables::APPOINTMENT, period("2025-10"), appointments(0)),
        (&tables::APPOINTMENT, period("2025-11"), appointments(1)),
        (&tables::LOCATION, period("2025-11-01"), location),
        (&tables::PRACTICE, period("2025-11-01"), closed),
        (&tables::SUCCESSOR, period("2025-11-01"), successor),
    ]);
    let library = indicators::Library::built_in().expect("sound definitions");
    let methods = "# Methods\n\n## Wilson\n\nFor a proportion.\n".to_owned();
    let site = Site {
        study: Study::new(evidence, library, Vec::new()),
        home: "QXX".to_owned(),
        methods,
        scenarios: Vec::new(),
        program: "Catchment".to_owned(),
    };
    AppState::new(site).expect("a site")
}

/// The answer to an address: status, headers as text, body.
pub async fn ask(state: &AppState, address: &str) -> (StatusCode, String, Vec<u8>) {
    let request = Request::get(address).body(Body::empty()).expect("a request");
    let answer = router(state.clone()).oneshot(request).await.expect("an answer");
    let (status, headers) = (answer.status(), format!("{:?}", answer.headers()));
    let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.expect("a body");
    (status, headers, body.to_vec())
}

/// The answer to a request.
pub async fn answer(state: &AppState, request: Request<Body>) -> axum::response::Response {
    router(state.clone()).oneshot(request).await.expect("an answer")
}

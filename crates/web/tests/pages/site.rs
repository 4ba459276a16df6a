//! A small place in memory and its site.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use evidence::Given;
use evidence::tables::{
    affiliation, appointment, list_size, location, practice, registered, successor,
};
use study::Study;
use tower::ServiceExt as _;
use vocab::Period;
use web::{AppState, Site, router};

/// A period by its word.
fn period(word: &str) -> Period {
    word.parse().expect("a period")
}

const CODES: [&str; 6] = ["X00001", "X00002", "X00003", "X00004", "X00005", "X00006"];

/// A practice: three of them in each of two networks and two sub-ICB locations.
fn affiliation(index: usize) -> affiliation::Row<'static> {
    let (network, sub_icb) = if index < 3 { ("U00001", "01X") } else { ("U00002", "02X") };
    affiliation::Row {
        practice: CODES[index].into(),
        name: if index == 0 { "THE <WILLOWS> SURGERY" } else { "HARBOUR PRACTICE" }.into(),
        postcode: "HB1 1AA".into(),
        network: network.into(),
        network_name: "NORTH PCN".into(),
        sub_icb: sub_icb.into(),
        sub_icb_name: "NHS HARBOURTON ICB - 01X".into(),
        icb: "QXX".into(),
        icb_name: "NHS HARBOURTON INTEGRATED CARE BOARD".into(),
        region: "Y99".into(),
        region_name: "COAST".into(),
        supplier: "EMIS".into(),
    }
}

/// Appointments of a month: practice 5 misses many.
fn appointments(month: usize) -> impl Iterator<Item = appointment::Row<'static>> {
    CODES.into_iter().enumerate().flat_map(move |(index, code)| {
        let missed = if index == 5 { 900.0 } else { 150.0 + month as f64 };
        let counts = [("attended", 3_000.0), ("did_not_attend", missed)];
        counts.map(|(status, count)| appointment::Row {
            practice: code.into(),
            staff: "gp".into(),
            mode: "face_to_face".into(),
            status: status.into(),
            wait: "same_day".into(),
            category: "General Consultation Acute".into(),
            appointments: count.into(),
        })
    })
}

/// The first age of a band that is printed although nobody is in it.
const NOBODY: f64 = 20.0;

/// Patients of a practice by sex and age band.
fn registered(code: &'static str) -> impl Iterator<Item = registered::Row<'static>> {
    ["female", "male"].into_iter().flat_map(move |sex| {
        let bands =
            [(0.0, Some(5.0)), (NOBODY, Some(NOBODY + 5.0)), (75.0, Some(80.0)), (95.0, None)];
        bands.map(|(from, to)| registered::Row {
            practice: code.into(),
            sex: sex.into(),
            age_from: from.into(),
            age_to: to.into(),
            patients: if from == NOBODY { 0.0 } else { 1_000.0 }.into(),
        })
    })
}

/// The site of the place.
pub fn site() -> AppState {
    let (day, month) = (period("2025-11-01"), period("2025-11"));
    let lists = (0..6).map(|index| list_size::Row {
        practice: CODES[index].into(),
        sub_icb: "01X".into(),
        patients: (6_000.0 + 500.0 * index as f64).into(),
    });
    let locations = (0..6).map(|index| location::Row {
        organisation: CODES[index].into(),
        kind: "practice".into(),
        name: "HARBOUR PRACTICE".into(),
        postcode: "HB1 1AA".into(),
        latitude: (52.6 + 0.01 * index as f64).into(),
        longitude: (-1.1).into(),
    });
    let closed = practice::Row {
        practice: "X09999".into(),
        name: "OLD MILL SURGERY".into(),
        address: "MILL LANE".into(),
        postcode: "HB9 9ZZ".into(),
        status: "inactive".into(),
        setting: "general_practice".into(),
        opened: "1974-04-01".into(),
        closed: "2024-03-31".into(),
        sub_icb: "01X".into(),
        icb: "QXX".into(),
        region: "Y99".into(),
    };
    let successor = successor::Row {
        practice: "X09999".into(),
        successor: "X00001".into(),
        day: "2024-04-01".into(),
        reason: "merger".into(),
    };
    let evidence = Given::default()
        .with(day, (0..6).map(affiliation))
        .with(day, lists)
        .with(day, CODES.into_iter().flat_map(registered))
        .with(period("2025-10"), appointments(0))
        .with(month, appointments(1))
        .with(day, locations)
        .with(day, [closed])
        .with(day, [successor])
        .evidence();
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
